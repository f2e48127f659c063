//! Floats as decimal text: the shortest representation and the exact `e`, `f`, `g`, `r` and `%`
//! conversions, laid out the way Python does, and rounding to decimal places. The float and complex
//! objects and both formatting languages call it.

/// Switches of [`format_float`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatFlags {
    /// Write a `+` before what is not negative.
    pub plus: bool,
    /// Keep the point and, for `g`, the trailing zeros (the `#` flag).
    pub alt: bool,
    /// Make results that would look like integers end in `.0`.
    pub dot_zero: bool,
    /// Drop the sign of results that round to zero (the `z` flag).
    pub no_neg_zero: bool,
}

/// More digits than any finite double has; asking the exact conversion for more is wasted work.
const DIGITS_MAX: usize = 1100;

/// Significant decimal digits without trailing zeros, and where the point stands: the value is
/// `0.DIGITS * 10**point`. Zero has the digit `0` and point 1.
struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// Reads back what a formatter wrote: digits with an optional point and exponent, no sign.
    fn read(text: &str) -> Decimal {
        let mut digits = Vec::with_capacity(text.len());
        let mut point = None;
        let mut exponent = 0;
        for (i, b) in text.bytes().enumerate() {
            match b {
                b'0'..=b'9' => digits.push(b),
                b'.' => point = Some(digits.len()),
                b'e' | b'E' => {
                    exponent = text
                        .get(i + 1..)
                        .and_then(|e| e.parse::<i64>().ok())
                        .unwrap_or(0);
                    break;
                }
                _ => {}
            }
        }
        let mut point = point.unwrap_or(digits.len()) as i64 + exponent;
        let lead = digits
            .iter()
            .position(|d| *d != b'0')
            .unwrap_or(digits.len());
        digits.drain(..lead);
        point -= lead as i64;
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        Decimal { digits, point }
    }

    fn shortest(x: f64) -> Decimal {
        if x == 0.0 {
            return Decimal::zero();
        }
        Decimal::read(zmij::Buffer::new().format_finite(x))
    }

    /// Correctly rounded to `n` significant digits.
    fn significant(x: f64, n: usize) -> Decimal {
        if x == 0.0 {
            return Decimal::zero();
        }
        let n = n.clamp(1, DIGITS_MAX);
        Decimal::read(&format!("{:.*e}", n - 1, x))
    }

    /// Correctly rounded to `n` places after the point.
    fn fixed(x: f64, n: usize) -> Decimal {
        if x == 0.0 {
            return Decimal::zero();
        }
        let mut d = Decimal::read(&format!("{:.*}", n.min(DIGITS_MAX), x));
        if d.digits.is_empty() {
            d.point = -(n.min(DIGITS_MAX) as i64);
        }
        d
    }

    fn zero() -> Decimal {
        Decimal {
            digits: vec![b'0'],
            point: 1,
        }
    }

    fn is_zero(&self) -> bool {
        matches!(self.digits.as_slice(), [] | [b'0'])
    }
}

/// `repr` of a float.
pub fn repr(x: f64) -> String {
    // In this range the shortest digits come laid out as Python wants them.
    if (1e-4..1e16).contains(&x.abs()) {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(x);
        if text.contains('.') && !text.contains('e') {
            return text.to_owned();
        }
    }
    format_float(
        x,
        b'r',
        0,
        FloatFlags {
            dot_zero: true,
            ..FloatFlags::default()
        },
    )
}

/// Formats by one of the codes `e f g r %` (upper case for upper-case output; `r` is the shortest
/// digits that read back, `%` is `f` of a hundred times the value and a percent sign).
pub fn format_float(x: f64, code: u8, precision: usize, flags: FloatFlags) -> String {
    let upper = code.is_ascii_uppercase();
    let code = code.to_ascii_lowercase();
    if code == b'%' {
        let mut s = format_float(x * 100.0, b'f', precision, flags);
        s.push('%');
        return s;
    }
    let mut out = String::with_capacity(24);
    if !x.is_finite() {
        if x < 0.0 {
            out.push('-');
        } else if flags.plus {
            out.push('+');
        }
        out.push_str(match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        });
        return out;
    }
    let magnitude = x.abs();
    let precision = if code == b'g' {
        precision.max(1)
    } else {
        precision
    };
    if code == b'f' && !flags.alt && !flags.dot_zero && precision <= DIGITS_MAX {
        // The standard library writes these the same way.
        use std::fmt::Write;
        let start = out.len();
        let _ = write!(out, "{}{magnitude:.precision$}", sign(x, flags));
        let zero = out.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'));
        if flags.no_neg_zero && zero && x.is_sign_negative() {
            out.replace_range(start..=start, if flags.plus { "+" } else { "" });
        }
        return out;
    }
    let d = match code {
        b'e' => Decimal::significant(magnitude, precision.saturating_add(1)),
        b'f' => Decimal::fixed(magnitude, precision),
        b'g' => Decimal::significant(magnitude, precision),
        _ => Decimal::shortest(magnitude),
    };
    let negative = x.is_sign_negative() && !(flags.no_neg_zero && d.is_zero());
    if negative {
        out.push('-');
    } else if flags.plus {
        out.push('+');
    }
    lay_out(&mut out, &d, code, precision as i64, upper, flags);
    out
}

fn sign(x: f64, flags: FloatFlags) -> &'static str {
    match (x.is_sign_negative(), flags.plus) {
        (true, _) => "-",
        (false, true) => "+",
        _ => "",
    }
}

/// Writes the digits with the point, padding zeros and exponent that the conversion asks for.
fn lay_out(
    out: &mut String,
    d: &Decimal,
    code: u8,
    precision: i64,
    upper: bool,
    flags: FloatFlags,
) {
    let mut point = d.point;
    let have = d.digits.len() as i64;
    // How many digit positions, counted from the first digit, the output has to reach.
    let mut end = have;
    let scientific = match code {
        b'e' => {
            end = precision.saturating_add(1);
            true
        }
        b'f' => {
            end = point.saturating_add(precision);
            false
        }
        b'g' => {
            if flags.alt {
                end = precision;
            }
            point <= -4 || point > precision - i64::from(flags.dot_zero)
        }
        _ => point <= -4 || point > 16,
    };
    let exponent = point - 1;
    if scientific {
        point = 1;
    }
    end = end.max(if !scientific && flags.dot_zero {
        point + 1
    } else {
        point
    });
    let digit_range = |out: &mut String, from: i64, to: i64| {
        for i in from..to.min(have) {
            let d = usize::try_from(i)
                .ok()
                .and_then(|i| d.digits.get(i))
                .copied()
                .unwrap_or(b'0');
            out.push(char::from(d));
        }
        let zeros = to - from.max(have);
        out.extend(std::iter::repeat_n(
            '0',
            usize::try_from(zeros).unwrap_or(0),
        ));
    };
    if point <= 0 {
        out.push('0');
    } else {
        digit_range(out, 0, point);
    }
    let start = point.min(0);
    if end > point || flags.alt {
        out.push('.');
        digit_range(out, point.max(start), end);
    }
    if scientific {
        out.push(if upper { 'E' } else { 'e' });
        out.push(if exponent < 0 { '-' } else { '+' });
        let e = exponent.abs();
        if e < 10 {
            out.push('0');
        }
        out.push_str(&e.to_string());
    }
}

/// `repr` of a complex number.
pub fn complex_repr(re: f64, im: f64) -> String {
    let part = |x, plus| {
        format_float(
            x,
            b'r',
            0,
            FloatFlags {
                plus,
                ..FloatFlags::default()
            },
        )
    };
    if re == 0.0 && re.is_sign_positive() {
        format!("{}j", part(im, false))
    } else {
        format!("({}{}j)", part(re, false), part(im, true))
    }
}

/// `round(x, n)`: correctly rounded to `n` decimal places, ties to even. The result is infinite
/// when it is too large, which the caller reports (a non-finite `x` comes back as it is).
pub fn round_digits(x: f64, n: i64) -> f64 {
    if !x.is_finite() || x == 0.0 || n > 323 {
        return x;
    }
    if n < -308 {
        return 0.0_f64.copysign(x);
    }
    let magnitude = x.abs();
    let text = if n >= 0 {
        format!("{:.*}", n.unsigned_abs() as usize, magnitude)
    } else {
        let drop = n.unsigned_abs() as usize;
        let whole = magnitude.trunc();
        format!(
            "{}e{drop}",
            drop_digits(&format!("{whole:.0}"), drop, whole != magnitude)
        )
    };
    text.parse::<f64>().unwrap_or(magnitude).copysign(x)
}

/// The digits of an integer without its last `n` ones, rounded half to even; `more` says that the
/// true value is a little above.
fn drop_digits(digits: &str, n: usize, more: bool) -> String {
    let digits = digits.as_bytes();
    let Some(keep) = digits.len().checked_sub(n) else {
        return "0".to_owned();
    };
    let (head, tail) = digits.split_at(keep);
    let mut head = head.to_vec();
    let first = tail.first().copied().unwrap_or(b'0');
    let rest = more || tail.iter().skip(1).any(|d| *d != b'0');
    let odd = head.last().is_some_and(|d| d % 2 == 1);
    if first > b'5' || (first == b'5' && (rest || odd)) {
        let mut at = head.len();
        loop {
            if at == 0 {
                head.insert(0, b'1');
                break;
            }
            at -= 1;
            let Some(d) = head.get_mut(at) else { break };
            if *d < b'9' {
                *d += 1;
                break;
            }
            *d = b'0';
        }
    }
    if head.is_empty() {
        "0".to_owned()
    } else {
        head.into_iter().map(char::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest() {
        for (x, want) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (9999999999999998.0, "9999999999999998.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (1e22, "1e+22"),
            (1.5e-7, "1.5e-07"),
            (f64::INFINITY, "inf"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), want);
        }
    }

    #[test]
    fn conversions() {
        let none = FloatFlags::default();
        let alt = FloatFlags { alt: true, ..none };
        assert_eq!(format_float(3.14259, b'f', 2, none), "3.14");
        assert_eq!(format_float(2.5, b'f', 0, none), "2");
        assert_eq!(format_float(0.5, b'f', 0, none), "0");
        assert_eq!(format_float(2.5, b'f', 0, alt), "2.");
        assert_eq!(format_float(0.001, b'f', 2, none), "0.00");
        assert_eq!(format_float(1234.5, b'e', 3, none), "1.234e+03");
        assert_eq!(format_float(0.0, b'e', 3, none), "0.000e+00");
        assert_eq!(format_float(1e-5, b'G', 6, none), "1E-05");
        assert_eq!(format_float(100000.0, b'g', 6, none), "100000");
        assert_eq!(format_float(1000000.0, b'g', 6, none), "1e+06");
        assert_eq!(format_float(1.0, b'g', 6, alt), "1.00000");
        assert_eq!(format_float(0.256, b'%', 1, none), "25.6%");
        assert_eq!(format_float(1e300, b'f', 2, none).len(), 304);
        assert_eq!(
            format_float(
                -0.001,
                b'f',
                1,
                FloatFlags {
                    no_neg_zero: true,
                    ..none
                }
            ),
            "0.0"
        );
        assert_eq!(
            format_float(0.1, b'f', 55, none),
            "0.1000000000000000055511151231257827021181583404541015625"
        );
    }

    #[test]
    fn complexes() {
        assert_eq!(complex_repr(0.0, 1.0), "1j");
        assert_eq!(complex_repr(-0.0, 1.0), "(-0+1j)");
        assert_eq!(complex_repr(1.5, -2.0), "(1.5-2j)");
        assert_eq!(complex_repr(f64::NAN, f64::INFINITY), "(nan+infj)");
    }

    #[test]
    fn rounding() {
        assert_eq!(round_digits(2.675, 2), 2.67);
        assert_eq!(round_digits(25.0, -1), 20.0);
        assert_eq!(round_digits(35.0, -1), 40.0);
        assert_eq!(round_digits(25.000001, -1), 30.0);
        assert_eq!(round_digits(5.0, -1), 0.0);
        assert_eq!(round_digits(6.0, -1), 10.0);
        assert_eq!(round_digits(995.0, -1), 1000.0);
        assert_eq!(round_digits(3.0, -2), 0.0);
        assert_eq!(round_digits(1.7e308, -308), f64::INFINITY);
        assert_eq!(round_digits(1e-320, 400), 1e-320);
    }
}
