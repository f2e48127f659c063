//! `_codecs`: the codec registry and the native codecs as functions over objects. The registry itself stands in the types
//! crate, where `str.encode` and `bytes.decode` need it.

mod charmap;

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_text::codecs::{Encoding, Order};
use pyjit_text::escape;
use pyjit_types::bytes::ByteArg;
use pyjit_types::str::codecs as registry;

pub static MODULE: NativeModule = NativeModule::new("_codecs", FUNCTIONS).init(charmap::init);

/// An optional error handler name.
fn errors_arg(vm: &Vm, v: Value, who: &str) -> PyResult<Option<String>> {
    match v.given() {
        None => Ok(None),
        Some(v) if v.isa::<PyStr>() => registry::name_text(vm, v).map(Some),
        Some(v) => Err(vm.type_error(format!(
            "{who}() argument 2 must be str or None, not {}",
            v.class().name_str()
        ))),
    }
}

fn name_arg(vm: &Vm, v: Value, who: &str, what: &str) -> PyResult<String> {
    if !v.isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "{who}() argument{what} must be str, not {}",
            if v.is_none() {
                "None".to_owned()
            } else {
                v.class().name_str()
            }
        )));
    }
    registry::name_text(vm, v)
}

fn flag(vm: &Vm, v: Value, default: bool) -> PyResult<bool> {
    match v.non_null() {
        Some(v) => vm.truthy(v),
        None => Ok(default),
    }
}

fn decode_by(
    vm: &Vm,
    encoding: Encoding,
    data: Value,
    errors: Value,
    last: bool,
    who: &str,
) -> PyResult<(Owned, usize, i32)> {
    let errors = errors_arg(vm, errors, who)?;
    let escapes = matches!(
        encoding,
        Encoding::UnicodeEscape | Encoding::RawUnicodeEscape
    );
    let object = if escapes && data.isa::<PyStr>() {
        registry::encode(vm, data, None, None)?
    } else {
        data.own()
    };
    let bytes = ByteArg::new(vm, object.value())?;
    let d = registry::decode_native(
        vm,
        encoding,
        &bytes,
        object.value(),
        errors.as_deref(),
        last,
    )?;
    Ok((PyStr::from_buf(&d.text), d.consumed, d.byte_order))
}

fn encode_by(
    vm: &Vm,
    encoding: Encoding,
    text: Value,
    errors: Value,
    who: &str,
) -> PyResult<Owned> {
    let Some(s) = text.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "{who}() argument 1 must be str, not {}",
            if text.is_none() {
                "None".to_owned()
            } else {
                text.class().name_str()
            }
        )));
    };
    let errors = errors_arg(vm, errors, who)?;
    let bytes = registry::encode_native(vm, encoding, text, errors.as_deref())?;
    Ok(PyTuple::pair(PyBytes::new(&bytes), new_usize(s.len())))
}

/// The encoding with the byte order of a `byteorder` argument.
fn ordered(vm: &Vm, v: Value, make: fn(Order) -> Encoding) -> PyResult<Encoding> {
    let order = match v.non_null() {
        Some(v) => vm.to_i32(v)?,
        None => 0,
    };
    Ok(make(match order {
        0 => Order::Marked,
        i if i < 0 => Order::Little,
        _ => Order::Big,
    }))
}

macro_rules! decoder {
    ($name:literal, $encoding:expr) => {
        MethodDef::function(
            $name,
            "(data, errors=None, final=False, /)",
            |vm, a| {
                let last = flag(vm, a[2], false)?;
                let (text, used, _) = decode_by(vm, $encoding, a[0], a[1], last, $name)?;
                Ok(PyTuple::pair(text, new_usize(used)))
            },
            "Decode bytes: the text and how many bytes were used.",
        )
    };
    ($name:literal, $encoding:expr, $sig:literal) => {
        MethodDef::function(
            $name,
            $sig,
            |vm, a| {
                let last = match a.get(2) {
                    Some(v) => flag(vm, *v, true)?,
                    None => true,
                };
                let (text, used, _) = decode_by(vm, $encoding, a[0], a[1], last, $name)?;
                Ok(PyTuple::pair(text, new_usize(used)))
            },
            "Decode bytes: the text and how many bytes were used.",
        )
    };
}
macro_rules! ex_decoder {
    ($name:literal, $make:expr) => {
        MethodDef::function(
            $name,
            "(data, errors=None, byteorder=0, final=False, /)",
            |vm, a| {
                let encoding = ordered(vm, a[2], $make)?;
                let last = flag(vm, a[3], false)?;
                let (text, used, order) = decode_by(vm, encoding, a[0], a[1], last, $name)?;
                Ok(PyTuple::new(vec![
                    text,
                    new_usize(used),
                    new_int(i64::from(order)),
                ]))
            },
            "Decode bytes: the text, how many bytes were used, and the byte order.",
        )
    };
}
macro_rules! encoder {
    ($name:literal, $encoding:expr) => {
        MethodDef::function(
            $name,
            "(str, errors=None, /)",
            |vm, a| encode_by(vm, $encoding, a[0], a[1], $name),
            "Encode a string: the bytes and how many characters were used.",
        )
    };
}
macro_rules! ordered_encoder {
    ($name:literal, $make:expr) => {
        MethodDef::function(
            $name,
            "(str, errors=None, byteorder=0, /)",
            |vm, a| {
                let encoding = ordered(vm, a[2], $make)?;
                encode_by(vm, encoding, a[0], a[1], $name)
            },
            "Encode a string: the bytes and how many characters were used.",
        )
    };
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "register",
        "(search_function, /)",
        |vm, a| registry::register(vm, a[0]).map(|()| Owned::NONE),
        "Register a codec search function.",
    ),
    MethodDef::function(
        "unregister",
        "(search_function, /)",
        |vm, a| {
            registry::unregister(vm, a[0]);
            Ok(Owned::NONE)
        },
        "Remove a codec search function and forget the codecs found so far.",
    ),
    MethodDef::function(
        "lookup",
        "(encoding, /)",
        |vm, a| registry::lookup(vm, &name_arg(vm, a[0], "lookup", "")?),
        "The codec of an encoding.",
    ),
    MethodDef::function(
        "encode",
        "(obj, encoding='utf-8', errors='strict')",
        |vm, a| transform(vm, a, true),
        "Encode an object by the codec registered for the encoding.",
    ),
    MethodDef::function(
        "decode",
        "(obj, encoding='utf-8', errors='strict')",
        |vm, a| transform(vm, a, false),
        "Decode an object by the codec registered for the encoding.",
    ),
    MethodDef::function(
        "register_error",
        "(errors, handler, /)",
        |vm, a| {
            name_arg(vm, a[0], "register_error", " 1")?;
            registry::register_error(vm, a[0], a[1]).map(|()| Owned::NONE)
        },
        "Register an error handler under a name.",
    ),
    MethodDef::function(
        "_unregister_error",
        "(errors, /)",
        |vm, a| {
            let name = name_arg(vm, a[0], "_unregister_error", "")?;
            registry::unregister_error(vm, &name).map(Owned::bool)
        },
        "Remove an error handler; whether there was one.",
    ),
    MethodDef::function(
        "lookup_error",
        "(name, /)",
        |vm, a| registry::lookup_error(vm, &name_arg(vm, a[0], "lookup_error", "")?),
        "The error handler of a name.",
    ),
    decoder!("utf_8_decode", Encoding::Utf8),
    decoder!("utf_7_decode", Encoding::Utf7),
    decoder!("utf_16_decode", Encoding::Utf16(Order::Marked)),
    decoder!("utf_16_le_decode", Encoding::Utf16(Order::Little)),
    decoder!("utf_16_be_decode", Encoding::Utf16(Order::Big)),
    decoder!("utf_32_decode", Encoding::Utf32(Order::Marked)),
    decoder!("utf_32_le_decode", Encoding::Utf32(Order::Little)),
    decoder!("utf_32_be_decode", Encoding::Utf32(Order::Big)),
    decoder!("ascii_decode", Encoding::Ascii, "(data, errors=None, /)"),
    decoder!(
        "latin_1_decode",
        Encoding::Latin1,
        "(data, errors=None, /)"
    ),
    decoder!(
        "unicode_escape_decode",
        Encoding::UnicodeEscape,
        "(data, errors=None, final=True, /)"
    ),
    decoder!(
        "raw_unicode_escape_decode",
        Encoding::RawUnicodeEscape,
        "(data, errors=None, final=True, /)"
    ),
    ex_decoder!("utf_16_ex_decode", Encoding::Utf16),
    ex_decoder!("utf_32_ex_decode", Encoding::Utf32),
    encoder!("utf_8_encode", Encoding::Utf8),
    encoder!("utf_7_encode", Encoding::Utf7),
    ordered_encoder!("utf_16_encode", Encoding::Utf16),
    encoder!("utf_16_le_encode", Encoding::Utf16(Order::Little)),
    encoder!("utf_16_be_encode", Encoding::Utf16(Order::Big)),
    ordered_encoder!("utf_32_encode", Encoding::Utf32),
    encoder!("utf_32_le_encode", Encoding::Utf32(Order::Little)),
    encoder!("utf_32_be_encode", Encoding::Utf32(Order::Big)),
    encoder!("ascii_encode", Encoding::Ascii),
    encoder!("latin_1_encode", Encoding::Latin1),
    encoder!("unicode_escape_encode", Encoding::UnicodeEscape),
    encoder!("raw_unicode_escape_encode", Encoding::RawUnicodeEscape),
    MethodDef::function(
        "escape_decode",
        "(data, errors=None, /)",
        escape_decode,
        "Decode the escapes of a bytes literal.",
    ),
    MethodDef::function(
        "escape_encode",
        "(data, errors=None, /)",
        |vm, a| {
            let Some(b) = a[0].cast::<PyBytes>() else {
                return Err(vm.type_error(format!(
                    "escape_encode() argument 1 must be bytes, not {}",
                    a[0].class().name_str()
                )));
            };
            errors_arg(vm, a[1], "escape_encode")?;
            let out = escape::escape_bytes(b.as_slice());
            Ok(PyTuple::pair(PyBytes::new(&out), new_usize(b.len())))
        },
        "Bytes with escapes for what is not printable.",
    ),
    MethodDef::function(
        "readbuffer_encode",
        "(data, errors=None, /)",
        |vm, a| {
            errors_arg(vm, a[1], "readbuffer_encode")?;
            let object = if a[0].isa::<PyStr>() {
                registry::encode(vm, a[0], None, None)?
            } else {
                a[0].own()
            };
            let b = ByteArg::new(vm, object.value())?;
            Ok(PyTuple::pair(PyBytes::new(&b), new_usize(b.len())))
        },
        "The bytes of a buffer.",
    ),
    MethodDef::function(
        "charmap_build",
        "(map, /)",
        charmap::build,
        "An encoding map from a decoding table.",
    ),
    MethodDef::function(
        "charmap_decode",
        "(data, errors=None, mapping=None, /)",
        charmap::decode,
        "Decode bytes by a mapping.",
    ),
    MethodDef::function(
        "charmap_encode",
        "(str, errors=None, mapping=None, /)",
        charmap::encode,
        "Encode a string by a mapping.",
    ),
];

fn transform(vm: &Vm, a: &[Value], encoder: bool) -> PyResult<Owned> {
    let who = if encoder { "encode" } else { "decode" };
    let name = match a[1].non_null() {
        Some(v) => name_arg(vm, v, who, " 'encoding'")?,
        None => "utf-8".to_owned(),
    };
    let errors = match a[2].non_null() {
        Some(v) => Some(name_arg(vm, v, who, " 'errors'")?),
        None => None,
    };
    registry::transform(vm, a[0], &name, errors.as_deref(), encoder)
}

fn escape_decode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let errors = errors_arg(vm, a[1], "escape_decode")?.unwrap_or_else(|| "strict".to_owned());
    let object = if a[0].isa::<PyStr>() {
        registry::encode(vm, a[0], None, None)?
    } else {
        a[0].own()
    };
    let b = ByteArg::new(vm, object.value())?;
    let on_hex = |_: usize| -> Option<&'static [u8]> {
        match errors.as_str() {
            "replace" => Some(b"?"),
            "ignore" => Some(b""),
            _ => None,
        }
    };
    match escape::unescape_bytes(&b, on_hex) {
        Ok((out, invalid)) => {
            if let Some(at) = invalid {
                registry::warn_escape(vm, &b, at, "b")?;
            }
            Ok(PyTuple::pair(PyBytes::new(&out), new_usize(b.len())))
        }
        Err(escape::UnescapeError::Trailing) => {
            Err(vm.value_error("Trailing \\ in string"))
        }
        Err(escape::UnescapeError::Hex(_)) if errors != "strict" => Err(vm.value_error(format!(
            "decoding error; unknown error handling code: {errors}"
        ))),
        Err(escape::UnescapeError::Hex(at)) => {
            Err(vm.value_error(format!("invalid \\x escape at position {at}")))
        }
    }
}
