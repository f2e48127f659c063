//! Names of characters: `unicodedata.name` and `lookup`, and the `\N{...}` escapes.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Named sequences, one per line: the name, a semicolon, the code points.
const SEQUENCES: &str = include_str!("sequences.txt");

/// The name of a character.
pub fn name(code: u32) -> Option<String> {
    unicode_names2::name(char::from_u32(code)?).map(|n| n.to_string())
}

/// The character of a name or alias, in any case.
pub fn lookup_char(name: &str) -> Option<u32> {
    if !name.is_ascii() {
        return None;
    }
    let upper = name.to_ascii_uppercase();
    if let Some(digits) = upper.strip_prefix("TANGUT IDEOGRAPH-") {
        // These are found by name but, like in CPython, do not tell it.
        let code = u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| digits.len() == 5)?;
        return matches!(code, 0x17000..=0x187f7 | 0x18d00..=0x18d08).then_some(code);
    }
    if upper.starts_with("CJK UNIFIED IDEOGRAPH-0") {
        return None;
    }
    unicode_names2::character(&upper).map(u32::from)
}

/// The character or the sequence of characters of a name.
pub fn lookup(name: &str) -> Option<Vec<u32>> {
    static TABLE: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    if let Some(c) = lookup_char(name) {
        return Some(vec![c]);
    }
    let table = TABLE.get_or_init(|| {
        SEQUENCES
            .lines()
            .filter_map(|l| l.split_once(';'))
            .collect()
    });
    let codes = table.get(name.to_ascii_uppercase().as_str())?;
    codes
        .split(' ')
        .map(|c| u32::from_str_radix(c, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_back() {
        assert_eq!(name(0x61).as_deref(), Some("LATIN SMALL LETTER A"));
        assert_eq!(name(0x4e00).as_deref(), Some("CJK UNIFIED IDEOGRAPH-4E00"));
        assert_eq!(name(0xac01).as_deref(), Some("HANGUL SYLLABLE GAG"));
        assert_eq!((name(0x0a), name(0xd800)), (None, None));
        assert_eq!(lookup_char("latin small letter a"), Some(0x61));
        assert_eq!(lookup_char("LINE FEED"), Some(0x0a));
        assert_eq!(lookup("KEYCAP DIGIT ONE"), Some(vec![0x31, 0xfe0f, 0x20e3]));
        assert_eq!(lookup("NO SUCH NAME"), None);
    }
}
