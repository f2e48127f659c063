//! `frame` objects and the proxy of their locals.

use pyjit_core::vm::Vm;

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
