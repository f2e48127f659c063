//! The control-flow graph of one code unit: built from an instruction [`Sequence`], optimised, ordered and handed to the
//! assembler. The passes and their order are those of CPython 3.14, so that the bytecode comes out the same.
//!
//! Blocks live in one vector; `next` links give their order. Passes are in the files beside this one.

mod blocks;
mod borrow;
mod fold;
mod handlers;
mod locals;
mod peephole;
pub(crate) mod values;

use pyjit_isa::opcode::{op, pseudo};

use crate::instr::{
    Instr, Loc, NO_TARGET, Sequence, has_target, is_jump, is_scope_exit, is_unconditional_jump,
};
use crate::tables::ConstTable;

/// A straight run of instructions; only the last may jump.
#[derive(Debug)]
pub struct Block {
    pub instrs: Vec<Instr>,
    /// The block that follows in the code, [`NO_TARGET`] at the end.
    pub next: u32,
    /// Some instruction may target this block.
    pub labelled: bool,
    pub predecessors: u32,
    /// Stack depth on entry, negative until known.
    pub start_depth: i32,
    pub except_handler: bool,
    /// The handler wants the offset of the raising instruction on the stack.
    pub preserve_lasti: bool,
    cold: bool,
    warm: bool,
    visited: bool,
    except_stack: u32,
    unsafe_locals: u64,
    /// Handlers of removed instructions, the nearest last: an instruction appended later takes over the handler of the
    /// place it lands on. CPython reuses its instruction slots so, and the exception table shows it.
    stale: Vec<u32>,
}

impl Block {
    fn new() -> Block {
        Block {
            instrs: Vec::new(),
            next: NO_TARGET,
            labelled: false,
            predecessors: 0,
            start_depth: i32::MIN,
            except_handler: false,
            preserve_lasti: false,
            cold: false,
            warm: false,
            visited: false,
            except_stack: 0,
            unsafe_locals: 0,
            stale: Vec::new(),
        }
    }

    /// Appends a new instruction.
    fn append(&mut self, mut instr: Instr) {
        instr.except = self.stale.pop().unwrap_or(NO_TARGET);
        self.instrs.push(instr);
    }

    /// Notes that `count` instructions were added with handlers of their own.
    fn use_slots(&mut self, count: usize) {
        self.stale.truncate(self.stale.len().saturating_sub(count));
    }

    /// Drops instructions from the end.
    fn cut(&mut self, length: usize) {
        self.stale
            .extend(self.instrs.drain(length..).rev().map(|instr| instr.except));
    }

    fn falls_through(&self) -> bool {
        self.instrs
            .last()
            .is_none_or(|last| !is_unconditional_jump(last.op) && !is_scope_exit(last.op))
    }

    fn exits_scope(&self) -> bool {
        self.instrs
            .last()
            .is_some_and(|last| is_scope_exit(last.op))
    }

    fn has_no_line(&self) -> bool {
        self.instrs.iter().all(|instr| instr.loc.line < 0)
    }
}

/// What the optimiser must know about the code unit.
pub struct UnitFacts<'a> {
    pub locals: usize,
    pub params: usize,
    pub first_line: u32,
    pub generator: bool,
    /// Names of locals, cells and free variables, each in its own order.
    pub varnames: &'a [String],
    pub cellvars: &'a [String],
    pub free_count: usize,
}

/// The outcome of [`Cfg::finish`].
pub struct Layout {
    pub stack_depth: u32,
    /// For each cell and then each free variable: its slot among the frame's locals.
    pub cell_slots: Vec<u32>,
}

/// The graph.
#[derive(Debug)]
pub struct Cfg {
    pub blocks: Vec<Block>,
    /// First block in order.
    pub entry: u32,
}

impl Cfg {
    /// Splits a sequence into blocks.
    pub fn build(sequence: Sequence) -> Cfg {
        let Sequence {
            instrs,
            labels,
            annotations,
        } = sequence;
        let count = instrs.len();
        let mut block_at = vec![NO_TARGET; count + 1];
        let mut wanted = vec![false; count + 1];
        for instr in &instrs {
            if has_target(instr.op) {
                wanted[labels[instr.target as usize] as usize] = true;
            }
        }
        let mut cfg = Cfg {
            blocks: vec![Block::new()],
            entry: 0,
        };
        let mut current = 0usize;
        for (index, instr) in instrs.into_iter().enumerate() {
            if wanted[index] {
                let block = &cfg.blocks[current];
                if !block.instrs.is_empty() || block.labelled {
                    current = cfg.append_block(current);
                }
                cfg.blocks[current].labelled = true;
                block_at[index] = current as u32;
            }
            if instr.op == pseudo::ANNOTATIONS_PLACEHOLDER {
                if let Some(code) = &annotations {
                    cfg.blocks[current].instrs.extend_from_slice(&code.instrs);
                }
                continue;
            }
            let ended = cfg.blocks[current]
                .instrs
                .last()
                .is_some_and(|last| is_jump(last.op) || is_scope_exit(last.op));
            if ended {
                current = cfg.append_block(current);
            }
            cfg.blocks[current].instrs.push(instr);
        }
        if wanted[count] {
            current = cfg.append_block(current);
            cfg.blocks[current].labelled = true;
            block_at[count] = current as u32;
        }
        for block in &mut cfg.blocks {
            for instr in &mut block.instrs {
                if has_target(instr.op) {
                    instr.target = block_at[labels[instr.target as usize] as usize];
                }
            }
        }
        cfg
    }

    fn append_block(&mut self, after: usize) -> usize {
        let index = self.blocks.len();
        let mut block = Block::new();
        block.next = self.blocks[after].next;
        self.blocks[after].next = index as u32;
        self.blocks.push(block);
        index
    }

    /// All blocks in order.
    pub fn order(&self) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut at = self.entry;
        while at != NO_TARGET {
            order.push(at);
            at = self.blocks[at as usize].next;
        }
        order
    }

    fn at(&self, block: u32) -> &Block {
        &self.blocks[block as usize]
    }

    fn at_mut(&mut self, block: u32) -> &mut Block {
        &mut self.blocks[block as usize]
    }

    /// This block or the first one after it that holds instructions.
    fn next_nonempty(&self, mut block: u32) -> u32 {
        while block != NO_TARGET && self.at(block).instrs.is_empty() {
            block = self.at(block).next;
        }
        block
    }

    fn clear_visited(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
        }
    }

    /// The optimising passes. Returns which constants are still used.
    pub fn optimize(&mut self, consts: &mut ConstTable, facts: &UnitFacts) -> Vec<bool> {
        self.mark_handlers();
        self.label_handlers();
        self.inline_small_blocks();
        self.remove_unreachable();
        self.resolve_lines();
        self.optimize_load_const(consts);
        for block in self.order() {
            self.optimize_block(block, consts);
        }
        self.remove_nops_and_pairs();
        self.remove_unreachable();
        self.remove_nops_and_jumps();
        let keep = self.renumber_consts(consts);
        self.check_uninitialized(facts.locals, facts.params);
        self.insert_superinstructions();
        self.push_cold_to_end();
        self.resolve_lines();
        keep
    }

    /// Lowers pseudo instructions and fixes slots; after it the blocks are ready for the assembler.
    pub fn finish(&mut self, facts: &UnitFacts) -> Layout {
        self.lower_conditional_jumps();
        let stack_depth = self.stack_depth();
        let cell_slots = self.prepare_locals(facts);
        self.lower_pseudo();
        self.normalize_jumps();
        self.borrow_locals();
        Layout {
            stack_depth,
            cell_slots,
        }
    }

    /// Marks used constants, keeps the first one always (it may be the docstring), renumbers the loads.
    fn renumber_consts(&mut self, consts: &ConstTable) -> Vec<bool> {
        const LOAD: u16 = op::LOAD_CONST as u16;
        let mut keep = vec![false; consts.len()];
        if let Some(first) = keep.first_mut() {
            *first = true;
        }
        let order = self.order();
        for &block in &order {
            for instr in &self.at(block).instrs {
                if instr.op == LOAD {
                    keep[instr.arg as usize] = true;
                }
            }
        }
        let mut renumbered = vec![0; keep.len()];
        let mut next = 0;
        for (index, &keep) in keep.iter().enumerate() {
            renumbered[index] = next;
            next += u32::from(keep);
        }
        if next as usize != keep.len() {
            for &block in &order {
                for instr in &mut self.at_mut(block).instrs {
                    if instr.op == LOAD {
                        instr.arg = renumbered[instr.arg as usize];
                    }
                }
            }
        }
        keep
    }

    fn lower_conditional_jumps(&mut self) {
        for block in self.order() {
            let data = self.at_mut(block);
            let instrs = &mut data.instrs;
            let Some(&last) = instrs.last() else { continue };
            let lowered = match last.op {
                pseudo::JUMP_IF_FALSE => op::POP_JUMP_IF_FALSE,
                pseudo::JUMP_IF_TRUE => op::POP_JUMP_IF_TRUE,
                _ => continue,
            };
            instrs.pop();
            for (op, arg) in [(op::COPY, 1), (op::TO_BOOL, 0)] {
                let mut instr = Instr::new(u16::from(op), arg, last.loc);
                instr.except = last.except;
                instrs.push(instr);
            }
            instrs.push(Instr {
                op: u16::from(lowered),
                ..last
            });
            data.use_slots(2);
        }
    }

    /// Inserts the prologue (generator creation, cells, free variables) and maps cell numbers to frame slots.
    fn prepare_locals(&mut self, facts: &UnitFacts) -> Vec<u32> {
        let locals = facts.varnames.len() as u32;
        let cells = facts.cellvars.len();
        let total = cells + facts.free_count;
        let mut slots: Vec<u32> = (0..total as u32).map(|index| locals + index).collect();
        if cells > 0 {
            let by_name: std::collections::HashMap<&str, u32> = (0u32..)
                .zip(facts.varnames)
                .map(|(index, name)| (name.as_str(), index))
                .collect();
            for (cell, name) in facts.cellvars.iter().enumerate() {
                if let Some(&local) = by_name.get(name.as_str()) {
                    slots[cell] = local;
                }
            }
        }
        let mut prefix = Vec::new();
        if facts.free_count > 0 {
            prefix.push(Instr::new(
                u16::from(op::COPY_FREE_VARS),
                facts.free_count as u32,
                Loc::NONE,
            ));
        }
        let mut sorted: Vec<u32> = (0..cells as u32).collect();
        sorted.sort_by_key(|&cell| slots[cell as usize]);
        for cell in sorted {
            prefix.push(Instr::new(u16::from(op::MAKE_CELL), cell, Loc::NONE));
        }
        if facts.generator {
            let loc = Loc::line(facts.first_line as i32, -1, -1);
            prefix.push(Instr::new(u16::from(op::RETURN_GENERATOR), 0, loc));
            prefix.push(Instr::new(u16::from(op::POP_TOP), 0, loc));
        }
        let entry = self.entry;
        self.at_mut(entry).use_slots(prefix.len());
        self.at_mut(entry).instrs.splice(0..0, prefix);

        let mut dropped = 0;
        for (index, slot) in slots.iter_mut().enumerate() {
            if *slot == locals + index as u32 {
                *slot -= dropped;
            } else {
                dropped += 1;
            }
        }
        if total > 0 {
            for block in self.order() {
                for instr in &mut self.at_mut(block).instrs {
                    let cell = match u8::try_from(instr.op) {
                        Ok(
                            op::MAKE_CELL
                            | op::LOAD_DEREF
                            | op::STORE_DEREF
                            | op::DELETE_DEREF
                            | op::LOAD_FROM_DICT_OR_DEREF,
                        ) => true,
                        Ok(_) => false,
                        Err(_) => instr.op == pseudo::LOAD_CLOSURE,
                    };
                    if cell {
                        instr.arg = slots[instr.arg as usize];
                    }
                }
            }
        }
        slots
    }

    fn lower_pseudo(&mut self) {
        for block in self.order() {
            for instr in &mut self.at_mut(block).instrs {
                match instr.op {
                    pseudo::SETUP_CLEANUP | pseudo::SETUP_FINALLY | pseudo::SETUP_WITH => {
                        instr.clear()
                    }
                    pseudo::LOAD_CLOSURE => instr.op = u16::from(op::LOAD_FAST),
                    pseudo::STORE_FAST_MAYBE_NULL => instr.op = u16::from(op::STORE_FAST),
                    _ => {}
                }
            }
        }
        self.remove_nops_and_jumps();
    }
}
