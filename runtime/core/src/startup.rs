//! The order in which the core classes come into being. Methods are added by the `types` crate; here are the payload
//! classes that the runtime cannot start without.

use crate::exception::*;
use crate::object::*;
use crate::types::*;
use crate::vm::Vm;

/// The SipHash key for a hash seed; without one, from the system's randomness.
pub(crate) fn hash_key(seed: Option<u32>) -> (u64, u64) {
    use pyjit_text::siphash::HashKey;
    let key = match seed {
        Some(s) => HashKey::from_seed(s),
        None => {
            let mut bytes = [0u8; 16];
            // SAFETY: getrandom writes at most 16 bytes into the buffer.
            unsafe { libc::getrandom(bytes.as_mut_ptr() as *mut libc::c_void, 16, 0) };
            HashKey::from_bytes(bytes)
        }
    };
    (key.k0, key.k1)
}
pub(crate) fn hash_bytes(k0: u64, k1: u64, bytes: &[u8]) -> i64 {
    pyjit_text::siphash::hash_bytes(pyjit_text::siphash::HashKey { k0, k1 }, bytes)
}

use type_flags as f;

/// The classes needed before any object exists: (payload, name, flags, instances have a dict, weak references).
macro_rules! core_classes {
    ($m:ident, $vm:ident) => {
        $m!($vm;
            PyObject "object" f::BASE, false, false;
            TypeObject "type" f::BASE | f::TYPE_SUBCLASS | f::HAVE_GC, false, true;
            PyStr "str" f::BASE | f::UNICODE_SUBCLASS | f::MATCH_SELF, false, false;
            PyDict "dict" f::BASE | f::DICT_SUBCLASS | f::MATCH_SELF | f::MAPPING, false, false;
            PyTuple "tuple" f::BASE | f::TUPLE_SUBCLASS | f::MATCH_SELF | f::SEQUENCE, false, false;
            PySlotWrapper "wrapper_descriptor" f::METHOD_DESCRIPTOR, false, false;
            PyMethodDescr "method_descriptor" f::METHOD_DESCRIPTOR, false, false;
            PyClassMethodDescr "classmethod_descriptor" 0, false, false;
            PyGetSet "getset_descriptor" 0, false, false;
            PyBuiltin "builtin_function_or_method" 0, false, true;
            PyStaticMethod "staticmethod" f::BASE, true, true;
            PyInt "int" f::BASE | f::LONG_SUBCLASS | f::MATCH_SELF, false, false;
            PyFloat "float" f::BASE | f::MATCH_SELF, false, false;
            PyBytes "bytes" f::BASE | f::BYTES_SUBCLASS | f::MATCH_SELF, false, false;
        )
    };
}

pub(crate) fn declare_core(vm: &Vm) {
    macro_rules! declare {
        ($v:ident; $($T:ident $name:literal $flags:expr, $dict:literal, $weak:literal;)*) => {
            $( build::declare_class::<$T>($v, &ClassSpec { flags: $flags, dict: $dict, weakrefs: $weak, ..ClassSpec::new($name) }); )*
        };
    }
    core_classes!(declare, vm);
}

/// The exception classes. `BaseException` has its methods added by the `types` crate.
pub(crate) fn exceptions(vm: &Vm) -> Exceptions {
    let spec = ClassSpec {
        flags: f::BASE | f::BASE_EXC_SUBCLASS,
        doc: Some("Common base class for all exceptions"),
        slots: |s| s.new.set(Some(crate::exception::base_exception_new)),
        dict: true,
        ..ClassSpec::new("BaseException")
    };
    Exceptions::declare(vm, define_class::<PyBaseException>(vm, spec))
}
