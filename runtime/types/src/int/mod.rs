//! `int`: the class and its constructor. Arithmetic slots are in `arith.rs`, methods and text forms in `methods.rs`.
//! Called by the crate's `core_classes`; `bool`, `float` and others use the helpers here.

mod arith;
mod methods;

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_num::{Int, ParseIntError};
use pyjit_text::unicode;

pub(crate) use arith::{int_and, int_invert, int_or, int_xor};
pub(crate) use methods::{format_failed, spec_text};

static DOC: &str = "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer; \
without arguments the result is 0.  A number is converted\nby __int__ or __index__; floats are truncated towards zero.\n\n\
With a base, or when x is no number, x must be a string, bytes or bytearray\nholding an integer literal in that base.  \
Base 0 reads the base from the literal's prefix.\n>>> int('0b100', base=0)\n4";

/// Fills the class in.
pub fn define(vm: &Vm) {
    define_class::<PyInt>(
        vm,
        ClassSpec {
            doc: Some(DOC),
            flags: type_flags::BASE | type_flags::LONG_SUBCLASS | type_flags::MATCH_SELF,
            slots: |s| {
                s.new.set(Some(int_new));
                arith::fill(s);
                methods::fill(s);
            },
            methods: methods::METHODS,
            getset: methods::GETSET,
            ..ClassSpec::new("int")
        },
    );
}

static SIG: Sig = Sig::parse("(x=0, /, base=10)");

fn int_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.check_positional(vm, "int", 0, 2)?;
    let who = Callee {
        name: "int",
        qualified: &|| "int".to_string(),
        bound: false,
    };
    let value = bind(vm, &SIG, who, args, |a| {
        let (x, base) = (a[0], a[1]);
        if x.is_null() {
            if !base.is_null() {
                return Err(vm.type_error("int() missing string argument"));
            }
            return Ok(Owned::small(0));
        }
        if base.is_null() {
            return to_integer(vm, x);
        }
        with_base(vm, x, base)
    })?;
    if class.same(PyInt::class_ref()) {
        return Ok(value);
    }
    match value.as_int() {
        Some(i) => Ok(new_int_in(class, i.to_int())),
        None => Ok(value),
    }
}

fn with_base(vm: &Vm, x: Value, base: Value) -> PyResult<Owned> {
    let b = vm.index_clipped(base)?;
    if b != 0 && !(2..=36).contains(&b) {
        return Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"));
    }
    if x.isa::<PyStr>() {
        return from_str(vm, x, b as u32);
    }
    if is_bytes_like(x) {
        return from_bytes_text(vm, x, b as u32);
    }
    Err(vm.type_error("int() can't convert non-string with explicit base"))
}

fn is_bytes_like(x: Value) -> bool {
    x.isa::<PyBytes>()
        || x.class().mro_slice().iter().any(|c| {
            c.cast::<TypeObject>()
                .is_some_and(|c| !c.has_flag(type_flags::HEAP) && c.name_str() == "bytearray")
        })
}

/// `int(x)` for anything; the result is an exact int.
pub fn to_integer(vm: &Vm, x: Value) -> PyResult<Owned> {
    if x.is_exact_int() {
        return Ok(x.own());
    }
    if let Some(f) = x.as_float()
        && x.is_exact_float()
    {
        return float_to_int(vm, f);
    }
    let slots = &x.class().slots;
    if let Some(f) = slots.int.get() {
        let r = f(vm, x)?;
        if r.is_exact_int() {
            return Ok(r);
        }
        let Some(i) = r.as_int() else {
            return Err(vm.type_error(format!(
                "__int__ returned non-int (type {})",
                r.class().name_str()
            )));
        };
        let name = r.class().name_str();
        vm.warn(
            vm.exc.DeprecationWarning,
            &format!("__int__ returned non-int (type {name}).  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported in a future version of Python."),
            1,
        )?;
        return Ok(from_int(i.to_int()));
    }
    if slots.index.get().is_some() {
        return exact(vm, vm.index(x)?);
    }
    if x.isa::<PyStr>() {
        return from_str(vm, x, 10);
    }
    if slots.buffer.get().is_some() {
        return from_bytes_text(vm, x, 10);
    }
    Err(vm.type_error(format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        x.class().name_str()
    )))
}

/// The same integer as an exact int.
pub(crate) fn exact(vm: &Vm, i: Owned) -> PyResult<Owned> {
    if i.is_exact_int() {
        return Ok(i);
    }
    match i.as_int() {
        Some(r) => Ok(from_int(r.to_int())),
        None => Err(vm.type_error("an integer is required")),
    }
}

/// `int(f)`.
pub(crate) fn float_to_int(vm: &Vm, f: f64) -> PyResult<Owned> {
    match pyjit_num::float::to_int(f) {
        Ok(i) => Ok(from_int(i)),
        Err(e) => Err(not_finite(vm, e)),
    }
}

/// The error of converting an infinity or NaN to an integer.
pub(crate) fn not_finite(vm: &Vm, e: pyjit_num::float::NotFinite) -> Raised {
    match e {
        pyjit_num::float::NotFinite::Infinity => {
            vm.overflow_error("cannot convert float infinity to integer")
        }
        pyjit_num::float::NotFinite::Nan => vm.value_error("cannot convert float NaN to integer"),
    }
}

fn trimmed(mut b: &[u8]) -> &[u8] {
    let space = |c: &u8| matches!(c, b' ' | 0x09..=0x0d);
    while let [first, rest @ ..] = b
        && space(first)
    {
        b = rest;
    }
    while let [rest @ .., last] = b
        && space(last)
    {
        b = rest;
    }
    b
}

fn from_str(vm: &Vm, x: Value, base: u32) -> PyResult<Owned> {
    let Some(s) = x.cast::<PyStr>() else {
        return Err(vm.type_error("expected str"));
    };
    match s.as_ascii() {
        // A separator control counts as white space in a str, but not in bytes.
        Some(t) if !t.bytes().any(|b| (0x1c..0x20).contains(&b)) => {
            parse(vm, x, t.as_bytes(), base)
        }
        _ => parse(vm, x, &unicode::to_ascii_number(s.text()), base),
    }
}

fn from_bytes_text(vm: &Vm, x: Value, base: u32) -> PyResult<Owned> {
    let bytes = vm.bytes_of(x)?;
    let shown = if x.isa::<PyBytes>() {
        x.own()
    } else {
        PyBytes::new(&bytes)
    };
    parse(vm, shown.value(), &bytes, base)
}

fn parse(vm: &Vm, shown: Value, text: &[u8], base: u32) -> PyResult<Owned> {
    let limit = vm.int_max_str_digits.get();
    let result = match std::str::from_utf8(trimmed(text)) {
        Ok(t) => Int::parse(t, base, limit),
        Err(_) => Err(ParseIntError::Invalid),
    };
    match result {
        Ok(i) => Ok(from_int(i)),
        Err(ParseIntError::TooManyDigits { digits }) => Err(vm.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit"
        ))),
        Err(ParseIntError::BadBase) => {
            Err(vm.value_error("int() base must be >= 2 and <= 36, or 0"))
        }
        Err(ParseIntError::Invalid) => {
            let repr: String = vm.repr_text(shown)?.chars().take(200).collect();
            Err(vm.value_error(format!(
                "invalid literal for int() with base {base}: {repr}"
            )))
        }
    }
}
