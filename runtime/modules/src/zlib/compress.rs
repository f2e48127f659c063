//! Compressor objects.

use super::{error, int};
use crate::hidden_class;
use crate::system::zstream::{self, Stream};
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

py_class! {
    /// `zlib.Compress`; without a stream when it was finished.
    pub struct PyCompress as "Compress", nogc { pub stream: MutCell<NoTrace<Option<Stream>>> }
}

/// Feeds data and takes all output there is.
pub(super) fn run(
    vm: &Vm,
    s: &mut Stream,
    mut data: &[u8],
    flush: i32,
    out: &mut Vec<u8>,
    doing: &str,
) -> PyResult<()> {
    // A step sees at most 1 GiB; a flush belongs to the last one.
    loop {
        let part = &data[..data.len().min(1 << 30)];
        let now = if part.len() == data.len() { flush } else { 0 };
        let room = (part.len() / 2).clamp(256, 1 << 20);
        let before = out.len();
        let step = s.step(part, out, room, now);
        if step.code == zstream::STREAM_ERROR {
            return Err(error(vm, step.code, doing, None));
        }
        data = data.get(step.used..).unwrap_or(&[]);
        let full = out.len() - before == room;
        if step.code == zstream::STREAM_END || (!full && data.is_empty()) {
            return Ok(());
        }
    }
}

pub(super) fn new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let dictionary = match a[5].non_null() {
        Some(v) => Some(ByteArg::new(vm, v)?),
        None => None,
    };
    let n = |i: usize, d: i32| int(vm, a[i], d);
    let mut s = match Stream::writer(n(0, -1)?, n(1, 8)?, n(2, 15)?, n(3, 8)?, n(4, 0)?) {
        Ok(s) => s,
        Err(zstream::MEM_ERROR) => {
            return Err(vm.error(vm.exc.MemoryError, "Can't allocate memory for compression object"));
        }
        Err(_) => return Err(vm.value_error("Invalid initialization option")),
    };
    if let Some(d) = dictionary
        && s.set_dictionary(&d) != 0
    {
        return Err(vm.value_error("Invalid dictionary"));
    }
    Ok(made(s))
}

fn made(s: Stream) -> Owned {
    let stream = MutCell::new(NoTrace(Some(s)));
    new_object(PyCompress::class(), PyCompress { stream })
}

#[allow(clippy::mut_from_ref)] // as MutCell
fn stream<'a>(v: Value) -> Option<&'a mut Stream> {
    v.cast::<PyCompress>().and_then(|c| c.stream.get_mut().0.as_mut())
}

fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match stream(a[0]).map(Stream::copy) {
        Some(Ok(s)) => Ok(made(s)),
        Some(Err(zstream::MEM_ERROR)) => {
            Err(vm.error(vm.exc.MemoryError, "Can't allocate memory for compression object"))
        }
        _ => Err(vm.value_error("Inconsistent stream state")),
    }
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("compress", "(self, data, /)", |vm, a| {
        const DOING: &str = "while compressing data";
        let b = ByteArg::new(vm, a[1])?;
        let Some(s) = stream(a[0]) else {
            return Err(error(vm, zstream::STREAM_ERROR, DOING, None));
        };
        let mut out = Vec::new();
        run(vm, s, &b, 0, &mut out, DOING)?;
        Ok(PyBytes::new(&out))
    }, "Returns a bytes object containing compressed data.\n\n  data\n    Binary data to be compressed.\n\nAfter calling this function, some of the input data may still\nbe stored in internal buffers for later processing.\nCall the flush() method to clear these buffers."),
    MethodDef::new("flush", "(self, mode=zlib.Z_FINISH, /)", |vm, a| {
        let mode = int(vm, a[1], super::FINISH)?;
        if mode == 0 {
            return Ok(vm.empty_bytes.clone());
        }
        let mut out = Vec::new();
        let doing = "while flushing";
        let Some(s) = stream(a[0]) else {
            return Err(error(vm, zstream::STREAM_ERROR, doing, None));
        };
        run(vm, s, b"", mode, &mut out, doing)?;
        if mode == super::FINISH
            && let Some(c) = a[0].cast::<PyCompress>()
        {
            c.stream.get_mut().0 = None;
        }
        Ok(PyBytes::new(&out))
    }, "Return a bytes object containing any remaining compressed data.\n\n  mode\n    One of the constants Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH.\n    If mode == Z_FINISH, the compressor object can no longer be\n    used after calling the flush() method.  Otherwise, more data\n    can still be compressed."),
    MethodDef::new("copy", "(self, /)", copy, "Return a copy of the compression object."),
    MethodDef::new("__copy__", "(self, /)", copy, ""),
    MethodDef::new("__deepcopy__", "(self, memo, /)", copy, ""),
];

pub(super) fn define(vm: &Vm) {
    hidden_class::<PyCompress>(
        vm,
        ClassSpec {
            module: "zlib",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: METHODS,
            ..ClassSpec::new("Compress")
        },
    );
}
