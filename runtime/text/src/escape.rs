//! How `repr` shows text and bytes, and the escapes of bytes literals.

use crate::codecs::policy;
use crate::repr::{Builder, Text, TextBuf};
use crate::unicode;

const SINGLE: u32 = b'\'' as u32;
const DOUBLE: u32 = b'"' as u32;

/// Single quotes, unless the contents have some and no double ones.
fn choose_quote(single: bool, double: bool) -> u32 {
    if single && !double { DOUBLE } else { SINGLE }
}

/// `repr` of a text.
pub fn repr_text(text: Text<'_>) -> TextBuf {
    let quote = choose_quote(
        text.iter().any(|c| c == SINGLE),
        text.iter().any(|c| c == DOUBLE),
    );
    let mut out = Builder::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text {
        match c {
            0x09 => out.push_str("\\t"),
            0x0a => out.push_str("\\n"),
            0x0d => out.push_str("\\r"),
            _ if c == quote || c == 0x5c => {
                out.push(0x5c);
                out.push(c);
            }
            0x20..=0x7e => out.push(c),
            _ if c >= 0x80 && unicode::is_printable(c) => out.push(c),
            0..=0xff => out.push_str(&format!("\\x{c:02x}")),
            0x100..=0xffff => out.push_str(&format!("\\u{c:04x}")),
            _ => out.push_str(&format!("\\U{c:08x}")),
        }
    }
    out.push(quote);
    out.finish()
}

/// `ascii` of a text.
pub fn ascii_text(text: Text<'_>) -> TextBuf {
    policy::to_ascii(repr_text(text).as_text())
}

/// `repr` of bytes, the `b` included.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let quote = choose_quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let quote = char::from_u32(quote).unwrap_or('\'');
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    for &b in bytes {
        match b {
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\\' => out.push_str("\\\\"),
            0x20..=0x7e => {
                if char::from(b) == quote {
                    out.push('\\');
                }
                out.push(char::from(b));
            }
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push(quote);
    out
}

/// Bytes as `codecs.escape_encode` writes them: `repr` without prefix and quotes, single quotes
/// escaped.
pub fn escape_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for &b in bytes {
        match b {
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\\' | b'\'' => out.extend_from_slice(&[b'\\', b]),
            0x20..=0x7e => out.push(b),
            _ => out.extend_from_slice(format!("\\x{b:02x}").as_bytes()),
        }
    }
    out
}

/// What [`unescape_bytes`] meets that is not in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnescapeError {
    /// A `\x` without two digits at this index (`invalid \x escape at position N`).
    Hex(usize),
    /// A lone backslash at the end (`Trailing \ in string`).
    Trailing,
}

/// Decodes the escapes of a bytes literal. Also tells the index of the character after the first
/// backslash that began no known escape. `on_hex` decides about faulty `\x` escapes: the bytes to
/// put there, or `None` for an error.
pub fn unescape_bytes(
    bytes: &[u8],
    on_hex: impl Fn(usize) -> Option<&'static [u8]>,
) -> Result<(Vec<u8>, Option<usize>), UnescapeError> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut invalid = None;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += 1;
        if b != b'\\' {
            out.push(b);
            continue;
        }
        let Some(&c) = bytes.get(at) else {
            return Err(UnescapeError::Trailing);
        };
        at += 1;
        match c {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(c),
            b'b' => out.push(0x08),
            b'f' => out.push(0x0c),
            b't' => out.push(b'\t'),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b'v' => out.push(0x0b),
            b'a' => out.push(0x07),
            b'0'..=b'7' => {
                let mut value = u32::from(c - b'0');
                for _ in 0..2 {
                    let Some(d @ b'0'..=b'7') = bytes.get(at) else {
                        break;
                    };
                    value = value * 8 + u32::from(d - b'0');
                    at += 1;
                }
                if value > 0o377 {
                    invalid.get_or_insert(at - 3);
                }
                out.push(value as u8);
            }
            b'x' => {
                let digit = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
                match (digit(at), digit(at + 1)) {
                    (Some(h), Some(l)) => {
                        out.push((h << 4 | l) as u8);
                        at += 2;
                    }
                    (first, _) => {
                        let start = at - 2;
                        out.extend_from_slice(on_hex(start).ok_or(UnescapeError::Hex(start))?);
                        // A single digit belongs to the faulty escape.
                        at += usize::from(first.is_some());
                    }
                }
            }
            _ => {
                invalid.get_or_insert(at - 1);
                out.push(b'\\');
                out.push(c);
            }
        }
    }
    Ok((out, invalid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let r = |s: &str| {
            repr_text(TextBuf::from(s).as_text())
                .as_text()
                .to_utf8_lossy()
        };
        assert_eq!(r("it's"), "\"it's\"");
        assert_eq!(r("it's \"x\""), "'it\\'s \"x\"'");
        assert_eq!(
            r("\\\t\u{0}\u{7f}\u{80}\u{e9}\u{20ac}\u{378}\u{e0001}"),
            "'\\\\\\t\\x00\\x7f\\x80\u{e9}\u{20ac}\\u0378\\U000e0001'"
        );
        assert_eq!(repr_text(Text::Ucs2(&[0xd800])), TextBuf::from("'\\ud800'"));
        assert_eq!(
            ascii_text(TextBuf::from("\u{e9}\u{20ac}").as_text()),
            TextBuf::from("'\\xe9\\u20ac'")
        );
    }

    #[test]
    fn bytes() {
        assert_eq!(repr_bytes(b"a'\n\x00\xff"), "b\"a'\\n\\x00\\xff\"");
        assert_eq!(repr_bytes(b"'\""), "b'\\'\"'");
        let none = |_| None;
        assert_eq!(
            unescape_bytes(br"\x41\n\101\q", none),
            Ok((b"A\nA\\q".to_vec(), Some(11)))
        );
        assert_eq!(unescape_bytes(br"a\x4", none), Err(UnescapeError::Hex(1)));
        assert_eq!(unescape_bytes(b"a\\", none), Err(UnescapeError::Trailing));
        assert_eq!(unescape_bytes(br"\777", none), Ok((vec![0xff], Some(1))));
        assert_eq!(
            unescape_bytes(br"\x4zb", |_| Some(b"?")),
            Ok((b"?zb".to_vec(), None))
        );
        assert_eq!(escape_bytes(b"a'\"\n\xff"), b"a\\'\"\\n\\xff");
    }
}
