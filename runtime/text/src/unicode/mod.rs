//! Properties of characters, from tables of the Unicode character database in version 16.0.0. The
//! string methods, the lexical checks, the codecs and the `unicodedata` module call it.

mod case;
mod layout;
mod load;
mod names;
mod normalize;
pub mod v3_2;

pub use case::{
    CaseMapping, capitalize, casefold, is_identifier, is_lower_text, is_title_text, is_upper_text,
    lower, lower_simple, swapcase, title, to_fold, to_lower, to_title, to_upper, upper,
    upper_simple,
};
pub use layout::VERSION;
pub use names::{lookup, lookup_char, name};
pub use normalize::{Form, compose_pair, decomposition, is_normalized, normalize, normalize_text};

use crate::repr::Text;
use layout::{
    ALPHA, BIDI_CLASSES, CASE_IGNORABLE, CASED, CATEGORIES, CATEGORY_SHIFT, DATA_STAGE1,
    DATA_STAGE2, DATA_WORDS, DECIMAL, DECIMAL_SHIFT, DIGIT, DIGIT_SHIFT, LINE_BREAK, LOWER,
    NO_DIGIT, NUMERIC, NUMERICS, PRINTABLE, SHIFT, SPACE, TITLE, TYPE_STAGE1, TYPE_STAGE2,
    TYPE_WORDS, UPPER, WIDTHS, XID_CONTINUE, XID_START,
};

/// Walks a two-stage table. Numbers past the last code point get the entry of U+0000.
#[inline]
fn look_up(stage1: &[u16], stage2: &[u16], code: u32) -> usize {
    let block = stage1.get((code >> SHIFT) as usize).copied().unwrap_or(0);
    let at = ((block as usize) << SHIFT) | (code & ((1 << SHIFT) - 1)) as usize;
    stage2.get(at).copied().unwrap_or(0) as usize
}

#[inline]
fn type_record(code: u32) -> usize {
    look_up(&TYPE_STAGE1, &TYPE_STAGE2, code)
}

#[inline]
fn type_word(code: u32) -> u32 {
    TYPE_WORDS.get(type_record(code)).copied().unwrap_or(0)
}

#[inline]
fn data_word(code: u32) -> u32 {
    DATA_WORDS
        .get(look_up(&DATA_STAGE1, &DATA_STAGE2, code))
        .copied()
        .unwrap_or(0)
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident = $flag:expr;)*) => {
        $(
            $(#[$doc])*
            #[inline]
            pub fn $name(code: u32) -> bool {
                type_word(code) & ($flag) != 0
            }
        )*
    };
}

predicates! {
    /// A letter, as `str.isalpha` has it.
    is_alpha = ALPHA;
    /// A letter or any kind of number.
    is_alnum = ALPHA | DECIMAL | DIGIT | NUMERIC;
    /// A digit of a decimal system.
    is_decimal = DECIMAL;
    /// A digit, superscripts and the like included.
    is_digit = DIGIT;
    /// A character with a numeric value.
    is_numeric = NUMERIC;
    /// Lower case.
    is_lower = LOWER;
    /// Upper case.
    is_upper = UPPER;
    /// Title case (the category Lt).
    is_title = TITLE;
    /// Shown as it is by `repr`.
    is_printable = PRINTABLE;
    /// White space.
    is_space = SPACE;
    /// May begin an identifier (the underscore, which Python adds, is not counted).
    is_xid_start = XID_START;
    /// May continue an identifier.
    is_xid_continue = XID_CONTINUE;
    /// Has case.
    is_cased = CASED;
    /// Is looked through when context decides on case.
    is_case_ignorable = CASE_IGNORABLE;
    /// Ends a line for `str.splitlines`.
    is_linebreak = LINE_BREAK;
}

/// The general category, such as `Lu`.
pub fn category(code: u32) -> &'static str {
    CATEGORIES
        .get((type_word(code) >> CATEGORY_SHIFT & 0x1f) as usize)
        .copied()
        .unwrap_or("Cn")
}

/// The value of a decimal digit.
pub fn decimal(code: u32) -> Option<u8> {
    let d = type_word(code) >> DECIMAL_SHIFT & 0xf;
    (d != NO_DIGIT).then_some(d as u8)
}

/// The value of a digit.
pub fn digit(code: u32) -> Option<u8> {
    let d = type_word(code) >> DIGIT_SHIFT & 0xf;
    (d != NO_DIGIT).then_some(d as u8)
}

/// The numeric value.
pub fn numeric(code: u32) -> Option<f64> {
    let n = (data_word(code) >> 17 & 0xff) as usize;
    n.checked_sub(1).and_then(|n| NUMERICS.get(n)).copied()
}

/// The bidirectional class, empty when there is none.
pub fn bidirectional(code: u32) -> &'static str {
    BIDI_CLASSES
        .get((data_word(code) & 0x1f) as usize)
        .copied()
        .unwrap_or("")
}

/// The canonical combining class.
pub fn combining(code: u32) -> u8 {
    (data_word(code) >> 5) as u8
}

/// The East Asian width, such as `Na`.
pub fn east_asian_width(code: u32) -> &'static str {
    WIDTHS
        .get((data_word(code) >> 13 & 7) as usize)
        .copied()
        .unwrap_or("N")
}

/// Whether the character is mirrored in right-to-left text.
pub fn mirrored(code: u32) -> bool {
    data_word(code) >> 16 & 1 != 0
}

/// Prepares text for the number parsers: decimal digits of any script and white space become ASCII.
/// At the first other character outside ASCII the result ends with a `?`, which no parser takes.
pub fn to_ascii_number(text: Text<'_>) -> Vec<u8> {
    if let Text::Ascii(bytes) = text {
        return bytes.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    for code in text {
        if code < 0x80 {
            out.push(code as u8);
        } else if is_space(code) {
            out.push(b' ');
        } else if let Some(d) = decimal(code) {
            out.push(b'0' + d);
        } else {
            out.push(b'?');
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties() {
        assert!(is_alpha(0xe9) && !is_alpha(0x30) && is_alpha(0x4e00));
        assert!(is_decimal(0x660) && is_digit(0xb2) && !is_decimal(0xb2) && is_numeric(0xbd));
        assert!(is_title(0x1c5) && !is_title(0x41) && is_upper(0x41));
        assert!(is_printable(0x20) && !is_printable(0xa0) && !is_printable(0xd800));
        assert!(
            is_xid_start(0x61)
                && !is_xid_start(0x5f)
                && is_xid_continue(0x5f)
                && is_xid_continue(0xb7)
        );
        assert_eq!(category(0x41), "Lu");
        assert_eq!(category(0x378), "Cn");
        assert_eq!(
            (decimal(0x664), digit(0xb3), numeric(0xbd)),
            (Some(4), Some(3), Some(0.5))
        );
        assert_eq!(
            (
                bidirectional(0x5d0),
                combining(0x301),
                east_asian_width(0x4e00)
            ),
            ("R", 230, "W")
        );
        assert!(mirrored(0x28) && !mirrored(0x41));
        assert_eq!(
            to_ascii_number(Text::Ucs2(&[0x3000, 0x661, 0x2e, 0x665])),
            b" 1.5"
        );
        assert!((0..0x110000).all(|c| is_space(c) == crate::split::is_space(c)));
        assert!((0..0x110000).all(|c| is_linebreak(c) == crate::split::is_linebreak(c)));
    }
}
