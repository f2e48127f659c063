//! The methods of `int`, its text and its formatting.

use super::arith::pos;
use pyjit_core::prelude::*;
use pyjit_num::{BigInt, Int, ToBytesError};
use pyjit_text::format::{self, FormatError, IntForm, Kind, Spec};
use pyjit_text::repr::Text;

pub(super) fn fill(s: &Slots) {
    s.repr.set(Some(repr));
}

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("conjugate", "(self, /)", |vm, a| pos(vm, a[0]), "The number itself: the conjugate of an int.").pure(),
    MethodDef::new("bit_length", "(self, /)", bit_length, "Number of bits of the magnitude in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6").pure(),
    MethodDef::new("bit_count", "(self, /)", bit_count, "Number of ones in the binary form of the magnitude.\n\n>>> bin(13)\n'0b1101'\n>>> (13).bit_count()\n3").pure(),
    MethodDef::new("to_bytes", "(self, /, length=1, byteorder='big', *, signed=False)", to_bytes, "The integer as an array of bytes.\n\n  length\n    Number of bytes; OverflowError if the integer does not fit.\n  byteorder\n    'big' or 'little'; sys.byteorder is the machine's own.\n  signed\n    Whether two's complement is used; without it a negative integer raises\n    OverflowError."),
    MethodDef::class("from_bytes", "(type, /, bytes, byteorder='big', *, signed=False)", from_bytes, "The integer represented by an array of bytes.\n\n  bytes\n    A bytes-like object or an iterable of bytes.\n  byteorder\n    'big' or 'little'; sys.byteorder is the machine's own.\n  signed\n    Whether two's complement is used."),
    MethodDef::new("as_integer_ratio", "(self, /)", as_integer_ratio, "A pair of integers whose ratio is the int: itself and 1.\n\n>>> (10).as_integer_ratio()\n(10, 1)").pure(),
    MethodDef::new("__trunc__", "(self, /)", |vm, a| pos(vm, a[0]), "The number itself."),
    MethodDef::new("__floor__", "(self, /)", |vm, a| pos(vm, a[0]), "The number itself."),
    MethodDef::new("__ceil__", "(self, /)", |vm, a| pos(vm, a[0]), "The number itself."),
    MethodDef::new("__round__", "(self, ndigits=None, /)", round, "Rounds to a multiple of a power of ten, half to even; with no or positive ndigits the number itself."),
    MethodDef::new("__getnewargs__", "(self, /)", |vm, a| Ok(PyTuple::new(vec![pos(vm, a[0])?])), ""),
    MethodDef::new("__format__", "(self, format_spec, /)", |vm, a| int_format(vm, a[0], a[1]), "Formats the number by a format specification."),
    MethodDef::new("__sizeof__", "(self, /)", size_of, "Size in memory, in bytes."),
    MethodDef::new("is_integer", "(self, /)", |_, _| Ok(Owned::bool(true)), "True: ints are integers. For compatibility with float.is_integer.").pure(),
];

pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef::read("real", pos).doc("the real part of a complex number"),
    GetSetDef::read("imag", |_, _| Ok(Owned::small(0)))
        .doc("the imaginary part of a complex number"),
    GetSetDef::read("numerator", pos).doc("the numerator of a rational number in lowest terms"),
    GetSetDef::read("denominator", |_, _| Ok(Owned::small(1)))
        .doc("the denominator of a rational number in lowest terms"),
];

fn me(v: Value) -> IntRef<'static> {
    v.as_int().unwrap_or(IntRef::Small(0))
}

/// The decimal digits, with the limit on long ones.
fn decimal(vm: &Vm, v: IntRef<'_>) -> PyResult<String> {
    match v {
        IntRef::Small(i) => Ok(i.to_string()),
        IntRef::Big(b) => {
            let limit = vm.int_max_str_digits.get();
            b.to_decimal(limit).map_err(|_| {
                vm.value_error(format!("Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"))
            })
        }
    }
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    if let IntRef::Small(i) = me(v) {
        if (0..10).contains(&i) {
            return Ok(PyStr::from_char(b'0' as u32 + i as u32));
        }
        let mut buf = [0u8; 20];
        let mut at = buf.len();
        let mut n = i.unsigned_abs();
        loop {
            at -= 1;
            buf[at] = b'0' + (n % 10) as u8;
            n /= 10;
            if n == 0 {
                break;
            }
        }
        if i < 0 {
            at -= 1;
            buf[at] = b'-';
        }
        return Ok(PyStr::from_text(Text::Ascii(&buf[at..])));
    }
    Ok(PyStr::from_str(&decimal(vm, me(v))?))
}

fn bit_length(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(match me(a[0]) {
        IntRef::Small(i) => Owned::small(pyjit_num::small::bit_length(i) as i64),
        IntRef::Big(b) => new_u64(b.bit_length()),
    })
}

fn bit_count(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(match me(a[0]) {
        IntRef::Small(i) => Owned::small(i.unsigned_abs().count_ones() as i64),
        IntRef::Big(b) => new_u64(b.bit_count()),
    })
}

fn as_integer_ratio(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(PyTuple::pair(pos(vm, a[0])?, Owned::small(1)))
}

/// The `byteorder` argument: whether it is little endian.
fn little(vm: &Vm, v: Value, who: &str) -> PyResult<bool> {
    if v.is_null() {
        return Ok(false);
    }
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "{who}() argument 'byteorder' must be str, not {}",
            v.class().name_str()
        )));
    };
    if s.is_text("little") {
        Ok(true)
    } else if s.is_text("big") {
        Ok(false)
    } else {
        Err(vm.value_error("byteorder must be either 'little' or 'big'"))
    }
}

fn flag(vm: &Vm, v: Value) -> PyResult<bool> {
    if v.is_null() { Ok(false) } else { vm.truthy(v) }
}

fn to_bytes(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let length = if a[1].is_null() { 1 } else { vm.to_size(a[1])? };
    let little = little(vm, a[2], "to_bytes")?;
    let signed = flag(vm, a[3])?;
    if length < 0 {
        return Err(vm.value_error("length argument must be non-negative"));
    }
    if length as u64 > 1 << 40 {
        return Err(vm.memory_error());
    }
    match me(a[0]).to_big().to_bytes(length as usize, little, signed) {
        Ok(b) => Ok(PyBytes::new(&b)),
        Err(ToBytesError::Negative) => {
            Err(vm.overflow_error("can't convert negative int to unsigned"))
        }
        Err(ToBytesError::TooBig) => Err(vm.overflow_error("int too big to convert")),
    }
}

fn from_bytes(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let little = little(vm, a[2], "from_bytes")?;
    let signed = flag(vm, a[3])?;
    let source = a[1];
    let plain = source.as_int().is_some() || source.isa::<PyStr>();
    let bytes = if source.isa::<PyBytes>() || source.class().slots.buffer.get().is_some() {
        vm.bytes_of(source)?
    } else if plain {
        return Err(vm.type_error(format!(
            "cannot convert '{}' object to bytes",
            source.class().name_str()
        )));
    } else {
        let b = vm.call(PyBytes::class().as_value(), &[source])?;
        vm.bytes_of(b.value())?
    };
    let value = new_big(BigInt::from_bytes(&bytes, little, signed));
    if a[0].is(PyInt::class_ref().as_value()) {
        return Ok(value);
    }
    vm.call(a[0], &[value.value()])
}

fn round(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(n) = a[1].given() else {
        return pos(vm, a[0]);
    };
    let n = vm.index(n)?;
    let digits = match n.as_int() {
        Some(IntRef::Small(n)) if n < 0 => n.unsigned_abs(),
        Some(IntRef::Big(n)) if n.is_negative() => u64::MAX,
        _ => return pos(vm, a[0]),
    };
    Ok(match me(a[0]) {
        // 10**20 is more than twice any 64-bit number.
        IntRef::Small(_) if digits > 19 => Owned::small(0),
        IntRef::Small(i) => from_int(pyjit_num::small::round_to_neg_digits(i, digits)),
        IntRef::Big(b) if digits > b.bit_length() => Owned::small(0),
        IntRef::Big(b) => from_int(Int::from(b.round_to_neg_digits(digits))),
    })
}

fn size_of(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let bits = match me(a[0]) {
        IntRef::Small(i) => pyjit_num::small::bit_length(i) as u64,
        IntRef::Big(b) => b.bit_length(),
    };
    // As CPython counts: digits of 30 bits behind a header of 24 bytes.
    Ok(new_u64(24 + 4 * bits.div_ceil(30).max(1)))
}

/// The text of a `__format__` argument.
pub(crate) fn spec_text<'a>(vm: &Vm, spec: Value) -> PyResult<&'a PyStr> {
    spec.cast::<PyStr>().ok_or_else(|| {
        vm.type_error(format!(
            "__format__() argument must be str, not {}",
            spec.class().name_str()
        ))
    })
}

/// The Python error of a failed formatting.
pub(crate) fn format_failed(vm: &Vm, e: FormatError) -> Raised {
    match e {
        FormatError::Value(msg) => vm.value_error(msg),
        FormatError::Memory => vm.memory_error(),
    }
}

/// `int.__format__`.
fn int_format(vm: &Vm, v: Value, spec: Value) -> PyResult<Owned> {
    let text = spec_text(vm, spec)?;
    if text.is_empty() {
        return vm.str(v);
    }
    let name = v.class().name_str();
    let failed = |e| format_failed(vm, e);
    let spec = Spec::parse(text.text(), Kind::Number, &name).map_err(failed)?;
    let i = me(v);
    let out = match spec.int_form(&name).map_err(failed)? {
        IntForm::Digits(radix) => {
            let digits = match (radix, i) {
                (10, i) => decimal(vm, i)?,
                (r, i) => i.to_big().to_string_radix(r),
            };
            let negative = digits.starts_with('-');
            format::format_int(&spec, negative, digits.trim_start_matches('-'))
        }
        IntForm::Char => match i {
            IntRef::Small(c @ 0..=0x10ffff) => format::format_char(&spec, c as u32),
            IntRef::Small(_) => return Err(vm.overflow_error("%c arg not in range(0x110000)")),
            IntRef::Big(_) => {
                return Err(vm.overflow_error("Python int too large to convert to C long"));
            }
        },
        IntForm::Float => {
            let f = i
                .to_f64()
                .ok_or_else(|| vm.overflow_error("int too large to convert to float"))?;
            format::format_float(&spec, &name, f)
        }
    };
    Ok(PyStr::from_buf(&out.map_err(failed)?))
}
