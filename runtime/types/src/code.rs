//! `code` objects.

use pyjit_core::prelude::*;

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    define_class::<PyCode>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("code")
        },
    );
}
