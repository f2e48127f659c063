//! `complex`: constructor, arithmetic (C99 Annex G), methods. Called by the crate's `init`.

use crate::float::operand;
use crate::int::{format_failed, spec_text};
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_num::small;
use pyjit_text::format::{self, Kind, Spec};
use pyjit_text::{float_parse, unicode};

type C = (f64, f64);

/// Fills the class in.
pub fn define(vm: &Vm) {
    define_class::<PyComplex>(
        vm,
        ClassSpec {
            doc: Some(
                "complex(real=0, imag=0)\n--\n\nCreate a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
            ),
            flags: type_flags::BASE,
            slots: fill,
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("complex")
        },
    );
}

fn fill(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(|_, v| {
        let (re, im) = me(v);
        Ok(PyStr::from_str(&pyjit_text::float::complex_repr(re, im)))
    }));
    s.hash.set(Some(hash));
    s.compare.set(Some(compare));
    s.add.set(Some(|vm, a, b| arith(vm, a, b, Op::Add)));
    s.sub.set(Some(|vm, a, b| arith(vm, a, b, Op::Sub)));
    s.mul.set(Some(|vm, a, b| arith(vm, a, b, Op::Mul)));
    s.truediv.set(Some(|vm, a, b| arith(vm, a, b, Op::Div)));
    s.pow.set(Some(pow));
    s.neg.set(Some(|_, v| {
        let (re, im) = me(v);
        Ok(new_complex(-re, -im))
    }));
    s.pos.set(Some(|_, v| Ok(itself(v))));
    s.abs.set(Some(abs));
    s.bool
        .set(Some(|_, v| Ok(me(v).0 != 0.0 || me(v).1 != 0.0)));
}

static METHODS: &[MethodDef] = &[
    MethodDef::class(
        "from_number",
        "(type, number, /)",
        from_number,
        "Convert number to a complex floating-point number.",
    ),
    MethodDef::new(
        "conjugate",
        "(self, /)",
        |_, a| Ok(new_complex(me(a[0]).0, -me(a[0]).1)),
        "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.",
    )
    .pure(),
    MethodDef::new(
        "__complex__",
        "(self, /)",
        |_, a| Ok(itself(a[0])),
        "Convert this value to exact type complex.",
    ),
    MethodDef::new(
        "__getnewargs__",
        "(self, /)",
        |_, a| Ok(PyTuple::pair(new_float(me(a[0]).0), new_float(me(a[0]).1))),
        "",
    ),
    MethodDef::new(
        "__format__",
        "(self, format_spec, /)",
        complex_format,
        "Convert to a string according to format_spec.",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("real", |_, v| Ok(new_float(me(v).0)))
        .doc("the real part of a complex number"),
    GetSetDef::member("imag", |_, v| Ok(new_float(me(v).1)))
        .doc("the imaginary part of a complex number"),
];

fn me(v: Value) -> C {
    v.cast::<PyComplex>().map_or((0.0, 0.0), |c| (c.re, c.im))
}

fn itself(v: Value) -> Owned {
    if v.is_exact::<PyComplex>() {
        v.own()
    } else {
        new_complex(me(v).0, me(v).1)
    }
}

fn make(class: &'static TypeObject, (re, im): C) -> Owned {
    new_object(class, PyComplex { re, im })
}

static SIG: Sig = Sig::parse("(real=0, imag=0)");

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if let ([x], true) = (args.pos(), args.names.is_empty()) {
        if x.is_exact::<PyComplex>() && class.same(PyComplex::class()) {
            return Ok(x.own());
        }
        return single(vm, *x).map(|c| make(class, c));
    }
    let who = Callee {
        name: "complex",
        qualified: &|| "complex".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let (re, im) = (a[0], a[1]);
        let mut value = (0.0, 0.0);
        let mut complex_real = false;
        if !re.is_null() {
            (value, complex_real) = part(vm, re, "real")?;
        }
        if im.is_null() {
            return Ok(make(class, value));
        }
        let (i, complex_imag) = part(vm, im, "imag")?;
        let mut imag = i.0;
        if complex_imag {
            value.0 -= i.1;
        }
        if complex_real {
            imag += value.1;
        }
        Ok(make(class, (value.0, imag)))
    })
}

/// `complex(x)`.
fn single(vm: &Vm, x: Value) -> PyResult<C> {
    if let Some(s) = x.cast::<PyStr>() {
        let text = unicode::to_ascii_number(s.text());
        return match float_parse::parse_complex(&text) {
            Some(c) => Ok(c),
            None if misplaced_underscore(&text) => Err(vm.value_error(format!(
                "could not convert string to complex: {}",
                vm.repr_text(x)?
            ))),
            None => Err(vm.value_error("complex() arg is a malformed string")),
        };
    }
    if let Some(c) = special(vm, x)? {
        return Ok(c);
    }
    if is_real(x) {
        return Ok((vm.to_f64(x)?, 0.0));
    }
    Err(vm.type_error(format!(
        "complex() argument must be a string or a number, not {}",
        x.class().full_name(vm)
    )))
}

/// Whether some underscore does not stand between two digits.
fn misplaced_underscore(text: &[u8]) -> bool {
    let digit = |i: Option<usize>| {
        i.and_then(|i| text.get(i))
            .is_some_and(|b| b.is_ascii_digit())
    };
    text.iter()
        .enumerate()
        .any(|(i, b)| *b == b'_' && !(digit(i.checked_sub(1)) && digit(Some(i + 1))))
}

fn is_real(x: Value) -> bool {
    let s = &x.class().slots;
    x.as_int().is_some()
        || x.as_float().is_some()
        || s.float.get().is_some()
        || s.index.get().is_some()
}

/// One of the two arguments: its value, and whether it was complex (which is deprecated).
fn part(vm: &Vm, x: Value, name: &str) -> PyResult<(C, bool)> {
    let complex = if name == "real" {
        special(vm, x)?
    } else {
        x.cast::<PyComplex>().map(|c| (c.re, c.im))
    };
    if let Some(c) = complex {
        vm.warn(
            vm.exc.DeprecationWarning,
            &format!(
                "complex() argument '{name}' must be a real number, not {}",
                x.class().full_name(vm)
            ),
            1,
        )?;
        return Ok((c, true));
    }
    if is_real(x) {
        return Ok(((vm.to_f64(x)?, 0.0), false));
    }
    Err(vm.type_error(format!(
        "complex() argument '{name}' must be a real number, not {}",
        x.class().full_name(vm)
    )))
}

/// A complex number's own value, or what `__complex__` gives.
fn special(vm: &Vm, x: Value) -> PyResult<Option<C>> {
    if x.is_exact::<PyComplex>() {
        return Ok(Some(me(x)));
    }
    if !x.is_heap() || x.isa::<PyFloat>() && x.is_exact_float() {
        return Ok(None);
    }
    let Some(m) = vm.special(x, vm.names.__complex__.value())? else {
        return Ok(None);
    };
    let r = vm.call(m.value(), &[])?;
    if !r.isa::<PyComplex>() {
        return Err(vm.type_error(format!(
            "__complex__ returned non-complex (type {})",
            r.class().name_str()
        )));
    }
    if !r.is_exact::<PyComplex>() {
        let (c, got) = (x.class().full_name(vm), r.class().full_name(vm));
        vm.warn(
            vm.exc.DeprecationWarning,
            &format!("{c}.__complex__() must return a complex, not {got}.  The ability to return an instance of a strict subclass of complex is deprecated, and may not be supported in a future version of Python."),
            1,
        )?;
    }
    Ok(Some(me(r.value())))
}

/// Any number as a complex one, as `cmath` takes its arguments.
pub fn to_complex(vm: &Vm, x: Value) -> PyResult<(f64, f64)> {
    match special(vm, x)? {
        Some(c) => Ok(c),
        None => Ok((vm.to_f64(x)?, 0.0)),
    }
}

fn from_number(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let plain = a[0].is(PyComplex::class().as_value());
    if a[1].is_exact::<PyComplex>() && plain {
        return Ok(a[1].own());
    }
    let c = to_complex(vm, a[1])?;
    let c = new_complex(c.0, c.1);
    if plain {
        return Ok(c);
    }
    vm.call(a[0], &[c.value()])
}

#[derive(Clone, Copy)]
enum Op {
    Add,
    Sub,
    Mul,
    Div,
}

/// An operation of which at least one side is complex; reals stay reals, so that signed zeros and infinities survive.
fn arith(vm: &Vm, a: Value, b: Value, op: Op) -> PyResult<Owned> {
    let r = match (a.cast::<PyComplex>(), b.cast::<PyComplex>()) {
        (Some(_), Some(_)) => {
            let (x, y) = (me(a), me(b));
            match op {
                Op::Add => (x.0 + y.0, x.1 + y.1),
                Op::Sub => (x.0 - y.0, x.1 - y.1),
                Op::Mul => product(x, y),
                Op::Div => quotient(x, y).ok_or_else(|| zero(vm))?,
            }
        }
        (Some(_), None) => {
            let Some(y) = operand(vm, b)? else {
                return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
            };
            let x = me(a);
            match op {
                Op::Add => (x.0 + y, x.1),
                Op::Sub => (x.0 - y, x.1),
                Op::Mul => (x.0 * y, x.1 * y),
                Op::Div if y == 0.0 => return Err(zero(vm)),
                Op::Div => (x.0 / y, x.1 / y),
            }
        }
        (None, Some(_)) => {
            let Some(x) = operand(vm, a)? else {
                return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
            };
            let y = me(b);
            match op {
                Op::Add => (x + y.0, y.1),
                Op::Sub => (x - y.0, -y.1),
                Op::Mul => (x * y.0, x * y.1),
                Op::Div => real_quotient(x, y).ok_or_else(|| zero(vm))?,
            }
        }
        (None, None) => return Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
    };
    Ok(new_complex(r.0, r.1))
}

fn zero(vm: &Vm) -> Raised {
    vm.zero_division("division by zero")
}

/// 1 with the number's sign for an infinity, else 0 with its sign.
fn boxed(x: f64) -> f64 {
    (if x.is_infinite() { 1.0f64 } else { 0.0 }).copysign(x)
}
fn no_nan(x: f64) -> f64 {
    if x.is_nan() { 0.0f64.copysign(x) } else { x }
}

fn product((mut a, mut b): C, (mut c, mut d): C) -> C {
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let r = (ac - bd, ad + bc);
    if !(r.0.is_nan() && r.1.is_nan()) {
        return r;
    }
    // Annex G: an infinity times something that is not zero is an infinity.
    let mut again = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b, c, d) = (boxed(a), boxed(b), no_nan(c), no_nan(d));
        again = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (c, d, a, b) = (boxed(c), boxed(d), no_nan(a), no_nan(b));
        again = true;
    }
    if !again && [ac, bd, ad, bc].iter().any(|x| x.is_infinite()) {
        (a, b, c, d) = (no_nan(a), no_nan(b), no_nan(c), no_nan(d));
        again = true;
    }
    if again {
        return (
            f64::INFINITY * (a * c - b * d),
            f64::INFINITY * (a * d + b * c),
        );
    }
    r
}

/// `a / b`, scaled so that it does not overflow early (Smith); `None` for a zero divisor.
pub fn quotient(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    let (re, im) = (b.0.abs(), b.1.abs());
    let mut r = if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let d = b.0 + b.1 * ratio;
        ((a.0 + a.1 * ratio) / d, (a.1 - a.0 * ratio) / d)
    } else if im >= re {
        let ratio = b.0 / b.1;
        let d = b.0 * ratio + b.1;
        ((a.0 * ratio + a.1) / d, (a.1 * ratio - a.0) / d)
    } else {
        (f64::NAN, f64::NAN)
    };
    if r.0.is_nan() && r.1.is_nan() {
        if (a.0.is_infinite() || a.1.is_infinite()) && b.0.is_finite() && b.1.is_finite() {
            let (x, y) = (boxed(a.0), boxed(a.1));
            r = (
                f64::INFINITY * (x * b.0 + y * b.1),
                f64::INFINITY * (y * b.0 - x * b.1),
            );
        } else if (re.is_infinite() || im.is_infinite()) && a.0.is_finite() && a.1.is_finite() {
            let (x, y) = (boxed(b.0), boxed(b.1));
            r = (0.0 * (a.0 * x + a.1 * y), 0.0 * (a.1 * x - a.0 * y));
        }
    }
    Some(r)
}

fn real_quotient(a: f64, b: C) -> Option<C> {
    let (re, im) = (b.0.abs(), b.1.abs());
    let mut r = if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let d = b.0 + b.1 * ratio;
        (a / d, (-a * ratio) / d)
    } else if im >= re {
        let ratio = b.0 / b.1;
        let d = b.0 * ratio + b.1;
        ((a * ratio) / d, -a / d)
    } else {
        (f64::NAN, f64::NAN)
    };
    if r.0.is_nan() && r.1.is_nan() && a.is_finite() && (re.is_infinite() || im.is_infinite()) {
        let (x, y) = (boxed(b.0), boxed(b.1));
        r = (0.0 * (a * x), 0.0 * (-a * y));
    }
    Some(r)
}

fn pow(vm: &Vm, a: Value, b: Value, m: Value) -> PyResult<Owned> {
    let as_complex = |v: Value| -> PyResult<Option<C>> {
        match v.cast::<PyComplex>() {
            Some(c) => Ok(Some((c.re, c.im))),
            None => Ok(operand(vm, v)?.map(|f| (f, 0.0))),
        }
    };
    let (Some(x), Some(y)) = (as_complex(a)?, as_complex(b)?) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !m.is_none() {
        return Err(vm.value_error("complex modulo"));
    }
    power(vm, x, y)
}

/// `a ** b`.
pub(crate) fn power(vm: &Vm, a: C, b: C) -> PyResult<Owned> {
    let zero_power = || vm.zero_division("zero to a negative or complex power");
    let r = if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        let n = b.0 as i64;
        let p = integer_power(a, n.unsigned_abs());
        if n > 0 {
            p
        } else {
            quotient((1.0, 0.0), p).ok_or_else(zero_power)?
        }
    } else if a == (0.0, 0.0) {
        if b.1 != 0.0 || b.0 < 0.0 {
            return Err(zero_power());
        }
        (0.0, 0.0)
    } else {
        let size = a.0.hypot(a.1);
        let mut len = size.powf(b.0);
        let angle = a.1.atan2(a.0);
        let mut phase = angle * b.0;
        if b.1 != 0.0 {
            len *= (-angle * b.1).exp();
            phase += b.1 * size.ln();
        }
        // An infinite angle has no cosine; the C library's complaint becomes this error.
        if phase.is_infinite() {
            return Err(zero_power());
        }
        (len * phase.cos(), len * phase.sin())
    };
    if r.0.is_infinite() || r.1.is_infinite() {
        return Err(vm.overflow_error("complex exponentiation"));
    }
    Ok(new_complex(r.0, r.1))
}

fn integer_power(x: C, n: u64) -> C {
    let (mut r, mut p) = ((1.0, 0.0), x);
    let mut mask = 1;
    while n >= mask {
        if n & mask != 0 {
            r = product(r, p);
        }
        mask <<= 1;
        p = product(p, p);
    }
    r
}

fn abs(vm: &Vm, v: Value) -> PyResult<Owned> {
    let (re, im) = me(v);
    let r = re.hypot(im);
    if r.is_infinite() && re.is_finite() && im.is_finite() {
        return Err(vm.overflow_error("absolute value too large"));
    }
    Ok(new_float(r))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let (re, im) = me(v);
    let part = |x| pyjit_num::float::hash_f64(x).unwrap_or_else(|| vm.hash_pointer(v));
    let h = part(re).wrapping_add(1_000_003i64.wrapping_mul(part(im)));
    Ok(if h == -1 { -2 } else { h })
}

fn compare(_: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let not_implemented = Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    if !matches!(op, Cmp::Eq | Cmp::Ne) || !a.isa::<PyComplex>() {
        return not_implemented;
    }
    let (re, im) = me(a);
    let equal = if b.isa::<PyComplex>() {
        me(a) == me(b)
    } else if let Some(f) = b.as_float() {
        im == 0.0 && re == f
    } else if let Some(i) = b.as_int() {
        im == 0.0
            && match i {
                IntRef::Small(i) => small::cmp_i64_f64(i, re),
                IntRef::Big(i) => small::cmp_big_f64(i, re),
            } == Some(std::cmp::Ordering::Equal)
    } else {
        return not_implemented;
    };
    Ok(Owned::bool(equal == (op == Cmp::Eq)))
}

fn complex_format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let text = spec_text(vm, a[1])?;
    if text.is_empty() {
        return vm.str(a[0]);
    }
    let name = a[0].class().name_str();
    let spec = Spec::parse(text.text(), Kind::Number, &name).map_err(|e| format_failed(vm, e))?;
    let (re, im) = me(a[0]);
    match format::format_complex(&spec, &name, re, im) {
        Ok(t) => Ok(PyStr::from_buf(&t)),
        Err(e) => Err(format_failed(vm, e)),
    }
}
