//! `_stat`: the numbers of `stat.py` and tests of file modes.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_stat", FUNCTIONS)
    .doc("S_IFMT_: file type bits\nS_IFDIR: directory")
    .init(|_, m| {
        for (name, n) in CONSTANTS {
            m.dict().set_name(name, new_int(*n));
        }
        Ok(())
    });

macro_rules! kinds {
    ($($name:literal $bits:literal),* $(,)?) => {
        static FUNCTIONS: &[MethodDef] = &[
            MethodDef::function("S_IMODE", "(mode, /)", |vm, a| Ok(new_int(mode(vm, a[0])? & 0o7777)), "Return the portion of the file's mode that can be set by os.chmod()."),
            MethodDef::function("S_IFMT", "(mode, /)", |vm, a| Ok(new_int(mode(vm, a[0])? & 0o170_000)), "Return the portion of the file's mode that describes the file type."),
            MethodDef::function("filemode", "(mode, /)", filemode, "Convert a file's mode to a string of the form '-rwxrwxrwx'"),
            $(MethodDef::function($name, "(mode, /)", |vm, a| { let bits: i64 = $bits; Ok(Owned::bool(mode(vm, a[0])? & 0o170_000 == bits)) }, "Return True if mode is of this file type.")),*
        ];
    };
}
// Kinds that this system does not have get a number that no mode has.
kinds! {
    "S_ISDIR" 0o040_000, "S_ISCHR" 0o020_000, "S_ISBLK" 0o060_000, "S_ISREG" 0o100_000, "S_ISFIFO" 0o010_000,
    "S_ISLNK" 0o120_000, "S_ISSOCK" 0o140_000, "S_ISDOOR" -1, "S_ISPORT" -1, "S_ISWHT" -1,
}

fn mode(vm: &Vm, v: Value) -> PyResult<i64> {
    let n = vm.to_i64(v)?;
    if n < 0 {
        return Err(vm.overflow_error("can't convert negative value to unsigned int"));
    }
    if n > i64::from(u32::MAX) {
        return Err(vm.overflow_error("mode out of range"));
    }
    Ok(n)
}

fn filemode(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = mode(vm, a[0])?;
    let kind = match m & 0o170_000 {
        0o040_000 => 'd',
        0o020_000 => 'c',
        0o060_000 => 'b',
        0o100_000 => '-',
        0o010_000 => 'p',
        0o120_000 => 'l',
        0o140_000 => 's',
        _ => '?',
    };
    let mut s = String::from(kind);
    for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        s.push(if m >> shift & 4 != 0 { 'r' } else { '-' });
        s.push(if m >> shift & 2 != 0 { 'w' } else { '-' });
        s.push(match (m & special != 0, m >> shift & 1 != 0) {
            (true, true) => letter,
            (true, false) => letter.to_ascii_uppercase(),
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    Ok(PyStr::from_str(&s))
}

#[rustfmt::skip] // a table
static CONSTANTS: &[(&str, i64)] = &[
    ("SF_APPEND", 262_144), ("SF_ARCHIVED", 65536), ("SF_DATALESS", 1_073_741_824),
    ("SF_FIRMLINK", 8_388_608), ("SF_IMMUTABLE", 131_072), ("SF_NOUNLINK", 1_048_576),
    ("SF_SETTABLE", 4_294_901_760), ("SF_SNAPSHOT", 2_097_152), ("ST_ATIME", 7), ("ST_CTIME", 9),
    ("ST_DEV", 2), ("ST_GID", 5), ("ST_INO", 1), ("ST_MODE", 0), ("ST_MTIME", 8), ("ST_NLINK", 3),
    ("ST_SIZE", 6), ("ST_UID", 4), ("S_ENFMT", 1024), ("S_IEXEC", 64), ("S_IFBLK", 24576),
    ("S_IFCHR", 8192), ("S_IFDIR", 16384), ("S_IFDOOR", 0), ("S_IFIFO", 4096), ("S_IFLNK", 40960),
    ("S_IFPORT", 0), ("S_IFREG", 32768), ("S_IFSOCK", 49152), ("S_IFWHT", 0), ("S_IREAD", 256),
    ("S_IRGRP", 32), ("S_IROTH", 4), ("S_IRUSR", 256), ("S_IRWXG", 56), ("S_IRWXO", 7),
    ("S_IRWXU", 448), ("S_ISGID", 1024), ("S_ISUID", 2048), ("S_ISVTX", 512), ("S_IWGRP", 16),
    ("S_IWOTH", 2), ("S_IWRITE", 128), ("S_IWUSR", 128), ("S_IXGRP", 8), ("S_IXOTH", 1),
    ("S_IXUSR", 64), ("UF_APPEND", 4), ("UF_COMPRESSED", 32), ("UF_DATAVAULT", 128),
    ("UF_HIDDEN", 32768), ("UF_IMMUTABLE", 2), ("UF_NODUMP", 1), ("UF_NOUNLINK", 16),
    ("UF_OPAQUE", 8), ("UF_SETTABLE", 65535), ("UF_TRACKED", 64),
];
