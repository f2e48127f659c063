//! Codecs by a mapping of characters: `charmap_build`, `charmap_decode`, `charmap_encode`.

use super::errors_arg;
use pyjit_core::prelude::*;
use pyjit_text::codecs::charmap::EncodingMap;
use pyjit_text::codecs::{DecodeError, Encoding, Policy, Replacement};
use pyjit_text::repr::{Builder, Text};
use pyjit_types::bytes::ByteArg;
use pyjit_types::str::codecs as registry;

const UNDEFINED: &str = "character maps to <undefined>";

py_class! {
    /// `EncodingMap`: the reverse of a decoding table.
    pub struct PyEncodingMap as "EncodingMap", nogc { pub map: NoTrace<EncodingMap> }
}

pub(super) fn init(vm: &Vm, _: &PyModule) -> PyResult<()> {
    define_class::<PyEncodingMap>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("EncodingMap")
        },
    );
    Ok(())
}

pub(super) fn build(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[0].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "charmap_build() argument must be str, not {}",
            a[0].class().name_str()
        )));
    };
    Ok(new_object(
        PyEncodingMap::class(),
        PyEncodingMap {
            map: NoTrace(EncodingMap::build(s.text())),
        },
    ))
}

/// What a mapping says of a byte; `None` is undefined.
fn decode_one(vm: &Vm, mapping: Value, byte: u8, out: &mut Builder) -> PyResult<bool> {
    if let Some(t) = mapping.cast::<PyStr>() {
        return Ok(match t.text().get(usize::from(byte)) {
            Some(c) if c != 0xfffe => {
                out.push(c);
                true
            }
            _ => false,
        });
    }
    let v = match vm.getitem(mapping, Value::small(i64::from(byte))) {
        Ok(v) => v,
        Err(e) if e.is_instance(vm.exc.LookupError) => return Ok(false),
        Err(e) => return Err(e),
    };
    if v.is_none() {
        return Ok(false);
    }
    if v.as_int().is_some() {
        return match v.as_i64() {
            Some(0xfffe) => Ok(false),
            Some(c @ 0..=0x10ffff) => {
                out.push(c as u32);
                Ok(true)
            }
            _ => Err(vm.type_error("character mapping must be in range(0x110000)")),
        };
    }
    match v.cast::<PyStr>() {
        Some(s) if s.len() == 1 && s.text().get(0) == Some(0xfffe) => Ok(false),
        Some(s) => {
            out.push_text(s.text());
            Ok(true)
        }
        None => Err(vm.type_error("character mapping must return integer, None or str")),
    }
}

pub(super) fn decode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let errors = errors_arg(vm, a[1], "charmap_decode")?;
    let errors = errors.as_deref().unwrap_or("strict");
    let bytes = ByteArg::new(vm, a[0])?;
    let Some(mapping) = a[2].given() else {
        let d = registry::decode_native(vm, Encoding::Latin1, &bytes, a[0], None, true)?;
        return Ok(PyTuple::pair(PyStr::from_buf(&d.text), new_usize(bytes.len())));
    };
    let policy = Policy::parse(errors)
        .filter(|p| !matches!(p, Policy::XmlCharRefReplace | Policy::NameReplace));
    let mut out = Builder::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if decode_one(vm, mapping, b, &mut out)? {
            at += 1;
            continue;
        }
        let e = DecodeError {
            encoding: "charmap",
            start: at,
            end: at + 1,
            reason: UNDEFINED,
        };
        if let Some(p) = policy
            && let Some((text, next)) = p.on_decode("charmap", &bytes, at, at + 1)
        {
            out.push_text(text.as_text());
            at = next;
            continue;
        }
        let name = if policy.is_some() { "strict" } else { errors };
        let (text, next) = registry::call_decode_handler(vm, name, &bytes, a[0], e)?;
        if let Some(s) = text.cast::<PyStr>() {
            out.push_text(s.text());
        }
        at = next;
    }
    Ok(PyTuple::pair(
        PyStr::from_buf(&out.finish()),
        new_usize(bytes.len()),
    ))
}

/// Appends what a mapping says of a character; false if it says nothing.
fn encode_one(vm: &Vm, mapping: Value, code: u32, out: &mut Vec<u8>) -> PyResult<bool> {
    if let Some(m) = mapping.cast::<PyEncodingMap>() {
        return Ok(match m.map.get(code) {
            Some(b) => {
                out.push(b);
                true
            }
            None => false,
        });
    }
    let v = match vm.getitem(mapping, Value::small(i64::from(code))) {
        Ok(v) => v,
        Err(e) if e.is_instance(vm.exc.LookupError) => return Ok(false),
        Err(e) => return Err(e),
    };
    if v.is_none() {
        return Ok(false);
    }
    if v.as_int().is_some() {
        return match v.as_i64().and_then(|i| u8::try_from(i).ok()) {
            Some(b) => {
                out.push(b);
                Ok(true)
            }
            None => Err(vm.type_error("character mapping must be in range(256)")),
        };
    }
    match v.cast::<PyBytes>() {
        Some(b) => {
            out.extend_from_slice(b.as_slice());
            Ok(true)
        }
        None => Err(vm.type_error(format!(
            "character mapping must return integer, bytes or None, not {}",
            v.class().name_str()
        ))),
    }
}

pub(super) fn encode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[0].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "charmap_encode() argument 1 must be str, not {}",
            a[0].class().name_str()
        )));
    };
    let errors = errors_arg(vm, a[1], "charmap_encode")?;
    let errors = errors.as_deref().unwrap_or("strict");
    let Some(mapping) = a[2].given() else {
        let b = registry::encode_native(vm, Encoding::Latin1, a[0], Some(errors))?;
        return Ok(PyTuple::pair(PyBytes::new(&b), new_usize(s.len())));
    };
    let text: Text<'_> = s.text();
    let policy = Policy::parse(errors);
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at) {
        if encode_one(vm, mapping, c, &mut out)? {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut scratch = Vec::new();
        while let Some(c) = text.get(end)
            && !encode_one(vm, mapping, c, &mut scratch)?
        {
            end += 1;
        }
        let error = |end| registry::encode_error(vm, "charmap", a[0], at, end, UNDEFINED);
        let (replacement, next) = match policy {
            Some(p) => match p.on_encode("charmap", text, at, end) {
                Some(r) => r,
                None => return Err(error(end)),
            },
            None => {
                registry::call_encode_handler(vm, errors, "charmap", a[0], at, end, UNDEFINED)?
            }
        };
        match replacement {
            Replacement::Bytes(b) => out.extend_from_slice(&b),
            Replacement::Text(t) => {
                for c in t.as_text().iter() {
                    if !encode_one(vm, mapping, c, &mut out)? {
                        return Err(error(end));
                    }
                }
            }
        }
        at = next;
    }
    Ok(PyTuple::pair(PyBytes::new(&out), new_usize(s.len())))
}
