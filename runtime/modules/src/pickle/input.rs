//! The stream that an unpickler reads: bytes in memory, or a file that is read ahead frame by frame.

use super::unpickling_error;
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;

/// How much a file is asked to show in advance.
const AHEAD: usize = 128 * 1024;

enum Data {
    Argument(ByteArg),
    Read(Vec<u8>),
}

/// See the module.
pub struct Input {
    data: Data,
    at: usize,
    /// Methods of the file; NULL for bytes in memory.
    read: Owned,
    readline: Owned,
    peek: Owned,
    /// The data was only shown by the file, not read.
    peeked: bool,
    /// Where the frame being read ends; nothing may straddle it.
    frame_end: usize,
}

impl Input {
    pub fn bytes(data: ByteArg) -> Input {
        Input {
            data: Data::Argument(data),
            at: 0,
            read: Owned::NULL,
            readline: Owned::NULL,
            peek: Owned::NULL,
            peeked: false,
            frame_end: 0,
        }
    }
    pub fn file(vm: &Vm, file: Value) -> PyResult<Input> {
        let peek = vm.getattr_opt_str(file, "peek")?;
        let read = vm.getattr_opt_str(file, "read")?;
        let readline = vm.getattr_opt_str(file, "readline")?;
        match (read, readline) {
            (Some(read), Some(readline)) => Ok(Input {
                data: Data::Read(vec![]),
                at: 0,
                read,
                readline,
                peek: peek.unwrap_or(Owned::NULL),
                peeked: false,
                frame_end: 0,
            }),
            _ => Err(vm.type_error("file must have 'read' and 'readline' attributes")),
        }
    }
    #[inline]
    fn all(&self) -> &[u8] {
        match &self.data {
            Data::Argument(b) => b,
            Data::Read(v) => v,
        }
    }
    /// The next byte; `None` at the end of the data.
    #[inline]
    pub fn op(&mut self, vm: &Vm) -> PyResult<Option<u8>> {
        if let Some(b) = self.all().get(self.at) {
            let b = *b;
            self.at += 1;
            return Ok(Some(b));
        }
        if self.read.is_null() || self.fill(vm, 1)? < 1 {
            return Ok(None);
        }
        self.at += 1;
        Ok(self.all().first().copied())
    }
    /// The next `n` bytes.
    #[inline]
    pub fn take(&mut self, vm: &Vm, n: usize) -> PyResult<&[u8]> {
        if self.at < self.frame_end && n > self.frame_end - self.at {
            return Err(unpickling_error(vm, "pickle exhausted before end of frame"));
        }
        let have = self.all().len() - self.at;
        if n > have && (self.read.is_null() || self.fill(vm, n)? < n) {
            return Err(truncated(vm));
        }
        let start = self.at;
        self.at += n;
        Ok(&self.all()[start..start + n])
    }
    /// The next `N` bytes by value.
    #[inline]
    pub fn array<const N: usize>(&mut self, vm: &Vm) -> PyResult<[u8; N]> {
        let mut out = [0; N];
        out.copy_from_slice(self.take(vm, N)?);
        Ok(out)
    }
    /// Makes sure that a frame is in memory as a whole.
    pub fn frame(&mut self, vm: &Vm, n: usize) -> PyResult<()> {
        if self.at < self.frame_end {
            let msg = "beginning of a new frame before end of current frame";
            return Err(unpickling_error(vm, msg));
        }
        self.take(vm, n)?;
        self.frame_end = self.at;
        self.at -= n;
        Ok(())
    }
    /// The next line, without its end.
    pub fn line(&mut self, vm: &Vm) -> PyResult<Vec<u8>> {
        let framed = self.at < self.frame_end;
        let rest = &self.all()[self.at..];
        let rest = if framed { &rest[..self.frame_end - self.at] } else { rest };
        if let Some(n) = rest.iter().position(|b| *b == b'\n') {
            let line = rest[..n].to_vec();
            self.at += n + 1;
            return Ok(line);
        }
        if framed {
            return Err(unpickling_error(vm, "pickle exhausted before end of frame"));
        }
        if self.read.is_null() {
            return Err(truncated(vm));
        }
        self.skip_shown(vm)?;
        let line = vm.call(self.readline.value(), &[])?;
        let Some(b) = line.cast::<PyBytes>() else {
            return Err(not_bytes(vm, "readline", line.value()));
        };
        match b.as_slice().split_last() {
            Some((b'\n', line)) => {
                self.replace(vec![], false);
                Ok(line.to_vec())
            }
            _ => Err(truncated(vm)),
        }
    }
    fn replace(&mut self, data: Vec<u8>, peeked: bool) {
        self.data = Data::Read(data);
        self.at = 0;
        self.frame_end = 0;
        self.peeked = peeked;
    }
    /// Reads what was used of the data that the file has only shown.
    pub fn skip_shown(&mut self, vm: &Vm) -> PyResult<()> {
        if self.peeked && self.at > 0 {
            vm.call(self.read.value(), &[new_usize(self.at).value()])?;
        }
        if self.peeked {
            self.replace(vec![], false);
        }
        Ok(())
    }
    /// Gets at least `n` bytes from the file, if it has so many; how many there are.
    fn fill(&mut self, vm: &Vm, n: usize) -> PyResult<usize> {
        self.skip_shown(vm)?;
        if !self.peek.is_null() && n < AHEAD {
            match vm.call(self.peek.value(), &[new_usize(AHEAD).value()]) {
                Ok(shown) => {
                    if let Some(b) = shown.cast::<PyBytes>()
                        && b.len() >= n
                    {
                        self.replace(b.as_slice().to_vec(), true);
                        return Ok(b.len());
                    }
                }
                Err(e) if e.is_instance(vm.exc.NotImplementedError) => self.peek = Owned::NULL,
                Err(e) => return Err(e),
            }
        }
        let data = vm.call(self.read.value(), &[new_usize(n).value()])?;
        let Some(b) = data.cast::<PyBytes>() else {
            return Err(not_bytes(vm, "read", data.value()));
        };
        self.replace(b.as_slice().to_vec(), false);
        Ok(b.len())
    }
}

pub(super) fn truncated(vm: &Vm) -> Raised {
    unpickling_error(vm, "pickle data was truncated")
}

fn not_bytes(vm: &Vm, who: &str, v: Value) -> Raised {
    match vm.repr_text(v) {
        Ok(shown) => vm.value_error(format!("{who}() returned non-bytes object ({shown})")),
        Err(e) => e,
    }
}
