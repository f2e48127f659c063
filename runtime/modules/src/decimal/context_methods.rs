//! The methods of `Context`: the operations, with the context first.

use super::arguments::{ask, binary, delegated, unary};
use super::context::{PyContext, of, rounding_name};
use super::convert::{from_float, from_number, from_value, operand};
use super::methods::{self as ops, class_name, divmod, is_normal, plain_number, same_quantum};
use super::number::{PyDecimal, made};
use super::signals::{classes, note};
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Dec, Kind};

macro_rules! one {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, x, /)", |vm, a| unary(vm, a[1], of(vm, a[0])?, $f), "")
    };
}
macro_rules! two {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, x, y, /)", |vm, a| binary(vm, a[1], a[2], of(vm, a[0])?, $f), "")
    };
}
macro_rules! rare_one {
    ($name:literal) => {
        MethodDef::new($name, "(self, x, /)", |vm, a| delegated(vm, $name, &a[1..], of(vm, a[0])?), "")
    };
}
macro_rules! rare_two {
    ($name:literal) => {
        MethodDef::new($name, "(self, x, y, /)", |vm, a| delegated(vm, $name, &a[1..], of(vm, a[0])?), "")
    };
}
macro_rules! is {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, "(self, x, /)", |vm, a| ask(vm, a[1], $f), "")
    };
}

fn power(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = of(vm, a[0])?;
    if let Some(m) = a[3].given() {
        return delegated(vm, "power", &[a[1], a[2], m], c);
    }
    let (x, y) = (operand(vm, a[1])?, operand(vm, a[2])?);
    let mut st = 0;
    let r = super::delegate::power(vm, c, &x, &y, &c.rules(), &mut st)?;
    note(vm, c, st)?;
    Ok(made(r))
}

fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = of(vm, a[0])?;
    let args = PyTuple::new(vec![
        new_int(c.prec.get()),
        intern(rounding_name(c.rounding.get())),
        new_int(c.emin.get()),
        new_int(c.emax.get()),
        new_int(i64::from(c.capitals.get())),
        new_int(i64::from(c.clamp.get())),
        PyList::new(classes(vm, c.status.get())?),
        PyList::new(classes(vm, c.traps.get())?),
    ]);
    Ok(PyTuple::pair(a[0].class().as_owned(), args))
}

fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(of(vm, a[0])?.copy())
}

fn text(vm: &Vm, a: &[Value], engineering: bool) -> PyResult<Owned> {
    let capitals = of(vm, a[0])?.capitals.get();
    Ok(PyStr::from_str(&operand(vm, a[1])?.to_text(engineering, capitals)))
}

fn create(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c: &PyContext = of(vm, a[0])?;
    let Some(v) = a[1].non_null() else {
        return Ok(made(Dec::zero(false, 0)));
    };
    Ok(plain_number(from_value(vm, v, c, false)?))
}

fn identity(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].isa::<PyDecimal>() {
        return Err(vm.type_error("argument must be a Decimal"));
    }
    Ok(a[1].own())
}

pub(super) static METHODS: &[MethodDef] = &[
    one!("abs", Dec::abs), one!("minus", Dec::minus), one!("plus", Dec::plus), one!("normalize", Dec::normalize),
    one!("next_minus", ops::next_minus), one!("next_plus", ops::next_plus), one!("sqrt", Dec::sqrt), one!("logb", Dec::logb),
    one!("to_integral", ops::to_integral_value), one!("to_integral_exact", ops::to_integral_exact),
    one!("to_integral_value", ops::to_integral_value), one!("copy_abs", ops::copy_abs), one!("copy_negate", ops::copy_negate),
    rare_one!("exp"), rare_one!("ln"), rare_one!("log10"), rare_one!("logical_invert"),
    two!("add", Dec::add), two!("subtract", Dec::sub), two!("multiply", Dec::mul), two!("divide", Dec::div),
    two!("divide_int", Dec::div_int), two!("remainder", Dec::rem), two!("remainder_near", Dec::rem_near),
    two!("compare", ops::compare), two!("compare_signal", ops::compare_signal), two!("max", ops::max),
    two!("max_mag", ops::max_mag), two!("min", ops::min), two!("min_mag", ops::min_mag), two!("quantize", Dec::quantize),
    two!("compare_total", ops::compare_total), two!("compare_total_mag", ops::compare_total_mag),
    two!("copy_sign", ops::copy_sign), two!("scaleb", Dec::scaleb),
    rare_two!("next_toward"), rare_two!("logical_and"), rare_two!("logical_or"), rare_two!("logical_xor"),
    rare_two!("rotate"), rare_two!("shift"),
    MethodDef::new("divmod", "(self, x, y, /)", |vm, a| divmod(vm, a[1], a[2], of(vm, a[0])?), ""),
    MethodDef::new("power", "(self, /, a, b, modulo=None)", power, ""),
    MethodDef::new("fma", "(self, x, y, z, /)", |vm, a| {
        let c = of(vm, a[0])?;
        let (x, y, z) = (operand(vm, a[1])?, operand(vm, a[2])?, operand(vm, a[3])?);
        let mut st = 0;
        let r = x.fma(&y, &z, &c.rules(), &mut st);
        note(vm, c, st)?;
        Ok(made(r))
    }, ""),
    MethodDef::new("Etiny", "(self, /)", |vm, a| Ok(new_int(of(vm, a[0])?.rules().etiny())), ""),
    MethodDef::new("Etop", "(self, /)", |vm, a| Ok(new_int(of(vm, a[0])?.rules().etop())), ""),
    MethodDef::new("radix", "(self, /)", |_, _| Ok(made(Dec::from_int(10))), ""),
    MethodDef::new("is_canonical", "(self, x, /)", |vm, a| identity(vm, a).map(|_| Owned::bool(true)), ""),
    is!("is_finite", Dec::is_finite), is!("is_infinite", Dec::is_infinite), is!("is_nan", Dec::is_nan),
    is!("is_qnan", |d| d.kind == Kind::Quiet), is!("is_snan", |d| d.kind == Kind::Signaling),
    is!("is_signed", |d| d.neg), is!("is_zero", Dec::is_zero),
    MethodDef::new("is_normal", "(self, x, /)", |vm, a| {
        Ok(Owned::bool(is_normal(&*operand(vm, a[1])?, &of(vm, a[0])?.rules(), true)))
    }, ""),
    MethodDef::new("is_subnormal", "(self, x, /)", |vm, a| {
        Ok(Owned::bool(is_normal(&*operand(vm, a[1])?, &of(vm, a[0])?.rules(), false)))
    }, ""),
    MethodDef::new("number_class", "(self, x, /)", |vm, a| {
        Ok(PyStr::from_str(class_name(&*operand(vm, a[1])?, &of(vm, a[0])?.rules())))
    }, ""),
    MethodDef::new("same_quantum", "(self, x, y, /)", |vm, a| {
        let (x, y) = (operand(vm, a[1])?, operand(vm, a[2])?);
        Ok(Owned::bool(same_quantum(&x, &y)))
    }, ""),
    MethodDef::new("_apply", "(self, object, /)", |vm, a| {
        let c = of(vm, a[0])?;
        let d = operand(vm, a[1])?.into_owned();
        from_number(vm, d, c, false).map(made)
    }, ""),
    MethodDef::new("canonical", "(self, x, /)", identity, ""),
    MethodDef::new("copy_decimal", "(self, x, /)", |vm, a| {
        if a[1].isa::<PyDecimal>() {
            return Ok(a[1].own());
        }
        operand(vm, a[1]).map(|d| made(d.into_owned()))
    }, ""),
    MethodDef::new("to_sci_string", "(self, x, /)", |vm, a| text(vm, a, false), ""),
    MethodDef::new("to_eng_string", "(self, x, /)", |vm, a| text(vm, a, true), ""),
    MethodDef::new("clear_flags", "(self, /)", |vm, a| {
        of(vm, a[0])?.status.set(0);
        Ok(Owned::NONE)
    }, ""),
    MethodDef::new("clear_traps", "(self, /)", |vm, a| {
        of(vm, a[0])?.traps.set(0);
        Ok(Owned::NONE)
    }, ""),
    MethodDef::new("__copy__", "(self, /)", copy, ""),
    MethodDef::new("copy", "(self, /)", copy, "Return a duplicate of the context with all flags cleared."),
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new("create_decimal", "(self, num=\"0\", /)", create, "Create a new Decimal instance from num, using self as the context."),
    MethodDef::new("create_decimal_from_float", "(self, f, /)", |vm, a| {
        let c = of(vm, a[0])?;
        let d = match (super::convert::from_int_value(a[1]), a[1].as_float()) {
            (Some(d), _) => d,
            (None, Some(x)) => from_float(x),
            _ => return Err(vm.type_error("argument must be int or float")),
        };
        from_number(vm, d, c, false).map(made)
    }, "Create a new Decimal instance from float f."),
];
