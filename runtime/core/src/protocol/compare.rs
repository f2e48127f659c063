//! Comparison, identity, hashing, truth.

use crate::object::Cmp;
use crate::types::{PyStr, PyTuple, new_int};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// `__hash__` of classes that have none.
pub fn unhashable(vm: &Vm, v: Value) -> PyResult<i64> {
    Err(vm.type_error(format!("unhashable type: '{}'", v.class().name_str())))
}

impl Vm {
    /// `hash(v)`.
    #[inline]
    pub fn hash(&self, v: Value) -> PyResult<i64> {
        if let Some(s) = v.cast_exact::<PyStr>() {
            return Ok(s.hash());
        }
        if let Some(i) = v.as_small() {
            return Ok(pyjit_num::small::hash_i64(i));
        }
        match v.class().slots.hash.get() {
            Some(f) => f(self, v),
            None => unhashable(self, v),
        }
    }
    /// Identity or `a == b`, as containers compare.
    #[inline]
    pub fn eq(&self, a: Value, b: Value) -> PyResult<bool> {
        if a.is(b) {
            return Ok(true);
        }
        if a.is_small_int() && b.is_small_int() {
            return Ok(false);
        }
        if let (Some(x), Some(y)) = (a.cast_exact::<PyStr>(), b.cast_exact::<PyStr>()) {
            return Ok(x.same_text(y));
        }
        self.compare_bool(a, b, Cmp::Eq)
    }
    /// Truth of `a op b`.
    pub fn compare_bool(&self, a: Value, b: Value, op: Cmp) -> PyResult<bool> {
        if a.is_small_int() && b.is_small_int() {
            return Ok(op.of(a.small_unchecked().cmp(&b.small_unchecked())));
        }
        if let (Cmp::Eq | Cmp::Ne, Some(x)) = (op, a.cast_exact::<PyStr>())
            && let Some(y) = b.cast_exact::<PyStr>()
        {
            return Ok((a.is(b) || x.same_text(y)) == (op == Cmp::Eq));
        }
        if let (Some(x), Some(y)) = (a.as_immediate_float(), b.as_immediate_float()) {
            return Ok(match op {
                Cmp::Lt => x < y,
                Cmp::Le => x <= y,
                Cmp::Eq => x == y,
                Cmp::Ne => x != y,
                Cmp::Gt => x > y,
                Cmp::Ge => x >= y,
            });
        }
        let r = self.compare(a, b, op)?;
        self.truthy(r.value())
    }
    /// `a op b`.
    pub fn compare(&self, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
        self.check_native_stack_in(" in comparison")?;
        let (ca, cb) = (a.class(), b.class());
        let mut tried_reflected = false;
        if !ca.same(cb)
            && cb.is_subclass(ca)
            && let Some(f) = cb.slots.compare.get()
        {
            tried_reflected = true;
            let r = f(self, b, a, op.swapped())?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if let Some(f) = ca.slots.compare.get() {
            let r = f(self, a, b, op)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if !tried_reflected && let Some(f) = cb.slots.compare.get() {
            let r = f(self, b, a, op.swapped())?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        match op {
            Cmp::Eq => Ok(Owned::bool(a.is(b))),
            Cmp::Ne => Ok(Owned::bool(!a.is(b))),
            _ => {
                let (x, y) = (ca.name_str(), cb.name_str());
                Err(self.type_error(format!(
                    "'{}' not supported between instances of '{x}' and '{y}'",
                    op.symbol()
                )))
            }
        }
    }
    /// `bool(v)`.
    #[inline]
    pub fn truthy(&self, v: Value) -> PyResult<bool> {
        match v {
            Value::TRUE => return Ok(true),
            Value::FALSE | Value::NONE => return Ok(false),
            _ => {}
        }
        if let Some(i) = v.as_small() {
            return Ok(i != 0);
        }
        let s = &v.class().slots;
        if let Some(f) = s.bool.get() {
            return f(self, v);
        }
        if let Some(f) = s.len.get() {
            return Ok(f(self, v)? != 0);
        }
        Ok(true)
    }
    /// CPython's hash of a tuple of hashes (xxHash-derived, `Objects/tupleobject.c`).
    pub fn hash_sequence(&self, items: &[Value]) -> PyResult<i64> {
        const P1: u64 = 11_400_714_785_074_694_791;
        const P2: u64 = 14_029_467_366_897_019_727;
        const P5: u64 = 2_870_177_450_012_600_261;
        let mut acc = P5;
        for v in items {
            let lane = self.hash(*v)? as u64;
            acc = acc
                .wrapping_add(lane.wrapping_mul(P2))
                .rotate_left(31)
                .wrapping_mul(P1);
        }
        acc = acc.wrapping_add(items.len() as u64 ^ (P5 ^ 3_527_539));
        if acc == u64::MAX {
            return Ok(1_546_275_796);
        }
        Ok(acc as i64)
    }
    /// CPython's hash of an address.
    pub fn hash_pointer(&self, v: Value) -> i64 {
        let h = v.bits().rotate_right(4) as i64;
        if h == -1 { -2 } else { h }
    }
    /// `id(v)`.
    pub fn id(&self, v: Value) -> Owned {
        new_int(v.bits() as i64)
    }
    /// Compares two sequences item by item as lists and tuples do.
    pub fn compare_sequences(
        &self,
        a: &dyn Fn(usize) -> Option<Owned>,
        b: &dyn Fn(usize) -> Option<Owned>,
        lens: (usize, usize),
        op: Cmp,
    ) -> PyResult<Owned> {
        if lens.0 != lens.1 && matches!(op, Cmp::Eq | Cmp::Ne) {
            return Ok(Owned::bool(op == Cmp::Ne));
        }
        let mut i = 0;
        let (mut na, mut nb) = lens;
        while let (Some(x), Some(y)) = (a(i), b(i)) {
            if !self.eq(x.value(), y.value())? {
                return match op {
                    Cmp::Eq => Ok(Owned::bool(false)),
                    Cmp::Ne => Ok(Owned::bool(true)),
                    _ => self.compare(x.value(), y.value(), op),
                };
            }
            i += 1;
        }
        if a(i).is_none() {
            na = i;
        }
        if b(i).is_none() {
            nb = i;
        }
        Ok(Owned::bool(op.of(na.cmp(&nb))))
    }
    pub fn tuple_items<'a>(&self, v: Value) -> &'a [Value] {
        v.cast::<PyTuple>().map_or(&[], |t| t.as_slice())
    }
}
