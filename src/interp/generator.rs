//! Generators and coroutines in the interpreter: making them, entering them in place, yielding and returning.

use super::dispatch::{Next, stack_top};
use super::unwind::finish_generator;
use pyjit_core::frame::*;
use pyjit_core::object::{MutCell, NoTrace, Payload, new_object};
use pyjit_core::ops::Act;
use pyjit_core::types::*;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{PyResult, Resume, Step, Vm};
use pyjit_isa::code::flags;
use pyjit_isa::threaded::Op;
use std::cell::Cell;

/// `cr_origin`: where a coroutine is made, as deep as `sys.set_coroutine_origin_tracking_depth` asks.
fn origin(vm: &Vm, code_flags: u32) -> Owned {
    let depth = vm.thread.coroutine_origin_depth.get();
    if depth == 0 || code_flags & flags::COROUTINE == 0 {
        return Owned::NULL;
    }
    let frames = vm.activations().skip(1).take(depth).map(|f| {
        let code = f.code();
        let line = f.line().map_or(Owned::NONE, |l| new_int(l as i64));
        PyTuple::new(vec![code.filename.own(), line, code.name.own()])
    });
    PyTuple::new(frames.collect())
}

/// RETURN_GENERATOR: the activation moves to the heap and its generator is returned.
pub fn return_generator(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let code = a.code();
    let func = a.function();
    let frame = HeapFrame::new(code.nslots.get() as usize);
    let hfp = frame.fp();
    // SAFETY: both frames have this many slots; the references move, and the old words are emptied.
    unsafe {
        for i in 0..code.nlocals.get() as usize {
            *hfp.add(i) = a.fp.add(i).replace(Value::NULL);
        }
        *hfp.offset(FUNC) = func.as_owned().into_raw();
    }
    frame.pc.set((a.ins as *const Ins).wrapping_add(1));
    let g = PyGenerator {
        frame,
        state: Cell::new(GenState::Created),
        name: MutCell::new(func.name.own()),
        qualname: MutCell::new(func.qualname.own()),
        code: func.code.own(),
        exc: NoTrace(ExcItem::default()),
        origin: MutCell::new(origin(vm, code.flags)),
        hooks_inited: Cell::new(false),
        closed: Cell::new(false),
        running_async: Cell::new(false),
        finalizer: MutCell::default(),
    };
    let obj = if code.flags & flags::COROUTINE != 0 {
        new_object(PyCoroutine::class(), PyCoroutine { generator: g })
    } else if code.flags & flags::ASYNC_GENERATOR != 0 {
        new_object(PyAsyncGen::class(), PyAsyncGen { generator: g })
    } else {
        new_object(PyGenerator::class(), g)
    };
    // SAFETY: generators' payloads begin with PyGenerator; frames have a header.
    unsafe {
        let g = obj.payload_unchecked::<PyGenerator>();
        *g.frame.fp().offset(GENERATOR) = raw(g as *const PyGenerator);
        // A frame object that was made before follows the activation.
        let frame_object = a.fp.offset(FRAME_OBJECT).replace(Value::NULL);
        if let Some(f) = frame_object.cast::<PyFrame>() {
            f.fp.set(g.frame.fp());
        }
        *g.frame.fp().offset(FRAME_OBJECT) = frame_object;
        let ret: *const Ins = raw_ptr::<Ins>(*a.fp.offset(RETURN_PC));
        let caller: *mut Value = raw_ptr(*a.fp.offset(CALLER));
        let k: *const Value = raw_ptr::<Value>(*a.fp.offset(CALLER_K));
        *caller.offset((*ret.sub(1)).a.get() as isize) = obj.into_raw();
        let f = Owned::from_raw(a.fp.offset(FUNC).replace(Value::NULL));
        vm.thread.depth.set(vm.thread.depth.get().saturating_sub(1));
        drop(f);
        vm.thread.fp.set(caller);
        vm.thread.pc.set(ret.wrapping_sub(1));
        Ok(Next {
            pc: ret,
            fp: caller,
            k,
        })
    }
}

/// Links a generator's frame above a caller and gives it the value it waits for.
///
/// # Safety
/// The generator is suspended or fresh, and held by the caller; `caller` is the running activation or a native entry.
unsafe fn link(
    vm: &Vm,
    g: &PyGenerator,
    sent: Owned,
    caller: *mut Value,
    ret: *const Ins,
    k: *const Value,
    top: *mut Value,
) -> Next {
    let fp = g.frame.fp();
    let pc = g.frame.pc.get();
    // SAFETY: as the caller promises; the instruction before the resumption point names where the value goes.
    unsafe {
        let at = fp.offset((*pc.sub(1)).a.get() as isize);
        drop(Owned::from_raw(at.replace(sent.into_raw())));
        *fp.offset(CALLER) = raw(caller);
        *fp.offset(RETURN_PC) = raw(ret);
        *fp.offset(CALLER_K) = raw(k);
        *fp.offset(STACK_TOP) = raw(top);
    }
    g.state.set(GenState::Running);
    g.exc.0.prev.set(vm.thread.exc_top.get());
    vm.thread.exc_top.set(&g.exc.0);
    vm.thread.depth.set(vm.thread.depth.get() + 1);
    let code_k = g
        .code
        .cast::<PyCode>()
        .map_or(std::ptr::null(), |c| c.k.get() as *const Value);
    Next { pc, fp, k: code_k }
}

/// Enters a generator from a `for` or a SEND of the running activation.
pub fn enter(a: &Act<'_>, g: &PyGenerator, sent: Owned) -> PyResult<Next> {
    let vm = a.vm;
    if vm.thread.depth.get() >= vm.thread.recursion_limit.get() {
        return Err(vm.recursion_error(""));
    }
    // SAFETY: the caller has looked at the state, and the operand slot holds the generator.
    Ok(unsafe {
        link(
            vm,
            g,
            sent,
            a.fp,
            (a.ins as *const Ins).wrapping_add(1),
            a.k,
            stack_top(a.fp),
        )
    })
}

/// SEND: generators and coroutines are entered, other iterators asked.
pub fn send(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let receiver = a.get(a.a());
    let ready = |g: &PyGenerator| matches!(g.state.get(), GenState::Created | GenState::Suspended);
    let plain = receiver
        .cast_exact::<PyGenerator>()
        .or_else(|| receiver.cast_exact::<PyCoroutine>().map(|c| &c.generator));
    if let Some(g) = plain
        && ready(g)
        && (g.state.get() == GenState::Suspended || a.get(a.b()).is_none())
    {
        let v = a.take_temp(a.b());
        return enter(a, g, v);
    }
    let receiver = receiver.own();
    let v = a.take_temp(a.b());
    let next = (a.ins as *const Ins).wrapping_add(1);
    let result = if v.is_none()
        && let Some(f) = receiver.class().slots.next.get()
    {
        f(vm, receiver.value())
    } else {
        vm.call_method(receiver.value(), vm.names.send.value(), &[v.value()])
    };
    let finished = match result {
        Ok(v) if !v.is_null() => {
            a.put(a.b(), v);
            return Ok(Next {
                pc: next,
                fp: a.fp,
                k: a.k,
            });
        }
        Ok(_) => Owned::NONE,
        Err(e) if e.is_instance(vm.exc.StopIteration) => {
            match e.value().cast::<pyjit_core::exception::PyStopIteration>() {
                Some(s) => s.value.own(),
                None => Owned::NONE,
            }
        }
        Err(e) => return Err(e),
    };
    a.put(a.b(), finished);
    Ok(Next {
        pc: (a.ins as *const Ins).wrapping_offset(a.c() as isize),
        fp: a.fp,
        k: a.k,
    })
}

fn running<'a>(a: &Act<'_>) -> &'a PyGenerator {
    // SAFETY: the frame is a generator's, which whoever runs it keeps alive.
    unsafe { &*raw_ptr::<PyGenerator>(*a.fp.offset(GENERATOR)) }
}
fn caller_of(a: &Act<'_>) -> Next {
    // SAFETY: frames have a header.
    unsafe {
        Next {
            pc: raw_ptr::<Ins>(*a.fp.offset(RETURN_PC)),
            fp: raw_ptr(*a.fp.offset(CALLER)),
            k: raw_ptr::<Value>(*a.fp.offset(CALLER_K)),
        }
    }
}
/// Stores into a slot of the caller and drops what was there.
fn give(next: &Next, slot: i16, v: Owned) {
    // SAFETY: the slot is one of the caller's and owned.
    drop(unsafe { Owned::from_raw(next.fp.offset(slot as isize).replace(v.into_raw())) });
}

/// YIELD_VALUE: back to whoever resumed the generator.
pub fn yield_value(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let g = running(a);
    let mut v = a.take(a.b());
    if a.c() & 1 == 0 && g.as_value().is_exact::<PyAsyncGen>() && !v.is_exact::<PyAsyncGenWrapped>()
    {
        v = new_object(PyAsyncGenWrapped::class(), PyAsyncGenWrapped { value: v });
    }
    let next = caller_of(a);
    g.frame.pc.set((a.ins as *const Ins).wrapping_add(1));
    g.state.set(GenState::Suspended);
    vm.thread.exc_top.set(g.exc.0.prev.get());
    vm.thread.depth.set(vm.thread.depth.get().saturating_sub(1));
    vm.thread.fp.set(next.fp);
    vm.thread.pc.set(next.pc.wrapping_sub(1));
    // SAFETY: the instruction before the return point is the one that resumed the generator.
    let slot = unsafe { (*next.pc.sub(1)).b.get() };
    give(&next, slot, v);
    Ok(next)
}

/// RETURN_VALUE of a generator.
pub fn return_gen(a: &Act<'_>) -> PyResult<Next> {
    let v = a.take_temp(a.a());
    let next = caller_of(a);
    finish_generator(a.vm, a.fp, a.ins);
    a.vm.thread.fp.set(next.fp);
    a.vm.thread.pc.set(next.pc.wrapping_sub(1));
    // SAFETY: as in `yield_value`.
    let from = unsafe { &*next.pc.sub(1) };
    match Op::from_u16(from.op.get()) {
        Some(Op::Send) => {
            give(&next, from.b.get(), v);
            Ok(Next {
                pc: (from as *const Ins).wrapping_offset(from.c.get() as isize),
                ..next
            })
        }
        Some(Op::ForIter | Op::ForIterGen) => Ok(Next {
            pc: (from as *const Ins).wrapping_offset(from.c.get() as isize),
            ..next
        }),
        // A native entry: the answer says that this was the end.
        _ => {
            give(&next, 0, v);
            a.vm.thread.returned.set(true);
            Ok(next)
        }
    }
}

/// The `resume` hook: runs a generator from native code until it yields, returns or raises.
pub fn resume(vm: &Vm, gen_value: Value, how: Resume) -> PyResult<Step> {
    vm.check_native_stack()?;
    let Some(g) = gen_value.cast::<PyGenerator>() else {
        return Err(vm.type_error("not a generator"));
    };
    let _keep = gen_value.own();
    if vm.thread.depth.get() >= vm.thread.recursion_limit.get() {
        return Err(vm.recursion_error(""));
    }
    super::enter::with_entry(vm, |entry, exit| {
        let sent = match &how {
            Resume::Send(v) => v.clone(),
            Resume::Throw(_) => Owned::NONE,
        };
        vm.thread.returned.set(false);
        // SAFETY: the caller has looked at the state; the entry's slots are above the stack's top.
        let next = unsafe { link(vm, g, sent, entry, exit, std::ptr::null(), entry.add(1)) };
        match how {
            Resume::Send(_) => Ok(next),
            Resume::Throw(e) => {
                vm.thread.fp.set(next.fp);
                vm.thread.pc.set(next.pc.wrapping_sub(1));
                vm.thread.k.set(next.k);
                Ok(super::unwind::unwind_as_is(vm, e))
            }
        }
    })
    .map(|v| {
        if vm.thread.returned.replace(false) {
            Step::Return(v)
        } else {
            Step::Yield(v)
        }
    })
}
