//! The gamma function and the logarithm of its magnitude, by Lanczos' approximation (Boost's coefficients for 13 terms,
//! g = 6.0246...), with the correction of the exponential that keeps the error within a few units of the last place.

use super::{domain, range};
use pyjit_core::prelude::*;
use std::f64::consts::PI;

const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LOG_PI: f64 = 1.144_729_885_849_400_2;

#[allow(clippy::excessive_precision)] // the published digits
static NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
static DENOMINATOR: [f64; 13] = [
    0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0, 2637558.0,
    357423.0, 32670.0, 1925.0, 66.0, 1.0,
];

fn lanczos_sum(x: f64) -> f64 {
    let (mut n, mut d) = (0.0, 0.0);
    // Evaluated from the end that keeps the terms small.
    if x < 5.0 {
        for (a, b) in NUMERATOR.iter().zip(&DENOMINATOR).rev() {
            n = n * x + a;
            d = d * x + b;
        }
    } else {
        for (a, b) in NUMERATOR.iter().zip(&DENOMINATOR) {
            n = n / x + a;
            d = d / x + b;
        }
    }
    n / d
}

/// `sin(pi * x)`, exact at the zeros.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    r * 1.0f64.copysign(x)
}

const POLE: &str = "expected a noninteger or positive integer, got";

/// `math.gamma`.
pub(super) fn gamma(vm: &Vm, x: f64) -> PyResult<Owned> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(new_float(x));
    }
    if x == f64::NEG_INFINITY || x == 0.0 || x < 0.0 && x == x.floor() {
        return Err(domain(vm, POLE, x));
    }
    if x == x.floor() && x <= 23.0 {
        let mut product = 1.0;
        let mut i = 2.0;
        while i < x {
            product *= i;
            i += 1.0;
        }
        return Ok(new_float(product));
    }
    let size = x.abs();
    let r = if size < 1e-20 {
        1.0 / x
    } else if size > 200.0 {
        if x < 0.0 {
            0.0 / sin_pi(x)
        } else {
            f64::INFINITY
        }
    } else {
        lanczos_gamma(x, size)
    };
    if r.is_infinite() {
        return Err(range(vm));
    }
    Ok(new_float(r))
}

fn lanczos_gamma(x: f64, size: f64) -> f64 {
    let y = size + G_MINUS_HALF;
    // The rounding error of y, to be made good below.
    let z = if size > G_MINUS_HALF {
        (y - size) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - size
    } * G
        / y;
    let halves = |r: f64, divide: bool| {
        if size < 140.0 {
            let p = y.powf(size - 0.5);
            if divide { r / p } else { r * p }
        } else {
            let p = y.powf(size / 2.0 - 0.25);
            if divide { r / p / p } else { r * p * p }
        }
    };
    if x < 0.0 {
        let mut r = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        r -= z * r;
        halves(r, true)
    } else {
        let mut r = lanczos_sum(size) / y.exp();
        r += z * r;
        halves(r, false)
    }
}

/// `math.lgamma`.
pub(super) fn lgamma(vm: &Vm, x: f64) -> PyResult<Owned> {
    if !x.is_finite() {
        return Ok(new_float(if x.is_nan() { x } else { f64::INFINITY }));
    }
    if x == x.floor() && x <= 2.0 {
        if x <= 0.0 {
            return Err(domain(vm, POLE, x));
        }
        return Ok(new_float(0.0));
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(new_float(-size.ln()));
    }
    let mut r = lanczos_sum(size).ln() - G;
    r += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LOG_PI - sin_pi(size).abs().ln() - size.ln() - r;
    }
    if r.is_infinite() {
        return Err(range(vm));
    }
    Ok(new_float(r))
}
