//! `_decimal`: the classes of `decimal` over `pyjit_num::decimal`. Operations that are rare and long (powers, logarithms,
//! logical operations, formatting) are done by the library's Python version, see `delegate.rs`.

mod arguments;
mod context;
mod context_methods;
mod convert;
mod delegate;
mod manager;
mod methods;
mod number;
mod signal_dict;
mod signals;

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_num::decimal::{MAX_PREC, MIN_ETINY};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_decimal", FUNCTIONS)
    .doc("C decimal arithmetic module")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    signals::define(vm, m)?;
    signal_dict::define(vm)?;
    number::define(vm, m)?;
    context::define(vm, m)?;
    manager::define(vm);
    let d = m.dict();
    for (name, n) in [
        ("MAX_PREC", MAX_PREC),
        ("MAX_EMAX", MAX_PREC),
        ("MIN_EMIN", -MAX_PREC),
        ("MIN_ETINY", MIN_ETINY),
        ("IEEE_CONTEXT_MAX_BITS", 512),
    ] {
        d.set_name(name, new_int(n));
    }
    for name in context::ROUNDINGS {
        d.set_name(name.0, intern(name.0));
    }
    d.set_name("HAVE_CONTEXTVAR", Owned::bool(true));
    d.set_name("HAVE_THREADS", Owned::bool(true));
    d.set_name("__version__", PyStr::from_str("1.70"));
    d.set_name("__libmpdec_version__", PyStr::from_str("2.5.1"));
    Ok(())
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("getcontext", "()", |vm, _| context::current(vm), "Get the current default context."),
    MethodDef::function("setcontext", "(context, /)", |vm, a| {
        context::set_current(vm, a[0])?;
        Ok(Owned::NONE)
    }, "Set a new default context."),
    MethodDef::function("localcontext", "(ctx=None, **kwargs)", manager::new, "Return a context manager for a copy of the supplied context.\n\nThat will set the default context to a copy of ctx on entry to the\nwith-statement and restore the previous default context when exiting\nthe with-statement.  If no context is supplied, a copy of the current\ndefault context is used."),
    MethodDef::function("IEEEContext", "(bits, /)", context::ieee, "Return a context object initialized to the proper values for one of the\nIEEE interchange formats.  The argument must be a multiple of 32 and less\nthan IEEE_CONTEXT_MAX_BITS."),
];
