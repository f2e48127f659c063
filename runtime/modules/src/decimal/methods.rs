//! The methods of `Decimal`.

use super::arguments::{method_delegated, method1, method2, this};
use super::context::{self, PyContext};
use super::convert::{from_float, from_value, operand, ratio, to_float, to_int};
use super::number::{PyDecimal, made, made_in};
use super::signals::note;
use super::{delegate, number};
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Dec, Kind, Rounding, Rules, total_order};

macro_rules! one {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, /, context=None)", |vm, a| method1(vm, a[0], a[1], $f), "")
    };
}
macro_rules! two {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, /, other, context=None)", |vm, a| method2(vm, a[0], a[1], a[2], $f), "")
    };
}
macro_rules! rare_one {
    ($name:literal) => {
        MethodDef::new($name, "(self, /, context=None)", |vm, a| method_delegated(vm, $name, &a[..1], a[1]), "")
    };
}
macro_rules! rare_two {
    ($name:literal) => {
        MethodDef::new($name, "(self, /, other, context=None)", |vm, a| method_delegated(vm, $name, &a[..2], a[2]), "")
    };
}
macro_rules! is {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, /)", |vm, a| {
            let f: fn(&Dec) -> bool = $f;
            Ok(Owned::bool(f(this(vm, a[0])?)))
        }, "")
    };
}

/// Whether a number is normal, or subnormal, in a context.
pub fn is_normal(d: &Dec, r: &Rules, normal: bool) -> bool {
    d.is_finite() && !d.coef.is_zero() && (d.adjusted() >= r.emin) == normal
}

/// The class of a number in words.
pub fn class_name(d: &Dec, r: &Rules) -> &'static str {
    match (d.kind, d.neg) {
        (Kind::Signaling, _) => "sNaN",
        (Kind::Quiet, _) => "NaN",
        (Kind::Infinite, true) => "-Infinity",
        (Kind::Infinite, false) => "+Infinity",
        (Kind::Finite, neg) => {
            let names = if d.coef.is_zero() {
                ["+Zero", "-Zero"]
            } else if is_normal(d, r, false) {
                ["+Subnormal", "-Subnormal"]
            } else {
                ["+Normal", "-Normal"]
            };
            names[usize::from(neg)]
        }
    }
}

/// Operations that round nothing and meet no conditions.
pub fn copy_abs(d: &Dec, _: &Rules, _: &mut u32) -> Dec {
    d.negated(false)
}
pub fn copy_negate(d: &Dec, _: &Rules, _: &mut u32) -> Dec {
    d.negated(!d.neg)
}
pub fn copy_sign(d: &Dec, e: &Dec, _: &Rules, _: &mut u32) -> Dec {
    d.negated(e.neg)
}
pub fn compare_total(d: &Dec, e: &Dec, _: &Rules, _: &mut u32) -> Dec {
    Dec::from_int(total_order(d, e) as i64)
}
pub fn compare_total_mag(d: &Dec, e: &Dec, _: &Rules, _: &mut u32) -> Dec {
    Dec::from_int(total_order(&d.negated(false), &e.negated(false)) as i64)
}
pub fn compare(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.compare(e, false, r, st)
}
pub fn compare_signal(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.compare(e, true, r, st)
}
pub fn max(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.choose(e, true, false, r, st)
}
pub fn max_mag(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.choose(e, true, true, r, st)
}
pub fn min(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.choose(e, false, false, r, st)
}
pub fn min_mag(d: &Dec, e: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.choose(e, false, true, r, st)
}
pub fn next_plus(d: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.next(true, r, st)
}
pub fn next_minus(d: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.next(false, r, st)
}
pub fn to_integral_value(d: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.to_integral(r.rounding, false, r, st)
}
pub fn to_integral_exact(d: &Dec, r: &Rules, st: &mut u32) -> Dec {
    d.to_integral(r.rounding, true, r, st)
}
/// Whether two numbers have the same exponent.
pub fn same_quantum(d: &Dec, e: &Dec) -> bool {
    if !d.is_finite() || !e.is_finite() {
        return d.is_nan() && e.is_nan() || d.is_infinite() && e.is_infinite();
    }
    d.exp == e.exp
}

fn with_rounding(vm: &Vm, c: &PyContext, v: Value) -> PyResult<Rules> {
    let mut r = c.rules();
    if let Some(v) = v.given() {
        r.rounding = context::rounding_of(vm, v)?;
    }
    Ok(r)
}

fn integral(vm: &Vm, a: &[Value], exact: bool) -> PyResult<Owned> {
    let c = context::optional(vm, a[2])?;
    let c = context::of(vm, c.value())?;
    let r = with_rounding(vm, c, a[1])?;
    let mut st = 0;
    let d = this(vm, a[0])?.to_integral(r.rounding, exact, &r, &mut st);
    note(vm, c, st)?;
    Ok(made(d))
}

fn quantize(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = context::optional(vm, a[3])?;
    let c = context::of(vm, c.value())?;
    let r = with_rounding(vm, c, a[2])?;
    let e = operand(vm, a[1])?;
    let mut st = 0;
    let d = this(vm, a[0])?.quantize(&e, &r, &mut st);
    note(vm, c, st)?;
    Ok(made(d))
}

fn round(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = this(vm, a[0])?;
    let Some(n) = a[1].given() else {
        return to_int(vm, d, Rounding::HalfEven);
    };
    if n.as_int().is_none() {
        return Err(vm.type_error("optional arg must be an integer"));
    }
    let places = vm.to_i64(n)?;
    let c = context::current(vm)?;
    let c = context::of(vm, c.value())?;
    let mut st = 0;
    let unit = Dec::finite(false, pyjit_num::decimal::Coef::ONE, places.saturating_neg());
    let r = d.quantize(&unit, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(made(r))
}

fn fma(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = context::optional(vm, a[3])?;
    let c = context::of(vm, c.value())?;
    let (x, y, z) = (operand(vm, a[0])?, operand(vm, a[1])?, operand(vm, a[2])?);
    let mut st = 0;
    let r = x.fma(&y, &z, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(made(r))
}

fn as_tuple(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = this(vm, a[0])?;
    let digits = match d.kind {
        Kind::Infinite => "0".to_owned(),
        Kind::Finite => d.coef.to_text(),
        _ if d.coef.is_zero() => String::new(),
        _ => d.coef.to_text(),
    };
    let digits = digits.bytes().map(|b| Owned::small(i64::from(b - b'0'))).collect();
    let exponent = match d.kind {
        Kind::Finite => new_int(d.exp),
        Kind::Infinite => intern("F"),
        Kind::Quiet => intern("n"),
        Kind::Signaling => intern("N"),
    };
    let class = vm.module_state.get().get("_decimal.DecimalTuple").cloned().unwrap_or_default();
    let digits = PyTuple::new(digits);
    vm.call(class.value(), &[new_int(i64::from(d.neg)).value(), digits.value(), exponent.value()])
}

fn format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].isa::<PyStr>() {
        return Err(vm.type_error("format arg must be str"));
    }
    let c = context::current(vm)?;
    let c = context::of(vm, c.value())?;
    if let Some(o) = a[2].non_null() {
        let Some(d) = o.cast::<PyDict>() else {
            return Err(vm.type_error("optional argument must be a dict"));
        };
        for name in ["decimal_point", "thousands_sep", "grouping"] {
            if d.get_name(name).is_some_and(|v| !v.isa::<PyStr>()) {
                return Err(vm.value_error("invalid override dict"));
            }
        }
    }
    delegate::format(vm, c, this(vm, a[0])?, a[1], a[2])
}

fn of_float(vm: &Vm, class: Value, v: Value) -> PyResult<Owned> {
    let d = match (super::convert::from_int_value(v), v.as_float()) {
        (Some(d), _) => d,
        (None, Some(x)) => from_float(x),
        _ => return Err(vm.type_error("argument must be int or float")),
    };
    in_class(vm, class, d)
}
fn in_class(vm: &Vm, class: Value, d: Dec) -> PyResult<Owned> {
    let d = made(d);
    if class.is(PyDecimal::class().as_value()) { Ok(d) } else { vm.call(class, &[d.value()]) }
}
fn of_number(vm: &Vm, class: Value, v: Value) -> PyResult<Owned> {
    let c = context::current(vm)?;
    let c = context::of(vm, c.value())?;
    if v.isa::<PyDecimal>() || v.as_int().is_some() {
        return in_class(vm, class, from_value(vm, v, c, true)?);
    }
    if v.as_float().is_some() {
        return of_float(vm, class, v);
    }
    Err(vm.type_error("Cannot convert ".to_owned() + &vm.repr_text(v)? + " to Decimal"))
}

fn copy(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(a[0].own())
}
/// The number as a plain Decimal.
fn plain(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(a[0].own()).and_then(|v| this(vm, v.value()).map(|_| v))
}
fn whole(vm: &Vm, a: &[Value], how: Rounding) -> PyResult<Owned> {
    to_int(vm, this(vm, a[0])?, how)
}

pub(super) static METHODS: &[MethodDef] = &[
    rare_one!("exp"), rare_one!("ln"), rare_one!("log10"), rare_one!("logical_invert"),
    one!("next_minus", next_minus), one!("next_plus", next_plus), one!("normalize", Dec::normalize),
    one!("sqrt", Dec::sqrt), one!("logb", Dec::logb),
    MethodDef::new("to_integral", "(self, /, rounding=None, context=None)", |vm, a| integral(vm, a, false), ""),
    MethodDef::new("to_integral_exact", "(self, /, rounding=None, context=None)", |vm, a| integral(vm, a, true), ""),
    MethodDef::new("to_integral_value", "(self, /, rounding=None, context=None)", |vm, a| integral(vm, a, false), ""),
    two!("compare", compare), two!("compare_signal", compare_signal), two!("max", max), two!("max_mag", max_mag),
    two!("min", min), two!("min_mag", min_mag), two!("remainder_near", Dec::rem_near), two!("scaleb", Dec::scaleb),
    two!("compare_total", compare_total), two!("compare_total_mag", compare_total_mag), two!("copy_sign", copy_sign),
    rare_two!("next_toward"), rare_two!("logical_and"), rare_two!("logical_or"), rare_two!("logical_xor"),
    rare_two!("rotate"), rare_two!("shift"),
    MethodDef::new("quantize", "(self, /, exp, rounding=None, context=None)", quantize, ""),
    MethodDef::new("fma", "(self, /, other, third, context=None)", fma, ""),
    is!("is_canonical", |_| true), is!("is_finite", Dec::is_finite), is!("is_infinite", Dec::is_infinite),
    is!("is_nan", Dec::is_nan), is!("is_qnan", |d| d.kind == Kind::Quiet), is!("is_snan", |d| d.kind == Kind::Signaling),
    is!("is_signed", |d| d.neg), is!("is_zero", Dec::is_zero),
    MethodDef::new("is_normal", "(self, /, context=None)", |vm, a| {
        let c = context::optional(vm, a[1])?;
        Ok(Owned::bool(is_normal(this(vm, a[0])?, &context::of(vm, c.value())?.rules(), true)))
    }, ""),
    MethodDef::new("is_subnormal", "(self, /, context=None)", |vm, a| {
        let c = context::optional(vm, a[1])?;
        Ok(Owned::bool(is_normal(this(vm, a[0])?, &context::of(vm, c.value())?.rules(), false)))
    }, ""),
    MethodDef::new("number_class", "(self, /, context=None)", |vm, a| {
        let c = context::optional(vm, a[1])?;
        Ok(PyStr::from_str(class_name(this(vm, a[0])?, &context::of(vm, c.value())?.rules())))
    }, ""),
    MethodDef::new("same_quantum", "(self, /, other, context=None)", |vm, a| {
        context::optional(vm, a[2])?;
        let e = operand(vm, a[1])?;
        Ok(Owned::bool(same_quantum(this(vm, a[0])?, &e)))
    }, ""),
    MethodDef::new("adjusted", "(self, /)", |vm, a| {
        let d = this(vm, a[0])?;
        Ok(new_int(if d.is_finite() { d.adjusted() } else { 0 }))
    }, ""),
    MethodDef::new("canonical", "(self, /)", plain, ""),
    MethodDef::new("conjugate", "(self, /)", plain, ""),
    MethodDef::new("radix", "(self, /)", |_, _| Ok(made(Dec::from_int(10))), ""),
    MethodDef::new("copy_abs", "(self, /)", |vm, a| Ok(made(this(vm, a[0])?.negated(false))), ""),
    MethodDef::new("copy_negate", "(self, /)", |vm, a| {
        let d = this(vm, a[0])?;
        Ok(made(d.negated(!d.neg)))
    }, ""),
    MethodDef::new("to_eng_string", "(self, /, context=None)", |vm, a| {
        let c = context::optional(vm, a[1])?;
        let capitals = context::of(vm, c.value())?.capitals.get();
        Ok(PyStr::from_str(&this(vm, a[0])?.to_text(true, capitals)))
    }, ""),
    MethodDef::class("from_float", "(type, f, /)", |vm, a| of_float(vm, a[0], a[1]), "Class method that converts a float to a decimal number, exactly."),
    MethodDef::class("from_number", "(type, number, /)", |vm, a| of_number(vm, a[0], a[1]), "Class method that converts a real number to a decimal number, exactly."),
    MethodDef::new("as_tuple", "(self, /)", as_tuple, "Return a tuple representation of the number."),
    MethodDef::new("as_integer_ratio", "(self, /)", |vm, a| {
        let (n, d) = ratio(vm, this(vm, a[0])?)?;
        Ok(PyTuple::pair(from_int(n), from_int(d)))
    }, "Return a pair of integers whose ratio is exactly equal to the original.\n\nThe ratio is in lowest terms and with a positive denominator.\nRaise OverflowError on infinities and a ValueError on NaNs."),
    MethodDef::new("__copy__", "(self, /)", copy, ""),
    MethodDef::new("__deepcopy__", "(self, memo, /)", copy, ""),
    MethodDef::new("__format__", "(self, fmtarg, override=<unrepresentable>, /)", format, "Formats the Decimal according to fmtarg."),
    MethodDef::new("__reduce__", "(self, /)", |vm, a| {
        let text = PyStr::from_str(&this(vm, a[0])?.to_text(false, true));
        Ok(PyTuple::pair(a[0].class().as_owned(), PyTuple::new(vec![text])))
    }, ""),
    MethodDef::new("__round__", "(self, ndigits=<unrepresentable>, /)", round, ""),
    MethodDef::new("__ceil__", "(self, /)", |vm, a| whole(vm, a, Rounding::Ceiling), ""),
    MethodDef::new("__floor__", "(self, /)", |vm, a| whole(vm, a, Rounding::Floor), ""),
    MethodDef::new("__trunc__", "(self, /)", |vm, a| whole(vm, a, Rounding::Down), ""),
    MethodDef::new("__complex__", "(self, /)", |vm, a| Ok(new_complex(to_float(vm, this(vm, a[0])?)?, 0.0)), ""),
    MethodDef::new("__sizeof__", "(self, /)", |vm, a| {
        Ok(new_usize(size_of::<PyDecimal>() + this(vm, a[0])?.coef.to_bigint().heap_bytes()))
    }, ""),
];

pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef::read("real", |_, v| Ok(v.own())),
    GetSetDef::read("imag", |_, _| Ok(made(Dec::zero(false, 0)))),
];

/// A number of a subclass, for `Context.create_decimal`.
pub fn plain_number(d: Dec) -> Owned {
    made_in(PyDecimal::class(), d)
}
/// `divmod` for the context's method.
pub fn divmod(vm: &Vm, x: Value, y: Value, c: &PyContext) -> PyResult<Owned> {
    let (x, y) = (operand(vm, x)?, operand(vm, y)?);
    number::divided(vm, &x, &y, c)
}
