//! `bytes`.

mod arg;

pub use arg::ByteArg;
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyBytes>(
        vm,
        ClassSpec {
            flags: type_flags::BASE,
            ..ClassSpec::new("bytes")
        },
    );
}
