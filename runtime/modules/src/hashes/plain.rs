//! `_md5`, `_sha1`, `_sha2`.

use super::{GETSET, PyHashBase, either_arg, fixed_methods};
use crate::NativeModule;
use pyjit_codec::digest;
use pyjit_core::prelude::*;

pub static MD5: NativeModule = NativeModule::new("_md5", MD5_FUNCTIONS).init(|vm, m| {
    define::<PyMd5>(vm, m, "MD5Type", MD5_SPEC);
    Ok(())
});
pub static SHA1: NativeModule = NativeModule::new("_sha1", SHA1_FUNCTIONS).init(|vm, m| {
    define::<PySha1>(vm, m, "SHA1Type", SHA1_SPEC);
    Ok(())
});
pub static SHA2: NativeModule = NativeModule::new("_sha2", SHA2_FUNCTIONS).init(|vm, m| {
    define::<PySha224>(vm, m, "SHA224Type", SHA224_SPEC);
    define::<PySha256>(vm, m, "SHA256Type", SHA256_SPEC);
    define::<PySha384>(vm, m, "SHA384Type", SHA384_SPEC);
    define::<PySha512>(vm, m, "SHA512Type", SHA512_SPEC);
    Ok(())
});

fn define<T: pyjit_core::object::Payload>(vm: &Vm, m: &PyModule, name: &str, spec: ClassSpec) {
    let class = define_class::<T>(vm, spec);
    m.dict().set_name(name, class.as_owned());
    m.dict().set_name("_GIL_MINSIZE", Owned::small(2048));
}

macro_rules! hash {
    ($t:ident, $spec:ident, $module:literal, $class:literal, $name:literal, $make:ident) => {
        py_class! { pub struct $t as $class, extends PyHashBase { pub base: PyHashBase } }
        const $spec: ClassSpec = ClassSpec {
            module: $module,
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: fixed_methods!($t, "(self, obj, /)"),
            getset: GETSET,
            ..ClassSpec::new($class)
        };
        fn $make(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
            let data = either_arg(vm, a[0], a[2])?;
            let Some(mut d) = digest::new($name) else {
                return Err(vm.value_error(concat!("unsupported hash type ", $name)));
            };
            if let Some(b) = data {
                d.update(&b);
            }
            Ok(new_object(
                $t::class(),
                $t {
                    base: PyHashBase::new(d),
                },
            ))
        }
    };
}
hash!(PyMd5, MD5_SPEC, "_md5", "md5", "md5", md5);
hash!(PySha1, SHA1_SPEC, "_sha1", "sha1", "sha1", sha1);
hash!(
    PySha224,
    SHA224_SPEC,
    "_sha2",
    "SHA224Type",
    "sha224",
    sha224
);
hash!(
    PySha256,
    SHA256_SPEC,
    "_sha2",
    "SHA256Type",
    "sha256",
    sha256
);
hash!(
    PySha384,
    SHA384_SPEC,
    "_sha2",
    "SHA384Type",
    "sha384",
    sha384
);
hash!(
    PySha512,
    SHA512_SPEC,
    "_sha2",
    "SHA512Type",
    "sha512",
    sha512
);

macro_rules! function {
    ($name:literal, $f:expr) => {
        MethodDef::function(
            $name,
            "(data=b'', *, usedforsecurity=True, string=None)",
            $f,
            "A new hash object.",
        )
    };
}
static MD5_FUNCTIONS: &[MethodDef] = &[function!("md5", md5)];
static SHA1_FUNCTIONS: &[MethodDef] = &[function!("sha1", sha1)];
static SHA2_FUNCTIONS: &[MethodDef] = &[
    function!("sha224", sha224),
    function!("sha256", sha256),
    function!("sha384", sha384),
    function!("sha512", sha512),
];
