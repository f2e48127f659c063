//! ASCII and Latin-1.

use super::{DecodeError, EncodeError};
use crate::repr::{Builder, Text};

pub(super) fn decode_ascii(
    bytes: &[u8],
    at: usize,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    let rest = bytes.get(at..).unwrap_or(&[]);
    let run = if rest.is_ascii() {
        rest.len()
    } else {
        rest.iter().take_while(|b| b.is_ascii()).count()
    };
    out.push_text(Text::Ascii(rest.get(..run).unwrap_or(&[])));
    if run < rest.len() {
        let start = at + run;
        return Err(DecodeError {
            encoding: "ascii",
            start,
            end: start + 1,
            reason: "ordinal not in range(128)",
        });
    }
    Ok(bytes.len())
}

/// Encodes the characters below `limit`, which is 0x80 or 0x100.
pub(super) fn encode(
    limit: u32,
    text: Text<'_>,
    at: usize,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let rest = text.slice(at, text.len());
    match rest {
        Text::Ascii(b) => out.extend_from_slice(b),
        Text::Latin1(b) if limit == 0x100 => out.extend_from_slice(b),
        _ => {
            for (i, code) in rest.iter().enumerate() {
                if code < limit {
                    out.push(code as u8);
                    continue;
                }
                let run = rest
                    .slice(i, rest.len())
                    .iter()
                    .take_while(|c| *c >= limit)
                    .count();
                let (encoding, reason) = match limit {
                    0x80 => ("ascii", "ordinal not in range(128)"),
                    _ => ("latin-1", "ordinal not in range(256)"),
                };
                return Err(EncodeError {
                    encoding,
                    start: at + i,
                    end: at + i + run,
                    reason,
                });
            }
        }
    }
    Ok(())
}
