//! `errno`: the error numbers of the system, by name and by number.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("errno", &[])
    .doc("This module makes available standard errno system symbols.\n\nThe value of each symbol is the corresponding integer value,\ne.g., on most systems, errno.ENOENT equals the integer 2.\n\nThe dictionary errno.errorcode maps numeric codes to symbol names,\ne.g., errno.errorcode[2] could be the string 'ENOENT'.\n\nSymbols that are not relevant to the underlying system are not defined.\n\nTo map error codes to error messages, use the function os.strerror(),\ne.g. os.strerror(2) could return 'No such file or directory'.")
    .init(init);

macro_rules! codes {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name)),*] };
}
/// Where two names share a number, the later one is what `errorcode` shows.
static CODES: &[(&str, i32)] = codes! {
    ENODEV
    ENOCSI
    EHOSTUNREACH
    ENOMSG
    EUCLEAN
    EL2NSYNC
    EL2HLT
    ENODATA
    ENOTBLK
    ENOSYS
    EPIPE
    EINVAL
    EOVERFLOW
    EADV
    EINTR
    EUSERS
    ENOTEMPTY
    ENOBUFS
    EPROTO
    EREMOTE
    ENAVAIL
    ECHILD
    ELOOP
    EXDEV
    E2BIG
    ESRCH
    EMSGSIZE
    EAFNOSUPPORT
    EBADR
    EHOSTDOWN
    EPFNOSUPPORT
    ENOPROTOOPT
    EBUSY
    EWOULDBLOCK
    EAGAIN
    EBADFD
    EDOTDOT
    EISCONN
    ENOANO
    ESHUTDOWN
    ECHRNG
    ELIBBAD
    ENONET
    EBADE
    EBADF
    EMULTIHOP
    EIO
    EUNATCH
    EPROTOTYPE
    ENOSPC
    ENOEXEC
    EALREADY
    ENETDOWN
    ENOTNAM
    EACCES
    ELNRNG
    EILSEQ
    ENOTDIR
    ENOTUNIQ
    EPERM
    EDOM
    EXFULL
    ECONNREFUSED
    EISDIR
    EPROTONOSUPPORT
    EROFS
    EADDRNOTAVAIL
    EIDRM
    ECOMM
    ESRMNT
    EREMOTEIO
    EL3RST
    EBADMSG
    ENFILE
    ELIBMAX
    ESPIPE
    ENOLINK
    ENETRESET
    ETIMEDOUT
    ENOENT
    EEXIST
    EDQUOT
    ENOSTR
    EBADSLT
    EBADRQC
    ELIBACC
    EFAULT
    EFBIG
    EDEADLK
    EDEADLOCK
    ENOTCONN
    EDESTADDRREQ
    ELIBSCN
    ENOLCK
    EISNAM
    ECONNABORTED
    ENETUNREACH
    ESTALE
    ENOSR
    ENOMEM
    ENOTSOCK
    ESTRPIPE
    EMLINK
    ERANGE
    ELIBEXEC
    EL3HLT
    ECONNRESET
    EADDRINUSE
    EOPNOTSUPP
    EREMCHG
    ENAMETOOLONG
    ENOTTY
    ERESTART
    ESOCKTNOSUPPORT
    ETIME
    EBFONT
    ETOOMANYREFS
    EMFILE
    ETXTBSY
    EINPROGRESS
    ENXIO
    ENOPKG
    ENOMEDIUM
    EMEDIUMTYPE
    ECANCELED
    ENOKEY
    EHWPOISON
    EKEYEXPIRED
    EKEYREVOKED
    EKEYREJECTED
    EOWNERDEAD
    ENOTRECOVERABLE
    ERFKILL
    ENOTSUP
};

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let by_number = PyDict::new();
    for (name, code) in CODES {
        let value = Owned::small(i64::from(*code));
        m.dict().set_name(name, value.clone());
        if let Some(d) = by_number.cast::<PyDict>() {
            d.set(vm, value.value(), intern(name))?;
        }
    }
    #[cfg(target_os = "linux")]
    {
        m.dict().set_name("EFTYPE", Owned::small(134));
        if let Some(d) = by_number.cast::<PyDict>() {
            d.set(vm, Value::small(134), intern("EFTYPE"))?;
        }
    }
    m.dict().set_name("errorcode", by_number);
    Ok(())
}
