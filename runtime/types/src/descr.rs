//! Descriptors of native methods and attributes, and built-in functions.

use pyjit_core::object::*;
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PySlotWrapper>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("wrapper_descriptor")
        },
    );
    define_class::<PyMethodDescr>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("method_descriptor")
        },
    );
    define_class::<PyClassMethodDescr>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("classmethod_descriptor")
        },
    );
    define_class::<PyGetSet>(
        vm,
        ClassSpec {
            flags: 0,
            ..ClassSpec::new("getset_descriptor")
        },
    );
    define_class::<PyBuiltin>(
        vm,
        ClassSpec {
            flags: 0,
            weakrefs: true,
            ..ClassSpec::new("builtin_function_or_method")
        },
    );
    define_class::<PyStaticMethod>(
        vm,
        ClassSpec {
            dict: true,
            weakrefs: true,
            ..ClassSpec::new("staticmethod")
        },
    );
}
