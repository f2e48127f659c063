//! UTF-32 in both byte orders.

use super::{DecodeError, EncodeError, Order};
use crate::repr::{Builder, Text};

/// The byte order mark at the start and its length.
pub(super) fn mark(bytes: &[u8]) -> Option<(Order, usize)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some((Order::Little, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((Order::Big, 4)),
        _ => None,
    }
}

pub(super) fn decode(
    big: bool,
    bytes: &[u8],
    mut at: usize,
    last: bool,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    let encoding = if big { "utf-32-be" } else { "utf-32-le" };
    let error = |start: usize, end: usize, reason| {
        Err(DecodeError {
            encoding,
            start,
            end,
            reason,
        })
    };
    while let Some([a, b, c, d, ..]) = bytes.get(at..) {
        let word = [*a, *b, *c, *d];
        match if big {
            u32::from_be_bytes(word)
        } else {
            u32::from_le_bytes(word)
        } {
            0xd800..=0xdfff => {
                return error(
                    at,
                    at + 4,
                    "code point in surrogate code point range(0xd800, 0xe000)",
                );
            }
            0x11_0000.. => return error(at, at + 4, "code point not in range(0x110000)"),
            code => out.push(code),
        }
        at += 4;
    }
    if at < bytes.len() && last {
        return error(at, bytes.len(), "truncated data");
    }
    Ok(at.min(bytes.len()))
}

pub(super) fn encode(
    order: Order,
    text: Text<'_>,
    at: usize,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    for (i, code) in text.slice(at, text.len()).iter().enumerate() {
        if (0xd800..0xe000).contains(&code) {
            let encoding = match order {
                Order::Marked => "utf-32",
                Order::Little => "utf-32-le",
                Order::Big => "utf-32-be",
            };
            return Err(EncodeError {
                encoding,
                start: at + i,
                end: at + i + 1,
                reason: "surrogates not allowed",
            });
        }
        out.extend_from_slice(&if order == Order::Big {
            code.to_be_bytes()
        } else {
            code.to_le_bytes()
        });
    }
    Ok(())
}
