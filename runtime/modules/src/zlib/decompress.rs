//! Decompressor objects: `Decompress`, which hands back the input it has not used, and `_ZlibDecompressor`, which keeps it.

use super::{error, int};
use crate::system::zstream::{self, Stream};
use crate::{hidden_class, payload_class};
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

/// A stream being read, with what does not belong to it.
pub(super) struct Reader {
    /// None once it was flushed to its end.
    stream: Option<Stream>,
    dictionary: Option<Vec<u8>>,
    eof: bool,
    needs_input: bool,
    /// Input behind the end of the stream.
    unused: Vec<u8>,
    /// Input not used yet because of a limit on the output.
    tail: Vec<u8>,
}

py_class! {
    /// `zlib.Decompress`.
    pub struct PyDecompress as "Decompress", nogc { pub state: MutCell<NoTrace<Option<Box<Reader>>>> }
}
py_class! {
    /// `zlib._ZlibDecompressor`.
    pub struct PyZlibDecompressor as "_ZlibDecompressor", nogc { pub state: MutCell<NoTrace<Option<Box<Reader>>>> }
}

const DOING: &str = "while decompressing data";

/// Reads until the input or the room is used up: the last code, and how much input was used.
pub(super) fn run(s: &mut Stream, data: &[u8], limit: usize, flush: i32, out: &mut Vec<u8>) -> (i32, usize) {
    let end = out.len().saturating_add(limit);
    let mut at = 0;
    loop {
        let rest = data.get(at..).unwrap_or(&[]);
        let room = (end - out.len()).min(rest.len().saturating_mul(3).clamp(1 << 10, 1 << 20));
        let before = out.len();
        let step = s.step(rest, out, room, flush);
        at += step.used;
        match step.code {
            0 | zstream::BUF_ERROR => {}
            code => return (code, at),
        }
        let full = out.len() - before == room;
        let stuck = step.code == zstream::BUF_ERROR && step.used == 0;
        if out.len() == end || (!full && (stuck || at == data.len())) {
            return (0, at);
        }
    }
}

impl Reader {
    fn new(vm: &Vm, a: &[Value]) -> PyResult<Box<Reader>> {
        let dictionary = match a[1].non_null() {
            None => None,
            Some(v) => match ByteArg::maybe(vm, v)? {
                Some(b) => Some(b.to_vec()),
                None => return Err(vm.type_error("zdict argument must support the buffer protocol")),
            },
        };
        let wbits = int(vm, a[0], 15)?;
        let mut stream = match Stream::reader(wbits) {
            Ok(s) => s,
            Err(zstream::MEM_ERROR) => {
                return Err(vm.error(vm.exc.MemoryError, "Can't allocate memory for decompression object"));
            }
            Err(_) => return Err(vm.value_error("Invalid initialization option")),
        };
        if wbits < 0
            && let Some(d) = &dictionary
        {
            set_dictionary(vm, &mut stream, d)?;
        }
        Ok(Box::new(Reader {
            stream: Some(stream),
            dictionary,
            eof: false,
            needs_input: true,
            unused: vec![],
            tail: vec![],
        }))
    }
    /// Reads input and appends at most `limit` bytes of output; how much of the input was used.
    fn feed(&mut self, vm: &Vm, data: &[u8], limit: usize, flush: i32, out: &mut Vec<u8>) -> PyResult<usize> {
        let Some(s) = self.stream.as_mut() else {
            return Err(error(vm, zstream::STREAM_ERROR, DOING, None));
        };
        let start = out.len();
        let mut at = 0;
        loop {
            let left = limit.saturating_sub(out.len() - start);
            let (code, used) = run(s, data.get(at..).unwrap_or(&[]), left, flush, out);
            at += used;
            match (code, &self.dictionary) {
                (0, _) => return Ok(at),
                (zstream::STREAM_END, _) => {
                    self.eof = true;
                    return Ok(at);
                }
                (zstream::NEED_DICT, Some(d)) => set_dictionary(vm, s, d)?,
                _ => return Err(error(vm, code, DOING, s.message())),
            }
        }
    }
    fn copy(&mut self) -> Option<Reader> {
        Some(Reader {
            stream: Some(self.stream.as_mut()?.copy().ok()?),
            dictionary: self.dictionary.clone(),
            unused: self.unused.clone(),
            tail: self.tail.clone(),
            ..*self
        })
    }
}

fn set_dictionary(vm: &Vm, s: &mut Stream, d: &[u8]) -> PyResult<()> {
    match s.set_dictionary(d) {
        0 => Ok(()),
        code => Err(error(vm, code, "while setting zdict", s.message())),
    }
}

#[allow(clippy::mut_from_ref)] // as MutCell
fn state<'a>(vm: &Vm, v: Value) -> PyResult<&'a mut Reader> {
    let cell = match (v.cast::<PyDecompress>(), v.cast::<PyZlibDecompressor>()) {
        (Some(d), _) => &d.state,
        (None, Some(d)) => &d.state,
        _ => return Err(vm.type_error("a decompressor is required")),
    };
    match cell.get_mut().0.as_mut() {
        Some(s) => Ok(s),
        None => Err(vm.value_error("the decompressor is not initialized")),
    }
}

pub(super) fn new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(made(Reader::new(vm, a)?))
}

fn made(r: Box<Reader>) -> Owned {
    let state = MutCell::new(NoTrace(Some(r)));
    new_object(PyDecompress::class(), PyDecompress { state })
}

fn decompress(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ByteArg::new(vm, a[1])?;
    let limit = match a[2].non_null() {
        Some(v) => vm.to_size(v)?,
        None => 0,
    };
    let limit = match usize::try_from(limit) {
        Ok(0) => usize::MAX,
        Ok(n) => n,
        Err(_) => return Err(vm.value_error("max_length must be non-negative")),
    };
    let s = state(vm, a[0])?;
    let mut out = Vec::new();
    let used = s.feed(vm, &b, limit, super::SYNC_FLUSH, &mut out)?;
    keep_rest(s, b.get(used..).unwrap_or(&[]));
    Ok(PyBytes::new(&out))
}

fn keep_rest(s: &mut Reader, rest: &[u8]) {
    s.tail.clear();
    if s.eof {
        s.unused.extend_from_slice(rest);
    } else {
        s.tail.extend_from_slice(rest);
    }
}

fn flush(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(n) = a[1].non_null()
        && vm.to_size(n)? <= 0
    {
        return Err(vm.value_error("length must be greater than zero"));
    }
    let s = state(vm, a[0])?;
    let mut out = Vec::new();
    let rest = std::mem::take(&mut s.tail);
    if s.stream.is_none() {
        return Ok(vm.empty_bytes.clone());
    }
    let used = s.feed(vm, &rest, usize::MAX, super::FINISH, &mut out)?;
    keep_rest(s, rest.get(used..).unwrap_or(&[]));
    if s.eof {
        s.stream = None;
    }
    Ok(PyBytes::new(&out))
}

fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    match state(vm, a[0])?.copy() {
        Some(r) => Ok(made(Box::new(r))),
        None => Err(vm.value_error("Inconsistent stream state")),
    }
}

fn keeping_decompress(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let b = ByteArg::new(vm, a[1])?;
    let limit = match a[2].non_null() {
        Some(v) => usize::try_from(vm.to_size(v)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let s = state(vm, a[0])?;
    if s.eof {
        return Err(vm.error(vm.exc.EOFError, "End of stream already reached"));
    }
    let mut data = std::mem::take(&mut s.tail);
    data.extend_from_slice(&b);
    let mut out = Vec::new();
    let used = s.feed(vm, &data, limit, super::SYNC_FLUSH, &mut out)?;
    keep_rest(s, data.get(used..).unwrap_or(&[]));
    // With the limit reached there may be more output even though all input is in.
    s.needs_input = !s.eof && s.tail.is_empty() && out.len() < limit;
    Ok(PyBytes::new(&out))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("decompress", "(self, data, /, max_length=0)", decompress, "Return a bytes object containing the decompressed version of the data.\n\n  data\n    The binary data to decompress.\n  max_length\n    The maximum allowable length of the decompressed data.\n    Unconsumed input data will be stored in\n    the unconsumed_tail attribute.\n\nAfter calling this function, some of the input data may still be\nstored in internal buffers for later processing.\nCall the flush() method to clear these buffers."),
    MethodDef::new("flush", "(self, length=zlib.DEF_BUF_SIZE, /)", flush, "Return a bytes object containing any remaining decompressed data.\n\n  length\n    the initial size of the output buffer."),
    MethodDef::new("copy", "(self, /)", copy, "Return a copy of the decompression object."),
    MethodDef::new("__copy__", "(self, /)", copy, ""),
    MethodDef::new("__deepcopy__", "(self, memo, /)", copy, ""),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::member("unused_data", |vm, v| Ok(PyBytes::new(&state(vm, v)?.unused))),
    GetSetDef::member("unconsumed_tail", |vm, v| Ok(PyBytes::new(&state(vm, v)?.tail))),
    GetSetDef::member("eof", |vm, v| Ok(Owned::bool(state(vm, v)?.eof))),
];

static KEEPING_METHODS: &[MethodDef] = &[MethodDef::new("decompress", "(self, /, data, max_length=-1)", keeping_decompress, "Decompress *data*, returning uncompressed data as bytes.\n\nIf *max_length* is nonnegative, returns at most *max_length* bytes\nof decompressed data.  If this limit is reached and further output\ncan be produced, *self.needs_input* will be set to ``False``.  In\nthis case, the next call to *decompress()* may provide *data* as b''\nto obtain more of the output.\n\nIf all of the input data was decompressed and returned (either\nbecause this was less than *max_length* bytes, or because\n*max_length* was negative), *self.needs_input* will be set to True.\n\nAttempting to decompress data after the end of stream is reached\nraises an EOFError.  Any data found after the end of the stream is\nignored and saved in the unused_data attribute.")];
static KEEPING_GETSET: &[GetSetDef] = &[
    GetSetDef::member("unused_data", |vm, v| Ok(PyBytes::new(&state(vm, v)?.unused)))
        .doc("Data found after the end of the compressed stream."),
    GetSetDef::member("eof", |vm, v| Ok(Owned::bool(state(vm, v)?.eof)))
        .doc("True if the end-of-stream marker has been reached."),
    GetSetDef::member("needs_input", |vm, v| Ok(Owned::bool(state(vm, v)?.needs_input)))
        .doc("True if more input is needed before more decompressed data can be produced."),
];

static NEW: Sig = Sig::parse("(wbits=15, zdict=b'')");

fn keeping_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "_ZlibDecompressor",
        qualified: &|| "_ZlibDecompressor".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let state = MutCell::new(NoTrace(Some(Reader::new(vm, a)?)));
        Ok(new_object(class, PyZlibDecompressor { state }))
    })
}

pub(super) fn define(vm: &Vm, m: &PyModule) {
    hidden_class::<PyDecompress>(
        vm,
        ClassSpec {
            module: "zlib",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Decompress")
        },
    );
    payload_class::<PyZlibDecompressor>(
        vm,
        m,
        ClassSpec {
            module: "zlib",
            flags: 0,
            slots: |s| s.new.set(Some(keeping_new)),
            methods: KEEPING_METHODS,
            getset: KEEPING_GETSET,
            doc: Some("Create a decompressor object for decompressing data incrementally.\n\n  wbits = 15\n  zdict\n     The predefined compression dictionary. This is a sequence of bytes\n     (such as a bytes object) containing subsequences that are expected\n     to occur frequently in the data that is to be compressed. Those\n     subsequences that are expected to be most common should come at the\n     end of the dictionary. This must be the same dictionary as used by the\n     compressor that produced the input data.\n\n"),
            ..ClassSpec::new("_ZlibDecompressor")
        },
    );
}
