//! Iterators that `for` knows by heart, and the generic ones.

use crate::object::{self, MutCell, Payload};
use crate::py_class;
use crate::value::Owned;
use std::cell::Cell;

py_class! {
    /// Iterator of a list; the list becomes NULL at the end.
    pub struct PyListIter as "list_iterator" { pub list: MutCell<Owned>, pub index: Cell<usize> }
}
py_class! {
    /// Iterator of a tuple; the tuple becomes NULL at the end.
    pub struct PyTupleIter as "tuple_iterator" { pub tuple: MutCell<Owned>, pub index: Cell<usize> }
}
py_class! {
    /// Iterator through `__getitem__` with 0, 1, 2, ...
    pub struct PySeqIter as "iterator" { pub seq: MutCell<Owned>, pub index: Cell<i64> }
}
py_class! {
    /// `iter(callable, sentinel)`.
    pub struct PyCallIter as "callable_iterator" { pub callable: MutCell<Owned>, pub sentinel: MutCell<Owned> }
}

impl PyListIter {
    pub fn new(list: Owned) -> Owned {
        object::new_object(
            PyListIter::class(),
            PyListIter {
                list: MutCell::new(list),
                index: Cell::new(0),
            },
        )
    }
}
impl PyTupleIter {
    pub fn new(tuple: Owned) -> Owned {
        object::new_object(
            PyTupleIter::class(),
            PyTupleIter {
                tuple: MutCell::new(tuple),
                index: Cell::new(0),
            },
        )
    }
}
impl PySeqIter {
    pub fn new(seq: Owned) -> Owned {
        object::new_object(
            PySeqIter::class(),
            PySeqIter {
                seq: MutCell::new(seq),
                index: Cell::new(0),
            },
        )
    }
}
impl PyCallIter {
    pub fn new(callable: Owned, sentinel: Owned) -> Owned {
        object::new_object(
            PyCallIter::class(),
            PyCallIter {
                callable: MutCell::new(callable),
                sentinel: MutCell::new(sentinel),
            },
        )
    }
}
