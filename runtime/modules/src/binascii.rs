//! `binascii`: bytes as text in various encodings, and checksums.

use crate::{NativeModule, add_class};
use pyjit_codec::{base64, checksum, hex, quoted, uu};
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

pub static MODULE: NativeModule = NativeModule::new("binascii", FUNCTIONS).init(init);

static ERROR: ClassCell = ClassCell::new();

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let make = |name, base| {
        define_plain_class(
            vm,
            ClassSpec {
                module: "binascii",
                base: Some(base),
                flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
                dict: true,
                ..ClassSpec::new(name)
            },
        )
    };
    let error = make("Error", vm.exc.ValueError);
    ERROR.set(error);
    add_class(m, error);
    add_class(m, make("Incomplete", vm.exc.Exception));
    Ok(())
}

fn error(vm: &Vm, msg: impl AsRef<str>) -> Raised {
    vm.error(ERROR.get(), msg)
}

/// Bytes or an ASCII string.
fn ascii_arg(vm: &Vm, v: Value) -> PyResult<ByteArg> {
    if let Some(s) = v.cast::<PyStr>() {
        return match s.as_ascii() {
            Some(t) => Ok(ByteArg::Copy(t.as_bytes().to_vec())),
            None => Err(vm.value_error("string argument should contain only ASCII characters")),
        };
    }
    match ByteArg::maybe(vm, v)? {
        Some(b) => Ok(b),
        None => Err(vm.type_error(format!(
            "argument should be bytes, buffer or ASCII string, not '{}'",
            v.class().name_str()
        ))),
    }
}

fn flag(vm: &Vm, v: Value, default: bool) -> PyResult<bool> {
    match v.non_null() {
        Some(v) => vm.truthy(v),
        None => Ok(default),
    }
}

/// The low 32 bits of an integer argument.
pub(crate) fn word(vm: &Vm, v: Value, default: u32) -> PyResult<u32> {
    let Some(v) = v.non_null() else {
        return Ok(default);
    };
    let i = vm.index(v)?;
    Ok(match i.as_int() {
        Some(IntRef::Small(i)) => i as u32,
        Some(IntRef::Big(b)) => b.wrapping_to_u64() as u32,
        None => default,
    })
}

fn hexlify(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ByteArg::new(vm, a[0])?;
    let sep = match a[1].non_null() {
        None => None,
        Some(v) => {
            if vm.len(v)? != 1 {
                return Err(vm.value_error("sep must be length 1."));
            }
            let c = if let Some(s) = v.cast::<PyStr>() {
                s.text().get(0)
            } else if let Some(b) = v.cast::<PyBytes>() {
                b.as_slice().first().map(|c| u32::from(*c))
            } else {
                return Err(vm.type_error("sep must be str or bytes."));
            };
            match c.and_then(|c| u8::try_from(c).ok()) {
                Some(c) if c.is_ascii() => Some(c),
                _ => return Err(vm.value_error("sep must be ASCII.")),
            }
        }
    };
    let group = match a[2].non_null() {
        Some(v) => i64::from(vm.to_i32(v)?),
        None => 1,
    };
    let sep = if group == 0 { None } else { sep };
    Ok(PyBytes::new(&hex::encode(&b, sep, group)))
}

fn unhexlify(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ascii_arg(vm, a[0])?;
    match hex::decode(&b) {
        Ok(d) => Ok(PyBytes::new(&d)),
        Err(e) => Err(error(vm, e.message())),
    }
}

macro_rules! f {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::function($name, $sig, $f, $doc)
    };
}

static FUNCTIONS: &[MethodDef] = &[
    f!(
        "a2b_base64",
        "(data, /, *, strict_mode=False)",
        |vm, a| {
            let b = ascii_arg(vm, a[0])?;
            match base64::decode(&b, flag(vm, a[1], false)?) {
                Ok(d) => Ok(PyBytes::new(&d)),
                Err(e) => Err(error(vm, e.message())),
            }
        },
        "Decode base 64."
    ),
    f!(
        "b2a_base64",
        "(data, /, *, newline=True)",
        |vm, a| {
            let b = ByteArg::new(vm, a[0])?;
            let mut out = base64::encode(&b);
            if flag(vm, a[1], true)? {
                out.push(b'\n');
            }
            Ok(PyBytes::new(&out))
        },
        "Encode in base 64."
    ),
    f!("a2b_hex", "(hexstr, /)", unhexlify, "Decode hexadecimal digits."),
    f!("unhexlify", "(hexstr, /)", unhexlify, "Decode hexadecimal digits."),
    f!(
        "b2a_hex",
        "(data, sep=None, bytes_per_sep=1)",
        hexlify,
        "Encode as hexadecimal digits."
    ),
    f!(
        "hexlify",
        "(data, sep=None, bytes_per_sep=1)",
        hexlify,
        "Encode as hexadecimal digits."
    ),
    f!(
        "a2b_qp",
        "(data, header=False)",
        |vm, a| {
            let b = ascii_arg(vm, a[0])?;
            Ok(PyBytes::new(&quoted::decode(&b, flag(vm, a[1], false)?)))
        },
        "Decode quoted-printable text."
    ),
    f!(
        "b2a_qp",
        "(data, quotetabs=False, istext=True, header=False)",
        |vm, a| {
            let b = ByteArg::new(vm, a[0])?;
            let options = quoted::Options {
                quote_tabs: flag(vm, a[1], false)?,
                is_text: flag(vm, a[2], true)?,
                header: flag(vm, a[3], false)?,
            };
            Ok(PyBytes::new(&quoted::encode(&b, options)))
        },
        "Encode as quoted-printable text."
    ),
    f!(
        "a2b_uu",
        "(data, /)",
        |vm, a| {
            let b = ascii_arg(vm, a[0])?;
            match uu::decode(&b) {
                Ok(d) => Ok(PyBytes::new(&d)),
                Err(e) => Err(error(vm, e.message())),
            }
        },
        "Decode a uuencoded line."
    ),
    f!(
        "b2a_uu",
        "(data, /, *, backtick=False)",
        |vm, a| {
            let b = ByteArg::new(vm, a[0])?;
            match uu::encode(&b, flag(vm, a[1], false)?) {
                Ok(d) => Ok(PyBytes::new(&d)),
                Err(e) => Err(error(vm, e.message())),
            }
        },
        "Uuencode a line."
    ),
    f!(
        "crc32",
        "(data, crc=0, /)",
        |vm, a| {
            let start = word(vm, a[1], 0)?;
            let b = ByteArg::new(vm, a[0])?;
            Ok(new_int(i64::from(checksum::crc32(&b, start))))
        },
        "The CRC-32 of data."
    ),
    f!(
        "crc_hqx",
        "(data, crc, /)",
        |vm, a| {
            let start = word(vm, a[1], 0)? as u16;
            let b = ByteArg::new(vm, a[0])?;
            Ok(new_int(i64::from(checksum::crc_hqx(&b, start))))
        },
        "The CRC-CCITT of data."
    ),
];
