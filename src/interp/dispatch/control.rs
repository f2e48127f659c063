//! Control functions: what changes frames, in full. Also the fallbacks of the bodies in `leap.rs`.

use crate::interp::{enter, generator};
use pyjit_core::call::Args;
use pyjit_core::frame::*;
use pyjit_core::object::{Payload, PyBuiltin, PyMethodDescr, TypeObject};
use pyjit_core::ops::Act;
use pyjit_core::types::*;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{PyResult, Vm};
use pyjit_isa::threaded::Op;

pub use crate::interp::generator::{return_gen, return_generator, send, yield_value};

/// Where a dispatcher goes on.
#[derive(Clone, Copy)]
pub struct Next {
    pub pc: *const Ins,
    pub fp: *mut Value,
    pub k: *const Value,
}

/// The instruction behind, in the same frame.
pub fn behind(a: &Act<'_>) -> Next {
    Next {
        pc: (a.ins as *const Ins).wrapping_add(1),
        fp: a.fp,
        k: a.k,
    }
}
fn jump_by(a: &Act<'_>, distance: i32) -> Next {
    Next {
        pc: (a.ins as *const Ins).wrapping_offset(distance as isize),
        fp: a.fp,
        k: a.k,
    }
}

pub fn jump(a: &Act<'_>) -> PyResult<Next> {
    Ok(jump_by(a, a.ins.bc()))
}
pub fn loop_back(a: &Act<'_>) -> PyResult<Next> {
    a.vm.check_pending()?;
    jump(a)
}
pub fn resume(a: &Act<'_>) -> PyResult<Next> {
    a.vm.check_pending()?;
    Ok(behind(a))
}
/// `for`: generators are entered in place, everything else is asked for its next item.
pub fn for_iter(a: &Act<'_>) -> PyResult<Next> {
    let it = a.get(a.a());
    if it.is_exact::<PyRangeIter>() {
        a.requicken(Op::ForIterRange);
    } else if it.is_exact::<PyListIter>() {
        a.requicken(Op::ForIterList);
    } else if it.is_exact::<PyTupleIter>() {
        a.requicken(Op::ForIterTuple);
    } else if it.is_exact::<PyGenerator>() {
        a.requicken(Op::ForIterGen);
        return for_iter_gen(a);
    }
    for_iter_generic(a)
}
fn for_iter_generic(a: &Act<'_>) -> PyResult<Next> {
    let it = a.own(a.a());
    match a.vm.next(it.value())? {
        Some(v) => {
            a.put(a.b(), v);
            Ok(behind(a))
        }
        None => Ok(jump_by(a, a.c() as i32)),
    }
}
pub use self::for_iter as for_iter_range;
pub use self::for_iter as for_iter_list;
pub use self::for_iter as for_iter_tuple;
pub fn for_iter_gen(a: &Act<'_>) -> PyResult<Next> {
    let it = a.get(a.a());
    match it.cast_exact::<PyGenerator>() {
        Some(g) if g.state.get() != GenState::Running && g.state.get() != GenState::Finished => {
            generator::enter(a, g, Owned::NONE)
        }
        Some(_) => for_iter_generic(a),
        None => for_iter(a),
    }
}

/// First free word above an activation: where the frames of natively entered functions go.
pub fn stack_top(fp: *mut Value) -> *mut Value {
    let act = Activation {
        fp,
        pc: std::ptr::null(),
    };
    let t = &Vm::get().thread;
    let lo = t.stack_lo.get() as usize;
    if (fp as usize).wrapping_sub(lo) < t.stack_hi.get() as usize - lo {
        // SAFETY: the frame's header is readable; native entries have no function and one slot.
        let f = unsafe { *fp.offset(FUNC) };
        let n = if f.is_heap() {
            act.code().nslots.get() as usize
        } else {
            1
        };
        fp.wrapping_add(n)
    } else {
        // SAFETY: heap frames record where the stack goes on.
        raw_ptr(unsafe { *fp.offset(STACK_TOP) })
    }
}

/// The header of a new activation below `fp`.
///
/// # Safety
/// `fp` has room for a header below it and no live frame there.
pub unsafe fn write_header(
    fp: *mut Value,
    func: Owned,
    caller: *mut Value,
    ret: *const Ins,
    k: *const Value,
) {
    // SAFETY: as the caller promises.
    unsafe {
        *fp.offset(FUNC) = func.into_raw();
        *fp.offset(CALLER) = raw(caller);
        *fp.offset(RETURN_PC) = raw(ret);
        *fp.offset(CALLER_K) = raw(k);
        *fp.offset(FRAME_OBJECT) = Value::NULL;
    }
}

/// Enters a Python function from a call instruction; the values are owned by the caller of this and bound here.
fn enter_function(
    a: &Act<'_>,
    func: &PyFunction,
    values: Vec<Owned>,
    names: &[Value],
) -> PyResult<Next> {
    let vm = a.vm;
    let code = func.code();
    crate::interp::prepare::prepare(vm, code)?;
    let fp = stack_top(a.fp).wrapping_add(HEADER_WORDS);
    enter::check_room(vm, fp, code)?;
    let owner = func.as_owned();
    enter::bind(vm, func, values, names, fp)?;
    // SAFETY: room was checked; the words above the top are free.
    unsafe { write_header(fp, owner, a.fp, (a.ins as *const Ins).wrapping_add(1), a.k) };
    vm.thread.depth.set(vm.thread.depth.get() + 1);
    Ok(Next {
        pc: code.entry.get() as *const Ins,
        fp,
        k: code.k.get() as *const Value,
    })
}

/// Receiver and arguments of a window, moved out.
fn window_values(a: &Act<'_>, n: usize) -> Vec<Owned> {
    let mut values = Vec::with_capacity(n + 1);
    let receiver = a.take_temp(a.a() + 6);
    if !receiver.is_null() {
        values.push(receiver);
    }
    values.extend(a.take_many(a.a() + 7, n));
    values
}

/// A call in general; `function` says that the window has no receiver.
fn call_window(a: &Act<'_>, function: bool) -> PyResult<Next> {
    let vm = a.vm;
    let n = a.b() as u16 as usize;
    if function {
        // The place of the receiver may hold an old header word.
        a.put(a.a() + 6, Owned::NULL);
    }
    let callee = a.take_temp(a.a());
    if let Some(f) = callee.cast_exact::<PyFunction>() {
        let values = window_values(a, n);
        return enter_function(a, f, values, &[]);
    }
    if let Some(m) = callee.cast_exact::<PyMethod>()
        && let Some(f) = m.func.cast_exact::<PyFunction>()
    {
        let mut values = window_values(a, n);
        values.insert(0, m.receiver.clone());
        return enter_function(a, f, values, &[]);
    }
    if let Some(c) = callee.cast_exact::<TypeObject>()
        && let Some(next) = enter_init(a, c, n)?
    {
        return Ok(next);
    }
    let method = !a.get(a.a() + 6).is_null();
    if callee.is_exact::<PyMethodDescr>() && method || callee.is_exact::<PyBuiltin>() && !method {
        a.requicken(if function {
            Op::CallNative
        } else {
            Op::CallNativeMethod
        });
    }
    let first = a.a() + if method { 6 } else { 7 };
    let count = n + usize::from(method);
    // SAFETY: receiver and arguments are adjacent slots of the frame, which nobody changes during the call.
    let words = unsafe { std::slice::from_raw_parts(a.fp.offset(first as isize), count) };
    let r = vm.call_args(callee.value(), Args::positional(words));
    for i in 0..count {
        drop(a.take_temp(first + i as i16));
    }
    drop(callee);
    a.put(a.a(), r?);
    Ok(behind(a))
}
pub fn call(a: &Act<'_>) -> PyResult<Next> {
    call_window(a, false)
}
pub fn call_function(a: &Act<'_>) -> PyResult<Next> {
    call_window(a, true)
}
pub fn call_class(a: &Act<'_>) -> PyResult<Next> {
    call_window(a, a.get(a.a() + 6).is_null())
}

/// A class with the plain `type.__call__` and `object.__new__` and a Python `__init__`: the instance is made here and
/// `__init__` entered, so that no native stack is used. `None` if the class is another kind.
fn enter_init(a: &Act<'_>, class: &'static TypeObject, n: usize) -> PyResult<Option<Next>> {
    let vm = a.vm;
    let object = <PyObject as Payload>::class();
    if a.c() == -1
        || !class.heap.get()
        || !std::ptr::eq(class.layout, <PyObject as Payload>::layout())
    {
        return Ok(None);
    }
    if class.slots.new.get().map(|f| f as usize) != object.slots.new.get().map(|f| f as usize) {
        return Ok(None);
    }
    let Some(init) = class.lookup(vm, vm.names.__init__.value()) else {
        return Ok(None);
    };
    let Some(f) = init.cast_exact::<PyFunction>() else {
        return Ok(None);
    };
    let abstract_class = class.has_flag(pyjit_core::object::type_flags::ABSTRACT);
    if abstract_class {
        return Ok(None);
    }
    let owner = f.as_owned();
    let threaded = a.code();
    let Some(stub) = threaded
        .threaded
        .get()
        .0
        .as_ref()
        .map(|t| t.stub_base + 2 * a.c() as u16 as usize)
    else {
        return Ok(None);
    };
    let obj = pyjit_core::object::new_object(class, PyObject {});
    let code = f.code();
    let t = &vm.thread;
    let lo = t.stack_lo.get() as usize;
    let fp = a.fp.wrapping_offset(a.a() as isize + 6);
    let on_stack = (a.fp as usize).wrapping_sub(lo) < t.stack_hi.get() as usize - lo;
    let room = (t.stack_ready.get() as usize).wrapping_sub(fp as usize)
        > (code.nslots.get() as usize + 16) * 8;
    if code.simple_args.get() as usize == n + 1
        && a.get(a.a() + 6).is_null()
        && on_stack
        && room
        && t.depth.get() < t.recursion_limit.get()
    {
        // The arguments stand where the parameters of `__init__` will be.
        let ret = match threaded
            .threaded
            .get()
            .0
            .as_ref()
            .and_then(|t| t.ins.get(stub + 1))
        {
            Some(i) => i as *const Ins,
            None => return Ok(None),
        };
        a.put(a.a() + 6, obj.clone());
        for i in n + 1..code.nlocals.get() as usize {
            // SAFETY: there is room, and the words are dead.
            unsafe { *fp.add(i) = Value::NULL };
        }
        // SAFETY: the window has room for the header.
        unsafe { write_header(fp, owner, a.fp, ret, a.k) };
        t.depth.set(t.depth.get() + 1);
        a.put(a.a(), obj);
        return Ok(Some(Next {
            pc: code.entry.get() as *const Ins,
            fp,
            k: code.k.get() as *const Value,
        }));
    }
    let mut values = window_values(a, n);
    values.insert(0, obj.clone());
    crate::interp::prepare::prepare(vm, code)?;
    let fp = stack_top(a.fp).wrapping_add(HEADER_WORDS);
    enter::check_room(vm, fp, code)?;
    enter::bind(vm, f, values, &[], fp)?;
    let Some(t) = threaded.threaded.get().0.as_ref() else {
        return Ok(None);
    };
    let ret = t
        .ins
        .get(stub + 1)
        .map_or(std::ptr::null(), |i| i as *const Ins);
    // SAFETY: room was checked; the words above the top are free.
    unsafe { write_header(fp, owner, a.fp, ret, a.k) };
    vm.thread.depth.set(vm.thread.depth.get() + 1);
    a.put(a.a(), obj);
    Ok(Some(Next {
        pc: code.entry.get() as *const Ins,
        fp,
        k: code.k.get() as *const Value,
    }))
}
pub fn init_done(a: &Act<'_>) -> PyResult<Next> {
    let r = a.take_temp(a.a() + 1);
    if !r.is_none() {
        drop(a.take_temp(a.a()));
        return Err(a.vm.type_error(format!(
            "__init__() should return None, not '{}'",
            r.class().name_str()
        )));
    }
    jump(a)
}
pub fn call_kw(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let n = a.b() as u16 as usize;
    let callee = a.take_temp(a.a());
    let values = window_values(a, n);
    let names = vm.tuple_items(a.constant(a.c()));
    call_values(a, callee, values, names)
}
fn call_values(
    a: &Act<'_>,
    callee: Owned,
    mut values: Vec<Owned>,
    names: &[Value],
) -> PyResult<Next> {
    if let Some(f) = callee.cast_exact::<PyFunction>() {
        return enter_function(a, f, values, names);
    }
    if let Some(m) = callee.cast_exact::<PyMethod>()
        && let Some(f) = m.func.cast_exact::<PyFunction>()
    {
        values.insert(0, m.receiver.clone());
        return enter_function(a, f, values, names);
    }
    let words: Vec<Value> = values.iter().map(|v| v.value()).collect();
    let r = a.vm.call_args(
        callee.value(),
        Args {
            values: &words,
            names,
        },
    )?;
    drop(values);
    drop(callee);
    a.put(a.a(), r);
    Ok(behind(a))
}
pub fn call_ex(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let callee = a.take_temp(a.a());
    let args = a.take_temp(a.b());
    let kwargs = if a.c() >= 0 {
        a.take_temp(a.c())
    } else {
        Owned::NULL
    };
    let mut values = match args.cast_exact::<PyTuple>() {
        Some(t) => t.as_slice().iter().map(|v| v.own()).collect(),
        None => vm.iterate_to_vec(args.value()).map_err(|e| {
            let class = args.class();
            if e.is_instance(vm.exc.TypeError)
                && class.slots.iter.get().is_none()
                && class.slots.getitem.get().is_none()
            {
                return vm.type_error(format!(
                    "{} argument after * must be an iterable, not {}",
                    vm.callable_text(callee.value()),
                    class.name_str()
                ));
            }
            e
        })?,
    };
    let mut names = Vec::new();
    if let Some(d) = kwargs.cast::<PyDict>() {
        for (k, v) in d.items() {
            if !k.isa::<PyStr>() {
                return Err(vm.type_error("keywords must be strings"));
            }
            names.push(k);
            values.push(v);
        }
    }
    drop(args);
    let words: Vec<Value> = names.iter().map(|v| v.value()).collect();
    call_values(a, callee, values, &words)
}

/// Ends an activation: the frame object takes the slots over, or they are dropped in order.
pub fn leave(vm: &Vm, fp: *mut Value, pc: *const Ins) {
    let act = Activation { fp, pc };
    let code = act.code();
    let (nlocals, nslots) = (code.nlocals.get() as usize, code.nslots.get() as usize);
    // SAFETY: slots and value words of the header are owned; they are emptied as they are taken.
    let take = |i: isize| unsafe { Owned::from_raw(fp.offset(i).replace(Value::NULL)) };
    let frame = take(FRAME_OBJECT);
    if let Some(f) = frame.cast::<PyFrame>()
        && frame.header().refs() > 1
    {
        let locals = act.locals_mapping().map_or(Owned::NULL, |v| v.own());
        let back = act.caller().map_or(Owned::NULL, |c| c.object());
        let saved = (0..nlocals).map(|i| take(i as isize)).collect();
        f.detach(act.lasti(), back, saved, locals);
    }
    // Last to first, as CPython clears them.
    for i in (0..nslots).rev() {
        drop(take(i as isize));
    }
    let func = take(FUNC);
    vm.thread.depth.set(vm.thread.depth.get().saturating_sub(1));
    drop(frame);
    drop(func);
}

fn return_to_caller(a: &Act<'_>, result: Option<Owned>) -> PyResult<Next> {
    let fp = a.fp;
    // SAFETY: frames have a header (frame/layout.rs).
    let (ret, caller, k) = unsafe {
        (
            raw_ptr::<Ins>(*fp.offset(RETURN_PC)) as *const Ins,
            raw_ptr::<Value>(*fp.offset(CALLER)),
            raw_ptr::<Value>(*fp.offset(CALLER_K)) as *const Value,
        )
    };
    // The destination may be a word of the header that is taken down here: the result is stored afterwards.
    // SAFETY: the instruction before the return point is a call, whose destination is a dead temp (or holds the result that
    // the fast body has given already).
    let (place, result) = unsafe {
        let place = caller.offset((*ret.sub(1)).a.get() as isize);
        let given = match result {
            Some(v) => v,
            None => Owned::from_raw(place.replace(Value::NULL)),
        };
        (place, given)
    };
    leave(a.vm, fp, a.ins);
    // SAFETY: as above.
    unsafe { *place = result.into_raw() };
    a.vm.thread.fp.set(caller);
    a.vm.thread.pc.set(ret.wrapping_sub(1));
    Ok(Next {
        pc: ret,
        fp: caller,
        k,
    })
}
pub fn return_value(a: &Act<'_>) -> PyResult<Next> {
    // NULL: the fast body has given the result to the caller already.
    let has_frame = a.activation().slot_word(FRAME_OBJECT).is_heap();
    let v = if has_frame && !a.is_temp(a.a()) {
        a.own(a.a())
    } else {
        a.take_temp(a.a())
    };
    return_to_caller(a, if v.is_null() { None } else { Some(v) })
}
pub fn return_const(a: &Act<'_>) -> PyResult<Next> {
    // SAFETY: the operand is a constant of the code.
    let v = unsafe { (*a.k.add(a.ins.bc() as usize)).own() };
    return_to_caller(a, Some(v))
}
