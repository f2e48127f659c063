//! `_typing`: type parameters, type aliases, `Generic`, and what the interpreter's intrinsics make them with. The rules that
//! are written in Python are called in `typing`.

mod alias;
mod generic;
mod params;
mod spec;
mod var;

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_typing", FUNCTIONS)
    .doc("Primitives and accelerators for the typing module.\n")
    .init(init);

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("_idfunc", "(x, /)", |_, a| Ok(a[0].own()), ""),
    MethodDef::function("_intrinsic_TypeVar", "(name, /)", var::plain, ""),
    MethodDef::function("_intrinsic_ParamSpec", "(name, /)", spec::plain_spec, ""),
    MethodDef::function(
        "_intrinsic_TypeVarTuple",
        "(name, /)",
        spec::plain_tuple,
        "",
    ),
    MethodDef::function(
        "_intrinsic__subscript_generic",
        "(params, /)",
        generic::subscript,
        "",
    ),
    MethodDef::function(
        "_intrinsic_TypeAliasType",
        "(parts, /)",
        alias::from_parts,
        "",
    ),
    MethodDef::function(
        "_intrinsic__typevar_with_bound",
        "(name, evaluator, /)",
        var::with_bound,
        "",
    ),
    MethodDef::function(
        "_intrinsic__typevar_with_constraints",
        "(name, evaluator, /)",
        var::with_constraints,
        "",
    ),
    MethodDef::function(
        "_intrinsic__set_typeparam_default",
        "(param, evaluator, /)",
        params::set_default,
        "",
    ),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    params::define(vm, m);
    var::define(vm, m);
    spec::define(vm, m);
    alias::define(vm, m);
    generic::define(vm, m);
    crate::add_class(m, pyjit_types::union::PyUnion::class());
    Ok(())
}
