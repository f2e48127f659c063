//! `repr`, `str`, `ascii`, `format`.

use crate::types::{PyStr, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Vm {
    /// `repr(v)`: a str object.
    pub fn repr(&self, v: Value) -> PyResult<Owned> {
        self.check_native_stack_in(" while getting the repr of an object")?;
        let Some(f) = v.class().slots.repr.get() else {
            return Ok(PyStr::from_str(&format!(
                "<{} object at {:#x}>",
                v.class().full_name(self),
                v.bits()
            )));
        };
        let r = f(self, v)?;
        if !r.isa::<PyStr>() {
            return Err(self.type_error(format!(
                "__repr__ returned non-string (type {})",
                r.class().name_str()
            )));
        }
        Ok(r)
    }
    /// `str(v)`: a str object.
    pub fn str(&self, v: Value) -> PyResult<Owned> {
        if v.is_exact::<PyStr>() {
            return Ok(v.own());
        }
        let Some(f) = v.class().slots.str.get() else {
            return self.repr(v);
        };
        self.check_native_stack_in(" while getting the str of an object")?;
        let r = f(self, v)?;
        if !r.isa::<PyStr>() {
            return Err(self.type_error(format!(
                "__str__ returned non-string (type {})",
                r.class().name_str()
            )));
        }
        Ok(r)
    }
    /// `repr(v)` as Rust text for messages; lone surrogates are replaced.
    pub fn repr_text(&self, v: Value) -> PyResult<String> {
        self.repr(v).map(|r| text_of(r.value()))
    }
    pub fn str_text(&self, v: Value) -> PyResult<String> {
        self.str(v).map(|r| text_of(r.value()))
    }
    /// `ascii(v)`.
    pub fn ascii(&self, v: Value) -> PyResult<Owned> {
        let r = self.repr(v)?;
        let Some(s) = r.cast::<PyStr>() else {
            return Ok(r);
        };
        if s.as_ascii().is_some() {
            return Ok(r);
        }
        let mut out = String::new();
        for c in s.text().iter() {
            match c {
                0..128 => out.push(c as u8 as char),
                128..256 => out.push_str(&format!("\\x{c:02x}")),
                256..0x10000 => out.push_str(&format!("\\u{c:04x}")),
                _ => out.push_str(&format!("\\U{c:08x}")),
            }
        }
        Ok(PyStr::from_str(&out))
    }
    /// `format(v, spec)`.
    pub fn format(&self, v: Value, spec: Value) -> PyResult<Owned> {
        let empty = spec.is_null() || spec.cast::<PyStr>().is_some_and(|s| s.is_empty());
        if empty {
            if v.is_exact::<PyStr>() {
                return Ok(v.own());
            }
            if v.is_exact_int() {
                return self.str(v);
            }
        }
        let spec = if spec.is_null() {
            self.empty_str.clone()
        } else {
            spec.own()
        };
        let Some(m) = self.special(v, self.names.__format__.value())? else {
            return Err(self.type_error(format!(
                "Type {} doesn't define __format__",
                v.class().name_str()
            )));
        };
        let r = self.call(m.value(), &[spec.value()])?;
        if !r.isa::<PyStr>() {
            return Err(self.type_error(format!(
                "__format__ must return a str, not {}",
                r.class().name_str()
            )));
        }
        Ok(r)
    }
    /// Runs `f` unless `v` is already being shown further up (`...` of recursive containers); `None` then.
    pub fn repr_guard<R>(&self, v: Value, f: impl FnOnce() -> PyResult<R>) -> PyResult<Option<R>> {
        let active = self.thread.repr_active.get_mut();
        if active.contains(&v.bits()) {
            return Ok(None);
        }
        active.push(v.bits());
        let r = f();
        let active = self.thread.repr_active.get_mut();
        if let Some(i) = active.iter().rposition(|b| *b == v.bits()) {
            active.remove(i);
        }
        r.map(Some)
    }
}
