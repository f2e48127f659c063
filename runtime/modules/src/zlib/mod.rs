//! `zlib`: compression and checksums. The streams are in `system/zstream.rs`; `compress.rs` and `decompress.rs` have the
//! objects that keep one.

mod compress;
mod decompress;

use crate::binascii::word;
use crate::system::zstream::{self, Stream};
use crate::{NativeModule, add_class};
use pyjit_codec::checksum;
use pyjit_core::object::ClassCell;
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("zlib", FUNCTIONS)
    .doc("The functions in this module allow compression and decompression using the\nzlib library, which is based on GNU zip.\n\nadler32(string[, start]) -- Compute an Adler-32 checksum.\ncompress(data[, level]) -- Compress data, with compression level 0-9 or -1.\ncompressobj([level[, ...]]) -- Return a compressor object.\ncrc32(string[, start]) -- Compute a CRC-32 checksum.\ndecompress(string,[wbits],[bufsize]) -- Decompresses a compressed string.\ndecompressobj([wbits[, zdict]]) -- Return a decompressor object.\n\n'wbits' is window buffer size and container format.\nCompressor objects support compress() and flush() methods; decompressor\nobjects support decompress() and flush().")
    .init(init);

static ERROR: ClassCell = ClassCell::new();

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    if !ERROR.is_set() {
        ERROR.set(define_plain_class(
            vm,
            ClassSpec {
                module: "zlib",
                base: Some(vm.exc.Exception),
                flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
                dict: true,
                weakrefs: true,
                ..ClassSpec::new("error")
            },
        ));
    }
    add_class(m, ERROR.get());
    compress::define(vm);
    decompress::define(vm, m);
    let d = m.dict();
    for (name, n) in CONSTANTS {
        d.set_name(name, new_int(*n));
    }
    for name in ["ZLIB_VERSION", "ZLIB_RUNTIME_VERSION"] {
        d.set_name(name, PyStr::from_str("1.3.1"));
    }
    d.set_name("__version__", PyStr::from_str("1.0"));
    Ok(())
}

#[rustfmt::skip] // a table
static CONSTANTS: &[(&str, i64)] = &[
    ("DEFLATED", 8), ("DEF_BUF_SIZE", 16384), ("DEF_MEM_LEVEL", 8), ("MAX_WBITS", 15),
    ("Z_BEST_COMPRESSION", 9), ("Z_BEST_SPEED", 1), ("Z_BLOCK", 5), ("Z_DEFAULT_COMPRESSION", -1),
    ("Z_DEFAULT_STRATEGY", 0), ("Z_FILTERED", 1), ("Z_FINISH", 4), ("Z_FIXED", 4), ("Z_FULL_FLUSH", 3),
    ("Z_HUFFMAN_ONLY", 2), ("Z_NO_COMPRESSION", 0), ("Z_NO_FLUSH", 0), ("Z_PARTIAL_FLUSH", 1),
    ("Z_RLE", 3), ("Z_SYNC_FLUSH", 2), ("Z_TREES", 6),
];
const FINISH: i32 = 4;
const SYNC_FLUSH: i32 = 2;

/// A `zlib.error` as the library reports it.
fn error(vm: &Vm, code: i32, doing: &str, message: Option<String>) -> Raised {
    let known = match code {
        zstream::BUF_ERROR => Some("incomplete or truncated stream"),
        zstream::STREAM_ERROR => Some("inconsistent stream state"),
        -3 => Some("invalid input data"),
        -6 => Some("library version mismatch"),
        _ => None,
    };
    let why = match (code, message) {
        // The library's own words for these two are less exact.
        (zstream::BUF_ERROR | zstream::STREAM_ERROR, _) => known.map(str::to_owned),
        (_, Some(m)) => Some(m),
        _ => known.map(str::to_owned),
    };
    let text = match why {
        Some(why) => format!("Error {code} {doing}: {why}"),
        None => format!("Error {code} {doing}"),
    };
    vm.error(ERROR.get(), text)
}

/// An int argument with a default.
fn int(vm: &Vm, v: Value, default: i32) -> PyResult<i32> {
    match v.non_null() {
        Some(v) => vm.to_i32(v),
        None => Ok(default),
    }
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("adler32", "(data, value=1, /)", |vm, a| {
        let start = word(vm, a[1], 1)?;
        let b = ByteArg::new(vm, a[0])?;
        Ok(new_int(i64::from(checksum::adler32(&b, start))))
    }, "Compute an Adler-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer."),
    MethodDef::function("compress", "(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", compress_all, "Returns a bytes object containing compressed data.\n\n  data\n    Binary data to be compressed.\n  level\n    Compression level, in 0-9 or -1.\n  wbits\n    The window buffer size and container format."),
    MethodDef::function("compressobj", "(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)", compress::new, "Return a compressor object.\n\n  level\n    The compression level (an integer in the range 0-9 or -1; default is\n    currently equivalent to 6).  Higher compression levels are slower,\n    but produce smaller results.\n  method\n    The compression algorithm.  If given, this must be DEFLATED.\n  wbits\n    +9 to +15: The base-two logarithm of the window size.  Include a zlib\n        container.\n    -9 to -15: Generate a raw stream.\n    +25 to +31: Include a gzip container.\n  memLevel\n    Controls the amount of memory used for internal compression state.\n    Valid values range from 1 to 9.  Higher values result in higher memory\n    usage, faster compression, and smaller output.\n  strategy\n    Used to tune the compression algorithm.  Possible values are\n    Z_DEFAULT_STRATEGY, Z_FILTERED, and Z_HUFFMAN_ONLY.\n  zdict\n    The predefined compression dictionary - a sequence of bytes\n    containing subsequences that are likely to occur in the input data."),
    MethodDef::function("crc32", "(data, value=0, /)", |vm, a| {
        let start = word(vm, a[1], 0)?;
        let b = ByteArg::new(vm, a[0])?;
        Ok(new_int(i64::from(checksum::crc32(&b, start))))
    }, "Compute a CRC-32 checksum of data.\n\n  value\n    Starting value of the checksum.\n\nThe returned checksum is an integer."),
    MethodDef::function("decompress", "(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", decompress_all, "Returns a bytes object containing the uncompressed data.\n\n  data\n    Compressed data.\n  wbits\n    The window buffer size and container format.\n  bufsize\n    The initial output buffer size."),
    MethodDef::function("decompressobj", "(wbits=MAX_WBITS, zdict=b'')", decompress::new, "Return a decompressor object.\n\n  wbits\n    The window buffer size and container format.\n  zdict\n    The predefined compression dictionary.  This must be the same\n    dictionary as used by the compressor that produced the input data."),
];

fn compress_all(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ByteArg::new(vm, a[0])?;
    let (level, wbits) = (int(vm, a[1], -1)?, int(vm, a[2], 15)?);
    let mut s = match Stream::writer(level, 8, wbits, 8, 0) {
        Ok(s) => s,
        Err(zstream::STREAM_ERROR) => return Err(vm.error(ERROR.get(), "Bad compression level")),
        Err(_) => return Err(vm.error(vm.exc.MemoryError, "Out of memory while compressing data")),
    };
    let mut out = Vec::new();
    compress::run(vm, &mut s, &b, FINISH, &mut out, "while compressing data")?;
    Ok(PyBytes::new(&out))
}

fn decompress_all(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ByteArg::new(vm, a[0])?;
    let wbits = int(vm, a[1], 15)?;
    if let Some(n) = a[2].non_null()
        && vm.to_size(n)? < 0
    {
        return Err(vm.value_error("bufsize must be non-negative"));
    }
    const PREPARING: &str = "while preparing to decompress data";
    let mut s = Stream::reader(wbits).map_err(|c| error(vm, c, PREPARING, None))?;
    let mut out = Vec::new();
    let (code, _) = decompress::run(&mut s, &b, usize::MAX, SYNC_FLUSH, &mut out);
    match code {
        zstream::STREAM_END => Ok(PyBytes::new(&out)),
        0 => Err(error(vm, zstream::BUF_ERROR, "while decompressing data", None)),
        zstream::MEM_ERROR => Err(vm.error(vm.exc.MemoryError, "Out of memory while decompressing data")),
        c => Err(error(vm, c, "while decompressing data", s.message())),
    }
}
