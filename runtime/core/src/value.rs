//! The tagged word. [`Value`] is borrowed and `Copy`; [`Owned`] holds one reference and drops it.
//!
//! ```text
//! ......................................................1   int, 63 bits
//! .....................................................10   float (flonum): rotl(bits + (1 << 60), 3)
//! ....................................................100   special: NULL, None, True, 0.0, ...
//! ....................................................000   pointer to an object header (never 0)
//! ```
//! A `Value` read out of a container stays alive only as long as something owns it: code that may run Python in
//! between takes an [`Owned`] first ([`Value::own`]).

use crate::object::{Header, Payload, TypeObject};
use std::fmt;

/// A borrowed tagged word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Value(u64);

/// A tagged word that owns one reference.
#[repr(transparent)]
pub struct Owned(Value);

const FLONUM_BIAS: u64 = 1 << 60;

const fn special(n: u64) -> Value {
    Value(n << 3 | 4)
}

impl Value {
    /// No value: an unbound local, a missing argument, the end of an iteration. Never seen by Python code.
    pub const NULL: Value = special(0);
    pub const NONE: Value = special(1);
    pub const FALSE: Value = special(2);
    pub const TRUE: Value = special(3);
    pub const ELLIPSIS: Value = special(4);
    pub const NOT_IMPLEMENTED: Value = special(5);
    const ZERO: Value = special(6);
    const NEG_ZERO: Value = special(7);
    const INF: Value = special(8);
    const NEG_INF: Value = special(9);
    const NAN: Value = special(10);

    /// The largest and smallest int that fits the word.
    pub const MAX_INT: i64 = i64::MAX >> 1;
    pub const MIN_INT: i64 = i64::MIN >> 1;

    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }
    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Value {
        Value(bits)
    }
    #[inline(always)]
    pub const fn is_null(self) -> bool {
        self.0 == Value::NULL.0
    }
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.0 == Value::NONE.0
    }
    #[inline(always)]
    pub const fn is_not_implemented(self) -> bool {
        self.0 == Value::NOT_IMPLEMENTED.0
    }
    #[inline(always)]
    pub const fn is_bool(self) -> bool {
        self.0 == Value::TRUE.0 || self.0 == Value::FALSE.0
    }
    #[inline(always)]
    pub const fn is_heap(self) -> bool {
        self.0 & 7 == 0
    }
    #[inline(always)]
    pub const fn is_small_int(self) -> bool {
        self.0 & 1 != 0
    }
    #[inline(always)]
    pub const fn is_flonum(self) -> bool {
        self.0 & 3 == 2
    }
    /// Identity, Python's `is`.
    #[inline(always)]
    pub const fn is(self, other: Value) -> bool {
        self.0 == other.0
    }
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }
    /// A small int; the caller knows that it fits 63 bits (lengths, characters, counters).
    #[inline(always)]
    pub const fn small(i: i64) -> Value {
        Value((i as u64) << 1 | 1)
    }
    /// A small int if it fits.
    #[inline(always)]
    pub const fn try_small(i: i64) -> Option<Value> {
        if i >= Value::MIN_INT && i <= Value::MAX_INT {
            Some(Value::small(i))
        } else {
            None
        }
    }
    /// The small int in the word; bools are not small ints here.
    #[inline(always)]
    pub const fn as_small(self) -> Option<i64> {
        if self.is_small_int() {
            Some((self.0 as i64) >> 1)
        } else {
            None
        }
    }
    /// The int of a word known to hold one.
    #[inline(always)]
    pub const fn small_unchecked(self) -> i64 {
        (self.0 as i64) >> 1
    }
    /// A float that needs no heap object, if it is one of those.
    #[inline(always)]
    pub fn try_flonum(f: f64) -> Option<Value> {
        let t = f.to_bits().wrapping_add(FLONUM_BIAS).rotate_left(3);
        if t & 3 == 2 {
            return Some(Value(t));
        }
        Value::special_float(f)
    }
    /// A flonum, if the float is one: zeros and infinities are not.
    #[inline(always)]
    pub fn flonum_only(f: f64) -> Option<Value> {
        let t = f.to_bits().wrapping_add(FLONUM_BIAS).rotate_left(3);
        if t & 3 == 2 { Some(Value(t)) } else { None }
    }
    #[cold]
    fn special_float(f: f64) -> Option<Value> {
        match f.to_bits() {
            0 => Some(Value::ZERO),
            0x8000_0000_0000_0000 => Some(Value::NEG_ZERO),
            _ if f == f64::INFINITY => Some(Value::INF),
            _ if f == f64::NEG_INFINITY => Some(Value::NEG_INF),
            _ => None,
        }
    }
    /// Any float; a NaN becomes the one NaN word only through [`Value::canonical_nan`].
    pub const fn canonical_nan() -> Value {
        Value::NAN
    }
    /// The float of a word known to be a flonum.
    #[inline(always)]
    pub fn flonum_unchecked(self) -> f64 {
        f64::from_bits(self.0.rotate_right(3).wrapping_sub(FLONUM_BIAS))
    }
    /// The float of a word that is an immediate float (flonum or special), not a heap float.
    #[inline]
    pub fn as_immediate_float(self) -> Option<f64> {
        if self.is_flonum() {
            return Some(self.flonum_unchecked());
        }
        Some(match self {
            Value::ZERO => 0.0,
            Value::NEG_ZERO => -0.0,
            Value::INF => f64::INFINITY,
            Value::NEG_INF => f64::NEG_INFINITY,
            Value::NAN => f64::NAN,
            _ => return None,
        })
    }
    /// Takes a reference of its own.
    #[inline(always)]
    pub fn own(self) -> Owned {
        self.incref();
        Owned(self)
    }
    #[inline(always)]
    pub fn incref(self) {
        if self.is_heap() {
            self.header().incref();
        }
    }
    /// Takes an [`Value::incref`] back that nobody has relied on.
    #[inline(always)]
    pub fn undo_incref(self) {
        if self.is_heap() {
            self.header().drop_shared();
        }
    }
    /// Gives up one reference that the caller owns.
    ///
    /// # Safety
    /// The caller owns a reference to this value and does not use it afterwards.
    #[inline(always)]
    pub unsafe fn decref(self) {
        if self.is_heap() {
            // SAFETY: the caller gives up its reference.
            unsafe { crate::mem::decref(self.header_ptr()) }
        }
    }
    /// The header of a heap value; the caller has checked [`Value::is_heap`].
    #[inline(always)]
    pub fn header<'a>(self) -> &'a Header {
        debug_assert!(self.is_heap());
        // SAFETY: heap words point to live headers (module invariant).
        unsafe { &*(self.0 as *const Header) }
    }
    #[inline(always)]
    pub fn header_ptr(self) -> *mut Header {
        self.0 as *mut Header
    }
    #[inline(always)]
    pub fn from_header(h: &Header) -> Value {
        Value(h as *const Header as u64)
    }
    /// Python's `type(v)`.
    #[inline]
    pub fn class<'a>(self) -> &'a TypeObject {
        if self.is_heap() {
            self.header().class()
        } else {
            crate::vm::immediate_class(self)
        }
    }
    /// The payload, if the value is an instance of `T`'s class or of a subclass.
    #[inline]
    pub fn cast<'a, T: Payload>(self) -> Option<&'a T> {
        if self.is_heap() && self.header().class().layout_is(T::layout()) {
            // SAFETY: the class' layout says that the payload is (or begins with) a T.
            Some(unsafe { self.payload_unchecked::<T>() })
        } else {
            None
        }
    }
    /// The payload, if the value's class is exactly `T`'s class.
    #[inline]
    pub fn cast_exact<'a, T: Payload>(self) -> Option<&'a T> {
        if self.is_heap() && std::ptr::eq(self.header().class(), T::class()) {
            // SAFETY: exact class.
            Some(unsafe { self.payload_unchecked::<T>() })
        } else {
            None
        }
    }
    /// # Safety
    /// The value is an instance of `T`'s class.
    #[inline(always)]
    pub unsafe fn payload_unchecked<'a, T: Payload>(self) -> &'a T {
        // SAFETY: the payload stands right after the 16-byte header.
        unsafe { &*((self.0 as *const u8).add(crate::object::HEADER_SIZE) as *const T) }
    }
    /// Whether the value is an instance of `T`'s class or of a subclass.
    #[inline]
    pub fn isa<T: Payload>(self) -> bool {
        self.is_heap() && self.header().class().layout_is(T::layout())
    }
    /// Whether the value's class is exactly `T`'s.
    #[inline]
    pub fn is_exact<T: Payload>(self) -> bool {
        self.is_heap() && std::ptr::eq(self.header().class(), T::class())
    }
    /// `None` for [`Value::NULL`].
    #[inline]
    pub fn non_null(self) -> Option<Value> {
        if self.is_null() { None } else { Some(self) }
    }
    /// NULL and `None` both mean "not given".
    #[inline]
    pub fn given(self) -> Option<Value> {
        if self.is_null() || self.is_none() {
            None
        } else {
            Some(self)
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(i) = self.as_small() {
            write!(f, "int({i})")
        } else if let Some(x) = self.as_immediate_float() {
            write!(f, "float({x})")
        } else if self.is_heap() {
            write!(f, "<{} {:#x}>", self.class().name_str(), self.0)
        } else {
            write!(f, "special({})", self.0 >> 3)
        }
    }
}

impl Owned {
    pub const NULL: Owned = Owned(Value::NULL);
    pub const NONE: Owned = Owned(Value::NONE);

    /// Takes over a reference that the caller owns.
    ///
    /// # Safety
    /// The caller owns one reference to `v` and gives it away.
    #[inline(always)]
    pub const unsafe fn from_raw(v: Value) -> Owned {
        Owned(v)
    }
    /// Gives the reference to the caller, who must drop it.
    #[inline(always)]
    pub fn into_raw(self) -> Value {
        let v = self.0;
        std::mem::forget(self);
        v
    }
    /// An immediate: nothing is counted.
    #[inline(always)]
    pub fn immediate(v: Value) -> Owned {
        debug_assert!(!v.is_heap());
        Owned(v)
    }
    #[inline(always)]
    pub fn value(&self) -> Value {
        self.0
    }
    #[inline(always)]
    pub fn bool(b: bool) -> Owned {
        Owned(Value::bool(b))
    }
    #[inline(always)]
    pub fn small(i: i64) -> Owned {
        Owned(Value::small(i))
    }
    #[inline]
    pub fn ptr_eq(&self, other: &Owned) -> bool {
        self.0.is(other.0)
    }
}

impl std::ops::Deref for Owned {
    type Target = Value;
    #[inline(always)]
    fn deref(&self) -> &Value {
        &self.0
    }
}
impl Clone for Owned {
    #[inline(always)]
    fn clone(&self) -> Owned {
        self.0.own()
    }
}
impl Drop for Owned {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: an Owned owns its reference.
        unsafe { self.0.decref() }
    }
}
impl Default for Owned {
    fn default() -> Owned {
        Owned::NULL
    }
}
impl fmt::Debug for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

const _: () = assert!(size_of::<Value>() == 8 && size_of::<Owned>() == 8);
