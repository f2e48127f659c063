//! Functions of `sys` about frames, the exception being handled, and tracing.

use pyjit_core::frame::Activation;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::structseq::StructSeq;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("_getframe", "(depth=0, /)", getframe, "Return a frame object from the call stack.\n\nIf optional integer depth is given, return the frame object that many\ncalls below the top of the stack.  If that is deeper than the call\nstack, ValueError is raised.  The default for depth is zero, returning\nthe frame at the top of the call stack."),
    M::function("_getframemodulename", "(depth=0)", getframemodulename, "Return the name of the module for a calling frame.\n\nThe default depth returns the module containing the call to this API."),
    M::function("_current_frames", "()", current_frames, "Return a dict mapping each thread's thread id to its current stack frame."),
    M::function("_current_exceptions", "()", current_exceptions, "Return a dict mapping each thread's identifier to its current raised exception."),
    M::function("exception", "()", |vm, _| Ok(handled(vm).unwrap_or(Owned::NONE)), "Return the current exception.\n\nReturn the most recent exception caught by an except clause\nin the current stack frame or in an older stack frame, or None\nif no such clause exists."),
    M::function("exc_info", "()", exc_info, "Return current exception information: (type, value, traceback).\n\nReturn information about the most recent exception caught by an except\nclause in the current stack frame or in an older stack frame."),
    M::function("call_tracing", "(func, args, /)", call_tracing, "Call func(*args), while tracing is enabled."),
    M::function("settrace", "(function, /)", settrace, "Set the global debug tracing function.\n\nIt will be called on each function call."),
    M::function("setprofile", "(function, /)", setprofile, "Set the profiling function.\n\nIt will be called on each function call and return."),
    M::function("_settraceallthreads", "(function, /)", settrace, "Set the global debug tracing function in all running threads belonging to the current interpreter."),
    M::function("_setprofileallthreads", "(function, /)", setprofile, "Set the profiling function in all running threads belonging to the current interpreter."),
    M::function("gettrace", "()", |_, _| Ok(Owned::NONE), "Return the global debug tracing function set with sys.settrace."),
    M::function("getprofile", "()", |_, _| Ok(Owned::NONE), "Return the profiling function set with sys.setprofile."),
    M::function("set_asyncgen_hooks", "(firstiter=None, finalizer=None)", set_asyncgen_hooks, "set_asyncgen_hooks([firstiter] [, finalizer])\n\nSet a finalizer for async generators objects."),
    M::function("get_asyncgen_hooks", "()", get_asyncgen_hooks, "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer)."),
    M::function("set_coroutine_origin_tracking_depth", "(depth)", set_origin_depth, "Enable or disable origin tracking for coroutine objects in this thread."),
    M::function("get_coroutine_origin_tracking_depth", "()", |vm, _| Ok(new_usize(vm.thread.coroutine_origin_depth.get())), "Check status of origin tracking for coroutine objects in this thread."),
];

fn handled(vm: &Vm) -> Option<Owned> {
    let e = vm.thread.handled();
    (!e.is_null() && !e.is_none()).then(|| e.own())
}

fn exc_info(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let Some(e) = handled(vm) else {
        return Ok(PyTuple::new(vec![Owned::NONE, Owned::NONE, Owned::NONE]));
    };
    let tb = vm.getattr_opt_str(e.value(), "__traceback__")?;
    Ok(PyTuple::new(vec![
        e.class().as_owned(),
        e,
        tb.unwrap_or(Owned::NONE),
    ]))
}

fn nth(vm: &Vm, depth: i64) -> Option<Activation> {
    vm.activations().nth(depth.max(0) as usize)
}

fn getframe(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let depth = if a[0].is_null() { 0 } else { vm.to_i32(a[0])? };
    match nth(vm, i64::from(depth)) {
        Some(f) => Ok(f.object()),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

fn getframemodulename(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let depth = if a[0].is_null() { 0 } else { vm.to_i32(a[0])? };
    let Some(f) = nth(vm, i64::from(depth)) else {
        return Ok(Owned::NONE);
    };
    let module = vm.getattr_opt_str(f.function().as_value(), "__module__")?;
    Ok(module.unwrap_or(Owned::NONE))
}

fn current_frames(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let d = PyDict::new();
    if let (Some(f), Some(d)) = (vm.current(), d.cast::<PyDict>()) {
        let id = thread_ident(vm)?;
        d.set(vm, id.value(), f.object())?;
    }
    Ok(d)
}

fn thread_ident(vm: &Vm) -> PyResult<Owned> {
    if crate::find("_thread").is_none() {
        return Ok(new_int(1));
    }
    let f = vm.import_attr("_thread", "get_ident")?;
    vm.call(f.value(), &[])
}

fn current_exceptions(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let d = PyDict::new();
    if let Some(d) = d.cast::<PyDict>() {
        let id = thread_ident(vm)?;
        d.set(vm, id.value(), handled(vm).unwrap_or(Owned::NONE))?;
    }
    Ok(d)
}

fn call_tracing(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let args = vm.expect_tuple(a[1], "call_tracing() argument 2")?;
    vm.call(a[0], args)
}

fn events(vm: &Vm, f: Value, who: &str) -> PyResult<Owned> {
    if f.is_none() {
        return Ok(Owned::NONE);
    }
    Err(vm.error(
        vm.exc.NotImplementedError,
        format!("sys.{who}: execution events are not supported yet"),
    ))
}
fn settrace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    events(vm, a[0], "settrace")
}
fn setprofile(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    events(vm, a[0], "setprofile")
}

static ASYNCGEN_HOOKS: StructSeq = StructSeq::new(
    "sys",
    "asyncgen_hooks",
    Some("asyncgen_hooks()\n\nA struct sequence providing information about asynchronous\ngenerators hooks."),
    &[
        ("firstiter", "Hook to intercept first iteration"),
        ("finalizer", "Hook to intercept finalization"),
    ],
    2,
);

fn set_asyncgen_hooks(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    for (v, what) in [(a[0], "firstiter"), (a[1], "finalizer")] {
        if let Some(f) = v.given()
            && !vm.is_callable(f)
        {
            return Err(vm.type_error(format!(
                "callable {what} expected, got {}",
                f.class().name_str()
            )));
        }
    }
    let t = &vm.thread;
    for (v, place) in [(a[0], &t.asyncgen_firstiter), (a[1], &t.asyncgen_finalizer)] {
        if !v.is_null() {
            place.set(if v.is_none() { Owned::NULL } else { v.own() });
        }
    }
    Ok(Owned::NONE)
}
fn get_asyncgen_hooks(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let t = &vm.thread;
    let get = |c: &MutCell<Owned>| c.value().non_null().unwrap_or(Value::NONE).own();
    Ok(ASYNCGEN_HOOKS.make(
        vm,
        vec![get(&t.asyncgen_firstiter), get(&t.asyncgen_finalizer)],
    ))
}
fn set_origin_depth(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let depth = vm.to_i32(a[0])?;
    match usize::try_from(depth) {
        Ok(n) => {
            vm.thread.coroutine_origin_depth.set(n);
            Ok(Owned::NONE)
        }
        Err(_) => Err(vm.value_error("depth must be >= 0")),
    }
}
