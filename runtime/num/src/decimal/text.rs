//! Numbers from text and to text.

use super::{Coef, Dec, Kind, MAX_PREC};

/// Reads a number; `None` if the text is none. The caller has taken spaces and underscores away and made all digits ASCII.
pub fn parse(text: &[u8]) -> Option<Dec> {
    let (neg, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    match rest.first()? {
        b'0'..=b'9' | b'.' => {}
        _ => return special(neg, rest),
    }
    let point = rest
        .iter()
        .position(|c| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (whole, rest) = rest.split_at(point);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => {
            let end = rest
                .iter()
                .position(|c| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest.split_at(end)
        }
        _ => (&[][..], rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let exp = match rest {
        [] => 0,
        [b'e' | b'E', rest @ ..] => exponent(rest)?,
        _ => return None,
    };
    let exp = exp.saturating_sub(fraction.len() as i64);
    let coef = if fraction.is_empty() {
        Coef::of_digits(whole)
    } else {
        Coef::of_digits(&[whole, fraction].concat())
    };
    Some(Dec::finite(neg, coef, exp))
}

fn exponent(text: &[u8]) -> Option<i64> {
    let (neg, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Beyond all limits it does not matter how far.
    let n = digits.iter().fold(0i64, |n, d| {
        n.saturating_mul(10)
            .saturating_add(i64::from(d - b'0'))
            .min(4 * MAX_PREC)
    });
    Some(if neg { -n } else { n })
}

fn special(neg: bool, text: &[u8]) -> Option<Dec> {
    let lower = text.to_ascii_lowercase();
    if lower == b"inf" || lower == b"infinity" {
        return Some(Dec::infinity(neg));
    }
    let (kind, digits) = match &lower[..] {
        [b's', b'n', b'a', b'n', digits @ ..] => (Kind::Signaling, digits),
        [b'n', b'a', b'n', digits @ ..] => (Kind::Quiet, digits),
        _ => return None,
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let coef = Coef::of_digits(digits);
    Some(Dec {
        kind,
        neg,
        exp: 0,
        coef,
    })
}

impl Dec {
    /// Scientific notation, or engineering notation, where the exponent is a multiple of three.
    pub fn to_text(&self, engineering: bool, capitals: bool) -> String {
        let sign = if self.neg { "-" } else { "" };
        let payload = || {
            if self.coef.is_zero() {
                String::new()
            } else {
                self.coef.to_text()
            }
        };
        match self.kind {
            Kind::Infinite => return format!("{sign}Infinity"),
            Kind::Quiet => return format!("{sign}NaN{}", payload()),
            Kind::Signaling => return format!("{sign}sNaN{}", payload()),
            Kind::Finite => {}
        }
        let digits = self.coef.to_text();
        if self.exp == 0 {
            return format!("{sign}{digits}");
        }
        let length = digits.len() as i64;
        let left = self.exp.saturating_add(length);
        // Where the point stands, counted in digits from the left.
        let point = if self.exp <= 0 && left > -6 {
            left
        } else if !engineering {
            1
        } else if self.coef.is_zero() {
            (left + 1).rem_euclid(3) - 1
        } else {
            (left - 1).rem_euclid(3) + 1
        };
        let mut out = String::with_capacity(digits.len() + 12);
        out.push_str(sign);
        if point <= 0 {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
            out.push_str(&digits);
        } else if point >= length {
            out.push_str(&digits);
            out.extend(std::iter::repeat_n('0', (point - length) as usize));
        } else {
            let (whole, fraction) = digits.split_at(point as usize);
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        }
        if left != point {
            let e = if capitals { 'E' } else { 'e' };
            out.push_str(&format!("{e}{:+}", left - point));
        }
        out
    }
}
