//! Exceptions, `with`, awaiting, intrinsics.

use crate::call::Args;
use crate::exception::{PyBaseException, Raised};
use crate::object::{MethodKind, PyBuiltin, PyMethodDescr, TypeObject};
use crate::ops::Act;
use crate::types::*;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use pyjit_isa::code::flags;
use pyjit_isa::threaded::Op;

pub fn raise(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let n = a.c();
    if n == 0 {
        let e = vm.handled_exception();
        if e.is_null() {
            return Err(vm.runtime_error("No active exception to reraise"));
        }
        let e = Raised::new(e.own());
        // The traceback goes on from what it is.
        return Err(e);
    }
    let exc = a.take(a.b());
    let cause = if n == 2 {
        Some(a.take(a.b() + 1))
    } else {
        None
    };
    let e = vm.make_exception(exc.value())?;
    if let Some(c) = cause {
        let fixed = if c.is_none() {
            Owned::NONE
        } else if c
            .cast::<crate::object::TypeObject>()
            .is_some_and(|t| t.is_subclass(vm.exc.BaseException))
        {
            vm.make_exception(c.value())?.into_owned()
        } else if c.isa::<PyBaseException>() {
            c
        } else {
            return Err(vm.type_error("exception causes must derive from BaseException"));
        };
        let p = e.payload();
        p.cause
            .set(if fixed.is_none() { Owned::NULL } else { fixed });
        p.suppress_context.set(true);
    }
    Err(e)
}
pub fn reraise(a: &Act<'_>) -> PyResult<()> {
    let e = a.take_temp(a.a());
    Err(Raised::new(e))
}
pub fn push_exc_info(a: &Act<'_>) -> PyResult<()> {
    let e = a.take_temp(a.a());
    let item = a.vm.thread.exc_item();
    let before = item.value.replace(e.clone());
    a.put(
        a.a(),
        if before.is_null() {
            Owned::NONE
        } else {
            before
        },
    );
    a.put(a.a() + 1, e);
    Ok(())
}
pub fn pop_except(a: &Act<'_>) -> PyResult<()> {
    let before = a.take_temp(a.a());
    a.vm.thread.exc_item().value.set(if before.is_none() {
        Owned::NULL
    } else {
        before
    });
    Ok(())
}
pub fn check_exc_match(a: &Act<'_>) -> PyResult<()> {
    let class = a.take(a.c());
    let t = a.vm.exception_match(a.get(a.b()), class.value())?;
    a.put(a.a(), Owned::bool(t));
    Ok(())
}
pub fn check_eg_match(a: &Act<'_>) -> PyResult<()> {
    let exc = a.take_temp(a.b());
    let class = a.take_temp(a.b() + 1);
    let (rest, matched) = a.vm.exception_group_match(exc.value(), class.value())?;
    if !matched.is_none() {
        a.vm.thread.exc_item().value.set(matched.clone());
    }
    a.put(a.b(), rest);
    a.put(a.b() + 1, matched);
    Ok(())
}
pub fn with_except_start(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let (f, receiver, e) = (a.own(a.b()), a.own(a.b() + 1), a.own(a.c()));
    let class = e.class().as_value_of();
    let tb = e
        .cast::<PyBaseException>()
        .map_or(Owned::NULL, |p| p.traceback.own());
    let tb = if tb.is_null() { Owned::NONE } else { tb };
    let args = [receiver.value(), class, e.value(), tb.value()];
    let r = vm.call(
        f.value(),
        if receiver.is_null() {
            &args[1..]
        } else {
            &args
        },
    )?;
    a.put(a.a(), r);
    Ok(())
}
pub fn get_aiter(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let v = a.take(a.b());
    let Some(f) = v.class().slots.aiter.get() else {
        return Err(vm.type_error(format!(
            "'async for' requires an object with __aiter__ method, got {}",
            v.class().name_str()
        )));
    };
    let it = f(vm, v.value())?;
    if it.class().slots.anext.get().is_none() {
        return Err(vm.type_error(format!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {}",
            it.class().name_str()
        )));
    }
    drop(v);
    a.put(a.a(), it);
    Ok(())
}
pub fn get_anext(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let v = a.own(a.b());
    let Some(f) = v.class().slots.anext.get() else {
        return Err(vm.type_error(format!(
            "'async for' requires an iterator with __anext__ method, got {}",
            v.class().name_str()
        )));
    };
    let awaitable = f(vm, v.value())?;
    let it = if v.isa::<PyAsyncGen>() {
        awaitable
    } else {
        match vm.awaitable_iter(awaitable.value()) {
            Ok(it) => it,
            Err(e) => {
                let wrapped = vm.type_error(format!(
                    "'async for' received an invalid object from __anext__: {}",
                    awaitable.class().name_str()
                ));
                wrapped.payload().cause.set(e.into_owned());
                wrapped.payload().suppress_context.set(true);
                return Err(wrapped);
            }
        }
    };
    a.put(a.a(), it);
    Ok(())
}
pub fn get_awaitable(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let v = a.take(a.b());
    let it = vm.awaitable_iter(v.value()).map_err(|e| match a.c() {
        1 if v.class().slots.await_.get().is_none() => vm.type_error(format!(
            "'async with' received an object from __aenter__ that does not implement __await__: {}",
            v.class().name_str()
        )),
        2 if v.class().slots.await_.get().is_none() => vm.type_error(format!(
            "'async with' received an object from __aexit__ that does not implement __await__: {}",
            v.class().name_str()
        )),
        _ => e,
    })?;
    if let Some(c) = it.cast::<PyCoroutine>()
        && c.generator.yield_from().is_some()
    {
        return Err(vm.runtime_error("coroutine is being awaited already"));
    }
    drop(v);
    a.put(a.a(), it);
    Ok(())
}
impl Vm {
    /// The iterator that `await` drives.
    pub fn awaitable_iter(&self, v: Value) -> PyResult<Owned> {
        if v.isa::<PyCoroutine>() {
            return Ok(v.own());
        }
        if let Some(g) = v.cast_exact::<PyGenerator>()
            && g.code
                .cast::<PyCode>()
                .is_some_and(|c| c.flags & flags::ITERABLE_COROUTINE != 0)
        {
            return Ok(v.own());
        }
        let Some(f) = v.class().slots.await_.get() else {
            return Err(self.type_error(format!(
                "'{}' object can't be awaited",
                v.class().name_str()
            )));
        };
        let it = f(self, v)?;
        if it.isa::<PyCoroutine>() {
            return Err(self.type_error("__await__() returned a coroutine"));
        }
        if it.class().slots.next.get().is_none() {
            return Err(self.type_error(format!(
                "__await__() returned non-iterator of type '{}'",
                it.class().name_str()
            )));
        }
        Ok(it)
    }
}
impl PyGenerator {
    /// Whether no handler of the suspended body would see an exception raised at the present `yield`, but for the one
    /// around every body, which minds StopIteration alone.
    pub fn ends_unnoticed(&self) -> bool {
        // SAFETY: a suspended generator continues at a live instruction; null is a finished one.
        unsafe { self.frame.pc.get().as_ref() }.is_some_and(|i| {
            i.op.get() == pyjit_isa::threaded::Op::Resume as u16
                && i.b.get() as u16 as u32 & pyjit_isa::opcode::resume::DEPTH1 != 0
        })
    }
    /// What a suspended generator is delegating to.
    pub fn yield_from(&self) -> Option<Owned> {
        if self.state.get() != GenState::Suspended {
            return None;
        }
        let pc = self.frame.pc.get();
        if pc.is_null() {
            return None;
        }
        // SAFETY: a suspended generator continues right behind its Yield instruction.
        let ins = unsafe { &*pc.sub(1) };
        let yields = ins.op.get() == pyjit_isa::threaded::Op::Yield as u16;
        // A Yield with oparg 1 belongs to a Send: the receiver stands in the temp below the value.
        if yields && ins.c.get() & 1 != 0 {
            let receiver = self
                .frame
                .slots()
                .get((ins.a.get() - 1) as usize)
                .copied()?;
            return receiver.non_null().map(|v| v.own());
        }
        None
    }
}
pub fn end_async_for(a: &Act<'_>) -> PyResult<()> {
    let e = a.take_temp(a.b());
    let it = a.take_temp(a.a());
    drop(it);
    if e.class().is_subclass(a.vm.exc.StopAsyncIteration) {
        return Ok(());
    }
    Err(Raised::new(e))
}
pub fn cleanup_throw(a: &Act<'_>) -> PyResult<()> {
    let e = a.take_temp(a.c());
    if let Some(s) = e.cast::<crate::exception::PyStopIteration>() {
        let v = s.value.own();
        drop(a.take_temp(a.b()));
        a.put(a.a(), Owned::NONE);
        a.put(a.b(), v);
        return Ok(());
    }
    Err(Raised::new(e))
}
pub fn intrinsic1(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let v = a.take(a.b());
    let r = match a.c() {
        1 => {
            let hook = vm
                .sys_get("displayhook")
                .ok_or_else(|| vm.runtime_error("lost sys.displayhook"))?;
            vm.call(hook.value(), &[v.value()])?;
            Owned::NONE
        }
        2 => {
            import_star(a, v.value())?;
            Owned::NONE
        }
        3 => stop_iteration_error(a, v.value())?,
        4 => crate::object::new_object(
            <PyAsyncGenWrapped as crate::object::Payload>::class(),
            PyAsyncGenWrapped { value: v },
        ),
        5 => vm.unary(crate::protocol::UnaryOp::Positive, v.value())?,
        6 => match v.cast_exact::<PyList>() {
            Some(l) => PyTuple::new(l.items.take()),
            None => vm.tuple_from(v.value())?,
        },
        n => {
            let name = match n {
                7 => "TypeVar",
                8 => "ParamSpec",
                9 => "TypeVarTuple",
                10 => "_subscript_generic",
                _ => "TypeAliasType",
            };
            typing_intrinsic(a, name, &[v.value()])?
        }
    };
    a.put(a.a(), r);
    Ok(())
}
pub fn intrinsic2(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let (x, y) = (a.take_temp(a.b()), a.take_temp(a.b() + 1));
    let r = match a.c() {
        1 => vm.prep_reraise_star(x.value(), y.value())?,
        2 => typing_intrinsic(a, "_typevar_with_bound", &[x.value(), y.value()])?,
        3 => typing_intrinsic(a, "_typevar_with_constraints", &[x.value(), y.value()])?,
        4 => {
            if let Some(f) = x.cast::<PyFunction>() {
                f.type_params.set(y);
            }
            x
        }
        _ => typing_intrinsic(a, "_set_typeparam_default", &[x.value(), y.value()])?,
    };
    a.put(a.a(), r);
    Ok(())
}
/// Type parameters are made by native functions of `_typing`.
fn typing_intrinsic(a: &Act<'_>, name: &str, args: &[Value]) -> PyResult<Owned> {
    let f = a.vm.import_attr("_typing", &format!("_intrinsic_{name}"))?;
    a.vm.call(f.value(), args)
}
/// PEP 479: StopIteration that leaves a generator becomes RuntimeError.
fn stop_iteration_error(a: &Act<'_>, e: Value) -> PyResult<Owned> {
    let vm = a.vm;
    let code = a.code();
    let what = if code.flags & flags::ASYNC_GENERATOR != 0 {
        "async generator"
    } else if code.flags & flags::COROUTINE != 0 {
        "coroutine"
    } else {
        "generator"
    };
    let class = e.class();
    let msg = if class.is_subclass(vm.exc.StopIteration) {
        format!("{what} raised StopIteration")
    } else if code.flags & flags::ASYNC_GENERATOR != 0
        && class.is_subclass(vm.exc.StopAsyncIteration)
    {
        "async generator raised StopAsyncIteration".to_string()
    } else {
        return Ok(e.own());
    };
    let r = vm.runtime_error(msg);
    r.payload().cause.set(e.own());
    r.payload().context.set(e.own());
    r.payload().suppress_context.set(true);
    Ok(r.into_owned())
}
/// `from module import *` into the locals mapping.
fn import_star(a: &Act<'_>, module: Value) -> PyResult<()> {
    let vm = a.vm;
    let target = a.locals()?.own();
    let (names, skip_private) = match vm.getattr_opt(module, vm.names.__all__.value())? {
        Some(all) => (vm.iterate_to_vec(all.value())?, false),
        None => match vm.getattr_opt(module, vm.names.__dict__.value())? {
            Some(d) => {
                let keys = vm.call_method(d.value(), vm.names.keys.value(), &[])?;
                (vm.iterate_to_vec(keys.value())?, true)
            }
            None => {
                return Err(vm.error(
                    vm.exc.ImportError,
                    "from-import-* object has no __dict__ and no __all__",
                ));
            }
        },
    };
    for n in names {
        if !n.isa::<PyStr>() {
            let what = if skip_private { "Key" } else { "Item" };
            let place = if skip_private { "__dict__" } else { "__all__" };
            let m = vm.attr_text(module, "__name__").unwrap_or_default();
            return Err(vm.type_error(format!(
                "{what} in {m}.{place} must be str, not {}",
                n.class().name_str()
            )));
        }
        if skip_private && text_of(n.value()).starts_with('_') {
            continue;
        }
        let v = vm.getattr(module, n.value())?;
        match target.cast_exact::<PyDict>() {
            Some(d) => d.set(vm, n.value(), v)?,
            None => vm.setitem(target.value(), n.value(), v.value())?,
        }
    }
    Ok(())
}

/// [`CallNative`](pyjit_isa::threaded::Op::CallNative): the callable is a native function or a native class.
pub fn call_native(a: &Act<'_>) -> PyResult<()> {
    call_native_or(a, Op::CallFunction)
}
/// The same; `general` is the form that the call goes back to when the callable is something else.
#[inline(always)]
fn call_native_or(a: &Act<'_>, general: Op) -> PyResult<()> {
    let n = a.b() as u16 as usize;
    let (callee, first) = (a.get(a.a()), a.a() + 7);
    let Some(b) = callee.cast_exact::<PyBuiltin>() else {
        return call_other(a, first, n, general);
    };
    let args = Args::positional(window(a, first, n));
    if !b.def.sig.is_direct(args) || b.def.kind != MethodKind::Static {
        return call_other(a, first, n, general);
    }
    let r =
        a.vm.check_native_stack()
            .and_then(|()| (b.def.func)(a.vm, args.values));
    finish_native(a, first, n, r)
}
/// [`CallNativeMethod`](pyjit_isa::threaded::Op::CallNativeMethod): the same, or a native method with its receiver.
pub fn call_native_method(a: &Act<'_>) -> PyResult<()> {
    let n = a.b() as u16 as usize;
    if a.get(a.a() + 6).is_null() {
        // Another time there may be a receiver again.
        return call_native_or(a, Op::Call);
    }
    let (callee, first, count) = (a.get(a.a()), a.a() + 6, n + 1);
    let Some(m) = callee.cast_exact::<PyMethodDescr>() else {
        return call_other(a, first, count, Op::Call);
    };
    let args = Args::positional(window(a, first, count));
    if !m.def.sig.is_direct(args) || !args.values[0].class().is_subclass(m.class) {
        return call_other(a, first, count, Op::Call);
    }
    let r =
        a.vm.check_native_stack()
            .and_then(|()| (m.def.func)(a.vm, args.values));
    finish_native(a, first, count, r)
}
/// Values of a call's window, where they stand.
#[inline(always)]
fn window<'a>(a: &Act<'a>, first: i16, count: usize) -> &'a [Value] {
    // SAFETY: receiver and arguments are adjacent slots of the frame, which nobody changes during the call.
    unsafe { std::slice::from_raw_parts(a.fp.offset(first as isize), count) }
}
/// Drops the values of a native call's window, then the callable, and stores the result.
#[inline(always)]
fn finish_native(a: &Act<'_>, first: i16, count: usize, r: PyResult<Owned>) -> PyResult<()> {
    for i in 0..count {
        drop(a.take_temp(first + i as i16));
    }
    match r {
        Ok(v) => {
            a.put(a.a(), v);
            Ok(())
        }
        Err(e) => {
            drop(a.take_temp(a.a()));
            Err(e)
        }
    }
}
/// A call with the values of its window in general.
fn call_other(a: &Act<'_>, first: i16, count: usize, general: Op) -> PyResult<()> {
    let vm = a.vm;
    let callee = a.own(a.a());
    let args = Args::positional(window(a, first, count));
    let r = if let Some(m) = callee.cast_exact::<PyMethodDescr>()
        && count > 0
        && args.values[0].class().is_subclass(m.class)
    {
        vm.check_native_stack()
            .and_then(|()| crate::object::call_native(vm, m.def, Some(m.class), args))
    } else {
        let native = callee.is_exact::<PyBuiltin>()
            || callee
                .cast_exact::<TypeObject>()
                .is_some_and(|c| !c.heap.get());
        if !native {
            a.requicken(general);
        }
        vm.call_args(callee.value(), args)
    };
    drop(callee);
    finish_native(a, first, count, r)
}
