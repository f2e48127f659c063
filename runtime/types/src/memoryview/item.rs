//! Single items of the native formats: their sizes, reading and writing.

use pyjit_core::prelude::*;

/// The format character, when the format is a native one (`"@"` in front is allowed).
pub(crate) fn native(format: &str) -> Option<u8> {
    match format.strip_prefix('@').unwrap_or(format).as_bytes() {
        [c] if format_size(*c).is_some() => Some(*c),
        _ => None,
    }
}

/// Bytes of one item of a native format character.
pub fn format_size(c: u8) -> Option<usize> {
    Some(match c {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

fn word(bytes: &[u8]) -> u64 {
    let mut w = [0u8; 8];
    for (to, from) in w.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(w)
}

/// The value of an item.
pub fn unpack_item(vm: &Vm, format: &str, bytes: &[u8]) -> PyResult<Owned> {
    let Some(c) = native(format) else {
        let r = vm.import_attr("struct", "unpack_from").and_then(|f| {
            let data = PyBytes::new(bytes);
            vm.call(f.value(), &[PyStr::from_str(format).value(), data.value()])
        })?;
        return match r.cast::<PyTuple>().map(|t| t.as_slice()) {
            Some(&[one]) => Ok(one.own()),
            _ => Ok(r),
        };
    };
    let w = word(bytes);
    let bits = bytes.len() as u32 * 8;
    let signed = (w << (64 - bits.clamp(1, 64))) as i64 >> (64 - bits.clamp(1, 64));
    Ok(match c {
        b'c' => PyBytes::new(bytes),
        b'?' => Owned::bool(w != 0),
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => new_int(signed),
        b'f' => new_float(f64::from(f32::from_bits(w as u32))),
        b'd' => new_float(f64::from_bits(w)),
        b'e' => new_float(pyjit_codec::half::to_f64(w as u16)),
        _ => new_u64(w),
    })
}

/// The bytes of a value in a format.
pub fn pack_item(vm: &Vm, format: &str, v: Value) -> PyResult<Vec<u8>> {
    let Some(c) = native(format) else {
        return Err(vm.error(
            vm.exc.NotImplementedError,
            format!("memoryview: format {format} not supported"),
        ));
    };
    let n = format_size(c).unwrap_or(1);
    let wrong_type = || vm.type_error(format!("memoryview: invalid type for format '{format}'"));
    let wrong_value = || vm.value_error(format!("memoryview: invalid value for format '{format}'"));
    let w: u64 = match c {
        b'c' => match v.cast::<PyBytes>().map(|b| b.as_slice()) {
            Some([b]) => return Ok(vec![*b]),
            Some(_) => return Err(wrong_value()),
            None => return Err(wrong_type()),
        },
        b'?' => u64::from(vm.truthy(v)?),
        b'f' | b'd' | b'e' => {
            let x = vm.to_f64(v).map_err(|e| {
                if e.is_instance(vm.exc.TypeError) {
                    wrong_type()
                } else {
                    e
                }
            })?;
            match c {
                b'd' => x.to_bits(),
                b'f' => u64::from((x as f32).to_bits()),
                _ => u64::from(pyjit_codec::half::from_f64(x).ok_or_else(wrong_value)?),
            }
        }
        _ => {
            let i = match vm.index(v) {
                Ok(i) => i,
                Err(e) if e.is_instance(vm.exc.TypeError) => return Err(wrong_type()),
                Err(e) => return Err(e),
            };
            let bits = n as u32 * 8;
            let wide = match i.as_int() {
                Some(IntRef::Small(i)) => Some(i128::from(i)),
                Some(IntRef::Big(b)) => b.to_i128(),
                None => None,
            };
            let (low, high) = if matches!(c, b'b' | b'h' | b'i' | b'l' | b'q' | b'n') {
                (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
            } else {
                (0, (1i128 << bits) - 1)
            };
            match wide {
                Some(x) if x >= low && x <= high => x as u64,
                _ => return Err(wrong_value()),
            }
        }
    };
    Ok(w.to_le_bytes()[..n].to_vec())
}
