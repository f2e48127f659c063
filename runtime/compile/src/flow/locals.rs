//! Local variables: which loads may find the variable unbound, and pairs of local accesses fused into one instruction.

use pyjit_isa::opcode::{op, pseudo};

use super::Cfg;
use crate::instr::{Instr, NO_TARGET, is_jump};

const LOAD_FAST: u16 = op::LOAD_FAST as u16;
const STORE_FAST: u16 = op::STORE_FAST as u16;
const DELETE_FAST: u16 = op::DELETE_FAST as u16;
const LOAD_AND_CLEAR: u16 = op::LOAD_FAST_AND_CLEAR as u16;
const LOAD_CHECK: u16 = op::LOAD_FAST_CHECK as u16;
/// Locals tracked across blocks; further ones are only tracked inside each block.
const TRACKED: usize = 64;

impl Cfg {
    /// Turns loads of locals that may be unbound into checked loads.
    pub(super) fn check_uninitialized(&mut self, locals: usize, params: usize) {
        if locals == 0 {
            return;
        }
        if locals > TRACKED {
            self.check_many(locals);
        }
        self.clear_visited();
        for block in &mut self.blocks {
            block.unsafe_locals = 0;
        }
        let tracked = locals.min(TRACKED);
        let mut start = 0u64;
        for local in params..tracked {
            start |= 1 << local;
        }
        let mut todo = Vec::new();
        self.spread_unsafe(self.entry, start, &mut todo);
        for block in self.order() {
            self.scan_block(block, &mut todo);
        }
        while let Some(block) = todo.pop() {
            self.at_mut(block).visited = false;
            self.scan_block(block, &mut todo);
        }
    }

    fn spread_unsafe(&mut self, block: u32, mask: u64, todo: &mut Vec<u32>) {
        let data = self.at_mut(block);
        let both = data.unsafe_locals | mask;
        if both != data.unsafe_locals {
            data.unsafe_locals = both;
            if !data.visited {
                data.visited = true;
                todo.push(block);
            }
        }
    }

    fn scan_block(&mut self, block: u32, todo: &mut Vec<u32>) {
        let mut mask = self.at(block).unsafe_locals;
        let mut instrs = std::mem::take(&mut self.at_mut(block).instrs);
        // A handler is told again only when the mask has changed since.
        let mut told = (NO_TARGET, 0);
        for instr in &mut instrs {
            if instr.except != NO_TARGET && told != (instr.except, mask) {
                told = (instr.except, mask);
                self.spread_unsafe(instr.except, mask, todo);
            }
            if instr.arg as usize >= TRACKED {
                continue;
            }
            let bit = 1u64 << instr.arg;
            match instr.op {
                DELETE_FAST | LOAD_AND_CLEAR | pseudo::STORE_FAST_MAYBE_NULL => mask |= bit,
                STORE_FAST | LOAD_CHECK => mask &= !bit,
                LOAD_FAST => {
                    if mask & bit != 0 {
                        instr.op = LOAD_CHECK;
                    }
                    mask &= !bit;
                }
                _ => {}
            }
        }
        self.at_mut(block).instrs = instrs;
        let next = self.at(block).next;
        if next != NO_TARGET && self.at(block).falls_through() {
            self.spread_unsafe(next, mask, todo);
        }
        if let Some(&last) = self.at(block).instrs.last()
            && is_jump(last.op)
        {
            self.spread_unsafe(last.target, mask, todo);
        }
    }

    fn check_many(&mut self, locals: usize) {
        // For each local beyond the tracked ones: the block in which it is last known to be bound.
        let mut bound_in = vec![0usize; locals - TRACKED];
        for (number, block) in self.order().into_iter().enumerate() {
            let number = number + 1;
            for instr in &mut self.at_mut(block).instrs {
                let Some(index) = (instr.arg as usize).checked_sub(TRACKED) else {
                    continue;
                };
                match instr.op {
                    DELETE_FAST | LOAD_AND_CLEAR | pseudo::STORE_FAST_MAYBE_NULL => {
                        bound_in[index] = number - 1
                    }
                    STORE_FAST => bound_in[index] = number,
                    LOAD_FAST => {
                        if bound_in[index] != number {
                            instr.op = LOAD_CHECK;
                        }
                        bound_in[index] = number;
                    }
                    _ => {}
                }
            }
        }
    }

    /// Fuses neighbouring loads and stores of the first sixteen locals.
    pub(super) fn insert_superinstructions(&mut self) {
        for block in self.order() {
            let instrs = &mut self.at_mut(block).instrs;
            for at in 1..instrs.len() {
                let (first, second) = (instrs[at - 1], instrs[at]);
                let fused = match (first.op, second.op) {
                    (LOAD_FAST, LOAD_FAST) => op::LOAD_FAST_LOAD_FAST,
                    (STORE_FAST, LOAD_FAST) => op::STORE_FAST_LOAD_FAST,
                    (STORE_FAST, STORE_FAST) => op::STORE_FAST_STORE_FAST,
                    _ => continue,
                };
                fuse(instrs, at, u16::from(fused));
            }
        }
        self.remove_nops();
    }
}

fn fuse(instrs: &mut [Instr], at: usize, fused: u16) {
    let (first, second) = (instrs[at - 1], instrs[at]);
    let (one, two) = (first.loc.line, second.loc.line);
    if (one >= 0 && two >= 0 && one != two) || first.arg >= 16 || second.arg >= 16 {
        return;
    }
    instrs[at - 1].set(fused, first.arg << 4 | second.arg);
    instrs[at].clear();
}
