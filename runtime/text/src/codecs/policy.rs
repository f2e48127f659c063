//! The built-in error handlers, as plain functions. The codecs' drivers use them directly; the
//! handlers that `codecs.lookup_error` gives out are made of them too.

use super::{Encoding, Order, Replacement};
use crate::repr::{Builder, Text, TextBuf};
use crate::unicode;

/// A built-in error handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the variants are the error handlers of these names
pub enum Policy {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Policy {
    /// The handler of a name.
    pub fn parse(name: &str) -> Option<Policy> {
        Some(match name {
            "strict" => Policy::Strict,
            "ignore" => Policy::Ignore,
            "replace" => Policy::Replace,
            "backslashreplace" => Policy::BackslashReplace,
            "xmlcharrefreplace" => Policy::XmlCharRefReplace,
            "namereplace" => Policy::NameReplace,
            "surrogateescape" => Policy::SurrogateEscape,
            "surrogatepass" => Policy::SurrogatePass,
            _ => return None,
        })
    }

    /// What replaces the bytes from `start` to `end`, and where decoding resumes; `None` raises the
    /// error (so do the handlers that are for encoding only: the caller tells them apart).
    pub fn on_decode(
        self,
        encoding: &str,
        bytes: &[u8],
        start: usize,
        end: usize,
    ) -> Option<(TextBuf, usize)> {
        let bad = bytes.get(start..end.min(bytes.len()))?;
        match self {
            Policy::Ignore => Some((TextBuf::default(), end)),
            Policy::Replace => Some((TextBuf::Ucs2(vec![0xfffd]), end)),
            Policy::BackslashReplace => {
                let text: String = bad.iter().map(|b| format!("\\x{b:02x}")).collect();
                Some((text.into(), end))
            }
            Policy::SurrogateEscape => {
                let escaped: Vec<u16> = bad
                    .iter()
                    .take(4)
                    .take_while(|b| **b >= 0x80)
                    .map(|b| 0xdc00 + u16::from(*b))
                    .collect();
                let next = start + escaped.len();
                (next > start).then_some((TextBuf::Ucs2(escaped), next))
            }
            Policy::SurrogatePass => {
                let rest = bytes.get(start..)?;
                let (code, len) = match (unicode_encoding(encoding)?, rest) {
                    (Encoding::Utf8, [a, b, c, ..]) => {
                        if a & 0xf0 != 0xe0 || b & 0xc0 != 0x80 || c & 0xc0 != 0x80 {
                            return None;
                        }
                        (
                            u32::from(a & 0xf) << 12
                                | u32::from(b & 0x3f) << 6
                                | u32::from(c & 0x3f),
                            3,
                        )
                    }
                    (Encoding::Utf16(Order::Big), [a, b, ..]) => {
                        (u32::from(u16::from_be_bytes([*a, *b])), 2)
                    }
                    (Encoding::Utf16(_), [a, b, ..]) => {
                        (u32::from(u16::from_le_bytes([*a, *b])), 2)
                    }
                    (Encoding::Utf32(Order::Big), [a, b, c, d, ..]) => {
                        (u32::from_be_bytes([*a, *b, *c, *d]), 4)
                    }
                    (Encoding::Utf32(_), [a, b, c, d, ..]) => {
                        (u32::from_le_bytes([*a, *b, *c, *d]), 4)
                    }
                    _ => return None,
                };
                let unit = u16::try_from(code)
                    .ok()
                    .filter(|u| (0xd800..0xe000).contains(u))?;
                Some((TextBuf::Ucs2(vec![unit]), start + len))
            }
            Policy::Strict | Policy::XmlCharRefReplace | Policy::NameReplace => None,
        }
    }

    /// What replaces the characters from `start` to `end`, and where encoding resumes; `None`
    /// raises the error.
    pub fn on_encode(
        self,
        encoding: &str,
        text: Text<'_>,
        start: usize,
        end: usize,
    ) -> Option<(Replacement, usize)> {
        let bad = text.slice(start, end);
        let textual = |f: fn(u32) -> String| {
            let all: String = bad.iter().map(f).collect();
            Some((Replacement::Text(all.into()), end))
        };
        match self {
            Policy::Strict => None,
            Policy::Ignore => Some((Replacement::Text(TextBuf::default()), end)),
            Policy::Replace => textual(|_| "?".to_owned()),
            Policy::BackslashReplace => textual(backslashed),
            Policy::XmlCharRefReplace => textual(|c| format!("&#{c};")),
            Policy::NameReplace => textual(|c| {
                unicode::name(c).map_or_else(|| backslashed(c), |n| format!("\\N{{{n}}}"))
            }),
            Policy::SurrogateEscape => {
                let byte = |c: u32| matches!(c, 0xdc80..=0xdcff).then_some(c as u8);
                Some((
                    Replacement::Bytes(bad.iter().map(byte).collect::<Option<_>>()?),
                    end,
                ))
            }
            Policy::SurrogatePass => {
                let encoding = unicode_encoding(encoding)?;
                let mut out = Vec::new();
                for c in bad {
                    let unit = u16::try_from(c)
                        .ok()
                        .filter(|u| (0xd800..0xe000).contains(u))?;
                    match encoding {
                        Encoding::Utf16(Order::Big) => out.extend_from_slice(&unit.to_be_bytes()),
                        Encoding::Utf16(_) => out.extend_from_slice(&unit.to_le_bytes()),
                        Encoding::Utf32(Order::Big) => out.extend_from_slice(&c.to_be_bytes()),
                        Encoding::Utf32(_) => out.extend_from_slice(&c.to_le_bytes()),
                        _ => out.extend_from_slice(&[
                            0xe0 | (c >> 12) as u8,
                            0x80 | (c >> 6 & 0x3f) as u8,
                            0x80 | (c & 0x3f) as u8,
                        ]),
                    }
                }
                Some((Replacement::Bytes(out), end))
            }
        }
    }
}

/// The encodings whose surrogates can be passed through.
fn unicode_encoding(name: &str) -> Option<Encoding> {
    Encoding::lookup(name)
        .filter(|e| matches!(e, Encoding::Utf8 | Encoding::Utf16(_) | Encoding::Utf32(_)))
}

fn backslashed(c: u32) -> String {
    match c {
        0..=0xff => format!("\\x{c:02x}"),
        0x100..=0xffff => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}

/// A text with everything outside ASCII as backslash escapes; `ascii()` is this over `repr()`.
pub fn to_ascii(text: Text<'_>) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    for c in text {
        if c < 0x80 {
            out.push(c);
        } else {
            out.push_str(&backslashed(c));
        }
    }
    out.finish()
}
