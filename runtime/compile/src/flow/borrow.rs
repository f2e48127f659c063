//! Borrowed loads: a `LOAD_FAST` whose value is consumed before its local can change needs no reference of its own. The
//! analysis runs each block on a stack of abstract references and keeps the strong form of every load whose reference is
//! stored in a local, outlives its local, or is still on the stack when the block ends.

use pyjit_isa::effects::stack_effect;
use pyjit_isa::opcode::op;

use super::Cfg;
use crate::instr::{Instr, NO_TARGET, has_target, is_scope_exit, is_unconditional_jump};

/// A value on the abstract stack: the instruction that loaded it and the local it came from.
#[derive(Clone, Copy)]
struct Reference {
    instr: u32,
    local: u32,
}

const NOWHERE: u32 = u32::MAX;
const UNKNOWN: Reference = Reference {
    instr: NOWHERE,
    local: NOWHERE,
};

/// How many values an opcode takes off the stack (of those whose inputs are all consumed).
fn pops(opcode: u8, arg: u32) -> usize {
    let arg = arg as usize;
    match opcode {
        op::BUILD_LIST | op::BUILD_SET | op::BUILD_SLICE | op::BUILD_STRING | op::BUILD_TUPLE => {
            arg
        }
        op::RAISE_VARARGS => arg,
        op::BUILD_MAP => 2 * arg,
        op::CALL => 2 + arg,
        op::CALL_KW => 3 + arg,
        op::BUILD_INTERPOLATION => 2 + (arg & 1),
        op::CALL_FUNCTION_EX | op::STORE_SLICE => 4,
        op::BINARY_SLICE
        | op::CLEANUP_THROW
        | op::LOAD_SUPER_ATTR
        | op::MATCH_CLASS
        | op::STORE_SUBSCR => 3,
        op::BINARY_OP
        | op::BUILD_TEMPLATE
        | op::CALL_INTRINSIC_2
        | op::CHECK_EG_MATCH
        | op::COMPARE_OP => 2,
        op::CONTAINS_OP
        | op::DELETE_SUBSCR
        | op::END_ASYNC_FOR
        | op::END_SEND
        | op::FORMAT_WITH_SPEC => 2,
        op::IMPORT_NAME | op::IS_OP | op::SET_FUNCTION_ATTRIBUTE | op::STORE_ATTR => 2,
        op::CALL_INTRINSIC_1
        | op::CONVERT_VALUE
        | op::DELETE_ATTR
        | op::END_FOR
        | op::FORMAT_SIMPLE => 1,
        op::GET_AITER | op::GET_AWAITABLE | op::GET_ITER | op::LOAD_ATTR => 1,
        op::LOAD_FROM_DICT_OR_DEREF
        | op::LOAD_FROM_DICT_OR_GLOBALS
        | op::LOAD_SPECIAL
        | op::MAKE_FUNCTION => 1,
        op::POP_EXCEPT | op::POP_ITER | op::POP_TOP | op::PUSH_EXC_INFO | op::RETURN_VALUE => 1,
        op::POP_JUMP_IF_FALSE
        | op::POP_JUMP_IF_NONE
        | op::POP_JUMP_IF_NOT_NONE
        | op::POP_JUMP_IF_TRUE => 1,
        op::STORE_DEREF | op::STORE_GLOBAL | op::STORE_NAME | op::TO_BOOL | op::UNARY_INVERT => 1,
        op::UNARY_NEGATIVE
        | op::UNARY_NOT
        | op::UNPACK_EX
        | op::UNPACK_SEQUENCE
        | op::YIELD_VALUE => 1,
        _ => 0,
    }
}

struct Stack {
    refs: Vec<Reference>,
    /// For each instruction of the block: its reference must be strong.
    strong: Vec<bool>,
}

impl Stack {
    fn pop(&mut self) -> Reference {
        self.refs.pop().unwrap_or(UNKNOWN)
    }

    fn push(&mut self, at: usize, local: u32) {
        self.refs.push(Reference {
            instr: at as u32,
            local,
        });
    }

    fn kill(&mut self, local: u32) {
        for reference in &self.refs {
            if reference.local == local {
                self.strong[reference.instr as usize] = true;
            }
        }
    }

    fn store(&mut self, local: u32) {
        let stored = self.pop();
        self.kill(local);
        if stored.instr != NOWHERE {
            self.strong[stored.instr as usize] = true;
        }
    }
}

impl Cfg {
    /// Rewrites loads whose reference may be borrowed.
    pub(super) fn borrow_locals(&mut self) {
        self.clear_visited();
        let mut stack = Stack {
            refs: Vec::new(),
            strong: Vec::new(),
        };
        let entry = self.entry;
        self.at_mut(entry).visited = true;
        self.at_mut(entry).start_depth = 0;
        let mut todo = vec![entry];
        while let Some(block) = todo.pop() {
            self.borrow_in_block(block, &mut stack, &mut todo);
        }
    }

    fn borrow_in_block(&mut self, block: u32, stack: &mut Stack, todo: &mut Vec<u32>) {
        let mut instrs = std::mem::take(&mut self.at_mut(block).instrs);
        stack.refs.clear();
        stack
            .refs
            .resize(self.at(block).start_depth.max(0) as usize, UNKNOWN);
        stack.strong.clear();
        stack.strong.resize(instrs.len(), false);
        for (at, instr) in instrs.iter().enumerate() {
            if has_target(instr.op) && instr.op != u16::from(op::END_ASYNC_FOR) {
                self.visit_for_borrow(instr.target, todo);
            }
            if let Ok(opcode) = u8::try_from(instr.op) {
                step(stack, at, opcode, instr);
            }
        }
        let leaves = instrs
            .last()
            .is_none_or(|last| is_unconditional_jump(last.op) || is_scope_exit(last.op));
        let next = self.at(block).next;
        if !leaves && next != NO_TARGET {
            self.visit_for_borrow(next, todo);
        }
        for reference in &stack.refs {
            if reference.instr != NOWHERE {
                stack.strong[reference.instr as usize] = true;
            }
        }
        const LOAD: u16 = op::LOAD_FAST as u16;
        const LOAD_TWO: u16 = op::LOAD_FAST_LOAD_FAST as u16;
        for (instr, &strong) in instrs.iter_mut().zip(&stack.strong) {
            if !strong {
                match instr.op {
                    LOAD => instr.op = u16::from(op::LOAD_FAST_BORROW),
                    LOAD_TWO => instr.op = u16::from(op::LOAD_FAST_BORROW_LOAD_FAST_BORROW),
                    _ => {}
                }
            }
        }
        self.at_mut(block).instrs = instrs;
    }

    fn visit_for_borrow(&mut self, block: u32, todo: &mut Vec<u32>) {
        let data = self.at_mut(block);
        if !data.visited {
            data.visited = true;
            todo.push(block);
        }
    }
}

fn step(stack: &mut Stack, at: usize, opcode: u8, instr: &Instr) {
    let arg = instr.arg;
    match opcode {
        op::LOAD_FAST => stack.push(at, arg),
        op::LOAD_FAST_AND_CLEAR => {
            stack.kill(arg);
            stack.push(at, arg);
        }
        op::LOAD_FAST_LOAD_FAST => {
            stack.push(at, arg >> 4);
            stack.push(at, arg & 15);
        }
        op::DELETE_FAST => stack.kill(arg),
        op::STORE_FAST => stack.store(arg),
        op::STORE_FAST_LOAD_FAST => {
            stack.store(arg >> 4);
            stack.push(at, arg & 15);
        }
        op::STORE_FAST_STORE_FAST => {
            stack.store(arg >> 4);
            stack.store(arg & 15);
        }
        op::COPY => {
            let index = stack.refs.len().checked_sub(arg as usize);
            let copied = index.and_then(|index| stack.refs.get(index)).copied();
            stack.refs.push(copied.unwrap_or(UNKNOWN));
        }
        op::SWAP => {
            let count = stack.refs.len();
            if let Some(index) = count.checked_sub(arg as usize)
                && count > 0
            {
                stack.refs.swap(index, count - 1);
            }
        }
        // CPython ascribes these values to the first instruction of the block, which may cost that one its borrowing.
        op::GET_ANEXT
        | op::GET_LEN
        | op::IMPORT_FROM
        | op::MATCH_KEYS
        | op::MATCH_MAPPING
        | op::MATCH_SEQUENCE
        | op::WITH_EXCEPT_START => stack.push(0, NOWHERE),
        op::FOR_ITER => stack.push(at, NOWHERE),
        op::DICT_MERGE
        | op::DICT_UPDATE
        | op::LIST_APPEND
        | op::LIST_EXTEND
        | op::MAP_ADD
        | op::RERAISE
        | op::SET_ADD
        | op::SET_UPDATE => {
            for _ in stack_effect(opcode, arg).unwrap_or(0)..0 {
                stack.pop();
            }
        }
        // A generator is its own iterator, a string its own format.
        op::GET_YIELD_FROM_ITER | op::FORMAT_SIMPLE => {}
        op::END_SEND | op::SET_FUNCTION_ATTRIBUTE => {
            let top = stack.pop();
            stack.pop();
            stack.refs.push(top);
        }
        op::CHECK_EXC_MATCH | op::SEND => {
            stack.pop();
            stack.push(at, NOWHERE);
        }
        op::LOAD_ATTR | op::LOAD_SUPER_ATTR => {
            let receiver = stack.pop();
            if opcode == op::LOAD_SUPER_ATTR {
                stack.pop();
                stack.pop();
            }
            stack.push(at, NOWHERE);
            if arg & 1 != 0 {
                // The receiver of a method call may be pushed back.
                stack.refs.push(receiver);
            }
        }
        op::LOAD_SPECIAL | op::PUSH_EXC_INFO => {
            let top = stack.pop();
            stack.push(at, NOWHERE);
            stack.refs.push(top);
        }
        _ => {
            let popped = pops(opcode, arg);
            for _ in 0..popped {
                stack.pop();
            }
            let pushed = popped as i64 + i64::from(stack_effect(opcode, arg).unwrap_or(0));
            for _ in 0..pushed {
                stack.push(at, NOWHERE);
            }
        }
    }
}
