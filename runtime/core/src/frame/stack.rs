//! The frame stack and what else belongs to a thread.

use super::{HEADER_WORDS, Ins};
use crate::object::{MutCell, Trace, Tracer};
use crate::value::{Owned, Value};
use crate::vm::Vm;
use std::cell::Cell;

/// The exception being handled in a generator or at thread level; items form a chain, innermost first.
pub struct ExcItem {
    /// NULL: none here, look further out.
    pub value: MutCell<Owned>,
    pub prev: Cell<*const ExcItem>,
}
impl Default for ExcItem {
    fn default() -> ExcItem {
        ExcItem {
            value: MutCell::default(),
            prev: Cell::new(std::ptr::null()),
        }
    }
}

/// Address space reserved for the frames of one thread; memory is committed as it is touched.
const STACK_BYTES: usize = 512 << 20;

/// What belongs to one thread of Python execution.
pub struct ThreadState {
    /// Pending work: signals, collection, another thread wants the lock, tracing. Read at safepoints.
    pub breaker: Cell<bool>,
    /// The innermost activation and its instruction, as of the last point where native code could look.
    pub fp: Cell<*mut Value>,
    pub pc: Cell<*const Ins>,
    /// Constants of the innermost activation: where control functions leave what the dispatcher goes on with.
    pub k: Cell<*const Value>,
    /// The exception that a slow or control function has raised.
    pub raised: MutCell<Owned>,
    /// A generator resumed from native code has returned (rather than yielded).
    pub returned: Cell<bool>,
    /// Python activations, against the recursion limit.
    pub depth: Cell<u32>,
    pub recursion_limit: Cell<u32>,
    pub stack_lo: Cell<*mut Value>,
    pub stack_hi: Cell<*mut Value>,
    /// Words below this one hold no stray heap pointers: fresh memory is filled with NULL before it is used.
    pub stack_ready: Cell<*mut Value>,
    /// Native stack addresses below this one raise RecursionError.
    pub native_limit: Cell<usize>,
    /// The same for recursion through data, which needs no more than other implementations give it.
    pub data_limit: Cell<usize>,
    pub exc_top: Cell<*const ExcItem>,
    pub exc_base: Box<ExcItem>,
    pub repr_active: MutCell<Vec<u64>>,
    pub trace_fn: MutCell<Owned>,
    pub profile_fn: MutCell<Owned>,
    pub tracing: Cell<u32>,
    pub asyncgen_firstiter: MutCell<Owned>,
    pub asyncgen_finalizer: MutCell<Owned>,
    pub coroutine_origin_depth: Cell<usize>,
    /// The current `contextvars` context, NULL if none has been entered.
    pub context: MutCell<Owned>,
    pub id: Cell<u64>,
    /// What `threading.local` and native modules keep for the thread.
    pub locals: MutCell<Owned>,
    /// Set by another thread or a signal handler: see `Vm::check_pending`.
    pub async_exc: MutCell<Owned>,
}

impl ThreadState {
    pub fn new() -> ThreadState {
        let base = Box::<ExcItem>::default();
        let top: *const ExcItem = &*base;
        ThreadState {
            breaker: Cell::new(false),
            fp: Cell::new(std::ptr::null_mut()),
            pc: Cell::new(std::ptr::null()),
            k: Cell::new(std::ptr::null()),
            raised: MutCell::default(),
            returned: Cell::new(false),
            depth: Cell::new(0),
            recursion_limit: Cell::new(1000),
            stack_lo: Cell::new(std::ptr::null_mut()),
            stack_hi: Cell::new(std::ptr::null_mut()),
            stack_ready: Cell::new(std::ptr::null_mut()),
            native_limit: Cell::new(0),
            data_limit: Cell::new(0),
            exc_top: Cell::new(top),
            exc_base: base,
            repr_active: MutCell::default(),
            trace_fn: MutCell::default(),
            profile_fn: MutCell::default(),
            tracing: Cell::new(0),
            asyncgen_firstiter: MutCell::default(),
            asyncgen_finalizer: MutCell::default(),
            coroutine_origin_depth: Cell::new(0),
            context: MutCell::default(),
            id: Cell::new(0),
            locals: MutCell::default(),
            async_exc: MutCell::default(),
        }
    }
    /// Reserves the frame stack; call on the thread that will run. `native_stack` is the size of the thread's own stack.
    pub fn reserve(&self, native_stack: usize) -> bool {
        // SAFETY: an anonymous private mapping; the result is checked.
        let p = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                STACK_BYTES,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if p == libc::MAP_FAILED {
            return false;
        }
        let lo = p as *mut Value;
        self.stack_lo.set(lo);
        self.stack_ready.set(lo);
        self.stack_hi.set((p as usize + STACK_BYTES) as *mut Value);
        // A root activation without code: `fp` null marks the end of the frame chain.
        self.fp.set(std::ptr::null_mut());
        let here = 0u8;
        const DATA: usize = 32 << 20;
        let usable = native_stack.saturating_sub(256 << 10);
        let top = &raw const here as usize;
        self.native_limit.set(top.saturating_sub(usable));
        self.data_limit.set(top.saturating_sub(usable.min(DATA)));
        true
    }
    /// Makes the words up to `top` and some more usable; false if the stack ends before.
    pub fn make_ready(&self, top: *mut Value) -> bool {
        const AHEAD: usize = 4096;
        let want = (top as usize).saturating_add(AHEAD * 8);
        if want + 64 * 8 > self.stack_hi.get() as usize {
            return false;
        }
        let mut p = self.stack_ready.get();
        while (p as usize) < want {
            // SAFETY: inside the reserved stack, above everything in use.
            unsafe {
                *p = Value::NULL;
                p = p.add(1);
            }
        }
        self.stack_ready.set(p);
        true
    }
    /// The handled exception, innermost first; NULL if none.
    pub fn handled(&self) -> Value {
        let mut item = self.exc_top.get();
        while !item.is_null() {
            // SAFETY: items are linked while their owner (thread, running generator) is alive.
            let i = unsafe { &*item };
            let v = i.value.value();
            if !v.is_null() && !v.is_none() {
                return v;
            }
            item = i.prev.get();
        }
        Value::NULL
    }
    /// The innermost item: what PUSH_EXC_INFO and POP_EXCEPT work on.
    pub fn exc_item(&self) -> &ExcItem {
        // SAFETY: as above; there is always the thread's own.
        unsafe { &*self.exc_top.get() }
    }
}
impl Default for ThreadState {
    fn default() -> Self {
        ThreadState::new()
    }
}

/// The activation of a generator, on the heap: header and slots in one box, run in place.
pub struct HeapFrame {
    words: MutCell<Box<[Value]>>,
    /// Where to go on; null once finished.
    pub pc: Cell<*const Ins>,
}

/// Words before slot 0 of a heap frame.
pub const HEAP_HEADER_WORDS: usize = HEADER_WORDS + 2;

impl HeapFrame {
    pub fn new(nslots: usize) -> HeapFrame {
        let mut words = vec![Value::NULL; HEAP_HEADER_WORDS + nslots].into_boxed_slice();
        // Raw words must not look like heap pointers to anyone.
        words[..HEAP_HEADER_WORDS].fill(Value::NULL);
        HeapFrame {
            words: MutCell::new(words),
            pc: Cell::new(std::ptr::null()),
        }
    }
    /// Slot 0.
    #[inline]
    pub fn fp(&self) -> *mut Value {
        // SAFETY: the header words are part of the box.
        unsafe { self.words.get_mut().as_mut_ptr().add(HEAP_HEADER_WORDS) }
    }
    pub fn is_empty(&self) -> bool {
        self.words.get().is_empty()
    }
    /// All slots.
    pub fn slots(&self) -> &[Value] {
        let w = self.words.get();
        if w.is_empty() {
            &[]
        } else {
            &w[HEAP_HEADER_WORDS..]
        }
    }
    /// Drops the function, the frame object and every slot, in order, and frees the memory.
    pub fn release(&self) {
        let pc = self.pc.replace(std::ptr::null());
        let mut words = self.words.replace(Box::default());
        if words.is_empty() {
            return;
        }
        let func = words[HEAP_HEADER_WORDS - 1];
        let frame = words[HEAP_HEADER_WORDS - HEADER_WORDS];
        if let Some(f) = frame.cast::<super::PyFrame>()
            && frame.header().refs() > 1
            && !f.fp.get().is_null()
        {
            // One that the collector has emptied knows its function no more, and nobody will ask.
            if f.func.value().is_null() {
                f.fp.set(std::ptr::null_mut());
            }
        }
        if let Some(f) = frame.cast::<super::PyFrame>()
            && frame.header().refs() > 1
            && !f.fp.get().is_null()
        {
            // Somebody holds the frame object: what can still be seen of the variables moves there.
            let n = f.code().nlocalsplus();
            let lasti = match &f.code().threaded.get().0 {
                Some(t) if !pc.is_null() => t.offset_of(pc.wrapping_sub(1)) as i64,
                _ => -1,
            };
            let saved = words[HEAP_HEADER_WORDS..]
                .iter_mut()
                .take(n)
                // SAFETY: slots are owned, and the place is emptied.
                .map(|w| unsafe { Owned::from_raw(std::mem::replace(w, Value::NULL)) })
                .collect();
            f.detach(lasti, Owned::NULL, saved, Owned::NULL);
        }
        for v in words[HEAP_HEADER_WORDS..].iter_mut().rev() {
            // SAFETY: slots are owned, and the place is emptied: finalizers may look at this activation.
            drop(unsafe { Owned::from_raw(std::mem::replace(v, Value::NULL)) });
        }
        // SAFETY: the two value words of the header are owned.
        unsafe {
            drop(Owned::from_raw(frame));
            drop(Owned::from_raw(func));
        }
    }
}
impl Drop for HeapFrame {
    fn drop(&mut self) {
        self.release();
    }
}
impl Trace for HeapFrame {
    fn trace(&self, t: Tracer<'_>) {
        let w = self.words.get();
        if w.is_empty() {
            return;
        }
        for i in [HEAP_HEADER_WORDS - 1, HEAP_HEADER_WORDS - HEADER_WORDS] {
            if w[i].is_heap() {
                t(w[i]);
            }
        }
        for v in self.slots() {
            if v.is_heap() {
                t(*v);
            }
        }
    }
    fn clear(&self) {
        self.release();
    }
}

impl Vm {
    /// The exception being handled, as `sys.exception()` gives it; NULL if none.
    pub fn handled_exception(&self) -> Value {
        self.thread.handled()
    }
}
