//! The slots of a class: one function pointer per protocol, as in CPython's `PyTypeObject`. Built-in classes fill them with
//! Rust functions, Python classes with dispatchers that call the dunder method (`slot_dispatch.rs`).

use super::TypeObject;
use crate::call::Args;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use std::cell::Cell;

pub type UnaryFn = fn(&Vm, Value) -> PyResult<Owned>;
pub type BinaryFn = fn(&Vm, Value, Value) -> PyResult<Owned>;
pub type TernaryFn = fn(&Vm, Value, Value, Value) -> PyResult<Owned>;
pub type BoolFn = fn(&Vm, Value) -> PyResult<bool>;
pub type LenFn = fn(&Vm, Value) -> PyResult<usize>;
pub type HashFn = fn(&Vm, Value) -> PyResult<i64>;
pub type ContainsFn = fn(&Vm, Value, Value) -> PyResult<bool>;
/// `(object, key, value)`; a NULL value deletes.
pub type AssignFn = fn(&Vm, Value, Value, Value) -> PyResult<()>;
pub type CompareFn = fn(&Vm, Value, Value, Cmp) -> PyResult<Owned>;
pub type CallFn = fn(&Vm, Value, Args<'_>) -> PyResult<Owned>;
pub type InitFn = fn(&Vm, Value, Args<'_>) -> PyResult<()>;
/// The class is the first operand, as a value.
pub type NewFn = fn(&Vm, &'static TypeObject, Args<'_>) -> PyResult<Owned>;
pub type DelFn = fn(&Vm, Value) -> PyResult<()>;

/// Rich comparison operators, in CPython's order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cmp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl Cmp {
    pub const ALL: [Cmp; 6] = [Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Gt, Cmp::Ge];
    pub fn swapped(self) -> Cmp {
        match self {
            Cmp::Lt => Cmp::Gt,
            Cmp::Le => Cmp::Ge,
            Cmp::Gt => Cmp::Lt,
            Cmp::Ge => Cmp::Le,
            same => same,
        }
    }
    pub fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }
    /// What the operator says of an ordering.
    #[inline]
    pub fn of(self, o: std::cmp::Ordering) -> bool {
        match self {
            Cmp::Lt => o.is_lt(),
            Cmp::Le => o.is_le(),
            Cmp::Eq => o.is_eq(),
            Cmp::Ne => o.is_ne(),
            Cmp::Gt => o.is_gt(),
            Cmp::Ge => o.is_ge(),
        }
    }
}

macro_rules! slots {
    ($($(#[$m:meta])* $name:ident : $ty:ty,)*) => {
        /// The slots of a class. An absent slot is `None`; inheritance copies what a class does not define itself.
        #[derive(Default)]
        pub struct Slots { $($(#[$m])* pub $name: Cell<Option<$ty>>,)* }
        impl Slots {
            /// Fills every empty slot from a base class.
            pub(crate) fn inherit(&self, base: &Slots) {
                $( if self.$name.get().is_none() { self.$name.set(base.$name.get()); } )*
            }
            /// Empties every slot.
            pub(crate) fn reset(&self) {
                $( self.$name.set(None); )*
            }
        }
    };
}
slots! {
    repr: UnaryFn, str: UnaryFn, hash: HashFn, call: CallFn,
    getattr: BinaryFn, setattr: AssignFn, compare: CompareFn,
    iter: UnaryFn,
    /// NULL is the end; StopIteration may be raised too.
    next: UnaryFn,
    /// `(descriptor, object or NULL, class)`.
    get: TernaryFn,
    /// `(descriptor, object, value or NULL)`.
    set: AssignFn,
    init: InitFn, new: NewFn, del: DelFn,
    await_: UnaryFn, aiter: UnaryFn, anext: UnaryFn,
    neg: UnaryFn, pos: UnaryFn, abs: UnaryFn, invert: UnaryFn, bool: BoolFn, int: UnaryFn, float: UnaryFn, index: UnaryFn,
    add: BinaryFn, sub: BinaryFn, mul: BinaryFn, matmul: BinaryFn, truediv: BinaryFn, floordiv: BinaryFn, rem: BinaryFn,
    divmod: BinaryFn, lshift: BinaryFn, rshift: BinaryFn, and: BinaryFn, xor: BinaryFn, or: BinaryFn,
    /// `(base, exponent, modulus or None)`.
    pow: TernaryFn,
    iadd: BinaryFn, isub: BinaryFn, imul: BinaryFn, imatmul: BinaryFn, itruediv: BinaryFn, ifloordiv: BinaryFn, irem: BinaryFn,
    ilshift: BinaryFn, irshift: BinaryFn, iand: BinaryFn, ixor: BinaryFn, ior: BinaryFn, ipow: TernaryFn,
    len: LenFn, contains: ContainsFn,
    getitem: BinaryFn,
    /// `(container, key, value or NULL)`.
    setitem: AssignFn,
    /// Sequence `+`, tried after the number slots.
    concat: BinaryFn, iconcat: BinaryFn,
    /// Sequence `* n`; the count is an int-like value.
    repeat: BinaryFn, irepeat: BinaryFn,
    /// Fills a [`crate::buffer::BufferView`].
    buffer: crate::buffer::BufferFn,
}
