//! Addresses: Python's tuples and strings, and the kernel's structures.

use super::sys_socket::{self as sys, RawAddr};
use crate::sys::paths::fs_text;
use pyjit_core::prelude::*;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The error of a name that could not be resolved.
pub fn gai_error(vm: &Vm, code: i32) -> Raised {
    let class = super::exception(vm, super::GAIERROR);
    let args = [
        new_int(i64::from(code)),
        PyStr::from_str(&sys::gai_text(code)),
    ];
    match vm.call(class.value(), &[args[0].value(), args[1].value()]) {
        Ok(e) => Raised::new(e),
        Err(e) => e,
    }
}

/// A host argument as a C string; empty and None mean any.
pub fn host_text(vm: &Vm, v: Value) -> PyResult<Option<String>> {
    if v.is_none() || v.is_null() {
        return Ok(None);
    }
    if let Some(s) = v.cast::<PyStr>() {
        if let Some(a) = s.as_ascii() {
            return Ok(Some(a.to_string()));
        }
        let b = vm.call_method_str(v, "encode", &[intern("idna").value()])?;
        return Ok(Some(String::from_utf8_lossy(&vm.bytes_of(b.value())?).into_owned()));
    }
    match v.cast::<PyBytes>() {
        Some(b) => Ok(Some(String::from_utf8_lossy(b.as_slice()).into_owned())),
        None => Err(vm.type_error(format!(
            "str, bytes or bytearray expected, not {}",
            v.class().name_str()
        ))),
    }
}

/// The first address of a host name in a family.
pub fn resolve(vm: &Vm, host: &str, family: i32) -> PyResult<RawAddr> {
    let text = match (host, family) {
        ("", libc::AF_INET6) => "::",
        ("", _) => "0.0.0.0",
        ("<broadcast>", libc::AF_INET) => "255.255.255.255",
        (h, _) => h,
    };
    let c = crate::posix::c_string(vm, text.as_bytes().to_vec())?;
    match sys::getaddrinfo(Some(&c), None, [family, libc::SOCK_STREAM, 0, 0]) {
        Ok(list) => match list.into_iter().next() {
            Some((_, _, _, _, a)) => Ok(a),
            None => Err(gai_error(vm, libc::EAI_NONAME)),
        },
        Err(e) => Err(gai_error(vm, e)),
    }
}

fn port(vm: &Vm, v: Value, who: &str) -> PyResult<u16> {
    let i = vm.index(v)?;
    match i.as_i64().and_then(|n| u16::try_from(n).ok()) {
        Some(p) => Ok(p),
        None => Err(vm.overflow_error(format!("{who}(): port must be 0-65535."))),
    }
}

/// The kernel's form of an address argument.
pub fn parse(vm: &Vm, family: i32, v: Value, who: &str) -> PyResult<RawAddr> {
    match family {
        libc::AF_INET | libc::AF_INET6 => {
            let name = if family == libc::AF_INET { "AF_INET" } else { "AF_INET6" };
            let Some(t) = v.cast::<PyTuple>() else {
                return Err(vm.type_error(format!(
                    "{who}(): {name} address must be tuple, not {}",
                    v.class().name_str()
                )));
            };
            let items = t.as_slice();
            let good = if family == libc::AF_INET { items.len() == 2 } else { (2..=4).contains(&items.len()) };
            if !good {
                return Err(vm.type_error(if family == libc::AF_INET {
                    format!("{who}(): AF_INET address must be a pair (host, port)")
                } else {
                    format!("{who}(): AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
                }));
            }
            let host = host_text(vm, items[0])?.unwrap_or_default();
            let port = port(vm, items[1], who)?;
            let mut a = resolve(vm, &host, family)?;
            if let Some(p) = a.0.get_mut(2..4) {
                p.copy_from_slice(&port.to_be_bytes());
            }
            if family == libc::AF_INET6 {
                if let (Some(f), Some(p)) = (items.get(2), a.0.get_mut(4..8)) {
                    p.copy_from_slice(&(vm.to_i64(*f)? as u32).to_be_bytes());
                }
                if let (Some(s), Some(p)) = (items.get(3), a.0.get_mut(24..28)) {
                    p.copy_from_slice(&(vm.to_i64(*s)? as u32).to_ne_bytes());
                }
            }
            Ok(a)
        }
        libc::AF_UNIX => {
            let path = match v.cast::<PyStr>() {
                Some(s) => crate::sys::paths::fs_bytes(s).unwrap_or_default(),
                None => vm.bytes_of(v)?,
            };
            let abstract_name = path.first() == Some(&0);
            if path.len() >= 108 {
                return Err(vm.error(vm.exc.OSError, "AF_UNIX path too long"));
            }
            let mut a = (libc::AF_UNIX as u16).to_ne_bytes().to_vec();
            a.extend(path);
            if !abstract_name {
                a.push(0);
            }
            Ok(RawAddr(a))
        }
        _ => Err(vm.error(vm.exc.OSError, format!("{who}(): bad family"))),
    }
}

/// Python's form of an address.
pub fn show(a: &RawAddr) -> Owned {
    let b = &a.0;
    let Some(family) = b.get(..2).and_then(|f| f.try_into().ok()).map(u16::from_ne_bytes) else {
        return Owned::NONE;
    };
    let port = b.get(2..4).map_or(0, |p| u16::from_be_bytes([p[0], p[1]]));
    match i32::from(family) {
        libc::AF_INET => match b.get(4..8).and_then(|x| <[u8; 4]>::try_from(x).ok()) {
            Some(ip) => PyTuple::pair(
                PyStr::from_str(&Ipv4Addr::from(ip).to_string()),
                new_int(i64::from(port)),
            ),
            None => Owned::NONE,
        },
        libc::AF_INET6 => {
            let Some(ip) = b.get(8..24).and_then(|x| <[u8; 16]>::try_from(x).ok()) else {
                return Owned::NONE;
            };
            let word = |at: usize| b.get(at..at + 4).and_then(|w| <[u8; 4]>::try_from(w).ok()).unwrap_or_default();
            PyTuple::new(vec![
                PyStr::from_str(&Ipv6Addr::from(ip).to_string()),
                new_int(i64::from(port)),
                new_int(i64::from(u32::from_be_bytes(word(4)))),
                new_int(i64::from(u32::from_ne_bytes(word(24)))),
            ])
        }
        libc::AF_UNIX => {
            let path = b.get(2..).unwrap_or(&[]);
            if path.first() == Some(&0) && path.len() > 1 {
                return PyBytes::new(path);
            }
            let end = path.iter().position(|c| *c == 0).unwrap_or(path.len());
            fs_text(&path[..end])
        }
        n => PyTuple::pair(new_int(i64::from(n)), PyBytes::new(b.get(2..).unwrap_or(&[]))),
    }
}
