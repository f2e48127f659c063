//! Text from bytes that come in pieces.

/// How a document's bytes stand for characters.
#[derive(Clone)]
pub enum Encoding {
    Utf8,
    Utf16 {
        little: bool,
    },
    Latin1,
    Ascii,
    /// One character a byte; `None` where a byte stands for none.
    Table(Box<[Option<char>; 256]>),
}

impl Encoding {
    /// An encoding by its name.
    pub fn named(name: &str) -> Option<Encoding> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Encoding::Utf8,
            "iso-8859-1" | "latin1" | "latin-1" => Encoding::Latin1,
            "us-ascii" | "ascii" => Encoding::Ascii,
            "utf-16be" => Encoding::Utf16 { little: false },
            "utf-16le" => Encoding::Utf16 { little: true },
            _ => return None,
        })
    }
    /// Appends the characters of the bytes; how many bytes were used. `Err` at bytes that stand for nothing.
    pub fn decode(&self, bytes: &[u8], out: &mut String) -> Result<usize, usize> {
        match self {
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(s) => {
                    out.push_str(s);
                    Ok(bytes.len())
                }
                Err(e) => {
                    let good = e.valid_up_to();
                    out.push_str(
                        std::str::from_utf8(bytes.get(..good).unwrap_or(&[])).unwrap_or(""),
                    );
                    if e.error_len().is_some() {
                        Err(good)
                    } else {
                        Ok(good)
                    }
                }
            },
            Encoding::Latin1 => {
                out.extend(bytes.iter().map(|b| char::from(*b)));
                Ok(bytes.len())
            }
            Encoding::Ascii => {
                let good = bytes
                    .iter()
                    .position(|b| !b.is_ascii())
                    .unwrap_or(bytes.len());
                out.extend(bytes.iter().take(good).map(|b| char::from(*b)));
                if good == bytes.len() {
                    Ok(good)
                } else {
                    Err(good)
                }
            }
            Encoding::Table(t) => {
                for (i, b) in bytes.iter().enumerate() {
                    match t[usize::from(*b)] {
                        Some(c) => out.push(c),
                        None => return Err(i),
                    }
                }
                Ok(bytes.len())
            }
            Encoding::Utf16 { little } => {
                let unit = |i: usize| match (bytes.get(i), bytes.get(i + 1)) {
                    (Some(a), Some(b)) if *little => Some(u16::from_le_bytes([*a, *b])),
                    (Some(a), Some(b)) => Some(u16::from_be_bytes([*a, *b])),
                    _ => None,
                };
                let mut at = 0;
                while let Some(u) = unit(at) {
                    let (c, n) = match u {
                        0xd800..=0xdbff => match unit(at + 2) {
                            None => return Ok(at),
                            Some(v @ 0xdc00..=0xdfff) => {
                                let code =
                                    0x10000 + (u32::from(u & 0x3ff) << 10) + u32::from(v & 0x3ff);
                                (char::from_u32(code), 4)
                            }
                            Some(_) => (None, 2),
                        },
                        _ => (char::from_u32(u32::from(u)), 2),
                    };
                    match c {
                        Some(c) => out.push(c),
                        None => return Err(at),
                    }
                    at += n;
                }
                Ok(at)
            }
        }
    }
}
