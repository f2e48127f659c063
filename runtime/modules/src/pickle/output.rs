//! The state of a pickler and the stream it writes: the buffer, its frames, and the file behind it. Everything is in cells,
//! since Python code that runs in between may use the same pickler.

use super::memo::Written;
use super::opcodes::*;
use super::pickling_error;
use pyjit_core::object::{Trace, Tracer};
use pyjit_core::prelude::*;
use std::cell::Cell;

const FRAME_HEADER: usize = 9;
const FRAME_MIN: usize = 4;
/// A frame that has grown to this is closed; larger strings stand outside frames.
pub const FRAME_TARGET: usize = 64 * 1024;
const NO_FRAME: usize = usize::MAX;

/// A pickler's state.
pub struct Saver {
    pub out: MutCell<NoTrace<Vec<u8>>>,
    pub memo: MutCell<Written>,
    pub proto: Cell<i64>,
    pub bin: Cell<i64>,
    pub fast: Cell<i64>,
    pub fix_imports: Cell<bool>,
    framing: Cell<bool>,
    frame_start: Cell<usize>,
    /// The file's `write`; NULL if the pickle stays in memory.
    pub write: MutCell<Owned>,
    /// NULL stands for copyreg's.
    pub dispatch_table: MutCell<Owned>,
    pub buffer_callback: MutCell<Owned>,
    /// Functions of subclasses; NULL if there are none.
    pub persistent_id: MutCell<Owned>,
    pub reducer_override: MutCell<Owned>,
    /// `persistent_id` as it was assigned to the instance.
    pub persistent_attr: MutCell<Owned>,
    /// Containers being written in fast mode.
    pub fast_path: MutCell<NoTrace<Vec<u64>>>,
}

impl Trace for Saver {
    fn trace(&self, t: Tracer<'_>) {
        self.memo.trace(t);
        for cell in self.references() {
            cell.trace(t);
        }
    }
    fn clear(&self) {
        self.memo.clear();
        for cell in self.references() {
            cell.set(Owned::NULL);
        }
    }
}

impl Saver {
    /// A pickler's state before it was initialized.
    pub fn new() -> Saver {
        Saver {
            out: MutCell::default(),
            memo: MutCell::default(),
            proto: Cell::new(HIGHEST),
            bin: Cell::new(1),
            fast: Cell::new(0),
            fix_imports: Cell::new(false),
            framing: Cell::new(false),
            frame_start: Cell::new(NO_FRAME),
            write: MutCell::default(),
            dispatch_table: MutCell::default(),
            buffer_callback: MutCell::default(),
            persistent_id: MutCell::default(),
            reducer_override: MutCell::default(),
            persistent_attr: MutCell::default(),
            fast_path: MutCell::default(),
        }
    }
    fn references(&self) -> [&MutCell<Owned>; 6] {
        [
            &self.write,
            &self.dispatch_table,
            &self.buffer_callback,
            &self.persistent_id,
            &self.reducer_override,
            &self.persistent_attr,
        ]
    }
    /// Takes the arguments of the constructor.
    pub fn set_up(&self, vm: &Vm, protocol: Value, fix: Value, callback: Value) -> PyResult<()> {
        let proto = match protocol.given() {
            None => HIGHEST,
            Some(p) => match i64::from(vm.to_i32(p)?) {
                p if p < 0 => HIGHEST,
                p => p,
            },
        };
        if proto > HIGHEST {
            return Err(vm.value_error(format!("pickle protocol must be <= {HIGHEST}")));
        }
        if callback.given().is_some() && proto < 5 {
            return Err(vm.value_error("buffer_callback needs protocol >= 5"));
        }
        let fix = fix.is_null() || vm.truthy(fix)?;
        self.proto.set(proto);
        self.bin.set(i64::from(proto > 0));
        self.fix_imports.set(fix && proto < 3);
        self.buffer_callback.set(callback.given().unwrap_or(Value::NULL).own());
        Ok(())
    }
    pub fn set_file(&self, vm: &Vm, file: Value) -> PyResult<()> {
        match vm.getattr_opt_str(file, "write")? {
            Some(w) => {
                self.write.set(w);
                Ok(())
            }
            None => Err(vm.type_error("file must have a 'write' attribute")),
        }
    }
    /// Writes a whole pickle into the buffer (what grows too large goes to the file).
    pub fn dump(&self, vm: &Vm, v: Value) -> PyResult<()> {
        self.out.get_mut().0.clear();
        self.frame_start.set(NO_FRAME);
        self.framing.set(false);
        if self.proto.get() >= 2 {
            self.put(&[PROTO, self.proto.get() as u8]);
            self.framing.set(self.proto.get() >= 4);
        }
        let r = self.save(vm, v);
        if r.is_ok() {
            self.put(&[STOP]);
            self.close_frame();
        }
        self.framing.set(false);
        self.fast_path.get_mut().0.clear();
        r
    }
    pub fn take_output(&self) -> Vec<u8> {
        std::mem::take(&mut self.out.get_mut().0)
    }
    /// Hands the buffer to the file.
    pub fn flush(&self, vm: &Vm) -> PyResult<()> {
        let data = PyBytes::new(&self.take_output());
        self.frame_start.set(NO_FRAME);
        let write = self.write.own();
        if write.is_null() {
            return Err(pickling_error(vm, "the pickler has no file"));
        }
        vm.call(write.value(), &[data.value()]).map(drop)
    }
    /// Appends bytes, inside a frame if frames are in use.
    #[inline]
    pub fn put(&self, data: &[u8]) {
        let out = &mut self.out.get_mut().0;
        if self.framing.get() && self.frame_start.get() == NO_FRAME {
            self.frame_start.set(out.len());
            out.extend_from_slice(&[0; FRAME_HEADER]);
        }
        out.extend_from_slice(data);
    }
    /// An opcode with the bytes of its argument.
    #[inline]
    pub fn put_with(&self, op: u8, data: &[u8]) {
        self.put(&[op]);
        self.out.get_mut().0.extend_from_slice(data);
    }
    /// Ends the frame being written. A very short one is not worth its header.
    pub fn close_frame(&self) {
        let start = self.frame_start.replace(NO_FRAME);
        if !self.framing.get() || start == NO_FRAME {
            return;
        }
        let out = &mut self.out.get_mut().0;
        let Some(length) = out.len().checked_sub(start + FRAME_HEADER) else {
            return;
        };
        if length < FRAME_MIN {
            out.drain(start..start + FRAME_HEADER);
        } else {
            out[start] = FRAME;
            out[start + 1..start + FRAME_HEADER].copy_from_slice(&(length as u64).to_le_bytes());
        }
    }
    /// Between two objects: a frame that is large enough ends here, and goes to the file.
    #[inline]
    pub fn boundary(&self, vm: &Vm) -> PyResult<()> {
        let start = self.frame_start.get();
        if !self.framing.get() || start == NO_FRAME {
            return Ok(());
        }
        if self.out.get().0.len() - start - FRAME_HEADER < FRAME_TARGET {
            return Ok(());
        }
        self.close_frame();
        if self.write.value().is_null() { Ok(()) } else { self.flush(vm) }
    }
    /// A string with its header. A long one stands outside frames and goes to the file by itself; `payload` is the object
    /// that has the same bytes, if there is one.
    pub fn put_string(&self, vm: &Vm, header: &[u8], data: &[u8], payload: Option<Value>) -> PyResult<()> {
        if data.len() < FRAME_TARGET {
            self.put(header);
            self.out.get_mut().0.extend_from_slice(data);
            return Ok(());
        }
        let framing = self.framing.get();
        self.close_frame();
        self.framing.set(false);
        self.put(header);
        let r = if self.write.value().is_null() {
            self.put(data);
            Ok(())
        } else {
            let whole = match payload {
                Some(p) => p.own(),
                None => PyBytes::new(data),
            };
            let write = self.write.own();
            self.flush(vm)
                .and_then(|()| vm.call(write.value(), &[whole.value()]).map(drop))
        };
        self.framing.set(framing);
        r
    }
    /// Numbers an object that was written.
    pub fn memoize(&self, v: Value) {
        if self.fast.get() != 0 {
            return;
        }
        let n = self.memo.get_mut().add(v);
        if self.proto.get() >= 4 {
            self.put(&[MEMOIZE]);
        } else if self.bin.get() == 0 {
            self.put(format!("{}{n}\n", PUT as char).as_bytes());
        } else if n < 256 {
            self.put(&[BINPUT, n as u8]);
        } else {
            self.put_with(LONG_BINPUT, &n.to_le_bytes());
        }
    }
    /// Fetches the object with this number.
    pub fn put_get(&self, n: u32) {
        if self.bin.get() == 0 {
            self.put(format!("{}{n}\n", GET as char).as_bytes());
        } else if n < 256 {
            self.put(&[BINGET, n as u8]);
        } else {
            self.put_with(LONG_BINGET, &n.to_le_bytes());
        }
    }
    /// The number of an object that was written.
    #[inline]
    pub fn number_of(&self, v: Value) -> Option<u32> {
        self.memo.get().get(v)
    }
}
