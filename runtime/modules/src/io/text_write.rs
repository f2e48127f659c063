//! Writing to text files.

use super::buffered::{PyBuffered, PyBufferedRandom, PyBufferedWriter};
use super::buffered_write::write_bytes;
use super::newline::expand;
use super::text::{Coding, PyTextIO, open_of};
use super::unsupported;
use pyjit_core::prelude::*;
use pyjit_text::codecs::Encoding;
use pyjit_text::repr::Text;
use pyjit_types::str::codecs;

/// Gives what is encoded to the buffer.
pub fn flush_pending(vm: &Vm, t: &PyTextIO) -> PyResult<()> {
    if t.pending.get().0.is_empty() {
        return Ok(());
    }
    let bytes = std::mem::take(&mut t.pending.get_mut().0);
    let b = t.buffer.own();
    if (b.is_exact::<PyBufferedWriter>() || b.is_exact::<PyBufferedRandom>())
        && let Some(inner) = b.cast::<PyBuffered>()
    {
        write_bytes(vm, inner, &bytes)?;
        if t.pending.get().0.is_empty() {
            let mut bytes = bytes;
            bytes.clear();
            t.pending.get_mut().0 = bytes;
        }
        return Ok(());
    }
    let data = PyBytes::new(&bytes);
    vm.call_method(b.value(), vm.names.write.value(), &[data.value()])
        .map(drop)
}

fn encode(vm: &Vm, t: &PyTextIO, text: Value) -> PyResult<()> {
    match t.coding.get() {
        Coding::Native(e) => {
            if let Some(s) = text.cast::<PyStr>() {
                let direct = match (e, s.text()) {
                    (_, Text::Ascii(b)) | (Encoding::Latin1, Text::Latin1(b)) => Some(b),
                    _ => None,
                };
                if let Some(b) = direct {
                    t.pending.get_mut().0.extend_from_slice(b);
                    return Ok(());
                }
            }
            let errors = text_of(t.errors.value());
            let bytes = codecs::encode_native(vm, e, text, Some(&errors))?;
            t.pending.get_mut().0.extend(bytes);
            Ok(())
        }
        Coding::Codec => {
            let e = t.encoder.own();
            if e.is_null() {
                return Err(unsupported(vm, "not writable"));
            }
            t.at_start.set(false);
            let r = vm.call_method_str(e.value(), "encode", &[text])?;
            let Some(b) = r.cast::<PyBytes>() else {
                return Err(vm.type_error(format!(
                    "encoder should return a bytes object, not '{}'",
                    r.class().name_str()
                )));
            };
            t.pending.get_mut().0.extend_from_slice(b.as_slice());
            Ok(())
        }
    }
}

/// `write(text)`.
pub fn write(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[1].cast::<PyStr>() else {
        super::text::ready(vm, a[0])?;
        return Err(vm.type_error(format!(
            "write() argument must be str, not {}",
            a[1].class().name_str()
        )));
    };
    let t = open_of(vm, a[0])?;
    let b = t.buffer.get();
    if !b.is_exact::<PyBufferedWriter>() && !b.is_exact::<PyBufferedRandom>() {
        let b = b.clone();
        let r = vm.call_method_str(b.value(), "writable", &[])?;
        if !vm.truthy(r.value())? {
            return Err(unsupported(vm, "not writable"));
        }
    }
    let n = s.len();
    let end = match t.newline.get() {
        Some(n @ ("\r" | "\r\n")) => Some(n),
        _ => None,
    };
    let look = t.line_buffering.get() || end.is_some();
    let (has_lf, has_cr) = if look {
        let has = |c: u32| match s.text() {
            Text::Ascii(b) | Text::Latin1(b) => b.contains(&(c as u8)),
            other => other.iter().any(|x| x == c),
        };
        (has(10), has(13))
    } else {
        (false, false)
    };
    match end {
        Some(e) if has_lf => {
            let translated = PyStr::from_buf(&expand(s.text(), e));
            encode(vm, t, translated.value())?;
        }
        _ => encode(vm, t, a[1])?,
    }
    let flush = t.line_buffering.get() && (has_lf || has_cr);
    if flush || t.write_through.get() || t.pending.get().0.len() >= t.chunk.get() {
        flush_pending(vm, t)?;
    }
    if flush {
        let b = t.buffer.own();
        vm.call_method(b.value(), vm.names.flush.value(), &[])?;
    }
    if !t.decoded.get().0.text.is_empty() {
        t.decoded.set(NoTrace::default());
        let d = t.decoder.own();
        if !d.is_null() {
            vm.call_method_str(d.value(), "reset", &[])?;
        }
    }
    Ok(new_usize(n))
}

/// `flush()`.
pub fn flush(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = open_of(vm, a[0])?;
    t.telling.set(t.seekable.get());
    flush_pending(vm, t)?;
    let b = t.buffer.own();
    vm.call_method(b.value(), vm.names.flush.value(), &[])
}
