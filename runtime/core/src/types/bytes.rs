//! `bytes`: length, hash and data in one allocation.

use crate::object::{self, ClassCell, Layout, Payload, TypeObject};
use crate::value::Owned;
use crate::vm::Vm;
use std::cell::Cell;

/// The payload of a bytes object; the data follows it.
#[repr(C)]
pub struct PyBytes {
    hash: Cell<i64>,
    len: usize,
}

unsafe fn drop_nothing(_: *mut u8) {}
unsafe fn trace_nothing(_: *const u8, _: object::Tracer<'_>) {}
unsafe fn clear_nothing(_: *const u8) {}

// SAFETY: the layout describes the fixed part; `extra` the data.
unsafe impl Payload for PyBytes {
    fn layout() -> &'static Layout {
        static LAYOUT: Layout = Layout {
            name: "bytes",
            size: size_of::<PyBytes>(),
            base: None,
            gc: false,
            // SAFETY: called with the payload of a live bytes object.
            extra: Some(|p| unsafe { (*(p as *const PyBytes)).len }),
            drops: false,
            drop: drop_nothing,
            trace: trace_nothing,
            clear: clear_nothing,
        };
        &LAYOUT
    }
    #[inline(always)]
    fn class_cell() -> &'static ClassCell {
        static CELL: ClassCell = ClassCell::new();
        &CELL
    }
}

impl PyBytes {
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: `len` bytes follow the payload and never change.
        unsafe {
            std::slice::from_raw_parts((self as *const PyBytes).add(1) as *const u8, self.len)
        }
    }
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    pub fn new_in(class: &'static TypeObject, data: &[u8]) -> Owned {
        let head = PyBytes {
            hash: Cell::new(-1),
            len: data.len(),
        };
        // SAFETY: the variable part is filled with exactly the bytes asked for.
        unsafe {
            object::new_variable(class, head, data.len(), false, |p| {
                std::ptr::copy_nonoverlapping(data.as_ptr(), p, data.len())
            })
        }
    }
    pub fn new(data: &[u8]) -> Owned {
        PyBytes::new_in(PyBytes::class(), data)
    }
    pub fn hash(&self) -> i64 {
        if self.hash.get() == -1 {
            self.hash.set(Vm::get().hash_bytes(self.as_slice()));
        }
        self.hash.get()
    }
}
