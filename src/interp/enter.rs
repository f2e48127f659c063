//! Entering Python code from native code: calls, `exec`, generators; and installing the interpreter into the runtime.

use super::bind::bind;
use super::dispatch::{self, Next, stack_top, write_header};
use super::prepare::prepare;
use pyjit_core::call::Args;
use pyjit_core::frame::*;
use pyjit_core::object::{NoTrace, Payload};
use pyjit_core::types::*;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{CompileRequest, Hooks, PyResult, Raised, Vm};
use pyjit_isa::threaded::Op;
use std::sync::atomic::{AtomicPtr, Ordering};

static EXIT: AtomicPtr<Ins> = AtomicPtr::new(std::ptr::null_mut());

/// The instruction that leaves the dispatcher; the one before it tells returns where to put their result (slot 0).
pub fn exit_instruction() -> *const Ins {
    EXIT.load(Ordering::Relaxed).wrapping_add(1)
}

/// Installs the interpreter: handler table, exit code, hooks.
pub fn install(vm: &Vm, compile: fn(&Vm, CompileRequest<'_>) -> PyResult<Owned>) {
    let table = dispatch::handlers(!vm.options().no_fast_paths);
    let exit: &'static mut [Ins] = Box::leak(
        vec![
            Ins::new(Op::Nop as u16, 0, 0, 0),
            Ins::new(Op::Exit as u16, 0, 0, 0),
        ]
        .into_boxed_slice(),
    );
    for i in exit.iter() {
        i.handler
            .set(table.get(i.op.get() as usize).copied().unwrap_or(0));
    }
    EXIT.store(exit.as_mut_ptr(), Ordering::Relaxed);
    vm.handlers.set(NoTrace(table));
    vm.set_hooks(Hooks {
        call_function,
        eval_code,
        resume: super::generator::resume,
        compile,
    });
}

/// Room on the frame stack for one more activation, into which `given` words are put.
#[inline]
pub fn check_room(vm: &Vm, fp: *mut Value, code: &PyCode, given: usize) -> PyResult<()> {
    let t = &vm.thread;
    if t.depth.get() >= t.recursion_limit.get() {
        return Err(vm.recursion_error(""));
    }
    if !t.make_ready(fp.wrapping_add(given.max(code.nslots.get() as usize))) {
        return Err(vm.recursion_error(" (frame stack is full)"));
    }
    Ok(())
}

/// Runs from where `start` says, above a native entry whose slot 0 receives the result.
pub fn with_entry(
    vm: &Vm,
    start: impl FnOnce(*mut Value, *const Ins) -> PyResult<Next>,
) -> PyResult<Owned> {
    let t = &vm.thread;
    let (fp, pc, k) = (t.fp.get(), t.pc.get(), t.k.get());
    let base = if fp.is_null() {
        t.stack_lo.get()
    } else {
        stack_top(fp)
    };
    let entry = base.wrapping_add(HEADER_WORDS);
    if !t.make_ready(entry.wrapping_add(16)) {
        return Err(vm.recursion_error(" (frame stack is full)"));
    }
    let depth = t.depth.get();
    // SAFETY: there is room, and the words above the top are free.
    unsafe {
        write_header(entry, Owned::NULL, fp, pc.wrapping_add(1), k);
        *entry = Value::NULL;
    }
    let result = match start(entry, exit_instruction()) {
        Ok(next) => {
            if vm.options().use_match_loop {
                dispatch::run_match(vm, next.pc, next.fp, next.k);
            } else {
                dispatch::run_tail(vm, next.pc, next.fp, next.k);
            }
            // SAFETY: slot 0 of the entry is owned.
            let value = unsafe { Owned::from_raw(entry.replace(Value::NULL)) };
            let raised = t.raised.take();
            if raised.is_null() {
                Ok(value)
            } else {
                Err(Raised::new(raised))
            }
        }
        Err(e) => Err(e),
    };
    t.depth.set(depth);
    t.fp.set(fp);
    t.pc.set(pc);
    t.k.set(k);
    result
}

/// The `call_function` hook.
fn call_function(vm: &Vm, func: &PyFunction, args: Args<'_>) -> PyResult<Owned> {
    vm.check_native_stack()?;
    run_function(vm, func, args, Value::NULL)
}

fn run_function(vm: &Vm, func: &PyFunction, args: Args<'_>, locals: Value) -> PyResult<Owned> {
    let code = func.code();
    prepare(vm, code)?;
    let owner = func.as_owned();
    with_entry(vm, |entry, exit| {
        let fp = entry.wrapping_add(1 + HEADER_WORDS);
        check_room(vm, fp, code, args.values.len())?;
        for (i, v) in args.values.iter().enumerate() {
            v.incref();
            // SAFETY: there is room for the words given, which are dead.
            unsafe { *fp.add(i) = *v };
        }
        // SAFETY: as above; the code has been prepared.
        unsafe { bind(vm, func, fp, args.values.len(), args.names)? };
        if let Some(slot) = code.threaded.get().0.as_ref().and_then(|t| t.locals_slot)
            && !locals.is_null()
        {
            // SAFETY: the slot is one of the frame's, and bind has put the globals there.
            drop(unsafe {
                Owned::from_raw(fp.add(slot as usize).replace(locals.own().into_raw()))
            });
        }
        // SAFETY: room was checked.
        unsafe { write_header(fp, owner, entry, exit, std::ptr::null()) };
        vm.thread.depth.set(vm.thread.depth.get() + 1);
        Ok(Next {
            pc: code.entry.get() as *const Ins,
            fp,
            k: code.k.get() as *const Value,
        })
    })
}

/// The `eval_code` hook: a code object (or a function, whose code and closure count) with globals, locals and closure.
fn eval_code(
    vm: &Vm,
    code: Value,
    globals: Value,
    locals: Value,
    closure: Value,
) -> PyResult<Owned> {
    vm.check_native_stack()?;
    let (code, closure) = match code.cast::<PyFunction>() {
        Some(f) => (
            f.code.own(),
            if closure.is_null() {
                f.closure.own()
            } else {
                closure.own()
            },
        ),
        None => (code.own(), closure.own()),
    };
    let Some(c) = code.cast::<PyCode>() else {
        return Err(vm.type_error("exec() argument must be a code object"));
    };
    let nfree = c.nfree();
    let have = closure.cast::<PyTuple>().map_or(0, |t| t.len());
    if nfree != have {
        return Err(vm.type_error(format!(
            "code object requires a closure of length {nfree}, not {have}"
        )));
    }
    let f = PyFunction::new(vm, code.clone(), globals.own());
    let Some(func) = f.cast::<PyFunction>() else {
        return Ok(Owned::NONE);
    };
    func.closure.set(closure);
    run_function(vm, func, Args::NONE, locals)
}
