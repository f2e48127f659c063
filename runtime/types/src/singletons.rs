//! The classes of `None`, `...` and `NotImplemented`.

use pyjit_core::vm::Vm;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
