//! Methods of `type`.

use pyjit_core::object::allocated_size;
use pyjit_core::prelude::*;

pub static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "mro",
        "(self, /)",
        super::type_mro,
        "Return a type's method resolution order.",
    ),
    MethodDef::new(
        "__subclasses__",
        "(self, /)",
        subclasses,
        "Return a list of immediate subclasses.",
    ),
    MethodDef::class(
        "__prepare__",
        "(type, /, *args, **kwargs)",
        |_, _| Ok(PyDict::new()),
        "Create the namespace for the class statement",
    ),
    MethodDef::new(
        "__instancecheck__",
        "(self, instance, /)",
        |vm, a| vm.isinstance_default(a[1], a[0]).map(Owned::bool),
        "Check if an object is an instance.",
    ),
    MethodDef::new(
        "__subclasscheck__",
        "(self, subclass, /)",
        |vm, a| vm.issubclass_default(a[1], a[0]).map(Owned::bool),
        "Check if a class is a subclass.",
    ),
    MethodDef::new(
        "__dir__",
        "(self, /)",
        dir,
        "Specialized __dir__ implementation for types.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        |_, a| Ok(new_usize(allocated_size(a[0].header()))),
        "Return memory consumption of the type object.",
    ),
];

fn subclasses(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut out = Vec::new();
    if let Some(c) = a[0].cast::<TypeObject>() {
        for s in c.subclasses.get().0.iter() {
            // A class whose last reference has just gone is no longer one.
            if s.header().refs() > 0 {
                out.push(s.own());
            }
        }
    }
    Ok(PyList::new(out))
}

fn dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let names = PyDict::new();
    match names.cast::<PyDict>() {
        Some(d) => {
            crate::object::merge_class_dict(vm, d, a[0])?;
            Ok(PyList::new(d.keys()))
        }
        None => Ok(PyList::new(vec![])),
    }
}
