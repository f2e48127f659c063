//! UTF-8.

use super::{DecodeError, EncodeError};
use crate::repr::{Builder, Text};
use crate::with_units;

/// Length of the ASCII run at the start.
fn ascii_run(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, _) = bytes.as_chunks::<8>();
    let plain = words
        .iter()
        .take_while(|w| u64::from_le_bytes(**w) & HIGH == 0)
        .count()
        * 8;
    let rest = bytes.get(plain..).unwrap_or(&[]);
    plain + rest.iter().position(|b| *b >= 0x80).unwrap_or(rest.len())
}

pub(super) fn decode(
    bytes: &[u8],
    mut at: usize,
    last: bool,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    let error = |start: usize, end: usize, reason| {
        Err(DecodeError {
            encoding: "utf-8",
            start,
            end,
            reason,
        })
    };
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let run = ascii_run(rest);
        if run > 0 {
            out.push_text(Text::Ascii(rest.get(..run).unwrap_or(&[])));
            at += run;
            continue;
        }
        let Some((&lead, rest)) = rest.split_first() else {
            break;
        };
        // Length, the bits of the lead byte, and the range of the second byte: it is narrower
        // where overlong forms, surrogates or too large numbers would begin.
        let (len, bits, second) = match lead {
            0xc2..=0xdf => (2, lead & 0x1f, 0x80..=0xbf),
            0xe0 => (3, 0, 0xa0..=0xbf),
            0xed => (3, 0xd, 0x80..=0x9f),
            0xe1..=0xef => (3, lead & 0xf, 0x80..=0xbf),
            0xf0 => (4, 0, 0x90..=0xbf),
            0xf4 => (4, 4, 0x80..=0x8f),
            0xf1..=0xf3 => (4, lead & 7, 0x80..=0xbf),
            _ => return error(at, at + 1, "invalid start byte"),
        };
        let mut code = u32::from(bits);
        for i in 1..len {
            match rest.get(i - 1) {
                Some(b) if (i == 1 && second.contains(b)) || (i > 1 && b & 0xc0 == 0x80) => {
                    code = code << 6 | u32::from(b & 0x3f);
                }
                // Two thirds of a surrogate wait for the rest, which `surrogatepass` would take.
                Some(0xa0..=0xbf) if lead == 0xed && i == 1 && rest.len() == 1 && !last => {
                    return Ok(at);
                }
                Some(_) => return error(at, at + i, "invalid continuation byte"),
                None if last => return error(at, bytes.len(), "unexpected end of data"),
                None => return Ok(at),
            }
        }
        out.push(code);
        at += len;
    }
    Ok(bytes.len())
}

pub(super) fn encode(text: Text<'_>, at: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if let Text::Ascii(bytes) = text {
        out.extend_from_slice(bytes.get(at..).unwrap_or(&[]));
        return Ok(());
    }
    let rest = text.slice(at, text.len());
    out.reserve(rest.len());
    let stop = with_units!(rest, units => {
        units.iter().position(|u| {
            #[allow(clippy::unnecessary_cast, clippy::useless_conversion)] // expanded for each width of unit, u32 among them
            let code = u32::from(*u);
            !push_code(out, code)
        })
    });
    let Some(i) = stop else { return Ok(()) };
    let is_surrogate = |c: &u32| (0xd800..0xe000).contains(c);
    let run = rest
        .slice(i, rest.len())
        .iter()
        .take_while(is_surrogate)
        .count();
    Err(EncodeError {
        encoding: "utf-8",
        start: at + i,
        end: at + i + run,
        reason: "surrogates not allowed",
    })
}

/// Appends the bytes of a code point; refuses surrogates.
fn push_code(out: &mut Vec<u8>, code: u32) -> bool {
    if code < 0x80 {
        out.push(code as u8);
        return true;
    }
    match char::from_u32(code) {
        Some(c) => {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            true
        }
        None => false,
    }
}
