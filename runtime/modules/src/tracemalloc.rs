//! `_tracemalloc`: allocations are not traced here, so starting says so; everything that is defined while tracing is off
//! works.

use crate::NativeModule;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

pub static MODULE: NativeModule = NativeModule::new("_tracemalloc", FUNCTIONS)
    .doc("Debug module to trace memory blocks allocated by Python.");

static FUNCTIONS: &[MethodDef] = &[
    M::function("is_tracing", "()", |_, _| Ok(Owned::bool(false)), "Return True if the tracemalloc module is tracing Python memory allocations."),
    M::function("clear_traces", "()", none, "Clear traces of memory blocks allocated by Python."),
    M::function("_get_traces", "()", |_, _| Ok(PyList::new(vec![])), "Get traces of all memory blocks allocated by Python."),
    M::function("_get_object_traceback", "(obj, /)", none, "Get the traceback where the Python object obj was allocated."),
    M::function("start", "(nframe=1, /)", start, "Start tracing Python memory allocations."),
    M::function("stop", "()", none, "Stop tracing Python memory allocations."),
    M::function("get_traceback_limit", "()", |_, _| Ok(new_int(1)), "Get the maximum number of frames stored in the traceback of a trace."),
    M::function("get_tracemalloc_memory", "()", |_, _| Ok(new_int(0)), "Get the memory usage in bytes of the tracemalloc module."),
    M::function("get_traced_memory", "()", |_, _| Ok(PyTuple::pair(new_int(0), new_int(0))), "Get the current size and peak size of memory blocks traced by tracemalloc."),
    M::function("reset_peak", "()", none, "Set the peak size of memory blocks traced by tracemalloc to the current size."),
];

fn none(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    Ok(Owned::NONE)
}

fn start(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let frames = match a[0].non_null() {
        Some(n) => vm.to_i64(n)?,
        None => 1,
    };
    if !(1..=65535).contains(&frames) {
        return Err(vm.value_error("the number of frames must be in range [1; 65535]"));
    }
    Err(vm.runtime_error("tracing of memory allocations is not supported by this implementation"))
}
