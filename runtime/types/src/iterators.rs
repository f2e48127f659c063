//! The iterators of the built-in sequences, callable iterators.

use pyjit_core::vm::Vm;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
