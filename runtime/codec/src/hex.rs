//! Hexadecimal text: `bytes.hex`, `bytes.fromhex`, `binascii.hexlify` and `unhexlify`.

/// Why a text is no hexadecimal bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HexError {
    /// "Odd-length string"
    OddLength,
    /// "Non-hexadecimal digit found"
    BadDigit,
}

impl HexError {
    /// The text of `binascii.Error`.
    pub fn message(self) -> &'static str {
        match self {
            HexError::OddLength => "Odd-length string",
            HexError::BadDigit => "Non-hexadecimal digit found",
        }
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Lower-case hexadecimal digits of `data`. With a separator, one stands between groups of
/// `group` bytes, counted from the end, or from the start when `group` is negative; 0 means none.
pub fn encode(data: &[u8], separator: Option<u8>, group: i64) -> Vec<u8> {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = Vec::with_capacity(data.len() * 2);
    for (index, byte) in data.iter().enumerate() {
        let before = if group < 0 { index } else { data.len() - index };
        if let Some(separator) = separator
            && index != 0
            && size != 0
            && before.is_multiple_of(size)
        {
            out.push(separator);
        }
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out
}

/// The bytes that hexadecimal digits stand for, without anything between (`unhexlify`).
pub fn decode(text: &[u8]) -> Result<Vec<u8>, HexError> {
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(HexError::OddLength);
    }
    pairs
        .iter()
        .map(|[high, low]| byte(*high, *low).ok_or(HexError::BadDigit))
        .collect()
}

/// `bytes.fromhex`: ASCII white space may stand between bytes. The error is the place of the bad
/// character for "non-hexadecimal number found in fromhex() arg at position {place}", or `None`
/// for "fromhex() arg must contain an even number of hexadecimal digits".
pub fn decode_spaced(text: &[u8]) -> Result<Vec<u8>, Option<usize>> {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if text[at].is_ascii_whitespace() || text[at] == 0x0b {
            at += 1;
            continue;
        }
        let high = digit(text[at]).ok_or(Some(at))?;
        let low = match text.get(at + 1) {
            Some(low) => digit(*low).ok_or(Some(at + 1))?,
            None => return Err(None),
        };
        out.push((high << 4) | low);
        at += 2;
    }
    Ok(out)
}

fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).map(|value| value as u8)
}

fn byte(high: u8, low: u8) -> Option<u8> {
    Some((digit(high)? << 4) | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_count_from_either_end() {
        assert_eq!(encode(b"abcdefg", Some(b':'), 3), b"61:626364:656667");
        assert_eq!(encode(b"abcdefg", Some(b':'), -3), b"616263:646566:67");
        assert_eq!(encode(b"ab", Some(b':'), 0), b"6162");
        assert_eq!(encode(b"ab", None, 1), b"6162");
    }

    #[test]
    fn decoding() {
        assert_eq!(decode(b"AbCd"), Ok(vec![0xab, 0xcd]));
        assert_eq!(decode(b"a"), Err(HexError::OddLength));
        assert_eq!(decode(b"ag"), Err(HexError::BadDigit));
        assert_eq!(decode_spaced(b" ab\ncd "), Ok(vec![0xab, 0xcd]));
        assert_eq!(decode_spaced(b"a b"), Err(Some(1)));
        assert_eq!(decode_spaced(b"abc"), Err(None));
    }
}
