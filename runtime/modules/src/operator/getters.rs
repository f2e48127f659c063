//! `itemgetter`, `attrgetter`, `methodcaller`.

use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;
use pyjit_types::sequence::push_repr;

py_class! {
    /// `itemgetter`: a tuple of keys.
    pub struct PyItemGetter as "itemgetter" { pub keys: Owned }
}
py_class! {
    /// `attrgetter`: a tuple of names as given, and each of them split at the dots.
    pub struct PyAttrGetter as "attrgetter" { pub names: Owned, pub paths: Vec<Vec<Owned>> }
}
py_class! {
    /// `methodcaller`.
    pub struct PyMethodCaller as "methodcaller" { pub name: Owned, pub args: Owned, pub kwargs: Owned }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyAttrGetter>(
        vm,
        module,
        ClassSpec {
            module: "operator",
            doc: Some("attrgetter(attr, /, *attrs)\n--\n\nA callable that fetches the named attributes of its operand; names may be dotted."),
            slots: |s| {
                s.new.set(Some(new_attrgetter));
                s.repr.set(Some(repr_attrgetter));
                s.call.set(Some(call_attrgetter));
            },
            methods: ATTR,
            getset: SIGNATURE,
            ..ClassSpec::new("attrgetter")
        },
    );
    payload_class::<PyItemGetter>(
        vm,
        module,
        ClassSpec {
            module: "operator",
            doc: Some("itemgetter(item, /, *items)\n--\n\nA callable that fetches the given items of its operand."),
            slots: |s| {
                s.new.set(Some(new_itemgetter));
                s.repr.set(Some(repr_itemgetter));
                s.call.set(Some(call_itemgetter));
            },
            methods: ITEM,
            getset: SIGNATURE,
            ..ClassSpec::new("itemgetter")
        },
    );
    payload_class::<PyMethodCaller>(
        vm,
        module,
        ClassSpec {
            module: "operator",
            doc: Some("methodcaller(name, /, *args, **kwargs)\n--\n\nA callable that calls the named method of its operand with given arguments."),
            slots: |s| {
                s.new.set(Some(new_methodcaller));
                s.repr.set(Some(repr_methodcaller));
                s.call.set(Some(call_methodcaller));
            },
            methods: METHOD,
            getset: SIGNATURE,
            ..ClassSpec::new("methodcaller")
        },
    );
}

static SIGNATURE: &[GetSetDef] =
    &[GetSetDef::read("__text_signature__", |_, _| Ok(PyStr::from_str("(obj, /)")))];
const REDUCE: &str = "Return state information for pickling";
static ATTR: &[MethodDef] = &[MethodDef::new("__reduce__", "(self, /)", reduce_attrgetter, REDUCE)];
static ITEM: &[MethodDef] = &[MethodDef::new("__reduce__", "(self, /)", reduce_itemgetter, REDUCE)];
static METHOD: &[MethodDef] =
    &[MethodDef::new("__reduce__", "(self, /)", reduce_methodcaller, REDUCE)];

/// The one operand of a call.
fn operand(vm: &Vm, who: &str, args: Args<'_>) -> PyResult<Value> {
    args.no_keywords(vm, who)?;
    args.check_positional(vm, who, 1, 1)?;
    Ok(args.values[0])
}
fn check_new(vm: &Vm, who: &str, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, who)?;
    if args.npos() == 0 {
        return Err(vm.type_error(format!("{who} expected 1 argument, got 0")));
    }
    Ok(())
}
fn show(vm: &Vm, v: Value, args: &[Value], kwargs: Option<&PyDict>) -> PyResult<Owned> {
    let shown = vm.repr_guard(v, || {
        let mut out = Builder::new();
        out.push_str(&v.class().full_name(vm));
        out.push_str("(");
        let mut first = true;
        for x in args {
            if !first {
                out.push_str(", ");
            }
            first = false;
            push_repr(vm, &mut out, *x)?;
        }
        for (k, x) in kwargs.map_or(vec![], |d| d.items()) {
            if !first {
                out.push_str(", ");
            }
            first = false;
            out.push_str(&text_of(k.value()));
            out.push_str("=");
            push_repr(vm, &mut out, x.value())?;
        }
        out.push_str(")");
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str(&format!("{}(...)", v.class().full_name(vm)))))
}

fn new_itemgetter(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    check_new(vm, "itemgetter", args)?;
    Ok(new_object(
        class,
        PyItemGetter {
            keys: PyTuple::from_slice(args.pos()),
        },
    ))
}
fn keys<'a>(vm: &Vm, v: Value) -> &'a [Value] {
    v.cast::<PyItemGetter>()
        .map_or(&[], |g| vm.tuple_items(g.keys.value()))
}
fn call_itemgetter(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let obj = operand(vm, "itemgetter", args)?;
    if let [one] = keys(vm, v) {
        return vm.getitem(obj, *one);
    }
    let mut out = Vec::new();
    for k in keys(vm, v) {
        out.push(vm.getitem(obj, *k)?);
    }
    Ok(PyTuple::new(out))
}
fn repr_itemgetter(vm: &Vm, v: Value) -> PyResult<Owned> {
    show(vm, v, keys(vm, v), None)
}
fn reduce_itemgetter(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyTuple::pair(
        a[0].class().as_owned(),
        PyTuple::from_slice(keys(vm, a[0])),
    ))
}

fn new_attrgetter(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    check_new(vm, "attrgetter", args)?;
    let mut paths = Vec::new();
    for name in args.pos() {
        let Some(s) = name.cast::<PyStr>() else {
            return Err(vm.type_error("attribute name must be a string"));
        };
        paths.push(match s.to_utf8() {
            Some(t) => t.split('.').map(intern).collect(),
            None => vec![name.own()],
        });
    }
    Ok(new_object(
        class,
        PyAttrGetter {
            names: PyTuple::from_slice(args.pos()),
            paths,
        },
    ))
}
fn call_attrgetter(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let obj = operand(vm, "attrgetter", args)?;
    let Some(g) = v.cast::<PyAttrGetter>() else {
        return Ok(Owned::NONE);
    };
    let follow = |path: &[Owned]| -> PyResult<Owned> {
        let mut x = obj.own();
        for name in path {
            x = vm.getattr(x.value(), name.value())?;
        }
        Ok(x)
    };
    if let [one] = g.paths.as_slice() {
        return follow(one);
    }
    let found: PyResult<Vec<Owned>> = g.paths.iter().map(|p| follow(p)).collect();
    Ok(PyTuple::new(found?))
}
fn names<'a>(vm: &Vm, v: Value) -> &'a [Value] {
    v.cast::<PyAttrGetter>()
        .map_or(&[], |g| vm.tuple_items(g.names.value()))
}
fn repr_attrgetter(vm: &Vm, v: Value) -> PyResult<Owned> {
    show(vm, v, names(vm, v), None)
}
fn reduce_attrgetter(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyTuple::pair(
        a[0].class().as_owned(),
        PyTuple::from_slice(names(vm, a[0])),
    ))
}

fn new_methodcaller(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let Some((name, rest)) = args.pos().split_first() else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    if !name.isa::<PyStr>() {
        return Err(vm.type_error("method name must be a string"));
    }
    let kwargs = PyDict::new();
    if let Some(d) = kwargs.cast::<PyDict>() {
        for (k, x) in args.keywords() {
            d.set(vm, k, x.own())?;
        }
    }
    Ok(new_object(
        class,
        PyMethodCaller {
            name: intern_value(*name),
            args: PyTuple::from_slice(rest),
            kwargs,
        },
    ))
}
fn call_methodcaller(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let obj = operand(vm, "methodcaller", args)?;
    let Some(c) = v.cast::<PyMethodCaller>() else {
        return Ok(Owned::NONE);
    };
    let kwargs = c.kwargs.cast::<PyDict>();
    let given = vm.tuple_items(c.args.value());
    if kwargs.is_none_or(|d| d.is_empty()) {
        return vm.call_method(obj, c.name.value(), given);
    }
    let f = vm.getattr(obj, c.name.value())?;
    vm.call_ex(f.value(), given, kwargs)
}
fn name_and_args(vm: &Vm, c: &PyMethodCaller) -> Vec<Value> {
    let mut all = vec![c.name.value()];
    all.extend_from_slice(vm.tuple_items(c.args.value()));
    all
}
fn repr_methodcaller(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyMethodCaller>() else {
        return Ok(Owned::NONE);
    };
    show(vm, v, &name_and_args(vm, c), c.kwargs.cast::<PyDict>())
}
fn reduce_methodcaller(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(c) = a[0].cast::<PyMethodCaller>() else {
        return Ok(Owned::NONE);
    };
    let class = a[0].class();
    let kwargs = c.kwargs.cast::<PyDict>();
    if kwargs.is_none_or(|d| d.is_empty()) {
        let all = PyTuple::from_slice(&name_and_args(vm, c));
        return Ok(PyTuple::pair(class.as_owned(), all));
    }
    let partial = vm.import_attr("functools", "partial")?;
    let made = vm.call_ex(
        partial.value(),
        &[class.as_value(), c.name.value()],
        kwargs,
    )?;
    Ok(PyTuple::pair(made, c.args.clone()))
}
