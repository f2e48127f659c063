//! The native half of the standard library, and the embedded Python half.

pub mod compiling;
pub mod embedded;
pub mod frozen;
pub mod hashes;
pub mod import;
mod libm;
mod native;
pub mod system;

pub use native::{NativeModule, add_class, hidden_class, payload_class};

/// The one list of native modules. A module is a file (or folder) of its name with `pub static MODULE: NativeModule`;
/// files of modules whose name begins with an underscore leave it out (`_io` is in `io.rs`).
macro_rules! modules {
    ($($file:ident),* $(,)?) => {
        $(pub mod $file;)*
        /// Every native module.
        pub static MODULES: &[&NativeModule] = &[$(&$file::MODULE),*];
    };
}
modules! {
    abc,
    array,
    ast,
    atexit,
    binascii,
    bisect,
    blake2,
    builtins,
    bz2,
    cmath,
    codecs,
    collections,
    contextvars,
    csv,
    datetime,
    decimal,
    errno,
    faulthandler,
    functools,
    gc,
    heapq,
    hmac,
    itertools,
    json,
    math,
    md5,
    opcode_module,
    pickle,
    operator,
    multiprocessing,
    posixshmem,
    pwd,
    grp,
    pyexpat,
    queue,
    random,
    resource,
    sha1,
    sha2,
    sha3,
    signal,
    sre,
    statistics,
    fcntl,
    imp,
    io,
    locale,
    marshal,
    posix,
    posixsubprocess,
    select,
    socket,
    stat,
    string,
    structs,
    sys,
    sysconfig,
    thread,
    time,
    suggestions,
    symtable,
    tokenize,
    tracemalloc,
    types_module,
    typing,
    unicodedata,
    warnings,
    weakref_module,
    zlib,
}

/// The native module of a name.
pub fn find(name: &str) -> Option<&'static NativeModule> {
    MODULES.iter().find(|m| m.name == name).copied()
}
