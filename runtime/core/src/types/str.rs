//! `str`: PEP 393 layout in one allocation, interning, and the conversions that Rust code needs.

use crate::object::{self, ClassCell, Layout, Payload, TypeObject};
use crate::value::{Owned, Value};
use crate::vm::Vm;
use pyjit_text::repr::{Builder, Text, TextBuf};
use std::cell::Cell;

/// The payload of a string; the code units follow it.
#[repr(C)]
pub struct PyStr {
    /// -1: not computed yet.
    hash: Cell<i64>,
    /// Characters.
    len: usize,
    kind: Kind,
    interned: Cell<bool>,
    /// 1 + the place among the special names (see [`PyStr::special`]), 0 for other strings.
    special: Cell<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Kind {
    Ascii,
    Latin1,
    Ucs2,
    Ucs4,
}

/// Larger strings are refused instead of attempted.
const MAX_BYTES: usize = 1 << 34;

unsafe fn drop_nothing(_: *mut u8) {}
unsafe fn trace_nothing(_: *const u8, _: object::Tracer<'_>) {}
unsafe fn clear_nothing(_: *const u8) {}

// SAFETY: the layout describes the fixed part; `object::payload_extra` knows the variable part.
unsafe impl Payload for PyStr {
    fn layout() -> &'static Layout {
        static LAYOUT: Layout = Layout {
            name: "str",
            size: size_of::<PyStr>(),
            base: None,
            gc: false,
            extra: Some(|p| {
                // SAFETY: called with the payload of a live string.
                let s = unsafe { &*(p as *const PyStr) };
                s.len * s.unit()
            }),
            drops: false,
            drop: drop_nothing,
            trace: trace_nothing,
            clear: clear_nothing,
        };
        &LAYOUT
    }
    #[inline(always)]
    fn class_cell() -> &'static ClassCell {
        static CELL: ClassCell = ClassCell::new();
        &CELL
    }
}

impl PyStr {
    fn unit(&self) -> usize {
        match self.kind {
            Kind::Ascii | Kind::Latin1 => 1,
            Kind::Ucs2 => 2,
            Kind::Ucs4 => 4,
        }
    }
    #[inline]
    fn data(&self) -> *const u8 {
        (self as *const PyStr).wrapping_add(1) as *const u8
    }
    /// The characters.
    #[inline]
    pub fn text(&self) -> Text<'_> {
        // SAFETY: `len` units of the kind's width follow the payload; payloads are 8-aligned.
        unsafe {
            match self.kind {
                Kind::Ascii => Text::Ascii(std::slice::from_raw_parts(self.data(), self.len)),
                Kind::Latin1 => Text::Latin1(std::slice::from_raw_parts(self.data(), self.len)),
                Kind::Ucs2 => Text::Ucs2(std::slice::from_raw_parts(
                    self.data() as *const u16,
                    self.len,
                )),
                Kind::Ucs4 => Text::Ucs4(std::slice::from_raw_parts(
                    self.data() as *const u32,
                    self.len,
                )),
            }
        }
    }
    /// Characters.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The string as UTF-8 without a copy, if it is ASCII.
    pub fn as_ascii(&self) -> Option<&str> {
        self.text().as_ascii_str()
    }
    /// Exactly this text, as UTF-8; `None` with lone surrogates.
    pub fn to_utf8(&self) -> Option<String> {
        self.text().to_utf8()
    }
    /// As UTF-8, lone surrogates replaced.
    pub fn to_lossy(&self) -> String {
        self.text().to_utf8_lossy()
    }
    /// The hash, computed once.
    #[inline]
    pub fn hash(&self) -> i64 {
        let h = self.hash.get();
        if h != -1 { h } else { self.compute_hash() }
    }
    #[cold]
    fn compute_hash(&self) -> i64 {
        // SAFETY: the units follow the payload.
        let bytes = unsafe { std::slice::from_raw_parts(self.data(), self.len * self.unit()) };
        let h = Vm::get().hash_bytes(bytes);
        self.hash.set(h);
        h
    }
    /// Equal text, whatever the class.
    #[inline]
    pub fn same_text(&self, other: &PyStr) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        if self.len != other.len || self.kind != other.kind {
            return false;
        }
        if self.interned.get() && other.interned.get() {
            return false;
        }
        let n = self.len * self.unit();
        // SAFETY: `n` bytes follow each payload.
        unsafe {
            std::slice::from_raw_parts(self.data(), n)
                == std::slice::from_raw_parts(other.data(), n)
        }
    }
    /// Whether the text is exactly `s`.
    pub fn is_text(&self, s: &str) -> bool {
        match self.text() {
            Text::Ascii(b) => b == s.as_bytes(),
            t => t.to_utf8().is_some_and(|u| u == s),
        }
    }
    pub fn is_interned(&self) -> bool {
        self.interned.get()
    }
    /// `left + right` where `left` is the only reference to an exact string that may grow where it is.
    pub fn append_in_place(left: Owned, right: &PyStr) -> Result<Owned, Owned> {
        let fits = |l: &PyStr| {
            let narrower = matches!(
                (l.kind, right.kind),
                (Kind::Latin1, Kind::Ascii)
                    | (Kind::Ascii, Kind::Ascii)
                    | (Kind::Latin1, Kind::Latin1)
                    | (Kind::Ucs2, Kind::Ucs2)
                    | (Kind::Ucs4, Kind::Ucs4)
            );
            narrower
                && !l.interned.get()
                && l.len > 1
                && l.as_value().header().refs() == 1
                && !std::ptr::eq(l, right)
        };
        match left.cast_exact::<PyStr>() {
            Some(l) if fits(l) => {
                let (old, add) = (l.len * l.unit(), right.len * right.unit());
                let head = object::HEADER_SIZE + size_of::<PyStr>();
                let raw = left.into_raw();
                // SAFETY: the one reference is ours; exact strings have no prefix and are not tracked, so the block may
                // move. It was allocated with this size.
                unsafe {
                    let p = crate::mem::resize_block(
                        raw.header_ptr() as *mut u8,
                        head + old,
                        head + old + add,
                    );
                    std::ptr::copy_nonoverlapping(right.data(), p.add(head + old), add);
                    let s = &mut *(p.add(object::HEADER_SIZE) as *mut PyStr);
                    s.len += right.len;
                    s.hash.set(-1);
                    Ok(Owned::from_raw(Value::from_bits(p as u64)))
                }
            }
            _ => Err(left),
        }
    }
    fn allocate(class: &'static TypeObject, kind: Kind, len: usize, bytes: &[u8]) -> Owned {
        let head = PyStr {
            hash: Cell::new(-1),
            len,
            kind,
            interned: Cell::new(false),
            special: Cell::new(0),
        };
        // SAFETY: the variable part is filled in the closure, for exactly the bytes asked for.
        unsafe {
            object::new_variable(class, head, bytes.len(), false, |p| {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), p, bytes.len())
            })
        }
    }
    /// The texts one after the other in one allocation; `None` if that is too long.
    fn assemble<'a>(pieces: impl Iterator<Item = &'a PyStr> + Clone) -> Option<Owned> {
        let (mut len, mut kind) = (0usize, Kind::Ascii);
        for p in pieces.clone() {
            len = len.checked_add(p.len)?;
            kind = kind.max(p.kind);
        }
        if len <= 1 {
            let codes: Vec<u32> = pieces.flat_map(|p| p.text().iter()).collect();
            return Some(PyStr::from_codes(&codes));
        }
        let head = PyStr {
            hash: Cell::new(-1),
            len,
            kind,
            interned: Cell::new(false),
            special: Cell::new(0),
        };
        let unit = head.unit();
        let bytes = len.checked_mul(unit).filter(|n| *n < MAX_BYTES)?;
        // SAFETY: the pieces have `len` characters in all, and each is written in units of the result.
        unsafe {
            Some(object::new_variable(
                PyStr::class(),
                head,
                bytes,
                false,
                |start| {
                    let mut at = start;
                    for p in pieces {
                        if p.unit() == unit {
                            std::ptr::copy_nonoverlapping(p.data(), at, p.len * unit);
                        } else if unit == 2 {
                            let mut to = at as *mut u16;
                            for c in p.text().iter() {
                                to.write(c as u16);
                                to = to.add(1);
                            }
                        } else {
                            let mut to = at as *mut u32;
                            for c in p.text().iter() {
                                to.write(c);
                                to = to.add(1);
                            }
                        }
                        at = at.add(p.len * unit);
                    }
                },
            ))
        }
    }
    /// `self + other`; `None` if that is too long.
    pub fn concat(&self, other: &PyStr) -> Option<Owned> {
        if other.len == 0 && self.as_value().is_exact::<PyStr>() {
            return Some(self.as_owned());
        }
        if self.len == 0 && other.as_value().is_exact::<PyStr>() {
            return Some(other.as_owned());
        }
        PyStr::assemble([self, other].into_iter())
    }
    /// The strings among the values one after the other (the parts of an f-string); `None` if that is too long.
    pub fn concat_all(parts: &[Value]) -> Option<Owned> {
        PyStr::assemble(parts.iter().filter_map(|v| v.cast::<PyStr>()))
    }
    /// The strings among the values with `self` between them; `None` if that is too long.
    pub fn join(&self, parts: &[Owned]) -> Option<Owned> {
        let sep = self;
        PyStr::assemble(parts.iter().enumerate().flat_map(move |(i, v)| {
            let before = if i == 0 { None } else { Some(sep) };
            before.into_iter().chain(v.cast::<PyStr>())
        }))
    }
    /// `self * n`; `None` if that is too long.
    pub fn repeat(&self, n: usize) -> Option<Owned> {
        if n == 1 && self.as_value().is_exact::<PyStr>() {
            return Some(self.as_owned());
        }
        let total = self.len.checked_mul(n)?;
        if total == 0 {
            return Some(Vm::get().empty_str.clone());
        }
        let bytes = total.checked_mul(self.unit()).filter(|n| *n < MAX_BYTES)?;
        if total == 1 {
            return Some(PyStr::from_text(self.text()));
        }
        let head = PyStr {
            hash: Cell::new(-1),
            len: total,
            kind: self.kind,
            interned: Cell::new(false),
            special: Cell::new(0),
        };
        let one = self.len * self.unit();
        // SAFETY: `n` copies of the units fill the new string exactly.
        unsafe {
            Some(object::new_variable(
                PyStr::class(),
                head,
                bytes,
                false,
                |at| {
                    if one == 1 {
                        std::ptr::write_bytes(at, *self.data(), bytes);
                    } else {
                        for i in 0..n {
                            std::ptr::copy_nonoverlapping(self.data(), at.add(i * one), one);
                        }
                    }
                },
            ))
        }
    }
    /// The characters from `start` to `end`, both clamped to the length.
    pub fn substring(&self, start: usize, end: usize) -> Owned {
        if start == 0 && end >= self.len && self.as_value().is_exact::<PyStr>() {
            return self.as_owned();
        }
        PyStr::from_slice(self.text().slice(start, end))
    }
    /// A string of a class; the caches of short strings apply to exact `str` only.
    pub fn new_in(class: &'static TypeObject, text: Text<'_>) -> Owned {
        fn raw<T>(v: &[T]) -> &[u8] {
            // SAFETY: plain integers seen as bytes.
            unsafe { std::slice::from_raw_parts(v.as_ptr() as *const u8, std::mem::size_of_val(v)) }
        }
        if class.same(PyStr::class()) && text.len() <= 1 {
            match text.get(0) {
                None => return Vm::get().empty_str.clone(),
                Some(c) if c < 256 => return Vm::get().latin1_chars[c as usize].clone(),
                _ => {}
            }
        }
        match text {
            Text::Ascii(b) => PyStr::allocate(class, Kind::Ascii, b.len(), b),
            Text::Latin1(b) => PyStr::allocate(class, Kind::Latin1, b.len(), b),
            Text::Ucs2(b) => PyStr::allocate(class, Kind::Ucs2, b.len(), raw(b)),
            Text::Ucs4(b) => PyStr::allocate(class, Kind::Ucs4, b.len(), raw(b)),
        }
    }
    /// From a view that is in the narrowest form already.
    pub fn from_text(text: Text<'_>) -> Owned {
        PyStr::new_in(PyStr::class(), text)
    }
    /// From a view that may be wider than it needs to be, such as a slice of a wide string.
    pub fn from_slice(text: Text<'_>) -> Owned {
        match text {
            Text::Ascii(_) => PyStr::from_text(text),
            _ => PyStr::from_buf(&text.to_buf()),
        }
    }
    pub fn from_buf(buf: &TextBuf) -> Owned {
        PyStr::from_text(buf.as_text())
    }
    /// From Rust text.
    #[allow(clippy::should_implement_trait)] // returns an object, and cannot fail
    pub fn from_str(s: &str) -> Owned {
        if s.is_ascii() {
            return PyStr::from_text(Text::Ascii(s.as_bytes()));
        }
        let mut b = Builder::with_capacity(s.len());
        b.push_str(s);
        PyStr::from_buf(&b.finish())
    }
    pub fn from_codes(codes: &[u32]) -> Owned {
        PyStr::from_buf(&TextBuf::from_codes(codes))
    }
    pub fn from_char(code: u32) -> Owned {
        if code < 256 {
            return Vm::get().latin1_chars[code as usize].clone();
        }
        PyStr::from_codes(&[code])
    }
    /// Only for the tables of one-character strings, before the caches stand.
    pub(crate) fn uncached(text: Text<'_>) -> Owned {
        match text {
            Text::Ascii(b) => PyStr::allocate(PyStr::class(), Kind::Ascii, b.len(), b),
            Text::Latin1(b) => PyStr::allocate(PyStr::class(), Kind::Latin1, b.len(), b),
            _ => PyStr::from_text(text),
        }
    }
    pub(super) fn mark_interned(&self) {
        self.interned.set(true);
    }
    /// The width of the characters, and they as bytes.
    #[inline]
    pub(super) fn raw(&self) -> (Kind, &[u8]) {
        // SAFETY: the units follow the payload.
        let bytes = unsafe { std::slice::from_raw_parts(self.data(), self.len * self.unit()) };
        (self.kind, bytes)
    }
    /// The number that an interned string was marked with because a slot is called so.
    pub(crate) fn special(&self) -> Option<usize> {
        self.special.get().checked_sub(1).map(usize::from)
    }
    /// Gives an interned string its number, unless it has one.
    pub(crate) fn mark_special(&self, number: usize) {
        if self.special.get() == 0 {
            self.special.set(u8::try_from(number + 1).unwrap_or(0));
        }
    }
}

/// The interned string with this text. Interned strings live for ever.
pub fn intern(s: &str) -> Owned {
    let interned = &Vm::get().interned;
    match interned.intern_utf8(s.as_bytes()) {
        Some(o) => o,
        None => PyStr::from_str(s),
    }
}

/// The interned string of UTF-8; `None` if it is none.
pub(super) fn intern_utf8(bytes: &[u8]) -> Option<Owned> {
    Vm::get().interned.intern_utf8(bytes)
}

/// The interned string equal to this exact `str`.
pub fn intern_value(v: Value) -> Owned {
    if is_interned(v) {
        return v.own();
    }
    if !v.is_exact::<PyStr>() {
        return v.own();
    }
    Vm::get().interned.intern_value(v)
}

/// Whether a value is an interned string.
#[inline]
pub fn is_interned(v: Value) -> bool {
    v.cast::<PyStr>().is_some_and(|s| s.interned.get())
}

/// The text of a string value, for messages: empty for anything else, lone surrogates replaced.
pub fn text_of(v: Value) -> String {
    v.cast::<PyStr>().map(|s| s.to_lossy()).unwrap_or_default()
}
