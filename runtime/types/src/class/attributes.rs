//! Computed attributes of `type`.

use super::create;
use pyjit_core::object::{same_instance_layout, set_bases as change_bases};
use pyjit_core::prelude::*;

pub static GETSET: &[GetSetDef] = &[
    GetSetDef::write(
        "__name__",
        |_, v| Ok(class_of(v).map_or(Owned::NONE, |c| c.name.own())),
        set_name,
    ),
    GetSetDef::write(
        "__qualname__",
        |_, v| Ok(class_of(v).map_or(Owned::NONE, |c| c.qualname.own())),
        set_qualname,
    ),
    GetSetDef::write(
        "__bases__",
        |_, v| Ok(class_of(v).map_or(Owned::NONE, |c| c.bases.own())),
        set_bases,
    ),
    GetSetDef::member("__base__", |_, v| {
        Ok(none_if_null(
            class_of(v).map_or(Owned::NULL, |c| c.base.own()),
        ))
    }),
    GetSetDef::member("__mro__", |_, v| {
        Ok(none_if_null(
            class_of(v).map_or(Owned::NULL, |c| c.mro.own()),
        ))
    }),
    GetSetDef::write("__module__", get_module, set_module),
    GetSetDef::write(
        "__abstractmethods__",
        get_abstractmethods,
        set_abstractmethods,
    ),
    GetSetDef::read("__dict__", |_, v| {
        Ok(crate::mapping_proxy::new(
            class_of(v).map_or_else(PyDict::new, |c| c.dict.own()),
        ))
    }),
    GetSetDef::write("__doc__", get_doc, set_doc),
    GetSetDef::read("__text_signature__", |_, v| {
        let text = class_of(v).and_then(|c| c.text_signature.get());
        Ok(text.map_or(Owned::NONE, PyStr::from_str))
    }),
    GetSetDef::write("__annotations__", get_annotations, set_annotations),
    GetSetDef::write("__annotate__", get_annotate, set_annotate),
    GetSetDef::write("__type_params__", get_type_params, set_type_params),
    GetSetDef::member("__flags__", |_, v| {
        Ok(new_int(class_of(v).map_or(0, |c| {
            (c.flags.get() & 0xFFFF_FFFF | 1 << 12) as i64
        })))
    }),
    GetSetDef::member("__basicsize__", |_, v| {
        Ok(new_usize(class_of(v).map_or(0, |c| {
            16 + c.layout.size + c.nslots * 8 + usize::from(c.dict_back != 0) * 8
        })))
    }),
    GetSetDef::member("__itemsize__", |_, v| {
        Ok(new_usize(class_of(v).map_or(0, create::item_size)))
    }),
    GetSetDef::member("__dictoffset__", |_, v| {
        Ok(new_int(class_of(v).map_or(0, |c| {
            if c.layout_is(TypeObject::layout()) {
                264
            } else if c.dict_back != 0 {
                -1
            } else {
                0
            }
        })))
    }),
    GetSetDef::member("__weakrefoffset__", |_, v| {
        Ok(new_int(
            class_of(v).map_or(0, |c| if c.weakrefs { 32 } else { 0 }),
        ))
    }),
];

fn class_of<'a>(v: Value) -> Option<&'a TypeObject> {
    v.cast::<TypeObject>()
}
fn none_if_null(v: Owned) -> Owned {
    if v.is_null() { Owned::NONE } else { v }
}

/// The class, if the attribute of it may be set.
fn changeable(vm: &Vm, v: Value, new: Value, attr: &str) -> PyResult<&'static TypeObject> {
    let Some(c) = v.cast::<TypeObject>() else {
        return Err(vm.type_error("not a class"));
    };
    if c.has_flag(type_flags::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set '{attr}' attribute of immutable type '{}'",
            c.name_str()
        )));
    }
    if new.is_null() {
        return Err(vm.type_error(format!(
            "cannot delete '{attr}' attribute of immutable type '{}'",
            c.name_str()
        )));
    }
    Ok(c)
}

fn set_name(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__name__")?;
    if !new.isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "can only assign string to {}.__name__, not '{}'",
            c.name_str(),
            new.class().name_str()
        )));
    }
    if new.cast::<PyStr>().is_some_and(|s| s.to_utf8().is_none()) {
        vm.call_method_str(new, "encode", &[])?;
    }
    if text_of(new).contains('\0') {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    c.name.set(new.own());
    Ok(())
}

fn set_qualname(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__qualname__")?;
    if !new.isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "can only assign string to {}.__qualname__, not '{}'",
            c.name_str(),
            new.class().name_str()
        )));
    }
    c.qualname.set(new.own());
    Ok(())
}

fn set_bases(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__bases__")?;
    let Some(t) = new.cast::<PyTuple>() else {
        return Err(vm.type_error(format!(
            "can only assign tuple to {}.__bases__, not {}",
            c.name_str(),
            new.class().name_str()
        )));
    };
    if t.is_empty() {
        return Err(vm.type_error(format!(
            "can only assign non-empty tuple to {}.__bases__, not ()",
            c.name_str()
        )));
    }
    let mut bases = Vec::new();
    for b in t.as_slice() {
        let Some(b) = b.cast::<TypeObject>() else {
            return Err(vm.type_error(format!(
                "{}.__bases__ must be tuple of classes, not '{}'",
                c.name_str(),
                b.class().name_str()
            )));
        };
        // In the middle of another assignment the MRO may be older than the bases.
        let mut at = Some(b);
        let mut below = b.is_subclass(c);
        while let Some(x) = at {
            below |= x.same(c);
            at = x.base_class();
        }
        if below {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
        bases.push(b);
    }
    let base = create::best_base(vm, &bases)?;
    let Some(old) = c.base_class() else {
        return Ok(());
    };
    // CPython frees instances that the collector does not know in another way.
    if base.has_flag(type_flags::HAVE_GC) != old.has_flag(type_flags::HAVE_GC) {
        return Err(vm.type_error(format!(
            "__bases__ assignment: '{}' deallocator differs from '{}'",
            base.name_str(),
            old.name_str()
        )));
    }
    // The places of slots and dictionary were fixed when the class was made.
    let fits = std::ptr::eq(base.layout, old.layout)
        && base.nslots == old.nslots
        && (same_instance_layout(base, old) || c.dict_back != 0 || base.dict_back == 0);
    if !fits {
        return Err(vm.type_error(format!(
            "__bases__ assignment: '{}' object layout differs from '{}'",
            base.name_str(),
            old.name_str()
        )));
    }
    change_bases(vm, c, &bases, base)
}

fn own(v: Value, name: Value) -> Option<Owned> {
    class_of(v)
        .and_then(|c| c.own_dict_get(name))
        .map(|v| v.own())
}

fn get_module(vm: &Vm, v: Value) -> PyResult<Owned> {
    match own(v, vm.names.__module__.value()) {
        // What `type` itself has under this name is the attribute's descriptor.
        Some(m) if !m.isa::<pyjit_core::object::PyGetSet>() => Ok(m),
        Some(_) => Ok(intern("builtins")),
        None if class_of(v).is_some_and(|c| !c.has_flag(type_flags::HEAP)) => {
            Ok(intern("builtins"))
        }
        None => Err(vm.attribute_error(v, vm.names.__module__.value(), "__module__".to_string())),
    }
}

fn set_module(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__module__")?;
    c.dict().remove_str(vm.names.__firstlineno__.value());
    super::store(vm, c, vm.names.__module__.value(), new)
}

fn get_abstractmethods(vm: &Vm, v: Value) -> PyResult<Owned> {
    let name = vm.names.__abstractmethods__.value();
    let found = if v.is(TypeObject::class().as_value()) {
        None
    } else {
        own(v, name)
    };
    found.ok_or_else(|| vm.attribute_error(v, name, "__abstractmethods__".to_string()))
}

fn set_abstractmethods(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let Some(c) = v.cast::<TypeObject>() else {
        return Ok(());
    };
    let name = vm.names.__abstractmethods__.value();
    let mut flags = c.flags.get() & !type_flags::ABSTRACT;
    if new.is_null() {
        if c.own_dict_get(name).is_none() {
            return Err(vm.attribute_error(v, name, "__abstractmethods__".to_string()));
        }
    } else if vm.truthy(new)? {
        flags |= type_flags::ABSTRACT;
    }
    super::store(vm, c, name, new)?;
    c.flags.set(flags);
    Ok(())
}

/// What stands in the class' dictionary, bound as an attribute of the class.
fn bound(vm: &Vm, v: Value, found: Owned) -> PyResult<Owned> {
    match found.class().slots.get.get() {
        Some(get) => get(vm, found.value(), Value::NULL, v),
        None => Ok(found),
    }
}

fn get_doc(vm: &Vm, v: Value) -> PyResult<Owned> {
    match own(v, vm.names.__doc__.value()) {
        Some(d) => bound(vm, v, d),
        None => Ok(Owned::NONE),
    }
}

fn set_doc(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__doc__")?;
    super::store(vm, c, vm.names.__doc__.value(), new)
}

fn python_class(vm: &Vm, v: Value, name: &Owned) -> PyResult<&'static TypeObject> {
    match v.cast::<TypeObject>() {
        Some(c) if c.has_flag(type_flags::HEAP) => Ok(c),
        _ => Err(vm.no_attribute(v, name.value())),
    }
}

fn get_annotations(vm: &Vm, v: Value) -> PyResult<Owned> {
    let names = &vm.names;
    let c = python_class(vm, v, &names.__annotations__)?;
    for n in [&names.__annotations__, &names.__annotations_cache__] {
        if let Some(found) = own(v, n.value()) {
            return bound(vm, v, found);
        }
    }
    let annotate = vm.getattr(v, names.__annotate__.value())?;
    let made = call_annotate(vm, annotate.value())?;
    super::store(vm, c, names.__annotations_cache__.value(), made.value())?;
    Ok(made)
}

/// The annotations that an annotate function gives in the VALUE format; an empty dict without one.
pub fn call_annotate(vm: &Vm, annotate: Value) -> PyResult<Owned> {
    if annotate.is_null() || !vm.is_callable(annotate) {
        return Ok(PyDict::new());
    }
    let d = vm.call(annotate, &[Value::small(1)])?;
    if !d.isa::<PyDict>() {
        return Err(vm.type_error(format!(
            "__annotate__ returned non-dict of type '{}'",
            d.class().name_str()
        )));
    }
    Ok(d)
}

fn set_annotations(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let names = &vm.names;
    let c = match v.cast::<TypeObject>() {
        Some(c) if !c.has_flag(type_flags::IMMUTABLE) => c,
        _ => return changeable(vm, v, new, "__annotations__").map(drop),
    };
    let explicit = names.__annotations__.value();
    let cache = names.__annotations_cache__.value();
    if new.is_null() {
        let place = if c.own_dict_get(explicit).is_some() {
            explicit
        } else {
            cache
        };
        if c.own_dict_get(place).is_none() {
            return Err(vm.attribute_error(v, explicit, "__annotations__".to_string()));
        }
        super::store(vm, c, place, new)?;
    } else {
        let place = if c.own_dict_get(explicit).is_some() {
            explicit
        } else {
            cache
        };
        super::store(vm, c, place, new)?;
    }
    for n in [&names.__annotate_func__, &names.__annotate__] {
        c.dict().remove_str(n.value());
    }
    c.modified(vm);
    Ok(())
}

fn get_annotate(vm: &Vm, v: Value) -> PyResult<Owned> {
    let names = &vm.names;
    let c = python_class(vm, v, &names.__annotate__)?;
    for n in [&names.__annotate__, &names.__annotate_func__] {
        if let Some(found) = own(v, n.value()) {
            return bound(vm, v, found);
        }
    }
    super::store(vm, c, names.__annotate_func__.value(), Value::NONE)?;
    Ok(Owned::NONE)
}

fn set_annotate(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let names = &vm.names;
    if new.is_null() {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    }
    let c = changeable(vm, v, new, "__annotate__")?;
    if !new.is_none() && !vm.is_callable(new) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    let place = if c.own_dict_get(names.__annotate__.value()).is_some() {
        &names.__annotate__
    } else {
        &names.__annotate_func__
    };
    super::store(vm, c, place.value(), new)?;
    if !new.is_none() {
        c.dict().remove_str(names.__annotations_cache__.value());
        c.modified(vm);
    }
    Ok(())
}

fn get_type_params(vm: &Vm, v: Value) -> PyResult<Owned> {
    // The entry of `type` itself is this very attribute.
    if v.is(TypeObject::class().as_value()) {
        return Ok(PyTuple::empty());
    }
    Ok(own(v, vm.names.__type_params__.value()).unwrap_or_else(PyTuple::empty))
}

fn set_type_params(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let c = changeable(vm, v, new, "__type_params__")?;
    super::store(vm, c, vm.names.__type_params__.value(), new)
}
