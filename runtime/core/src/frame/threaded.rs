//! Threaded code: what runs. Made from a code object's bytecode on its first execution (`interp/prepare`).

use crate::value::{Owned, Value};
use crate::vm::Vm;
use std::cell::Cell;

/// An argument that only cold handlers look at; the others leave its register to the compiler, as one more to compute in.
pub type Scratch = std::mem::MaybeUninit<u64>;

/// A handler of the tail-call dispatcher. The scratch arguments carry what a cold handler needs (the words to drop).
#[cfg(target_arch = "x86_64")]
pub type HandlerFn = unsafe extern "sysv64" fn(
    pc: *const Ins,
    first: Scratch,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
    second: Scratch,
);
#[cfg(not(target_arch = "x86_64"))]
pub type HandlerFn = unsafe extern "C" fn(
    pc: *const Ins,
    first: Scratch,
    fp: *mut Value,
    k: *const Value,
    vm: *const Vm,
    second: Scratch,
);

/// One threaded instruction.
#[repr(C)]
pub struct Ins {
    /// Address of the handler. Identical handlers may share an address: the opcode is what identifies an instruction.
    pub handler: Cell<usize>,
    pub op: Cell<u16>,
    pub a: Cell<i16>,
    pub b: Cell<i16>,
    pub c: Cell<i16>,
}
const _: () = assert!(size_of::<Ins>() == 16);

impl Ins {
    pub fn new(op: u16, a: i16, b: i16, c: i16) -> Ins {
        Ins {
            handler: Cell::new(0),
            op: Cell::new(op),
            a: Cell::new(a),
            b: Cell::new(b),
            c: Cell::new(c),
        }
    }
    /// `b` and `c` as one 32-bit number: jump distances, large indices.
    #[inline(always)]
    pub fn bc(&self) -> i32 {
        (self.b.get() as u16 as u32 | (self.c.get() as u16 as u32) << 16) as i32
    }
    pub fn set_bc(&self, v: i32) {
        self.b.set(v as u16 as i16);
        self.c.set((v as u32 >> 16) as u16 as i16);
    }
}

/// An inline cache: what a quickened instruction compares and uses. Its meaning belongs to the op.
#[repr(C)]
#[derive(Default)]
pub struct Cache {
    /// Shape id, key-set id or version that the entry is valid for; 0 is empty.
    pub id: Cell<u32>,
    /// Place of the value: inline attribute, dictionary place, argument count.
    pub index: Cell<u32>,
    /// A second id (builtins' keys, class version).
    pub id2: Cell<u32>,
    /// Misses since the entry was filled.
    pub misses: Cell<u16>,
    /// What the translator knows of the operands.
    pub flags: Cell<u16>,
    /// A value borrowed from whatever `id` guards.
    pub value: Cell<u64>,
    /// The name operand (interned, so it lives for ever).
    pub name: Cell<u64>,
}
/// [`Cache::flags`]: the object of an attribute store is a local; its value is one.
pub const TARGET_LOCAL: u16 = 1;
pub const SOURCE_LOCAL: u16 = 2;
const _: () = assert!(size_of::<Cache>() == 32);
impl Cache {
    #[inline(always)]
    pub fn name(&self) -> Value {
        Value::from_bits(self.name.get())
    }
    #[inline(always)]
    pub fn value(&self) -> Value {
        Value::from_bits(self.value.get())
    }
}

/// A protected range of threaded instructions, innermost last to start.
#[derive(Clone, Debug)]
pub struct Handler {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    /// Temps from this slot on are dropped.
    pub first_temp: u16,
    /// Where the exception goes.
    pub exc_slot: u16,
    /// Where the offset of the raising instruction goes, if the handler wants it.
    pub lasti_slot: Option<u16>,
}

/// The threaded form of a code object.
pub struct Threaded {
    pub ins: Box<[Ins]>,
    /// Bytecode offset in units of each instruction.
    pub offsets: Box<[u32]>,
    /// Constants; [`Threaded::k`] points here, and the caches stand before them in memory order.
    block: Box<[u64]>,
    ncaches: usize,
    pub handlers: Vec<Handler>,
    /// All slots: locals, hidden places, temps with their windows.
    pub nslots: usize,
    /// Slots before the first temp.
    pub nlocals: usize,
    /// Slot of the locals mapping in class and module code.
    pub locals_slot: Option<u16>,
    /// Executions, for tiering.
    pub calls: Cell<u32>,
    /// First of the pairs of instructions that finished `__init__` calls come back to.
    pub stub_base: usize,
}

impl Threaded {
    pub fn new(
        ins: Vec<Ins>,
        offsets: Vec<u32>,
        consts: &[Owned],
        names: &[u64],
        handlers: Vec<Handler>,
        nslots: usize,
        nlocals: usize,
    ) -> Threaded {
        const WORDS: usize = size_of::<Cache>() / 8;
        let n = names.len();
        let mut block = vec![0u64; n * WORDS + consts.len()].into_boxed_slice();
        for (i, name) in names.iter().enumerate() {
            // Cache i stands i + 1 records before the constants.
            let at = (n - 1 - i) * WORDS;
            block[at + WORDS - 1] = *name;
        }
        for (i, c) in consts.iter().enumerate() {
            // Borrowed: the code object owns its constants and lives at least as long.
            block[n * WORDS + i] = c.value().bits();
        }
        Threaded {
            ins: ins.into(),
            offsets: offsets.into(),
            block,
            ncaches: n,
            handlers,
            nslots,
            nlocals,
            locals_slot: None,
            calls: Cell::new(0),
            stub_base: usize::MAX,
        }
    }
    /// The constants, as handlers get them.
    pub fn k(&self) -> *const Value {
        // SAFETY: the constants begin right behind the caches, inside the block or one past its end.
        unsafe { (self.block.as_ptr() as *const Value).add(self.ncaches * size_of::<Cache>() / 8) }
    }
    /// The instruction index of a pc.
    pub fn index_of(&self, pc: *const Ins) -> usize {
        (pc as usize - self.ins.as_ptr() as usize) / size_of::<Ins>()
    }
    /// The bytecode offset in bytes of a pc.
    pub fn offset_of(&self, pc: *const Ins) -> usize {
        self.offsets
            .get(self.index_of(pc))
            .map_or(0, |u| *u as usize * 2)
    }
    /// The instruction itself, or the call that a stub belongs to.
    pub fn main_index(&self, index: usize) -> usize {
        if index < self.stub_base {
            return index;
        }
        let done = self.stub_base + ((index - self.stub_base) | 1);
        self.ins
            .get(done)
            .map_or(index, |i| (done as i64 + i.bc() as i64 - 1) as usize)
    }
    /// Writes the handlers' addresses into the instructions.
    pub fn install_handlers(&mut self, table: &[usize]) {
        for i in self.ins.iter() {
            i.handler
                .set(table.get(i.op.get() as usize).copied().unwrap_or(0));
        }
    }
    /// The innermost handler of an instruction.
    pub fn handler_of(&self, index: usize) -> Option<&Handler> {
        let i = index as u32;
        self.handlers
            .iter()
            .filter(|h| h.start <= i && i < h.end)
            .max_by_key(|h| (h.start, std::cmp::Reverse(h.end)))
    }
}

/// Cache number `i` of the code whose constants are at `k`.
///
/// # Safety
/// `k` comes from [`Threaded::k`] of code that has at least `i + 1` caches.
#[inline(always)]
pub unsafe fn cache_at<'a>(k: *const Value, i: usize) -> &'a Cache {
    // SAFETY: as the caller promises.
    unsafe { &*(k as *const Cache).sub(i + 1) }
}
