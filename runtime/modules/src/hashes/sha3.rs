//! `_sha3`: SHA-3 of fixed sizes and the extendable SHAKE.

use super::{GETSET, PyHashBase, either_arg, fixed_methods, hex_of, update};
use crate::{NativeModule, add_class};
use pyjit_codec::digest;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::Payload;
use pyjit_core::prelude::*;

pub static SHA3: NativeModule = NativeModule::new("_sha3", &[]).init(|vm, m| {
    define::<PySha3_224>(vm, m, SHA3_224);
    define::<PySha3_256>(vm, m, SHA3_256);
    define::<PySha3_384>(vm, m, SHA3_384);
    define::<PySha3_512>(vm, m, SHA3_512);
    define::<PyShake128>(vm, m, SHAKE_128);
    define::<PyShake256>(vm, m, SHAKE_256);
    m.dict().set_name("_GIL_MINSIZE", Owned::small(2048));
    m.dict().set_name("implementation", PyStr::from_str("HACL"));
    Ok(())
});

fn define<T: Payload>(vm: &Vm, m: &PyModule, spec: ClassSpec) {
    let class = define_class::<T>(vm, spec);
    pyjit_core::object::extend_class(vm, class, |_| {}, &[], EXTRA);
    add_class(m, class);
}

static NEW: Sig = Sig::parse("(data=b'', *, usedforsecurity=True, string=None)");

static EXTRA: &[GetSetDef] = &[
    GetSetDef::read("_capacity_bits", |vm, v| {
        let rate = super::digest(vm, v)?.block_size() * 8;
        Ok(new_usize(1600 - rate))
    }),
    GetSetDef::read("_rate_bits", |vm, v| {
        Ok(new_usize(super::digest(vm, v)?.block_size() * 8))
    }),
    GetSetDef::read("_suffix", |vm, v| {
        let extendable = super::digest(vm, v)?.digest_size() == 0;
        Ok(PyBytes::new(if extendable { b"\x1f" } else { b"\x06" }))
    }),
];

macro_rules! sponge {
    ($t:ident, $spec:ident, $name:literal, $methods:expr) => {
        py_class! { pub struct $t as $name, extends PyHashBase { pub base: PyHashBase } }
        const $spec: ClassSpec = ClassSpec {
            module: "_sha3",
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, class, args| {
                    let who = Callee {
                        name: $name,
                        qualified: &|| $name.to_owned(),
                        bound: false,
                    };
                    bind(vm, &NEW, who, args, |a| {
                        let data = either_arg(vm, a[0], a[2])?;
                        let Some(mut d) = digest::new($name) else {
                            return Err(vm.value_error("unsupported hash type"));
                        };
                        if let Some(b) = data {
                            d.update(&b);
                        }
                        Ok(new_object(
                            class,
                            $t {
                                base: PyHashBase::new(d),
                            },
                        ))
                    })
                }));
            },
            methods: $methods,
            getset: GETSET,
            ..ClassSpec::new($name)
        };
    };
}

/// The length argument of an extendable digest.
fn length(vm: &Vm, v: Value) -> PyResult<usize> {
    let i = vm.index(v)?;
    match i.as_i64() {
        Some(n) if n < 0 => Err(vm.value_error("Cannot convert negative int")),
        Some(n) if n < 1 << 29 => Ok(n as usize),
        None if i.as_int().is_some_and(|i| i.is_negative()) => {
            Err(vm.value_error("Cannot convert negative int"))
        }
        _ => Err(vm.value_error("length is too large")),
    }
}

macro_rules! extendable_methods {
    ($t:ident) => {
        &[
            MethodDef::new(
                "copy",
                "(self, /)",
                |vm, a| {
                    let d = super::digest(vm, a[0])?.copy();
                    Ok(new_object(
                        $t::class(),
                        $t {
                            base: PyHashBase::new(d),
                        },
                    ))
                },
                "A copy of the hash object.",
            ),
            MethodDef::new(
                "digest",
                "(self, /, length)",
                |vm, a| {
                    let n = length(vm, a[1])?;
                    Ok(PyBytes::new(&super::digest(vm, a[0])?.finish_extended(n)))
                },
                "The digest as bytes.",
            ),
            MethodDef::new(
                "hexdigest",
                "(self, /, length)",
                |vm, a| {
                    let n = length(vm, a[1])?;
                    Ok(hex_of(&super::digest(vm, a[0])?.finish_extended(n)))
                },
                "The digest as hexadecimal digits.",
            ),
            MethodDef::new("update", "(self, data, /)", update, "Hash more bytes."),
        ]
    };
}

sponge!(
    PySha3_224,
    SHA3_224,
    "sha3_224",
    fixed_methods!(PySha3_224, "(self, data, /)")
);
sponge!(
    PySha3_256,
    SHA3_256,
    "sha3_256",
    fixed_methods!(PySha3_256, "(self, data, /)")
);
sponge!(
    PySha3_384,
    SHA3_384,
    "sha3_384",
    fixed_methods!(PySha3_384, "(self, data, /)")
);
sponge!(
    PySha3_512,
    SHA3_512,
    "sha3_512",
    fixed_methods!(PySha3_512, "(self, data, /)")
);
sponge!(
    PyShake128,
    SHAKE_128,
    "shake_128",
    extendable_methods!(PyShake128)
);
sponge!(
    PyShake256,
    SHAKE_256,
    "shake_256",
    extendable_methods!(PyShake256)
);
