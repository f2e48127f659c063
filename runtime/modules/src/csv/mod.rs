//! `_csv`: reading and writing of comma-separated values.

mod dialect;
mod reader;
mod writer;

use crate::{NativeModule, add_class};
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;

pub static MODULE: NativeModule = NativeModule::new("_csv", FUNCTIONS).init(init);

static ERROR: ClassCell = ClassCell::new();

/// A `_csv.Error`.
fn error(vm: &Vm, msg: impl AsRef<str>) -> Raised {
    vm.error(ERROR.get(), msg)
}

/// The registered dialects: a dict.
fn dialects(vm: &Vm) -> Owned {
    let kept = vm.module_state.get().get("_csv.dialects").cloned();
    kept.unwrap_or_else(|| {
        let fresh = PyDict::new();
        vm.module_state
            .get_mut()
            .insert("_csv.dialects", fresh.clone());
        fresh
    })
}

/// The longest field that the reader takes.
fn limit(vm: &Vm) -> i64 {
    vm.module_state
        .get()
        .get("_csv.limit")
        .and_then(|v| v.as_i64())
        .unwrap_or(131_072)
}

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let class = define_plain_class(
        vm,
        ClassSpec {
            module: "_csv",
            base: Some(vm.exc.Exception),
            flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
            dict: true,
            ..ClassSpec::new("Error")
        },
    );
    ERROR.set(class);
    add_class(m, class);
    dialect::define(vm, m);
    reader::define(vm, m);
    writer::define(vm, m);
    let d = m.dict();
    d.set_name("_dialects", dialects(vm));
    for (name, n) in [
        ("QUOTE_MINIMAL", 0),
        ("QUOTE_ALL", 1),
        ("QUOTE_NONNUMERIC", 2),
        ("QUOTE_NONE", 3),
        ("QUOTE_STRINGS", 4),
        ("QUOTE_NOTNULL", 5),
    ] {
        d.set_name(name, new_int(n));
    }
    Ok(())
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "reader",
        "(iterable, /, dialect='excel', **fmtparams)",
        reader::new,
        "An iterator over the records of lines.",
    ),
    MethodDef::function(
        "writer",
        "(fileobj, /, dialect='excel', **fmtparams)",
        writer::new,
        "A writer of records.",
    ),
    MethodDef::function(
        "register_dialect",
        "(name, /, dialect='excel', **fmtparams)",
        |vm, a| {
            if !a[0].isa::<PyStr>() {
                return Err(vm.type_error("dialect name must be a string"));
            }
            let made = dialect::from_args(vm, a[1], a[2])?;
            if let Some(d) = dialects(vm).cast::<PyDict>() {
                d.set(vm, a[0], made)?;
            }
            Ok(Owned::NONE)
        },
        "Register a dialect under a name.",
    ),
    MethodDef::function(
        "unregister_dialect",
        "(name)",
        |vm, a| {
            let gone = match dialects(vm).cast::<PyDict>() {
                Some(d) => d.remove(vm, a[0])?,
                None => None,
            };
            match gone {
                Some(_) => Ok(Owned::NONE),
                None => Err(error(vm, "unknown dialect")),
            }
        },
        "Forget a dialect.",
    ),
    MethodDef::function(
        "get_dialect",
        "(name)",
        |vm, a| dialect::named(vm, a[0]),
        "The dialect of a name.",
    ),
    MethodDef::function(
        "list_dialects",
        "()",
        |vm, _| {
            let keys = dialects(vm).cast::<PyDict>().map(|d| d.keys());
            Ok(PyList::new(keys.unwrap_or_default()))
        },
        "The names of all dialects.",
    ),
    MethodDef::function(
        "field_size_limit",
        "(new_limit=None)",
        |vm, a| {
            let old = limit(vm);
            if let Some(v) = a[0].non_null() {
                if v.as_int().is_none() {
                    return Err(vm.type_error("limit must be an integer"));
                }
                let n = new_int(vm.to_i64(v)?);
                vm.module_state.get_mut().insert("_csv.limit", n);
            }
            Ok(new_int(old))
        },
        "The longest field that is read; sets it too.",
    ),
];
