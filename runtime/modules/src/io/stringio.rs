//! `StringIO`: a text file in memory.

use super::base::{PyIOBase, PyTextIOBase, size_arg};
use super::newline::{Ends, Translator, expand, seen_value};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use std::cell::Cell;

py_class! {
    /// Characters with a position.
    pub struct PyStringIO as "StringIO", extends PyTextIOBase {
        pub base: PyTextIOBase,
        pub data: MutCell<NoTrace<Vec<u32>>>,
        pub pos: Cell<usize>,
        pub ready: Cell<bool>,
        pub closed: Cell<bool>,
        pub ends: Cell<Ends>,
        /// What `\n` becomes when written.
        pub write_end: Cell<&'static str>,
        /// The `newline` argument as given.
        pub newline: Cell<Option<&'static str>>,
        pub translator: MutCell<NoTrace<Option<Translator>>>,
    }
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyStringIO>(
        vm,
        ClassSpec {
            module: "_io",
            base: Some(PyTextIOBase::class()),
            doc: Some("Text I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value of object.  The newline\nargument is like the one of TextIOWrapper's constructor."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let o = PyStringIO {
                        base: PyTextIOBase { base: PyIOBase {} },
                        data: MutCell::default(),
                        pos: Cell::new(0),
                        ready: Cell::new(false),
                        closed: Cell::new(false),
                        ends: Cell::new(Ends::Lf),
                        write_end: Cell::new("\n"),
                        newline: Cell::new(Some("\n")),
                        translator: MutCell::default(),
                    };
                    Ok(new_object(class, o))
                }));
                s.init.set(Some(init));
                s.next.set(Some(next));
                s.del.set(Some(|_, _| Ok(())));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("StringIO")
        },
    );
}

static METHODS: &[M] = &[
    M::new("read", "(self, size=-1, /)", read, "Read at most size characters, returned as a string.\n\nIf the argument is negative or omitted, read until EOF\nis reached. Return an empty string at EOF."),
    M::new("readline", "(self, size=-1, /)", readline, "Read until newline or EOF.\n\nReturns an empty string if EOF is hit immediately."),
    M::new("write", "(self, s, /)", write, "Write string to file.\n\nReturns the number of characters written, which is always equal to\nthe length of the string."),
    M::new("seek", "(self, pos, whence=0, /)", seek, "Change stream position.\n\nSeek to character offset pos relative to position indicated by whence:\n    0  Start of stream (the default).  pos should be >= 0;\n    1  Current position - pos must be 0;\n    2  End of stream - pos must be 0.\nReturns the new absolute position."),
    M::new("tell", "(self, /)", |vm, a| Ok(new_usize(open_of(vm, a[0])?.pos.get())), "Tell the current file position."),
    M::new("truncate", "(self, pos=None, /)", truncate, "Truncate size to pos.\n\nThe pos argument defaults to the current file position, as\nreturned by tell().  The current file position is unchanged.\nReturns the new absolute position."),
    M::new("getvalue", "(self, /)", |vm, a| Ok(PyStr::from_codes(&open_of(vm, a[0])?.data.get().0)), "Retrieve the entire contents of the object."),
    M::new("close", "(self, /)", |vm, a| { let s = of(vm, a[0])?; s.closed.set(true); s.data.set(NoTrace::default()); Ok(Owned::NONE) }, "Close the IO object.\n\nAttempting any further operation after the object is closed\nwill raise a ValueError.\n\nThis method has no effect if the file is already closed."),
    M::new("readable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be read."),
    M::new("writable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be written."),
    M::new("seekable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be seeked."),
    M::new("__getstate__", "(self, /)", getstate, ""),
    M::new("__setstate__", "(self, state, /)", setstate, ""),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyStringIO> {
    match v.cast::<PyStringIO>() {
        Some(s) if s.ready.get() => Ok(s),
        Some(_) => Err(vm.value_error("I/O operation on uninitialized object")),
        None => Err(vm.type_error("a StringIO object is required")),
    }
}
fn open_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyStringIO> {
    let s = of(vm, v)?;
    if s.closed.get() {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    Ok(s)
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(initial_value='', newline='\\n')");
    let who = Callee {
        name: "StringIO",
        qualified: &|| "StringIO".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let Some(s) = v.cast::<PyStringIO>() else {
            return Ok(());
        };
        s.ready.set(false);
        let newline = match a[1].non_null() {
            None => Some("\n"),
            Some(n) if n.is_none() => None,
            Some(n) => Some(super::newline_arg(vm, n)?),
        };
        if let Some(i) = a[0].given()
            && !i.isa::<PyStr>()
        {
            return Err(vm.type_error(format!(
                "initial_value must be str or None, not {}",
                i.class().name_str()
            )));
        }
        s.newline.set(newline);
        s.ends.set(Ends::of(newline));
        s.write_end.set(match newline {
            Some(n @ ("\r" | "\r\n")) => n,
            _ => "\n",
        });
        let universal = matches!(newline, None | Some(""));
        s.translator.get_mut().0 = universal.then(|| Translator {
            translate: newline.is_none(),
            ..Translator::default()
        });
        s.data.get_mut().0.clear();
        s.pos.set(0);
        s.closed.set(false);
        s.ready.set(true);
        if let Some(i) = a[0].given().and_then(|i| i.cast::<PyStr>()) {
            put(s, i.text());
            s.pos.set(0);
        }
        Ok(())
    })
}

fn put(s: &PyStringIO, text: Text<'_>) {
    let store = |text: Text<'_>| {
        let data = &mut s.data.get_mut().0;
        let at = s.pos.get();
        if at >= data.len() {
            data.resize(at, 0);
            data.extend(text.iter());
        } else {
            let end = at + text.len();
            if end > data.len() {
                data.resize(end, 0);
            }
            for (place, c) in data[at..end].iter_mut().zip(text.iter()) {
                *place = c;
            }
        }
        s.pos.set(at + text.len());
    };
    if let Some(t) = &mut s.translator.get_mut().0 {
        let b = t.feed(text, true);
        store(b.as_text());
    } else if s.write_end.get() != "\n" {
        store(expand(text, s.write_end.get()).as_text());
    } else {
        store(text);
    }
}

fn take(s: &PyStringIO, n: usize) -> Owned {
    let data = &s.data.get().0;
    let from = s.pos.get().min(data.len());
    let to = from.saturating_add(n).min(data.len());
    if to > from {
        s.pos.set(to);
    }
    PyStr::from_codes(&data[from..to])
}
fn take_line(s: &PyStringIO, limit: usize) -> Owned {
    let data = &s.data.get().0;
    let rest = data.get(s.pos.get()..).unwrap_or(&[]);
    let n = s.ends.get().find(Text::Ucs4(rest)).unwrap_or(rest.len());
    take(s, n.min(limit))
}

fn read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let s = open_of(vm, a[0])?;
    Ok(take(s, if n < 0 { usize::MAX } else { n as usize }))
}
fn readline(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let s = open_of(vm, a[0])?;
    Ok(take_line(s, if n < 0 { usize::MAX } else { n as usize }))
}
fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let s = open_of(vm, v)?;
    let line = if v.is_exact::<PyStringIO>() {
        take_line(s, usize::MAX)
    } else {
        vm.call_method(v, vm.names.readline.value(), &[])?
    };
    Ok(if vm.len(line.value())? == 0 { Owned::NULL } else { line })
}
fn write(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = of(vm, a[0])?;
    let Some(text) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "string argument expected, got '{}'",
            a[1].class().name_str()
        )));
    };
    if s.closed.get() {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    if !text.is_empty() {
        put(s, text.text());
    }
    Ok(new_usize(text.len()))
}
fn seek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = open_of(vm, a[0])?;
    let pos = vm.to_size(a[1])?;
    let whence = if a[2].is_null() { 0 } else { vm.to_i32(a[2])? };
    let to = match whence {
        0 if pos < 0 => return Err(vm.value_error(format!("Negative seek position {pos}"))),
        0 => pos as usize,
        1 | 2 if pos != 0 => {
            return Err(vm.error(vm.exc.OSError, "Can't do nonzero cur-relative seeks"));
        }
        1 => s.pos.get(),
        2 => s.data.get().0.len(),
        _ => {
            return Err(vm.value_error(format!(
                "Invalid whence ({whence}, should be 0, 1 or 2)"
            )));
        }
    };
    s.pos.set(to);
    Ok(new_usize(to))
}
fn truncate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = open_of(vm, a[0])?;
    let size = match a[1].given() {
        None => s.pos.get() as isize,
        Some(n) => vm.to_size(n)?,
    };
    if size < 0 {
        return Err(vm.value_error(format!("Negative size value {size}")));
    }
    s.data.get_mut().0.truncate(size as usize);
    Ok(new_int(size as i64))
}
fn getstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = open_of(vm, a[0])?;
    let dict = match vm.getattr_opt(a[0], vm.names.__dict__.value())? {
        Some(d) => match d.cast::<PyDict>() {
            Some(d) if !d.is_empty() => d.copy(),
            _ => Owned::NONE,
        },
        None => Owned::NONE,
    };
    Ok(PyTuple::new(vec![
        PyStr::from_codes(&s.data.get().0),
        s.newline.get().map_or(Owned::NONE, PyStr::from_str),
        new_usize(s.pos.get()),
        dict,
    ]))
}
fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let items = a[1].cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
    let &[text, newline, pos, dict] = items else {
        return Err(vm.type_error(format!(
            "{}.__setstate__ argument should be 4-tuple, got {}",
            a[0].class().name_str(),
            a[1].class().name_str()
        )));
    };
    if a[0].cast::<PyStringIO>().is_some_and(|s| s.closed.get()) {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    init(vm, a[0], Args::positional(&[Value::NONE, newline]))?;
    let s = of(vm, a[0])?;
    let Some(text) = text.cast::<PyStr>() else {
        return Err(vm.type_error("initial_value must be str or None"));
    };
    s.data.get_mut().0 = text.text().to_codes();
    if pos.as_int().is_none() {
        return Err(vm.type_error(format!(
            "third item of state must be an integer, got {}",
            pos.class().name_str()
        )));
    }
    let pos = vm.to_size(pos)?;
    if pos < 0 {
        return Err(vm.value_error("position value cannot be negative"));
    }
    s.pos.set(pos as usize);
    if !dict.is_none() {
        if !dict.isa::<PyDict>() {
            return Err(vm.type_error(format!(
                "fourth item of state should be a dict, got a {}",
                dict.class().name_str()
            )));
        }
        let own = vm.getattr(a[0], vm.names.__dict__.value())?;
        vm.call_method(own.value(), vm.names.update.value(), &[dict])?;
    }
    Ok(Owned::NONE)
}

static GETSET: &[GetSetDef] = &[
                GetSetDef::read("closed", |vm, v| Ok(Owned::bool(of(vm, v)?.closed.get()))),
                GetSetDef::read("line_buffering", |vm, v| { open_of(vm, v)?; Ok(Owned::bool(false)) }),
                GetSetDef::read("newlines", |vm, v| {
                    let s = open_of(vm, v)?;
                    Ok(s.translator.get().0.as_ref().map_or(Owned::NONE, |t| seen_value(t.seen)))
                }),
            ];
