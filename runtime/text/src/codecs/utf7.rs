//! UTF-7: ASCII with base64 sections for everything else.

use super::DecodeError;
use crate::repr::{Builder, Text};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(b: u8) -> Option<u32> {
    match b {
        b'A'..=b'Z' => Some(u32::from(b - b'A')),
        b'a'..=b'z' => Some(u32::from(b - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(b - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// An open base64 section.
#[derive(Default)]
struct Shift {
    /// Where its plus sign is.
    start: usize,
    /// Length of the output before it.
    out: usize,
    bits: u32,
    buffer: u32,
    /// A high surrogate that waits for its other half.
    high: Option<u32>,
}

impl Shift {
    fn push(&mut self, d: u32, out: &mut Builder) {
        self.buffer = self.buffer << 6 | d;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = self.buffer >> self.bits;
        self.buffer &= (1 << self.bits) - 1;
        if let Some(high) = self.high.take() {
            if (0xdc00..0xe000).contains(&unit) {
                out.push(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
                return;
            }
            out.push(high);
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
        } else {
            out.push(unit);
        }
    }
}

pub(super) fn decode(
    bytes: &[u8],
    mut at: usize,
    last: bool,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    let error = |start: usize, end: usize, reason| {
        Err(DecodeError {
            encoding: "utf7",
            start,
            end,
            reason,
        })
    };
    let mut shift: Option<Shift> = None;
    while let Some(&b) = bytes.get(at) {
        if let Some(s) = &mut shift {
            if let Some(d) = digit(b) {
                s.push(d, out);
                at += 1;
                continue;
            }
            if s.bits >= 6 {
                return error(s.start, at + 1, "partial character in shift sequence");
            }
            if s.buffer != 0 {
                return error(s.start, at + 1, "non-zero padding bits in shift sequence");
            }
            if let Some(high) = s.high.filter(|_| b < 0x80) {
                out.push(high);
            }
            shift = None;
            if b == b'-' {
                at += 1;
            }
        } else if b == b'+' {
            match bytes.get(at + 1) {
                Some(b'-') => {
                    out.push(u32::from(b'+'));
                    at += 2;
                }
                Some(next) if digit(*next).is_none() => {
                    return error(at, at + 2, "ill-formed sequence");
                }
                _ => {
                    shift = Some(Shift {
                        start: at,
                        out: out.len(),
                        ..Shift::default()
                    });
                    at += 1;
                }
            }
        } else if b < 0x80 {
            out.push(u32::from(b));
            at += 1;
        } else {
            return error(at, at + 1, "unexpected special character");
        }
    }
    match shift {
        Some(s) if !last => {
            out.truncate(s.out);
            Ok(s.start)
        }
        Some(s) if s.high.is_some() || s.bits >= 6 || (s.bits > 0 && s.buffer != 0) => {
            error(s.start, bytes.len(), "unterminated shift sequence")
        }
        _ => Ok(bytes.len()),
    }
}

/// Whether the character stands for itself outside base64 sections.
fn is_direct(code: u32) -> bool {
    matches!(code, 0x09 | 0x0a | 0x0d | 0x20..=0x7d)
        && code != u32::from(b'+')
        && code != u32::from(b'\\')
}

pub(super) fn encode(text: Text<'_>, at: usize, out: &mut Vec<u8>) {
    let mut shifted = false;
    let mut bits = 0u32;
    let mut buffer = 0u64;
    let base64 = |d: u64| DIGITS.get((d & 63) as usize).copied().unwrap_or(b'A');
    for code in text.slice(at, text.len()) {
        let direct = is_direct(code);
        if shifted && direct {
            if bits > 0 {
                out.push(base64(buffer << (6 - bits)));
                (bits, buffer) = (0, 0);
            }
            shifted = false;
            // Anything that could belong to the section needs a mark of its end.
            if code == u32::from(b'-') || digit(code as u8).is_some() {
                out.push(b'-');
            }
        }
        if direct {
            out.push(code as u8);
            continue;
        }
        if !shifted {
            out.push(b'+');
            if code == u32::from(b'+') {
                out.push(b'-');
                continue;
            }
            shifted = true;
        }
        if code >= 0x10000 {
            buffer = buffer << 32
                | u64::from((0xd7c0 + (code >> 10)) << 16)
                | u64::from(0xdc00 + (code & 0x3ff));
            bits += 32;
        } else {
            buffer = buffer << 16 | u64::from(code);
            bits += 16;
        }
        while bits >= 6 {
            bits -= 6;
            out.push(base64(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        out.push(base64(buffer << (6 - bits)));
    }
    if shifted {
        out.push(b'-');
    }
}
