//! Integers of any size and exact number helpers, without objects: the arithmetic that `int`,
//! `float`, `random` and `math` are built on. Nothing here knows about Python objects; errors are
//! small enums that the callers (core, types, modules) turn into Python exceptions.
//!
//! * [`BigInt`] — the integer past the small-int range, with Python's meaning of every operation.
//! * [`small`] — the same for machine integers.
//! * [`float`] — float division, power, rounding, hashing, exact comparison with integers.
//! * [`mt`] — the Mersenne Twister behind `random`.
#![forbid(unsafe_code)]

mod arith;
mod big;
mod bits;
mod bytes;
pub mod decimal;
pub mod float;
pub mod mt;
pub mod small;
mod text;

pub use arith::{DivideError, PowModError};
pub use big::{BigInt, Int};
pub use bytes::ToBytesError;
pub use text::{ParseIntError, TooManyDigits};
