//! `BufferedReader`, `BufferedWriter` and `BufferedRandom`: the class definitions and the methods that all three share. One
//! payload, [`PyBuffered`], serves them; reading is in `buffered_read.rs`, writing in `buffered_write.rs`.

use super::base::{PyBufferedIOBase, PyIOBase};
use super::buffered_read as read;
use super::buffered_write as write;
use super::fileio::{self, PyFileIO};
use super::unsupported;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// What a buffered file is made of.
    pub struct PyBuffered as "_Buffered", extends PyBufferedIOBase {
        pub base: PyBufferedIOBase,
        /// NULL before `__init__` and after `detach`.
        pub raw: MutCell<Owned>,
        pub detached: Cell<bool>,
        pub readable: Cell<bool>,
        pub writable: Cell<bool>,
        pub size: Cell<usize>,
        /// Bytes read ahead, and how many of them have been used.
        pub ahead: MutCell<NoTrace<Vec<u8>>>,
        pub used: Cell<usize>,
        /// Bytes not written yet.
        pub pending: MutCell<NoTrace<Vec<u8>>>,
        /// The thread whose operation is under way, or 0: files are not reentrant.
        pub busy: Cell<u64>,
        pub finalizing: Cell<bool>,
    }
}
py_class! { /// `BufferedReader`.
pub struct PyBufferedReader as "BufferedReader", extends PyBuffered { pub base: PyBuffered } }
py_class! { /// `BufferedWriter`.
pub struct PyBufferedWriter as "BufferedWriter", extends PyBuffered { pub base: PyBuffered } }
py_class! { /// `BufferedRandom`.
pub struct PyBufferedRandom as "BufferedRandom", extends PyBuffered { pub base: PyBuffered } }

fn blank() -> PyBuffered {
    PyBuffered {
        base: PyBufferedIOBase { base: PyIOBase {} },
        raw: MutCell::default(),
        detached: Cell::new(false),
        readable: Cell::new(false),
        writable: Cell::new(false),
        size: Cell::new(super::DEFAULT_BUFFER_SIZE),
        ahead: MutCell::default(),
        used: Cell::new(0),
        pending: MutCell::default(),
        busy: Cell::new(0),
        finalizing: Cell::new(false),
    }
}

/// Defines the three classes.
pub fn define(vm: &Vm) {
    let spec = |name, doc, methods| ClassSpec {
        module: "_io",
        base: Some(PyBufferedIOBase::class()),
        doc: Some(doc),
        methods,
        getset: GETSET,
        ..ClassSpec::new(name)
    };
    define_class::<PyBufferedReader>(
        vm,
        ClassSpec {
            slots: |s| {
                s.new.set(Some(|_, c, _| {
                    Ok(new_object(c, PyBufferedReader { base: blank() }))
                }));
                s.init.set(Some(init_reader));
                s.repr.set(Some(repr));
                s.del.set(Some(finalize));
                s.next.set(Some(read::next));
            },
            ..spec("BufferedReader", "Create a new buffered reader using the given readable raw IO object.", READER)
        },
    );
    define_class::<PyBufferedWriter>(
        vm,
        ClassSpec {
            slots: |s| {
                s.new.set(Some(|_, c, _| {
                    Ok(new_object(c, PyBufferedWriter { base: blank() }))
                }));
                s.init.set(Some(init_writer));
                s.repr.set(Some(repr));
                s.del.set(Some(finalize));
            },
            ..spec("BufferedWriter", "A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter for the given writeable raw\nstream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE.", WRITER)
        },
    );
    define_class::<PyBufferedRandom>(
        vm,
        ClassSpec {
            slots: |s| {
                s.new.set(Some(|_, c, _| {
                    Ok(new_object(c, PyBufferedRandom { base: blank() }))
                }));
                s.init.set(Some(init_random));
                s.repr.set(Some(repr));
                s.del.set(Some(finalize));
                s.next.set(Some(read::next));
            },
            ..spec("BufferedRandom", "A buffered interface to random access streams.\n\nThe constructor creates a reader and writer for a seekable stream,\nraw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE.", RANDOM)
        },
    );
}

macro_rules! methods {
    ($($more:expr),* $(,)?) => {
        &[
            M::new("detach", "(self, /)", detach, "Disconnect this buffer from its underlying raw stream and return it.\n\nAfter the raw stream has been detached, the buffer is in an unusable\nstate."),
            M::new("close", "(self, /)", close, ""),
            M::new("flush", "(self, /)", flush, ""),
            M::new("seekable", "(self, /)", |vm, a| forward(vm, a[0], "seekable"), ""),
            M::new("fileno", "(self, /)", |vm, a| forward(vm, a[0], "fileno"), ""),
            M::new("isatty", "(self, /)", |vm, a| forward(vm, a[0], "isatty"), ""),
            M::new("_dealloc_warn", "(self, source, /)", dealloc_warn, ""),
            M::new("tell", "(self, /)", tell, ""),
            M::new("seek", "(self, target, whence=0, /)", seek, ""),
            M::new("truncate", "(self, pos=None, /)", truncate, ""),
            M::new("__getstate__", "(self, /)", super::no_pickle, ""),
            M::new("__sizeof__", "(self, /)", |vm, a| Ok(new_usize(of(vm, a[0])?.size.get() + 120)), ""),
            $($more),*
        ]
    };
}
static READER: &[M] = methods![
    M::new("read", "(self, size=-1, /)", read::read, ""),
    M::new("read1", "(self, size=-1, /)", read::read1, ""),
    M::new("peek", "(self, size=0, /)", read::peek, ""),
    M::new("readinto", "(self, buffer, /)", read::readinto, ""),
    M::new("readinto1", "(self, buffer, /)", read::readinto1, ""),
    M::new("readline", "(self, size=-1, /)", read::readline, ""),
    M::new("readable", "(self, /)", |vm, a| forward(vm, a[0], "readable"), ""),
];
static WRITER: &[M] = methods![
    M::new("write", "(self, buffer, /)", write::write, "Write buffer b to the IO stream."),
    M::new("writable", "(self, /)", |vm, a| forward(vm, a[0], "writable"), ""),
];
static RANDOM: &[M] = methods![
    M::new("read", "(self, size=-1, /)", read::read, ""),
    M::new("read1", "(self, size=-1, /)", read::read1, ""),
    M::new("peek", "(self, size=0, /)", read::peek, ""),
    M::new("readinto", "(self, buffer, /)", read::readinto, ""),
    M::new("readinto1", "(self, buffer, /)", read::readinto1, ""),
    M::new("readline", "(self, size=-1, /)", read::readline, ""),
    M::new("write", "(self, buffer, /)", write::write, ""),
    M::new("readable", "(self, /)", |vm, a| forward(vm, a[0], "readable"), ""),
    M::new("writable", "(self, /)", |vm, a| forward(vm, a[0], "writable"), ""),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("closed", |vm, v| {
        let b = of(vm, v)?;
        raw_of(vm, b)?;
        Ok(Owned::bool(is_closed(vm, b)?))
    }),
    GetSetDef::read("name", |vm, v| {
        let raw = raw_of(vm, of(vm, v)?)?;
        vm.getattr_str(raw.value(), "name")
    }),
    GetSetDef::read("mode", |vm, v| {
        let raw = raw_of(vm, of(vm, v)?)?;
        vm.getattr_str(raw.value(), "mode")
    }),
    GetSetDef::read("raw", |vm, v| {
        let b = of(vm, v)?;
        match b.raw.value().non_null() {
            Some(r) => Ok(r.own()),
            None => Err(vm.attribute_error(v, intern("raw").value(), "raw".into())),
        }
    }),
    GetSetDef::write(
        "_finalizing",
        |vm, v| Ok(Owned::bool(of(vm, v)?.finalizing.get())),
        |vm, v, x| {
            of(vm, v)?.finalizing.set(vm.truthy(x)?);
            Ok(())
        },
    ),
];

/// The payload, whichever of the classes it is.
pub fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyBuffered> {
    v.cast::<PyBuffered>()
        .ok_or_else(|| vm.type_error("a buffered file is required"))
}

/// The raw file; ValueError if there is none.
pub fn raw_of(vm: &Vm, b: &PyBuffered) -> PyResult<Owned> {
    match b.raw.value().non_null() {
        Some(r) => Ok(r.own()),
        None if b.detached.get() => Err(vm.value_error("raw stream has been detached")),
        None => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

fn is_closed(vm: &Vm, b: &PyBuffered) -> PyResult<bool> {
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return Ok(f.fd.get() < 0);
    }
    super::base::is_closed(vm, raw.value())
}

/// The payload of an open file; the message is what a closed one raises.
pub fn open_of<'a>(vm: &Vm, v: Value, msg: &str) -> PyResult<&'a PyBuffered> {
    let b = of(vm, v)?;
    if is_closed(vm, b)? {
        return Err(vm.value_error(msg));
    }
    Ok(b)
}

/// Marks an operation as under way for as long as it lives.
pub struct Busy<'a>(&'a PyBuffered);
impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.set(0);
    }
}
/// Begins an operation, after those of other threads; RuntimeError if one is under way in this thread.
pub fn enter<'a>(vm: &Vm, b: &'a PyBuffered) -> PyResult<Busy<'a>> {
    const NAP: std::time::Duration = std::time::Duration::from_micros(200);
    use pyjit_core::thread::{current_ident, generation};
    // Addresses take 48 bits. What a thread of the parent process began will never end in a child.
    let era = generation() << 48;
    let me = current_ident() | era;
    while b.busy.get() != 0 && b.busy.get() != me && b.busy.get() >> 48 == era >> 48 {
        vm.release_gil(|| std::thread::sleep(NAP));
        vm.check_pending()?;
    }
    if b.busy.replace(me) == me {
        let shown = vm.repr_text(b.as_value()).unwrap_or_default();
        return Err(vm.runtime_error(format!("reentrant call inside {shown}")));
    }
    Ok(Busy(b))
}

fn forward(vm: &Vm, v: Value, method: &str) -> PyResult<Owned> {
    let raw = raw_of(vm, of(vm, v)?)?;
    vm.call_method_str(raw.value(), method, &[])
}

fn init(vm: &Vm, v: Value, args: Args<'_>, readable: bool, writable: bool) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(raw, buffer_size=131072)");
    let name = v.class().name_str();
    let who = Callee {
        name: &name,
        qualified: &|| name.clone(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let b = of(vm, v)?;
        b.raw.set(Owned::NULL);
        b.detached.set(false);
        if readable && writable && !vm.truthy(vm.call_method_str(a[0], "seekable", &[])?.value())? {
            return Err(unsupported(vm, "File or stream is not seekable."));
        }
        if readable && !vm.truthy(vm.call_method_str(a[0], "readable", &[])?.value())? {
            return Err(unsupported(vm, "File or stream is not readable."));
        }
        if writable && !vm.truthy(vm.call_method_str(a[0], "writable", &[])?.value())? {
            return Err(unsupported(vm, "File or stream is not writable."));
        }
        let size = match a[1].non_null() {
            None => super::DEFAULT_BUFFER_SIZE as isize,
            Some(n) => vm.to_size(n)?,
        };
        if size <= 0 {
            return Err(vm.value_error("buffer size must be strictly positive"));
        }
        setup(b, a[0].own(), size as usize, readable, writable);
        Ok(())
    })
}

fn setup(b: &PyBuffered, raw: Owned, size: usize, readable: bool, writable: bool) {
    b.readable.set(readable);
    b.writable.set(writable);
    b.size.set(size);
    b.ahead.set(NoTrace::default());
    b.used.set(0);
    b.pending.set(NoTrace::default());
    b.raw.set(raw);
}
fn init_reader(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    init(vm, v, args, true, false)
}
fn init_writer(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    init(vm, v, args, false, true)
}
fn init_random(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    init(vm, v, args, true, true)
}

/// A reader or writer over a raw file that is known to be fit.
pub fn over(raw: Owned, size: usize, reading: bool, writing: bool) -> Owned {
    let o = match (reading, writing) {
        (true, true) => new_object(PyBufferedRandom::class(), PyBufferedRandom { base: blank() }),
        (true, false) => new_object(PyBufferedReader::class(), PyBufferedReader { base: blank() }),
        _ => new_object(PyBufferedWriter::class(), PyBufferedWriter { base: blank() }),
    };
    if let Some(b) = o.cast::<PyBuffered>() {
        setup(b, raw, size, reading, writing);
    }
    o
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let kind = v.class().full_name(vm);
    let name = match vm.getattr_opt_str(v, "name") {
        Ok(n) => n,
        Err(e) if e.is_instance(vm.exc.ValueError) => None,
        Err(e) => return Err(e),
    };
    let text = match name {
        None => format!("<{kind}>"),
        Some(n) => match vm.repr_guard(v, || vm.repr_text(n.value()))? {
            Some(shown) => format!("<{kind} name={shown}>"),
            None => {
                return Err(vm.runtime_error(format!(
                    "reentrant call inside {}.__repr__",
                    v.class().name_str()
                )));
            }
        },
    };
    Ok(PyStr::from_str(&text))
}

fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    let Ok(b) = of(vm, v) else { return Ok(()) };
    if b.raw.value().is_null() {
        return Ok(());
    }
    b.finalizing.set(true);
    super::base::finalize(vm, v)
}

fn dealloc_warn(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = of(vm, a[0])?;
    if let Some(raw) = b.raw.value().non_null() {
        let raw = raw.own();
        if vm.call_method_str(raw.value(), "_dealloc_warn", &[a[1]]).is_err() {
            return Ok(Owned::NONE);
        }
    }
    Ok(Owned::NONE)
}

fn detach(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = of(vm, a[0])?;
    let raw = raw_of(vm, b)?;
    vm.call_method(a[0], vm.names.flush.value(), &[])?;
    b.raw.set(Owned::NULL);
    b.detached.set(true);
    Ok(raw)
}

fn close(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = of(vm, a[0])?;
    let raw = raw_of(vm, b)?;
    if is_closed(vm, b)? {
        return Ok(Owned::NONE);
    }
    if b.finalizing.get() && raw.isa::<PyFileIO>() {
        let _ = vm.call_method_str(raw.value(), "_dealloc_warn", &[a[0]]);
    }
    let flushed = vm.call_method(a[0], vm.names.flush.value(), &[]);
    let closed = vm.call_method(raw.value(), vm.names.close.value(), &[]);
    b.ahead.set(NoTrace::default());
    b.used.set(0);
    b.pending.set(NoTrace::default());
    match (flushed, closed) {
        (Err(first), Err(second)) => {
            vm.set_context(second.value(), first.value());
            Err(second)
        }
        (Err(e), Ok(_)) => Err(e),
        (Ok(_), r) => r,
    }
}

fn flush(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0], "flush of closed file")?;
    let _busy = enter(vm, b)?;
    flush_and_rewind(vm, b)?;
    Ok(Owned::NONE)
}

/// Writes what is pending and moves the raw file back over what was read ahead.
pub fn flush_and_rewind(vm: &Vm, b: &PyBuffered) -> PyResult<()> {
    write::flush_pending(vm, b)?;
    if b.readable.get() && b.writable.get() {
        write::drop_ahead(vm, b)?;
    }
    Ok(())
}

/// Moves the raw file's position.
pub fn raw_seek(vm: &Vm, b: &PyBuffered, offset: i64, whence: i32) -> PyResult<i64> {
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return fileio::seek_to(vm, f, offset, whence);
    }
    let args = [new_int(offset), new_int(i64::from(whence))];
    let r = vm.call_method_str(raw.value(), "seek", &[args[0].value(), args[1].value()])?;
    position(vm, &r, "seek")
}
fn raw_tell(vm: &Vm, b: &PyBuffered) -> PyResult<i64> {
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return fileio::seek_to(vm, f, 0, libc::SEEK_CUR);
    }
    let r = vm.call_method_str(raw.value(), "tell", &[])?;
    position(vm, &r, "tell")
}
fn position(vm: &Vm, r: &Owned, what: &str) -> PyResult<i64> {
    let n = vm.to_i64(r.value())?;
    if n < 0 {
        return Err(vm.error(
            vm.exc.OSError,
            format!("Raw stream returned invalid position {n} from {what}()"),
        ));
    }
    Ok(n)
}

/// Bytes read ahead and not used yet.
pub fn unread(b: &PyBuffered) -> usize {
    b.ahead.get().0.len().saturating_sub(b.used.get())
}

fn tell(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = of(vm, a[0])?;
    raw_of(vm, b)?;
    let n = raw_tell(vm, b)?;
    let n = n - unread(b) as i64 + b.pending.get().0.len() as i64;
    Ok(new_int(n.max(0)))
}

fn seek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let whence = if a[2].is_null() { 0 } else { vm.to_i32(a[2])? };
    if !matches!(whence, 0..=4) {
        return Err(vm.value_error(format!("whence value {whence} unsupported")));
    }
    let b = open_of(vm, a[0], "seek of closed file")?;
    let raw = raw_of(vm, b)?;
    if !vm.truthy(vm.call_method_str(raw.value(), "seekable", &[])?.value())? {
        return Err(unsupported(vm, "File or stream is not seekable."));
    }
    let target = vm.to_i64(a[1])?;
    let _busy = enter(vm, b)?;
    // Short moves stay inside what was read ahead.
    if b.readable.get() && b.pending.get().0.is_empty() && matches!(whence, 0 | 1) && unread(b) > 0 {
        let raw_at = raw_tell(vm, b)?;
        let start = raw_at - b.ahead.get().0.len() as i64;
        let here = start + b.used.get() as i64;
        let wanted = if whence == 0 { target } else { here.saturating_add(target) };
        if start >= 0 && wanted >= start && wanted <= raw_at {
            b.used.set((wanted - start) as usize);
            return Ok(new_int(wanted));
        }
    }
    write::flush_pending(vm, b)?;
    let target = if whence == 1 {
        target.saturating_sub(unread(b) as i64)
    } else {
        target
    };
    let n = raw_seek(vm, b, target, whence)?;
    b.ahead.get_mut().0.clear();
    b.used.set(0);
    Ok(new_int(n))
}

fn truncate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0], "truncate of closed file")?;
    if !b.writable.get() {
        return Err(unsupported(vm, "truncate"));
    }
    let raw = raw_of(vm, b)?;
    {
        let _busy = enter(vm, b)?;
        flush_and_rewind(vm, b)?;
    }
    let pos = a[1].non_null().unwrap_or(Value::NONE);
    vm.call_method_str(raw.value(), "truncate", &[pos])
}
