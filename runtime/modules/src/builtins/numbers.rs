//! Functions about numbers: bases, powers, rounding, sums, extremes.

use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("abs", "(x, /)", |vm, a| vm.abs(a[0]), "Return the absolute value of the argument."),
    MethodDef::function("bin", "(number, /)", |vm, a| in_base(vm, a[0], 2, "0b"), "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'"),
    MethodDef::function("divmod", "(x, y, /)", |vm, a| vm.divmod(a[0], a[1]), "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."),
    MethodDef::function("hex", "(number, /)", |vm, a| in_base(vm, a[0], 16, "0x"), "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'"),
    MethodDef::function("max", "(*args, **kwargs)", |vm, a| extreme(vm, a, "max", Cmp::Gt), "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the largest argument."),
    MethodDef::function("min", "(*args, **kwargs)", |vm, a| extreme(vm, a, "min", Cmp::Lt), "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the smallest argument."),
    MethodDef::function("oct", "(number, /)", |vm, a| in_base(vm, a[0], 8, "0o"), "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'"),
    MethodDef::function("pow", "(base, exp, mod=None)", |vm, a| vm.power(a[0], a[1], if a[2].is_null() { Value::NONE } else { a[2] }), "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form."),
    MethodDef::function("round", "(number, ndigits=None)", round, "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative."),
    MethodDef::function("sum", "(iterable, /, start=0)", sum, "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types."),
];

fn in_base(vm: &Vm, v: Value, radix: u32, prefix: &str) -> PyResult<Owned> {
    let i = vm.index(v)?;
    let Some(i) = i.as_int() else {
        return Err(vm.type_error("an integer is required"));
    };
    let digits = match i {
        IntRef::Big(b) => b.to_string_radix(radix),
        IntRef::Small(i) => {
            let m = i.unsigned_abs();
            let digits = match radix {
                2 => format!("{m:b}"),
                8 => format!("{m:o}"),
                _ => format!("{m:x}"),
            };
            if i < 0 { format!("-{digits}") } else { digits }
        }
    };
    Ok(PyStr::from_str(&match digits.strip_prefix('-') {
        Some(d) => format!("-{prefix}{d}"),
        None => format!("{prefix}{digits}"),
    }))
}

fn round(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(m) = vm.special(a[0], vm.names.__round__.value())? else {
        return Err(vm.type_error(format!(
            "type {} doesn't define __round__ method",
            a[0].class().name_str()
        )));
    };
    match a[1].given() {
        Some(n) => vm.call(m.value(), &[n]),
        None => vm.call(m.value(), &[]),
    }
}

fn extreme(vm: &Vm, a: &[Value], name: &str, op: Cmp) -> PyResult<Owned> {
    let (mut key, mut default) = (Value::NULL, Value::NULL);
    let keywords = a[1].cast::<PyDict>().map(|d| d.items()).unwrap_or_default();
    for (k, v) in &keywords {
        match text_of(k.value()).as_str() {
            "key" => key = v.value(),
            "default" => default = v.value(),
            other => {
                return Err(vm.type_error(format!(
                    "{name}() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    let key = key.given();
    let args = vm.tuple_items(a[0]);
    let mut best: Option<(Owned, Owned)> = None;
    let mut consider = |x: Owned| -> PyResult<bool> {
        let k = match key {
            Some(f) => vm.call(f, &[x.value()])?,
            None => x.clone(),
        };
        let better = match &best {
            Some((_, top)) => vm.compare_bool(k.value(), top.value(), op)?,
            None => true,
        };
        if better {
            best = Some((x, k));
        }
        Ok(true)
    };
    match args {
        [] => {
            return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
        }
        [iterable] => vm.for_each(*iterable, consider)?,
        _ => {
            if !default.is_null() {
                return Err(vm.type_error(format!(
                    "Cannot specify a default for {name}() with multiple positional arguments"
                )));
            }
            for x in args {
                consider(x.own())?;
            }
        }
    }
    match best {
        Some((x, _)) => Ok(x),
        None if !default.is_null() => Ok(default.own()),
        None => Err(vm.value_error(format!("{name}() iterable argument is empty"))),
    }
}

/// A float sum with the lost low-order part beside it (Neumaier's variant of Kahan's summation).
#[derive(Clone, Copy)]
struct Compensated {
    high: f64,
    low: f64,
}
impl Compensated {
    fn new(x: f64) -> Compensated {
        Compensated { high: x, low: 0.0 }
    }
    fn add(&mut self, x: f64) {
        let t = self.high + x;
        self.low += if self.high.abs() >= x.abs() {
            (self.high - t) + x
        } else {
            (x - t) + self.high
        };
        self.high = t;
    }
    fn total(self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() {
            self.high + self.low
        } else {
            self.high
        }
    }
}

fn int_as_float(vm: &Vm, i: IntRef<'_>) -> PyResult<f64> {
    i.to_f64()
        .ok_or_else(|| vm.overflow_error("int too large to convert to float"))
}

fn sum(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = vm.iter(a[0])?;
    let it = it.value();
    let mut result = match a[1].non_null() {
        None => Owned::small(0),
        Some(s) => {
            let what = if s.isa::<PyStr>() {
                "strings [use ''.join(seq) instead]"
            } else if s.isa::<PyBytes>() {
                "bytes [use b''.join(seq) instead]"
            } else if s.isa::<pyjit_types::bytearray::PyByteArray>() {
                "bytearray [use b''.join(seq) instead]"
            } else {
                ""
            };
            if !what.is_empty() {
                return Err(vm.type_error(format!("sum() can't sum {what}")));
            }
            s.own()
        }
    };
    // Ints while they fit a machine word, then floats, then complex numbers, then whatever `+` does.
    if result.is_exact_int()
        && let Some(mut total) = result.as_i64()
    {
        loop {
            let Some(x) = vm.next(it)? else {
                return Ok(new_int(total));
            };
            if (x.is_exact_int() || x.is_bool())
                && let Some(n) = x.as_i64()
                && let Some(t) = total.checked_add(n)
            {
                total = t;
                continue;
            }
            result = vm.add(new_int(total).value(), x.value())?;
            break;
        }
    }
    if result.is_exact_float() {
        let mut total = Compensated::new(result.as_float().unwrap_or(0.0));
        loop {
            let Some(x) = vm.next(it)? else {
                return Ok(new_float(total.total()));
            };
            if x.is_exact_float()
                && let Some(f) = x.as_float()
            {
                total.add(f);
                continue;
            }
            if let Some(i) = x.as_int() {
                total.add(int_as_float(vm, i)?);
                continue;
            }
            result = vm.add(new_float(total.total()).value(), x.value())?;
            break;
        }
    }
    if let Some(c) = result.cast_exact::<PyComplex>() {
        let (mut re, mut im) = (Compensated::new(c.re), Compensated::new(c.im));
        loop {
            let Some(x) = vm.next(it)? else {
                return Ok(new_complex(re.total(), im.total()));
            };
            if let Some(c) = x.cast_exact::<PyComplex>() {
                re.add(c.re);
                im.add(c.im);
                continue;
            }
            if let Some(i) = x.as_int() {
                re.add(int_as_float(vm, i)?);
                continue;
            }
            if let Some(f) = x.as_float() {
                re.add(f);
                continue;
            }
            result = vm.add(new_complex(re.total(), im.total()).value(), x.value())?;
            break;
        }
    }
    while let Some(x) = vm.next(it)? {
        result = vm.add(result.value(), x.value())?;
    }
    Ok(result)
}
