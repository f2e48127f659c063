//! Pickling of arrays: machine formats as numbers, and the reconstruction from bytes of any of them.

use super::{PyArray, array_of, item};
use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "_array_reconstructor",
    "(arraytype, typecode, mformat_code, items, /)",
    reconstruct,
    "Internal. Used for pickling support.",
)];

/// What a machine format number stands for: kind of value, bytes, big-endian.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Unsigned,
    Signed,
    Float,
    Utf16,
    Utf32,
}
fn facts(format: i64) -> Option<(Kind, usize, bool)> {
    let big = format % 2 == 1;
    Some(match format {
        0 => (Kind::Unsigned, 1, false),
        1 => (Kind::Signed, 1, false),
        2 | 3 => (Kind::Unsigned, 2, big),
        4 | 5 => (Kind::Signed, 2, big),
        6 | 7 => (Kind::Unsigned, 4, big),
        8 | 9 => (Kind::Signed, 4, big),
        10 | 11 => (Kind::Unsigned, 8, big),
        12 | 13 => (Kind::Signed, 8, big),
        14 | 15 => (Kind::Float, 4, big),
        16 | 17 => (Kind::Float, 8, big),
        18 | 19 => (Kind::Utf16, 2, big),
        20 | 21 => (Kind::Utf32, 4, big),
        _ => return None,
    })
}
/// The number of a type code's format on this machine.
fn format_of(code: u8) -> i64 {
    let base = match code {
        b'B' => return 0,
        b'b' => return 1,
        b'H' => 2,
        b'h' => 4,
        b'I' => 6,
        b'i' => 8,
        b'L' | b'Q' => 10,
        b'l' | b'q' => 12,
        b'f' => 14,
        b'd' => 16,
        _ => 20,
    };
    base + i64::from(cfg!(target_endian = "big"))
}

pub(super) fn reduce_ex(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let array = array_of(vm, a[0])?;
    if a[1].as_int().is_none() {
        return Err(vm.type_error(format!(
            "__reduce_ex__ argument should be an integer, got {}",
            a[1].class().name_str()
        )));
    }
    let protocol = vm.to_i64(a[1])?;
    let dict = vm
        .getattr_opt(a[0], vm.names.__dict__.value())?
        .unwrap_or(Owned::NONE);
    let class = a[0].class().as_owned();
    let code = PyStr::from_char(array.code.into());
    if protocol < 3 {
        let list = super::methods::to_list(vm, array)?;
        return Ok(PyTuple::new(vec![class, PyTuple::pair(code, list), dict]));
    }
    let f = vm.import_attr("array", "_array_reconstructor")?;
    let args = vec![
        class,
        code,
        new_int(format_of(array.code)),
        PyBytes::new(array.bytes()),
    ];
    Ok(PyTuple::new(vec![f, PyTuple::new(args), dict]))
}

fn reconstruct(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(class) = a[0].cast::<TypeObject>() else {
        return Err(vm.type_error(format!(
            "first argument must be a type object, not {}",
            a[0].class().name_str()
        )));
    };
    if !class.is_subclass(PyArray::class()) {
        return Err(vm.type_error(format!(
            "{} is not a subtype of array.array",
            class.name_str()
        )));
    }
    let code = a[1].cast::<PyStr>().filter(|s| s.len() == 1);
    let code = code.and_then(|s| u8::try_from(s.text().get(0)?).ok());
    let Some((code, width)) = code.and_then(|c| Some((c, item::width(c)?))) else {
        return Err(vm.value_error("second argument must be a valid type code"));
    };
    let format = i64::from(vm.to_i32(a[2])?);
    let Some((kind, size, big)) = facts(format) else {
        return Err(vm.value_error("third argument must be a valid machine format code."));
    };
    let Some(bytes) = a[3].cast::<PyBytes>() else {
        return Err(vm.type_error(format!(
            "fourth argument should be bytes, not {}",
            a[3].class().name_str()
        )));
    };
    let made = new_object(class, PyArray::empty(code, width));
    let array = array_of(vm, made.value())?;
    if format == format_of(code) {
        array.push_bytes(vm, bytes.as_slice())?;
        return Ok(made);
    }
    if bytes.as_slice().len() % size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    if matches!(kind, Kind::Utf16 | Kind::Utf32) {
        let codec = match (kind, big) {
            (Kind::Utf16, false) => "utf-16-le",
            (Kind::Utf16, true) => "utf-16-be",
            (_, false) => "utf-32-le",
            (_, true) => "utf-32-be",
        };
        let text = vm.call_method_str(a[3], "decode", &[PyStr::from_str(codec).value()])?;
        if let Some(s) = text.cast::<PyStr>() {
            super::methods::push_text(vm, array, s)?;
        }
        return Ok(made);
    }
    for chunk in bytes.as_slice().chunks_exact(size) {
        let mut le = chunk.to_vec();
        if big {
            le.reverse();
        }
        let mut wide = [0u8; 8];
        for (w, b) in wide.iter_mut().zip(&le) {
            *w = *b;
        }
        let raw = u64::from_le_bytes(wide);
        let value = match (kind, size) {
            (Kind::Float, 4) => new_float(f32::from_bits(raw as u32).into()),
            (Kind::Float, _) => new_float(f64::from_bits(raw)),
            (Kind::Signed, n) => {
                let unused = 64 - 8 * n as u32;
                new_int(((raw << unused) as i64) >> unused)
            }
            _ => new_u64(raw),
        };
        array.push(vm, value.value())?;
    }
    Ok(made)
}
