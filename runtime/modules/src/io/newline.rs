//! Line ends: translating them while decoding, finding them while reading, and the class `IncrementalNewlineDecoder`. Used
//! by text files and `StringIO`.

use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_text::repr::{Builder, Text, TextBuf};
use pyjit_text::with_units;
use std::cell::Cell;

/// Kinds of line ends seen so far.
pub const SEEN_CR: u8 = 1;
pub const SEEN_LF: u8 = 2;
pub const SEEN_CRLF: u8 = 4;

/// What `newlines` attributes show.
pub fn seen_value(seen: u8) -> Owned {
    let names: Vec<Owned> = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")]
        .iter()
        .filter(|(bit, _)| seen & bit != 0)
        .map(|(_, s)| PyStr::from_str(s))
        .collect();
    match names.len() {
        0 => Owned::NONE,
        1 => names.into_iter().next().unwrap_or(Owned::NONE),
        _ => PyTuple::new(names),
    }
}

/// Recognises line ends in pieces of text.
#[derive(Default)]
pub struct Translator {
    /// A `\r` at the end of the last piece, held back because a `\n` may follow.
    pub pending_cr: bool,
    pub seen: u8,
    /// `\r` and `\r\n` become `\n`.
    pub translate: bool,
}

impl Translator {
    /// The text of one piece.
    pub fn feed(&mut self, text: Text<'_>, last: bool) -> TextBuf {
        let has_cr = self.pending_cr || with_units!(text, u => u.contains(&13));
        if !has_cr {
            if self.seen & SEEN_LF == 0
                && with_units!(text, u => u.contains(&10))
            {
                self.seen |= SEEN_LF;
            }
            return text.to_buf();
        }
        let mut out = Builder::with_capacity(text.len() + 1);
        let mut cr = std::mem::take(&mut self.pending_cr);
        for c in text.iter() {
            if cr {
                cr = false;
                if c == 10 {
                    self.seen |= SEEN_CRLF;
                    if !self.translate {
                        out.push(13);
                    }
                    out.push(10);
                    continue;
                }
                self.seen |= SEEN_CR;
                out.push(if self.translate { 10 } else { 13 });
            }
            match c {
                13 => cr = true,
                10 => {
                    self.seen |= SEEN_LF;
                    out.push(10);
                }
                _ => out.push(c),
            }
        }
        if cr {
            if last {
                self.seen |= SEEN_CR;
                out.push(if self.translate { 10 } else { 13 });
            } else {
                self.pending_cr = true;
            }
        }
        out.finish()
    }
}

/// How lines end while reading.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// At `\n` only (also when line ends are translated).
    Lf,
    /// At `\n`, `\r` and `\r\n`.
    Universal,
    /// At this line end.
    Cr,
    CrLf,
}

impl Ends {
    /// The ends for a `newline` argument.
    pub fn of(newline: Option<&str>) -> Ends {
        match newline {
            None | Some("\n") => Ends::Lf,
            Some("") => Ends::Universal,
            Some("\r") => Ends::Cr,
            _ => Ends::CrLf,
        }
    }
    /// The length of the first line with its end; `None` if the text has no line end.
    pub fn find(self, text: Text<'_>) -> Option<usize> {
        if let (Ends::Lf, Text::Ascii(b) | Text::Latin1(b)) = (self, text) {
            return b.iter().position(|c| *c == 10).map(|i| i + 1);
        }
        with_units!(text, u => {
            let at = |i: usize| u.get(i).copied();
            match self {
                Ends::Lf => u.iter().position(|c| (*c) == 10).map(|i| i + 1),
                Ends::Cr => u.iter().position(|c| (*c) == 13).map(|i| i + 1),
                Ends::CrLf => (0..u.len()).find(|i| at(*i) == Some(13) && at(*i + 1) == Some(10)).map(|i| i + 2),
                Ends::Universal => u
                    .iter()
                    .position(|c| matches!( *c, 10 | 13))
                    .map(|i| if at(i) == Some(13) && at(i + 1) == Some(10) { i + 2 } else { i + 1 }),
            }
        })
    }
}

/// Replaces `\n` by another line end.
pub fn expand(text: Text<'_>, end: &str) -> TextBuf {
    let mut out = Builder::with_capacity(text.len() + 8);
    for c in text.iter() {
        if c == 10 {
            out.push_str(end);
        } else {
            out.push(c);
        }
    }
    out.finish()
}

py_class! {
    /// `IncrementalNewlineDecoder`.
    pub struct PyNewlineDecoder as "IncrementalNewlineDecoder" {
        /// NULL before `__init__`; None if the input is text already.
        pub decoder: MutCell<Owned>,
        pub errors: MutCell<Owned>,
        pub pending_cr: Cell<bool>,
        pub seen: Cell<u8>,
        pub translate: Cell<bool>,
    }
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyNewlineDecoder>(
        vm,
        ClassSpec {
            module: "_io",
            dict: false,
            doc: Some("Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, translating \\r\\n and \\r into \\n.\nIt also records the types of newlines encountered.  When used with\ntranslate=False, it ensures that the newline sequence is returned in\none piece. When used with decoder=None, it expects unicode strings as\ndecode input and translates newlines without first invoking an external\ndecoder."),
            slots: |s| {
                s.new.set(Some(|_, class, _| Ok(new_object(class, PyNewlineDecoder {
                    decoder: MutCell::default(),
                    errors: MutCell::default(),
                    pending_cr: Cell::new(false),
                    seen: Cell::new(0),
                    translate: Cell::new(false),
                }))));
                s.init.set(Some(init));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("IncrementalNewlineDecoder")
        },
    );
}

/// A decoder around another one.
pub fn wrap(decoder: Owned, translate: bool) -> Owned {
    new_object(
        PyNewlineDecoder::class(),
        PyNewlineDecoder {
            decoder: MutCell::new(decoder),
            errors: MutCell::new(intern("strict")),
            pending_cr: Cell::new(false),
            seen: Cell::new(0),
            translate: Cell::new(translate),
        },
    )
}

static METHODS: &[M] = &[
    M::new("decode", "(self, input, final=False)", decode, ""),
    M::new("getstate", "(self, /)", getstate, ""),
    M::new("setstate", "(self, state, /)", setstate, ""),
    M::new("reset", "(self, /)", reset, ""),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyNewlineDecoder> {
    match v.cast::<PyNewlineDecoder>() {
        Some(d) if !d.decoder.value().is_null() => Ok(d),
        Some(_) => Err(vm.value_error("IncrementalNewlineDecoder.__init__() not called")),
        None => Err(vm.type_error("an IncrementalNewlineDecoder is required")),
    }
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(decoder, translate, errors='strict')");
    let who = Callee {
        name: "IncrementalNewlineDecoder",
        qualified: &|| "IncrementalNewlineDecoder".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let Some(d) = v.cast::<PyNewlineDecoder>() else {
            return Ok(());
        };
        d.translate.set(vm.truthy(a[1])?);
        d.errors.set(a[2].non_null().map_or_else(|| intern("strict"), |e| e.own()));
        d.decoder.set(a[0].own());
        d.seen.set(0);
        d.pending_cr.set(false);
        Ok(())
    })
}

fn decode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = of(vm, a[0])?;
    let last = !a[2].is_null() && vm.truthy(a[2])?;
    let inner = d.decoder.own();
    let text = if inner.is_none() {
        a[1].own()
    } else {
        let keyword = intern("final");
        vm.call_args(
            vm.getattr_str(inner.value(), "decode")?.value(),
            Args {
                values: &[a[1], Value::bool(last)],
                names: &[keyword.value()],
            },
        )?
    };
    let Some(s) = text.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "decoder should return a string result, not '{}'",
            text.class().name_str()
        )));
    };
    let mut t = Translator {
        pending_cr: d.pending_cr.get(),
        seen: d.seen.get(),
        translate: d.translate.get(),
    };
    let out = t.feed(s.text(), last);
    d.pending_cr.set(t.pending_cr);
    d.seen.set(t.seen);
    Ok(PyStr::from_buf(&out))
}

fn getstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = of(vm, a[0])?;
    let inner = d.decoder.own();
    let (buffer, flag) = if inner.is_none() {
        (PyBytes::new(b""), 0)
    } else {
        let state = vm.call_method_str(inner.value(), "getstate", &[])?;
        match state.cast::<PyTuple>().map(|t| t.as_slice()) {
            Some(&[b, f]) if b.isa::<PyBytes>() => (b.own(), vm.to_i64(f)?),
            _ => return Err(vm.type_error("illegal decoder state")),
        }
    };
    let flag = flag.wrapping_shl(1) | i64::from(d.pending_cr.get());
    Ok(PyTuple::pair(buffer, new_int(flag)))
}

fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = of(vm, a[0])?;
    let Some(&[buffer, flag]) = a[1].cast::<PyTuple>().map(|t| t.as_slice()) else {
        return Err(vm.type_error("state argument must be a tuple"));
    };
    let flag = vm.to_i64(flag)?;
    d.pending_cr.set(flag & 1 != 0);
    let inner = d.decoder.own();
    if !inner.is_none() {
        let state = PyTuple::pair(buffer.own(), new_int(flag >> 1));
        vm.call_method_str(inner.value(), "setstate", &[state.value()])?;
    }
    Ok(Owned::NONE)
}

fn reset(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = of(vm, a[0])?;
    d.seen.set(0);
    d.pending_cr.set(false);
    let inner = d.decoder.own();
    if !inner.is_none() {
        vm.call_method_str(inner.value(), "reset", &[])?;
    }
    Ok(Owned::NONE)
}

static GETSET: &[GetSetDef] = &[
                GetSetDef::read("newlines", |vm, v| Ok(seen_value(of(vm, v)?.seen.get()))),
                GetSetDef::write(
                    "errors",
                    |vm, v| Ok(of(vm, v)?.errors.own()),
                    |vm, v, x| { of(vm, v)?.errors.set(x.own()); Ok(()) },
                ),
            ];
