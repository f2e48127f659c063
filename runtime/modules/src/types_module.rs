//! `_types`: the built-in classes that have no name in `builtins`.

use crate::NativeModule;
use crate::native::hidden_class;
use pyjit_core::exception::PyTraceback;
use pyjit_core::frame::PyFrame;
use pyjit_core::object::*;
use pyjit_core::prelude::*;
use pyjit_types::generic_alias::PyGenericAlias;
use pyjit_types::mapping_proxy::PyMappingProxy;
use pyjit_types::namespace::PyNamespace;
use pyjit_types::union::PyUnion;

py_class! {
    /// `PyCapsule`: how extension modules of CPython exchange pointers. Here there are none, only the class.
    pub struct PyCapsule as "PyCapsule", nogc { unused: () }
}

/// A capsule without content, for modules that CPython's C code finds functions in.
pub fn capsule() -> Owned {
    new_object(PyCapsule::class(), PyCapsule { unused: () })
}

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_types", &[])
    .doc("Define names for built-in types.")
    .init(init);

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    hidden_class::<PyCapsule>(
        vm,
        ClassSpec {
            doc: Some("A pointer of an extension module."),
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("PyCapsule")
        },
    );
    macro_rules! names { ($($name:literal $T:ty;)*) => { $( module.dict().set_name($name, <$T as Payload>::class().as_owned()); )* } }
    names! {
        "AsyncGeneratorType" PyAsyncGen;
        "BuiltinFunctionType" PyBuiltin;
        "BuiltinMethodType" PyBuiltin;
        "CapsuleType" PyCapsule;
        "CellType" PyCell;
        "ClassMethodDescriptorType" PyClassMethodDescr;
        "CodeType" PyCode;
        "CoroutineType" PyCoroutine;
        "EllipsisType" PyEllipsis;
        "FrameType" PyFrame;
        "FunctionType" PyFunction;
        "GeneratorType" PyGenerator;
        "GenericAlias" PyGenericAlias;
        "GetSetDescriptorType" PyGetSet;
        "LambdaType" PyFunction;
        "MappingProxyType" PyMappingProxy;
        "MemberDescriptorType" PyMember;
        "MethodDescriptorType" PyMethodDescr;
        "MethodType" PyMethod;
        "MethodWrapperType" PyMethodWrapper;
        "ModuleType" PyModule;
        "NoneType" PyNoneType;
        "NotImplementedType" PyNotImplementedType;
        "SimpleNamespace" PyNamespace;
        "TracebackType" PyTraceback;
        "UnionType" PyUnion;
        "WrapperDescriptorType" PySlotWrapper;
    }
    Ok(())
}
