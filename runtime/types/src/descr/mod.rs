//! Descriptors of native methods and attributes, and built-in functions.

mod attribute;
mod builtin;
mod method;
mod wrapper;

use pyjit_core::object::{MethodKind, NEW_DEF};
use pyjit_core::prelude::*;

/// Defines the classes and their methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    method::define(vm);
    attribute::define(vm);
    builtin::define(vm);
    wrapper::define(vm);
}

/// `__text_signature__` of a native function: the receiver is marked with `$`.
fn text_signature(def: &'static MethodDef, of_module: bool) -> Owned {
    if std::ptr::eq(def, &NEW_DEF) {
        return PyStr::from_str("($type, *args, **kwargs)");
    }
    let text = def.sig.text;
    // Docs that begin with the call themselves belong to functions whose signature cannot be written down.
    let own_words = def.doc.strip_prefix(def.name);
    if of_module && own_words.is_some_and(|d| d.starts_with('(')) {
        return Owned::NONE;
    }
    let inner = text.get(1..).unwrap_or_default();
    let shown = match def.kind {
        MethodKind::Static if of_module && inner == ")" => "($module, /)".to_string(),
        MethodKind::Static if of_module && inner.contains('/') => format!("($module, {inner}"),
        MethodKind::Static if of_module => format!("($module, /, {inner}"),
        MethodKind::Static => text.to_string(),
        _ => format!("(${inner}"),
    };
    PyStr::from_str(&shown)
}

fn doc_of(doc: &str) -> Owned {
    if doc.is_empty() {
        Owned::NONE
    } else {
        PyStr::from_str(doc)
    }
}

fn qualified(class: &TypeObject, name: &str) -> Owned {
    PyStr::from_str(&format!("{}.{name}", text_of(class.qualname.value())))
}

/// `(getattr, (object, name))`: how descriptors and bound methods pickle.
pub(crate) fn reduce_as_getattr(vm: &Vm, object: Value, name: &str) -> PyResult<Owned> {
    let f = vm
        .builtins
        .value()
        .cast::<PyDict>()
        .and_then(|d| d.get_name("getattr"));
    let Some(f) = f else {
        return Err(vm.runtime_error("lost getattr"));
    };
    let args = PyTuple::pair(object.own(), PyStr::from_str(name));
    Ok(PyTuple::pair(f, args))
}

fn does_not_apply(vm: &Vm, name: &str, class: &TypeObject, obj: Value) -> Raised {
    vm.type_error(format!(
        "descriptor '{name}' for '{}' objects doesn't apply to a '{}' object",
        class.name_str(),
        obj.class().name_str()
    ))
}
