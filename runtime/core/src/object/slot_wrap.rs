//! `wrapper_descriptor` and `method-wrapper`: native slots as dunder methods.

use super::slot_table::{DUNDERS, Dunder, Wrap};
use super::{Payload, Trace, Tracer, TypeObject};
use crate::call::Args;
use crate::object;
use crate::py_class;
use crate::types::{intern, new_int, new_usize};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Trace for &'static Dunder {
    fn trace(&self, _: Tracer<'_>) {}
}
py_class! {
    /// `wrapper_descriptor`: a slot of a built-in class under its dunder name.
    pub struct PySlotWrapper as "wrapper_descriptor" { pub class: &'static TypeObject, pub dunder: &'static Dunder }
}
py_class! {
    /// `method-wrapper`: the same, bound to a receiver.
    pub struct PyMethodWrapper as "method-wrapper" { pub wrapper: Owned, pub receiver: Owned }
}

/// Gives a built-in class a dunder method for every slot it fills itself; with `before`, for every slot that has changed.
pub(crate) fn add_slot_wrappers(class: &'static TypeObject, before: Option<&super::Slots>) {
    let d = class.dict();
    for dunder in DUNDERS {
        if matches!(dunder.wrap, Wrap::None) || !(dunder.is_set)(&class.slots) {
            continue;
        }
        if before.is_some_and(|b| (dunder.same)(b, &class.slots)) {
            continue;
        }
        let name = intern(dunder.name);
        if d.get_str(name.value()).is_none() {
            d.set_str(
                name.value(),
                object::new_object(PySlotWrapper::class(), PySlotWrapper { class, dunder }),
            );
        }
    }
}

impl PySlotWrapper {
    /// Calls with the receiver as the first argument.
    pub fn call(&self, vm: &Vm, args: Args<'_>) -> PyResult<Owned> {
        let (name, class) = (self.dunder.name, self.class.name_str());
        let Some(receiver) = args.pos().first().copied() else {
            return Err(vm.type_error(format!(
                "descriptor '{name}' of '{class}' object needs an argument"
            )));
        };
        if !receiver.class().is_subclass(self.class) {
            let got = receiver.class().name_str();
            return Err(vm.type_error(format!(
                "descriptor '{name}' requires a '{class}' object but received a '{got}'"
            )));
        }
        self.call_on(vm, receiver, args.skip_first())
    }
    /// `object.__setattr__(int, ...)` must not change what `int`'s own would refuse to.
    fn may_bypass(&self, vm: &Vm, v: Value) -> PyResult<()> {
        let set = |c: &TypeObject| c.slots.setattr.get().map(|f| f as usize);
        let mut class = v.class();
        while class.heap.get()
            && let Some(b) = class.base_class()
        {
            class = b;
        }
        if set(class) == set(self.class) || !class.is_subclass(self.class) {
            return Ok(());
        }
        Err(vm.type_error(format!(
            "can't apply this {} to {} object",
            self.dunder.name,
            v.class().name_str()
        )))
    }
    /// Calls on a receiver of the right class.
    pub fn call_on(&self, vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
        let s = &self.class.slots;
        let d = self.dunder;
        if !matches!(d.wrap, Wrap::Call | Wrap::Init) && !args.names.is_empty() {
            return Err(vm.type_error(format!("wrapper {}() takes no keyword arguments", d.name)));
        }
        let a = args.pos();
        let arity = |min: usize, max: usize| -> PyResult<()> {
            if a.len() >= min && a.len() <= max {
                return Ok(());
            }
            if (min, max) == (1, 2) && matches!(d.wrap, Wrap::Pow | Wrap::PowR | Wrap::IPow) {
                let msg = format!("expected 1 or 2 arguments, got {}", a.len());
                return Err(vm.type_error(msg));
            }
            let (bound, word) = if a.len() < min {
                (min, if min == max { "" } else { "at least " })
            } else {
                (max, if min == max { "" } else { "at most " })
            };
            let plural = if bound == 1 { "" } else { "s" };
            Err(vm.type_error(format!(
                "expected {word}{bound} argument{plural}, got {}",
                a.len()
            )))
        };
        let missing = || {
            vm.type_error(format!(
                "'{}' object has no slot for {}",
                self.class.name_str(),
                d.name
            ))
        };
        let none = |r: PyResult<()>| r.map(|()| Owned::NONE);
        macro_rules! slot {
            ($f:ident) => {
                s.$f.get().ok_or_else(missing)?
            };
        }
        match d.wrap {
            Wrap::None => Err(missing()),
            Wrap::Unary(f) => {
                arity(0, 0)?;
                f(s).ok_or_else(missing)?(vm, v)
            }
            Wrap::Binary(f) => {
                arity(1, 1)?;
                f(s).ok_or_else(missing)?(vm, v, a[0])
            }
            Wrap::Repeat(f) => {
                arity(1, 1)?;
                let n = vm.index(a[0])?;
                f(s).ok_or_else(missing)?(vm, v, n.value())
            }
            Wrap::BinaryR(f) => {
                arity(1, 1)?;
                f(s).ok_or_else(missing)?(vm, a[0], v)
            }
            Wrap::Hash => {
                arity(0, 0)?;
                slot!(hash)(vm, v).map(new_int)
            }
            Wrap::Call => slot!(call)(vm, v, args),
            Wrap::GetAttr => {
                arity(1, 1)?;
                slot!(getattr)(vm, v, a[0])
            }
            Wrap::SetAttr => {
                arity(2, 2)?;
                self.may_bypass(vm, v)?;
                none(slot!(setattr)(vm, v, a[0], a[1]))
            }
            Wrap::DelAttr => {
                arity(1, 1)?;
                self.may_bypass(vm, v)?;
                none(slot!(setattr)(vm, v, a[0], Value::NULL))
            }
            Wrap::Compare(op) => {
                arity(1, 1)?;
                slot!(compare)(vm, v, a[0], op)
            }
            Wrap::Next => {
                arity(0, 0)?;
                let r = slot!(next)(vm, v)?;
                if r.is_null() {
                    Err(vm.stop_iteration(Value::NULL))
                } else {
                    Ok(r)
                }
            }
            Wrap::DescrGet => {
                args.check_positional(vm, d.name, 1, 2)?;
                let obj = if a[0].is_none() { Value::NULL } else { a[0] };
                let class = a.get(1).and_then(|c| c.given()).unwrap_or(Value::NULL);
                if obj.is_null() && class.is_null() {
                    return Err(vm.type_error("__get__(None, None) is invalid"));
                }
                slot!(get)(vm, v, obj, class)
            }
            Wrap::DescrSet => {
                arity(2, 2)?;
                none(slot!(set)(vm, v, a[0], a[1]))
            }
            Wrap::DescrDelete => {
                arity(1, 1)?;
                none(slot!(set)(vm, v, a[0], Value::NULL))
            }
            Wrap::Init => none(slot!(init)(vm, v, args)),
            Wrap::Del => {
                arity(0, 0)?;
                none(slot!(del)(vm, v))
            }
            Wrap::Bool => {
                arity(0, 0)?;
                slot!(bool)(vm, v).map(Owned::bool)
            }
            Wrap::Pow => {
                arity(1, 2)?;
                slot!(pow)(vm, v, a[0], a.get(1).copied().unwrap_or(Value::NONE))
            }
            Wrap::PowR => {
                arity(1, 2)?;
                slot!(pow)(vm, a[0], v, a.get(1).copied().unwrap_or(Value::NONE))
            }
            Wrap::IPow => {
                arity(1, 2)?;
                slot!(ipow)(vm, v, a[0], Value::NONE)
            }
            Wrap::Len => {
                arity(0, 0)?;
                slot!(len)(vm, v).map(new_usize)
            }
            Wrap::Contains => {
                arity(1, 1)?;
                slot!(contains)(vm, v, a[0]).map(Owned::bool)
            }
            Wrap::SetItem => {
                arity(2, 2)?;
                none(slot!(setitem)(vm, v, a[0], a[1]))
            }
            Wrap::DelItem => {
                arity(1, 1)?;
                none(slot!(setitem)(vm, v, a[0], Value::NULL))
            }
        }
    }
}
