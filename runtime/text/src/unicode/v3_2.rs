//! The database as it was in version 3.2, for `unicodedata.ucd_3_2_0`: internationalized domain
//! names are bound to it. What is not here was the same as today for the characters of that time.

use super::layout::{
    BIDI_CLASSES, CATEGORIES, NO_DIGIT, NUMERICS, OLD_CODES, OLD_SINGLES, OLD_TOGGLES, OLD_WORDS,
    WIDTHS,
};
use super::normalize::Form;

/// Version of this database.
pub const VERSION: &str = "3.2.0";

/// Whether the character has the same standing as today; otherwise it did not exist.
fn existed(code: u32) -> bool {
    OLD_TOGGLES.partition_point(|t| *t <= code) % 2 == 1
}

/// The facts of a character that differed.
fn different(code: u32) -> Option<u32> {
    let i = OLD_CODES.binary_search(&code).ok()?;
    OLD_WORDS.get(i).copied()
}

fn text(table: &'static [&'static str], index: u32) -> &'static str {
    table.get(index as usize).copied().unwrap_or("")
}

/// The general category.
pub fn category(code: u32) -> &'static str {
    match different(code) {
        Some(w) => text(&CATEGORIES, w & 0x1f),
        None if existed(code) => super::category(code),
        None => "Cn",
    }
}

/// The bidirectional class.
pub fn bidirectional(code: u32) -> &'static str {
    match different(code) {
        Some(w) => text(&BIDI_CLASSES, w >> 5 & 0x1f),
        None if existed(code) => super::bidirectional(code),
        None => "",
    }
}

/// The East Asian width.
pub fn east_asian_width(code: u32) -> &'static str {
    match different(code) {
        Some(w) => text(&WIDTHS, w >> 10 & 7),
        None if existed(code) => super::east_asian_width(code),
        None => "N",
    }
}

/// Whether the character was mirrored.
pub fn mirrored(code: u32) -> bool {
    different(code).map_or_else(
        || existed(code) && super::mirrored(code),
        |w| w >> 13 & 1 != 0,
    )
}

/// The value of a decimal digit.
pub fn decimal(code: u32) -> Option<u8> {
    match different(code) {
        Some(w) => Some(w >> 14 & 0xf)
            .filter(|d| *d != NO_DIGIT)
            .map(|d| d as u8),
        None => super::decimal(code).filter(|_| existed(code)),
    }
}

/// The value of a digit; like CPython's, it does not ask whether the character existed.
pub fn digit(code: u32) -> Option<u8> {
    super::digit(code)
}

/// The numeric value.
pub fn numeric(code: u32) -> Option<f64> {
    match different(code) {
        Some(w) => NUMERICS
            .get((w >> 18 & 0xff).checked_sub(1)? as usize)
            .copied(),
        None => super::numeric(code).filter(|_| existed(code)),
    }
}

/// The canonical combining class.
pub fn combining(code: u32) -> u8 {
    if existed(code) {
        super::combining(code)
    } else {
        0
    }
}

/// The decomposition field.
pub fn decomposition(code: u32) -> String {
    if existed(code) {
        super::decomposition(code)
    } else {
        String::new()
    }
}

/// The name of a character.
pub fn name(code: u32) -> Option<String> {
    super::name(code).filter(|_| existed(code))
}

/// The normalized form of code points.
pub fn normalize(form: Form, codes: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(codes.len());
    // Characters that did not exist neither change nor join with others.
    for part in codes.chunk_by(|a, b| existed(*a) && existed(*b)) {
        let known = part.first().is_some_and(|c| existed(*c));
        if !known {
            out.extend_from_slice(part);
            continue;
        }
        let corrected = |c: &u32| {
            let pair = OLD_SINGLES
                .as_chunks::<2>()
                .0
                .iter()
                .find(|[from, _]| from == c);
            pair.map_or(*c, |[_, to]| *to)
        };
        let part: Vec<u32> = part.iter().map(corrected).collect();
        out.extend(super::normalize(form, &part));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_facts() {
        assert_eq!((category(0x41), category(0x221)), ("Lu", "Cn"));
        assert_eq!(super::super::category(0x221), "Ll");
        assert_eq!(normalize(Form::Nfkc, &[0x2f868]), [0x2136a]);
        assert_eq!(normalize(Form::Nfd, &[0xe9]), [0x65, 0x301]);
        assert_eq!((name(0x221), combining(0x301)), (None, 230));
    }
}
