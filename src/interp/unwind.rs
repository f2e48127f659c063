//! Unwinding: from a raised exception to the handler that takes it, through as many activations as it needs.

use super::dispatch::{Next, leave};
use pyjit_core::exception::PyTraceback;
use pyjit_core::frame::*;
use pyjit_core::types::{GenState, PyGenerator, new_int};
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{Raised, Vm};
use pyjit_isa::threaded::Op;

/// Finds where to go on after an exception at the published position. At a native entry the exception is left in
/// `thread.raised` and the dispatcher is sent to its exit.
pub fn unwind(vm: &Vm, e: Raised) -> Next {
    let fresh = e.payload().traceback.value().is_null() && e.payload().context.value().is_null();
    if fresh || is_raise(vm.thread.pc.get()) {
        let handled = vm.handled_exception();
        if !handled.is_null() {
            vm.set_context(e.value(), handled);
        }
    }
    unwind_as_is(vm, e)
}

/// The same for an exception that is thrown into a generator: it gets no context.
pub fn unwind_as_is(vm: &Vm, e: Raised) -> Next {
    let t = &vm.thread;
    let (mut fp, mut pc, mut k) = (t.fp.get(), t.pc.get(), t.k.get());
    let mut first = true;
    loop {
        // SAFETY: `fp` is a live activation or native entry.
        let func = unsafe { *fp.offset(FUNC) };
        if !func.is_heap() {
            t.raised.set(e.into_owned());
            // SAFETY: the return word of a native entry's callee is the exit instruction; entries keep it in slot k.
            let exit: *const Ins = super::enter::exit_instruction();
            return Next { pc: exit, fp, k };
        }
        let act = Activation { fp, pc };
        let code = act.code();
        let Some(threaded) = code.threaded.get().0.as_deref() else {
            t.raised.set(e.into_owned());
            return Next {
                pc: super::enter::exit_instruction(),
                fp,
                k,
            };
        };
        // What happens in the stub behind an inlined `__init__` belongs to the call.
        let index = threaded.main_index(threaded.index_of(pc));
        // SAFETY: pc is an instruction of this code.
        let op = Op::from_u16(unsafe { (*pc).op.get() });
        let goes_on = matches!(op, Some(Op::Reraise | Op::EndAsyncFor | Op::CleanupThrow));
        let again = first && (goes_on || is_bare_raise(pc, op));
        first = false;
        if !again {
            let lasti = threaded.offset_of(pc) as i64;
            let frame = act.object();
            let p = e.payload();
            let next = p.traceback.own();
            p.traceback.set(PyTraceback::new(next, frame, lasti, -1));
        }
        if let Some(h) = threaded.handler_of(index) {
            for i in h.first_temp as usize..threaded.nslots {
                clear(fp, i);
            }
            if let Some(slot) = h.lasti_slot {
                put(
                    fp,
                    slot as usize,
                    new_int(threaded.offset_of(pc) as i64 / 2),
                );
            }
            put(fp, h.exc_slot as usize, e.into_owned());
            return Next {
                pc: &raw const threaded.ins[h.target as usize],
                fp,
                k,
            };
        }
        // SAFETY: frames have a header (frame/layout.rs).
        let (caller, ret, caller_k) = unsafe {
            (
                raw_ptr::<Value>(*fp.offset(CALLER)),
                raw_ptr::<Ins>(*fp.offset(RETURN_PC)) as *const Ins,
                raw_ptr::<Value>(*fp.offset(CALLER_K)) as *const Value,
            )
        };
        let lo = t.stack_lo.get() as usize;
        let on_stack = (fp as usize).wrapping_sub(lo) < t.stack_hi.get() as usize - lo;
        let last = raised_at(threaded, fp, pc, op);
        if on_stack {
            leave(vm, fp, last);
        } else {
            finish_generator(vm, fp, last);
        }
        (fp, pc, k) = (caller, ret.wrapping_sub(1), caller_k);
        t.fp.set(fp);
        t.pc.set(pc);
        t.k.set(k);
    }
}

/// Where an activation is said to have ended: what raises an exception again stands for where it came from.
fn raised_at(threaded: &Threaded, fp: *mut Value, pc: *const Ins, op: Option<Op>) -> *const Ins {
    // SAFETY: pc is a live instruction.
    let slot = unsafe { (*pc).b.get() };
    if op != Some(Op::Reraise) || slot < 0 {
        return pc;
    }
    // SAFETY: the operand is a slot of this activation.
    let Some(unit) = unsafe { *fp.offset(slot as isize) }.as_i64() else {
        return pc;
    };
    let main = threaded
        .offsets
        .get(..threaded.stub_base)
        .unwrap_or(&threaded.offsets);
    let at = main.partition_point(|u| i64::from(*u) < unit);
    match main.get(at) {
        Some(u) if i64::from(*u) == unit => &raw const threaded.ins[at],
        _ => pc,
    }
}

/// A `raise` with an operand: the exception gets a new context even if it has been raised before.
fn is_raise(pc: *const Ins) -> bool {
    // SAFETY: the published position is a live instruction, or null.
    unsafe { pc.as_ref() }.is_some_and(|i| i.op.get() == Op::Raise as u16 && i.c.get() != 0)
}

/// `raise` without operands goes on with the exception as it is.
fn is_bare_raise(pc: *const Ins, op: Option<Op>) -> bool {
    // SAFETY: pc is a live instruction.
    op == Some(Op::Raise) && unsafe { (*pc).c.get() } == 0
}

fn clear(fp: *mut Value, i: usize) {
    // SAFETY: slots are owned.
    drop(unsafe { Owned::from_raw(fp.add(i).replace(Value::NULL)) });
}
fn put(fp: *mut Value, i: usize, v: Owned) {
    // SAFETY: as above.
    drop(unsafe { Owned::from_raw(fp.add(i).replace(v.into_raw())) });
}

/// Ends a generator's activation for good.
pub fn finish_generator(vm: &Vm, fp: *mut Value, pc: *const Ins) {
    // SAFETY: heap frames carry their generator.
    let g: *const PyGenerator = raw_ptr(unsafe { *fp.offset(GENERATOR) });
    if g.is_null() {
        return;
    }
    // SAFETY: whoever runs the generator holds a reference to it.
    let g = unsafe { &*g };
    let act = Activation { fp, pc };
    // SAFETY: the header word is owned and emptied.
    let frame = unsafe { Owned::from_raw(fp.offset(FRAME_OBJECT).replace(Value::NULL)) };
    if let Some(f) = frame.cast::<PyFrame>() {
        let saved = (0..act.code().nlocals.get() as usize)
            .map(|i| act.slot(i).own())
            .collect();
        f.detach(act.lasti(), Owned::NULL, saved, Owned::NULL);
    }
    vm.thread.exc_top.set(g.exc.0.prev.get());
    g.exc.0.value.set(Owned::NULL);
    g.state.set(GenState::Finished);
    vm.thread.depth.set(vm.thread.depth.get().saturating_sub(1));
    // Finalizers that this runs still find the activation below them.
    drop(frame);
    g.frame.release();
}
