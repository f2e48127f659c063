//! Exception handlers and stack depth: which handler guards each instruction, how deep the stack is in each block.

use pyjit_isa::effects::effect;
use pyjit_isa::opcode::{op, pseudo, resume};

use super::Cfg;
use crate::instr::{
    NO_TARGET, has_target, is_block_push, is_jump, is_scope_exit, is_unconditional_jump,
};

/// One level of the block stack; levels form a tree, so that taking a copy of a stack is free.
struct Level {
    handler: u32,
    parent: u32,
    depth: u32,
}

impl Cfg {
    pub(super) fn mark_handlers(&mut self) {
        for index in 0..self.blocks.len() {
            for at in 0..self.blocks[index].instrs.len() {
                let instr = self.blocks[index].instrs[at];
                if is_block_push(instr.op) {
                    let target = self.at_mut(instr.target);
                    target.except_handler = true;
                    if matches!(instr.op, pseudo::SETUP_WITH | pseudo::SETUP_CLEANUP) {
                        target.preserve_lasti = true;
                    }
                }
            }
        }
    }

    /// Follows the block pushes and pops along the flow and notes each instruction's handler.
    pub(super) fn label_handlers(&mut self) {
        const YIELD: u16 = op::YIELD_VALUE as u16;
        const RESUME: u16 = op::RESUME as u16;
        self.clear_visited();
        let mut levels = vec![Level {
            handler: NO_TARGET,
            parent: 0,
            depth: 0,
        }];
        let mut todo = vec![self.entry];
        let entry = self.entry;
        self.at_mut(entry).visited = true;
        self.at_mut(entry).except_stack = 0;
        while let Some(block) = todo.pop() {
            let mut stack = self.at(block).except_stack;
            let mut yield_depth = None;
            let mut instrs = std::mem::take(&mut self.at_mut(block).instrs);
            for instr in &mut instrs {
                if is_block_push(instr.op) {
                    self.visit_with_stack(instr.target, stack, &mut todo);
                    let depth = levels[stack as usize].depth + 1;
                    levels.push(Level {
                        handler: instr.target,
                        parent: stack,
                        depth,
                    });
                    stack = levels.len() as u32 - 1;
                } else if instr.op == pseudo::POP_BLOCK {
                    stack = levels[stack as usize].parent;
                    instr.clear();
                } else {
                    instr.except = levels[stack as usize].handler;
                    if is_jump(instr.op) {
                        self.visit_with_stack(instr.target, stack, &mut todo);
                    } else if instr.op == YIELD {
                        yield_depth = Some(levels[stack as usize].depth);
                    } else if instr.op == RESUME && instr.arg != resume::AT_FUNC_START {
                        if yield_depth == Some(1) {
                            instr.arg |= resume::DEPTH1;
                        }
                        yield_depth = None;
                    }
                }
            }
            self.at_mut(block).instrs = instrs;
            let next = self.at(block).next;
            if next != NO_TARGET && self.at(block).falls_through() {
                self.visit_with_stack(next, stack, &mut todo);
            }
        }
    }

    fn visit_with_stack(&mut self, block: u32, stack: u32, todo: &mut Vec<u32>) {
        let block_data = self.at_mut(block);
        if !block_data.visited {
            block_data.visited = true;
            block_data.except_stack = stack;
            todo.push(block);
        }
    }

    /// Computes the depth on entry of every block and returns the deepest stack of the code.
    pub(super) fn stack_depth(&mut self) -> u32 {
        for block in &mut self.blocks {
            block.start_depth = i32::MIN;
        }
        let mut deepest = 0;
        let entry = self.entry;
        self.at_mut(entry).start_depth = 0;
        let mut todo = vec![entry];
        while let Some(block) = todo.pop() {
            let mut depth = self.at(block).start_depth;
            let mut next = self.at(block).next;
            for at in 0..self.at(block).instrs.len() {
                let instr = self.at(block).instrs[at];
                let after = depth + effect(instr.op, instr.arg, false).unwrap_or(0);
                debug_assert!(after >= 0, "stack underflow in {instr:?}");
                deepest = deepest.max(after);
                if has_target(instr.op) && instr.op != u16::from(op::END_ASYNC_FOR) {
                    let there = depth + effect(instr.op, instr.arg, true).unwrap_or(0);
                    deepest = deepest.max(there);
                    self.enter_at_depth(instr.target, there, &mut todo);
                }
                depth = after;
                if is_unconditional_jump(instr.op) || is_scope_exit(instr.op) {
                    next = NO_TARGET;
                    break;
                }
            }
            if next != NO_TARGET {
                self.enter_at_depth(next, depth, &mut todo);
            }
        }
        deepest.max(0) as u32
    }

    fn enter_at_depth(&mut self, block: u32, depth: i32, todo: &mut Vec<u32>) {
        let data = self.at_mut(block);
        debug_assert!(
            data.start_depth < 0 || data.start_depth == depth,
            "uneven stack"
        );
        if data.start_depth < 0 {
            data.start_depth = depth;
            todo.push(block);
        }
    }
}
