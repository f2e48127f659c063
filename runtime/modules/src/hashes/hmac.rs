//! `_hmac`.

use super::{data_arg, hex_of};
use crate::{NativeModule, add_class};
use pyjit_codec::digest::Hmac;
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;

pub static HMAC: NativeModule = NativeModule::new("_hmac", FUNCTIONS).init(init);

static UNKNOWN: ClassCell = ClassCell::new();

py_class! {
    /// An HMAC in progress: the bytes so far are kept too, so that it can be copied.
    pub struct PyHmac as "HMAC", nogc {
        pub mac: MutCell<NoTrace<Option<Hmac>>>,
        pub key: NoTrace<Vec<u8>>,
        pub message: MutCell<NoTrace<Vec<u8>>>,
    }
}

/// The algorithm of a `digestmod` argument.
fn algorithm(vm: &Vm, v: Value) -> PyResult<String> {
    let known = v
        .cast::<PyStr>()
        .map(|s| s.to_lossy().to_lowercase().replace("-", "_"))
        .map(|n| match n.as_str() {
            "sha_1" => "sha1".to_owned(),
            "blake2b_32" => "blake2b".to_owned(),
            "blake2s_32" => "blake2s".to_owned(),
            _ => n,
        })
        .filter(|n| Hmac::new(n, b"").is_some());
    match known {
        Some(n) => Ok(n),
        None => {
            let shown = vm.repr_text(v)?;
            Err(vm.error(UNKNOWN.get(), format!("unsupported hash type: {shown}")))
        }
    }
}

fn start(vm: &Vm, name: &str, key: &[u8], message: &[u8]) -> PyResult<Owned> {
    let Some(mut mac) = Hmac::new(name, key) else {
        return Err(vm.error(UNKNOWN.get(), format!("unsupported hash type: '{name}'")));
    };
    mac.update(message);
    Ok(new_object(
        PyHmac::class(),
        PyHmac {
            mac: MutCell::new(NoTrace(Some(mac))),
            key: NoTrace(key.to_vec()),
            message: MutCell::new(NoTrace(message.to_vec())),
        },
    ))
}

fn compute(vm: &Vm, name: &str, key: Value, message: Value) -> PyResult<Owned> {
    let (key, message) = (data_arg(vm, key)?, data_arg(vm, message)?);
    match pyjit_codec::digest::hmac(name, &key, &message) {
        Some(d) => Ok(PyBytes::new(&d)),
        None => Err(vm.error(UNKNOWN.get(), format!("unsupported hash type: '{name}'"))),
    }
}

macro_rules! one_shot {
    ($name:literal, $algorithm:literal) => {
        MethodDef::function(
            $name,
            "(key, msg, /)",
            |vm, a| compute(vm, $algorithm, a[0], a[1]),
            "The HMAC of a message.",
        )
    };
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function(
        "new",
        "(key, msg=None, digestmod=None)",
        |vm, a| {
            let Some(name) = a[2].given() else {
                return Err(vm.type_error("new() missing 1 required argument 'digestmod'"));
            };
            let name = algorithm(vm, name)?;
            let key = data_arg(vm, a[0])?;
            let message = match a[1].given() {
                Some(m) => data_arg(vm, m)?.to_vec(),
                None => vec![],
            };
            start(vm, &name, &key, &message)
        },
        "A new HMAC object.",
    ),
    MethodDef::function(
        "compute_digest",
        "(key, msg, digest)",
        |vm, a| {
            let name = algorithm(vm, a[2])?;
            compute(vm, &name, a[0], a[1])
        },
        "The HMAC of a message.",
    ),
    one_shot!("compute_md5", "md5"),
    one_shot!("compute_sha1", "sha1"),
    one_shot!("compute_sha224", "sha224"),
    one_shot!("compute_sha256", "sha256"),
    one_shot!("compute_sha384", "sha384"),
    one_shot!("compute_sha512", "sha512"),
    one_shot!("compute_sha3_224", "sha3_224"),
    one_shot!("compute_sha3_256", "sha3_256"),
    one_shot!("compute_sha3_384", "sha3_384"),
    one_shot!("compute_sha3_512", "sha3_512"),
    one_shot!("compute_blake2s_32", "blake2s"),
    one_shot!("compute_blake2b_32", "blake2b"),
];

fn this<'a>(vm: &Vm, v: Value) -> PyResult<(&'a PyHmac, &'a mut Hmac)> {
    v.cast::<PyHmac>()
        .and_then(|h| h.mac.get_mut().0.as_mut().map(|m| (h, m)))
        .ok_or_else(|| vm.type_error("an HMAC object is required"))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "copy",
        "(self, /)",
        |vm, a| {
            let (h, m) = this(vm, a[0])?;
            let message = h.message.get().0.clone();
            start(vm, m.name(), &h.key, &message)
        },
        "A copy of the object.",
    ),
    MethodDef::new(
        "update",
        "(self, /, msg)",
        |vm, a| {
            let b = data_arg(vm, a[1])?;
            let (h, m) = this(vm, a[0])?;
            m.update(&b);
            h.message.get_mut().0.extend_from_slice(&b);
            Ok(Owned::NONE)
        },
        "Add bytes to the message.",
    ),
    MethodDef::new(
        "digest",
        "(self, /)",
        |vm, a| Ok(PyBytes::new(&this(vm, a[0])?.1.finish())),
        "The code as bytes.",
    ),
    MethodDef::new(
        "hexdigest",
        "(self, /)",
        |vm, a| Ok(hex_of(&this(vm, a[0])?.1.finish())),
        "The code as hexadecimal digits.",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("name", |vm, v| {
        let name = this(vm, v)?.1.name();
        Ok(PyStr::from_str(&format!("hmac-{name}")))
    }),
    GetSetDef::read("block_size", |vm, v| {
        Ok(new_usize(this(vm, v)?.1.block_size()))
    }),
    GetSetDef::read("digest_size", |vm, v| {
        Ok(new_usize(this(vm, v)?.1.digest_size()))
    }),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let class = define_class::<PyHmac>(
        vm,
        ClassSpec {
            module: "_hmac",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|vm, v| {
                    let name = this(vm, v)?.1.name();
                    Ok(PyStr::from_str(&format!(
                        "<{name} HMAC object @ {:#x}>",
                        v.bits()
                    )))
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("HMAC")
        },
    );
    add_class(m, class);
    let class = define_plain_class(
        vm,
        ClassSpec {
            module: "_hmac",
            base: Some(vm.exc.ValueError),
            flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
            dict: true,
            ..ClassSpec::new("UnknownHashError")
        },
    );
    UNKNOWN.set(class);
    add_class(m, class);
    m.dict().set_name("_GIL_MINSIZE", Owned::small(2048));
    Ok(())
}
