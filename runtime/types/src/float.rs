//! `float`.

use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyFloat>(
        vm,
        ClassSpec {
            flags: type_flags::BASE,
            ..ClassSpec::new("float")
        },
    );
}
