//! `frame` objects and the proxy of their locals.

use pyjit_core::prelude::*;

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    define_class::<pyjit_core::frame::PyFrame>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("frame")
        },
    );
}
