//! [`BigInt`], the integer of any size, and its conversions from and to machine numbers.
//! Arithmetic is in `arith.rs`, bit operations in `bits.rs`, text and bytes in `text.rs` and
//! `bytes.rs`. The representation is private: no other crate may name `num_bigint`.

use num_bigint::{BigInt as Repr, Sign};
use num_traits::{ToPrimitive, Zero};

/// A signed integer of any size.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct BigInt(pub(crate) Repr);

/// An integer result that is small when it fits in 64 bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Int {
    /// Fits in an `i64`.
    Small(i64),
    /// Does not fit.
    Big(BigInt),
}

impl Int {
    /// The value as a [`BigInt`] whatever its size.
    pub fn into_big(self) -> BigInt {
        match self {
            Int::Small(value) => BigInt::from_i64(value),
            Int::Big(value) => value,
        }
    }

    /// From 128 bits, small when it fits.
    pub fn from_i128(value: i128) -> Int {
        match i64::try_from(value) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::Big(BigInt::from_i128(value)),
        }
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Int {
        match value.to_i64() {
            Some(small) => Int::Small(small),
            None => Int::Big(value),
        }
    }
}

macro_rules! from_primitive {
    ($($(#[$doc:meta])* $name:ident: $from:ty),* $(,)?) => {
        impl BigInt {
            $($(#[$doc])* pub fn $name(value: $from) -> BigInt { BigInt(Repr::from(value)) })*
        }
    };
}

from_primitive! {
    /// From an `i64`.
    from_i64: i64,
    /// From a `u64`.
    from_u64: u64,
    /// From an `i128`.
    from_i128: i128,
    /// From a `u128`.
    from_u128: u128,
    /// From a `usize`.
    from_usize: usize,
}

impl BigInt {
    /// The integer 0.
    pub fn zero() -> BigInt {
        BigInt(Repr::zero())
    }

    /// The integer 1.
    pub fn one() -> BigInt {
        BigInt(Repr::from(1))
    }

    /// The magnitude from 32-bit words, least significant first, with a sign.
    pub fn from_u32_words(negative: bool, words: &[u32]) -> BigInt {
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        BigInt(Repr::from_slice(sign, words))
    }

    /// The 32-bit words of the magnitude, least significant first; no words for 0.
    pub fn to_u32_words(&self) -> Vec<u32> {
        self.0.iter_u32_digits().collect()
    }

    /// The 64-bit words of the magnitude, least significant first; no words for 0.
    pub fn to_u64_words(&self) -> Vec<u64> {
        self.0.iter_u64_digits().collect()
    }

    /// The value when it fits in an `i64`.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    /// The value when it fits in a `u64`.
    pub fn to_u64(&self) -> Option<u64> {
        self.0.to_u64()
    }

    /// The value when it fits in an `i128`.
    pub fn to_i128(&self) -> Option<i128> {
        self.0.to_i128()
    }

    /// The value when it fits in a `usize`.
    pub fn to_usize(&self) -> Option<usize> {
        self.0.to_usize()
    }

    /// The low 64 bits of the two's complement form (C's cast).
    pub fn wrapping_to_u64(&self) -> u64 {
        let low = self.0.iter_u64_digits().next().unwrap_or(0);
        if self.is_negative() {
            low.wrapping_neg()
        } else {
            low
        }
    }

    /// The nearest float, ties to even; `None` when it is out of range ("int too large to convert
    /// to float").
    pub fn to_f64(&self) -> Option<f64> {
        let bits = self.bit_length();
        if bits > 1024 {
            return None;
        }
        let magnitude = self.0.magnitude();
        let value = if bits <= 64 {
            magnitude.to_u64()? as f64
        } else {
            let shift = bits - 64;
            let sticky = magnitude
                .trailing_zeros()
                .is_some_and(|zeros| zeros < shift);
            let top = (magnitude >> shift).to_u64()? | u64::from(sticky);
            crate::float::scale(top, shift as i64)
        };
        if value.is_infinite() {
            return None;
        }
        Some(if self.is_negative() { -value } else { value })
    }

    /// The integer part of `value`, towards zero; `None` for infinities and NaN.
    pub fn from_f64(value: f64) -> Option<BigInt> {
        if !value.is_finite() {
            return None;
        }
        if value.abs() < 9.0e18 {
            return Some(BigInt::from_i64(value as i64));
        }
        let (mantissa, exponent) = crate::float::decompose(value);
        let magnitude = Repr::from(mantissa) << exponent.unsigned_abs();
        Some(BigInt(if value < 0.0 { -magnitude } else { magnitude }))
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.0.sign() == Sign::NoSign
    }

    /// True below 0.
    pub fn is_negative(&self) -> bool {
        self.0.sign() == Sign::Minus
    }

    /// True for an odd integer.
    pub fn is_odd(&self) -> bool {
        self.0.bit(0)
    }

    /// -1, 0 or 1.
    pub fn sign(&self) -> i32 {
        match self.0.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    /// Compares with a machine integer without making a big one.
    pub fn cmp_i64(&self, other: i64) -> std::cmp::Ordering {
        match self.to_i64() {
            Some(small) => small.cmp(&other),
            None => self.sign().cmp(&0),
        }
    }

    /// Python's `hash()` of an integer: the value modulo 2**61 - 1 with its sign, never -1.
    pub fn hash(&self) -> i64 {
        let mut residue: u64 = 0;
        let words = self.to_u64_words();
        for word in words.iter().rev() {
            residue = crate::small::mod_hash_prime((u128::from(residue) << 64) | u128::from(*word));
        }
        let hash = residue as i64;
        crate::small::not_minus_one(if self.is_negative() { -hash } else { hash })
    }

    /// Bytes used by the magnitude: what `sys.getsizeof` and memory accounting need.
    pub fn heap_bytes(&self) -> usize {
        usize::try_from(self.bit_length().div_ceil(64) * 8).unwrap_or(usize::MAX)
    }
}

impl std::fmt::Display for BigInt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> BigInt {
        BigInt::parse(text, 0, 0).unwrap()
    }

    #[test]
    fn hashes_are_those_of_python() {
        assert_eq!(BigInt::from_i64(-1).hash(), -2);
        assert_eq!(big("0x1fffffffffffffff").hash(), 0);
        assert_eq!(big("1267650600228229401496703205376").hash(), 549755813888);
        assert_eq!(
            big("-123456789012345678901234567890").hash(),
            -248789772095949448
        );
        assert_eq!(
            big("100000000000000000000000000000000000000000").hash(),
            49916784014012194
        );
    }

    #[test]
    fn float_conversion_rounds_to_even_and_overflows() {
        assert_eq!(big("9007199254740993").to_f64(), Some(9007199254740992.0));
        assert_eq!(
            big("0x1_0000_0000_0000_0800_0000").to_f64(),
            Some(2f64.powi(80))
        );
        assert_eq!(
            big("0x1_0000_0000_0000_0800_0001").to_f64(),
            Some(2f64.powi(80) + 2f64.powi(28))
        );
        let max = BigInt::from_f64(f64::MAX).unwrap();
        assert_eq!(max.to_f64(), Some(f64::MAX));
        assert_eq!(BigInt::one().shl(1024).unwrap().to_f64(), None);
        let half_ulp = BigInt::one().shl(970).unwrap();
        assert_eq!(max.add(&half_ulp).to_f64(), None);
        assert_eq!(
            max.add(&half_ulp.sub(&BigInt::one())).to_f64(),
            Some(f64::MAX)
        );
        assert_eq!(BigInt::from_f64(-1e20), Some(big("-100000000000000000000")));
        assert_eq!(BigInt::from_f64(-1.9), Some(BigInt::from_i64(-1)));
        assert_eq!(BigInt::from_f64(f64::NAN), None);
    }
}
