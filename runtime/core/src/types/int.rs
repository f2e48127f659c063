//! `int`: immediate in the word up to 63 bits, [`PyInt`] beyond. Subclass instances (`IntEnum`, ...) and `bool`'s relatives
//! always have a [`PyInt`] payload, whatever their size. [`IntRef`] is the view that arithmetic works on.

use crate::object::{self, TypeObject};
use crate::py_class;
use crate::value::{Owned, Value};
use pyjit_num::{BigInt, Int};

py_class! {
    /// An int that is no immediate.
    pub struct PyInt as "int", nogc { pub value: crate::object::NoTrace<Int> }
}
py_class! {
    /// Only the class of True and False; they are immediates.
    pub struct PyBool as "bool", extends PyInt { base: PyInt }
}

/// The integer that a value stands for: int, bool or an instance of an int subclass.
#[derive(Clone, Copy)]
pub enum IntRef<'a> {
    Small(i64),
    Big(&'a BigInt),
}

impl Value {
    /// The integer in the value, bools and subclasses included; `None` for anything else.
    #[inline]
    pub fn as_int<'a>(self) -> Option<IntRef<'a>> {
        if let Some(i) = self.as_small() {
            return Some(IntRef::Small(i));
        }
        if self.is_heap() {
            return self.cast::<PyInt>().map(|p| match &p.value.0 {
                Int::Small(i) => IntRef::Small(*i),
                Int::Big(b) => IntRef::Big(b),
            });
        }
        match self {
            Value::TRUE => Some(IntRef::Small(1)),
            Value::FALSE => Some(IntRef::Small(0)),
            _ => None,
        }
    }
    /// Whether the class is exactly `int`.
    #[inline]
    pub fn is_exact_int(self) -> bool {
        self.is_small_int() || self.is_exact::<PyInt>()
    }
    /// The integer, if it fits an `i64`.
    #[inline]
    pub fn as_i64(self) -> Option<i64> {
        match self.as_int()? {
            IntRef::Small(i) => Some(i),
            IntRef::Big(_) => None,
        }
    }
}

impl IntRef<'_> {
    pub fn to_big(self) -> BigInt {
        match self {
            IntRef::Small(i) => BigInt::from_i64(i),
            IntRef::Big(b) => b.clone(),
        }
    }
    pub fn to_int(self) -> Int {
        match self {
            IntRef::Small(i) => Int::Small(i),
            IntRef::Big(b) => Int::Big(b.clone()),
        }
    }
    /// As a float; `None` if too large.
    pub fn to_f64(self) -> Option<f64> {
        match self {
            IntRef::Small(i) => Some(i as f64),
            IntRef::Big(b) => b.to_f64(),
        }
    }
    pub fn is_zero(self) -> bool {
        matches!(self, IntRef::Small(0))
    }
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(i) => i < 0,
            IntRef::Big(b) => b.is_negative(),
        }
    }
    pub fn hash(self) -> i64 {
        match self {
            IntRef::Small(i) => pyjit_num::small::hash_i64(i),
            IntRef::Big(b) => b.hash(),
        }
    }
    pub fn cmp(self, other: IntRef<'_>) -> std::cmp::Ordering {
        match (self, other) {
            (IntRef::Small(a), IntRef::Small(b)) => a.cmp(&b),
            (IntRef::Big(a), IntRef::Big(b)) => a.cmp(b),
            (IntRef::Small(a), IntRef::Big(b)) => b.cmp_i64(a).reverse(),
            (IntRef::Big(a), IntRef::Small(b)) => a.cmp_i64(b),
        }
    }
}

/// An exact int object.
#[inline]
pub fn new_int(i: i64) -> Owned {
    match Value::try_small(i) {
        Some(v) => Owned::immediate(v),
        None => object::new_object(
            PyInt::class_ref(),
            PyInt {
                value: object::NoTrace(Int::Small(i)),
            },
        ),
    }
}
/// An exact int object from a size.
pub fn new_usize(i: usize) -> Owned {
    match i64::try_from(i) {
        Ok(i) => new_int(i),
        Err(_) => new_big(BigInt::from_u64(i as u64)),
    }
}
pub fn new_u64(i: u64) -> Owned {
    match i64::try_from(i) {
        Ok(i) => new_int(i),
        Err(_) => new_big(BigInt::from_u64(i)),
    }
}
pub fn new_i128(i: i128) -> Owned {
    from_int(Int::from_i128(i))
}
/// An exact int object; falls back to the immediate form when the number fits.
pub fn new_big(b: BigInt) -> Owned {
    match b.to_i64() {
        Some(i) => new_int(i),
        None => object::new_object(
            PyInt::class_ref(),
            PyInt {
                value: object::NoTrace(Int::Big(b)),
            },
        ),
    }
}
pub fn from_int(i: Int) -> Owned {
    match i {
        Int::Small(i) => new_int(i),
        Int::Big(b) => new_big(b),
    }
}
/// An instance of an int subclass.
pub fn new_int_in(class: &'static TypeObject, i: Int) -> Owned {
    if class.same(PyInt::class_ref()) {
        return from_int(i);
    }
    let i = match i {
        Int::Big(b) => b.to_i64().map_or(Int::Big(b), Int::Small),
        small => small,
    };
    object::new_object(
        class,
        PyInt {
            value: object::NoTrace(i),
        },
    )
}
impl PyInt {
    #[inline]
    pub fn class_ref() -> &'static TypeObject {
        <PyInt as object::Payload>::class()
    }
}
