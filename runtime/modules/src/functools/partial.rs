//! `partial` and its `Placeholder`.

use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;
use pyjit_types::sequence::{class_getitem_def, push_repr};
use std::cell::Cell;

py_class! {
    /// A function with some of its arguments.
    pub struct PyPartial as "partial" {
        pub func: MutCell<Owned>,
        /// A tuple.
        pub args: MutCell<Owned>,
        /// A dict.
        pub keywords: MutCell<Owned>,
        /// How many of the arguments are placeholders.
        pub holes: Cell<usize>,
    }
}
py_class! {
    /// The class of `Placeholder`.
    pub struct PyPlaceholder as "_PlaceholderType", nogc { unused: () }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyPlaceholder>(
        vm,
        module,
        ClassSpec {
            module: "functools",
            doc: Some("The type of the Placeholder singleton, which stands for an argument that is given later."),
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    if !args.is_empty() {
                        return Err(vm.type_error("PlaceholderType takes no arguments"));
                    }
                    Ok(placeholder(vm))
                }));
                s.repr.set(Some(|_, _| Ok(PyStr::from_str("Placeholder"))));
            },
            methods: HOLE_METHODS,
            ..ClassSpec::new("_PlaceholderType")
        },
    );
    module.dict().set_name("Placeholder", placeholder(vm));
    payload_class::<PyPartial>(
        vm,
        module,
        ClassSpec {
            module: "functools",
            doc: Some("Create a new function with partial application of the given arguments\nand keywords."),
            dict: true,
            weakrefs: true,
            flags: type_flags::BASE | type_flags::METHOD_DESCRIPTOR,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.call.set(Some(call));
                s.get.set(Some(|_, v, obj, _| {
                    Ok(if obj.is_null() || obj.is_none() {
                        v.own()
                    } else {
                        PyMethod::new(v.own(), obj.own())
                    })
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("partial")
        },
    );
}

static HOLE_METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |_, _| Ok(PyStr::from_str("Placeholder")),
    "",
)];
static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new("__setstate__", "(self, state, /)", setstate, ""),
    class_getitem_def("partial is generic over the wrapped function's return type"),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::read("func", |vm, v| Ok(partial_of(vm, v)?.func.own()))
        .doc("function object to use in future partial calls"),
    GetSetDef::read("args", |vm, v| Ok(partial_of(vm, v)?.args.own()))
        .doc("tuple of arguments to future partial calls"),
    GetSetDef::read("keywords", |vm, v| Ok(partial_of(vm, v)?.keywords.own()))
        .doc("dictionary of keyword arguments to future partial calls"),
];

/// The one `Placeholder`.
fn placeholder(vm: &Vm) -> Owned {
    vm.module_state
        .get_mut()
        .entry("functools.Placeholder")
        .or_insert_with(|| new_object(PyPlaceholder::class(), PyPlaceholder { unused: () }))
        .clone()
}
fn is_hole(v: Value) -> bool {
    v.isa::<PyPlaceholder>()
}
fn partial_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyPartial> {
    v.cast::<PyPartial>().ok_or_else(|| {
        vm.type_error(format!("expected partial, got {}", v.class().name_str()))
    })
}
fn trailing(vm: &Vm) -> Raised {
    vm.type_error("trailing Placeholders are not allowed")
}

/// Fills the holes of `first` with `more`, in order, and appends what is left of `more`.
fn fill(first: &[Value], more: &[Value]) -> Vec<Owned> {
    let mut rest = more.iter();
    let mut out = Vec::with_capacity(first.len() + more.len());
    for v in first {
        match is_hole(*v).then(|| rest.next()).flatten() {
            Some(x) => out.push(x.own()),
            None => out.push(v.own()),
        }
    }
    out.extend(rest.map(|v| v.own()));
    out
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let Some((func, given)) = args.pos().split_first() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !vm.is_callable(*func) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    if given.last().is_some_and(|v| is_hole(*v)) {
        return Err(trailing(vm));
    }
    if args.keywords().any(|(_, v)| is_hole(v)) {
        return Err(vm.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let keywords = PyDict::new();
    let kw = keywords.cast::<PyDict>();
    let (mut target, mut all): (Owned, Vec<Owned>) =
        (func.own(), given.iter().map(|v| v.own()).collect());
    // A partial of a plain partial becomes one partial of the function.
    if let Some(inner) = func.cast::<PyPartial>()
        && func.header().dict_value().is_null()
    {
        target = inner.func.own();
        let first = inner.args.own();
        all = fill(vm.tuple_items(first.value()), given);
        if let (Some(kw), Some(old)) = (kw, inner.keywords.value().cast::<PyDict>()) {
            kw.update_from(vm, old)?;
        }
    }
    if let Some(kw) = kw {
        for (k, v) in args.keywords() {
            kw.set(vm, k, v.own())?;
        }
    }
    let holes = all.iter().filter(|v| is_hole(v.value())).count();
    Ok(new_object(
        class,
        PyPartial {
            func: MutCell::new(target),
            args: MutCell::new(PyTuple::new(all)),
            keywords: MutCell::new(keywords),
            holes: Cell::new(holes),
        },
    ))
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let p = partial_of(vm, v)?;
    let (func, first, keywords) = (p.func.own(), p.args.own(), p.keywords.own());
    let holes = p.holes.get();
    if args.npos() < holes {
        return Err(vm.type_error(format!(
            "missing positional arguments in 'partial' call; expected at least {holes}, got {}",
            args.npos()
        )));
    }
    let first_items = vm.tuple_items(first.value());
    let kw = keywords.cast::<PyDict>().filter(|d| !d.is_empty());
    if holes == 0 && kw.is_none() {
        if first_items.is_empty() {
            return vm.call_args(func.value(), args);
        }
        let mut values = Vec::with_capacity(first_items.len() + args.values.len());
        values.extend_from_slice(first_items);
        values.extend_from_slice(args.values);
        let names = args.names;
        return vm.call_args(func.value(), Args { values: &values, names });
    }
    let mut all = OwnedArgs {
        values: fill(first_items, args.pos()),
        names: vec![],
    };
    let merged = PyDict::new();
    if let Some(d) = merged.cast::<PyDict>() {
        if let Some(kw) = kw {
            d.update_from(vm, kw)?;
        }
        for (k, x) in args.keywords() {
            d.set(vm, k, x.own())?;
        }
        for (k, x) in d.items() {
            if !k.isa::<PyStr>() {
                return Err(vm.type_error("keywords must be strings"));
            }
            all.push_keyword(k, x);
        }
    }
    all.with(|args| vm.call_args(func.value(), args))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let p = partial_of(vm, v)?;
    let shown = vm.repr_guard(v, || {
        let (func, args, keywords) = (p.func.own(), p.args.own(), p.keywords.own());
        let mut out = Builder::new();
        let class = v.class();
        let module = vm.attr_text(class.as_value(), "__module__");
        let name = vm
            .attr_text(class.as_value(), "__qualname__")
            .unwrap_or_default();
        if let Some(m) = module.filter(|m| m != "builtins") {
            out.push_str(&m);
            out.push_str(".");
        }
        out.push_str(&name);
        out.push_str("(");
        push_repr(vm, &mut out, func.value())?;
        for x in vm.tuple_items(args.value()) {
            out.push_str(", ");
            push_repr(vm, &mut out, *x)?;
        }
        for (k, x) in keywords.cast::<PyDict>().map_or(vec![], |d| d.items()) {
            out.push_str(", ");
            let k = vm.str(k.value())?;
            if let Some(s) = k.cast::<PyStr>() {
                out.push_text(s.text());
            }
            out.push_str("=");
            push_repr(vm, &mut out, x.value())?;
        }
        out.push_str(")");
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str("...")))
}

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = partial_of(vm, a[0])?;
    let dict = a[0].header().dict_value().non_null().unwrap_or(Value::NONE);
    let state = vec![p.func.own(), p.args.own(), p.keywords.own(), dict.own()];
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        PyTuple::new(vec![p.func.own()]),
        PyTuple::new(state),
    ]))
}
fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = partial_of(vm, a[0])?;
    let invalid = || vm.type_error("invalid partial state");
    let Some(state) = a[1].cast::<PyTuple>() else {
        return Err(invalid());
    };
    let [func, args, keywords, dict] = *state.as_slice() else {
        return Err(invalid());
    };
    if !vm.is_callable(func)
        || !args.isa::<PyTuple>()
        || !(keywords.is_none() || keywords.isa::<PyDict>())
        || !(dict.is_none() || dict.isa::<PyDict>())
    {
        return Err(invalid());
    }
    if vm.tuple_items(args).last().is_some_and(|v| is_hole(*v)) {
        return Err(trailing(vm));
    }
    let args = vm.tuple_from(args)?;
    let keywords = match keywords.cast::<PyDict>() {
        Some(_) if keywords.is_exact::<PyDict>() => keywords.own(),
        Some(d) => d.copy(),
        None => PyDict::new(),
    };
    let args = if args.is_exact::<PyTuple>() {
        args
    } else {
        PyTuple::from_slice(vm.tuple_items(args.value()))
    };
    let holes = vm.tuple_items(args.value()).iter().filter(|v| is_hole(**v));
    p.holes.set(holes.count());
    p.func.set(func.own());
    p.args.set(args);
    p.keywords.set(keywords);
    let dict = if dict.is_none() { PyDict::new() } else { dict.own() };
    a[0].header().replace_dict(dict);
    Ok(Owned::NONE)
}
