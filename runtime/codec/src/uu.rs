//! Lines of the uuencode format, as `binascii` has them.

/// Why a line is not uuencoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UuError {
    /// "Missing length byte": an empty line.
    Missing,
    /// "Illegal char"
    IllegalChar,
    /// "Trailing garbage"
    TrailingGarbage,
    /// "At most 45 bytes at once"
    TooMuch,
}

impl UuError {
    /// The text of `binascii.Error`.
    pub fn message(self) -> &'static str {
        match self {
            UuError::Missing => "Missing length byte",
            UuError::IllegalChar => "Illegal char",
            UuError::TrailingGarbage => "Trailing garbage",
            UuError::TooMuch => "At most 45 bytes at once",
        }
    }
}

/// One line for up to 45 bytes; zeros are written as a space, or as a backtick.
pub fn encode(data: &[u8], backtick: bool) -> Result<Vec<u8>, UuError> {
    if data.len() > 45 {
        return Err(UuError::TooMuch);
    }
    let letter = |value: u32| match (value & 63) as u8 {
        0 if backtick => b'`',
        value => value + b' ',
    };
    let mut out = vec![letter(data.len() as u32)];
    for chunk in data.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = (at(0) << 16) | (at(1) << 8) | at(2);
        out.extend([18, 12, 6, 0].map(|shift| letter(bits >> shift)));
    }
    out.push(b'\n');
    Ok(out)
}

/// The bytes of one line. A line that was cut short is filled with zeros.
pub fn decode(line: &[u8]) -> Result<Vec<u8>, UuError> {
    let (first, rest) = line.split_first().ok_or(UuError::Missing)?;
    let length = usize::from(first.wrapping_sub(b' ') & 63);
    let mut out = Vec::with_capacity(length);
    let mut letters = rest.iter().copied();
    let (mut bits, mut count) = (0u32, 0);
    while out.len() < length {
        let value = match letters.next() {
            // Trailing spaces may have been lost on the way.
            None | Some(b'\n' | b'\r') => 0,
            Some(letter @ b' '..=b'`') => (letter - b' ') & 63,
            Some(_) => return Err(UuError::IllegalChar),
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    // A space or backtick may fill up the last group.
    match letters.all(|letter| matches!(letter, b' ' | b'`' | b'\n' | b'\r')) {
        true => Ok(out),
        false => Err(UuError::TrailingGarbage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_both_ways() {
        assert_eq!(encode(b"abc", false), Ok(b"#86)C\n".to_vec()));
        assert_eq!(encode(b"a\0b", true), Ok(b"#80!B\n".to_vec()));
        assert_eq!(encode(&[0; 46], false), Err(UuError::TooMuch));
        assert_eq!(decode(b"#86)C\n"), Ok(b"abc".to_vec()));
        assert_eq!(decode(b"#8"), Ok(b"`\0\0".to_vec()));
        assert_eq!(decode(b"!86)C\n"), Err(UuError::TrailingGarbage));
        assert_eq!(decode(b"#86\x01C"), Err(UuError::IllegalChar));
        assert_eq!(decode(b""), Err(UuError::Missing));
    }
}
