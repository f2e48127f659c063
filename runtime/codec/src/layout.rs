//! Layouts of C values in bytes, from the format strings of `struct`: parsing them, and reading and
//! writing one field. Called by `struct`, `array`, `memoryview` and buffers of `ctypes`.

use crate::half;

/// Byte order of a layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// The order of the machine.
pub const NATIVE: Order = if cfg!(target_endian = "big") {
    Order::Big
} else {
    Order::Little
};

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `c`: one byte as a bytes object.
    Char,
    /// `b h i l q n`
    Signed,
    /// `B H I L Q N`
    Unsigned,
    /// `P`: an address.
    Pointer,
    /// `?`
    Bool,
    /// `e f d`
    Float,
    /// `F D`
    Complex,
    /// `s`: a byte string of the field's width.
    Bytes,
    /// `p`: a byte string with its length in the first byte.
    Pascal,
}

/// One field, or several of one kind in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item {
    /// What each holds.
    pub kind: Kind,
    /// The letter in the format.
    pub code: u8,
    /// Bytes of one.
    pub width: usize,
    /// Where the first begins.
    pub offset: usize,
    /// How many in a row.
    pub count: usize,
}

/// A parsed format string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Format {
    /// Byte order of all fields.
    pub order: Order,
    /// True for the machine's own sizes and alignment (no order letter, or `@`).
    pub native: bool,
    /// The fields in order; padding is in the offsets.
    pub items: Vec<Item>,
    /// Bytes of the whole.
    pub size: usize,
    /// Values that a pack takes and an unpack gives.
    pub fields: usize,
}

/// Why a format string is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FormatError {
    /// A letter that means nothing here.
    BadChar,
    /// A count at the end.
    CountWithoutCode,
    /// Over the largest object.
    TooLong,
    /// A NUL in the text.
    EmbeddedNull,
}

impl FormatError {
    /// The text of `struct.error`.
    pub fn message(self) -> &'static str {
        match self {
            FormatError::BadChar => "bad char in struct format",
            FormatError::CountWithoutCode => "repeat count given without format specifier",
            FormatError::TooLong => "total struct size too long",
            FormatError::EmbeddedNull => "embedded null character",
        }
    }
}

/// Kind, width and alignment of a letter.
fn code_facts(code: u8, native: bool) -> Option<(Kind, usize, usize)> {
    let (kind, width) = match code {
        b'x' | b'c' => (Kind::Char, 1),
        b's' => (Kind::Bytes, 1),
        b'p' => (Kind::Pascal, 1),
        b'?' => (Kind::Bool, 1),
        b'b' => (Kind::Signed, 1),
        b'B' => (Kind::Unsigned, 1),
        b'h' => (Kind::Signed, 2),
        b'H' => (Kind::Unsigned, 2),
        b'i' => (Kind::Signed, 4),
        b'I' => (Kind::Unsigned, 4),
        b'l' => (Kind::Signed, if native { 8 } else { 4 }),
        b'L' => (Kind::Unsigned, if native { 8 } else { 4 }),
        b'q' => (Kind::Signed, 8),
        b'Q' => (Kind::Unsigned, 8),
        b'n' if native => (Kind::Signed, 8),
        b'N' if native => (Kind::Unsigned, 8),
        b'P' if native => (Kind::Pointer, 8),
        b'e' => (Kind::Float, 2),
        b'f' => (Kind::Float, 4),
        b'd' => (Kind::Float, 8),
        b'F' => (Kind::Complex, 8),
        b'D' => (Kind::Complex, 16),
        _ => return None,
    };
    let align = match (native, kind) {
        (false, _) => 1,
        (true, Kind::Complex) => width / 2,
        (true, _) => width,
    };
    Some((kind, width, align))
}

impl Format {
    /// Parses a format string.
    pub fn parse(text: &[u8]) -> Result<Format, FormatError> {
        if text.contains(&0) {
            return Err(FormatError::EmbeddedNull);
        }
        let (order, native, text) = match text.split_first() {
            Some((b'<', rest)) => (Order::Little, false, rest),
            Some((b'>' | b'!', rest)) => (Order::Big, false, rest),
            Some((b'=', rest)) => (NATIVE, false, rest),
            Some((b'@', rest)) => (NATIVE, true, rest),
            _ => (NATIVE, true, text),
        };
        let mut format = Format {
            order,
            native,
            items: Vec::new(),
            size: 0,
            fields: 0,
        };
        let mut letters = text.iter().copied();
        while let Some(letter) = letters.next() {
            if letter.is_ascii_whitespace() || letter == 0x0b {
                continue;
            }
            let (count, code) = match letter {
                b'0'..=b'9' => count_and_code(letter, &mut letters)?,
                code => (1, code),
            };
            format.push(count, code)?;
        }
        Ok(format)
    }

    fn push(&mut self, count: usize, code: u8) -> Result<(), FormatError> {
        let (kind, width, align) = code_facts(code, self.native).ok_or(FormatError::BadChar)?;
        let limit = isize::MAX as usize;
        let offset = self
            .size
            .checked_next_multiple_of(align)
            .ok_or(FormatError::TooLong)?;
        let bytes = width.checked_mul(count).ok_or(FormatError::TooLong)?;
        self.size = offset.checked_add(bytes).ok_or(FormatError::TooLong)?;
        if self.size > limit {
            return Err(FormatError::TooLong);
        }
        let item = match (code, kind) {
            (b'x', _) => return Ok(()),
            // The count is the length of one string, even of an empty one.
            (_, Kind::Bytes | Kind::Pascal) => Item {
                kind,
                code,
                width: count,
                offset,
                count: 1,
            },
            (..) if count == 0 => return Ok(()),
            (..) => Item {
                kind,
                code,
                width,
                offset,
                count,
            },
        };
        self.fields += item.count;
        self.items.push(item);
        Ok(())
    }

    /// Every field with its place.
    pub fn each(&self) -> impl Iterator<Item = Field> + '_ {
        let order = self.order;
        self.items.iter().flat_map(move |item| {
            (0..item.count).map(move |index| Field {
                kind: item.kind,
                code: item.code,
                width: item.width,
                offset: item.offset + index * item.width,
                order,
            })
        })
    }

    /// The only field of a format such as those of `memoryview` and `array`; `None` for others.
    pub fn single(&self) -> Option<Field> {
        let mut fields = self.each();
        let field = fields.next()?;
        (self.fields == 1 && field.offset == 0 && field.width == self.size).then_some(field)
    }
}

/// Reads the rest of a count and the letter behind it.
fn count_and_code(
    first: u8,
    letters: &mut impl Iterator<Item = u8>,
) -> Result<(usize, u8), FormatError> {
    let mut count = usize::from(first - b'0');
    loop {
        match letters.next() {
            Some(digit @ b'0'..=b'9') => {
                let digit = usize::from(digit - b'0');
                let wider = count
                    .checked_mul(10)
                    .and_then(|count| count.checked_add(digit));
                count = wider.ok_or(FormatError::TooLong)?;
                if count > isize::MAX as usize {
                    return Err(FormatError::TooLong);
                }
            }
            Some(code) => return Ok((count, code)),
            None => return Err(FormatError::CountWithoutCode),
        }
    }
}

/// One field at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// What it holds.
    pub kind: Kind,
    /// The letter in the format.
    pub code: u8,
    /// Its bytes.
    pub width: usize,
    /// Where it begins.
    pub offset: usize,
    /// Its byte order.
    pub order: Order,
}

/// A value read from a field.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value<'a> {
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A truth value.
    Bool(bool),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// A byte string.
    Bytes(&'a [u8]),
}

/// Why a value does not go into a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PackError {
    /// `struct.error` with this text.
    Range(String),
    /// OverflowError with this text.
    Overflow(&'static str),
}

impl Field {
    /// Reads the value at the field's place; `None` when `data` is too short.
    pub fn read<'a>(&self, data: &'a [u8]) -> Option<Value<'a>> {
        let end = self.offset.checked_add(self.width)?;
        let bytes = data.get(self.offset..end)?;
        let half = self.width / 2;
        Some(match self.kind {
            Kind::Char | Kind::Bytes => Value::Bytes(bytes),
            Kind::Pascal => match bytes.split_first() {
                None => Value::Bytes(bytes),
                Some((length, rest)) => Value::Bytes(&rest[..rest.len().min((*length).into())]),
            },
            Kind::Bool => Value::Bool(bytes.iter().any(|byte| *byte != 0)),
            Kind::Unsigned | Kind::Pointer => Value::Uint(read_bits(bytes, self.order)),
            Kind::Signed => {
                let unused = 64 - 8 * self.width as u32;
                Value::Int((read_bits(bytes, self.order) << unused) as i64 >> unused)
            }
            Kind::Float => Value::Float(read_float(bytes, self.order)),
            Kind::Complex => Value::Complex(
                read_float(&bytes[..half], self.order),
                read_float(&bytes[half..], self.order),
            ),
        })
    }

    fn place<'a>(&self, out: &'a mut [u8]) -> Option<&'a mut [u8]> {
        let end = self.offset.checked_add(self.width)?;
        out.get_mut(self.offset..end)
    }

    /// The numbers that an integer field holds.
    pub fn range(&self) -> (i128, i128) {
        let bits = 8 * self.width as u32;
        match self.kind {
            Kind::Signed => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
            // An address may also be given as a negative number.
            Kind::Pointer => (-(1i128 << (bits - 1)), (1i128 << bits) - 1),
            _ => (0, (1i128 << bits.min(64)) - 1),
        }
    }

    /// Writes an integer; `None` stands for one that is too large for 128 bits. A buffer that is
    /// too short is left alone.
    pub fn write_int(&self, value: Option<i128>, out: &mut [u8]) -> Result<(), PackError> {
        let (low, high) = self.range();
        match value {
            Some(value) if (low..=high).contains(&value) => {
                if let Some(place) = self.place(out) {
                    write_bits(place, value as u64, self.order);
                }
                Ok(())
            }
            _ if self.kind == Kind::Pointer => {
                Err(PackError::Range("int too large to convert".to_owned()))
            }
            _ => {
                let code = char::from(self.code);
                Err(PackError::Range(format!(
                    "'{code}' format requires {low} <= number <= {high}"
                )))
            }
        }
    }

    /// Writes a truth value.
    pub fn write_bool(&self, value: bool, out: &mut [u8]) {
        if let Some(place) = self.place(out) {
            write_bits(place, value.into(), self.order);
        }
    }

    /// Writes a float.
    pub fn write_float(&self, value: f64, out: &mut [u8]) -> Result<(), PackError> {
        match self.place(out) {
            Some(place) => write_float(place, value, self.order),
            None => Ok(()),
        }
    }

    /// Writes a complex number. `native` is [`Format::native`]: a native layout lets a part that
    /// is too large become infinite, as a C cast does.
    pub fn write_complex(
        &self,
        (real, imag): (f64, f64),
        native: bool,
        out: &mut [u8],
    ) -> Result<(), PackError> {
        let half = self.width / 2;
        let Some(place) = self.place(out) else {
            return Ok(());
        };
        let (first, second) = place.split_at_mut(half);
        for (place, part) in [(first, real), (second, imag)] {
            let part = if native && half == 4 {
                f64::from(part as f32)
            } else {
                part
            };
            write_float(place, part, self.order)?;
        }
        Ok(())
    }

    /// Writes a byte string, cut or filled with zeros to the field's width.
    pub fn write_bytes(&self, value: &[u8], out: &mut [u8]) {
        let Some(mut place) = self.place(out) else {
            return;
        };
        if self.kind == Kind::Pascal {
            let Some((length, rest)) = place.split_first_mut() else {
                return;
            };
            *length = value.len().min(rest.len()).min(255) as u8;
            place = rest;
        }
        let kept = value.len().min(place.len());
        place[..kept].copy_from_slice(&value[..kept]);
        place[kept..].fill(0);
    }
}

fn read_bits(bytes: &[u8], order: Order) -> u64 {
    let add = |bits: u64, byte: &u8| (bits << 8) | u64::from(*byte);
    match order {
        Order::Little => bytes.iter().rev().fold(0, add),
        Order::Big => bytes.iter().fold(0, add),
    }
}

fn write_bits(place: &mut [u8], bits: u64, order: Order) {
    let width = place.len();
    let bytes = bits.to_le_bytes();
    for (index, byte) in place.iter_mut().enumerate() {
        let from = if order == Order::Little {
            index
        } else {
            width - 1 - index
        };
        *byte = bytes.get(from).copied().unwrap_or(0);
    }
}

fn read_float(bytes: &[u8], order: Order) -> f64 {
    let bits = read_bits(bytes, order);
    match bytes.len() {
        2 => half::to_f64(bits as u16),
        4 => f64::from(f32::from_bits(bits as u32)),
        _ => f64::from_bits(bits),
    }
}

fn write_float(place: &mut [u8], value: f64, order: Order) -> Result<(), PackError> {
    let bits = match place.len() {
        2 => match half::from_f64(value) {
            Some(bits) => bits.into(),
            None => return Err(PackError::Overflow("float too large to pack with e format")),
        },
        4 => {
            let narrow = value as f32;
            if narrow.is_infinite() && value.is_finite() {
                return Err(PackError::Overflow("float too large to pack with f format"));
            }
            narrow.to_bits().into()
        }
        _ => value.to_bits(),
    };
    write_bits(place, bits, order);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Result<usize, FormatError> {
        Format::parse(text.as_bytes()).map(|format| format.size)
    }

    #[test]
    fn sizes_are_those_of_c() {
        let sizes = [
            ("@ci", 8),
            ("@c0i", 4),
            ("xi", 8),
            ("<ci", 5),
            ("<l", 4),
            ("l", 8),
        ];
        for (text, expected) in
            sizes
                .into_iter()
                .chain([("0s", 0), ("3p", 3), ("cD", 24), ("cF", 12)])
        {
            assert_eq!(size(text), Ok(expected), "{text}");
        }
        assert_eq!(size("9223372036854775807s"), Ok(isize::MAX as usize));
        assert_eq!(size("9223372036854775808s"), Err(FormatError::TooLong));
        assert_eq!(size("9223372036854775807i"), Err(FormatError::TooLong));
        assert_eq!(size("5"), Err(FormatError::CountWithoutCode));
        assert_eq!(size("5 i"), Err(FormatError::BadChar));
        assert_eq!(size("<n"), Err(FormatError::BadChar));
        assert_eq!(size("i\0"), Err(FormatError::EmbeddedNull));
        assert_eq!(Format::parse(b"2s 3i x ?").unwrap().fields, 5);
    }

    fn only(text: &str) -> Field {
        Format::parse(text.as_bytes()).unwrap().single().unwrap()
    }

    #[test]
    fn integers_and_their_ranges() {
        let mut out = [0; 4];
        assert_eq!(only(">i").write_int(Some(-2), &mut out), Ok(()));
        assert_eq!(out, [255, 255, 255, 254]);
        assert_eq!(only(">i").read(&out), Some(Value::Int(-2)));
        assert_eq!(only("<I").read(&out), Some(Value::Uint(0xfeff_ffff)));
        let error = only("B").write_int(Some(-1), &mut out);
        let text = "'B' format requires 0 <= number <= 255".to_owned();
        assert_eq!(error, Err(PackError::Range(text)));
        assert!(only("q").write_int(None, &mut out).is_err());
        assert_eq!(only("P").write_int(Some(-1), &mut [0; 8]), Ok(()));
    }

    #[test]
    fn floats_and_strings() {
        let mut out = [1; 8];
        assert_eq!(only(">d").write_float(1.5, &mut out), Ok(()));
        assert_eq!(out, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]);
        assert!(only("f").write_float(1e300, &mut out).is_err());
        assert!(only("e").write_float(1e6, &mut out).is_err());
        assert_eq!(
            only("F").write_complex((1e300, 1.0), true, &mut out),
            Ok(())
        );
        assert_eq!(out, [0, 0, 0x80, 0x7f, 0, 0, 0x80, 0x3f]);
        only("3p").write_bytes(b"abc", &mut out);
        assert_eq!(&out[..3], [2, b'a', b'b']);
        assert_eq!(only("3p").read(&[5, 97, 98]), Some(Value::Bytes(b"ab")));
        only("4s").write_bytes(b"xy", &mut out);
        assert_eq!(&out[..4], b"xy\0\0");
    }
}
