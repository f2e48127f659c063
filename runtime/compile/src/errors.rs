//! Syntax errors as Python sees them: the class to raise, CPython 3.14's message, and a span in lines and characters.
//! `parse`, `scope` and the code generator make them; the runtime turns one into an exception object.

use std::fmt;

/// Which exception class a [`SyntaxError`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    Syntax,
    Indentation,
    Tab,
    /// The program nests too deeply: `RecursionError` while compiling.
    Recursion,
    /// The parser's stack would overflow: `MemoryError`.
    Memory,
    /// The source ends too early (only told apart when the caller asked for it): `_IncompleteInputError`.
    Incomplete,
}

/// A program that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: ErrorKind,
    pub msg: String,
    pub filename: String,
    /// 1-based; 0 when the error has no place.
    pub line: u32,
    /// 1-based, in characters; may be 0 or -1 where CPython's is.
    pub col: i32,
    pub end_line: u32,
    pub end_col: i32,
    /// The offending line, with its line end. Only errors of the parser carry it, as in CPython.
    pub text: Option<String>,
}

impl SyntaxError {
    /// An error without a place in the source.
    pub fn unplaced(filename: &str, msg: impl Into<String>) -> SyntaxError {
        SyntaxError {
            kind: ErrorKind::Syntax,
            msg: msg.into(),
            filename: filename.to_string(),
            line: 0,
            col: -1,
            end_line: 0,
            end_col: -1,
            text: None,
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, line {})", self.msg, self.filename, self.line)
    }
}

impl std::error::Error for SyntaxError {}

/// A `SyntaxWarning` of the parser or compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxWarning {
    pub msg: String,
    /// 1-based.
    pub line: u32,
    /// What to raise when warnings are errors.
    pub as_error: SyntaxError,
}
