//! `bytearray`.

use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// A bytearray.
    pub struct PyByteArray as "bytearray", nogc {
        pub data: MutCell<NoTrace<Vec<u8>>>,
        /// Buffers that point into the data: while there are any, it must not be resized.
        pub exports: Cell<usize>,
    }
}
impl PyByteArray {
    /// The bytes now; nothing that may change the array runs while the slice is used.
    pub fn as_slice(&self) -> &[u8] {
        &self.data.get().0
    }
}

/// Defines the class and its methods.
pub fn define(_: &Vm) {}
