//! Finding and running native and embedded modules without `importlib`'s help. Called for every import that is not in
//! `sys.modules`, as long as the program has left the import hooks alone.

use super::{bootstrap, cache, embedded, is_bootstrapped, loaded, modules};
use crate::embedded as library;
use crate::sys::paths;
use pyjit_core::prelude::*;

/// The embedded source that a frozen module is made from.
pub fn frozen_source(name: &str) -> Option<&'static str> {
    Some(match name {
        "_frozen_importlib" => "importlib/_bootstrap.py",
        "_frozen_importlib_external" => "importlib/_bootstrap_external.py",
        "zipimport" => "zipimport.py",
        _ => return None,
    })
}

/// Whether nothing stands in the way of loading directly: one thread, and the import hooks as they were at the start.
pub fn may_load_directly(vm: &Vm) -> bool {
    match vm.sys_get("meta_path") {
        Some(list) => match list.cast_exact::<PyList>() {
            Some(l) => bootstrap::hooks_untouched(vm, l),
            None => false,
        },
        None => false,
    }
}

/// Loads a native or embedded module (and its parents); `None` if the name is neither.
pub fn load_directly(vm: &Vm, name: &str) -> PyResult<Option<Owned>> {
    if let Some((parent, _)) = name.rsplit_once('.') {
        return load_submodule(vm, parent, name);
    }
    if name == "_frozen_importlib" {
        return Ok(if bootstrap::can_bootstrap() {
            Some(bootstrap(vm)?)
        } else {
            None
        });
    }
    if let Some(path) = frozen_source(name) {
        return load_frozen(vm, name, path).map(Some);
    }
    if crate::find(name).is_some() {
        return init_native(vm, name).map(Some);
    }
    let Some(found) = library::find_module(name) else {
        return Ok(None);
    };
    let Some(stdlib) = paths::embedded_dir(vm) else {
        return Ok(None);
    };
    if !comes_first(vm, &stdlib, name) {
        return Ok(None);
    }
    load_embedded(vm, name, found).map(Some)
}

fn load_submodule(vm: &Vm, parent: &str, name: &str) -> PyResult<Option<Owned>> {
    let key = intern(name);
    let package = super::import_absolute(vm, intern(parent).value())?;
    // The parent may have imported it, or put something in its place.
    if let Some(m) = loaded(vm, key.value())? {
        return Ok((!m.is_none()).then_some(m));
    }
    let (Some(found), Some(stdlib)) = (library::find_module(name), paths::embedded_dir(vm)) else {
        return Ok(None);
    };
    let Some(path) = vm.getattr_opt(package.value(), vm.names.__path__.value())? else {
        return Ok(None);
    };
    let expected = format!("{stdlib}/{}", parent.replace('.', "/"));
    let first = path.cast_exact::<PyList>().and_then(|l| l.get(0));
    if !first.is_some_and(|p| p.cast::<PyStr>().is_some_and(|s| s.is_text(&expected))) {
        return Ok(None);
    }
    let module = load_embedded(vm, name, found)?;
    if let Some((_, last)) = name.rsplit_once('.') {
        vm.setattr_str(package.value(), last, module.value())?;
    }
    Ok(Some(module))
}

/// Whether the embedded library is the first place of `sys.path` that can have a module of this name.
fn comes_first(vm: &Vm, stdlib: &str, name: &str) -> bool {
    let Some(path) = vm.sys_get("path") else {
        return false;
    };
    let Some(path) = path.cast_exact::<PyList>() else {
        return false;
    };
    for entry in path.snapshot() {
        let Some(dir) = entry.cast::<PyStr>() else {
            return false;
        };
        if dir.is_text(stdlib) {
            return true;
        }
        let dir = dir.to_lossy();
        let base = std::path::Path::new(if dir.is_empty() { "." } else { &dir });
        if dir.ends_with(".zip") && !base.exists() {
            continue;
        }
        if !base.is_dir()
            || base.join(name).exists()
            || base.join(format!("{name}.py")).exists()
            || base.join(format!("{name}.pyc")).exists()
        {
            return false;
        }
    }
    false
}

/// Whether certainly no place of `sys.path` has a module of this name: all of them are the embedded library or folders
/// that nobody has made a finder for yet.
pub fn is_nowhere(vm: &Vm, name: &str) -> bool {
    if name.contains(['.', '/'])
        || vm.options().verbose > 0
        || frozen_source(name).is_some()
        || crate::find(name).is_some()
        || !bootstrap::path_hooks_untouched(vm)
    {
        return false;
    }
    let (Some(path), Some(finders)) = (vm.sys_get("path"), vm.sys_get("path_importer_cache"))
    else {
        return false;
    };
    let (Some(path), Some(finders)) = (path.cast_exact::<PyList>(), finders.cast_exact::<PyDict>())
    else {
        return false;
    };
    let stdlib = paths::embedded_dir(vm);
    path.snapshot().iter().all(|entry| {
        let Some(dir) = entry.cast_exact::<PyStr>() else {
            return false;
        };
        if finders.get_str(entry.value()).is_some() {
            return false;
        }
        if stdlib.as_deref().is_some_and(|s| dir.is_text(s)) {
            return library::find_module(name).is_none() && !library::is_dir(name);
        }
        dir.to_utf8().is_some_and(|dir| is_not_in(&dir, name))
    })
}

/// Whether a folder, or something that does not exist, has nothing that could be a module of this name.
fn is_not_in(dir: &str, name: &str) -> bool {
    let base = std::path::Path::new(if dir.is_empty() { "." } else { dir });
    match std::fs::metadata(base) {
        Err(e) => e.kind() == std::io::ErrorKind::NotFound && !is_in_file(base),
        Ok(m) if !m.is_dir() => false,
        Ok(_) => match std::fs::read_dir(base) {
            Err(_) => false,
            Ok(mut entries) => !entries.any(|e| match e {
                Ok(e) => {
                    let file = e.file_name();
                    let rest = file.to_str().and_then(|f| f.strip_prefix(name));
                    rest.is_some_and(|r| r.is_empty() || r.starts_with('.'))
                }
                Err(_) => true,
            }),
        },
    }
}

/// Whether the path leads through a file, which may be an archive.
fn is_in_file(path: &std::path::Path) -> bool {
    path.ancestors().skip(1).any(|p| p.is_file())
}

/// The module of a native module's name, made if it does not exist yet.
pub fn init_native(vm: &Vm, name: &str) -> PyResult<Owned> {
    if let Some(m) = loaded(vm, intern(name).value())?
        && !m.is_none()
    {
        return Ok(m);
    }
    let Some(native) = crate::find(name) else {
        let n = PyStr::from_str(name);
        let msg = format!("no built-in module named '{name}'");
        return Err(vm.import_error(vm.exc.ImportError, msg, n.value()));
    };
    let module = native.create(vm)?;
    super::put_module(vm, name, &module);
    if is_bootstrapped(vm).is_some() {
        bootstrap::describe_native(vm, name, module.value())?;
    }
    Ok(module)
}

fn run(vm: &Vm, code: Value, module: &PyModule) -> PyResult<()> {
    let d = module.dict();
    d.set_str(vm.names.__builtins__.value(), vm.builtins.own());
    let globals = d.as_owned();
    (vm.hooks().eval_code)(vm, code, globals.value(), globals.value(), Value::NULL).map(drop)
}

/// A module that counts as frozen: no file, and its code's name says so.
pub(super) fn load_frozen(vm: &Vm, name: &str, path: &'static str) -> PyResult<Owned> {
    let module = PyModule::new(vm, name);
    let Some(m) = module.cast::<PyModule>() else {
        return Ok(module);
    };
    m.dict().set_name("__package__", PyStr::from_str(""));
    // What `FrozenImporter` wants to know of modules that it has not made itself.
    let origin = path.strip_suffix(".py").unwrap_or(path).replace('/', ".");
    m.dict().set_name("__origname__", PyStr::from_str(&origin));
    let code = cache::frozen_code(vm, path)?;
    super::put_module(vm, name, &module);
    if is_bootstrapped(vm).is_some() {
        bootstrap::describe_frozen(vm, name, module.value())?;
    }
    if let Err(e) = run(vm, code.value(), m) {
        modules(vm)?.remove(vm, intern(name).value())?;
        return Err(e);
    }
    Ok(module)
}

fn load_embedded(vm: &Vm, name: &str, found: library::Module) -> PyResult<Owned> {
    let module = PyModule::new(vm, name);
    let Some(m) = module.cast::<PyModule>() else {
        return Ok(module);
    };
    let stdlib = paths::embedded_dir(vm).unwrap_or_default();
    let file = format!("{stdlib}/{}", found.file.path);
    let loader = embedded::new_loader(vm, name, &file);
    let d = m.dict();
    d.set_str(vm.names.__file__.value(), PyStr::from_str(&file));
    d.set_str(
        vm.names.__cached__.value(),
        PyStr::from_str(&embedded::cached_name(&file)),
    );
    d.set_str(vm.names.__loader__.value(), loader.clone());
    let package = if found.is_package {
        let folder = file.strip_suffix("/__init__.py").unwrap_or(&file);
        d.set_str(
            vm.names.__path__.value(),
            PyList::new(vec![PyStr::from_str(folder)]),
        );
        name
    } else {
        name.rsplit_once('.').map_or("", |(p, _)| p)
    };
    d.set_str(vm.names.__package__.value(), PyStr::from_str(package));
    let spec = bootstrap::new_spec(vm, name, &loader, &file, found.is_package)?;
    if let Some(s) = &spec {
        vm.setattr_str(s.value(), "_initializing", Value::TRUE)?;
        d.set_str(vm.names.__spec__.value(), s.clone());
    }
    let key = intern(name);
    modules(vm)?.set(vm, key.value(), module.clone())?;
    let result = exec_embedded(vm, module.value(), found);
    if let Some(s) = &spec {
        vm.setattr_str(s.value(), "_initializing", Value::FALSE)?;
    }
    if let Err(e) = result {
        modules(vm)?.remove(vm, key.value())?;
        return Err(e);
    }
    // The module may have replaced itself.
    match loaded(vm, key.value())? {
        Some(m) => Ok(m),
        None => Err(vm.key_error(key.value())),
    }
}

/// Runs an embedded module's code in a module object.
pub fn exec_embedded(vm: &Vm, module: Value, found: library::Module) -> PyResult<()> {
    let code = cache::embedded_code(vm, found.file)?;
    match module.cast::<PyModule>() {
        Some(m) => run(vm, code.value(), m),
        None => {
            let globals = vm.getattr(module, vm.names.__dict__.value())?;
            (vm.hooks().eval_code)(
                vm,
                code.value(),
                globals.value(),
                globals.value(),
                Value::NULL,
            )
            .map(drop)
        }
    }
}
