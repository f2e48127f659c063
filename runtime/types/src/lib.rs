//! Methods of the built-in types. Each file defines one type (or a small family): a `ClassSpec`, slots, methods. The payloads
//! that the ops need stand in the core; others are declared here beside their methods.
#![deny(unsafe_code)]

use pyjit_core::vm::Vm;

/// The classes that exceptions build on. Nothing may raise before this is done, so these definitions only fill tables.
pub fn core_classes(vm: &Vm) {
    let _ = vm;
}

/// All other built-in classes, and the methods of the exceptions.
pub fn init(vm: &Vm) {
    let _ = vm;
}
