//! Length, subscripts, membership.

use crate::object::TypeObject;
use crate::types::{PyDict, PyList, PySlice, PyTuple};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Vm {
    /// `len(v)`.
    pub fn len(&self, v: Value) -> PyResult<usize> {
        match v.class().slots.len.get() {
            Some(f) => f(self, v),
            None => Err(self.type_error(format!(
                "object of type '{}' has no len()",
                v.class().name_str()
            ))),
        }
    }
    /// What `__len__` returned, checked.
    pub fn length_from(&self, r: Value) -> PyResult<usize> {
        let i = self.index(r)?;
        match i.as_i64() {
            Some(n) if n >= 0 => Ok(n as usize),
            Some(_) => Err(self.value_error("__len__() should return >= 0")),
            None if i.as_int().is_some_and(|i| i.is_negative()) => {
                Err(self.value_error("__len__() should return >= 0"))
            }
            None => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }
    /// `operator.length_hint(v, default)`.
    pub fn length_hint(&self, v: Value, default: usize) -> PyResult<usize> {
        if let Some(f) = v.class().slots.len.get() {
            match f(self, v) {
                Ok(n) => return Ok(n),
                Err(e) if e.is_instance(self.exc.TypeError) => {}
                Err(e) => return Err(e),
            }
        }
        let Some(m) = self.special(v, self.names.__length_hint__.value())? else {
            return Ok(default);
        };
        let r = match self.call(m.value(), &[]) {
            Ok(r) => r,
            Err(e) if e.is_instance(self.exc.TypeError) => return Ok(default),
            Err(e) => return Err(e),
        };
        if r.is_not_implemented() {
            return Ok(default);
        }
        match r.as_i64() {
            Some(n) if n >= 0 => Ok(n as usize),
            Some(_) => Err(self.value_error("__length_hint__() should return >= 0")),
            None => Err(self.type_error(format!(
                "__length_hint__ must be an integer, not {}",
                r.class().name_str()
            ))),
        }
    }
    /// `v[key]`.
    pub fn getitem(&self, v: Value, key: Value) -> PyResult<Owned> {
        if let (Some(i), true) = (key.as_small(), v.is_heap()) {
            if let Some(l) = v.cast_exact::<PyList>() {
                let i = if i < 0 { i + l.len() as i64 } else { i };
                return l
                    .get(i as usize)
                    .ok_or_else(|| self.index_error("list index out of range"));
            }
            if let Some(t) = v.cast_exact::<PyTuple>() {
                let i = if i < 0 { i + t.len() as i64 } else { i };
                return t
                    .get(i as usize)
                    .map(|v| v.own())
                    .ok_or_else(|| self.index_error("tuple index out of range"));
            }
        }
        match v.class().slots.getitem.get() {
            Some(f) => f(self, v, key),
            None => self.getitem_other(v, key),
        }
    }
    /// `C[key]` through `__class_getitem__`, or the error.
    fn getitem_other(&self, v: Value, key: Value) -> PyResult<Owned> {
        if let Some(c) = v.cast::<TypeObject>() {
            if let Some(m) = self.getattr_opt(v, self.names.__class_getitem__.value())? {
                return self.call(m.value(), &[key]);
            }
            if c.same(<TypeObject as crate::object::Payload>::class()) {
                return Ok(crate::types::PyGenericAlias::new(v, key));
            }
            return Err(
                self.type_error(format!("type '{}' is not subscriptable", c.full_name(self)))
            );
        }
        Err(self.type_error(format!(
            "'{}' object is not subscriptable",
            v.class().name_str()
        )))
    }
    /// `v[key] = value`.
    pub fn setitem(&self, v: Value, key: Value, value: Value) -> PyResult<()> {
        if let (Some(i), Some(l)) = (key.as_small(), v.cast_exact::<PyList>()) {
            let i = if i < 0 { i + l.len() as i64 } else { i };
            return if i >= 0 && l.set(i as usize, value.own()) {
                Ok(())
            } else {
                Err(self.index_error("list assignment index out of range"))
            };
        }
        if let Some(d) = v.cast_exact::<PyDict>() {
            return d.set(self, key, value.own());
        }
        match v.class().slots.setitem.get() {
            Some(f) => f(self, v, key, value),
            None => Err(self.type_error(format!(
                "'{}' object does not support item assignment",
                v.class().name_str()
            ))),
        }
    }
    /// `del v[key]`.
    pub fn delitem(&self, v: Value, key: Value) -> PyResult<()> {
        match v.class().slots.setitem.get() {
            Some(f) => f(self, v, key, Value::NULL),
            None => {
                // The words depend on whether the class could be a sequence at all.
                let c = v.class();
                let sequence =
                    c.heap.get() || c.slots.getitem.get().is_some() || c.slots.len.get().is_some();
                let not = if sequence { "doesn't" } else { "does not" };
                Err(self.type_error(format!(
                    "'{}' object {not} support item deletion",
                    c.name_str()
                )))
            }
        }
    }
    /// `item in v`.
    pub fn contains(&self, v: Value, item: Value) -> PyResult<bool> {
        if let Some(f) = v.class().slots.contains.get() {
            return f(self, v, item);
        }
        let it = match self.iter(v) {
            Ok(it) => it,
            Err(e) if e.is_instance(self.exc.TypeError) => {
                return Err(self.type_error(format!(
                    "argument of type '{}' is not a container or iterable",
                    v.class().name_str()
                )));
            }
            Err(e) => return Err(e),
        };
        while let Some(x) = self.next(it.value())? {
            if self.eq(x.value(), item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
    /// A position argument against a length: negative counts from the end; `None` if out of range.
    pub fn position(&self, i: i64, len: usize) -> Option<usize> {
        let i = if i < 0 { i + len as i64 } else { i };
        if i >= 0 && (i as usize) < len {
            Some(i as usize)
        } else {
            None
        }
    }
    /// What a sequence's `__getitem__` was given: a position or a slice; TypeError for anything else.
    pub fn subscript<'a>(&self, key: Value, what: &str) -> PyResult<Subscript<'a>> {
        if let Some(i) = key.as_small() {
            return Ok(Subscript::Index(i));
        }
        if let Some(s) = key.cast::<PySlice>() {
            return Ok(Subscript::Slice(s));
        }
        if key.class().slots.index.get().is_none() && key.as_int().is_none() {
            return Err(self.type_error(format!(
                "{what} indices must be integers or slices, not {}",
                key.class().name_str()
            )));
        }
        Ok(Subscript::Index(self.index_size(key)?))
    }
}
/// A decoded subscript.
pub enum Subscript<'a> {
    Index(i64),
    Slice(&'a PySlice),
}
