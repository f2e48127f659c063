//! The format mini-language: reading a specification and applying it to integers, floats, complex
//! numbers and text. `format()`, f-strings and `str.format` come here from the `__format__` methods
//! of the built-in types.

use std::borrow::Cow;

use crate::float::{self, FloatFlags};
use crate::repr::{Builder, Text, TextBuf};
use crate::unicode;

/// Why formatting failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// A ValueError with this text.
    Value(String),
    /// The result would not fit in memory (a MemoryError).
    Memory,
}

impl FormatError {
    pub(crate) fn value<T>(message: impl Into<String>) -> Result<T, FormatError> {
        Err(FormatError::Value(message.into()))
    }
}

/// Results longer than this are refused instead of attempted.
const LENGTH_MAX: usize = 1 << 33;

/// The kinds of value a specification is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `str`: aligned to the left.
    Str,
    /// Numbers: aligned to the right.
    Number,
}

/// A format specification, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The padding character.
    pub fill: u32,
    /// One of `<`, `>`, `=`, `^`.
    pub align: u8,
    /// `+`, `-`, space, or 0 when not given.
    pub sign: u8,
    /// The `z` flag.
    pub no_neg_zero: bool,
    /// The `#` flag.
    pub alt: bool,
    /// The least width.
    pub width: Option<usize>,
    /// `,` or `_` in the whole part.
    pub grouping: Option<u8>,
    /// Digits after the point, or the greatest length of a text.
    pub precision: Option<usize>,
    /// `,` or `_` in the fraction.
    pub frac_grouping: Option<u8>,
    /// The type character, 0 when not given.
    pub ty: u32,
}

/// Reads decimal digits (of any script) at `at`: the number, if there is any, and where it ends.
pub(crate) fn read_integer(
    text: Text<'_>,
    mut at: usize,
) -> Result<(Option<usize>, usize), FormatError> {
    let mut value: Option<usize> = None;
    while let Some(d) = text.get(at).and_then(unicode::decimal) {
        let next = value
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|v| v.checked_add(usize::from(d)));
        match next.filter(|v| isize::try_from(*v).is_ok()) {
            Some(v) => value = Some(v),
            None => return FormatError::value("Too many decimal digits in format string"),
        }
        at += 1;
    }
    Ok((value, at))
}

/// A character as the error messages show it.
fn shown(code: u32) -> String {
    match char::from_u32(code) {
        Some(c) if code > 0x20 && code < 0x80 => c.to_string(),
        _ => format!("\\x{code:x}"),
    }
}

fn align_at(text: Text<'_>, at: usize) -> Option<u8> {
    let c = u8::try_from(text.get(at)?).ok()?;
    matches!(c, b'<' | b'>' | b'=' | b'^').then_some(c)
}

impl Spec {
    /// Reads a specification for a value of the type called `type_name`.
    pub fn parse(text: Text<'_>, kind: Kind, type_name: &str) -> Result<Spec, FormatError> {
        let mut spec = Spec {
            fill: u32::from(b' '),
            align: if kind == Kind::Str { b'<' } else { b'>' },
            sign: 0,
            no_neg_zero: false,
            alt: false,
            width: None,
            grouping: None,
            precision: None,
            frac_grouping: None,
            ty: 0,
        };
        let is = |at: usize, c: u8| text.get(at) == Some(u32::from(c));
        let mut at = 0;
        let mut filled = false;
        let mut aligned = true;
        if let (Some(fill), Some(align)) = (text.get(0), align_at(text, 1)) {
            (spec.fill, spec.align, filled, at) = (fill, align, true, 2);
        } else if let Some(align) = align_at(text, 0) {
            (spec.align, at) = (align, 1);
        } else {
            aligned = false;
        }
        for c in [b' ', b'+', b'-'] {
            if is(at, c) {
                spec.sign = c;
                at += 1;
                break;
            }
        }
        if is(at, b'z') {
            spec.no_neg_zero = true;
            at += 1;
        }
        if is(at, b'#') {
            spec.alt = true;
            at += 1;
        }
        if !filled && is(at, b'0') {
            spec.fill = u32::from(b'0');
            if !aligned && kind == Kind::Number {
                spec.align = b'=';
            }
            at += 1;
        }
        (spec.width, at) = read_integer(text, at)?;
        (spec.grouping, at) = read_grouping(text, at)?;
        if is(at, b'.') {
            at += 1;
            let start = at;
            (spec.precision, at) = read_integer(text, at)?;
            (spec.frac_grouping, at) = read_grouping(text, at)?;
            if at == start {
                return FormatError::value("Format specifier missing precision");
            }
        }
        match text.len() - at.min(text.len()) {
            0 => {}
            1 => spec.ty = text.get(at).unwrap_or(0),
            _ => {
                let all = text.to_utf8_lossy();
                return FormatError::value(format!(
                    "Invalid format specifier '{all}' for object of type '{type_name}'"
                ));
            }
        }
        spec.check_grouping()?;
        Ok(spec)
    }

    fn check_grouping(&self) -> Result<(), FormatError> {
        let ty = u8::try_from(self.ty).unwrap_or(0xff);
        let refused = match self.grouping {
            Some(c)
                if !(matches!(
                    ty,
                    b'd' | b'e' | b'f' | b'g' | b'E' | b'F' | b'G' | b'%' | 0
                ) || c == b'_' && matches!(ty, b'b' | b'o' | b'x' | b'X')) =>
            {
                Some(c)
            }
            _ => self.frac_grouping.filter(|_| ty == b'n'),
        };
        match refused {
            Some(c) => FormatError::value(format!(
                "Cannot specify '{}' with '{}'.",
                char::from(c),
                shown(self.ty)
            )),
            None => Ok(()),
        }
    }

    /// The type character, or 0xff when it is not ASCII.
    pub fn type_byte(&self) -> u8 {
        u8::try_from(self.ty)
            .ok()
            .filter(u8::is_ascii)
            .unwrap_or(0xff)
    }

    /// The error for a type character that the type called `type_name` does not have.
    pub fn unknown_type(&self, type_name: &str) -> FormatError {
        FormatError::Value(format!(
            "Unknown format code '{}' for object of type '{type_name}'",
            shown(self.ty)
        ))
    }

    /// What an integer has to be turned into for this specification.
    pub fn int_form(&self, type_name: &str) -> Result<IntForm, FormatError> {
        let form = match self.type_byte() {
            0 | b'd' | b'n' => IntForm::Digits(10),
            b'b' => IntForm::Digits(2),
            b'o' => IntForm::Digits(8),
            b'x' | b'X' => IntForm::Digits(16),
            b'c' => IntForm::Char,
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => return Ok(IntForm::Float),
            _ => return Err(self.unknown_type(type_name)),
        };
        if self.precision.is_some() {
            return FormatError::value("Precision not allowed in integer format specifier");
        }
        if self.no_neg_zero {
            return FormatError::value(
                "Negative zero coercion (z) not allowed in integer format specifier",
            );
        }
        if form == IntForm::Char {
            if self.sign != 0 {
                return FormatError::value("Sign not allowed with integer format specifier 'c'");
            }
            if self.alt {
                return FormatError::value(
                    "Alternate form (#) not allowed with integer format specifier 'c'",
                );
            }
        }
        Ok(form)
    }

    /// Pads `body` to the width; `=` counts as `>`.
    fn padded(&self, body: Text<'_>) -> Result<TextBuf, FormatError> {
        let (left, right) = self.padding(body.len())?;
        let mut out = Builder::with_capacity(body.len() + left + right);
        out.push_n(self.fill, left);
        out.push_text(body);
        out.push_n(self.fill, right);
        Ok(out.finish())
    }

    fn padding(&self, len: usize) -> Result<(usize, usize), FormatError> {
        let width = self.width.unwrap_or(0);
        if width > LENGTH_MAX {
            return Err(FormatError::Memory);
        }
        let pad = width.saturating_sub(len);
        Ok(match self.align {
            b'<' => (0, pad),
            b'^' => (pad / 2, pad - pad / 2),
            _ => (pad, 0),
        })
    }
}

fn read_grouping(text: Text<'_>, mut at: usize) -> Result<(Option<u8>, usize), FormatError> {
    let is = |at: usize, c: u8| text.get(at) == Some(u32::from(c));
    let both = || FormatError::value("Cannot specify both ',' and '_'.");
    let mut found = None;
    if is(at, b',') {
        found = Some(b',');
        at += 1;
    }
    if is(at, b'_') {
        if found.is_some() {
            return both();
        }
        found = Some(b'_');
        at += 1;
    }
    if is(at, b',') && found == Some(b'_') {
        return both();
    }
    Ok((found, at))
}

/// What an integer is formatted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntForm {
    /// Digits in this base, lower case, for [`format_int`].
    Digits(u32),
    /// The character with this code, for [`format_char`]. The caller reports values out of range
    /// (`%c arg not in range(0x110000)`, an OverflowError).
    Char,
    /// Converted to float, for [`format_float`].
    Float,
}

/// Formats a text (`str.__format__`).
pub fn format_str(spec: &Spec, type_name: &str, text: Text<'_>) -> Result<TextBuf, FormatError> {
    if !matches!(spec.type_byte(), 0 | b's') {
        return Err(spec.unknown_type(type_name));
    }
    if let Some(c) = spec.grouping {
        return FormatError::value(format!("Cannot specify '{}' with 's'.", char::from(c)));
    }
    match spec.sign {
        0 => {}
        b' ' => return FormatError::value("Space not allowed in string format specifier"),
        _ => return FormatError::value("Sign not allowed in string format specifier"),
    }
    if spec.no_neg_zero {
        return FormatError::value(
            "Negative zero coercion (z) not allowed in string format specifier",
        );
    }
    if spec.alt {
        return FormatError::value("Alternate form (#) not allowed in string format specifier");
    }
    if spec.align == b'=' {
        return FormatError::value("'=' alignment not allowed in string format specifier");
    }
    spec.padded(spec.precision.map_or(text, |n| text.slice(0, n)))
}

/// Formats an integer given as its digits in the base that [`Spec::int_form`] asked for.
pub fn format_int(spec: &Spec, negative: bool, digits: &str) -> Result<TextBuf, FormatError> {
    let ty = spec.type_byte();
    let prefix = match ty {
        b'b' if spec.alt => "0b",
        b'o' if spec.alt => "0o",
        b'x' if spec.alt => "0x",
        b'X' if spec.alt => "0X",
        _ => "",
    };
    let upper = if ty == b'X' {
        digits.to_ascii_uppercase()
    } else {
        String::new()
    };
    let whole = if ty == b'X' { &upper } else { digits };
    let size = if matches!(ty, b'b' | b'o' | b'x' | b'X') {
        4
    } else {
        3
    };
    lay_out(
        spec,
        size,
        &Parts {
            negative,
            prefix,
            whole,
            ..Parts::default()
        },
    )
}

/// Formats an integer as the character it is the code of.
pub fn format_char(spec: &Spec, code: u32) -> Result<TextBuf, FormatError> {
    spec.padded(Text::Ucs4(&[code]))
}

/// Formats a float (`float.__format__`, and integers with a float type).
pub fn format_float(spec: &Spec, type_name: &str, x: f64) -> Result<TextBuf, FormatError> {
    let ty = spec.type_byte();
    let (code, default) = match ty {
        0 => (b'r', 0),
        b'n' => (b'g', 6),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => (ty, 6),
        _ => return Err(spec.unknown_type(type_name)),
    };
    let flags = FloatFlags {
        dot_zero: ty == 0,
        alt: spec.alt,
        no_neg_zero: spec.no_neg_zero,
        plus: false,
    };
    let text = float_text(spec, x, code, default, flags)?;
    lay_out(spec, 3, &Parts::of_float(&text))
}

fn float_text(
    spec: &Spec,
    x: f64,
    code: u8,
    default: usize,
    flags: FloatFlags,
) -> Result<String, FormatError> {
    let precision = match spec.precision {
        Some(n) if i32::try_from(n).is_err() => return FormatError::value("precision too big"),
        Some(n) => n,
        None => default,
    };
    let code = if code == b'r' && spec.precision.is_some() {
        b'g'
    } else {
        code
    };
    Ok(float::format_float(x, code, precision, flags))
}

/// Formats a complex number (`complex.__format__`).
pub fn format_complex(
    spec: &Spec,
    type_name: &str,
    re: f64,
    im: f64,
) -> Result<TextBuf, FormatError> {
    let ty = spec.type_byte();
    let (code, default) = match ty {
        0 => (b'r', 0),
        b'n' => (b'g', 6),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => (ty, 6),
        _ => return Err(spec.unknown_type(type_name)),
    };
    if i32::try_from(spec.precision.unwrap_or(0)).is_err() {
        return FormatError::value("precision too big");
    }
    if spec.fill == u32::from(b'0') {
        return FormatError::value("Zero padding is not allowed in complex format specifier");
    }
    if spec.align == b'=' {
        return FormatError::value("'=' alignment flag is not allowed in complex format specifier");
    }
    let flags = FloatFlags {
        alt: spec.alt,
        no_neg_zero: spec.no_neg_zero,
        ..FloatFlags::default()
    };
    let only_imaginary = ty == 0 && re == 0.0 && re.is_sign_positive();
    let mut part_spec = Spec {
        width: None,
        align: b'<',
        ..spec.clone()
    };
    let mut body = Builder::new();
    if !only_imaginary {
        if ty == 0 {
            body.push_str("(");
        }
        let text = float_text(spec, re, code, default, flags)?;
        body.push_text(lay_out(&part_spec, 3, &Parts::of_float(&text))?.as_text());
        part_spec.sign = b'+';
    }
    let text = float_text(spec, im, code, default, flags)?;
    body.push_text(lay_out(&part_spec, 3, &Parts::of_float(&text))?.as_text());
    body.push_str(if ty == 0 && !only_imaginary {
        "j)"
    } else {
        "j"
    });
    spec.padded(body.as_text())
}

/// A number in the pieces that padding and grouping work on.
#[derive(Default)]
struct Parts<'a> {
    negative: bool,
    prefix: &'a str,
    whole: &'a str,
    point: bool,
    fraction: &'a str,
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn of_float(text: &'a str) -> Parts<'a> {
        let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |t| (true, t));
        let (whole, text) = text.split_at(digits(text));
        let (point, text) = text.strip_prefix('.').map_or((false, text), |t| (true, t));
        let (fraction, rest) = text.split_at(if point { digits(text) } else { 0 });
        Parts {
            negative,
            prefix: "",
            whole,
            point,
            fraction,
            rest,
        }
    }
}

/// Puts a number together: sign, prefix, grouped digits, padding.
fn lay_out(spec: &Spec, group: usize, parts: &Parts<'_>) -> Result<TextBuf, FormatError> {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, b'+') => "+",
        (false, b' ') => " ",
        _ => "",
    };
    let fraction = match spec.frac_grouping {
        Some(sep) => Cow::Owned(group_forward(parts.fraction, sep)),
        None => Cow::Borrowed(parts.fraction),
    };
    let fixed = sign.len()
        + parts.prefix.len()
        + usize::from(parts.point)
        + fraction.len()
        + parts.rest.len();
    let width = spec.width.unwrap_or(0);
    if width > LENGTH_MAX {
        return Err(FormatError::Memory);
    }
    let zero_fill = spec.fill == u32::from(b'0') && spec.align == b'=';
    let least = if zero_fill {
        width.saturating_sub(fixed)
    } else {
        0
    };
    let whole = match spec.grouping {
        Some(sep) if !parts.whole.is_empty() => {
            Cow::Owned(group_backward(parts.whole, sep, group, least))
        }
        _ => Cow::Borrowed(parts.whole),
    };
    // Ungrouped digits, unlike none at all, are filled up with zeros.
    let zeros = if parts.whole.is_empty() {
        0
    } else {
        least.saturating_sub(whole.len())
    };
    let len = fixed + zeros + whole.len();
    let (left, right) = spec.padding(len)?;
    let (before, inside) = if spec.align == b'=' {
        (0, left)
    } else {
        (left, 0)
    };
    let mut out = Builder::with_capacity(len + left + right);
    out.push_n(spec.fill, before);
    out.push_str(sign);
    out.push_str(parts.prefix);
    out.push_n(spec.fill, inside);
    out.push_n(u32::from(b'0'), zeros);
    out.push_str(&whole);
    if parts.point {
        out.push_str(".");
    }
    out.push_str(&fraction);
    out.push_str(parts.rest);
    out.push_n(spec.fill, right);
    Ok(out.finish())
}

/// Separates the digits from the right, adding zeros on the left up to the width `least`. A
/// separator never comes first, so the result may be one longer.
fn group_backward(digits: &str, sep: u8, size: usize, least: usize) -> String {
    let mut out = Vec::with_capacity(digits.len() + digits.len() / size + 1);
    let mut rest = digits.bytes().rev();
    let mut in_group = 0;
    loop {
        let digit = match rest.next() {
            Some(d) => d,
            None if out.len() < least => b'0',
            None => break,
        };
        if in_group == size {
            out.push(sep);
            in_group = 0;
        }
        out.push(digit);
        in_group += 1;
    }
    out.into_iter().rev().map(char::from).collect()
}

/// Separates the digits of a fraction in threes from the left.
fn group_forward(digits: &str, sep: u8) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && i % 3 == 0 {
            out.push(char::from(sep));
        }
        out.push(d);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(
        spec: &str,
        kind: Kind,
        name: &str,
        f: impl Fn(&Spec) -> Result<TextBuf, FormatError>,
    ) -> String {
        let text = TextBuf::from(spec);
        match Spec::parse(text.as_text(), kind, name).and_then(|s| f(&s)) {
            Ok(b) => b.as_text().to_utf8_lossy(),
            Err(FormatError::Value(m)) => format!("!{m}"),
            Err(FormatError::Memory) => "!memory".to_owned(),
        }
    }

    fn float(x: f64, spec: &str) -> String {
        run(spec, Kind::Number, "float", |s| format_float(s, "float", x))
    }

    fn int(n: i64, spec: &str) -> String {
        run(spec, Kind::Number, "int", |s| match s.int_form("int")? {
            IntForm::Digits(10) => format_int(s, n < 0, &n.unsigned_abs().to_string()),
            IntForm::Digits(16) => format_int(s, n < 0, &format!("{:x}", n.unsigned_abs())),
            IntForm::Digits(8) => format_int(s, n < 0, &format!("{:o}", n.unsigned_abs())),
            IntForm::Digits(_) => format_int(s, n < 0, &format!("{:b}", n.unsigned_abs())),
            IntForm::Char => format_char(s, n as u32),
            IntForm::Float => format_float(s, "int", n as f64),
        })
    }

    fn text(s: &str, spec: &str) -> String {
        let b = TextBuf::from(s);
        run(spec, Kind::Str, "str", |spec| {
            format_str(spec, "str", b.as_text())
        })
    }

    #[test]
    fn integers() {
        assert_eq!(int(12345678, "013,"), "0,012,345,678");
        assert_eq!(int(12345678, "010,"), "12,345,678");
        assert_eq!(int(12345678, "#010_x"), "0x0bc_614e");
        assert_eq!(int(12345678, "=+15,"), "+    12,345,678");
        assert_eq!(int(-5, "\u{20ac}^6"), "\u{20ac}\u{20ac}-5\u{20ac}\u{20ac}");
        assert_eq!(int(255, "#X"), "0XFF");
        assert_eq!(int(65, "5c"), "    A");
        assert_eq!(int(3, "%"), "300.000000%");
        assert_eq!(
            int(3, ".3"),
            "!Precision not allowed in integer format specifier"
        );
        assert_eq!(int(3, ",x"), "!Cannot specify ',' with 'x'.");
        assert_eq!(
            int(3, "\u{e9}"),
            "!Unknown format code '\\xe9' for object of type 'int'"
        );
        assert_eq!(int(3, "_,"), "!Cannot specify both ',' and '_'.");
        assert_eq!(
            int(3, "99999999999999999999"),
            "!Too many decimal digits in format string"
        );
        assert_eq!(int(3, "999999999999"), "!memory");
    }

    #[test]
    fn floats() {
        assert_eq!(
            float(1234567.891234567, ",.10,f"),
            "1,234,567.891,234,566,9"
        );
        assert_eq!(float(1234567.891234567, "020,.2f"), "0,000,001,234,567.89");
        assert_eq!(float(1234567.891234567, "^+20.3%"), "  +123456789.123%   ");
        assert_eq!(float(f64::INFINITY, "010"), "0000000inf");
        assert_eq!(float(1.0, ""), "1.0");
        assert_eq!(float(1e6, ".3"), "1e+06");
        assert_eq!(float(-0.01, "z.1f"), "0.0");
        assert_eq!(float(1.0, "._n"), "!Cannot specify '_' with 'n'.");
        assert_eq!(float(1.0, "5."), "!Format specifier missing precision");
    }

    #[test]
    fn texts_and_complexes() {
        assert_eq!(text("ab", "05"), "ab000");
        assert_eq!(text("abc", ".2"), "ab");
        assert_eq!(
            text("ab", "=5"),
            "!'=' alignment not allowed in string format specifier"
        );
        assert_eq!(text("ab", "_"), "!Cannot specify '_' with 's'.");
        let c = |spec: &str| {
            run(spec, Kind::Number, "complex", |s| {
                format_complex(s, "complex", 1234.5, -2.0)
            })
        };
        assert_eq!(c(",.2f"), "1,234.50-2.00j");
        assert_eq!(c(">20"), "         (1234.5-2j)");
        assert_eq!(
            c("05"),
            "!Zero padding is not allowed in complex format specifier"
        );
    }
}
