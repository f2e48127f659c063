//! `Context`: the settings of operations, with the flags of what they met. The current context is a context variable.

use super::{signal_dict, signals};
use crate::contextvars::{PyContextVar, assign, value_of};
use crate::payload_class;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::generic_setattr;
use pyjit_core::prelude::*;
use pyjit_num::decimal::{MAX_PREC, Rounding, Rules, status};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

py_class! {
    /// `decimal.Context`.
    pub struct PyContext as "Context" {
        pub prec: Cell<i64>,
        pub emin: Cell<i64>,
        pub emax: Cell<i64>,
        pub rounding: Cell<Rounding>,
        pub capitals: Cell<bool>,
        pub clamp: Cell<bool>,
        pub status: Cell<u32>,
        pub traps: Cell<u32>,
    }
}

pub(super) const ROUNDINGS: [(&str, Rounding); 8] = [
    ("ROUND_CEILING", Rounding::Ceiling),
    ("ROUND_FLOOR", Rounding::Floor),
    ("ROUND_UP", Rounding::Up),
    ("ROUND_DOWN", Rounding::Down),
    ("ROUND_HALF_UP", Rounding::HalfUp),
    ("ROUND_HALF_DOWN", Rounding::HalfDown),
    ("ROUND_HALF_EVEN", Rounding::HalfEven),
    ("ROUND_05UP", Rounding::ZeroFiveUp),
];

/// The name of a rounding mode.
pub fn rounding_name(r: Rounding) -> &'static str {
    ROUNDINGS.iter().find(|(_, x)| *x == r).map_or("ROUND_HALF_EVEN", |x| x.0)
}
/// The rounding mode of a name.
pub fn rounding_of(vm: &Vm, v: Value) -> PyResult<Rounding> {
    let name = text_of(v);
    match ROUNDINGS.iter().find(|(n, _)| *n == name) {
        Some((_, r)) => Ok(*r),
        None => Err(vm.type_error("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")),
    }
}

impl PyContext {
    #[inline]
    pub fn rules(&self) -> Rules {
        Rules {
            prec: self.prec.get(),
            emin: self.emin.get(),
            emax: self.emax.get(),
            rounding: self.rounding.get(),
            clamp: self.clamp.get(),
        }
    }
    fn with(prec: i64, rounding: Rounding, traps: u32) -> PyContext {
        PyContext {
            prec: Cell::new(prec),
            emin: Cell::new(-999_999),
            emax: Cell::new(999_999),
            rounding: Cell::new(rounding),
            capitals: Cell::new(true),
            clamp: Cell::new(false),
            status: Cell::new(0),
            traps: Cell::new(traps),
        }
    }
    /// The same settings, flags included.
    pub fn copy(&self) -> Owned {
        let c = PyContext::with(self.prec.get(), self.rounding.get(), self.traps.get());
        c.emin.set(self.emin.get());
        c.emax.set(self.emax.get());
        c.capitals.set(self.capitals.get());
        c.clamp.set(self.clamp.get());
        c.status.set(self.status.get());
        new_object(PyContext::class(), c)
    }
    /// The same as keyword arguments of a constructor without flags and traps.
    pub fn settings(&self) -> [(&'static str, Owned); 6] {
        [
            ("prec", new_int(self.prec.get())),
            ("rounding", intern(rounding_name(self.rounding.get()))),
            ("Emin", new_int(self.emin.get())),
            ("Emax", new_int(self.emax.get())),
            ("capitals", new_int(i64::from(self.capitals.get()))),
            ("clamp", new_int(i64::from(self.clamp.get()))),
        ]
    }
}

const TEMPLATES: &str = "_decimal.templates";
const VARIABLE: &str = "_decimal.variable";
static NUMBER: AtomicU64 = AtomicU64::new(u64::MAX);

/// DefaultContext, BasicContext, ExtendedContext.
fn templates(vm: &Vm) -> Owned {
    vm.module_state.get().get(TEMPLATES).cloned().unwrap_or_default()
}

/// The current context of the running thread.
pub fn current(vm: &Vm) -> PyResult<Owned> {
    if let Some(c) = value_of(vm, NUMBER.load(Ordering::Relaxed)) {
        return Ok(c);
    }
    let all = templates(vm);
    let Some(c) = vm.tuple_items(all.value()).first().and_then(|v| v.cast::<PyContext>()) else {
        return Err(vm.runtime_error("_decimal is not set up"));
    };
    let fresh = c.copy();
    if let Some(f) = fresh.cast::<PyContext>() {
        f.status.set(0);
    }
    set_current(vm, fresh.value())?;
    Ok(fresh)
}

/// `setcontext`: a template is copied.
pub fn set_current(vm: &Vm, v: Value) -> PyResult<()> {
    let c = of(vm, v)?;
    let all = templates(vm);
    let is_template = vm.tuple_items(all.value()).iter().any(|t| t.is(v));
    let value = if is_template {
        let copy = c.copy();
        if let Some(c) = copy.cast::<PyContext>() {
            c.status.set(0);
        }
        copy
    } else {
        v.own()
    };
    let var = vm.module_state.get().get(VARIABLE).cloned().unwrap_or_default();
    match var.cast::<PyContextVar>() {
        Some(var) => {
            assign(vm, var, value);
            Ok(())
        }
        None => Err(vm.runtime_error("_decimal is not set up")),
    }
}

/// The context in a value.
pub fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyContext> {
    v.cast::<PyContext>().ok_or_else(|| vm.type_error("optional argument must be a context"))
}
/// An optional context argument; the current one if it is not given.
pub fn optional(vm: &Vm, v: Value) -> PyResult<Owned> {
    match v.given() {
        None => current(vm),
        Some(v) => of(vm, v).map(|_| v.own()),
    }
}

/// `IEEEContext`.
pub(super) fn ieee(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let bits = vm.to_i64(a[0])?;
    if bits <= 0 || bits > 512 || bits % 32 != 0 {
        return Err(vm.value_error("argument must be a multiple of 32, with a maximum of 512"));
    }
    let c = PyContext::with(9 * (bits / 32) - 2, Rounding::HalfEven, 0);
    let emax = 3 * (1i64 << (bits / 16 + 3));
    c.emax.set(emax);
    c.emin.set(1 - emax);
    c.clamp.set(true);
    Ok(new_object(PyContext::class(), c))
}

fn ranged(vm: &Vm, v: Value, low: i64, high: i64, what: &str) -> PyResult<i64> {
    if v.is_null() {
        return Err(vm.error(vm.exc.AttributeError, "context attributes cannot be deleted"));
    }
    if v.as_int().is_none() {
        return Err(vm.type_error(format!("'{}' object cannot be interpreted as an integer", v.class().name_str())));
    }
    match v.as_i64() {
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        Some(n) if (low..=high).contains(&n) => Ok(n),
        _ => Err(vm.value_error(format!("valid {what}"))),
    }
}

type Setter = fn(&Vm, &PyContext, Value) -> PyResult<()>;
fn set_prec(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    c.prec.set(ranged(vm, v, 1, MAX_PREC, "range for prec is [1, MAX_PREC]")?);
    Ok(())
}
fn set_emin(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    c.emin.set(ranged(vm, v, -MAX_PREC, 0, "range for Emin is [MIN_EMIN, 0]")?);
    Ok(())
}
fn set_emax(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    c.emax.set(ranged(vm, v, 0, MAX_PREC, "range for Emax is [0, MAX_EMAX]")?);
    Ok(())
}
fn set_capitals(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    c.capitals.set(ranged(vm, v, 0, 1, "values for capitals are [0, 1]")? == 1);
    Ok(())
}
fn set_clamp(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    c.clamp.set(ranged(vm, v, 0, 1, "values for clamp are [0, 1]")? == 1);
    Ok(())
}
fn set_rounding(vm: &Vm, c: &PyContext, v: Value) -> PyResult<()> {
    if v.is_null() {
        return Err(vm.error(vm.exc.AttributeError, "context attributes cannot be deleted"));
    }
    c.rounding.set(rounding_of(vm, v)?);
    Ok(())
}

macro_rules! setting {
    ($name:literal, $get:expr, $set:expr) => {
        GetSetDef::write(
            $name,
            |vm, v| {
                let get: fn(&PyContext) -> Owned = $get;
                of(vm, v).map(get)
            },
            |vm, v, to| {
                let set: Setter = $set;
                set(vm, of(vm, v)?, to)
            },
        )
    };
}
static GETSET: &[GetSetDef] = &[
    setting!("prec", |c| new_int(c.prec.get()), set_prec),
    setting!("Emax", |c| new_int(c.emax.get()), set_emax),
    setting!("Emin", |c| new_int(c.emin.get()), set_emin),
    setting!("rounding", |c| intern(rounding_name(c.rounding.get())), set_rounding),
    setting!("capitals", |c| new_int(i64::from(c.capitals.get())), set_capitals),
    setting!("clamp", |c| new_int(i64::from(c.clamp.get())), set_clamp),
    GetSetDef::write("flags", |vm, v| signal_dict::of_context(vm, v, false), |vm, v, to| {
        of(vm, v)?.status.set(signal_dict::bits(vm, to, false)?);
        Ok(())
    }),
    GetSetDef::write("traps", |vm, v| signal_dict::of_context(vm, v, true), |vm, v, to| {
        of(vm, v)?.traps.set(signal_dict::bits(vm, to, false)?);
        Ok(())
    }),
];

static INIT: Sig = Sig::parse("(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)");

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "Context",
        qualified: &|| "Context".to_owned(),
        bound: false,
    };
    let c = of(vm, v)?;
    bind(vm, &INIT, who, args, |a| {
        let setters: [Setter; 6] = [set_prec, set_rounding, set_emin, set_emax, set_capitals, set_clamp];
        for (set, v) in setters.iter().zip(a) {
            if let Some(v) = v.given() {
                set(vm, c, v)?;
            }
        }
        if let Some(v) = a[6].given() {
            c.status.set(signal_dict::bits(vm, v, true)?);
        }
        if let Some(v) = a[7].given() {
            c.traps.set(signal_dict::bits(vm, v, true)?);
        }
        Ok(())
    })
}

/// Sets attributes by keywords, for `localcontext`.
pub(super) fn set_keywords(vm: &Vm, v: Value, kwargs: &PyDict) -> PyResult<()> {
    const KNOWN: [&str; 8] = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];
    for (k, value) in kwargs.items() {
        let name = text_of(k.value());
        if !KNOWN.contains(&name.as_str()) {
            let msg = format!("localcontext() got an unexpected keyword argument '{name}'");
            return Err(vm.type_error(msg));
        }
        if !value.is_none() {
            generic_setattr(vm, v, intern_value(k.value()).value(), value.value())?;
        }
    }
    Ok(())
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let c = of(vm, v)?;
    let list = signals::names;
    Ok(PyStr::from_str(&format!(
        "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags=[{}], traps=[{}])",
        c.prec.get(),
        rounding_name(c.rounding.get()),
        c.emin.get(),
        c.emax.get(),
        u8::from(c.capitals.get()),
        u8::from(c.clamp.get()),
        list(c.status.get()),
        list(c.traps.get())
    )))
}

pub(super) fn define(vm: &Vm, m: &PyModule) -> PyResult<()> {
    payload_class::<PyContext>(
        vm,
        m,
        ClassSpec {
            module: "decimal",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let traps = status::INVALID | status::DIVISION_BY_ZERO | status::OVERFLOW;
                    Ok(new_object(class, PyContext::with(28, Rounding::HalfEven, traps)))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
            },
            methods: super::context_methods::METHODS,
            getset: GETSET,
            doc: Some("The context affects almost all operations and controls rounding,\nOver/Underflow, raising of exceptions and much more.  A new context\ncan be initialized as follows:\n\n    >>> c = Context(prec=28, Emin=-425000000, Emax=425000000,\n    ...             rounding=ROUND_HALF_EVEN, capitals=1, clamp=1,\n    ...             traps=[InvalidOperation, DivisionByZero, Overflow],\n    ...             flags=[])\n    >>>\n"),
            ..ClassSpec::new("Context")
        },
    );
    if vm.module_state.get().get(TEMPLATES).is_none() {
        let usual = status::INVALID | status::DIVISION_BY_ZERO | status::OVERFLOW;
        let make = |prec, rounding, traps| new_object(PyContext::class(), PyContext::with(prec, rounding, traps));
        let all = PyTuple::new(vec![
            make(28, Rounding::HalfEven, usual),
            make(9, Rounding::HalfUp, usual | status::UNDERFLOW | status::CLAMPED),
            make(9, Rounding::HalfEven, 0),
        ]);
        vm.module_state.get_mut().insert(TEMPLATES, all);
        let class = vm.import_attr("_contextvars", "ContextVar")?;
        let var = vm.call(class.value(), &[intern("decimal_context").value()])?;
        if let Some(v) = var.cast::<PyContextVar>() {
            NUMBER.store(v.number, Ordering::Relaxed);
        }
        vm.module_state.get_mut().insert(VARIABLE, var);
    }
    let all = templates(vm);
    for (name, v) in ["DefaultContext", "BasicContext", "ExtendedContext"].iter().zip(vm.tuple_items(all.value())) {
        m.dict().set_name(name, v.own());
    }
    Ok(())
}
