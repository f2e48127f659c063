//! `_io`: raw, buffered and text files, and files in memory. `io.py` re-exports it; `sys` opens the standard streams with
//! [`raw_file`] and [`text_file`].

mod base;
mod buffered;
mod buffered_read;
mod buffered_write;
mod bytesio;
mod fileio;
mod newline;
mod open;
mod rwpair;
mod stringio;
mod text;
mod text_read;
mod text_seek;
mod text_write;

use crate::{NativeModule, add_class};
use pyjit_core::prelude::*;

/// `DEFAULT_BUFFER_SIZE`.
pub const DEFAULT_BUFFER_SIZE: usize = 131_072;

const UNSUPPORTED: &str = "io.UnsupportedOperation";

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_io", open::FUNCTIONS)
    .doc("The io module provides the Python interfaces to stream handling. The\nbuiltin open function is defined in this module.\n\nAt the top of the I/O hierarchy is the abstract base class IOBase. It\ndefines the basic interface to a stream. Note, however, that there is no\nseparation between reading and writing to streams; implementations are\nallowed to raise an OSError if they do not support a given operation.")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    base::define(vm);
    fileio::define(vm);
    bytesio::define(vm);
    buffered::define(vm);
    rwpair::define(vm);
    newline::define(vm);
    text::define(vm);
    stringio::define(vm);
    for class in [
        base::PyIOBase::class(),
        base::PyRawIOBase::class(),
        base::PyBufferedIOBase::class(),
        base::PyTextIOBase::class(),
        fileio::PyFileIO::class(),
        bytesio::PyBytesIO::class(),
        bytesio::PyBytesIOBuffer::class(),
        buffered::PyBufferedReader::class(),
        buffered::PyBufferedWriter::class(),
        buffered::PyBufferedRandom::class(),
        rwpair::PyRWPair::class(),
        newline::PyNewlineDecoder::class(),
        text::PyTextIO::class(),
        stringio::PyStringIO::class(),
    ] {
        add_class(m, class);
    }
    let d = m.dict();
    d.set_name("DEFAULT_BUFFER_SIZE", new_usize(DEFAULT_BUFFER_SIZE));
    d.set_name("BlockingIOError", vm.exc.BlockingIOError.as_owned());
    let bases = PyTuple::new(vec![
        vm.exc.OSError.as_owned(),
        vm.exc.ValueError.as_owned(),
    ]);
    let dict = PyDict::new();
    if let Some(d) = dict.cast::<PyDict>() {
        d.set_name("__module__", PyStr::from_str("io"));
    }
    let name = PyStr::from_str("UnsupportedOperation");
    let class = vm.call(
        TypeObject::class().as_value(),
        &[name.value(), bases.value(), dict.value()],
    )?;
    vm.module_state.get_mut().insert(UNSUPPORTED, class.clone());
    d.set_name("UnsupportedOperation", class);
    Ok(())
}

/// An `io.UnsupportedOperation`.
pub fn unsupported(vm: &Vm, msg: &str) -> Raised {
    let class = vm
        .module_state
        .get()
        .get(UNSUPPORTED)
        .cloned()
        .unwrap_or_else(|| vm.exc.OSError.as_owned());
    let text = PyStr::from_str(msg);
    match vm.call(class.value(), &[text.value()]) {
        Ok(e) => Raised::new(e),
        Err(e) => e,
    }
}

/// The error for every operation on a closed file.
pub fn closed_error(vm: &Vm) -> Raised {
    vm.value_error("I/O operation on closed file.")
}

/// `n` zero bytes; `None` if there is no memory for them.
pub fn zeros(n: usize) -> Option<Vec<u8>> {
    let mut v = Vec::new();
    v.try_reserve_exact(n).ok()?;
    v.resize(n, 0);
    Some(v)
}

fn no_pickle(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Err(vm.type_error(format!(
        "cannot pickle '{}' instances",
        a[0].class().full_name(vm)
    )))
}

/// A `newline` argument.
fn newline_arg(vm: &Vm, v: Value) -> PyResult<&'static str> {
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "newline must be str or None, not {}",
            v.class().name_str()
        )));
    };
    match ["", "\n", "\r", "\r\n"].iter().find(|n| s.is_text(n)) {
        Some(n) => Ok(n),
        None => Err(vm.value_error(format!("illegal newline value: {}", vm.repr_text(v)?))),
    }
}

/// A string argument without null characters.
fn text_arg(vm: &Vm, v: Value, what: &str) -> PyResult<String> {
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "{what} must be str or None, not {}",
            v.class().name_str()
        )));
    };
    let Some(text) = s.to_utf8() else {
        let utf8 = pyjit_text::codecs::Encoding::Utf8;
        return match pyjit_types::str::codecs::encode_native(vm, utf8, v, None) {
            Err(e) => Err(e),
            Ok(_) => Err(vm.value_error("not a valid name")),
        };
    };
    if text.contains('\0') {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(text)
}

fn warns_default_encoding(vm: &Vm) -> bool {
    vm.options()
        .x_options
        .iter()
        .any(|(k, _)| k == "warn_default_encoding")
}

/// A raw file over a descriptor that stays open.
pub fn raw_file(vm: &Vm, fd: i32, writing: bool) -> PyResult<Owned> {
    vm.import("_io")?;
    Ok(fileio::over_fd(fd, writing))
}

/// How a standard stream is set up.
pub struct TextSetup<'a> {
    pub encoding: &'a str,
    pub errors: &'a str,
    pub newline: &'static str,
    pub line_buffering: bool,
    pub write_through: bool,
    pub unbuffered: bool,
    pub reading: bool,
}

/// A text file over a raw file, for the standard streams.
pub fn text_file(vm: &Vm, raw: Owned, s: TextSetup<'_>) -> PyResult<Owned> {
    let name = vm.getattr_opt_str(raw.value(), "name")?;
    let buffer = if s.unbuffered {
        raw
    } else {
        buffered::over(raw, DEFAULT_BUFFER_SIZE, s.reading, !s.reading)
    };
    let newline = if s.reading { None } else { Some(s.newline) };
    let file = text::over(vm, buffer, Some(s.encoding), Some(s.errors), newline)?;
    if let Some(t) = file.cast::<text::PyTextIO>() {
        t.line_buffering.set(s.line_buffering);
        t.write_through.set(s.write_through);
    }
    drop(name);
    let mode = PyStr::from_str(if s.reading { "r" } else { "w" });
    vm.setattr_str(file.value(), "mode", mode.value())?;
    Ok(file)
}
