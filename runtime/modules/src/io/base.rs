//! `_IOBase` and the three abstract classes below it: what every file can do by means of its other methods.

use super::{closed_error, unsupported};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

py_class! { /// `_IOBase`.
pub struct PyIOBase as "_IOBase" {} }
py_class! { /// `_RawIOBase`.
pub struct PyRawIOBase as "_RawIOBase", extends PyIOBase { pub base: PyIOBase } }
py_class! { /// `_BufferedIOBase`.
pub struct PyBufferedIOBase as "_BufferedIOBase", extends PyIOBase { pub base: PyIOBase } }
py_class! { /// `_TextIOBase`.
pub struct PyTextIOBase as "_TextIOBase", extends PyIOBase { pub base: PyIOBase } }

/// The attribute that says that `close()` has run, for files written in Python.
const CLOSED: &str = "__IOBase_closed";

/// Defines the four classes.
pub fn define(vm: &Vm) {
    let spec = |name, base, methods, getset| ClassSpec {
        module: "_io",
        base,
        methods,
        getset,
        ..ClassSpec::new(name)
    };
    define_class::<PyIOBase>(
        vm,
        ClassSpec {
            dict: true,
            weakrefs: true,
            doc: Some("The abstract base class for all I/O classes.\n\nThis class provides dummy implementations for many methods that\nderived classes can override selectively; the default implementations\nrepresent a file that cannot be read, written or seeked."),
            slots: |s| {
                s.new.set(Some(|_, class, _| Ok(new_object(class, PyIOBase {}))));
                s.iter.set(Some(|vm, v| {
                    check_closed(vm, v)?;
                    Ok(v.own())
                }));
                s.next.set(Some(next));
                s.del.set(Some(finalize));
            },
            ..spec("_IOBase", None, METHODS, GETSET)
        },
    );
    define_class::<PyRawIOBase>(
        vm,
        ClassSpec {
            doc: Some("Base class for raw binary I/O."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(class, PyRawIOBase { base: PyIOBase {} }))
                }))
            },
            ..spec("_RawIOBase", Some(PyIOBase::class()), RAW, &[])
        },
    );
    define_class::<PyBufferedIOBase>(
        vm,
        ClassSpec {
            doc: Some("Base class for buffered IO objects.\n\nThe main difference with RawIOBase is that the read() method\nsupports omitting the size argument, and does not have a default\nimplementation that defers to readinto()."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(class, PyBufferedIOBase { base: PyIOBase {} }))
                }))
            },
            ..spec("_BufferedIOBase", Some(PyIOBase::class()), BUFFERED, &[])
        },
    );
    define_class::<PyTextIOBase>(
        vm,
        ClassSpec {
            doc: Some("Base class for text I/O.\n\nThis class provides a character and line based interface to stream\nI/O. There is no readinto method because Python's character strings\nare immutable."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(class, PyTextIOBase { base: PyIOBase {} }))
                }))
            },
            ..spec("_TextIOBase", Some(PyIOBase::class()), TEXT, TEXT_GETSET)
        },
    );
}

static METHODS: &[M] = &[
    M::new("seek", "(self, offset, whence=0, /)", |vm, _| Err(unsupported(vm, "seek")), "Change the stream position to the given byte offset.\n\nThe offset is interpreted relative to the position indicated by whence."),
    M::new("tell", "(self, /)", |vm, a| vm.call_method_str(a[0], "seek", &[new_int(0).value(), new_int(1).value()]), "Return current stream position."),
    M::new("truncate", "(self, size=None, /)", |vm, _| Err(unsupported(vm, "truncate")), "Truncate file to size bytes."),
    M::new("flush", "(self, /)", |vm, a| { if is_closed(vm, a[0])? { return Err(closed_error(vm)); } Ok(Owned::NONE) }, "Flush write buffers, if applicable.\n\nThis is not implemented for read-only and non-blocking streams."),
    M::new("close", "(self, /)", close, "Flush and close the IO object.\n\nThis method has no effect if the file is already closed."),
    M::new("seekable", "(self, /)", no, "Return whether object supports random access.\n\nIf False, seek(), tell() and truncate() will raise OSError.\nThis method may need to do a test seek()."),
    M::new("readable", "(self, /)", no, "Return whether object was opened for reading.\n\nIf False, read() will raise OSError."),
    M::new("writable", "(self, /)", no, "Return whether object was opened for writing.\n\nIf False, write() will raise OSError."),
    M::new("_checkClosed", "(self, /)", |vm, a| check_closed(vm, a[0]).map(|_| Owned::NONE), ""),
    M::new("_checkSeekable", "(self, /)", |vm, a| check_can(vm, a[0], "seekable"), ""),
    M::new("_checkReadable", "(self, /)", |vm, a| check_can(vm, a[0], "readable"), ""),
    M::new("_checkWritable", "(self, /)", |vm, a| check_can(vm, a[0], "writable"), ""),
    M::new("fileno", "(self, /)", |vm, _| Err(unsupported(vm, "fileno")), "Return underlying file descriptor if one exists.\n\nRaise OSError if the IO object does not use a file descriptor."),
    M::new("isatty", "(self, /)", |vm, a| { check_closed(vm, a[0])?; Ok(Owned::bool(false)) }, "Return whether this is an 'interactive' stream.\n\nReturn False if it can't be determined."),
    M::new("__enter__", "(self, /)", |vm, a| { check_closed(vm, a[0])?; Ok(a[0].own()) }, ""),
    M::new("__exit__", "(self, /, *args)", |vm, a| vm.call_method(a[0], vm.names.close.value(), &[]), ""),
    M::new("readline", "(self, size=-1, /)", readline, "Read and return a line from the stream.\n\nIf size is specified, at most size bytes will be read.\n\nThe line terminator is always b'\\n' for binary files; for text\nfiles, the newlines argument to open can be used to select the line\nterminator(s) recognized."),
    M::new("readlines", "(self, hint=-1, /)", readlines, "Return a list of lines from the stream.\n\nhint can be specified to control the number of lines read: no more\nlines will be read if the total size (in bytes/characters) of all\nlines so far exceeds hint."),
    M::new("writelines", "(self, lines, /)", writelines, "Write a list of lines to stream.\n\nLine separators are not added, so it is usual for each of the\nlines provided to have a line separator at the end."),
];

static GETSET: &[GetSetDef] = &[GetSetDef::read("closed", |vm, v| {
    Ok(Owned::bool(
        vm.getattr_opt_str(v, CLOSED)?.is_some(),
    ))
})];

static RAW: &[M] = &[
    M::new("read", "(self, size=-1, /)", raw_read, ""),
    M::new("readall", "(self, /)", |vm, a| raw_readall(vm, a[0]), "Read until EOF, using multiple read() call."),
];

static BUFFERED: &[M] = &[
    M::new("detach", "(self, /)", |vm, _| Err(unsupported(vm, "detach")), "Disconnect this buffer from its underlying raw stream and return it.\n\nAfter the raw stream has been detached, the buffer is in an unusable\nstate."),
    M::new("read", "(self, size=-1, /)", |vm, _| Err(unsupported(vm, "read")), "Read and return up to n bytes."),
    M::new("read1", "(self, size=-1, /)", |vm, _| Err(unsupported(vm, "read1")), "Read and return up to size bytes, with at most one read() call to the underlying raw stream."),
    M::new("readinto", "(self, buffer, /)", |vm, a| readinto(vm, a, "read"), ""),
    M::new("readinto1", "(self, buffer, /)", |vm, a| readinto(vm, a, "read1"), ""),
    M::new("write", "(self, b, /)", |vm, _| Err(unsupported(vm, "write")), "Write buffer b to the IO stream.\n\nReturn the number of bytes written, which is always\nthe length of b in bytes."),
];

static TEXT: &[M] = &[
    M::new("detach", "(self, /)", |vm, _| Err(unsupported(vm, "detach")), "Separate the underlying buffer from the TextIOBase and return it.\n\nAfter the underlying buffer has been detached, the TextIO is in an unusable state."),
    M::new("read", "(self, size=-1, /)", |vm, _| Err(unsupported(vm, "read")), "Read at most size characters from stream.\n\nRead from underlying buffer until we have size characters or we hit EOF.\nIf size is negative or omitted, read until EOF."),
    M::new("readline", "(self, size=-1, /)", |vm, _| Err(unsupported(vm, "readline")), "Read until newline or EOF.\n\nReturn an empty string if EOF is hit immediately.\nIf size is specified, at most size characters will be read."),
    M::new("write", "(self, s, /)", |vm, _| Err(unsupported(vm, "write")), "Write string s to stream.\n\nReturn the number of characters written\n(which is always equal to the length of the string)."),
];
static TEXT_GETSET: &[GetSetDef] = &[
    GetSetDef::read("encoding", |_, _| Ok(Owned::NONE)),
    GetSetDef::read("newlines", |_, _| Ok(Owned::NONE)),
    GetSetDef::read("errors", |_, _| Ok(Owned::NONE)),
];

fn no(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(false))
}

/// The `closed` attribute.
pub fn is_closed(vm: &Vm, v: Value) -> PyResult<bool> {
    match vm.getattr_opt_str(v, "closed")? {
        Some(c) => vm.truthy(c.value()),
        None => Ok(false),
    }
}
/// ValueError if the file is closed.
pub fn check_closed(vm: &Vm, v: Value) -> PyResult<()> {
    if is_closed(vm, v)? {
        return Err(closed_error(vm));
    }
    Ok(())
}
fn check_can(vm: &Vm, v: Value, what: &str) -> PyResult<Owned> {
    let r = vm.call_method_str(v, what, &[])?;
    if r.value().is(Value::TRUE) {
        return Ok(r);
    }
    Err(unsupported(vm, &format!("File or stream is not {what}.")))
}

/// `_IOBase.close`.
pub fn close(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if vm.getattr_opt_str(a[0], CLOSED)?.is_some() {
        return Ok(Owned::NONE);
    }
    let flushed = vm.call_method(a[0], vm.names.flush.value(), &[]);
    let marked = vm.setattr_str(a[0], CLOSED, Value::TRUE);
    flushed?;
    marked?;
    Ok(Owned::NONE)
}

/// Closes a file that nobody holds any more.
pub fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    match is_closed(vm, v) {
        Ok(true) => return Ok(()),
        Ok(false) => {}
        // Half-made objects may not even know whether they are closed.
        Err(_) => return Ok(()),
    }
    let _ = vm.setattr_str(v, "_finalizing", Value::TRUE);
    vm.call_method(v, vm.names.close.value(), &[]).map(drop)
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let line = vm.call_method(v, vm.names.readline.value(), &[])?;
    if vm.len(line.value())? == 0 {
        return Ok(Owned::NULL);
    }
    Ok(line)
}

/// A size argument where None and absence mean -1.
pub fn size_arg(vm: &Vm, v: Value) -> PyResult<isize> {
    match v.given() {
        None => Ok(-1),
        Some(v) => {
            if v.as_int().is_none() && v.class().slots.index.get().is_none() {
                return Err(vm.type_error(format!(
                    "argument should be integer or None, not '{}'",
                    v.class().name_str()
                )));
            }
            vm.to_size(v)
        }
    }
}

fn readline(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let limit = size_arg(vm, a[1])?;
    let peek = vm.getattr_opt_str(a[0], "peek")?;
    let mut out: Vec<u8> = Vec::new();
    while limit < 0 || (out.len() as isize) < limit {
        let mut want = 1usize;
        if let Some(peek) = &peek {
            let ahead = vm.call(peek.value(), &[new_int(1).value()])?;
            let Some(b) = ahead.cast::<PyBytes>() else {
                return Err(vm.error(
                    vm.exc.OSError,
                    format!(
                        "peek() should have returned a bytes object, not '{}'",
                        ahead.class().name_str()
                    ),
                ));
            };
            if !b.is_empty() {
                let b = b.as_slice();
                want = b.iter().position(|c| *c == b'\n').map_or(b.len(), |i| i + 1);
                if limit >= 0 {
                    want = want.min(limit as usize - out.len());
                }
            }
        }
        let part = vm.call_method(a[0], vm.names.read.value(), &[new_usize(want).value()])?;
        let Some(b) = part.cast::<PyBytes>() else {
            return Err(vm.error(
                vm.exc.OSError,
                format!(
                    "read() should have returned a bytes object, not '{}'",
                    part.class().name_str()
                ),
            ));
        };
        if b.is_empty() {
            break;
        }
        out.extend_from_slice(b.as_slice());
        if out.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(PyBytes::new(&out))
}

fn readlines(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let hint = size_arg(vm, a[1])?;
    let mut lines = Vec::new();
    let mut total = 0isize;
    vm.for_each(a[0], |line| {
        let n = vm.len(line.value())? as isize;
        lines.push(line);
        total += n;
        Ok(hint <= 0 || total < hint)
    })?;
    Ok(PyList::new(lines))
}

fn writelines(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    check_closed(vm, a[0])?;
    vm.for_each(a[1], |line| {
        vm.call_method(a[0], vm.names.write.value(), &[line.value()])?;
        Ok(true)
    })?;
    Ok(Owned::NONE)
}

fn raw_read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    if n < 0 {
        return vm.call_method_str(a[0], "readall", &[]);
    }
    let Some(zeros) = super::zeros(n as usize) else {
        return Err(vm.memory_error());
    };
    let buffer = pyjit_types::bytearray::PyByteArray::new(zeros);
    let r = vm.call_method_str(a[0], "readinto", &[buffer.value()])?;
    if r.is_none() {
        return Ok(r);
    }
    let got = vm.to_size(r.value())?;
    let bytes = vm.bytes_of(buffer.value())?;
    match bytes.get(..got.max(0) as usize) {
        Some(b) if got >= 0 => Ok(PyBytes::new(b)),
        _ => Err(vm.value_error(format!(
            "readinto returned {got} outside buffer size {}",
            bytes.len()
        ))),
    }
}

fn raw_readall(vm: &Vm, v: Value) -> PyResult<Owned> {
    let mut out: Vec<u8> = Vec::new();
    loop {
        let part = vm.call_method(
            v,
            vm.names.read.value(),
            &[new_usize(super::DEFAULT_BUFFER_SIZE).value()],
        )?;
        if part.is_none() {
            if out.is_empty() {
                return Ok(part);
            }
            break;
        }
        let Some(b) = part.cast::<PyBytes>() else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if b.is_empty() {
            break;
        }
        out.extend_from_slice(b.as_slice());
    }
    Ok(PyBytes::new(&out))
}

fn readinto(vm: &Vm, a: &[Value], method: &str) -> PyResult<Owned> {
    let mut view = vm.buffer(a[1], true)?;
    let r = vm.call_method_str(a[0], method, &[new_usize(view.len).value()])?;
    let Some(b) = r.cast::<PyBytes>() else {
        return Err(vm.type_error(format!("{method}() should return bytes")));
    };
    let (b, room) = (b.as_slice(), view.len);
    match view.as_mut_slice().get_mut(..b.len()) {
        Some(to) => to.copy_from_slice(b),
        None => {
            return Err(vm.value_error(format!(
                "{method}() returned too much data: {room} bytes requested, {} returned",
                b.len()
            )));
        }
    }
    Ok(new_usize(b.len()))
}
