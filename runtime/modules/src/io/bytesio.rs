//! `BytesIO`: a file in memory.

use super::base::{PyBufferedIOBase, PyIOBase, size_arg};
use super::closed_error;
use pyjit_core::buffer::BufferView;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// Bytes with a position.
    pub struct PyBytesIO as "BytesIO", extends PyBufferedIOBase {
        pub base: PyBufferedIOBase,
        pub data: MutCell<NoTrace<Vec<u8>>>,
        pub pos: Cell<usize>,
        pub closed: Cell<bool>,
        /// Views made by `getbuffer`: while there are any, the size must not change.
        pub exports: Cell<usize>,
    }
}
py_class! {
    /// What a view of a `BytesIO` keeps alive.
    pub struct PyBytesIOBuffer as "_BytesIOBuffer" { pub source: Owned }
}

/// Defines both classes.
pub fn define(vm: &Vm) {
    define_class::<PyBytesIO>(
        vm,
        ClassSpec {
            module: "_io",
            base: Some(PyBufferedIOBase::class()),
            doc: Some("Buffered I/O implementation using an in-memory bytes buffer."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let b = PyBytesIO {
                        base: PyBufferedIOBase { base: PyIOBase {} },
                        data: MutCell::default(),
                        pos: Cell::new(0),
                        closed: Cell::new(false),
                        exports: Cell::new(0),
                    };
                    Ok(new_object(class, b))
                }));
                s.init.set(Some(init));
                s.next.set(Some(|vm, v| {
                    let b = open_of(vm, v)?;
                    let line = take_line(b, usize::MAX);
                    Ok(if line.is_empty() { Owned::NULL } else { PyBytes::new(line) })
                }));
                s.del.set(Some(|_, _| Ok(())));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("BytesIO")
        },
    );
    define_class::<PyBytesIOBuffer>(
        vm,
        ClassSpec {
            module: "_io",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| s.buffer.set(Some(buffer)),
            ..ClassSpec::new("_BytesIOBuffer")
        },
    );
}

static METHODS: &[M] = &[
    M::new("read", "(self, size=-1, /)", read, "Read at most size bytes, returned as a bytes object.\n\nIf the size argument is negative, read until EOF is reached.\nReturn an empty bytes object at EOF."),
    M::new("read1", "(self, size=-1, /)", read, "Read at most size bytes, returned as a bytes object.\n\nIf the size argument is negative or omitted, read until EOF is reached.\nReturn an empty bytes object at EOF."),
    M::new("readinto", "(self, buffer, /)", readinto, "Read bytes into buffer.\n\nReturns number of bytes read (0 for EOF), or None if the object\nis set not to block and has no data to read."),
    M::new("readline", "(self, size=-1, /)", |vm, a| { let n = size_arg(vm, a[1])?; let b = open_of(vm, a[0])?; Ok(PyBytes::new(take_line(b, if n < 0 { usize::MAX } else { n as usize }))) }, "Next line from the file, as a bytes object.\n\nRetain newline.  A non-negative size argument limits the maximum\nnumber of bytes to return (an incomplete line may be returned then).\nReturn an empty bytes object at EOF."),
    M::new("readlines", "(self, size=None, /)", readlines, "List of bytes objects, each a line from the file.\n\nCall readline() repeatedly and return a list of the lines so read.\nThe optional size argument, if given, is an approximate bound on the\ntotal number of bytes in the lines returned."),
    M::new("write", "(self, b, /)", write, "Write bytes to file.\n\nReturn the number of bytes written."),
    M::new("writelines", "(self, lines, /)", |vm, a| { open_of(vm, a[0])?; vm.for_each(a[1], |l| { write(vm, &[a[0], l.value()])?; Ok(true) })?; Ok(Owned::NONE) }, "Write lines to the file.\n\nNote that newlines are not added.  lines can be any iterable object\nproducing bytes-like objects. This is equivalent to calling write() for\neach element."),
    M::new("seek", "(self, pos, whence=0, /)", seek, "Change stream position.\n\nSeek to byte offset pos relative to position indicated by whence:\n     0  Start of stream (the default).  pos should be >= 0;\n     1  Current position - pos may be negative;\n     2  End of stream - pos usually negative.\nReturns the new absolute position."),
    M::new("tell", "(self, /)", |vm, a| Ok(new_usize(open_of(vm, a[0])?.pos.get())), "Current file position, an integer."),
    M::new("truncate", "(self, size=None, /)", truncate, "Truncate the file to at most size bytes.\n\nSize defaults to the current file position, as returned by tell().\nThe current file position is unchanged.  Returns the new size."),
    M::new("getvalue", "(self, /)", |vm, a| Ok(PyBytes::new(&open_of(vm, a[0])?.data.get().0)), "Retrieve the entire contents of the BytesIO object."),
    M::new("getbuffer", "(self, /)", getbuffer, "Get a read-write view over the contents of the BytesIO object."),
    M::new("close", "(self, /)", |vm, a| { let b = of(vm, a[0])?; resizable(vm, b)?; b.closed.set(true); b.data.set(NoTrace::default()); Ok(Owned::NONE) }, "Disable all I/O operations."),
    M::new("flush", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::NONE), "Does nothing."),
    M::new("isatty", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(false)), "Always returns False.\n\nBytesIO objects are not connected to a TTY-like device."),
    M::new("readable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be read."),
    M::new("writable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be written."),
    M::new("seekable", "(self, /)", |vm, a| open_of(vm, a[0]).map(|_| Owned::bool(true)), "Returns True if the IO object can be seeked."),
    M::new("__getstate__", "(self, /)", getstate, ""),
    M::new("__setstate__", "(self, state, /)", setstate, ""),
    M::new("__sizeof__", "(self, /)", |vm, a| Ok(new_usize(96 + of(vm, a[0])?.data.get().0.capacity())), ""),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyBytesIO> {
    v.cast::<PyBytesIO>()
        .ok_or_else(|| vm.type_error("a BytesIO object is required"))
}
fn open_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyBytesIO> {
    let b = of(vm, v)?;
    if b.closed.get() {
        return Err(closed_error(vm));
    }
    Ok(b)
}
fn resizable(vm: &Vm, b: &PyBytesIO) -> PyResult<()> {
    if b.exports.get() > 0 {
        return Err(vm.buffer_error("Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(initial_bytes=b'')");
    let who = Callee {
        name: "BytesIO",
        qualified: &|| "BytesIO".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let b = of(vm, v)?;
        resizable(vm, b)?;
        let bytes = match a[0].given() {
            Some(x) => vm.bytes_of(x)?,
            None => Vec::new(),
        };
        b.data.get_mut().0 = bytes;
        b.pos.set(0);
        b.closed.set(false);
        Ok(())
    })
}

/// Takes the next `n` bytes.
fn take(b: &PyBytesIO, n: usize) -> &[u8] {
    let data = &b.data.get().0;
    let from = b.pos.get().min(data.len());
    let to = from.saturating_add(n).min(data.len());
    if to > from {
        b.pos.set(to);
    }
    &data[from..to]
}
fn take_line(b: &PyBytesIO, limit: usize) -> &[u8] {
    let data = &b.data.get().0;
    let rest = data.get(b.pos.get()..).unwrap_or(&[]);
    let rest = &rest[..rest.len().min(limit)];
    let n = rest.iter().position(|c| *c == b'\n').map_or(rest.len(), |i| i + 1);
    take(b, n)
}

fn read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let b = open_of(vm, a[0])?;
    Ok(PyBytes::new(take(b, if n < 0 { usize::MAX } else { n as usize })))
}
fn readinto(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0])?;
    let mut view = vm.buffer(a[1], true)?;
    let to = view.as_mut_slice();
    let part = take(b, to.len()).to_vec();
    to[..part.len()].copy_from_slice(&part);
    Ok(new_usize(part.len()))
}
fn readlines(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let hint = size_arg(vm, a[1])?;
    let b = open_of(vm, a[0])?;
    let (mut lines, mut total) = (Vec::new(), 0isize);
    loop {
        let line = take_line(b, usize::MAX);
        if line.is_empty() {
            break;
        }
        total += line.len() as isize;
        lines.push(PyBytes::new(line));
        if hint > 0 && total >= hint {
            break;
        }
    }
    Ok(PyList::new(lines))
}
fn write(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0])?;
    if a[1].isa::<PyStr>() {
        return Err(vm.type_error("a bytes-like object is required, not 'str'"));
    }
    let bytes = vm.bytes_of(a[1])?;
    let b = if b.closed.get() { return Err(closed_error(vm)) } else { b };
    resizable(vm, b)?;
    if bytes.is_empty() {
        return Ok(new_int(0));
    }
    let data = &mut b.data.get_mut().0;
    let at = b.pos.get();
    let Some(end) = at.checked_add(bytes.len()).filter(|n| *n < isize::MAX as usize) else {
        return Err(vm.overflow_error("new position too large"));
    };
    if end > data.len() {
        let more = end - data.len();
        if data.try_reserve(more).is_err() {
            return Err(vm.memory_error());
        }
        data.resize(end, 0);
    }
    data[at..end].copy_from_slice(&bytes);
    b.pos.set(end);
    Ok(new_usize(bytes.len()))
}
fn seek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let pos = vm.to_size(a[1])?;
    let whence = if a[2].is_null() { 0 } else { vm.to_i32(a[2])? };
    let b = open_of(vm, a[0])?;
    if pos < 0 && whence == 0 {
        return Err(vm.value_error(format!("negative seek value {pos}")));
    }
    let base = match whence {
        0 => 0,
        1 => b.pos.get() as isize,
        2 => b.data.get().0.len() as isize,
        _ => {
            return Err(vm.value_error(format!(
                "invalid whence ({whence}, should be 0, 1 or 2)"
            )));
        }
    };
    let Some(to) = base.checked_add(pos) else {
        return Err(vm.overflow_error("new position too large"));
    };
    b.pos.set(to.max(0) as usize);
    Ok(new_usize(b.pos.get()))
}
fn truncate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0])?;
    resizable(vm, b)?;
    let size = match a[1].given() {
        None => b.pos.get() as isize,
        Some(n) => vm.to_size(n)?,
    };
    // The number's own code may have closed the file.
    open_of(vm, a[0])?;
    resizable(vm, b)?;
    if size < 0 {
        return Err(vm.value_error(format!("negative size value {size}")));
    }
    b.data.get_mut().0.truncate(size as usize);
    Ok(new_int(size as i64))
}
fn getbuffer(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    open_of(vm, a[0])?;
    let source = PyBytesIOBuffer { source: a[0].own() };
    let o = new_object(PyBytesIOBuffer::class(), source);
    pyjit_types::memoryview::new_view(vm, o.value(), true)
}
fn buffer(vm: &Vm, v: Value, _: bool) -> PyResult<BufferView> {
    let Some(b) = v.cast::<PyBytesIOBuffer>() else {
        return Err(vm.buffer_error("no buffer"));
    };
    let source = of(vm, b.source.value())?;
    source.exports.set(source.exports.get() + 1);
    let data = &mut source.data.get_mut().0;
    let (ptr, len) = (data.as_mut_ptr(), data.len());
    let release: fn(Value) = |v| {
        if let Some(b) = v.cast::<PyBytesIOBuffer>()
            && let Some(s) = b.source.cast::<PyBytesIO>()
        {
            s.exports.set(s.exports.get().saturating_sub(1));
        }
    };
    Ok(BufferView::bytes(v.own(), ptr, len, false, Some(release)))
}
fn getstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0])?;
    let dict = match vm.getattr_opt(a[0], vm.names.__dict__.value())? {
        Some(d) => match d.cast::<PyDict>() {
            Some(d) if !d.is_empty() => d.copy(),
            _ => Owned::NONE,
        },
        None => Owned::NONE,
    };
    Ok(PyTuple::new(vec![
        PyBytes::new(&b.data.get().0),
        new_usize(b.pos.get()),
        dict,
    ]))
}
fn setstate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0])?;
    let items = a[1].cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
    let &[data, pos, dict] = items else {
        return Err(vm.type_error(format!(
            "{}.__setstate__ argument should be 3-tuple, got {}",
            a[0].class().name_str(),
            a[1].class().name_str()
        )));
    };
    resizable(vm, b)?;
    let bytes = vm.bytes_of(data)?;
    if pos.as_int().is_none() {
        return Err(vm.type_error(format!(
            "second item of state must be an integer, not {}",
            pos.class().name_str()
        )));
    }
    let pos = vm.to_size(pos)?;
    if pos < 0 {
        return Err(vm.value_error("position value cannot be negative"));
    }
    b.data.get_mut().0 = bytes;
    b.pos.set(pos as usize);
    if !dict.is_none() {
        if !dict.isa::<PyDict>() {
            return Err(vm.type_error(format!(
                "third item of state should be a dict, got a {}",
                dict.class().name_str()
            )));
        }
        let own = vm.getattr(a[0], vm.names.__dict__.value())?;
        vm.call_method(own.value(), vm.names.update.value(), &[dict])?;
    }
    Ok(Owned::NONE)
}

static GETSET: &[GetSetDef] = &[GetSetDef::read("closed", |vm, v| Ok(Owned::bool(of(vm, v)?.closed.get())))];
