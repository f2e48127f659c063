//! `TextIOWrapper`: text over a buffered binary file. This file has the payload, construction and the small methods;
//! reading, writing and positions are in `text_read.rs`, `text_write.rs` and `text_seek.rs`.

use super::base::{PyIOBase, PyTextIOBase};
use super::newline::{Ends, Translator, seen_value};
use super::{text_read as read, text_seek as seek, text_write as write, unsupported};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_text::codecs::Encoding;
use pyjit_text::repr::TextBuf;
use std::cell::Cell;

/// How bytes become text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// By a native codec without state beyond incomplete characters.
    Native(Encoding),
    /// By the incremental coders of a Python codec.
    Codec,
}

/// What has been read and decoded.
#[derive(Default)]
pub struct Decoded {
    pub text: TextBuf,
    /// Characters used.
    pub used: usize,
    /// The bytes that `text` was decoded from, in front those left over from the chunk before.
    pub source: Vec<u8>,
    /// Bytes at the end of `source` that are no complete character yet.
    pub left_over: usize,
    /// Whether a `\r` was held back when `source` began.
    pub began_with_cr: bool,
    /// The codec's decoder flags when `source` began.
    pub flags: i64,
}

py_class! {
    /// A text file.
    pub struct PyTextIO as "TextIOWrapper", extends PyTextIOBase {
        pub base: PyTextIOBase,
        /// NULL before `__init__` and after `detach`.
        pub buffer: MutCell<Owned>,
        pub detached: Cell<bool>,
        pub encoding: MutCell<Owned>,
        pub errors: MutCell<Owned>,
        pub coding: Cell<Coding>,
        pub encoder: MutCell<Owned>,
        pub decoder: MutCell<Owned>,
        pub ends: Cell<Ends>,
        /// The `newline` argument: `None` is universal with translation.
        pub newline: Cell<Option<&'static str>>,
        pub translator: MutCell<NoTrace<Option<Translator>>>,
        pub line_buffering: Cell<bool>,
        pub write_through: Cell<bool>,
        pub seekable: Cell<bool>,
        /// Whether `tell` is possible: not while iterating.
        pub telling: Cell<bool>,
        pub has_read1: Cell<bool>,
        pub decoded: MutCell<NoTrace<Decoded>>,
        /// Encoded text not given to the buffer yet.
        pub pending: MutCell<NoTrace<Vec<u8>>>,
        /// Nothing has been written at the start yet: encodings with a mark write it then.
        pub at_start: Cell<bool>,
        pub chunk: Cell<usize>,
        pub finalizing: Cell<bool>,
    }
}

fn blank(class: &'static TypeObject) -> Owned {
    new_object(
        class,
        PyTextIO {
            base: PyTextIOBase { base: PyIOBase {} },
            buffer: MutCell::default(),
            detached: Cell::new(false),
            encoding: MutCell::default(),
            errors: MutCell::default(),
            coding: Cell::new(Coding::Native(Encoding::Utf8)),
            encoder: MutCell::default(),
            decoder: MutCell::default(),
            ends: Cell::new(Ends::Lf),
            newline: Cell::new(None),
            translator: MutCell::default(),
            line_buffering: Cell::new(false),
            write_through: Cell::new(false),
            seekable: Cell::new(false),
            telling: Cell::new(false),
            has_read1: Cell::new(false),
            decoded: MutCell::default(),
            pending: MutCell::default(),
            at_start: Cell::new(false),
            chunk: Cell::new(8192),
            finalizing: Cell::new(false),
        },
    )
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyTextIO>(
        vm,
        ClassSpec {
            module: "_io",
            base: Some(PyTextIOBase::class()),
            doc: Some("Character and line based layer over a BufferedIOBase object, buffer.\n\nencoding gives the name of the encoding that the stream will be\ndecoded or encoded with. It defaults to locale.getencoding().\n\nerrors determines the strictness of encoding and decoding (see\nhelp(codecs.Codec) or the documentation for codecs.register) and\ndefaults to \"strict\".\n\nnewline controls how line endings are handled. It can be None, '',\n'\\n', '\\r', and '\\r\\n'.  It works as follows:\n\n* On input, if newline is None, universal newlines mode is\n  enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n  these are translated into '\\n' before being returned to the\n  caller. If it is '', universal newline mode is enabled, but line\n  endings are returned to the caller untranslated. If it has any of\n  the other legal values, input lines are only terminated by the given\n  string, and the line ending is returned to the caller untranslated.\n\n* On output, if newline is None, any '\\n' characters written are\n  translated to the system default line separator, os.linesep. If\n  newline is '' or '\\n', no translation takes place. If newline is any\n  of the other legal values, any '\\n' characters written are translated\n  to the given string.\n\nIf line_buffering is True, a call to flush is implied when a call to\nwrite contains a newline character."),
            slots: |s| {
                s.new.set(Some(|_, class, _| Ok(blank(class))));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.del.set(Some(finalize));
                s.next.set(Some(read::next));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("TextIOWrapper")
        },
    );
}

static METHODS: &[M] = &[
    M::new("read", "(self, size=-1, /)", read::read, ""),
    M::new("readline", "(self, size=-1, /)", read::readline, ""),
    M::new("write", "(self, text, /)", write::write, ""),
    M::new("flush", "(self, /)", write::flush, ""),
    M::new("seek", "(self, cookie, whence=0, /)", seek::seek, "Set the stream position, and return the new stream position.\n\n  cookie\n    Zero or an opaque number returned by tell().\n  whence\n    The relative position to seek from."),
    M::new("tell", "(self, /)", seek::tell, "Return the stream position as an opaque number.\n\nThe return value of tell() can be given as input to seek(), to restore a\nprevious stream position."),
    M::new("truncate", "(self, pos=None, /)", seek::truncate, ""),
    M::new("close", "(self, /)", close, ""),
    M::new("detach", "(self, /)", detach, ""),
    M::new("reconfigure", "(self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)", reconfigure, "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream flush."),
    M::new("seekable", "(self, /)", |vm, a| forward(vm, a[0], "seekable"), ""),
    M::new("readable", "(self, /)", |vm, a| forward(vm, a[0], "readable"), ""),
    M::new("writable", "(self, /)", |vm, a| forward(vm, a[0], "writable"), ""),
    M::new("fileno", "(self, /)", |vm, a| forward(vm, a[0], "fileno"), ""),
    M::new("isatty", "(self, /)", |vm, a| forward(vm, a[0], "isatty"), ""),
    M::new("__getstate__", "(self, /)", super::no_pickle, ""),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("encoding", |vm, v| Ok(ready(vm, v)?.encoding.own())),
    GetSetDef::read("errors", |vm, v| Ok(ready(vm, v)?.errors.own())),
    GetSetDef::read("buffer", |vm, v| Ok(ready(vm, v)?.buffer.own())),
    GetSetDef::read("line_buffering", |vm, v| Ok(Owned::bool(ready(vm, v)?.line_buffering.get()))),
    GetSetDef::read("write_through", |vm, v| Ok(Owned::bool(ready(vm, v)?.write_through.get()))),
    GetSetDef::read("closed", |vm, v| {
        let b = ready(vm, v)?.buffer.own();
        vm.getattr_str(b.value(), "closed")
    }),
    GetSetDef::read("name", |vm, v| {
        let b = ready(vm, v)?.buffer.own();
        vm.getattr_str(b.value(), "name")
    }),
    GetSetDef::read("newlines", |vm, v| {
        let t = ready(vm, v)?;
        if let Some(n) = &t.translator.get().0 {
            return Ok(seen_value(n.seen));
        }
        let d = t.decoder.own();
        if d.is_null() {
            return Ok(Owned::NONE);
        }
        Ok(vm.getattr_opt_str(d.value(), "newlines")?.unwrap_or(Owned::NONE))
    }),
    GetSetDef::write(
        "_CHUNK_SIZE",
        |vm, v| Ok(new_usize(ready(vm, v)?.chunk.get())),
        |vm, v, n| {
            if n.is_null() {
                return Err(vm.attribute_error(v, intern("_CHUNK_SIZE").value(), "cannot delete attribute".into()));
            }
            let n = vm.to_size(n)?;
            if n <= 0 {
                return Err(vm.value_error("a strictly positive integer is required"));
            }
            ready(vm, v)?.chunk.set(n as usize);
            Ok(())
        },
    ),
    GetSetDef::write(
        "_finalizing",
        |vm, v| Ok(Owned::bool(ready(vm, v)?.finalizing.get())),
        |vm, v, x| {
            ready(vm, v)?.finalizing.set(vm.truthy(x)?);
            Ok(())
        },
    ),
];

/// The payload of an initialised file that still has its buffer.
pub fn ready<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTextIO> {
    match v.cast::<PyTextIO>() {
        Some(t) if !t.buffer.value().is_null() => Ok(t),
        Some(t) if t.detached.get() => {
            Err(vm.value_error("underlying buffer has been detached"))
        }
        Some(_) => Err(vm.value_error("I/O operation on uninitialized object")),
        None => Err(vm.type_error("a TextIOWrapper is required")),
    }
}

/// The same, and ValueError if the file is closed.
pub fn open_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTextIO> {
    let t = ready(vm, v)?;
    let b = t.buffer.own();
    let closed = match b.cast::<super::buffered::PyBuffered>() {
        Some(inner) if inner.raw.get().isa::<super::fileio::PyFileIO>() => inner
            .raw
            .get()
            .cast::<super::fileio::PyFileIO>()
            .is_some_and(|f| f.fd.get() < 0),
        _ => super::base::is_closed(vm, b.value())?,
    };
    if closed {
        return Err(super::closed_error(vm));
    }
    Ok(t)
}

fn forward(vm: &Vm, v: Value, method: &str) -> PyResult<Owned> {
    let b = ready(vm, v)?.buffer.own();
    vm.call_method_str(b.value(), method, &[])
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)");
    let who = Callee {
        name: "TextIOWrapper",
        qualified: &|| "TextIOWrapper".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let Some(t) = v.cast::<PyTextIO>() else {
            return Ok(());
        };
        let encoding = match a[1].given() {
            None => None,
            Some(e) => Some(super::text_arg(vm, e, "TextIOWrapper() argument 'encoding'")?),
        };
        let errors = match a[2].given() {
            None => None,
            Some(e) => Some(super::text_arg(vm, e, "TextIOWrapper() argument 'errors'")?),
        };
        let newline = match a[3].given() {
            None => None,
            Some(n) => Some(super::newline_arg(vm, n)?),
        };
        let flag = |v: Value| if v.is_null() { Ok(false) } else { vm.truthy(v) };
        let (line, through) = (flag(a[4])?, flag(a[5])?);
        t.buffer.set(Owned::NULL);
        t.detached.set(false);
        if encoding.is_none() && super::warns_default_encoding(vm) {
            vm.warn(vm.exc.EncodingWarning, "'encoding' argument not specified", 1)?;
        }
        setup(vm, t, a[0].own(), encoding.as_deref(), errors.as_deref(), newline)?;
        t.line_buffering.set(line);
        t.write_through.set(through);
        Ok(())
    })
}

/// Makes a file over a buffer.
pub fn over(
    vm: &Vm,
    buffer: Owned,
    encoding: Option<&str>,
    errors: Option<&str>,
    newline: Option<&'static str>,
) -> PyResult<Owned> {
    let o = blank(PyTextIO::class());
    if let Some(t) = o.cast::<PyTextIO>() {
        setup(vm, t, buffer, encoding, errors, newline)?;
    }
    Ok(o)
}

fn setup(
    vm: &Vm,
    t: &PyTextIO,
    buffer: Owned,
    encoding: Option<&str>,
    errors: Option<&str>,
    newline: Option<&'static str>,
) -> PyResult<()> {
    let encoding = match encoding {
        None | Some("locale") => "utf-8",
        Some(e) => e,
    };
    let errors = errors.unwrap_or("strict");
    set_coding(vm, t, encoding, errors, &buffer)?;
    set_newline(t, newline);
    t.decoded.set(NoTrace::default());
    t.pending.get_mut().0.clear();
    let native_buffer = buffer.isa::<super::buffered::PyBuffered>();
    t.has_read1.set(native_buffer || vm.getattr_opt_str(buffer.value(), "read1")?.is_some());
    let seekable = vm.call_method_str(buffer.value(), "seekable", &[])?;
    let seekable = vm.truthy(seekable.value())?;
    t.seekable.set(seekable);
    t.telling.set(seekable);
    t.at_start.set(true);
    fix_encoder_state(vm, t, &buffer)?;
    t.buffer.set(buffer);
    Ok(())
}

/// Tells the encoder whether it stands at the start of the file: only there does a mark belong.
fn fix_encoder_state(vm: &Vm, t: &PyTextIO, buffer: &Owned) -> PyResult<()> {
    let encoder = t.encoder.own();
    if !t.seekable.get() || encoder.is_null() {
        return Ok(());
    }
    let at = vm.call_method_str(buffer.value(), "tell", &[])?;
    if vm.to_i64(at.value())? != 0 {
        t.at_start.set(false);
        vm.call_method_str(encoder.value(), "setstate", &[new_int(0).value()])?;
    }
    Ok(())
}

fn set_newline(t: &PyTextIO, newline: Option<&'static str>) {
    t.newline.set(newline);
    t.ends.set(Ends::of(newline));
    let universal = matches!(newline, None | Some(""));
    let native = t.coding.get() != Coding::Codec;
    t.translator.get_mut().0 = (universal && native).then(|| Translator {
        translate: newline.is_none(),
        ..Translator::default()
    });
}

/// Chooses how bytes and text become each other. Codecs in Python are asked for their incremental coders.
fn set_coding(vm: &Vm, t: &PyTextIO, encoding: &str, errors: &str, buffer: &Owned) -> PyResult<()> {
    let native = match Encoding::lookup(encoding) {
        Some(e @ (Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1)) => Some(e),
        _ => None,
    };
    t.encoding.set(PyStr::from_str(encoding));
    t.errors.set(PyStr::from_str(errors));
    t.encoder.set(Owned::NULL);
    t.decoder.set(Owned::NULL);
    if let Some(e) = native {
        t.coding.set(Coding::Native(e));
        if pyjit_text::codecs::Policy::parse(errors).is_none() {
            pyjit_types::str::codecs::lookup_error(vm, errors)?;
        }
        return Ok(());
    }
    t.coding.set(Coding::Codec);
    let info = pyjit_types::str::codecs::lookup(vm, encoding)?;
    let is_text = match vm.getattr_opt_str(info.value(), "_is_text_encoding")? {
        Some(f) => vm.truthy(f.value())?,
        None => true,
    };
    if !is_text {
        return Err(vm.error(
            vm.exc.LookupError,
            format!("'{encoding}' is not a text encoding; use codecs.open() to handle arbitrary codecs"),
        ));
    }
    pyjit_types::str::codecs::lookup_error(vm, errors)?;
    let policy = PyStr::from_str(errors);
    let readable = vm.call_method_str(buffer.value(), "readable", &[])?;
    if vm.truthy(readable.value())? {
        let d = vm.call_method_str(info.value(), "incrementaldecoder", &[policy.value()])?;
        t.decoder.set(d);
    }
    let writable = vm.call_method_str(buffer.value(), "writable", &[])?;
    if vm.truthy(writable.value())? {
        let e = vm.call_method_str(info.value(), "incrementalencoder", &[policy.value()])?;
        t.encoder.set(e);
    }
    Ok(())
}

fn reconfigure(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = ready(vm, a[0])?;
    let (encoding, errors, newline) = (a[1].given(), a[2].given(), a[3].non_null());
    // None is a value of its own for newline.
    let newline_given = newline.is_some();
    let begun = !t.decoded.get().0.source.is_empty() || !t.decoded.get().0.text.is_empty();
    if begun && (encoding.is_some() || errors.is_some() || newline_given) {
        return Err(unsupported(
            vm,
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    let newline = match newline {
        Some(n) if !n.is_none() => Some(super::newline_arg(vm, n)?),
        _ => None,
    };
    vm.call_method(a[0], vm.names.flush.value(), &[])?;
    if encoding.is_some() || errors.is_some() {
        let new_encoding = match encoding {
            Some(e) => super::text_arg(vm, e, "reconfigure() argument 'encoding'")?,
            None => text_of(t.encoding.value()),
        };
        let new_encoding = if new_encoding == "locale" { "utf-8".to_string() } else { new_encoding };
        let new_errors = match errors {
            Some(e) => super::text_arg(vm, e, "reconfigure() argument 'errors'")?,
            None if encoding.is_some() => "strict".to_string(),
            None => text_of(t.errors.value()),
        };
        let buffer = t.buffer.own();
        set_coding(vm, t, &new_encoding, &new_errors, &buffer)?;
        let keep = t.newline.get();
        set_newline(t, keep);
        fix_encoder_state(vm, t, &buffer)?;
    }
    if newline_given {
        set_newline(t, newline);
    }
    if let Some(l) = a[4].given() {
        t.line_buffering.set(vm.truthy(l)?);
    }
    if let Some(w) = a[5].given() {
        t.write_through.set(vm.truthy(w)?);
    }
    Ok(Owned::NONE)
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = ready(vm, v)?;
    let kind = v.class().full_name(vm);
    let mut text = format!("<{kind}");
    let inner = vm.repr_guard(v, || {
        for what in ["name", "mode"] {
            match vm.getattr_opt_str(v, what) {
                Ok(Some(x)) => text.push_str(&format!(" {what}={}", vm.repr_text(x.value())?)),
                Ok(None) => {}
                Err(e) if e.is_instance(vm.exc.ValueError) => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    })?;
    if inner.is_none() {
        return Err(vm.runtime_error(format!(
            "reentrant call inside {}.__repr__",
            v.class().name_str()
        )));
    }
    text.push_str(&format!(" encoding={}>", vm.repr_text(t.encoding.value())?));
    Ok(PyStr::from_str(&text))
}

fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    let Some(t) = v.cast::<PyTextIO>() else {
        return Ok(());
    };
    if t.buffer.value().is_null() {
        return Ok(());
    }
    t.finalizing.set(true);
    super::base::finalize(vm, v)
}

fn close(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = ready(vm, a[0])?;
    let buffer = t.buffer.own();
    if super::base::is_closed(vm, buffer.value())? {
        return Ok(Owned::NONE);
    }
    if t.finalizing.get() {
        let _ = vm.call_method_str(buffer.value(), "_dealloc_warn", &[a[0]]);
    }
    let flushed = vm.call_method(a[0], vm.names.flush.value(), &[]);
    let closed = vm.call_method(buffer.value(), vm.names.close.value(), &[]);
    match (flushed, closed) {
        (Err(first), Err(second)) => {
            vm.set_context(second.value(), first.value());
            Err(second)
        }
        (Err(e), Ok(_)) => Err(e),
        (Ok(_), r) => r,
    }
}

fn detach(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = ready(vm, a[0])?;
    vm.call_method(a[0], vm.names.flush.value(), &[])?;
    let buffer = t.buffer.replace(Owned::NULL);
    t.detached.set(true);
    Ok(buffer)
}
