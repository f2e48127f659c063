//! Float arithmetic with Python's meaning: division, power, rounding, hashing, exact ratio.
//! Called by the float operations in core and by `math`.

use crate::small::{HASH_PRIME, not_minus_one};
use crate::{BigInt, Int};

/// `value * 2**exponent`, rounded once, ties to even; infinite on overflow.
pub fn ldexp(value: f64, exponent: i64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let (mantissa, own) = decompose(value);
    scale(mantissa, exponent.saturating_add(i64::from(own))).copysign(value)
}

/// `mantissa * 2**exponent`, rounded once, ties to even; infinite on overflow.
pub(crate) fn scale(mantissa: u64, exponent: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let bits = 64 - i64::from(mantissa.leading_zeros());
    let top = exponent.saturating_add(bits);
    if top > 1024 {
        return f64::INFINITY;
    }
    if top > -1022 {
        // A normal result: the conversion rounds, the products are exact (or overflow).
        let half = exponent as i32 / 2;
        return mantissa as f64 * power_of_two(half) * power_of_two(exponent as i32 - half);
    }
    // A subnormal result: round by hand in units of the smallest subnormal.
    let drop = -1074 - exponent;
    if drop > 64 {
        return 0.0;
    }
    if drop <= 0 {
        return f64::from_bits(mantissa << -drop);
    }
    let wide = u128::from(mantissa);
    let (kept, rest, half) = (wide >> drop, wide & ((1 << drop) - 1), 1u128 << (drop - 1));
    let up = rest > half || (rest == half && kept & 1 == 1);
    f64::from_bits(kept as u64 + u64::from(up))
}

/// `2**exponent` for an exponent of a normal float.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// `|value|` as an integer times a power of two: exact, for finite values.
pub fn decompose(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let field = ((bits >> 52) & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    if field == 0 {
        (fraction, -1074)
    } else {
        (fraction | (1 << 52), field - 1075)
    }
}

/// `math.frexp`: a mantissa in `[0.5, 1)` with the sign, and the exponent.
pub fn frexp(value: f64) -> (f64, i32) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    let (mantissa, exponent) = decompose(value);
    let bits = 64 - mantissa.leading_zeros() as i32;
    let fraction = mantissa as f64 * power_of_two(-bits);
    (
        if value < 0.0 { -fraction } else { fraction },
        exponent + bits,
    )
}

/// `divmod(a, b)` of floats, rounding down; `None` when `b` is 0.
pub fn floor_divmod(a: f64, b: f64) -> Option<(f64, f64)> {
    if b == 0.0 {
        return None;
    }
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder != 0.0 {
        if (b < 0.0) != (remainder < 0.0) {
            remainder += b;
            quotient -= 1.0;
        }
    } else {
        remainder = 0.0f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        }
    } else {
        0.0f64.copysign(a / b)
    };
    Some((floor, remainder))
}

/// `a % b` of floats, with the sign of `b`; `None` when `b` is 0.
pub fn floor_mod(a: f64, b: f64) -> Option<f64> {
    if b == 0.0 {
        return None;
    }
    let remainder = a % b;
    Some(if remainder == 0.0 {
        0.0f64.copysign(b)
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder + b
    } else {
        remainder
    })
}

/// What `a ** b` of floats gives.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Power {
    /// A float.
    Real(f64),
    /// A negative base with a fractional exponent: the caller raises as complex numbers.
    Complex,
    /// ZeroDivisionError "zero to a negative power".
    ZeroToNegative,
    /// OverflowError (34, 'Numerical result out of range').
    Overflow,
}

/// `a ** b` of floats.
pub fn pow(a: f64, b: f64) -> Power {
    let odd = b.abs() % 2.0 == 1.0;
    let real = if b == 0.0 {
        1.0
    } else if a.is_nan() {
        a
    } else if b.is_nan() {
        if a == 1.0 { 1.0 } else { b }
    } else if b.is_infinite() {
        match a.abs() {
            1.0 => 1.0,
            base if (b > 0.0) == (base > 1.0) => f64::INFINITY,
            _ => 0.0,
        }
    } else if a.is_infinite() {
        let size = if b > 0.0 { f64::INFINITY } else { 0.0 };
        if odd { size.copysign(a) } else { size }
    } else if a == 0.0 {
        if b < 0.0 {
            return Power::ZeroToNegative;
        }
        if odd { a } else { 0.0 }
    } else if a < 0.0 && b != b.floor() {
        return Power::Complex;
    } else {
        let size = a.abs().powf(b);
        if size.is_infinite() {
            return Power::Overflow;
        }
        if a < 0.0 && odd { -size } else { size }
    };
    Power::Real(real)
}

/// Python's `hash()` of a float; `None` for NaN, which hashes by identity.
pub fn hash_f64(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { 314_159 } else { -314_159 });
    }
    let (mantissa, exponent) = decompose(value);
    // Multiplying by 2**e modulo 2**61 - 1 rotates 61 bits by e.
    let turn = exponent.rem_euclid(61) as u32;
    let residue = mantissa % HASH_PRIME;
    let turned = ((residue << turn) & HASH_PRIME) | (residue >> (61 - turn));
    let hash = (turned % HASH_PRIME) as i64;
    Some(not_minus_one(if value < 0.0 { -hash } else { hash }))
}

/// Why a float has no integer or ratio.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotFinite {
    /// "cannot convert float infinity to ..." (OverflowError)
    Infinity,
    /// "cannot convert float NaN to ..." (ValueError)
    Nan,
}

/// `int(value)`: towards zero.
pub fn to_int(value: f64) -> Result<Int, NotFinite> {
    if value.abs() < 9.0e18 {
        return Ok(Int::Small(value as i64));
    }
    match BigInt::from_f64(value) {
        Some(big) => Ok(Int::from(big)),
        None if value.is_nan() => Err(NotFinite::Nan),
        None => Err(NotFinite::Infinity),
    }
}

/// `round(value)`: the nearest integer, ties to even.
pub fn round_to_int(value: f64) -> Result<Int, NotFinite> {
    to_int(value.round_ties_even())
}

/// `value.as_integer_ratio()` in lowest terms.
pub fn as_integer_ratio(value: f64) -> Result<(Int, Int), NotFinite> {
    if value.is_nan() {
        return Err(NotFinite::Nan);
    }
    if value.is_infinite() {
        return Err(NotFinite::Infinity);
    }
    if value == 0.0 {
        return Ok((Int::Small(0), Int::Small(1)));
    }
    let (mantissa, exponent) = decompose(value);
    let zeros = mantissa.trailing_zeros();
    let (odd, exponent) = ((mantissa >> zeros) as i64, exponent + zeros as i32);
    let odd = if value < 0.0 { -odd } else { odd };
    let scaled = |number: i64, by: i32| {
        Int::from(BigInt(
            num_bigint::BigInt::from(number) << by.unsigned_abs(),
        ))
    };
    Ok(if exponent >= 0 {
        (scaled(odd, exponent), Int::Small(1))
    } else {
        (Int::Small(odd), scaled(1, exponent))
    })
}

/// `round(value, digits)`: correctly rounded on the exact decimal value, ties to even; `None` when
/// the result is too large ("rounded value too large to represent").
pub fn round_to_digits(value: f64, digits: i64) -> Option<f64> {
    if !value.is_finite() || value == 0.0 || digits > 323 {
        return Some(value);
    }
    if digits < -308 {
        return Some(0.0f64.copysign(value));
    }
    if digits >= 0 {
        let rounded = format!("{:.*}", digits as usize, value)
            .parse::<f64>()
            .ok()?;
        return Some(rounded);
    }
    let unit = BigInt::from_i64(10).pow(digits.unsigned_abs())?;
    let (mantissa, exponent) = decompose(value);
    let whole = BigInt::from_f64(value.abs())?;
    let (mut count, rest) = whole.divmod(&unit)?;
    let fraction = exponent < 0
        && (exponent <= -64 && mantissa != 0
            || mantissa & ((1u64 << (-exponent).min(63)) - 1) != 0);
    let up = match rest.mul_i64(2).cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => fraction || count.is_odd(),
        std::cmp::Ordering::Greater => true,
    };
    if up {
        count = count.add_i64(1);
    }
    Some(count.mul(&unit).to_f64()?.copysign(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ldexp_rounds_once() {
        assert_eq!(ldexp(1.0, -1074), 5e-324);
        assert_eq!(ldexp(1.0, -1075), 0.0);
        assert_eq!(ldexp(1.5, -1075), 5e-324);
        assert_eq!(ldexp(-1.0, -1_000_000), 0.0);
        assert!(ldexp(-1.0, -1_000_000).is_sign_negative());
        assert_eq!(ldexp(5e-324, 2097), 8.98846567431158e307);
        assert_eq!(ldexp(1.0, 1024), f64::INFINITY);
        assert_eq!(ldexp(f64::MAX, -2098), 5e-324);
        assert_eq!(ldexp(f64::MAX, -2099), 0.0);
        assert_eq!(ldexp(f64::MAX, -2097), 1e-323);
        assert_eq!(ldexp(f64::MAX, -1023), 1.9999999999999998);
        assert_eq!(ldexp(3.0, i64::MAX), f64::INFINITY);
        // 2**52 + 1 half-units of the subnormal grid, which must not be rounded twice.
        let odd = f64::from_bits(0x3ff0_0000_0000_0001);
        assert_eq!(ldexp(odd, -1023).to_bits(), 0x0008_0000_0000_0000);
        assert_eq!(frexp(-10.0), (-0.625, 4));
        assert_eq!(frexp(5e-324), (0.5, -1073));
    }

    #[test]
    fn floor_divmod_keeps_signs() {
        assert_eq!(floor_divmod(-7.5, 2.0), Some((-4.0, 0.5)));
        assert_eq!(floor_divmod(7.5, -2.0), Some((-4.0, -0.5)));
        let (quotient, remainder) = floor_divmod(-0.0, 3.0).unwrap();
        assert!(quotient.is_sign_negative() && remainder.is_sign_positive());
        assert_eq!(floor_divmod(1.0, 0.0), None);
        assert_eq!(floor_divmod(1.0, 0.1), Some((9.0, 0.09999999999999995)));
        assert_eq!(floor_mod(-1e-20, 3.0), Some(3.0));
    }

    #[test]
    fn powers() {
        assert_eq!(pow(-8.0, 1.0 / 3.0), Power::Complex);
        assert_eq!(pow(0.0, -1.0), Power::ZeroToNegative);
        assert_eq!(pow(10.0, 400.0), Power::Overflow);
        assert_eq!(pow(-2.0, 3.0), Power::Real(-8.0));
        assert_eq!(pow(-0.5, f64::INFINITY), Power::Real(0.0));
        assert_eq!(pow(f64::NEG_INFINITY, 3.0), Power::Real(f64::NEG_INFINITY));
        assert_eq!(pow(f64::NAN, 0.0), Power::Real(1.0));
        assert_eq!(pow(1.0, f64::NAN), Power::Real(1.0));
    }

    #[test]
    fn hashes() {
        assert_eq!(hash_f64(1.5), Some(1152921504606846977));
        assert_eq!(hash_f64(-1.0), Some(-2));
        assert_eq!(hash_f64(0.1), Some(230584300921369408));
        assert_eq!(hash_f64(1e300), Some(1224995262755759164));
        assert_eq!(hash_f64(5e-324), Some(16777216));
        assert_eq!(hash_f64(-2.5e-10), Some(-699647011998930896));
        assert_eq!(hash_f64(f64::NEG_INFINITY), Some(-314159));
        assert_eq!(hash_f64(f64::NAN), None);
    }

    #[test]
    fn rounding() {
        assert_eq!(round_to_digits(2.675, 2), Some(2.67));
        assert_eq!(round_to_digits(0.125, 2), Some(0.12));
        assert_eq!(round_to_digits(25.0, -1), Some(20.0));
        assert_eq!(round_to_digits(25.000000001, -1), Some(30.0));
        assert_eq!(round_to_digits(-1234.5, -3), Some(-1000.0));
        assert_eq!(round_to_digits(1.7976931348623157e308, -308), None);
        assert_eq!(round_to_digits(4e307, -308), Some(0.0));
        assert_eq!(round_to_int(2.5), Ok(Int::Small(2)));
        assert_eq!(round_to_int(f64::NAN), Err(NotFinite::Nan));
    }

    #[test]
    fn ratios() {
        assert_eq!(as_integer_ratio(-0.75), Ok((Int::Small(-3), Int::Small(4))));
        let (top, bottom) = as_integer_ratio(5e-324).unwrap();
        assert_eq!((top, bottom.into_big().bit_length()), (Int::Small(1), 1075));
        assert_eq!(as_integer_ratio(f64::INFINITY), Err(NotFinite::Infinity));
    }
}
