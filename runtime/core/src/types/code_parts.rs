//! The constants and names of a code object, which embedded code gets only when they are first asked for: most functions
//! of a library module never run. Used by `PyCode` alone.

use super::str::intern_utf8;
use crate::object::{MutCell, Payload, Trace, Tracer};
use crate::types::*;
use crate::value::{Owned, Value};
use crate::vm::Vm;
use pyjit_isa::code::Const;
use pyjit_isa::packed::{Head, Item, Library, Rest};
use std::cell::OnceCell;

/// What a code object refers to.
#[derive(Default)]
pub struct CodeParts {
    pub consts: MutCell<Vec<Owned>>,
    /// Interned.
    pub names: Vec<Owned>,
    /// Interned; locals, then cells, then free variables.
    pub local_names: Vec<Owned>,
}

/// Where an embedded code object stands.
#[derive(Clone, Copy)]
pub struct PackedCode {
    pub library: &'static Library,
    /// What the packer called it.
    pub at: u32,
}

impl PackedCode {
    pub(super) fn head(self) -> Option<Head> {
        self.library.head(self.at)
    }
}

/// [`CodeParts`], made when first asked for.
pub(super) struct LazyParts {
    made: OnceCell<CodeParts>,
    packed: Option<PackedParts>,
}

#[derive(Clone, Copy)]
struct PackedParts {
    library: &'static Library,
    /// `Head::rest`.
    at: usize,
}

impl LazyParts {
    pub(super) fn made(parts: CodeParts) -> LazyParts {
        LazyParts {
            made: OnceCell::from(parts),
            packed: None,
        }
    }
    pub(super) fn packed(library: &'static Library, head: &Head) -> LazyParts {
        LazyParts {
            made: OnceCell::new(),
            packed: Some(PackedParts {
                library,
                at: head.rest,
            }),
        }
    }
    #[inline]
    pub(super) fn get(&self, code: &PyCode) -> &CodeParts {
        match self.made.get() {
            Some(parts) => parts,
            None => self.make(code),
        }
    }
    #[cold]
    fn make(&self, code: &PyCode) -> &CodeParts {
        let filename = code.filename.own();
        let parts = self.packed.and_then(|p| {
            let locals = code.data.local_kinds.len();
            read(p, &filename, locals)
        });
        self.made.get_or_init(|| parts.unwrap_or_default())
    }
    /// The first constant, without making the others if they are not there.
    pub(super) fn first_const(&self, code: &PyCode) -> Option<Owned> {
        match (self.made.get(), self.packed) {
            (None, Some(packed)) => {
                let mut rest = packed.library.rest(packed.at);
                rest.count().filter(|n| *n > 0)?;
                item(&mut rest, packed.library, &code.filename.own(), 0)
            }
            _ => self.get(code).consts.get().first().cloned(),
        }
    }
}

impl Trace for LazyParts {
    fn trace(&self, t: Tracer<'_>) {
        if let Some(parts) = self.made.get() {
            parts.consts.trace(t);
            parts.names.trace(t);
            parts.local_names.trace(t);
        }
    }
    fn clear(&self) {
        if let Some(parts) = self.made.get() {
            parts.consts.clear();
        }
    }
}

fn read(packed: PackedParts, filename: &Owned, locals: usize) -> Option<CodeParts> {
    let mut rest = packed.library.rest(packed.at);
    let count = rest.count()?;
    let consts = items(&mut rest, packed.library, filename, count, 0)?;
    let count = rest.count()?;
    let mut names = |n: usize| {
        (0..n)
            .map(|_| intern_utf8(rest.name_bytes()?))
            .collect::<Option<Vec<_>>>()
    };
    Some(CodeParts {
        consts: MutCell::new(consts),
        names: names(count)?,
        local_names: names(locals)?,
    })
}

/// Constants in constants that the compiler makes are never deep.
const MAX_DEPTH: usize = 200;

fn items(
    rest: &mut Rest<'_>,
    library: &'static Library,
    filename: &Owned,
    n: usize,
    depth: usize,
) -> Option<Vec<Owned>> {
    if depth > MAX_DEPTH {
        return None;
    }
    (0..n)
        .map(|_| item(rest, library, filename, depth))
        .collect()
}

fn item(
    rest: &mut Rest<'_>,
    library: &'static Library,
    filename: &Owned,
    depth: usize,
) -> Option<Owned> {
    Some(match rest.item()? {
        Item::None => Owned::NONE,
        Item::True => Owned::bool(true),
        Item::False => Owned::bool(false),
        Item::Ellipsis => Owned::immediate(Value::ELLIPSIS),
        Item::Int(i) => new_int(i),
        Item::BigInt(s) => big_int(s),
        Item::Float(f) => new_float(f),
        Item::Complex(re, im) => new_complex(re, im),
        Item::Str(s) => text(s),
        Item::Surrogates(n) => {
            let codes = (0..n).map(|_| u32::try_from(rest.number()?).ok());
            PyStr::from_codes(&codes.collect::<Option<Vec<u32>>>()?)
        }
        Item::Bytes(b) => PyBytes::new(b),
        Item::Tuple(n) => PyTuple::new(items(rest, library, filename, n, depth + 1)?),
        Item::FrozenSet(n) => frozen_set(items(rest, library, filename, n, depth + 1)?),
        Item::Slice => {
            let mut part = || item(rest, library, filename, depth + 1);
            PySlice::new(part()?, part()?, part()?)
        }
        Item::Code(at) => PyCode::packed(PackedCode { library, at }, filename.clone())?,
    })
}

fn big_int(digits: &str) -> Owned {
    pyjit_num::BigInt::parse(digits, 10, usize::MAX).map_or(Owned::NONE, new_big)
}

/// Strings that could be names are interned.
fn text(s: &str) -> Owned {
    if s.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric()) {
        intern(s)
    } else {
        PyStr::from_str(s)
    }
}

fn frozen_set(items: Vec<Owned>) -> Owned {
    let values: Vec<_> = items.iter().map(|o| o.value()).collect();
    PySet::from_items(Vm::get(), PyFrozenSet::class(), &values).unwrap_or(Owned::NONE)
}

/// The value of a constant.
pub fn const_value(c: Const) -> Owned {
    match c {
        Const::None => Owned::NONE,
        Const::True => Owned::bool(true),
        Const::False => Owned::bool(false),
        Const::Ellipsis => Owned::immediate(Value::ELLIPSIS),
        Const::Int(i) => new_int(i),
        Const::BigInt(s) => big_int(&s),
        Const::Float(f) => new_float(f),
        Const::Complex(re, im) => new_complex(re, im),
        Const::Str(s) => text(&s),
        Const::Surrogates(codes) => PyStr::from_codes(&codes),
        Const::Bytes(b) => PyBytes::new(&b),
        Const::Tuple(items) => PyTuple::new(items.into_iter().map(const_value).collect()),
        Const::FrozenSet(items) => frozen_set(items.into_iter().map(const_value).collect()),
        Const::Slice(parts) => {
            let [a, b, c] = *parts;
            PySlice::new(const_value(a), const_value(b), const_value(c))
        }
        Const::Code(code) => PyCode::new(*code),
    }
}
