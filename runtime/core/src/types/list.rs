//! `list`: a growable array of words.

use crate::object::{self, MutCell, Payload};
use crate::py_class;
use crate::value::{Owned, Value};

py_class! {
    /// A list.
    pub struct PyList as "list" { pub items: MutCell<Vec<Owned>> }
}

/// Items go from the last to the first, as in CPython.
impl Drop for PyList {
    fn drop(&mut self) {
        while let Some(v) = self.items.get_mut().pop() {
            drop(v);
        }
    }
}

impl PyList {
    pub fn new(items: Vec<Owned>) -> Owned {
        object::new_object(
            PyList::class(),
            PyList {
                items: MutCell::new(items),
            },
        )
    }
    pub fn from_slice(items: &[Value]) -> Owned {
        PyList::new(items.iter().map(|v| v.own()).collect())
    }
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.items.get().len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    #[inline(always)]
    pub fn get(&self, i: usize) -> Option<Owned> {
        self.items.get().get(i).cloned()
    }
    #[inline]
    pub fn push(&self, v: Owned) {
        self.items.get_mut().push(v);
    }
    /// The items, borrowed: for as long as no Python code runs.
    #[inline(always)]
    pub fn as_words(&self) -> &[Value] {
        let items = self.items.get();
        // SAFETY: an Owned is a Value that has a reference.
        unsafe { std::slice::from_raw_parts(items.as_ptr() as *const Value, items.len()) }
    }
    /// A copy of the items, safe to walk while Python code changes the list.
    pub fn snapshot(&self) -> Vec<Owned> {
        self.items.get().clone()
    }
    /// Replaces an item; the old one is dropped afterwards.
    pub fn set(&self, i: usize, v: Owned) -> bool {
        let Some(place) = self.items.get_mut().get_mut(i) else {
            return false;
        };
        let old = std::mem::replace(place, v);
        drop(old);
        true
    }
}
