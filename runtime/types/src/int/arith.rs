//! The number slots of `int`. Machine words first, [`BigInt`] only when the result (or an operand) needs it.

use pyjit_core::prelude::*;
use pyjit_num::{BigInt, DivideError, PowModError, small};

pub(super) fn fill(s: &Slots) {
    s.add.set(Some(add));
    s.sub.set(Some(sub));
    s.mul.set(Some(mul));
    s.truediv.set(Some(truediv));
    s.floordiv.set(Some(floordiv));
    s.rem.set(Some(rem));
    s.divmod.set(Some(divmod));
    s.pow.set(Some(pow));
    s.lshift.set(Some(lshift));
    s.rshift.set(Some(rshift));
    s.and.set(Some(int_and));
    s.or.set(Some(int_or));
    s.xor.set(Some(int_xor));
    s.neg.set(Some(neg));
    s.pos.set(Some(pos));
    s.abs.set(Some(abs));
    s.invert.set(Some(int_invert));
    s.bool
        .set(Some(|_, v| Ok(v.as_int().is_some_and(|i| !i.is_zero()))));
    s.int.set(Some(pos));
    s.index.set(Some(pos));
    s.float.set(Some(float));
    s.hash
        .set(Some(|_, v| Ok(v.as_int().map_or(0, |i| i.hash()))));
    s.compare.set(Some(compare));
}

fn not_implemented() -> PyResult<Owned> {
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}

/// Both operands as integers, or NotImplemented.
macro_rules! ints {
    ($a:ident, $b:ident) => {
        match ($a.as_int(), $b.as_int()) {
            (Some(x), Some(y)) => (x, y),
            _ => return not_implemented(),
        }
    };
}

fn big2(a: IntRef<'_>, b: IntRef<'_>, f: impl Fn(&BigInt, &BigInt) -> BigInt) -> Owned {
    new_big(match (a, b) {
        (IntRef::Big(x), IntRef::Big(y)) => f(x, y),
        (IntRef::Big(x), IntRef::Small(y)) => f(x, &BigInt::from_i64(y)),
        (IntRef::Small(x), IntRef::Big(y)) => f(&BigInt::from_i64(x), y),
        (IntRef::Small(x), IntRef::Small(y)) => f(&BigInt::from_i64(x), &BigInt::from_i64(y)),
    })
}

fn add(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => match x.checked_add(y) {
            Some(z) => new_int(z),
            None => new_i128(x as i128 + y as i128),
        },
        (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => {
            new_big(x.add_i64(y))
        }
        (IntRef::Big(x), IntRef::Big(y)) => new_big(x.add(y)),
    })
}

fn sub(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => match x.checked_sub(y) {
            Some(z) => new_int(z),
            None => new_i128(x as i128 - y as i128),
        },
        (IntRef::Big(x), IntRef::Small(y)) => new_big(x.sub_i64(y)),
        (x, y) => big2(x, y, BigInt::sub),
    })
}

fn mul(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => match x.checked_mul(y) {
            Some(z) => new_int(z),
            None => new_i128(x as i128 * y as i128),
        },
        (IntRef::Big(x), IntRef::Small(y)) | (IntRef::Small(y), IntRef::Big(x)) => {
            new_big(x.mul_i64(y))
        }
        (IntRef::Big(x), IntRef::Big(y)) => new_big(x.mul(y)),
    })
}

fn zero(vm: &Vm) -> Raised {
    vm.zero_division("division by zero")
}

fn truediv(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if let (IntRef::Small(x), IntRef::Small(y)) = (x, y) {
        return match small::true_div(x, y) {
            Some(f) => Ok(new_float(f)),
            None => Err(zero(vm)),
        };
    }
    match x.to_big().true_div(&y.to_big()) {
        Ok(f) => Ok(new_float(f)),
        Err(DivideError::Zero) => Err(zero(vm)),
        Err(DivideError::Overflow) => {
            Err(vm.overflow_error("integer division result too large for a float"))
        }
    }
}

fn floordiv(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if y.is_zero() {
        return Err(zero(vm));
    }
    if let (IntRef::Small(x), IntRef::Small(y)) = (x, y)
        && let Some(q) = small::floor_div(x, y)
    {
        return Ok(new_int(q));
    }
    match x.to_big().floor_div(&y.to_big()) {
        Some(q) => Ok(new_big(q)),
        None => Err(zero(vm)),
    }
}

fn rem(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if let (IntRef::Small(x), IntRef::Small(y)) = (x, y) {
        return match small::floor_mod(x, y) {
            Some(r) => Ok(new_int(r)),
            None => Err(zero(vm)),
        };
    }
    match x.to_big().floor_mod(&y.to_big()) {
        Some(r) => Ok(new_big(r)),
        None => Err(zero(vm)),
    }
}

fn divmod(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if let (IntRef::Small(x), IntRef::Small(y)) = (x, y)
        && let (Some(q), Some(r)) = (small::floor_div(x, y), small::floor_mod(x, y))
    {
        return Ok(PyTuple::pair(new_int(q), new_int(r)));
    }
    match x.to_big().divmod(&y.to_big()) {
        Some((q, r)) => Ok(PyTuple::pair(new_big(q), new_big(r))),
        None => Err(zero(vm)),
    }
}

fn pow(vm: &Vm, a: Value, b: Value, m: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if !m.is_none() {
        let Some(m) = m.as_int() else {
            return not_implemented();
        };
        return match x.to_big().pow_mod(&y.to_big(), &m.to_big()) {
            Ok(r) => Ok(new_big(r)),
            Err(PowModError::ZeroModulus) => Err(vm.value_error("pow() 3rd argument cannot be 0")),
            Err(PowModError::NotInvertible) => {
                Err(vm.value_error("base is not invertible for the given modulus"))
            }
        };
    }
    if y.is_negative() {
        let too_large = || vm.overflow_error("int too large to convert to float");
        let base = x.to_f64().ok_or_else(too_large)?;
        let exponent = y.to_f64().ok_or_else(too_large)?;
        return crate::float::power(vm, base, exponent);
    }
    match (x, y) {
        (IntRef::Small(x), IntRef::Small(n)) => match small::pow(x, n as u64) {
            Some(r) => Ok(from_int(r)),
            None => Err(vm.memory_error()),
        },
        (IntRef::Small(x @ (0 | 1)), _) => Ok(Owned::small(x)),
        (IntRef::Small(-1), IntRef::Big(n)) => Ok(Owned::small(if n.is_odd() { -1 } else { 1 })),
        (IntRef::Big(x), IntRef::Small(n)) => match x.pow(n as u64) {
            Some(r) => Ok(new_big(r)),
            None => Err(vm.memory_error()),
        },
        _ => Err(vm.memory_error()),
    }
}

fn lshift(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    if x.is_zero() {
        return Ok(Owned::small(0));
    }
    let IntRef::Small(n) = y else {
        return Err(vm.overflow_error("too many digits in integer"));
    };
    let r = match x {
        IntRef::Small(x) => small::shl(x, n as u64).map(from_int),
        IntRef::Big(x) => x.shl(n as u64).map(new_big),
    };
    r.ok_or_else(|| vm.memory_error())
}

fn rshift(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    if y.is_negative() {
        return Err(vm.value_error("negative shift count"));
    }
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(n)) => new_int(small::shr(x, n as u64)),
        (IntRef::Big(x), IntRef::Small(n)) => new_big(x.shr(n as u64)),
        (x, IntRef::Big(_)) => Owned::small(if x.is_negative() { -1 } else { 0 }),
    })
}

/// `a & b`.
pub(crate) fn int_and(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => new_int(x & y),
        (x, y) => big2(x, y, BigInt::and),
    })
}

/// `a | b`.
pub(crate) fn int_or(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => new_int(x | y),
        (x, y) => big2(x, y, BigInt::or),
    })
}

/// `a ^ b`.
pub(crate) fn int_xor(_: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(match (x, y) {
        (IntRef::Small(x), IntRef::Small(y)) => new_int(x ^ y),
        (x, y) => big2(x, y, BigInt::xor),
    })
}

fn one(v: Value) -> IntRef<'static> {
    v.as_int().unwrap_or(IntRef::Small(0))
}

/// `~a`.
pub(crate) fn int_invert(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(match one(v) {
        IntRef::Small(i) => new_int(!i),
        IntRef::Big(b) => new_big(b.not()),
    })
}

fn neg(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(match one(v) {
        IntRef::Small(i) => match i.checked_neg() {
            Some(n) => new_int(n),
            None => new_i128(-(i as i128)),
        },
        IntRef::Big(b) => new_big(b.neg()),
    })
}

/// The number as an exact int: `+a`, `int(a)`, `operator.index(a)`.
pub(super) fn pos(_: &Vm, v: Value) -> PyResult<Owned> {
    if v.is_exact_int() {
        return Ok(v.own());
    }
    Ok(from_int(one(v).to_int()))
}

fn abs(vm: &Vm, v: Value) -> PyResult<Owned> {
    if one(v).is_negative() {
        neg(vm, v)
    } else {
        pos(vm, v)
    }
}

fn float(vm: &Vm, v: Value) -> PyResult<Owned> {
    match one(v).to_f64() {
        Some(f) => Ok(new_float(f)),
        None => Err(vm.overflow_error("int too large to convert to float")),
    }
}

fn compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (x, y) = ints!(a, b);
    Ok(Owned::bool(op.of(x.cmp(y))))
}
