//! Case: the mappings of single characters and the case methods of whole texts, with the context
//! rule for the Greek final sigma.

use super::layout::{CASE_STRINGS, HAS_CASE, SPECIAL, TYPE_CASES};
use super::{
    is_case_ignorable, is_cased, is_lower, is_title, is_upper, is_xid_continue, is_xid_start,
    type_record, type_word,
};
use crate::repr::{Builder, Text, TextBuf};

const CAPITAL_SIGMA: u32 = 0x3a3;
const FINAL_SIGMA: u32 = 0x3c2;
const SMALL_SIGMA: u32 = 0x3c3;

/// What a character becomes in another case: one to three characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseMapping {
    codes: [u32; 3],
    len: u8,
}

impl CaseMapping {
    /// The characters.
    pub fn as_slice(&self) -> &[u32] {
        self.codes.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// The character, when it is only one.
    pub fn single(&self) -> Option<u32> {
        match self.as_slice() {
            [c] => Some(*c),
            _ => None,
        }
    }
}

/// Which column of the case table.
#[derive(Clone, Copy)]
enum Column {
    Lower,
    Upper,
    Title,
    Fold,
}

#[inline]
fn map(code: u32, column: Column) -> CaseMapping {
    let unchanged = CaseMapping {
        codes: [code, 0, 0],
        len: 1,
    };
    if type_word(code) & HAS_CASE == 0 {
        return unchanged;
    }
    let entry = TYPE_CASES
        .get(type_record(code) * 4 + column as usize)
        .copied()
        .unwrap_or(0);
    // The top two bits of a small distance agree; only a reference has 01 there.
    if entry >> 30 != SPECIAL >> 30 {
        return CaseMapping {
            codes: [code.wrapping_add(entry), 0, 0],
            len: 1,
        };
    }
    let (at, len) = (((entry & !SPECIAL) >> 2) as usize, (entry & 3) as usize);
    let Some(string) = CASE_STRINGS.get(at..at + len) else {
        return unchanged;
    };
    let mut codes = [0; 3];
    for (to, from) in codes.iter_mut().zip(string) {
        *to = *from;
    }
    CaseMapping {
        codes,
        len: len as u8,
    }
}

/// The full lower-case mapping, without context.
pub fn to_lower(code: u32) -> CaseMapping {
    map(code, Column::Lower)
}

/// The full upper-case mapping.
pub fn to_upper(code: u32) -> CaseMapping {
    map(code, Column::Upper)
}

/// The full title-case mapping.
pub fn to_title(code: u32) -> CaseMapping {
    map(code, Column::Title)
}

/// The full case folding.
pub fn to_fold(code: u32) -> CaseMapping {
    map(code, Column::Fold)
}

/// The one-character lower-case mapping, which regular expressions use.
pub fn lower_simple(code: u32) -> u32 {
    match to_lower(code).as_slice() {
        // Only the dotted capital I has a longer mapping; its first character is the simple one.
        [c, ..] => *c,
        [] => code,
    }
}

/// The one-character upper-case mapping.
pub fn upper_simple(code: u32) -> u32 {
    // Where the full mapping is longer, the title-case one is the simple one if it is short.
    to_upper(code)
        .single()
        .or_else(|| to_title(code).single())
        .unwrap_or(code)
}

/// Lower case of the character at `at`, looking at what surrounds a capital sigma.
fn push_lower(out: &mut Builder, text: Text<'_>, at: usize, code: u32) {
    if code != CAPITAL_SIGMA {
        push_mapping(out, to_lower(code));
        return;
    }
    let seen = |c: Option<u32>| c.is_some_and(is_cased);
    let before = text
        .slice(0, at)
        .iter()
        .rev()
        .find(|c| !is_case_ignorable(*c));
    let after = text
        .slice(at + 1, text.len())
        .iter()
        .find(|c| !is_case_ignorable(*c));
    out.push(if seen(before) && !seen(after) {
        FINAL_SIGMA
    } else {
        SMALL_SIGMA
    });
}

#[inline]
fn push_mapping(out: &mut Builder, mapping: CaseMapping) {
    for c in mapping.as_slice() {
        out.push(*c);
    }
}

/// `str.lower`.
pub fn lower(text: Text<'_>) -> TextBuf {
    if let Text::Ascii(bytes) = text {
        return TextBuf::Ascii(bytes.to_ascii_lowercase());
    }
    let mut out = Builder::with_capacity(text.len());
    for (i, c) in text.iter().enumerate() {
        push_lower(&mut out, text, i, c);
    }
    out.finish()
}

/// `str.upper`.
pub fn upper(text: Text<'_>) -> TextBuf {
    if let Text::Ascii(bytes) = text {
        return TextBuf::Ascii(bytes.to_ascii_uppercase());
    }
    map_all(text, to_upper)
}

/// `str.casefold`.
pub fn casefold(text: Text<'_>) -> TextBuf {
    if let Text::Ascii(bytes) = text {
        return TextBuf::Ascii(bytes.to_ascii_lowercase());
    }
    map_all(text, to_fold)
}

fn map_all(text: Text<'_>, mapping: impl Fn(u32) -> CaseMapping) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    for c in text {
        push_mapping(&mut out, mapping(c));
    }
    out.finish()
}

/// `str.title`.
pub fn title(text: Text<'_>) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    let mut inside = false;
    for (i, c) in text.iter().enumerate() {
        if inside {
            push_lower(&mut out, text, i, c);
        } else {
            push_mapping(&mut out, to_title(c));
        }
        inside = is_cased(c);
    }
    out.finish()
}

/// `str.capitalize`.
pub fn capitalize(text: Text<'_>) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    for (i, c) in text.iter().enumerate() {
        if i == 0 {
            push_mapping(&mut out, to_title(c));
        } else {
            push_lower(&mut out, text, i, c);
        }
    }
    out.finish()
}

/// `str.swapcase`.
pub fn swapcase(text: Text<'_>) -> TextBuf {
    let mut out = Builder::with_capacity(text.len());
    for (i, c) in text.iter().enumerate() {
        if is_upper(c) {
            push_lower(&mut out, text, i, c);
        } else if is_lower(c) {
            push_mapping(&mut out, to_upper(c));
        } else {
            out.push(c);
        }
    }
    out.finish()
}

/// `str.islower`: something is lower case, nothing upper or title case.
pub fn is_lower_text(text: Text<'_>) -> bool {
    text.iter().any(is_lower) && !text.iter().any(|c| is_upper(c) || is_title(c))
}

/// `str.isupper`: something is upper case, nothing lower or title case.
pub fn is_upper_text(text: Text<'_>) -> bool {
    text.iter().any(is_upper) && !text.iter().any(|c| is_lower(c) || is_title(c))
}

/// `str.istitle`: capitals only after uncased characters, small letters only after cased ones.
pub fn is_title_text(text: Text<'_>) -> bool {
    let mut any = false;
    let mut inside = false;
    for c in text {
        if is_upper(c) || is_title(c) {
            if inside {
                return false;
            }
            inside = true;
            any = true;
        } else if is_lower(c) {
            if !inside {
                return false;
            }
            any = true;
        } else {
            inside = false;
        }
    }
    any
}

/// `str.isidentifier`.
pub fn is_identifier(text: Text<'_>) -> bool {
    let mut codes = text.iter();
    codes
        .next()
        .is_some_and(|c| c == u32::from('_') || is_xid_start(c))
        && codes.all(is_xid_continue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(f: fn(Text<'_>) -> TextBuf, s: &str) -> String {
        f(TextBuf::from(s).as_text()).as_text().to_utf8_lossy()
    }

    #[test]
    fn single_characters() {
        assert_eq!(to_upper(0xdf).as_slice(), [0x53, 0x53]);
        assert_eq!(to_lower(0x130).as_slice(), [0x69, 0x307]);
        assert_eq!(to_title(0x1c6).as_slice(), [0x1c5]);
        assert_eq!(to_fold(0xdf).as_slice(), [0x73, 0x73]);
        assert_eq!(to_upper(0xfb03).as_slice(), [0x46, 0x46, 0x49]);
        assert_eq!(to_lower(0x41).single(), Some(0x61));
        assert_eq!(
            (
                lower_simple(0x130),
                upper_simple(0x1f80),
                upper_simple(0xdf)
            ),
            (0x69, 0x1f88, 0xdf)
        );
    }

    #[test]
    fn whole_texts() {
        assert_eq!(
            run(lower, "\u{391}\u{3a3} \u{3a3}\u{391}\u{3a3}."),
            "\u{3b1}\u{3c2} \u{3c3}\u{3b1}\u{3c2}."
        );
        assert_eq!(run(upper, "stra\u{df}e"), "STRASSE");
        assert_eq!(
            run(title, "they're bill's \u{1c6}"),
            "They'Re Bill'S \u{1c5}"
        );
        assert_eq!(run(capitalize, "\u{fb01}NNISH"), "Finnish");
        assert_eq!(run(swapcase, "aBc\u{df}"), "AbCSS");
        assert_eq!(run(casefold, "STRA\u{df}E"), "strasse");
    }

    #[test]
    fn tests_of_texts() {
        assert!(is_lower_text(Text::Ascii(b"abc1")) && !is_lower_text(Text::Ascii(b"123")));
        assert!(
            !is_title_text(Text::Ascii(b"A Title 1a"))
                && is_title_text(Text::Ascii(b"A Titled Phrase"))
        );
        assert!(
            is_identifier(Text::Ascii(b"_a1"))
                && !is_identifier(Text::Ascii(b"1a"))
                && !is_identifier(Text::EMPTY)
        );
    }
}
