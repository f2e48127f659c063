//! `math`. Elementary functions of one and two floats here; sums and distances in `sums.rs`, integers in `ints.rs`, the
//! gamma functions in `gamma.rs`.

mod gamma;
mod ints;
mod sums;

use crate::{NativeModule, libm};
use pyjit_core::prelude::*;
use pyjit_num::float as num;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("math", FUNCTIONS)
    .doc("This module provides access to the mathematical functions\ndefined by the C standard.")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for table in [ints::FUNCTIONS, sums::FUNCTIONS] {
        for f in table {
            d.set_name(f.name, PyBuiltin::function(f, "math"));
        }
    }
    let _ = vm;
    d.set_name("pi", new_float(std::f64::consts::PI));
    d.set_name("e", new_float(std::f64::consts::E));
    d.set_name("tau", new_float(std::f64::consts::TAU));
    d.set_name("inf", new_float(f64::INFINITY));
    d.set_name("nan", new_float(f64::NAN));
    Ok(())
}

const UNIT: &str = "expected a number in range from -1 up to 1, got";
const FINITE: &str = "expected a finite input, got";

macro_rules! one {
    ($name:literal, $f:expr, $overflow:expr, $msg:expr, $doc:literal) => {
        MethodDef::function(
            $name,
            "(x, /)",
            |vm, a| unary(vm, a[0], $f, $overflow, $msg),
            $doc,
        )
    };
}

static FUNCTIONS: &[MethodDef] = &[
    one!("acos", f64::acos, false, UNIT, "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi."),
    one!("acosh", libm::acosh, false, "expected argument value not less than 1, got", "Return the inverse hyperbolic cosine of x."),
    one!("asin", f64::asin, false, UNIT, "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."),
    one!("asinh", libm::asinh, false, "", "Return the inverse hyperbolic sine of x."),
    one!("atan", f64::atan, false, "", "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2."),
    MethodDef::function("atan2", "(y, x, /)", |vm, a| Ok(new_float(vm.to_f64(a[0])?.atan2(vm.to_f64(a[1])?))), "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered."),
    one!("atanh", libm::atanh, false, "expected a number between -1 and 1, got", "Return the inverse hyperbolic tangent of x."),
    one!("cbrt", f64::cbrt, false, "", "Return the cube root of x."),
    MethodDef::function("ceil", "(x, /)", |vm, a| whole(vm, a[0], "__ceil__", f64::ceil), "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x."),
    MethodDef::function("copysign", "(x, y, /)", |vm, a| Ok(new_float(vm.to_f64(a[0])?.copysign(vm.to_f64(a[1])?))), "Return a float with the magnitude (absolute value) of x but the sign of y.\n\nOn platforms that support signed zeros, copysign(1.0, -0.0)\nreturns -1.0."),
    one!("cos", f64::cos, false, FINITE, "Return the cosine of x (measured in radians)."),
    one!("cosh", f64::cosh, true, "", "Return the hyperbolic cosine of x."),
    MethodDef::function("degrees", "(x, /)", |vm, a| Ok(new_float(vm.to_f64(a[0])? * (180.0 / std::f64::consts::PI))), "Convert angle x from radians to degrees."),
    one!("erf", libm::erf, false, "", "Error function at x."),
    one!("erfc", libm::erfc, false, "", "Complementary error function at x."),
    one!("exp", f64::exp, true, "", "Return e raised to the power of x."),
    one!("exp2", f64::exp2, true, "", "Return 2 raised to the power of x."),
    one!("expm1", libm::expm1, true, "", "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation\nof exp(x)-1 for small x."),
    one!("fabs", f64::abs, false, "", "Return the absolute value of the float x."),
    MethodDef::function("floor", "(x, /)", |vm, a| whole(vm, a[0], "__floor__", f64::floor), "Return the floor of x as an Integral.\n\nThis is the largest integer <= x."),
    MethodDef::function("fma", "(x, y, z, /)", fma, "Fused multiply-add operation.\n\nCompute (x * y) + z with a single round."),
    MethodDef::function("fmod", "(x, y, /)", fmod, "Return fmod(x, y), according to platform C.\n\nx % y may differ."),
    MethodDef::function("frexp", "(x, /)", |vm, a| { let (m, e) = num::frexp(vm.to_f64(a[0])?); Ok(PyTuple::pair(new_float(m), Owned::small(i64::from(e)))) }, "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0."),
    MethodDef::function("gamma", "(x, /)", |vm, a| gamma::gamma(vm, vm.to_f64(a[0])?), "Gamma function at x."),
    MethodDef::function("isclose", "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose, "Determine whether two floating-point numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them\nmust be smaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard.  That\nis, NaN is not close to anything, even itself.  inf and -inf are\nonly close to themselves."),
    MethodDef::function("isfinite", "(x, /)", |vm, a| Ok(Owned::bool(vm.to_f64(a[0])?.is_finite())), "Return True if x is neither an infinity nor a NaN, and False otherwise."),
    MethodDef::function("isinf", "(x, /)", |vm, a| Ok(Owned::bool(vm.to_f64(a[0])?.is_infinite())), "Return True if x is a positive or negative infinity, and False otherwise."),
    MethodDef::function("isnan", "(x, /)", |vm, a| Ok(Owned::bool(vm.to_f64(a[0])?.is_nan())), "Return True if x is a NaN (not a number), and False otherwise."),
    MethodDef::function("ldexp", "(x, i, /)", ldexp, "Return x * (2**i).\n\nThis is essentially the inverse of frexp()."),
    MethodDef::function("lgamma", "(x, /)", |vm, a| gamma::lgamma(vm, vm.to_f64(a[0])?), "Natural logarithm of absolute value of Gamma function at x."),
    MethodDef::function("log", "(x, base=None, /)", log, "log(x, [base=math.e])\nReturn the logarithm of x to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of x."),
    one!("log1p", libm::log1p, false, "expected argument value > -1, got", "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero."),
    MethodDef::function("log10", "(x, /)", |vm, a| logarithm(vm, a[0], f64::log10), "Return the base 10 logarithm of x."),
    MethodDef::function("log2", "(x, /)", |vm, a| logarithm(vm, a[0], f64::log2), "Return the base 2 logarithm of x."),
    MethodDef::function("modf", "(x, /)", modf, "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats."),
    MethodDef::function("nextafter", "(x, y, /, *, steps=None)", nextafter, "Return the floating-point value the given number of steps after x towards y.\n\nIf steps is not specified or is None, it defaults to 1.\n\nRaises a TypeError, if x or y is not a double, or if steps is not an integer.\nRaises ValueError if steps is negative."),
    MethodDef::function("pow", "(x, y, /)", pow, "Return x**y (x to the power of y)."),
    MethodDef::function("radians", "(x, /)", |vm, a| Ok(new_float(vm.to_f64(a[0])? * (std::f64::consts::PI / 180.0))), "Convert angle x from degrees to radians."),
    MethodDef::function("remainder", "(x, y, /)", remainder, "Difference between x and the closest integer multiple of y.\n\nReturn x - n*y where n*y is the closest integer multiple of y.\nIn the case where x is exactly halfway between two multiples of\ny, the nearest even value of n is used. The result is always exact."),
    one!("sin", f64::sin, false, FINITE, "Return the sine of x (measured in radians)."),
    one!("sinh", f64::sinh, true, "", "Return the hyperbolic sine of x."),
    one!("sqrt", f64::sqrt, false, "expected a nonnegative input, got", "Return the square root of x."),
    one!("tan", f64::tan, false, FINITE, "Return the tangent of x (measured in radians)."),
    one!("tanh", f64::tanh, false, "", "Return the hyperbolic tangent of x."),
    MethodDef::function("trunc", "(x, /)", trunc, "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method."),
    MethodDef::function("ulp", "(x, /)", |vm, a| Ok(new_float(ulp(vm.to_f64(a[0])?))), "Return the value of the least significant bit of the float x."),
];

/// ValueError about an argument outside the function's domain.
fn domain(vm: &Vm, msg: &str, x: f64) -> Raised {
    if msg.is_empty() {
        return vm.value_error("math domain error");
    }
    vm.value_error(format!("{msg} {}", pyjit_text::float::repr(x)))
}

fn range(vm: &Vm) -> Raised {
    vm.overflow_error("math range error")
}

/// A function of one float; a NaN or an infinity that did not come in is an error.
fn unary(
    vm: &Vm,
    v: Value,
    f: impl Fn(f64) -> f64,
    can_overflow: bool,
    msg: &str,
) -> PyResult<Owned> {
    let x = vm.to_f64(v)?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(domain(vm, msg, x));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow {
            range(vm)
        } else {
            domain(vm, msg, x)
        });
    }
    Ok(new_float(r))
}

/// `floor` and `ceil`: the number's own method, or the float's.
fn whole(vm: &Vm, v: Value, method: &str, f: fn(f64) -> f64) -> PyResult<Owned> {
    if !v.is_exact_float()
        && let Some(m) = vm.special(v, intern(method).value())?
    {
        return vm.call(m.value(), &[]);
    }
    let x = f(vm.to_f64(v)?);
    match num::to_int(x) {
        Ok(i) => Ok(from_int(i)),
        Err(num::NotFinite::Infinity) => {
            Err(vm.overflow_error("cannot convert float infinity to integer"))
        }
        Err(num::NotFinite::Nan) => Err(vm.value_error("cannot convert float NaN to integer")),
    }
}

fn trunc(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match vm.special(a[0], vm.names.__trunc__.value())? {
        Some(m) => vm.call(m.value(), &[]),
        None => Err(vm.type_error(format!(
            "type {} doesn't define __trunc__ method",
            a[0].class().name_str()
        ))),
    }
}

fn fma(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y, z) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?, vm.to_f64(a[2])?);
    let r = x.mul_add(y, z);
    if r.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(vm.value_error("invalid operation in fma"));
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(vm.overflow_error("overflow in fma"));
    }
    Ok(new_float(r))
}

fn fmod(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?);
    if y.is_infinite() && x.is_finite() {
        return Ok(new_float(x));
    }
    let r = x % y;
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain(vm, "", x));
    }
    Ok(new_float(r))
}

fn remainder(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?);
    let r = libm::remainder(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain(vm, "", x));
    }
    Ok(new_float(r))
}

fn pow(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?);
    let r = if x == 1.0 || y == 0.0 {
        1.0
    } else {
        x.powf(y)
    };
    if x.is_finite() && y.is_finite() {
        if r.is_nan() || r.is_infinite() && x == 0.0 {
            return Err(domain(vm, "", x));
        }
        if r.is_infinite() {
            return Err(range(vm));
        }
    }
    Ok(new_float(r))
}

fn ldexp(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = vm.to_f64(a[0])?;
    let exponent = match a[1].as_int() {
        Some(IntRef::Small(i)) => i,
        Some(IntRef::Big(b)) if b.is_negative() => i64::MIN,
        Some(IntRef::Big(_)) => i64::MAX,
        None => {
            return Err(vm.type_error("Expected an int as second argument to ldexp."));
        }
    };
    let r = num::ldexp(x, exponent);
    if r.is_infinite() && x.is_finite() {
        return Err(range(vm));
    }
    Ok(new_float(r))
}

fn modf(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = vm.to_f64(a[0])?;
    if x.is_infinite() {
        return Ok(PyTuple::pair(
            new_float(0.0f64.copysign(x)),
            new_float(x),
        ));
    }
    let whole = x.trunc();
    Ok(PyTuple::pair(
        new_float((x - whole).copysign(x)),
        new_float(whole),
    ))
}

fn nextafter(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?);
    let steps = match a[2].given() {
        None => {
            let r = step_towards(x, y, 1);
            // As in C, a single step that arrives at zero keeps the sign of where it came from.
            let zero = r == 0.0 && x != 0.0;
            return Ok(new_float(if zero { r.copysign(x) } else { r }));
        }
        Some(s) => {
            let i = vm.index(s)?;
            match i.as_int() {
                Some(i) if i.is_negative() => {
                    return Err(vm.value_error("steps must be a non-negative integer"));
                }
                Some(IntRef::Small(i)) => i as u64,
                _ => u64::MAX,
            }
        }
    };
    Ok(new_float(step_towards(x, y, steps)))
}

/// The float `steps` representable numbers from `x` towards `y`, at most `y`.
fn step_towards(x: f64, y: f64, steps: u64) -> f64 {
    if steps == 0 {
        return x;
    }
    if x.is_nan() {
        return x;
    }
    if y.is_nan() || x == y {
        return y;
    }
    // Floats in order are integers in order, once negative ones are mirrored.
    let ordinal = |f: f64| -> i128 {
        let magnitude = (f.to_bits() & (u64::MAX >> 1)) as i128;
        if f.is_sign_negative() {
            -magnitude
        } else {
            magnitude
        }
    };
    let (from, to) = (ordinal(x), ordinal(y));
    if (to - from).unsigned_abs() <= u128::from(steps) {
        return y;
    }
    let at = if to > from {
        from + i128::from(steps)
    } else {
        from - i128::from(steps)
    };
    let bits = at.unsigned_abs() as u64;
    let negative = at < 0 || at == 0 && x < 0.0;
    f64::from_bits(bits | u64::from(negative) << 63)
}

fn ulp(x: f64) -> f64 {
    let x = x.abs();
    if !x.is_finite() {
        return x;
    }
    let next = x.next_up();
    if next.is_infinite() {
        return x - x.next_down();
    }
    next - x
}

fn isclose(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (vm.to_f64(a[0])?, vm.to_f64(a[1])?);
    let rel = if a[2].is_null() { 1e-9 } else { vm.to_f64(a[2])? };
    let abs = if a[3].is_null() { 0.0 } else { vm.to_f64(a[3])? };
    if rel < 0.0 || abs < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if x == y {
        return Ok(Owned::bool(true));
    }
    if x.is_infinite() || y.is_infinite() {
        return Ok(Owned::bool(false));
    }
    let diff = (y - x).abs();
    Ok(Owned::bool(
        diff <= (rel * y).abs() || diff <= (rel * x).abs() || diff <= abs,
    ))
}

/// A logarithm of an int of any size, or of a float.
fn logarithm(vm: &Vm, v: Value, f: fn(f64) -> f64) -> PyResult<Owned> {
    if let Some(i) = v.as_int() {
        if i.is_negative() || i.is_zero() {
            return Err(vm.value_error("expected a positive input"));
        }
        if let Some(x) = i.to_f64() {
            return Ok(new_float(f(x)));
        }
        // log(m * 2**e) with the leading bits as a mantissa in [0.5, 1).
        let b = i.to_big();
        let bits = b.bit_length();
        let top = b.shr(bits.saturating_sub(64)).to_f64().unwrap_or(1.0);
        return Ok(new_float(f(num::ldexp(top, -64)) + f(2.0) * bits as f64));
    }
    let x = vm.to_f64(v)?;
    if x <= 0.0 {
        return Err(domain(vm, "expected a positive input, got", x));
    }
    Ok(new_float(f(x)))
}

fn log(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = logarithm(vm, a[0], f64::ln)?;
    if a[1].is_null() {
        return Ok(x);
    }
    let base = logarithm(vm, a[1], f64::ln)?;
    vm.binary(
        pyjit_core::protocol::BinaryOp::TrueDivide,
        x.value(),
        base.value(),
    )
}
