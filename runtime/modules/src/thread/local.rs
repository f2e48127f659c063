//! `threading.local`: an object whose attributes each thread has for itself. The instance dictionary is exchanged for the
//! running thread's whenever an attribute is looked at.

use crate::payload_class;
use pyjit_core::object::{generic_getattr, generic_setattr};
use pyjit_core::prelude::*;
use pyjit_core::py_class;
use pyjit_core::thread::current_ident;
use std::sync::Mutex;

py_class! {
    struct PyLocal as "_local" {
        /// The dictionary of each thread that has used the object.
        dicts: MutCell<Vec<(u64, Owned)>>,
        /// For `__init__` in every thread.
        args: Owned,
        kwargs: Owned,
        listed: Listed,
    }
}

/// Takes the object off the list when it is freed.
struct Listed(std::cell::Cell<u64>);
impl pyjit_core::object::Trace for Listed {
    fn trace(&self, _: pyjit_core::object::Tracer<'_>) {}
}
impl Drop for Listed {
    fn drop(&mut self) {
        all().retain(|o| *o != self.0.get());
    }
}
/// All such objects, so that a thread that ends can take its dictionaries along.
static ALL: Mutex<Vec<u64>> = Mutex::new(Vec::new());
fn all() -> std::sync::MutexGuard<'static, Vec<u64>> {
    ALL.lock().unwrap_or_else(|e| e.into_inner())
}

/// Adds the class to the module.
pub fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyLocal>(
        vm,
        module,
        ClassSpec {
            module: "_thread",
            doc: Some("Thread-local data"),
            slots: |s| {
                s.new.set(Some(new));
                s.getattr.set(Some(|vm, v, name| {
                    switch(vm, v)?;
                    generic_getattr(vm, v, name)
                }));
                s.setattr.set(Some(|vm, v, name, value| {
                    if text_of(name) == "__dict__" {
                        return Err(vm.error(
                            vm.exc.AttributeError,
                            format!(
                                "'{}' object attribute '__dict__' is read-only",
                                v.class().full_name(vm)
                            ),
                        ));
                    }
                    switch(vm, v)?;
                    generic_setattr(vm, v, name, value)
                }));
            },
            dict: true,
            weakrefs: true,
            ..ClassSpec::new("_local")
        },
    );
}

/// Whether the class has an `__init__` of its own.
fn has_init(class: &TypeObject) -> bool {
    let address = |c: &TypeObject| c.slots.init.get().map(|f| f as usize);
    address(class) != address(PyObject::class())
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if !args.is_empty() && !has_init(class) {
        return Err(vm.type_error("Initialization arguments are not supported"));
    }
    let kwargs = PyDict::new();
    if let Some(d) = kwargs.cast::<PyDict>() {
        for (k, v) in args.keywords() {
            d.set(vm, k, v.own())?;
        }
    }
    let own = PyDict::new();
    let o = new_object(
        class,
        PyLocal {
            dicts: MutCell::new(vec![(current_ident(), own.clone())]),
            args: PyTuple::from_slice(args.pos()),
            kwargs,
            listed: Listed(std::cell::Cell::new(0)),
        },
    );
    o.header().replace_dict(own);
    if let Some(l) = o.cast::<PyLocal>() {
        l.listed.0.set(o.bits());
        all().push(o.bits());
    }
    Ok(o)
}

/// Makes the running thread's dictionary the instance's; on a thread's first use `__init__` runs again.
fn switch(vm: &Vm, v: Value) -> PyResult<()> {
    let Some(l) = v.cast::<PyLocal>() else {
        return Ok(());
    };
    let me = current_ident();
    let found = l
        .dicts
        .get()
        .iter()
        .find(|(id, _)| *id == me)
        .map(|(_, d)| d.clone());
    if let Some(d) = found {
        if !v.header().dict_value().is(d.value()) {
            v.header().replace_dict(d);
        }
        return Ok(());
    }
    let d = PyDict::new();
    l.dicts.get_mut().push((me, d.clone()));
    v.header().replace_dict(d);
    if has_init(v.class()) {
        let init = vm.getattr(v, vm.names.__init__.value())?;
        let args = l.args.clone();
        let args = args.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
        let kwargs = l.kwargs.clone();
        if let Err(e) = vm.call_ex(init.value(), args, kwargs.cast::<PyDict>()) {
            let dropped = take(l, me);
            v.header().replace_dict(PyDict::new());
            drop(dropped);
            return Err(e);
        }
    }
    Ok(())
}

fn take(l: &PyLocal, id: u64) -> Option<Owned> {
    let dicts = l.dicts.get_mut();
    let i = dicts.iter().position(|(t, _)| *t == id)?;
    Some(dicts.swap_remove(i).1)
}

/// Drops what the calling thread has stored in thread-local objects. Called before it ends.
pub fn thread_ends(vm: &Vm) {
    let _ = vm;
    let me = current_ident();
    let objects: Vec<Owned> = all()
        .iter()
        .map(|o| Value::from_bits(*o).own())
        .collect();
    for o in objects {
        if let Some(l) = o.cast::<PyLocal>()
            && let Some(d) = take(l, me)
        {
            if o.header().dict_value().is(d.value()) {
                o.header().replace_dict(PyDict::new());
            }
            drop(d);
        }
    }
}
