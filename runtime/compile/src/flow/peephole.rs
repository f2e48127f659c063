//! Rewrites of neighbouring instructions in one block, jump threading, and the shortest form of runs of swaps.

use pyjit_isa::opcode::{compare, intrinsic, op, pseudo};

use super::Cfg;
use super::fold::{
    fold_binary, fold_display, fold_last_add, fold_list_to_tuple, fold_tuple, fold_unary,
    is_unary_plus,
};
use crate::instr::{Instr, NO_TARGET, NOP, has_target};
use crate::tables::ConstTable;

const STORE_FAST: u16 = op::STORE_FAST as u16;
const POP_TOP: u16 = op::POP_TOP as u16;
const SWAP: u16 = op::SWAP as u16;

impl Cfg {
    pub(super) fn optimize_block(&mut self, block: u32, consts: &mut ConstTable) {
        let mut at = 0;
        while at < self.at(block).instrs.len() {
            let instr = self.at(block).instrs[at];
            if has_target(instr.op) {
                if self.thread_jump(block, at) {
                    continue;
                }
            } else {
                rewrite(&mut self.at_mut(block).instrs, at, consts);
            }
            at += 1;
        }
        let instrs = &mut self.at_mut(block).instrs;
        let mut at = 0;
        while at < instrs.len() {
            if instrs[at].op == SWAP {
                shorten_swaps(instrs, &mut at);
                apply_swaps(instrs, at);
            }
            at += 1;
        }
    }

    /// Sends a jump to a jump straight to the end of the chain. True if something changed and the place must be looked
    /// at again.
    fn thread_jump(&mut self, block: u32, at: usize) -> bool {
        const IF_FALSE: u16 = op::POP_JUMP_IF_FALSE as u16;
        const IF_TRUE: u16 = op::POP_JUMP_IF_TRUE as u16;
        const IF_NONE: u16 = op::POP_JUMP_IF_NONE as u16;
        const IF_NOT_NONE: u16 = op::POP_JUMP_IF_NOT_NONE as u16;
        let instr = self.at(block).instrs[at];
        let Some(&target) = self.at(instr.target).instrs.first() else {
            return false;
        };
        let opcode = match (instr.op, target.op) {
            (IF_FALSE | IF_TRUE | IF_NONE | IF_NOT_NONE, pseudo::JUMP) => instr.op,
            (pseudo::JUMP_IF_FALSE, pseudo::JUMP | pseudo::JUMP_IF_FALSE) => instr.op,
            (pseudo::JUMP_IF_TRUE, pseudo::JUMP | pseudo::JUMP_IF_TRUE) => instr.op,
            (pseudo::JUMP_IF_FALSE, pseudo::JUMP_IF_TRUE)
            | (pseudo::JUMP_IF_TRUE, pseudo::JUMP_IF_FALSE) => {
                // The test is known to fail there: go on to the block after it.
                let after = self.next_nonempty(self.at(instr.target).next);
                if after == NO_TARGET {
                    return false;
                }
                self.at_mut(block).instrs[at].target = after;
                self.at_mut(after).labelled = true;
                return true;
            }
            (pseudo::JUMP | pseudo::JUMP_NO_INTERRUPT, pseudo::JUMP) => pseudo::JUMP,
            (pseudo::JUMP | pseudo::JUMP_NO_INTERRUPT, pseudo::JUMP_NO_INTERRUPT) => instr.op,
            _ => return false,
        };
        if instr.target == target.target {
            return false;
        }
        let mut jump = Instr::new(opcode, 0, target.loc);
        jump.target = target.target;
        let data = self.at_mut(block);
        data.instrs[at].clear();
        data.append(jump);
        true
    }
}

fn rewrite(instrs: &mut [Instr], at: usize, consts: &mut ConstTable) {
    let Instr {
        op: opcode, arg, ..
    } = instrs[at];
    let Ok(code) = u8::try_from(opcode) else {
        return;
    };
    let next = instrs.get(at + 1).map_or(0, |next| next.op);
    let next_is = |wanted: u8| next == u16::from(wanted);
    match code {
        op::BUILD_TUPLE => {
            if next_is(op::UNPACK_SEQUENCE) && instrs[at + 1].arg == arg {
                match arg {
                    1 => {
                        instrs[at].clear();
                        instrs[at + 1].clear();
                        return;
                    }
                    2 | 3 => {
                        instrs[at].clear();
                        instrs[at + 1].op = SWAP;
                        return;
                    }
                    _ => {}
                }
            }
            fold_tuple(instrs, at, consts);
        }
        op::BUILD_LIST | op::BUILD_SET => fold_display(instrs, at, next, consts),
        op::LIST_APPEND | op::SET_ADD => fold_last_add(instrs, at, next, consts),
        op::STORE_FAST
            if next == opcode
                && instrs[at + 1].arg == arg
                && instrs[at + 1].loc.line == instrs[at].loc.line =>
        {
            instrs[at].set(POP_TOP, 0);
        }
        op::SWAP if arg == 1 => instrs[at].clear(),
        op::LOAD_GLOBAL if next_is(op::PUSH_NULL) && arg & 1 == 0 => {
            instrs[at].arg |= 1;
            instrs[at + 1].clear();
        }
        op::COMPARE_OP if next_is(op::TO_BOOL) => {
            instrs[at].clear();
            instrs[at + 1].set(opcode, arg | compare::TO_BOOL);
        }
        op::CONTAINS_OP | op::IS_OP => {
            if next_is(op::TO_BOOL) {
                instrs[at].clear();
                instrs[at + 1].set(opcode, arg);
            } else if next_is(op::UNARY_NOT) {
                instrs[at].clear();
                instrs[at + 1].set(opcode, arg ^ 1);
            }
        }
        op::TO_BOOL if next_is(op::TO_BOOL) => {
            instrs[at].clear();
        }
        op::UNARY_NOT => {
            if next_is(op::TO_BOOL) {
                instrs[at].clear();
                instrs[at + 1].set(opcode, 0);
            } else if next_is(op::UNARY_NOT) {
                instrs[at].clear();
                instrs[at + 1].clear();
            } else {
                fold_unary(instrs, at, consts);
            }
        }
        op::UNARY_INVERT | op::UNARY_NEGATIVE => fold_unary(instrs, at, consts),
        op::CALL_INTRINSIC_1 => {
            if arg == intrinsic::LIST_TO_TUPLE {
                fold_list_to_tuple(instrs, at, consts);
                if instrs[at].op == opcode && next_is(op::GET_ITER) {
                    instrs[at].clear();
                }
            } else if is_unary_plus(arg) {
                fold_unary(instrs, at, consts);
            }
        }
        op::BINARY_OP => fold_binary(instrs, at, consts),
        _ => {}
    }
}

/// Replaces a run of swaps and no-ops by the fewest swaps of the same effect. Leaves `at` on the last of the run.
fn shorten_swaps(instrs: &mut [Instr], at: &mut usize) {
    let run = &mut instrs[*at..];
    let mut depth = run[0].arg as usize;
    let mut length = 1;
    let mut more = false;
    while let Some(instr) = run.get(length) {
        if instr.op == SWAP {
            depth = depth.max(instr.arg as usize);
            more = true;
        } else if instr.op != NOP {
            break;
        }
        length += 1;
    }
    if !more {
        return;
    }
    const DONE: usize = usize::MAX;
    let mut stack: Vec<usize> = (0..depth).collect();
    for instr in &run[..length] {
        if instr.op == SWAP {
            stack.swap(0, instr.arg as usize - 1);
        }
    }
    // Each cycle of the permutation becomes swaps with the top, written from the end of the run backwards.
    let mut free = length;
    for start in 0..depth {
        if stack[start] == DONE || stack[start] == start {
            continue;
        }
        let mut item = start;
        loop {
            if item != 0 {
                free -= 1;
                run[free].set(SWAP, item as u32 + 1);
            }
            if stack[item] == DONE {
                break;
            }
            item = std::mem::replace(&mut stack[item], DONE);
        }
    }
    for instr in &mut run[..free] {
        instr.clear();
    }
    *at += length - 1;
}

fn swappable(instr: &Instr) -> bool {
    matches!(
        instr.op,
        STORE_FAST | pseudo::STORE_FAST_MAYBE_NULL | POP_TOP
    )
}

fn stored_local(instr: &Instr) -> Option<u32> {
    matches!(instr.op, STORE_FAST | pseudo::STORE_FAST_MAYBE_NULL).then_some(instr.arg)
}

fn next_swappable(instrs: &[Instr], after: usize, line: Option<i32>) -> Option<usize> {
    for (at, instr) in instrs.iter().enumerate().skip(after + 1) {
        if line.is_some_and(|line| line >= 0 && instr.loc.line != line) {
            return None;
        }
        if instr.op == NOP {
            continue;
        }
        return swappable(instr).then_some(at);
    }
    None
}

/// Applies swaps at compile time where the values are only stored or popped: the stores change places instead.
fn apply_swaps(instrs: &mut [Instr], last: usize) {
    for at in (0..=last).rev() {
        let swap = instrs[at];
        if swap.op != SWAP {
            if swap.op == NOP || swappable(&swap) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(instrs, at, None) else {
            return;
        };
        let line = instrs[first].loc.line;
        let mut second = first;
        for _ in 1..swap.arg {
            match next_swappable(instrs, second, Some(line)) {
                Some(found) => second = found,
                None => return,
            }
        }
        let (one, two) = (stored_local(&instrs[first]), stored_local(&instrs[second]));
        if one.is_some() || two.is_some() {
            if one == two {
                return;
            }
            let clash = instrs[first + 1..second]
                .iter()
                .filter_map(stored_local)
                .any(|local| Some(local) == one || Some(local) == two);
            if clash {
                return;
            }
        }
        instrs[at].clear();
        instrs.swap(first, second);
    }
}
