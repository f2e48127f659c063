//! `UnicodeEncodeError`, `UnicodeDecodeError`, `UnicodeTranslateError`: fixed arguments and the sentence about the position.

use super::{base, object_field};
use pyjit_core::exception::PyUnicodeError;
use pyjit_core::object::extend_class;
use pyjit_core::prelude::*;

/// Adds the methods.
pub fn define(vm: &Vm) {
    let e = &vm.exc;
    extend_class(
        vm,
        e.UnicodeEncodeError,
        |s| {
            s.init.set(Some(encode_init));
            s.str.set(Some(encode_str));
        },
        &[],
        GETSET,
    );
    extend_class(
        vm,
        e.UnicodeDecodeError,
        |s| {
            s.init.set(Some(decode_init));
            s.str.set(Some(decode_str));
        },
        &[],
        GETSET,
    );
    extend_class(
        vm,
        e.UnicodeTranslateError,
        |s| {
            s.init.set(Some(translate_init));
            s.str.set(Some(translate_str));
        },
        &[],
        &GETSET[1..],
    );
}

fn position(vm: &Vm, new: Value) -> PyResult<i64> {
    if new.is_null() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    if new.as_int().is_none() {
        return Err(vm.type_error("an integer is required"));
    }
    new.as_i64()
        .ok_or_else(|| vm.overflow_error("Python int too large to convert to C ssize_t"))
}

static GETSET: &[GetSetDef] = &[
    object_field!(PyUnicodeError, encoding, "encoding", "exception encoding"),
    object_field!(PyUnicodeError, object, "object", "exception object"),
    GetSetDef::write(
        "start",
        |_, v| {
            Ok(new_int(
                v.cast::<PyUnicodeError>().map_or(0, |e| e.start.get()),
            ))
        },
        |vm, v, new| {
            let n = position(vm, new)?;
            if let Some(e) = v.cast::<PyUnicodeError>() {
                e.start.set(n);
            }
            Ok(())
        },
    )
    .doc("exception start"),
    GetSetDef::write(
        "end",
        |_, v| {
            Ok(new_int(
                v.cast::<PyUnicodeError>().map_or(0, |e| e.end.get()),
            ))
        },
        |vm, v, new| {
            let n = position(vm, new)?;
            if let Some(e) = v.cast::<PyUnicodeError>() {
                e.end.set(n);
            }
            Ok(())
        },
    )
    .doc("exception end"),
    object_field!(PyUnicodeError, reason, "reason", "exception reason"),
];

fn exactly<'a>(vm: &Vm, args: Args<'a>, n: usize) -> PyResult<&'a [Value]> {
    let p = args.pos();
    if p.len() != n {
        return Err(vm.type_error(format!(
            "function takes exactly {n} arguments ({} given)",
            p.len()
        )));
    }
    Ok(p)
}
fn text_arg(vm: &Vm, p: &[Value], i: usize) -> PyResult<Owned> {
    if !p[i].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "argument {} must be str, not {}",
            i + 1,
            p[i].class().name_str()
        )));
    }
    Ok(p[i].own())
}
fn size_arg(vm: &Vm, v: Value) -> PyResult<i64> {
    vm.to_size(v).map(|n| n as i64)
}

/// Stores the five fields.
fn fill(v: Value, encoding: Owned, object: Owned, start: i64, end: i64, reason: Owned) {
    if let Some(e) = v.cast::<PyUnicodeError>() {
        e.encoding.set(encoding);
        e.object.set(object);
        e.start.set(start);
        e.end.set(end);
        e.reason.set(reason);
    }
}

fn encode_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    let p = exactly(vm, args, 5)?;
    let (encoding, object) = (text_arg(vm, p, 0)?, text_arg(vm, p, 1)?);
    let (start, end) = (size_arg(vm, p[2])?, size_arg(vm, p[3])?);
    let reason = text_arg(vm, p, 4)?;
    fill(v, encoding, object, start, end, reason);
    Ok(())
}
fn decode_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    let p = exactly(vm, args, 5)?;
    let encoding = text_arg(vm, p, 0)?;
    let (start, end) = (size_arg(vm, p[2])?, size_arg(vm, p[3])?);
    let reason = text_arg(vm, p, 4)?;
    let object = if p[1].isa::<PyBytes>() {
        p[1].own()
    } else {
        PyBytes::new(&vm.bytes_of(p[1])?)
    };
    fill(v, encoding, object, start, end, reason);
    Ok(())
}
fn translate_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    let p = exactly(vm, args, 4)?;
    let object = text_arg(vm, p, 0)?;
    let (start, end) = (size_arg(vm, p[1])?, size_arg(vm, p[2])?);
    let reason = text_arg(vm, p, 3)?;
    fill(v, Owned::NULL, object, start, end, reason);
    Ok(())
}

/// Texts of encoding and reason, read again each time because attributes can be assigned.
struct Parts {
    object: Owned,
    start: i64,
    end: i64,
    encoding: String,
    reason: Owned,
}
fn parts(vm: &Vm, v: Value) -> PyResult<Option<Parts>> {
    let Some(e) = v.cast::<PyUnicodeError>() else {
        return Ok(None);
    };
    if e.object.value().is_null() {
        return Ok(None);
    }
    let none = |o: Owned| if o.is_null() { Owned::NONE } else { o };
    let (encoding, reason) = (none(e.encoding.own()), none(e.reason.own()));
    let encoding = vm.str_text(encoding.value())?;
    let reason = vm.str(reason.value())?;
    Ok(Some(Parts {
        object: e.object.own(),
        start: e.start.get(),
        end: e.end.get(),
        encoding,
        reason,
    }))
}
/// The single element at the start, if exactly one is meant.
fn single(p: &Parts, len: usize, get: impl Fn(usize) -> Option<u32>) -> Option<u32> {
    let start = usize::try_from(p.start).ok()?;
    if start < len && p.end == p.start + 1 {
        get(start)
    } else {
        None
    }
}
fn escaped(c: u32) -> String {
    match c {
        0..=0xff => format!("\\x{c:02x}"),
        0x100..=0xffff => format!("\\u{c:04x}"),
        _ => format!("\\U{c:08x}"),
    }
}
fn wrong_object(vm: &Vm, what: &str) -> Raised {
    vm.type_error(format!("UnicodeError 'object' attribute must be a {what}"))
}

fn characters(vm: &Vm, p: &Parts, doing: &str) -> PyResult<Owned> {
    let Some(s) = p.object.cast::<PyStr>() else {
        return Err(wrong_object(vm, "string"));
    };
    let head = match single(p, s.len(), |i| s.text().get(i)) {
        Some(c) => format!(
            "{doing} character '{}' in position {}: ",
            escaped(c),
            p.start
        ),
        None => format!(
            "{doing} characters in position {}-{}: ",
            p.start,
            p.end.wrapping_sub(1)
        ),
    };
    base::join(vm, &[&head, ""], p.reason.value())
}
fn encode_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    match parts(vm, v)? {
        None => Ok(vm.empty_str.clone()),
        Some(p) => characters(vm, &p, &format!("'{}' codec can't encode", p.encoding)),
    }
}
fn translate_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    match parts(vm, v)? {
        None => Ok(vm.empty_str.clone()),
        Some(p) => characters(vm, &p, "can't translate"),
    }
}
fn decode_str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(p) = parts(vm, v)? else {
        return Ok(vm.empty_str.clone());
    };
    let Some(b) = p.object.cast::<PyBytes>() else {
        return Err(wrong_object(vm, "bytes"));
    };
    let bytes = b.as_slice();
    let head = match single(&p, bytes.len(), |i| bytes.get(i).map(|b| u32::from(*b))) {
        Some(c) => format!(
            "'{}' codec can't decode byte 0x{c:02x} in position {}: ",
            p.encoding, p.start
        ),
        None => format!(
            "'{}' codec can't decode bytes in position {}-{}: ",
            p.encoding,
            p.start,
            p.end.wrapping_sub(1)
        ),
    };
    base::join(vm, &[&head, ""], p.reason.value())
}
