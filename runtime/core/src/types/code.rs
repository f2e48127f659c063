//! `code`: the canonical code object with its constants as values, and the threaded code made from it on first execution.

use super::code_parts::{CodeParts, LazyParts, PackedCode, const_value};
use crate::frame::Threaded;
use crate::object::{self, MutCell, NoTrace, Payload};
use crate::py_class;
use crate::types::*;
use crate::value::Owned;
use pyjit_isa::code::{Code, local_kind};
use std::borrow::Cow;
use std::cell::Cell;

/// What is plain data in a code object; the bytes of embedded code are read in place.
#[derive(PartialEq)]
pub struct CodeBody {
    pub first_line: u32,
    pub arg_count: u32,
    pub posonly_count: u32,
    pub kwonly_count: u32,
    pub flags: u32,
    pub stack_size: u32,
    pub code: Cow<'static, [u8]>,
    pub local_kinds: Cow<'static, [u8]>,
    pub line_table: Cow<'static, [u8]>,
    pub exception_table: Cow<'static, [u8]>,
}

py_class! {
    /// A code object. Its constants and names are fields too (see [`CodeParts`]), made when first asked for.
    pub struct PyCode as "code" {
        pub data: NoTrace<CodeBody>,
        pub flags: u32,
        pub name: Owned,
        pub qualname: Owned,
        /// Replaced when a cached module turns out to have moved.
        pub filename: MutCell<Owned>,
        parts: LazyParts,
        /// Constants that only the threaded form has.
        pub extra_consts: MutCell<Vec<Owned>>,
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

impl std::ops::Deref for PyCode {
    type Target = CodeParts;
    #[inline]
    fn deref(&self) -> &CodeParts {
        self.parts.get(self)
    }
}

/// The names that a code object has for itself and its file.
pub struct CodeNames {
    pub name: Owned,
    pub qualname: Owned,
    pub filename: Owned,
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
        let parts = CodeParts {
            consts: MutCell::new(consts),
            names: data.names.iter().map(|n| intern(n)).collect(),
            local_names: data.local_names.iter().map(|n| intern(n)).collect(),
        };
        let names = CodeNames {
            name: intern(&data.name),
            qualname: intern(&data.qualname),
            filename: intern(&data.filename),
        };
        let body = CodeBody {
            first_line: data.first_line,
            arg_count: data.arg_count,
            posonly_count: data.posonly_count,
            kwonly_count: data.kwonly_count,
            flags: data.flags,
            stack_size: data.stack_size,
            code: data.code.into(),
            local_kinds: data.local_kinds.into(),
            line_table: data.line_table.into(),
            exception_table: data.exception_table.into(),
        };
        PyCode::from_parts(body, names, parts)
    }
    /// A code object whose constants and names are values already; the names are interned.
    pub fn from_parts(body: CodeBody, names: CodeNames, parts: CodeParts) -> Owned {
        PyCode::make(body, names, LazyParts::made(parts))
    }
    /// A code object of the embedded library; `None` if there is none at that place.
    pub fn packed(packed: PackedCode, filename: Owned) -> Option<Owned> {
        let head = packed.head()?;
        let body = CodeBody {
            first_line: head.first_line,
            arg_count: head.arg_count,
            posonly_count: head.posonly_count,
            kwonly_count: head.kwonly_count,
            flags: head.flags,
            stack_size: head.stack_size,
            code: head.code.into(),
            local_kinds: head.local_kinds.into(),
            line_table: head.line_table.into(),
            exception_table: head.exception_table.into(),
        };
        let name = intern(head.name);
        let names = CodeNames {
            qualname: if head.qualname == head.name {
                name.clone()
            } else {
                intern(head.qualname)
            },
            name,
            filename,
        };
        Some(PyCode::make(
            body,
            names,
            LazyParts::packed(packed.library, &head),
        ))
    }
    fn make(body: CodeBody, names: CodeNames, parts: LazyParts) -> Owned {
        let code = PyCode {
            flags: body.flags,
            name: names.name,
            qualname: names.qualname,
            filename: MutCell::new(names.filename),
            parts,
            extra_consts: MutCell::default(),
            threaded: MutCell::default(),
            entry: Cell::new(0),
            k: Cell::new(0),
            simple_args: Cell::new(u32::MAX),
            nlocals: Cell::new(0),
            nslots: Cell::new(0),
            data: NoTrace(body),
        };
        object::new_object(PyCode::class(), code)
    }
    /// The doc string of the function that is made from it, if it has one.
    pub fn docstring(&self) -> Option<Owned> {
        if !self.has_flag(pyjit_isa::code::flags::HAS_DOCSTRING) {
            return None;
        }
        self.parts.first_const(self)
    }
    /// Number of slots with names: locals, cells, free variables.
    pub fn nlocalsplus(&self) -> usize {
        self.data.local_kinds.len()
    }
    /// Slots of the first free variable.
    pub fn first_free(&self) -> usize {
        self.data
            .local_kinds
            .iter()
            .position(|k| k & local_kind::FREE != 0)
            .unwrap_or(self.data.local_kinds.len())
    }
    pub fn nfree(&self) -> usize {
        self.data.local_kinds.len() - self.first_free()
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
