//! Eight-bit codecs given by a table of 256 characters. The `_codecs` module calls this for tables
//! that are strings; mappings that are dictionaries stay with it.

use std::collections::HashMap;

use super::{DecodeError, EncodeError};
use crate::repr::{Builder, Text};

/// The entry of a table that means "no character".
const UNDEFINED: u32 = 0xfffe;
const REASON: &str = "character maps to <undefined>";

/// Decodes from `at` on by a table that has the character of each byte at its index.
pub fn decode(
    table: Text<'_>,
    bytes: &[u8],
    at: usize,
    out: &mut Builder,
) -> Result<usize, DecodeError> {
    for (i, b) in bytes.iter().enumerate().skip(at) {
        match table.get(usize::from(*b)) {
            Some(code) if code != UNDEFINED => out.push(code),
            _ => {
                return Err(DecodeError {
                    encoding: "charmap",
                    start: i,
                    end: i + 1,
                    reason: REASON,
                });
            }
        }
    }
    Ok(bytes.len())
}

/// The reverse of a decoding table.
#[derive(Clone, Debug, Default)]
pub struct EncodingMap {
    bytes: HashMap<u32, u8>,
}

impl EncodingMap {
    /// Reverses a table; where a character stands twice, the later place counts.
    pub fn build(table: Text<'_>) -> EncodingMap {
        let pairs = table.iter().zip(0..=255u8).filter(|(c, _)| *c != UNDEFINED);
        EncodingMap {
            bytes: pairs.collect(),
        }
    }

    /// The byte of a character.
    pub fn get(&self, code: u32) -> Option<u8> {
        self.bytes.get(&code).copied()
    }

    /// Encodes from `at` on up to the end or the first run of unmapped characters.
    pub fn encode(&self, text: Text<'_>, at: usize, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        for (i, code) in text.iter().enumerate().skip(at) {
            let Some(b) = self.get(code) else {
                let run = text
                    .slice(i, text.len())
                    .iter()
                    .take_while(|c| self.get(*c).is_none())
                    .count();
                return Err(EncodeError {
                    encoding: "charmap",
                    start: i,
                    end: i + run,
                    reason: REASON,
                });
            };
            out.push(b);
        }
        Ok(())
    }
}
