//! Structural pattern matching (PEP 634).

use crate::object::{TypeObject, type_flags};
use crate::ops::Act;
use crate::types::*;
use crate::value::{Owned, Value};
use crate::vm::PyResult;

pub fn match_mapping(a: &Act<'_>) -> PyResult<()> {
    let t = a.get(a.b()).class().has_flag(type_flags::MAPPING);
    a.put(a.a(), Owned::bool(t));
    Ok(())
}
pub fn match_sequence(a: &Act<'_>) -> PyResult<()> {
    let t = a.get(a.b()).class().has_flag(type_flags::SEQUENCE);
    a.put(a.a(), Owned::bool(t));
    Ok(())
}
pub fn match_keys(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let (subject, keys) = (a.own(a.b()), a.own(a.c()));
    let keys = vm.tuple_items(keys.value());
    let get = vm.getattr(subject.value(), vm.names.get.value())?;
    let dummy =
        crate::object::new_object(<PyObject as crate::object::Payload>::class(), PyObject {});
    let seen = PySet::new();
    let mut values = Vec::new();
    for k in keys {
        if let Some(s) = seen.cast::<PySet>()
            && !s.add(vm, *k)?
        {
            return Err(vm.value_error(format!(
                "mapping pattern checks duplicate key ({})",
                vm.repr_text(*k)?
            )));
        }
        let v = vm.call(get.value(), &[*k, dummy.value()])?;
        if v.value().is(dummy.value()) {
            a.put(a.a(), Owned::NONE);
            return Ok(());
        }
        values.push(v);
    }
    a.put(a.a(), PyTuple::new(values));
    Ok(())
}
pub fn match_class(a: &Act<'_>) -> PyResult<()> {
    let subject = a.take_temp(a.a());
    let class = a.take_temp(a.a() + 1);
    let names = a.take_temp(a.a() + 2);
    let r = class_pattern(
        a,
        subject.value(),
        class.value(),
        a.c() as usize,
        names.value(),
    )?;
    a.put(a.a(), r);
    Ok(())
}
fn class_pattern(
    a: &Act<'_>,
    subject: Value,
    class: Value,
    positional: usize,
    names: Value,
) -> PyResult<Owned> {
    let vm = a.vm;
    let Some(c) = class.cast::<TypeObject>() else {
        return Err(vm.type_error("called match pattern must be a class"));
    };
    if !vm.isinstance(subject, class)? {
        return Ok(Owned::NONE);
    }
    let seen = PySet::new();
    let mut out = Vec::new();
    let attribute = |name: Value| -> PyResult<Option<Owned>> {
        if let Some(s) = seen.cast::<PySet>()
            && !s.add(vm, name)?
        {
            return Err(vm.type_error(format!(
                "{}() got multiple sub-patterns for attribute {}",
                c.name_str(),
                vm.repr_text(name)?
            )));
        }
        vm.getattr_opt(subject, name)
    };
    if positional > 0 {
        let (mut match_self, mut args) = (false, Owned::NULL);
        match vm.getattr_opt(class, vm.names.__match_args__.value())? {
            Some(t) if t.isa::<PyTuple>() => args = t,
            Some(t) => {
                return Err(vm.type_error(format!(
                    "{}.__match_args__ must be a tuple (got {})",
                    c.name_str(),
                    t.class().name_str()
                )));
            }
            None => match_self = c.has_flag(type_flags::MATCH_SELF),
        }
        let items = if args.is_null() {
            &[][..]
        } else {
            vm.tuple_items(args.value())
        };
        let allowed = if match_self { 1 } else { items.len() };
        if positional > allowed {
            let s = if allowed == 1 { "" } else { "s" };
            return Err(vm.type_error(format!(
                "{}() accepts {allowed} positional sub-pattern{s} ({positional} given)",
                c.name_str()
            )));
        }
        if match_self {
            out.push(subject.own());
        } else {
            for name in &items[..positional] {
                if !name.isa::<PyStr>() {
                    return Err(vm.type_error(format!(
                        "__match_args__ elements must be strings (got {})",
                        name.class().name_str()
                    )));
                }
                match attribute(*name)? {
                    Some(v) => out.push(v),
                    None => return Ok(Owned::NONE),
                }
            }
        }
    }
    for name in vm.tuple_items(names) {
        match attribute(*name)? {
            Some(v) => out.push(v),
            None => return Ok(Owned::NONE),
        }
    }
    Ok(PyTuple::new(out))
}
