//! The items of arrays: type codes, and the conversion between machine values and objects.

use pyjit_core::prelude::*;
use pyjit_core::types::IntRef;

/// Every type code, in the order of `array.typecodes`.
pub(super) const CODES: &str = "bBuwhHiIlLqQfd";

/// Bytes of an item.
pub(super) fn width(code: u8) -> Option<usize> {
    Some(match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' | b'u' | b'w' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        _ => return None,
    })
}
pub(super) fn is_unicode(code: u8) -> bool {
    code == b'u' || code == b'w'
}

/// The bytes as an array of fixed size; zeros where there are too few.
fn fixed<const N: usize>(b: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    for (o, x) in out.iter_mut().zip(b) {
        *o = *x;
    }
    out
}

/// The object for an item's bytes in machine order.
pub(super) fn read(vm: &Vm, code: u8, b: &[u8]) -> PyResult<Owned> {
    Ok(match code {
        b'b' => new_int(i8::from_ne_bytes(fixed(b)).into()),
        b'B' => new_int(u8::from_ne_bytes(fixed(b)).into()),
        b'h' => new_int(i16::from_ne_bytes(fixed(b)).into()),
        b'H' => new_int(u16::from_ne_bytes(fixed(b)).into()),
        b'i' => new_int(i32::from_ne_bytes(fixed(b)).into()),
        b'I' => new_int(u32::from_ne_bytes(fixed(b)).into()),
        b'l' | b'q' => new_int(i64::from_ne_bytes(fixed(b))),
        b'L' | b'Q' => new_u64(u64::from_ne_bytes(fixed(b))),
        b'f' => new_float(f32::from_ne_bytes(fixed(b)).into()),
        b'd' => new_float(f64::from_ne_bytes(fixed(b))),
        _ => {
            let c = u32::from_ne_bytes(fixed(b));
            if c > 0x10FFFF {
                return Err(vm.value_error(format!(
                    "character U+{c:x} is not in range [U+0000; U+10ffff]"
                )));
            }
            PyStr::from_char(c)
        }
    })
}

/// A machine integer of an object within bounds, with the messages of the converter that CPython uses for the type.
fn bounded(
    vm: &Vm,
    v: Value,
    (lo, hi): (i64, i64),
    name: &str,
    too_large: &str,
) -> PyResult<i64> {
    let i = vm.index(v)?;
    let n = i.as_i64().ok_or_else(|| vm.overflow_error(too_large))?;
    if n < lo {
        return Err(vm.overflow_error(format!("{name} is less than minimum")));
    }
    if n > hi {
        return Err(vm.overflow_error(format!("{name} is greater than maximum")));
    }
    Ok(n)
}
fn unsigned(vm: &Vm, v: Value, negative: &str, too_large: &str) -> PyResult<u64> {
    let i = vm.index(v)?;
    let n = match i.as_int() {
        Some(IntRef::Small(n)) => u64::try_from(n).ok(),
        Some(IntRef::Big(b)) if !b.is_negative() => match b.to_u64() {
            Some(n) => Some(n),
            None => return Err(vm.overflow_error(too_large)),
        },
        _ => None,
    };
    n.ok_or_else(|| vm.overflow_error(negative))
}

/// An object's bytes as an item, in machine order: the first `width(code)` of the result.
pub(super) fn write(vm: &Vm, code: u8, v: Value) -> PyResult<[u8; 8]> {
    const LONG: &str = "Python int too large to convert to C long";
    const LL: &str = "int too big to convert";
    let short = (i16::MIN.into(), i16::MAX.into());
    let int = (i32::MIN.into(), i32::MAX.into());
    let any = (i64::MIN, i64::MAX);
    let mut out = [0; 8];
    let mut put = |b: &[u8]| {
        for (o, x) in out.iter_mut().zip(b) {
            *o = *x;
        }
    };
    match code {
        b'b' => {
            let n = bounded(vm, v, short, "signed short integer", LONG)?;
            let Ok(n) = i8::try_from(n) else {
                return Err(vm.overflow_error(if n < 0 {
                    "signed char is less than minimum"
                } else {
                    "signed char is greater than maximum"
                }));
            };
            put(&n.to_ne_bytes());
        }
        b'B' => {
            let n = bounded(vm, v, (0, 255), "unsigned byte integer", LONG)?;
            put(&(n as u8).to_ne_bytes());
        }
        b'h' => put(&(bounded(vm, v, short, "signed short integer", LONG)? as i16).to_ne_bytes()),
        b'H' => {
            let n = bounded(vm, v, int, "signed integer", LONG)?;
            let Ok(n) = u16::try_from(n) else {
                return Err(vm.overflow_error(if n < 0 {
                    "unsigned short is less than minimum"
                } else {
                    "unsigned short is greater than maximum"
                }));
            };
            put(&n.to_ne_bytes());
        }
        b'i' => put(&(bounded(vm, v, int, "signed integer", LONG)? as i32).to_ne_bytes()),
        b'I' | b'L' => {
            let n = unsigned(
                vm,
                v,
                "can't convert negative value to unsigned int",
                "Python int too large to convert to C unsigned long",
            )?;
            if code == b'L' {
                put(&n.to_ne_bytes());
            } else {
                let Ok(n) = u32::try_from(n) else {
                    return Err(vm.overflow_error("unsigned int is greater than maximum"));
                };
                put(&n.to_ne_bytes());
            }
        }
        b'l' => put(&bounded(vm, v, any, "", LONG)?.to_ne_bytes()),
        b'q' => put(&bounded(vm, v, any, "", LL)?.to_ne_bytes()),
        b'Q' => put(&unsigned(vm, v, "can't convert negative int to unsigned", LL)?.to_ne_bytes()),
        b'f' => put(&(vm.to_f64(v)? as f32).to_ne_bytes()),
        b'd' => put(&vm.to_f64(v)?.to_ne_bytes()),
        _ => {
            let Some(s) = v.cast::<PyStr>() else {
                return Err(vm.type_error(format!(
                    "array item must be a unicode character, not {}",
                    v.class().name_str()
                )));
            };
            let (1, Some(c)) = (s.len(), s.text().get(0)) else {
                return Err(vm.type_error(format!(
                    "array item must be a unicode character, not a string of length {}",
                    s.len()
                )));
            };
            put(&c.to_ne_bytes());
        }
    }
    Ok(out)
}
