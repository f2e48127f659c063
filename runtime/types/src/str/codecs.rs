//! Encoding and decoding: the codec registry (search functions, found codecs, error handlers), and the way from
//! `str.encode`, `bytes.decode` and `str(bytes, ...)` to the native codecs or a registered one. The `_codecs` module
//! gives all this to Python.

use super::{handlers, this};
use crate::bytes::ByteArg;
use pyjit_core::object::PyBuiltin;
use pyjit_core::prelude::*;
use pyjit_text::codecs as native;
use pyjit_text::codecs::{DecodeError, Decoded, EncodeError, Encoding, Policy, Replacement};
use pyjit_text::repr::Text;

/// The text of an encoding or error handler name; ValueError with a NUL in it.
pub fn name_text(vm: &Vm, v: Value) -> PyResult<String> {
    let s = this(v);
    let Some(t) = s.to_utf8() else {
        let bytes = encode_native(vm, Encoding::Utf8, v, None)?;
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    };
    if t.contains('\0') {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(t)
}

/// An optional name argument of a method: `encode() argument 'encoding' must be str, not int`.
fn optional_name(vm: &Vm, v: Value, what: &str) -> PyResult<Option<String>> {
    match v.non_null() {
        None => Ok(None),
        Some(v) => {
            super::expect(vm, v, what)?;
            name_text(vm, v).map(Some)
        }
    }
}

pub(super) fn str_encode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[1].is_null() && a[2].is_null() {
        return encode(vm, a[0], None, None);
    }
    let encoding = optional_name(vm, a[1], "encode() argument 'encoding'")?;
    let errors = optional_name(vm, a[2], "encode() argument 'errors'")?;
    encode(vm, a[0], encoding.as_deref(), errors.as_deref())
}

/// `decode` of bytes and bytearray: the receiver, encoding, errors.
pub fn bytes_decode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let encoding = optional_name(vm, a[1], "decode() argument 'encoding'")?;
    let errors = optional_name(vm, a[2], "decode() argument 'errors'")?;
    decode(vm, a[0], encoding.as_deref(), errors.as_deref())
}

/// `str.encode`: a bytes object.
pub fn encode(vm: &Vm, v: Value, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Owned> {
    let name = encoding.unwrap_or("utf-8");
    if let Some(e) = Encoding::lookup(name) {
        if let Some(b) = direct_bytes(e, this(v).text()) {
            return Ok(PyBytes::new(b));
        }
        return Ok(PyBytes::new(&encode_native(vm, e, v, errors)?));
    }
    let codec = text_codec(vm, name, "codecs.encode()")?;
    let r = call_codec(vm, codec.value(), 0, v, name, errors)?;
    if r.isa::<PyBytes>() {
        return Ok(r);
    }
    let class = r.class().name_str();
    if r.isa::<crate::bytearray::PyByteArray>() {
        vm.warn(
            vm.exc.RuntimeWarning,
            &format!("encoder {name} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types"),
            1,
        )?;
        return Ok(PyBytes::new(&vm.bytes_of(r.value())?));
    }
    Err(vm.type_error(format!("'{name}' encoder returned '{class}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types")))
}

/// The units of a text that are its encoding already.
fn direct_bytes(e: Encoding, text: Text<'_>) -> Option<&[u8]> {
    match (e, text) {
        (Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1, Text::Ascii(b)) => Some(b),
        (Encoding::Latin1, Text::Latin1(b)) => Some(b),
        _ => None,
    }
}

/// `bytes.decode`: a str object. `v` has a buffer.
pub fn decode(vm: &Vm, v: Value, encoding: Option<&str>, errors: Option<&str>) -> PyResult<Owned> {
    let name = encoding.unwrap_or("utf-8");
    if let Some(e) = Encoding::lookup(name) {
        let bytes = ByteArg::new(vm, v)?;
        let b = bytes.as_slice();
        if matches!(e, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1) && b.is_ascii() {
            return Ok(PyStr::from_text(Text::Ascii(b)));
        }
        if e == Encoding::Latin1 {
            return Ok(PyStr::from_text(Text::Latin1(b)));
        }
        let d = decode_native(vm, e, b, v, errors, true)?;
        return Ok(PyStr::from_buf(&d.text));
    }
    let codec = text_codec(vm, name, "codecs.decode()")?;
    let arg = if v.isa::<PyBytes>() || v.isa::<crate::bytearray::PyByteArray>() {
        v.own()
    } else {
        PyBytes::new(&vm.bytes_of(v)?)
    };
    let r = call_codec(vm, codec.value(), 1, arg.value(), name, errors)?;
    if r.isa::<PyStr>() {
        return Ok(r);
    }
    let class = r.class().name_str();
    Err(vm.type_error(format!("'{name}' decoder returned '{class}' instead of 'str'; use codecs.decode() to decode to arbitrary types")))
}

/// `str(object, encoding, errors)`.
pub fn decode_object(
    vm: &Vm,
    v: Value,
    encoding: Option<&str>,
    errors: Option<&str>,
) -> PyResult<Owned> {
    if v.isa::<PyStr>() {
        return Err(vm.type_error("decoding str is not supported"));
    }
    if v.class().slots.buffer.get().is_none() {
        return Err(vm.type_error(format!(
            "decoding to str: need a bytes-like object, {} found",
            v.class().name_str()
        )));
    }
    decode(vm, v, encoding, errors)
}

/// What went wrong in a native codec: the codec's own complaint, or an exception of an error handler.
enum Fail {
    Codec(EncodeError),
    Raised(Raised),
}
impl From<EncodeError> for Fail {
    fn from(e: EncodeError) -> Fail {
        Fail::Codec(e)
    }
}

/// Encodes a string by a native codec.
pub fn encode_native(
    vm: &Vm,
    encoding: Encoding,
    v: Value,
    errors: Option<&str>,
) -> PyResult<Vec<u8>> {
    let text = this(v).text();
    let raised = |e: EncodeError| encode_error(vm, e.encoding, v, e.start, e.end, e.reason);
    let errors = errors.unwrap_or("strict");
    if let Some(p) = Policy::parse(errors) {
        return native::encode_with_policy(encoding, p, text).map_err(raised);
    }
    let r = native::encode(encoding, text, |e| {
        call_encode_handler(vm, errors, e.encoding, v, e.start, e.end, e.reason)
            .map_err(Fail::Raised)
    });
    r.map_err(|f| match f {
        Fail::Codec(e) => raised(e),
        Fail::Raised(e) => e,
    })
}

/// Decodes bytes by a native codec; `object` is what error messages and handlers get to see.
pub fn decode_native(
    vm: &Vm,
    encoding: Encoding,
    bytes: &[u8],
    object: Value,
    errors: Option<&str>,
    last: bool,
) -> PyResult<Decoded> {
    let errors = errors.unwrap_or("strict");
    let policy = Policy::parse(errors);
    let r = if let Some(p) = policy
        && !matches!(p, Policy::XmlCharRefReplace | Policy::NameReplace)
    {
        native::decode_with_policy(encoding, p, bytes, last)
            .map_err(|e| decode_error(vm, e.encoding, bytes, object, e))
    } else {
        native::decode(encoding, bytes, last, |e| {
            let (text, next) = call_decode_handler(vm, errors, bytes, object, *e)?;
            Ok((this(text.value()).text().to_buf(), next))
        })
    }?;
    if let Some(i) = r.invalid_escape {
        warn_escape(vm, bytes, i, "")?;
    }
    Ok(r)
}

/// The warning for an unknown escape whose character stands at `at`.
pub fn warn_escape(vm: &Vm, bytes: &[u8], at: usize, prefix: &str) -> PyResult<()> {
    let Some(&c) = bytes.get(at) else {
        return Ok(());
    };
    let msg = if matches!(c, b'4'..=b'7') {
        let digits: String = bytes[at..].iter().take(3).map(|b| char::from(*b)).collect();
        format!(
            "{prefix}\"\\{digits}\" is an invalid octal escape sequence. Such sequences will not work in the future. "
        )
    } else {
        format!(
            "{prefix}\"\\{}\" is an invalid escape sequence. Such sequences will not work in the future. ",
            char::from(c)
        )
    };
    vm.warn(vm.exc.DeprecationWarning, &msg, 1)
}

/// A UnicodeEncodeError.
pub fn encode_error(
    vm: &Vm,
    encoding: &str,
    object: Value,
    start: usize,
    end: usize,
    reason: &str,
) -> Raised {
    let args = vec![
        PyStr::from_str(encoding),
        object.own(),
        new_usize(start),
        new_usize(end),
        PyStr::from_str(reason),
    ];
    vm.error_with(vm.exc.UnicodeEncodeError, args)
}

fn decode_error(vm: &Vm, encoding: &str, bytes: &[u8], object: Value, e: DecodeError) -> Raised {
    let object = if object.isa::<PyBytes>() {
        object.own()
    } else {
        PyBytes::new(bytes)
    };
    let args = vec![
        PyStr::from_str(encoding),
        object,
        new_usize(e.start),
        new_usize(e.end),
        PyStr::from_str(e.reason),
    ];
    vm.error_with(vm.exc.UnicodeDecodeError, args)
}

/// What an error handler answered, taken apart: the replacement and a position of the input (negative from the end).
fn answer(vm: &Vm, r: Value, len: usize, bytes_too: bool) -> PyResult<(Owned, usize)> {
    let good = match r.cast::<PyTuple>().map(|t| t.as_slice()) {
        Some(&[text, at]) if at.as_int().is_some() => {
            (text.isa::<PyStr>() || bytes_too && text.isa::<PyBytes>()).then_some((text, at))
        }
        _ => None,
    };
    let Some((text, at)) = good else {
        return Err(vm.type_error(if bytes_too {
            "encoding error handler must return (str/bytes, int) tuple"
        } else {
            "decoding error handler must return (str, int) tuple"
        }));
    };
    let i = vm.to_size(at)? as i64;
    let next = if i < 0 { i + len as i64 } else { i };
    if next < 0 || next > len as i64 {
        return Err(vm.index_error(format!("position {next} from error handler out of bounds")));
    }
    Ok((text.own(), next as usize))
}

/// Asks a registered handler about unencodable characters.
pub fn call_encode_handler(
    vm: &Vm,
    errors: &str,
    encoding: &str,
    object: Value,
    start: usize,
    end: usize,
    reason: &str,
) -> PyResult<(Replacement, usize)> {
    let handler = lookup_error(vm, errors)?;
    let exc = encode_error(vm, encoding, object, start, end, reason);
    let r = vm.call(handler.value(), &[exc.value()])?;
    let (text, next) = answer(vm, r.value(), this(object).len(), true)?;
    let replacement = match text.cast::<PyBytes>() {
        Some(b) => Replacement::Bytes(b.as_slice().to_vec()),
        None => Replacement::Text(this(text.value()).text().to_buf()),
    };
    Ok((replacement, next))
}

/// Asks a registered handler about undecodable bytes: the text to put in their place and where to go on.
pub fn call_decode_handler(
    vm: &Vm,
    errors: &str,
    bytes: &[u8],
    object: Value,
    e: DecodeError,
) -> PyResult<(Owned, usize)> {
    let handler = lookup_error(vm, errors)?;
    let exc = decode_error(vm, e.encoding, bytes, object, e);
    let r = vm.call(handler.value(), &[exc.value()])?;
    answer(vm, r.value(), bytes.len(), false)
}

// ---- the registry ----

/// The registry's parts: the search functions (a list), found codecs (a dict), error handlers (a dict).
fn registry(vm: &Vm) -> [Owned; 3] {
    let state = vm.module_state.get_mut();
    let t = state.entry("codecs").or_insert_with(|| {
        let errors = PyDict::new();
        if let Some(d) = errors.cast::<PyDict>() {
            for def in handlers::HANDLERS {
                d.set_name(def.name, PyBuiltin::function(def, "_codecs"));
            }
        }
        PyTuple::new(vec![PyList::new(vec![]), PyDict::new(), errors])
    });
    match t.cast::<PyTuple>().map(|t| t.as_slice()) {
        Some(&[a, b, c]) => [a.own(), b.own(), c.own()],
        _ => [Owned::NONE, Owned::NONE, Owned::NONE],
    }
}

/// `codecs.register`.
pub fn register(vm: &Vm, function: Value) -> PyResult<()> {
    if !vm.is_callable(function) {
        return Err(vm.type_error("argument must be callable"));
    }
    let [search, ..] = registry(vm);
    if let Some(l) = search.cast::<PyList>() {
        l.push(function.own());
    }
    Ok(())
}

/// `codecs.unregister`.
pub fn unregister(vm: &Vm, function: Value) {
    let [search, cache, _] = registry(vm);
    let Some(l) = search.cast::<PyList>() else {
        return;
    };
    if let Some(i) = l.snapshot().iter().position(|f| f.value().is(function)) {
        drop(l.items.get_mut().remove(i));
        if let Some(d) = cache.cast::<PyDict>() {
            d.clear();
        }
    }
}

/// A name as search functions get it: lower case, runs of punctuation as one underscore.
fn normalized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if gap && !out.is_empty() {
                out.push('_');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    out
}

/// `codecs.lookup`: the CodecInfo tuple.
pub fn lookup(vm: &Vm, name: &str) -> PyResult<Owned> {
    if name.contains('\0') {
        return Err(vm.value_error("embedded null character"));
    }
    let [search, cache, _] = registry(vm);
    let key = PyStr::from_str(&normalized(name));
    if let Some(c) = cache.cast::<PyDict>()
        && let Some(found) = c.get(vm, key.value())?
    {
        return Ok(found);
    }
    let Some(l) = search.cast::<PyList>() else {
        return Err(vm.system_error("no codec registry"));
    };
    if l.is_empty() {
        vm.import("encodings")?;
    }
    let functions = l.snapshot();
    if functions.is_empty() {
        return Err(vm.error(
            vm.exc.LookupError,
            "no codec search functions registered: can't find encoding",
        ));
    }
    for f in functions {
        let r = vm.call(f.value(), &[key.value()])?;
        if r.is_none() {
            continue;
        }
        if r.cast::<PyTuple>().is_none_or(|t| t.len() != 4) {
            return Err(vm.type_error("codec search functions must return 4-tuples"));
        }
        if let Some(c) = cache.cast::<PyDict>() {
            c.set(vm, key.value(), r.clone())?;
        }
        return Ok(r);
    }
    Err(vm.error(vm.exc.LookupError, format!("unknown encoding: {name}")))
}

/// The codec of a name, which must be one between text and bytes.
fn text_codec(vm: &Vm, name: &str, instead: &str) -> PyResult<Owned> {
    let codec = lookup(vm, name)?;
    if !codec.is_exact::<PyTuple>()
        && let Some(is_text) = vm.getattr_opt_str(codec.value(), "_is_text_encoding")?
        && !vm.truthy(is_text.value())?
    {
        return Err(vm.error(
            vm.exc.LookupError,
            format!("'{name}' is not a text encoding; use {instead} to handle arbitrary codecs"),
        ));
    }
    Ok(codec)
}

/// Calls a codec's encoder (0) or decoder (1) and unpacks the result.
fn call_codec(
    vm: &Vm,
    codec: Value,
    which: usize,
    v: Value,
    name: &str,
    errors: Option<&str>,
) -> PyResult<Owned> {
    let Some(f) = codec.cast::<PyTuple>().and_then(|t| t.get(which)) else {
        return Err(vm.type_error("codec search functions must return 4-tuples"));
    };
    let errors = errors.map(PyStr::from_str);
    let r = match &errors {
        Some(e) => vm.call(f, &[v, e.value()]),
        None => vm.call(f, &[v]),
    };
    let (what, operation) = [("encoder", "encoding"), ("decoder", "decoding")][which.min(1)];
    let r = r.inspect_err(|e| {
        let note = PyStr::from_str(&format!("{operation} with '{name}' codec failed"));
        let _ = vm.call_method_str(e.value(), "add_note", &[note.value()]);
    })?;
    match r.cast::<PyTuple>().map(|t| t.as_slice()) {
        Some(&[first, _]) => Ok(first.own()),
        _ => Err(vm.type_error(format!("{what} must return a tuple (object, integer)"))),
    }
}

/// `codecs.encode` (encoder true) and `codecs.decode` of any object.
pub fn transform(
    vm: &Vm,
    v: Value,
    name: &str,
    errors: Option<&str>,
    encoder: bool,
) -> PyResult<Owned> {
    let codec = lookup(vm, name)?;
    call_codec(vm, codec.value(), usize::from(!encoder), v, name, errors)
}

/// `codecs.register_error`.
pub fn register_error(vm: &Vm, name: Value, handler: Value) -> PyResult<()> {
    if !vm.is_callable(handler) {
        return Err(vm.type_error("handler must be callable"));
    }
    let [_, _, errors] = registry(vm);
    match errors.cast::<PyDict>() {
        Some(d) => d.set(vm, name, handler.own()),
        None => Ok(()),
    }
}

/// `codecs._unregister_error`: whether there was one. The built-in handlers stay.
pub fn unregister_error(vm: &Vm, name: &str) -> PyResult<bool> {
    if handlers::HANDLERS.iter().any(|h| h.name == name) {
        return Err(vm.value_error(format!(
            "cannot un-register built-in error handler '{name}'"
        )));
    }
    let [_, _, errors] = registry(vm);
    let key = PyStr::from_str(name);
    match errors.cast::<PyDict>() {
        Some(d) => Ok(d.remove(vm, key.value())?.is_some()),
        None => Ok(false),
    }
}

/// `codecs.lookup_error`.
pub fn lookup_error(vm: &Vm, name: &str) -> PyResult<Owned> {
    let [_, _, errors] = registry(vm);
    errors
        .cast::<PyDict>()
        .and_then(|d| d.get_name(name))
        .ok_or_else(|| {
            vm.error(
                vm.exc.LookupError,
                format!("unknown error handler name '{name}'"),
            )
        })
}
