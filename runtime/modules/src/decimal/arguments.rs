//! How operations take their arguments and hand back their results.

use super::context::{self, PyContext};
use super::convert::operand;
use super::number::{PyDecimal, made};
use super::signals::note;
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Dec, Rules};

pub type Unary = fn(&Dec, &Rules, &mut u32) -> Dec;
pub type Binary = fn(&Dec, &Dec, &Rules, &mut u32) -> Dec;

/// An operation on one number in a context.
pub fn unary(vm: &Vm, x: Value, c: &PyContext, f: Unary) -> PyResult<Owned> {
    let x = operand(vm, x)?;
    let mut st = 0;
    let r = f(&x, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(made(r))
}
/// An operation on two numbers in a context.
pub fn binary(vm: &Vm, x: Value, y: Value, c: &PyContext, f: Binary) -> PyResult<Owned> {
    let (x, y) = (operand(vm, x)?, operand(vm, y)?);
    let mut st = 0;
    let r = f(&x, &y, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(made(r))
}
/// An operation of the Python version.
pub fn delegated(vm: &Vm, name: &str, args: &[Value], c: &PyContext) -> PyResult<Owned> {
    let args: Vec<_> = args.iter().map(|v| operand(vm, *v)).collect::<PyResult<_>>()?;
    let args: Vec<&Dec> = args.iter().map(|d| &**d).collect();
    let mut st = 0;
    let r = super::delegate::number(vm, c, name, &args, &mut st)?;
    note(vm, c, st)?;
    Ok(made(r))
}
/// A question about one number.
pub fn ask(vm: &Vm, x: Value, f: fn(&Dec) -> bool) -> PyResult<Owned> {
    Ok(Owned::bool(f(&*operand(vm, x)?)))
}

/// The number of a Decimal.
#[inline]
pub fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a Dec> {
    match v.cast::<PyDecimal>() {
        Some(d) => Ok(&d.value.0),
        None => Err(vm.type_error("a Decimal is required")),
    }
}

/// A method of `Decimal` on one number, with an optional context.
pub fn method1(vm: &Vm, x: Value, context: Value, f: Unary) -> PyResult<Owned> {
    let c = context::optional(vm, context)?;
    unary(vm, x, context::of(vm, c.value())?, f)
}
/// A method of `Decimal` on two numbers, with an optional context.
pub fn method2(vm: &Vm, x: Value, y: Value, context: Value, f: Binary) -> PyResult<Owned> {
    let c = context::optional(vm, context)?;
    binary(vm, x, y, context::of(vm, c.value())?, f)
}
/// A method of `Decimal` that the Python version does.
pub fn method_delegated(vm: &Vm, name: &str, args: &[Value], context: Value) -> PyResult<Owned> {
    let c = context::optional(vm, context)?;
    delegated(vm, name, args, context::of(vm, c.value())?)
}
