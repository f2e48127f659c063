//! `_blake2`: BLAKE2 with its parameters.

use super::{GETSET, PyHashBase, either_arg, fixed_methods};
use crate::{NativeModule, add_class};
use pyjit_codec::blake2::Params;
use pyjit_codec::digest::{self, Digest};
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

pub static BLAKE2: NativeModule = NativeModule::new("_blake2", &[]).init(|vm, m| {
    let d = m.dict();
    for (class, prefix, size, salt) in [
        (define_class::<PyBlake2b>(vm, BLAKE2B), "BLAKE2B", 64, 16),
        (define_class::<PyBlake2s>(vm, BLAKE2S), "BLAKE2S", 32, 8),
    ] {
        for (name, n) in [
            ("SALT_SIZE", salt),
            ("PERSON_SIZE", salt),
            ("MAX_KEY_SIZE", size),
            ("MAX_DIGEST_SIZE", size),
        ] {
            class.dict().set_name(name, new_int(n));
            d.set_name(&format!("{prefix}_{name}"), new_int(n));
        }
        add_class(m, class);
    }
    d.set_name("_GIL_MINSIZE", Owned::small(2048));
    Ok(())
});

static NEW: Sig = Sig::parse(
    "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)",
);

/// What differs between the two hashes.
struct Variant {
    name: &'static str,
    shown: &'static str,
    size: usize,
    salt: usize,
    offset_max: u64,
    make: fn(&Params) -> Option<Box<dyn Digest>>,
}
const B: Variant = Variant {
    name: "blake2b",
    shown: "Blake2b",
    size: 64,
    salt: 16,
    offset_max: u64::MAX,
    make: digest::blake2b,
};
const S: Variant = Variant {
    name: "blake2s",
    shown: "Blake2s",
    size: 32,
    salt: 8,
    offset_max: (1 << 48) - 1,
    make: digest::blake2s,
};

fn unsigned(vm: &Vm, v: Value, max: u64, what: &str) -> PyResult<u64> {
    let i = vm.index(v)?;
    if i.as_int().is_some_and(|i| i.is_negative()) {
        return Err(vm.value_error("Cannot convert negative int"));
    }
    let n = match i.as_int() {
        Some(IntRef::Small(i)) => Some(i as u64),
        Some(IntRef::Big(b)) => b.to_u64(),
        None => None,
    };
    n.filter(|n| *n <= max)
        .ok_or_else(|| vm.overflow_error(format!("{what} is too large")))
}

/// A hash from the arguments of a constructor.
fn build(vm: &Vm, v: &Variant, args: Args<'_>) -> PyResult<Box<dyn Digest>> {
    let who = Callee {
        name: v.name,
        qualified: &|| v.name.to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let data = either_arg(vm, a[0], a[13])?;
        let int = |v: Value, default: i32| match v.non_null() {
            Some(v) => vm.to_i32(v),
            None => Ok(default),
        };
        let bytes = |v: Value| match v.non_null() {
            Some(v) => Ok(ByteArg::new(vm, v)?.to_vec()),
            None => Ok(vec![]),
        };
        let size = int(a[1], v.size as i32)?;
        if size < 1 || size as usize > v.size {
            return Err(vm.value_error(format!(
                "digest_size for {} must be between 1 and {} bytes, here it is {size}",
                v.shown, v.size
            )));
        }
        let mut p = Params::new(size as usize);
        p.key = bytes(a[2])?;
        p.salt = bytes(a[3])?;
        p.person = bytes(a[4])?;
        let longer =
            |what: &str, n: usize| vm.value_error(format!("maximum {what} length is {n} bytes"));
        if p.salt.len() > v.salt {
            return Err(longer("salt", v.salt));
        }
        if p.person.len() > v.salt {
            return Err(longer("person", v.salt));
        }
        let small = |v: Value, default: i32, low: i32, what: &str| -> PyResult<u8> {
            let n = int(v, default)?;
            u8::try_from(n)
                .ok()
                .filter(|n| i32::from(*n) >= low)
                .ok_or_else(|| vm.value_error(format!("{what} must be between {low} and 255")))
        };
        p.fanout = small(a[5], 1, 0, "fanout")?;
        p.depth = small(a[6], 1, 1, "depth")?;
        if let Some(n) = a[7].non_null() {
            p.leaf_size = unsigned(vm, n, u64::from(u32::MAX), "leaf_size")? as u32;
        }
        if let Some(n) = a[8].non_null() {
            p.node_offset = unsigned(vm, n, v.offset_max, "node_offset")?;
        }
        p.node_depth = small(a[9], 0, 0, "node_depth")?;
        let inner = int(a[10], 0)?;
        if inner < 0 || inner as usize > v.size {
            return Err(vm.value_error(format!("inner_size must be between 0 and is {}", v.size)));
        }
        p.inner_size = inner as u8;
        if let Some(l) = a[11].non_null() {
            p.last_node = vm.truthy(l)?;
        }
        if p.key.len() > v.size {
            return Err(longer("key", v.size));
        }
        let Some(mut d) = (v.make)(&p) else {
            return Err(vm.value_error("invalid parameters"));
        };
        if let Some(b) = data {
            d.update(&b);
        }
        Ok(d)
    })
}

macro_rules! variant {
    ($t:ident, $spec:ident, $name:literal, $v:expr) => {
        py_class! { pub struct $t as $name, extends PyHashBase { pub base: PyHashBase } }
        const $spec: ClassSpec = ClassSpec {
            module: "_blake2",
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, class, args| {
                    let d = build(vm, &$v, args)?;
                    Ok(new_object(
                        class,
                        $t {
                            base: PyHashBase::new(d),
                        },
                    ))
                }));
            },
            methods: fixed_methods!($t, "(self, data, /)"),
            getset: GETSET,
            ..ClassSpec::new($name)
        };
    };
}
variant!(PyBlake2b, BLAKE2B, "blake2b", B);
variant!(PyBlake2s, BLAKE2S, "blake2s", S);
