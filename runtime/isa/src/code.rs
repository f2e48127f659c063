//! The canonical code object as plain data: what the front end makes, what `marshal` and the embedded library store,
//! and what the runtime turns into a Python `code` object. Nothing here knows values or objects.
//!
//! The fields are CPython 3.14's (`Objects/codeobject.c`, `InternalDocs/code_objects.md`); the formats of
//! [`Code::line_table`] and [`Code::exception_table`] are CPython's too, byte for byte.

/// `co_flags` bits (`Include/cpython/code.h`).
pub mod flags {
    pub const OPTIMIZED: u32 = 0x1;
    pub const NEWLOCALS: u32 = 0x2;
    pub const VARARGS: u32 = 0x4;
    pub const VARKEYWORDS: u32 = 0x8;
    pub const NESTED: u32 = 0x10;
    pub const GENERATOR: u32 = 0x20;
    pub const COROUTINE: u32 = 0x80;
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    pub const ASYNC_GENERATOR: u32 = 0x200;
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    pub const NO_MONITORING_EVENTS: u32 = 0x200_0000;
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    pub const METHOD: u32 = 0x800_0000;
}

/// Kind bits of one entry of `co_localsplusnames` (`Include/internal/pycore_code.h`).
pub mod local_kind {
    pub const ARG_POS: u8 = 0x02;
    pub const ARG_KW: u8 = 0x04;
    pub const ARG_VAR: u8 = 0x08;
    pub const HIDDEN: u8 = 0x10;
    pub const LOCAL: u8 = 0x20;
    pub const CELL: u8 = 0x40;
    pub const FREE: u8 = 0x80;
}

/// One constant of `co_consts`.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    /// An integer outside `i64`: decimal digits with an optional leading `-`.
    BigInt(String),
    Float(f64),
    Complex(f64, f64),
    Str(String),
    /// A string with lone surrogates: its code points.
    Surrogates(Vec<u32>),
    Bytes(Vec<u8>),
    Tuple(Vec<Const>),
    FrozenSet(Vec<Const>),
    /// `slice(start, stop, step)` folded by the compiler.
    Slice(Box<[Const; 3]>),
    Code(Box<Code>),
}

/// A canonical code object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    pub name: String,
    pub qualname: String,
    pub filename: String,
    pub first_line: u32,
    /// Positional parameters, positional-only ones included; `*args`, keyword-only ones and `**kw` are not counted.
    pub arg_count: u32,
    pub posonly_count: u32,
    pub kwonly_count: u32,
    /// [`flags`] bits.
    pub flags: u32,
    /// The deepest value stack, in slots.
    pub stack_size: u32,
    /// 16-bit units (opcode byte, argument byte), inline cache entries included, as CPython lays them out.
    pub code: Vec<u8>,
    pub consts: Vec<Const>,
    pub names: Vec<String>,
    /// Names of locals, then cells, then free variables: the order of the frame's slots.
    pub local_names: Vec<String>,
    /// [`local_kind`] bits, one entry a name of [`Code::local_names`].
    pub local_kinds: Vec<u8>,
    /// `co_linetable`, PEP 626/657 location entries.
    pub line_table: Vec<u8>,
    /// `co_exceptiontable`.
    pub exception_table: Vec<u8>,
}
