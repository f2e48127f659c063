//! Generators, coroutines and asynchronous generators: a suspended frame on the heap that is run in place.

use crate::frame::{ExcItem, HeapFrame};
use crate::object::{MutCell, NoTrace};
use crate::py_class;
use crate::value::Owned;
use std::cell::Cell;

/// Where a generator stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenState {
    Created,
    Suspended,
    Running,
    Finished,
}

py_class! {
    /// What the three kinds share. The kind is the class.
    pub struct PyGenerator as "generator" {
        pub frame: HeapFrame,
        pub state: Cell<GenState>,
        pub name: MutCell<Owned>,
        pub qualname: MutCell<Owned>,
        pub code: Owned,
        /// The exception being handled inside, linked into the thread's chain while the generator runs.
        pub exc: NoTrace<ExcItem>,
        /// `cr_origin`, and the hooks' mark of asynchronous generators.
        pub origin: MutCell<Owned>,
        pub hooks_inited: Cell<bool>,
        pub closed: Cell<bool>,
        pub running_async: Cell<bool>,
        pub finalizer: MutCell<Owned>,
    }
}
py_class! {
    pub struct PyCoroutine as "coroutine", extends PyGenerator { pub generator: PyGenerator }
}
py_class! {
    pub struct PyAsyncGen as "async_generator", extends PyGenerator { pub generator: PyGenerator }
}
py_class! {
    /// What an asynchronous generator's `yield` gives to its driver.
    pub struct PyAsyncGenWrapped as "async_generator_wrapped_value" { pub value: Owned }
}
py_class! {
    /// `coroutine.__await__()`.
    pub struct PyCoroWrapper as "coroutine_wrapper" { pub coroutine: Owned }
}
