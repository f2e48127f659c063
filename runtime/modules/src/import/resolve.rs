//! Relative names: the absolute name that `from ..x import y` means. Called by `__import__`.

use pyjit_core::prelude::*;

const NO_PARENT: &str = "attempted relative import with no known parent package";

fn entry(globals: &PyDict, name: &Owned) -> Option<Owned> {
    globals
        .get_str(name.value())
        .filter(|v| !v.is_none())
        .map(|v| v.own())
}

fn string(vm: &Vm, v: &Owned, what: &str) -> PyResult<String> {
    match v.cast::<PyStr>() {
        Some(s) => Ok(s.to_lossy()),
        None => Err(vm.type_error(format!("{what} must be a string"))),
    }
}

fn package_of(vm: &Vm, globals: &PyDict) -> PyResult<String> {
    let package = entry(globals, &vm.names.__package__);
    let spec = entry(globals, &vm.names.__spec__);
    if let Some(p) = package {
        let text = string(vm, &p, "package")?;
        if let Some(s) = spec {
            let parent = vm.getattr_str(s.value(), "parent")?;
            if !vm.eq(p.value(), parent.value())? {
                vm.warn(
                    vm.exc.DeprecationWarning,
                    "__package__ != __spec__.parent",
                    1,
                )?;
            }
        }
        return Ok(text);
    }
    if let Some(s) = spec {
        let parent = vm.getattr_str(s.value(), "parent")?;
        return string(vm, &parent, "__spec__.parent");
    }
    vm.warn(
        vm.exc.ImportWarning,
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
        1,
    )?;
    let Some(name) = globals.get_str(vm.names.__name__.value()) else {
        return Err(vm.key_error(PyStr::from_str("'__name__' not in globals").value()));
    };
    let name = string(vm, &name.own(), "__name__")?;
    if globals.get_str(vm.names.__path__.value()).is_some() {
        return Ok(name);
    }
    match name.rsplit_once('.') {
        Some((parent, _)) => Ok(parent.to_string()),
        None => Err(vm.import_error(vm.exc.ImportError, NO_PARENT.into(), Value::NONE)),
    }
}

/// The absolute name of a relative import.
pub fn absolute_name(vm: &Vm, name: Value, globals: Value, level: i32) -> PyResult<Owned> {
    if globals.given().is_none() {
        return Err(vm.key_error(PyStr::from_str("'__name__' not in globals").value()));
    }
    let Some(globals) = globals.cast::<PyDict>() else {
        return Err(vm.type_error("globals must be a dict"));
    };
    let package = package_of(vm, globals)?;
    if package.is_empty() {
        return Err(vm.import_error(vm.exc.ImportError, NO_PARENT.into(), Value::NONE));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        base = match base.rsplit_once('.') {
            Some((parent, _)) => parent,
            None => {
                let msg = "attempted relative import beyond top-level package".to_string();
                return Err(vm.import_error(vm.exc.ImportError, msg, Value::NONE));
            }
        };
    }
    let name = text_of(name);
    Ok(if name.is_empty() {
        intern(base)
    } else {
        intern(&format!("{base}.{name}"))
    })
}
