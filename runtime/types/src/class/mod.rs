//! `type`: attribute access of classes, calling them, and (in `create`) making them.

mod attributes;
mod create;
mod methods;

pub use attributes::call_annotate;
pub use create::{calculate_metaclass, item_size};
use pyjit_core::object::{c3, install_dunder};
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<TypeObject>(
        vm,
        ClassSpec {
            weakrefs: true,
            doc: Some(
                "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
            ),
            slots: |s| {
                s.new.set(Some(create::type_new));
                s.init.set(Some(type_init));
                s.call.set(Some(type_call));
                s.repr.set(Some(type_repr));
                s.getattr.set(Some(type_getattr));
                s.setattr.set(Some(type_setattr));
                s.or.set(Some(crate::union::or));
            },
            methods: methods::METHODS,
            getset: attributes::GETSET,
            ..ClassSpec::new("type")
        },
    );
}

fn type_call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let Some(class) = v.cast::<TypeObject>() else {
        return Err(vm.type_error("descriptor '__call__' requires a 'type' object"));
    };
    if class.same(TypeObject::class()) {
        if let (&[x], true) = (args.values, args.names.is_empty()) {
            return Ok(x.class().as_owned());
        }
        if args.npos() == 1 {
            return Err(vm.type_error("type() takes no keyword arguments"));
        }
        if args.npos() != 3 {
            return Err(vm.type_error("type() takes 1 or 3 arguments"));
        }
    }
    vm.instantiate(class, args)
}

fn type_init(vm: &Vm, _: Value, args: Args<'_>) -> PyResult<()> {
    if args.npos() == 1 && !args.names.is_empty() {
        return Err(vm.type_error("type.__init__() takes no keyword arguments"));
    }
    if args.npos() != 1 && args.npos() != 3 {
        return Err(vm.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(())
}

/// `module.qualname` as a class shows itself, without the module for built-ins.
pub fn shown_name(vm: &Vm, class: &TypeObject) -> String {
    let q = text_of(class.qualname.value());
    match class.own_dict_get(vm.names.__module__.value()) {
        Some(m) if m.isa::<PyStr>() && text_of(m) != "builtins" => format!("{}.{q}", text_of(m)),
        _ => q,
    }
}

fn type_repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let name = v
        .cast::<TypeObject>()
        .map_or_else(String::new, |c| shown_name(vm, c));
    Ok(PyStr::from_str(&format!("<class '{name}'>")))
}

fn string_name(vm: &Vm, name: Value) -> PyResult<()> {
    if name.isa::<PyStr>() {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "attribute name must be string, not '{}'",
        name.class().name_str()
    )))
}

/// `type.__getattribute__`: data descriptors of the metaclass, the class and its bases, the rest of the metaclass.
pub fn type_getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    string_name(vm, name)?;
    let Some(class) = v.cast::<TypeObject>() else {
        return Err(vm.no_attribute(v, name));
    };
    let meta = v.class();
    let descr = meta.lookup(vm, name).map(|d| d.own());
    if let Some(d) = &descr
        && d.class().slots.set.get().is_some()
        && let Some(get) = d.class().slots.get.get()
    {
        return get(vm, d.value(), v, meta.as_value());
    }
    if let Some(a) = class.lookup(vm, name) {
        let a = a.own();
        return match a.class().slots.get.get() {
            Some(get) => get(vm, a.value(), Value::NULL, v),
            None => Ok(a),
        };
    }
    match descr {
        Some(d) => match d.class().slots.get.get() {
            Some(get) => get(vm, d.value(), v, meta.as_value()),
            None => Ok(d),
        },
        None => Err(vm.no_attribute(v, name)),
    }
}

/// `type.__setattr__` and `type.__delattr__`.
fn type_setattr(vm: &Vm, v: Value, name: Value, value: Value) -> PyResult<()> {
    let Some(class) = v.cast::<TypeObject>() else {
        return Err(vm.no_attribute(v, name));
    };
    if class.has_flag(type_flags::IMMUTABLE) {
        let shown = vm.repr_text(name)?;
        return Err(vm.type_error(format!(
            "cannot set {shown} attribute of immutable type '{}'",
            class.name_str()
        )));
    }
    string_name(vm, name)?;
    let name = pyjit_core::types::intern_value(name);
    if let Some(d) = v.class().lookup(vm, name.value()) {
        let d = d.own();
        if let Some(set) = d.class().slots.set.get() {
            return set(vm, d.value(), v, value);
        }
    }
    store(vm, class, name.value(), value)
}

/// Stores in (or, with NULL, deletes from) the class' own dictionary and lets everybody know.
fn store(vm: &Vm, class: &'static TypeObject, name: Value, value: Value) -> PyResult<()> {
    let old = class.own_dict_get(name).map(|o| o.own());
    if value.is_null() {
        if old.is_none() {
            return Err(vm.no_attribute(class.as_value(), name));
        }
        class.dict().remove_str(name);
    } else {
        class.dict().set_str(name, value.own());
    }
    class.modified(vm);
    if vm.dunder_names.iter().any(|d| d.value().is(name)) {
        install_dunder(vm, class);
    }
    drop(old);
    Ok(())
}

/// `C.mro()`.
fn type_mro(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match a[0].cast::<TypeObject>() {
        Some(c) => {
            let t = c3(vm, c)?;
            Ok(PyList::from_slice(vm.tuple_items(t.value())))
        }
        None => Ok(PyList::new(vec![])),
    }
}
