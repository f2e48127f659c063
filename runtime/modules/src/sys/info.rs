//! What `sys` tells about the implementation: versions, limits, flags, names of modules.

use super::{CACHE_TAG, HEX_VERSION, VERSION};
use pyjit_core::prelude::*;
use pyjit_types::namespace;
use pyjit_types::structseq::StructSeq;

static VERSION_INFO: StructSeq = StructSeq::new(
    "sys",
    "version_info",
    Some("sys.version_info\n\nVersion information as a named tuple."),
    &[
        ("major", "Major release number"),
        ("minor", "Minor release number"),
        ("micro", "Patch release number"),
        ("releaselevel", "'alpha', 'beta', 'candidate', or 'final'"),
        ("serial", "Serial release number"),
    ],
    5,
)
.uncallable();

static FLAGS: StructSeq = StructSeq::new(
    "sys",
    "flags",
    Some("sys.flags\n\nFlags provided through command line arguments or environment vars."),
    &[
        ("debug", "-d"),
        ("inspect", "-i"),
        ("interactive", "-i"),
        ("optimize", "-O or -OO"),
        ("dont_write_bytecode", "-B"),
        ("no_user_site", "-s"),
        ("no_site", "-S"),
        ("ignore_environment", "-E"),
        ("verbose", "-v"),
        ("bytes_warning", "-b"),
        ("quiet", "-q"),
        ("hash_randomization", "-R"),
        ("isolated", "-I"),
        ("dev_mode", "-X dev"),
        ("utf8_mode", "-X utf8"),
        ("warn_default_encoding", "-X warn_default_encoding"),
        ("safe_path", "-P"),
        ("int_max_str_digits", "-X int_max_str_digits"),
        ("gil", "-X gil"),
        ("thread_inherit_context", "-X thread_inherit_context"),
        ("context_aware_warnings", "-X context_aware_warnings"),
    ],
    18,
)
.uncallable();

static HASH_INFO: StructSeq = StructSeq::new(
    "sys",
    "hash_info",
    Some("hash_info\n\nA named tuple providing parameters used for computing hashes."),
    &[
        ("width", "width of the type used for hashing, in bits"),
        ("modulus", "prime number giving the modulus on which the hash function is based"),
        ("inf", "value to be used for hash of a positive infinity"),
        ("nan", "value to be used for hash of a nan"),
        ("imag", "multiplier used for the imaginary part of a complex number"),
        ("algorithm", "name of the algorithm for hashing of str, bytes and memoryviews"),
        ("hash_bits", "internal output size of hash algorithm"),
        ("seed_bits", "seed size of hash algorithm"),
        ("cutoff", "small string optimization cutoff"),
    ],
    9,
);

static INT_INFO: StructSeq = StructSeq::new(
    "sys",
    "int_info",
    Some("sys.int_info\n\nA named tuple that holds information about Python's internal representation of integers."),
    &[
        ("bits_per_digit", "size of a digit in bits"),
        ("sizeof_digit", "size in bytes of the C type used to represent a digit"),
        ("default_max_str_digits", "maximum string conversion digits limitation"),
        ("str_digits_check_threshold", "minimum positive value for int_max_str_digits"),
    ],
    4,
);

static FLOAT_INFO: StructSeq = StructSeq::new(
    "sys",
    "float_info",
    Some("sys.float_info\n\nA named tuple holding information about the float type."),
    &[
        ("max", "DBL_MAX -- maximum representable finite float"),
        ("max_exp", "DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable"),
        ("max_10_exp", "DBL_MAX_10_EXP -- maximum int e such that 10**e is representable"),
        ("min", "DBL_MIN -- Minimum positive normalized float"),
        ("min_exp", "DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float"),
        ("min_10_exp", "DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float"),
        ("dig", "DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float"),
        ("mant_dig", "DBL_MANT_DIG -- mantissa digits"),
        ("epsilon", "DBL_EPSILON -- Difference between 1 and the next representable float"),
        ("radix", "FLT_RADIX -- radix of exponent"),
        ("rounds", "FLT_ROUNDS -- rounding mode used for arithmetic operations"),
    ],
    11,
);

static THREAD_INFO: StructSeq = StructSeq::new(
    "sys",
    "thread_info",
    Some("sys.thread_info\n\nA named tuple holding information about the thread implementation."),
    &[
        ("name", "name of the thread implementation"),
        ("lock", "name of the lock implementation"),
        ("version", "name and version of the thread library"),
    ],
    3,
);

const COPYRIGHT: &str = "Copyright (c) the pyjit developers.\nStandard library: Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved.";

fn text(s: &str) -> Owned {
    PyStr::from_str(s)
}

fn version_info(vm: &Vm) -> Owned {
    let (major, minor, micro) = VERSION;
    VERSION_INFO.make(
        vm,
        vec![
            new_int(major),
            new_int(minor),
            new_int(micro),
            text("final"),
            new_int(0),
        ],
    )
}

/// `sys.flags`, made anew when the options change.
pub fn flags(vm: &Vm) -> Owned {
    let o = vm.options();
    let flag = |b: bool| new_int(i64::from(b));
    let option = |n: &str| o.x_options.iter().any(|(k, _)| k == n);
    FLAGS.make(
        vm,
        vec![
            flag(o.debug),
            flag(o.inspect),
            flag(o.interactive),
            new_int(o.optimize),
            flag(o.dont_write_bytecode),
            flag(o.no_user_site || o.isolated),
            flag(o.no_site),
            flag(o.ignore_environment || o.isolated),
            new_int(o.verbose),
            new_int(o.bytes_warning),
            flag(o.quiet),
            flag(o.hash_seed != Some(0)),
            flag(o.isolated),
            Owned::bool(o.dev_mode),
            flag(true),
            flag(option("warn_default_encoding")),
            Owned::bool(o.safe_path || o.isolated),
            new_usize(vm.int_max_str_digits.get()),
            new_int(1),
            flag(false),
            flag(false),
        ],
    )
}

fn build_date() -> &'static str {
    "main, 2026"
}

/// Puts everything in.
pub fn fill(vm: &Vm, d: &PyDict) -> PyResult<()> {
    let (major, minor, micro) = VERSION;
    let own = env!("CARGO_PKG_VERSION");
    d.set_name(
        "version",
        text(&format!(
            "{major}.{minor}.{micro} ({}) [pyjit {own}]",
            build_date()
        )),
    );
    d.set_name("version_info", version_info(vm));
    d.set_name("hexversion", new_int(HEX_VERSION));
    d.set_name("api_version", new_int(1013));
    d.set_name("copyright", text(COPYRIGHT));
    d.set_name("platform", text("linux"));
    d.set_name("platlibdir", text("lib"));
    d.set_name("abiflags", text(""));
    d.set_name("byteorder", text("little"));
    d.set_name("maxsize", new_int(i64::MAX));
    d.set_name("maxunicode", new_int(0x10_ffff));
    d.set_name("float_repr_style", text("short"));
    d.set_name("_framework", text(""));
    d.set_name(
        "_git",
        PyTuple::new(vec![text("pyjit"), text(""), text("")]),
    );
    d.set_name("flags", flags(vm));
    d.set_name(
        "hash_info",
        HASH_INFO.make(
            vm,
            vec![
                new_int(64),
                new_int((1 << 61) - 1),
                new_int(314_159),
                new_int(0),
                new_int(1_000_003),
                text("siphash13"),
                new_int(64),
                new_int(128),
                new_int(0),
            ],
        ),
    );
    let ints = [30, 4, 4300, 640];
    d.set_name(
        "int_info",
        INT_INFO.make(vm, ints.iter().map(|i| new_int(*i)).collect()),
    );
    d.set_name(
        "float_info",
        FLOAT_INFO.make(
            vm,
            vec![
                new_float(f64::MAX),
                new_int(1024),
                new_int(308),
                new_float(f64::MIN_POSITIVE),
                new_int(-1021),
                new_int(-307),
                new_int(15),
                new_int(53),
                new_float(f64::EPSILON),
                new_int(2),
                new_int(1),
            ],
        ),
    );
    d.set_name(
        "thread_info",
        THREAD_INFO.make(vm, vec![text("pthread"), text("semaphore"), libc_version()]),
    );
    implementation(vm, d)?;
    let mut builtin: Vec<&str> = crate::MODULES.iter().map(|m| m.name).collect();
    builtin.sort_unstable();
    builtin.dedup();
    let builtin = builtin.into_iter().map(text).collect();
    d.set_name("builtin_module_names", PyTuple::new(builtin));
    let stdlib: Vec<Owned> = super::names::STDLIB.iter().map(|n| intern(n)).collect();
    let values: Vec<Value> = stdlib.iter().map(|v| v.value()).collect();
    d.set_name(
        "stdlib_module_names",
        PySet::from_items(vm, PyFrozenSet::class(), &values)?,
    );
    Ok(())
}

fn libc_version() -> Owned {
    // glibc tells its version through confstr; without it the field is None.
    match crate::posix::libc_version() {
        Some(v) => text(&format!("NPTL {v}")),
        None => Owned::NONE,
    }
}

fn implementation(vm: &Vm, d: &PyDict) -> PyResult<()> {
    let entries = PyDict::new();
    let Some(e) = entries.cast::<PyDict>() else {
        return Ok(());
    };
    e.set_name("name", text("pyjit"));
    e.set_name("cache_tag", text(CACHE_TAG));
    e.set_name("version", version_info(vm));
    e.set_name("hexversion", new_int(HEX_VERSION));
    let arch = std::env::consts::ARCH;
    e.set_name("_multiarch", text(&format!("{arch}-linux-gnu")));
    e.set_name("supports_isolated_interpreters", Owned::bool(false));
    d.set_name("implementation", namespace::new(vm, e)?);
    Ok(())
}
