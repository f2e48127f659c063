//! What `bytes(...)` and `bytearray(...)` make their data from.

use super::ByteArg;
use crate::str::codecs;
use pyjit_core::prelude::*;

/// The data of a new object: a bytes object as it is, or fresh bytes.
pub(crate) enum Source {
    Object(Owned),
    Data(Vec<u8>),
}

fn name_arg(vm: &Vm, v: Value, class: &str, what: &str) -> PyResult<Option<String>> {
    match v.non_null() {
        None => Ok(None),
        Some(v) if v.isa::<PyStr>() => codecs::name_text(vm, v).map(Some),
        Some(v) => Err(vm.type_error(format!(
            "{class}() argument '{what}' must be str, not {}",
            crate::str::type_name(v)
        ))),
    }
}

/// The data that `class(x, encoding, errors)` asks for; what is absent is NULL.
pub(crate) fn source(
    vm: &Vm,
    x: Value,
    encoding: Value,
    errors: Value,
    class: &str,
) -> PyResult<Source> {
    let enc = name_arg(vm, encoding, class, "encoding")?;
    let err = name_arg(vm, errors, class, "errors")?;
    if x.is_null() {
        if enc.is_some() || err.is_some() {
            return Err(vm.type_error(if enc.is_some() {
                "encoding without a string argument"
            } else {
                "errors without a string argument"
            }));
        }
        return Ok(Source::Data(vec![]));
    }
    if x.isa::<PyStr>() {
        if enc.is_none() {
            return Err(vm.type_error("string argument without an encoding"));
        }
        return codecs::encode(vm, x, enc.as_deref(), err.as_deref()).map(Source::Object);
    }
    if enc.is_some() || err.is_some() {
        return Err(vm.type_error(if enc.is_some() {
            "encoding without a string argument"
        } else {
            "errors without a string argument"
        }));
    }
    if x.as_int().is_some() || x.class().slots.index.get().is_some() {
        match vm.index(x) {
            Ok(i) => return sized(vm, i.value()).map(Source::Data),
            Err(e) if e.is_instance(vm.exc.TypeError) => {}
            Err(e) => return Err(e),
        }
    }
    if let Some(b) = ByteArg::maybe(vm, x)? {
        return Ok(Source::Data(b.to_vec()));
    }
    if x.class().slots.iter.get().is_none() && x.class().slots.getitem.get().is_none() {
        return Err(vm.type_error(format!(
            "cannot convert '{}' object to {class}",
            x.class().name_str()
        )));
    }
    let word = if class == "bytes" { "bytes" } else { "byte" };
    from_iterable(vm, x, word).map(Source::Data)
}

fn sized(vm: &Vm, n: Value) -> PyResult<Vec<u8>> {
    match n.as_i64() {
        Some(n) if n < 0 => Err(vm.value_error("negative count")),
        Some(n) if n <= 1 << 34 => Ok(vec![0; n as usize]),
        Some(_) => Err(vm.memory_error()),
        None if n.as_int().is_some_and(|i| i.is_negative()) => {
            Err(vm.overflow_error("cannot fit 'int' into an index-sized integer"))
        }
        None => Err(vm.overflow_error("cannot fit 'int' into an index-sized integer")),
    }
}

/// One byte from an integer; `word` begins the message for numbers out of range.
pub(crate) fn byte(vm: &Vm, v: Value, word: &str) -> PyResult<u8> {
    let i = match v.as_small() {
        Some(i) => Some(i),
        None => vm.index(v)?.as_i64(),
    };
    i.and_then(|i| u8::try_from(i).ok())
        .ok_or_else(|| vm.value_error(format!("{word} must be in range(0, 256)")))
}

/// The bytes of an iterable of integers.
pub(crate) fn from_iterable(vm: &Vm, x: Value, word: &str) -> PyResult<Vec<u8>> {
    let mut out = Vec::new();
    if let Some(t) = x.cast_exact::<PyTuple>() {
        for v in t.as_slice() {
            out.push(byte(vm, *v, word)?);
        }
        return Ok(out);
    }
    vm.for_each(x, |v| {
        out.push(byte(vm, v.value(), word)?);
        Ok(true)
    })?;
    Ok(out)
}

/// `data * n`; MemoryError if that is absurd.
pub(crate) fn repeat_bytes(vm: &Vm, data: &[u8], n: usize) -> PyResult<Vec<u8>> {
    match data.len().checked_mul(n) {
        Some(total) if total <= 1 << 34 => Ok(data.repeat(n)),
        _ => Err(vm.memory_error()),
    }
}
