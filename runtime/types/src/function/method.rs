//! `method`: a function bound to its first argument.

use pyjit_core::prelude::*;

pub fn define(vm: &Vm) {
    define_class::<PyMethod>(
        vm,
        ClassSpec {
            flags: 0,
            weakrefs: true,
            doc: Some("Create a bound instance method object."),
            slots: |s| {
                s.new.set(Some(method_new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                s.getattr.set(Some(getattr));
                s.call.set(Some(call));
                s.get.set(Some(|_, v, _, _| Ok(v.own())));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("method")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |vm, a| {
        let Some(m) = method(a[0]) else {
            return Ok(Owned::NONE);
        };
        let name = vm.getattr(m.func.value(), vm.names.__name__.value())?;
        crate::descr::reduce_as_getattr(vm, m.receiver.value(), &text_of(name.value()))
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__func__", |_, v| {
        Ok(method(v).map_or(Owned::NONE, |m| m.func.clone()))
    })
    .doc("the function (or other callable) implementing a method"),
    GetSetDef::member("__self__", |_, v| {
        Ok(method(v).map_or(Owned::NONE, |m| m.receiver.clone()))
    })
    .doc("the instance to which a method is bound"),
    GetSetDef::read("__doc__", |vm, v| match method(v) {
        Some(m) => Ok(vm
            .getattr_opt(m.func.value(), vm.names.__doc__.value())?
            .unwrap_or(Owned::NONE)),
        None => Ok(Owned::NONE),
    }),
];

fn method<'a>(v: Value) -> Option<&'a PyMethod> {
    v.cast::<PyMethod>()
}

fn method_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "method")?;
    args.check_positional(vm, "method", 2, 2)?;
    let &[func, receiver] = args.values else {
        return Ok(Owned::NONE);
    };
    if !vm.is_callable(func) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if receiver.is_none() {
        return Err(vm.type_error("instance must not be None"));
    }
    Ok(new_object(
        class,
        PyMethod {
            func: func.own(),
            receiver: receiver.own(),
        },
    ))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(m) = method(v) else {
        return Ok(Owned::NONE);
    };
    let mut name = "?".to_string();
    for n in [&vm.names.__qualname__, &vm.names.__name__] {
        if let Some(found) = vm.getattr_opt(m.func.value(), n.value())? {
            if found.isa::<PyStr>() {
                name = text_of(found.value());
            }
            break;
        }
    }
    let r = vm.repr_text(m.receiver.value())?;
    Ok(PyStr::from_str(&format!("<bound method {name} of {r}>")))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(m) = method(v) else { return Ok(0) };
    let h = vm.hash_pointer(m.receiver.value()) ^ vm.hash(m.func.value())?;
    Ok(if h == -1 { -2 } else { h })
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (method(a), method(b)) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let same = vm.eq(x.func.value(), y.func.value())? && x.receiver.value().is(y.receiver.value());
    Ok(Owned::bool(same == (op == Cmp::Eq)))
}

/// Attributes of the method itself, then those of its function.
fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    let class = v.class();
    if let Some(d) = class.lookup(vm, name) {
        let d = d.own();
        return match d.class().slots.get.get() {
            Some(get) => get(vm, d.value(), v, class.as_value()),
            None => Ok(d),
        };
    }
    match method(v) {
        Some(m) => vm.getattr(m.func.value(), name),
        None => Err(vm.no_attribute(v, name)),
    }
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let Some(m) = method(v) else {
        return Err(vm.type_error("not a method"));
    };
    let (func, receiver) = (m.func.clone(), m.receiver.clone());
    vm.call_prefixed(func.value(), receiver.value(), args)
}
