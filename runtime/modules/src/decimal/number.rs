//! The class `Decimal`: construction, operators, comparison, hash.

use super::context::{self, PyContext};
use super::convert::{from_float, from_value, maybe_operand, to_float, to_int};
use super::signals::note;
use super::{delegate, methods};
use crate::payload_class;
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_num::decimal::{Dec, Kind, Rounding, order, status};
use std::cmp::Ordering;

py_class! {
    /// `decimal.Decimal`.
    pub struct PyDecimal as "Decimal", nogc { pub value: NoTrace<Dec>, pub hash: std::cell::Cell<i64> }
}

/// A Decimal object.
#[inline]
pub fn made(d: Dec) -> Owned {
    made_in(PyDecimal::class(), d)
}
/// The same of a subclass.
pub fn made_in(class: &'static TypeObject, d: Dec) -> Owned {
    let hash = std::cell::Cell::new(-1);
    new_object(class, PyDecimal { value: NoTrace(d), hash })
}

static NEW: Sig = Sig::parse("(value=\"0\", context=None)");

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "Decimal",
        qualified: &|| "Decimal".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let c = context::optional(vm, a[1])?;
        let Some(v) = a[0].non_null() else {
            return Ok(made_in(class, Dec::zero(false, 0)));
        };
        let plain = class.same(PyDecimal::class());
        if plain && v.is_exact::<PyDecimal>() {
            return Ok(v.own());
        }
        let d = from_value(vm, v, context::of(vm, c.value())?, true)?;
        Ok(made_in(class, d))
    })
}

/// An operator of two numbers in the current context.
#[inline]
fn operator(vm: &Vm, a: Value, b: Value, f: super::arguments::Binary) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (maybe_operand(a), maybe_operand(b)) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let c = context::current(vm)?;
    let c = context::of(vm, c.value())?;
    let mut st = 0;
    let r = f(&x, &y, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(made(r))
}

fn single(vm: &Vm, v: Value, f: super::arguments::Unary) -> PyResult<Owned> {
    let c = context::current(vm)?;
    super::arguments::unary(vm, v, context::of(vm, c.value())?, f)
}

fn divmod(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (maybe_operand(a), maybe_operand(b)) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let c = context::current(vm)?;
    divided(vm, &x, &y, context::of(vm, c.value())?)
}
/// `divmod` in a context.
pub fn divided(vm: &Vm, x: &Dec, y: &Dec, c: &PyContext) -> PyResult<Owned> {
    let mut st = 0;
    let (q, r) = x.div_mod(y, &c.rules(), &mut st);
    note(vm, c, st)?;
    Ok(PyTuple::pair(made(q), made(r)))
}

fn pow(vm: &Vm, a: Value, b: Value, m: Value) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (maybe_operand(a), maybe_operand(b)) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let c = context::current(vm)?;
    let c = context::of(vm, c.value())?;
    if let Some(m) = m.given() {
        if maybe_operand(m).is_none() {
            return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
        }
        return super::arguments::delegated(vm, "power", &[a, b, m], c);
    }
    let mut st = 0;
    let r = delegate::power(vm, c, &x, &y, &c.rules(), &mut st)?;
    note(vm, c, st)?;
    Ok(made(r))
}

/// What a number is compared with: its own kind, ints, floats, complex numbers without imaginary part, fractions. With a
/// fraction both sides are multiplied.
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let Some(x) = a.cast::<PyDecimal>().map(|d| &d.value.0) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let equality = matches!(op, Cmp::Eq | Cmp::Ne);
    let current = context::current(vm)?;
    let c = context::of(vm, current.value())?;
    if let Some(y) = maybe_operand(b) {
        return compared(vm, x, &y, op, c);
    }
    let float = match b.cast::<PyComplex>() {
        Some(z) if equality && z.im == 0.0 => Some(z.re),
        _ => b.as_float(),
    };
    if let Some(f) = float {
        if equality {
            c.status.set(c.status.get() | status::FLOAT_OPERATION);
        } else {
            note(vm, c, status::FLOAT_OPERATION)?;
        }
        return compared(vm, x, &from_float(f), op, c);
    }
    if b.isa::<PyComplex>() || !x.is_finite() && !is_rational(vm, b)? {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    if !is_rational(vm, b)? {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let n = vm.getattr_str(b, "numerator")?;
    let d = vm.getattr_str(b, "denominator")?;
    let (Some(n), Some(d)) = (maybe_operand(n.value()), maybe_operand(d.value())) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let scaled = if x.is_finite() { x.mul_exact(&d) } else { x.clone() };
    compared(vm, &scaled, &n, op, c)
}

fn is_rational(vm: &Vm, v: Value) -> PyResult<bool> {
    let class = vm.import_attr("numbers", "Rational")?;
    vm.isinstance(v, class.value())
}

fn compared(vm: &Vm, x: &Dec, y: &Dec, op: Cmp, c: &PyContext) -> PyResult<Owned> {
    if x.is_nan() || y.is_nan() {
        let signaling = x.kind == Kind::Signaling || y.kind == Kind::Signaling;
        if signaling || !matches!(op, Cmp::Eq | Cmp::Ne) {
            note(vm, c, status::INVALID_OPERATION)?;
        }
        return Ok(Owned::bool(op == Cmp::Ne));
    }
    let o: Ordering = order(x, y);
    Ok(Owned::bool(op.of(o)))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(d) = v.cast::<PyDecimal>() else {
        return Err(vm.type_error("a Decimal is required"));
    };
    if d.hash.get() != -1 {
        return Ok(d.hash.get());
    }
    let x = &d.value.0;
    let h = match x.kind {
        Kind::Signaling => return Err(vm.type_error("Cannot hash a signaling NaN value")),
        Kind::Quiet => vm.hash_pointer(v),
        Kind::Infinite => 314_159 * if x.neg { -1 } else { 1 },
        Kind::Finite => {
            let h = x.coef.hash_residue(x.exp) as i64;
            let h = if x.neg { -h } else { h };
            if h == -1 { -2 } else { h }
        }
    };
    d.hash.set(h);
    Ok(h)
}

fn text(vm: &Vm, v: Value) -> PyResult<String> {
    let c = context::current(vm)?;
    let capitals = context::of(vm, c.value())?.capitals.get();
    Ok(super::arguments::this(vm, v)?.to_text(false, capitals))
}

pub(super) fn define(vm: &Vm, m: &PyModule) -> PyResult<()> {
    payload_class::<PyDecimal>(
        vm,
        m,
        ClassSpec {
            module: "decimal",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(|vm, v| Ok(PyStr::from_str(&format!("Decimal('{}')", text(vm, v)?)))));
                s.str.set(Some(|vm, v| Ok(PyStr::from_str(&text(vm, v)?))));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                s.add.set(Some(|vm, a, b| operator(vm, a, b, Dec::add)));
                s.sub.set(Some(|vm, a, b| operator(vm, a, b, Dec::sub)));
                s.mul.set(Some(|vm, a, b| operator(vm, a, b, Dec::mul)));
                s.truediv.set(Some(|vm, a, b| operator(vm, a, b, Dec::div)));
                s.floordiv.set(Some(|vm, a, b| operator(vm, a, b, Dec::div_int)));
                s.rem.set(Some(|vm, a, b| operator(vm, a, b, Dec::rem)));
                s.divmod.set(Some(divmod));
                s.pow.set(Some(pow));
                s.neg.set(Some(|vm, v| single(vm, v, Dec::minus)));
                s.pos.set(Some(|vm, v| single(vm, v, Dec::plus)));
                s.abs.set(Some(|vm, v| single(vm, v, Dec::abs)));
                s.bool.set(Some(|vm, v| Ok(!super::arguments::this(vm, v)?.is_zero())));
                s.int.set(Some(|vm, v| to_int(vm, super::arguments::this(vm, v)?, Rounding::Down)));
                s.float.set(Some(|vm, v| Ok(new_float(to_float(vm, super::arguments::this(vm, v)?)?))));
            },
            methods: methods::METHODS,
            getset: methods::GETSET,
            doc: Some("Construct a new Decimal object.\n\nvalue can be an integer, string, tuple, or another Decimal object.  If\nno value is given, return Decimal('0'). The context does not affect\nthe conversion and is only passed to determine if the InvalidOperation\ntrap is active."),
            ..ClassSpec::new("Decimal")
        },
    );
    const TUPLE: &str = "_decimal.DecimalTuple";
    if !vm.module_state.get().contains_key(TUPLE) {
        let make = vm.import_attr("collections", "namedtuple")?;
        let args = [intern("DecimalTuple"), intern("sign digits exponent"), intern("decimal")];
        let values: Vec<Value> = args.iter().map(|v| v.value()).collect();
        let names = [intern("module")];
        let names: Vec<Value> = names.iter().map(|v| v.value()).collect();
        let class = vm.call_args(make.value(), Args { values: &values, names: &names })?;
        vm.module_state.get_mut().insert(TUPLE, class);
    }
    if let Some(t) = vm.module_state.get().get(TUPLE) {
        m.dict().set_name("DecimalTuple", t.clone());
    }
    // isinstance(x, numbers.Number)
    let number = vm.import_attr("numbers", "Number")?;
    vm.call_method_str(number.value(), "register", &[PyDecimal::class().as_value()])?;
    Ok(())
}
