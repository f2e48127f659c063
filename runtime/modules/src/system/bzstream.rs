//! Streams of bzip2 data, for `_bz2`: a safe face of the C interface of the library in Rust. Unsafe home: each call gets a
//! stream that was set up, and slices whose bounds hold.

use libbz2_rs_sys as bz;
use std::ffi::c_int;

/// The end of the stream.
pub const STREAM_END: c_int = 4;
/// More data is to be written.
pub const RUN: c_int = 0;
/// No more data comes.
pub const FINISH: c_int = 2;

/// A stream being written or read.
pub struct Stream {
    raw: Box<bz::bz_stream>,
    writing: bool,
}

fn fresh() -> Box<bz::bz_stream> {
    Box::new(bz::bz_stream {
        next_in: std::ptr::null(),
        avail_in: 0,
        total_in_lo32: 0,
        total_in_hi32: 0,
        next_out: std::ptr::null_mut(),
        avail_out: 0,
        total_out_lo32: 0,
        total_out_hi32: 0,
        state: std::ptr::null_mut(),
        bzalloc: None,
        bzfree: None,
        opaque: std::ptr::null_mut(),
    })
}

impl Stream {
    /// A stream that compresses.
    pub fn writer(level: i32) -> Result<Stream, c_int> {
        let mut raw = fresh();
        // SAFETY: a fresh stream of our own.
        let code = unsafe { bz::BZ2_bzCompressInit(&mut *raw, level, 0, 0) };
        if code == 0 {
            Ok(Stream { raw, writing: true })
        } else {
            Err(code)
        }
    }
    /// A stream that decompresses.
    pub fn reader() -> Result<Stream, c_int> {
        let mut raw = fresh();
        // SAFETY: as above.
        let code = unsafe { bz::BZ2_bzDecompressInit(&mut *raw, 0, 0) };
        if code == 0 {
            Ok(Stream {
                raw,
                writing: false,
            })
        } else {
            Err(code)
        }
    }
    /// Reads from `input` and appends at most `room` bytes to `out`: the code, and how much input was used.
    pub fn step(
        &mut self,
        input: &[u8],
        out: &mut Vec<u8>,
        room: usize,
        action: c_int,
    ) -> (c_int, usize) {
        let room = room.min(1 << 30);
        let length = input.len().min(1 << 30);
        out.reserve(room);
        let before = out.len();
        let s = &mut *self.raw;
        s.next_in = input.as_ptr().cast();
        s.avail_in = length as u32;
        s.next_out = out.spare_capacity_mut().as_mut_ptr().cast();
        s.avail_out = room as u32;
        // SAFETY: the stream was initialized; input and output have the lengths given.
        let code = unsafe {
            if self.writing {
                bz::BZ2_bzCompress(s, action)
            } else {
                bz::BZ2_bzDecompress(s)
            }
        };
        let made = room - s.avail_out as usize;
        let used = length - s.avail_in as usize;
        (s.next_in, s.next_out) = (std::ptr::null(), std::ptr::null_mut());
        (s.avail_in, s.avail_out) = (0, 0);
        // SAFETY: the library has written `made` bytes of the reserved room.
        unsafe { out.set_len(before + made) };
        (code, used)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream was initialized and is not used afterwards.
        unsafe {
            if self.writing {
                bz::BZ2_bzCompressEnd(&mut *self.raw);
            } else {
                bz::BZ2_bzDecompressEnd(&mut *self.raw);
            }
        }
    }
}
