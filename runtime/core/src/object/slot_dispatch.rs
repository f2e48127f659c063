//! What stands in the slots of a Python class: functions that look the dunder method up and call it
//! (`slot_*` of CPython's `Objects/typeobject.c`).

use super::slot_table::DUNDERS;
use super::slot_wrap::PySlotWrapper;
use super::{Cmp, MethodKind, Payload, PyBuiltin, TypeObject};
use crate::call::Args;
use crate::types::{PyFunction, PyStr, intern, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// Finds a special method on the class of `v`, bound: (callable, whether the receiver is still to be passed first).
pub fn lookup_special(vm: &Vm, v: Value, name: Value) -> PyResult<Option<(Owned, bool)>> {
    let class = v.class();
    let Some(f) = class.lookup(vm, name) else {
        return Ok(None);
    };
    if f.is_exact::<PyFunction>() || f.class().has_flag(super::type_flags::METHOD_DESCRIPTOR) {
        return Ok(Some((f.own(), true)));
    }
    match f.class().slots.get.get() {
        Some(get) => {
            let f = f.own();
            Ok(Some((get(vm, f.value(), v, class.as_value())?, false)))
        }
        None => Ok(Some((f.own(), false))),
    }
}

/// Calls a special method if the class has it.
pub fn call_special(vm: &Vm, v: Value, name: Value, args: &[Value]) -> PyResult<Option<Owned>> {
    let Some((f, unbound)) = lookup_special(vm, v, name)? else {
        return Ok(None);
    };
    if !unbound {
        return vm.call(f.value(), args).map(Some);
    }
    let mut buf = [Value::NULL; 4];
    if args.len() < 4 {
        buf[0] = v;
        buf[1..=args.len()].copy_from_slice(args);
        return vm.call(f.value(), &buf[..=args.len()]).map(Some);
    }
    let mut all = vec![v];
    all.extend_from_slice(args);
    vm.call(f.value(), &all).map(Some)
}

fn call_required(vm: &Vm, v: Value, name: Value, args: &[Value]) -> PyResult<Owned> {
    match call_special(vm, v, name, args)? {
        Some(r) => Ok(r),
        None => Err(vm.attribute_error(v, name, text_of(name))),
    }
}

fn name_of(vm: &Vm, i: usize) -> Value {
    vm.dunder_names[i].value()
}

pub(crate) fn unary<const I: usize>(vm: &Vm, v: Value) -> PyResult<Owned> {
    call_required(vm, v, name_of(vm, I), &[])
}
pub(crate) fn iter<const I: usize>(vm: &Vm, v: Value) -> PyResult<Owned> {
    match v.class().lookup(vm, name_of(vm, I)) {
        Some(f) if f.is_none() => {
            Err(vm.type_error(format!("'{}' object is not iterable", v.class().name_str())))
        }
        _ => call_required(vm, v, name_of(vm, I), &[]),
    }
}
pub(crate) fn inplace<const I: usize>(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    call_required(vm, a, name_of(vm, I), &[b])
}
pub(crate) fn getitem(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    call_required(vm, a, vm.names.__getitem__.value(), &[b])
}

/// Binary operator dispatch; `me` is the dispatcher's own address, which tells Python-level operands from native ones.
fn binary_full(
    vm: &Vm,
    a: Value,
    b: Value,
    i: usize,
    slot: fn(&super::Slots) -> Option<super::BinaryFn>,
    me: super::BinaryFn,
) -> PyResult<Owned> {
    let (ca, cb) = (a.class(), b.class());
    let is_mine = |c: &TypeObject| slot(&c.slots).is_some_and(|f| f as usize == me as usize);
    let mut try_other = !ca.same(cb) && is_mine(cb);
    let (op, rop) = (name_of(vm, i), name_of(vm, i + 1));
    if is_mine(ca) {
        if try_other && cb.is_subclass(ca) && overloaded(vm, ca, cb, rop) {
            if let Some(r) = call_special(vm, b, rop, &[a])?
                && !r.is_not_implemented()
            {
                return Ok(r);
            }
            try_other = false;
        }
        let r = call_special(vm, a, op, &[b])?.unwrap_or(Owned::immediate(Value::NOT_IMPLEMENTED));
        if !r.is_not_implemented() || ca.same(cb) {
            return Ok(r);
        }
    }
    if try_other {
        return Ok(
            call_special(vm, b, rop, &[a])?.unwrap_or(Owned::immediate(Value::NOT_IMPLEMENTED))
        );
    }
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}

/// Whether the right operand's class has a reflected method of its own.
fn overloaded(vm: &Vm, left: &TypeObject, right: &TypeObject, name: Value) -> bool {
    match (left.lookup(vm, name), right.lookup(vm, name)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(a), Some(b)) => !a.is(b),
    }
}

macro_rules! binary_dispatchers { ($($slot:ident: $i:literal,)*) => { $(
    pub(crate) fn $slot(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
        binary_full(vm, a, b, $i, |s| s.$slot.get(), $slot)
    }
)* } }
binary_dispatchers! {
    add: 33,
    sub: 35,
    mul: 37,
    matmul: 39,
    truediv: 41,
    floordiv: 43,
    rem: 45,
    lshift: 47,
    rshift: 49,
    and: 51,
    xor: 53,
    or: 55,
    divmod: 57,
}

pub(crate) fn pow(vm: &Vm, a: Value, b: Value, m: Value) -> PyResult<Owned> {
    let i = vm.pow_dunder;
    if m.is_none() {
        return binary_full(vm, a, b, i, |s| s.pow.get().map(pow_as_binary), pow_marker);
    }
    let args = [b, m];
    if a.class()
        .slots
        .pow
        .get()
        .is_some_and(|f| f as usize == pow as *const () as usize)
    {
        let r = call_required(vm, a, name_of(vm, i), &args)?;
        if !r.is_not_implemented()
            || b.class()
                .slots
                .pow
                .get()
                .is_none_or(|f| f as usize != pow as *const () as usize)
        {
            return Ok(r);
        }
    }
    Ok(call_special(vm, b, name_of(vm, i + 1), &[a, m])?
        .unwrap_or(Owned::immediate(Value::NOT_IMPLEMENTED)))
}
fn pow_marker(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    pow(vm, a, b, Value::NONE)
}
fn pow_other(_: &Vm, _: Value, _: Value) -> PyResult<Owned> {
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}
fn pow_as_binary(f: super::TernaryFn) -> super::BinaryFn {
    if f as usize == pow as *const () as usize {
        pow_marker
    } else {
        pow_other
    }
}
pub(crate) fn ipow(vm: &Vm, a: Value, b: Value, _: Value) -> PyResult<Owned> {
    call_required(vm, a, intern("__ipow__").value(), &[b])
}

pub(crate) fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let name = vm.names.__hash__.value();
    if v.class().lookup(vm, name).is_none_or(|f| f.is_none()) {
        return crate::protocol::unhashable(vm, v);
    }
    let r = call_required(vm, v, name, &[])?;
    match r.as_int() {
        Some(i) => Ok(match i {
            crate::types::IntRef::Small(-1) => -2,
            crate::types::IntRef::Small(i) => i,
            big => big.hash(),
        }),
        None => Err(vm.type_error("__hash__ method should return an integer")),
    }
}
pub(crate) fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let Some((f, unbound)) = lookup_special(vm, v, vm.names.__call__.value())? else {
        return Err(vm.type_error(format!("'{}' object is not callable", v.class().name_str())));
    };
    let _depth = vm.enter_native()?;
    if !unbound {
        return vm.call_args(f.value(), args);
    }
    vm.call_prefixed(f.value(), v, args)
}
pub(crate) fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    Ok(
        call_special(vm, a, vm.compare_names[op as usize].value(), &[b])?
            .unwrap_or(Owned::immediate(Value::NOT_IMPLEMENTED)),
    )
}
pub(crate) fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    call_required(vm, v, vm.names.__next__.value(), &[])
}
pub(crate) fn get(vm: &Vm, d: Value, obj: Value, class: Value) -> PyResult<Owned> {
    let Some((f, unbound)) = lookup_special(vm, d, vm.names.__get__.value())? else {
        return Ok(d.own());
    };
    let obj = if obj.is_null() { Value::NONE } else { obj };
    let class = if class.is_null() { Value::NONE } else { class };
    if unbound {
        vm.call(f.value(), &[d, obj, class])
    } else {
        vm.call(f.value(), &[obj, class])
    }
}
pub(crate) fn set(vm: &Vm, d: Value, obj: Value, value: Value) -> PyResult<()> {
    if value.is_null() {
        call_required(vm, d, vm.names.__delete__.value(), &[obj])?;
    } else {
        call_required(vm, d, vm.names.__set__.value(), &[obj, value])?;
    }
    Ok(())
}
pub(crate) fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let Some((f, unbound)) = lookup_special(vm, v, vm.names.__init__.value())? else {
        return Ok(());
    };
    let r = if unbound {
        vm.call_prefixed(f.value(), v, args)?
    } else {
        vm.call_args(f.value(), args)?
    };
    if !r.is_none() {
        return Err(vm.type_error(format!(
            "__init__() should return None, not '{}'",
            r.class().name_str()
        )));
    }
    Ok(())
}
pub(crate) fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let f = vm.getattr(class.as_value_of(), vm.names.__new__.value())?;
    vm.call_prefixed(f.value(), class.as_value_of(), args)
}
impl TypeObject {
    pub(crate) fn as_value_of(&self) -> Value {
        super::Payload::as_value(self)
    }
}
pub(crate) fn del(vm: &Vm, v: Value) -> PyResult<()> {
    call_special(vm, v, vm.names.__del__.value(), &[]).map(drop)
}
pub(crate) fn bool(vm: &Vm, v: Value) -> PyResult<bool> {
    let name = vm.names.__bool__.value();
    if v.class().lookup(vm, name).is_some_and(|f| f.is_none()) {
        return Err(vm.type_error(format!(
            "'{}' cannot be interpreted as a boolean",
            v.class().name_str()
        )));
    }
    let r = call_required(vm, v, name, &[])?;
    if !r.is_bool() {
        return Err(vm.type_error(format!(
            "__bool__ should return bool, returned {}",
            r.class().name_str()
        )));
    }
    Ok(r.is(Value::TRUE))
}
pub(crate) fn len(vm: &Vm, v: Value) -> PyResult<usize> {
    let r = call_required(vm, v, vm.names.__len__.value(), &[])?;
    vm.length_from(r.value())
}
pub(crate) fn contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    let name = vm.names.__contains__.value();
    if v.class().lookup(vm, name).is_some_and(|f| f.is_none()) {
        return Err(vm.type_error(format!(
            "'{}' object is not a container",
            v.class().name_str()
        )));
    }
    let r = call_required(vm, v, name, &[item])?;
    vm.truthy(r.value())
}
pub(crate) fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    if value.is_null() {
        call_required(vm, v, vm.names.__delitem__.value(), &[key])?;
    } else {
        call_required(vm, v, vm.names.__setitem__.value(), &[key, value])?;
    }
    Ok(())
}
pub(crate) fn setattr(vm: &Vm, v: Value, name: Value, value: Value) -> PyResult<()> {
    if value.is_null() {
        call_required(vm, v, vm.names.__delattr__.value(), &[name])?;
    } else {
        call_required(vm, v, vm.names.__setattr__.value(), &[name, value])?;
    }
    Ok(())
}
/// `__getattribute__`, then `__getattr__` if that says AttributeError.
pub(crate) fn getattr_hook(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    let class = v.class();
    let generic =
        class
            .lookup(vm, vm.names.__getattribute__.value())
            .and_then(|f| f.cast::<PySlotWrapper>())
            .is_some_and(|w| {
                w.class.slots.getattr.get().is_some_and(|g| {
                    g as usize == super::attrs::generic_getattr as *const () as usize
                })
            });
    let hook = class
        .lookup(vm, vm.names.__getattr__.value())
        .map(|h| h.own());
    let first = if generic {
        match super::attrs::generic_getattr_opt(vm, v, name) {
            Ok(Some(r)) => return Ok(r),
            Ok(None) if hook.is_some() => None,
            Ok(None) => return Err(vm.no_attribute(v, name)),
            Err(e) => Some(e),
        }
    } else {
        match call_required(vm, v, vm.names.__getattribute__.value(), &[name]) {
            Ok(r) => return Ok(r),
            Err(e) => Some(e),
        }
    };
    if let Some(e) = first
        && (hook.is_none() || !e.is_instance(vm.exc.AttributeError))
    {
        return Err(e);
    }
    call_required(vm, v, vm.names.__getattr__.value(), &[name])
}

/// Fills the slots of a Python class from what its MRO defines.
pub(crate) fn install_all(vm: &Vm, class: &'static TypeObject) {
    let present = special_names(class);
    for (i, d) in DUNDERS.iter().enumerate() {
        let number = vm.dunder_names[i].cast::<PyStr>().and_then(PyStr::special);
        if number.is_none_or(|n| present & (1 << n) != 0) {
            install_one(vm, class, i, d);
        }
    }
    // What has no dunder name.
    class
        .slots
        .buffer
        .set(crate::buffer::python_buffer(vm, class));
    for c in class.mro_slice().iter().skip(1) {
        if let Some(c) = c.cast::<TypeObject>() {
            if class.slots.buffer.get().is_none() {
                class.slots.buffer.set(c.slots.buffer.get());
            }
            if class.slots.next.get().is_none()
                && class.lookup(vm, vm.names.__next__.value()).is_some()
            {
                class.slots.next.set(c.slots.next.get());
            }
        }
    }
}

/// The numbers of the special names that classes of the MRO have; a key that is no interned string may be any of them.
fn special_names(class: &TypeObject) -> u128 {
    const { assert!(DUNDERS.len() <= 128) };
    let mut present = 0;
    for c in class.mro_slice() {
        let Some(c) = c.cast::<TypeObject>() else {
            continue;
        };
        for key in c.dict().borrowed_keys() {
            match key.cast_exact::<PyStr>() {
                Some(s) if s.is_interned() => {
                    if let Some(n) = s.special() {
                        present |= 1 << n;
                    }
                }
                _ => return u128::MAX,
            }
        }
    }
    present
}

fn install_one(vm: &Vm, class: &'static TypeObject, i: usize, d: &'static super::Dunder) {
    let name = vm.dunder_names[i].value();
    let Some(f) = class.lookup(vm, name) else {
        return;
    };
    if let Some(w) = f.cast::<PySlotWrapper>() {
        if std::ptr::eq(w.dunder, d) && class.is_subclass(w.class) {
            // Two names of one slot, one of them Python's: the dispatcher stays.
            if !(d.is_set)(&class.slots) {
                (d.copy)(&w.class.slots, &class.slots);
                return;
            }
            if (d.same)(&w.class.slots, &class.slots) {
                return;
            }
        } else if d.dispatch.is_none() || w.dunder.name == d.name {
            return;
        }
    }
    if d.name == "__new__"
        && let Some(b) = f.cast::<PyBuiltin>()
        && b.def.kind == MethodKind::Static
    {
        match b.receiver.value().cast::<TypeObject>() {
            // Anything else is refused when it is called.
            Some(owner) if super::new_wrap::may_construct(owner, class) => {
                class.slots.new.set(owner.slots.new.get());
                return;
            }
            Some(_) => {}
            None => return,
        }
    }
    if d.name == "__hash__" && f.is_none() {
        class.slots.hash.set(Some(crate::protocol::unhashable));
        return;
    }
    if let Some(dispatch) = d.dispatch {
        dispatch(&class.slots);
    }
}

/// Called when an attribute of a Python class changes: refreshes the slots of the class and its subclasses.
pub fn install_dunder(vm: &Vm, class: &'static TypeObject) {
    super::build::update_slots(vm, class);
    for s in class.subclasses.get().0.clone() {
        if let Some(s) = s.cast::<TypeObject>() {
            install_dunder(vm, s);
        }
    }
}
