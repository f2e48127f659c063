//! What a pattern is applied to: a string or anything with bytes, and the part of it that is searched.

use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use pyjit_types::bytes::ByteArg;

/// A subject, held in place.
pub(super) struct Subject {
    pub(super) object: Owned,
    bytes: Option<ByteArg>,
}

impl Subject {
    pub(super) fn new(vm: &Vm, v: Value) -> PyResult<Subject> {
        if v.isa::<PyStr>() {
            return Ok(Subject {
                object: v.own(),
                bytes: None,
            });
        }
        match ByteArg::maybe(vm, v)? {
            Some(b) => Ok(Subject {
                object: v.own(),
                bytes: Some(b),
            }),
            None => Err(vm.type_error(format!(
                "expected string or bytes-like object, got '{}'",
                v.class().name_str()
            ))),
        }
    }
    /// A subject for a pattern of text (`Some(false)`), of bytes (`Some(true)`) or of either.
    pub(super) fn for_pattern(vm: &Vm, v: Value, bytes: Option<bool>) -> PyResult<Subject> {
        let s = Subject::new(vm, v)?;
        match bytes {
            Some(false) if s.is_bytes() => {
                Err(vm.type_error("cannot use a string pattern on a bytes-like object"))
            }
            Some(true) if !s.is_bytes() => {
                Err(vm.type_error("cannot use a bytes pattern on a string-like object"))
            }
            _ => Ok(s),
        }
    }
    pub(super) fn is_bytes(&self) -> bool {
        self.bytes.is_some()
    }
    pub(super) fn text(&self) -> Text<'_> {
        match (&self.bytes, self.object.cast::<PyStr>()) {
            (Some(b), _) => Text::Latin1(b.as_slice()),
            (None, Some(s)) => s.text(),
            _ => Text::EMPTY,
        }
    }
    /// A part as an object.
    pub(super) fn slice(&self, start: usize, end: usize) -> Owned {
        match (&self.bytes, self.object.cast::<PyStr>()) {
            (Some(b), _) => {
                let data = b.as_slice();
                let end = end.min(data.len());
                let start = start.min(end);
                if start == 0 && end == data.len() && self.object.is_exact::<PyBytes>() {
                    return self.object.clone();
                }
                PyBytes::new(&data[start..end])
            }
            (None, Some(s)) => s.substring(start, end),
            _ => Owned::NONE,
        }
    }
    /// The empty object of the subject's kind.
    pub(super) fn empty(&self, vm: &Vm) -> Owned {
        if self.is_bytes() {
            vm.empty_bytes.clone()
        } else {
            vm.empty_str.clone()
        }
    }
    /// The searched part from `pos` and `endpos` arguments, both clipped.
    pub(super) fn range(&self, vm: &Vm, pos: Value, endpos: Value) -> PyResult<(usize, usize)> {
        let len = self.text().len();
        let clip = |v: Value, default: usize| -> PyResult<usize> {
            match v.non_null() {
                None => Ok(default),
                Some(v) => Ok((vm.to_size(v)?.max(0) as usize).min(len)),
            }
        };
        let (start, end) = (clip(pos, 0)?, clip(endpos, len)?);
        Ok((start.min(end.max(start)), end))
    }
}
