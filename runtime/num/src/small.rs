//! Machine integers with Python's meaning: the fast half of `int`. Results that may leave 64 bits
//! are returned as [`Int`].

use crate::{BigInt, Int};
use std::cmp::Ordering;

/// 2**61 - 1, the modulus of Python's number hashes.
pub const HASH_PRIME: u64 = (1 << 61) - 1;

/// `value` modulo 2**61 - 1.
pub(crate) fn mod_hash_prime(value: u128) -> u64 {
    let folded = (value & u128::from(HASH_PRIME)) + (value >> 61);
    let folded = (folded & u128::from(HASH_PRIME)) + (folded >> 61);
    let folded = folded as u64;
    if folded >= HASH_PRIME {
        folded - HASH_PRIME
    } else {
        folded
    }
}

/// A hash is never -1, which means an error in CPython's C interface.
#[inline]
pub(crate) fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// Python's `hash()` of a machine integer.
#[inline]
pub fn hash_i64(value: i64) -> i64 {
    let magnitude = value.unsigned_abs();
    let residue = (magnitude % HASH_PRIME) as i64;
    not_minus_one(if value < 0 { -residue } else { residue })
}

/// `a // b`, rounding down; `None` when `b` is 0 or the result leaves 64 bits.
#[inline]
pub fn floor_div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if (a % b != 0) && ((a < 0) != (b < 0)) {
        quotient - 1
    } else {
        quotient
    })
}

/// `a % b`, with the sign of `b`; `None` when `b` is 0.
#[inline]
pub fn floor_mod(a: i64, b: i64) -> Option<i64> {
    if b == -1 {
        return Some(0);
    }
    let remainder = a.checked_rem(b)?;
    Some(if remainder != 0 && ((remainder < 0) != (b < 0)) {
        remainder + b
    } else {
        remainder
    })
}

/// `base ** exponent`; `None` when the result would not fit in memory.
pub fn pow(base: i64, exponent: u64) -> Option<Int> {
    let (mut result, mut square, mut left) = (1i64, base, exponent);
    loop {
        if left & 1 == 1 {
            match result.checked_mul(square) {
                Some(product) => result = product,
                None => break,
            }
        }
        left >>= 1;
        if left == 0 {
            return Some(Int::Small(result));
        }
        match square.checked_mul(square) {
            Some(product) => square = product,
            None => break,
        }
    }
    BigInt::from_i64(base).pow(exponent).map(Int::from)
}

/// `a << count`; `None` when the result would not fit in memory.
pub fn shl(a: i64, count: u64) -> Option<Int> {
    if a == 0 {
        return Some(Int::Small(0));
    }
    if count < 64 {
        return Some(Int::from_i128(i128::from(a) << count));
    }
    BigInt::from_i64(a).shl(count).map(Int::Big)
}

/// `a >> count`, rounding down.
#[inline]
pub fn shr(a: i64, count: u64) -> i64 {
    a >> count.min(63)
}

/// `a / b` as the nearest float; `None` when `b` is 0.
pub fn true_div(a: i64, b: i64) -> Option<f64> {
    const EXACT: u64 = 1 << 53;
    if b == 0 {
        return None;
    }
    if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Some(a as f64 / b as f64);
    }
    BigInt::from_i64(a).true_div(&BigInt::from_i64(b)).ok()
}

/// Bits of the magnitude.
#[inline]
pub fn bit_length(value: i64) -> u32 {
    64 - value.unsigned_abs().leading_zeros()
}

/// The greatest common divisor (of the magnitudes, so it may be 2**63).
pub fn gcd(a: i64, b: i64) -> u64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The floor of the square root of a number that is not negative.
pub fn isqrt(value: u64) -> u64 {
    value.isqrt()
}

/// Compares an integer with a float exactly; `None` for NaN.
pub fn cmp_i64_f64(a: i64, b: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if b.is_nan() {
        return None;
    }
    if b >= LIMIT {
        return Some(Ordering::Less);
    }
    if b < -LIMIT {
        return Some(Ordering::Greater);
    }
    let whole = b as i64;
    Some(
        a.cmp(&whole)
            .then_with(|| 0.0f64.total_cmp(&(b - b.trunc() + 0.0))),
    )
}

/// Compares an integer of any size with a float exactly; `None` for NaN.
pub fn cmp_big_f64(a: &BigInt, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    match BigInt::from_f64(b) {
        None => Some(if b > 0.0 {
            Ordering::Less
        } else {
            Ordering::Greater
        }),
        Some(whole) => Some(
            a.cmp(&whole)
                .then_with(|| 0.0f64.total_cmp(&(b - b.trunc() + 0.0))),
        ),
    }
}

/// `round(value, -digits)`: to a multiple of `10**digits`, ties to the even multiple.
pub fn round_to_neg_digits(value: i64, digits: u64) -> Int {
    if digits > 18 {
        return BigInt::from_i64(value).round_to_neg_digits(digits).into();
    }
    let unit = 10i128.pow(digits as u32);
    let value = i128::from(value);
    let (down, rest) = (value.div_euclid(unit), value.rem_euclid(unit));
    let up = 2 * rest > unit || (2 * rest == unit && down & 1 == 1);
    Int::from_i128((down + i128::from(up)) * unit)
}

impl BigInt {
    /// `round(self, -digits)`: to a multiple of `10**digits`, ties to the even multiple.
    pub fn round_to_neg_digits(&self, digits: u64) -> BigInt {
        // 10**digits over 2 * self rounds to 0; keeps the power below from growing without need.
        if digits.saturating_mul(3) > self.bit_length() + 3 {
            return BigInt::zero();
        }
        let Some(unit) = BigInt::from_i64(10).pow(digits) else {
            return BigInt::zero();
        };
        let Some((down, rest)) = self.divmod(&unit) else {
            return BigInt::zero();
        };
        let up = match rest.mul_i64(2).cmp(&unit) {
            Ordering::Less => false,
            Ordering::Equal => down.is_odd(),
            Ordering::Greater => true,
        };
        down.add_i64(i64::from(up)).mul(&unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_division() {
        assert_eq!(floor_div(-7, 2), Some(-4));
        assert_eq!(floor_div(7, -2), Some(-4));
        assert_eq!(floor_div(i64::MIN, -1), None);
        assert_eq!(floor_div(1, 0), None);
        assert_eq!(floor_mod(-7, 2), Some(1));
        assert_eq!(floor_mod(7, -2), Some(-1));
        assert_eq!(floor_mod(i64::MIN, -1), Some(0));
        assert_eq!(floor_mod(1, 0), None);
    }

    #[test]
    fn powers_and_shifts_grow() {
        assert_eq!(pow(3, 39), Some(Int::Small(4052555153018976267)));
        assert_eq!(pow(-2, 63), Some(Int::Small(i64::MIN)));
        assert_eq!(pow(2, 64), Some(Int::Big(BigInt::from_u128(1 << 64))));
        assert_eq!(pow(1, u64::MAX), Some(Int::Small(1)));
        assert_eq!(pow(0, 0), Some(Int::Small(1)));
        assert_eq!(shl(-1, 63), Some(Int::Small(i64::MIN)));
        assert_eq!(shl(1, 63), Some(Int::Big(BigInt::from_u64(1 << 63))));
        assert_eq!(shr(-1, 100), -1);
    }

    #[test]
    fn hashes() {
        assert_eq!(hash_i64(-1), -2);
        assert_eq!(hash_i64(i64::MIN), -4);
        assert_eq!(hash_i64((1 << 61) - 1), 0);
        assert_eq!(hash_i64(-(1 << 61)), -2);
    }

    #[test]
    fn comparison_with_floats_is_exact() {
        use Ordering::*;
        assert_eq!(
            cmp_i64_f64((1 << 53) + 1, 9007199254740992.0),
            Some(Greater)
        );
        assert_eq!(cmp_i64_f64(i64::MAX, 9223372036854775807.0), Some(Less));
        assert_eq!(cmp_i64_f64(i64::MIN, -9223372036854775808.0), Some(Equal));
        assert_eq!(cmp_i64_f64(0, -0.0), Some(Equal));
        assert_eq!(cmp_i64_f64(0, -0.5), Some(Greater));
        assert_eq!(cmp_i64_f64(-3, -3.5), Some(Greater));
        assert_eq!(cmp_i64_f64(3, 3.5), Some(Less));
        assert_eq!(cmp_i64_f64(3, f64::NAN), None);
        assert_eq!(
            cmp_big_f64(&BigInt::from_u128(1 << 64), f64::INFINITY),
            Some(Less)
        );
        assert_eq!(
            cmp_big_f64(&BigInt::from_u128((1 << 64) + 1), 2f64.powi(64)),
            Some(Greater)
        );
    }

    #[test]
    fn rounding_is_half_to_even() {
        assert_eq!(round_to_neg_digits(25, 1), Int::Small(20));
        assert_eq!(round_to_neg_digits(35, 1), Int::Small(40));
        assert_eq!(round_to_neg_digits(-25, 1), Int::Small(-20));
        assert_eq!(round_to_neg_digits(-26, 1), Int::Small(-30));
        assert_eq!(round_to_neg_digits(5, 100), Int::Small(0));
        assert_eq!(
            round_to_neg_digits(i64::MAX, 19),
            Int::Big(BigInt::from_u64(10_000_000_000_000_000_000))
        );
        assert_eq!(round_to_neg_digits(i64::MAX, 20), Int::Small(0));
    }
}
