//! `getset_descriptor` and `member_descriptor`: native attributes and the places made by `__slots__`.

use super::{does_not_apply, qualified, reduce_as_getattr};
use pyjit_core::object::{PyGetSet, PyMember};
use pyjit_core::prelude::*;

pub fn define(vm: &Vm) {
    define_class::<PyGetSet>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|_, v| shown(v, "attribute")));
                s.get.set(Some(getset_get));
                s.set.set(Some(getset_set));
            },
            getset: GETSET,
            ..ClassSpec::new("getset_descriptor")
        },
    );
    define_class::<PyMember>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|_, v| shown(v, "member")));
                s.get.set(Some(member_get));
                s.set.set(Some(member_set));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("member_descriptor")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| match parts(a[0]) {
        Some((c, n)) => reduce_as_getattr(vm, c.as_value(), &n),
        None => Ok(Owned::NONE),
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("__doc__", |_, v| {
        let doc = v.cast::<PyGetSet>().and_then(|g| g.def.doc);
        Ok(doc.map_or(Owned::NONE, PyStr::from_str))
    }),
    GetSetDef::read("__qualname__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(c, n)| qualified(c, &n)))
    }),
    GetSetDef::member("__name__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(_, n)| intern(&n)))
    }),
    GetSetDef::member("__objclass__", |_, v| {
        Ok(parts(v).map_or(Owned::NONE, |(c, _)| c.as_owned()))
    }),
];

fn parts(v: Value) -> Option<(&'static TypeObject, String)> {
    if let Some(g) = v.cast::<PyGetSet>() {
        return Some((g.class, g.def.name.to_string()));
    }
    let m = v.cast::<PyMember>()?;
    Some((
        m.class.value().cast::<TypeObject>()?,
        text_of(m.name.value()),
    ))
}

fn shown(v: Value, kind: &str) -> PyResult<Owned> {
    let text = parts(v).map_or_else(String::new, |(c, n)| {
        format!("<{kind} '{n}' of '{}' objects>", c.name_str())
    });
    Ok(PyStr::from_str(&text))
}

/// Raises unless the object is an instance of the descriptor's class.
fn check(vm: &Vm, v: Value, obj: Value) -> PyResult<()> {
    let class = match v.cast::<PyGetSet>() {
        Some(g) => Some(g.class),
        None => v
            .cast::<PyMember>()
            .and_then(|m| m.class.value().cast::<TypeObject>()),
    };
    match class {
        Some(c) if !obj.class().is_subclass(c) => {
            let name = parts(v).map_or_else(String::new, |(_, n)| n);
            Err(does_not_apply(vm, &name, c, obj))
        }
        _ => Ok(()),
    }
}

fn getset_get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    match v.cast::<PyGetSet>() {
        Some(g) if !obj.is_null() => {
            if !obj.class().is_subclass(g.class) {
                check(vm, v, obj)?;
            }
            vm.getset_get(g.def, g.class, obj)
        }
        _ => Ok(v.own()),
    }
}

fn getset_set(vm: &Vm, v: Value, obj: Value, new: Value) -> PyResult<()> {
    check(vm, v, obj)?;
    let Some(g) = v.cast::<PyGetSet>() else {
        return Ok(());
    };
    match g.def.set {
        Some(set) => set(vm, obj, new),
        None => Err(vm.attribute_error(
            obj,
            intern(g.def.name).value(),
            format!(
                "attribute '{}' of '{}' objects is not writable",
                g.def.name,
                g.class.name_str()
            ),
        )),
    }
}

fn member_get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(m) = v.cast::<PyMember>() else {
        return Ok(v.own());
    };
    if obj.is_null() {
        return Ok(v.own());
    }
    check(vm, v, obj)?;
    match obj.header().slot_get(m.slot).non_null() {
        Some(x) => Ok(x.own()),
        None => {
            let msg = format!(
                "'{}' object has no attribute '{}'",
                obj.class().short_name(),
                text_of(m.name.value())
            );
            Err(vm.attribute_error(obj, m.name.value(), msg))
        }
    }
}

fn member_set(vm: &Vm, v: Value, obj: Value, new: Value) -> PyResult<()> {
    check(vm, v, obj)?;
    let Some(m) = v.cast::<PyMember>() else {
        return Ok(());
    };
    let h = obj.header();
    if new.is_null() && h.slot_get(m.slot).is_null() {
        return Err(vm.attribute_error(obj, m.name.value(), text_of(m.name.value())));
    }
    h.slot_set(m.slot, new.own());
    Ok(())
}
