//! Resuming, throwing, closing: the rules that the three kinds share.

use super::generator;
use pyjit_core::exception::{PyBaseException, PyStopIteration, PyTraceback, is_exception_class};
use pyjit_core::prelude::*;
use pyjit_core::vm::{Resume, Step};

/// What messages call the kind.
pub fn kind_name(v: Value) -> &'static str {
    if v.isa::<PyCoroutine>() {
        "coroutine"
    } else if v.isa::<PyAsyncGen>() {
        "async generator"
    } else {
        "generator"
    }
}

/// What a suspended generator is delegating to.
pub fn yield_from(g: &PyGenerator) -> Option<Owned> {
    g.yield_from()
}

fn already_executing(vm: &Vm, v: Value) -> Raised {
    vm.value_error(format!("{} already executing", kind_name(v)))
}

/// Goes on with a value.
pub fn send(vm: &Vm, v: Value, arg: Value) -> PyResult<Step> {
    let g = generator(vm, v)?;
    match g.state.get() {
        GenState::Created if !arg.is_none() => {
            return Err(vm.type_error(format!(
                "can't send non-None value to a just-started {}",
                kind_name(v)
            )));
        }
        GenState::Running => return Err(already_executing(vm, v)),
        GenState::Finished if v.isa::<PyCoroutine>() => {
            return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
        }
        GenState::Finished => return Ok(Step::Return(Owned::NONE)),
        _ => {}
    }
    let keep = v.own();
    (vm.hooks().resume)(vm, keep.value(), Resume::Send(arg.own()))
}

/// Goes on with an exception, in the generator itself.
pub fn raise_into(vm: &Vm, v: Value, e: Raised) -> PyResult<Step> {
    resume_raising(vm, v, e, false)
}
fn resume_raising(vm: &Vm, v: Value, e: Raised, closing: bool) -> PyResult<Step> {
    let g = generator(vm, v)?;
    match g.state.get() {
        GenState::Running => return Err(already_executing(vm, v)),
        GenState::Finished if v.isa::<PyCoroutine>() && !closing => {
            return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
        }
        GenState::Finished => return Err(e),
        _ => {}
    }
    // Only what the generator itself is handling becomes the context.
    let own = g.exc.0.value.own();
    if let Some(handled) = own.given() {
        vm.set_context(e.value(), handled);
    }
    let keep = v.own();
    (vm.hooks().resume)(vm, keep.value(), Resume::Throw(e))
}

/// The end of a generator as an exception: StopIteration with its value, StopAsyncIteration.
pub fn finish(vm: &Vm, v: Value, step: Step) -> PyResult<Owned> {
    match step {
        Step::Yield(x) => Ok(x),
        Step::Return(_) if v.isa::<PyAsyncGen>() => Err(stop_async(vm)),
        Step::Return(x) if x.is_none() => Err(vm.stop_iteration(Value::NULL)),
        Step::Return(x) => Err(vm.stop_iteration(x.value())),
    }
}
pub fn stop_async(vm: &Vm) -> Raised {
    vm.error_with(vm.exc.StopAsyncIteration, vec![])
}

/// The `next` slot.
pub fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    match send(vm, v, Value::NONE)? {
        Step::Yield(x) => Ok(x),
        Step::Return(x) if x.is_none() => Ok(Owned::NULL),
        Step::Return(x) => Err(vm.stop_iteration(x.value())),
    }
}

pub fn send_native(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let step = send(vm, a[0], a[1])?;
    finish(vm, a[0], step)
}

/// Warns about the form of `throw` with several arguments.
pub fn warn_throw(vm: &Vm, a: &[Value], who: &str) -> PyResult<()> {
    if a.get(2).is_some_and(|v| !v.is_null()) {
        return vm.warn(
            vm.exc.DeprecationWarning,
            &format!(
                "the (type, exc, tb) signature of {who}() is deprecated, use the single-arg signature instead."
            ),
            1,
        );
    }
    Ok(())
}

pub fn throw_native(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    warn_throw(vm, a, "throw")?;
    throw(vm, a[0], [a[1], a[2], a[3]], true)
}

/// The exception that `throw(type, value, traceback)` means.
pub fn thrown(vm: &Vm, [typ, val, tb]: [Value; 3]) -> PyResult<Raised> {
    let tb = match tb.given() {
        Some(t) if !t.isa::<PyTraceback>() => {
            return Err(vm.type_error("throw() third argument must be a traceback object"));
        }
        t => t,
    };
    let e = if is_exception_class(typ) {
        let made = match val.given() {
            None => vm.call(typ, &[]),
            Some(v) if vm.exception_is(v, typ) && v.isa::<PyBaseException>() => Ok(v.own()),
            Some(v) => match v.cast::<PyTuple>() {
                Some(t) => vm.call(typ, t.as_slice()),
                None => vm.call(typ, &[v]),
            },
        };
        match made {
            Ok(e) if e.isa::<PyBaseException>() => Raised::new(e),
            Ok(e) => vm.type_error(format!(
                "calling {} should have returned an instance of BaseException, not {}",
                vm.repr_text(typ)?,
                vm.repr_text(e.class().as_value())?
            )),
            Err(e) => e,
        }
    } else if typ.isa::<PyBaseException>() {
        if val.given().is_some() {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        Raised::new(typ.own())
    } else {
        return Err(vm.type_error(format!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            typ.class().name_str()
        )));
    };
    if let Some(t) = tb {
        e.payload().traceback.set(t.own());
    }
    Ok(e)
}

/// Throws into whatever the generator is delegating to, or into the generator. `close_on_exit`: GeneratorExit closes a
/// delegate instead.
pub fn throw(vm: &Vm, v: Value, args: [Value; 3], close_on_exit: bool) -> PyResult<Owned> {
    let step = throw_step(vm, v, args, close_on_exit)?;
    finish(vm, v, step)
}
fn throw_step(vm: &Vm, v: Value, args: [Value; 3], close_on_exit: bool) -> PyResult<Step> {
    vm.check_native_stack()?;
    let g = generator(vm, v)?;
    if let Some(target) = yield_from(g) {
        let target = target.value().own();
        if close_on_exit && vm.exception_is(args[0], vm.exc.GeneratorExit.as_value()) {
            g.state.set(GenState::Running);
            let closed = close_delegate(vm, target.value());
            g.state.set(GenState::Suspended);
            if let Err(e) = closed {
                return raise_into(vm, v, e);
            }
        } else {
            g.state.set(GenState::Running);
            let answer = throw_into_delegate(vm, target.value(), args, close_on_exit);
            g.state.set(GenState::Suspended);
            match answer {
                None => {}
                Some(Ok(x)) => return Ok(Step::Yield(x)),
                Some(Err(e)) => return raise_into(vm, v, e),
            }
        }
    }
    let e = thrown(vm, args)?;
    raise_into(vm, v, e)
}
/// `None`: the delegate has no `throw`.
fn throw_into_delegate(
    vm: &Vm,
    target: Value,
    args: [Value; 3],
    close_on_exit: bool,
) -> Option<PyResult<Owned>> {
    if target.is_exact::<PyGenerator>() || target.is_exact::<PyCoroutine>() {
        return Some(throw(vm, target, args, close_on_exit));
    }
    let given = args.iter().take_while(|a| !a.is_null()).count();
    match vm.getattr_opt(target, vm.names.throw.value()) {
        Ok(None) => None,
        Ok(Some(f)) => Some(vm.call(f.value(), &args[..given])),
        Err(e) => Some(Err(e)),
    }
}

fn close_delegate(vm: &Vm, target: Value) -> PyResult<()> {
    if target.is_exact::<PyGenerator>() || target.is_exact::<PyCoroutine>() {
        return close(vm, target).map(drop);
    }
    match vm.getattr_opt(target, vm.names.close.value()) {
        Ok(Some(f)) => vm.call(f.value(), &[]).map(drop),
        Ok(None) => Ok(()),
        Err(e) => {
            vm.write_unraisable(e, "Exception ignored while getting 'close'", Some(target));
            Ok(())
        }
    }
}

pub fn close_native(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    close(vm, a[0])
}

/// Raises GeneratorExit inside; the value that the generator returns, or None.
pub fn close(vm: &Vm, v: Value) -> PyResult<Owned> {
    let g = generator(vm, v)?;
    if g.state.get() == GenState::Finished {
        return Ok(Owned::NONE);
    }
    let mut exit = None;
    if let Some(target) = yield_from(g) {
        g.state.set(GenState::Running);
        let closed = close_delegate(vm, target.value());
        g.state.set(GenState::Suspended);
        exit = closed.err();
    }
    if exit.is_none()
        && (g.state.get() == GenState::Created
            || g.state.get() == GenState::Suspended && g.ends_unnoticed())
    {
        g.state.set(GenState::Finished);
        g.frame.release();
        return Ok(Owned::NONE);
    }
    let exit = match exit {
        Some(e) => e,
        None => vm.error_with(vm.exc.GeneratorExit, vec![]),
    };
    match resume_raising(vm, v, exit, true) {
        Ok(Step::Yield(_)) => {
            Err(vm.runtime_error(format!("{} ignored GeneratorExit", kind_name(v))))
        }
        Ok(Step::Return(x)) => Ok(x),
        Err(e) if e.is_instance(vm.exc.GeneratorExit) => Ok(Owned::NONE),
        Err(e) => match e.value().cast::<PyStopIteration>() {
            Some(s) => Ok(s.value.own()),
            None => Err(e),
        },
    }
}

/// `__del__`: closes what is suspended, warns about what was never awaited, hands asynchronous generators to their hook.
pub fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    let Some(g) = v.cast::<PyGenerator>() else {
        return Ok(());
    };
    let state = g.state.get();
    if state == GenState::Finished || state == GenState::Running {
        return Ok(());
    }
    if v.isa::<PyAsyncGen>() {
        let hook = g.finalizer.own();
        if !hook.is_null() && !g.closed.get() {
            if let Err(e) = vm.call(hook.value(), &[v]) {
                vm.write_unraisable(
                    e,
                    "Exception ignored while calling async generator finalizer",
                    Some(hook.value()),
                );
            }
            return Ok(());
        }
    }
    if state == GenState::Created {
        if v.isa::<PyCoroutine>() {
            super::coroutine::warn_unawaited(vm, v);
        }
        return Ok(());
    }
    if let Err(e) = close(vm, v) {
        let shown = vm.repr_text(v).unwrap_or_default();
        vm.write_unraisable(
            e,
            &format!("Exception ignored while closing generator {shown}"),
            None,
        );
    }
    Ok(())
}
