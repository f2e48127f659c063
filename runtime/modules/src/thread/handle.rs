//! Thread handles: whether a thread runs, and waiting for its end.

use super::ident;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::py_class;
use pyjit_core::thread;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    NotStarted,
    Starting,
    Running,
    Done,
}
struct Shared {
    state: Mutex<(State, u64)>,
    changed: Condvar,
}
/// The part of a handle that both threads see.
#[derive(Clone)]
pub struct Handle(Arc<Shared>);

py_class! {
    pub struct PyHandle as "_ThreadHandle", nogc { handle: NoTrace<Handle> }
}
impl PyHandle {
    pub fn object(handle: Handle) -> Owned {
        new_object(
            PyHandle::class(),
            PyHandle {
                handle: NoTrace(handle),
            },
        )
    }
    pub fn handle(&self) -> &Handle {
        &self.handle.0
    }
}

impl Handle {
    pub fn new() -> Handle {
        Handle(Arc::new(Shared {
            state: Mutex::new((State::NotStarted, 0)),
            changed: Condvar::new(),
        }))
    }
    fn lock(&self) -> MutexGuard<'_, (State, u64)> {
        self.0.state.lock().unwrap_or_else(|e| e.into_inner())
    }
    fn put(&self, state: State) {
        self.lock().0 = state;
        self.0.changed.notify_all();
    }
    pub fn ident(&self) -> u64 {
        self.lock().1
    }
    pub fn was_started(&self) -> bool {
        self.lock().0 != State::NotStarted
    }
    pub fn starting(&self) {
        self.put(State::Starting);
    }
    /// Called on the new thread.
    pub fn started(&self, id: u64) {
        *self.lock() = (State::Running, id);
        self.0.changed.notify_all();
    }
    pub fn wait_started(&self) {
        let mut s = self.lock();
        while s.0 == State::Starting {
            s = self.0.changed.wait(s).unwrap_or_else(|e| e.into_inner());
        }
    }
    pub fn finish(&self) {
        self.put(State::Done);
    }
    fn is_done(&self) -> bool {
        self.lock().0 == State::Done
    }
    /// Waits for the end for at most this long.
    fn wait_done(&self, limit: Duration) -> Option<()> {
        let s = self.lock();
        let (s, _) = self
            .0
            .changed
            .wait_timeout_while(s, limit, |s| s.0 != State::Done)
            .unwrap_or_else(|e| e.into_inner());
        (s.0 == State::Done).then_some(())
    }
    fn same(&self, other: &Handle) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Non-daemon threads, which `_shutdown` waits for.
static JOINABLE: Mutex<Vec<Handle>> = Mutex::new(Vec::new());

pub fn remember(h: &Handle) {
    let mut all = JOINABLE.lock().unwrap_or_else(|e| e.into_inner());
    all.retain(|o| !o.is_done());
    all.push(h.clone());
}

/// In the child of a fork the other threads are gone.
pub fn after_fork() {
    let me = thread::current_ident();
    let Ok(mut all) = JOINABLE.try_lock() else {
        return;
    };
    for h in all.iter() {
        if let Ok(mut s) = h.0.state.try_lock()
            && s.1 != me
        {
            s.0 = State::Done;
        }
    }
    all.retain(|h| h.0.state.try_lock().is_ok_and(|s| s.1 == me));
}

/// Waits for all non-daemon threads, those that come up meanwhile included.
pub fn join_all(vm: &Vm) -> PyResult<()> {
    let me = thread::current_ident();
    loop {
        let next = {
            let mut all = JOINABLE.lock().unwrap_or_else(|e| e.into_inner());
            all.retain(|o| !o.is_done());
            all.iter().find(|h| h.ident() != me).cloned()
        };
        let Some(h) = next else { return Ok(()) };
        vm.wait_interruptibly(|d| h.wait_done(d), None)?;
        let mut all = JOINABLE.lock().unwrap_or_else(|e| e.into_inner());
        all.retain(|o| !o.same(&h));
    }
}

/// The declaration of the class.
pub fn spec() -> ClassSpec {
    ClassSpec {
        module: "_thread",
        flags: 0,
        slots: |s| {
            s.new.set(Some(|vm, class, args| {
                args.no_keywords(vm, "_ThreadHandle")?;
                args.check_positional(vm, "_ThreadHandle", 0, 0)?;
                Ok(new_object(
                    class,
                    PyHandle {
                        handle: NoTrace(Handle::new()),
                    },
                ))
            }));
            s.repr.set(Some(|vm, v| {
                Ok(PyStr::from_str(&format!(
                    "<_thread._ThreadHandle object: ident={}>",
                    of(vm, v)?.ident()
                )))
            }));
        },
        methods: METHODS,
        getset: GETSET,
        ..ClassSpec::new("_ThreadHandle")
    }
}
static METHODS: &[MethodDef] = &[
    M::new("join", "(self, timeout=None, /)", join, ""),
    M::new("_set_done", "(self, /)", set_done, ""),
    M::new(
        "is_done",
        "(self, /)",
        |vm, a| Ok(Owned::bool(of(vm, a[0])?.is_done())),
        "",
    ),
];
static GETSET: &[GetSetDef] = &[GetSetDef::read("ident", |vm, v| Ok(ident(of(vm, v)?.ident())))];

fn of(vm: &Vm, v: Value) -> PyResult<Handle> {
    v.cast::<PyHandle>()
        .map(|h| h.handle().clone())
        .ok_or_else(|| vm.type_error("a thread handle is required"))
}

fn check_started(vm: &Vm, h: &Handle) -> PyResult<()> {
    if h.was_started() {
        Ok(())
    } else {
        Err(vm.runtime_error("thread not started"))
    }
}

fn set_done(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let h = of(vm, a[0])?;
    check_started(vm, &h)?;
    h.finish();
    Ok(Owned::NONE)
}

fn join(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let h = of(vm, a[0])?;
    let limit = match a[1].given() {
        Some(t) => {
            let t = vm.to_f64(t)?;
            if t > super::TIMEOUT_MAX {
                return Err(vm.overflow_error("timeout value is too large"));
            }
            (t >= 0.0).then(|| Duration::from_secs_f64(t))
        }
        None => None,
    };
    check_started(vm, &h)?;
    if h.is_done() {
        return Ok(Owned::NONE);
    }
    if h.ident() == thread::current_ident() {
        return Err(vm.runtime_error("Cannot join current thread"));
    }
    vm.wait_interruptibly(|d| h.wait_done(d), limit)?;
    Ok(Owned::NONE)
}

/// A handle for a thread that was started elsewhere.
pub fn make(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let id = vm.to_i64(a[0])? as u64;
    let h = Handle::new();
    h.started(id);
    Ok(PyHandle::object(h))
}
