//! Constant folding inside one block: tuples, list and set displays, unary and binary operations on constants, and tests
//! of constants.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{intrinsic, op, pseudo};

use super::Cfg;
use super::values::{binary, is_true, unary};
use crate::instr::{Instr, Loc, NOP};
use crate::tables::ConstTable;

/// Displays larger than this are built piecewise and are not folded (CPython's stack use guideline).
pub const STACK_GUIDELINE: usize = 30;
const LOAD_CONST: u16 = op::LOAD_CONST as u16;
const LOAD_SMALL_INT: u16 = op::LOAD_SMALL_INT as u16;
const BUILD_LIST: u16 = op::BUILD_LIST as u16;
const BUILD_SET: u16 = op::BUILD_SET as u16;
const BUILD_TUPLE: u16 = op::BUILD_TUPLE as u16;
const LIST_APPEND: u16 = op::LIST_APPEND as u16;
const SET_ADD: u16 = op::SET_ADD as u16;

fn loads_const(instr: &Instr) -> bool {
    matches!(instr.op, LOAD_CONST | LOAD_SMALL_INT)
}

fn value_of(instr: &Instr, consts: &ConstTable) -> Const {
    if instr.op == LOAD_SMALL_INT {
        Const::Int(i64::from(instr.arg))
    } else {
        consts.get(instr.arg).clone()
    }
}

/// Positions of `size` constant loads that end at `end` (exclusive), no-ops skipped; `None` if something else is there.
fn const_loads(instrs: &[Instr], end: usize, size: usize) -> Option<Vec<usize>> {
    let mut found = vec![0; size];
    let mut missing = size;
    let mut at = end;
    while missing > 0 {
        at = at.checked_sub(1)?;
        let instr = &instrs[at];
        if instr.op == NOP {
            continue;
        }
        if !loads_const(instr) {
            return None;
        }
        missing -= 1;
        found[missing] = at;
    }
    Some(found)
}

fn erase(instrs: &mut [Instr], positions: &[usize]) {
    for &at in positions {
        instrs[at].clear();
        instrs[at].loc = Loc::NONE;
    }
}

fn small_int(value: &Const) -> Option<u32> {
    match value {
        Const::Int(value @ 0..=255) => Some(*value as u32),
        _ => None,
    }
}

fn load(instr: &mut Instr, value: Const, consts: &mut ConstTable) {
    match small_int(&value) {
        Some(small) => instr.set(LOAD_SMALL_INT, small),
        None => {
            let index = consts.add(value);
            instr.set(LOAD_CONST, index);
        }
    }
}

pub(super) fn fold_tuple(instrs: &mut [Instr], at: usize, consts: &mut ConstTable) {
    let size = instrs[at].arg as usize;
    if size > STACK_GUIDELINE {
        return;
    }
    if let Some(loads) = const_loads(instrs, at, size) {
        let items = loads
            .iter()
            .map(|&load| value_of(&instrs[load], consts))
            .collect();
        erase(instrs, &loads);
        load(&mut instrs[at], Const::Tuple(items), consts);
    }
}

/// Folds a long display of constants, `BUILD 0, (LOAD_CONST, ADD 1)*`, whose last instruction before `end` is an `ADD`,
/// into a constant loaded at `at`.
fn fold_long(
    instrs: &mut [Instr],
    end: usize,
    at: usize,
    (build, add): (u16, u16),
    consts: &mut ConstTable,
) {
    let mut items = Vec::new();
    let mut want_add = true;
    for position in (0..end).rev() {
        let instr = &instrs[position];
        if instr.op == NOP {
            continue;
        }
        if instr.op == build && instr.arg == 0 {
            if !want_add {
                return;
            }
            items.reverse();
            for instr in &mut instrs[position..at] {
                if instr.op != NOP {
                    instr.clear();
                    instr.loc = Loc::NONE;
                }
            }
            let value = if build == BUILD_SET {
                Const::FrozenSet(super::values::distinct(items))
            } else {
                Const::Tuple(items)
            };
            if end > at {
                instrs[at].loc = Loc::NONE;
            }
            load(&mut instrs[at], value, consts);
            return;
        }
        if want_add {
            if instr.op != add || instr.arg != 1 {
                return;
            }
        } else {
            if !loads_const(instr) {
                return;
            }
            items.push(value_of(instr, consts));
        }
        want_add = !want_add;
    }
}

/// A long tuple display of constants: `at` is its `LIST_TO_TUPLE`.
pub(super) fn fold_list_to_tuple(instrs: &mut [Instr], at: usize, consts: &mut ConstTable) {
    fold_long(instrs, at, at, (BUILD_LIST, LIST_APPEND), consts);
}

/// A long list or set display that is only iterated or searched: `at` may be its last `LIST_APPEND` or `SET_ADD`.
pub(super) fn fold_last_add(instrs: &mut [Instr], at: usize, next: u16, consts: &mut ConstTable) {
    if only_reads(next) {
        let kind = if instrs[at].op == LIST_APPEND {
            (BUILD_LIST, LIST_APPEND)
        } else {
            (BUILD_SET, SET_ADD)
        };
        fold_long(instrs, at + 1, at, kind, consts);
    }
}

fn only_reads(opcode: u16) -> bool {
    const GET_ITER: u16 = op::GET_ITER as u16;
    const CONTAINS: u16 = op::CONTAINS_OP as u16;
    matches!(opcode, GET_ITER | CONTAINS)
}

/// Shares constant list and set displays; where they are only iterated or searched a tuple or frozen set will do.
pub(super) fn fold_display(instrs: &mut [Instr], at: usize, next: u16, consts: &mut ConstTable) {
    let build = instrs[at].op;
    let size = instrs[at].arg as usize;
    let only_read = only_reads(next);
    if size > STACK_GUIDELINE || (size < 3 && !only_read) {
        return;
    }
    let Some(loads) = const_loads(instrs, at, size) else {
        if only_read && build == BUILD_LIST {
            instrs[at].op = BUILD_TUPLE;
        }
        return;
    };
    let items: Vec<Const> = loads
        .iter()
        .map(|&load| value_of(&instrs[load], consts))
        .collect();
    let value = if build == BUILD_SET {
        Const::FrozenSet(super::values::distinct(items))
    } else {
        Const::Tuple(items)
    };
    let index = consts.add(value);
    erase(instrs, &loads);
    if only_read {
        instrs[at].set(LOAD_CONST, index);
    } else {
        let loc = instrs[at].loc;
        instrs[at - 2].loc = loc;
        instrs[at - 2].set(build, 0);
        instrs[at - 1].set(LOAD_CONST, index);
        let extend = if build == BUILD_LIST {
            op::LIST_EXTEND
        } else {
            op::SET_UPDATE
        };
        instrs[at].set(u16::from(extend), 1);
    }
}

pub(super) fn fold_binary(instrs: &mut [Instr], at: usize, consts: &mut ConstTable) {
    let Some(loads) = const_loads(instrs, at, 2) else {
        return;
    };
    let left = value_of(&instrs[loads[0]], consts);
    let right = value_of(&instrs[loads[1]], consts);
    if let Some(value) = binary(instrs[at].arg, &left, &right) {
        erase(instrs, &loads);
        load(&mut instrs[at], value, consts);
    }
}

pub(super) fn fold_unary(instrs: &mut [Instr], at: usize, consts: &mut ConstTable) {
    let Some(loads) = const_loads(instrs, at, 1) else {
        return;
    };
    let operand = value_of(&instrs[loads[0]], consts);
    if let Some(value) = unary(instrs[at].op, &operand) {
        erase(instrs, &loads);
        load(&mut instrs[at], value, consts);
    }
}

/// Whether this intrinsic is unary plus.
pub(super) fn is_unary_plus(arg: u32) -> bool {
    arg == intrinsic::UNARY_POSITIVE
}

impl Cfg {
    /// Small integers get their own opcode; tests of constants are decided.
    pub(super) fn optimize_load_const(&mut self, consts: &mut ConstTable) {
        for block in self.order() {
            let mut instrs = std::mem::take(&mut self.at_mut(block).instrs);
            optimize_loads(&mut instrs, consts);
            self.at_mut(block).instrs = instrs;
        }
    }
}

fn optimize_loads(instrs: &mut [Instr], consts: &mut ConstTable) {
    const COPY: u16 = op::COPY as u16;
    const TO_BOOL: u16 = op::TO_BOOL as u16;
    const IS_OP: u16 = op::IS_OP as u16;
    const IF_FALSE: u16 = op::POP_JUMP_IF_FALSE as u16;
    const IF_TRUE: u16 = op::POP_JUMP_IF_TRUE as u16;
    // The load whose value is on top of the stack, as (opcode, argument).
    let mut top = Instr::new(0, 0, Loc::NONE);
    for at in 0..instrs.len() {
        if instrs[at].op == LOAD_CONST
            && let Some(small) = small_int(consts.get(instrs[at].arg))
        {
            instrs[at].set(LOAD_SMALL_INT, small);
        }
        let copies_const = top.op == LOAD_CONST && instrs[at].op == COPY && instrs[at].arg == 1;
        if !copies_const {
            top = instrs[at];
        }
        if !loads_const(&top) || at + 1 >= instrs.len() {
            continue;
        }
        match instrs[at + 1].op {
            next @ (IF_FALSE | IF_TRUE | pseudo::JUMP_IF_FALSE | pseudo::JUMP_IF_TRUE) => {
                let Some(truth) = is_true(&value_of(&top, consts)) else {
                    continue;
                };
                if matches!(next, IF_FALSE | IF_TRUE) {
                    instrs[at].clear();
                }
                if truth == matches!(next, IF_TRUE | pseudo::JUMP_IF_TRUE) {
                    instrs[at + 1].op = pseudo::JUMP;
                } else {
                    instrs[at + 1].clear();
                }
            }
            IS_OP => {
                if value_of(&top, consts) != Const::None || at + 2 >= instrs.len() {
                    continue;
                }
                let mut jump = at + 2;
                if instrs[jump].op == TO_BOOL {
                    instrs[jump].clear();
                    jump += 1;
                    if jump >= instrs.len() {
                        continue;
                    }
                }
                let mut invert = instrs[at + 1].arg != 0;
                match instrs[jump].op {
                    IF_FALSE => invert = !invert,
                    IF_TRUE => {}
                    _ => continue,
                }
                instrs[at].clear();
                instrs[at + 1].clear();
                instrs[jump].op = u16::from(if invert {
                    op::POP_JUMP_IF_NOT_NONE
                } else {
                    op::POP_JUMP_IF_NONE
                });
            }
            TO_BOOL => {
                let Some(truth) = is_true(&value_of(&top, consts)) else {
                    continue;
                };
                let index = consts.add(if truth { Const::True } else { Const::False });
                instrs[at].clear();
                instrs[at + 1].set(LOAD_CONST, index);
            }
            _ => {}
        }
    }
}
