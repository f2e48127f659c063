//! `module`, and the small singletons' classes.

use crate::object::{self, MutCell, Payload, TypeObject};
use crate::py_class;
use crate::types::PyDict;
use crate::value::Owned;
use crate::vm::Vm;

py_class! {
    /// A module; its namespace is the instance dictionary, which exists from the start.
    pub struct PyModule as "module" { /// The native module's private state, if it has any.
        pub state: MutCell<Owned> }
}
py_class! { /// Class of None.
pub struct PyNoneType as "NoneType", nogc {} }
py_class! { /// Class of Ellipsis.
pub struct PyEllipsis as "ellipsis", nogc {} }
py_class! { /// Class of NotImplemented.
pub struct PyNotImplementedType as "NotImplementedType", nogc {} }
py_class! { /// `object()`.
pub struct PyObject as "object", nogc {} }

impl PyModule {
    /// A module with `__name__`, `__doc__`, `__package__`, `__loader__` and `__spec__` set as CPython sets them.
    pub fn new(vm: &Vm, name: &str) -> Owned {
        let m = PyModule::new_in(PyModule::class(), PyDict::new());
        if let Some(m) = m.cast::<PyModule>() {
            let d = m.dict();
            d.set_str(
                vm.names.__name__.value(),
                crate::types::PyStr::from_str(name),
            );
            for n in [
                &vm.names.__doc__,
                &vm.names.__package__,
                &vm.names.__loader__,
                &vm.names.__spec__,
            ] {
                d.set_str(n.value(), Owned::NONE);
            }
        }
        m
    }
    pub fn new_in(class: &'static TypeObject, dict: Owned) -> Owned {
        let m = object::new_object(
            class,
            PyModule {
                state: MutCell::default(),
            },
        );
        m.header().replace_dict(dict);
        m
    }
    pub fn dict<'a>(&self) -> &'a PyDict {
        // SAFETY: constructed with a dictionary, and only ever given another dictionary.
        unsafe {
            self.as_value()
                .header()
                .dict_value()
                .payload_unchecked::<PyDict>()
        }
    }
}
