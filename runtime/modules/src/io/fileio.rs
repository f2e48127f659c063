//! `FileIO`: an operating system file without a buffer.

use super::base::{PyIOBase, PyRawIOBase, size_arg};
use super::{closed_error, unsupported};
use crate::posix::{self, libc_call as sys};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// A raw file.
    pub struct PyFileIO as "FileIO", extends PyRawIOBase {
        pub base: PyRawIOBase,
        /// -1 when closed.
        pub fd: Cell<i32>,
        pub readable: Cell<bool>,
        pub writable: Cell<bool>,
        pub created: Cell<bool>,
        pub appending: Cell<bool>,
        pub closefd: Cell<bool>,
        /// Not known yet, no, yes.
        pub seekable: Cell<i8>,
        pub blksize: Cell<usize>,
    }
}

/// A file object that is not open yet.
fn blank(class: &'static TypeObject) -> Owned {
    new_object(
        class,
        PyFileIO {
            base: PyRawIOBase { base: PyIOBase {} },
            fd: Cell::new(-1),
            readable: Cell::new(false),
            writable: Cell::new(false),
            created: Cell::new(false),
            appending: Cell::new(false),
            closefd: Cell::new(true),
            seekable: Cell::new(-1),
            blksize: Cell::new(super::DEFAULT_BUFFER_SIZE),
        },
    )
}

/// A file over a descriptor that stays open when the object goes.
pub fn over_fd(fd: i32, writing: bool) -> Owned {
    let o = blank(PyFileIO::class());
    if let Some(f) = o.cast::<PyFileIO>() {
        f.fd.set(fd);
        f.readable.set(!writing);
        f.writable.set(writing);
        f.closefd.set(false);
    }
    o
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyFileIO>(
        vm,
        ClassSpec {
            module: "_io",
            base: Some(PyRawIOBase::class()),
            doc: Some("Open a file.\n\nThe mode can be 'r' (default), 'w', 'x' or 'a' for reading,\nwriting, exclusive creation or appending.  The file will be created if it\ndoesn't exist when opened for writing or appending; it will be truncated\nwhen opened for writing.  A FileExistsError will be raised if it already\nexists when opened for creating. Opening a file for creating implies\nwriting so this mode behaves in a similar way to 'w'.Add a '+' to the mode\nto allow simultaneous reading and writing. A custom opener can be used by\npassing a callable as *opener*. The underlying file descriptor for the file\nobject is then obtained by calling opener with (*name*, *flags*).\n*opener* must return an open file descriptor (passing os.open as *opener*\nresults in functionality similar to passing None)."),
            slots: |s| {
                s.new.set(Some(|_, class, _| Ok(blank(class))));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.del.set(Some(finalize));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("FileIO")
        },
    );
}

static METHODS: &[M] = &[
    M::new("read", "(self, size=-1, /)", read, "Read at most size bytes, returned as bytes.\n\nIf size is less than 0, read all bytes in the file making multiple read calls.\nSee ``FileIO.readall``."),
    M::new("readall", "(self, /)", |vm, a| readall(vm, of(vm, a[0])?), "Read all data from the file, returned as bytes."),
    M::new("readinto", "(self, buffer, /)", readinto, "Same as RawIOBase.readinto()."),
    M::new("write", "(self, b, /)", write, "Write buffer b to file, return number of bytes written."),
    M::new("seek", "(self, pos, whence=0, /)", seek, "Move to new file position and return the file position."),
    M::new("tell", "(self, /)", tell, "Current file position.\n\nCan raise OSError for non seekable files."),
    M::new("truncate", "(self, size=None, /)", truncate, "Truncate the file to at most size bytes and return the truncated size."),
    M::new("close", "(self, /)", close, "Close the file.\n\nA closed file cannot be used for further I/O operations.  close() may be\ncalled more than once without error."),
    M::new("seekable", "(self, /)", |vm, a| { let f = open_of(vm, a[0])?; Ok(Owned::bool(is_seekable(f))) }, "True if file supports random-access."),
    M::new("readable", "(self, /)", |vm, a| Ok(Owned::bool(open_of(vm, a[0])?.readable.get())), "True if file was opened in a read mode."),
    M::new("writable", "(self, /)", |vm, a| Ok(Owned::bool(open_of(vm, a[0])?.writable.get())), "True if file was opened in a write mode."),
    M::new("fileno", "(self, /)", |vm, a| Ok(new_int(i64::from(open_of(vm, a[0])?.fd.get()))), "Return the underlying file descriptor (an integer)."),
    M::new("isatty", "(self, /)", |vm, a| Ok(Owned::bool(sys::isatty(open_of(vm, a[0])?.fd.get()))), "True if the file is connected to a TTY device."),
    M::new("_isatty_open_only", "(self, /)", |vm, a| Ok(Owned::bool(sys::isatty(open_of(vm, a[0])?.fd.get()))), ""),
    M::new("_dealloc_warn", "(self, source, /)", |vm, a| { dealloc_warn(vm, of(vm, a[0])?, a[1])?; Ok(Owned::NONE) }, ""),
    M::new("__getstate__", "(self, /)", super::no_pickle, ""),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("closed", |vm, v| Ok(Owned::bool(of(vm, v)?.fd.get() < 0))).doc("True if the file is closed"),
    GetSetDef::read("closefd", |vm, v| Ok(Owned::bool(of(vm, v)?.closefd.get()))),
    GetSetDef::read("mode", |vm, v| Ok(PyStr::from_str(mode(of(vm, v)?)))),
    GetSetDef::write(
        "_blksize",
        |vm, v| Ok(new_usize(of(vm, v)?.blksize.get())),
        |vm, v, n| {
            of(vm, v)?.blksize.set(vm.to_size(n)?.max(1) as usize);
            Ok(())
        },
    ),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyFileIO> {
    v.cast::<PyFileIO>()
        .ok_or_else(|| vm.type_error("a FileIO object is required"))
}
fn open_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyFileIO> {
    let f = of(vm, v)?;
    if f.fd.get() < 0 {
        return Err(closed_error(vm));
    }
    Ok(f)
}
fn mode(f: &PyFileIO) -> &'static str {
    match (f.created.get(), f.appending.get(), f.readable.get(), f.writable.get()) {
        (true, _, true, _) => "xb+",
        (true, _, false, _) => "xb",
        (_, true, true, _) => "ab+",
        (_, true, false, _) => "ab",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    }
}

pub(super) const BAD_MODE: &str =
    "Must have exactly one of create/read/write/append mode and at most one plus";

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(file, mode='r', closefd=True, opener=None)");
    let who = Callee {
        name: "FileIO",
        qualified: &|| "FileIO".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let f = of(vm, v)?;
        if f.fd.get() >= 0 {
            close_fd(vm, f)?;
        }
        let mode = match a[1].non_null() {
            None => "r".to_string(),
            Some(m) => vm.expect_text(m, "FileIO() argument 'mode'")?,
        };
        let closefd = a[2].is_null() || vm.truthy(a[2])?;
        open_file(vm, v, f, a[0], &mode, closefd, a[3])
    })
}

fn open_file(
    vm: &Vm,
    v: Value,
    f: &PyFileIO,
    name: Value,
    mode: &str,
    closefd: bool,
    opener: Value,
) -> PyResult<()> {
    let (mut main, mut plus) = (None, false);
    for c in mode.chars() {
        match c {
            'r' | 'w' | 'x' | 'a' if main.is_none() => main = Some(c),
            '+' if !plus => plus = true,
            'b' => {}
            'r' | 'w' | 'x' | 'a' | '+' => return Err(vm.value_error(BAD_MODE)),
            _ => return Err(vm.value_error(format!("invalid mode: {mode}"))),
        }
    }
    let Some(main) = main else {
        return Err(vm.value_error(BAD_MODE));
    };
    f.readable.set(main == 'r' || plus);
    f.writable.set(main != 'r' || plus);
    f.created.set(main == 'x');
    f.appending.set(main == 'a');
    f.seekable.set(-1);
    let mut flags = libc::O_CLOEXEC
        | match (f.readable.get(), f.writable.get()) {
            (true, true) => libc::O_RDWR,
            (true, false) => libc::O_RDONLY,
            _ => libc::O_WRONLY,
        };
    flags |= match main {
        'w' => libc::O_CREAT | libc::O_TRUNC,
        'x' => libc::O_CREAT | libc::O_EXCL,
        'a' => libc::O_CREAT | libc::O_APPEND,
        _ => 0,
    };
    let number = name.as_int().is_some() && !name.is_bool();
    if name.is_bool() {
        vm.warn(vm.exc.RuntimeWarning, "bool is used as a file descriptor", 1)?;
    }
    let fd = if number || name.is_bool() {
        let fd = vm.to_i32(vm.index(name)?.value())?;
        if fd < 0 {
            return Err(vm.value_error("negative file descriptor"));
        }
        f.closefd.set(closefd);
        fd
    } else {
        if !closefd {
            return Err(vm.value_error("Cannot use closefd=False with file name"));
        }
        let path = posix::path_bytes(vm, name, "open", "path")?;
        f.closefd.set(true);
        if let Some(opener) = opener.given() {
            let r = vm.call(opener, &[name, new_int(i64::from(flags)).value()])?;
            if r.as_int().is_none() {
                return Err(vm.type_error("expected integer from opener"));
            }
            let fd = vm.to_i32(r.value())?;
            if fd < 0 {
                return Err(vm.value_error(format!("opener returned {fd}")));
            }
            sys::set_inheritable(fd, false).map_err(|e| vm.os_error(e, Some(name), None))?;
            fd
        } else {
            let path = posix::c_string(vm, path)?;
            posix::retry(vm, || sys::open(None, &path, flags, 0o666))?
                .map_err(|e| vm.os_error(e, Some(name), None))?
        }
    };
    f.fd.set(fd);
    let failed = |e: i32| {
        if !number && closefd {
            let _ = sys::close(fd);
        }
        f.fd.set(-1);
        vm.os_error(e, Some(name), None)
    };
    let st = match sys::fstat(fd) {
        Ok(st) => st,
        Err(libc::EBADF) => return Err(failed(libc::EBADF)),
        // Some special files cannot be looked at.
        Err(_) => {
            vm.setattr_str(v, "name", name)?;
            return Ok(());
        }
    };
    if st.st_mode & libc::S_IFMT == libc::S_IFDIR {
        return Err(failed(libc::EISDIR));
    }
    if st.st_blksize > 1 {
        f.blksize.set((st.st_blksize as usize).max(super::DEFAULT_BUFFER_SIZE));
    }
    vm.setattr_str(v, "name", name)?;
    if f.appending.get() {
        let _ = sys::lseek(fd, 0, libc::SEEK_END);
    }
    Ok(())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let f = of(vm, v)?;
    let kind = v.class().full_name(vm);
    if f.fd.get() < 0 {
        return Ok(PyStr::from_str(&format!("<{kind} [closed]>")));
    }
    let rest = format!(
        "mode='{}' closefd={}>",
        mode(f),
        if f.closefd.get() { "True" } else { "False" }
    );
    let text = match vm.getattr_opt_str(v, "name")? {
        None => format!("<{kind} fd={} {rest}", f.fd.get()),
        Some(name) => {
            let shown = vm.repr_guard(v, || vm.repr_text(name.value()))?;
            let Some(shown) = shown else {
                return Err(vm.runtime_error(format!(
                    "reentrant call inside {}.__repr__",
                    v.class().name_str()
                )));
            };
            format!("<{kind} name={shown} {rest}")
        }
    };
    Ok(PyStr::from_str(&text))
}

fn dealloc_warn(vm: &Vm, f: &PyFileIO, source: Value) -> PyResult<()> {
    if f.fd.get() >= 0 && f.closefd.get() {
        let text = format!("unclosed file {}", vm.repr_text(source)?);
        vm.warn(vm.exc.ResourceWarning, &text, 1)?;
    }
    Ok(())
}

fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    let f = of(vm, v)?;
    if f.fd.get() >= 0 && f.closefd.get()
        && let Err(e) = dealloc_warn(vm, f, v) {
            vm.write_unraisable(e, "Exception ignored in", Some(v));
        }
    super::base::finalize(vm, v)
}

fn close_fd(vm: &Vm, f: &PyFileIO) -> PyResult<()> {
    let fd = f.fd.replace(-1);
    if fd >= 0 && f.closefd.get() {
        match sys::close(fd) {
            Ok(_) | Err(libc::EINTR) => {}
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
    Ok(())
}
fn close(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = of(vm, a[0])?;
    let base = super::base::close(vm, a);
    if !f.closefd.get() {
        f.fd.set(-1);
        return base;
    }
    close_fd(vm, f)?;
    base
}

fn is_seekable(f: &PyFileIO) -> bool {
    if f.seekable.get() < 0 {
        let good = sys::lseek(f.fd.get(), 0, libc::SEEK_CUR).is_ok();
        f.seekable.set(i8::from(good));
    }
    f.seekable.get() > 0
}

/// Reads into memory; `None` if a non-blocking file has nothing.
pub fn read_into(vm: &Vm, f: &PyFileIO, buf: &mut [u8]) -> PyResult<Option<usize>> {
    if f.fd.get() < 0 {
        return Err(closed_error(vm));
    }
    if !f.readable.get() {
        return Err(unsupported(vm, "File not open for reading"));
    }
    match posix::retry(vm, || sys::read(f.fd.get(), buf))? {
        Ok(n) => Ok(Some(n)),
        Err(libc::EAGAIN) => Ok(None),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}

/// Writes once; `None` if a non-blocking file takes nothing.
pub fn write_from(vm: &Vm, f: &PyFileIO, bytes: &[u8]) -> PyResult<Option<usize>> {
    if f.fd.get() < 0 {
        return Err(closed_error(vm));
    }
    if !f.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    match posix::retry(vm, || sys::write(f.fd.get(), bytes))? {
        Ok(n) => Ok(Some(n)),
        Err(libc::EAGAIN) => Ok(None),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}

/// Everything up to the end; `None` if a non-blocking file has nothing at all.
pub fn read_to_end(vm: &Vm, f: &PyFileIO) -> PyResult<Option<Vec<u8>>> {
    if f.fd.get() < 0 {
        return Err(closed_error(vm));
    }
    let mut out: Vec<u8> = Vec::new();
    let size = sys::fstat(f.fd.get()).map_or(0, |st| st.st_size.max(0));
    let at = sys::lseek(f.fd.get(), 0, libc::SEEK_CUR).unwrap_or(0);
    let expected = (size - at).clamp(0, 1 << 40) as usize;
    let mut chunk = if expected > 0 { expected + 1 } else { super::DEFAULT_BUFFER_SIZE };
    loop {
        let len = out.len();
        if out.try_reserve(chunk).is_err() {
            return Err(vm.memory_error());
        }
        out.resize(len + chunk, 0);
        let got = read_into(vm, f, &mut out[len..]);
        match got {
            Ok(Some(0)) => {
                out.truncate(len);
                return Ok(Some(out));
            }
            Ok(Some(n)) => out.truncate(len + n),
            Ok(None) => {
                out.truncate(len);
                return Ok((len > 0).then_some(out));
            }
            Err(e) => return Err(e),
        }
        chunk = if out.len() < expected {
            expected + 1 - out.len()
        } else {
            out.len().clamp(super::DEFAULT_BUFFER_SIZE, 1 << 24)
        };
    }
}

fn readall(vm: &Vm, f: &PyFileIO) -> PyResult<Owned> {
    if f.fd.get() >= 0 && !f.readable.get() {
        return Err(unsupported(vm, "File not open for reading"));
    }
    Ok(match read_to_end(vm, f)? {
        Some(b) => PyBytes::new(&b),
        None => Owned::NONE,
    })
}

fn read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = open_of(vm, a[0])?;
    if !f.readable.get() {
        return Err(unsupported(vm, "File not open for reading"));
    }
    let n = size_arg(vm, a[1])?;
    if n < 0 {
        return readall(vm, f);
    }
    let Some(mut buf) = super::zeros(n as usize) else {
        return Err(vm.memory_error());
    };
    Ok(match read_into(vm, f, &mut buf)? {
        Some(n) => PyBytes::new(buf.get(..n).unwrap_or(&buf)),
        None => Owned::NONE,
    })
}

fn readinto(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = open_of(vm, a[0])?;
    if !f.readable.get() {
        return Err(unsupported(vm, "File not open for reading"));
    }
    let mut view = vm.buffer(a[1], true)?;
    Ok(read_into(vm, f, view.as_mut_slice())?.map_or(Owned::NONE, new_usize))
}

fn write(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = open_of(vm, a[0])?;
    if !f.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let view = vm.buffer(a[1], false)?;
    Ok(write_from(vm, f, view.as_slice())?.map_or(Owned::NONE, new_usize))
}

/// Moves the position; the new one.
pub fn seek_to(vm: &Vm, f: &PyFileIO, offset: i64, whence: i32) -> PyResult<i64> {
    if f.fd.get() < 0 {
        return Err(closed_error(vm));
    }
    match sys::lseek(f.fd.get(), offset, whence) {
        Ok(n) => {
            f.seekable.set(1);
            Ok(n)
        }
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn seek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = open_of(vm, a[0])?;
    if a[1].as_float().is_some() {
        return Err(vm.type_error("an integer is required"));
    }
    let whence = if a[2].is_null() { 0 } else { vm.to_i32(a[2])? };
    seek_to(vm, f, vm.to_i64(a[1])?, whence).map(new_int)
}
fn tell(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    seek_to(vm, open_of(vm, a[0])?, 0, libc::SEEK_CUR).map(new_int)
}
fn truncate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = open_of(vm, a[0])?;
    if !f.writable.get() {
        return Err(unsupported(vm, "File not open for writing"));
    }
    let size = match a[1].given() {
        Some(n) => vm.to_i64(n)?,
        None => seek_to(vm, f, 0, libc::SEEK_CUR)?,
    };
    posix::retry(vm, || sys::ftruncate(f.fd.get(), size))?
        .map_err(|e| vm.os_error(e, None, None))?;
    Ok(new_int(size))
}
