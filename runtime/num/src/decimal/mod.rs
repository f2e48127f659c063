//! Decimal floating point by the General Decimal Arithmetic specification: numbers ([`Dec`]), the settings that results are
//! rounded by ([`Rules`]) and the conditions that operations meet ([`status`]). `coef.rs` has the coefficients, `round.rs`
//! the rounding, `arith.rs` and `ops.rs` the operations, `text.rs` the conversions to and from text. Called by `_decimal`.

mod arith;
mod coef;
mod ops;
mod round;
mod text;

pub use arith::{magnitude_order, order};
pub use coef::{Coef, MAX_SHIFT};
pub use ops::total_order;
pub use text::parse;

/// Conditions, as bits.
pub mod status {
    pub const CLAMPED: u32 = 0x1;
    pub const CONVERSION_SYNTAX: u32 = 0x2;
    pub const DIVISION_BY_ZERO: u32 = 0x4;
    pub const DIVISION_IMPOSSIBLE: u32 = 0x8;
    pub const DIVISION_UNDEFINED: u32 = 0x10;
    pub const INEXACT: u32 = 0x40;
    pub const INVALID_CONTEXT: u32 = 0x80;
    pub const INVALID_OPERATION: u32 = 0x100;
    /// More digits than there is memory for.
    pub const MEMORY: u32 = 0x200;
    pub const OVERFLOW: u32 = 0x800;
    pub const ROUNDED: u32 = 0x1000;
    pub const SUBNORMAL: u32 = 0x2000;
    pub const UNDERFLOW: u32 = 0x4000;
    pub const FLOAT_OPERATION: u32 = 0x8000;
    /// Everything that `InvalidOperation` stands for.
    pub const INVALID: u32 = CONVERSION_SYNTAX
        | DIVISION_IMPOSSIBLE
        | DIVISION_UNDEFINED
        | INVALID_CONTEXT
        | INVALID_OPERATION
        | MEMORY;
}

/// The largest precision and exponent; the smallest exponent is its negative.
pub const MAX_PREC: i64 = 999_999_999_999_999_999;
/// The exponent of the smallest subnormal number there can be.
pub const MIN_ETINY: i64 = -MAX_PREC - (MAX_PREC - 1);

/// Ways to round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    ZeroFiveUp,
}

/// What results are fitted to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    pub prec: i64,
    pub emin: i64,
    pub emax: i64,
    pub rounding: Rounding,
    pub clamp: bool,
}

impl Rules {
    /// The widest rules, for exact conversions.
    pub const MAX: Rules = Rules {
        prec: MAX_PREC,
        emin: -MAX_PREC,
        emax: MAX_PREC,
        rounding: Rounding::HalfEven,
        clamp: false,
    };
    pub fn etiny(&self) -> i64 {
        self.emin - (self.prec - 1)
    }
    pub fn etop(&self) -> i64 {
        self.emax - (self.prec - 1)
    }
}

/// What kind of number it is. The coefficient of a NaN is its payload.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Finite,
    Infinite,
    Quiet,
    Signaling,
}

/// A decimal number: `(-1)^neg * coef * 10^exp`.
#[derive(Clone, Debug)]
pub struct Dec {
    pub kind: Kind,
    pub neg: bool,
    pub exp: i64,
    pub coef: Coef,
}

impl Dec {
    pub fn finite(neg: bool, coef: Coef, exp: i64) -> Dec {
        Dec {
            kind: Kind::Finite,
            neg,
            exp,
            coef,
        }
    }
    pub fn zero(neg: bool, exp: i64) -> Dec {
        Dec::finite(neg, Coef::ZERO, exp)
    }
    pub fn infinity(neg: bool) -> Dec {
        Dec {
            kind: Kind::Infinite,
            neg,
            exp: 0,
            coef: Coef::ZERO,
        }
    }
    pub fn nan() -> Dec {
        Dec {
            kind: Kind::Quiet,
            neg: false,
            exp: 0,
            coef: Coef::ZERO,
        }
    }
    /// The result of an operation that met a condition and has no number.
    pub fn invalid(condition: u32, st: &mut u32) -> Dec {
        *st |= condition;
        Dec::nan()
    }
    pub fn from_int(n: i64) -> Dec {
        Dec::finite(n < 0, Coef::from_u128(u128::from(n.unsigned_abs())), 0)
    }
    #[inline]
    pub fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }
    #[inline]
    pub fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }
    #[inline]
    pub fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.kind == Kind::Finite && self.coef.is_zero()
    }
    /// The exponent of the first digit.
    #[inline]
    pub fn adjusted(&self) -> i64 {
        self.exp + self.coef.digits() as i64 - 1
    }
    pub fn negated(&self, neg: bool) -> Dec {
        Dec {
            neg,
            ..self.clone()
        }
    }
}
