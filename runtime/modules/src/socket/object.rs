//! The class `_socket.socket`.

use super::address::{parse, show};
use super::sys_socket as sys;
use crate::posix::libc_call as calls;
use crate::posix::sys_wait;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::cell::Cell;
use std::time::{Duration, Instant};

py_class! {
    /// A socket.
    pub struct PySocket as "socket", nogc {
        /// -1 when closed.
        pub fd: Cell<i32>,
        pub family: Cell<i32>,
        pub kind: Cell<i32>,
        pub proto: Cell<i32>,
        /// Seconds; negative waits for ever, 0 never waits.
        pub timeout: Cell<f64>,
    }
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PySocket>(
        vm,
        ClassSpec {
            module: "_socket",
            doc: Some("socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\nsocket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\nOpen a socket of the given type."),
            slots: |s| {
                s.new.set(Some(|vm, class, _| {
                    let timeout = super::default_timeout(vm);
                    Ok(new_object(class, PySocket {
                        fd: Cell::new(-1),
                        family: Cell::new(0),
                        kind: Cell::new(0),
                        proto: Cell::new(0),
                        timeout: Cell::new(timeout),
                    }))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(|vm, v| {
                    let s = of(vm, v)?;
                    Ok(PyStr::from_str(&format!(
                        "<socket object, fd={}, family={}, type={}, proto={}>",
                        s.fd.get(), s.family.get(), s.kind.get(), s.proto.get()
                    )))
                }));
                s.del.set(Some(finalize));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("socket")
        },
    );
}

static METHODS: &[M] = &[
    M::new("_accept", "(self, /)", accept, "_accept() -> (integer, address info)\n\nWait for an incoming connection."),
    M::new("bind", "(self, address, /)", |vm, a| { let s = of(vm, a[0])?; let x = parse(vm, s.family.get(), a[1], "bind")?; done(vm, sys::bind(s.fd.get(), &x)) }, "Bind the socket to a local address."),
    M::new("close", "(self, /)", |vm, a| { let fd = of(vm, a[0])?.fd.replace(-1); if fd >= 0 { match calls::close(fd) { Ok(_) | Err(libc::ECONNRESET) => {} Err(e) => return Err(vm.os_error(e, None, None)) } } Ok(Owned::NONE) }, "Close the socket.  It cannot be used after this call."),
    M::new("connect", "(self, address, /)", |vm, a| { let e = connect(vm, a, "connect")?; if e == 0 { Ok(Owned::NONE) } else { Err(vm.os_error(e, None, None)) } }, "Connect the socket to a remote address."),
    M::new("connect_ex", "(self, address, /)", |vm, a| { let e = connect(vm, a, "connect_ex")?; Ok(new_int(i64::from(e))) }, "This is like connect(address), but returns an error code instead of raising an exception when an error occurs."),
    M::new("detach", "(self, /)", |vm, a| Ok(new_int(i64::from(of(vm, a[0])?.fd.replace(-1)))), "Close the socket object without closing the underlying file descriptor."),
    M::new("fileno", "(self, /)", |vm, a| Ok(new_int(i64::from(of(vm, a[0])?.fd.get()))), "Return the integer file descriptor of the socket."),
    M::new("getpeername", "(self, /)", |vm, a| name(vm, a[0], true), "Return the address of the remote endpoint."),
    M::new("getsockname", "(self, /)", |vm, a| name(vm, a[0], false), "Return the address of the local endpoint."),
    M::new("getsockopt", "(self, level, option, buffersize=0, /)", getsockopt, "Get a socket option."),
    M::new("setsockopt", "(self, level, option, value, optlen=None, /)", setsockopt, "Set a socket option."),
    M::new("gettimeout", "(self, /)", |vm, a| Ok(timeout_value(of(vm, a[0])?.timeout.get())), "Returns the timeout in seconds (float) associated with socket operations."),
    M::new("settimeout", "(self, timeout, /)", |vm, a| { let t = super::timeout_arg(vm, a[1])?; let s = of(vm, a[0])?; s.timeout.set(t); set_blocking(vm, s) }, "Set a timeout on socket operations."),
    M::new("setblocking", "(self, flag, /)", |vm, a| { let b = vm.truthy(a[1])?; let s = of(vm, a[0])?; s.timeout.set(if b { -1.0 } else { 0.0 }); set_blocking(vm, s) }, "Set the socket to blocking (flag is true) or non-blocking (false)."),
    M::new("getblocking", "(self, /)", |vm, a| Ok(Owned::bool(of(vm, a[0])?.timeout.get() != 0.0)), "Returns True if socket is in blocking mode, or False if it is in non-blocking mode."),
    M::new("listen", "(self, backlog=128, /)", |vm, a| { let n = if a[1].is_null() { 128 } else { vm.to_i32(a[1])?.max(0) }; let s = of(vm, a[0])?; done(vm, sys::listen(s.fd.get(), n)) }, "Enable a server to accept connections."),
    M::new("recv", "(self, bufsize, flags=0, /)", recv, "Receive up to buffersize bytes from the socket."),
    M::new("recv_into", "(self, buffer, nbytes=0, flags=0)", recv_into, "A version of recv() that stores its data into a buffer."),
    M::new("recvfrom", "(self, bufsize, flags=0, /)", recvfrom, "Like recv(buffersize, flags) but also return the sender's address info."),
    M::new("recvfrom_into", "(self, buffer, nbytes=0, flags=0)", recvfrom_into, "Like recv_into() but also return the sender's address info."),
    M::new("send", "(self, data, flags=0, /)", send, "Send a data string to the socket."),
    M::new("sendall", "(self, data, flags=0, /)", sendall, "Send a data string to the socket, all of it."),
    M::new("sendto", "(self, data, flags_or_address, address=None, /)", sendto, "Like send(data, flags) but allows specifying the destination address."),
    M::new("shutdown", "(self, how, /)", |vm, a| { let h = vm.to_i32(a[1])?; let s = of(vm, a[0])?; done(vm, sys::shutdown(s.fd.get(), h)) }, "Shut down the reading side of the socket, the writing side, or both."),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::read("family", |vm, v| Ok(new_int(i64::from(of(vm, v)?.family.get())))),
    GetSetDef::read("type", |vm, v| Ok(new_int(i64::from(of(vm, v)?.kind.get())))),
    GetSetDef::read("proto", |vm, v| Ok(new_int(i64::from(of(vm, v)?.proto.get())))),
    GetSetDef::read("timeout", |vm, v| Ok(timeout_value(of(vm, v)?.timeout.get()))),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PySocket> {
    v.cast::<PySocket>()
        .ok_or_else(|| vm.type_error("a socket object is required"))
}
fn done<T>(vm: &Vm, r: Result<T, i32>) -> PyResult<Owned> {
    match r {
        Ok(_) => Ok(Owned::NONE),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn timeout_value(t: f64) -> Owned {
    if t < 0.0 { Owned::NONE } else { new_float(t) }
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(family=-1, type=-1, proto=-1, fileno=None)");
    let who = Callee {
        name: "socket",
        qualified: &|| "socket".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let s = of(vm, v)?;
        let number = |v: Value| if v.is_null() { Ok(-1) } else { vm.to_i32(v) };
        let (mut family, mut kind, mut proto) = (number(a[0])?, number(a[1])?, number(a[2])?);
        let fd = match a[3].given() {
            Some(f) => {
                let fd = vm.to_i32(f)?;
                if fd < 0 {
                    return Err(vm.value_error("negative file descriptor"));
                }
                let here = sys::name(fd, false).map_err(|e| vm.os_error(e, None, None))?;
                let option = |o: i32| {
                    let b = sys::getsockopt(fd, libc::SOL_SOCKET, o, 4).unwrap_or_default();
                    <[u8; 4]>::try_from(b.as_slice()).map_or(0, i32::from_ne_bytes)
                };
                if family == -1 {
                    family = here.0.get(..2).map_or(0, |f| i32::from(u16::from_ne_bytes([f[0], f[1]])));
                }
                if kind == -1 {
                    kind = option(libc::SO_TYPE);
                }
                if proto == -1 {
                    proto = option(libc::SO_PROTOCOL);
                }
                fd
            }
            None => {
                if family == -1 {
                    family = libc::AF_INET;
                }
                if kind == -1 {
                    kind = libc::SOCK_STREAM;
                }
                proto = proto.max(0);
                sys::socket(family, kind, proto).map_err(|e| vm.os_error(e, None, None))?
            }
        };
        s.fd.set(fd);
        s.family.set(family);
        s.kind.set(kind & !(libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC));
        s.proto.set(proto);
        if kind & libc::SOCK_NONBLOCK != 0 {
            s.timeout.set(0.0);
        } else {
            let t = super::default_timeout(vm);
            s.timeout.set(t);
            if t >= 0.0 {
                set_blocking(vm, s)?;
            }
        }
        Ok(())
    })
}

fn finalize(vm: &Vm, v: Value) -> PyResult<()> {
    let s = of(vm, v)?;
    if s.fd.get() >= 0 {
        let text = format!("unclosed {}", vm.repr_text(v)?);
        let warned = vm.warn(vm.exc.ResourceWarning, &text, 1);
        let _ = calls::close(s.fd.replace(-1));
        warned?;
    }
    Ok(())
}

/// The kernel's flag follows the timeout: only sockets that wait for ever are blocking there.
fn set_blocking(vm: &Vm, s: &PySocket) -> PyResult<Owned> {
    let fd = s.fd.get();
    let r = calls::fcntl_int(fd, libc::F_GETFL, 0).and_then(|f| {
        let new = if s.timeout.get() < 0.0 { f & !libc::O_NONBLOCK } else { f | libc::O_NONBLOCK };
        calls::fcntl_int(fd, libc::F_SETFL, i64::from(new))
    });
    done(vm, r)
}

/// Runs a call, waiting for the descriptor as the timeout says.
fn perform<T>(vm: &Vm, s: &PySocket, write: bool, mut call: impl FnMut() -> Result<T, i32>) -> PyResult<T> {
    let timeout = s.timeout.get();
    let until = (timeout > 0.0 && timeout < 1e9).then(|| Instant::now() + Duration::from_secs_f64(timeout));
    loop {
        if timeout > 0.0 && !ready(vm, s, write, until)? {
            return Err(vm.error(vm.exc.TimeoutError, "timed out"));
        }
        match vm.release_gil(&mut call) {
            Ok(v) => return Ok(v),
            Err(libc::EINTR) => vm.check_pending()?,
            Err(libc::EAGAIN) if timeout > 0.0 => {}
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
}
fn ready(vm: &Vm, s: &PySocket, write: bool, until: Option<Instant>) -> PyResult<bool> {
    let events = if write { libc::POLLOUT } else { libc::POLLIN };
    loop {
        let ms = until.map_or(-1, |d| {
            let left = d.saturating_duration_since(Instant::now());
            left.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32
        });
        let fd = s.fd.get();
        match vm.release_gil(|| sys_wait::poll(&mut [(fd, events, 0)], ms)) {
            Ok(n) => return Ok(n > 0),
            Err(libc::EINTR) => vm.check_pending()?,
            Err(e) => return Err(vm.os_error(e, None, None)),
        }
    }
}

fn accept(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = of(vm, a[0])?;
    let (fd, from) = perform(vm, s, false, || sys::accept(s.fd.get()))?;
    Ok(PyTuple::pair(new_int(i64::from(fd)), show(&from)))
}
/// The error number of connecting; 0 if it succeeded.
fn connect(vm: &Vm, a: &[Value], who: &str) -> PyResult<i32> {
    let s = of(vm, a[0])?;
    let to = parse(vm, s.family.get(), a[1], who)?;
    let fd = s.fd.get();
    let e = match vm.release_gil(|| sys::connect(fd, &to)) {
        Ok(_) => return Ok(0),
        Err(e) => e,
    };
    let wait = e == libc::EINTR || e == libc::EINPROGRESS && s.timeout.get() != 0.0;
    if !wait {
        return Ok(e);
    }
    if e == libc::EINTR {
        vm.check_pending()?;
    }
    let t = s.timeout.get();
    let until = (0.0..1e9).contains(&t).then(|| Instant::now() + Duration::from_secs_f64(t));
    if !ready(vm, s, true, until)? {
        if who == "connect_ex" {
            return Ok(libc::EAGAIN);
        }
        return Err(vm.error(vm.exc.TimeoutError, "timed out"));
    }
    let b = sys::getsockopt(s.fd.get(), libc::SOL_SOCKET, libc::SO_ERROR, 4).map_err(|e| vm.os_error(e, None, None))?;
    Ok(<[u8; 4]>::try_from(b.as_slice()).map_or(0, i32::from_ne_bytes))
}
fn name(vm: &Vm, v: Value, peer: bool) -> PyResult<Owned> {
    match sys::name(of(vm, v)?.fd.get(), peer) {
        Ok(a) => Ok(show(&a)),
        Err(e) => Err(vm.os_error(e, None, None)),
    }
}
fn getsockopt(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (level, option) = (vm.to_i32(a[1])?, vm.to_i32(a[2])?);
    let n = if a[3].is_null() { 0 } else { vm.to_i32(a[3])? };
    let s = of(vm, a[0])?;
    if !(0..=1024).contains(&n) {
        return Err(vm.error(vm.exc.OSError, "getsockopt buflen out of range"));
    }
    let r = sys::getsockopt(s.fd.get(), level, option, if n == 0 { 4 } else { n as usize });
    let b = r.map_err(|e| vm.os_error(e, None, None))?;
    if n > 0 {
        return Ok(PyBytes::new(&b));
    }
    Ok(new_int(<[u8; 4]>::try_from(b.as_slice()).map_or_else(|_| i64::from(b.first().copied().unwrap_or(0)), |x| i64::from(i32::from_ne_bytes(x)))))
}
fn setsockopt(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (level, option) = (vm.to_i32(a[1])?, vm.to_i32(a[2])?);
    let s = of(vm, a[0])?;
    let value = if a[3].as_int().is_some() {
        vm.to_i32(a[3])?.to_ne_bytes().to_vec()
    } else if a[3].is_none() {
        vec![0; vm.to_size(a[4].given().unwrap_or(Value::FALSE))?.clamp(0, 1024) as usize]
    } else {
        vm.bytes_of(a[3])?
    };
    done(vm, sys::setsockopt(s.fd.get(), level, option, &value))
}
fn flags(vm: &Vm, v: Value) -> PyResult<i32> {
    if v.is_null() { Ok(0) } else { vm.to_i32(v) }
}
fn space(vm: &Vm, v: Value, who: &str) -> PyResult<Vec<u8>> {
    let n = vm.to_size(v)?;
    if n < 0 {
        return Err(vm.value_error(format!("negative buffersize in {who}")));
    }
    crate::io::zeros(n as usize).ok_or_else(|| vm.memory_error())
}
fn recv(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[2])?);
    let mut buf = space(vm, a[1], "recv")?;
    let n = perform(vm, s, false, || sys::recv(s.fd.get(), &mut buf, f))?;
    Ok(PyBytes::new(buf.get(..n).unwrap_or(&buf)))
}
fn recvfrom(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[2])?);
    let mut buf = space(vm, a[1], "recvfrom")?;
    let (n, from) = perform(vm, s, false, || sys::recvfrom(s.fd.get(), &mut buf, f))?;
    Ok(PyTuple::pair(PyBytes::new(buf.get(..n).unwrap_or(&buf)), show(&from)))
}
/// How much of a buffer is to be filled.
fn room(vm: &Vm, v: Value, len: usize, who: &str) -> PyResult<usize> {
    let n = if v.is_null() { 0 } else { vm.to_size(v)? };
    if n < 0 {
        return Err(vm.value_error(format!("negative buffersize in {who}")));
    }
    if n as usize > len {
        return Err(vm.value_error("buffer too small for requested bytes"));
    }
    Ok(if n == 0 { len } else { n as usize })
}
fn recv_into(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[3])?);
    let mut view = vm.buffer(a[1], true)?;
    let n = room(vm, a[2], view.len, "recv_into")?;
    let to = view.as_mut_slice();
    let n = n.min(to.len());
    let got = perform(vm, s, false, || sys::recv(s.fd.get(), &mut to[..n], f))?;
    Ok(new_usize(got))
}
fn recvfrom_into(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[3])?);
    let mut view = vm.buffer(a[1], true)?;
    let n = room(vm, a[2], view.len, "recvfrom_into")?;
    let to = view.as_mut_slice();
    let n = n.min(to.len());
    let (got, from) = perform(vm, s, false, || sys::recvfrom(s.fd.get(), &mut to[..n], f))?;
    Ok(PyTuple::pair(new_usize(got), show(&from)))
}
fn send(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[2])?);
    let view = vm.buffer(a[1], false)?;
    let n = perform(vm, s, true, || sys::send(s.fd.get(), view.as_slice(), f))?;
    Ok(new_usize(n))
}
fn sendall(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (s, f) = (of(vm, a[0])?, flags(vm, a[2])?);
    let view = vm.buffer(a[1], false)?;
    let mut rest = view.as_slice();
    while !rest.is_empty() {
        let n = perform(vm, s, true, || sys::send(s.fd.get(), rest, f))?;
        rest = rest.get(n..).unwrap_or(&[]);
    }
    Ok(Owned::NONE)
}
fn sendto(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = of(vm, a[0])?;
    let (f, address) = match a[3].non_null() {
        None => (0, a[2]),
        Some(x) => (vm.to_i32(a[2])?, x),
    };
    let view = vm.buffer(a[1], false)?;
    let to = parse(vm, s.family.get(), address, "sendto")?;
    let n = perform(vm, s, true, || sys::sendto(s.fd.get(), view.as_slice(), f, &to))?;
    Ok(new_usize(n))
}
