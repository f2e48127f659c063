//! Bytes-like arguments without a copy: bytes as they are, bytearrays locked against resizing, anything else through its
//! buffer.

use crate::bytearray::PyByteArray;
use pyjit_core::buffer::BufferView;
use pyjit_core::prelude::*;

/// The bytes of an argument, alive and in place as long as this value exists.
pub enum ByteArg {
    /// An object whose bytes never change, kept alive.
    Bytes(Owned),
    /// A bytearray, kept alive and locked.
    Array(Owned),
    /// A contiguous buffer.
    View(BufferView),
    /// A copy of a buffer with gaps.
    Copy(Vec<u8>),
}

impl ByteArg {
    /// TypeError unless the object has a buffer.
    pub fn new(vm: &Vm, v: Value) -> PyResult<ByteArg> {
        if v.isa::<PyBytes>() {
            return Ok(ByteArg::Bytes(v.own()));
        }
        if let Some(a) = v.cast::<PyByteArray>() {
            a.exports.set(a.exports.get() + 1);
            return Ok(ByteArg::Array(v.own()));
        }
        let view = vm.buffer(v, false)?;
        if view.is_contiguous() {
            Ok(ByteArg::View(view))
        } else {
            Ok(ByteArg::Copy(view.gather()))
        }
    }
    /// `None` if the object has no buffer.
    pub fn maybe(vm: &Vm, v: Value) -> PyResult<Option<ByteArg>> {
        if v.class().slots.buffer.get().is_none() {
            return Ok(None);
        }
        ByteArg::new(vm, v).map(Some)
    }
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match self {
            ByteArg::Bytes(o) => o.cast::<PyBytes>().map_or(&[], |b| b.as_slice()),
            ByteArg::Array(o) => o.cast::<PyByteArray>().map_or(&[], |b| b.as_slice()),
            ByteArg::View(v) => v.as_slice(),
            ByteArg::Copy(v) => v,
        }
    }
}
impl std::ops::Deref for ByteArg {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}
impl Drop for ByteArg {
    fn drop(&mut self) {
        if let ByteArg::Array(o) = self
            && let Some(a) = o.cast::<PyByteArray>()
        {
            a.exports.set(a.exports.get().saturating_sub(1));
        }
    }
}
