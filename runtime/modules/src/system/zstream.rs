//! Streams of deflate data, for `zlib`: a safe face of the C interface of the zlib library in Rust, which is the only one
//! that can copy a stream. Unsafe home: each call gets a stream that was set up, and slices whose bounds hold.

use libz_rs_sys as z;
use std::ffi::{CStr, c_int};

const OK: c_int = 0;
/// The stream has ended.
pub const STREAM_END: c_int = 1;
/// The stream needs a dictionary to go on.
pub const NEED_DICT: c_int = 2;
/// Wrong parameters, or a stream that is at its end.
pub const STREAM_ERROR: c_int = -2;
/// Nothing could be done: no input, or no room for output.
pub const BUF_ERROR: c_int = -5;
/// Not enough memory.
pub const MEM_ERROR: c_int = -4;

/// A stream being written or read.
pub struct Stream {
    /// Boxed, since the library's state points back to it.
    raw: Box<z::z_stream>,
    writing: bool,
}

/// What one step did.
pub struct Step {
    pub code: c_int,
    /// Bytes of the input that were used.
    pub used: usize,
}

fn size() -> c_int {
    size_of::<z::z_stream>() as c_int
}

impl Stream {
    /// A stream that compresses.
    pub fn writer(
        level: i32,
        method: i32,
        wbits: i32,
        memory: i32,
        strategy: i32,
    ) -> Result<Stream, c_int> {
        let mut raw = Box::new(z::z_stream::default());
        // SAFETY: a fresh stream, and the library's own version and size.
        let code = unsafe {
            z::deflateInit2_(
                &mut *raw,
                level,
                method,
                wbits,
                memory,
                strategy,
                z::zlibVersion(),
                size(),
            )
        };
        if code == OK {
            Ok(Stream { raw, writing: true })
        } else {
            Err(code)
        }
    }
    /// A stream that decompresses.
    pub fn reader(wbits: i32) -> Result<Stream, c_int> {
        let mut raw = Box::new(z::z_stream::default());
        // SAFETY: as above.
        let code = unsafe { z::inflateInit2_(&mut *raw, wbits, z::zlibVersion(), size()) };
        raw.next_out = std::ptr::NonNull::dangling().as_ptr();
        if code == OK {
            Ok(Stream {
                raw,
                writing: false,
            })
        } else {
            Err(code)
        }
    }
    /// Reads from `input` and appends at most `room` bytes to `out`.
    pub fn step(&mut self, input: &[u8], out: &mut Vec<u8>, room: usize, flush: c_int) -> Step {
        let room = room.min(1 << 30);
        let length = input.len().min(1 << 30);
        out.reserve(room);
        let before = out.len();
        let s = &mut *self.raw;
        s.next_in = input.as_ptr();
        s.avail_in = length as u32;
        s.next_out = out.spare_capacity_mut().as_mut_ptr().cast();
        s.avail_out = room as u32;
        // SAFETY: the stream was initialized; input and output have the lengths given.
        let code = unsafe {
            if self.writing {
                z::deflate(s, flush)
            } else {
                z::inflate(s, flush)
            }
        };
        let made = room - s.avail_out as usize;
        let used = length - s.avail_in as usize;
        s.next_in = std::ptr::null();
        // Never null: the library refuses to copy a stream without a place for output.
        s.next_out = std::ptr::NonNull::dangling().as_ptr();
        (s.avail_in, s.avail_out) = (0, 0);
        // SAFETY: the library has written `made` bytes of the reserved room.
        unsafe { out.set_len(before + made) };
        Step { code, used }
    }
    /// Gives the dictionary.
    pub fn set_dictionary(&mut self, data: &[u8]) -> c_int {
        let n = data.len().min(u32::MAX as usize) as u32;
        // SAFETY: an initialized stream and a slice.
        unsafe {
            if self.writing {
                z::deflateSetDictionary(&mut *self.raw, data.as_ptr(), n)
            } else {
                z::inflateSetDictionary(&mut *self.raw, data.as_ptr(), n)
            }
        }
    }
    /// A stream in the same state.
    pub fn copy(&mut self) -> Result<Stream, c_int> {
        let mut raw = Box::new(z::z_stream::default());
        // SAFETY: both streams are places of their own; the source was initialized.
        let code = unsafe {
            if self.writing {
                z::deflateCopy(&mut *raw, &mut *self.raw)
            } else {
                z::inflateCopy(&mut *raw, &*self.raw)
            }
        };
        let writing = self.writing;
        if code == OK {
            Ok(Stream { raw, writing })
        } else {
            Err(code)
        }
    }
    /// What the library says of the last error.
    pub fn message(&self) -> Option<String> {
        if self.raw.msg.is_null() {
            return None;
        }
        // SAFETY: the library's messages are static C strings.
        Some(
            unsafe { CStr::from_ptr(self.raw.msg) }
                .to_string_lossy()
                .into_owned(),
        )
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream was initialized and is not used afterwards.
        unsafe {
            if self.writing {
                z::deflateEnd(&mut *self.raw);
            } else {
                z::inflateEnd(&mut *self.raw);
            }
        }
    }
}
