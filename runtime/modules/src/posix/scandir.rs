//! `scandir` and `DirEntry`.

use super::args::path_or_fd;
use super::files::open_dir;
use super::libc_call as sys;
use super::{c_string, stat};
use crate::sys::paths::fs_text;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// One entry of a folder.
    pub struct PyDirEntry as "DirEntry" {
        pub name: Owned,
        pub path: Owned,
        /// Name as bytes, for calls relative to `dir`.
        pub raw: NoTrace<Vec<u8>>,
        pub raw_path: NoTrace<Vec<u8>>,
        pub kind: u8,
        pub inode: u64,
        /// Descriptor of the folder, if `scandir` was given one.
        pub dir: Option<DirFd>,
        pub stat: MutCell<Owned>,
        pub lstat: MutCell<Owned>,
    }
}
py_class! {
    /// The iterator that `scandir` returns.
    pub struct PyScandir as "ScandirIterator" { pub entries: MutCell<Vec<Owned>>, pub at: Cell<usize> }
}

/// A descriptor as a traceable field.
pub struct DirFd(pub i32);
impl pyjit_core::object::Trace for DirFd {
    fn trace(&self, _: pyjit_core::object::Tracer<'_>) {}
}

pub(super) static FUNCTIONS: &[M] = &[M::function("scandir", "(path=None)", scandir, "Return an iterator of DirEntry objects for given path.")];

/// Defines both classes.
pub fn define(vm: &Vm) {
    define_class::<PyDirEntry>(
        vm,
        ClassSpec {
            module: "posix",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|vm, v| {
                    let e = of(vm, v)?;
                    Ok(PyStr::from_str(&format!("<DirEntry {}>", vm.repr_text(e.name.value())?)))
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("DirEntry")
        },
    );
    define_class::<PyScandir>(
        vm,
        ClassSpec {
            module: "posix",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|_, v| {
                    let Some(it) = v.cast::<PyScandir>() else {
                        return Ok(Owned::NULL);
                    };
                    let i = it.at.get();
                    match it.entries.get().get(i).cloned() {
                        Some(e) => {
                            it.at.set(i + 1);
                            Ok(e)
                        }
                        None => Ok(Owned::NULL),
                    }
                }));
            },
            methods: ITERATOR,
            ..ClassSpec::new("ScandirIterator")
        },
    );
}

static METHODS: &[M] = &[
    M::new("is_dir", "(self, /, *, follow_symlinks=True)", |vm, a| test(vm, a, libc::S_IFDIR), "Return True if the entry is a directory; cached per entry."),
    M::new("is_file", "(self, /, *, follow_symlinks=True)", |vm, a| test(vm, a, libc::S_IFREG), "Return True if the entry is a file; cached per entry."),
    M::new("is_symlink", "(self, /)", |vm, a| {
        let e = of(vm, a[0])?;
        if e.kind != libc::DT_UNKNOWN {
            return Ok(Owned::bool(e.kind == libc::DT_LNK));
        }
        Ok(Owned::bool(mode(vm, e, false)? == Some(libc::S_IFLNK)))
    }, "Return True if the entry is a symbolic link; cached per entry."),
    M::new("is_junction", "(self, /)", |_, _| Ok(Owned::bool(false)), "Return True if the entry is a junction; cached per entry."),
    M::new("stat", "(self, /, *, follow_symlinks=True)", |vm, a| {
        let follow = super::args::flag(vm, a[1], true)?;
        entry_stat(vm, of(vm, a[0])?, follow)
    }, "Return stat_result object for the entry; cached per entry."),
    M::new("inode", "(self, /)", |vm, a| Ok(new_u64(of(vm, a[0])?.inode)), "Return inode of the entry; cached per entry."),
    M::new("__fspath__", "(self, /)", |vm, a| Ok(of(vm, a[0])?.path.clone()), "Returns the path for the entry."),
    M::class("__class_getitem__", "(type, object, /)", |vm, a| {
        let make = vm.import_attr("types", "GenericAlias")?;
        vm.call(make.value(), &[a[0], a[1]])
    }, "See PEP 585"),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::read("name", |vm, v| Ok(of(vm, v)?.name.clone())),
    GetSetDef::read("path", |vm, v| Ok(of(vm, v)?.path.clone())),
];
static ITERATOR: &[M] = &[
    M::new("__enter__", "(self, /)", |_, a| Ok(a[0].own()), ""),
    M::new("__exit__", "(self, /, *args)", close, ""),
    M::new("close", "(self, /)", close, ""),
];

fn close(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(it) = a[0].cast::<PyScandir>() {
        it.entries.set(Vec::new());
    }
    Ok(Owned::NONE)
}
fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyDirEntry> {
    v.cast::<PyDirEntry>()
        .ok_or_else(|| vm.type_error("a DirEntry is required"))
}

fn raw_stat(vm: &Vm, e: &PyDirEntry, follow: bool) -> PyResult<Result<libc::stat, i32>> {
    let (dir, path) = match &e.dir {
        Some(d) => (Some(d.0), &e.raw.0),
        None => (None, &e.raw_path.0),
    };
    let path = c_string(vm, path.clone())?;
    Ok(sys::stat(dir, &path, follow))
}

fn entry_stat(vm: &Vm, e: &PyDirEntry, follow: bool) -> PyResult<Owned> {
    let link = e.kind == libc::DT_LNK || e.kind == libc::DT_UNKNOWN;
    let place = if follow && link { &e.stat } else { &e.lstat };
    if let Some(st) = place.value().non_null() {
        return Ok(st.own());
    }
    match raw_stat(vm, e, follow && link)? {
        Ok(st) => {
            let st = stat::result(vm, &st);
            place.set(st.clone());
            Ok(st)
        }
        Err(n) => Err(vm.os_error(n, Some(e.path.value()), None)),
    }
}

/// The file type; `None` if the entry is gone or a broken link.
fn mode(vm: &Vm, e: &PyDirEntry, follow: bool) -> PyResult<Option<u32>> {
    match raw_stat(vm, e, follow)? {
        Ok(st) => Ok(Some(st.st_mode & libc::S_IFMT)),
        Err(libc::ENOENT) => Ok(None),
        Err(n) => Err(vm.os_error(n, Some(e.path.value()), None)),
    }
}

fn test(vm: &Vm, a: &[Value], wanted: u32) -> PyResult<Owned> {
    let e = of(vm, a[0])?;
    let follow = super::args::flag(vm, a[1], true)?;
    let look = e.kind == libc::DT_UNKNOWN || e.kind == libc::DT_LNK && follow;
    let found = if look {
        mode(vm, e, follow)?
    } else {
        Some(u32::from(e.kind) << 12)
    };
    Ok(Owned::bool(found == Some(wanted)))
}

fn scandir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let dot = PyStr::from_str(".");
    let given = a[0].given().unwrap_or(dot.value());
    let p = path_or_fd(vm, given, "scandir")?;
    let prefix = p.path.as_bytes().to_vec();
    let mut entries = Vec::new();
    for (raw, kind, inode) in open_dir(vm, &p)? {
        let mut raw_path = Vec::new();
        if p.fd.is_none() {
            raw_path.extend_from_slice(&prefix);
            if raw_path.last() != Some(&b'/') {
                raw_path.push(b'/');
            }
        }
        raw_path.extend_from_slice(&raw);
        let entry = PyDirEntry {
            name: p.name(&raw),
            path: if p.bytes { PyBytes::new(&raw_path) } else { fs_text(&raw_path) },
            raw: NoTrace(raw),
            raw_path: NoTrace(raw_path),
            kind,
            inode,
            dir: p.fd.map(DirFd),
            stat: MutCell::default(),
            lstat: MutCell::default(),
        };
        entries.push(new_object(PyDirEntry::class(), entry));
    }
    let it = PyScandir {
        entries: MutCell::new(entries),
        at: Cell::new(0),
    };
    Ok(new_object(PyScandir::class(), it))
}
