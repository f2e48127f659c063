//! The embedded library as the import system sees it: a path entry finder and a loader for the place where the library
//! would stand on disk, and the path hooks that lead there.

use super::{bootstrap, cache, load};
use crate::embedded as library;
use crate::sys::paths;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

py_class! {
    /// The loader of one embedded module.
    pub struct PyEmbeddedLoader as "EmbeddedLoader" { pub name: Owned, pub path: Owned }
}
py_class! {
    /// The finder for one folder of the embedded library.
    pub struct PyEmbeddedFinder as "EmbeddedFinder" { pub path: Owned }
}

/// Defines both classes.
pub fn define(vm: &Vm) {
    define_class::<PyEmbeddedLoader>(
        vm,
        ClassSpec {
            module: "_frozen_importlib_external",
            doc: Some("Loader of a module of the embedded standard library."),
            slots: |s| {
                s.new.set(Some(loader_new));
                s.compare.set(Some(|vm, a, b, op| {
                    let same = match (a.cast::<PyEmbeddedLoader>(), b.cast::<PyEmbeddedLoader>()) {
                        (Some(a), Some(b)) => {
                            vm.eq(a.name.value(), b.name.value())?
                                && vm.eq(a.path.value(), b.path.value())?
                        }
                        _ => return Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
                    };
                    Ok(match op {
                        Cmp::Eq => Owned::bool(same),
                        Cmp::Ne => Owned::bool(!same),
                        _ => Owned::immediate(Value::NOT_IMPLEMENTED),
                    })
                }));
                s.hash.set(Some(|vm, v| match v.cast::<PyEmbeddedLoader>() {
                    Some(l) => vm.hash(l.path.value()),
                    None => Ok(0),
                }));
            },
            methods: LOADER,
            getset: LOADER_GETSET,
            ..ClassSpec::new("EmbeddedLoader")
        },
    );
    define_class::<PyEmbeddedFinder>(
        vm,
        ClassSpec {
            module: "_frozen_importlib_external",
            doc: Some("Finder of modules of the embedded standard library."),
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|vm, v| {
                    let path = v
                        .cast::<PyEmbeddedFinder>()
                        .map_or(Owned::NONE, |f| f.path.clone());
                    let text = format!("EmbeddedFinder({})", vm.repr_text(path.value())?);
                    Ok(PyStr::from_str(&text))
                }))
            },
            methods: FINDER,
            getset: FINDER_GETSET,
            ..ClassSpec::new("EmbeddedFinder")
        },
    );
}

/// A loader for the module with this virtual file.
pub fn new_loader(_: &Vm, name: &str, file: &str) -> Owned {
    new_object(
        PyEmbeddedLoader::class(),
        PyEmbeddedLoader {
            name: PyStr::from_str(name),
            path: PyStr::from_str(file),
        },
    )
}

/// `__cached__` of a source file.
pub fn cached_name(file: &str) -> String {
    let (dir, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.strip_suffix(".py").unwrap_or(name);
    format!("{dir}/__pycache__/{stem}.{}.pyc", crate::sys::CACHE_TAG)
}

/// The path inside the library that a virtual path means, if it stands below the library's place.
pub fn relative_path(vm: &Vm, path: &str) -> Option<String> {
    let stdlib = paths::embedded_dir(vm)?;
    let rest = path.strip_prefix(stdlib.as_str())?;
    if rest.is_empty() {
        return Some(String::new());
    }
    rest.strip_prefix('/')
        .map(|r| r.trim_end_matches('/').to_string())
}

static LOADER: &[M] = &[
    M::new(
        "create_module",
        "(self, spec)",
        |_, _| Ok(Owned::NONE),
        "Use default semantics for module creation.",
    ),
    M::new(
        "exec_module",
        "(self, module)",
        exec_module,
        "Execute the module.",
    ),
    M::new(
        "get_code",
        "(self, fullname=None)",
        get_code,
        "Return the code object.",
    ),
    M::new(
        "get_source",
        "(self, fullname=None)",
        get_source,
        "Return the source text.",
    ),
    M::new(
        "get_data",
        "(self, path)",
        get_data,
        "Return the bytes of a file of the library.",
    ),
    M::new(
        "get_filename",
        "(self, fullname=None)",
        |vm, a| Ok(of(vm, a[0])?.path.clone()),
        "Return the path of the source file.",
    ),
    M::new(
        "is_package",
        "(self, fullname=None)",
        is_package,
        "Whether the module is a package.",
    ),
    M::new(
        "get_resource_reader",
        "(self, fullname)",
        resource_reader,
        "Return a reader of the package's resources.",
    ),
    M::new(
        "_list_dir",
        "(self, path, /)",
        list_dir,
        "The names in a folder of the library; None if it is no folder.",
    ),
    M::new(
        "path_stats",
        "(self, path)",
        path_stats,
        "Return the metadata for the path.",
    ),
    M::new(
        "source_to_code",
        "(self, data, path)",
        |vm, a| {
            let f = vm
                .builtins
                .value()
                .cast::<PyDict>()
                .and_then(|d| d.get_name("compile"))
                .unwrap_or(Owned::NONE);
            vm.call(f.value(), &[a[1], a[2], intern("exec").value()])
        },
        "Return the code object compiled from source.",
    ),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyEmbeddedLoader> {
    v.cast::<PyEmbeddedLoader>()
        .ok_or_else(|| vm.type_error("an EmbeddedLoader is required"))
}

fn loader_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(fullname, path)");
    let who = Callee {
        name: "EmbeddedLoader",
        qualified: &|| "EmbeddedLoader".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let loader = PyEmbeddedLoader {
            name: a[0].own(),
            path: a[1].own(),
        };
        Ok(new_object(class, loader))
    })
}

fn found(vm: &Vm, v: Value) -> PyResult<library::Module> {
    let loader = of(vm, v)?;
    let path = text_of(loader.path.value());
    let relative = relative_path(vm, &path);
    let data = relative.as_deref().and_then(library::find_file);
    match data {
        Some(file) => Ok(library::Module {
            file,
            is_package: path.ends_with("/__init__.py"),
        }),
        None => Err(vm.os_error(libc::ENOENT, Some(loader.path.value()), None)),
    }
}

fn exec_module(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    load::exec_embedded(vm, a[1], found(vm, a[0])?)?;
    Ok(Owned::NONE)
}
fn get_code(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    cache::embedded_code(vm, found(vm, a[0])?.file)
}
fn get_source(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let file = found(vm, a[0])?.file;
    let text = String::from_utf8_lossy(file.data);
    Ok(PyStr::from_str(&text.replace("\r\n", "\n")))
}
fn get_data(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let path = vm.fspath(a[1])?;
    let text = text_of(path.value());
    if let Some(data) = relative_path(vm, &text).as_deref().and_then(library::find) {
        return Ok(PyBytes::new(data));
    }
    match std::fs::read(&text) {
        Ok(data) => Ok(PyBytes::new(&data)),
        Err(e) => Err(vm.io_error(&e, Some(path.value()))),
    }
}
fn is_package(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(found(vm, a[0])?.is_package))
}
fn path_stats(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = PyDict::new();
    let path = text_of(a[1]);
    let Some(data) = relative_path(vm, &path).as_deref().and_then(library::find) else {
        return Err(vm.os_error(libc::ENOENT, Some(a[1]), None));
    };
    if let Some(d) = d.cast::<PyDict>() {
        d.set_name("mtime", new_int(0));
        d.set_name("size", new_usize(data.len()));
    }
    Ok(d)
}
fn list_dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let path = text_of(a[1]);
    let Some(folder) = relative_path(vm, &path).filter(|f| library::is_dir(f)) else {
        return Ok(Owned::NONE);
    };
    let names = library::list_dir(&folder).map(|e| PyStr::from_str(e.name));
    Ok(PyList::new(names.collect()))
}
fn resource_reader(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !found(vm, a[0])?.is_package {
        return Ok(Owned::NONE);
    }
    let class = vm.import_attr("_pyjit_resources", "EmbeddedReader")?;
    vm.call(class.value(), &[a[0]])
}

static FINDER: &[M] = &[
    M::new(
        "find_spec",
        "(self, fullname, target=None)",
        find_spec,
        "Find a spec for the module.",
    ),
    M::new(
        "invalidate_caches",
        "(self, /)",
        |_, _| Ok(Owned::NONE),
        "Nothing is cached.",
    ),
    M::new(
        "iter_modules",
        "(self, prefix='')",
        iter_modules,
        "Yield the name and kind of each module.",
    ),
];

fn folder_of(vm: &Vm, v: Value) -> String {
    v.cast::<PyEmbeddedFinder>()
        .and_then(|f| relative_path(vm, &text_of(f.path.value())))
        .unwrap_or_default()
}

fn find_spec(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = text_of(a[1]);
    let last = name.rsplit_once('.').map_or(name.as_str(), |(_, l)| l);
    let folder = folder_of(vm, a[0]);
    let base = if folder.is_empty() {
        last.to_string()
    } else {
        format!("{folder}/{last}")
    };
    let stdlib = paths::embedded_dir(vm).unwrap_or_default();
    for (path, package) in [
        (format!("{base}/__init__.py"), true),
        (format!("{base}.py"), false),
    ] {
        if library::find(&path).is_some() {
            let file = format!("{stdlib}/{path}");
            let loader = new_loader(vm, &name, &file);
            let spec = bootstrap::new_spec(vm, &name, &loader, &file, package)?;
            return Ok(spec.unwrap_or(Owned::NONE));
        }
    }
    Ok(Owned::NONE)
}

fn iter_modules(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let folder = folder_of(vm, a[0]);
    let prefix = a[1].non_null().map(text_of).unwrap_or_default();
    let mut out = Vec::new();
    for entry in library::list_dir(&folder) {
        let (name, package) = if entry.is_dir {
            let inner = if folder.is_empty() {
                format!("{}/__init__.py", entry.name)
            } else {
                format!("{folder}/{}/__init__.py", entry.name)
            };
            if library::find(&inner).is_none() {
                continue;
            }
            (entry.name, true)
        } else {
            match entry.name.strip_suffix(".py") {
                Some("__init__") | None => continue,
                Some(n) => (n, false),
            }
        };
        let name = PyStr::from_str(&format!("{prefix}{name}"));
        out.push(PyTuple::pair(name, Owned::bool(package)));
    }
    vm.iter(PyList::new(out).value())
}

static HOOK: M = M::function("embedded_path_hook", "(path, /)", path_hook, "");
static ZIP_HOOK: M = M::function("zip_path_hook", "(path, /)", zip_hook, "");

/// What stands in `sys.path_hooks` before the hook for folders.
pub fn path_hooks() -> Vec<Owned> {
    [&HOOK, &ZIP_HOOK]
        .map(|hook| PyBuiltin::function(hook, "_frozen_importlib_external"))
        .to_vec()
}

fn not_for(vm: &Vm, path: Value, msg: &str) -> Raised {
    let e = vm.error(vm.exc.ImportError, msg);
    if let Some(i) = e.value().cast::<pyjit_core::exception::PyImportError>() {
        i.path.set(path.own());
    }
    e
}

fn path_hook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(s) = a[0].cast::<PyStr>()
        && let Some(folder) = relative_path(vm, &s.to_lossy())
        && library::is_dir(&folder)
    {
        let finder = PyEmbeddedFinder { path: a[0].own() };
        return Ok(new_object(PyEmbeddedFinder::class(), finder));
    }
    Err(not_for(vm, a[0], "not a folder of the embedded library"))
}

fn zip_hook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let text = text_of(a[0]);
    // A path that leads to or through a file may be an archive; folders are quicker to rule out here.
    let mut at = Some(std::path::Path::new(&text));
    while let Some(p) = at {
        if p.is_file() {
            let class = vm.import_attr("zipimport", "zipimporter")?;
            return vm.call(class.value(), &[a[0]]);
        }
        if p.is_dir() || p.as_os_str().is_empty() {
            break;
        }
        at = p.parent();
    }
    Err(not_for(vm, a[0], "not a Zip file"))
}

static LOADER_GETSET: &[GetSetDef] = &[
    GetSetDef::read("name", |_, v| {
        Ok(v.cast::<PyEmbeddedLoader>()
            .map_or(Owned::NONE, |l| l.name.clone()))
    }),
    GetSetDef::read("path", |_, v| {
        Ok(v.cast::<PyEmbeddedLoader>()
            .map_or(Owned::NONE, |l| l.path.clone()))
    }),
];

static FINDER_GETSET: &[GetSetDef] = &[GetSetDef::read("path", |_, v| {
    Ok(v.cast::<PyEmbeddedFinder>()
        .map_or(Owned::NONE, |f| f.path.clone()))
})];
