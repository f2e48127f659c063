//! `types.SimpleNamespace`.

use pyjit_core::prelude::*;

py_class! {
    /// An object that is nothing but its attributes.
    pub struct PyNamespace as "SimpleNamespace" {}
}

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    define_class::<PyNamespace>(
        vm,
        ClassSpec {
            module: "types",
            dict: true,
            doc: Some("A simple attribute-based namespace."),
            slots: |s| {
                s.new
                    .set(Some(|_, class, _| Ok(new_object(class, PyNamespace {}))));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
            },
            methods: METHODS,
            ..ClassSpec::new("SimpleNamespace")
        },
    );
}

/// A namespace with the entries of a dictionary.
pub fn new(vm: &Vm, entries: &PyDict) -> PyResult<Owned> {
    let o = new_object(PyNamespace::class(), PyNamespace {});
    if let Some(d) = o.header().materialize_dict() {
        d.update_from(vm, entries)?;
    }
    Ok(o)
}

fn attributes(v: Value) -> Owned {
    if v.is_heap()
        && let Some(d) = v.header().materialize_dict()
    {
        return d.as_owned();
    }
    PyDict::new()
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    if args.npos() > 1 {
        return Err(vm.type_error(format!(
            "{} expected at most 1 argument, got {}",
            vm.str_text(v.class().name.own().value())?,
            args.npos()
        )));
    }
    let dict = attributes(v);
    let Some(d) = dict.cast::<PyDict>() else {
        return Ok(());
    };
    if let Some(source) = args.pos().first() {
        let made = if source.is_exact::<PyDict>() {
            source.own()
        } else {
            vm.call(PyDict::class().as_value(), &[*source])?
        };
        if let Some(m) = made.cast::<PyDict>() {
            if m.keys().iter().any(|k| !k.isa::<PyStr>()) {
                return Err(vm.type_error("keywords must be strings"));
            }
            d.update_from(vm, m)?;
        }
    }
    for (k, x) in args.keywords() {
        d.set(vm, k, x.own())?;
    }
    Ok(())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let name = if v.is_exact::<PyNamespace>() {
        "namespace".to_string()
    } else {
        text_of(v.class().name.value())
    };
    let shown = vm.repr_guard(v, || {
        let dict = attributes(v);
        let mut parts = Vec::new();
        if let Some(d) = dict.cast::<PyDict>() {
            for (k, x) in d.items() {
                if k.cast::<PyStr>().is_some_and(|s| !s.is_empty()) {
                    parts.push(format!(
                        "{}={}",
                        text_of(k.value()),
                        vm.repr_text(x.value())?
                    ));
                }
            }
        }
        Ok(parts.join(", "))
    })?;
    let inner = shown.unwrap_or_else(|| "...".to_string());
    Ok(PyStr::from_str(&format!("{name}({inner})")))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    if !a.isa::<PyNamespace>() || !b.isa::<PyNamespace>() {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let (x, y) = (attributes(a), attributes(b));
    vm.compare(x.value(), y.value(), op)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |_, a| {
            Ok(PyTuple::new(vec![
                a[0].class().as_owned(),
                PyTuple::empty(),
                attributes(a[0]),
            ]))
        },
        "Return state information for pickling",
    ),
    MethodDef::new(
        "__replace__",
        "(self, /, **changes)",
        |vm, a| {
            let r = vm.call(a[0].class().as_value(), &[])?;
            if !r.isa::<PyNamespace>() {
                return Err(vm.type_error(format!(
                    "expect {} type, but {}() returned '{}' object",
                    PyNamespace::class().name_str(),
                    a[0].class().name_str(),
                    r.class().name_str()
                )));
            }
            let (target, source) = (attributes(r.value()), attributes(a[0]));
            if let Some(d) = target.cast::<PyDict>() {
                if let Some(s) = source.cast::<PyDict>() {
                    d.update_from(vm, s)?;
                }
                if let Some(c) = a[1].cast::<PyDict>() {
                    d.update_from(vm, c)?;
                }
            }
            Ok(r)
        },
        "Return a copy of the namespace object with new values for the specified attributes.",
    ),
];
