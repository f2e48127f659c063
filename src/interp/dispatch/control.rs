//! Control functions: what changes frames, in full. Also the fallbacks of the bodies in `leap.rs`.

use crate::interp::bind::bind;
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
    if on_stack(Vm::get(), fp) {
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

/// Whether a frame stands on the thread's stack, rather than in a generator.
#[inline]
fn on_stack(vm: &Vm, fp: *mut Value) -> bool {
    let lo = vm.thread.stack_lo.get() as usize;
    (fp as usize).wrapping_sub(lo) < vm.thread.stack_hi.get() as usize - lo
}

/// Enters a Python function from a call instruction. The `given` words at `first`, in the frame or above it, are owned:
/// positional arguments, then one value for each of `names`.
fn enter_function(
    a: &Act<'_>,
    owner: Owned,
    first: *mut Value,
    given: usize,
    names: &[Value],
    ret: *const Ins,
) -> PyResult<Next> {
    let vm = a.vm;
    // SAFETY: the callers have looked at the class.
    let func = unsafe { owner.value().payload_unchecked::<PyFunction>() };
    let code = func.code();
    if code.entry.get() == 0 {
        crate::interp::prepare::prepare(vm, code)?;
    }
    // The arguments stand where the parameters will be, unless the caller's frame is on the heap.
    let fp = if on_stack(vm, a.fp) {
        first
    } else {
        stack_top(a.fp).wrapping_add(HEADER_WORDS)
    };
    enter::check_room(vm, fp, code, given)?;
    if fp != first {
        for i in 0..given {
            // SAFETY: there is room; the references move.
            unsafe { *fp.add(i) = first.add(i).replace(Value::NULL) };
        }
    }
    // SAFETY: room was checked, the words given are owned, and the code has been prepared.
    unsafe {
        bind(vm, func, fp, given, names)?;
        write_header(fp, owner, a.fp, ret, a.k);
    }
    vm.thread.depth.set(vm.thread.depth.get() + 1);
    Ok(Next {
        pc: code.entry.get() as *const Ins,
        fp,
        k: code.k.get() as *const Value,
    })
}

/// Enters the function that a window's callable is, if it is a Python function or method: the values are bound where they
/// stand. `callee` is NULL afterwards if it was one.
fn enter_window(
    a: &Act<'_>,
    callee: &mut Owned,
    n: usize,
    names: &[Value],
) -> Option<PyResult<Next>> {
    let receiver = a.a() + 6;
    let mut has_receiver = !a.get(receiver).is_null();
    if let Some(m) = callee.cast_exact::<PyMethod>()
        && m.func.is_exact::<PyFunction>()
        && !has_receiver
    {
        a.put(receiver, m.receiver.clone());
        has_receiver = true;
        let f = m.func.clone();
        // The arguments keep the receiver, and the function keeps itself.
        *callee = f;
    }
    if !callee.is_exact::<PyFunction>() {
        return None;
    }
    let first = if has_receiver { receiver } else { receiver + 1 };
    let given = n + usize::from(has_receiver);
    // SAFETY: the window is part of the frame.
    let first = unsafe { a.fp.offset(first as isize) };
    let owner = std::mem::replace(callee, Owned::NULL);
    let ret = (a.ins as *const Ins).wrapping_add(1);
    Some(enter_function(a, owner, first, given, names, ret))
}

/// Receiver and arguments of a window as a native function gets them, and whether there is a receiver.
fn window_words<'a>(a: &Act<'a>, n: usize) -> (&'a [Value], bool) {
    let method = !a.get(a.a() + 6).is_null();
    let first = a.a() + if method { 6 } else { 7 };
    // SAFETY: receiver and arguments are adjacent slots of the frame, which nobody changes during the call.
    let words =
        unsafe { std::slice::from_raw_parts(a.fp.offset(first as isize), n + usize::from(method)) };
    (words, method)
}

/// Calls anything but a Python function with the values of the window, and drops them.
fn call_native_window(a: &Act<'_>, callee: Owned, n: usize, names: &[Value]) -> PyResult<Next> {
    let (values, method) = window_words(a, n);
    let count = values.len();
    let r = a.vm.call_args(callee.value(), Args { values, names });
    let first = a.a() + if method { 6 } else { 7 };
    for i in 0..count {
        drop(a.take_temp(first + i as i16));
    }
    drop(callee);
    a.put(a.a(), r?);
    Ok(behind(a))
}

/// Misses of the property form: the attribute in general.
pub fn load_attr_property(a: &Act<'_>) -> PyResult<Next> {
    pyjit_core::ops::slow::load_attr(a)?;
    Ok(behind(a))
}

/// A call in general; `function` says that the window has no receiver.
fn call_window(a: &Act<'_>, function: bool) -> PyResult<Next> {
    let n = a.b() as u16 as usize;
    if function {
        // The place of the receiver may hold an old header word.
        a.put(a.a() + 6, Owned::NULL);
    }
    let mut callee = a.take_temp(a.a());
    if let Some(next) = enter_window(a, &mut callee, n, &[]) {
        return next;
    }
    if let Some(c) = callee.cast_exact::<TypeObject>()
        && let Some(next) = enter_init(a, c, n)?
    {
        return Ok(next);
    }
    let method = !a.get(a.a() + 6).is_null();
    let native_class = callee
        .cast_exact::<TypeObject>()
        .is_some_and(|c| !c.heap.get());
    if callee.is_exact::<PyMethodDescr>() && method
        || (callee.is_exact::<PyBuiltin>() || native_class) && !method
    {
        a.requicken(if function {
            Op::CallNative
        } else {
            Op::CallNativeMethod
        });
    }
    call_native_window(a, callee, n, &[])
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
        || !a.get(a.a() + 6).is_null()
        || !std::ptr::eq(class.layout, <PyObject as Payload>::layout())
        || class.has_flag(pyjit_core::object::type_flags::ABSTRACT)
        || class.slots.new.get().map(|f| f as usize) != object.slots.new.get().map(|f| f as usize)
    {
        return Ok(None);
    }
    let Some(init) = class.lookup(vm, vm.names.__init__.value()) else {
        return Ok(None);
    };
    if !init.is_exact::<PyFunction>() {
        return Ok(None);
    }
    let stub = a
        .code()
        .threaded
        .get()
        .0
        .as_ref()
        .and_then(|t| t.ins.get(t.stub_base + 2 * a.c() as u16 as usize + 1));
    let Some(ret) = stub else {
        return Ok(None);
    };
    let owner = init.own();
    let obj = pyjit_core::object::new_object(class, PyObject {});
    a.put(a.a() + 6, obj.clone());
    // SAFETY: the window is part of the frame.
    let first = unsafe { a.fp.offset(a.a() as isize + 6) };
    let next = enter_function(a, owner, first, n + 1, &[], ret)?;
    // The header of the callee stands above this word.
    a.put(a.a(), obj);
    Ok(Some(next))
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
    let n = a.b() as u16 as usize;
    let mut callee = a.take_temp(a.a());
    let names = a.vm.tuple_items(a.constant(a.c()));
    if let Some(next) = enter_window(a, &mut callee, n, names) {
        return next;
    }
    call_native_window(a, callee, n, names)
}
pub fn call_ex(a: &Act<'_>) -> PyResult<Next> {
    let vm = a.vm;
    let mut callee = a.take_temp(a.a());
    let args = a.take_temp(a.b());
    let kwargs = if a.c() >= 0 {
        a.take_temp(a.c())
    } else {
        Owned::NULL
    };
    let args = if args.is_exact::<PyTuple>() {
        args
    } else {
        let items = vm.iterate_to_vec(args.value()).map_err(|e| {
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
        })?;
        PyTuple::new(items)
    };
    let positional = vm.tuple_items(args.value());
    let mut pairs = Vec::new();
    if let Some(d) = kwargs.cast::<PyDict>()
        && !d.is_empty()
    {
        pairs = d.items();
        if !pairs.iter().all(|(k, _)| k.isa::<PyStr>()) {
            return Err(vm.type_error("keywords must be strings"));
        }
    }
    let names: Vec<Value> = pairs.iter().map(|(k, _)| k.value()).collect();
    let mut receiver = Owned::NULL;
    if let Some(m) = callee.cast_exact::<PyMethod>()
        && m.func.is_exact::<PyFunction>()
    {
        receiver = m.receiver.clone();
        let f = m.func.clone();
        callee = f;
    }
    if let Some(f) = callee.cast_exact::<PyFunction>() {
        let given = usize::from(!receiver.is_null()) + positional.len() + pairs.len();
        crate::interp::prepare::prepare(vm, f.code())?;
        let first = stack_top(a.fp).wrapping_add(HEADER_WORDS);
        enter::check_room(vm, first, f.code(), given)?;
        let own = positional
            .iter()
            .map(|v| v.own())
            .chain(pairs.iter().map(|(_, v)| v.clone()));
        let all = Some(receiver)
            .filter(|r| !r.is_null())
            .into_iter()
            .chain(own);
        for (i, v) in all.enumerate() {
            // SAFETY: there is room for the words given, which are dead.
            unsafe { *first.add(i) = v.into_raw() };
        }
        let ret = (a.ins as *const Ins).wrapping_add(1);
        let next = enter_function(a, callee, first, given, &names, ret);
        // The values are shared with the new frame, so that nothing but an argument tuple dies here.
        return next;
    }
    let mut words = positional.to_vec();
    words.extend(pairs.iter().map(|(_, v)| v.value()));
    let r = vm.call_args(
        callee.value(),
        Args {
            values: &words,
            names: &names,
        },
    )?;
    drop(pairs);
    drop(args);
    drop(callee);
    a.put(a.a(), r);
    Ok(behind(a))
}

/// Ends an activation that an exception leaves: the frame object takes the locals over, or all slots are dropped in order.
pub fn leave(vm: &Vm, fp: *mut Value, pc: *const Ins) {
    let act = Activation { fp, pc };
    let n = act.code().nslots.get() as usize;
    leave_slots(vm, act, n);
}

/// The same for the first `nslots` slots; the others hold nothing.
fn leave_slots(vm: &Vm, act: Activation, nslots: usize) {
    let fp = act.fp;
    let nlocals = act.code().nlocals.get() as usize;
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
    // A return finds all temps dead.
    let act = a.activation();
    leave_slots(a.vm, act, act.code().nlocals.get() as usize);
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
