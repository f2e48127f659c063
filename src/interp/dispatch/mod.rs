//! The two dispatchers. Neither knows what an op means: they go from one instruction to the next, call fast bodies, and on a
//! miss slow or control functions. `leap.rs` and `control.rs` hold what changes frames.

mod control;
mod leap;
mod match_loop;
mod tail;

pub use control::{Next, leave, stack_top, write_header};
pub use match_loop::run as run_match;
pub use tail::{handlers, run as run_tail};

use pyjit_core::frame::Ins;
use pyjit_core::ops::{Act, SlowFn, TestFn};
use pyjit_core::value::Value;
use pyjit_core::vm::{PyResult, Raised, Vm};

/// A control function: does the op and says where to go on.
pub type ControlFn = fn(&Act<'_>) -> PyResult<Next>;

/// Makes the position known to whoever looks at frames.
#[inline(always)]
fn publish(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) -> &'static Vm {
    // SAFETY: the runtime is never freed.
    let vm = unsafe { &*vm };
    vm.thread.pc.set(pc);
    vm.thread.fp.set(fp);
    vm.thread.k.set(k);
    vm
}

/// Leaves the raised exception to the unwinder, which sets where to go on.
#[cold]
#[inline(never)]
fn raise(vm: &Vm, e: Raised) {
    let next = super::unwind::unwind(vm, e);
    set_next(vm, next);
}

fn set_next(vm: &Vm, n: Next) {
    vm.thread.pc.set(n.pc);
    vm.thread.fp.set(n.fp);
    vm.thread.k.set(n.k);
}

/// Runs a slow function; the thread state says where to go on.
#[inline(always)]
fn run_slow(
    f: impl Fn(&Act<'_>) -> PyResult<()>,
    pc: *const Ins,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
) {
    let vm = publish(pc, fp, k, vm);
    let act = Act {
        vm,
        fp,
        k,
        // SAFETY: pc points at a live instruction.
        ins: unsafe { &*pc },
    };
    match f(&act) {
        Ok(()) => vm.thread.pc.set(pc.wrapping_add(1)),
        Err(e) => {
            publish(pc, fp, k, vm);
            raise(vm, e);
        }
    }
}

/// Runs a slow test; the thread state says where to go on: `distance` instructions away if the answer is yes.
#[inline(always)]
fn run_test(
    f: impl Fn(&Act<'_>) -> PyResult<bool>,
    distance: isize,
    pc: *const Ins,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
) {
    let vm = publish(pc, fp, k, vm);
    let act = Act {
        vm,
        fp,
        k,
        // SAFETY: pc points at a live instruction.
        ins: unsafe { &*pc },
    };
    match f(&act) {
        Ok(yes) => vm
            .thread
            .pc
            .set(pc.wrapping_offset(if yes { distance } else { 1 })),
        Err(e) => {
            publish(pc, fp, k, vm);
            raise(vm, e);
        }
    }
}

/// Runs a control function; the thread state says where to go on.
#[inline(always)]
fn run_control(
    f: impl Fn(&Act<'_>) -> PyResult<Next>,
    pc: *const Ins,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
) {
    let vm = publish(pc, fp, k, vm);
    let act = Act {
        vm,
        fp,
        k,
        // SAFETY: pc points at a live instruction.
        ins: unsafe { &*pc },
    };
    match f(&act) {
        Ok(next) => set_next(vm, next),
        Err(e) => {
            publish(pc, fp, k, vm);
            raise(vm, e);
        }
    }
}

/// [`run_slow`], [`run_test`] and [`run_control`] for the `match` dispatcher, which needs one of each.
#[inline(never)]
fn call_slow(f: SlowFn, pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) {
    run_slow(f, pc, fp, k, vm)
}
#[inline(never)]
fn call_test(
    f: TestFn,
    distance: isize,
    pc: *const Ins,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
) {
    run_test(f, distance, pc, fp, k, vm)
}
#[inline(never)]
fn call_control(f: ControlFn, pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) {
    run_control(f, pc, fp, k, vm)
}

/// Drops what a fast body has replaced.
#[cold]
#[inline(never)]
fn drop_words(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm, x: Value, y: Value) {
    publish(pc, fp, k, vm);
    // SAFETY: the references were handed over by the body.
    unsafe {
        x.decref();
        y.decref();
    }
}
