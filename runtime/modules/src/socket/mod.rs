//! `_socket`: internet and local sockets, names and addresses. `socket.py` builds on it.

mod address;
mod consts;
mod object;
mod sys_socket;

use crate::{NativeModule, add_class};
use crate::sys::paths::fs_text;
use address::{gai_error, host_text, show};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};
use sys_socket as sys;

pub(crate) const GAIERROR: &str = "_socket.gaierror";
const HERROR: &str = "_socket.herror";
const TIMEOUT: &str = "_socket default timeout";

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_socket", FUNCTIONS)
    .doc("Implementation module for socket operations.\n\nSee the socket module for documentation.")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for (name, n) in consts::CONSTANTS {
        d.set_name(name, new_int(*n));
    }
    for (key, name) in [(GAIERROR, "gaierror"), (HERROR, "herror")] {
        let bases = PyTuple::new(vec![vm.exc.OSError.as_owned()]);
        let dict = PyDict::new();
        if let Some(d) = dict.cast::<PyDict>() {
            d.set_name("__module__", PyStr::from_str("socket"));
        }
        let n = PyStr::from_str(name);
        let class = vm.call(
            TypeObject::class().as_value(),
            &[n.value(), bases.value(), dict.value()],
        )?;
        vm.module_state.get_mut().insert(key, class.clone());
        d.set_name(name, class);
    }
    d.set_name("error", vm.exc.OSError.as_owned());
    d.set_name("timeout", vm.exc.TimeoutError.as_owned());
    d.set_name("has_ipv6", Owned::bool(true));
    object::define(vm);
    add_class(m, object::PySocket::class());
    d.set_name("SocketType", object::PySocket::class().as_owned());
    Ok(())
}

/// One of the module's exceptions.
pub(crate) fn exception(vm: &Vm, key: &'static str) -> Owned {
    let all = vm.module_state.get();
    all.get(key)
        .cloned()
        .unwrap_or_else(|| vm.exc.OSError.as_owned())
}

/// The timeout of new sockets.
pub(crate) fn default_timeout(vm: &Vm) -> f64 {
    let all = vm.module_state.get();
    all.get(TIMEOUT).and_then(|t| t.as_float()).unwrap_or(-1.0)
}

/// A timeout argument: None is for ever.
pub(crate) fn timeout_arg(vm: &Vm, v: Value) -> PyResult<f64> {
    if v.is_none() {
        return Ok(-1.0);
    }
    let t = vm.to_f64(v)?;
    if t.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if t < 0.0 {
        return Err(vm.value_error("Timeout value out of range"));
    }
    if t > 9.2e9 {
        return Err(vm.overflow_error("timeout doesn't fit into C timeval"));
    }
    Ok(t)
}

static FUNCTIONS: &[M] = &[
    M::function("gethostname", "()", |vm, _| match sys::hostname() { Ok(n) => Ok(fs_text(&n)), Err(e) => Err(vm.os_error(e, None, None)) }, "gethostname() -> string\n\nReturn the current host name."),
    M::function("gethostbyname", "(host, /)", |vm, a| {
        let host = host_text(vm, a[0])?.unwrap_or_default();
        let found = address::resolve(vm, &host, libc::AF_INET)?;
        let pair = show(&found);
        Ok(pair.cast::<PyTuple>().and_then(|t| t.get(0)).map_or(Owned::NONE, |v| v.own()))
    }, "gethostbyname(host) -> address\n\nReturn the IP address (a string of the form '255.255.255.255') for a host."),
    M::function("getaddrinfo", "(host, port, family=0, type=0, proto=0, flags=0)", getaddrinfo, "getaddrinfo(host, port [, family, type, proto, flags])\n    -> list of (family, type, proto, canonname, sockaddr)\n\nResolve host and port into addrinfo struct."),
    M::function("getnameinfo", "(sockaddr, flags, /)", getnameinfo, "getnameinfo(sockaddr, flags) --> (host, port)\n\nGet host and port for a sockaddr."),
    M::function("getdefaulttimeout", "()", |vm, _| { let t = default_timeout(vm); Ok(if t < 0.0 { Owned::NONE } else { new_float(t) }) }, "getdefaulttimeout() -> timeout\n\nReturns the default timeout in seconds (float) for new socket objects."),
    M::function("setdefaulttimeout", "(timeout, /)", |vm, a| { let t = timeout_arg(vm, a[0])?; vm.module_state.get_mut().insert(TIMEOUT, new_float(t)); Ok(Owned::NONE) }, "setdefaulttimeout(timeout)\n\nSet the default timeout in seconds (float) for new socket objects."),
    M::function("close", "(fd, /)", |vm, a| { let fd = vm.to_i32(a[0])?; match crate::posix::libc_call::close(fd) { Ok(_) => Ok(Owned::NONE), Err(e) => Err(vm.os_error(e, None, None)) } }, "close(integer) -> None\n\nClose an integer socket file descriptor."),
    M::function("dup", "(fd, /)", |vm, a| { let fd = vm.to_i32(a[0])?; match crate::posix::libc_call::fcntl_int(fd, libc::F_DUPFD_CLOEXEC, 0) { Ok(n) => Ok(new_int(i64::from(n))), Err(e) => Err(vm.os_error(e, None, None)) } }, "dup(integer) -> integer\n\nDuplicate an integer socket file descriptor."),
    M::function("socketpair", "(family=1, type=1, proto=0)", |vm, a| {
        let n = |v: Value, d: i32| if v.given().is_none() { Ok(d) } else { vm.to_i32(v) };
        let (family, kind, proto) = (n(a[0], libc::AF_UNIX)?, n(a[1], libc::SOCK_STREAM)?, n(a[2], 0)?);
        let (x, y) = sys::socketpair(family, kind, proto).map_err(|e| vm.os_error(e, None, None))?;
        let make = |fd: i32| {
            let args = [new_int(i64::from(family)), new_int(i64::from(kind)), new_int(i64::from(proto)), new_int(i64::from(fd))];
            let values: Vec<Value> = args.iter().map(|v| v.value()).collect();
            vm.call(object::PySocket::class().as_value(), &values)
        };
        Ok(PyTuple::pair(make(x)?, make(y)?))
    }, "socketpair([family[, type [, proto]]]) -> (socket object, socket object)\n\nCreate a pair of socket objects."),
    M::function("ntohs", "(integer, /)", |vm, a| short(vm, a[0], "ntohs"), "Convert a 16-bit unsigned integer from network to host byte order."),
    M::function("htons", "(integer, /)", |vm, a| short(vm, a[0], "htons"), "Convert a 16-bit unsigned integer from host to network byte order."),
    M::function("ntohl", "(integer, /)", |vm, a| long(vm, a[0], "ntohl"), "Convert a 32-bit unsigned integer from network to host byte order."),
    M::function("htonl", "(integer, /)", |vm, a| long(vm, a[0], "htonl"), "Convert a 32-bit unsigned integer from host to network byte order."),
    M::function("inet_aton", "(ip_addr, /)", |vm, a| {
        let t = vm.expect_text(a[0], "inet_aton() argument")?;
        match t.parse::<Ipv4Addr>() { Ok(ip) => Ok(PyBytes::new(&ip.octets())), Err(_) => Err(vm.error(vm.exc.OSError, "illegal IP address string passed to inet_aton")) }
    }, "Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used in low-level network functions."),
    M::function("inet_ntoa", "(packed_ip, /)", |vm, a| {
        let b = vm.bytes_of(a[0])?;
        match <[u8; 4]>::try_from(b.as_slice()) { Ok(ip) => Ok(PyStr::from_str(&Ipv4Addr::from(ip).to_string())), Err(_) => Err(vm.error(vm.exc.OSError, "packed IP wrong length")) }
    }, "Convert an IP address from 32-bit packed binary format to string format."),
    M::function("inet_pton", "(address_family, ip_string, /)", |vm, a| {
        let family = vm.to_i32(a[0])?;
        let t = vm.expect_text(a[1], "inet_pton() argument 2")?;
        let bad = || vm.error(vm.exc.OSError, "illegal IP address string passed to inet_pton");
        match family {
            libc::AF_INET => t.parse::<Ipv4Addr>().map(|ip| PyBytes::new(&ip.octets())).map_err(|_| bad()),
            libc::AF_INET6 => t.parse::<Ipv6Addr>().map(|ip| PyBytes::new(&ip.octets())).map_err(|_| bad()),
            _ => Err(vm.os_error(libc::EAFNOSUPPORT, None, None)),
        }
    }, "inet_pton(af, ip) -> packed IP address string\n\nConvert an IP address from string format to a packed string suitable for use with low-level network functions."),
    M::function("inet_ntop", "(address_family, packed_ip, /)", |vm, a| {
        let family = vm.to_i32(a[0])?;
        let b = vm.bytes_of(a[1])?;
        let bad = || vm.value_error("invalid length of packed IP address string");
        match family {
            libc::AF_INET => <[u8; 4]>::try_from(b.as_slice()).map(|ip| PyStr::from_str(&Ipv4Addr::from(ip).to_string())).map_err(|_| bad()),
            libc::AF_INET6 => <[u8; 16]>::try_from(b.as_slice()).map(|ip| PyStr::from_str(&Ipv6Addr::from(ip).to_string())).map_err(|_| bad()),
            _ => Err(vm.value_error(format!("unknown address family {family}"))),
        }
    }, "inet_ntop(af, packed_ip) -> string formatted IP address\n\nConvert a packed IP address of the given family to string format."),
    M::function("if_nametoindex", "(oname, /)", |vm, a| {
        let p = crate::posix::path_bytes(vm, a[0], "if_nametoindex", "oname")?;
        let c = crate::posix::c_string(vm, p)?;
        match sys::interface_index(&c) { 0 => Err(vm.error(vm.exc.OSError, "no interface with this name")), n => Ok(new_int(i64::from(n))) }
    }, "Returns the interface index corresponding to the interface name if_name."),
];

fn short(vm: &Vm, v: Value, who: &str) -> PyResult<Owned> {
    let n = vm.to_i64(v)?;
    if n < 0 {
        return Err(vm.overflow_error(format!("{who}: can't convert negative Python int to C 16-bit unsigned integer")));
    }
    match u16::try_from(n) {
        Ok(n) => Ok(new_int(i64::from(n.to_be()))),
        Err(_) => Err(vm.overflow_error(format!("{who}: Python int too large to convert to C 16-bit unsigned integer"))),
    }
}
fn long(vm: &Vm, v: Value, who: &str) -> PyResult<Owned> {
    if v.as_int().is_none() {
        return Err(vm.type_error(format!("expected int, {} found", v.class().name_str())));
    }
    let n = vm.to_i64(v)?;
    if n < 0 {
        return Err(vm.overflow_error("can't convert negative value to unsigned int"));
    }
    match u32::try_from(n) {
        Ok(n) => Ok(new_int(i64::from(n.to_be()))),
        Err(_) => Err(vm.overflow_error(format!("{who}: int larger than 32 bits"))),
    }
}

fn getaddrinfo(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = |t: Option<String>| match t {
        Some(t) => crate::posix::c_string(vm, t.into_bytes()).map(Some),
        None => Ok(None),
    };
    let host = c(host_text(vm, a[0])?)?;
    let service = if a[1].as_int().is_some() {
        Some(vm.str_text(a[1])?)
    } else if a[1].is_none() || a[1].isa::<PyStr>() || a[1].isa::<PyBytes>() {
        host_text(vm, a[1])?
    } else {
        return Err(vm.error(vm.exc.OSError, "Int or String expected"));
    };
    let service = c(service)?;
    let n = |v: Value| if v.is_null() { Ok(0) } else { vm.to_i32(v) };
    let hints = [n(a[2])?, n(a[3])?, n(a[4])?, n(a[5])?];
    match vm.release_gil(|| sys::getaddrinfo(host.as_ref(), service.as_ref(), hints)) {
        Ok(list) => Ok(PyList::new(
            list.into_iter()
                .map(|(f, k, p, name, addr)| {
                    PyTuple::new(vec![
                        new_int(i64::from(f)),
                        new_int(i64::from(k)),
                        new_int(i64::from(p)),
                        fs_text(&name),
                        show(&addr),
                    ])
                })
                .collect(),
        )),
        Err(e) => Err(gai_error(vm, e)),
    }
}

fn getnameinfo(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(t) = a[0].cast::<PyTuple>() else {
        return Err(vm.type_error("getnameinfo() argument 1 must be a tuple"));
    };
    let flags = vm.to_i32(a[1])?;
    let host = host_text(vm, t.get(0).unwrap_or(Value::NONE))?.unwrap_or_default();
    let family = if host.contains(':') { libc::AF_INET6 } else { libc::AF_INET };
    let addr = address::parse(vm, family, a[0], "getnameinfo")?;
    match vm.release_gil(|| sys::getnameinfo(&addr, flags)) {
        Ok((h, s)) => Ok(PyTuple::pair(PyStr::from_str(&h), PyStr::from_str(&s))),
        Err(e) => Err(gai_error(vm, e)),
    }
}
