//! `str` methods about the kinds of characters: case, predicates, padding.

use super::{exact, this};
use pyjit_core::prelude::*;
use pyjit_text::repr::{Text, TextBuf};
use pyjit_text::{shape, unicode};

fn mapped(v: Value, ascii: fn(&mut [u8]), general: fn(Text<'_>) -> TextBuf) -> PyResult<Owned> {
    let s = this(v);
    Ok(match s.text() {
        Text::Ascii(b) => {
            let mut b = b.to_vec();
            ascii(&mut b);
            PyStr::from_text(Text::Ascii(&b))
        }
        t => PyStr::from_buf(&general(t)),
    })
}
pub(super) fn lower(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(a[0], |b| b.make_ascii_lowercase(), unicode::lower)
}
pub(super) fn upper(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(a[0], |b| b.make_ascii_uppercase(), unicode::upper)
}
pub(super) fn casefold(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    mapped(a[0], |b| b.make_ascii_lowercase(), unicode::casefold)
}
pub(super) fn title(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyStr::from_buf(&unicode::title(this(a[0]).text())))
}
pub(super) fn capitalize(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyStr::from_buf(&unicode::capitalize(this(a[0]).text())))
}
pub(super) fn swapcase(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyStr::from_buf(&unicode::swapcase(this(a[0]).text())))
}

fn all(v: Value, f: impl Fn(u32) -> bool) -> PyResult<Owned> {
    let t = this(v).text();
    Ok(Owned::bool(!t.is_empty() && t.iter().all(f)))
}
pub(super) fn isascii(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(this(a[0]).as_ascii().is_some()))
}
pub(super) fn islower(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(unicode::is_lower_text(this(a[0]).text())))
}
pub(super) fn isupper(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(unicode::is_upper_text(this(a[0]).text())))
}
pub(super) fn istitle(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(unicode::is_title_text(this(a[0]).text())))
}
pub(super) fn isspace(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_space)
}
pub(super) fn isdecimal(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_decimal)
}
pub(super) fn isdigit(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_digit)
}
pub(super) fn isnumeric(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_numeric)
}
pub(super) fn isalpha(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_alpha)
}
pub(super) fn isalnum(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    all(a[0], unicode::is_alnum)
}
pub(super) fn isidentifier(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(unicode::is_identifier(this(a[0]).text())))
}
pub(super) fn isprintable(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = this(a[0]).text();
    Ok(Owned::bool(t.iter().all(unicode::is_printable)))
}

/// The longest result of padding that is attempted.
const LENGTH_MAX: usize = 1 << 33;

/// The width argument: negative counts as 0, absurd ones are a MemoryError.
pub(crate) fn width(vm: &Vm, v: Value) -> PyResult<usize> {
    let w = vm.to_size(v)?.max(0) as usize;
    if w > LENGTH_MAX {
        return Err(if w as isize == isize::MAX {
            vm.overflow_error("padded string is too long")
        } else {
            vm.memory_error()
        });
    }
    Ok(w)
}

fn fill(vm: &Vm, v: Value) -> PyResult<u32> {
    let Some(v) = v.non_null() else {
        return Ok(u32::from(b' '));
    };
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "The fill character must be a unicode character, not {}",
            v.class().name_str()
        )));
    };
    match s.text().get(0) {
        Some(c) if s.len() == 1 => Ok(c),
        _ => Err(vm.type_error("The fill character must be exactly one character long")),
    }
}

fn padded(vm: &Vm, a: &[Value], sides: fn(usize, usize) -> (usize, usize)) -> PyResult<Owned> {
    let s = this(a[0]);
    let w = width(vm, a[1])?;
    let c = fill(vm, a[2])?;
    if w <= s.len() {
        return Ok(exact(a[0]));
    }
    let (left, right) = sides(s.len(), w);
    Ok(PyStr::from_buf(&shape::pad(s.text(), left, right, c)))
}
pub(super) fn center(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, shape::center_padding)
}
pub(super) fn ljust(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, |len, w| (0, w - len))
}
pub(super) fn rjust(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    padded(vm, a, |len, w| (w - len, 0))
}
pub(super) fn zfill(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let w = width(vm, a[1])?;
    Ok(match shape::zfill(this(a[0]).text(), w) {
        Some(t) => PyStr::from_buf(&t),
        None => exact(a[0]),
    })
}
pub(super) fn expandtabs(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = this(a[0]);
    let tab = match a[1].non_null() {
        Some(v) => vm.to_i32(v)?.max(0) as usize,
        None => 8,
    };
    let tabs = s.text().iter().filter(|c| *c == 9).count();
    if tabs.saturating_mul(tab) > LENGTH_MAX {
        return Err(vm.overflow_error("new string is too long"));
    }
    Ok(PyStr::from_buf(&shape::expand_tabs(s.text(), tab)))
}
