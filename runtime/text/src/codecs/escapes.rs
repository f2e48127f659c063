//! The `unicode_escape` and `raw_unicode_escape` codecs.

use super::DecodeError;
use crate::repr::{Builder, Text};
use crate::unicode;

/// Reads exactly `count` hexadecimal digits, or tells where the first wrong byte is.
fn hex(bytes: &[u8], at: usize, count: usize) -> Result<u32, usize> {
    let mut value = 0u32;
    for i in at..at + count {
        let d = bytes
            .get(i)
            .and_then(|b| char::from(*b).to_digit(16))
            .ok_or(i)?;
        value = value << 4 | d;
    }
    Ok(value)
}

/// Decodes string literal escapes in Latin-1 text.
pub(super) fn decode(
    bytes: &[u8],
    mut at: usize,
    last: bool,
    out: &mut Builder,
    invalid: &mut Option<usize>,
) -> Result<usize, DecodeError> {
    let encoding = "unicodeescape";
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let plain = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
        if plain > 0 {
            out.push_text(Text::Latin1(rest.get(..plain).unwrap_or(&[])));
            at += plain;
            continue;
        }
        let start = at;
        let problem = |end: usize, reason| {
            // Where the input merely stops, more of it may complete the escape.
            if end >= bytes.len() && !last {
                Ok(start)
            } else {
                Err(DecodeError {
                    encoding,
                    start,
                    end,
                    reason,
                })
            }
        };
        at += 1;
        let Some(&c) = bytes.get(at) else {
            return problem(at, "\\ at end of string");
        };
        at += 1;
        let simple = match c {
            b'\n' => continue,
            b'\\' | b'\'' | b'"' => c,
            b'b' => 0x08,
            b'f' => 0x0c,
            b't' => b'\t',
            b'n' => b'\n',
            b'r' => b'\r',
            b'v' => 0x0b,
            b'a' => 0x07,
            b'0'..=b'7' => {
                let more = bytes.get(at..).unwrap_or(&[]).iter().take(2);
                let digits: Vec<u8> = more
                    .take_while(|b| matches!(b, b'0'..=b'7'))
                    .copied()
                    .collect();
                let value = digits
                    .iter()
                    .fold(u32::from(c - b'0'), |v, d| v * 8 + u32::from(d - b'0'));
                if value > 0o377 {
                    invalid.get_or_insert(at - 1);
                }
                at += digits.len();
                out.push(value);
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (count, reason) = match c {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                match hex(bytes, at, count) {
                    Err(end) => return problem(end, reason),
                    Ok(code) if code > 0x10ffff => {
                        let end = at + count;
                        return Err(DecodeError {
                            encoding,
                            start,
                            end,
                            reason: "illegal Unicode character",
                        });
                    }
                    Ok(code) => out.push(code),
                }
                at += count;
                continue;
            }
            b'N' => {
                let malformed = "malformed \\N character escape";
                let malformed_at = |end| {
                    Err(DecodeError {
                        encoding,
                        start,
                        end,
                        reason: malformed,
                    })
                };
                match bytes.get(at) {
                    None => return problem(at, malformed),
                    Some(b'{') => at += 1,
                    Some(_) => return malformed_at(at),
                }
                let rest = bytes.get(at..).unwrap_or(&[]);
                let Some(len) = memchr::memchr(b'}', rest) else {
                    return problem(bytes.len(), malformed);
                };
                if len == 0 {
                    return malformed_at(at);
                }
                let name = rest.get(..len).and_then(|n| std::str::from_utf8(n).ok());
                at += len + 1;
                match name.and_then(unicode::lookup_char) {
                    Some(code) => out.push(code),
                    None => {
                        let reason = "unknown Unicode character name";
                        return Err(DecodeError {
                            encoding,
                            start,
                            end: at,
                            reason,
                        });
                    }
                }
                continue;
            }
            _ => {
                invalid.get_or_insert(at - 1);
                out.push(u32::from(b'\\'));
                c
            }
        };
        out.push(u32::from(simple));
    }
    Ok(bytes.len())
}

/// Decodes `\u` and `\U` escapes in Latin-1 text.
pub(super) fn decode_raw(
    bytes: &[u8],
    mut at: usize,
    last: bool,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    let encoding = "rawunicodeescape";
    while let Some(&b) = bytes.get(at) {
        let start = at;
        at += 1;
        if b != b'\\' {
            out.push(u32::from(b));
            continue;
        }
        let (count, reason) = match bytes.get(at) {
            Some(b'u') => (4, "truncated \\uXXXX escape"),
            Some(b'U') => (8, "truncated \\UXXXXXXXX escape"),
            None if !last => return Ok(start),
            other => {
                out.push(u32::from(b));
                if let Some(c) = other {
                    out.push(u32::from(*c));
                    at += 1;
                }
                continue;
            }
        };
        at += 1;
        match hex(bytes, at, count) {
            Err(end) if end >= bytes.len() && !last => return Ok(start),
            Err(end) => {
                return Err(DecodeError {
                    encoding,
                    start,
                    end,
                    reason,
                });
            }
            Ok(code) if code > 0x10ffff => {
                let end = at + count;
                return Err(DecodeError {
                    encoding,
                    start,
                    end,
                    reason: "\\Uxxxxxxxx out of range",
                });
            }
            Ok(code) => out.push(code),
        }
        at += count;
    }
    Ok(bytes.len())
}

fn push_escape(out: &mut Vec<u8>, code: u32) {
    let text = match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    };
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn encode(text: Text<'_>, at: usize, out: &mut Vec<u8>) {
    for code in text.slice(at, text.len()) {
        match code {
            0x09 => out.extend_from_slice(b"\\t"),
            0x0a => out.extend_from_slice(b"\\n"),
            0x0d => out.extend_from_slice(b"\\r"),
            0x5c => out.extend_from_slice(b"\\\\"),
            0x20..=0x7e => out.push(code as u8),
            _ => push_escape(out, code),
        }
    }
}

pub(super) fn encode_raw(text: Text<'_>, at: usize, out: &mut Vec<u8>) {
    for code in text.slice(at, text.len()) {
        match u8::try_from(code) {
            Ok(b) => out.push(b),
            Err(_) => push_escape(out, code),
        }
    }
}
