//! `range`, and the iterator over ranges that stay within 64 bits.

use crate::object::{self, Payload};
use crate::py_class;
use crate::value::Owned;
use std::cell::Cell;

py_class! {
    /// A range; the bounds are int objects.
    pub struct PyRange as "range" { pub start: Owned, pub stop: Owned, pub step: Owned, /// Number of items, an int object.
        pub length: Owned }
}
py_class! {
    /// Iterator of a range whose items fit the immediate word.
    pub struct PyRangeIter as "range_iterator", nogc { pub next: Cell<i64>, pub step: i64, /// Items left.
        pub left: Cell<i64> }
}
py_class! {
    /// Iterator of any other range.
    pub struct PyLongRangeIter as "longrange_iterator" { pub start: Owned, pub step: Owned, pub length: Owned, pub index: crate::object::MutCell<Owned> }
}

impl PyRangeIter {
    pub fn new(start: i64, step: i64, length: i64) -> Owned {
        object::new_object(
            PyRangeIter::class(),
            PyRangeIter {
                next: Cell::new(start),
                step,
                left: Cell::new(length),
            },
        )
    }
    /// The next item.
    #[inline(always)]
    pub fn advance(&self) -> Option<i64> {
        let left = self.left.get();
        if left <= 0 {
            return None;
        }
        let v = self.next.get();
        self.left.set(left - 1);
        self.next.set(v.wrapping_add(self.step));
        Some(v)
    }
}
