//! Running `importlib._bootstrap` as a frozen module and telling it about the modules that exist already. Called once,
//! when the runtime starts.

use super::{embedded, load, modules};
use crate::embedded as library;
use crate::sys::paths;
use pyjit_core::prelude::*;

const KEY: &str = "importlib";
const BOOTING: &str = "importlib being set up";
const HOOKS: &str = "importlib's path hooks";

/// `_frozen_importlib`, if it has been set up.
pub fn is_bootstrapped(vm: &Vm) -> Option<Owned> {
    let state = vm.module_state.get().get(KEY)?;
    state.cast::<PyTuple>()?.get(0).map(|v| v.own())
}

/// Whether the native modules that `importlib` needs exist.
pub fn can_bootstrap() -> bool {
    [
        "_imp",
        "_thread",
        "_warnings",
        "_weakref",
        "_io",
        "marshal",
        "posix",
    ]
    .iter()
    .all(|n| crate::find(n).is_some())
}

/// The meta path as it was left by the set-up: whether it still is.
pub fn hooks_untouched(vm: &Vm, now: &PyList) -> bool {
    // The set-up itself fills the list.
    if vm.module_state.get().contains_key(BOOTING) {
        return true;
    }
    match vm.module_state.get().get(KEY) {
        None => now.is_empty(),
        Some(state) => {
            let Some(then) = state.cast::<PyTuple>().map(|t| t.as_slice()) else {
                return false;
            };
            let finders = then.get(1..4).unwrap_or(&[]);
            now.len() == finders.len()
                && finders
                    .iter()
                    .enumerate()
                    .all(|(i, f)| now.get(i).is_some_and(|n| n.value().is(*f)))
        }
    }
}

/// Whether `sys.path_hooks` is as the set-up left it.
pub fn path_hooks_untouched(vm: &Vm) -> bool {
    let state = vm.module_state.get();
    let (Some(then), Some(now)) = (state.get(HOOKS), vm.sys_get("path_hooks")) else {
        return false;
    };
    let (Some(then), Some(now)) = (then.cast::<PyTuple>(), now.cast_exact::<PyList>()) else {
        return false;
    };
    let now = now.snapshot();
    then.len() == now.len()
        && then
            .as_slice()
            .iter()
            .zip(&now)
            .all(|(a, b)| b.value().is(*a))
}

/// `_frozen_importlib`, set up if that has not happened.
pub fn bootstrap(vm: &Vm) -> PyResult<Owned> {
    if let Some(m) = is_bootstrapped(vm) {
        return Ok(m);
    }
    vm.module_state.get_mut().insert(BOOTING, Owned::bool(true));
    let made = set_up(vm);
    vm.module_state.get_mut().remove(BOOTING);
    made
}

fn set_up(vm: &Vm) -> PyResult<Owned> {
    let path = load::frozen_source("_frozen_importlib").unwrap_or_default();
    let importlib = load::load_frozen(vm, "_frozen_importlib", path)?;
    let imp = load::init_native(vm, "_imp")?;
    let sys = vm.import("sys")?;
    vm.call_method_str(importlib.value(), "_install", &[sys.value(), imp.value()])?;
    vm.call_method_str(importlib.value(), "_install_external_importers", &[])?;
    let meta_path = vm.sys_get("meta_path").unwrap_or(Owned::NONE);
    let mut state = vec![importlib.clone()];
    state.extend(vm.iterate_to_vec(meta_path.value())?);
    vm.module_state.get_mut().insert(KEY, PyTuple::new(state));
    if let Some(hooks) = vm.sys_get("path_hooks")
        && let Some(hooks) = hooks.cast::<PyList>()
    {
        let mut all = embedded::path_hooks();
        all.append(&mut hooks.snapshot());
        vm.module_state
            .get_mut()
            .insert(HOOKS, PyTuple::new(all.clone()));
        hooks.items.set(all);
    }
    describe_loaded(vm)?;
    Ok(importlib)
}

/// Gives the modules that were loaded before the set-up what they lack.
fn describe_loaded(vm: &Vm) -> PyResult<()> {
    for (name, module) in modules(vm)?.items() {
        let name = text_of(name.value());
        let Some(m) = module.cast::<PyModule>() else {
            continue;
        };
        let has_spec = m
            .dict()
            .get_str(vm.names.__spec__.value())
            .is_some_and(|s| !s.is_none());
        if has_spec {
            continue;
        }
        if load::frozen_source(&name).is_some() {
            describe_frozen(vm, &name, module.value())?;
            continue;
        }
        let Some(found) = library::find_module(&name) else {
            continue;
        };
        let Some(loader) = m.dict().get_str(vm.names.__loader__.value()) else {
            continue;
        };
        let stdlib = paths::embedded_dir(vm).unwrap_or_default();
        let file = format!("{stdlib}/{}", found.file.path);
        if let Some(spec) = new_spec(vm, &name, &loader.own(), &file, found.is_package)? {
            m.dict().set_str(vm.names.__spec__.value(), spec);
        }
    }
    Ok(())
}

/// A `ModuleSpec` of an embedded module; `None` before the set-up.
pub fn new_spec(
    vm: &Vm,
    name: &str,
    loader: &Owned,
    file: &str,
    is_package: bool,
) -> PyResult<Option<Owned>> {
    let Some(importlib) = is_bootstrapped(vm) else {
        return Ok(None);
    };
    let spec = module_spec(vm, importlib.value(), name, loader.value(), file)?;
    let cached = PyStr::from_str(&embedded::cached_name(file));
    vm.setattr_str(spec.value(), "_set_fileattr", Value::TRUE)?;
    vm.setattr_str(spec.value(), "cached", cached.value())?;
    if is_package {
        let folder = file.strip_suffix("/__init__.py").unwrap_or(file);
        let places = PyList::new(vec![PyStr::from_str(folder)]);
        vm.setattr_str(spec.value(), "submodule_search_locations", places.value())?;
    }
    Ok(Some(spec))
}

/// `ModuleSpec(name, loader, origin=origin)`.
fn module_spec(
    vm: &Vm,
    importlib: Value,
    name: &str,
    loader: Value,
    origin: &str,
) -> PyResult<Owned> {
    let class = vm.getattr_str(importlib, "ModuleSpec")?;
    let (name, origin) = (PyStr::from_str(name), PyStr::from_str(origin));
    let keyword = intern("origin");
    vm.call_args(
        class.value(),
        Args {
            values: &[name.value(), loader, origin.value()],
            names: &[keyword.value()],
        },
    )
}

fn describe(vm: &Vm, name: &str, module: Value, importer: &str, origin: &str) -> PyResult<()> {
    let Some(importlib) = is_bootstrapped(vm) else {
        return Ok(());
    };
    let loader = vm.getattr_str(importlib.value(), importer)?;
    let spec = module_spec(vm, importlib.value(), name, loader.value(), origin)?;
    vm.setattr(module, vm.names.__spec__.value(), spec.value())?;
    vm.setattr(module, vm.names.__loader__.value(), loader.value())?;
    vm.setattr(module, vm.names.__package__.value(), vm.empty_str.value())
}

/// `__spec__`, `__loader__` and `__package__` of a native module.
pub fn describe_native(vm: &Vm, name: &str, module: Value) -> PyResult<()> {
    describe(vm, name, module, "BuiltinImporter", "built-in")
}
/// The same for a frozen module.
pub fn describe_frozen(vm: &Vm, name: &str, module: Value) -> PyResult<()> {
    describe(vm, name, module, "FrozenImporter", "frozen")?;
    if let Some(importlib) = is_bootstrapped(vm)
        && let Some(m) = module.cast::<PyModule>()
        && m.dict().get_name("__origname__").is_some()
    {
        let importer = vm.getattr_str(importlib.value(), "FrozenImporter")?;
        vm.call_method_str(importer.value(), "_fix_up_module", &[module])?;
    }
    Ok(())
}
