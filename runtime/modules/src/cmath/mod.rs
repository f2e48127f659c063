//! `cmath`: functions of complex numbers, after Kahan's "Branch cuts for complex elementary functions" as C99 has them.
//! Arguments that are not finite are looked up in `special.rs`.

mod special;

use crate::{NativeModule, libm};
use pyjit_core::prelude::*;
use pyjit_num::float::ldexp;
use pyjit_types::complex::to_complex;
use special::look_up;
use std::f64::consts::{E, LN_2, LN_10, PI};

type C = (f64, f64);

/// The module.
pub static MODULE: NativeModule = NativeModule::new("cmath", FUNCTIONS)
    .doc("This module provides access to mathematical functions for complex\nnumbers.")
    .init(|_, m| {
        let d = m.dict();
        d.set_name("pi", new_float(PI));
        d.set_name("e", new_float(E));
        d.set_name("tau", new_float(std::f64::consts::TAU));
        d.set_name("inf", new_float(f64::INFINITY));
        d.set_name("infj", new_complex(0.0, f64::INFINITY));
        d.set_name("nan", new_float(f64::NAN));
        d.set_name("nanj", new_complex(0.0, f64::NAN));
        Ok(())
    });

/// Why a function has no result.
enum Fail {
    Domain,
    Range,
}
type Outcome = Result<C, Fail>;

macro_rules! one {
    ($name:literal, $f:expr, $doc:literal) => {
        MethodDef::function($name, "(z, /)", |vm, a| apply(vm, a[0], $f), $doc)
    };
}

static FUNCTIONS: &[MethodDef] = &[
    one!("acos", acos, "Return the arc cosine of z."),
    one!("acosh", acosh, "Return the inverse hyperbolic cosine of z."),
    one!("asin", |z| turned(z, asinh), "Return the arc sine of z."),
    one!("asinh", asinh, "Return the inverse hyperbolic sine of z."),
    one!("atan", |z| turned(z, atanh), "Return the arc tangent of z."),
    one!("atanh", atanh, "Return the inverse hyperbolic tangent of z."),
    one!("cos", |z| cosh((-z.1, z.0)), "Return the cosine of z."),
    one!("cosh", cosh, "Return the hyperbolic cosine of z."),
    one!("exp", exp, "Return the exponential value e**z."),
    MethodDef::function("isclose", "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose, "Determine whether two complex numbers are close in value.\n\n  rel_tol\n    maximum difference for being considered \"close\", relative to the\n    magnitude of the input values\n  abs_tol\n    maximum difference for being considered \"close\", regardless of the\n    magnitude of the input values\n\nReturn True if a is close in value to b, and False otherwise.\n\nFor the values to be considered close, the difference between them must be\nsmaller than at least one of the tolerances.\n\n-inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is\nnot close to anything, even itself. inf and -inf are only close to themselves."),
    MethodDef::function("isfinite", "(z, /)", |vm, a| { let z = to_complex(vm, a[0])?; Ok(Owned::bool(z.0.is_finite() && z.1.is_finite())) }, "Return True if both the real and imaginary parts of z are finite, else False."),
    MethodDef::function("isinf", "(z, /)", |vm, a| { let z = to_complex(vm, a[0])?; Ok(Owned::bool(z.0.is_infinite() || z.1.is_infinite())) }, "Checks if the real or imaginary part of z is infinite."),
    MethodDef::function("isnan", "(z, /)", |vm, a| { let z = to_complex(vm, a[0])?; Ok(Owned::bool(z.0.is_nan() || z.1.is_nan())) }, "Checks if the real or imaginary part of z not a number (NaN)."),
    MethodDef::function("log", "(z, base=<unrepresentable>, /)", log_base, "The logarithm of z to the given base.\n\nIf the base is not specified, returns the natural logarithm (base e) of z."),
    one!("log10", |z| log(z).map(|r| (r.0 / LN_10, r.1 / LN_10)), "Return the base-10 logarithm of z."),
    MethodDef::function("phase", "(z, /)", |vm, a| { let z = to_complex(vm, a[0])?; Ok(new_float(z.1.atan2(z.0))) }, "Return argument, also known as the phase angle, of a complex."),
    MethodDef::function("polar", "(z, /)", polar, "Convert a complex from rectangular coordinates to polar coordinates.\n\nr is the distance from 0 and phi the phase angle."),
    MethodDef::function("rect", "(r, phi, /)", |vm, a| { let z = (vm.to_f64(a[0])?, vm.to_f64(a[1])?); finish(vm, rect(z)) }, "Convert from polar coordinates to rectangular coordinates."),
    one!("sin", |z| turned(z, sinh), "Return the sine of z."),
    one!("sinh", sinh, "Return the hyperbolic sine of z."),
    one!("sqrt", sqrt, "Return the square root of z."),
    one!("tan", |z| turned(z, tanh), "Return the tangent of z."),
    one!("tanh", tanh, "Return the hyperbolic tangent of z."),
];

fn apply(vm: &Vm, v: Value, f: impl Fn(C) -> Outcome) -> PyResult<Owned> {
    let z = to_complex(vm, v)?;
    finish(vm, f(z))
}

fn finish(vm: &Vm, r: Outcome) -> PyResult<Owned> {
    match r {
        Ok((re, im)) => Ok(new_complex(re, im)),
        Err(Fail::Domain) => Err(vm.value_error("math domain error")),
        Err(Fail::Range) => Err(vm.overflow_error("math range error")),
    }
}

/// A circular function through its hyperbolic one: `f(iz) / i`.
fn turned(z: C, f: impl Fn(C) -> Outcome) -> Outcome {
    f((-z.1, z.0)).map(|s| (s.1, -s.0))
}

const LARGE: f64 = f64::MAX / 4.0;

fn log_large() -> f64 {
    LARGE.ln()
}
fn is_large(z: C) -> bool {
    z.0.abs() > LARGE || z.1.abs() > LARGE
}
/// `log(|z|) + log(2)` of a number whose magnitude would overflow.
fn log_twice(z: C) -> f64 {
    (z.0 / 2.0).hypot(z.1 / 2.0).ln() + LN_2 * 2.0
}
fn finite(z: C) -> bool {
    z.0.is_finite() && z.1.is_finite()
}
fn table(t: &str, z: C) -> Outcome {
    look_up(t, z).ok_or(Fail::Domain)
}
/// Infinite real part and an ordinary angle: only the signs of the result depend on the angle.
fn infinite_at_angle(z: C) -> bool {
    z.0.is_infinite() && z.1.is_finite() && z.1 != 0.0
}
fn in_range(r: C) -> Outcome {
    if r.0.is_infinite() || r.1.is_infinite() {
        Err(Fail::Range)
    } else {
        Ok(r)
    }
}

fn acos(z: C) -> Outcome {
    if !finite(z) {
        return table(special::ACOS, z);
    }
    if is_large(z) {
        let re = z.1.abs().atan2(z.0);
        let size = log_twice(z);
        let im = if z.0 < 0.0 {
            -size.copysign(z.1)
        } else {
            size.copysign(-z.1)
        };
        return Ok((re, im));
    }
    let s1 = sqrt((1.0 - z.0, -z.1))?;
    let s2 = sqrt((1.0 + z.0, z.1))?;
    Ok((
        2.0 * s1.0.atan2(s2.0),
        libm::asinh(s2.0 * s1.1 - s2.1 * s1.0),
    ))
}

fn acosh(z: C) -> Outcome {
    if !finite(z) {
        return table(special::ACOSH, z);
    }
    if is_large(z) {
        return Ok((log_twice(z), z.1.atan2(z.0)));
    }
    let s1 = sqrt((z.0 - 1.0, z.1))?;
    let s2 = sqrt((z.0 + 1.0, z.1))?;
    Ok((
        libm::asinh(s1.0 * s2.0 + s1.1 * s2.1),
        2.0 * s1.1.atan2(s2.0),
    ))
}

fn asinh(z: C) -> Outcome {
    if !finite(z) {
        return table(special::ASINH, z);
    }
    if is_large(z) {
        let size = log_twice(z);
        let re = if z.1 >= 0.0 {
            size.copysign(z.0)
        } else {
            -size.copysign(-z.0)
        };
        return Ok((re, z.1.atan2(z.0.abs())));
    }
    let s1 = sqrt((1.0 + z.1, -z.0))?;
    let s2 = sqrt((1.0 - z.1, z.0))?;
    Ok((
        libm::asinh(s1.0 * s2.1 - s2.0 * s1.1),
        z.1.atan2(s1.0 * s2.0 - s1.1 * s2.1),
    ))
}

fn atanh(z: C) -> Outcome {
    if !finite(z) {
        return table(special::ATANH, z);
    }
    if z.0 < 0.0 || z.0 == 0.0 && z.0.is_sign_negative() {
        return atanh((-z.0, -z.1)).map(|r| (-r.0, -r.1));
    }
    let ay = z.1.abs();
    let sqrt_large = LARGE.sqrt();
    if z.0 > sqrt_large || ay > sqrt_large {
        let h = (z.0 / 2.0).hypot(z.1 / 2.0);
        return Ok((z.0 / 4.0 / h / h, -(PI / 2.0).copysign(-z.1)));
    }
    if z.0 == 1.0 && ay < f64::MIN_POSITIVE.sqrt() {
        if ay == 0.0 {
            return Err(Fail::Domain);
        }
        return Ok((
            -(ay.sqrt() / ay.hypot(2.0).sqrt()).ln(),
            (2.0f64.atan2(-ay) / 2.0).copysign(z.1),
        ));
    }
    let rest = 1.0 - z.0;
    Ok((
        libm::log1p(4.0 * z.0 / (rest * rest + ay * ay)) / 4.0,
        -((-2.0 * z.1).atan2(rest * (1.0 + z.0) - ay * ay)) / 2.0,
    ))
}

fn cosh(z: C) -> Outcome {
    if !finite(z) {
        if infinite_at_angle(z) {
            let re = f64::INFINITY.copysign(z.1.cos());
            let im = f64::INFINITY.copysign(z.1.sin());
            return Ok((re, if z.0 > 0.0 { im } else { -im }));
        }
        return table(special::COSH, z);
    }
    in_range(if z.0.abs() > log_large() {
        let x = z.0 - 1.0f64.copysign(z.0);
        (z.1.cos() * x.cosh() * E, z.1.sin() * x.sinh() * E)
    } else {
        (z.1.cos() * z.0.cosh(), z.1.sin() * z.0.sinh())
    })
}

fn sinh(z: C) -> Outcome {
    if !finite(z) {
        if infinite_at_angle(z) {
            let re = f64::INFINITY.copysign(z.1.cos());
            let im = f64::INFINITY.copysign(z.1.sin());
            return Ok((if z.0 > 0.0 { re } else { -re }, im));
        }
        return table(special::SINH, z);
    }
    in_range(if z.0.abs() > log_large() {
        let x = z.0 - 1.0f64.copysign(z.0);
        (z.1.cos() * x.sinh() * E, z.1.sin() * x.cosh() * E)
    } else {
        (z.1.cos() * z.0.sinh(), z.1.sin() * z.0.cosh())
    })
}

fn tanh(z: C) -> Outcome {
    if !finite(z) {
        if infinite_at_angle(z) {
            let im = 0.0f64.copysign(2.0 * z.1.sin() * z.1.cos());
            return Ok((if z.0 > 0.0 { 1.0 } else { -1.0 }, im));
        }
        return table(special::TANH, z);
    }
    if z.0.abs() > log_large() {
        return Ok((
            1.0f64.copysign(z.0),
            4.0 * z.1.sin() * z.1.cos() * (-2.0 * z.0.abs()).exp(),
        ));
    }
    let (tx, ty) = (z.0.tanh(), z.1.tan());
    let cx = 1.0 / z.0.cosh();
    let both = tx * ty;
    let d = 1.0 + both * both;
    Ok((tx * (1.0 + ty * ty) / d, ((ty / d) * cx) * cx))
}

fn exp(z: C) -> Outcome {
    if !finite(z) {
        if infinite_at_angle(z) {
            let size: f64 = if z.0 > 0.0 { f64::INFINITY } else { 0.0 };
            return Ok((size.copysign(z.1.cos()), size.copysign(z.1.sin())));
        }
        return table(special::EXP, z);
    }
    in_range(if z.0 > log_large() {
        let l = (z.0 - 1.0).exp();
        (l * z.1.cos() * E, l * z.1.sin() * E)
    } else {
        let l = z.0.exp();
        (l * z.1.cos(), l * z.1.sin())
    })
}

fn log(z: C) -> Outcome {
    if !finite(z) {
        return table(special::LOG, z);
    }
    let (ax, ay) = (z.0.abs(), z.1.abs());
    let re = if ax > LARGE || ay > LARGE {
        (ax / 2.0).hypot(ay / 2.0).ln() + LN_2
    } else if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        if ax == 0.0 && ay == 0.0 {
            return Err(Fail::Domain);
        }
        ldexp(ax, 53).hypot(ldexp(ay, 53)).ln() - 53.0 * LN_2
    } else {
        let h = ax.hypot(ay);
        if (0.71..=1.73).contains(&h) {
            let (most, least) = if ax > ay { (ax, ay) } else { (ay, ax) };
            libm::log1p((most - 1.0) * (most + 1.0) + least * least) / 2.0
        } else {
            h.ln()
        }
    };
    Ok((re, z.1.atan2(z.0)))
}

fn sqrt(z: C) -> Outcome {
    if !finite(z) {
        return table(special::SQRT, z);
    }
    if z == (0.0, 0.0) {
        return Ok((0.0, z.1));
    }
    let (ax, ay) = (z.0.abs(), z.1.abs());
    let s = if ax < f64::MIN_POSITIVE && ay < f64::MIN_POSITIVE {
        let x = ldexp(ax, 53);
        ldexp((x + x.hypot(ldexp(ay, 53))).sqrt(), -27)
    } else {
        let x = ax / 8.0;
        2.0 * (x + x.hypot(ay / 8.0)).sqrt()
    };
    let d = ay / (2.0 * s);
    Ok(if z.0 >= 0.0 {
        (s, d.copysign(z.1))
    } else {
        (d, s.copysign(z.1))
    })
}

fn rect((r, phi): C) -> Outcome {
    if !finite((r, phi)) {
        if infinite_at_angle((r, phi)) {
            let re = f64::INFINITY.copysign(phi.cos());
            let im = f64::INFINITY.copysign(phi.sin());
            return Ok(if r > 0.0 { (re, im) } else { (-re, -im) });
        }
        return table(special::RECT, (r, phi));
    }
    if phi == 0.0 {
        // Keeps the sign of a zero angle.
        return Ok((r, r * phi));
    }
    in_range((r * phi.cos(), r * phi.sin()))
}

fn polar(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let z = to_complex(vm, a[0])?;
    let r = z.0.hypot(z.1);
    if r.is_infinite() && finite(z) {
        return Err(vm.overflow_error("math range error"));
    }
    Ok(PyTuple::pair(new_float(r), new_float(z.1.atan2(z.0))))
}

fn log_base(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let z = to_complex(vm, a[0])?;
    let mut x = log(z);
    if a[1].is_null() {
        return finish(vm, x);
    }
    // With a base, only the base is checked: the logarithm of 0 is an infinity.
    if z == (0.0, 0.0) {
        x = Ok((f64::NEG_INFINITY, z.1.atan2(z.0)));
    }
    let base = log(to_complex(vm, a[1])?);
    let r = match (x, base) {
        (Ok(x), Ok(base)) => pyjit_types::complex::quotient(x, base).ok_or(Fail::Domain),
        (Err(e), _) | (_, Err(e)) => Err(e),
    };
    finish(vm, r)
}

fn isclose(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = (to_complex(vm, a[0])?, to_complex(vm, a[1])?);
    let rel = if a[2].is_null() { 1e-9 } else { vm.to_f64(a[2])? };
    let abs = if a[3].is_null() { 0.0 } else { vm.to_f64(a[3])? };
    if rel < 0.0 || abs < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    if x == y {
        return Ok(Owned::bool(true));
    }
    let infinite = |z: C| z.0.is_infinite() || z.1.is_infinite();
    if infinite(x) || infinite(y) {
        return Ok(Owned::bool(false));
    }
    let size = |z: C| z.0.hypot(z.1);
    let diff = size((x.0 - y.0, x.1 - y.1));
    Ok(Owned::bool(
        diff <= rel * size(y) || diff <= rel * size(x) || diff <= abs,
    ))
}
