//! String literals of JSON, both ways.

use super::decode_error;
use pyjit_core::prelude::*;
use pyjit_text::repr::{Builder, Text, Unit};
use pyjit_text::search::SearchUnit;
use pyjit_text::with_units;

/// A unit whose slices are texts.
pub(super) trait JsonUnit: SearchUnit {
    fn text(units: &[Self]) -> Text<'_>;
}
impl JsonUnit for u8 {
    fn text(units: &[u8]) -> Text<'_> {
        Text::of_latin1(units)
    }
}
impl JsonUnit for u16 {
    fn text(units: &[u16]) -> Text<'_> {
        Text::Ucs2(units)
    }
}
impl JsonUnit for u32 {
    fn text(units: &[u32]) -> Text<'_> {
        Text::Ucs4(units)
    }
}

/// Appends the literal of a text, quotes included.
pub(super) fn quote(text: Text<'_>, ascii: bool, out: &mut Builder) {
    out.push(0x22);
    if let Text::Ascii(b) = text
        && b.iter().all(|c| !matches!(c, 0..=0x1f | b'"' | b'\\'))
    {
        // DEL is written as it is.
        out.push_text(text);
        out.push(0x22);
        return;
    }
    for c in text.iter() {
        match c {
            0x22 => out.push_str("\\\""),
            0x5c => out.push_str("\\\\"),
            0x0a => out.push_str("\\n"),
            0x0d => out.push_str("\\r"),
            0x09 => out.push_str("\\t"),
            0x0c => out.push_str("\\f"),
            0x08 => out.push_str("\\b"),
            0..0x20 => out.push_str(&format!("\\u{c:04x}")),
            0x7f.. if ascii && c > 0x7e => {
                if c >= 0x10000 {
                    let v = c - 0x10000;
                    let (hi, lo) = (0xd800 + (v >> 10), 0xdc00 + (v & 0x3ff));
                    out.push_str(&format!("\\u{hi:04x}\\u{lo:04x}"));
                } else {
                    out.push_str(&format!("\\u{c:04x}"));
                }
            }
            _ => out.push(c),
        }
    }
    out.push(0x22);
}

pub(super) fn encode(vm: &Vm, v: Value, ascii: bool) -> PyResult<Owned> {
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "first argument must be a string, not {}",
            v.class().name_str()
        )));
    };
    let mut out = Builder::with_capacity(s.len() + 2);
    quote(s.text(), ascii, &mut out);
    Ok(PyStr::from_buf(&out.finish()))
}

pub(super) fn scanstring(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[0].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "first argument must be a string, not {}",
            a[0].class().name_str()
        )));
    };
    let end = vm.to_size(a[1])?;
    let strict = match a[2].non_null() {
        Some(v) => vm.truthy(v)?,
        None => true,
    };
    let end = match usize::try_from(end) {
        Ok(e) if e <= s.len() => e,
        _ => return Err(vm.value_error("end is out of bounds")),
    };
    let (text, next) = with_units!(s.text(), u => scan(vm, u, a[0], end, strict)?);
    Ok(PyTuple::pair(text, new_usize(next)))
}

fn hex4<U: Unit>(units: &[U], at: usize) -> Option<u32> {
    let digits = units.get(at..at + 4)?;
    digits.iter().try_fold(0, |n, u| {
        let d = char::from_u32(u.code())?.to_digit(16)?;
        Some(n * 16 + d)
    })
}

/// The literal whose quote stands before `begin`: the string and where what follows begins.
pub(super) fn scan<U: JsonUnit>(
    vm: &Vm,
    units: &[U],
    doc: Value,
    begin: usize,
    strict: bool,
) -> PyResult<(Owned, usize)> {
    let unterminated =
        || decode_error(vm, "Unterminated string starting at", doc, begin.saturating_sub(1));
    let mut out: Option<Builder> = None;
    let mut at = begin;
    loop {
        let rest = units.get(at..).unwrap_or(&[]);
        let stop = rest
            .iter()
            .position(|u| matches!(u.code(), 0..=0x1f | 0x22 | 0x5c));
        let Some(n) = stop else {
            return Err(unterminated());
        };
        let c = rest.get(n).map_or(0, |u| u.code());
        let part = U::text(rest.get(..n).unwrap_or(&[]));
        if c == 0x22 && out.is_none() {
            return Ok((PyStr::from_slice(part), at + n + 1));
        }
        let b = out.get_or_insert_with(Builder::new);
        b.push_text(part);
        at += n + 1;
        if c == 0x22 {
            break;
        }
        if c != 0x5c {
            if strict {
                return Err(decode_error(vm, "Invalid control character at", doc, at - 1));
            }
            b.push(c);
            continue;
        }
        let Some(e) = units.get(at).map(|u| u.code()) else {
            return Err(unterminated());
        };
        at += 1;
        let plain = match char::from_u32(e) {
            Some('"' | '\\' | '/') => Some(e),
            Some('b') => Some(8),
            Some('f') => Some(12),
            Some('n') => Some(10),
            Some('r') => Some(13),
            Some('t') => Some(9),
            Some('u') => None,
            _ => {
                return Err(decode_error(vm, "Invalid \\escape", doc, at - 2));
            }
        };
        if let Some(c) = plain {
            b.push(c);
            continue;
        }
        let bad = || decode_error(vm, "Invalid \\uXXXX escape", doc, at - 1);
        let Some(mut c) = hex4(units, at) else {
            return Err(bad());
        };
        at += 4;
        // A surrogate pair is one character.
        let is = |i: usize, x: u32| units.get(i).is_some_and(|u| u.code() == x);
        if (0xd800..0xdc00).contains(&c)
            && is(at, 0x5c)
            && is(at + 1, 0x75)
            && let Some(lo @ 0xdc00..0xe000) = hex4(units, at + 2)
        {
            c = 0x10000 + ((c - 0xd800) << 10) + (lo - 0xdc00);
            at += 6;
        }
        b.push(c);
    }
    let text = out.unwrap_or_default().finish();
    Ok((PyStr::from_buf(&text), at))
}
