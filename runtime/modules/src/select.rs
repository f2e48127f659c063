//! `select`: waiting for several file descriptors at once.

use crate::NativeModule;
use crate::fcntl::fd as fd_of;
use crate::posix::sys_wait as sys;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("select", FUNCTIONS)
    .doc("This module supports asynchronous I/O on multiple file descriptors.\n\n*** IMPORTANT NOTICE ***\nOn Windows, only sockets are supported; on Unix, all file descriptors.")
    .init(init);

py_class! {
    /// A polling object: descriptors and events, in the order of registration.
    pub struct PyPoll as "poll", nogc { pub fds: MutCell<NoTrace<Vec<(i32, i16)>>>, pub busy: Cell<bool> }
}
py_class! {
    /// An epoll object; the descriptor is -1 when closed.
    pub struct PyEpoll as "epoll", nogc { pub fd: Cell<i32> }
}

static FUNCTIONS: &[M] = &[
    M::function("select", "(rlist, wlist, xlist, timeout=None, /)", select, "Wait until one or more file descriptors are ready for some kind of I/O."),
    M::function("poll", "()", |_, _| Ok(new_object(PyPoll::class(), PyPoll { fds: MutCell::default(), busy: Cell::new(false) })), "Returns a polling object.\n\nThis object supports registering and unregistering file descriptors, and then\npolling them for I/O events."),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    d.set_name("error", vm.exc.OSError.as_owned());
    for (name, n) in [
        ("POLLIN", libc::POLLIN),
        ("POLLPRI", libc::POLLPRI),
        ("POLLOUT", libc::POLLOUT),
        ("POLLERR", libc::POLLERR),
        ("POLLHUP", libc::POLLHUP),
        ("POLLNVAL", libc::POLLNVAL),
        ("POLLRDNORM", libc::POLLRDNORM),
        ("POLLRDBAND", libc::POLLRDBAND),
        ("POLLWRNORM", libc::POLLWRNORM),
        ("POLLWRBAND", libc::POLLWRBAND),
        ("POLLMSG", 0x400),
        ("POLLRDHUP", libc::POLLRDHUP),
    ] {
        d.set_name(name, new_int(i64::from(n)));
    }
    for (name, n) in [
        ("EPOLLIN", 1u32),
        ("EPOLLPRI", 2),
        ("EPOLLOUT", 4),
        ("EPOLLERR", 8),
        ("EPOLLHUP", 16),
        ("EPOLLRDNORM", 64),
        ("EPOLLRDBAND", 128),
        ("EPOLLWRNORM", 256),
        ("EPOLLWRBAND", 512),
        ("EPOLLMSG", 1024),
        ("EPOLLRDHUP", 8192),
        ("EPOLLEXCLUSIVE", 1 << 28),
        ("EPOLLWAKEUP", 1 << 29),
        ("EPOLLONESHOT", 1 << 30),
        ("EPOLLET", 1 << 31),
        ("EPOLL_CLOEXEC", libc::EPOLL_CLOEXEC as u32),
        ("PIPE_BUF", 4096),
    ] {
        d.set_name(name, new_int(i64::from(n)));
    }
    define_class::<PyPoll>(
        vm,
        ClassSpec {
            module: "select",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: POLL,
            ..ClassSpec::new("poll")
        },
    );
    let epoll = define_class::<PyEpoll>(
        vm,
        ClassSpec {
            module: "select",
            flags: 0,
            doc: Some("Returns an epolling object."),
            slots: |s| {
                s.new.set(Some(epoll_new));
                s.del.set(Some(|_, v| {
                    if let Some(e) = v.cast::<PyEpoll>() {
                        close(e);
                    }
                    Ok(())
                }));
            },
            methods: EPOLL,
            getset: EPOLL_GETSET,
            ..ClassSpec::new("epoll")
        },
    );
    d.set_name("epoll", epoll.as_owned());
    Ok(())
}

/// A deadline from a timeout in the given unit; `None` waits for ever.
fn deadline(vm: &Vm, v: Value, per_second: f64) -> PyResult<Option<Instant>> {
    let Some(v) = v.given() else { return Ok(None) };
    if v.as_int().is_none() && v.as_float().is_none() && v.class().slots.float.get().is_none() && v.class().slots.index.get().is_none() {
        return Err(vm.type_error("timeout must be a real number or None"));
    }
    let t = vm.to_f64(v)? / per_second;
    if t.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if t > 1e9 {
        return Err(vm.overflow_error("timeout is too large"));
    }
    if t < 0.0 {
        return Ok(None);
    }
    Ok(Some(Instant::now() + Duration::from_secs_f64(t)))
}

/// Milliseconds left, rounded up; -1 for ever.
fn left(d: Option<Instant>) -> i32 {
    match d {
        None => -1,
        Some(d) => {
            let left = d.saturating_duration_since(Instant::now());
            left.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32
        }
    }
}

fn wait(vm: &Vm, fds: &mut [(i32, i16, i16)], until: Option<Instant>) -> PyResult<()> {
    loop {
        match vm.release_gil(|| sys::poll(fds, left(until))) {
            Ok(_) => return Ok(()),
            Err(libc::EINTR) => vm.check_pending()?,
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
}

fn select(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let until = deadline(vm, a[3], 1.0)?;
    if let Some(t) = a[3].given()
        && vm.to_f64(t)? < 0.0
    {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    const WANT: [i16; 3] = [libc::POLLIN, libc::POLLOUT, libc::POLLPRI];
    const GIVE: [i16; 3] = [
        libc::POLLIN | libc::POLLHUP | libc::POLLERR,
        libc::POLLOUT | libc::POLLERR,
        libc::POLLPRI,
    ];
    let mut fds = Vec::new();
    let mut objects = Vec::new();
    for i in 0..3 {
        let items = match vm.iterate_to_vec(a[i]) {
            Ok(i) => i,
            Err(e) if e.is_instance(vm.exc.TypeError) => {
                return Err(vm.type_error("arguments 1-3 must be sequences"));
            }
            Err(e) => return Err(e),
        };
        for o in items {
            let fd = fd_of(vm, o.value())?;
            if fd >= 1024 {
                return Err(vm.value_error("filedescriptor out of range in select()"));
            }
            fds.push((fd, WANT[i], 0));
            objects.push((i, o));
        }
    }
    wait(vm, &mut fds, until)?;
    let mut out: [Vec<Owned>; 3] = Default::default();
    for ((_, _, got), (i, o)) in fds.iter().zip(objects) {
        if got & libc::POLLNVAL != 0 {
            return Err(vm.os_error(libc::EBADF, None, None));
        }
        if got & GIVE[i] != 0 {
            out[i].push(o);
        }
    }
    Ok(PyTuple::new(out.into_iter().map(PyList::new).collect()))
}

static POLL: &[M] = &[
    M::new("register", "(self, fd, eventmask=7, /)", |vm, a| {
        let (fd, mask) = (fd_of(vm, a[1])?, mask(vm, a[2])?);
        let p = poll_of(vm, a[0])?;
        let fds = &mut p.fds.get_mut().0;
        match fds.iter_mut().find(|f| f.0 == fd) {
            Some(f) => f.1 = mask,
            None => fds.push((fd, mask)),
        }
        Ok(Owned::NONE)
    }, "Register a file descriptor with the polling object."),
    M::new("modify", "(self, fd, eventmask, /)", |vm, a| {
        let (fd, mask) = (fd_of(vm, a[1])?, mask(vm, a[2])?);
        let p = poll_of(vm, a[0])?;
        match p.fds.get_mut().0.iter_mut().find(|f| f.0 == fd) {
            Some(f) => f.1 = mask,
            None => return Err(vm.os_error(libc::ENOENT, None, None)),
        }
        Ok(Owned::NONE)
    }, "Modify an already registered file descriptor."),
    M::new("unregister", "(self, fd, /)", |vm, a| {
        let fd = fd_of(vm, a[1])?;
        let p = poll_of(vm, a[0])?;
        let fds = &mut p.fds.get_mut().0;
        match fds.iter().position(|f| f.0 == fd) {
            Some(i) => {
                fds.remove(i);
                Ok(Owned::NONE)
            }
            None => Err(vm.key_error(new_int(i64::from(fd)).value())),
        }
    }, "Remove a file descriptor being tracked by the polling object."),
    M::new("poll", "(self, timeout=None, /)", |vm, a| {
        let until = deadline(vm, a[1], 1000.0)?;
        let p = poll_of(vm, a[0])?;
        if p.busy.replace(true) {
            return Err(vm.runtime_error("concurrent poll() invocation"));
        }
        let mut fds: Vec<(i32, i16, i16)> = p.fds.get().0.iter().map(|f| (f.0, f.1, 0)).collect();
        let r = wait(vm, &mut fds, until);
        p.busy.set(false);
        r?;
        let ready = fds.iter().filter(|f| f.2 != 0);
        Ok(PyList::new(ready.map(|f| PyTuple::pair(new_int(i64::from(f.0)), new_int(i64::from(f.2 as u16)))).collect()))
    }, "Polls the set of registered file descriptors."),
];

fn poll_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyPoll> {
    v.cast::<PyPoll>()
        .ok_or_else(|| vm.type_error("a poll object is required"))
}
fn mask(vm: &Vm, v: Value) -> PyResult<i16> {
    if v.is_null() {
        return Ok(7);
    }
    let n = vm.to_i64(v)?;
    match u16::try_from(n) {
        Ok(m) => Ok(m as i16),
        Err(_) if n < 0 => Err(vm.value_error("value must be positive")),
        Err(_) => Err(vm.overflow_error("Python int too large for C unsigned short")),
    }
}

static EPOLL: &[M] = &[
    M::new("close", "(self, /)", |vm, a| { close(any_epoll(vm, a[0])?); Ok(Owned::NONE) }, "Close the epoll control file descriptor."),
    M::new("fileno", "(self, /)", |vm, a| Ok(new_int(i64::from(epoll_of(vm, a[0])?.fd.get()))), "Return the epoll control file descriptor."),
    M::new("register", "(self, fd, eventmask=7)", |vm, a| control(vm, a[0], libc::EPOLL_CTL_ADD, a[1], a[2]), "Registers a new fd or raises an OSError if the fd is already registered."),
    M::new("modify", "(self, fd, eventmask)", |vm, a| control(vm, a[0], libc::EPOLL_CTL_MOD, a[1], a[2]), "Modify event mask for a registered file descriptor."),
    M::new("unregister", "(self, fd)", |vm, a| control(vm, a[0], libc::EPOLL_CTL_DEL, a[1], Value::NULL), "Remove a registered file descriptor from the epoll object."),
    M::new("poll", "(self, timeout=None, maxevents=-1)", epoll_poll, "Wait for events on the epoll file descriptor."),
    M::new("__enter__", "(self, /)", |vm, a| { epoll_of(vm, a[0])?; Ok(a[0].own()) }, ""),
    M::new("__exit__", "(self, exc_type=None, exc_value=None, exc_tb=None, /)", |vm, a| vm.call_method_str(a[0], "close", &[]), ""),
    M::class("fromfd", "(type, fd, /)", |vm, a| { let fd = vm.to_i32(a[1])?; Ok(new_object(PyEpoll::class(), PyEpoll { fd: Cell::new(fd) })) }, "Create an epoll object from a given control fd."),
];
static EPOLL_GETSET: &[GetSetDef] = &[GetSetDef::read("closed", |vm, v| {
    Ok(Owned::bool(any_epoll(vm, v)?.fd.get() < 0))
})];

fn close(e: &PyEpoll) {
    let fd = e.fd.replace(-1);
    if fd >= 0 {
        let _ = crate::posix::libc_call::close(fd);
    }
}
fn any_epoll<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyEpoll> {
    v.cast::<PyEpoll>()
        .ok_or_else(|| vm.type_error("an epoll object is required"))
}
fn epoll_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyEpoll> {
    let e = any_epoll(vm, v)?;
    if e.fd.get() < 0 {
        return Err(vm.value_error("I/O operation on closed epoll object"));
    }
    Ok(e)
}
fn epoll_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let size = args.pos().first().copied().or_else(|| args.keyword("sizehint"));
    if let Some(s) = size {
        let n = vm.to_i32(s)?;
        if n < -1 || n == 0 {
            return Err(vm.value_error("negative sizehint"));
        }
    }
    match sys::epoll_create() {
        Ok(fd) => Ok(new_object(class, PyEpoll { fd: Cell::new(fd) })),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn control(vm: &Vm, v: Value, op: i32, fd: Value, events: Value) -> PyResult<Owned> {
    let e = epoll_of(vm, v)?;
    let fd = fd_of(vm, fd)?;
    let events = if events.is_null() { 7 } else { vm.to_i64(events)? as u32 };
    match sys::epoll_ctl(e.fd.get(), op, fd, events) {
        Ok(()) => Ok(Owned::NONE),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn epoll_poll(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let e = epoll_of(vm, a[0])?;
    let until = deadline(vm, a[1], 1.0)?;
    let max = if a[2].is_null() { -1 } else { vm.to_i32(a[2])? };
    let max = match max {
        -1 => 1023,
        n if n < 1 => {
            return Err(vm.value_error(format!("maxevents must be greater than 0, got {n}")));
        }
        n => n.min(1 << 16),
    };
    loop {
        let fd = e.fd.get();
        match vm.release_gil(|| sys::epoll_wait(fd, max as usize, left(until))) {
            Ok(ready) => {
                let pairs = ready
                    .into_iter()
                    .map(|(fd, ev)| PyTuple::pair(new_int(i64::from(fd)), new_int(i64::from(ev))));
                return Ok(PyList::new(pairs.collect()));
            }
            Err(libc::EINTR) => vm.check_pending()?,
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
}
