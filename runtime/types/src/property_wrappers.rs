//! `classmethod` and `staticmethod`: they hold a callable and show its names as their own.

use crate::property::is_abstract;
use pyjit_core::prelude::*;

/// Defines `staticmethod`; native static methods need it before exceptions exist.
pub fn define_staticmethod(vm: &Vm) {
    define_class::<PyStaticMethod>(
        vm,
        ClassSpec {
            dict: true,
            weakrefs: true,
            doc: Some(
                "staticmethod(function, /)\n--\n\nA function that is called without the object or class it is looked up on.",
            ),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let func = MutCell::new(Owned::NONE);
                    Ok(new_object(class, PyStaticMethod { func }))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.get.set(Some(|_, v, _, _| Ok(wrapped(v))));
                s.call
                    .set(Some(|vm, v, args| vm.call_args(wrapped(v).value(), args)));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("staticmethod")
        },
    );
}

/// Defines `classmethod`.
pub fn define_classmethod(vm: &Vm) {
    define_class::<PyClassMethod>(
        vm,
        ClassSpec {
            dict: true,
            weakrefs: true,
            doc: Some(
                "classmethod(function, /)\n--\n\nA function that gets the class as its first argument.",
            ),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let func = MutCell::new(Owned::NONE);
                    Ok(new_object(class, PyClassMethod { func }))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.get.set(Some(|_, v, obj, class| {
                    let class = match class.non_null() {
                        Some(c) => c.own(),
                        None => obj.class().as_owned(),
                    };
                    Ok(PyMethod::new(wrapped(v), class))
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("classmethod")
        },
    );
}

fn cell<'a>(v: Value) -> Option<&'a MutCell<Owned>> {
    if let Some(m) = v.cast::<PyClassMethod>() {
        return Some(&m.func);
    }
    v.cast::<PyStaticMethod>().map(|m| &m.func)
}

fn wrapped(v: Value) -> Owned {
    cell(v).map_or(Owned::NONE, |c| c.own())
}

fn kind(v: Value) -> &'static str {
    if v.isa::<PyClassMethod>() {
        "classmethod"
    } else {
        "staticmethod"
    }
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, kind(v))?;
    args.check_positional(vm, kind(v), 1, 1)?;
    let Some(func) = args.values.first().copied() else {
        return Ok(());
    };
    if let Some(c) = cell(v) {
        c.set(func.own());
    }
    let names = &vm.names;
    for n in [
        &names.__module__,
        &names.__name__,
        &names.__qualname__,
        &names.__doc__,
    ] {
        if let Some(x) = vm.getattr_opt(func, n.value())? {
            vm.setattr(v, n.value(), x.value())?;
        }
    }
    Ok(())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let inner = vm.repr_text(wrapped(v).value())?;
    Ok(PyStr::from_str(&format!("<{}({inner})>", kind(v))))
}

static METHODS: &[MethodDef] = &[MethodDef::class(
    "__class_getitem__",
    "(type, object, /)",
    crate::generic_alias::class_getitem,
    "See PEP 585",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__func__", |_, v| Ok(wrapped(v))),
    GetSetDef::member("__wrapped__", |_, v| Ok(wrapped(v))),
    GetSetDef::read("__isabstractmethod__", |vm, v| {
        is_abstract(vm, wrapped(v).value()).map(Owned::bool)
    }),
    GetSetDef::write(
        "__annotations__",
        |vm, v| cached(vm, v, vm.names.__annotations__.value()),
        |vm, v, new| store(vm, v, vm.names.__annotations__.value(), new),
    ),
    GetSetDef::write(
        "__annotate__",
        |vm, v| cached(vm, v, vm.names.__annotate__.value()),
        |vm, v, new| store(vm, v, vm.names.__annotate__.value(), new),
    ),
];

/// An attribute of the function, remembered in the wrapper's own dictionary.
fn cached(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    let Some(d) = v.header().materialize_dict() else {
        return vm.getattr(wrapped(v).value(), name);
    };
    if let Some(x) = d.get_str(name) {
        return Ok(x.own());
    }
    let x = vm.getattr(wrapped(v).value(), name)?;
    d.set_str(name, x.clone());
    Ok(x)
}

fn store(vm: &Vm, v: Value, name: Value, new: Value) -> PyResult<()> {
    let Some(d) = v.header().materialize_dict() else {
        return Ok(());
    };
    if new.is_null() {
        if d.remove_str(name).is_none() {
            return Err(vm.attribute_error(v, name, text_of(name)));
        }
        return Ok(());
    }
    d.set_str(name, new.own());
    Ok(())
}
