//! The values of string, bytes and number literals. The parser's own values are used where a literal has no escapes;
//! the others are decoded again here, because Python strings may hold lone surrogates. The code generator calls the
//! `*_value` functions; `parse` calls [`warnings`].

use pyjit_isa::code::Const;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::{
    AnyStringFlags, BytesLiteral, BytesLiteralValue, Int, InterpolatedStringLiteralElement, Number,
    StringFlags, StringLiteral, StringLiteralValue,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::errors::{SyntaxError, SyntaxWarning};
use crate::escapes::{Escape, Unit, escape};
use crate::source::Source;

/// Collects the pieces of a string constant; lone surrogates are allowed.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    /// Code points, once there is a surrogate among them.
    points: Option<Vec<u32>>,
}

impl Text {
    /// Nothing has been added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.points.is_none()
    }

    /// Adds text.
    pub fn push_str(&mut self, text: &str) {
        match &mut self.points {
            Some(points) => points.extend(text.chars().map(u32::from)),
            None => self.text.push_str(text),
        }
    }

    /// Adds one code point, surrogates included.
    pub fn push_point(&mut self, point: u32) {
        match (char::from_u32(point), &mut self.points) {
            (Some(c), None) => self.text.push(c),
            (_, Some(points)) => points.push(point),
            (None, None) => {
                let mut points: Vec<u32> = self.text.chars().map(u32::from).collect();
                points.push(point);
                self.points = Some(points);
            }
        }
    }

    /// Adds a plain string literal (one part of an implicit concatenation).
    pub fn push_literal(&mut self, source: &str, literal: &StringLiteral) {
        let raw = contents(source, literal.range, AnyStringFlags::from(literal.flags));
        if AnyStringFlags::from(literal.flags).is_raw_string() || !raw.contains('\\') {
            self.push_str(&literal.value);
        } else {
            self.push_escaped(raw, false);
        }
    }

    /// Adds a literal stretch of an f-string or t-string; `flags` are those of the whole string.
    pub fn push_middle(
        &mut self,
        source: &str,
        part: &InterpolatedStringLiteralElement,
        flags: AnyStringFlags,
    ) {
        let raw = slice(source, part.range);
        if flags.is_raw_string() || !raw.contains('\\') {
            self.push_str(&part.value);
        } else {
            self.push_escaped(raw, true);
        }
    }

    fn push_escaped(&mut self, raw: &str, doubled_braces: bool) {
        let mut rest = raw;
        while let Some(at) = rest.find(['\\', '{', '}']) {
            let (plain, tail) = rest.split_at(at);
            self.push_str(plain);
            rest = tail;
            if !rest.starts_with('\\') {
                // In the middle of an f-string only doubled braces are left, and each pair stands for one.
                let mut chars = rest.chars();
                self.push_str(&rest[..1]);
                let brace = chars.next();
                let twice = doubled_braces && chars.clone().next() == brace;
                rest = &rest[if twice { 2 } else { 1 }..];
                continue;
            }
            match escape(&rest[1..], Unit::Character) {
                Escape::Point(point, length) => {
                    self.push_point(point);
                    rest = &rest[1 + length..];
                }
                Escape::Nothing(length) => rest = &rest[1 + length..],
                Escape::Unknown | Escape::Malformed(..) => {
                    self.push_str("\\");
                    rest = &rest[1..];
                }
            }
        }
        self.push_str(rest);
    }

    /// The constant.
    pub fn finish(self) -> Const {
        match self.points {
            None => Const::Str(self.text),
            Some(points) => Const::Surrogates(points),
        }
    }
}

/// The value of a (possibly concatenated) string literal.
pub fn string_value(source: &str, value: &StringLiteralValue) -> Const {
    let mut text = Text::default();
    for part in value {
        text.push_literal(source, part);
    }
    text.finish()
}

/// The value of a (possibly concatenated) bytes literal.
pub fn bytes_value(source: &str, value: &BytesLiteralValue) -> Const {
    let mut out = Vec::new();
    for part in value {
        push_bytes(&mut out, source, part);
    }
    Const::Bytes(out)
}

fn push_bytes(out: &mut Vec<u8>, source: &str, literal: &BytesLiteral) {
    let flags = AnyStringFlags::from(literal.flags);
    let mut rest = contents(source, literal.range, flags);
    if flags.is_raw_string() || !rest.contains('\\') {
        out.extend_from_slice(&literal.value);
        return;
    }
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        match escape(rest, Unit::Byte) {
            Escape::Point(point, length) => {
                out.push(point as u8);
                rest = &rest[length..];
            }
            Escape::Nothing(length) => rest = &rest[length..],
            Escape::Unknown | Escape::Malformed(..) => out.push(b'\\'),
        }
    }
    out.extend_from_slice(rest.as_bytes());
}

/// The value of a number literal. Only decimal integers of more than 4300 digits are refused.
pub fn number_value(
    source: &Source,
    value: &Number,
    range: TextRange,
) -> Result<Const, SyntaxError> {
    match value {
        Number::Float(value) => Ok(Const::Float(*value)),
        Number::Complex { real, imag } => Ok(Const::Complex(*real, *imag)),
        Number::Int(int) => int_value(source, int, range),
    }
}

fn int_value(source: &Source, int: &Int, range: TextRange) -> Result<Const, SyntaxError> {
    const MAX_DIGITS: usize = 4300;
    if let Some(small) = int.as_i64() {
        return Ok(Const::Int(small));
    }
    let digits = slice(source.text(), range)
        .replace('_', "")
        .to_ascii_lowercase();
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(Const::BigInt(to_decimal(&digits[2..], radix)));
    }
    if digits.len() > MAX_DIGITS {
        let message = format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; use \
             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
             avoid decimal conversion limits.",
            digits.len()
        );
        return Err(source.parse_error(message, range));
    }
    let digits = digits.trim_start_matches('0');
    Ok(Const::BigInt(if digits.is_empty() {
        "0".to_string()
    } else {
        digits.to_string()
    }))
}

/// Digits in a power-of-two radix as decimal digits.
fn to_decimal(digits: &str, radix: u32) -> String {
    const BASE: u64 = 1_000_000_000;
    let mut limbs: Vec<u64> = vec![0];
    for digit in digits.chars().filter_map(|c| c.to_digit(radix)) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = *limb * u64::from(radix) + carry;
            *limb = value % BASE;
            carry = value / BASE;
        }
        if carry > 0 {
            limbs.push(carry);
        }
    }
    let mut out = limbs.last().map(u64::to_string).unwrap_or_default();
    for limb in limbs.iter().rev().skip(1) {
        out.push_str(&format!("{limb:09}"));
    }
    out
}

/// The warnings about escapes and numbers CPython gives while it parses.
pub fn warnings(source: &Source, tokens: &Tokens) -> Vec<SyntaxWarning> {
    let text = source.text();
    let mut out = Vec::new();
    let mut previous: Option<(TokenKind, TextRange)> = None;
    for token in tokens {
        let (kind, range) = (token.kind(), token.range());
        match kind {
            TokenKind::String => {
                let flags = token.unwrap_string_flags();
                if !flags.is_raw_string() && slice(text, range).contains('\\') {
                    let start = range.start() + flags.opener_len();
                    let raw = contents(text, range, flags);
                    let unit = if flags.is_byte_string() {
                        Unit::Byte
                    } else {
                        Unit::Character
                    };
                    invalid_escapes(source, raw, start, unit, false, &mut out);
                }
            }
            TokenKind::FStringMiddle | TokenKind::TStringMiddle => {
                let raw = slice(text, range);
                if raw.contains('\\') && !token.unwrap_string_flags().is_raw_string() {
                    invalid_escapes(source, raw, range.start(), Unit::Character, true, &mut out);
                }
            }
            _ => {
                if let Some((number, before)) = previous
                    && before.end() == range.start()
                    && matches!(
                        number,
                        TokenKind::Int | TokenKind::Float | TokenKind::Complex
                    )
                    && kind.is_keyword()
                {
                    out.push(number_warning(source, number, before));
                }
            }
        }
        previous = Some((kind, range));
    }
    out
}

fn number_warning(source: &Source, kind: TokenKind, range: TextRange) -> SyntaxWarning {
    let text = slice(source.text(), range);
    let radix = match (kind, text.as_bytes().get(1)) {
        (TokenKind::Int, Some(b'x' | b'X')) => "hexadecimal",
        (TokenKind::Int, Some(b'o' | b'O')) => "octal",
        (TokenKind::Int, Some(b'b' | b'B')) => "binary",
        (TokenKind::Complex, _) => "imaginary",
        _ => "decimal",
    };
    let last = TextRange::at(range.end() - TextSize::new(1), TextSize::new(0));
    let msg = format!("invalid {radix} literal");
    let as_error = source.parse_error(msg.clone(), last);
    SyntaxWarning {
        line: as_error.line,
        msg,
        as_error,
    }
}

/// The warnings for backslashes of a token that start no escape: the first one, and in the middle of an f-string every
/// one before a brace.
fn invalid_escapes(
    source: &Source,
    raw: &str,
    start: TextSize,
    unit: Unit,
    middle: bool,
    out: &mut Vec<SyntaxWarning>,
) {
    let mut first = None;
    let mut at = 0;
    while let Some(found) = raw.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        let place = start + TextSize::new(at as u32);
        let rest = &raw[at + 1..];
        at += 1;
        let (shown, what) = match escape(rest, unit) {
            Escape::Point(_, length) => {
                at += length;
                let octal = rest.starts_with(|c: char| ('0'..='7').contains(&c));
                if !octal
                    || u32::from_str_radix(&rest[..length], 8).is_ok_and(|value| value <= 0o377)
                {
                    continue;
                }
                (&rest[..length], "octal escape sequence")
            }
            Escape::Nothing(length) => {
                at += length;
                continue;
            }
            Escape::Unknown => {
                let length = rest.chars().next().map_or(0, char::len_utf8);
                at += length;
                if length > 1 {
                    // CPython never warns before a character outside ASCII.
                    continue;
                }
                (&rest[..length], "escape sequence")
            }
            // `\{` before a replacement field: the brace is not part of the token.
            Escape::Malformed(0, _) if middle => ("{", "escape sequence"),
            Escape::Malformed(..) => break,
        };
        let brace = middle && matches!(shown, "{" | "}");
        if brace {
            let range = TextRange::empty(place + TextSize::new(1));
            out.push(escape_warning(source, shown, what, range));
        } else if first.is_none() {
            first = Some(escape_warning(
                source,
                shown,
                what,
                TextRange::at(place, TextSize::new(2)),
            ));
        }
        if !middle && first.is_some() {
            break;
        }
    }
    out.extend(first);
}

fn escape_warning(source: &Source, shown: &str, what: &str, range: TextRange) -> SyntaxWarning {
    let advice = format!("Did you mean \"\\\\{shown}\"? A raw string is also an option.");
    let subject = format!("\"\\{shown}\" is an invalid {what}.");
    let as_error = source.parse_error(format!("{subject} {advice}"), range);
    let msg = format!("{subject} Such sequences will not work in the future. {advice}");
    SyntaxWarning {
        line: as_error.line,
        msg,
        as_error,
    }
}

fn slice(source: &str, range: TextRange) -> &str {
    source
        .get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or("")
}

/// What stands between the quotes.
fn contents(source: &str, range: TextRange, flags: AnyStringFlags) -> &str {
    let whole = slice(source, range);
    let (open, close) = (
        usize::from(flags.opener_len()),
        usize::from(flags.closer_len()),
    );
    whole
        .get(open..whole.len().saturating_sub(close))
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Mode, ParseFlags, Program, parse};
    use ruff_python_ast::{Expr, InterpolatedStringElement};

    fn value(text: &str) -> Const {
        let source = Source::from_text(text, "x").unwrap();
        let parsed = parse(&source, Mode::Eval, ParseFlags::default()).unwrap();
        let Program::Expression(expression) = &parsed.program else {
            panic!("not an expression")
        };
        match &*expression.body {
            Expr::StringLiteral(node) => string_value(text, &node.value),
            Expr::BytesLiteral(node) => bytes_value(text, &node.value),
            Expr::NumberLiteral(node) => number_value(&source, &node.value, node.range).unwrap(),
            Expr::FString(node) => {
                let mut out = Text::default();
                for part in node.value.f_strings() {
                    for element in &part.elements {
                        if let InterpolatedStringElement::Literal(literal) = element {
                            out.push_middle(text, literal, part.flags.into());
                        }
                    }
                }
                out.finish()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn strings() {
        let text = |s: &str| Const::Str(s.to_string());
        assert_eq!(
            value(r"'a\tb\x41\101\u00e9\U0001F600'"),
            text("a\tbAA\u{e9}\u{1f600}")
        );
        assert_eq!(
            value(
                r"'\d' '\
e'"
            ),
            text("\\de")
        );
        assert_eq!(value(r"'\N{LATIN SMALL LETTER A}\N{BEL}'"), text("a\u{7}"));
        assert_eq!(
            value(r"'a\ud800\n'"),
            Const::Surrogates(vec![0x61, 0xd800, 10])
        );
        assert_eq!(value(r"r'\d' 'x'"), text("\\dx"));
        assert_eq!(value(r"'\777'"), text("\u{1ff}"));
        assert_eq!(
            value(r"b'\777\x00\u1234\d'"),
            Const::Bytes(b"\xff\x00\\u1234\\d".to_vec())
        );
        assert_eq!(value(r"f'{{\t}}{1}\{2}\N{BULLET}'"), text("{\t}\\\u{2022}"));
    }

    #[test]
    fn numbers() {
        assert_eq!(
            value("0xffff_ffff_ffff_ffff"),
            Const::BigInt("18446744073709551615".into())
        );
        assert_eq!(
            value("1_000_000_000_000_000_000_000"),
            Const::BigInt("1000000000000000000000".into())
        );
        assert_eq!(value("0b11"), Const::Int(3));
        assert_eq!(value("1_0.5e1_0"), Const::Float(10.5e10));
        assert_eq!(value("2j"), Const::Complex(0.0, 2.0));
    }

    #[test]
    fn escape_warnings() {
        let source =
            Source::from_text("x = '''\n\n \\d'''\ny = 1if x else '\\400'\n", "x").unwrap();
        let parsed = parse(&source, Mode::Exec, ParseFlags::default()).unwrap();
        let shown: Vec<(u32, &str)> = parsed
            .warnings
            .iter()
            .map(|w| (w.line, w.msg.as_str()))
            .collect();
        let tail = "Such sequences will not work in the future. Did you mean";
        let first = format!(
            "\"\\d\" is an invalid escape sequence. {tail} \"\\\\d\"? A raw string is also an option."
        );
        let last = format!(
            "\"\\400\" is an invalid octal escape sequence. {tail} \"\\\\400\"? A raw string is also an option."
        );
        assert_eq!(
            shown,
            [
                (3, first.as_str()),
                (4, "invalid decimal literal"),
                (4, last.as_str())
            ]
        );
    }
}
