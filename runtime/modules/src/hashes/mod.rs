//! The hash modules `_md5`, `_sha1`, `_sha2`, `_sha3`, `_blake2` and `_hmac`: objects over the digests of the codec crate.
//! Each module has a file of its name that only points here.

mod blake2;
mod hmac;
mod plain;
mod sha3;

pub use blake2::BLAKE2;
pub use hmac::HMAC;
pub use plain::{MD5, SHA1, SHA2};
pub use sha3::SHA3;

use pyjit_codec::digest::Digest;
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use pyjit_types::bytes::ByteArg;

py_class! {
    /// What all hash objects begin with.
    pub struct PyHashBase as "hash", nogc { pub digest: MutCell<NoTrace<Option<Box<dyn Digest>>>> }
}

impl PyHashBase {
    pub(super) fn new(d: Box<dyn Digest>) -> PyHashBase {
        PyHashBase {
            digest: MutCell::new(NoTrace(Some(d))),
        }
    }
}

/// The digest of a hash object.
#[allow(clippy::mut_from_ref)] // as MutCell
fn digest<'a>(vm: &Vm, v: Value) -> PyResult<&'a mut Box<dyn Digest>> {
    v.cast::<PyHashBase>()
        .and_then(|h| h.digest.get_mut().0.as_mut())
        .ok_or_else(|| vm.type_error("a hash object is required"))
}

/// The bytes to hash.
pub(super) fn data_arg(vm: &Vm, v: Value) -> PyResult<ByteArg> {
    if v.isa::<PyStr>() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    match ByteArg::maybe(vm, v)? {
        Some(b) => Ok(b),
        None => Err(vm.type_error("object supporting the buffer API required")),
    }
}

/// The `data` and `string` arguments of a constructor.
pub(super) fn either_arg(vm: &Vm, data: Value, string: Value) -> PyResult<Option<ByteArg>> {
    match (data.non_null(), string.non_null()) {
        (Some(_), Some(_)) => Err(vm.type_error("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.")),
        (Some(v), None) | (None, Some(v)) => data_arg(vm, v).map(Some),
        (None, None) => Ok(None),
    }
}

pub(super) fn hex_of(bytes: &[u8]) -> Owned {
    let t = pyjit_codec::hex::encode(bytes, None, 1);
    PyStr::from_text(Text::Ascii(&t))
}

fn update(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = data_arg(vm, a[1])?;
    digest(vm, a[0])?.update(&b);
    Ok(Owned::NONE)
}

/// `update`, `digest`, `hexdigest` of hashes of fixed size; `copy` depends on the class.
macro_rules! fixed_methods {
    ($t:ident, $arg:literal) => {
        &[
            MethodDef::new(
                "copy",
                "(self, /)",
                |vm, a| {
                    let d = $crate::hashes::digest(vm, a[0])?.copy();
                    Ok(new_object(
                        $t::class(),
                        $t {
                            base: $crate::hashes::PyHashBase::new(d),
                        },
                    ))
                },
                "A copy of the hash object.",
            ),
            MethodDef::new(
                "digest",
                "(self, /)",
                |vm, a| Ok(PyBytes::new(&$crate::hashes::digest(vm, a[0])?.finish())),
                "The digest as bytes.",
            ),
            MethodDef::new(
                "hexdigest",
                "(self, /)",
                |vm, a| {
                    Ok($crate::hashes::hex_of(
                        &$crate::hashes::digest(vm, a[0])?.finish(),
                    ))
                },
                "The digest as hexadecimal digits.",
            ),
            MethodDef::new("update", $arg, $crate::hashes::update, "Hash more bytes."),
        ]
    };
}
pub(super) use fixed_methods;

/// Attributes of all hash objects.
pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef::read("block_size", |vm, v| {
        Ok(new_usize(digest(vm, v)?.block_size()))
    }),
    GetSetDef::read("name", |vm, v| Ok(PyStr::from_str(digest(vm, v)?.name()))),
    GetSetDef::read("digest_size", |vm, v| {
        Ok(new_usize(digest(vm, v)?.digest_size()))
    }),
];
