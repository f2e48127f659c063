//! Positions in text files. A position is a byte offset where that is enough, else a cookie with what is needed to get the
//! decoder into the same state: the offset of a chunk, the decoder's flags there, and how many characters to skip.

use super::newline::Translator;
use super::text::{Coding, PyTextIO, open_of};
use super::text_read::read_chunk;
use super::text_write::flush_pending;
use super::unsupported;
use pyjit_core::prelude::*;
use pyjit_num::BigInt;
use pyjit_text::codecs::Encoding;
use pyjit_types::str::codecs;

/// The parts of a position.
struct Cookie {
    start: i64,
    flags: i64,
    feed: i64,
    skip: i64,
}

impl Cookie {
    fn pack(&self) -> Owned {
        if self.flags == 0 && self.feed == 0 && self.skip == 0 {
            return new_int(self.start);
        }
        let s = self.start as u64;
        let words = [
            s as u32,
            (s >> 32) as u32,
            self.flags as u32,
            0,
            self.feed as u32,
            0,
            self.skip as u32,
            0,
        ];
        new_big(BigInt::from_u32_words(false, &words))
    }
    fn unpack(v: Value) -> Option<Cookie> {
        let int = v.as_int()?;
        let w = int.to_big().to_u32_words();
        let at = |i: usize| i64::from(w.get(i).copied().unwrap_or(0));
        Some(Cookie {
            start: at(0) | at(1) << 32,
            flags: at(2),
            feed: at(4),
            skip: at(6),
        })
    }
}

/// How many bytes of the chunk the used characters came from, if that can be told exactly.
fn bytes_used(vm: &Vm, t: &PyTextIO, encoding: Encoding) -> PyResult<Option<usize>> {
    let d = &t.decoded.get().0;
    if d.used == d.text.len() {
        let held = t.translator.get().0.as_ref().is_some_and(|n| n.pending_cr);
        return Ok((!held).then(|| d.source.len() - d.left_over.min(d.source.len())));
    }
    let errors = text_of(t.errors.value());
    let mut translator = t.translator.get().0.as_ref().map(|n| Translator {
        translate: n.translate,
        pending_cr: d.began_with_cr,
        ..Translator::default()
    });
    let (source, used) = (d.source.clone(), d.used);
    let (mut at, mut chars) = (0, 0);
    while chars < used && at < source.len() {
        let mut end = at + 1;
        if encoding == Encoding::Utf8 && source[at] >= 0xc0 {
            while end < source.len() && end - at < 4 && source[end] & 0xc0 == 0x80 {
                end += 1;
            }
        }
        let r = codecs::decode_native(vm, encoding, &source[at..end], Value::NONE, Some(&errors), true)?;
        chars += match &mut translator {
            Some(n) => n.feed(r.text.as_text(), false).len(),
            None => r.text.len(),
        };
        at = end;
    }
    // A `\r` held back may have produced its character together with the next one.
    if chars == used && !translator.is_some_and(|n| n.pending_cr) {
        return Ok(Some(at));
    }
    Ok(None)
}

/// `tell()`.
pub fn tell(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = open_of(vm, a[0])?;
    if !t.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if !t.telling.get() {
        return Err(vm.error(
            vm.exc.OSError,
            "telling position disabled by next() call",
        ));
    }
    flush_pending(vm, t)?;
    let b = t.buffer.own();
    vm.call_method(b.value(), vm.names.flush.value(), &[])?;
    let at = vm.call_method_str(b.value(), "tell", &[])?;
    let d = &t.decoded.get().0;
    if d.source.is_empty() && d.text.is_empty() {
        return Ok(at);
    }
    let at = vm.to_i64(at.value())?;
    let d = &t.decoded.get().0;
    let start = at - d.source.len() as i64;
    if let Coding::Native(e) = t.coding.get() {
        if let Some(n) = bytes_used(vm, t, e)? {
            return Ok(new_int(start + n as i64));
        }
        let d = &t.decoded.get().0;
        return Ok(Cookie {
            start,
            flags: i64::from(d.began_with_cr),
            feed: d.source.len() as i64,
            skip: d.used as i64,
        }
        .pack());
    }
    if d.used == 0 && d.flags == 0 {
        return Ok(new_int(start));
    }
    Ok(Cookie {
        start,
        flags: d.flags,
        feed: d.source.len() as i64,
        skip: d.used as i64,
    }
    .pack())
}

fn reset(vm: &Vm, t: &PyTextIO, flags: i64) -> PyResult<()> {
    t.decoded.set(NoTrace::default());
    if let Some(n) = &mut t.translator.get_mut().0 {
        n.pending_cr = flags & 1 != 0;
    }
    let d = t.decoder.own();
    if !d.is_null() {
        if flags == 0 {
            vm.call_method_str(d.value(), "reset", &[])?;
        } else {
            let state = PyTuple::pair(PyBytes::new(b""), new_int(flags));
            vm.call_method_str(d.value(), "setstate", &[state.value()])?;
        }
    }
    Ok(())
}

fn reset_encoder(vm: &Vm, t: &PyTextIO, at_start: bool) -> PyResult<()> {
    t.at_start.set(at_start);
    let e = t.encoder.own();
    if e.is_null() {
        return Ok(());
    }
    if at_start {
        vm.call_method_str(e.value(), "reset", &[]).map(drop)
    } else {
        vm.call_method_str(e.value(), "setstate", &[new_int(0).value()])
            .map(drop)
    }
}

/// `seek(cookie, whence)`.
pub fn seek(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = open_of(vm, a[0])?;
    let whence = if a[2].is_null() { 0 } else { vm.to_i32(a[2])? };
    if !t.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    let b = t.buffer.own();
    let mut cookie = a[1].own();
    match whence {
        0 => {}
        1 => {
            if !vm.eq(a[1], new_int(0).value())? {
                return Err(unsupported(vm, "can't do nonzero cur-relative seeks"));
            }
            vm.call_method(a[0], vm.names.flush.value(), &[])?;
            cookie = vm.call_method_str(a[0], "tell", &[])?;
        }
        2 => {
            if !vm.eq(a[1], new_int(0).value())? {
                return Err(unsupported(vm, "can't do nonzero end-relative seeks"));
            }
            vm.call_method(a[0], vm.names.flush.value(), &[])?;
            reset(vm, t, 0)?;
            let args = [new_int(0), new_int(2)];
            let r = vm.call_method_str(b.value(), "seek", &[args[0].value(), args[1].value()])?;
            let at = vm.to_i64(r.value())?;
            reset_encoder(vm, t, at == 0)?;
            return Ok(r);
        }
        _ => {
            return Err(vm.value_error(format!(
                "invalid whence ({whence}, should be 0, 1 or 2)"
            )));
        }
    }
    let index = vm.index(cookie.value())?;
    if index.as_int().is_some_and(|i| i.is_negative()) {
        let shown = vm.repr_text(cookie.value())?;
        return Err(vm.value_error(format!("negative seek position {shown}")));
    }
    vm.call_method(a[0], vm.names.flush.value(), &[])?;
    let Some(c) = Cookie::unpack(index.value()) else {
        return Err(vm.type_error("an integer is required"));
    };
    vm.call_method_str(b.value(), "seek", &[new_int(c.start).value()])?;
    reset(vm, t, c.flags)?;
    if c.skip > 0 {
        // The chunk is read again as it was, and the characters are passed over.
        let chunk = t.chunk.replace((c.feed.max(1)) as usize);
        // By `read`, which gives as much as is asked for.
        let read1 = t.has_read1.replace(false);
        let r = read_chunk(vm, t, false);
        t.has_read1.set(read1);
        t.chunk.set(chunk);
        r?;
        let d = &mut t.decoded.get_mut().0;
        if d.text.len() < c.skip as usize {
            return Err(vm.error(vm.exc.OSError, "can't restore logical file position"));
        }
        d.used = c.skip as usize;
    }
    reset_encoder(vm, t, c.start == 0 && c.skip == 0)?;
    Ok(cookie)
}

/// `truncate(pos)`.
pub fn truncate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = open_of(vm, a[0])?;
    vm.call_method(a[0], vm.names.flush.value(), &[])?;
    let b = t.buffer.own();
    let pos = a[1].non_null().unwrap_or(Value::NONE);
    vm.call_method_str(b.value(), "truncate", &[pos])
}
