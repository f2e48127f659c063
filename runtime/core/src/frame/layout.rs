//! The layout of an activation. `fp` points at slot 0; the header stands below it.
//!
//! ```text
//!   fp[-5] frame object or NULL   fp[-4] caller's k   fp[-3] return pc   fp[-2] caller's fp   fp[-1] function
//!   fp[0] .. parameters, locals, cells, free variables .. hidden locals mapping .. temps
//! ```
//! **Invariant (slots are owned):** every slot and the two value words of the header hold a word that is either an owned
//! reference or no heap pointer at all. Dead temps never hold a heap pointer, so unwinding and collection need no maps.

/// Words of the header.
pub const HEADER_WORDS: usize = 5;
/// Offset of the function (owned).
pub const FUNC: isize = -1;
/// Offset of the caller's `fp` (raw).
pub const CALLER: isize = -2;
/// Offset of the threaded instruction to go on with in the caller (raw).
pub const RETURN_PC: isize = -3;
/// Offset of the caller's constants (raw).
pub const CALLER_K: isize = -4;
/// Offset of the frame object (owned), NULL until somebody looks.
pub const FRAME_OBJECT: isize = -5;
/// Only in heap frames: where the native or callee frames of a running generator begin (raw).
pub const STACK_TOP: isize = -6;
/// Only in heap frames: the generator (raw).
pub const GENERATOR: isize = -7;

use crate::value::Value;

/// A raw address as a frame word: tagged like an int, so that nobody takes it for a reference.
#[inline(always)]
pub fn raw<T>(p: *const T) -> Value {
    Value::from_bits(p as u64 | 1)
}
/// The address in a raw frame word; null in a fresh one.
#[inline(always)]
pub fn raw_ptr<T>(v: Value) -> *mut T {
    if v.is_small_int() {
        (v.bits() & !1) as *mut T
    } else {
        std::ptr::null_mut()
    }
}
/// The same for a word known to be raw.
#[inline(always)]
pub fn raw_ptr_unchecked<T>(v: Value) -> *mut T {
    v.bits().wrapping_sub(1) as *mut T
}
