//! The built-in error handlers as functions over exceptions, the way `codecs.lookup_error` gives them out. The native
//! codecs do not call these: they apply the policies directly.

use super::this;
use pyjit_core::exception::PyUnicodeError;
use pyjit_core::prelude::*;
use pyjit_text::codecs::{Policy, Replacement};
use pyjit_text::repr::Text;

macro_rules! h {
    ($name:literal, $f:expr, $doc:literal) => {
        MethodDef::function($name, "(exception, /)", $f, $doc)
    };
}

pub(super) static HANDLERS: &[MethodDef] = &[
    h!("strict", strict, "Raises the exception."),
    h!(
        "ignore",
        |vm, a| handle(vm, a[0], Policy::Ignore),
        "Leaves out what is wrong."
    ),
    h!(
        "replace",
        |vm, a| handle(vm, a[0], Policy::Replace),
        "Puts a replacement character."
    ),
    h!(
        "xmlcharrefreplace",
        |vm, a| handle(vm, a[0], Policy::XmlCharRefReplace),
        "Puts XML character references."
    ),
    h!(
        "backslashreplace",
        |vm, a| handle(vm, a[0], Policy::BackslashReplace),
        "Puts backslash escapes."
    ),
    h!(
        "namereplace",
        |vm, a| handle(vm, a[0], Policy::NameReplace),
        "Puts escapes with character names."
    ),
    h!(
        "surrogatepass",
        |vm, a| handle(vm, a[0], Policy::SurrogatePass),
        "Lets surrogates through."
    ),
    h!(
        "surrogateescape",
        |vm, a| handle(vm, a[0], Policy::SurrogateEscape),
        "Keeps undecodable bytes as lone surrogates."
    ),
];

fn strict(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[0].class().is_subclass(vm.exc.BaseException) {
        return Err(Raised::new(a[0].own()));
    }
    Err(vm.type_error("codec must pass exception instance"))
}

#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Encode,
    Decode,
    Translate,
}

fn handle(vm: &Vm, exc: Value, policy: Policy) -> PyResult<Owned> {
    let class = exc.class();
    let doing = if class.is_subclass(vm.exc.UnicodeEncodeError) {
        Some(Doing::Encode)
    } else if class.is_subclass(vm.exc.UnicodeDecodeError) {
        Some(Doing::Decode)
    } else if class.is_subclass(vm.exc.UnicodeTranslateError) {
        Some(Doing::Translate)
    } else {
        None
    };
    let fits = match policy {
        Policy::XmlCharRefReplace | Policy::NameReplace => doing == Some(Doing::Encode),
        Policy::SurrogatePass | Policy::SurrogateEscape => doing != Some(Doing::Translate),
        _ => true,
    };
    let (Some(doing), Some(e), true) = (doing, exc.cast::<PyUnicodeError>(), fits) else {
        return Err(vm.type_error(format!(
            "don't know how to handle {} in error callback",
            class.name_str()
        )));
    };
    let encoding = text_of(e.encoding.value());
    let object = e.object.own();
    let len = match doing {
        Doing::Decode => match object.cast::<PyBytes>() {
            Some(b) => b.len(),
            None => return Err(vm.type_error("UnicodeError 'object' attribute must be a bytes")),
        },
        _ => match object.cast::<PyStr>() {
            Some(s) => s.len(),
            None => return Err(vm.type_error("UnicodeError 'object' attribute must be a string")),
        },
    };
    let start = (e.start.get().max(0) as usize).min(len.saturating_sub(1));
    let end = (e.end.get().max(1) as usize).min(len).max(start);
    let answer = |text: Owned, at: usize| PyTuple::pair(text, new_usize(at));
    let reraise = || Err(Raised::new(exc.own()));
    if doing == Doing::Decode {
        let Some(b) = object.cast::<PyBytes>() else {
            return reraise();
        };
        if policy == Policy::Replace {
            return Ok(answer(PyStr::from_char(0xfffd), end));
        }
        return match policy.on_decode(&encoding, b.as_slice(), start, end) {
            Some((t, at)) => Ok(answer(PyStr::from_buf(&t), at)),
            None => reraise(),
        };
    }
    let text: Text<'_> = this(object.value()).text();
    if doing == Doing::Translate && policy == Policy::Replace {
        let n = end - start;
        return Ok(answer(PyStr::from_codes(&vec![0xfffd; n]), end));
    }
    match policy.on_encode(&encoding, text, start, end) {
        Some((Replacement::Text(t), at)) => Ok(answer(PyStr::from_buf(&t), at)),
        Some((Replacement::Bytes(b), at)) => Ok(answer(PyBytes::new(&b), at)),
        None => reraise(),
    }
}
