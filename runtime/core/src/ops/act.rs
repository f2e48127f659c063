//! [`Act`]: what a slow function sees of the activation it works for.

use crate::frame::{Activation, Cache, Ins, cache_at};
use crate::types::{PyCode, PyFunction};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// The activation, the instruction and the constants.
#[derive(Clone, Copy)]
pub struct Act<'a> {
    pub vm: &'a Vm,
    pub fp: *mut Value,
    pub k: *const Value,
    pub ins: &'a Ins,
}
/// A slow function: the whole op.
pub type SlowFn = fn(&Act<'_>) -> PyResult<()>;
/// A slow function that answers a question.
pub type TestFn = fn(&Act<'_>) -> PyResult<bool>;

impl<'a> Act<'a> {
    #[inline(always)]
    pub fn a(&self) -> i16 {
        self.ins.a.get()
    }
    #[inline(always)]
    pub fn b(&self) -> i16 {
        self.ins.b.get()
    }
    #[inline(always)]
    pub fn c(&self) -> i16 {
        self.ins.c.get()
    }
    /// A slot's word, borrowed.
    #[inline(always)]
    pub fn get(&self, slot: i16) -> Value {
        // SAFETY: operands are slots of the frame (the translator's promise).
        unsafe { *self.fp.offset(slot as isize) }
    }
    /// A new reference to a slot's content.
    #[inline]
    pub fn own(&self, slot: i16) -> Owned {
        self.get(slot).own()
    }
    #[inline(always)]
    #[allow(clippy::mut_from_ref)] // the slot is the frame's, not this view's
    fn place(&self, slot: i16) -> &mut Value {
        // SAFETY: as above; slots are owned words.
        unsafe { &mut *self.fp.offset(slot as isize) }
    }
    /// Stores into a slot and drops what was there.
    #[inline]
    pub fn put(&self, slot: i16, v: Owned) {
        let old = std::mem::replace(self.place(slot), v.into_raw());
        // SAFETY: slots are owned.
        drop(unsafe { Owned::from_raw(old) });
    }
    pub fn is_temp(&self, slot: i16) -> bool {
        slot as i64 >= self.code().nlocals.get() as i64
    }
    /// The operand, owned: moved out of a temp, a new reference to a local.
    pub fn take(&self, slot: i16) -> Owned {
        if self.is_temp(slot) {
            self.take_temp(slot)
        } else {
            self.own(slot)
        }
    }
    /// Moves a temp out.
    pub fn take_temp(&self, slot: i16) -> Owned {
        let old = std::mem::replace(self.place(slot), Value::NULL);
        // SAFETY: slots are owned.
        unsafe { Owned::from_raw(old) }
    }
    /// The words of `n` adjacent temps, whose references the caller takes over; the temps are empty afterwards.
    pub fn with_many<R>(&self, first: i16, n: usize, f: impl FnOnce(&[Value]) -> R) -> R {
        // SAFETY: operands are slots of the frame (the translator's promise); nobody else looks at them meanwhile.
        let words = unsafe { std::slice::from_raw_parts_mut(self.fp.offset(first as isize), n) };
        let r = f(words);
        words.fill(Value::NULL);
        r
    }
    /// Moves `n` temps out.
    pub fn take_many(&self, first: i16, n: usize) -> Vec<Owned> {
        (0..n).map(|i| self.take_temp(first + i as i16)).collect()
    }
    pub fn constant(&self, i: i16) -> Value {
        // SAFETY: operands are constants of the code (the translator's promise).
        unsafe { *self.k.add(i as u16 as usize) }
    }
    /// Inline cache number `i` (an unsigned operand).
    pub fn cache(&self, i: i16) -> &'a Cache {
        // SAFETY: operands are caches of the code (the translator's promise).
        unsafe { cache_at(self.k, i as u16 as usize) }
    }
    /// Inline cache named by the 32-bit operand.
    pub fn cache_bc(&self) -> &'a Cache {
        // SAFETY: as above.
        unsafe { cache_at(self.k, self.ins.bc() as usize) }
    }
    pub fn activation(&self) -> Activation {
        Activation {
            fp: self.fp,
            pc: self.ins,
        }
    }
    pub fn function(&self) -> &'a PyFunction {
        self.activation().function()
    }
    pub fn code(&self) -> &'a PyCode {
        self.activation().code()
    }
    /// The locals mapping of class and module code.
    pub fn locals(&self) -> PyResult<Value> {
        self.activation()
            .locals_mapping()
            .ok_or_else(|| self.vm.system_error("no locals found"))
    }
    /// Changes the opcode, which the dispatchers notice through the handler table.
    pub fn requicken(&self, op: pyjit_isa::threaded::Op) {
        self.vm.quicken(self.ins, op);
    }
}
