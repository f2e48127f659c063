//! Rare operations, done by the library's Python version of `decimal`: the numbers go there as text, and come back with the
//! conditions that were met.

use super::context::PyContext;
use super::signals::SIGNALS;
use pyjit_core::call::Args as CallArgs;
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Dec, Rules, status};

/// A number of the Python version.
fn pure(vm: &Vm, d: &Dec) -> PyResult<Owned> {
    let class = vm.import_attr("_pydecimal", "Decimal")?;
    let text = PyStr::from_str(&d.to_text(false, true));
    vm.call(class.value(), &[text.value()])
}

/// A context of the Python version with the same settings, nothing trapped.
fn pure_context(vm: &Vm, c: &PyContext) -> PyResult<Owned> {
    let class = vm.import_attr("_pydecimal", "Context")?;
    let mut names: Vec<Owned> = Vec::new();
    let mut values: Vec<Owned> = Vec::new();
    for (name, v) in c.settings() {
        names.push(intern(name));
        values.push(v);
    }
    for name in ["flags", "traps"] {
        names.push(intern(name));
        values.push(PyList::new(vec![]));
    }
    let names: Vec<Value> = names.iter().map(|v| v.value()).collect();
    let values: Vec<Value> = values.iter().map(|v| v.value()).collect();
    vm.call_args(class.value(), CallArgs { values: &values, names: &names })
}

/// Calls a method of the Python version's context with numbers (or other values); the result, and the conditions.
fn run(vm: &Vm, c: &PyContext, name: &str, args: &[&Dec]) -> PyResult<(Owned, u32)> {
    let context = pure_context(vm, c)?;
    let args: Vec<Owned> = args.iter().map(|d| pure(vm, d)).collect::<PyResult<_>>()?;
    let values: Vec<Value> = args.iter().map(|v| v.value()).collect();
    let r = vm.call_method_str(context.value(), name, &values)?;
    let flags = vm.getattr_str(context.value(), "flags")?;
    let mut met = 0;
    for (name, bits) in SIGNALS {
        let class = vm.import_attr("_pydecimal", name)?;
        let on = vm.getitem(flags.value(), class.value())?;
        if vm.truthy(on.value())? {
            met |= if bits == status::INVALID { status::INVALID_OPERATION } else { bits };
        }
    }
    Ok((r, met))
}

/// An operation whose result is a number.
pub fn number(vm: &Vm, c: &PyContext, name: &str, args: &[&Dec], st: &mut u32) -> PyResult<Dec> {
    let (r, met) = run(vm, c, name, args)?;
    *st |= met;
    let text = vm.str_text(r.value())?;
    match pyjit_num::decimal::parse(text.as_bytes()) {
        Some(d) => Ok(d),
        None => Err(vm.runtime_error("unexpected result of a decimal operation")),
    }
}

/// `format(d, spec)`.
pub fn format(vm: &Vm, c: &PyContext, d: &Dec, spec: Value, locale: Value) -> PyResult<Owned> {
    let context = pure_context(vm, c)?;
    let n = pure(vm, d)?;
    let f = vm.getattr_str(n.value(), "__format__")?;
    let mut spec = spec.own();
    if text_of(spec.value()).ends_with('N') {
        vm.warn(vm.exc.DeprecationWarning, "Format specifier 'N' is deprecated", 1)?;
        let text = text_of(spec.value());
        spec = PyStr::from_str(&format!("{}n", text.strip_suffix('N').unwrap_or(&text)));
    }
    let spec = spec.value();
    let names = [intern("context"), intern("_localeconv")];
    let locale = locale.non_null().unwrap_or(Value::NONE);
    let names: Vec<Value> = names.iter().map(|v| v.value()).collect();
    vm.call_args(f.value(), CallArgs { values: &[spec, context.value(), locale], names: &names })
        .map_err(|e| {
            if e.is_instance(vm.exc.ValueError) { vm.value_error("invalid format string") } else { e }
        })
}

/// A power: exact small ones here, the others there.
pub fn power(vm: &Vm, c: &PyContext, a: &Dec, b: &Dec, r: &Rules, st: &mut u32) -> PyResult<Dec> {
    if let Some(d) = exact_power(a, b, r, st) {
        return Ok(d);
    }
    number(vm, c, "power", &[a, b], st)
}

/// The power of a small integer exponent whose digits all fit the precision.
fn exact_power(a: &Dec, b: &Dec, r: &Rules, st: &mut u32) -> Option<Dec> {
    if !a.is_finite() || !b.is_finite() || b.neg || b.exp != 0 || a.coef.is_zero() {
        return None;
    }
    let n = u32::try_from(b.coef.small()?).ok().filter(|n| (1..=4096).contains(n))?;
    let one = a.coef.without_zeros(u64::MAX).0;
    if one.small() == Some(1) || (a.coef.digits() - 1) as i64 * i64::from(n) >= r.prec {
        return None;
    }
    let (mut result, mut base, mut left) = (pyjit_num::decimal::Coef::ONE, a.coef.clone(), n);
    while left > 0 {
        if left & 1 == 1 {
            result = result.mul(&base);
        }
        left >>= 1;
        if left > 0 {
            base = base.mul(&base);
        }
    }
    if result.digits() as i64 > r.prec {
        return None;
    }
    let exp = a.exp.checked_mul(i64::from(n))?;
    Some(Dec::finite(a.neg && n % 2 == 1, result, exp).fit(r, st))
}
