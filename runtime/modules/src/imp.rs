//! `_imp`: what `importlib` asks the runtime about native and frozen modules. Used by `importlib._bootstrap` and
//! `importlib._bootstrap_external`.

use crate::NativeModule;
use crate::import::{cache, init_native};
use pyjit_core::prelude::*;
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, Ordering};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_imp", FUNCTIONS)
    .doc("(Extremely) low-level import machinery bits as used by importlib.")
    .init(|_, m| {
        m.dict()
            .set_name("check_hash_based_pycs", PyStr::from_str("default"));
        m.dict()
            .set_name("pyc_magic_number_token", new_int(PYC_MAGIC));
        Ok(())
    });

/// `b'\x7f\x50\r\n'` as a little-endian number: ours, not CPython's, because the constants' encoding may differ.
pub const PYC_MAGIC: i64 = 0x0a0d_507f;

/// A module that exists without a file.
struct Frozen {
    name: &'static str,
    /// The embedded source that it is made from.
    path: &'static str,
    is_package: bool,
    /// The library module it is a copy of.
    original: Option<&'static str>,
}

const fn frozen(
    name: &'static str,
    path: &'static str,
    is_package: bool,
    original: Option<&'static str>,
) -> Frozen {
    Frozen {
        name,
        path,
        is_package,
        original,
    }
}

const HELLO: &str = "__hello__.py";
const PHELLO: &str = "__phello__/__init__.py";

/// What the interpreter itself needs, then the samples by which frozen modules can be tried.
static FROZEN: &[Frozen] = &[
    frozen("_frozen_importlib", "importlib/_bootstrap.py", false, Some("importlib._bootstrap")),
    frozen("_frozen_importlib_external", "importlib/_bootstrap_external.py", false, Some("importlib._bootstrap_external")),
    frozen("zipimport", "zipimport.py", false, Some("zipimport")),
    frozen("__hello__", HELLO, false, Some("__hello__")),
    frozen("__hello_alias__", HELLO, false, Some("__hello__")),
    frozen("__phello_alias__", HELLO, true, Some("__hello__")),
    frozen("__phello_alias__.spam", HELLO, false, Some("__hello__")),
    frozen("__phello__", PHELLO, true, Some("__phello__")),
    frozen("__phello__.__init__", PHELLO, false, Some("<__phello__")),
    frozen("__phello__.ham", "__phello__/ham/__init__.py", true, Some("__phello__.ham")),
    frozen("__phello__.ham.__init__", "__phello__/ham/__init__.py", false, Some("<__phello__.ham")),
    frozen("__phello__.ham.eggs", "__phello__/ham/eggs.py", false, Some("__phello__.ham.eggs")),
    frozen("__phello__.spam", "__phello__/spam.py", false, Some("__phello__.spam")),
    frozen("__hello_only__", HELLO, false, None),
];

/// How many of the table exist whatever a test asks for.
const ESSENTIAL: usize = 3;

/// What `_override_frozen_modules_for_tests` was told: below zero only the essential ones exist.
static OVERRIDE: AtomicI64 = AtomicI64::new(0);

fn find(name: &str) -> Option<&'static Frozen> {
    let at = FROZEN.iter().position(|f| f.name == name)?;
    if at >= ESSENTIAL && OVERRIDE.load(Ordering::Relaxed) < 0 {
        return None;
    }
    FROZEN.get(at)
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("is_builtin", "(name, /)", is_builtin, "Returns True if the module name corresponds to a built-in module."),
    MethodDef::function("is_frozen", "(name, /)", is_frozen, "Returns True if the module name corresponds to a frozen module."),
    MethodDef::function("is_frozen_package", "(name, /)", is_frozen_package, "Returns True if the module name is of a frozen package."),
    MethodDef::function("find_frozen", "(name, /, *, withdata=False)", find_frozen, "Return info about the corresponding frozen module (if there is one) or None."),
    MethodDef::function("get_frozen_object", "(name, data=None, /)", get_frozen_object, "Create a code object for a frozen module."),
    MethodDef::function("init_frozen", "(name, /)", init_frozen, "Initializes a frozen module."),
    MethodDef::function("create_builtin", "(spec, /)", create_builtin, "Create an extension module."),
    MethodDef::function("exec_builtin", "(mod, /)", |_, _| Ok(new_int(0)), "Initialize a built-in module."),
    MethodDef::function("extension_suffixes", "()", |_, _| Ok(PyList::new(vec![])), "Returns the list of file suffixes used to identify extension modules."),
    MethodDef::function("acquire_lock", "()", acquire_lock, "Acquires the interpreter's import lock for the current thread.\n\nThis lock should be used by import hooks to ensure thread-safety when importing\nmodules. On platforms without threads, this function does nothing."),
    MethodDef::function("release_lock", "()", release_lock, "Release the interpreter's import lock.\n\nOn platforms without threads, this function does nothing."),
    MethodDef::function("lock_held", "()", |_, _| Ok(Owned::bool(LOCK.with(Cell::get) > 0)), "Return True if the import lock is currently held, else False.\n\nOn platforms without threads, return False."),
    MethodDef::function("source_hash", "(key, source)", source_hash, ""),
    MethodDef::function("_fix_co_filename", "(code, path, /)", fix_co_filename, "Changes code.co_filename to specify the passed-in file path."),
    MethodDef::function("_frozen_module_names", "()", |_, _| Ok(PyList::new(FROZEN.iter().map(|f| PyStr::from_str(f.name)).collect())), "Returns the list of available frozen modules."),
    MethodDef::function("_override_frozen_modules_for_tests", "(override, /)", |vm, a| { OVERRIDE.store(vm.to_i64(a[0])?, Ordering::Relaxed); Ok(Owned::NONE) }, "(internal-only) Override PyConfig.use_frozen_modules."),
    MethodDef::function("_override_multi_interp_extensions_check", "(override, /)", |_, _| Ok(new_int(0)), "(internal-only) Override PyInterpreterConfig.check_multi_interp_extensions."),
];

thread_local! {
    /// How often this thread has taken the import lock. It guards `importlib`'s table of locks, which no other thread can
    /// touch meanwhile, because nothing between taking and releasing it lets go of the interpreter.
    static LOCK: Cell<u32> = const { Cell::new(0) };
}

fn acquire_lock(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    LOCK.with(|l| l.set(l.get().saturating_add(1)));
    Ok(Owned::NONE)
}
fn release_lock(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    LOCK.with(|l| match l.get() {
        0 => Err(vm.runtime_error("not holding the import lock")),
        n => {
            l.set(n - 1);
            Ok(Owned::NONE)
        }
    })
}

fn name_arg(vm: &Vm, v: Value, who: &str) -> PyResult<String> {
    match v.cast::<PyStr>() {
        Some(s) => Ok(s.to_lossy()),
        None => Err(vm.type_error(format!(
            "{who}() argument must be str, not {}",
            v.class().name_str()
        ))),
    }
}

fn is_builtin(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "is_builtin")?;
    let known = crate::find(&name).is_some() || name == "sys" || name == "builtins";
    Ok(new_int(match (known, name.as_str()) {
        (false, _) => 0,
        (true, "sys" | "builtins") => -1,
        (true, _) => 1,
    }))
}
fn is_frozen(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "is_frozen")?;
    Ok(Owned::bool(find(&name).is_some()))
}
fn not_frozen(vm: &Vm, name: Value) -> Raised {
    let msg = format!("No such frozen object named {}", text_of(name));
    vm.import_error(vm.exc.ImportError, msg, name)
}
fn is_frozen_package(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "is_frozen_package")?;
    match find(&name) {
        Some(f) => Ok(Owned::bool(f.is_package)),
        None => Err(not_frozen(vm, a[0])),
    }
}
fn find_frozen(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "find_frozen")?;
    let Some(f) = find(&name) else {
        return Ok(Owned::NONE);
    };
    let data = match a[1].non_null() {
        Some(wanted) if vm.truthy(wanted)? => {
            let code = cache::frozen_code(vm, f.path)?;
            let bytes = crate::marshal::dumps(vm, code.value(), crate::marshal::VERSION)?;
            vm.call(vm.import_attr("builtins", "memoryview")?.value(), &[PyBytes::new(&bytes).value()])?
        }
        _ => Owned::NONE,
    };
    Ok(PyTuple::new(vec![
        data,
        Owned::bool(f.is_package),
        f.original.map_or(Owned::NONE, PyStr::from_str),
    ]))
}
fn get_frozen_object(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "get_frozen_object")?;
    if let Some(data) = a[1].given() {
        let bytes = vm.bytes_of(data)?;
        return crate::marshal::loads(vm, &bytes);
    }
    match find(&name) {
        Some(f) => cache::frozen_code(vm, f.path),
        None => Err(not_frozen(vm, a[0])),
    }
}
fn init_frozen(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = name_arg(vm, a[0], "init_frozen")?;
    if find(&name).is_none() {
        return Ok(Owned::NONE);
    }
    vm.import(&name)
}
fn create_builtin(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.getattr_str(a[0], "name")?;
    let name = name_arg(vm, name.value(), "create_builtin")?;
    init_native(vm, &name)
}
fn source_hash(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let key = vm.to_i64(a[0])? as u64;
    let data = vm.bytes_of(a[1])?;
    let key = pyjit_text::siphash::HashKey { k0: key, k1: 0 };
    let hash = pyjit_text::siphash::hash_bytes(key, &data);
    Ok(PyBytes::new(&hash.to_le_bytes()))
}
fn fix_co_filename(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(code) = a[0].cast::<PyCode>() else {
        return Err(vm.type_error("_fix_co_filename() argument 1 must be code"));
    };
    let old = code.filename.own();
    rename(code, old.value(), &intern_value(a[1]));
    Ok(Owned::NONE)
}

/// Gives a code object and the functions in it another file name, where they have the old one.
fn rename(code: &PyCode, old: Value, new: &Owned) {
    if !code.filename.value().is(old) {
        return;
    }
    code.filename.set(new.clone());
    for c in code.consts.get().clone() {
        if let Some(inner) = c.cast::<PyCode>() {
            rename(inner, old, new);
        }
    }
}
