//! The payload of generic aliases: subscripting `type` makes one without a method that says so.

use crate::object::{self, MutCell, Payload};
use crate::py_class;
use crate::types::PyTuple;
use crate::value::{Owned, Value};
use std::cell::Cell;

py_class! {
    /// `types.GenericAlias`: a parameterized generic class.
    pub struct PyGenericAlias as "GenericAlias" {
        pub origin: Owned,
        /// A tuple.
        pub args: Owned,
        /// NULL until somebody asks.
        pub parameters: MutCell<Owned>,
        /// `*list[int]`.
        pub starred: Cell<bool>,
    }
}

impl PyGenericAlias {
    /// `origin[args]`; anything but a tuple is the only argument.
    pub fn new(origin: Value, args: Value) -> Owned {
        let args = if args.isa::<PyTuple>() {
            args.own()
        } else {
            PyTuple::new(vec![args.own()])
        };
        PyGenericAlias::from_parts(origin.own(), args, false)
    }
    pub fn from_parts(origin: Owned, args: Owned, starred: bool) -> Owned {
        object::new_object(
            PyGenericAlias::class(),
            PyGenericAlias {
                origin,
                args,
                parameters: MutCell::default(),
                starred: Cell::new(starred),
            },
        )
    }
}
