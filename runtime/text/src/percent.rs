//! The `%` operator's formats, for text and for bytes: cutting a format into literal parts and
//! conversions, and laying out the converted values.

use crate::float::{self, FloatFlags};
use crate::format::FormatError;
use crate::repr::{Builder, Text, TextBuf};

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Not given.
    None,
    /// A number.
    Fixed(usize),
    /// `*`: the next argument.
    Star,
}

/// The flag characters of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// a space
    pub blank: bool,
    /// `#`
    pub alt: bool,
    /// `0`
    pub zero: bool,
}

/// One conversion.
#[derive(Clone, Copy, Debug)]
pub struct Conversion<'a> {
    /// The mapping key in parentheses.
    pub key: Option<Text<'a>>,
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: Size,
    /// The precision.
    pub precision: Size,
    /// The conversion character.
    pub code: u32,
    /// Where that character stands in the format.
    pub index: usize,
}

/// An element of a format.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// Text to copy. A doubled percent sign ends one and is already single.
    Literal(Text<'a>),
    /// A value to convert.
    Conversion(Conversion<'a>),
}

/// Iterates over the items of a format; for bytes, view them with [`Text::of_latin1`]. After an
/// error it ends. Take the arguments while iterating: an error in the format comes up only when
/// the conversions before it have been done.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    text: Text<'a>,
    at: usize,
    bytes: bool,
}

const PERCENT: u32 = b'%' as u32;

impl<'a> Items<'a> {
    /// The items of a `str` format.
    pub fn of_str(text: Text<'a>) -> Items<'a> {
        Items {
            text,
            at: 0,
            bytes: false,
        }
    }

    /// The items of a `bytes` format.
    pub fn of_bytes(bytes: &'a [u8]) -> Items<'a> {
        Items {
            text: Text::of_latin1(bytes),
            at: 0,
            bytes: true,
        }
    }

    fn peek(&self) -> Result<u32, FormatError> {
        self.text
            .get(self.at)
            .ok_or_else(|| FormatError::Value("incomplete format".to_owned()))
    }

    fn item(&mut self) -> Result<Item<'a>, FormatError> {
        let start = self.at;
        let rest = self.text.slice(start, self.text.len());
        let plain = rest.iter().position(|c| c == PERCENT).unwrap_or(rest.len());
        if plain > 0 {
            self.at += plain;
            return Ok(Item::Literal(rest.slice(0, plain)));
        }
        self.at += 1;
        if self.text.get(self.at) == Some(PERCENT) {
            self.at += 1;
            return Ok(Item::Literal(rest.slice(0, 1)));
        }
        let mut c = Conversion {
            key: None,
            flags: Flags::default(),
            width: Size::None,
            precision: Size::None,
            code: 0,
            index: 0,
        };
        if self.text.get(self.at) == Some(u32::from(b'(')) {
            c.key = Some(self.key()?);
        }
        loop {
            match u8::try_from(self.peek()?).unwrap_or(0) {
                b'-' => c.flags.left = true,
                b'+' => c.flags.plus = true,
                b' ' => c.flags.blank = true,
                b'#' => c.flags.alt = true,
                b'0' => c.flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        c.width = self.size("width too big", isize::MAX as usize)?;
        if self.text.get(self.at) == Some(u32::from(b'.')) {
            self.at += 1;
            let message = if self.bytes {
                "prec too big"
            } else {
                "precision too big"
            };
            c.precision = match self.size(message, i32::MAX as usize)? {
                Size::None => Size::Fixed(0),
                size => size,
            };
        }
        if matches!(u8::try_from(self.peek()?), Ok(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        c.code = self.peek()?;
        c.index = self.at;
        self.at += 1;
        Ok(Item::Conversion(c))
    }

    fn key(&mut self) -> Result<Text<'a>, FormatError> {
        let start = self.at + 1;
        let mut depth = 0;
        while let Some(c) = self.text.get(self.at) {
            self.at += 1;
            if c == u32::from(b'(') {
                depth += 1;
            } else if c == u32::from(b')') {
                depth -= 1;
                if depth == 0 {
                    return Ok(self.text.slice(start, self.at - 1));
                }
            }
        }
        FormatError::value("incomplete format key")
    }

    fn size(&mut self, too_big: &str, max: usize) -> Result<Size, FormatError> {
        if self.peek()? == u32::from(b'*') {
            self.at += 1;
            return Ok(Size::Star);
        }
        let mut value: Option<usize> = None;
        while let Some(d) = char::from_u32(self.peek()?).and_then(|c| c.to_digit(10)) {
            let next = value
                .unwrap_or(0)
                .checked_mul(10)
                .and_then(|v| v.checked_add(d as usize));
            match next.filter(|v| *v <= max) {
                Some(v) => value = Some(v),
                None => return FormatError::value(too_big),
            }
            self.at += 1;
        }
        Ok(value.map_or(Size::None, Size::Fixed))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Result<Item<'a>, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let item = self.item();
        if item.is_err() {
            self.at = self.text.len();
        }
        Some(item)
    }
}

impl Conversion<'_> {
    /// Takes the value of a `*` width; a negative one also means `-`.
    pub fn set_width(&mut self, width: isize) {
        self.flags.left |= width < 0;
        self.width = Size::Fixed(width.unsigned_abs());
    }

    /// Takes the value of a `*` precision; a negative one counts as 0.
    pub fn set_precision(&mut self, precision: isize) {
        self.precision = Size::Fixed(usize::try_from(precision).unwrap_or(0));
    }

    /// The precision, when there is one.
    pub fn precision(&self) -> Option<usize> {
        match self.precision {
            Size::Fixed(n) => Some(n),
            _ => None,
        }
    }

    /// The error for a conversion character that does not exist (a ValueError). `bytes` tells which
    /// kind of format it is in.
    pub fn unsupported(&self, bytes: bool) -> FormatError {
        let c = match char::from_u32(self.code) {
            Some(c) if bytes || (' '..='~').contains(&c) => c,
            _ => '?',
        };
        let (code, index) = (self.code, self.index);
        FormatError::Value(format!(
            "unsupported format character '{c}' ({code:#x}) at index {index}"
        ))
    }

    /// Lays out text (`s r a c b`): cut to the precision unless it is a character, then padded.
    pub fn text(&self, text: Text<'_>) -> Result<TextBuf, FormatError> {
        let cut = match self.precision() {
            Some(n) if self.code != u32::from(b'c') => text.slice(0, n),
            _ => text,
        };
        self.pad("", "", cut, false)
    }

    /// Lays out an integer (`d i u o x X`) given by its digits in the base of the conversion.
    pub fn int(&self, negative: bool, digits: &str) -> Result<TextBuf, FormatError> {
        let upper = self.code == u32::from(b'X');
        let mut body = "0".repeat(self.precision().unwrap_or(0).saturating_sub(digits.len()));
        body.push_str(digits);
        if upper {
            body.make_ascii_uppercase();
        }
        let prefix = match u8::try_from(self.code) {
            Ok(b'x') if self.flags.alt => "0x",
            Ok(b'X') if self.flags.alt => "0X",
            Ok(b'o') if self.flags.alt => "0o",
            _ => "",
        };
        self.pad(
            self.sign(negative),
            prefix,
            Text::Ascii(body.as_bytes()),
            self.flags.zero,
        )
    }

    /// Lays out a float (`e f g` and their capitals).
    pub fn float(&self, x: f64) -> Result<TextBuf, FormatError> {
        let flags = FloatFlags {
            alt: self.flags.alt,
            ..FloatFlags::default()
        };
        let code = u8::try_from(self.code).unwrap_or(b'g');
        let text = float::format_float(x, code, self.precision().unwrap_or(6), flags);
        let (negative, body) = text
            .strip_prefix('-')
            .map_or((false, text.as_str()), |t| (true, t));
        self.pad(
            self.sign(negative),
            "",
            Text::Ascii(body.as_bytes()),
            self.flags.zero,
        )
    }

    fn sign(&self, negative: bool) -> &'static str {
        match (negative, self.flags.plus, self.flags.blank) {
            (true, _, _) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        }
    }

    fn pad(
        &self,
        sign: &str,
        prefix: &str,
        body: Text<'_>,
        zeros: bool,
    ) -> Result<TextBuf, FormatError> {
        let width = match self.width {
            Size::Fixed(n) if n > 1 << 33 => return Err(FormatError::Memory),
            Size::Fixed(n) => n,
            _ => 0,
        };
        let pad = width.saturating_sub(sign.len() + prefix.len() + body.len());
        let mut out = Builder::with_capacity(width.max(body.len()));
        if !self.flags.left && !zeros {
            out.push_n(u32::from(b' '), pad);
        }
        out.push_str(sign);
        out.push_str(prefix);
        if !self.flags.left && zeros {
            out.push_n(u32::from(b'0'), pad);
        }
        out.push_text(body);
        if self.flags.left {
            out.push_n(u32::from(b' '), pad);
        }
        Ok(out.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(s: &str) -> String {
        let b = TextBuf::from(s);
        for item in Items::of_str(b.as_text()) {
            match item {
                Err(FormatError::Value(m)) => return m,
                Ok(Item::Conversion(c)) if !b"sd".contains(&(c.code as u8)) => {
                    return format!("{:?}", c.unsupported(false));
                }
                _ => {}
            }
        }
        String::new()
    }

    #[test]
    fn errors() {
        assert_eq!(error("%"), "incomplete format");
        assert_eq!(error("%5"), "incomplete format");
        assert_eq!(error("%l"), "incomplete format");
        assert_eq!(error("%(a"), "incomplete format key");
        assert_eq!(error("%99999999999999999999d"), "width too big");
        assert_eq!(error("%.9999999999d"), "precision too big");
        assert_eq!(
            error("%d%z"),
            "Value(\"unsupported format character 'z' (0x7a) at index 3\")"
        );
        assert_eq!(
            error("%\u{e9}"),
            "Value(\"unsupported format character '?' (0xe9) at index 1\")"
        );
        assert_eq!(
            error("%5%"),
            "Value(\"unsupported format character '%' (0x25) at index 2\")"
        );
        assert_eq!(error("100%% %s%((a))s%ld"), "");
    }

    fn one(s: &str, f: impl Fn(&Conversion<'_>) -> Result<TextBuf, FormatError>) -> String {
        let b = TextBuf::from(s);
        match Items::of_str(b.as_text()).next() {
            Some(Ok(Item::Conversion(c))) => {
                f(&c).map_or(String::new(), |b| b.as_text().to_utf8_lossy())
            }
            _ => String::new(),
        }
    }

    #[test]
    fn layouts() {
        assert_eq!(one("%#010x", |c| c.int(false, "ff")), "0x000000ff");
        assert_eq!(one("%+#12X", |c| c.int(false, "ff")), "       +0XFF");
        assert_eq!(one("%010.5d", |c| c.int(true, "25")), "-000000025");
        assert_eq!(one("%-05d", |c| c.int(false, "5")), "5    ");
        assert_eq!(one("% d", |c| c.int(false, "5")), " 5");
        assert_eq!(one("%.2s", |c| c.text(Text::Ascii(b"abc"))), "ab");
        assert_eq!(one("%05s", |c| c.text(Text::Ascii(b"5"))), "    5");
        assert_eq!(one("%05f", |c| c.float(f64::INFINITY)), "00inf");
        assert_eq!(one("%-+12.3e", |c| c.float(1.5)), "+1.500e+00  ");
        assert_eq!(one("%.f", |c| c.float(1.5)), "2");
    }
}
