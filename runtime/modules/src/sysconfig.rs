//! `_sysconfig`: build settings that `sysconfig` cannot read from its data file.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_sysconfig", FUNCTIONS).doc("A helper for the sysconfig module.");

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "config_vars",
    "()",
    |_, _| {
        let d = PyDict::new();
        if let Some(dict) = d.cast::<PyDict>() {
            dict.set_name("Py_GIL_DISABLED", new_int(0));
            dict.set_name("Py_DEBUG", new_int(0));
        }
        Ok(d)
    },
    "Returns a dictionary containing build variables intended to be exposed by sysconfig.",
)];
