//! `_bz2`: compressors and decompressors of the bzip2 format.

use crate::NativeModule;
use crate::payload_class;
use crate::system::bzstream::{FINISH, RUN, STREAM_END, Stream};
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;
use std::cell::Cell;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_bz2", &[]).init(init);

py_class! {
    /// `_bz2.BZ2Compressor`; without a stream once it was flushed.
    pub struct PyBz2Compressor as "BZ2Compressor", nogc { pub stream: MutCell<NoTrace<Option<Stream>>> }
}
py_class! {
    /// `_bz2.BZ2Decompressor`.
    pub struct PyBz2Decompressor as "BZ2Decompressor", nogc {
        pub stream: MutCell<NoTrace<Option<Stream>>>,
        pub eof: Cell<bool>,
        pub needs_input: Cell<bool>,
        pub unused: MutCell<NoTrace<Vec<u8>>>,
        /// Input that was not used yet.
        pub tail: MutCell<NoTrace<Vec<u8>>>,
    }
}

fn error(vm: &Vm, code: i32) -> Raised {
    match code {
        -2 => vm.value_error("Internal error - invalid parameters passed to libbzip2"),
        -3 => vm.memory_error(),
        -4 | -5 => vm.error(vm.exc.OSError, "Invalid data stream"),
        -6 => vm.error(vm.exc.OSError, "Unknown I/O error"),
        -7 => vm.error(
            vm.exc.EOFError,
            "Compressed file ended before the logical end-of-stream was detected",
        ),
        -1 => vm.runtime_error("Internal error - Invalid sequence of commands sent to libbzip2"),
        n => vm.error(vm.exc.OSError, format!("Unrecognized error from libbzip2: {n}")),
    }
}

fn new_compressor(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "BZ2Compressor")?;
    args.check_positional(vm, "BZ2Compressor", 0, 1)?;
    let level = match args.values.first() {
        Some(v) => vm.to_i32(*v)?,
        None => 9,
    };
    if !(1..=9).contains(&level) {
        return Err(vm.value_error("compresslevel must be between 1 and 9"));
    }
    let stream = Stream::writer(level).map_err(|c| error(vm, c))?;
    let stream = MutCell::new(NoTrace(Some(stream)));
    Ok(new_object(class, PyBz2Compressor { stream }))
}

fn compress(vm: &Vm, v: Value, data: &[u8], action: i32) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyBz2Compressor>() else {
        return Err(vm.type_error("a BZ2Compressor is required"));
    };
    let Some(s) = c.stream.get_mut().0.as_mut() else {
        let flushing = action == FINISH;
        return Err(vm.value_error(if flushing { "Repeated call to flush()" } else { "Compressor has been flushed" }));
    };
    let mut out = Vec::new();
    let mut rest = data;
    while action == FINISH || !rest.is_empty() {
        let room = (rest.len() / 2).clamp(1 << 12, 1 << 20);
        let (code, used) = s.step(rest, &mut out, room, action);
        if code < 0 {
            return Err(error(vm, code));
        }
        rest = rest.get(used..).unwrap_or(&[]);
        if code == STREAM_END {
            break;
        }
    }
    if action == FINISH {
        c.stream.get_mut().0 = None;
    }
    Ok(PyBytes::new(&out))
}

static COMPRESSOR_METHODS: &[MethodDef] = &[
    MethodDef::new("compress", "(self, data, /)", |vm, a| {
        let data = ByteArg::new(vm, a[1])?;
        compress(vm, a[0], &data, RUN)
    }, "Provide data to the compressor object.\n\n  data\n    Input data.\n\nReturns a chunk of compressed data if possible, or b'' otherwise.\n\nWhen you have finished providing data to the compressor, call the\nflush() method to finish the compression process."),
    MethodDef::new("flush", "(self, /)", |vm, a| compress(vm, a[0], b"", FINISH), "Finish the compression process.\n\nReturns the compressed data left in internal buffers.\n\nThe compressor object may not be used after this method is called."),
];

fn new_decompressor(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "BZ2Decompressor")?;
    args.check_positional(vm, "BZ2Decompressor", 0, 0)?;
    let stream = Stream::reader().map_err(|c| error(vm, c))?;
    Ok(new_object(
        class,
        PyBz2Decompressor {
            stream: MutCell::new(NoTrace(Some(stream))),
            eof: Cell::new(false),
            needs_input: Cell::new(true),
            unused: MutCell::default(),
            tail: MutCell::default(),
        },
    ))
}

fn reader<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyBz2Decompressor> {
    v.cast::<PyBz2Decompressor>().ok_or_else(|| vm.type_error("a BZ2Decompressor is required"))
}

fn decompress(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = reader(vm, a[0])?;
    let data = ByteArg::new(vm, a[1])?;
    let limit = match a[2].non_null() {
        Some(v) => usize::try_from(vm.to_size(v)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    if d.eof.get() {
        return Err(vm.error(vm.exc.EOFError, "End of stream already reached"));
    }
    let Some(s) = d.stream.get_mut().0.as_mut() else {
        return Err(vm.value_error("Decompressor is unusable after a previous error"));
    };
    let mut input = std::mem::take(&mut d.tail.get_mut().0);
    input.extend_from_slice(&data);
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let room = (limit - out.len()).min(1 << 16);
        let before = out.len();
        let (code, used) = s.step(input.get(at..).unwrap_or(&[]), &mut out, room, RUN);
        at += used;
        if code < 0 {
            d.needs_input.set(false);
            // The library's state is of no use after an error.
            d.stream.get_mut().0 = None;
            return Err(error(vm, code));
        }
        if code == STREAM_END {
            d.eof.set(true);
            break;
        }
        let full = out.len() - before == room;
        if out.len() >= limit || (!full && at >= input.len()) || (used == 0 && out.len() == before) {
            break;
        }
    }
    let rest = input.get(at..).unwrap_or(&[]).to_vec();
    if d.eof.get() {
        d.needs_input.set(false);
        d.unused.get_mut().0 = rest;
    } else {
        d.needs_input.set(rest.is_empty() && out.len() < limit);
        d.tail.get_mut().0 = rest;
    }
    Ok(PyBytes::new(&out))
}

static DECOMPRESSOR_METHODS: &[MethodDef] = &[MethodDef::new("decompress", "(self, /, data, max_length=-1)", decompress, "Decompress *data*, returning uncompressed data as bytes.\n\nIf *max_length* is nonnegative, returns at most *max_length* bytes of\ndecompressed data. If this limit is reached and further output can be\nproduced, *self.needs_input* will be set to ``False``. In this case, the\nnext call to *decompress()* may provide *data* as b'' to obtain more of\nthe output.\n\nIf all of the input data was decompressed and returned (either because\nthis was less than *max_length* bytes, or because *max_length* was\nnegative), *self.needs_input* will be set to True.\n\nAttempting to decompress data after the end of stream is reached raises\nan EOFError.  Any data found after the end of the stream is ignored and\nsaved in the unused_data attribute.")];
static DECOMPRESSOR_GETSET: &[GetSetDef] = &[
    GetSetDef::member("eof", |vm, v| Ok(Owned::bool(reader(vm, v)?.eof.get())))
        .doc("True if the end-of-stream marker has been reached."),
    GetSetDef::member("unused_data", |vm, v| Ok(PyBytes::new(&reader(vm, v)?.unused.get().0)))
        .doc("Data found after the end of the compressed stream."),
    GetSetDef::member("needs_input", |vm, v| Ok(Owned::bool(reader(vm, v)?.needs_input.get())))
        .doc("True if more input is needed before more decompressed data can be produced."),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    payload_class::<PyBz2Compressor>(
        vm,
        m,
        ClassSpec {
            module: "_bz2",
            flags: 0,
            slots: |s| s.new.set(Some(new_compressor)),
            methods: COMPRESSOR_METHODS,
            doc: Some("Create a compressor object for compressing data incrementally.\n\n  compresslevel\n    Compression level, as a number between 1 and 9.\n\nFor one-shot compression, use the compress() function instead."),
            ..ClassSpec::new("BZ2Compressor")
        },
    );
    payload_class::<PyBz2Decompressor>(
        vm,
        m,
        ClassSpec {
            module: "_bz2",
            flags: 0,
            slots: |s| s.new.set(Some(new_decompressor)),
            methods: DECOMPRESSOR_METHODS,
            getset: DECOMPRESSOR_GETSET,
            doc: Some("Create a decompressor object for decompressing data incrementally.\n\nFor one-shot decompression, use the decompress() function instead."),
            ..ClassSpec::new("BZ2Decompressor")
        },
    );
    Ok(())
}
