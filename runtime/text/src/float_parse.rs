//! Reading floats and complex numbers from text, in decimal and in the hexadecimal form of
//! `float.hex`, and writing the latter. The text arrives as ASCII: the caller has turned Unicode
//! digits and spaces into ASCII ones (`unicode::to_ascii_number`).

/// Whether the byte is white space for number parsing.
fn is_space(b: &u8) -> bool {
    matches!(b, b' ' | 0x09..=0x0d)
}

fn trim(mut s: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = s
        && is_space(first)
    {
        s = rest;
    }
    while let [rest @ .., last] = s
        && is_space(last)
    {
        s = rest;
    }
    s
}

/// Removes the underscores of a numeric literal; `None` unless each stands between two digits.
fn without_underscores(s: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(s.len());
    let mut prev = 0u8;
    for &b in s {
        if b == b'_' {
            if !prev.is_ascii_digit() {
                return None;
            }
        } else {
            if prev == b'_' && !b.is_ascii_digit() {
                return None;
            }
            out.push(b);
        }
        prev = b;
    }
    (prev != b'_').then_some(out)
}

/// Parses what `float()` accepts, surrounding ASCII white space included.
pub fn parse_float(text: &[u8]) -> Option<f64> {
    let s = trim(text);
    if s.contains(&b'_') {
        return parse_whole(&without_underscores(s)?);
    }
    parse_whole(s)
}

fn parse_whole(s: &[u8]) -> Option<f64> {
    let (x, used) = float_prefix(s)?;
    (used == s.len()).then_some(x)
}

/// Length of the word at the start of `s`, ignoring case, or 0.
fn word(s: &[u8], w: &[u8]) -> usize {
    if s.get(..w.len()).is_some_and(|p| p.eq_ignore_ascii_case(w)) {
        w.len()
    } else {
        0
    }
}

/// `inf`, `infinity` or `nan` (without sign) at the start of `s`.
fn special(s: &[u8]) -> Option<(f64, usize)> {
    match (word(s, b"infinity"), word(s, b"inf"), word(s, b"nan")) {
        (n @ 1.., _, _) | (_, n @ 1.., _) => Some((f64::INFINITY, n)),
        (_, _, n @ 1..) => Some((f64::NAN, n)),
        _ => None,
    }
}

/// Reads an optional sign: whether it is a minus, and how many bytes it takes.
fn sign(s: &[u8]) -> (bool, usize) {
    match s.first() {
        Some(b'-') => (true, 1),
        Some(b'+') => (false, 1),
        _ => (false, 0),
    }
}

fn digits_at(s: &[u8], at: usize) -> usize {
    s.get(at..)
        .unwrap_or(&[])
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count()
}

/// The longest float at the start of `s` and its length.
pub fn float_prefix(s: &[u8]) -> Option<(f64, usize)> {
    let (negative, start) = sign(s);
    let body = s.get(start..)?;
    if let Some((x, n)) = special(body) {
        return Some((if negative { -x } else { x }, start + n));
    }
    let whole = digits_at(body, 0);
    let mut at = whole;
    if body.get(at) == Some(&b'.') {
        let fraction = digits_at(body, at + 1);
        if whole + fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(body.get(at), Some(b'e' | b'E')) {
        let (_, n) = sign(body.get(at + 1..).unwrap_or(&[]));
        let digits = digits_at(body, at + 1 + n);
        if digits > 0 {
            at += 1 + n + digits;
        }
    }
    let text = std::str::from_utf8(body.get(..at)?).ok()?;
    let x: f64 = text.parse().ok()?;
    Some((if negative { -x } else { x }, start + at))
}

/// Parses what `complex()` accepts in a string.
pub fn parse_complex(text: &[u8]) -> Option<(f64, f64)> {
    let s = trim(text);
    if s.contains(&b'_') {
        return complex_whole(&without_underscores(s)?);
    }
    complex_whole(s)
}

fn complex_whole(s: &[u8]) -> Option<(f64, f64)> {
    let s = match s {
        [b'(', inner @ .., b')'] => trim(inner),
        _ => s,
    };
    let unit = |b: Option<&u8>| matches!(b, Some(b'j' | b'J'));
    // A sign alone stands for one, but only before the imaginary unit.
    let lone = |s: &[u8]| {
        let (negative, n) = sign(s);
        unit(s.get(n)).then_some((if negative { -1.0 } else { 1.0 }, n))
    };
    let Some((first, n)) = float_prefix(s) else {
        let (im, n) = lone(s)?;
        return (n + 1 == s.len()).then_some((0.0, im));
    };
    match s.get(n) {
        None => Some((first, 0.0)),
        Some(b'j' | b'J') => (n + 1 == s.len()).then_some((0.0, first)),
        Some(b'+' | b'-') => {
            let rest = s.get(n..)?;
            let (im, m) = float_prefix(rest).or_else(|| lone(rest))?;
            (unit(rest.get(m)) && m + 1 == rest.len()).then_some((first, im))
        }
        Some(_) => None,
    }
}

/// `float.hex`.
pub fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return crate::float::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (lead, exponent) = match (bits >> 52) & 0x7ff {
        0 => (0, -1022),
        e => (1, e as i64 - 1023),
    };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// Why [`from_hex`] refuses a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexError {
    /// Not a hexadecimal float (a ValueError).
    Invalid,
    /// The text is too long (a ValueError).
    TooLong,
    /// The value is too large (an OverflowError).
    Overflow,
}

impl HexError {
    /// The text of the Python exception.
    pub fn message(self) -> &'static str {
        match self {
            HexError::Invalid => "invalid hexadecimal floating-point string",
            HexError::TooLong => "hexadecimal string too long to convert",
            HexError::Overflow => "hexadecimal value too large to represent as a float",
        }
    }
}

/// `float.fromhex`.
pub fn from_hex(text: &[u8]) -> Result<f64, HexError> {
    let s = trim(text);
    let (negative, start) = sign(s);
    let body = s.get(start..).unwrap_or(&[]);
    let signed = |x: f64| if negative { -x } else { x };
    if let Some((x, n)) = special(body) {
        return if n == body.len() {
            Ok(signed(x))
        } else {
            Err(HexError::Invalid)
        };
    }
    let body = match body {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        _ => body,
    };
    // The top bits of the digits, whether any lower bit is set, and the weight of the last of them.
    let mut mantissa = 0u64;
    let mut sticky = false;
    let mut exponent = 0i64;
    let mut any = false;
    let mut point = false;
    let mut at = 0;
    while let Some(&b) = body.get(at) {
        if b == b'.' && !point {
            point = true;
        } else if let Some(digit) = char::from(b).to_digit(16) {
            any = true;
            if mantissa >> 60 == 0 {
                mantissa = mantissa << 4 | u64::from(digit);
                exponent -= if point { 4 } else { 0 };
            } else {
                sticky |= digit != 0;
                exponent += if point { 0 } else { 4 };
            }
        } else {
            break;
        }
        at += 1;
    }
    if !any {
        return Err(HexError::Invalid);
    }
    if matches!(body.get(at), Some(b'p' | b'P')) {
        let (minus, n) = sign(body.get(at + 1..).unwrap_or(&[]));
        let from = at + 1 + n;
        let count = digits_at(body, from);
        if count == 0 {
            return Err(HexError::Invalid);
        }
        let digits = body.get(from..from + count).unwrap_or(&[]);
        let value = digits.iter().fold(0i64, |a, d| {
            a.saturating_mul(10).saturating_add(i64::from(d - b'0'))
        });
        // Far beyond any double, yet safe to add to.
        let value = value.min(1 << 60);
        exponent = exponent.saturating_add(if minus { -value } else { value });
        at = from + count;
    }
    if at != body.len() {
        return Err(HexError::Invalid);
    }
    scale(mantissa, sticky, exponent)
        .map(signed)
        .ok_or(HexError::Overflow)
}

/// `mantissa * 2**exponent` rounded to nearest even, `sticky` telling of lost bits below; `None`
/// when it overflows.
fn scale(mantissa: u64, sticky: bool, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let bits = 64 - i64::from(mantissa.leading_zeros());
    let top = exponent.saturating_add(bits - 1);
    if top > 1023 {
        return None;
    }
    // The weight of the result's last bit.
    let last = (top - 52).max(-1074);
    let shift = last - exponent;
    let rounded = if shift <= 0 {
        mantissa << shift.unsigned_abs()
    } else if shift > 64 {
        0
    } else {
        let wide = u128::from(mantissa);
        let kept = (wide >> shift) as u64;
        let low = wide & ((1u128 << shift) - 1);
        let half = 1u128 << (shift - 1);
        let up = low > half || (low == half && (sticky || kept & 1 == 1));
        kept + u64::from(up)
    };
    // A carry out of the fraction runs into the exponent field, which is just right.
    let biased = if top < -1022 { 0 } else { (top + 1022) as u64 };
    let x = f64::from_bits((biased << 52) + rounded);
    x.is_finite().then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats() {
        for (s, want) in [
            ("1", 1.0),
            (" \t1.5\n", 1.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("1_000.5_0", 1000.5),
            ("1e1_0", 1e10),
            ("-Infinity", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
            ("1e-400", 0.0),
            ("1e99999999999999999999999", f64::INFINITY),
        ] {
            assert_eq!(parse_float(s.as_bytes()), Some(want), "{s}");
        }
        for s in [
            "", ".", "1__0", "_1", "1_", "1_.5", "1._5", "e5", "1e", "0x1", "infi", "+-1", "1 2",
        ] {
            assert_eq!(parse_float(s.as_bytes()), None, "{s}");
        }
        assert!(parse_float(b"-nan").is_some_and(|x| x.is_nan() && x.is_sign_negative()));
    }

    #[test]
    fn complexes() {
        for (s, want) in [
            ("1", (1.0, 0.0)),
            ("j", (0.0, 1.0)),
            ("-j", (0.0, -1.0)),
            (" ( 1+2j ) ", (1.0, 2.0)),
            ("1-j", (1.0, -1.0)),
            ("1e5J", (0.0, 1e5)),
            ("1_0+2_0j", (10.0, 20.0)),
        ] {
            assert_eq!(parse_complex(s.as_bytes()), Some(want), "{s}");
        }
        for s in [
            "", "1+", "1+2", "1 + 2j", "j1", "(1", "1)", "1+-2j+", "jj", "1+jj", "+",
        ] {
            assert_eq!(parse_complex(s.as_bytes()), None, "{s}");
        }
    }

    #[test]
    fn hexadecimal() {
        for (x, want) in [
            (1.0, "0x1.0000000000000p+0"),
            (-0.1, "-0x1.999999999999ap-4"),
            (5e-324, "0x0.0000000000001p-1022"),
            (0.0, "0x0.0p+0"),
            (f64::MAX, "0x1.fffffffffffffp+1023"),
        ] {
            assert_eq!(to_hex(x), want);
            assert_eq!(from_hex(want.as_bytes()), Ok(x));
        }
        assert_eq!(from_hex(b" 0x.8p1 "), Ok(1.0));
        assert_eq!(from_hex(b"1.p-1"), Ok(0.5));
        assert_eq!(from_hex(b"0x1p-1075"), Ok(0.0));
        assert_eq!(from_hex(b"0x1.00000000000000000000001p-1075"), Ok(5e-324));
        assert_eq!(from_hex(b"0x3p-1076"), Ok(5e-324));
        assert_eq!(
            from_hex(b"0x1.fffffffffffff8p1023"),
            Err(HexError::Overflow)
        );
        assert_eq!(from_hex(b"0x1.fffffffffffff7p1023"), Ok(f64::MAX));
        assert_eq!(from_hex(b"0x0p99999999999999999999"), Ok(0.0));
        for s in ["", "0x", ".", "0x1p", "0xg", "1..", "infx"] {
            assert_eq!(from_hex(s.as_bytes()), Err(HexError::Invalid), "{s}");
        }
    }
}
