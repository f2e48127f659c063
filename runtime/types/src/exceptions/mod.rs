//! Methods of the exception classes. The classes and their payloads stand in the core.

mod base;
mod group;
mod os_error;
pub mod report;
mod simple;
mod syntax_error;
mod unicode_error;

pub use report::{format_exception, print_exception, register_source};

use pyjit_core::prelude::*;

/// Gives the exception classes their methods.
pub fn define(vm: &Vm) {
    base::define(vm);
    simple::define(vm);
    os_error::define(vm);
    syntax_error::define(vm);
    unicode_error::define(vm);
    group::define(vm);
}

/// Arguments of an exception's `__init__` that accepts some keywords: checks the names and gives their values in order.
fn keywords<const N: usize>(
    vm: &Vm,
    who: &str,
    args: Args<'_>,
    names: [&str; N],
) -> PyResult<[Value; N]> {
    let mut out = [Value::NULL; N];
    for (key, value) in args.keywords() {
        let text = text_of(key);
        match names.iter().position(|n| *n == text) {
            Some(i) => out[i] = value,
            None => {
                return Err(vm.type_error(format!(
                    "{who}() got an unexpected keyword argument '{text}'"
                )));
            }
        }
    }
    Ok(out)
}

/// Getter and setter of an object field that reads as None when it is empty.
macro_rules! object_field {
    ($T:ty, $field:ident, $name:literal, $doc:literal) => {
        pyjit_core::object::GetSetDef {
            name: $name,
            doc: Some($doc),
            get: Some(|_, v| {
                let field = v.cast::<$T>().map(|e| e.$field.own());
                Ok(field.filter(|f| !f.is_null()).unwrap_or(Owned::NONE))
            }),
            set: Some(|_, v, new| {
                if let Some(e) = v.cast::<$T>() {
                    e.$field.set(new.own());
                }
                Ok(())
            }),
        }
    };
}
use object_field;

/// An attribute that cannot be written.
fn readonly(vm: &Vm, _: Value, _: Value) -> PyResult<()> {
    Err(vm.error(vm.exc.AttributeError, "readonly attribute"))
}
