//! Exceptions with a field or two of their own: StopIteration, SystemExit, KeyError, NameError, AttributeError, ImportError.

use super::{base, keywords, object_field};
use pyjit_core::exception::*;
use pyjit_core::object::{MethodDef as M, extend_class};
use pyjit_core::prelude::*;

/// Adds the methods.
pub fn define(vm: &Vm) {
    let e = &vm.exc;
    extend_class(
        vm,
        e.StopIteration,
        |s| s.init.set(Some(stop_iteration_init)),
        &[],
        STOP_ITERATION,
    );
    extend_class(
        vm,
        e.SystemExit,
        |s| s.init.set(Some(system_exit_init)),
        &[],
        SYSTEM_EXIT,
    );
    extend_class(vm, e.KeyError, |s| s.str.set(Some(key_error_str)), &[], &[]);
    extend_class(
        vm,
        e.NameError,
        |s| s.init.set(Some(name_error_init)),
        &[],
        NAME_ERROR,
    );
    extend_class(
        vm,
        e.AttributeError,
        |s| s.init.set(Some(attribute_error_init)),
        ATTRIBUTE_METHODS,
        ATTRIBUTE_ERROR,
    );
    extend_class(
        vm,
        e.ImportError,
        |s| {
            s.init.set(Some(import_error_init));
            s.str.set(Some(import_error_str));
        },
        IMPORT_METHODS,
        IMPORT_ERROR,
    );
}

static STOP_ITERATION: &[GetSetDef] = &[object_field!(
    PyStopIteration,
    value,
    "value",
    "generator return value"
)];
static SYSTEM_EXIT: &[GetSetDef] = &[object_field!(PySystemExit, code, "code", "exception code")];
static NAME_ERROR: &[GetSetDef] = &[object_field!(PyNameError, name, "name", "name")];
static ATTRIBUTE_ERROR: &[GetSetDef] = &[
    object_field!(PyAttributeError, name, "name", "attribute name"),
    object_field!(PyAttributeError, obj, "obj", "object"),
];
static IMPORT_ERROR: &[GetSetDef] = &[
    object_field!(PyImportError, msg, "msg", "exception message"),
    object_field!(PyImportError, name, "name", "module name"),
    object_field!(PyImportError, path, "path", "module path"),
    object_field!(
        PyImportError,
        name_from,
        "name_from",
        "name imported from module"
    ),
];
static ATTRIBUTE_METHODS: &[MethodDef] = &[
    M::new("__getstate__", "(self, /)", attribute_error_state, ""),
    M::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let state = attribute_error_state(vm, a)?;
            Ok(PyTuple::new(vec![
                a[0].class().as_owned(),
                base::args_of(a[0]),
                state,
            ]))
        },
        "",
    ),
];
static IMPORT_METHODS: &[MethodDef] = &[M::new("__reduce__", "(self, /)", import_error_reduce, "")];

fn stop_iteration_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    if let Some(e) = v.cast::<PyStopIteration>() {
        let value = args.pos().first().copied().unwrap_or(Value::NONE);
        e.value.set(value.own());
    }
    Ok(())
}

fn system_exit_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    if let Some(e) = v.cast::<PySystemExit>() {
        let code = match args.pos() {
            [] => return Ok(()),
            [one] => one.own(),
            more => PyTuple::from_slice(more),
        };
        e.code.set(code);
    }
    Ok(())
}

/// The one argument's repr, so that `KeyError('')` shows something.
fn key_error_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let args = base::args_of(v);
    match args.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice()) {
        [one] => vm.repr(one.own().value()),
        _ => base::str(vm, v),
    }
}

fn name_error_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let [name] = keywords(vm, "NameError", args, ["name"])?;
    base::set_args(v, args);
    if let Some(e) = v.cast::<PyNameError>() {
        e.name.set(name.own());
    }
    Ok(())
}

fn attribute_error_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let [name, obj] = keywords(vm, "AttributeError", args, ["name", "obj"])?;
    base::set_args(v, args);
    if let Some(e) = v.cast::<PyAttributeError>() {
        e.name.set(name.own());
        e.obj.set(obj.own());
    }
    Ok(())
}

/// Name and arguments; the object may not be picklable and is left out.
fn attribute_error_state(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let _ = vm;
    let d = match base::state_dict(a[0]) {
        Some(d) => d.copy(),
        None => PyDict::new(),
    };
    if let (Some(d), Some(e)) = (d.cast::<PyDict>(), a[0].cast::<PyAttributeError>()) {
        if e.name.value().given().is_some() {
            d.set_name("name", e.name.own());
        }
        d.set_name("args", base::args_of(a[0]));
    }
    Ok(d)
}

fn import_error_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let [name, path, name_from] = keywords(vm, "ImportError", args, ["name", "path", "name_from"])?;
    base::set_args(v, args);
    if let Some(e) = v.cast::<PyImportError>() {
        e.name.set(name.own());
        e.path.set(path.own());
        e.name_from.set(name_from.own());
        e.msg.set(match args.pos() {
            [msg] => msg.own(),
            _ => Owned::NULL,
        });
    }
    Ok(())
}

fn import_error_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    match v.cast::<PyImportError>().map(|e| e.msg.own()) {
        Some(m) if m.is_exact::<PyStr>() => Ok(m),
        _ => base::str(vm, v),
    }
}

fn import_error_reduce(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut parts = vec![a[0].class().as_owned(), base::args_of(a[0])];
    if let Some(e) = a[0].cast::<PyImportError>() {
        let fields = [
            ("name", e.name.own()),
            ("path", e.path.own()),
            ("name_from", e.name_from.own()),
        ];
        let own = base::state_dict(a[0]);
        if own.is_some() || fields.iter().any(|(_, f)| f.given().is_some()) {
            let d = own.map_or_else(PyDict::new, |d| d.copy());
            if let Some(d) = d.cast::<PyDict>() {
                for (n, f) in fields {
                    if f.given().is_some() {
                        d.set_name(n, f);
                    }
                }
            }
            parts.push(d);
        }
    }
    Ok(PyTuple::new(parts))
}
