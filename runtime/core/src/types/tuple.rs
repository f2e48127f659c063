//! `tuple`: length and items in one allocation.

use crate::object::{self, ClassCell, Layout, Payload, TypeObject};
use crate::value::{Owned, Value};
use crate::vm::Vm;

/// The payload of a tuple; the items follow it.
#[repr(C)]
pub struct PyTuple {
    len: usize,
}

unsafe fn drop_items(p: *mut u8) {
    // SAFETY: the payload is a live tuple that is not used afterwards; each item is owned.
    unsafe {
        let t = &*(p as *const PyTuple);
        for v in t.as_slice() {
            v.decref();
        }
    }
}
unsafe fn trace_items(p: *const u8, t: object::Tracer<'_>) {
    // SAFETY: the payload is a live tuple.
    let tuple = unsafe { &*(p as *const PyTuple) };
    for v in tuple.as_slice() {
        if v.is_heap() {
            t(*v);
        }
    }
}
unsafe fn clear_nothing(_: *const u8) {}

// SAFETY: the layout describes the fixed part; `extra` the items.
unsafe impl Payload for PyTuple {
    fn layout() -> &'static Layout {
        static LAYOUT: Layout = Layout {
            name: "tuple",
            size: size_of::<PyTuple>(),
            base: None,
            gc: true,
            // SAFETY: called with the payload of a live tuple.
            extra: Some(|p| unsafe { (*(p as *const PyTuple)).len } * 8),
            drop: drop_items,
            trace: trace_items,
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

impl PyTuple {
    /// The items.
    #[inline(always)]
    pub fn as_slice(&self) -> &[Value] {
        // SAFETY: `len` words follow the payload and never change.
        unsafe {
            std::slice::from_raw_parts((self as *const PyTuple).add(1) as *const Value, self.len)
        }
    }
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    #[inline]
    pub fn get(&self, i: usize) -> Option<Value> {
        self.as_slice().get(i).copied()
    }
    /// The empty tuple.
    pub fn empty() -> Owned {
        Vm::get().empty_tuple.clone()
    }
    /// A tuple of a class, from items that the caller gives away.
    pub fn new_in(class: &'static TypeObject, items: Vec<Owned>) -> Owned {
        if items.is_empty() && class.same(PyTuple::class()) && Vm::is_started() {
            return PyTuple::empty();
        }
        let n = items.len();
        // SAFETY: an Owned is a Value with a reference, which moves into the tuple.
        unsafe {
            let o = object::new_variable(class, PyTuple { len: n }, n * 8, |p| {
                std::ptr::copy_nonoverlapping(items.as_ptr() as *const u8, p, n * 8)
            });
            let mut items = items;
            items.set_len(0);
            o
        }
    }
    pub fn new(items: Vec<Owned>) -> Owned {
        PyTuple::new_in(PyTuple::class(), items)
    }
    /// A tuple of new references to the items.
    pub fn from_slice(items: &[Value]) -> Owned {
        if items.is_empty() {
            return PyTuple::empty();
        }
        for v in items {
            v.incref();
        }
        // SAFETY: the references were just taken.
        unsafe { PyTuple::from_owned_slice(items) }
    }
    /// # Safety
    /// The caller owns one reference to each item and gives it away.
    #[inline]
    pub unsafe fn from_owned_slice(items: &[Value]) -> Owned {
        if items.is_empty() {
            return PyTuple::empty();
        }
        // SAFETY: `items.len()` words are copied into the variable part.
        unsafe {
            object::new_variable(
                PyTuple::class(),
                PyTuple { len: items.len() },
                items.len() * 8,
                |p| std::ptr::copy_nonoverlapping(items.as_ptr() as *const u8, p, items.len() * 8),
            )
        }
    }
    pub fn pair(a: Owned, b: Owned) -> Owned {
        PyTuple::new(vec![a, b])
    }
}
