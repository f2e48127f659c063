//! Arithmetic, comparison, truth.

use crate::object::Cmp;
use crate::ops::Act;
use crate::protocol::{BinaryOp, UnaryOp};
use crate::value::{Owned, Value};
use crate::vm::PyResult;

fn operands(a: &Act<'_>) -> (Owned, Owned) {
    let l = a.take(a.b());
    (l, a.take(a.c()))
}
/// The float that an operand of float arithmetic counts as: floats themselves, and ints that are exact.
#[inline]
fn as_float(v: Value) -> Option<f64> {
    const EXACT: i64 = 1 << 53;
    match v.as_small() {
        Some(i) => (-EXACT..=EXACT).contains(&i).then_some(i as f64),
        None => match v.as_immediate_float() {
            Some(f) => Some(f),
            None => v.cast_exact::<crate::types::PyFloat>().map(|f| f.value),
        },
    }
}
/// Arithmetic of two floats, or of a float and an int, without looking for the classes' methods. `None`: the general way.
#[inline]
fn float_arith(op: BinaryOp, l: Value, r: Value) -> Option<Owned> {
    if l.is_small_int() && r.is_small_int() {
        return None;
    }
    let (x, y) = (as_float(l)?, as_float(r)?);
    Some(crate::types::new_float(match op {
        BinaryOp::Add => x + y,
        BinaryOp::Subtract => x - y,
        BinaryOp::Multiply => x * y,
        BinaryOp::TrueDivide if y != 0.0 => x / y,
        _ => return None,
    }))
}
macro_rules! binary { ($($f:ident $inplace:ident $op:ident;)*) => { $(
    pub fn $f(a: &Act<'_>) -> PyResult<()> {
        let (l, r) = operands(a);
        let v = match float_arith(BinaryOp::$op, l.value(), r.value()) {
            Some(v) => v,
            None => a.vm.binary(BinaryOp::$op, l.value(), r.value())?,
        };
        drop(l);
        drop(r);
        a.put(a.a(), v);
        Ok(())
    }
    pub fn $inplace(a: &Act<'_>) -> PyResult<()> {
        let (l, r) = operands(a);
        let v = match float_arith(BinaryOp::$op, l.value(), r.value()) {
            Some(v) => v,
            None => a.vm.inplace(BinaryOp::$op, l.value(), r.value())?,
        };
        drop(l);
        drop(r);
        a.put(a.a(), v);
        Ok(())
    }
)* } }
binary! {
    add iadd_generic Add; sub isub Subtract; mul imul Multiply; truediv itruediv TrueDivide; floordiv ifloordiv FloorDivide;
    rem irem Remainder; pow ipow Power; matmul imatmul MatrixMultiply; lshift ilshift Lshift; rshift irshift Rshift;
    and iand And; or ior Or; xor ixor Xor;
}
/// `x += y`; a string that nobody else holds is extended in place.
pub fn iadd(a: &Act<'_>) -> PyResult<()> {
    use crate::types::PyStr;
    // Only the slot that is assigned again may give its reference away.
    if a.a() == a.b()
        && let Some(right) = a.get(a.c()).cast_exact::<PyStr>()
        && a.get(a.b()).is_exact::<PyStr>()
        && !a.get(a.c()).is(a.get(a.b()))
    {
        let left = a.take_temp(a.b());
        match PyStr::append_in_place(left, right) {
            Ok(v) => {
                a.put(a.a(), v);
                drop(a.is_temp(a.c()).then(|| a.take_temp(a.c())));
                return Ok(());
            }
            Err(left) => a.put(a.b(), left),
        }
    }
    iadd_generic(a)
}
macro_rules! constant { ($($f:ident $op:ident $how:ident;)*) => { $(
    pub fn $f(a: &Act<'_>) -> PyResult<()> {
        let l = a.take(a.b());
        let v = match float_arith(BinaryOp::$op, l.value(), a.constant(a.c())) {
            Some(v) => v,
            None => a.vm.$how(BinaryOp::$op, l.value(), a.constant(a.c()))?,
        };
        drop(l);
        a.put(a.a(), v);
        Ok(())
    }
)* } }
constant! {
    add_k Add binary; sub_k Subtract binary; mul_k Multiply binary; and_k And binary; rshift_k Rshift binary; rem_k Remainder binary;
    floordiv_k FloorDivide binary; iadd_k Add inplace; isub_k Subtract inplace;
}
macro_rules! unary { ($($f:ident $op:ident;)*) => { $(
    pub fn $f(a: &Act<'_>) -> PyResult<()> {
        let x = a.take(a.b());
        let v = a.vm.unary(UnaryOp::$op, x.value())?;
        drop(x);
        a.put(a.a(), v);
        Ok(())
    }
)* } }
unary! { negative Negative; positive Positive; invert Invert; }
pub fn not(a: &Act<'_>) -> PyResult<()> {
    let x = a.take(a.b());
    let t = a.vm.truthy(x.value())?;
    drop(x);
    a.put(a.a(), Owned::bool(!t));
    Ok(())
}
pub fn to_bool(a: &Act<'_>) -> PyResult<()> {
    let x = a.take(a.b());
    let t = a.vm.truthy(x.value())?;
    drop(x);
    a.put(a.a(), Owned::bool(t));
    Ok(())
}
macro_rules! compare { ($($f:ident $jump:ident $jump_not:ident $jump_k:ident $jump_not_k:ident $op:ident;)*) => { $(
    pub fn $f(a: &Act<'_>) -> PyResult<()> {
        let (l, r) = operands(a);
        let v = a.vm.compare(l.value(), r.value(), Cmp::$op)?;
        drop(l);
        drop(r);
        a.put(a.a(), v);
        Ok(())
    }
    pub fn $jump(a: &Act<'_>) -> PyResult<bool> {
        compare_slots(a, Cmp::$op)
    }
    pub fn $jump_not(a: &Act<'_>) -> PyResult<bool> {
        compare_slots(a, Cmp::$op).map(|t| !t)
    }
    pub fn $jump_k(a: &Act<'_>) -> PyResult<bool> {
        compare_constant(a, Cmp::$op)
    }
    pub fn $jump_not_k(a: &Act<'_>) -> PyResult<bool> {
        compare_constant(a, Cmp::$op).map(|t| !t)
    }
)* } }
compare! {
    lt jump_lt jump_not_lt jump_lt_k jump_not_lt_k Lt; le jump_le jump_not_le jump_le_k jump_not_le_k Le;
    eq jump_eq jump_not_eq jump_eq_k jump_not_eq_k Eq; ne jump_ne jump_not_ne jump_ne_k jump_not_ne_k Ne;
    gt jump_gt jump_not_gt jump_gt_k jump_not_gt_k Gt; ge jump_ge jump_not_ge jump_ge_k jump_not_ge_k Ge;
}
fn compare_slots(a: &Act<'_>, op: Cmp) -> PyResult<bool> {
    let l = a.take(a.a());
    let r = a.take(a.b());
    a.vm.compare_bool(l.value(), r.value(), op)
}
fn compare_constant(a: &Act<'_>, op: Cmp) -> PyResult<bool> {
    let l = a.take(a.a());
    a.vm.compare_bool(l.value(), a.constant(a.b()), op)
}
pub fn contains(a: &Act<'_>) -> PyResult<()> {
    let (item, container) = operands(a);
    let t = a.vm.contains(container.value(), item.value())?;
    drop(item);
    drop(container);
    a.put(a.a(), Owned::bool(t));
    Ok(())
}
pub fn not_contains(a: &Act<'_>) -> PyResult<()> {
    contains(a)?;
    a.put(a.a(), Owned::bool(a.get(a.a()).is(Value::FALSE)));
    Ok(())
}
fn truth(a: &Act<'_>) -> PyResult<bool> {
    let x = a.take(a.a());
    a.vm.truthy(x.value())
}
pub fn jump_true(a: &Act<'_>) -> PyResult<bool> {
    truth(a)
}
pub fn jump_false(a: &Act<'_>) -> PyResult<bool> {
    truth(a).map(|t| !t)
}
pub fn jump_none(a: &Act<'_>) -> PyResult<bool> {
    Ok(a.take(a.a()).is_none())
}
pub fn jump_not_none(a: &Act<'_>) -> PyResult<bool> {
    Ok(!a.take(a.a()).is_none())
}
