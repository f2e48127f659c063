//! Stack effects: what each opcode pops and pushes. The compiler computes `co_stacksize` with it, the verifier and
//! `_opcode.stack_effect` use it too.

use crate::opcode::{base, op, pseudo};

/// The net change of stack depth by a base, specialised or instrumented opcode with this argument. It does not depend on
/// whether a jump is taken (that matters only for pseudo instructions, see [`effect`]). `None` for unused numbers.
pub fn stack_effect(opcode: u8, arg: u32) -> Option<i32> {
    let n = i32::try_from(arg).ok()?;
    Some(match base(opcode) {
        op::CACHE
        | op::CHECK_EG_MATCH
        | op::CHECK_EXC_MATCH
        | op::FORMAT_SIMPLE
        | op::GET_AITER
        | op::GET_ITER => 0,
        op::RESERVED
        | op::GET_YIELD_FROM_ITER
        | op::MAKE_FUNCTION
        | op::NOP
        | op::NOT_TAKEN
        | op::RETURN_VALUE => 0,
        op::SETUP_ANNOTATIONS
        | op::TO_BOOL
        | op::UNARY_INVERT
        | op::UNARY_NEGATIVE
        | op::UNARY_NOT => 0,
        op::CALL_INTRINSIC_1
        | op::CONVERT_VALUE
        | op::COPY_FREE_VARS
        | op::EXTENDED_ARG
        | op::GET_AWAITABLE => 0,
        op::DELETE_DEREF
        | op::DELETE_FAST
        | op::DELETE_GLOBAL
        | op::DELETE_NAME
        | op::MAKE_CELL
        | op::RESUME => 0,
        op::JUMP_BACKWARD
        | op::JUMP_BACKWARD_NO_INTERRUPT
        | op::JUMP_FORWARD
        | op::SEND
        | op::SWAP => 0,
        op::LOAD_FROM_DICT_OR_DEREF
        | op::LOAD_FROM_DICT_OR_GLOBALS
        | op::STORE_FAST_LOAD_FAST
        | op::YIELD_VALUE => 0,
        op::GET_ANEXT | op::GET_LEN | op::LOAD_BUILD_CLASS | op::LOAD_LOCALS | op::MATCH_KEYS => 1,
        op::MATCH_MAPPING
        | op::MATCH_SEQUENCE
        | op::PUSH_EXC_INFO
        | op::PUSH_NULL
        | op::RETURN_GENERATOR => 1,
        op::WITH_EXCEPT_START
        | op::COPY
        | op::FOR_ITER
        | op::IMPORT_FROM
        | op::LOAD_COMMON_CONSTANT => 1,
        op::LOAD_CONST
        | op::LOAD_DEREF
        | op::LOAD_FAST
        | op::LOAD_FAST_AND_CLEAR
        | op::LOAD_FAST_BORROW => 1,
        op::LOAD_FAST_CHECK | op::LOAD_NAME | op::LOAD_SMALL_INT | op::LOAD_SPECIAL => 1,
        op::LOAD_FAST_LOAD_FAST | op::LOAD_FAST_BORROW_LOAD_FAST_BORROW => 2,
        op::BUILD_TEMPLATE
        | op::CLEANUP_THROW
        | op::END_FOR
        | op::END_SEND
        | op::EXIT_INIT_CHECK => -1,
        op::FORMAT_WITH_SPEC
        | op::INTERPRETER_EXIT
        | op::POP_EXCEPT
        | op::POP_ITER
        | op::POP_TOP => -1,
        op::BINARY_OP
        | op::CALL_INTRINSIC_2
        | op::COMPARE_OP
        | op::CONTAINS_OP
        | op::DELETE_ATTR => -1,
        op::DICT_MERGE
        | op::DICT_UPDATE
        | op::IMPORT_NAME
        | op::IS_OP
        | op::LIST_APPEND
        | op::LIST_EXTEND => -1,
        op::POP_JUMP_IF_FALSE
        | op::POP_JUMP_IF_NONE
        | op::POP_JUMP_IF_NOT_NONE
        | op::POP_JUMP_IF_TRUE => -1,
        op::RERAISE
        | op::SET_ADD
        | op::SET_FUNCTION_ATTRIBUTE
        | op::SET_UPDATE
        | op::STORE_DEREF => -1,
        op::STORE_FAST | op::STORE_GLOBAL | op::STORE_NAME => -1,
        op::BINARY_SLICE
        | op::DELETE_SUBSCR
        | op::END_ASYNC_FOR
        | op::MAP_ADD
        | op::MATCH_CLASS => -2,
        op::STORE_ATTR | op::STORE_FAST_STORE_FAST => -2,
        op::CALL_FUNCTION_EX | op::STORE_SUBSCR => -3,
        op::STORE_SLICE => -4,
        op::BUILD_INTERPOLATION => -1 - (n & 1),
        op::BUILD_LIST | op::BUILD_SET | op::BUILD_SLICE | op::BUILD_STRING | op::BUILD_TUPLE => {
            1 - n
        }
        op::BUILD_MAP => 1 - 2 * n,
        op::CALL => -1 - n,
        op::CALL_KW => -2 - n,
        op::LOAD_ATTR => n & 1,
        op::LOAD_GLOBAL => 1 + (n & 1),
        op::LOAD_SUPER_ATTR => -2 + (n & 1),
        op::RAISE_VARARGS => -n,
        op::UNPACK_EX => (n & 0xff) + (n >> 8),
        op::UNPACK_SEQUENCE => n - 1,
        crate::opcode::instrumented::INSTRUMENTED_LINE
        | crate::opcode::instrumented::INSTRUMENTED_INSTRUCTION
        | crate::opcode::instrumented::ENTER_EXECUTOR => 0,
        _ => return None,
    })
}

/// The net change of stack depth of any instruction, pseudo ones included; `jump` asks for the taken branch (for the
/// block-setup pseudo instructions: the state in which the handler starts).
pub fn effect(opcode: u16, arg: u32, jump: bool) -> Option<i32> {
    if let Ok(opcode) = u8::try_from(opcode) {
        return stack_effect(opcode, arg);
    }
    Some(match opcode {
        pseudo::LOAD_CLOSURE => 1,
        pseudo::STORE_FAST_MAYBE_NULL => -1,
        pseudo::SETUP_CLEANUP if jump => 2,
        pseudo::SETUP_FINALLY | pseudo::SETUP_WITH if jump => 1,
        pseudo::ANNOTATIONS_PLACEHOLDER..=pseudo::STORE_FAST_MAYBE_NULL => 0,
        _ => return None,
    })
}
