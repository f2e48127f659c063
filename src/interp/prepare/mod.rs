//! Canonical bytecode to threaded code: one linear pass with an abstract value stack. Loads of locals and constants emit
//! nothing; their consumers name the local or constant itself. Everything else stands in the temp that belongs to its
//! stack position. At jump targets and in protected ranges the stack is in its canonical form: every position in its temp.
//!
//! A call window leaves room for the callee's header between callable and receiver, so positions behind one stand
//! [`HEADER_WORDS`] slots higher.

mod ops;
mod windows;

use pyjit_core::frame::{HEADER_WORDS, Handler, Ins, Threaded};
use pyjit_core::types::PyCode;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{PyResult, Vm};
use pyjit_isa::exctable;
use pyjit_isa::opcode::{self, op};
use pyjit_isa::threaded::Op;
use std::collections::HashMap;

/// Where the value of a stack position is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Loc {
    Temp(i16),
    Local(i16),
    Const(u32),
    Null,
}
#[derive(Clone, Copy, Debug)]
struct Entry {
    loc: Loc,
    /// A call window begins here: the next position stands behind the room for a header.
    gap: bool,
}

/// One canonical instruction.
#[derive(Clone, Copy)]
struct Canonical {
    /// Unit of its first prefix: what jumps lead to.
    unit: u32,
    /// Unit of the opcode itself: what positions belong to.
    at: u32,
    op: u8,
    arg: u32,
    /// Unit of the instruction behind it and its caches.
    next: u32,
}

/// Which operand of an instruction is the jump distance.
#[derive(Clone, Copy)]
enum Place {
    C,
    Bc,
}

struct Translator<'a> {
    code: &'a PyCode,
    nlocals: i16,
    stack: Vec<Entry>,
    /// The abstract stack is known (the instruction can be reached).
    live: bool,
    out: Vec<Ins>,
    offsets: Vec<u32>,
    unit: u32,
    consts: Vec<Owned>,
    small_ints: HashMap<u32, u32>,
    names: Vec<u64>,
    /// Gaps of the canonical stack at a target.
    states: HashMap<u32, Vec<bool>>,
    labels: HashMap<u32, u32>,
    fixups: Vec<(usize, u32, Place)>,
    ranges: Vec<exctable::Entry>,
    max_slot: i32,
    /// The last instruction writes a temp that nothing else has seen: its destination may still be changed.
    retarget: Option<usize>,
    calls: u16,
    call_sites: Vec<(usize, i16)>,
    generator: bool,
}

type Made<T> = Result<T, &'static str>;

/// Makes the threaded form of a code object and enters it there.
pub fn prepare(vm: &Vm, code: &PyCode) -> PyResult<()> {
    if code.threaded.get().0.is_some() {
        return Ok(());
    }
    let mut threaded = translate(code).map_err(|e| {
        vm.value_error(format!(
            "code object {}: {e}",
            pyjit_core::types::text_of(code.name.value())
        ))
    })?;
    threaded.install_handlers(&vm.handlers.get().0);
    let boxed = Box::new(threaded);
    code.entry.set(boxed.ins.as_ptr() as usize);
    code.k.set(boxed.k() as usize);
    code.nlocals.set(boxed.nlocals as u32);
    code.nslots.set(boxed.nslots as u32);
    if is_simple(code) {
        code.simple_args.set(code.data.arg_count);
    }
    code.threaded.set(pyjit_core::object::NoTrace(Some(boxed)));
    Ok(())
}

/// Functions whose parameters are plain positional ones.
fn is_simple(code: &PyCode) -> bool {
    use pyjit_isa::code::flags;
    let optimized = flags::OPTIMIZED | flags::NEWLOCALS;
    code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0
        && code.data.kwonly_count == 0
        && code.flags & optimized == optimized
}

fn decode(bytes: &[u8]) -> Vec<Canonical> {
    let mut out = Vec::with_capacity(bytes.len() / 4);
    let (mut i, mut ext) = (0usize, 0u32);
    let mut start = None;
    while i + 1 < bytes.len() {
        let (o, a) = (bytes[i], bytes[i + 1] as u32);
        let first = *start.get_or_insert(i);
        if o == op::EXTENDED_ARG {
            ext = ext << 8 | a;
            i += 2;
            continue;
        }
        let arg = ext << 8 | a;
        let next = i + 2 + 2 * opcode::caches(o);
        out.push(Canonical {
            unit: (first / 2) as u32,
            at: (i / 2) as u32,
            op: o,
            arg,
            next: (next / 2) as u32,
        });
        (ext, start) = (0, None);
        i = next;
    }
    out
}

fn translate(code: &PyCode) -> Made<Threaded> {
    use pyjit_isa::code::flags;
    let canon = decode(&code.data.code);
    let mapping = code.flags & flags::OPTIMIZED == 0;
    let nlocals = code.nlocalsplus() + usize::from(mapping);
    if nlocals > 16_000 || code.data.stack_size > 8_000 {
        return Err("too many variables or too deep a stack");
    }
    let mut t = Translator {
        code,
        nlocals: nlocals as i16,
        stack: Vec::new(),
        live: true,
        out: Vec::with_capacity(canon.len() + 8),
        offsets: Vec::with_capacity(canon.len() + 8),
        unit: 0,
        consts: code.consts.get().clone(),
        small_ints: HashMap::new(),
        names: Vec::new(),
        states: HashMap::new(),
        labels: HashMap::new(),
        fixups: Vec::new(),
        ranges: exctable::parse(&code.data.exception_table),
        max_slot: nlocals as i32,
        retarget: None,
        calls: 0,
        call_sites: Vec::new(),
        generator: code.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0,
    };
    let targets = jump_targets(&canon, &t.ranges);
    let is_target = |unit: u32| targets.get(unit as usize).copied().unwrap_or(false);
    let mut i = 0;
    while i < canon.len() {
        let c = canon[i];
        t.unit = c.at;
        if is_target(c.unit) {
            t.enter_label(c.unit)?;
        }
        if !t.live {
            i += 1;
            continue;
        }
        t.enter_ranges(c.unit)?;
        let next = canon.get(i + 1).copied().filter(|n| !is_target(n.unit));
        let used = t.instruction(c, next)?;
        i += 1 + usize::from(used);
    }
    t.finish(nlocals, mapping)
}

/// For each unit, whether some jump or handler leads there.
fn jump_targets(canon: &[Canonical], ranges: &[exctable::Entry]) -> Vec<bool> {
    let end = canon.last().map_or(0, |c| c.next as usize + 1);
    let mut marks = vec![false; end];
    let targets = ranges.iter().map(|r| r.target);
    for t in targets.chain(canon.iter().filter_map(target_of)) {
        if let Some(mark) = marks.get_mut(t as usize) {
            *mark = true;
        }
    }
    marks
}

/// The unit that a jump leads to. FOR_ITER's is the one behind END_FOR.
fn target_of(c: &Canonical) -> Option<u32> {
    match c.op {
        op::JUMP_FORWARD
        | op::POP_JUMP_IF_FALSE
        | op::POP_JUMP_IF_TRUE
        | op::POP_JUMP_IF_NONE
        | op::POP_JUMP_IF_NOT_NONE
        | op::SEND => Some(c.next.wrapping_add(c.arg)),
        op::FOR_ITER => Some(c.next.wrapping_add(c.arg).wrapping_add(1)),
        op::JUMP_BACKWARD | op::JUMP_BACKWARD_NO_INTERRUPT => Some(c.next.wrapping_sub(c.arg)),
        _ => None,
    }
}

impl Translator<'_> {
    fn canonical(&self, pos: usize) -> i16 {
        let gaps = self.stack[..pos.min(self.stack.len())]
            .iter()
            .filter(|e| e.gap)
            .count();
        self.nlocals + (pos + gaps * HEADER_WORDS) as i16
    }
    fn see_slot(&mut self, slot: i16) {
        self.max_slot = self.max_slot.max(slot as i32 + 1);
    }
    fn emit(&mut self, op: Op, a: i16, b: i16, c: i16) -> usize {
        self.retarget = None;
        self.out.push(Ins::new(op as u16, a, b, c));
        self.offsets.push(self.unit);
        self.out.len() - 1
    }
    fn emit_bc(&mut self, op: Op, a: i16, bc: i32) -> usize {
        let i = self.emit(op, a, 0, 0);
        self.out[i].set_bc(bc);
        i
    }
    fn push(&mut self, loc: Loc) {
        if let Loc::Temp(s) = loc {
            self.see_slot(s);
        }
        self.stack.push(Entry { loc, gap: false });
        let top = self.canonical(self.stack.len() - 1);
        self.see_slot(top);
    }
    /// Pushes the temp of the next position and returns its slot.
    fn push_temp(&mut self) -> i16 {
        let s = self.canonical(self.stack.len());
        self.push(Loc::Temp(s));
        s
    }
    fn pop(&mut self) -> Made<Entry> {
        self.stack.pop().ok_or("stack underflow")
    }
    fn at(&self, depth: usize) -> Made<usize> {
        self.stack.len().checked_sub(depth).ok_or("stack underflow")
    }
    /// Brings a position into its canonical temp.
    fn flush(&mut self, pos: usize) -> i16 {
        let slot = self.canonical(pos);
        self.see_slot(slot);
        match self.stack[pos].loc {
            Loc::Temp(s) if s == slot => {}
            Loc::Temp(s) => {
                self.emit(Op::MoveTemp, slot, s, 0);
            }
            Loc::Local(l) => {
                self.emit(Op::Move, slot, l, 0);
            }
            Loc::Const(k) => {
                self.emit_bc(Op::LoadConst, slot, k as i32);
            }
            Loc::Null => {
                self.emit(Op::LoadNull, slot, 0, 0);
            }
        }
        self.stack[pos].loc = Loc::Temp(slot);
        slot
    }
    fn flush_below(&mut self, n: usize) {
        for i in 0..n.min(self.stack.len()) {
            self.flush(i);
        }
    }
    fn flush_all(&mut self) {
        self.flush_below(self.stack.len());
    }
    /// Slot of an operand at a position: a local in place, a constant in its temp.
    fn operand(&mut self, pos: usize) -> i16 {
        match self.stack[pos].loc {
            Loc::Temp(s) | Loc::Local(s) => s,
            _ => self.flush(pos),
        }
    }
    /// Brings the top `n` positions into adjacent temps and returns the first slot.
    fn flush_top(&mut self, n: usize) -> Made<i16> {
        let first = self.at(n)?;
        for i in first..self.stack.len() {
            self.flush(i);
        }
        let slot = self.canonical(first);
        if n > 0
            && self.stack[first..self.stack.len() - 1]
                .iter()
                .any(|e| e.gap)
        {
            return Err("operands inside a call window");
        }
        Ok(slot)
    }
    fn drop_top(&mut self, n: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(n));
    }
    /// Materialises every position that is only a name for a local, before the local changes.
    fn unalias(&mut self, local: i16) {
        for i in 0..self.stack.len() {
            if self.stack[i].loc == Loc::Local(local) {
                self.flush(i);
            }
        }
    }
    fn has_alias(&self, local: i16) -> bool {
        self.stack.iter().any(|e| e.loc == Loc::Local(local))
    }
    fn gaps(&self, n: usize) -> Vec<bool> {
        self.stack[..n.min(self.stack.len())]
            .iter()
            .map(|e| e.gap)
            .collect()
    }
    /// Records the canonical stack that a target is reached with.
    fn record(&mut self, target: u32, gaps: Vec<bool>) -> Made<()> {
        match self.states.get(&target) {
            Some(known) if *known != gaps => Err("stack differs between paths"),
            Some(_) => Ok(()),
            None => {
                self.states.insert(target, gaps);
                Ok(())
            }
        }
    }
    fn set_state(&mut self, gaps: &[bool]) {
        self.stack.clear();
        for g in gaps {
            let slot = self.canonical(self.stack.len());
            self.stack.push(Entry {
                loc: Loc::Temp(slot),
                gap: *g,
            });
            self.see_slot(slot);
        }
        self.live = true;
    }
    fn enter_label(&mut self, unit: u32) -> Made<()> {
        if self.live {
            self.flush_all();
            self.record(unit, self.gaps(self.stack.len()))?;
        } else if let Some(g) = self.states.get(&unit).cloned() {
            self.set_state(&g);
        }
        if self.live {
            self.retarget = None;
            self.labels.insert(unit, self.out.len() as u32);
        }
        Ok(())
    }
    /// At the start of protected ranges: what the handler keeps must stand in its temps.
    fn enter_ranges(&mut self, unit: u32) -> Made<()> {
        // The assembler makes the ranges disjoint, each with its innermost handler.
        let i = self.ranges.partition_point(|r| r.start <= unit);
        if let Some(i) = i.checked_sub(1) {
            let r = self.ranges[i];
            if unit < r.end {
                let depth = r.depth as usize;
                if depth > self.stack.len() {
                    return Err("handler deeper than the stack");
                }
                self.flush_below(depth);
                if !self.states.contains_key(&r.target) {
                    let mut gaps = self.gaps(depth);
                    gaps.push(false);
                    if r.lasti {
                        gaps.push(false);
                    }
                    self.states.insert(r.target, gaps);
                }
            }
        }
        Ok(())
    }
    /// Emits a jump; the stack has been flushed.
    fn jump_to(&mut self, index: usize, target: u32, place: Place) -> Made<()> {
        self.fixups.push((index, target, place));
        self.record(target, self.gaps(self.stack.len()))
    }
    /// A new inline cache for a name index.
    fn cache(&mut self, name: usize) -> Made<i16> {
        let v = self
            .code
            .names
            .get(name)
            .ok_or("name index out of range")?
            .value()
            .bits();
        if self.names.len() >= 60_000 {
            let shared = self.names.iter().position(|n| *n == v);
            return shared.map(|i| i as u16 as i16).ok_or("too many names");
        }
        self.names.push(v);
        Ok((self.names.len() - 1) as u16 as i16)
    }
    fn cache_wide(&mut self, name: usize) -> Made<i32> {
        self.cache(name).map(|c| c as u16 as i32)
    }
    fn constant(&mut self, v: Owned) -> u32 {
        self.consts.push(v);
        (self.consts.len() - 1) as u32
    }
    fn value_of(&self, k: u32) -> Value {
        self.consts
            .get(k as usize)
            .map_or(Value::NULL, |c| c.value())
    }
    fn finish(mut self, nlocals: usize, mapping: bool) -> Made<Threaded> {
        // Where a finished `__init__` comes back to: a carrier of the result's slot, then the op that looks at it.
        let stubs = self.out.len();
        for (site, base) in std::mem::take(&mut self.call_sites) {
            self.unit = self.offsets[site];
            self.emit(Op::Nop, base + 1, base + 1, 0);
            let at = self.out.len() as i32;
            self.emit_bc(Op::InitDone, base, site as i32 + 1 - at);
        }
        for (at, target, place) in std::mem::take(&mut self.fixups) {
            let Some(to) = self.labels.get(&target) else {
                return Err("jump to nowhere");
            };
            let distance = *to as i64 - at as i64;
            match place {
                Place::Bc => self.out[at].set_bc(distance as i32),
                Place::C => match i16::try_from(distance) {
                    Ok(d) => self.out[at].c.set(d),
                    Err(_) => return Err("jump too far"),
                },
            }
        }
        let handlers = self.handlers(stubs);
        let nslots = self.max_slot as usize + 1;
        let keep = &self.code.consts;
        if self.consts.len() > keep.get().len() {
            // The code object owns what its threaded form borrows; `co_consts` shows only the canonical ones.
            self.code
                .extra_consts
                .set(self.consts[keep.get().len()..].to_vec());
        }
        let mut t = Threaded::new(
            self.out,
            self.offsets,
            &self.consts,
            &self.names,
            handlers,
            nslots,
            nlocals,
        );
        t.stub_base = stubs;
        t.locals_slot = mapping.then_some((nlocals - 1) as u16);
        Ok(t)
    }
    /// The protected ranges in threaded terms. The stubs at the end have none: the unwinder asks for their call site.
    fn handlers(&self, main: usize) -> Vec<Handler> {
        let offsets = &self.offsets[..main];
        let mut out = Vec::new();
        for r in &self.ranges {
            let (Some(target), Some(gaps)) =
                (self.labels.get(&r.target), self.states.get(&r.target))
            else {
                continue;
            };
            let start = offsets.partition_point(|u| *u < r.start);
            let end = offsets.partition_point(|u| *u < r.end);
            let depth = r.depth as usize;
            let slot = |pos: usize| {
                (self.nlocals as usize
                    + pos
                    + gaps[..pos].iter().filter(|g| **g).count() * HEADER_WORDS)
                    as u16
            };
            if start < end {
                out.push(Handler {
                    start: start as u32,
                    end: end as u32,
                    target: *target,
                    first_temp: slot(depth),
                    exc_slot: slot(depth + usize::from(r.lasti)),
                    lasti_slot: r.lasti.then(|| slot(depth)),
                });
            }
        }
        out
    }
}
