//! `_multiprocessing`: semaphores between processes.

use crate::NativeModule;
use crate::payload_class;
use crate::system::{clock, semaphore};
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_core::thread::current_ident;
use std::cell::Cell;
use std::io::Error;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_multiprocessing", FUNCTIONS).init(init);

const RECURSIVE_MUTEX: i64 = 0;
const SEMAPHORE: i64 = 1;

/// Closes the semaphore with the object.
pub struct Handle(usize);
impl Drop for Handle {
    fn drop(&mut self) {
        semaphore::close(self.0);
    }
}

py_class! {
    /// `_multiprocessing.SemLock`.
    pub struct PySemLock as "SemLock", nogc {
        pub handle: NoTrace<Handle>,
        pub kind: i64,
        pub maxvalue: i64,
        pub name: Owned,
        pub owner: Cell<u64>,
        pub count: Cell<i64>,
    }
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySemLock> {
    v.cast::<PySemLock>().ok_or_else(|| vm.type_error("a SemLock is required"))
}

impl PySemLock {
    fn is_mine(&self) -> bool {
        self.count.get() > 0 && self.owner.get() == current_ident()
    }
    fn taken(&self) {
        self.count.set(self.count.get() + 1);
        self.owner.set(current_ident());
    }
}

static NEW: Sig = Sig::parse("(kind, value, maxvalue, name, unlink)");

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "SemLock",
        qualified: &|| "SemLock".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let (kind, value, maxvalue) = (vm.to_i64(a[0])?, vm.to_i64(a[1])?, vm.to_i64(a[2])?);
        if kind != RECURSIVE_MUTEX && kind != SEMAPHORE {
            return Err(vm.value_error("unrecognized kind"));
        }
        let name = crate::pwd::c_name(vm, a[3], "SemLock()")?;
        let unlink = vm.truthy(a[4])?;
        let value = u32::try_from(value).map_err(|_| vm.os_error(libc::EINVAL, None, None))?;
        let handle = semaphore::create(&name, value).map_err(|e| vm.io_error(&e, None))?;
        if unlink {
            semaphore::unlink(&name).map_err(|e| vm.io_error(&e, None))?;
        }
        let shown = if unlink { Owned::NONE } else { a[3].own() };
        Ok(made(class, handle, kind, maxvalue, shown))
    })
}

fn made(class: &'static TypeObject, handle: usize, kind: i64, maxvalue: i64, name: Owned) -> Owned {
    new_object(
        class,
        PySemLock {
            handle: NoTrace(Handle(handle)),
            kind,
            maxvalue,
            name,
            owner: Cell::new(0),
            count: Cell::new(0),
        },
    )
}

/// Longest sleep between looks at signals and other threads.
const SLICE: i64 = 20_000_000;

fn acquire(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = this(vm, a[0])?;
    let block = a[1].is_null() || vm.truthy(a[1])?;
    if s.kind == RECURSIVE_MUTEX && s.is_mine() {
        s.taken();
        return Ok(Owned::bool(true));
    }
    let now = || clock::now(libc::CLOCK_REALTIME).unwrap_or(0);
    let deadline = match a[2].given() {
        None => None,
        Some(t) => Some(now().saturating_add((vm.to_f64(t)?.clamp(0.0, 9e8) * 1e9) as i64)),
    };
    let handle = s.handle.0.0;
    let errno = |e: Error| e.raw_os_error().unwrap_or(0);
    loop {
        match semaphore::try_wait(handle).map_err(errno) {
            Ok(()) => {
                s.taken();
                return Ok(Owned::bool(true));
            }
            Err(libc::EAGAIN | libc::EINTR) => {}
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
        let at = now();
        if !block || deadline.is_some_and(|d| at >= d) {
            return Ok(Owned::bool(false));
        }
        let until = deadline.unwrap_or(i64::MAX).min(at + SLICE);
        let waited = vm.release_gil(|| semaphore::wait_until(handle, until).map_err(errno));
        vm.check_pending()?;
        match waited {
            Ok(()) => {
                s.taken();
                return Ok(Owned::bool(true));
            }
            Err(libc::ETIMEDOUT | libc::EINTR) => {}
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
}

fn release(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = this(vm, a[0])?;
    let handle = s.handle.0.0;
    if s.kind == RECURSIVE_MUTEX {
        if !s.is_mine() {
            let msg = "attempt to release recursive lock not owned by thread";
            return Err(vm.error(vm.exc.AssertionError, msg));
        }
        if s.count.get() > 1 {
            s.count.set(s.count.get() - 1);
            return Ok(Owned::NONE);
        }
    } else if i64::from(semaphore::value(handle).map_err(|e| vm.io_error(&e, None))?) >= s.maxvalue {
        return Err(vm.value_error("semaphore or lock released too many times"));
    }
    semaphore::post(handle).map_err(|e| vm.io_error(&e, None))?;
    s.count.set(s.count.get() - 1);
    Ok(Owned::NONE)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("acquire", "(self, /, block=True, timeout=None)", acquire, "Acquire the semaphore/lock."),
    MethodDef::new("release", "(self, /)", release, "Release the semaphore/lock."),
    MethodDef::new("__enter__", "(self, /)", |vm, a| acquire(vm, &[a[0], Value::NULL, Value::NULL]), "Enter the semaphore/lock."),
    MethodDef::new("__exit__", "(self, exc_type=None, exc_value=None, exc_tb=None, /)", release, "Exit the semaphore/lock."),
    MethodDef::new("_count", "(self, /)", |vm, a| Ok(new_int(this(vm, a[0])?.count.get())), "Num of `acquire()`s minus num of `release()`s for this process."),
    MethodDef::new("_is_mine", "(self, /)", |vm, a| Ok(Owned::bool(this(vm, a[0])?.is_mine())), "Whether the lock is owned by this thread."),
    MethodDef::new("_get_value", "(self, /)", |vm, a| {
        let n = semaphore::value(this(vm, a[0])?.handle.0.0).map_err(|e| vm.io_error(&e, None))?;
        Ok(new_int(i64::from(n.max(0))))
    }, "Get the value of the semaphore."),
    MethodDef::new("_is_zero", "(self, /)", |vm, a| {
        let n = semaphore::value(this(vm, a[0])?.handle.0.0).map_err(|e| vm.io_error(&e, None))?;
        Ok(Owned::bool(n <= 0))
    }, "Return whether semaphore has value zero."),
    MethodDef::class("_rebuild", "(type, handle, kind, maxvalue, name, /)", |vm, a| {
        let (kind, maxvalue) = (vm.to_i64(a[2])?, vm.to_i64(a[3])?);
        let name = crate::pwd::c_name(vm, a[4], "_rebuild()")?;
        let handle = semaphore::open(&name).map_err(|e| vm.io_error(&e, None))?;
        Ok(made(PySemLock::class(), handle, kind, maxvalue, a[4].own()))
    }, ""),
    MethodDef::new("_after_fork", "(self, /)", |vm, a| {
        this(vm, a[0])?.count.set(0);
        Ok(Owned::NONE)
    }, "Rezero the net acquisition count after fork()."),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("handle", |vm, v| Ok(new_usize(this(vm, v)?.handle.0.0))),
    GetSetDef::member("kind", |vm, v| Ok(new_int(this(vm, v)?.kind))),
    GetSetDef::member("maxvalue", |vm, v| Ok(new_int(this(vm, v)?.maxvalue))),
    GetSetDef::member("name", |vm, v| Ok(this(vm, v)?.name.clone())),
];

static FUNCTIONS: &[MethodDef] = &[MethodDef::function("sem_unlink", "(name, /)", |vm, a| {
    let name = crate::pwd::c_name(vm, a[0], "sem_unlink()")?;
    semaphore::unlink(&name).map_err(|e| vm.io_error(&e, None))?;
    Ok(Owned::NONE)
}, "")];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let class = payload_class::<PySemLock>(
        vm,
        m,
        ClassSpec {
            module: "_multiprocessing",
            flags: type_flags::BASE,
            slots: |s| s.new.set(Some(new)),
            methods: METHODS,
            getset: GETSET,
            doc: Some("Semaphore/Mutex type"),
            ..ClassSpec::new("SemLock")
        },
    );
    class.dict().set_name("SEM_VALUE_MAX", new_int(i64::from(i32::MAX)));
    let flags = PyDict::new();
    if let Some(d) = flags.cast::<PyDict>() {
        d.set_name("HAVE_SEM_OPEN", new_int(1));
        d.set_name("HAVE_SEM_TIMEDWAIT", new_int(1));
    }
    m.dict().set_name("flags", flags);
    Ok(())
}
