//! Functions of `math` about integers.

use pyjit_core::prelude::*;
use pyjit_num::{BigInt, small};

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("comb", "(n, k, /)", comb, "Number of ways to choose k items from n items without repetition and without order.\n\nEvaluates to n! / (k! * (n - k)!) when k <= n and evaluates\nto zero when k > n.\n\nAlso called the binomial coefficient because it is equivalent\nto the coefficient of k-th term in polynomial expansion of the\nexpression (1 + x)**n.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative."),
    MethodDef::function("factorial", "(n, /)", factorial, "Find n!."),
    MethodDef::function("gcd", "(*integers)", gcd, "Greatest Common Divisor."),
    MethodDef::function("isqrt", "(n, /)", isqrt, "Return the integer part of the square root of the input."),
    MethodDef::function("lcm", "(*integers)", lcm, "Least Common Multiple."),
    MethodDef::function("perm", "(n, k=None, /)", perm, "Number of ways to choose k items from n items without repetition and with order.\n\nEvaluates to n! / (n - k)! when k <= n and evaluates\nto zero when k > n.\n\nIf k is not specified or is None, then k defaults to n\nand the function returns n!.\n\nRaises TypeError if either of the arguments are not integers.\nRaises ValueError if either of the arguments are negative."),
];

fn big(v: &Owned) -> BigInt {
    v.as_int().map_or(BigInt::zero(), |i| i.to_big())
}

fn gcd(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut r = Owned::small(0);
    for v in vm.tuple_items(a[0]) {
        let x = vm.index(*v)?;
        r = match (r.as_i64(), x.as_i64()) {
            (Some(a), Some(b)) => new_u64(small::gcd(a, b)),
            _ => new_big(big(&r).gcd(&big(&x))),
        };
    }
    Ok(r)
}

fn lcm(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut r = BigInt::one();
    for v in vm.tuple_items(a[0]) {
        let x = vm.index(*v)?;
        r = if r.is_zero() { r } else { r.lcm(&big(&x)) };
    }
    Ok(new_big(r))
}

fn isqrt(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.index(a[0])?;
    match n.as_int() {
        Some(IntRef::Small(i)) if i >= 0 => Ok(new_u64(small::isqrt(i as u64))),
        Some(IntRef::Big(b)) => match b.isqrt() {
            Some(r) => Ok(new_big(r)),
            None => Err(vm.value_error("isqrt() argument must be nonnegative")),
        },
        _ => Err(vm.value_error("isqrt() argument must be nonnegative")),
    }
}

/// The product of `count` integers up to `last`, multiplied as a balanced tree.
fn falling(last: &BigInt, count: u64) -> BigInt {
    if count <= 16 {
        let mut r = BigInt::one();
        for i in 0..count {
            r = r.mul(&last.sub_i64(i as i64));
        }
        return r;
    }
    let half = count / 2;
    falling(last, half).mul(&falling(&last.sub(&BigInt::from_u64(half)), count - half))
}

fn factorial_of(n: u64) -> BigInt {
    falling(&BigInt::from_u64(n), n)
}

fn factorial(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.index(a[0])?;
    match n.as_int() {
        Some(i) if i.is_negative() => {
            Err(vm.value_error("factorial() not defined for negative values"))
        }
        Some(IntRef::Small(n)) => {
            if n > 1 << 32 {
                return Err(vm.memory_error());
            }
            Ok(new_big(factorial_of(n as u64)))
        }
        _ => Err(vm.overflow_error(format!(
            "factorial() argument should not exceed {}",
            i64::MAX
        ))),
    }
}

fn negative(vm: &Vm, name: &str) -> Raised {
    vm.value_error(format!("{name} must be a non-negative integer"))
}

fn perm(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(k) = a[1].given() else {
        return factorial(vm, a);
    };
    let (n, k) = (big(&vm.index(a[0])?), big(&vm.index(k)?));
    if n.is_negative() {
        return Err(negative(vm, "n"));
    }
    if k.is_negative() {
        return Err(negative(vm, "k"));
    }
    if n < k {
        return Ok(Owned::small(0));
    }
    match k.to_i64() {
        Some(k) => Ok(new_big(falling(&n, k as u64))),
        None => Err(vm.overflow_error(format!("k must not exceed {}", i64::MAX))),
    }
}

fn comb(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (n, k) = (big(&vm.index(a[0])?), big(&vm.index(a[1])?));
    if n.is_negative() {
        return Err(negative(vm, "n"));
    }
    if k.is_negative() {
        return Err(negative(vm, "k"));
    }
    if n < k {
        return Ok(Owned::small(0));
    }
    let k = n.sub(&k).min(k);
    let Some(k) = k.to_i64() else {
        return Err(vm.overflow_error(format!("min(n - k, k) must not exceed {}", i64::MAX)));
    };
    let r = falling(&n, k as u64).floor_div(&factorial_of(k as u64));
    Ok(r.map_or(Owned::small(0), new_big))
}
