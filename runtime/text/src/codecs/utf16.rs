//! UTF-16 in both byte orders.

use super::{DecodeError, EncodeError, Order};
use crate::repr::{Builder, Text};

/// The byte order mark at the start and its length.
pub(super) fn mark(bytes: &[u8]) -> Option<(Order, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => Some((Order::Little, 2)),
        [0xfe, 0xff, ..] => Some((Order::Big, 2)),
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
    let encoding = if big { "utf-16-be" } else { "utf-16-le" };
    let error = |start: usize, end: usize, reason| {
        Err(DecodeError {
            encoding,
            start,
            end,
            reason,
        })
    };
    let unit = |at: usize| match bytes.get(at..) {
        Some([a, b, ..]) => Some(u32::from(if big {
            u16::from_be_bytes([*a, *b])
        } else {
            u16::from_le_bytes([*a, *b])
        })),
        _ => None,
    };
    while let Some(code) = unit(at) {
        match code {
            0xd800..=0xdbff => match unit(at + 2) {
                Some(low @ 0xdc00..=0xdfff) => {
                    out.push(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
                    at += 4;
                }
                Some(_) => return error(at, at + 2, "illegal UTF-16 surrogate"),
                None if last => return error(at, bytes.len(), "unexpected end of data"),
                None => return Ok(at),
            },
            0xdc00..=0xdfff => return error(at, at + 2, "illegal encoding"),
            _ => {
                out.push(code);
                at += 2;
            }
        }
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
    let mut push = |unit: u16| {
        out.extend_from_slice(&if order == Order::Big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        });
    };
    for (i, code) in text.slice(at, text.len()).iter().enumerate() {
        match code {
            0xd800..=0xdfff => {
                let encoding = match order {
                    Order::Marked => "utf-16",
                    Order::Little => "utf-16-le",
                    Order::Big => "utf-16-be",
                };
                return Err(EncodeError {
                    encoding,
                    start: at + i,
                    end: at + i + 1,
                    reason: "surrogates not allowed",
                });
            }
            0..=0xffff => push(code as u16),
            _ => {
                push((0xd7c0 + (code >> 10)) as u16);
                push((0xdc00 + (code & 0x3ff)) as u16);
            }
        }
    }
    Ok(())
}
