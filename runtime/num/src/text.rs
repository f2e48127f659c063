//! Integers from and to text: `int(text, base)` and `str`, `hex`, `oct`, `bin`, with the limit on
//! decimal digits that keeps hostile input from costing quadratic time.

use crate::{BigInt, Int};
use num_bigint::{BigInt as Repr, Sign};

/// Why a text is no integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseIntError {
    /// "invalid literal for int() with base {base}: {text!r}"
    Invalid,
    /// "int() base must be >= 2 and <= 36, or 0"
    BadBase,
    /// More digits than the limit: "Exceeds the limit (4300 digits) for integer string
    /// conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the
    /// limit".
    TooManyDigits {
        /// Digits in the text, underscores not counted.
        digits: usize,
    },
}

/// More decimal digits than the limit: "Exceeds the limit (4300 digits) for integer string
/// conversion; use sys.set_int_max_str_digits() to increase the limit".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooManyDigits;

/// Limits up to this many digits are never checked against shorter texts.
const ALWAYS_ALLOWED_DIGITS: usize = 640;

/// A checked integer text: sign, base and digit values.
struct Digits {
    negative: bool,
    base: u32,
    values: Vec<u8>,
}

/// Splits off sign and base prefix, checks digits and underscores.
fn scan(text: &str, base: u32) -> Result<Digits, ParseIntError> {
    if base == 1 || base > 36 {
        return Err(ParseIntError::BadBase);
    }
    let mut rest = text.as_bytes();
    let negative = rest.first() == Some(&b'-');
    if let Some(b'+' | b'-') = rest.first() {
        rest = &rest[1..];
    }
    let prefix = match rest {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let guess = base == 0;
    let base = match (base, prefix) {
        (0, 0) => 10,
        (0, prefix) => prefix,
        (base, _) => base,
    };
    if prefix == base {
        rest = &rest[2..];
        if rest.first() == Some(&b'_') {
            rest = &rest[1..];
        }
    }
    let mut values = Vec::with_capacity(rest.len());
    let mut digit_before = false;
    for &byte in rest {
        match (byte as char).to_digit(36) {
            Some(value) if value < base => {
                values.push(value as u8);
                digit_before = true;
            }
            None if byte == b'_' && digit_before => digit_before = false,
            _ => return Err(ParseIntError::Invalid),
        }
    }
    // Also refuses an empty text and a trailing underscore.
    if !digit_before {
        return Err(ParseIntError::Invalid);
    }
    // With a guessed base, "010" would be ambiguous with the octal of old.
    let zero = values.iter().all(|value| *value == 0);
    if guess && prefix == 0 && values[0] == 0 && !zero {
        return Err(ParseIntError::Invalid);
    }
    Ok(Digits {
        negative,
        base,
        values,
    })
}

impl BigInt {
    /// Reads an integer as `int(text, base)` does: optional sign, `0x`/`0o`/`0b` prefix when it
    /// agrees with `base`, single underscores between digits; base 0 guesses from the prefix.
    /// White space and non-ASCII digits are the caller's to remove or translate. `max_digits` 0
    /// means no limit; the limit does not concern bases that are a power of two.
    pub fn parse(text: &str, base: u32, max_digits: usize) -> Result<BigInt, ParseIntError> {
        let scanned = scan(text, base)?;
        let digits = scanned.values.len();
        if max_digits != 0
            && digits > max_digits
            && digits > ALWAYS_ALLOWED_DIGITS
            && !scanned.base.is_power_of_two()
        {
            return Err(ParseIntError::TooManyDigits { digits });
        }
        let sign = if scanned.negative {
            Sign::Minus
        } else {
            Sign::Plus
        };
        let value = Repr::from_radix_be(sign, &scanned.values, scanned.base);
        value.map(BigInt).ok_or(ParseIntError::Invalid)
    }

    /// The digits in `radix` (2 to 36, lower case), with `-` below 0, without prefix or limit.
    pub fn to_string_radix(&self, radix: u32) -> String {
        self.0.to_str_radix(radix.clamp(2, 36))
    }

    /// The decimal text, refused past `max_digits` digits (0: no limit).
    pub fn to_decimal(&self, max_digits: usize) -> Result<String, TooManyDigits> {
        if max_digits == 0 {
            return Ok(self.to_string_radix(10));
        }
        let max = max_digits.max(ALWAYS_ALLOWED_DIGITS);
        // A number of b bits has at least (b - 1) * log10(2) digits; refuse before the slow part.
        let at_least = u128::from(self.bit_length().saturating_sub(1)) * 30_102 / 100_000;
        if at_least > max as u128 {
            return Err(TooManyDigits);
        }
        let text = self.to_string_radix(10);
        let digits = text.len() - usize::from(self.is_negative());
        if digits > max {
            Err(TooManyDigits)
        } else {
            Ok(text)
        }
    }
}

/// [`BigInt::parse`] with a small result when it fits, and no big integer on the way for the
/// short decimal texts that nearly all are.
pub(crate) fn parse_int(text: &str, base: u32, max_digits: usize) -> Result<Int, ParseIntError> {
    let bytes = text.as_bytes();
    if base == 10 && (1..=18).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit) {
        let value = bytes
            .iter()
            .fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
        return Ok(Int::Small(value));
    }
    BigInt::parse(text, base, max_digits).map(Int::from)
}

impl Int {
    /// Reads an integer as [`BigInt::parse`] does.
    pub fn parse(text: &str, base: u32, max_digits: usize) -> Result<Int, ParseIntError> {
        parse_int(text, base, max_digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(text: &str, base: u32) -> Result<i64, ParseIntError> {
        BigInt::parse(text, base, 4300).map(|value| value.to_i64().unwrap())
    }

    #[test]
    fn prefixes_signs_and_underscores() {
        let invalid = Err(ParseIntError::Invalid);
        assert_eq!(small("-0x_1f", 0), Ok(-31));
        assert_eq!(small("+0b101", 2), Ok(5));
        assert_eq!(small("0x1f", 16), Ok(31));
        assert_eq!(small("0b1", 16), Ok(0xb1));
        assert_eq!(small("zZ", 36), Ok(35 * 37));
        assert_eq!(small("1_000", 10), Ok(1000));
        assert_eq!(small("00", 0), Ok(0));
        assert_eq!(small("0_0", 0), Ok(0));
        assert_eq!(small("010", 10), Ok(10));
        for text in [
            "010", "1__0", "_1", "1_", "", "-", "0x", "- 1", "+-1", "0_", "0x__1", "0b2",
        ] {
            assert_eq!(small(text, 0), invalid, "{text}");
        }
        assert_eq!(small("0x1f", 10), invalid);
        assert_eq!(small("1", 37), Err(ParseIntError::BadBase));
        assert_eq!(small("1", 1), Err(ParseIntError::BadBase));
    }

    #[test]
    fn digit_limit() {
        let long = "1".repeat(4301);
        assert_eq!(
            BigInt::parse(&long, 10, 4300),
            Err(ParseIntError::TooManyDigits { digits: 4301 })
        );
        let value = BigInt::parse(&long, 10, 0).unwrap();
        assert_eq!(value.to_decimal(4300), Err(TooManyDigits));
        assert_eq!(value.to_decimal(0), Ok(long.clone()));
        assert_eq!(value.to_decimal(4301), Ok(long.clone()));
        assert!(BigInt::parse(&long, 16, 4300).is_ok());
        assert!(BigInt::parse(&long[1..], 10, 4300).is_ok());
    }

    #[test]
    fn radix_text() {
        assert_eq!(BigInt::from_i64(-255).to_string_radix(16), "-ff");
        assert_eq!(BigInt::zero().to_string_radix(2), "0");
    }
}
