//! The built-in codecs. Every decoder and encoder works until the end or the first problem, which
//! it reports with its place and reason; the caller runs the error handler and resumes. The drivers
//! [`decode`] and [`encode`] do that loop; the string and bytes objects and the `_codecs` module
//! call them.

pub mod charmap;
mod escapes;
mod narrow;
pub mod policy;
mod utf16;
mod utf32;
mod utf7;
mod utf8;

use crate::repr::{Builder, Text, TextBuf};
pub use policy::Policy;

/// Byte order of the wide encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By the byte order mark; little-endian without one. The encoders write the mark.
    Marked,
    /// Little-endian, no mark.
    Little,
    /// Big-endian, no mark.
    Big,
}

/// A built-in encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the variants are the encodings of these names
pub enum Encoding {
    Utf8,
    Utf16(Order),
    Utf32(Order),
    Utf7,
    Latin1,
    Ascii,
    UnicodeEscape,
    RawUnicodeEscape,
}

impl Encoding {
    /// The encoding a name in any of its common spellings stands for. Other aliases are the
    /// business of the `encodings` package.
    pub fn lookup(name: &str) -> Option<Encoding> {
        match name {
            "utf-8" | "utf8" | "UTF-8" => return Some(Encoding::Utf8),
            "ascii" => return Some(Encoding::Ascii),
            "latin-1" | "latin1" => return Some(Encoding::Latin1),
            _ => {}
        }
        let name = name.to_ascii_lowercase().replace(['_', ' '], "-");
        Some(match name.as_str() {
            "utf-8" | "utf8" | "u8" | "cp65001" => Encoding::Utf8,
            "utf-16" | "utf16" | "u16" => Encoding::Utf16(Order::Marked),
            "utf-16-le" | "utf-16le" => Encoding::Utf16(Order::Little),
            "utf-16-be" | "utf-16be" => Encoding::Utf16(Order::Big),
            "utf-32" | "utf32" | "u32" => Encoding::Utf32(Order::Marked),
            "utf-32-le" | "utf-32le" => Encoding::Utf32(Order::Little),
            "utf-32-be" | "utf-32be" => Encoding::Utf32(Order::Big),
            "utf-7" | "utf7" | "u7" => Encoding::Utf7,
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "l1" | "latin" => {
                Encoding::Latin1
            }
            "ascii" | "us-ascii" | "646" => Encoding::Ascii,
            "unicode-escape" => Encoding::UnicodeEscape,
            "raw-unicode-escape" => Encoding::RawUnicodeEscape,
            _ => return None,
        })
    }
}

/// A problem met while decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// The name the exception carries.
    pub encoding: &'static str,
    /// First byte that cannot be decoded.
    pub start: usize,
    /// Past the last one.
    pub end: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// A problem met while encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The name the exception carries.
    pub encoding: &'static str,
    /// First character that cannot be encoded.
    pub start: usize,
    /// Past the last one.
    pub end: usize,
    /// What is wrong.
    pub reason: &'static str,
}

/// What a decoder remembers between two runs over the same input.
#[derive(Clone, Copy, Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// The byte order that a mark revealed.
    marked: Option<Order>,
    /// Where the first unknown backslash escape was seen: the index of the character after the
    /// backslash (for an octal one above 0o377, its first digit). The caller warns.
    pub invalid_escape: Option<usize>,
}

impl Decoder {
    /// A decoder at the start of its input.
    pub fn new(encoding: Encoding) -> Decoder {
        Decoder {
            encoding,
            marked: None,
            invalid_escape: None,
        }
    }

    /// The byte order known by now: -1 little, 1 big, 0 none, as `utf_16_ex_decode` tells it.
    pub fn byte_order(&self) -> i32 {
        match (self.encoding, self.marked) {
            (_, Some(Order::Little))
            | (Encoding::Utf16(Order::Little) | Encoding::Utf32(Order::Little), _) => -1,
            (_, Some(Order::Big))
            | (Encoding::Utf16(Order::Big) | Encoding::Utf32(Order::Big), _) => 1,
            _ => 0,
        }
    }

    /// Decodes `bytes` from `at` on. Answers how far it came: the end, or, when more input may
    /// follow (`last` is false), the start of an incomplete character.
    pub fn run(
        &mut self,
        bytes: &[u8],
        at: usize,
        last: bool,
        out: &mut Builder,
    ) -> Result<usize, DecodeError> {
        match self.encoding {
            Encoding::Utf8 => utf8::decode(bytes, at, last, out),
            Encoding::Utf16(order) => {
                let (order, at) = self.order(order, bytes, at, utf16::mark);
                utf16::decode(order == Order::Big, bytes, at, last, out)
            }
            Encoding::Utf32(order) => {
                let (order, at) = self.order(order, bytes, at, utf32::mark);
                utf32::decode(order == Order::Big, bytes, at, last, out)
            }
            Encoding::Utf7 => utf7::decode(bytes, at, last, out),
            Encoding::Latin1 => {
                out.push_text(Text::Latin1(bytes.get(at..).unwrap_or(&[])));
                Ok(bytes.len())
            }
            Encoding::Ascii => narrow::decode_ascii(bytes, at, out),
            Encoding::UnicodeEscape => {
                escapes::decode(bytes, at, last, out, &mut self.invalid_escape)
            }
            Encoding::RawUnicodeEscape => escapes::decode_raw(bytes, at, last, out),
        }
    }

    fn order(
        &mut self,
        order: Order,
        bytes: &[u8],
        at: usize,
        mark: fn(&[u8]) -> Option<(Order, usize)>,
    ) -> (Order, usize) {
        if order != Order::Marked {
            return (order, at);
        }
        if at == 0
            && let Some((found, len)) = mark(bytes)
        {
            self.marked = Some(found);
            return (found, len);
        }
        (self.marked.unwrap_or(Order::Marked), at)
    }
}

/// A finished decoding.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text.
    pub text: TextBuf,
    /// How many bytes were used.
    pub consumed: usize,
    /// As [`Decoder::byte_order`].
    pub byte_order: i32,
    /// As [`Decoder::invalid_escape`].
    pub invalid_escape: Option<usize>,
}

/// Decodes, asking `on_error` for a replacement and the index to resume at.
pub fn decode<E>(
    encoding: Encoding,
    bytes: &[u8],
    last: bool,
    mut on_error: impl FnMut(&DecodeError) -> Result<(TextBuf, usize), E>,
) -> Result<Decoded, E> {
    let mut decoder = Decoder::new(encoding);
    let mut out = Builder::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        match decoder.run(bytes, at, last, &mut out) {
            Ok(consumed) => {
                return Ok(Decoded {
                    text: out.finish(),
                    consumed,
                    byte_order: decoder.byte_order(),
                    invalid_escape: decoder.invalid_escape,
                });
            }
            Err(error) => {
                let (replacement, next) = on_error(&error)?;
                out.push_text(replacement.as_text());
                at = next;
            }
        }
    }
}

/// Decodes under one of the built-in error policies.
pub fn decode_with_policy(
    encoding: Encoding,
    policy: Policy,
    bytes: &[u8],
    last: bool,
) -> Result<Decoded, DecodeError> {
    decode(encoding, bytes, last, |e| {
        policy
            .on_decode(e.encoding, bytes, e.start, e.end)
            .ok_or(*e)
    })
}

/// What an error handler puts in the place of unencodable characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Text, which is encoded in turn.
    Text(TextBuf),
    /// Bytes, taken as they are.
    Bytes(Vec<u8>),
}

/// Encodes characters from `at` on up to the end or the first problem.
pub fn encode_from(
    encoding: Encoding,
    text: Text<'_>,
    at: usize,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    match encoding {
        Encoding::Utf8 => utf8::encode(text, at, out),
        Encoding::Utf16(order) => utf16::encode(order, text, at, out),
        Encoding::Utf32(order) => utf32::encode(order, text, at, out),
        Encoding::Utf7 => {
            utf7::encode(text, at, out);
            Ok(())
        }
        Encoding::Latin1 => narrow::encode(0x100, text, at, out),
        Encoding::Ascii => narrow::encode(0x80, text, at, out),
        Encoding::UnicodeEscape => {
            escapes::encode(text, at, out);
            Ok(())
        }
        Encoding::RawUnicodeEscape => {
            escapes::encode_raw(text, at, out);
            Ok(())
        }
    }
}

/// Encodes, asking `on_error` for a replacement and the index to resume at. A replacement that
/// cannot be encoded itself brings the original error.
pub fn encode<E: From<EncodeError>>(
    encoding: Encoding,
    text: Text<'_>,
    mut on_error: impl FnMut(&EncodeError) -> Result<(Replacement, usize), E>,
) -> Result<Vec<u8>, E> {
    // The byte order mark goes in front only once; after it the order is fixed.
    let (mut out, encoding, unit) = match encoding {
        Encoding::Utf16(order) => {
            let mark: &[u8] = if order == Order::Marked {
                &[0xff, 0xfe]
            } else {
                &[]
            };
            (mark.to_vec(), encoding, 2)
        }
        Encoding::Utf32(order) => {
            let mark: &[u8] = if order == Order::Marked {
                &[0xff, 0xfe, 0, 0]
            } else {
                &[]
            };
            (mark.to_vec(), encoding, 4)
        }
        _ => (Vec::with_capacity(text.len()), encoding, 1),
    };
    let wide = matches!(
        encoding,
        Encoding::Utf8 | Encoding::Utf16(_) | Encoding::Utf32(_)
    );
    let mut at = 0;
    while let Err(error) = encode_from(encoding, text, at, &mut out) {
        let (replacement, next) = on_error(&error)?;
        match replacement {
            Replacement::Bytes(b) if b.len() % unit != 0 => return Err(error.into()),
            Replacement::Bytes(b) => out.extend_from_slice(&b),
            Replacement::Text(t) => {
                // The Unicode encodings take only ASCII replacements.
                if wide && !matches!(t, TextBuf::Ascii(_)) {
                    return Err(error.into());
                }
                if encode_from(encoding, t.as_text(), 0, &mut out).is_err() {
                    return Err(error.into());
                }
            }
        }
        at = next;
    }
    Ok(out)
}

/// Encodes under one of the built-in error policies.
pub fn encode_with_policy(
    encoding: Encoding,
    policy: Policy,
    text: Text<'_>,
) -> Result<Vec<u8>, EncodeError> {
    encode(encoding, text, |e| {
        let mut end = e.end;
        if policy == Policy::SurrogateEscape {
            // What can be escaped is, so that an error tells of the rest only.
            let escapable = |c: &u32| (0xdc80..=0xdcff).contains(c);
            let escaped = text
                .slice(e.start, e.end)
                .iter()
                .take_while(escapable)
                .count();
            if escaped > 0 {
                end = e.start + escaped;
            }
        }
        policy.on_encode(e.encoding, text, e.start, end).ok_or(*e)
    })
}

#[cfg(test)]
mod tests;
