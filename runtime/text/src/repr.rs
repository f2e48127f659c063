//! How text is stored and looked at: borrowed views of the four code-unit widths, owned buffers in
//! the narrowest width, and a builder that widens as needed. The string objects and every other
//! module of this crate are written over these types.

use std::fmt;

/// A code unit of one of the three storage sizes.
pub trait Unit: Copy + Ord + fmt::Debug + 'static {
    /// The code point the unit stands for.
    fn code(self) -> u32;
    /// The unit for a code point, when it fits.
    fn from_code(code: u32) -> Option<Self>;
}

impl Unit for u8 {
    fn code(self) -> u32 {
        u32::from(self)
    }
    fn from_code(code: u32) -> Option<Self> {
        u8::try_from(code).ok()
    }
}

impl Unit for u16 {
    fn code(self) -> u32 {
        u32::from(self)
    }
    fn from_code(code: u32) -> Option<Self> {
        u16::try_from(code).ok()
    }
}

impl Unit for u32 {
    fn code(self) -> u32 {
        self
    }
    fn from_code(code: u32) -> Option<Self> {
        Some(code)
    }
}

/// The storage width of a text, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// One byte per character, all below 0x80.
    Ascii,
    /// One byte per character.
    Latin1,
    /// Two bytes per character.
    Ucs2,
    /// Four bytes per character.
    Ucs4,
}

impl Width {
    /// The narrowest width that holds `code`.
    pub fn of(code: u32) -> Width {
        match code {
            0..=0x7f => Width::Ascii,
            0x80..=0xff => Width::Latin1,
            0x100..=0xffff => Width::Ucs2,
            _ => Width::Ucs4,
        }
    }
}

/// A borrowed text. A view made by slicing may be wider than its contents need.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// All characters below 0x80.
    Ascii(&'a [u8]),
    /// All characters below 0x100.
    Latin1(&'a [u8]),
    /// All characters below 0x10000; surrogates stand for themselves.
    Ucs2(&'a [u16]),
    /// Any characters.
    Ucs4(&'a [u32]),
}

/// Runs the same code on the unit slice of a text, whatever its width.
#[macro_export]
macro_rules! with_units {
    ($text:expr, $units:ident => $body:expr) => {
        match $text {
            $crate::repr::Text::Ascii($units) | $crate::repr::Text::Latin1($units) => $body,
            $crate::repr::Text::Ucs2($units) => $body,
            $crate::repr::Text::Ucs4($units) => $body,
        }
    };
}

impl<'a> Text<'a> {
    /// The empty text.
    pub const EMPTY: Text<'static> = Text::Ascii(&[]);

    /// A view of one-byte units, ASCII when they all are.
    pub fn of_latin1(bytes: &'a [u8]) -> Text<'a> {
        if bytes.is_ascii() {
            Text::Ascii(bytes)
        } else {
            Text::Latin1(bytes)
        }
    }

    /// Number of characters.
    pub fn len(self) -> usize {
        with_units!(self, u => u.len())
    }

    /// Whether there are no characters.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The width of the view (not necessarily the narrowest possible).
    pub fn width(self) -> Width {
        match self {
            Text::Ascii(_) => Width::Ascii,
            Text::Latin1(_) => Width::Latin1,
            Text::Ucs2(_) => Width::Ucs2,
            Text::Ucs4(_) => Width::Ucs4,
        }
    }

    /// The code point at `i`, or `None` past the end.
    pub fn get(self, i: usize) -> Option<u32> {
        with_units!(self, u => u.get(i).map(|c| c.code()))
    }

    /// The code points in order.
    pub fn iter(self) -> Codes<'a> {
        Codes { text: self }
    }

    /// The part from `start` to `end`, both clamped to the length.
    pub fn slice(self, start: usize, end: usize) -> Text<'a> {
        fn cut<U>(u: &[U], start: usize, end: usize) -> &[U] {
            let end = end.min(u.len());
            u.get(start.min(end)..end).unwrap_or(&[])
        }
        match self {
            Text::Ascii(u) => Text::Ascii(cut(u, start, end)),
            Text::Latin1(u) => Text::Latin1(cut(u, start, end)),
            Text::Ucs2(u) => Text::Ucs2(cut(u, start, end)),
            Text::Ucs4(u) => Text::Ucs4(cut(u, start, end)),
        }
    }

    /// The greatest code point, 0 for the empty text.
    pub fn max_char(self) -> u32 {
        with_units!(self, u => u.iter().copied().max().map_or(0, |c| c.code()))
    }

    /// The narrowest width that would hold the contents.
    pub fn narrowest(self) -> Width {
        match self {
            Text::Ascii(_) => Width::Ascii,
            Text::Latin1(u) if u.is_ascii() => Width::Ascii,
            Text::Latin1(_) => Width::Latin1,
            // The union of the bits says as much as the maximum and is cheaper to compute.
            Text::Ucs2(u) => Width::of(u.iter().fold(0, |a, c| a | u32::from(*c))),
            Text::Ucs4(u) => Width::of(u.iter().fold(0, |a, c| a | *c)),
        }
    }

    /// A copy in the narrowest form.
    pub fn to_buf(self) -> TextBuf {
        match (self.narrowest(), self) {
            (Width::Ascii, Text::Ascii(u) | Text::Latin1(u)) => TextBuf::Ascii(u.to_vec()),
            (Width::Ascii, _) => TextBuf::Ascii(self.low_bytes()),
            (Width::Latin1, Text::Ascii(u) | Text::Latin1(u)) => TextBuf::Latin1(u.to_vec()),
            (Width::Latin1, _) => TextBuf::Latin1(self.low_bytes()),
            (Width::Ucs2, Text::Ucs2(u)) => TextBuf::Ucs2(u.to_vec()),
            (Width::Ucs2, _) => TextBuf::Ucs2(self.iter().map(|c| c as u16).collect()),
            (Width::Ucs4, Text::Ucs4(u)) => TextBuf::Ucs4(u.to_vec()),
            (Width::Ucs4, _) => TextBuf::Ucs4(self.to_codes()),
        }
    }

    fn low_bytes(self) -> Vec<u8> {
        self.iter().map(|c| c as u8).collect()
    }

    /// The code points as a vector.
    pub fn to_codes(self) -> Vec<u32> {
        with_units!(self, u => u.iter().map(|c| c.code()).collect())
    }

    /// The text as a Rust string slice, when it is stored as ASCII.
    pub fn as_ascii_str(self) -> Option<&'a str> {
        match self {
            Text::Ascii(u) => std::str::from_utf8(u).ok(),
            _ => None,
        }
    }

    /// The text as a Rust string; `None` when it has lone surrogates.
    pub fn to_utf8(self) -> Option<String> {
        if let Text::Ascii(u) = self {
            return String::from_utf8(u.to_vec()).ok();
        }
        self.iter().map(char::from_u32).collect()
    }

    /// The text as a Rust string, lone surrogates replaced.
    pub fn to_utf8_lossy(self) -> String {
        if let Text::Ascii(u) = self {
            return String::from_utf8_lossy(u).into_owned();
        }
        self.iter()
            .map(|c| char::from_u32(c).unwrap_or('\u{fffd}'))
            .collect()
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Text<'_>) -> bool {
        crate::search::equal(*self, *other)
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.iter().eq(other.chars().map(u32::from))
    }
}

impl<'a> IntoIterator for Text<'a> {
    type Item = u32;
    type IntoIter = Codes<'a>;
    fn into_iter(self) -> Codes<'a> {
        self.iter()
    }
}

/// Iterator over the code points of a text.
#[derive(Clone, Debug)]
pub struct Codes<'a> {
    text: Text<'a>,
}

impl<'a> Codes<'a> {
    /// What is left to visit.
    pub fn rest(&self) -> Text<'a> {
        self.text
    }
}

macro_rules! codes_step {
    ($self:ident, $split:ident) => {
        match &mut $self.text {
            Text::Ascii(u) | Text::Latin1(u) => {
                let (c, rest) = u.$split()?;
                *u = rest;
                Some(c.code())
            }
            Text::Ucs2(u) => {
                let (c, rest) = u.$split()?;
                *u = rest;
                Some(c.code())
            }
            Text::Ucs4(u) => {
                let (c, rest) = u.$split()?;
                *u = rest;
                Some(*c)
            }
        }
    };
}

impl Iterator for Codes<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        codes_step!(self, split_first)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.text.len(), Some(self.text.len()))
    }
}

impl DoubleEndedIterator for Codes<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u32> {
        codes_step!(self, split_last)
    }
}

impl ExactSizeIterator for Codes<'_> {}

/// An owned text, always in the narrowest form that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextBuf {
    /// All characters below 0x80.
    Ascii(Vec<u8>),
    /// Some character in 0x80..=0xff, none above.
    Latin1(Vec<u8>),
    /// Some character in 0x100..=0xffff, none above.
    Ucs2(Vec<u16>),
    /// Some character above 0xffff.
    Ucs4(Vec<u32>),
}

impl Default for TextBuf {
    fn default() -> TextBuf {
        TextBuf::Ascii(Vec::new())
    }
}

impl TextBuf {
    /// The view of the whole buffer.
    pub fn as_text(&self) -> Text<'_> {
        match self {
            TextBuf::Ascii(u) => Text::Ascii(u),
            TextBuf::Latin1(u) => Text::Latin1(u),
            TextBuf::Ucs2(u) => Text::Ucs2(u),
            TextBuf::Ucs4(u) => Text::Ucs4(u),
        }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.as_text().len()
    }

    /// Whether there are no characters.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// From one-byte units.
    pub fn from_latin1(bytes: Vec<u8>) -> TextBuf {
        if bytes.is_ascii() {
            TextBuf::Ascii(bytes)
        } else {
            TextBuf::Latin1(bytes)
        }
    }

    /// From code points.
    pub fn from_codes(codes: &[u32]) -> TextBuf {
        Text::Ucs4(codes).to_buf()
    }
}

impl From<&str> for TextBuf {
    fn from(s: &str) -> TextBuf {
        let mut b = Builder::with_capacity(s.len());
        b.push_str(s);
        b.finish()
    }
}

impl From<String> for TextBuf {
    fn from(s: String) -> TextBuf {
        if s.is_ascii() {
            TextBuf::Ascii(s.into_bytes())
        } else {
            TextBuf::from(s.as_str())
        }
    }
}

/// Builds a text character by character or piece by piece, widening the storage when needed.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    buf: TextBuf,
}

impl Builder {
    /// An empty builder.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// An empty builder with room for `n` ASCII characters.
    pub fn with_capacity(n: usize) -> Builder {
        Builder {
            buf: TextBuf::Ascii(Vec::with_capacity(n)),
        }
    }

    /// Number of characters so far.
    pub fn len(&self) -> usize {
        self.buf.len()
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.buf.is_empty()
    }

    /// What was pushed so far.
    pub fn as_text(&self) -> Text<'_> {
        self.buf.as_text()
    }

    /// Makes room for `n` more characters of the current width.
    pub fn reserve(&mut self, n: usize) {
        match &mut self.buf {
            TextBuf::Ascii(v) | TextBuf::Latin1(v) => v.reserve(n),
            TextBuf::Ucs2(v) => v.reserve(n),
            TextBuf::Ucs4(v) => v.reserve(n),
        }
    }

    /// Drops everything past the first `n` characters. The storage stays as wide as it was until
    /// `finish`, which narrows it.
    pub fn truncate(&mut self, n: usize) {
        let cut = self.buf.as_text().slice(0, n).to_buf();
        self.buf = cut;
    }

    /// Appends one code point (at most 0x10ffff).
    #[inline]
    pub fn push(&mut self, code: u32) {
        match &mut self.buf {
            TextBuf::Ascii(v) if code < 0x80 => v.push(code as u8),
            TextBuf::Latin1(v) if code < 0x100 => v.push(code as u8),
            TextBuf::Ucs2(v) if code < 0x10000 => v.push(code as u16),
            TextBuf::Ucs4(v) => v.push(code),
            _ => {
                self.widen(Width::of(code));
                self.push(code);
            }
        }
    }

    /// Appends one character.
    pub fn push_char(&mut self, c: char) {
        self.push(u32::from(c));
    }

    /// Appends the same code point `n` times.
    pub fn push_n(&mut self, code: u32, n: usize) {
        if n == 0 {
            return;
        }
        self.widen(Width::of(code));
        match &mut self.buf {
            TextBuf::Ascii(v) | TextBuf::Latin1(v) => v.resize(v.len() + n, code as u8),
            TextBuf::Ucs2(v) => v.resize(v.len() + n, code as u16),
            TextBuf::Ucs4(v) => v.resize(v.len() + n, code),
        }
    }

    /// Appends a text.
    pub fn push_text(&mut self, text: Text<'_>) {
        self.widen(text.narrowest());
        match (&mut self.buf, text) {
            (TextBuf::Ascii(v) | TextBuf::Latin1(v), Text::Ascii(u) | Text::Latin1(u)) => {
                v.extend_from_slice(u);
            }
            (TextBuf::Ascii(v) | TextBuf::Latin1(v), t) => v.extend(t.iter().map(|c| c as u8)),
            (TextBuf::Ucs2(v), Text::Ucs2(u)) => v.extend_from_slice(u),
            (TextBuf::Ucs2(v), t) => {
                with_units!(t, u => v.extend(u.iter().map(|c| c.code() as u16)))
            }
            (TextBuf::Ucs4(v), Text::Ucs4(u)) => v.extend_from_slice(u),
            (TextBuf::Ucs4(v), t) => with_units!(t, u => v.extend(u.iter().map(|c| c.code()))),
        }
    }

    /// Appends a Rust string.
    pub fn push_str(&mut self, s: &str) {
        if s.is_ascii() {
            self.push_text(Text::Ascii(s.as_bytes()));
        } else {
            for c in s.chars() {
                self.push(u32::from(c));
            }
        }
    }

    /// The finished text.
    pub fn finish(self) -> TextBuf {
        self.buf
    }

    fn widen(&mut self, to: Width) {
        if to <= self.buf.as_text().width() {
            return;
        }
        let old = std::mem::take(&mut self.buf);
        self.buf = match (to, old) {
            (Width::Ascii, b) => b,
            (Width::Latin1, TextBuf::Ascii(v)) => TextBuf::Latin1(v),
            (Width::Latin1, b) => b,
            (Width::Ucs2, b) => {
                let t = b.as_text();
                let mut v = Vec::with_capacity(t.len() + 16);
                with_units!(t, u => v.extend(u.iter().map(|c| c.code() as u16)));
                TextBuf::Ucs2(v)
            }
            (Width::Ucs4, b) => {
                let t = b.as_text();
                let mut v = Vec::with_capacity(t.len() + 16);
                with_units!(t, u => v.extend(u.iter().map(|c| c.code())));
                TextBuf::Ucs4(v)
            }
        };
    }
}

impl fmt::Write for Builder {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push_str(s);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builder_widens_and_stays_narrow() {
        let mut b = Builder::new();
        b.push_str("ab");
        assert_eq!(b.as_text().width(), Width::Ascii);
        b.push(0xe9);
        assert_eq!(b.as_text().width(), Width::Latin1);
        b.push_text(Text::Ucs4(&[0x41, 0x42]));
        assert_eq!(b.as_text().width(), Width::Latin1);
        b.push(0x20ac);
        assert_eq!(b.as_text().width(), Width::Ucs2);
        b.push(0x1f600);
        b.push_n(0x7a, 2);
        assert_eq!(
            b.finish(),
            TextBuf::Ucs4(vec![97, 98, 0xe9, 65, 66, 0x20ac, 0x1f600, 122, 122])
        );
        assert_eq!(TextBuf::from("h\u{e9}"), TextBuf::Latin1(vec![104, 0xe9]));
    }

    #[test]
    fn views() {
        let b = TextBuf::from("a\u{20ac}bc");
        let t = b.as_text();
        assert_eq!(t.len(), 4);
        assert_eq!(t.get(1), Some(0x20ac));
        assert_eq!(t.get(4), None);
        assert_eq!(t.slice(2, 9).to_buf(), TextBuf::Ascii(vec![98, 99]));
        assert_eq!(t.slice(3, 1).len(), 0);
        assert_eq!(t.max_char(), 0x20ac);
        assert_eq!(t.iter().next_back(), Some(99));
        assert_eq!(t.to_utf8().as_deref(), Some("a\u{20ac}bc"));
        assert_eq!(Text::Ucs2(&[0xd800]).to_utf8(), None);
    }
}
