//! Iteration.

use crate::types::*;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Vm {
    /// `iter(v)`.
    pub fn iter(&self, v: Value) -> PyResult<Owned> {
        match v.class().slots.iter.get() {
            Some(f) => {
                let it = f(self, v)?;
                if it.class().slots.next.get().is_none() {
                    return Err(self.type_error(format!(
                        "iter() returned non-iterator of type '{}'",
                        it.class().name_str()
                    )));
                }
                Ok(it)
            }
            None if v.class().slots.getitem.get().is_some() && self.is_sequence(v) => {
                Ok(PySeqIter::new(v.own()))
            }
            None => {
                Err(self.type_error(format!("'{}' object is not iterable", v.class().name_str())))
            }
        }
    }
    /// Whether `__getitem__` counts as iteration: anything that subscripts and is no mapping.
    fn is_sequence(&self, v: Value) -> bool {
        !v.isa::<PyDict>()
    }
    /// The next item; `None` at the end. StopIteration counts as the end.
    #[inline]
    pub fn next(&self, it: Value) -> PyResult<Option<Owned>> {
        let Some(f) = it.class().slots.next.get() else {
            return Err(self.type_error(format!(
                "'{}' object is not an iterator",
                it.class().name_str()
            )));
        };
        match f(self, it) {
            Ok(v) if v.is_null() => Ok(None),
            Ok(v) => Ok(Some(v)),
            Err(e) if e.is_instance(self.exc.StopIteration) => Ok(None),
            Err(e) => Err(e),
        }
    }
    /// All items of an iterable.
    pub fn iterate_to_vec(&self, v: Value) -> PyResult<Vec<Owned>> {
        if let Some(l) = v.cast_exact::<PyList>() {
            return Ok(l.snapshot());
        }
        if let Some(t) = v.cast_exact::<PyTuple>() {
            return Ok(t.as_slice().iter().map(|v| v.own()).collect());
        }
        let it = self.iter(v)?;
        let hint = self.length_hint(v, 0)?.min(1 << 20);
        let mut out = Vec::with_capacity(hint);
        while let Some(x) = self.next(it.value())? {
            out.push(x);
        }
        Ok(out)
    }
    /// Calls `f` with each item until it returns false.
    pub fn for_each(&self, v: Value, mut f: impl FnMut(Owned) -> PyResult<bool>) -> PyResult<()> {
        let it = self.iter(v)?;
        while let Some(x) = self.next(it.value())? {
            if !f(x)? {
                break;
            }
        }
        Ok(())
    }
    /// A new list of the items.
    pub fn list_from(&self, v: Value) -> PyResult<Owned> {
        Ok(PyList::new(self.iterate_to_vec(v)?))
    }
    /// A tuple of the items; an exact tuple is returned as it is.
    pub fn tuple_from(&self, v: Value) -> PyResult<Owned> {
        if v.is_exact::<PyTuple>() {
            return Ok(v.own());
        }
        Ok(PyTuple::new(self.iterate_to_vec(v)?))
    }
    /// Exactly `n` items for `a, b = v`.
    pub fn unpack(&self, v: Value, n: usize) -> PyResult<Vec<Owned>> {
        if let Some(t) = v.cast_exact::<PyTuple>()
            && t.len() == n
        {
            return Ok(t.as_slice().iter().map(|v| v.own()).collect());
        }
        if let Some(l) = v.cast_exact::<PyList>()
            && l.len() == n
        {
            return Ok(l.snapshot());
        }
        let it = self.unpack_iter(v)?;
        let mut out = Vec::with_capacity(n.min(1 << 16));
        for i in 0..n {
            match self.next(it.value())? {
                Some(x) => out.push(x),
                None => {
                    return Err(self.value_error(format!(
                        "not enough values to unpack (expected {n}, got {i})"
                    )));
                }
            }
        }
        match self.next(it.value())? {
            None => Ok(out),
            Some(_) => {
                let sized =
                    v.is_exact::<PyTuple>() || v.is_exact::<PyList>() || v.is_exact::<PyDict>();
                let got = if sized {
                    format!(", got {}", self.len(v)?)
                } else {
                    String::new()
                };
                Err(self.value_error(format!("too many values to unpack (expected {n}{got})")))
            }
        }
    }
    fn unpack_iter(&self, v: Value) -> PyResult<Owned> {
        self.iter(v).map_err(|e| {
            let class = v.class();
            if e.is_instance(self.exc.TypeError)
                && class.slots.iter.get().is_none()
                && class.slots.getitem.get().is_none()
            {
                return self.type_error(format!(
                    "cannot unpack non-iterable {} object",
                    class.name_str()
                ));
            }
            e
        })
    }
    /// `before` items, a list of the rest, `after` items for `a, *b, c = v`.
    pub fn unpack_ex(&self, v: Value, before: usize, after: usize) -> PyResult<Vec<Owned>> {
        let it = self.unpack_iter(v)?;
        let mut all = Vec::new();
        while let Some(x) = self.next(it.value())? {
            all.push(x);
        }
        let need = before + after;
        if all.len() < need {
            return Err(self.value_error(format!(
                "not enough values to unpack (expected at least {need}, got {})",
                all.len()
            )));
        }
        let tail = all.split_off(all.len() - after);
        let rest = all.split_off(before);
        all.push(PyList::new(rest));
        all.extend(tail);
        Ok(all)
    }
}
