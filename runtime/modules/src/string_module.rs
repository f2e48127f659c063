//! `_string`: the templates of `str.format`, for `string.Formatter`.

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_text::format::FormatError;
use pyjit_text::template::{First, Step, Template, split_name};

/// The module.
pub static MODULE: NativeModule =
    NativeModule::new("_string", FUNCTIONS).doc("string helper module");

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "formatter_field_name_split",
        "(object, /)",
        field_name_split,
        "split the argument as a field name",
    ),
    MethodDef::function(
        "formatter_parser",
        "(object, /)",
        parser,
        "parse the argument as a format string",
    ),
];

fn text<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyStr> {
    v.cast::<PyStr>().ok_or_else(|| {
        vm.type_error(format!("expected str, got {}", v.class().name_str()))
    })
}
fn failed(vm: &Vm, e: FormatError) -> Raised {
    match e {
        FormatError::Value(m) => vm.value_error(m),
        FormatError::Memory => vm.memory_error(),
    }
}

fn field_name_split(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (first, steps) = split_name(text(vm, a[0])?.text()).map_err(|e| failed(vm, e))?;
    let first = match first {
        First::Auto => vm.empty_str.clone(),
        First::Index(i) => new_usize(i),
        First::Name(n) => PyStr::from_slice(n),
    };
    let mut rest = Vec::new();
    for s in steps {
        let (attribute, key) = match s.map_err(|e| failed(vm, e))? {
            Step::Attribute(n) => (true, PyStr::from_slice(n)),
            Step::Index(i) => (false, new_usize(i)),
            Step::Key(k) => (false, PyStr::from_slice(k)),
        };
        rest.push(PyTuple::pair(Owned::bool(attribute), key));
    }
    let rest = PyList::new(rest);
    Ok(PyTuple::pair(first, vm.iter(rest.value())?))
}

fn parser(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut out = Vec::new();
    for piece in Template::new(text(vm, a[0])?.text()) {
        let piece = piece.map_err(|e| failed(vm, e))?;
        let mut parts = vec![PyStr::from_slice(piece.literal)];
        match piece.field {
            Some(f) => {
                parts.push(PyStr::from_slice(f.name));
                parts.push(PyStr::from_slice(f.spec));
                parts.push(f.conversion.map_or(Owned::NONE, PyStr::from_char));
            }
            None => parts.extend([Owned::NONE, Owned::NONE, Owned::NONE]),
        }
        out.push(PyTuple::new(parts));
    }
    let out = PyList::new(out);
    vm.iter(out.value())
}
