//! `lock` and `RLock`.

use super::TIMEOUT_MAX;
use crate::payload_class;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::py_class;
use pyjit_core::thread::current_ident;
use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// A lock that one thread may take and another release.
#[derive(Default)]
struct Raw {
    held: Mutex<bool>,
    freed: Condvar,
}
impl Raw {
    fn guard(&self) -> MutexGuard<'_, bool> {
        self.held.lock().unwrap_or_else(|e| e.into_inner())
    }
    fn try_take(&self) -> bool {
        !std::mem::replace(&mut *self.guard(), true)
    }
    fn take_within(&self, limit: Duration) -> Option<()> {
        let (mut g, _) = self
            .freed
            .wait_timeout_while(self.guard(), limit, |held| *held)
            .unwrap_or_else(|e| e.into_inner());
        (!std::mem::replace(&mut *g, true)).then_some(())
    }
    fn free(&self) -> bool {
        let was = std::mem::replace(&mut *self.guard(), false);
        self.freed.notify_one();
        was
    }
    fn is_held(&self) -> bool {
        *self.guard()
    }
}

py_class! {
    pub struct PyLock as "lock", nogc { raw: NoTrace<Raw> }
}
py_class! {
    pub struct PyRLock as "RLock", nogc { raw: NoTrace<Raw>, owner: Cell<u64>, count: Cell<u64> }
}

pub fn new_lock() -> Owned {
    new_object(
        PyLock::class(),
        PyLock {
            raw: NoTrace::default(),
        },
    )
}

/// Adds both classes to the module.
pub fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyLock>(
        vm,
        module,
        ClassSpec {
            module: "_thread",
            doc: Some("A lock object is a synchronization primitive.  To create a lock,\ncall threading.Lock()."),
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    args.no_keywords(vm, "lock")?;
                    args.check_positional(vm, "lock", 0, 0)?;
                    Ok(new_lock())
                }));
                s.repr.set(Some(|_, v| {
                    let held = v.cast::<PyLock>().is_some_and(|l| l.raw.is_held());
                    let word = if held { "locked" } else { "unlocked" };
                    Ok(PyStr::from_str(&format!(
                        "<{word} _thread.lock object at {:#x}>",
                        v.bits()
                    )))
                }));
            },
            methods: LOCK_METHODS,
            weakrefs: true,
            ..ClassSpec::new("lock")
        },
    );
    module
        .dict()
        .set_name("LockType", PyLock::class().as_owned());
    payload_class::<PyRLock>(
        vm,
        module,
        ClassSpec {
            module: "_thread",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(
                        class,
                        PyRLock {
                            raw: NoTrace::default(),
                            owner: Cell::new(0),
                            count: Cell::new(0),
                        },
                    ))
                }));
                s.init.set(Some(|_, _, _| Ok(())));
                s.repr.set(Some(|_, v| {
                    let (owner, count) = v
                        .cast::<PyRLock>()
                        .map_or((0, 0), |l| (l.owner.get(), l.count.get()));
                    let word = if count > 0 { "locked" } else { "unlocked" };
                    let class = v.class().name_str();
                    Ok(PyStr::from_str(&format!(
                        "<{word} {class} object owner={owner} count={count} at {:#x}>",
                        v.bits()
                    )))
                }));
            },
            methods: RLOCK_METHODS,
            weakrefs: true,
            ..ClassSpec::new("RLock")
        },
    );
}

static LOCK_METHODS: &[MethodDef] = &[
    M::new("acquire", "(self, blocking=True, timeout=-1)", acquire, "Lock the lock."),
    M::new("acquire_lock", "(self, blocking=True, timeout=-1)", acquire, "An obsolete synonym of acquire()."),
    M::new("release", "(self, /)", release, "Release the lock."),
    M::new("release_lock", "(self, /)", release, "An obsolete synonym of release()."),
    M::new("locked", "(self, /)", locked, "Return whether the lock is in the locked state."),
    M::new("locked_lock", "(self, /)", locked, "An obsolete synonym of locked()."),
    M::new("__enter__", "(self, /)", |vm, a| acquire(vm, &[a[0], Value::NULL, Value::NULL]), "Lock the lock."),
    M::new("__exit__", "(self, /, *exc_info)", release, "Release the lock."),
    M::new(
        "_at_fork_reinit",
        "(self, /)",
        |vm, a| {
            lock_of(vm, a[0])?.raw.free();
            Ok(Owned::NONE)
        },
        "",
    ),
];
static RLOCK_METHODS: &[MethodDef] = &[
    M::new("acquire", "(self, blocking=True, timeout=-1)", acquire_again, "Lock the lock."),
    M::new("release", "(self, /)", release_again, "Release the lock."),
    M::new(
        "locked",
        "(self, /)",
        |vm, a| Ok(Owned::bool(rlock_of(vm, a[0])?.count.get() > 0)),
        "Return a boolean indicating whether this object is locked right now.",
    ),
    M::new("__enter__", "(self, /)", |vm, a| acquire_again(vm, &[a[0], Value::NULL, Value::NULL]), "Lock the lock."),
    M::new("__exit__", "(self, /, *exc_info)", release_again, "Release the lock."),
    M::new(
        "_is_owned",
        "(self, /)",
        |vm, a| Ok(Owned::bool(rlock_of(vm, a[0])?.mine())),
        "For internal use by `threading.Condition`.",
    ),
    M::new("_acquire_restore", "(self, state, /)", acquire_restore, "For internal use by `threading.Condition`."),
    M::new("_release_save", "(self, /)", release_save, "For internal use by `threading.Condition`."),
    M::new(
        "_recursion_count",
        "(self, /)",
        |vm, a| {
            let l = rlock_of(vm, a[0])?;
            let n = if l.mine() { l.count.get() } else { 0 };
            Ok(new_int(n as i64))
        },
        "For internal use by reentrancy checks.",
    ),
    M::new(
        "_at_fork_reinit",
        "(self, /)",
        |vm, a| {
            let l = rlock_of(vm, a[0])?;
            l.owner.set(0);
            l.count.set(0);
            l.raw.free();
            Ok(Owned::NONE)
        },
        "",
    ),
];

fn lock_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyLock> {
    v.cast::<PyLock>()
        .ok_or_else(|| vm.type_error("a lock is required"))
}
fn rlock_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyRLock> {
    v.cast::<PyRLock>()
        .ok_or_else(|| vm.type_error("an RLock is required"))
}
impl PyRLock {
    fn mine(&self) -> bool {
        self.count.get() > 0 && self.owner.get() == current_ident()
    }
}

/// How long to wait: `None` for ever, zero not at all.
fn limit(vm: &Vm, blocking: Value, timeout: Value) -> PyResult<Option<Duration>> {
    let blocking = match blocking.non_null() {
        Some(b) => vm.truthy(b)?,
        None => true,
    };
    let seconds = match timeout.non_null() {
        Some(t) => vm.to_f64(t)?,
        None => -1.0,
    };
    if seconds.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if !blocking {
        if seconds != -1.0 {
            return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
        }
        return Ok(Some(Duration::ZERO));
    }
    if seconds < 0.0 {
        if seconds != -1.0 {
            return Err(vm.value_error("timeout value must be a non-negative number"));
        }
        return Ok(None);
    }
    if seconds > TIMEOUT_MAX {
        if seconds > 9.2e18 {
            return Err(vm.overflow_error("timestamp out of range for C PyTime_t"));
        }
        return Err(vm.overflow_error("timeout value is too large"));
    }
    Ok(Some(Duration::from_secs_f64(seconds)))
}

fn wait_for(vm: &Vm, raw: &Raw, limit: Option<Duration>) -> PyResult<bool> {
    if raw.try_take() {
        return Ok(true);
    }
    if limit == Some(Duration::ZERO) {
        return Ok(false);
    }
    let taken = vm.wait_interruptibly(|d| raw.take_within(d), limit)?;
    Ok(taken.is_some())
}

fn acquire(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let limit = limit(vm, a[1], a[2])?;
    let keep = a[0].own();
    let taken = wait_for(vm, &lock_of(vm, keep.value())?.raw.0, limit)?;
    Ok(Owned::bool(taken))
}
fn release(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !lock_of(vm, a[0])?.raw.free() {
        return Err(vm.runtime_error("release unlocked lock"));
    }
    Ok(Owned::NONE)
}
fn locked(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(Owned::bool(lock_of(vm, a[0])?.raw.is_held()))
}

fn acquire_again(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let limit = limit(vm, a[1], a[2])?;
    let keep = a[0].own();
    let l = rlock_of(vm, keep.value())?;
    if l.mine() {
        l.count.set(l.count.get() + 1);
        return Ok(Owned::bool(true));
    }
    let taken = wait_for(vm, &l.raw.0, limit)?;
    if taken {
        l.owner.set(current_ident());
        l.count.set(1);
    }
    Ok(Owned::bool(taken))
}
fn not_mine(vm: &Vm) -> Raised {
    vm.runtime_error("cannot release un-acquired lock")
}
fn release_again(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = rlock_of(vm, a[0])?;
    if !l.mine() {
        return Err(not_mine(vm));
    }
    l.count.set(l.count.get() - 1);
    if l.count.get() == 0 {
        l.owner.set(0);
        l.raw.free();
    }
    Ok(Owned::NONE)
}
fn release_save(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = rlock_of(vm, a[0])?;
    if l.count.get() == 0 {
        return Err(not_mine(vm));
    }
    let state = PyTuple::pair(new_int(l.count.get() as i64), super::ident(l.owner.get()));
    l.count.set(0);
    l.owner.set(0);
    l.raw.free();
    Ok(state)
}
fn acquire_restore(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let parts = vm.expect_tuple(a[1], "_acquire_restore() argument 1")?;
    let [count, owner] = parts else {
        return Err(vm.type_error("_acquire_restore() argument 1 must be a pair"));
    };
    let (count, owner) = (vm.to_i64(*count)?, vm.to_i64(*owner)?);
    let keep = a[0].own();
    let l = rlock_of(vm, keep.value())?;
    wait_for(vm, &l.raw.0, None)?;
    l.owner.set(owner as u64);
    l.count.set(count.max(0) as u64);
    Ok(Owned::NONE)
}
