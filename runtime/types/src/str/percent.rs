//! The `%` operator of strings and bytes: takes the arguments, converts the values, and leaves the layout to the text
//! crate.

use super::this;
use crate::bytes::ByteArg;
use pyjit_core::prelude::*;
use pyjit_text::format::FormatError;
use pyjit_text::percent::{Conversion, Item, Items, Size};
use pyjit_text::repr::{Builder, Text, TextBuf};

/// The right operand, as arguments are taken from it.
struct Arguments<'a> {
    all: Value,
    tuple: Option<&'a [Value]>,
    next: usize,
    /// The operand is a mapping, so it need not be used up.
    mapping: bool,
    keyed: bool,
}

impl<'a> Arguments<'a> {
    fn new(v: Value, bytes: bool) -> Arguments<'a> {
        let tuple = v.cast::<PyTuple>().map(|t| t.as_slice());
        let string = v.isa::<PyStr>()
            || bytes && (v.isa::<PyBytes>() || v.isa::<crate::bytearray::PyByteArray>());
        Arguments {
            all: v,
            tuple,
            next: 0,
            mapping: tuple.is_none() && !string && v.class().slots.getitem.get().is_some(),
            keyed: false,
        }
    }
    fn take(&mut self, vm: &Vm) -> PyResult<Value> {
        let i = self.next;
        self.next += 1;
        let got = match self.tuple {
            Some(t) => t.get(i).copied(),
            None => (i == 0).then_some(self.all),
        };
        got.ok_or_else(|| vm.type_error("not enough arguments for format string"))
    }
    fn used_up(&self) -> bool {
        match self.tuple {
            Some(t) => self.next >= t.len(),
            None => self.mapping || self.next > 0,
        }
    }
}

/// The value that a conversion shows, its `*` sizes taken.
fn operand(
    vm: &Vm,
    args: &mut Arguments<'_>,
    c: &mut Conversion<'_>,
    bytes: bool,
) -> PyResult<Owned> {
    let mut keyed = None;
    if let Some(key) = c.key {
        if !args.mapping {
            return Err(vm.type_error("format requires a mapping"));
        }
        let key = if bytes {
            let b: Vec<u8> = key.iter().map(|c| c as u8).collect();
            PyBytes::new(&b)
        } else {
            PyStr::from_slice(key)
        };
        args.keyed = true;
        keyed = Some(vm.getitem(args.all, key.value())?);
    }
    let mut star = |what: &str| -> PyResult<isize> {
        let v = match &keyed {
            Some(_) => return Err(vm.type_error("* wants int")),
            None => args.take(vm)?,
        };
        if v.as_int().is_none() {
            return Err(vm.type_error("* wants int"));
        }
        if what == "width" {
            vm.to_size(v)
        } else {
            v.as_i64()
                .and_then(|i| i32::try_from(i).ok())
                .map(|i| i as isize)
                .ok_or_else(|| vm.overflow_error("Python int too large to convert to C int"))
        }
    };
    if c.width == Size::Star {
        let w = star("width")?;
        c.set_width(w);
    }
    if c.precision == Size::Star {
        let p = star("precision")?;
        c.set_precision(p);
    }
    match keyed {
        Some(v) => Ok(v),
        None => args.take(vm).map(|v| v.own()),
    }
}

/// Turns a text crate error into an exception.
pub(crate) fn raise(vm: &Vm, e: FormatError) -> Raised {
    match e {
        FormatError::Value(m) => vm.value_error(m),
        FormatError::Memory => vm.memory_error(),
    }
}

/// `d i u o x X` of a number.
fn integer(vm: &Vm, c: &Conversion<'_>, v: Value) -> PyResult<TextBuf> {
    let code = char::from_u32(c.code).unwrap_or('d');
    let real = matches!(code, 'd' | 'i' | 'u');
    let i = if v.as_int().is_some() {
        v.own()
    } else {
        let class = v.class();
        let wrong = || {
            let need = if real { "a real number" } else { "an integer" };
            vm.type_error(format!(
                "%{code} format: {need} is required, not {}",
                class.name_str()
            ))
        };
        let number = if real && v.as_float().is_some() {
            crate::str::percent::float_to_int(vm, v)
        } else if class.slots.index.get().is_some() {
            vm.index(v)
        } else if real && class.slots.int.get().is_some() {
            match class.slots.int.get() {
                Some(f) => f(vm, v),
                None => return Err(wrong()),
            }
        } else {
            return Err(wrong());
        };
        match number {
            Ok(n) if n.as_int().is_some() => n,
            Ok(_) => return Err(wrong()),
            Err(e) if e.is_instance(vm.exc.TypeError) => return Err(wrong()),
            Err(e) => return Err(e),
        }
    };
    let base = match code {
        'o' => 8,
        'x' | 'X' => 16,
        _ => 10,
    };
    let (negative, digits) = digits(vm, i.value(), base)?;
    c.int(negative, &digits).map_err(|e| raise(vm, e))
}

/// The integer part of a float, as `int()` gives it.
pub(crate) fn float_to_int(vm: &Vm, v: Value) -> PyResult<Owned> {
    match v.class().slots.int.get() {
        Some(f) => f(vm, v),
        None => Err(vm.type_error("an integer is required")),
    }
}

/// Sign and digits of an integer in a base of 2, 8, 10 or 16.
pub(crate) fn digits(vm: &Vm, v: Value, base: u32) -> PyResult<(bool, String)> {
    let Some(i) = v.as_int() else {
        return Err(vm.type_error("an integer is required"));
    };
    match i {
        IntRef::Small(n) => {
            let u = n.unsigned_abs();
            let s = match base {
                2 => format!("{u:b}"),
                8 => format!("{u:o}"),
                16 => format!("{u:x}"),
                _ => u.to_string(),
            };
            Ok((n < 0, s))
        }
        IntRef::Big(b) => {
            let s = if base == 10 {
                let exact = new_big(b.clone());
                text_of(vm.str(exact.value())?.value())
            } else {
                b.abs().to_string_radix(base)
            };
            let s = s.strip_prefix('-').map_or(s.clone(), str::to_owned);
            Ok((b.is_negative(), s))
        }
    }
}

/// `str % value`.
pub(super) fn str_rem(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let Some(s) = a.cast::<PyStr>() else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    let mut args = Arguments::new(b, false);
    let mut out = Builder::with_capacity(s.len() + 32);
    let items = Items::of_str(s.text());
    for item in items {
        let mut c = match item.map_err(|e| raise(vm, e))? {
            Item::Literal(t) => {
                out.push_text(t);
                continue;
            }
            Item::Conversion(c) => c,
        };
        let v = operand(vm, &mut args, &mut c, false)?;
        let plain = c.width == Size::None && c.precision == Size::None;
        let code = u8::try_from(c.code).unwrap_or(0);
        let done = match code {
            b's' | b'r' | b'a' => {
                let t = match code {
                    b's' => vm.str(v.value())?,
                    b'r' => vm.repr(v.value())?,
                    _ => vm.ascii(v.value())?,
                };
                if plain {
                    out.push_text(this(t.value()).text());
                    continue;
                }
                c.text(this(t.value()).text())
            }
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => Ok(integer(vm, &c, v.value())?),
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                let x = vm.to_f64(v.value())?;
                c.float(x)
            }
            b'c' => {
                let code = character(vm, v.value())?;
                c.text(TextBuf::from_codes(&[code]).as_text())
            }
            _ => Err(c.unsupported(false)),
        };
        let done = done.map_err(|e| raise(vm, e))?;
        out.push_text(done.as_text());
    }
    if !args.used_up() && !args.keyed {
        return Err(vm.type_error("not all arguments converted during string formatting"));
    }
    Ok(PyStr::from_buf(&out.finish()))
}

/// `%c` of a string format.
fn character(vm: &Vm, v: Value) -> PyResult<u32> {
    if let Some(s) = v.cast::<PyStr>() {
        return match s.text().get(0) {
            Some(c) if s.len() == 1 => Ok(c),
            _ => Err(vm.type_error(format!(
                "%c requires an int or a unicode character, not a string of length {}",
                s.len()
            ))),
        };
    }
    let i = match vm.index(v) {
        Ok(i) => i,
        Err(e) if e.is_instance(vm.exc.TypeError) => {
            return Err(vm.type_error(format!(
                "%c requires an int or a unicode character, not {}",
                v.class().full_name(vm)
            )));
        }
        Err(e) => return Err(e),
    };
    match i.as_i64() {
        Some(c @ 0..=0x10ffff) => Ok(c as u32),
        _ => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

/// `bytes % value`: the resulting bytes, for the caller's class.
pub(crate) fn bytes_rem(vm: &Vm, format: &[u8], b: Value) -> PyResult<Vec<u8>> {
    let mut args = Arguments::new(b, true);
    let mut out: Vec<u8> = Vec::with_capacity(format.len() + 32);
    let items = Items::of_bytes(format);
    for item in items {
        let mut c = match item.map_err(|e| raise(vm, e))? {
            Item::Literal(t) => {
                out.extend(t.iter().map(|c| c as u8));
                continue;
            }
            Item::Conversion(c) => c,
        };
        let v = operand(vm, &mut args, &mut c, true)?;
        let code = u8::try_from(c.code).unwrap_or(0);
        let done = match code {
            b's' | b'b' => {
                let data = bytes_operand(vm, v.value())?;
                c.text(Text::of_latin1(&data))
            }
            b'r' | b'a' => {
                let t = vm.ascii(v.value())?;
                c.text(this(t.value()).text())
            }
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => Ok(integer(vm, &c, v.value())?),
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                let x = vm.to_f64(v.value()).map_err(|e| {
                    if e.is_instance(vm.exc.TypeError) {
                        vm.type_error(format!(
                            "float argument required, not {}",
                            v.class().name_str()
                        ))
                    } else {
                        e
                    }
                })?;
                c.float(x)
            }
            b'c' => {
                let byte = byte_operand(vm, v.value())?;
                c.text(Text::of_latin1(&[byte]))
            }
            _ => Err(c.unsupported(true)),
        };
        let done = done.map_err(|e| raise(vm, e))?;
        out.extend(done.as_text().iter().map(|c| c as u8));
    }
    if !args.used_up() && !args.keyed {
        return Err(vm.type_error("not all arguments converted during bytes formatting"));
    }
    Ok(out)
}

/// `%s` and `%b` of a bytes format: a buffer or `__bytes__`.
fn bytes_operand(vm: &Vm, v: Value) -> PyResult<Vec<u8>> {
    if v.isa::<PyBytes>() {
        return vm.bytes_of(v);
    }
    if let Some(m) = vm.special(v, vm.names.__bytes__.value())? {
        let r = vm.call(m.value(), &[])?;
        if !r.isa::<PyBytes>() {
            return Err(vm.type_error(format!(
                "__bytes__ returned non-bytes (type {})",
                r.class().name_str()
            )));
        }
        return vm.bytes_of(r.value());
    }
    if v.class().slots.buffer.get().is_some() {
        return Ok(ByteArg::new(vm, v)?.as_slice().to_vec());
    }
    Err(vm.type_error(format!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
        v.class().name_str()
    )))
}

/// `%c` of a bytes format.
fn byte_operand(vm: &Vm, v: Value) -> PyResult<u8> {
    if v.isa::<PyBytes>() || v.isa::<crate::bytearray::PyByteArray>() {
        let b = vm.bytes_of(v)?;
        return match b.as_slice() {
            [one] => Ok(*one),
            _ => Err(vm.type_error(format!(
                "%c requires an integer in range(256) or a single byte, not a {} object of length {}",
                v.class().name_str(),
                b.len()
            ))),
        };
    }
    let i = match vm.index(v) {
        Ok(i) => i,
        Err(e) if e.is_instance(vm.exc.TypeError) => {
            return Err(vm.type_error(format!(
                "%c requires an integer in range(256) or a single byte, not {}",
                v.class().full_name(vm)
            )));
        }
        Err(e) => return Err(e),
    };
    match i.as_i64().and_then(|i| u8::try_from(i).ok()) {
        Some(b) => Ok(b),
        None => Err(vm.overflow_error("%c arg not in range(256)")),
    }
}
