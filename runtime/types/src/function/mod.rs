//! `function` and `method`.

mod attributes;
mod method;

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;

/// Defines the classes and their methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyFunction>(
        vm,
        ClassSpec {
            flags: type_flags::METHOD_DESCRIPTOR,
            dict: true,
            weakrefs: true,
            doc: Some(
                "Create a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables\n  kwdefaults\n    a dictionary that specifies the default keyword argument values",
            ),
            slots: |s| {
                s.new.set(Some(function_new));
                s.repr.set(Some(repr));
                s.get.set(Some(get));
                s.call.set(Some(call));
            },
            getset: attributes::GETSET,
            ..ClassSpec::new("function")
        },
    );
    method::define(vm);
}

fn repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let name = v
        .cast::<PyFunction>()
        .map_or_else(String::new, |f| text_of(f.qualname.value()));
    Ok(PyStr::from_str(&format!(
        "<function {name} at {:#x}>",
        v.bits()
    )))
}

fn get(_: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    if obj.is_null() || obj.is_none() {
        return Ok(v.own());
    }
    Ok(PyMethod::new(v.own(), obj.own()))
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    match v.cast::<PyFunction>() {
        Some(f) => (vm.hooks().call_function)(vm, f, args),
        None => Err(vm.type_error("not a function")),
    }
}

static SIG: Sig =
    Sig::parse("(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)");

fn function_new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "function",
        qualified: &|| "function".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| from_parts(vm, a))
}

fn from_parts(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let kind = |v: Value| v.class().name_str();
    let Some(code) = a[0].cast::<PyCode>() else {
        return Err(vm.type_error(format!(
            "function() argument 'code' must be code, not {}",
            kind(a[0])
        )));
    };
    if !a[1].isa::<PyDict>() {
        return Err(vm.type_error(format!(
            "function() argument 'globals' must be dict, not {}",
            kind(a[1])
        )));
    }
    let name = a[2].given();
    if name.is_some_and(|n| !n.isa::<PyStr>()) {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    let defaults = a[3].given();
    if defaults.is_some_and(|n| !n.isa::<PyTuple>()) {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    let closure = a[4].given();
    let nfree = code.nfree();
    match closure {
        Some(c) if !c.isa::<PyTuple>() => {
            return Err(vm.type_error("arg 5 (closure) must be None or tuple"));
        }
        None if nfree > 0 => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        _ => {}
    }
    let kwdefaults = a[5].given();
    if kwdefaults.is_some_and(|n| !n.isa::<PyDict>()) {
        return Err(vm.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let cells = closure.map_or(&[][..], |c| vm.tuple_items(c));
    if cells.len() != nfree {
        return Err(vm.value_error(format!(
            "{} requires closure of length {nfree}, not {}",
            text_of(code.name.value()),
            cells.len()
        )));
    }
    for c in cells {
        if !c.isa::<PyCell>() {
            return Err(vm.type_error(format!("arg 5 (closure) expected cell, found {}", kind(*c))));
        }
    }
    let f = PyFunction::new(vm, a[0].own(), a[1].own());
    if let Some(p) = f.cast::<PyFunction>() {
        let own = a[1]
            .cast::<PyDict>()
            .is_some_and(|g| g.get_str(vm.names.__builtins__.value()).is_some());
        if !own && let Some(caller) = vm.current() {
            p.builtins.set(caller.function().builtins.own());
        }
        if let Some(n) = name {
            p.name.set(n.own());
        }
        if let Some(d) = defaults {
            p.defaults.set(d.own());
        }
        if let Some(c) = closure
            && nfree > 0
        {
            p.closure.set(c.own());
        }
        if let Some(k) = kwdefaults {
            p.kwdefaults.set(k.own());
        }
    }
    Ok(f)
}
