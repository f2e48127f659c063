//! Base 64 as `binascii` has it.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const INVALID: u8 = 255;

const fn inverse() -> [u8; 256] {
    let mut table = [INVALID; 256];
    let mut index = 0;
    while index < 64 {
        table[ALPHABET[index] as usize] = index as u8;
        index += 1;
    }
    table
}

static VALUES: [u8; 256] = inverse();

/// Why a text is no base 64.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Base64Error {
    /// A group is not complete.
    IncorrectPadding,
    /// One character more than whole groups; how many characters carried data.
    OneTooMany(usize),
    /// Strict: the text starts with `=`.
    LeadingPadding,
    /// Strict: a character outside the alphabet.
    NotAlphabet,
    /// Strict: data behind the padding.
    ExcessData,
    /// Strict: more `=` than needed.
    ExcessPadding,
    /// Strict: data between `=`.
    DiscontinuousPadding,
}

impl Base64Error {
    /// The text of `binascii.Error`.
    pub fn message(self) -> String {
        match self {
            Base64Error::IncorrectPadding => "Incorrect padding".to_owned(),
            Base64Error::OneTooMany(count) => format!(
                "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
            ),
            Base64Error::LeadingPadding => "Leading padding not allowed".to_owned(),
            Base64Error::NotAlphabet => "Only base64 data is allowed".to_owned(),
            Base64Error::ExcessData => "Excess data after padding".to_owned(),
            Base64Error::ExcessPadding => "Excess padding not allowed".to_owned(),
            Base64Error::DiscontinuousPadding => "Discontinuous padding not allowed".to_owned(),
        }
    }
}

/// Base 64 of `data`, without a line feed.
pub fn encode(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for chunk in data.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = (at(0) << 16) | (at(1) << 8) | at(2);
        let letter = |shift: u32| ALPHABET[(bits >> shift & 63) as usize];
        out.push(letter(18));
        out.push(letter(12));
        out.push(if chunk.len() > 1 { letter(6) } else { b'=' });
        out.push(if chunk.len() > 2 { letter(0) } else { b'=' });
    }
    out
}

/// The bytes that base 64 stands for. Characters outside the alphabet are skipped, unless `strict`.
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, Base64Error> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    // Letters in the open group, the bits left over from the last one, `=` since then.
    let (mut place, mut left, mut pads) = (0, 0u8, 0);
    if strict && text.first() == Some(&b'=') {
        return Err(Base64Error::LeadingPadding);
    }
    for letter in text {
        let value = VALUES[usize::from(*letter)];
        if *letter == b'=' {
            match place {
                // Complete groups need none, and one letter is beyond repair.
                0 if strict => return Err(Base64Error::ExcessPadding),
                1 if strict => break,
                0 | 1 => {}
                _ if strict && place + pads >= 4 => return Err(Base64Error::ExcessPadding),
                _ => pads += 1,
            }
        } else if value == INVALID {
            if strict {
                return Err(Base64Error::NotAlphabet);
            }
        } else {
            if strict && pads > 0 {
                return Err(match place + pads {
                    4.. => Base64Error::ExcessData,
                    _ => Base64Error::DiscontinuousPadding,
                });
            }
            match place {
                0 => {}
                1 => out.push((left << 2) | (value >> 4)),
                2 => out.push((left << 4) | (value >> 2)),
                _ => out.push((left << 6) | value),
            }
            (place, left, pads) = ((place + 1) % 4, value, 0);
        }
    }
    match place {
        0 => Ok(out),
        1 => Err(Base64Error::OneTooMany(out.len() / 3 * 4 + 1)),
        _ if place + pads >= 4 => Ok(out),
        _ => Err(Base64Error::IncorrectPadding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(encode(b"abcd"), b"YWJjZA==");
        assert_eq!(decode(b"YWJj!ZGVm\n", false), Ok(b"abcdef".to_vec()));
        assert_eq!(decode(b"YQ==YQ==", false), Ok(b"a\x06\x10".to_vec()));
        assert_eq!(decode(b"YWJjZ", false), Err(Base64Error::OneTooMany(5)));
        assert_eq!(decode(b"YQ=", false), Err(Base64Error::IncorrectPadding));
    }

    #[test]
    fn strict_decoding() {
        assert_eq!(decode(b"YQ==", true), Ok(b"a".to_vec()));
        let errors = [
            (&b"=YQ="[..], Base64Error::LeadingPadding),
            (b"YQ==\n", Base64Error::NotAlphabet),
            (b"YQ==YQ==", Base64Error::ExcessData),
            (b"YQ===", Base64Error::ExcessPadding),
            (b"YWJj=", Base64Error::ExcessPadding),
            (b"YW=J", Base64Error::DiscontinuousPadding),
            (b"Y===", Base64Error::OneTooMany(1)),
        ];
        for (text, error) in errors {
            assert_eq!(decode(text, true), Err(error));
        }
    }
}
