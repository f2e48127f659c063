//! Interior mutability for payload fields, and tracing of the references they hold.
//!
//! One thread runs Python at a time, and a field may change whenever Python code runs. **Invariant (no borrow across
//! Python):** a reference obtained from [`MutCell::get`] or [`MutCell::get_mut`] is not used after a call that can run
//! Python code (comparison, hashing, calling, dropping the last reference to an unknown object); code re-reads instead.

use crate::value::{Owned, Value};
use std::cell::{Cell, UnsafeCell};

/// A field that changes under a shared reference. See the module's invariant.
#[repr(transparent)]
#[derive(Default)]
pub struct MutCell<T>(UnsafeCell<T>);

impl<T> MutCell<T> {
    pub const fn new(value: T) -> Self {
        MutCell(UnsafeCell::new(value))
    }
    #[inline(always)]
    pub fn get(&self) -> &T {
        // SAFETY: no borrow across Python; one thread at a time.
        unsafe { &*self.0.get() }
    }
    #[inline(always)]
    #[allow(clippy::mut_from_ref)] // the point of the type; see the module's invariant
    pub fn get_mut(&self) -> &mut T {
        // SAFETY: no borrow across Python; one thread at a time.
        unsafe { &mut *self.0.get() }
    }
    /// Stores a value and drops the old one after the store, so that a destructor sees the new state.
    #[inline]
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }
    #[inline]
    pub fn replace(&self, value: T) -> T {
        std::mem::replace(self.get_mut(), value)
    }
}
impl<T: Default> MutCell<T> {
    #[inline]
    pub fn take(&self) -> T {
        std::mem::take(self.get_mut())
    }
}
impl MutCell<Owned> {
    #[inline(always)]
    pub fn value(&self) -> Value {
        self.get().value()
    }
    #[inline]
    pub fn own(&self) -> Owned {
        self.get().clone()
    }
}

/// Receives every reference that an object holds.
pub type Tracer<'a> = &'a mut dyn FnMut(Value);

/// What a field tells the cycle collector. Implemented for every type that may stand in a payload; the class macro calls
/// it for each field, so no payload writes its own traversal.
pub trait Trace {
    /// Reports each reference held.
    fn trace(&self, t: Tracer<'_>);
    /// Drops the references that can be dropped, to break a cycle.
    fn clear(&self) {}
}

impl Trace for Owned {
    #[inline]
    fn trace(&self, t: Tracer<'_>) {
        if self.is_heap() {
            t(self.value());
        }
    }
}
impl<T: Trace> Trace for Option<T> {
    fn trace(&self, t: Tracer<'_>) {
        if let Some(x) = self {
            x.trace(t);
        }
    }
}
impl<T: Trace> Trace for Vec<T> {
    fn trace(&self, t: Tracer<'_>) {
        for x in self {
            x.trace(t);
        }
    }
}
impl<T: Trace> Trace for std::collections::VecDeque<T> {
    fn trace(&self, t: Tracer<'_>) {
        for x in self {
            x.trace(t);
        }
    }
}
impl<T: Trace> Trace for Box<[T]> {
    fn trace(&self, t: Tracer<'_>) {
        for x in self.iter() {
            x.trace(t);
        }
    }
}
impl<A: Trace, B: Trace> Trace for (A, B) {
    fn trace(&self, t: Tracer<'_>) {
        self.0.trace(t);
        self.1.trace(t);
    }
}
impl<T: Trace + Default> Trace for MutCell<T> {
    fn trace(&self, t: Tracer<'_>) {
        self.get().trace(t);
    }
    fn clear(&self) {
        drop(self.take());
    }
}
impl<T> Trace for Cell<T> {
    fn trace(&self, _: Tracer<'_>) {}
}
macro_rules! no_edges { ($($t:ty),* $(,)?) => { $( impl Trace for $t { fn trace(&self, _: Tracer<'_>) {} } )* } }
no_edges!(
    bool,
    u8,
    u16,
    u32,
    u64,
    usize,
    i8,
    i16,
    i32,
    i64,
    isize,
    f32,
    f64,
    char,
    String,
    &'static str,
    (),
    pyjit_num::BigInt,
    &'static super::TypeObject
);

/// Wraps plain data of any type as a field without references.
#[derive(Default)]
pub struct NoTrace<T>(pub T);
impl<T> Trace for NoTrace<T> {
    fn trace(&self, _: Tracer<'_>) {}
}
impl<T> std::ops::Deref for NoTrace<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
