//! Methods of the built-in types. Each file defines one type (or a small family): a `ClassSpec`, slots, methods. The payloads
//! that the ops need stand in the core; others are declared here beside their methods.
#![deny(unsafe_code)]

use pyjit_core::vm::Vm;

pub mod boolean;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod class;
pub mod code;
pub mod code_make;
pub mod complex;
pub mod descr;
pub mod dict;
pub mod exceptions;
pub mod float;
pub mod frame;
pub mod frame_locals;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod generic_params;
pub mod int;
pub mod iterators;
pub mod itertools_builtin;
pub mod list;
pub mod mapping_proxy;
pub mod memoryview;
pub mod module;
pub mod namespace;
pub mod object;
pub mod property;
pub mod property_wrappers;
pub mod range;
pub mod sequence;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod str;
pub mod structseq;
pub mod supers;
pub mod template;
pub mod traceback;
pub mod tuple;
pub mod union;
pub mod weakref;

/// The classes that exceptions build on. Nothing may raise before this is done, so these definitions only fill tables.
/// A base comes before what inherits from it.
pub fn core_classes(vm: &Vm) {
    object::define(vm);
    class::define(vm);
    str::define(vm);
    dict::define(vm);
    tuple::define(vm);
    descr::define(vm);
    int::define(vm);
    boolean::define(vm);
    float::define(vm);
    bytes::define(vm);
    function::define(vm);
    cell::define(vm);
    code::define(vm);
    frame::define(vm);
    module::define(vm);
    property_wrappers::define_staticmethod(vm);
    singletons::define(vm);
}

/// All other built-in classes, and the methods of the exceptions.
pub fn init(vm: &Vm) {
    property::define(vm);
    supers::define(vm);
    mapping_proxy::define(vm);
    namespace::define(vm);
    generic_alias::define(vm);
    union::define(vm);
    complex::define(vm);
    range::define(vm);
    slice::define(vm);
    list::define(vm);
    set::define(vm);
    bytearray::define(vm);
    memoryview::define(vm);
    iterators::define(vm);
    itertools_builtin::define(vm);
    structseq::define(vm);
    exceptions::define(vm);
    traceback::define(vm);
    generator::define(vm);
    weakref::define(vm);
    template::define(vm);
}
