//! `float` and `complex`. Most floats are immediates (flonums); [`PyFloat`] holds the rest and subclass instances.

use crate::object::{self, TypeObject};
use crate::py_class;
use crate::value::{Owned, Value};

py_class! {
    /// A float that is no immediate.
    pub struct PyFloat as "float", nogc { pub value: f64 }
}
py_class! {
    /// A complex number.
    pub struct PyComplex as "complex", nogc { pub re: f64, pub im: f64 }
}

impl Value {
    /// The float in the value, subclass instances included; ints are not converted.
    #[inline]
    pub fn as_float(self) -> Option<f64> {
        if self.is_flonum() {
            return Some(self.flonum_unchecked());
        }
        if self.is_heap() {
            self.cast::<PyFloat>().map(|f| f.value)
        } else {
            self.as_immediate_float()
        }
    }
    /// Whether the class is exactly `float`.
    #[inline]
    pub fn is_exact_float(self) -> bool {
        self.is_flonum()
            || if self.is_heap() {
                self.is_exact::<PyFloat>()
            } else {
                self.as_immediate_float().is_some()
            }
    }
}

/// An exact float object. Every NaN is an object of its own, as in CPython, so that identity means what it means there.
#[inline]
pub fn new_float(f: f64) -> Owned {
    match Value::try_flonum(f) {
        Some(v) => Owned::immediate(v),
        None => boxed_float(f),
    }
}
#[cold]
fn boxed_float(f: f64) -> Owned {
    object::new_object(<PyFloat as object::Payload>::class(), PyFloat { value: f })
}
/// An instance of a float class.
pub fn new_float_in(class: &'static TypeObject, f: f64) -> Owned {
    if class.same(<PyFloat as object::Payload>::class()) {
        return new_float(f);
    }
    object::new_object(class, PyFloat { value: f })
}
pub fn new_complex(re: f64, im: f64) -> Owned {
    object::new_object(
        <PyComplex as object::Payload>::class(),
        PyComplex { re, im },
    )
}
