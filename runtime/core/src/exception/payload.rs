//! Payloads of exception classes. Every payload begins with [`PyBaseException`].

use crate::object::{MutCell, Payload};
use crate::py_class;
use crate::value::Owned;
use std::cell::Cell;

py_class! {
    /// What all exceptions have. Absent links are NULL.
    pub struct PyBaseException as "BaseException" {
        pub args: MutCell<Owned>,
        pub traceback: MutCell<Owned>,
        pub cause: MutCell<Owned>,
        pub context: MutCell<Owned>,
        pub suppress_context: Cell<bool>,
    }
}
py_class! { pub struct PyStopIteration as "StopIteration", extends PyBaseException { pub base: PyBaseException, pub value: MutCell<Owned> } }
py_class! { pub struct PySystemExit as "SystemExit", extends PyBaseException { pub base: PyBaseException, pub code: MutCell<Owned> } }
py_class! {
    pub struct PyImportError as "ImportError", extends PyBaseException {
        pub base: PyBaseException, pub msg: MutCell<Owned>, pub name: MutCell<Owned>, pub path: MutCell<Owned>, pub name_from: MutCell<Owned>,
    }
}
py_class! { pub struct PyNameError as "NameError", extends PyBaseException { pub base: PyBaseException, pub name: MutCell<Owned> } }
py_class! {
    pub struct PyAttributeError as "AttributeError", extends PyBaseException { pub base: PyBaseException, pub obj: MutCell<Owned>, pub name: MutCell<Owned> }
}
py_class! {
    pub struct PyOSError as "OSError", extends PyBaseException {
        pub base: PyBaseException, pub errno: MutCell<Owned>, pub strerror: MutCell<Owned>, pub filename: MutCell<Owned>, pub filename2: MutCell<Owned>,
        /// Characters written before the error (BlockingIOError); -1 is not set.
        pub written: Cell<i64>,
    }
}
py_class! {
    pub struct PySyntaxError as "SyntaxError", extends PyBaseException {
        pub base: PyBaseException, pub msg: MutCell<Owned>, pub filename: MutCell<Owned>, pub lineno: MutCell<Owned>, pub offset: MutCell<Owned>,
        pub text: MutCell<Owned>, pub end_lineno: MutCell<Owned>, pub end_offset: MutCell<Owned>, pub print_file_and_line: MutCell<Owned>, pub metadata: MutCell<Owned>,
    }
}
py_class! {
    /// UnicodeError and its three subclasses.
    pub struct PyUnicodeError as "UnicodeError", extends PyBaseException {
        pub base: PyBaseException, pub encoding: MutCell<Owned>, pub object: MutCell<Owned>, pub start: Cell<i64>, pub end: Cell<i64>, pub reason: MutCell<Owned>,
    }
}
py_class! {
    pub struct PyExceptionGroup as "BaseExceptionGroup", extends PyBaseException { pub base: PyBaseException, pub message: MutCell<Owned>, pub exceptions: MutCell<Owned> }
}
py_class! {
    /// One entry of a traceback.
    pub struct PyTraceback as "traceback" {
        /// NULL at the end.
        pub next: MutCell<Owned>,
        pub frame: Owned,
        /// Bytecode offset in bytes.
        pub lasti: i64,
        /// -1 is computed from `lasti` when asked for.
        pub lineno: Cell<i64>,
    }
}

impl PyBaseException {
    pub fn with_args(args: Owned) -> PyBaseException {
        PyBaseException {
            args: MutCell::new(args),
            traceback: MutCell::default(),
            cause: MutCell::default(),
            context: MutCell::default(),
            suppress_context: Cell::new(false),
        }
    }
}
impl PyTraceback {
    pub fn new(next: Owned, frame: Owned, lasti: i64, lineno: i64) -> Owned {
        crate::object::new_object(
            PyTraceback::class(),
            PyTraceback {
                next: MutCell::new(next),
                frame,
                lasti,
                lineno: Cell::new(lineno),
            },
        )
    }
}
