//! `typing.Union`: `int | str`.

use pyjit_core::prelude::*;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}

/// `a | b` of classes, generic aliases, unions, type variables and `None`.
pub fn or(_: &Vm, _: Value, _: Value) -> PyResult<Owned> {
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}
