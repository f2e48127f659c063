//! The exceptions of `decimal`, and how the conditions that an operation met become flags and exceptions.

use super::context::PyContext;
use pyjit_core::prelude::*;
use pyjit_num::decimal::status as st;

const KEY: &str = "_decimal.signals";

/// Names of the signals in the order of flags, each with its bits.
pub const SIGNALS: [(&str, u32); 9] = [
    ("InvalidOperation", st::INVALID),
    ("FloatOperation", st::FLOAT_OPERATION),
    ("DivisionByZero", st::DIVISION_BY_ZERO),
    ("Overflow", st::OVERFLOW),
    ("Underflow", st::UNDERFLOW),
    ("Subnormal", st::SUBNORMAL),
    ("Inexact", st::INEXACT),
    ("Rounded", st::ROUNDED),
    ("Clamped", st::CLAMPED),
];
/// The names of the signals in a set of bits, as contexts show them.
pub fn names(bits: u32) -> String {
    let order = [8, 0, 2, 6, 1, 3, 7, 5, 4];
    let met = order.iter().filter_map(|i| SIGNALS.get(*i)).filter(|(_, b)| bits & b != 0);
    met.map(|x| x.0).collect::<Vec<_>>().join(", ")
}

/// The conditions that are kinds of invalid operations.
const CONDITIONS: [(&str, u32); 5] = [
    ("InvalidOperation", st::INVALID_OPERATION),
    ("ConversionSyntax", st::CONVERSION_SYNTAX),
    ("DivisionImpossible", st::DIVISION_IMPOSSIBLE),
    ("DivisionUndefined", st::DIVISION_UNDEFINED),
    ("InvalidContext", st::INVALID_CONTEXT),
];

pub(super) fn define(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let known = vm.module_state.get().get(KEY).cloned();
    let all = match known {
        Some(d) => d,
        None => {
            let d = make(vm)?;
            vm.module_state.get_mut().insert(KEY, d.clone());
            d
        }
    };
    if let Some(d) = all.cast::<PyDict>() {
        m.dict().update_from(vm, d)?;
    }
    Ok(())
}

fn make(vm: &Vm) -> PyResult<Owned> {
    let all = PyDict::new();
    let Some(d) = all.cast::<PyDict>() else { return Ok(all) };
    let outside = [
        ("ArithmeticError", vm.exc.ArithmeticError),
        ("ZeroDivisionError", vm.exc.ZeroDivisionError),
        ("TypeError", vm.exc.TypeError),
    ];
    for (name, bases) in [
        ("DecimalException", &["ArithmeticError"][..]),
        ("Clamped", &["DecimalException"]),
        ("Rounded", &["DecimalException"]),
        ("Inexact", &["DecimalException"]),
        ("Subnormal", &["DecimalException"]),
        ("InvalidOperation", &["DecimalException"]),
        ("DivisionByZero", &["DecimalException", "ZeroDivisionError"]),
        ("Overflow", &["Inexact", "Rounded"]),
        ("Underflow", &["Inexact", "Rounded", "Subnormal"]),
        ("FloatOperation", &["DecimalException", "TypeError"]),
        ("ConversionSyntax", &["InvalidOperation"]),
        ("DivisionImpossible", &["InvalidOperation"]),
        ("DivisionUndefined", &["InvalidOperation", "ZeroDivisionError"]),
        ("InvalidContext", &["InvalidOperation"]),
    ] {
        let bases = bases.iter().filter_map(|b| {
            let out = outside.iter().find(|(n, _)| n == b).map(|(_, c)| c.as_owned());
            out.or_else(|| d.get_name(b))
        });
        let bases = PyTuple::new(bases.collect());
        let space = PyDict::new();
        if let Some(s) = space.cast::<PyDict>() {
            s.set_name("__module__", intern("decimal"));
        }
        let args = [intern(name), bases, space];
        let args: Vec<Value> = args.iter().map(|v| v.value()).collect();
        d.set_name(name, vm.call(TypeObject::class().as_value(), &args)?);
    }
    Ok(all)
}

/// The class of a signal or condition.
pub fn class_of(vm: &Vm, name: &str) -> PyResult<Owned> {
    let all = vm.module_state.get().get(KEY).cloned().unwrap_or_default();
    match all.cast::<PyDict>().and_then(|d| d.get_name(name)) {
        Some(c) => Ok(c),
        None => Err(vm.runtime_error("_decimal is not set up")),
    }
}

/// The bits of a signal's class; `None` if it is no signal.
pub fn bits_of(vm: &Vm, class: Value) -> PyResult<Option<u32>> {
    for (name, bits) in SIGNALS {
        if class_of(vm, name)?.value().is(class) {
            return Ok(Some(bits));
        }
    }
    Ok(None)
}

/// The classes of all signals in a set of bits.
pub fn classes(vm: &Vm, bits: u32) -> PyResult<Vec<Owned>> {
    let met = SIGNALS.iter().filter(|(_, b)| bits & b != 0);
    met.map(|(n, _)| class_of(vm, n)).collect()
}

/// Notes conditions in a context; raises the first that is trapped.
#[inline]
pub fn note(vm: &Vm, context: &PyContext, bits: u32) -> PyResult<()> {
    if bits == 0 {
        return Ok(());
    }
    context.status.set(context.status.get() | bits);
    if bits & (context.traps.get() | st::MEMORY) == 0 {
        return Ok(());
    }
    raise(vm, context, bits)
}

#[cold]
fn raise(vm: &Vm, context: &PyContext, bits: u32) -> PyResult<()> {
    if bits & st::MEMORY != 0 {
        return Err(vm.memory_error());
    }
    let trapped = bits & context.traps.get();
    let Some((first, _)) = SIGNALS.iter().find(|(_, b)| trapped & b != 0) else {
        return Ok(());
    };
    let mut list = Vec::new();
    for (name, b) in CONDITIONS.iter().chain(&SIGNALS[1..]) {
        if trapped & b != 0 {
            list.push(class_of(vm, name)?);
        }
    }
    let class = class_of(vm, first)?;
    let e = vm.call(class.value(), &[PyList::new(list).value()])?;
    Err(vm.make_exception(e.value())?)
}
