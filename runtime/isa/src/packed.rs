//! Many canonical code objects in one run of bytes that is read in place: how the embedded library is stored. The build
//! script of the modules crate writes it with [`Packer`]; `PyCode` reads it piece by piece, each function's body when the
//! function is first looked at or run.
//!
//! Layout, fixed-width numbers `u32` little endian, the others LEB128: the count of strings; the offsets of the strings
//! and of their end; the strings' UTF-8; the codes. A code is its head (see [`Head`]), four byte strings, then its
//! constants, names and names of locals. A nested code stands before its owner, which refers to it by offset.

use crate::code::{Code, Const};
use std::collections::{HashMap, HashSet};

mod tag {
    pub const NONE: u8 = 0;
    pub const TRUE: u8 = 1;
    pub const FALSE: u8 = 2;
    pub const ELLIPSIS: u8 = 3;
    pub const INT: u8 = 4;
    pub const BIG_INT: u8 = 5;
    pub const FLOAT: u8 = 6;
    pub const COMPLEX: u8 = 7;
    pub const STR: u8 = 8;
    pub const SURROGATES: u8 = 9;
    pub const BYTES: u8 = 10;
    pub const TUPLE: u8 = 11;
    pub const FROZEN_SET: u8 = 12;
    pub const SLICE: u8 = 13;
    pub const CODE: u8 = 14;
}

/// Collects codes.
#[derive(Default)]
pub struct Packer {
    index: HashMap<String, u32>,
    strings: Vec<u8>,
    ends: Vec<u32>,
    codes: Vec<u8>,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("a packed library is smaller than 4 GiB")
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// The strings of a code object and of the codes in it.
fn strings_of<'a>(code: &'a Code, out: &mut HashSet<&'a str>) {
    fn of_const<'a>(c: &'a Const, out: &mut HashSet<&'a str>) {
        match c {
            Const::BigInt(s) | Const::Str(s) => {
                out.insert(s);
            }
            Const::Tuple(v) | Const::FrozenSet(v) => v.iter().for_each(|c| of_const(c, out)),
            Const::Slice(v) => v.iter().for_each(|c| of_const(c, out)),
            Const::Code(code) => strings_of(code, out),
            _ => {}
        }
    }
    out.extend([code.name.as_str(), code.qualname.as_str()]);
    out.extend(
        code.names
            .iter()
            .chain(&code.local_names)
            .map(String::as_str),
    );
    code.consts.iter().for_each(|c| of_const(c, out));
}

impl Packer {
    /// A packer for these codes, of which the `first` are needed always and the others sometimes. Strings of the first,
    /// and then those that several of the others have, stand in front, the most frequent ones first, so that a program
    /// touches few pages.
    pub fn for_codes(first: &[&Code], others: &[&Code]) -> Packer {
        let mut always = HashSet::new();
        for code in first {
            strings_of(code, &mut always);
        }
        let mut counts: HashMap<&str, usize> = always.iter().map(|s| (*s, 0)).collect();
        for code in others {
            let mut strings = HashSet::new();
            strings_of(code, &mut strings);
            for s in strings {
                *counts.entry(s).or_default() += 1;
            }
        }
        let mut sorted: Vec<_> = counts.into_iter().collect();
        sorted.retain(|(s, n)| *n > 1 || always.contains(s));
        sorted.sort_unstable_by_key(|(s, n)| (!always.contains(s), std::cmp::Reverse(*n), *s));
        let mut packer = Packer::default();
        for (s, _) in sorted {
            packer.string(s);
        }
        packer
    }

    fn string(&mut self, s: &str) -> u64 {
        if let Some(i) = self.index.get(s) {
            return u64::from(*i);
        }
        let i = small(self.ends.len());
        self.strings.extend(s.as_bytes());
        self.ends.push(small(self.strings.len()));
        self.index.insert(s.to_owned(), i);
        u64::from(i)
    }

    /// Adds a code object and all that it contains; the result is what [`Library::head`] wants.
    pub fn add(&mut self, code: &Code) -> u32 {
        let mut consts = Vec::new();
        put(&mut consts, code.consts.len() as u64);
        for c in &code.consts {
            self.constant(&mut consts, c);
        }
        let mut out = Vec::new();
        let (name, qualname) = (self.string(&code.name), self.string(&code.qualname));
        put(&mut out, name);
        put(&mut out, qualname);
        for n in [
            code.first_line,
            code.arg_count,
            code.posonly_count,
            code.kwonly_count,
            code.flags,
            code.stack_size,
        ] {
            put(&mut out, u64::from(n));
        }
        let parts = [
            &code.code,
            &code.line_table,
            &code.exception_table,
            &code.local_kinds,
        ];
        for part in parts {
            put(&mut out, part.len() as u64);
        }
        for part in parts {
            out.extend(part);
        }
        out.extend(consts);
        put(&mut out, code.names.len() as u64);
        for name in code.names.iter().chain(&code.local_names) {
            let i = self.string(name);
            put(&mut out, i);
        }
        let at = small(self.codes.len());
        self.codes.extend(out);
        at
    }

    fn constant(&mut self, out: &mut Vec<u8>, c: &Const) {
        let mut items = |out: &mut Vec<u8>, tag: u8, items: &[Const]| {
            out.push(tag);
            put(out, items.len() as u64);
            for item in items {
                self.constant(out, item);
            }
        };
        match c {
            Const::None => out.push(tag::NONE),
            Const::True => out.push(tag::TRUE),
            Const::False => out.push(tag::FALSE),
            Const::Ellipsis => out.push(tag::ELLIPSIS),
            Const::Int(i) => {
                out.push(tag::INT);
                put(out, ((i << 1) ^ (i >> 63)) as u64);
            }
            Const::BigInt(s) => {
                out.push(tag::BIG_INT);
                let i = self.string(s);
                put(out, i);
            }
            Const::Float(f) => {
                out.push(tag::FLOAT);
                out.extend(f.to_le_bytes());
            }
            Const::Complex(re, im) => {
                out.push(tag::COMPLEX);
                out.extend(re.to_le_bytes());
                out.extend(im.to_le_bytes());
            }
            Const::Str(s) => {
                out.push(tag::STR);
                let i = self.string(s);
                put(out, i);
            }
            Const::Surrogates(codes) => {
                out.push(tag::SURROGATES);
                put(out, codes.len() as u64);
                for c in codes {
                    put(out, u64::from(*c));
                }
            }
            Const::Bytes(b) => {
                out.push(tag::BYTES);
                put(out, b.len() as u64);
                out.extend(b);
            }
            Const::Tuple(v) => items(out, tag::TUPLE, v),
            Const::FrozenSet(v) => items(out, tag::FROZEN_SET, v),
            Const::Slice(v) => items(out, tag::SLICE, v.as_slice()),
            Const::Code(code) => {
                let at = self.add(code);
                out.push(tag::CODE);
                put(out, u64::from(at));
            }
        }
    }

    /// The bytes that [`Library::new`] reads.
    pub fn finish(self) -> Vec<u8> {
        let mut out = small(self.ends.len()).to_le_bytes().to_vec();
        for end in [0].iter().chain(&self.ends) {
            out.extend(end.to_le_bytes());
        }
        out.extend(self.strings);
        out.extend(self.codes);
        out
    }
}

/// Packed codes.
#[derive(Debug)]
pub struct Library {
    offsets: &'static [u8],
    strings: &'static [u8],
    codes: &'static [u8],
}

/// What is known of a code object without its constants and names.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub name: &'static str,
    pub qualname: &'static str,
    pub first_line: u32,
    pub arg_count: u32,
    pub posonly_count: u32,
    pub kwonly_count: u32,
    pub flags: u32,
    pub stack_size: u32,
    pub code: &'static [u8],
    pub line_table: &'static [u8],
    pub exception_table: &'static [u8],
    pub local_kinds: &'static [u8],
    /// Where [`Library::rest`] goes on.
    pub rest: usize,
}

/// One constant. After the sized ones that many constants follow, which are their items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    /// Decimal digits with an optional leading `-`.
    BigInt(&'static str),
    Float(f64),
    Complex(f64, f64),
    Str(&'static str),
    /// That many code points follow, see [`Rest::number`].
    Surrogates(usize),
    Bytes(&'static [u8]),
    Tuple(usize),
    FrozenSet(usize),
    /// Always three items.
    Slice,
    /// See [`Library::head`].
    Code(u32),
}

/// Reads on through constants, then names.
#[derive(Clone, Copy)]
pub struct Rest<'a> {
    library: &'a Library,
    at: usize,
}

fn fixed(bytes: &[u8], index: usize) -> Option<usize> {
    let at = index.checked_mul(4)?;
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
}

impl Library {
    /// Finds the parts; `None` if the bytes are no packed library.
    pub fn new(bytes: &'static [u8]) -> Option<Library> {
        let count = fixed(bytes, 0)?;
        let (offsets, rest) = bytes
            .get(4..)?
            .split_at_checked(count.checked_mul(4)? + 4)?;
        let (strings, codes) = rest.split_at_checked(fixed(offsets, count)?)?;
        Some(Library {
            offsets,
            strings,
            codes,
        })
    }
    fn string(&self, index: usize) -> Option<&'static str> {
        std::str::from_utf8(self.string_bytes(index)?).ok()
    }
    #[inline]
    fn string_bytes(&self, index: usize) -> Option<&'static [u8]> {
        let (from, to) = (
            fixed(self.offsets, index)?,
            fixed(self.offsets, index.checked_add(1)?)?,
        );
        self.strings.get(from..to)
    }
    /// The head of the code at an offset that [`Packer::add`] gave.
    pub fn head(&self, at: u32) -> Option<Head> {
        let mut r = Rest {
            library: self,
            at: at as usize,
        };
        let (name, qualname) = (r.name()?, r.name()?);
        let mut numbers = [0u32; 10];
        for n in &mut numbers {
            *n = u32::try_from(r.number()?).ok()?;
        }
        let [
            first_line,
            arg_count,
            posonly_count,
            kwonly_count,
            flags,
            stack_size,
            sizes @ ..,
        ] = numbers;
        let mut parts = [[].as_slice(); 4];
        for (part, size) in parts.iter_mut().zip(sizes) {
            *part = r.take(size as usize)?;
        }
        let [code, line_table, exception_table, local_kinds] = parts;
        Some(Head {
            name,
            qualname,
            first_line,
            arg_count,
            posonly_count,
            kwonly_count,
            flags,
            stack_size,
            code,
            line_table,
            exception_table,
            local_kinds,
            rest: r.at,
        })
    }
    /// What follows a head, by its `rest`: the number of constants, they, the number of names, they, the names of locals (as many as
    /// there are kinds).
    pub fn rest(&self, at: usize) -> Rest<'_> {
        Rest { library: self, at }
    }
}

impl Rest<'_> {
    fn take(&mut self, n: usize) -> Option<&'static [u8]> {
        let end = self.at.checked_add(n)?;
        let bytes = self.library.codes.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }
    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.library.codes.get(self.at)?;
            self.at += 1;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }
    /// A count of things that take at least a byte each.
    pub fn count(&mut self) -> Option<usize> {
        let n = usize::try_from(self.number()?).ok()?;
        (n <= self.library.codes.len()).then_some(n)
    }
    /// A string by its number.
    pub fn name(&mut self) -> Option<&'static str> {
        let i = usize::try_from(self.number()?).ok()?;
        self.library.string(i)
    }
    /// The same as UTF-8 that nobody has checked.
    pub fn name_bytes(&mut self) -> Option<&'static [u8]> {
        let i = usize::try_from(self.number()?).ok()?;
        self.library.string_bytes(i)
    }
    fn float(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
    /// A constant.
    pub fn item(&mut self) -> Option<Item> {
        let [kind] = *self.take(1)? else { return None };
        Some(match kind {
            tag::NONE => Item::None,
            tag::TRUE => Item::True,
            tag::FALSE => Item::False,
            tag::ELLIPSIS => Item::Ellipsis,
            tag::INT => {
                let n = self.number()?;
                Item::Int((n >> 1) as i64 ^ -((n & 1) as i64))
            }
            tag::BIG_INT => Item::BigInt(self.name()?),
            tag::FLOAT => Item::Float(self.float()?),
            tag::COMPLEX => Item::Complex(self.float()?, self.float()?),
            tag::STR => Item::Str(self.name()?),
            tag::SURROGATES => Item::Surrogates(self.count()?),
            tag::BYTES => {
                let n = self.count()?;
                Item::Bytes(self.take(n)?)
            }
            tag::TUPLE => Item::Tuple(self.count()?),
            tag::FROZEN_SET => Item::FrozenSet(self.count()?),
            tag::SLICE => (self.count()? == 3).then_some(Item::Slice)?,
            tag::CODE => Item::Code(u32::try_from(self.number()?).ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Code {
        let inner = Code {
            name: "f".into(),
            qualname: "f".into(),
            code: vec![1, 2],
            consts: vec![Const::Str("doc".into())],
            ..Code::default()
        };
        Code {
            name: "<module>".into(),
            qualname: "<module>".into(),
            first_line: 300,
            flags: 0x800_0000,
            code: vec![9; 200],
            consts: vec![
                Const::Int(-1),
                Const::Int(i64::MIN),
                Const::Float(0.5),
                Const::Code(Box::new(inner)),
                Const::Tuple(vec![Const::None, Const::Bytes(vec![0, 255])]),
                Const::Surrogates(vec![0xd800]),
            ],
            names: vec!["f".into(), "é".into()],
            local_names: vec!["x".into()],
            local_kinds: vec![0x20],
            line_table: vec![3],
            ..Code::default()
        }
    }

    #[test]
    fn what_was_packed_is_read() {
        let mut packer = Packer::default();
        let at = packer.add(&sample());
        let library = Library::new(packer.finish().leak()).expect("just packed");
        let head = library.head(at).expect("just packed");
        assert_eq!(
            (head.name, head.first_line, head.flags),
            ("<module>", 300, 0x800_0000)
        );
        assert_eq!((head.code, head.local_kinds), (&[9; 200][..], &[0x20][..]));
        let mut rest = library.rest(head.rest);
        assert_eq!(rest.count(), Some(6));
        assert_eq!(rest.item(), Some(Item::Int(-1)));
        assert_eq!(rest.item(), Some(Item::Int(i64::MIN)));
        assert_eq!(rest.item(), Some(Item::Float(0.5)));
        let Some(Item::Code(inner)) = rest.item() else {
            panic!("the function's code comes here")
        };
        assert_eq!(library.head(inner).map(|h| h.name), Some("f"));
        assert_eq!(rest.item(), Some(Item::Tuple(2)));
        assert_eq!(rest.item(), Some(Item::None));
        assert_eq!(rest.item(), Some(Item::Bytes(&[0, 255])));
        assert_eq!(rest.item(), Some(Item::Surrogates(1)));
        assert_eq!(rest.number(), Some(0xd800));
        assert_eq!(rest.count(), Some(2));
        assert_eq!((rest.name(), rest.name()), (Some("f"), Some("é")));
        assert_eq!(rest.name(), Some("x"));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let mut packer = Packer::default();
        let at = packer.add(&sample());
        let bytes = packer.finish();
        for end in 0..bytes.len() {
            if let Some(library) = Library::new(bytes[..end].to_vec().leak())
                && let Some(head) = library.head(at)
            {
                let mut rest = library.rest(head.rest);
                while rest.item().is_some() {}
                while rest.name().is_some() {}
            }
        }
        assert!(Library::new(&[255; 8]).is_none());
    }
}
