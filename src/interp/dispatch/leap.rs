//! Fast bodies of the ops that jump or change frames. A body moves `pc`, `fp` and `k` on; on a miss it has changed nothing,
//! unless its control function says that it goes on from where the body stopped.

use crate::interp::exec::Exec;
use pyjit_core::frame::*;
use pyjit_core::object::Payload;
use pyjit_core::ops::{Emit, Fast, Miss};
use pyjit_core::types::*;
use pyjit_core::value::Value;

#[inline(always)]
fn step(e: &mut Exec) {
    e.pc = e.pc.wrapping_add(1);
}
#[inline(always)]
pub fn jump(e: &mut Exec) -> Fast {
    e.pc = e.pc.wrapping_offset(e.ins().bc() as isize);
    Ok(())
}
#[inline(always)]
pub fn loop_back(e: &mut Exec) -> Fast {
    e.check(!e.vm().thread.breaker.get())?;
    jump(e)
}
#[inline(always)]
pub fn resume(e: &mut Exec) -> Fast {
    e.check(!e.vm().thread.breaker.get())?;
    step(e);
    Ok(())
}
#[inline(always)]
pub fn for_iter(_: &mut Exec) -> Fast {
    Err(Miss)
}
#[inline(always)]
fn at_end(e: &mut Exec) -> Fast {
    e.pc = e.pc.wrapping_offset(e.ins().c.get() as isize);
    Ok(())
}
#[inline(always)]
pub fn for_iter_range(e: &mut Exec) -> Fast {
    let Some(it) = e.get(e.a()).cast_exact::<PyRangeIter>() else {
        return Err(Miss);
    };
    match it.advance() {
        Some(i) => {
            e.set(e.b(), Value::small(i));
            step(e);
            Ok(())
        }
        None => at_end(e),
    }
}
#[inline(always)]
pub fn for_iter_list(e: &mut Exec) -> Fast {
    let Some(it) = e.get(e.a()).cast_exact::<PyListIter>() else {
        return Err(Miss);
    };
    let Some(l) = it.list.value().cast_exact::<PyList>() else {
        return Err(Miss);
    };
    let i = it.index.get();
    match l.items.get().get(i) {
        Some(v) => {
            it.index.set(i + 1);
            let v = e.own(v.value());
            e.set(e.b(), v);
            step(e);
            Ok(())
        }
        None => Err(Miss),
    }
}
#[inline(always)]
pub fn for_iter_tuple(e: &mut Exec) -> Fast {
    let Some(it) = e.get(e.a()).cast_exact::<PyTupleIter>() else {
        return Err(Miss);
    };
    let Some(t) = it.tuple.value().cast_exact::<PyTuple>() else {
        return Err(Miss);
    };
    let i = it.index.get();
    match t.get(i) {
        Some(v) => {
            it.index.set(i + 1);
            let v = e.own(v);
            e.set(e.b(), v);
            step(e);
            Ok(())
        }
        None => Err(Miss),
    }
}
/// Enters a suspended generator from the running activation.
#[inline(always)]
fn enter_generator(e: &mut Exec, g: &PyGenerator, sent: Value) -> Fast {
    let t = &e.vm().thread;
    let state = g.state.get();
    if t.depth.get() >= t.recursion_limit.get()
        || !(state == GenState::Suspended || state == GenState::Created && sent.is_none())
    {
        return Err(Miss);
    }
    let lo = t.stack_lo.get() as usize;
    let pc = g.frame.pc.get();
    let fp = g.frame.fp();
    // SAFETY: a suspended generator has its frame, whose header is ours to write; the value's temp is dead.
    unsafe {
        let top = if (e.fp as usize).wrapping_sub(lo) < t.stack_hi.get() as usize - lo {
            let f = (*e.fp.offset(FUNC)).payload_unchecked::<PyFunction>();
            raw(e.fp.add(f.code().nslots.get() as usize))
        } else {
            *e.fp.offset(STACK_TOP)
        };
        *fp.offset((*pc.sub(1)).a.get() as isize) = sent;
        *fp.offset(CALLER) = raw(e.fp);
        *fp.offset(RETURN_PC) = raw(e.pc.add(1));
        *fp.offset(CALLER_K) = raw(e.k);
        *fp.offset(STACK_TOP) = top;
        let code = g.code.value().payload_unchecked::<PyCode>();
        e.k = code.k.get() as *const Value;
    }
    g.state.set(GenState::Running);
    g.exc.0.prev.set(t.exc_top.get());
    t.exc_top.set(&g.exc.0);
    t.depth.set(t.depth.get() + 1);
    e.pc = pc;
    e.fp = fp;
    Ok(())
}
#[inline(always)]
pub fn for_iter_gen(e: &mut Exec) -> Fast {
    let Some(g) = e.get(e.a()).cast_exact::<PyGenerator>() else {
        return Err(Miss);
    };
    enter_generator(e, g, Value::NONE)
}
#[inline(always)]
pub fn send(e: &mut Exec) -> Fast {
    let receiver = e.get(e.a());
    let g = match receiver.cast_exact::<PyGenerator>() {
        Some(g) => g,
        None => match receiver.cast_exact::<PyCoroutine>() {
            Some(c) => &c.generator,
            None => return Err(Miss),
        },
    };
    let v = e.get(e.b());
    enter_generator(e, g, v)?;
    // The sent value has moved; the caller's temp is found through its frame.
    // SAFETY: the header was just written.
    unsafe {
        let caller: *mut Value = raw_ptr_unchecked(*e.fp.offset(CALLER));
        let ret: *const Ins = raw_ptr_unchecked(*e.fp.offset(RETURN_PC));
        *caller.offset((*ret.sub(1)).b.get() as isize) = Value::NULL;
    }
    Ok(())
}
#[inline(always)]
pub fn yield_value(e: &mut Exec) -> Fast {
    let t = &e.vm().thread;
    // SAFETY: the frame is a generator's, which whoever runs it keeps alive; frames have a header.
    unsafe {
        let g = &*raw_ptr_unchecked::<PyGenerator>(*e.fp.offset(GENERATOR));
        if g.as_value().is_exact::<PyAsyncGen>() {
            return Err(Miss);
        }
        let mut v = e.get(e.b());
        if e.is_local(e.b()) {
            v = e.own(v);
        } else {
            let b = e.b();
            e.clear(b);
        }
        let ret: *const Ins = raw_ptr_unchecked(*e.fp.offset(RETURN_PC));
        let caller: *mut Value = raw_ptr_unchecked(*e.fp.offset(CALLER));
        g.frame.pc.set(e.pc.add(1));
        g.state.set(GenState::Suspended);
        t.exc_top.set(g.exc.0.prev.get());
        t.depth.set(t.depth.get() - 1);
        e.k = raw_ptr_unchecked(*e.fp.offset(CALLER_K));
        e.pc = ret;
        e.fp = caller;
        e.set((*ret.sub(1)).b.get(), v);
    }
    Ok(())
}

/// Writes the header of a new activation at `fp`, empties the locals from number `have` on, and goes there.
///
/// # Safety
/// `fp` has room for the header and the slots of `code`, which is prepared; `owner` is an owned reference to its function.
#[inline(always)]
unsafe fn push_frame(e: &mut Exec, owner: Value, code: &PyCode, fp: *mut Value, have: usize) {
    // SAFETY: as the caller promises.
    unsafe {
        *fp.offset(FUNC) = owner;
        *fp.offset(CALLER) = raw(e.fp);
        *fp.offset(RETURN_PC) = raw(e.pc.add(1));
        *fp.offset(CALLER_K) = raw(e.k);
        *fp.offset(FRAME_OBJECT) = Value::NULL;
        let mut i = have;
        let n = code.nlocals.get() as usize;
        while i < n {
            fp.add(i).write_volatile(Value::NULL);
            i += 1;
        }
        e.pc = code.entry.get() as *const Ins;
        e.fp = fp;
        e.k = code.k.get() as *const Value;
    }
}

/// Enters a Python function whose arguments, as many as it has parameters, stand where these will be, from a frame on the
/// stack: what most calls are, in few registers. Everything else is [`enter_wide`]'s.
#[inline(always)]
fn enter(e: &mut Exec, first: i16, given: u32) -> Fast {
    let base = e.slot(e.a());
    // SAFETY: operands are slots of the frame; the window has room for the header.
    unsafe {
        let callee = *base;
        let Some(f) = callee.cast_exact::<PyFunction>() else {
            return Err(Miss);
        };
        let code = f.code();
        let t = &e.vm().thread;
        let fp = e.slot(first);
        let in_stack = (e.fp as usize).wrapping_sub(t.stack_lo.get() as usize)
            < t.stack_hi.get() as usize - t.stack_lo.get() as usize;
        let room = (t.stack_ready.get() as usize).wrapping_sub(fp as usize)
            > (code.nslots.get() as usize + 16) * 8;
        if code.simple_args.get() != given
            || !in_stack
            || !room
            || t.depth.get() >= t.recursion_limit.get()
        {
            return Err(Miss);
        }
        t.depth.set(t.depth.get() + 1);
        *base = Value::NULL;
        push_frame(e, callee, code, fp, given as usize);
    }
    Ok(())
}

#[inline(always)]
pub fn call_function(e: &mut Exec) -> Fast {
    let n = e.b() as u16 as u32;
    enter(e, e.a() + 7, n)
}
#[inline(always)]
pub fn call(e: &mut Exec) -> Fast {
    if e.get(e.a() + 6).is_null() {
        let n = e.b() as u16 as u32;
        return enter(e, e.a() + 7, n);
    }
    let n = e.b() as u16 as u32 + 1;
    enter(e, e.a() + 6, n)
}

/// Enters a Python function, also from a generator, with defaults and through a bound method, whose receiver takes the place
/// in front of the arguments.
#[inline(always)]
fn enter_wide(e: &mut Exec, mut first: i16, mut given: u32) -> Fast {
    let base = e.slot(e.a());
    // SAFETY: operands are slots of the frame; the window has room for the header.
    unsafe {
        let callee = *base;
        let (f, receiver) = match callee.cast_exact::<PyFunction>() {
            Some(f) => (f, Value::NULL),
            None => {
                if first == e.a() + 6 {
                    return Err(Miss);
                }
                let Some(m) = callee.cast_exact::<PyMethod>() else {
                    return Err(Miss);
                };
                let Some(f) = m.func.value().cast_exact::<PyFunction>() else {
                    return Err(Miss);
                };
                first -= 1;
                given += 1;
                (f, m.receiver.value())
            }
        };
        let code = f.code();
        let t = &e.vm().thread;
        let args = e.slot(first);
        let in_stack = (e.fp as usize).wrapping_sub(t.stack_lo.get() as usize)
            < t.stack_hi.get() as usize - t.stack_lo.get() as usize;
        let fp = if in_stack {
            args
        } else {
            raw_ptr_unchecked::<Value>(*e.fp.offset(STACK_TOP)).add(HEADER_WORDS)
        };
        let room = (t.stack_ready.get() as usize).wrapping_sub(fp as usize)
            > (code.nslots.get() as usize + 16) * 8;
        let wanted = code.simple_args.get();
        if wanted != given {
            let missing = wanted.wrapping_sub(given) as usize;
            let have = f.defaults.value().cast_exact::<PyTuple>();
            if wanted == u32::MAX || wanted < given || have.is_none_or(|d| d.len() < missing) {
                return Err(Miss);
            }
        }
        if !room || t.depth.get() >= t.recursion_limit.get() {
            return Err(Miss);
        }
        t.depth.set(t.depth.get() + 1);
        *base = Value::NULL;
        let owner = f.as_value();
        if !receiver.is_null() {
            receiver.incref();
            owner.incref();
            *args = receiver;
            e.drop_later(callee);
        }
        if !in_stack {
            let mut i = 0;
            while i < given as usize {
                let v = args.add(i).replace(Value::NULL);
                fp.add(i).write_volatile(v);
                i += 1;
            }
        }
        let mut i = given as usize;
        if wanted != given {
            // The last parameters get the last defaults.
            let defaults = f.defaults.value().payload_unchecked::<PyTuple>().as_slice();
            let skipped = defaults.len() - (wanted - given) as usize;
            while i < wanted as usize {
                let v = *defaults.get_unchecked(skipped + i - given as usize);
                v.incref();
                fp.add(i).write_volatile(v);
                i += 1;
            }
        }
        push_frame(e, owner, code, fp, i);
    }
    Ok(())
}
#[inline(always)]
pub fn call_function_wide(e: &mut Exec) -> Fast {
    let n = e.b() as u16 as u32;
    enter_wide(e, e.a() + 7, n)
}
#[inline(always)]
pub fn call_wide(e: &mut Exec) -> Fast {
    if e.get(e.a() + 6).is_null() {
        let n = e.b() as u16 as u32;
        return enter_wide(e, e.a() + 7, n);
    }
    let n = e.b() as u16 as u32 + 1;
    enter_wide(e, e.a() + 6, n)
}

/// Enters the getter of a property above the running activation.
#[inline(always)]
pub fn load_attr_property(e: &mut Exec) -> Fast {
    let b = e.b();
    let x = e.get(b);
    e.check_shape(x)?;
    let temp = !e.is_local(b);
    // SAFETY: the shape guards the class, in which the cached property stands; frames have a header, and there is room.
    unsafe {
        let property = e.cached_constant().payload_unchecked::<PyProperty>();
        let getter = property.get.value();
        let Some(f) = getter.cast_exact::<PyFunction>() else {
            return Err(Miss);
        };
        let code = f.code();
        let t = &e.vm().thread;
        let in_stack = (e.fp as usize).wrapping_sub(t.stack_lo.get() as usize)
            < t.stack_hi.get() as usize - t.stack_lo.get() as usize;
        let top: *mut Value = if in_stack {
            let running = (*e.fp.offset(FUNC)).payload_unchecked::<PyFunction>();
            e.fp.add(running.code().nslots.get() as usize)
        } else {
            raw_ptr_unchecked(*e.fp.offset(STACK_TOP))
        };
        let fp = top.add(HEADER_WORDS);
        let room = (t.stack_ready.get() as usize).wrapping_sub(fp as usize)
            > (code.nslots.get() as usize + 16) * 8;
        if code.simple_args.get() != 1 || !room || t.depth.get() >= t.recursion_limit.get() {
            return Err(Miss);
        }
        t.depth.set(t.depth.get() + 1);
        getter.incref();
        if temp {
            e.clear(b);
        } else {
            x.incref();
        }
        *fp = x;
        push_frame(e, getter, code, fp, 1);
    }
    Ok(())
}

/// Gives the result to the caller and drops the locals. A local whose count reaches zero is left to the control function,
/// which goes on with the rest: what is done already is no longer there.
#[inline(always)]
fn leave_with(e: &mut Exec, result: Option<Value>, from: i16, nlocals: i16) -> Fast {
    // SAFETY: frames have a header and their slots (frame/layout.rs).
    unsafe {
        let fp = e.fp;
        if (*fp.offset(FRAME_OBJECT)).is_heap() {
            return Err(Miss);
        }
        let ret: *const Ins = raw_ptr_unchecked(*fp.offset(RETURN_PC));
        let caller: *mut Value = raw_ptr_unchecked(*fp.offset(CALLER));
        let dst = caller.offset((*ret.sub(1)).a.get() as isize);
        match result {
            Some(v) => *dst = v,
            None => {
                *dst = *fp.offset(from as isize);
                *fp.offset(from as isize) = Value::NULL;
            }
        }
        // Last to first, as CPython clears them.
        let mut i = nlocals as isize;
        while i > 0 {
            i -= 1;
            let p = fp.offset(i);
            let v = *p;
            if v.is_heap() {
                if v.header().refs() == 1 {
                    return Err(Miss);
                }
                *p = Value::NULL;
                v.header().drop_shared();
            }
        }
        let f = *fp.offset(FUNC);
        if f.header().refs() == 1 {
            return Err(Miss);
        }
        f.header().drop_shared();
        *fp.offset(FUNC) = Value::NULL;
        let t = &e.vm().thread;
        t.depth.set(t.depth.get() - 1);
        e.pc = ret;
        e.k = raw_ptr_unchecked(*fp.offset(CALLER_K));
        e.fp = caller;
    }
    Ok(())
}
#[inline(always)]
pub fn return_value(e: &mut Exec) -> Fast {
    let (a, n) = (e.a(), e.b());
    leave_with(e, None, a, n)
}
#[inline(always)]
pub fn return_const(e: &mut Exec) -> Fast {
    let v = e.constant_bc();
    v.incref();
    let n = e.a();
    match leave_with(e, Some(v), 0, n) {
        Ok(()) => Ok(()),
        Err(m) => {
            // The control function stores the constant itself.
            v.undo_incref();
            Err(m)
        }
    }
}
