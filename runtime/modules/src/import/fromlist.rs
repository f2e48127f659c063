//! `from package import names`: submodules among the names are imported. Called by `__import__`.

use super::import_absolute;
use pyjit_core::prelude::*;

/// The module, with the submodules named in `fromlist` loaded if it is a package.
pub fn handle(vm: &Vm, module: &Owned, fromlist: Value) -> PyResult<Owned> {
    if vm
        .getattr_opt(module.value(), vm.names.__path__.value())?
        .is_some()
    {
        import_names(vm, module, fromlist, false)?;
    }
    Ok(module.clone())
}

fn import_names(vm: &Vm, module: &Owned, names: Value, in_all: bool) -> PyResult<()> {
    for name in vm.iterate_to_vec(names)? {
        let Some(text) = name.cast::<PyStr>() else {
            let place = if in_all {
                let n = vm.getattr_str(module.value(), "__name__")?;
                format!("{}.__all__", vm.str_text(n.value())?)
            } else {
                "``from list''".to_string()
            };
            return Err(vm.type_error(format!(
                "Item in {place} must be str, not {}",
                name.class().name_str()
            )));
        };
        if text.is_text("*") {
            if !in_all
                && let Some(all) = vm.getattr_opt(module.value(), vm.names.__all__.value())?
            {
                import_names(vm, module, all.value(), true)?;
            }
            continue;
        }
        let name = vm.attr_name(name.value())?;
        if vm.getattr_opt(module.value(), name.value())?.is_some() {
            continue;
        }
        let package = vm.getattr(module.value(), vm.names.__name__.value())?;
        let full = intern(&format!(
            "{}.{}",
            text_of(package.value()),
            text_of(name.value())
        ));
        if let Err(e) = import_absolute(vm, full.value()) {
            // A submodule that does not exist is not an error here: the attribute access will be.
            if e.is_instance(vm.exc.ModuleNotFoundError)
                && let Some(n) = vm.getattr_opt_str(e.value(), "name")?
                && vm.eq(n.value(), full.value())?
                && super::modules(vm)?.get(vm, full.value())?.is_none()
            {
                continue;
            }
            return Err(e);
        }
    }
    Ok(())
}
