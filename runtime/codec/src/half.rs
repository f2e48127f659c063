//! The 16-bit IEEE float: format `e` of `struct`, `memoryview` and `array`.

/// The value of 16 bits.
pub fn to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let exponent = i32::from((bits >> 10) & 0x1f);
    let fraction = f64::from(bits & 0x3ff);
    match exponent {
        0 => sign * fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => sign * f64::INFINITY,
        31 => {
            // The payload keeps its place at the top of the wider fraction.
            let payload = u64::from(bits & 0x3ff) << 42;
            f64::from_bits((u64::from(bits & 0x8000) << 48) | (0x7ff << 52) | payload)
        }
        _ => sign * (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}

/// The nearest 16-bit float, ties to even; `None` when a finite value is too large.
pub fn from_f64(value: f64) -> Option<u16> {
    let sign = ((value.to_bits() >> 48) & 0x8000) as u16;
    let size = value.abs();
    if value.is_nan() {
        let payload = ((value.to_bits() >> 42) & 0x3ff) as u16;
        // A payload that is lost by narrowing must not turn NaN into infinity.
        return Some(sign | 0x7c00 | if payload == 0 { 0x200 } else { payload });
    }
    if size.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // 65520 lies half-way between the largest half and the next step.
    if size >= 65520.0 {
        return None;
    }
    if size < 2f64.powi(-14) {
        // Subnormal: units of 2**-24; rounding up to 1024 units is the smallest normal.
        return Some(sign | (size * 2f64.powi(24)).round_ties_even() as u16);
    }
    let exponent = ((size.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    // 1024 to 2048 units; a carry to 2048 moves into the exponent by the addition.
    let units = (size * 2f64.powi(10 - exponent)).round_ties_even() as u16;
    Some(sign | ((((exponent + 14) as u16) << 10) + units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives() {
        for bits in 0..=u16::MAX {
            assert_eq!(from_f64(to_f64(bits)), Some(bits));
        }
    }

    #[test]
    fn rounding_is_half_to_even() {
        assert_eq!(from_f64(1.0 + 2f64.powi(-11)), Some(0x3c00));
        assert_eq!(from_f64(1.0 + 3.0 * 2f64.powi(-11)), Some(0x3c02));
        assert_eq!(from_f64(65519.0), Some(0x7bff));
        assert_eq!(from_f64(65520.0), None);
        assert_eq!(from_f64(2f64.powi(-25)), Some(0));
        assert_eq!(from_f64(3.0 * 2f64.powi(-25)), Some(2));
        assert_eq!(from_f64(6.103_515_624_999_999e-5), Some(0x0400));
        assert_eq!(from_f64(-0.0), Some(0x8000));
    }
}
