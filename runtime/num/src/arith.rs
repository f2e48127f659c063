//! Arithmetic of [`BigInt`] with Python's meaning: floor division, exact true division, power with
//! modulus, integer square root, gcd. Called by the int operations in core and by `math`.

use crate::BigInt;
use num_bigint::{BigInt as Repr, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};

/// Why a division has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DivideError {
    /// The divisor is 0.
    Zero,
    /// "integer division result too large for a float".
    Overflow,
}

/// Why `pow(base, exponent, modulus)` has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PowModError {
    /// "pow() 3rd argument cannot be 0".
    ZeroModulus,
    /// "base is not invertible for the given modulus".
    NotInvertible,
}

/// Results of more bits than this are refused (a memory error) instead of attempted.
pub(crate) const MAX_BITS: u64 = 1 << 36;

impl BigInt {
    /// `self + other`
    pub fn add(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 + &other.0)
    }

    /// `self - other`
    pub fn sub(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 - &other.0)
    }

    /// `self * other`
    pub fn mul(&self, other: &BigInt) -> BigInt {
        BigInt(&self.0 * &other.0)
    }

    /// `self + other` for a machine integer.
    pub fn add_i64(&self, other: i64) -> BigInt {
        BigInt(&self.0 + other)
    }

    /// `self - other` for a machine integer.
    pub fn sub_i64(&self, other: i64) -> BigInt {
        BigInt(&self.0 - other)
    }

    /// `self * other` for a machine integer.
    pub fn mul_i64(&self, other: i64) -> BigInt {
        BigInt(&self.0 * other)
    }

    /// `-self`
    pub fn neg(&self) -> BigInt {
        BigInt(-&self.0)
    }

    /// `abs(self)`
    pub fn abs(&self) -> BigInt {
        BigInt(self.0.abs())
    }

    /// `divmod(self, other)`, rounding down; `None` when `other` is 0.
    pub fn divmod(&self, other: &BigInt) -> Option<(BigInt, BigInt)> {
        if other.is_zero() {
            return None;
        }
        let (quotient, remainder) = self.0.div_mod_floor(&other.0);
        Some((BigInt(quotient), BigInt(remainder)))
    }

    /// `self // other`; `None` when `other` is 0.
    pub fn floor_div(&self, other: &BigInt) -> Option<BigInt> {
        (!other.is_zero()).then(|| BigInt(self.0.div_floor(&other.0)))
    }

    /// `self % other`, with the sign of `other`; `None` when `other` is 0.
    pub fn floor_mod(&self, other: &BigInt) -> Option<BigInt> {
        (!other.is_zero()).then(|| BigInt(self.0.mod_floor(&other.0)))
    }

    /// `self / other` as the nearest float, ties to even.
    pub fn true_div(&self, other: &BigInt) -> Result<f64, DivideError> {
        if other.is_zero() {
            return Err(DivideError::Zero);
        }
        let negative = self.is_negative() != other.is_negative();
        let magnitude = true_div_magnitudes(self, other).ok_or(DivideError::Overflow)?;
        Ok(if negative { -magnitude } else { magnitude })
    }

    /// `self ** exponent`; `None` when the result would not fit in memory.
    pub fn pow(&self, exponent: u64) -> Option<BigInt> {
        if exponent == 0 {
            return Some(BigInt::one());
        }
        let bits = self.bit_length();
        if bits <= 1 {
            // 0, 1 and -1 have a power for every exponent.
            let flip = self.is_negative() && exponent.is_multiple_of(2);
            return Some(if flip { self.neg() } else { self.clone() });
        }
        if (bits - 1).checked_mul(exponent)? > MAX_BITS {
            return None;
        }
        Some(BigInt(self.0.pow(u32::try_from(exponent).ok()?)))
    }

    /// `pow(self, exponent, modulus)`: the result has the sign of `modulus`; a negative exponent
    /// raises the inverse.
    pub fn pow_mod(&self, exponent: &BigInt, modulus: &BigInt) -> Result<BigInt, PowModError> {
        if modulus.is_zero() {
            return Err(PowModError::ZeroModulus);
        }
        let positive = modulus.abs();
        if positive == BigInt::one() {
            return Ok(BigInt::zero());
        }
        let result = if exponent.is_negative() {
            let inverse = self
                .0
                .modinv(&positive.0)
                .ok_or(PowModError::NotInvertible)?;
            inverse.modpow(&-&exponent.0, &positive.0)
        } else {
            self.0
                .mod_floor(&positive.0)
                .modpow(&exponent.0, &positive.0)
        };
        let wrap = modulus.is_negative() && result.sign() != Sign::NoSign;
        Ok(BigInt(if wrap { result + &modulus.0 } else { result }))
    }

    /// The floor of the square root; `None` below 0.
    pub fn isqrt(&self) -> Option<BigInt> {
        (!self.is_negative()).then(|| BigInt(self.0.sqrt()))
    }

    /// The greatest common divisor, never negative.
    pub fn gcd(&self, other: &BigInt) -> BigInt {
        BigInt(self.0.gcd(&other.0))
    }

    /// The least common multiple, never negative.
    pub fn lcm(&self, other: &BigInt) -> BigInt {
        BigInt(self.0.lcm(&other.0).abs())
    }
}

/// `|a| / |b|` as the nearest float, `None` on overflow. A quotient of 63 or 64 bits plus a sticky
/// bit for the remainder decides the rounding.
fn true_div_magnitudes(a: &BigInt, b: &BigInt) -> Option<f64> {
    if a.is_zero() {
        return Some(0.0);
    }
    let difference = a.bit_length() as i64 - b.bit_length() as i64;
    if difference > 1024 {
        return None;
    }
    if difference < -1080 {
        return Some(0.0);
    }
    let shift = 63 - difference;
    let (dividend, divisor) = if shift >= 0 {
        (a.0.abs() << shift, b.0.abs())
    } else {
        (a.0.abs(), b.0.abs() << -shift)
    };
    let (quotient, remainder): (Repr, Repr) = dividend.div_rem(&divisor);
    let quotient = quotient.to_u64()? | u64::from(remainder.sign() != Sign::NoSign);
    let value = crate::float::scale(quotient, -shift);
    (!value.is_infinite()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(text: &str) -> BigInt {
        BigInt::parse(text, 0, 0).unwrap()
    }

    #[test]
    fn division_rounds_down() {
        let pairs = [
            ("7", "2", "3", "1"),
            ("-7", "2", "-4", "1"),
            ("7", "-2", "-4", "-1"),
            ("-7", "-2", "3", "-1"),
        ];
        for (a, b, quotient, remainder) in pairs {
            assert_eq!(
                big(a).divmod(&big(b)),
                Some((big(quotient), big(remainder)))
            );
        }
        assert_eq!(big("1").divmod(&BigInt::zero()), None);
        let a = big("-123456789012345678901234567890");
        assert_eq!(
            a.floor_div(&big("987654321098")),
            Some(big("-124999998861034376"))
        );
        assert_eq!(a.floor_mod(&big("987654321098")), Some(big("973085496958")));
    }

    #[test]
    fn true_division_is_correctly_rounded() {
        let ten_400 = big("10").pow(400).unwrap();
        assert_eq!(ten_400.true_div(&big("10").pow(399).unwrap()), Ok(10.0));
        assert_eq!(ten_400.true_div(&big("3")), Err(DivideError::Overflow));
        assert_eq!(big("3").true_div(&ten_400), Ok(0.0));
        assert_eq!(big("3").true_div(&big("10").pow(320).unwrap()), Ok(3e-320));
        assert_eq!(
            big("-3").true_div(&big("10").pow(308).unwrap()),
            Ok(-3e-308)
        );
        assert_eq!(big("1").true_div(&BigInt::zero()), Err(DivideError::Zero));
        assert!(
            BigInt::zero()
                .true_div(&big("-5"))
                .unwrap()
                .is_sign_negative()
        );
        assert_eq!(
            big("9007199254740993").true_div(&big("1")),
            Ok(9007199254740992.0)
        );
        assert_eq!(big("1").true_div(&big("3")), Ok(1.0 / 3.0));
        let tiny = BigInt::one().shl(1075).unwrap();
        assert_eq!(big("1").true_div(&tiny), Ok(0.0));
        assert_eq!(
            big("3").true_div(&BigInt::one().shl(1076).unwrap()),
            Ok(5e-324)
        );
        assert_eq!(big("3").true_div(&tiny), Ok(1e-323));
        let almost = BigInt::one().shl(1022).unwrap();
        assert_eq!(
            big("0x1fffffffffffff").true_div(&almost.shl(53).unwrap()),
            Ok(f64::MIN_POSITIVE)
        );
    }

    #[test]
    fn powers() {
        assert_eq!(big("-1").pow(u64::MAX), Some(big("-1")));
        assert_eq!(big("-1").pow(1 << 40), Some(big("1")));
        assert_eq!(big("2").pow(u64::MAX), None);
        assert_eq!(big("-3").pow(41), Some(big("-36472996377170786403")));
        let modular = |a, e, m| big(a).pow_mod(&big(e), &big(m));
        assert_eq!(modular("38", "-1", "97"), Ok(big("23")));
        assert_eq!(modular("38", "-1", "38"), Err(PowModError::NotInvertible));
        assert_eq!(modular("38", "-2", "-97"), Ok(big("-53")));
        assert_eq!(modular("-3", "5", "7"), Ok(big("2")));
        assert_eq!(modular("3", "5", "-7"), Ok(big("-2")));
        assert_eq!(modular("3", "0", "1"), Ok(big("0")));
        assert_eq!(modular("3", "-5", "1"), Ok(big("0")));
        assert_eq!(modular("3", "5", "0"), Err(PowModError::ZeroModulus));
    }

    #[test]
    fn roots_and_divisors() {
        assert_eq!(
            big("1000000000000000000000000000000").isqrt(),
            Some(big("1000000000000000"))
        );
        assert_eq!(big("-1").isqrt(), None);
        assert_eq!(big("-12").gcd(&big("18")), big("6"));
        assert_eq!(big("-4").lcm(&big("6")), big("12"));
    }
}
