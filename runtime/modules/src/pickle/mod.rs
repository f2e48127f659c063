//! `_pickle`: objects to bytes and back, protocols 0 to 5. `save.rs` and `save_object.rs` write, `load.rs` and
//! `load_object.rs` read; `output.rs` and `input.rs` are the streams under them; `pickler.rs`, `unpickler.rs` and
//! `buffer.rs` have the classes.

mod buffer;
mod input;
mod load;
mod load_object;
mod memo;
mod opcodes;
mod output;
mod pickler;
mod save;
mod save_object;
mod unpickler;

use crate::{NativeModule, add_class};
use output::Saver;
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_pickle", FUNCTIONS)
    .doc("Optimized C implementation for the Python pickle module.")
    .init(init);

static PICKLE_ERROR: ClassCell = ClassCell::new();
static PICKLING_ERROR: ClassCell = ClassCell::new();
static UNPICKLING_ERROR: ClassCell = ClassCell::new();

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let define = |cell: &ClassCell, name: &'static str, base: &'static TypeObject| {
        if !cell.is_set() {
            cell.set(define_plain_class(
                vm,
                ClassSpec {
                    module: "_pickle",
                    base: Some(base),
                    flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
                    dict: true,
                    weakrefs: true,
                    ..ClassSpec::new(name)
                },
            ));
        }
        add_class(m, cell.get());
    };
    define(&PICKLE_ERROR, "PickleError", vm.exc.Exception);
    define(&PICKLING_ERROR, "PicklingError", PICKLE_ERROR.get());
    define(&UNPICKLING_ERROR, "UnpicklingError", PICKLE_ERROR.get());
    pickler::define(vm, m);
    unpickler::define(vm, m);
    buffer::define(vm, m);
    Ok(())
}

/// A `PicklingError`.
fn pickling_error(vm: &Vm, msg: impl AsRef<str>) -> Raised {
    vm.error(PICKLING_ERROR.get(), msg)
}
/// An `UnpicklingError`.
fn unpickling_error(vm: &Vm, msg: impl AsRef<str>) -> Raised {
    vm.error(UNPICKLING_ERROR.get(), msg)
}

/// Adds a note to the exception of a failed step.
fn noted<T>(vm: &Vm, r: PyResult<T>, note: impl FnOnce() -> String) -> PyResult<T> {
    r.inspect_err(|e| {
        let text = PyStr::from_str(&note());
        // A note that cannot be added must not hide the error.
        let _ = vm.call_method_str(e.value(), "add_note", &[text.value()]);
    })
}

/// What the tables of `copyreg` and `_compat_pickle` and a few functions are called in [`Shared`].
#[derive(Clone, Copy)]
enum Shared {
    DispatchTable,
    Registry,
    Inverted,
    Cache,
    Names,
    Imports,
    ReverseNames,
    ReverseImports,
    Encode,
    Partial,
    Getattr,
}

/// One of the objects of other modules, looked up once.
fn shared(vm: &Vm, which: Shared) -> PyResult<Owned> {
    const KEY: &str = "_pickle.shared";
    let known = vm.module_state.get().get(KEY).cloned();
    let table = match known {
        Some(t) => t,
        None => {
            let t = PyTuple::new(vec![
                vm.import_attr("copyreg", "dispatch_table")?,
                vm.import_attr("copyreg", "_extension_registry")?,
                vm.import_attr("copyreg", "_inverted_registry")?,
                vm.import_attr("copyreg", "_extension_cache")?,
                vm.import_attr("_compat_pickle", "NAME_MAPPING")?,
                vm.import_attr("_compat_pickle", "IMPORT_MAPPING")?,
                vm.import_attr("_compat_pickle", "REVERSE_NAME_MAPPING")?,
                vm.import_attr("_compat_pickle", "REVERSE_IMPORT_MAPPING")?,
                vm.import_attr("codecs", "encode")?,
                vm.import_attr("functools", "partial")?,
                vm.import_attr("builtins", "getattr")?,
            ]);
            vm.module_state.get_mut().insert(KEY, t.clone());
            t
        }
    };
    match vm.tuple_items(table.value()).get(which as usize) {
        Some(v) => Ok(v.own()),
        None => Err(vm.runtime_error("_pickle is not set up")),
    }
}

/// An attribute reached over a dotted path.
fn dotted(vm: &Vm, module: Value, path: &str) -> PyResult<Owned> {
    let mut at = module.own();
    for part in path.split('.') {
        at = vm.getattr_str(at.value(), part)?;
    }
    Ok(at)
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("dump", "(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)", |vm, a| {
        let s = Saver::new();
        s.set_up(vm, a[2], a[3], a[4])?;
        s.set_file(vm, a[1])?;
        s.dump(vm, a[0])?;
        s.flush(vm)?;
        Ok(Owned::NONE)
    }, "Write a pickled representation of obj to the open file object file.\n\nThis is equivalent to ``Pickler(file, protocol).dump(obj)``, but may\nbe more efficient."),
    MethodDef::function("dumps", "(obj, protocol=None, *, fix_imports=True, buffer_callback=None)", |vm, a| {
        let s = Saver::new();
        s.set_up(vm, a[1], a[2], a[3])?;
        s.dump(vm, a[0])?;
        Ok(PyBytes::new(&s.take_output()))
    }, "Return the pickled representation of the object as a bytes object."),
    MethodDef::function("load", "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", unpickler::load_file, "Read and return an object from the pickle data stored in a file.\n\nThis is equivalent to ``Unpickler(file).load()``, but may be more\nefficient."),
    MethodDef::function("loads", "(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", unpickler::load_bytes, "Read and return an object from the given pickle data."),
];
