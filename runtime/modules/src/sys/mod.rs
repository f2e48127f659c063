//! `sys`: made by [`create`] when the runtime starts; its namespace is `Vm::sys`. The functions stand by theme in the
//! files of this folder.

mod frames;
mod hooks;
mod info;
mod monitoring;
mod names;
pub mod paths;
pub mod settings;
pub mod streams;

pub use hooks::{flush_std_files, run_excepthook};

use crate::NativeModule;
use pyjit_core::prelude::*;

/// `sys.implementation.cache_tag`.
pub const CACHE_TAG: &str = "pyjit-314";

/// The version of the language: major, minor, micro.
pub const VERSION: (i64, i64, i64) = (3, 14, 10);
/// `sys.hexversion`.
pub const HEX_VERSION: i64 = 0x030e_0af0;

/// The module; [`create`] makes the one that is used.
pub static MODULE: NativeModule = NativeModule::new("sys", &[])
    .doc("This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.")
    .init(init);

/// Makes the module and publishes its namespace.
pub fn create(vm: &Vm) -> PyResult<Owned> {
    let m = MODULE.create(vm)?;
    Ok(m)
}

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    vm.sys.set(d.as_owned());
    for table in [hooks::FUNCTIONS, frames::FUNCTIONS, settings::FUNCTIONS] {
        for f in table {
            d.set_name(f.name, PyBuiltin::new(f, m.as_owned(), intern("sys")));
        }
    }
    info::fill(vm, d)?;
    paths::fill(vm, d);
    hooks::fill(vm, d);
    d.set_name("modules", vm.modules.own());
    d.set_name("monitoring", monitoring::create(vm)?);
    d.set_name("_jit", settings::jit_namespace(vm));
    Ok(())
}
