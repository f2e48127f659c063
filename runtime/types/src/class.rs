//! `type`.

use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<TypeObject>(
        vm,
        ClassSpec {
            flags: type_flags::BASE,
            weakrefs: true,
            ..ClassSpec::new("type")
        },
    );
}
