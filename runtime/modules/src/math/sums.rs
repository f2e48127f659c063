//! Sums, products and distances of `math`, with the extended precision that keeps them nearly exact.

use pyjit_core::prelude::*;
use pyjit_core::protocol::BinaryOp;
use pyjit_num::float as num;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("dist", "(p, q, /)", dist, "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates.  Both inputs must have the same dimension.\n\nRoughly equivalent to:\n    sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))"),
    MethodDef::function("fsum", "(seq, /)", fsum, "Return an accurate floating-point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating-point arithmetic."),
    MethodDef::function("hypot", "(*coordinates)", hypot, "Multidimensional Euclidean distance from the origin to a point.\n\nRoughly equivalent to:\n    sqrt(sum(x**2 for x in coordinates))\n\nFor a two dimensional point (x, y), gives the hypotenuse\nusing the Pythagorean theorem:  sqrt(x*x + y*y).\n\nFor example, the hypotenuse of a 3/4/5 right triangle is:\n\n    >>> hypot(3.0, 4.0)\n    5.0"),
    MethodDef::function("prod", "(iterable, /, *, start=1)", prod, "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.\n\nWhen the iterable is empty, return the start value.  This function is\nintended specifically for use with numeric values and may reject\nnon-numeric types."),
    MethodDef::function("sumprod", "(p, q, /)", sumprod, "Return the sum of products of values from two iterables p and q.\n\nRoughly equivalent to:\n\n    sum(itertools.starmap(operator.mul, zip(p, q, strict=True)))\n\nFor float and mixed int/float inputs, the intermediate products\nand sums are computed with extended precision."),
];

/// A product and its rounding error.
fn two_product(x: f64, y: f64) -> (f64, f64) {
    let z = x * y;
    (z, x.mul_add(y, -z))
}
/// A sum and its rounding error.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    let z = x - a;
    (x, (a - (x - z)) + (b - z))
}
/// The same when `|a| >= |b|`.
fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    (x, (a - x) + b)
}

/// The length of a vector of magnitudes: scaled by a power of two, summed with error terms, the root corrected once.
fn norm(v: &mut [f64], max: f64, nan: bool) -> f64 {
    if max.is_infinite() {
        return max;
    }
    if nan {
        return f64::NAN;
    }
    if max == 0.0 || v.len() <= 1 {
        return max;
    }
    let (_, e) = num::frexp(max);
    if e < -1023 {
        for x in v.iter_mut() {
            *x /= f64::MIN_POSITIVE;
        }
        return f64::MIN_POSITIVE * norm(v, max / f64::MIN_POSITIVE, nan);
    }
    let scale = num::ldexp(1.0, -i64::from(e));
    let (mut sum, mut low1, mut low2) = (1.0, 0.0, 0.0);
    let mut add = |hi: f64, lo: f64, sum: &mut f64| {
        let (s, err) = fast_two_sum(*sum, hi);
        *sum = s;
        low1 += lo;
        low2 += err;
        low1 + low2
    };
    let mut low = 0.0;
    for x in v.iter() {
        let x = x * scale;
        let (hi, lo) = two_product(x, x);
        low = add(hi, lo, &mut sum);
    }
    let mut h = (sum - 1.0 + low).sqrt();
    let (hi, lo) = two_product(-h, h);
    low = add(hi, lo, &mut sum);
    h += (sum - 1.0 + low) / (2.0 * h);
    h / scale
}

fn length_of(mut v: Vec<f64>) -> Owned {
    let (mut max, mut nan) = (0.0, false);
    for x in &mut v {
        *x = x.abs();
        nan |= x.is_nan();
        if *x > max {
            max = *x;
        }
    }
    new_float(norm(&mut v, max, nan))
}

fn hypot(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let v: PyResult<Vec<f64>> = vm.tuple_items(a[0]).iter().map(|x| vm.to_f64(*x)).collect();
    Ok(length_of(v?))
}

fn dist(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (p, q) = (vm.tuple_from(a[0])?, vm.tuple_from(a[1])?);
    let (xs, ys) = (vm.tuple_items(p.value()), vm.tuple_items(q.value()));
    if xs.len() != ys.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut v = Vec::with_capacity(xs.len());
    for (x, y) in xs.iter().zip(ys) {
        v.push(vm.to_f64(*x)? - vm.to_f64(*y)?);
    }
    Ok(length_of(v))
}

/// Shewchuk's exact summation: non-overlapping partial sums of growing size.
fn fsum(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut partials: Vec<f64> = Vec::with_capacity(32);
    let (mut special, mut infinities) = (0.0, 0.0);
    let it = vm.iter(a[0])?;
    while let Some(v) = vm.next(it.value())? {
        let original = vm.to_f64(v.value())?;
        let mut x = original;
        let mut kept = 0;
        for j in 0..partials.len() {
            let Some(&y) = partials.get(j) else { break };
            let (big, small) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
            let (hi, lo) = fast_two_sum(big, small);
            if lo != 0.0
                && let Some(p) = partials.get_mut(kept)
            {
                *p = lo;
                kept += 1;
            }
            x = hi;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        if original.is_finite() {
            return Err(vm.overflow_error("intermediate overflow in fsum"));
        }
        if original.is_infinite() {
            infinities += original;
        }
        special += original;
        partials.clear();
    }
    if special != 0.0 {
        if infinities.is_nan() {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(new_float(special));
    }
    let Some(mut hi) = partials.pop() else {
        return Ok(new_float(0.0));
    };
    let mut lo = 0.0;
    while let Some(y) = partials.pop() {
        let x = hi;
        hi = x + y;
        lo = y - (hi - x);
        if lo != 0.0 {
            break;
        }
    }
    // Half-even rounding needs the sign of what is left below.
    if let Some(&next) = partials.last()
        && (lo < 0.0 && next < 0.0 || lo > 0.0 && next > 0.0)
    {
        let y = lo * 2.0;
        let x = hi + y;
        if y == x - hi {
            hi = x;
        }
    }
    Ok(new_float(hi))
}

fn prod(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = vm.iter(a[0])?;
    let it = it.value();
    let mut result = if a[1].is_null() {
        Owned::small(1)
    } else {
        a[1].own()
    };
    if result.is_exact_int()
        && let Some(mut total) = result.as_i64()
    {
        loop {
            let Some(x) = vm.next(it)? else {
                return Ok(new_int(total));
            };
            if x.is_exact_int()
                && let Some(n) = x.as_i64()
                && let Some(t) = total.checked_mul(n)
            {
                total = t;
                continue;
            }
            result = vm.binary(BinaryOp::Multiply, new_int(total).value(), x.value())?;
            break;
        }
    }
    if result.is_exact_float()
        && let Some(mut total) = result.as_float()
    {
        loop {
            let Some(x) = vm.next(it)? else {
                return Ok(new_float(total));
            };
            if x.is_exact_float()
                && let Some(f) = x.as_float()
            {
                total *= f;
                continue;
            }
            if x.is_exact_int()
                && let Some(n) = x.as_i64()
            {
                total *= n as f64;
                continue;
            }
            result = vm.binary(BinaryOp::Multiply, new_float(total).value(), x.value())?;
            break;
        }
    }
    while let Some(x) = vm.next(it)? {
        result = vm.binary(BinaryOp::Multiply, result.value(), x.value())?;
    }
    Ok(result)
}

/// A sum in triple precision.
#[derive(Clone, Copy, Default)]
struct Triple {
    hi: f64,
    lo: f64,
    tiny: f64,
}
impl Triple {
    fn add_product(self, x: f64, y: f64) -> Triple {
        let (p, p_err) = two_product(x, y);
        let (hi, hi_err) = two_sum(self.hi, p);
        let (lo, lo_err) = two_sum(self.lo, p_err);
        let (lo, err) = two_sum(lo, hi_err);
        Triple {
            hi,
            lo,
            tiny: self.tiny + lo_err + err,
        }
    }
    fn total(self) -> f64 {
        let (x, err) = two_sum(self.lo, self.hi);
        self.tiny + err + x
    }
}

/// Both factors as floats, if at least one is a float and the other a float or a machine-sized int.
fn float_pair(p: Value, q: Value) -> Option<(f64, f64)> {
    if !p.is_exact_float() && !q.is_exact_float() {
        return None;
    }
    let number = |v: Value| {
        if v.is_exact_float() {
            v.as_float()
        } else if v.is_exact_int() || v.is_bool() {
            v.as_int().and_then(|i| i.to_f64())
        } else {
            None
        }
    };
    Some((number(p)?, number(q)?))
}

fn sumprod(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (p, q) = (vm.iter(a[0])?, vm.iter(a[1])?);
    let mut total = Owned::small(0);
    let mut ints: Option<i64> = Some(0);
    let mut floats: Option<Triple> = Some(Triple::default());
    let mut floats_used = false;
    loop {
        let (x, y) = (vm.next(p.value())?, vm.next(q.value())?);
        let (x, y) = match (x, y) {
            (Some(x), Some(y)) => (x, y),
            (None, None) => break,
            _ => return Err(vm.value_error("Inputs are not the same length")),
        };
        if let Some(sum) = ints {
            if x.is_exact_int()
                && y.is_exact_int()
                && let (Some(m), Some(n)) = (x.as_i64(), y.as_i64())
                && let Some(s) = m.checked_mul(n).and_then(|m| sum.checked_add(m))
            {
                ints = Some(s);
                continue;
            }
            ints = None;
            total = vm.add(total.value(), new_int(sum).value())?;
        }
        if let Some(sum) = floats {
            if let Some((m, n)) = float_pair(x.value(), y.value()) {
                let s = sum.add_product(m, n);
                if s.hi.is_finite() {
                    floats = Some(s);
                    floats_used = true;
                    continue;
                }
            }
            floats = None;
            if floats_used {
                total = vm.add(total.value(), new_float(sum.total()).value())?;
            }
        }
        let product = vm.binary(BinaryOp::Multiply, x.value(), y.value())?;
        total = vm.add(total.value(), product.value())?;
    }
    if let Some(sum) = ints {
        total = vm.add(total.value(), new_int(sum).value())?;
    }
    if let (Some(sum), true) = (floats, floats_used) {
        total = vm.add(total.value(), new_float(sum.total()).value())?;
    }
    Ok(total)
}
