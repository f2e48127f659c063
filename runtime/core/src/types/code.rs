//! `code`: the canonical code object with its constants as values, and the threaded code made from it on first execution.

use crate::frame::Threaded;
use crate::object::{self, MutCell, NoTrace, Payload};
use crate::py_class;
use crate::types::*;
use crate::value::Owned;
use pyjit_isa::code::{Code, Const, local_kind};
use std::cell::Cell;

py_class! {
    /// A code object.
    pub struct PyCode as "code" {
        /// The canonical form; its constants are moved out into [`PyCode::consts`].
        pub data: NoTrace<Code>,
        pub flags: u32,
        pub name: Owned,
        pub qualname: Owned,
        /// Replaced when a cached module turns out to have moved.
        pub filename: MutCell<Owned>,
        pub consts: MutCell<Vec<Owned>>,
        /// Constants that only the threaded form has.
        pub extra_consts: MutCell<Vec<Owned>>,
        /// Interned.
        pub names: Vec<Owned>,
        /// Interned; locals, then cells, then free variables.
        pub local_names: Vec<Owned>,
        /// Threaded form; absent until the first execution.
        pub threaded: MutCell<NoTrace<Option<Box<Threaded>>>>,
        /// First instruction of the threaded form, 0 until it exists: what calls read.
        pub entry: Cell<usize>,
        /// Its constants.
        pub k: Cell<usize>,
        /// Parameters of a function that takes exactly its positional ones and whose threaded form exists; else `u32::MAX`.
        pub simple_args: Cell<u32>,
        pub nlocals: Cell<u32>,
        pub nslots: Cell<u32>,
    }
}

impl PyCode {
    /// A code object from plain data.
    pub fn new(mut data: Code) -> Owned {
        let consts = std::mem::take(&mut data.consts)
            .into_iter()
            .map(const_value)
            .collect();
        PyCode::with_consts(data, consts)
    }
    /// A code object whose constants are values already.
    pub fn with_consts(data: Code, consts: Vec<Owned>) -> Owned {
        let names = data.names.iter().map(|n| intern(n)).collect();
        let local_names = data.local_names.iter().map(|n| intern(n)).collect();
        let code = PyCode {
            flags: data.flags,
            name: intern(&data.name),
            qualname: intern(&data.qualname),
            filename: MutCell::new(intern(&data.filename)),
            consts: MutCell::new(consts),
            extra_consts: MutCell::default(),
            names,
            local_names,
            threaded: MutCell::default(),
            entry: Cell::new(0),
            k: Cell::new(0),
            simple_args: Cell::new(u32::MAX),
            nlocals: Cell::new(0),
            nslots: Cell::new(0),
            data: NoTrace(data),
        };
        object::new_object(PyCode::class(), code)
    }
    /// Number of slots with names: locals, cells, free variables.
    pub fn nlocalsplus(&self) -> usize {
        self.local_names.len()
    }
    /// Slots of the first free variable.
    pub fn first_free(&self) -> usize {
        self.data
            .local_kinds
            .iter()
            .position(|k| k & local_kind::FREE != 0)
            .unwrap_or(self.local_names.len())
    }
    pub fn nfree(&self) -> usize {
        self.local_names.len() - self.first_free()
    }
    /// Parameters that occupy slots, `*args` and `**kw` included.
    pub fn total_args(&self) -> usize {
        use pyjit_isa::code::flags;
        let d = &self.data;
        d.arg_count as usize
            + d.kwonly_count as usize
            + usize::from(d.flags & flags::VARARGS != 0)
            + usize::from(d.flags & flags::VARKEYWORDS != 0)
    }
    pub fn has_flag(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
    /// The line of a bytecode offset (in bytes), if it has one.
    pub fn line_at(&self, offset: usize) -> Option<u32> {
        self.position_at(offset).0
    }
    /// (line, end line, column, end column) of a bytecode offset in bytes; columns are UTF-8 byte offsets.
    pub fn position_at(
        &self,
        offset: usize,
    ) -> (Option<u32>, Option<u32>, Option<u32>, Option<u32>) {
        match pyjit_isa::lines::position_at(
            &self.data.line_table,
            self.data.first_line,
            (offset / 2) as u32,
        ) {
            Some(p) => (p.line, p.end_line, p.column, p.end_column),
            None => (None, None, None, None),
        }
    }
}

/// The value of a constant.
pub fn const_value(c: Const) -> Owned {
    match c {
        Const::None => Owned::NONE,
        Const::True => Owned::bool(true),
        Const::False => Owned::bool(false),
        Const::Ellipsis => Owned::immediate(crate::value::Value::ELLIPSIS),
        Const::Int(i) => new_int(i),
        Const::BigInt(s) => {
            pyjit_num::BigInt::parse(&s, 10, usize::MAX).map_or(Owned::NONE, new_big)
        }
        Const::Float(f) => new_float(f),
        Const::Complex(re, im) => new_complex(re, im),
        Const::Str(s) => {
            let v = PyStr::from_str(&s);
            let name_like = s.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric());
            if name_like {
                intern_value(v.value())
            } else {
                v
            }
        }
        Const::Surrogates(codes) => PyStr::from_codes(&codes),
        Const::Bytes(b) => PyBytes::new(&b),
        Const::Tuple(items) => PyTuple::new(items.into_iter().map(const_value).collect()),
        Const::FrozenSet(items) => {
            let items: Vec<Owned> = items.into_iter().map(const_value).collect();
            let values: Vec<_> = items.iter().map(|o| o.value()).collect();
            PySet::from_items(crate::vm::Vm::get(), PyFrozenSet::class(), &values)
                .unwrap_or(Owned::NONE)
        }
        Const::Slice(parts) => {
            let [a, b, c] = *parts;
            PySlice::new(const_value(a), const_value(b), const_value(c))
        }
        Const::Code(code) => PyCode::new(*code),
    }
}
