//! `module`.

use pyjit_core::vm::Vm;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
