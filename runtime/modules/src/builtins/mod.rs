//! `builtins`: its functions, grouped by theme in the files of this folder, the built-in types, exceptions and constants.
//! Made once at start-up; its namespace becomes `Vm::builtins`.

mod anext;
mod build_class;
mod iterate;
mod numbers;
mod objects;
mod run;
mod scope;
mod text;

use crate::{NativeModule, add_class};
use pyjit_core::prelude::*;
use pyjit_types::itertools_builtin::{PyEnumerate, PyFilter, PyMap, PyReversed, PyZip};

pub use scope::locals_of;

static DOC: &str = "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a built-in value, but in\nwhich the built-in of that name is also needed.";

/// The module.
pub static MODULE: NativeModule = NativeModule::new("builtins", &[]).doc(DOC).init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for table in [
        build_class::FUNCTIONS,
        objects::FUNCTIONS,
        numbers::FUNCTIONS,
        iterate::FUNCTIONS,
        scope::FUNCTIONS,
        run::FUNCTIONS,
        text::FUNCTIONS,
    ] {
        for f in table {
            d.set_name(f.name, PyBuiltin::new(f, m.as_owned(), intern("builtins")));
        }
    }
    d.set_name("None", Owned::NONE);
    d.set_name("Ellipsis", Owned::immediate(Value::ELLIPSIS));
    d.set_name("NotImplemented", Owned::immediate(Value::NOT_IMPLEMENTED));
    d.set_name("False", Owned::bool(false));
    d.set_name("True", Owned::bool(true));
    for class in [
        PyBool::class(),
        pyjit_types::bytearray::PyByteArray::class(),
        pyjit_types::memoryview::PyMemoryView::class(),
        PyBytes::class(),
        PyClassMethod::class(),
        PyComplex::class(),
        PyDict::class(),
        PyEnumerate::class(),
        PyFilter::class(),
        PyFloat::class(),
        PyFrozenSet::class(),
        PyProperty::class(),
        PyInt::class(),
        PyList::class(),
        PyMap::class(),
        PyObject::class(),
        PyRange::class(),
        PyReversed::class(),
        PySet::class(),
        PySlice::class(),
        PyStaticMethod::class(),
        PyStr::class(),
        PySuper::class(),
        PyTuple::class(),
        TypeObject::class(),
        PyZip::class(),
    ] {
        add_class(m, class);
    }
    d.set_name("__debug__", Owned::bool(vm.options().optimize == 0));
    for (name, class) in vm.exc.all() {
        d.set_name(name, class.as_owned());
    }
    d.set_name("EnvironmentError", vm.exc.OSError.as_owned());
    d.set_name("IOError", vm.exc.OSError.as_owned());
    anext::define(vm);
    Ok(())
}
