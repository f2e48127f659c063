//! Frame objects: made only when somebody looks at a frame. While the activation runs the object points at it; when it
//! ends the locals move into the object.

use super::*;
use crate::object::{self, MutCell, Payload};
use crate::py_class;
use crate::types::{PyCode, PyFunction};
use crate::value::{Owned, Value};
use crate::vm::Vm;
use std::cell::Cell;

py_class! {
    /// `frame`.
    pub struct PyFrame as "frame" {
        pub func: Owned,
        /// Slot 0 of the activation while it exists, null afterwards.
        pub fp: Cell<*mut Value>,
        /// The slots after the activation has ended.
        pub saved: MutCell<Vec<Owned>>,
        /// The locals mapping of class and module code.
        pub locals: MutCell<Owned>,
        /// Last instruction in bytes once the activation has ended; while it runs it is computed.
        pub lasti: Cell<i64>,
        /// Caller, once the activation has ended.
        pub back: MutCell<Owned>,
        pub trace: MutCell<Owned>,
        pub trace_lines: Cell<bool>,
        pub trace_opcodes: Cell<bool>,
        /// Extra names written through `f_locals`.
        pub extra_locals: MutCell<Owned>,
        /// The generator whose activation this is (borrowed by address), NULL otherwise.
        pub generator: Cell<Value>,
    }
}

/// An activation found by walking the stack.
#[derive(Clone, Copy)]
pub struct Activation {
    pub fp: *mut Value,
    /// The instruction being executed (for callers: the call).
    pub pc: *const Ins,
}

impl Activation {
    /// The word at an offset from slot 0.
    fn word(self, i: isize) -> Value {
        // SAFETY: activations have a header and their slots (frame/layout.rs).
        unsafe { *self.fp.offset(i) }
    }
    /// A word of the header.
    pub fn slot_word(self, i: isize) -> Value {
        self.word(i)
    }
    pub fn function<'a>(self) -> &'a PyFunction {
        // SAFETY: the header's function word always holds a function.
        unsafe { self.word(FUNC).payload_unchecked::<PyFunction>() }
    }
    pub fn code<'a>(self) -> &'a PyCode {
        // The function's code may have been replaced since; the activation runs the code it was entered with, which the
        // function object keeps alive in `interp/enter.rs`.
        self.function().code()
    }
    /// Bytecode offset in bytes of the instruction being executed.
    pub fn lasti(self) -> i64 {
        match &self.code().threaded.get().0 {
            Some(t) if !self.pc.is_null() => t.offset_of(self.pc) as i64,
            _ => -1,
        }
    }
    pub fn line(self) -> Option<u32> {
        let i = self.lasti();
        if i < 0 {
            Some(self.code().data.first_line)
        } else {
            self.code().line_at(i as usize)
        }
    }
    /// The calling activation in Python terms: native entries in between are passed over.
    pub fn caller(self) -> Option<Activation> {
        let mut at = self;
        loop {
            let fp: *mut Value = raw_ptr(at.word(CALLER));
            if fp.is_null() {
                return None;
            }
            let ret: *const Ins = raw_ptr(at.word(RETURN_PC));
            at = Activation {
                fp,
                pc: ret.wrapping_sub(1),
            };
            // Native entries have no function.
            if at.word(FUNC).is_heap() {
                return Some(at);
            }
        }
    }
    pub fn slot(self, i: usize) -> Value {
        self.word(i as isize)
    }
    /// Replaces a slot and drops its old content.
    pub fn set_slot(self, i: usize, v: Owned) {
        // SAFETY: slots are owned.
        let old = unsafe {
            let p = self.fp.add(i);
            let old = Owned::from_raw(*p);
            *p = v.into_raw();
            old
        };
        drop(old);
    }
    /// The locals mapping of class and module code.
    pub fn locals_mapping(self) -> Option<Value> {
        let slot = self
            .code()
            .threaded
            .get()
            .0
            .as_ref()
            .and_then(|t| t.locals_slot)?;
        self.slot(slot as usize).non_null()
    }
    /// The frame object, made if there is none yet.
    pub fn object(self) -> Owned {
        let existing = self.word(FRAME_OBJECT);
        if existing.is_heap() {
            return existing.own();
        }
        let f = PyFrame {
            func: self.word(FUNC).own(),
            fp: Cell::new(self.fp),
            saved: MutCell::default(),
            locals: MutCell::default(),
            lasti: Cell::new(-1),
            back: MutCell::default(),
            trace: MutCell::default(),
            trace_lines: Cell::new(true),
            trace_opcodes: Cell::new(false),
            extra_locals: MutCell::default(),
            generator: Cell::new(Value::NULL),
        };
        let o = object::new_object(PyFrame::class(), f);
        // SAFETY: the header word is ours to own.
        unsafe { *self.fp.offset(FRAME_OBJECT) = o.clone().into_raw() };
        o
    }
}

impl Vm {
    /// The innermost Python activation.
    pub fn current(&self) -> Option<Activation> {
        let fp = self.thread.fp.get();
        if fp.is_null() {
            return None;
        }
        let a = Activation {
            fp,
            pc: self.thread.pc.get(),
        };
        if a.word(FUNC).is_heap() {
            Some(a)
        } else {
            a.caller()
        }
    }
    /// All activations, innermost first.
    pub fn activations(&self) -> impl Iterator<Item = Activation> + use<> {
        std::iter::successors(self.current(), |a| a.caller())
    }
    /// Globals of the innermost Python activation.
    pub fn current_globals(&self) -> Option<Owned> {
        self.current().map(|a| a.function().globals.own())
    }
}

impl PyFrame {
    pub fn code<'a>(&self) -> &'a PyCode {
        // SAFETY: only functions are stored there.
        unsafe { self.func.value().payload_unchecked::<PyFunction>() }.code()
    }
    pub fn function<'a>(&self) -> &'a PyFunction {
        // SAFETY: as above.
        unsafe { self.func.value().payload_unchecked::<PyFunction>() }
    }
    /// The activation, while it exists and stands on the stack or in a generator.
    pub fn activation(&self) -> Option<Activation> {
        let fp = self.fp.get();
        if fp.is_null() {
            return None;
        }
        let vm = Vm::get();
        match vm.activations().find(|a| a.fp == fp) {
            Some(a) => Some(a),
            // A suspended generator: not on the stack.
            None => Some(Activation {
                fp,
                pc: self
                    .generator()
                    .map_or(std::ptr::null(), |g| g.frame.pc.get().wrapping_sub(1)),
            }),
        }
    }
    /// The generator whose activation this is, as long as it exists.
    pub fn generator<'a>(&self) -> Option<&'a crate::types::PyGenerator> {
        use pyjit_isa::code::flags;
        let fp = self.fp.get();
        let thread = &Vm::get().thread;
        let on_stack = fp >= thread.stack_lo.get() && fp < thread.stack_hi.get();
        let kinds = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
        if fp.is_null() || on_stack || self.code().flags & kinds == 0 {
            return None;
        }
        // SAFETY: frames off the stack are generators', whose header names the generator; they are detached before it goes.
        unsafe { raw_ptr::<crate::types::PyGenerator>(*fp.offset(GENERATOR)).as_ref() }
    }
    /// Called when the activation ends: takes the slots over.
    pub fn detach(&self, lasti: i64, back: Owned, slots: Vec<Owned>, locals: Owned) {
        self.fp.set(std::ptr::null_mut());
        self.lasti.set(lasti);
        self.back.set(back);
        self.saved.set(slots);
        self.locals.set(locals);
    }
    /// `f_lasti`.
    pub fn last_instruction(&self) -> i64 {
        match self.activation() {
            Some(a) if !a.pc.is_null() => a.lasti(),
            _ => self.lasti.get(),
        }
    }
    /// A named slot: locals, cells, free variables.
    pub fn slot(&self, i: usize) -> Value {
        match self.fp.get() {
            fp if fp.is_null() => self.saved.get().get(i).map_or(Value::NULL, |v| v.value()),
            fp => Activation {
                fp,
                pc: std::ptr::null(),
            }
            .slot(i),
        }
    }
    pub fn set_slot(&self, i: usize, v: Owned) {
        match self.fp.get() {
            fp if fp.is_null() => {
                if let Some(p) = self.saved.get_mut().get_mut(i) {
                    drop(std::mem::replace(p, v));
                }
            }
            fp => Activation {
                fp,
                pc: std::ptr::null(),
            }
            .set_slot(i, v),
        }
    }
}
