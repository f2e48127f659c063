//! `float`: constructor, arithmetic, methods. Called by the crate's `core_classes`; `complex` and `int` use the
//! conversions and the power here.

use crate::int::{float_to_int, format_failed, not_finite, spec_text};
use pyjit_core::prelude::*;
use pyjit_num::float::{NotFinite, Power};
use pyjit_num::small;
use pyjit_text::format::{self, Kind, Spec};
use pyjit_text::{float_parse, unicode};

/// Fills the class in.
pub fn define(vm: &Vm) {
    define_class::<PyFloat>(
        vm,
        ClassSpec {
            doc: Some(
                "float(x=0, /)\n--\n\nConvert a string or number to a floating-point number, if possible.",
            ),
            flags: type_flags::BASE | type_flags::MATCH_SELF,
            slots: fill,
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("float")
        },
    );
}

fn fill(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(|_, v| {
        Ok(PyStr::from_str(&pyjit_text::float::repr(me(v))))
    }));
    s.hash.set(Some(|vm, v| {
        Ok(pyjit_num::float::hash_f64(me(v)).unwrap_or_else(|| vm.hash_pointer(v)))
    }));
    s.compare.set(Some(compare));
    s.add.set(Some(|vm, a, b| arith(vm, a, b, |x, y| x + y)));
    s.sub.set(Some(|vm, a, b| arith(vm, a, b, |x, y| x - y)));
    s.mul.set(Some(|vm, a, b| arith(vm, a, b, |x, y| x * y)));
    s.truediv.set(Some(truediv));
    s.floordiv.set(Some(floordiv));
    s.rem.set(Some(rem));
    s.divmod.set(Some(divmod));
    s.pow.set(Some(pow));
    s.neg.set(Some(|_, v| Ok(new_float(-me(v)))));
    s.pos.set(Some(|_, v| Ok(itself(v))));
    s.abs.set(Some(|_, v| Ok(new_float(me(v).abs()))));
    s.bool.set(Some(|_, v| Ok(me(v) != 0.0)));
    s.int.set(Some(|vm, v| float_to_int(vm, me(v))));
    s.float.set(Some(|_, v| Ok(itself(v))));
}

static METHODS: &[MethodDef] = &[
    MethodDef::class("from_number", "(type, number, /)", from_number, "Convert real number to a floating-point number."),
    MethodDef::new("conjugate", "(self, /)", |_, a| Ok(itself(a[0])), "The number itself: the conjugate of a float.").pure(),
    MethodDef::new("__trunc__", "(self, /)", |vm, a| float_to_int(vm, me(a[0])), "The integer part, towards zero."),
    MethodDef::new("__floor__", "(self, /)", |vm, a| float_to_int(vm, me(a[0]).floor()), "The greatest integer that is not above the number."),
    MethodDef::new("__ceil__", "(self, /)", |vm, a| float_to_int(vm, me(a[0]).ceil()), "The least integer that is not below the number."),
    MethodDef::new("__round__", "(self, ndigits=None, /)", round, "The nearest integer, half to even; with ndigits the nearest float with that many decimals."),
    MethodDef::new("as_integer_ratio", "(self, /)", as_integer_ratio, "A pair of integers whose ratio is exactly the float; the denominator is positive.\n\nOverflowError for infinities, ValueError for NaNs.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)").pure(),
    MethodDef::class("fromhex", "(type, string, /)", fromhex, "The float of a hexadecimal text.\n\n>>> float.fromhex('0x1.ffffp10')\n2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324"),
    MethodDef::new("hex", "(self, /)", |_, a| Ok(PyStr::from_str(&float_parse::to_hex(me(a[0])))), "A hexadecimal text of the float.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> 3.14159.hex()\n'0x1.921f9f01b866ep+1'").pure(),
    MethodDef::new("is_integer", "(self, /)", |_, a| Ok(Owned::bool(me(a[0]).is_finite() && me(a[0]).fract() == 0.0)), "Whether the float is an integer.").pure(),
    MethodDef::new("__getnewargs__", "(self, /)", |_, a| Ok(PyTuple::new(vec![new_float(me(a[0]))])), ""),
    MethodDef::class("__getformat__", "(type, typestr, /)", getformat, "The format of C doubles or floats: for Python's own tests.\n\n  typestr\n    'double' or 'float'."),
    MethodDef::new("__format__", "(self, format_spec, /)", float_format, "Formats the float by a format specification."),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("real", |_, v| Ok(itself(v))).doc("the real part of a complex number"),
    GetSetDef::read("imag", |_, _| Ok(new_float(0.0)))
        .doc("the imaginary part of a complex number"),
];

fn me(v: Value) -> f64 {
    v.as_float().unwrap_or(0.0)
}

/// The number as an exact float.
fn itself(v: Value) -> Owned {
    if v.is_exact_float() {
        v.own()
    } else {
        new_float(me(v))
    }
}

/// Keyword arguments are refused unless a subclass brings its own `__init__`, which may want them.
pub(crate) fn no_keywords_in_new(
    vm: &Vm,
    class: &'static TypeObject,
    base: &'static TypeObject,
    args: Args<'_>,
    name: &str,
) -> PyResult<()> {
    let own_init = match (class.slots.init.get(), base.slots.init.get()) {
        (Some(a), Some(b)) => a as usize != b as usize,
        (a, b) => a.is_some() != b.is_some(),
    };
    if class.same(base) || !own_init {
        args.no_keywords(vm, name)
    } else {
        Ok(())
    }
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    no_keywords_in_new(vm, class, PyFloat::class(), args, "float")?;
    args.check_positional(vm, "float", 0, 1)?;
    let Some(&x) = args.pos().first() else {
        return Ok(new_float_in(class, 0.0));
    };
    if x.is_exact_float() && class.same(PyFloat::class()) {
        return Ok(x.own());
    }
    let f = to_float(vm, x)?;
    Ok(match f.as_float() {
        Some(f) if !class.same(PyFloat::class()) => new_float_in(class, f),
        _ => f,
    })
}

/// `float(x)` for anything: an exact float object.
pub(crate) fn to_float(vm: &Vm, x: Value) -> PyResult<Owned> {
    if x.is_exact_float() {
        return Ok(x.own());
    }
    let slots = &x.class().slots;
    if x.as_int().is_none() && slots.float.get().is_some() {
        return number_slot(vm, x);
    }
    if x.as_int().is_some() || slots.float.get().is_some() || slots.index.get().is_some() {
        return Ok(new_float(vm.to_f64(x)?));
    }
    let text = if let Some(s) = x.cast::<PyStr>() {
        match s.as_ascii() {
            Some(t) if !t.bytes().any(|b| (0x1c..0x20).contains(&b)) => t.as_bytes().to_vec(),
            _ => unicode::to_ascii_number(s.text()),
        }
    } else if x.isa::<PyBytes>() || slots.buffer.get().is_some() {
        vm.bytes_of(x)?
    } else {
        return Err(vm.type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            x.class().name_str()
        )));
    };
    match float_parse::parse_float(&text) {
        Some(f) => Ok(new_float(f)),
        None => Err(vm.value_error(format!(
            "could not convert string to float: {}",
            vm.repr_text(x)?
        ))),
    }
}

/// What `__float__` gives, as an exact float.
fn number_slot(vm: &Vm, x: Value) -> PyResult<Owned> {
    let Some(f) = x.class().slots.float.get() else {
        return Err(vm.type_error("must be real number"));
    };
    let r = f(vm, x)?;
    if r.is_exact_float() {
        return Ok(r);
    }
    let (c, got) = (x.class().name_str(), r.class().name_str());
    let Some(f) = r.as_float() else {
        return Err(vm.type_error(format!("{c}.__float__ returned non-float (type {got})")));
    };
    vm.warn(
        vm.exc.DeprecationWarning,
        &format!("{c}.__float__ returned non-float (type {got}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python."),
        1,
    )?;
    Ok(new_float(f))
}

fn from_number(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[1].is_exact_float() && a[0].is(PyFloat::class().as_value()) {
        return Ok(a[1].own());
    }
    let f = new_float(vm.to_f64(a[1])?);
    if a[0].is(PyFloat::class().as_value()) {
        return Ok(f);
    }
    vm.call(a[0], &[f.value()])
}

/// An operand as a float: `None` if it is no number of ours.
pub(crate) fn operand(vm: &Vm, v: Value) -> PyResult<Option<f64>> {
    if let Some(f) = v.as_float() {
        return Ok(Some(f));
    }
    match v.as_int() {
        Some(i) => match i.to_f64() {
            Some(f) => Ok(Some(f)),
            None => Err(vm.overflow_error("int too large to convert to float")),
        },
        None => Ok(None),
    }
}

macro_rules! operands {
    ($vm:ident, $a:ident, $b:ident) => {
        match (operand($vm, $a)?, operand($vm, $b)?) {
            (Some(x), Some(y)) => (x, y),
            _ => return Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
        }
    };
}

#[inline]
fn arith(vm: &Vm, a: Value, b: Value, f: impl Fn(f64, f64) -> f64) -> PyResult<Owned> {
    let (x, y) = operands!(vm, a, b);
    Ok(new_float(f(x, y)))
}

fn zero(vm: &Vm) -> Raised {
    vm.zero_division("division by zero")
}

fn truediv(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = operands!(vm, a, b);
    if y == 0.0 {
        return Err(zero(vm));
    }
    Ok(new_float(x / y))
}

fn floordiv(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = operands!(vm, a, b);
    match pyjit_num::float::floor_divmod(x, y) {
        Some((q, _)) => Ok(new_float(q)),
        None => Err(zero(vm)),
    }
}

fn rem(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = operands!(vm, a, b);
    match pyjit_num::float::floor_mod(x, y) {
        Some(r) => Ok(new_float(r)),
        None => Err(zero(vm)),
    }
}

fn divmod(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (x, y) = operands!(vm, a, b);
    match pyjit_num::float::floor_divmod(x, y) {
        Some((q, r)) => Ok(PyTuple::pair(new_float(q), new_float(r))),
        None => Err(zero(vm)),
    }
}

fn pow(vm: &Vm, a: Value, b: Value, m: Value) -> PyResult<Owned> {
    if !m.is_none() {
        return Err(
            vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    }
    let (x, y) = operands!(vm, a, b);
    power(vm, x, y)
}

/// `x ** y`.
pub(crate) fn power(vm: &Vm, x: f64, y: f64) -> PyResult<Owned> {
    match pyjit_num::float::pow(x, y) {
        Power::Real(f) => Ok(new_float(f)),
        Power::Complex => crate::complex::power(vm, (x, 0.0), (y, 0.0)),
        Power::ZeroToNegative => Err(vm.zero_division("zero to a negative power")),
        Power::Overflow => Err(vm.error_with(
            vm.exc.OverflowError,
            vec![
                Owned::small(34),
                PyStr::from_str("Numerical result out of range"),
            ],
        )),
    }
}

fn compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let Some(x) = a.as_float() else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let ordering = if let Some(y) = b.as_float() {
        x.partial_cmp(&y)
    } else {
        match b.as_int() {
            Some(IntRef::Small(i)) => small::cmp_i64_f64(i, x).map(|o| o.reverse()),
            Some(IntRef::Big(i)) => small::cmp_big_f64(i, x).map(|o| o.reverse()),
            None => return Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
        }
    };
    Ok(Owned::bool(match ordering {
        Some(o) => op.of(o),
        None => op == Cmp::Ne,
    }))
}

fn round(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let x = me(a[0]);
    let Some(n) = a[1].given() else {
        return match pyjit_num::float::round_to_int(x) {
            Ok(i) => Ok(from_int(i)),
            Err(e) => Err(not_finite(vm, e)),
        };
    };
    let n = vm.index_clipped(n)?;
    match pyjit_num::float::round_to_digits(x, n as i64) {
        Some(f) if f.is_finite() || !x.is_finite() => Ok(new_float(f)),
        _ => Err(vm.overflow_error("rounded value too large to represent")),
    }
}

fn as_integer_ratio(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match pyjit_num::float::as_integer_ratio(me(a[0])) {
        Ok((n, d)) => Ok(PyTuple::pair(from_int(n), from_int(d))),
        Err(NotFinite::Infinity) => {
            Err(vm.overflow_error("cannot convert Infinity to integer ratio"))
        }
        Err(NotFinite::Nan) => Err(vm.value_error("cannot convert NaN to integer ratio")),
    }
}

fn fromhex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    let f = match float_parse::from_hex(s.to_lossy().as_bytes()) {
        Ok(f) => new_float(f),
        Err(e @ float_parse::HexError::Overflow) => return Err(vm.overflow_error(e.message())),
        Err(e) => return Err(vm.value_error(e.message())),
    };
    if a[0].is(PyFloat::class().as_value()) {
        return Ok(f);
    }
    vm.call(a[0], &[f.value()])
}

fn getformat(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(s) = a[1].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "__getformat__() argument must be str, not {}",
            a[1].class().name_str()
        )));
    };
    if !s.is_text("double") && !s.is_text("float") {
        return Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    Ok(PyStr::from_str(if cfg!(target_endian = "little") {
        "IEEE, little-endian"
    } else {
        "IEEE, big-endian"
    }))
}

fn float_format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let text = spec_text(vm, a[1])?;
    if text.is_empty() {
        return vm.str(a[0]);
    }
    let name = a[0].class().name_str();
    let spec = Spec::parse(text.text(), Kind::Number, &name).map_err(|e| format_failed(vm, e))?;
    match format::format_float(&spec, &name, me(a[0])) {
        Ok(t) => Ok(PyStr::from_buf(&t)),
        Err(e) => Err(format_failed(vm, e)),
    }
}
