//! `cell`: the box of a variable that closures share.

use pyjit_core::vm::Vm;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
