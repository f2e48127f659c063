//! `property`, `classmethod` and `staticmethod`.

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;

/// Defines `property`, and `classmethod` and `staticmethod`, which classes are made with.
pub fn define(vm: &Vm) {
    define_class::<PyProperty>(
        vm,
        ClassSpec {
            doc: Some(
                "A managed attribute: reading, writing and deleting it call functions.\n\n  fget\n    called to get the value\n  fset\n    called to set the value\n  fdel\n    called to delete the attribute\n  doc\n    docstring",
            ),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let null = || Owned::NULL;
                    Ok(new_object(
                        class,
                        PyProperty::new(null(), null(), null(), null()),
                    ))
                }));
                s.init.set(Some(init));
                s.get.set(Some(get));
                s.set.set(Some(set));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("property")
        },
    );
    crate::property_wrappers::define_classmethod(vm);
}

fn prop<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyProperty> {
    v.cast::<PyProperty>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'property' object"))
}

static SIG: Sig = Sig::parse("(fget=None, fset=None, fdel=None, doc=None)");

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "property",
        qualified: &|| "property".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let p = prop(vm, v)?;
        let own = |x: Value| x.given().map_or(Owned::NULL, |x| x.own());
        p.get.set(own(a[0]));
        p.set.set(own(a[1]));
        p.del.set(own(a[2]));
        p.doc.set(Owned::NULL);
        p.name.set(Owned::NULL);
        p.getter_doc.set(false);
        let mut doc = own(a[3]);
        if doc.is_null()
            && let Some(f) = a[0].given()
            && let Some(d) = vm.getattr_opt(f, vm.names.__doc__.value())?
            && !d.is_none()
        {
            doc = d;
            p.getter_doc.set(true);
        }
        if v.is_exact::<PyProperty>() {
            p.doc.set(doc);
            return Ok(());
        }
        // A subclass has a `__doc__` of its own in front of ours: the instance's goes to its dictionary.
        let value = doc.non_null().unwrap_or(Value::NONE);
        match vm.setattr(v, vm.names.__doc__.value(), value) {
            Err(e) if !p.getter_doc.get() && e.is_instance(vm.exc.AttributeError) => Ok(()),
            other => other,
        }
    })
}

/// The name that messages show: the one given by the class, or else the getter's.
fn name_of(vm: &Vm, p: &PyProperty) -> PyResult<Option<Owned>> {
    if !p.name.value().is_null() {
        return Ok(Some(p.name.own()));
    }
    let getter = p.get.own();
    if getter.is_null() {
        return Ok(None);
    }
    vm.getattr_opt(getter.value(), vm.names.__name__.value())
}

fn missing(vm: &Vm, p: &PyProperty, obj: Value, what: &str) -> PyResult<Raised> {
    let class = obj.class();
    let owner = vm.repr_text(class.qualname.own().value())?;
    let text = match name_of(vm, p)? {
        Some(n) => format!(
            "property {} of {owner} object has no {what}",
            vm.repr_text(n.value())?
        ),
        None => format!("property of {owner} object has no {what}"),
    };
    Ok(vm.error(vm.exc.AttributeError, text))
}

fn get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    if obj.is_null() || obj.is_none() {
        return Ok(v.own());
    }
    let p = prop(vm, v)?;
    let f = p.get.own();
    if f.is_null() {
        return Err(missing(vm, p, obj, "getter")?);
    }
    vm.call(f.value(), &[obj])
}

fn set(vm: &Vm, v: Value, obj: Value, value: Value) -> PyResult<()> {
    let p = prop(vm, v)?;
    if value.is_null() {
        let f = p.del.own();
        if f.is_null() {
            return Err(missing(vm, p, obj, "deleter")?);
        }
        return vm.call(f.value(), &[obj]).map(drop);
    }
    let f = p.set.own();
    if f.is_null() {
        return Err(missing(vm, p, obj, "setter")?);
    }
    vm.call(f.value(), &[obj, value]).map(drop)
}

/// A property like this one with some functions replaced.
fn copy_with(vm: &Vm, v: Value, new: [Value; 3]) -> PyResult<Owned> {
    let p = prop(vm, v)?;
    let or_none = |x: &MutCell<Owned>, new: Value| match new.given() {
        Some(n) => n.own(),
        None => x.value().non_null().unwrap_or(Value::NONE).own(),
    };
    let (g, s, d) = (
        or_none(&p.get, new[0]),
        or_none(&p.set, new[1]),
        or_none(&p.del, new[2]),
    );
    let doc = if p.getter_doc.get() && !g.is_none() {
        Owned::NONE
    } else {
        p.doc.value().non_null().unwrap_or(Value::NONE).own()
    };
    let r = vm.call(
        v.class().as_value(),
        &[g.value(), s.value(), d.value(), doc.value()],
    )?;
    if let Some(n) = r.cast::<PyProperty>() {
        n.name.set(p.name.own());
    }
    Ok(r)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "getter",
        "(self, object, /)",
        |vm, a| copy_with(vm, a[0], [a[1], Value::NULL, Value::NULL]),
        "Descriptor to obtain a copy of the property with a different getter.",
    ),
    MethodDef::new(
        "setter",
        "(self, object, /)",
        |vm, a| copy_with(vm, a[0], [Value::NULL, a[1], Value::NULL]),
        "Descriptor to obtain a copy of the property with a different setter.",
    ),
    MethodDef::new(
        "deleter",
        "(self, object, /)",
        |vm, a| copy_with(vm, a[0], [Value::NULL, Value::NULL, a[1]]),
        "Descriptor to obtain a copy of the property with a different deleter.",
    ),
    MethodDef::new(
        "__set_name__",
        "(self, /, *args)",
        |vm, a| {
            let items = vm.tuple_items(a[1]);
            let &[_, name] = items else {
                return Err(vm.type_error(format!(
                    "__set_name__() takes 2 positional arguments but {} were given",
                    items.len()
                )));
            };
            prop(vm, a[0])?.name.set(name.own());
            Ok(Owned::NONE)
        },
        "__set_name__(owner, name, /)\n--\n\nMethod to set name of a property.",
    ),
];

fn field(vm: &Vm, v: Value, f: fn(&PyProperty) -> &MutCell<Owned>) -> PyResult<Owned> {
    Ok(f(prop(vm, v)?)
        .value()
        .non_null()
        .unwrap_or(Value::NONE)
        .own())
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("fget", |vm, v| field(vm, v, |p| &p.get)),
    GetSetDef::member("fset", |vm, v| field(vm, v, |p| &p.set)),
    GetSetDef::member("fdel", |vm, v| field(vm, v, |p| &p.del)),
    GetSetDef::write(
        "__doc__",
        |vm, v| field(vm, v, |p| &p.doc),
        |vm, v, new| {
            prop(vm, v)?.doc.set(new.own());
            Ok(())
        },
    ),
    GetSetDef::write(
        "__name__",
        |vm, v| match name_of(vm, prop(vm, v)?)? {
            Some(n) => Ok(n),
            None => Err(vm.no_attribute(v, vm.names.__name__.value())),
        },
        |vm, v, new| {
            prop(vm, v)?.name.set(new.own());
            Ok(())
        },
    ),
    GetSetDef::read("__isabstractmethod__", |vm, v| {
        let p = prop(vm, v)?;
        for f in [p.get.own(), p.set.own(), p.del.own()] {
            if !f.is_null() && is_abstract(vm, f.value())? {
                return Ok(Owned::bool(true));
            }
        }
        Ok(Owned::bool(false))
    }),
];

/// Whether a function says that it is abstract.
pub(crate) fn is_abstract(vm: &Vm, f: Value) -> PyResult<bool> {
    match vm.getattr_opt(f, vm.names.__isabstractmethod__.value())? {
        Some(x) => vm.truthy(x.value()),
        None => Ok(false),
    }
}
