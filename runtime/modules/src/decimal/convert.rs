//! Decimals from other objects, and integers and floats from decimals.

use super::context::PyContext;
use super::number::PyDecimal;
use super::signals::note;
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Coef, Dec, Kind, MAX_PREC, Rounding, Rules, parse, status};
use pyjit_num::{BigInt, Int};
use std::borrow::Cow;

/// An integer as a number, exactly.
pub fn from_int_value(v: Value) -> Option<Dec> {
    let i = v.as_int()?;
    Some(match v.as_i64() {
        Some(n) => Dec::from_int(n),
        None => {
            let big = i.to_big();
            Dec::finite(big.is_negative(), Coef::from_bigint(&big), 0)
        }
    })
}

/// A float as a number, exactly.
pub fn from_float(x: f64) -> Dec {
    if x.is_nan() {
        return Dec::nan().negated(x.is_sign_negative());
    }
    if x.is_infinite() {
        return Dec::infinity(x < 0.0);
    }
    let neg = x.is_sign_negative();
    let (mantissa, exponent) = pyjit_num::float::decompose(x);
    if mantissa == 0 {
        return Dec::zero(neg, 0);
    }
    let zeros = mantissa.trailing_zeros();
    let (m, e) = (mantissa >> zeros, exponent + zeros as i32);
    // m * 2**-k is m * 5**k * 10**-k.
    let base = BigInt::from_i64(if e >= 0 { 2 } else { 5 });
    let factor = base.pow(u64::from(e.unsigned_abs())).unwrap_or_else(BigInt::one);
    let coef = Coef::from_bigint(&factor.mul(&BigInt::from_u64(m)));
    Dec::finite(neg, coef, i64::from(e.min(0)))
}

/// A Decimal or an int, for operators.
pub fn maybe_operand<'a>(v: Value) -> Option<Cow<'a, Dec>> {
    if let Some(d) = v.cast::<PyDecimal>() {
        return Some(Cow::Borrowed(&d.value.0));
    }
    from_int_value(v).map(Cow::Owned)
}
/// The same, for functions; TypeError for anything else.
pub fn operand<'a>(vm: &Vm, v: Value) -> PyResult<Cow<'a, Dec>> {
    maybe_operand(v).ok_or_else(|| {
        vm.type_error(format!("conversion from {} to Decimal is not supported", v.class().name_str()))
    })
}

/// The text of a number as ASCII: spaces around it and underscores go away, digits of other scripts become ours.
fn ascii(s: &PyStr, lenient: bool) -> Option<Vec<u8>> {
    if let Some(t) = s.as_ascii() {
        if !lenient {
            return Some(t.as_bytes().to_vec());
        }
        let t = t.trim_matches(|c: char| c.is_ascii_whitespace() || ('\x1c'..='\x1f').contains(&c) || c == '\x0b');
        return Some(t.bytes().filter(|b| *b != b'_').collect());
    }
    let text = s.to_utf8()?;
    let mut out = Vec::new();
    for c in if lenient { text.trim() } else { &text }.chars() {
        match c {
            '_' if lenient => {}
            c if c.is_ascii() => out.push(c as u8),
            c => out.push(b'0' + pyjit_text::unicode::decimal(c as u32)?),
        }
    }
    Some(out)
}

/// A number from text, rounded to the context or exactly.
pub fn from_text(vm: &Vm, s: &PyStr, c: &PyContext, exact: bool) -> PyResult<Dec> {
    let Some(d) = ascii(s, exact).and_then(|t| parse(&t)) else {
        note(vm, c, status::CONVERSION_SYNTAX)?;
        return Ok(Dec::nan());
    };
    from_number(vm, d, c, exact)
}

/// A number as the context has it; exactly means within the widest limits.
pub fn from_number(vm: &Vm, d: Dec, c: &PyContext, exact: bool) -> PyResult<Dec> {
    let mut st = 0;
    let rules = if exact { Rules::MAX } else { c.rules() };
    if !exact && d.is_nan() {
        let room = (rules.prec - i64::from(rules.clamp)) as u64;
        if !d.coef.is_zero() && d.coef.digits() > room {
            note(vm, c, status::CONVERSION_SYNTAX)?;
            return Ok(Dec::nan());
        }
        return Ok(d);
    }
    let mut d = d.fit(&rules, &mut st);
    if exact {
        if st & (status::INEXACT | status::ROUNDED | status::CLAMPED | status::OVERFLOW) != 0 {
            d = Dec::nan();
            st = status::INVALID_OPERATION;
        } else {
            st &= status::INVALID;
        }
    }
    note(vm, c, st)?;
    Ok(d)
}

/// A number from (sign, digits, exponent).
pub fn from_tuple(vm: &Vm, v: Value, c: &PyContext, exact: bool) -> PyResult<Dec> {
    let t = vm.tuple_from(v)?;
    let &[sign, digits, exponent] = vm.tuple_items(t.value()) else {
        return Err(vm.value_error("argument must be a sequence of length 3"));
    };
    let neg = match sign.as_i64() {
        Some(0) => false,
        Some(1) => true,
        _ => return Err(vm.value_error("sign must be an integer with the value 0 or 1")),
    };
    let mut text = Vec::new();
    let kind = match exponent.cast::<PyStr>() {
        Some(s) => Some(match s.to_lossy().as_str() {
            "F" => Kind::Infinite,
            "n" => Kind::Quiet,
            "N" => Kind::Signaling,
            _ => return Err(vm.value_error("string argument in the third position must be 'F', 'n' or 'N'")),
        }),
        None if exponent.as_int().is_some() => None,
        None => return Err(vm.value_error("exponent must be an integer")),
    };
    let wrong = || vm.value_error("coefficient must be a tuple of digits");
    if kind != Some(Kind::Infinite) {
        if !digits.isa::<PyTuple>() && !digits.isa::<PyList>() {
            return Err(wrong());
        }
        for d in vm.iterate_to_vec(digits)? {
            match d.value().as_i64() {
                Some(n @ 0..=9) => text.push(b'0' + n as u8),
                _ => return Err(wrong()),
            }
        }
    }
    let coef = Coef::of_digits(&text);
    let d = match kind {
        Some(Kind::Infinite) => Dec::infinity(neg),
        Some(kind) => Dec { kind, neg, exp: 0, coef },
        None => Dec::finite(neg, coef, vm.to_i64(exponent)?.clamp(-4 * MAX_PREC, 4 * MAX_PREC)),
    };
    from_number(vm, d, c, exact)
}

/// `Decimal(v)` and `context.create_decimal(v)`.
pub fn from_value(vm: &Vm, v: Value, c: &PyContext, exact: bool) -> PyResult<Dec> {
    if let Some(d) = v.cast::<PyDecimal>() {
        let d = d.value.0.clone();
        return if exact { Ok(d) } else { from_number(vm, d, c, false) };
    }
    if let Some(s) = v.cast::<PyStr>() {
        return from_text(vm, s, c, exact);
    }
    if let Some(d) = from_int_value(v) {
        return from_number(vm, d, c, exact);
    }
    if v.isa::<PyTuple>() || v.isa::<PyList>() {
        return from_tuple(vm, v, c, exact);
    }
    if let Some(x) = v.as_float() {
        note(vm, c, status::FLOAT_OPERATION)?;
        return from_number(vm, from_float(x), c, exact);
    }
    Err(vm.type_error(format!("conversion from {} to Decimal is not supported", v.class().name_str())))
}

/// The integer of a number, rounded.
pub fn to_int(vm: &Vm, d: &Dec, how: Rounding) -> PyResult<Owned> {
    if d.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer"));
    }
    if d.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer"));
    }
    let mut st = 0;
    let whole = d.to_integral(how, false, &Rules::MAX, &mut st);
    match whole.truncated() {
        Some(n) => Ok(new_big(n)),
        None => Err(vm.memory_error()),
    }
}

/// The nearest float.
pub fn to_float(vm: &Vm, d: &Dec) -> PyResult<f64> {
    let sign = if d.neg { -1.0 } else { 1.0 };
    match d.kind {
        Kind::Signaling => Err(vm.value_error("cannot convert signaling NaN to float")),
        Kind::Quiet => Ok(f64::NAN.copysign(sign)),
        Kind::Infinite => Ok(f64::INFINITY * sign),
        Kind::Finite => match d.to_text(false, true).parse() {
            Ok(x) => Ok(x),
            Err(_) => Err(vm.value_error("could not convert decimal to float")),
        },
    }
}

/// Numerator and denominator in lowest terms.
pub fn ratio(vm: &Vm, d: &Dec) -> PyResult<(Int, Int)> {
    if d.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    if d.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    if d.coef.is_zero() {
        return Ok((Int::Small(0), Int::Small(1)));
    }
    let signed = |n: BigInt| if d.neg { n.neg() } else { n };
    if d.exp >= 0 {
        return match d.coef.shifted_up(d.exp as u64) {
            Some(c) => Ok((Int::Big(signed(c.to_bigint())), Int::Small(1))),
            None => Err(vm.memory_error()),
        };
    }
    let Some(power) = Coef::ONE.shifted_up(d.exp.unsigned_abs()) else {
        return Err(vm.memory_error());
    };
    let (n, p) = (d.coef.to_bigint(), power.to_bigint());
    let g = n.gcd(&p);
    let part = |x: &BigInt| x.floor_div(&g).unwrap_or_else(BigInt::one);
    Ok((Int::Big(signed(part(&n))), Int::Big(part(&p))))
}
