//! `tuple`: length and items in one allocation.

use crate::object::{self, ClassCell, Layout, Payload, TypeObject};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use std::cell::Cell;

/// The payload of a tuple; the items follow it.
#[repr(C)]
pub struct PyTuple {
    /// Items that Python code sees.
    len: u32,
    /// Further items behind them: the fields of a structseq that have a name but no position.
    hidden: u32,
    /// -1: not computed yet.
    hash: Cell<i64>,
}

unsafe fn drop_items(p: *mut u8) {
    // SAFETY: the payload is a live tuple that is not used afterwards; each item is owned.
    unsafe {
        let t = &*(p as *const PyTuple);
        for v in t.all_items().iter().rev() {
            v.decref();
        }
    }
}
unsafe fn trace_items(p: *const u8, t: object::Tracer<'_>) {
    // SAFETY: the payload is a live tuple.
    let tuple = unsafe { &*(p as *const PyTuple) };
    for v in tuple.all_items() {
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
            extra: Some(|p| unsafe { (*(p as *const PyTuple)).all_items().len() } * 8),
            drops: true,
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
            std::slice::from_raw_parts(
                (self as *const PyTuple).add(1) as *const Value,
                self.len as usize,
            )
        }
    }
    /// The items and the hidden fields behind them.
    #[inline]
    pub fn all_items(&self) -> &[Value] {
        // SAFETY: `len + hidden` words follow the payload and never change.
        unsafe {
            std::slice::from_raw_parts(
                (self as *const PyTuple).add(1) as *const Value,
                self.len as usize + self.hidden as usize,
            )
        }
    }
    fn head(len: usize, hidden: usize) -> PyTuple {
        let (Ok(len), Ok(hidden)) = (u32::try_from(len), u32::try_from(hidden)) else {
            crate::mem::out_of_memory(len.saturating_mul(8));
        };
        PyTuple {
            len,
            hidden,
            hash: Cell::new(-1),
        }
    }
    /// The hash of the items, computed once.
    pub fn hash(&self, vm: &Vm) -> PyResult<i64> {
        if self.hash.get() == -1 {
            self.hash.set(vm.hash_sequence(self.as_slice())?);
        }
        Ok(self.hash.get())
    }
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len as usize
    }
    #[inline(always)]
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
        PyTuple::with_hidden(class, items, 0)
    }
    /// The same, with the last `hidden` items out of sight (structseqs).
    pub fn with_hidden(class: &'static TypeObject, items: Vec<Owned>, hidden: usize) -> Owned {
        let n = items.len();
        let hidden = hidden.min(n);
        // SAFETY: an Owned is a Value with a reference, which moves into the tuple.
        unsafe {
            let tracked = items.iter().any(|v| v.is_heap());
            let head = PyTuple::head(n - hidden, hidden);
            let o = object::new_variable(class, head, n * 8, tracked, |p| {
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
        let tracked = items.iter().any(|v| v.is_heap());
        // SAFETY: `items.len()` words are copied into the variable part.
        unsafe {
            object::new_variable(
                PyTuple::class(),
                PyTuple::head(items.len(), 0),
                items.len() * 8,
                tracked,
                |p| std::ptr::copy_nonoverlapping(items.as_ptr() as *const u8, p, items.len() * 8),
            )
        }
    }
    pub fn pair(a: Owned, b: Owned) -> Owned {
        PyTuple::new(vec![a, b])
    }
}
