//! Writing through a buffer. Called by the methods of `BufferedWriter` and `BufferedRandom`, and by text files.

use super::buffered::{PyBuffered, enter, open_of, raw_of, raw_seek, unread};
use super::fileio::{self, PyFileIO};
use pyjit_core::prelude::*;

/// One `write` of the raw file; `None` if it would block.
fn raw_write(vm: &Vm, b: &PyBuffered, bytes: &[u8]) -> PyResult<Option<usize>> {
    let raw = raw_of(vm, b)?;
    if let Some(f) = raw.cast_exact::<PyFileIO>() {
        return fileio::write_from(vm, f, bytes);
    }
    let data = PyBytes::new(bytes);
    let view = pyjit_types::memoryview::new_view(vm, data.value(), false)?;
    let r = vm.call_method(raw.value(), vm.names.write.value(), &[view.value()])?;
    vm.call_method_str(view.value(), "release", &[])?;
    if r.is_none() {
        return Ok(None);
    }
    let n = vm.to_size(r.value())?;
    if n < 0 || n as usize > bytes.len() {
        return Err(vm.error(
            vm.exc.OSError,
            format!(
                "raw write() returned invalid length {n} (should have been between 0 and {})",
                bytes.len()
            ),
        ));
    }
    Ok(Some(n as usize))
}

fn would_block(vm: &Vm, written: usize) -> Raised {
    vm.error_with(
        vm.exc.BlockingIOError,
        vec![
            new_int(i64::from(libc::EAGAIN)),
            PyStr::from_str("write could not complete without blocking"),
            new_usize(written),
        ],
    )
}

/// Writes everything that is pending; what could not be written stays.
pub fn flush_pending(vm: &Vm, b: &PyBuffered) -> PyResult<()> {
    if b.pending.get().0.is_empty() {
        return Ok(());
    }
    let bytes = std::mem::take(&mut b.pending.get_mut().0);
    let mut done = 0;
    while done < bytes.len() {
        match raw_write(vm, b, &bytes[done..]) {
            Ok(Some(n)) => done += n,
            Ok(None) => {
                b.pending.get_mut().0 = bytes[done..].to_vec();
                return Err(would_block(vm, 0));
            }
            Err(e) => {
                b.pending.get_mut().0 = bytes[done..].to_vec();
                return Err(e);
            }
        }
    }
    // The allocation is used again.
    if b.pending.get().0.is_empty() {
        let mut bytes = bytes;
        bytes.clear();
        b.pending.get_mut().0 = bytes;
    }
    Ok(())
}

/// Forgets what was read ahead, moving the raw file back to where reading got.
pub fn drop_ahead(vm: &Vm, b: &PyBuffered) -> PyResult<()> {
    let n = unread(b);
    if n > 0 {
        raw_seek(vm, b, -(n as i64), libc::SEEK_CUR)?;
    }
    b.ahead.get_mut().0.clear();
    b.used.set(0);
    Ok(())
}

/// Writes bytes through the buffer.
pub fn write_bytes(vm: &Vm, b: &PyBuffered, bytes: &[u8]) -> PyResult<usize> {
    let _busy = enter(vm, b)?;
    if b.readable.get() && !b.ahead.get().0.is_empty() {
        drop_ahead(vm, b)?;
    }
    let room = b.size.get().saturating_sub(b.pending.get().0.len());
    if bytes.len() <= room {
        b.pending.get_mut().0.extend_from_slice(bytes);
        return Ok(bytes.len());
    }
    if let Err(e) = flush_pending(vm, b) {
        if !e.is_instance(vm.exc.BlockingIOError) {
            return Err(e);
        }
        // A file that takes nothing now: keep what fits.
        let room = b.size.get().saturating_sub(b.pending.get().0.len());
        let n = room.min(bytes.len());
        b.pending.get_mut().0.extend_from_slice(&bytes[..n]);
        if n == bytes.len() {
            return Ok(n);
        }
        return Err(would_block(vm, n));
    }
    let mut done = 0;
    while bytes.len() - done > b.size.get() {
        match raw_write(vm, b, &bytes[done..])? {
            Some(n) => done += n,
            None => {
                let rest = &bytes[done..];
                let n = rest.len().min(b.size.get());
                b.pending.get_mut().0.extend_from_slice(&rest[..n]);
                return Err(would_block(vm, done + n));
            }
        }
    }
    b.pending.get_mut().0.extend_from_slice(&bytes[done..]);
    Ok(bytes.len())
}

/// `write(buffer)`.
pub fn write(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[1].isa::<PyStr>() {
        return Err(vm.type_error("a bytes-like object is required, not 'str'"));
    }
    let view = vm.buffer(a[1], false)?;
    let b = open_of(vm, a[0], "write to closed file")?;
    write_bytes(vm, b, view.as_slice()).map(new_usize)
}
