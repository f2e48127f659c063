//! Reading through a buffer. Called by the methods of `BufferedReader` and `BufferedRandom`, and by text files.

use super::base::size_arg;
use super::buffered::{PyBuffered, enter, open_of, raw_of, unread};
use super::buffered_write::flush_pending;
use super::fileio::{self, PyFileIO};
use pyjit_core::prelude::*;
use pyjit_types::bytearray::PyByteArray;

/// One `readinto` of the raw file; `None` if it would block.
fn raw_readinto(vm: &Vm, b: &PyBuffered, buf: &mut [u8]) -> PyResult<Option<usize>> {
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return fileio::read_into(vm, f, buf);
    }
    let array = PyByteArray::new(vec![0; buf.len()]);
    let view = pyjit_types::memoryview::new_view(vm, array.value(), true)?;
    let r = vm.call_method_str(raw.value(), "readinto", &[view.value()])?;
    vm.call_method_str(view.value(), "release", &[])?;
    if r.is_none() {
        return Ok(None);
    }
    if r.as_int().is_none() {
        let cause = vm.type_error(format!(
            "'{}' object cannot be interpreted as an integer",
            r.class().name_str()
        ));
        let e = vm.error(vm.exc.OSError, "raw readinto() failed");
        e.payload().cause.set(cause.into_owned());
        return Err(e);
    }
    let n = vm.to_size(r.value())?;
    if n < 0 || n as usize > buf.len() {
        return Err(vm.error(
            vm.exc.OSError,
            format!(
                "raw readinto() returned invalid length {n} (should have been between 0 and {})",
                buf.len()
            ),
        ));
    }
    let n = n as usize;
    if let Some(a) = array.cast::<PyByteArray>()
        && let Some(from) = a.as_slice().get(..n)
    {
        buf[..n].copy_from_slice(from);
    }
    Ok(Some(n))
}

/// Fills the empty buffer by one read; how many bytes came, `None` if it would block.
fn fill(vm: &Vm, b: &PyBuffered) -> PyResult<Option<usize>> {
    let mut space = std::mem::take(&mut b.ahead.get_mut().0);
    b.used.set(0);
    space.resize(b.size.get(), 0);
    let r = raw_readinto(vm, b, &mut space);
    match &r {
        Ok(Some(n)) => space.truncate(*n),
        _ => space.clear(),
    }
    b.ahead.get_mut().0 = space;
    r
}

/// Takes up to `n` bytes that are there already.
fn take(b: &PyBuffered, n: usize, out: &mut Vec<u8>) {
    let ahead = &b.ahead.get().0;
    let from = b.used.get().min(ahead.len());
    let to = from.saturating_add(n).min(ahead.len());
    out.extend_from_slice(&ahead[from..to]);
    b.used.set(to);
}

fn before_reading(vm: &Vm, b: &PyBuffered) -> PyResult<()> {
    if b.writable.get() {
        flush_pending(vm, b)?;
    }
    Ok(())
}

/// `read(size)`.
pub fn read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    if n < -1 {
        return Err(vm.value_error("read length must be non-negative or -1"));
    }
    let b = open_of(vm, a[0], "read of closed file")?;
    if n < 0 {
        let _busy = enter(vm, b)?;
        return read_all(vm, b);
    }
    let n = n as usize;
    let ahead = &b.ahead.get().0;
    if let Some(part) = ahead.get(b.used.get()..b.used.get().saturating_add(n))
        && b.pending.get().0.is_empty()
        && n > 0
    {
        let r = PyBytes::new(part);
        b.used.set(b.used.get() + n);
        return Ok(r);
    }
    let _busy = enter(vm, b)?;
    before_reading(vm, b)?;
    let mut out = Vec::with_capacity(n.min(1 << 20));
    take(b, n, &mut out);
    let mut blocked = false;
    while out.len() < n {
        let missing = n - out.len();
        if missing >= b.size.get() {
            // Large reads go past the buffer, in whole blocks.
            b.ahead.get_mut().0.clear();
            b.used.set(0);
            let want = (missing - missing % b.size.get()).min(1 << 30);
            let at = out.len();
            if out.try_reserve(want).is_err() {
                return Err(vm.memory_error());
            }
            out.resize(at + want, 0);
            let r = raw_readinto(vm, b, &mut out[at..]);
            out.truncate(at + r.as_ref().ok().and_then(|r| *r).unwrap_or(0));
            match r? {
                Some(0) => break,
                Some(_) => continue,
                None => {
                    blocked = true;
                    break;
                }
            }
        }
        match fill(vm, b)? {
            Some(0) => break,
            Some(_) => take(b, missing, &mut out),
            None => {
                blocked = true;
                break;
            }
        }
    }
    if blocked && out.is_empty() && n > 0 {
        return Ok(Owned::NONE);
    }
    Ok(PyBytes::new(&out))
}

fn read_all(vm: &Vm, b: &PyBuffered) -> PyResult<Owned> {
    let mut out = Vec::new();
    take(b, usize::MAX, &mut out);
    b.ahead.get_mut().0.clear();
    b.used.set(0);
    before_reading(vm, b)?;
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return Ok(match fileio::read_to_end(vm, f)? {
            Some(rest) if out.is_empty() => PyBytes::new(&rest),
            Some(rest) => {
                out.extend(rest);
                PyBytes::new(&out)
            }
            None if out.is_empty() => Owned::NONE,
            None => PyBytes::new(&out),
        });
    }
    if let Some(readall) = vm.getattr_opt_str(raw.value(), "readall")? {
        let rest = vm.call(readall.value(), &[])?;
        if rest.is_none() {
            return Ok(if out.is_empty() { rest } else { PyBytes::new(&out) });
        }
        let Some(bytes) = rest.cast::<PyBytes>() else {
            return Err(vm.type_error("readall() should return bytes"));
        };
        if out.is_empty() {
            return Ok(rest);
        }
        out.extend_from_slice(bytes.as_slice());
        return Ok(PyBytes::new(&out));
    }
    loop {
        let part = vm.call_method(raw.value(), vm.names.read.value(), &[])?;
        if part.is_none() {
            return Ok(if out.is_empty() { part } else { PyBytes::new(&out) });
        }
        let Some(bytes) = part.cast::<PyBytes>() else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if bytes.is_empty() {
            return Ok(PyBytes::new(&out));
        }
        out.extend_from_slice(bytes.as_slice());
    }
}

/// At most `n` bytes with at most one read of the raw file; text files read by this.
pub fn read1_bytes(vm: &Vm, b: &PyBuffered, n: usize) -> PyResult<Vec<u8>> {
    let _busy = enter(vm, b)?;
    before_reading(vm, b)?;
    let mut out = Vec::new();
    if unread(b) == 0 {
        fill(vm, b)?;
    }
    take(b, n, &mut out);
    Ok(out)
}

/// `read1(size)`.
pub fn read1(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = if a[1].is_null() { -1 } else { vm.to_size(a[1])? };
    let b = open_of(vm, a[0], "read of closed file")?;
    let n = if n < 0 { b.size.get() } else { n as usize };
    if n == 0 {
        return Ok(PyBytes::new(b""));
    }
    if unread(b) == 0 {
        let _busy = enter(vm, b)?;
        before_reading(vm, b)?;
        b.ahead.get_mut().0.clear();
        b.used.set(0);
        let Some(mut buf) = super::zeros(n) else {
            return Err(vm.memory_error());
        };
        let got = raw_readinto(vm, b, &mut buf)?.unwrap_or(0);
        return Ok(PyBytes::new(&buf[..got]));
    }
    Ok(PyBytes::new(&read1_bytes(vm, b, n)?))
}

/// `peek(size)`.
pub fn peek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = open_of(vm, a[0], "peek of closed file")?;
    let _busy = enter(vm, b)?;
    before_reading(vm, b)?;
    if unread(b) == 0 {
        fill(vm, b)?;
    }
    Ok(PyBytes::new(
        b.ahead.get().0.get(b.used.get()..).unwrap_or(&[]),
    ))
}

fn read_into_buffer(vm: &Vm, a: &[Value], once: bool) -> PyResult<Owned> {
    let b = open_of(vm, a[0], "readinto of closed file")?;
    let mut view = vm.buffer(a[1], true)?;
    let _busy = enter(vm, b)?;
    before_reading(vm, b)?;
    let to = view.as_mut_slice();
    let mut done = 0;
    let mut blocked = false;
    while done < to.len() {
        if unread(b) > 0 {
            let mut part = Vec::new();
            take(b, to.len() - done, &mut part);
            to[done..done + part.len()].copy_from_slice(&part);
            done += part.len();
            // What is more than a buffer full may still be read directly.
            if once && to.len() - done <= b.size.get() {
                break;
            }
            continue;
        }
        let room = to.len() - done;
        let got = if room > b.size.get() {
            b.ahead.get_mut().0.clear();
            b.used.set(0);
            let r = raw_readinto(vm, b, &mut to[done..])?;
            done += r.unwrap_or(0);
            r
        } else {
            fill(vm, b)?
        };
        match got {
            Some(0) => break,
            Some(_) if once && unread(b) == 0 => break,
            Some(_) => {}
            None => {
                blocked = true;
                break;
            }
        }
    }
    if blocked && done == 0 {
        return Ok(Owned::NONE);
    }
    Ok(new_usize(done))
}
/// `readinto(buffer)`.
pub fn readinto(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    read_into_buffer(vm, a, false)
}
/// `readinto1(buffer)`.
pub fn readinto1(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    read_into_buffer(vm, a, true)
}

fn line(vm: &Vm, b: &PyBuffered, limit: usize) -> PyResult<Owned> {
    let ahead = &b.ahead.get().0;
    let from = b.used.get().min(ahead.len());
    let there = &ahead[from..];
    let there = &there[..there.len().min(limit)];
    if let Some(i) = there.iter().position(|c| *c == b'\n') {
        let r = PyBytes::new(&there[..=i]);
        b.used.set(from + i + 1);
        return Ok(r);
    }
    let _busy = enter(vm, b)?;
    before_reading(vm, b)?;
    let mut out = Vec::new();
    while out.len() < limit {
        if unread(b) == 0 && !matches!(fill(vm, b)?, Some(n) if n > 0) {
            break;
        }
        let ahead = &b.ahead.get().0;
        let rest = ahead.get(b.used.get()..).unwrap_or(&[]);
        let rest = &rest[..rest.len().min(limit - out.len())];
        let n = rest.iter().position(|c| *c == b'\n').map_or(rest.len(), |i| i + 1);
        out.extend_from_slice(&rest[..n]);
        b.used.set(b.used.get() + n);
        if out.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(PyBytes::new(&out))
}

/// `readline(size)`.
pub fn readline(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let b = open_of(vm, a[0], "readline of closed file")?;
    line(vm, b, if n < 0 { usize::MAX } else { n as usize })
}

/// Iteration by lines.
pub fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let exact = v.is_exact::<super::buffered::PyBufferedReader>()
        || v.is_exact::<super::buffered::PyBufferedRandom>();
    let r = if exact {
        line(vm, open_of(vm, v, "readline of closed file")?, usize::MAX)?
    } else {
        vm.call_method(v, vm.names.readline.value(), &[])?
    };
    Ok(if vm.len(r.value())? == 0 { Owned::NULL } else { r })
}
