//! What `Context.flags` and `Context.traps` give: mappings from signals to whether they are set.

use super::context::{PyContext, of};
use super::signals::{SIGNALS, bits_of, class_of, classes};
use crate::hidden_class;
use pyjit_core::prelude::*;

py_class! {
    /// The native half of `SignalDict`.
    pub struct PySignalDict as "SignalDictMixin" { pub context: Owned, pub traps: bool }
}

const KEY: &str = "_decimal.SignalDict";

impl PySignalDict {
    fn cell<'a>(&'a self, vm: &Vm) -> PyResult<&'a std::cell::Cell<u32>> {
        if self.context.is_null() {
            return Err(vm.value_error("invalid signal dict"));
        }
        let c: &PyContext = of(vm, self.context.value())?;
        Ok(if self.traps { &c.traps } else { &c.status })
    }
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySignalDict> {
    v.cast::<PySignalDict>().ok_or_else(|| vm.type_error("a signal dict is required"))
}

/// The dict of a context's flags or traps.
pub(super) fn of_context(vm: &Vm, context: Value, traps: bool) -> PyResult<Owned> {
    let class = vm.module_state.get().get(KEY).cloned().unwrap_or_default();
    let Some(class) = class.cast::<TypeObject>() else {
        return Err(vm.runtime_error("_decimal is not set up"));
    };
    // Made once and never dropped: the state of the runtime holds it.
    let class: &'static TypeObject = class;
    Ok(new_object(class, PySignalDict { context: context.own(), traps }))
}

fn unknown(vm: &Vm) -> Raised {
    let msg = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";
    vm.error(vm.exc.KeyError, msg)
}

/// The bits of a list of signals, of a dict, or of another context's.
pub(super) fn bits(vm: &Vm, v: Value, lists: bool) -> PyResult<u32> {
    if v.is_null() {
        return Err(vm.error(vm.exc.AttributeError, "context attributes cannot be deleted"));
    }
    if let Some(s) = v.cast::<PySignalDict>() {
        return Ok(s.cell(vm)?.get());
    }
    let mut all = 0;
    if let Some(d) = v.cast::<PyDict>() {
        if d.len() != SIGNALS.len() {
            return Err(unknown(vm));
        }
        for (k, on) in d.items() {
            let b = bits_of(vm, k.value())?.ok_or_else(|| unknown(vm))?;
            if vm.truthy(on.value())? {
                all |= b;
            }
        }
        return Ok(all);
    }
    let Some(l) = v.cast::<PyList>().filter(|_| lists) else {
        return Err(vm.type_error("argument must be a signal dict"));
    };
    for k in l.snapshot() {
        match bits_of(vm, k.value())? {
            Some(b) => all |= b,
            None => {
                let msg = "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";
                return Err(vm.type_error(msg));
            }
        }
    }
    Ok(all)
}

fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let bits = this(vm, a[0])?.cell(vm)?.get();
    let d = PyDict::new();
    if let Some(dict) = d.cast::<PyDict>() {
        for (name, b) in SIGNALS {
            dict.set(vm, class_of(vm, name)?.value(), Owned::bool(bits & b != 0))?;
        }
    }
    Ok(d)
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let bits = this(vm, v)?.cell(vm)?.get();
    let mut out = Vec::new();
    for (name, b) in SIGNALS {
        let shown = vm.repr_text(class_of(vm, name)?.value())?;
        out.push(format!("{shown}:{}", if bits & b != 0 { "True" } else { "False" }));
    }
    Ok(PyStr::from_str(&format!("{{{}}}", out.join(", "))))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let equal = match (op, b.isa::<PySignalDict>() || b.isa::<PyDict>()) {
        (Cmp::Eq | Cmp::Ne, true) => match bits(vm, b, false) {
            Ok(n) => n == this(vm, a)?.cell(vm)?.get(),
            Err(_) => false,
        },
        _ => return Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
    };
    Ok(Owned::bool(equal == (op == Cmp::Eq)))
}

static METHODS: &[MethodDef] = &[MethodDef::new("copy", "(self, /)", copy, "")];

pub(super) fn define(vm: &Vm) -> PyResult<()> {
    if vm.module_state.get().contains_key(KEY) {
        return Ok(());
    }
    let mixin = hidden_class::<PySignalDict>(
        vm,
        ClassSpec {
            module: "decimal",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(class, PySignalDict { context: Owned::NULL, traps: false }))
                }));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.hash.set(Some(pyjit_core::protocol::unhashable));
                s.len.set(Some(|_, _| Ok(SIGNALS.len())));
                s.iter.set(Some(|vm, _| {
                    let all = PyTuple::new(classes(vm, u32::MAX)?);
                    vm.iter(all.value())
                }));
                s.getitem.set(Some(|vm, v, k| {
                    let b = bits_of(vm, k)?.ok_or_else(|| unknown(vm))?;
                    Ok(Owned::bool(this(vm, v)?.cell(vm)?.get() & b != 0))
                }));
                s.setitem.set(Some(|vm, v, k, to| {
                    if to.is_null() {
                        return Err(vm.value_error("signal keys cannot be deleted"));
                    }
                    let b = bits_of(vm, k)?.ok_or_else(|| unknown(vm))?;
                    let on = vm.truthy(to)?;
                    let cell = this(vm, v)?.cell(vm)?;
                    cell.set(if on { cell.get() | b } else { cell.get() & !b });
                    Ok(())
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("SignalDictMixin")
        },
    );
    let mapping = vm.import_attr("collections.abc", "MutableMapping")?;
    let bases = PyTuple::pair(mixin.as_owned(), mapping.clone());
    let meta = mapping.value().class().as_owned();
    let class = vm.call(meta.value(), &[intern("SignalDict").value(), bases.value(), PyDict::new().value()])?;
    vm.module_state.get_mut().insert(KEY, class);
    Ok(())
}
