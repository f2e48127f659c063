//! Canonical and compatibility normalization, and single decompositions. The parser normalizes
//! identifiers with it, `unicodedata` offers it to programs.

use super::layout::{
    COMP_FIRST, COMP_RESULT, COMP_SECOND, DECOMP_AT, DECOMP_CODES, DECOMP_DATA, TAGS,
};
use super::{combining, data_word};
use crate::repr::{Text, TextBuf};

/// A normalization form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Canonical decomposition, then composition.
    Nfc,
    /// Canonical decomposition.
    Nfd,
    /// Compatibility decomposition, then canonical composition.
    Nfkc,
    /// Compatibility decomposition.
    Nfkd,
}

impl Form {
    /// The form called `NFC`, `NFD`, `NFKC` or `NFKD`.
    pub fn parse(name: &str) -> Option<Form> {
        match name {
            "NFC" => Some(Form::Nfc),
            "NFD" => Some(Form::Nfd),
            "NFKC" => Some(Form::Nfkc),
            "NFKD" => Some(Form::Nfkd),
            _ => None,
        }
    }

    fn compatible(self) -> bool {
        matches!(self, Form::Nfkc | Form::Nfkd)
    }

    fn composes(self) -> bool {
        matches!(self, Form::Nfc | Form::Nfkc)
    }

    /// The bit of the data word that says the character may not stay as it is.
    fn doubt_bit(self) -> u32 {
        match self {
            Form::Nfd => 25,
            Form::Nfkd => 26,
            Form::Nfc => 27,
            Form::Nfkc => 28,
        }
    }
}

const S_BASE: u32 = 0xac00;
const L_BASE: u32 = 0x1100;
const V_BASE: u32 = 0x1161;
const T_BASE: u32 = 0x11a7;
const L_COUNT: u32 = 19;
const V_COUNT: u32 = 21;
const T_COUNT: u32 = 28;
const S_COUNT: u32 = L_COUNT * V_COUNT * T_COUNT;

/// Tag number and UTF-16 units of a listed decomposition.
fn listed(code: u32) -> Option<(usize, &'static [u16])> {
    let i = DECOMP_CODES.binary_search(&code).ok()?;
    let at = usize::from(*DECOMP_AT.get(i)?);
    let head = *DECOMP_DATA.get(at)?;
    Some((
        usize::from(head >> 8),
        DECOMP_DATA.get(at + 1..at + 1 + usize::from(head & 0xff))?,
    ))
}

fn units_to_codes(units: &[u16]) -> impl Iterator<Item = u32> {
    char::decode_utf16(units.iter().copied())
        .map(|c| c.map_or_else(|e| u32::from(e.unpaired_surrogate()), u32::from))
}

/// The decomposition field of the database, such as `<compat> 0020 0301`; empty when there is none.
pub fn decomposition(code: u32) -> String {
    if let Some(s) = code.checked_sub(S_BASE).filter(|s| *s < S_COUNT) {
        let (l, v, t) = (s / (V_COUNT * T_COUNT), s / T_COUNT % V_COUNT, s % T_COUNT);
        let head = format!("{:04X} {:04X}", L_BASE + l, V_BASE + v);
        return if t == 0 {
            head
        } else {
            format!("{head} {:04X}", T_BASE + t)
        };
    }
    let Some((tag, units)) = listed(code) else {
        return String::new();
    };
    let mut parts: Vec<String> = Vec::with_capacity(4);
    parts.extend(
        TAGS.get(tag)
            .filter(|t| !t.is_empty())
            .map(|t| (*t).to_owned()),
    );
    parts.extend(units_to_codes(units).map(|c| format!("{c:04X}")));
    parts.join(" ")
}

fn push_decomposed(out: &mut Vec<u32>, code: u32, compatible: bool) {
    if code < 0x80 {
        out.push(code);
    } else if let Some(s) = code.checked_sub(S_BASE).filter(|s| *s < S_COUNT) {
        out.push(L_BASE + s / (V_COUNT * T_COUNT));
        out.push(V_BASE + s / T_COUNT % V_COUNT);
        if s % T_COUNT != 0 {
            out.push(T_BASE + s % T_COUNT);
        }
    } else if let Some((tag, units)) = listed(code)
        && (tag == 0 || compatible)
    {
        for c in units_to_codes(units) {
            push_decomposed(out, c, compatible);
        }
    } else {
        out.push(code);
    }
}

/// The character two characters join into, if they do.
pub fn compose_pair(first: u32, second: u32) -> Option<u32> {
    if let Some(l) = first.checked_sub(L_BASE).filter(|l| *l < L_COUNT)
        && let Some(v) = second.checked_sub(V_BASE).filter(|v| *v < V_COUNT)
    {
        return Some(S_BASE + (l * V_COUNT + v) * T_COUNT);
    }
    if let Some(s) = first
        .checked_sub(S_BASE)
        .filter(|s| *s < S_COUNT && s % T_COUNT == 0)
        && let Some(t) = second
            .checked_sub(T_BASE)
            .filter(|t| *t > 0 && *t < T_COUNT)
    {
        return Some(S_BASE + s + t);
    }
    let start = COMP_FIRST.partition_point(|c| *c < first);
    let end = COMP_FIRST.partition_point(|c| *c <= first);
    let i = COMP_SECOND.get(start..end)?.binary_search(&second).ok()?;
    COMP_RESULT.get(start + i).copied()
}

/// Puts runs of combining characters in the order of their classes.
fn reorder(codes: &mut [u32]) {
    for run in codes.chunk_by_mut(|_, b| combining(*b) != 0) {
        // The first of a run may be a starter, whose class 0 keeps it in front.
        if run.len() > 1 {
            run.sort_by_key(|c| combining(*c));
        }
    }
}

fn compose(codes: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(codes.len());
    let mut starter: Option<usize> = None;
    // The class of the character last kept after the starter; it blocks what does not exceed it.
    let mut last = 0;
    for &c in codes {
        let class = combining(c);
        if let Some(at) = starter
            && let adjacent = at + 1 == out.len()
            && (adjacent || (last != 0 && last < class))
            && let Some(joined) = out.get(at).and_then(|s| compose_pair(*s, c))
            && let Some(slot) = out.get_mut(at)
        {
            *slot = joined;
            continue;
        }
        if class == 0 {
            starter = Some(out.len());
        }
        last = class;
        out.push(c);
    }
    out
}

/// Whether the text is certainly in the form; `false` means that it has to be worked out.
fn surely_normalized(form: Form, codes: impl Iterator<Item = u32>) -> bool {
    let mut last = 0;
    for c in codes {
        if c < 0x80 {
            last = 0;
            continue;
        }
        let class = combining(c);
        if data_word(c) >> form.doubt_bit() & 1 != 0 || (class != 0 && class < last) {
            return false;
        }
        last = class;
    }
    true
}

/// The normalized form of code points.
pub fn normalize(form: Form, codes: &[u32]) -> Vec<u32> {
    if surely_normalized(form, codes.iter().copied()) {
        return codes.to_vec();
    }
    let mut out = Vec::with_capacity(codes.len() + codes.len() / 4);
    for &c in codes {
        push_decomposed(&mut out, c, form.compatible());
    }
    reorder(&mut out);
    if form.composes() { compose(&out) } else { out }
}

/// The normalized form of a text, `None` when it is the text itself.
pub fn normalize_text(form: Form, text: Text<'_>) -> Option<TextBuf> {
    if matches!(text, Text::Ascii(_)) || surely_normalized(form, text.iter()) {
        return None;
    }
    Some(TextBuf::from_codes(&normalize(form, &text.to_codes())))
}

/// Whether a text is in a form.
pub fn is_normalized(form: Form, text: Text<'_>) -> bool {
    normalize_text(form, text).is_none_or(|b| b.as_text() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(normalize(Form::Nfd, &[0xe9]), [0x65, 0x301]);
        assert_eq!(normalize(Form::Nfc, &[0x65, 0x301]), [0xe9]);
        assert_eq!(normalize(Form::Nfkc, &[0xfb01]), [0x66, 0x69]);
        assert_eq!(normalize(Form::Nfc, &[0x1100, 0x1161, 0x11a8]), [0xac01]);
        assert_eq!(normalize(Form::Nfd, &[0xac01]), [0x1100, 0x1161, 0x11a8]);
        assert_eq!(
            normalize(Form::Nfd, &[0x61, 0x301, 0x316]),
            [0x61, 0x316, 0x301]
        );
        assert_eq!(normalize(Form::Nfc, &[0x212b]), [0xc5]);
        assert_eq!(normalize(Form::Nfc, &[0x958]), [0x915, 0x93c]);
        assert!(
            is_normalized(Form::Nfc, Text::Latin1(&[0xe9]))
                && !is_normalized(Form::Nfd, Text::Latin1(&[0xe9]))
        );
    }

    #[test]
    fn decompositions() {
        assert_eq!(decomposition(0xe9), "0065 0301");
        assert_eq!(decomposition(0xb4), "<compat> 0020 0301");
        assert_eq!(decomposition(0x41), "");
        assert_eq!(decomposition(0x1d15e), "1D157 1D165");
        assert_eq!(compose_pair(0x65, 0x301), Some(0xe9));
    }
}
