//! Asynchronous generators and the awaitables of their methods: `asend`/`__anext__` and `athrow`/`aclose`.

use super::drive::{self, stop_async};
use super::{NAME, QUALNAME, awaited, code, frame, generator, generic_alias, suspended};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::py_class;
use std::cell::Cell;

/// How far an awaitable has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Fresh,
    Started,
    Closed,
}
py_class! {
    struct PyASend as "async_generator_asend" { generator: Owned, value: Owned, stage: NoTrace<Cell<Stage>> }
}
py_class! {
    /// Without arguments it is `aclose()`.
    struct PyAThrow as "async_generator_athrow" { generator: Owned, args: Vec<Owned>, stage: NoTrace<Cell<Stage>> }
}

/// Defines `async_generator`, its awaitables and the wrapper of yielded values.
pub fn define(vm: &Vm) {
    define_class::<PyAsyncGen>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(super::repr));
                s.aiter.set(Some(|_, v| Ok(v.own())));
                s.anext.set(Some(|vm, v| asend(vm, &[v, Value::NONE])));
                s.del.set(Some(drive::finalize));
            },
            methods: METHODS,
            getset: GETSET,
            weakrefs: true,
            ..ClassSpec::new("async_generator")
        },
    );
    define_class::<PyAsyncGenWrapped>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("async_generator_wrapped_value")
        },
    );
    define_class::<PyASend>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.await_.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| asend_send(vm, v, Value::NONE)));
                s.del.set(Some(|vm, v| {
                    if let Some(w) = v.cast::<PyASend>()
                        && w.stage.get() == Stage::Fresh
                    {
                        warn_unawaited(vm, w.generator.value(), "asend");
                    }
                    Ok(())
                }));
            },
            methods: ASEND_METHODS,
            ..ClassSpec::new("async_generator_asend")
        },
    );
    define_class::<PyAThrow>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.await_.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| athrow_send(vm, v, Value::NONE)));
                s.del.set(Some(|vm, v| {
                    if let Some(w) = v.cast::<PyAThrow>()
                        && w.stage.get() == Stage::Fresh
                    {
                        warn_unawaited(vm, w.generator.value(), w.method());
                    }
                    Ok(())
                }));
            },
            methods: ATHROW_METHODS,
            ..ClassSpec::new("async_generator_athrow")
        },
    );
}

static METHODS: &[MethodDef] = &[
    M::new(
        "asend",
        "(self, object, /)",
        asend,
        "Awaitable: sends a value in and gives the next value or raises StopAsyncIteration.",
    ),
    M::new(
        "athrow",
        "(self, typ, val=None, tb=None, /)",
        |vm, a| {
            drive::warn_throw(vm, a, "athrow")?;
            init_hooks(vm, a[0])?;
            let args = a[1..].iter().take_while(|v| !v.is_null());
            Ok(new_athrow(a[0], args.map(|v| v.own()).collect()))
        },
        "Awaitable: raises an exception inside and gives the next value.",
    ),
    M::new(
        "aclose",
        "(self, /)",
        |vm, a| {
            init_hooks(vm, a[0])?;
            Ok(new_athrow(a[0], vec![]))
        },
        "Awaitable: raises GeneratorExit inside.",
    ),
    M::class(
        "__class_getitem__",
        "(type, object, /)",
        generic_alias,
        "See PEP 585",
    ),
];
static GETSET: &[GetSetDef] = &[
    NAME,
    QUALNAME,
    GetSetDef::read("ag_await", awaited).doc("object being awaited on, or None"),
    GetSetDef::read("ag_frame", frame),
    GetSetDef::read("ag_code", code),
    GetSetDef::read("ag_suspended", suspended),
    GetSetDef::read("ag_running", |vm, v| {
        Ok(Owned::bool(generator(vm, v)?.running_async.get()))
    }),
];
static ASEND_METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        |vm, a| asend_send(vm, a[0], a[1]),
        "",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        |vm, a| {
            drive::warn_throw(vm, a, "throw")?;
            asend_throw(vm, a[0], [a[1], a[2], a[3]])
        },
        "",
    ),
    M::new(
        "close",
        "(self, /)",
        |vm, a| {
            if a[0]
                .cast::<PyASend>()
                .is_some_and(|w| w.stage.get() == Stage::Closed)
            {
                return Ok(Owned::NONE);
            }
            let exit = vm.exc.GeneratorExit.as_value();
            let r = asend_throw(vm, a[0], [exit, Value::NULL, Value::NULL]);
            closed(vm, r)
        },
        "",
    ),
];
static ATHROW_METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        |vm, a| athrow_send(vm, a[0], a[1]),
        "",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        |vm, a| {
            drive::warn_throw(vm, a, "throw")?;
            athrow_throw(vm, a[0], [a[1], a[2], a[3]])
        },
        "",
    ),
    M::new(
        "close",
        "(self, /)",
        |vm, a| {
            if a[0]
                .cast::<PyAThrow>()
                .is_some_and(|w| w.stage.get() == Stage::Closed)
            {
                return Ok(Owned::NONE);
            }
            let exit = vm.exc.GeneratorExit.as_value();
            let r = athrow_throw(vm, a[0], [exit, Value::NULL, Value::NULL]);
            closed(vm, r)
        },
        "",
    ),
];

/// The end of `close()` of an awaitable.
fn closed(vm: &Vm, r: PyResult<Owned>) -> PyResult<Owned> {
    match r {
        Ok(_) => Err(vm.runtime_error("coroutine ignored GeneratorExit")),
        Err(e)
            if e.is_instance(vm.exc.StopIteration)
                || e.is_instance(vm.exc.StopAsyncIteration)
                || e.is_instance(vm.exc.GeneratorExit) =>
        {
            Ok(Owned::NONE)
        }
        Err(e) => Err(e),
    }
}

fn warn_unawaited(vm: &Vm, g: Value, method: &str) {
    let name = g.cast::<PyGenerator>().map(|g| g.qualname.own());
    let shown = name
        .and_then(|n| vm.repr_text(n.value()).ok())
        .unwrap_or_default();
    let text = format!("coroutine method '{method}' of {shown} was never awaited");
    if let Err(e) = vm.warn(vm.exc.RuntimeWarning, &text, 1) {
        vm.write_unraisable(
            e,
            "Exception ignored while finalizing async generator",
            Some(g),
        );
    }
}

/// On the first use: remembers the thread's finalizer and tells its hook.
fn init_hooks(vm: &Vm, v: Value) -> PyResult<()> {
    let g = generator(vm, v)?;
    if g.hooks_inited.replace(true) {
        return Ok(());
    }
    let finalizer = vm.thread.asyncgen_finalizer.own();
    if finalizer.given().is_some() {
        g.finalizer.set(finalizer);
    }
    let first = vm.thread.asyncgen_firstiter.own();
    if first.given().is_some() {
        vm.call(first.value(), &[v])?;
    }
    Ok(())
}

fn asend(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    init_hooks(vm, a[0])?;
    Ok(new_object(
        PyASend::class(),
        PyASend {
            generator: a[0].own(),
            value: a[1].own(),
            stage: NoTrace(Cell::new(Stage::Fresh)),
        },
    ))
}
fn new_athrow(v: Value, args: Vec<Owned>) -> Owned {
    new_object(
        PyAThrow::class(),
        PyAThrow {
            generator: v.own(),
            args,
            stage: NoTrace(Cell::new(Stage::Fresh)),
        },
    )
}

/// Turns what the generator's frame gave into what its driver sees: a yielded value arrives as StopIteration, an awaited
/// thing's request passes through.
pub fn unwrap_yielded(vm: &Vm, v: Value, r: PyResult<Owned>) -> PyResult<Owned> {
    let g = generator(vm, v)?;
    match r {
        Ok(x) => match x.cast_exact::<PyAsyncGenWrapped>() {
            Some(w) => {
                g.running_async.set(false);
                Err(vm.stop_iteration(w.value.value()))
            }
            None => Ok(x),
        },
        Err(e) => {
            if e.is_instance(vm.exc.StopAsyncIteration) || e.is_instance(vm.exc.GeneratorExit) {
                g.closed.set(true);
            }
            g.running_async.set(false);
            Err(e)
        }
    }
}

fn asend_of<'a>(vm: &Vm, v: Value) -> PyResult<(&'a PyASend, Owned, &'a PyGenerator)> {
    let w = v
        .cast::<PyASend>()
        .ok_or_else(|| vm.type_error("an asend awaitable is required"))?;
    let g = w.generator.clone();
    let p = generator(vm, g.value())?;
    Ok((w, g, p))
}
const REUSED_ASEND: &str = "cannot reuse already awaited __anext__()/asend()";
const REUSED_ATHROW: &str = "cannot reuse already awaited aclose()/athrow()";

/// Checks that hold before each step, and the step from fresh to started.
fn asend_begin(vm: &Vm, w: &PyASend, g: &PyGenerator) -> PyResult<bool> {
    match w.stage.get() {
        Stage::Closed => Err(vm.runtime_error(REUSED_ASEND)),
        Stage::Fresh => {
            if g.running_async.get() {
                w.stage.set(Stage::Closed);
                return Err(vm.runtime_error("anext(): asynchronous generator is already running"));
            }
            w.stage.set(Stage::Started);
            Ok(true)
        }
        Stage::Started => Ok(false),
    }
}
fn asend_send(vm: &Vm, v: Value, arg: Value) -> PyResult<Owned> {
    let (w, g, p) = asend_of(vm, v)?;
    let keep = v.own();
    let fresh = asend_begin(vm, w, p)?;
    let arg = if fresh && arg.given().is_none() {
        w.value.clone()
    } else {
        arg.own()
    };
    p.running_async.set(true);
    let step = drive::send(vm, g.value(), arg.value());
    let r = step.and_then(|s| drive::finish(vm, g.value(), s));
    let r = unwrap_yielded(vm, g.value(), r);
    if r.is_err() {
        w.stage.set(Stage::Closed);
    }
    drop(keep);
    r
}
fn asend_throw(vm: &Vm, v: Value, args: [Value; 3]) -> PyResult<Owned> {
    let (w, g, p) = asend_of(vm, v)?;
    let keep = v.own();
    if asend_begin(vm, w, p)? {
        p.running_async.set(true);
    }
    let r = drive::throw(vm, g.value(), args, true);
    let r = unwrap_yielded(vm, g.value(), r);
    if r.is_err() {
        w.stage.set(Stage::Closed);
    }
    drop(keep);
    r
}

impl PyAThrow {
    fn is_close(&self) -> bool {
        self.args.is_empty()
    }
    fn method(&self) -> &'static str {
        if self.is_close() { "aclose" } else { "athrow" }
    }
}
fn athrow_of<'a>(vm: &Vm, v: Value) -> PyResult<(&'a PyAThrow, Owned, &'a PyGenerator)> {
    let w = v
        .cast::<PyAThrow>()
        .ok_or_else(|| vm.type_error("an athrow awaitable is required"))?;
    let g = w.generator.clone();
    let p = generator(vm, g.value())?;
    Ok((w, g, p))
}
fn busy(vm: &Vm, w: &PyAThrow) -> Raised {
    w.stage.set(Stage::Closed);
    vm.runtime_error(format!(
        "{}(): asynchronous generator is already running",
        w.method()
    ))
}
fn ignored_exit(vm: &Vm, w: &PyAThrow, g: &PyGenerator) -> Raised {
    g.running_async.set(false);
    w.stage.set(Stage::Closed);
    vm.runtime_error("async generator ignored GeneratorExit")
}
/// A failed step: the end of `aclose` is success.
fn athrow_failed(vm: &Vm, w: &PyAThrow, g: &PyGenerator, e: Raised) -> Raised {
    g.running_async.set(false);
    w.stage.set(Stage::Closed);
    let over = e.is_instance(vm.exc.StopAsyncIteration) || e.is_instance(vm.exc.GeneratorExit);
    if w.is_close() && over {
        return vm.stop_iteration(Value::NULL);
    }
    e
}
fn thrown_args(w: &PyAThrow) -> [Value; 3] {
    let at = |i: usize| w.args.get(i).map_or(Value::NULL, |v| v.value());
    [at(0), at(1), at(2)]
}

fn athrow_send(vm: &Vm, v: Value, arg: Value) -> PyResult<Owned> {
    let (w, g, p) = athrow_of(vm, v)?;
    let keep = v.own();
    let r = athrow_step(vm, w, g.value(), p, arg);
    drop(keep);
    r
}
fn athrow_step(vm: &Vm, w: &PyAThrow, g: Value, p: &PyGenerator, arg: Value) -> PyResult<Owned> {
    if w.stage.get() == Stage::Closed {
        return Err(vm.runtime_error(REUSED_ATHROW));
    }
    if p.state.get() == GenState::Finished {
        w.stage.set(Stage::Closed);
        return Err(vm.stop_iteration(Value::NULL));
    }
    let r = if w.stage.get() == Stage::Fresh {
        if p.running_async.get() {
            return Err(busy(vm, w));
        }
        if p.closed.get() {
            w.stage.set(Stage::Closed);
            return Err(stop_async(vm));
        }
        if !arg.is_none() {
            return Err(vm.type_error("can't send non-None value to a just-started coroutine"));
        }
        w.stage.set(Stage::Started);
        p.running_async.set(true);
        if w.is_close() {
            p.closed.set(true);
            let exit = vm.exc.GeneratorExit.as_value();
            drive::throw(vm, g, [exit, Value::NULL, Value::NULL], false)
        } else {
            let r = drive::throw(vm, g, thrown_args(w), false);
            unwrap_yielded(vm, g, r)
        }
    } else {
        let step = drive::send(vm, g, arg);
        let r = step.and_then(|s| drive::finish(vm, g, s));
        if !w.is_close() {
            return unwrap_yielded(vm, g, r);
        }
        r
    };
    match r {
        Ok(x) if w.is_close() && x.is_exact::<PyAsyncGenWrapped>() => Err(ignored_exit(vm, w, p)),
        Ok(x) => Ok(x),
        Err(e) => Err(athrow_failed(vm, w, p, e)),
    }
}
fn athrow_throw(vm: &Vm, v: Value, args: [Value; 3]) -> PyResult<Owned> {
    let (w, g, p) = athrow_of(vm, v)?;
    let keep = v.own();
    match w.stage.get() {
        Stage::Closed => return Err(vm.runtime_error(REUSED_ATHROW)),
        Stage::Fresh => {
            if p.running_async.get() {
                return Err(busy(vm, w));
            }
            w.stage.set(Stage::Started);
            p.running_async.set(true);
        }
        Stage::Started => {}
    }
    let r = drive::throw(vm, g.value(), args, true);
    let r = if w.is_close() {
        match r {
            Ok(x) if x.is_exact::<PyAsyncGenWrapped>() => Err(ignored_exit(vm, w, p)),
            Ok(x) => Ok(x),
            Err(e) => Err(athrow_failed(vm, w, p, e)),
        }
    } else {
        let r = unwrap_yielded(vm, g.value(), r);
        if r.is_err() {
            w.stage.set(Stage::Closed);
        }
        r
    };
    drop(keep);
    r
}
