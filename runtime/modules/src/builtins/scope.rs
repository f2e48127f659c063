//! Functions about the caller's names: `globals`, `locals`, `vars`, `dir`.

use pyjit_core::frame::Activation;
use pyjit_core::prelude::*;
use pyjit_isa::code::{flags, local_kind};

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("dir", "(object=None, /)", dir, "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the current scope.\nElse, return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes reachable from it.\nIf the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() logic is used and returns:\n  for a module object: the module's attributes.\n  for a class object:  its attributes, and recursively the attributes\n    of its bases.\n  for any other object: its attributes, its class's attributes, and\n    recursively the attributes of its class's base classes."),
    MethodDef::function("globals", "()", |vm, _| globals(vm), "Return the dictionary containing the current scope's global variables.\n\nNOTE: Updates to this dictionary *will* affect name lookups in the current\nglobal scope and vice-versa."),
    MethodDef::function("locals", "()", |vm, _| locals(vm), "Return a dictionary containing the current scope's local variables.\n\nNOTE: Whether or not updates to this dictionary will affect name lookups in\nthe local scope and vice-versa is *implementation dependent* and not\ncovered by any backwards compatibility guarantees."),
    MethodDef::function("vars", "(object=None, /)", vars, "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__."),
];

/// The caller's globals.
pub(super) fn globals(vm: &Vm) -> PyResult<Owned> {
    vm.current_globals()
        .ok_or_else(|| vm.system_error("globals(): no current frame"))
}

/// The caller's locals: a fresh dict in a function, the namespace itself in a class or module.
pub(super) fn locals(vm: &Vm) -> PyResult<Owned> {
    match vm.current() {
        Some(a) => Ok(locals_of(a)),
        None => Err(vm.system_error("frame does not exist")),
    }
}

/// The locals of an activation, as `locals()` gives them.
pub fn locals_of(a: Activation) -> Owned {
    if let Some(m) = a.locals_mapping() {
        return m.own();
    }
    let code = a.code();
    if !code.has_flag(flags::OPTIMIZED) {
        return a.function().globals.own();
    }
    let d = PyDict::new();
    if let Some(dict) = d.cast::<PyDict>() {
        for (i, name) in code.local_names.iter().enumerate() {
            let kind = code.data.local_kinds.get(i).copied().unwrap_or(0);
            let mut v = a.slot(i);
            if kind & (local_kind::CELL | local_kind::FREE) != 0
                && let Some(c) = v.cast_exact::<PyCell>()
            {
                v = c.content.value();
            }
            if !v.is_null() {
                dict.set_str(name.value(), v.own());
            }
        }
    }
    d
}

fn vars(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[0].is_null() {
        return locals(vm);
    }
    match vm.getattr_opt(a[0], vm.names.__dict__.value())? {
        Some(d) => Ok(d),
        None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
    }
}

fn dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let names = if a[0].is_null() {
        let l = locals(vm)?;
        match l.cast_exact::<PyDict>() {
            Some(d) => PyList::new(d.items().into_iter().map(|(k, _)| k).collect()),
            None => {
                let keys = vm.call_method(l.value(), vm.names.keys.value(), &[])?;
                vm.list_from(keys.value())?
            }
        }
    } else {
        let Some(m) = vm.special(a[0], vm.names.__dir__.value())? else {
            return Err(vm.type_error("object does not provide __dir__"));
        };
        let names = vm.call(m.value(), &[])?;
        vm.list_from(names.value())?
    };
    vm.call_method_str(names.value(), "sort", &[])?;
    Ok(names)
}
