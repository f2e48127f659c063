//! Reading from text files.

use super::base::size_arg;
use super::buffered::{PyBuffered, PyBufferedRandom, PyBufferedReader};
use super::buffered_read::read1_bytes;
use super::newline;
use super::text::{Coding, PyTextIO, open_of};
use super::text_write::flush_pending;
use super::unsupported;
use pyjit_core::prelude::*;
use pyjit_text::repr::{Builder, Text, TextBuf};
use pyjit_types::str::codecs;

/// The characters that are decoded and not used.
fn rest(t: &PyTextIO) -> Text<'_> {
    let d = &t.decoded.get().0;
    d.text.as_text().slice(d.used, usize::MAX)
}

/// Takes `n` of them.
fn take(t: &PyTextIO, n: usize) -> Owned {
    let d = &mut t.decoded.get_mut().0;
    let end = d.used.saturating_add(n).min(d.text.len());
    let r = PyStr::from_slice(d.text.as_text().slice(d.used, end));
    d.used = end;
    r
}

/// Raises if the file cannot be read; creates what reading needs.
fn check_readable(vm: &Vm, t: &PyTextIO) -> PyResult<()> {
    let b = t.buffer.get();
    if b.is_exact::<PyBufferedReader>() || b.is_exact::<PyBufferedRandom>() {
        return Ok(());
    }
    let b = b.clone();
    let r = vm.call_method_str(b.value(), "readable", &[])?;
    if vm.truthy(r.value())? {
        Ok(())
    } else {
        Err(unsupported(vm, "not readable"))
    }
}

/// Bytes from the buffer: one chunk, or everything.
fn read_bytes(vm: &Vm, t: &PyTextIO, all: bool) -> PyResult<Vec<u8>> {
    let b = t.buffer.own();
    if !all
        && t.has_read1.get()
        && (b.is_exact::<PyBufferedReader>() || b.is_exact::<PyBufferedRandom>())
        && let Some(inner) = b.cast::<PyBuffered>()
    {
        return read1_bytes(vm, inner, t.chunk.get());
    }
    let (method, args) = match (all, t.has_read1.get()) {
        (true, _) => ("read", vec![]),
        (false, true) => ("read1", vec![new_usize(t.chunk.get())]),
        (false, false) => ("read", vec![new_usize(t.chunk.get())]),
    };
    let args: Vec<Value> = args.iter().map(|a| a.value()).collect();
    let r = vm.call_method_str(b.value(), method, &args)?;
    if r.class().slots.buffer.get().is_none() {
        if r.is_none() && all {
            return Err(vm.error_with(
                vm.exc.BlockingIOError,
                vec![
                    new_int(i64::from(libc::EAGAIN)),
                    PyStr::from_str("Read returned None."),
                    new_int(0),
                ],
            ));
        }
        return Err(vm.type_error(format!(
            "underlying {method}() should have returned a bytes-like object, not '{}'",
            r.class().name_str()
        )));
    }
    vm.bytes_of(r.value())
}

/// The decoder of a Python codec, with line ends handled around it.
fn codec_decoder(vm: &Vm, t: &PyTextIO) -> PyResult<Owned> {
    let d = t.decoder.own();
    if d.is_null() {
        return Err(unsupported(vm, "not readable"));
    }
    if matches!(t.newline.get(), None | Some("")) && !d.isa::<newline::PyNewlineDecoder>() {
        let d = newline::wrap(d, t.newline.get().is_none());
        t.decoder.set(d.clone());
        return Ok(d);
    }
    Ok(d)
}

fn call_decoder(vm: &Vm, d: &Owned, bytes: &[u8], last: bool) -> PyResult<TextBuf> {
    let input = PyBytes::new(bytes);
    let r = vm.call_method_str(d.value(), "decode", &[input.value(), Value::bool(last)])?;
    match r.cast::<PyStr>() {
        Some(s) => Ok(s.text().to_buf()),
        None => Err(vm.type_error(format!(
            "decoder should return a string result, not '{}'",
            r.class().name_str()
        ))),
    }
}

/// Reads and decodes another chunk (everything, if `all`) behind what is there. False at the end.
pub fn read_chunk(vm: &Vm, t: &PyTextIO, all: bool) -> PyResult<bool> {
    let mut flags = 0;
    let coding = t.coding.get();
    let mut codec = Owned::NULL;
    if coding == Coding::Codec {
        codec = codec_decoder(vm, t)?;
        if t.telling.get() {
            let state = vm.call_method_str(codec.value(), "getstate", &[])?;
            if let Some(&[_, f]) = state.cast::<PyTuple>().map(|s| s.as_slice()) {
                flags = vm.to_i64(f)?;
            } else {
                return Err(vm.type_error("illegal decoder state"));
            }
        }
    }
    let fresh = read_bytes(vm, t, all)?;
    let last = all || fresh.is_empty();
    let d = &mut t.decoded.get_mut().0;
    let mut source = if d.left_over > 0 && d.left_over <= d.source.len() {
        d.source.split_off(d.source.len() - d.left_over)
    } else {
        Vec::new()
    };
    let eof = fresh.is_empty();
    let carried = source.len();
    source.extend(fresh);
    let began_with_cr = t.translator.get().0.as_ref().is_some_and(|n| n.pending_cr);
    let (text, left_over) = match coding {
        Coding::Native(e) => {
            let errors = text_of(t.errors.value());
            let r = codecs::decode_native(vm, e, &source, Value::NONE, Some(&errors), last);
            let r = match r {
                Ok(r) => r,
                Err(e) => {
                    // What could not be decoded is not tried again.
                    let d = &mut t.decoded.get_mut().0;
                    d.left_over = 0;
                    d.source.clear();
                    return Err(e);
                }
            };
            let text = match &mut t.translator.get_mut().0 {
                Some(n) => n.feed(r.text.as_text(), last),
                None => r.text,
            };
            (text, source.len().saturating_sub(r.consumed))
        }
        Coding::Codec => (call_decoder(vm, &codec, &source[carried..], last)?, 0),
    };
    let more = !eof || !text.is_empty();
    let d = &mut t.decoded.get_mut().0;
    if d.used < d.text.len() {
        // Reads join chunks only on their way to returning all of them: nobody asks for a position in between.
        let mut b = Builder::new();
        b.push_text(d.text.as_text().slice(d.used, usize::MAX));
        b.push_text(text.as_text());
        d.text = b.finish();
        d.used = 0;
        d.source = source;
    } else {
        d.text = text;
        d.used = 0;
        d.source = source;
    }
    let d = &mut t.decoded.get_mut().0;
    d.left_over = left_over;
    d.began_with_cr = began_with_cr;
    d.flags = flags;
    Ok(more)
}

fn before_reading(vm: &Vm, v: Value) -> PyResult<&PyTextIO> {
    let t = open_of(vm, v)?;
    check_readable(vm, t)?;
    if !t.pending.get().0.is_empty() {
        flush_pending(vm, t)?;
    }
    Ok(t)
}

/// `read(size)`.
pub fn read(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let t = before_reading(vm, a[0])?;
    if n < 0 {
        let front = rest(t).to_buf();
        let used = t.decoded.get().0.text.len();
        t.decoded.get_mut().0.used = used;
        read_chunk(vm, t, true)?;
        let tail = take(t, usize::MAX);
        t.decoded.get_mut().0 = Default::default();
        if front.is_empty() {
            return Ok(tail);
        }
        let front = PyStr::from_buf(&front);
        return match (front.cast::<PyStr>(), tail.cast::<PyStr>()) {
            (Some(f), Some(s)) => f.concat(s).ok_or_else(|| vm.memory_error()),
            _ => Ok(tail),
        };
    }
    let n = n as usize;
    if rest(t).len() >= n {
        return Ok(take(t, n));
    }
    let mut out = Builder::new();
    out.push_text(rest(t));
    let all = t.decoded.get().0.text.len();
    t.decoded.get_mut().0.used = all;
    while out.len() < n {
        if !read_chunk(vm, t, false)? {
            break;
        }
        let part = rest(t);
        let k = part.len().min(n - out.len());
        out.push_text(part.slice(0, k));
        let d = &mut t.decoded.get_mut().0;
        d.used += k;
    }
    Ok(PyStr::from_buf(&out.finish()))
}

/// One line of at most `limit` characters.
pub fn line(vm: &Vm, t: &PyTextIO, limit: usize) -> PyResult<Owned> {
    let ends = t.ends.get();
    if let Some(n) = ends.find(rest(t)) {
        return Ok(take(t, n.min(limit)));
    }
    let mut out = Builder::new();
    loop {
        let part = rest(t);
        let mut n = part.len();
        // A line end of two characters may be split between two chunks.
        let split = ends == newline::Ends::CrLf && part.get(n.wrapping_sub(1)) == Some(13);
        if let Some(k) = ends.find(part) {
            n = k;
        }
        if out.len() + n >= limit {
            let k = limit - out.len();
            out.push_text(part.slice(0, k));
            t.decoded.get_mut().0.used += k;
            break;
        }
        let found = ends.find(part).is_some();
        out.push_text(part.slice(0, n));
        t.decoded.get_mut().0.used += n;
        if found {
            break;
        }
        loop {
            if !read_chunk(vm, t, false)? {
                return Ok(PyStr::from_buf(&out.finish()));
            }
            if !rest(t).is_empty() {
                break;
            }
        }
        if split && rest(t).get(0) == Some(10) {
            out.push(10);
            t.decoded.get_mut().0.used += 1;
            break;
        }
    }
    Ok(PyStr::from_buf(&out.finish()))
}

/// `readline(size)`.
pub fn readline(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = size_arg(vm, a[1])?;
    let t = before_reading(vm, a[0])?;
    line(vm, t, if n < 0 { usize::MAX } else { n as usize })
}

/// Iteration by lines.
pub fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = super::text::ready(vm, v)?;
    t.telling.set(false);
    let r = if v.is_exact::<PyTextIO>() {
        line(vm, before_reading(vm, v)?, usize::MAX)?
    } else {
        let r = vm.call_method(v, vm.names.readline.value(), &[])?;
        if !r.isa::<PyStr>() {
            return Err(vm.error(
                vm.exc.OSError,
                format!(
                    "readline() should have returned a str object, not '{}'",
                    r.class().name_str()
                ),
            ));
        }
        r
    };
    if r.cast::<PyStr>().is_some_and(|s| s.is_empty()) {
        t.telling.set(t.seekable.get());
        return Ok(Owned::NULL);
    }
    Ok(r)
}
