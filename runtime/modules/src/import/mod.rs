//! The import system. [`start`] fills `sys.modules`, `builtins` and `sys`; [`import_module_level`] is what
//! `builtins.__import__` does. Modules that are native or embedded are found and run here directly as long as nobody has
//! changed `sys.meta_path`; everything else goes through `importlib._bootstrap`, which runs as a frozen module.

mod bootstrap;
pub mod cache;
pub mod embedded;
mod fromlist;
mod load;
mod resolve;
mod trim;

pub use bootstrap::{bootstrap, is_bootstrapped};
pub use load::{exec_embedded, init_native};

use pyjit_core::prelude::*;

/// Makes `builtins`, `sys` and `sys.modules`, and sets the import system up. Called once, when the interpreter is in place.
pub fn start(vm: &Vm) -> PyResult<()> {
    let modules = PyDict::new();
    vm.modules.set(modules.clone());
    let builtins = crate::builtins::MODULE.create(vm)?;
    if let Some(m) = builtins.cast::<PyModule>() {
        vm.builtins.set(m.dict().as_owned());
    }
    put_module(vm, "builtins", &builtins);
    embedded::define(vm);
    let sys = crate::sys::create(vm)?;
    put_module(vm, "sys", &sys);
    if let Some(d) = vm.sys.value().cast::<PyDict>() {
        // The set-up may want to tell about imports; there is nobody to listen yet.
        d.set_name("stdout", Owned::NONE);
        d.set_name("stderr", Owned::NONE);
    }
    if bootstrap::can_bootstrap() {
        bootstrap(vm)?;
    }
    crate::sys::streams::start(vm)?;
    Ok(())
}

/// `sys.modules`, as natives see it.
pub fn modules(vm: &Vm) -> PyResult<&PyDict> {
    match vm.modules.value().cast::<PyDict>() {
        Some(d) => Ok(d),
        None => Err(vm.runtime_error("unable to get sys.modules")),
    }
}

/// Enters a module into `sys.modules`.
pub fn put_module(vm: &Vm, name: &str, module: &Owned) {
    if let Some(d) = vm.modules.value().cast::<PyDict>() {
        d.set_name(name, module.clone());
    }
}

/// The module in `sys.modules`, whatever its state.
pub fn loaded(vm: &Vm, name: Value) -> PyResult<Option<Owned>> {
    modules(vm)?.get(vm, name)
}

/// `__import__(name, globals, locals, fromlist, level)`.
pub fn import_module_level(
    vm: &Vm,
    name: Value,
    globals: Value,
    fromlist: Value,
    level: i32,
) -> PyResult<Owned> {
    let Some(text) = name.cast::<PyStr>() else {
        return Err(vm.type_error("module name must be a string"));
    };
    if level < 0 {
        return Err(vm.value_error("level must be >= 0"));
    }
    let absolute = if level > 0 {
        resolve::absolute_name(vm, name, globals, level)?
    } else if text.is_empty() {
        return Err(vm.value_error("Empty module name"));
    } else {
        name.own()
    };
    let module = import_absolute(vm, absolute.value())?;
    let has_from = match fromlist.given() {
        None => false,
        Some(f) => vm.truthy(f)?,
    };
    if has_from {
        return fromlist::handle(vm, &module, fromlist);
    }
    let text = text.to_lossy();
    if level > 0 && text.is_empty() {
        return Ok(module);
    }
    let Some((first, _)) = text.split_once('.') else {
        return Ok(module);
    };
    if level == 0 {
        return import_absolute(vm, intern(first).value());
    }
    let whole = text_of(absolute.value());
    let keep = whole.len().saturating_sub(text.len() - first.len());
    let wanted = PyStr::from_str(whole.get(..keep).unwrap_or(&whole));
    match loaded(vm, wanted.value())? {
        Some(m) => Ok(m),
        None => {
            let shown = vm.repr_text(wanted.value())?;
            let msg = PyStr::from_str(&format!("{shown} not in sys.modules as expected"));
            Err(vm.key_error(msg.value()))
        }
    }
}

/// The module of an absolute name, loaded if need be.
pub fn import_absolute(vm: &Vm, name: Value) -> PyResult<Owned> {
    if let Some(m) = loaded(vm, name)? {
        if !m.is_none() {
            wait_until_initialized(vm, m.value(), name)?;
            return Ok(m);
        }
        let n = text_of(name);
        return Err(vm.import_error(
            vm.exc.ModuleNotFoundError,
            format!("import of {n} halted; None in sys.modules"),
            name,
        ));
    }
    find_and_load(vm, name)
}

/// If another thread is executing the module, waits for it.
fn wait_until_initialized(vm: &Vm, module: Value, name: Value) -> PyResult<()> {
    let Some(spec) = vm.getattr_opt(module, vm.names.__spec__.value())? else {
        return Ok(());
    };
    if spec.is_none() {
        return Ok(());
    }
    let Some(flag) = vm.getattr_opt_str(spec.value(), "_initializing")? else {
        return Ok(());
    };
    if !vm.truthy(flag.value())? {
        return Ok(());
    }
    if let Some(importlib) = is_bootstrapped(vm) {
        vm.call_method_str(importlib.value(), "_lock_unlock_module", &[name])?;
    }
    Ok(())
}

fn find_and_load(vm: &Vm, name: Value) -> PyResult<Owned> {
    let text = text_of(name);
    let direct = load::may_load_directly(vm);
    if direct && let Some(m) = load::load_directly(vm, &text)? {
        return Ok(m);
    }
    if is_bootstrapped(vm).is_none() && !bootstrap::can_bootstrap()
        || direct && load::is_nowhere(vm, &text)
    {
        return Err(vm.import_error(
            vm.exc.ModuleNotFoundError,
            format!("No module named '{text}'"),
            name,
        ));
    }
    let importlib = bootstrap(vm)?;
    let import = vm
        .builtins
        .value()
        .cast::<PyDict>()
        .and_then(|d| d.get_str(vm.names.__import__.value()).map(|v| v.own()))
        .unwrap_or(Owned::NONE);
    vm.call_method_str(importlib.value(), "_find_and_load", &[name, import.value()])
        .map_err(|e| trim::importlib_frames(vm, e))
}
