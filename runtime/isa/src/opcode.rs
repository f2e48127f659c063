//! The canonical opcode facts of CPython 3.14: numbers, names, cache sizes, operand kinds and the small tables operands
//! index. The compiler, the translator to threaded code, `dis`, `opcode` and the verifier all read them from here.
//!
//! The tables were printed by `opcode`, `_opcode` and `_opcode_metadata` of the reference implementation.

/// Base opcodes, the ones a compiler may emit.
pub mod op {
    pub const CACHE: u8 = 0;
    pub const BINARY_SLICE: u8 = 1;
    pub const BUILD_TEMPLATE: u8 = 2;
    pub const CALL_FUNCTION_EX: u8 = 4;
    pub const CHECK_EG_MATCH: u8 = 5;
    pub const CHECK_EXC_MATCH: u8 = 6;
    pub const CLEANUP_THROW: u8 = 7;
    pub const DELETE_SUBSCR: u8 = 8;
    pub const END_FOR: u8 = 9;
    pub const END_SEND: u8 = 10;
    pub const EXIT_INIT_CHECK: u8 = 11;
    pub const FORMAT_SIMPLE: u8 = 12;
    pub const FORMAT_WITH_SPEC: u8 = 13;
    pub const GET_AITER: u8 = 14;
    pub const GET_ANEXT: u8 = 15;
    pub const GET_ITER: u8 = 16;
    pub const RESERVED: u8 = 17;
    pub const GET_LEN: u8 = 18;
    pub const GET_YIELD_FROM_ITER: u8 = 19;
    pub const INTERPRETER_EXIT: u8 = 20;
    pub const LOAD_BUILD_CLASS: u8 = 21;
    pub const LOAD_LOCALS: u8 = 22;
    pub const MAKE_FUNCTION: u8 = 23;
    pub const MATCH_KEYS: u8 = 24;
    pub const MATCH_MAPPING: u8 = 25;
    pub const MATCH_SEQUENCE: u8 = 26;
    pub const NOP: u8 = 27;
    pub const NOT_TAKEN: u8 = 28;
    pub const POP_EXCEPT: u8 = 29;
    pub const POP_ITER: u8 = 30;
    pub const POP_TOP: u8 = 31;
    pub const PUSH_EXC_INFO: u8 = 32;
    pub const PUSH_NULL: u8 = 33;
    pub const RETURN_GENERATOR: u8 = 34;
    pub const RETURN_VALUE: u8 = 35;
    pub const SETUP_ANNOTATIONS: u8 = 36;
    pub const STORE_SLICE: u8 = 37;
    pub const STORE_SUBSCR: u8 = 38;
    pub const TO_BOOL: u8 = 39;
    pub const UNARY_INVERT: u8 = 40;
    pub const UNARY_NEGATIVE: u8 = 41;
    pub const UNARY_NOT: u8 = 42;
    pub const WITH_EXCEPT_START: u8 = 43;
    pub const BINARY_OP: u8 = 44;
    pub const BUILD_INTERPOLATION: u8 = 45;
    pub const BUILD_LIST: u8 = 46;
    pub const BUILD_MAP: u8 = 47;
    pub const BUILD_SET: u8 = 48;
    pub const BUILD_SLICE: u8 = 49;
    pub const BUILD_STRING: u8 = 50;
    pub const BUILD_TUPLE: u8 = 51;
    pub const CALL: u8 = 52;
    pub const CALL_INTRINSIC_1: u8 = 53;
    pub const CALL_INTRINSIC_2: u8 = 54;
    pub const CALL_KW: u8 = 55;
    pub const COMPARE_OP: u8 = 56;
    pub const CONTAINS_OP: u8 = 57;
    pub const CONVERT_VALUE: u8 = 58;
    pub const COPY: u8 = 59;
    pub const COPY_FREE_VARS: u8 = 60;
    pub const DELETE_ATTR: u8 = 61;
    pub const DELETE_DEREF: u8 = 62;
    pub const DELETE_FAST: u8 = 63;
    pub const DELETE_GLOBAL: u8 = 64;
    pub const DELETE_NAME: u8 = 65;
    pub const DICT_MERGE: u8 = 66;
    pub const DICT_UPDATE: u8 = 67;
    pub const END_ASYNC_FOR: u8 = 68;
    pub const EXTENDED_ARG: u8 = 69;
    pub const FOR_ITER: u8 = 70;
    pub const GET_AWAITABLE: u8 = 71;
    pub const IMPORT_FROM: u8 = 72;
    pub const IMPORT_NAME: u8 = 73;
    pub const IS_OP: u8 = 74;
    pub const JUMP_BACKWARD: u8 = 75;
    pub const JUMP_BACKWARD_NO_INTERRUPT: u8 = 76;
    pub const JUMP_FORWARD: u8 = 77;
    pub const LIST_APPEND: u8 = 78;
    pub const LIST_EXTEND: u8 = 79;
    pub const LOAD_ATTR: u8 = 80;
    pub const LOAD_COMMON_CONSTANT: u8 = 81;
    pub const LOAD_CONST: u8 = 82;
    pub const LOAD_DEREF: u8 = 83;
    pub const LOAD_FAST: u8 = 84;
    pub const LOAD_FAST_AND_CLEAR: u8 = 85;
    pub const LOAD_FAST_BORROW: u8 = 86;
    pub const LOAD_FAST_BORROW_LOAD_FAST_BORROW: u8 = 87;
    pub const LOAD_FAST_CHECK: u8 = 88;
    pub const LOAD_FAST_LOAD_FAST: u8 = 89;
    pub const LOAD_FROM_DICT_OR_DEREF: u8 = 90;
    pub const LOAD_FROM_DICT_OR_GLOBALS: u8 = 91;
    pub const LOAD_GLOBAL: u8 = 92;
    pub const LOAD_NAME: u8 = 93;
    pub const LOAD_SMALL_INT: u8 = 94;
    pub const LOAD_SPECIAL: u8 = 95;
    pub const LOAD_SUPER_ATTR: u8 = 96;
    pub const MAKE_CELL: u8 = 97;
    pub const MAP_ADD: u8 = 98;
    pub const MATCH_CLASS: u8 = 99;
    pub const POP_JUMP_IF_FALSE: u8 = 100;
    pub const POP_JUMP_IF_NONE: u8 = 101;
    pub const POP_JUMP_IF_NOT_NONE: u8 = 102;
    pub const POP_JUMP_IF_TRUE: u8 = 103;
    pub const RAISE_VARARGS: u8 = 104;
    pub const RERAISE: u8 = 105;
    pub const SEND: u8 = 106;
    pub const SET_ADD: u8 = 107;
    pub const SET_FUNCTION_ATTRIBUTE: u8 = 108;
    pub const SET_UPDATE: u8 = 109;
    pub const STORE_ATTR: u8 = 110;
    pub const STORE_DEREF: u8 = 111;
    pub const STORE_FAST: u8 = 112;
    pub const STORE_FAST_LOAD_FAST: u8 = 113;
    pub const STORE_FAST_STORE_FAST: u8 = 114;
    pub const STORE_GLOBAL: u8 = 115;
    pub const STORE_NAME: u8 = 116;
    pub const SWAP: u8 = 117;
    pub const UNPACK_EX: u8 = 118;
    pub const UNPACK_SEQUENCE: u8 = 119;
    pub const YIELD_VALUE: u8 = 120;
    pub const RESUME: u8 = 128;
}

/// Specialised forms the adaptive interpreter of CPython writes over base opcodes; never emitted here, but named by `opcode`.
pub mod specialized {
    pub const BINARY_OP_INPLACE_ADD_UNICODE: u8 = 3;
    pub const BINARY_OP_ADD_FLOAT: u8 = 129;
    pub const BINARY_OP_ADD_INT: u8 = 130;
    pub const BINARY_OP_ADD_UNICODE: u8 = 131;
    pub const BINARY_OP_EXTEND: u8 = 132;
    pub const BINARY_OP_MULTIPLY_FLOAT: u8 = 133;
    pub const BINARY_OP_MULTIPLY_INT: u8 = 134;
    pub const BINARY_OP_SUBSCR_DICT: u8 = 135;
    pub const BINARY_OP_SUBSCR_GETITEM: u8 = 136;
    pub const BINARY_OP_SUBSCR_LIST_INT: u8 = 137;
    pub const BINARY_OP_SUBSCR_LIST_SLICE: u8 = 138;
    pub const BINARY_OP_SUBSCR_STR_INT: u8 = 139;
    pub const BINARY_OP_SUBSCR_TUPLE_INT: u8 = 140;
    pub const BINARY_OP_SUBTRACT_FLOAT: u8 = 141;
    pub const BINARY_OP_SUBTRACT_INT: u8 = 142;
    pub const CALL_ALLOC_AND_ENTER_INIT: u8 = 143;
    pub const CALL_BOUND_METHOD_EXACT_ARGS: u8 = 144;
    pub const CALL_BOUND_METHOD_GENERAL: u8 = 145;
    pub const CALL_BUILTIN_CLASS: u8 = 146;
    pub const CALL_BUILTIN_FAST: u8 = 147;
    pub const CALL_BUILTIN_FAST_WITH_KEYWORDS: u8 = 148;
    pub const CALL_BUILTIN_O: u8 = 149;
    pub const CALL_ISINSTANCE: u8 = 150;
    pub const CALL_KW_BOUND_METHOD: u8 = 151;
    pub const CALL_KW_NON_PY: u8 = 152;
    pub const CALL_KW_PY: u8 = 153;
    pub const CALL_LEN: u8 = 154;
    pub const CALL_LIST_APPEND: u8 = 155;
    pub const CALL_METHOD_DESCRIPTOR_FAST: u8 = 156;
    pub const CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS: u8 = 157;
    pub const CALL_METHOD_DESCRIPTOR_NOARGS: u8 = 158;
    pub const CALL_METHOD_DESCRIPTOR_O: u8 = 159;
    pub const CALL_NON_PY_GENERAL: u8 = 160;
    pub const CALL_PY_EXACT_ARGS: u8 = 161;
    pub const CALL_PY_GENERAL: u8 = 162;
    pub const CALL_STR_1: u8 = 163;
    pub const CALL_TUPLE_1: u8 = 164;
    pub const CALL_TYPE_1: u8 = 165;
    pub const COMPARE_OP_FLOAT: u8 = 166;
    pub const COMPARE_OP_INT: u8 = 167;
    pub const COMPARE_OP_STR: u8 = 168;
    pub const CONTAINS_OP_DICT: u8 = 169;
    pub const CONTAINS_OP_SET: u8 = 170;
    pub const FOR_ITER_GEN: u8 = 171;
    pub const FOR_ITER_LIST: u8 = 172;
    pub const FOR_ITER_RANGE: u8 = 173;
    pub const FOR_ITER_TUPLE: u8 = 174;
    pub const JUMP_BACKWARD_JIT: u8 = 175;
    pub const JUMP_BACKWARD_NO_JIT: u8 = 176;
    pub const LOAD_ATTR_CLASS: u8 = 177;
    pub const LOAD_ATTR_CLASS_WITH_METACLASS_CHECK: u8 = 178;
    pub const LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN: u8 = 179;
    pub const LOAD_ATTR_INSTANCE_VALUE: u8 = 180;
    pub const LOAD_ATTR_METHOD_LAZY_DICT: u8 = 181;
    pub const LOAD_ATTR_METHOD_NO_DICT: u8 = 182;
    pub const LOAD_ATTR_METHOD_WITH_VALUES: u8 = 183;
    pub const LOAD_ATTR_MODULE: u8 = 184;
    pub const LOAD_ATTR_NONDESCRIPTOR_NO_DICT: u8 = 185;
    pub const LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES: u8 = 186;
    pub const LOAD_ATTR_PROPERTY: u8 = 187;
    pub const LOAD_ATTR_SLOT: u8 = 188;
    pub const LOAD_ATTR_WITH_HINT: u8 = 189;
    pub const LOAD_CONST_IMMORTAL: u8 = 190;
    pub const LOAD_CONST_MORTAL: u8 = 191;
    pub const LOAD_GLOBAL_BUILTIN: u8 = 192;
    pub const LOAD_GLOBAL_MODULE: u8 = 193;
    pub const LOAD_SUPER_ATTR_ATTR: u8 = 194;
    pub const LOAD_SUPER_ATTR_METHOD: u8 = 195;
    pub const RESUME_CHECK: u8 = 196;
    pub const SEND_GEN: u8 = 197;
    pub const STORE_ATTR_INSTANCE_VALUE: u8 = 198;
    pub const STORE_ATTR_SLOT: u8 = 199;
    pub const STORE_ATTR_WITH_HINT: u8 = 200;
    pub const STORE_SUBSCR_DICT: u8 = 201;
    pub const STORE_SUBSCR_LIST_INT: u8 = 202;
    pub const TO_BOOL_ALWAYS_TRUE: u8 = 203;
    pub const TO_BOOL_BOOL: u8 = 204;
    pub const TO_BOOL_INT: u8 = 205;
    pub const TO_BOOL_LIST: u8 = 206;
    pub const TO_BOOL_NONE: u8 = 207;
    pub const TO_BOOL_STR: u8 = 208;
    pub const UNPACK_SEQUENCE_LIST: u8 = 209;
    pub const UNPACK_SEQUENCE_TUPLE: u8 = 210;
    pub const UNPACK_SEQUENCE_TWO_TUPLE: u8 = 211;
}

/// Instrumented forms (`sys.monitoring`).
pub mod instrumented {
    pub const INSTRUMENTED_END_FOR: u8 = 234;
    pub const INSTRUMENTED_POP_ITER: u8 = 235;
    pub const INSTRUMENTED_END_SEND: u8 = 236;
    pub const INSTRUMENTED_FOR_ITER: u8 = 237;
    pub const INSTRUMENTED_INSTRUCTION: u8 = 238;
    pub const INSTRUMENTED_JUMP_FORWARD: u8 = 239;
    pub const INSTRUMENTED_NOT_TAKEN: u8 = 240;
    pub const INSTRUMENTED_POP_JUMP_IF_TRUE: u8 = 241;
    pub const INSTRUMENTED_POP_JUMP_IF_FALSE: u8 = 242;
    pub const INSTRUMENTED_POP_JUMP_IF_NONE: u8 = 243;
    pub const INSTRUMENTED_POP_JUMP_IF_NOT_NONE: u8 = 244;
    pub const INSTRUMENTED_RESUME: u8 = 245;
    pub const INSTRUMENTED_RETURN_VALUE: u8 = 246;
    pub const INSTRUMENTED_YIELD_VALUE: u8 = 247;
    pub const INSTRUMENTED_END_ASYNC_FOR: u8 = 248;
    pub const INSTRUMENTED_LOAD_SUPER_ATTR: u8 = 249;
    pub const INSTRUMENTED_CALL: u8 = 250;
    pub const INSTRUMENTED_CALL_KW: u8 = 251;
    pub const INSTRUMENTED_CALL_FUNCTION_EX: u8 = 252;
    pub const INSTRUMENTED_JUMP_BACKWARD: u8 = 253;
    pub const INSTRUMENTED_LINE: u8 = 254;
    pub const ENTER_EXECUTOR: u8 = 255;
}

/// Pseudo instructions: they live in the compiler between code generation and assembly, and in the `opcode` module.
pub mod pseudo {
    pub const ANNOTATIONS_PLACEHOLDER: u16 = 256;
    pub const JUMP: u16 = 257;
    pub const JUMP_IF_FALSE: u16 = 258;
    pub const JUMP_IF_TRUE: u16 = 259;
    pub const JUMP_NO_INTERRUPT: u16 = 260;
    pub const LOAD_CLOSURE: u16 = 261;
    pub const POP_BLOCK: u16 = 262;
    pub const SETUP_CLEANUP: u16 = 263;
    pub const SETUP_FINALLY: u16 = 264;
    pub const SETUP_WITH: u16 = 265;
    pub const STORE_FAST_MAYBE_NULL: u16 = 266;
}

/// Opcodes above this one take an argument.
pub const HAVE_ARGUMENT: u8 = 43;
/// The first instrumented opcode.
pub const MIN_INSTRUMENTED_OPCODE: u8 = 234;

/// Names by opcode number, specialised and instrumented forms included; empty where no opcode has the number.
#[rustfmt::skip]
pub const NAMES: [&str; 256] = [
    "CACHE", "BINARY_SLICE", "BUILD_TEMPLATE", "BINARY_OP_INPLACE_ADD_UNICODE", "CALL_FUNCTION_EX",
    "CHECK_EG_MATCH", "CHECK_EXC_MATCH", "CLEANUP_THROW", "DELETE_SUBSCR", "END_FOR", "END_SEND",
    "EXIT_INIT_CHECK", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC", "GET_AITER", "GET_ANEXT", "GET_ITER",
    "RESERVED", "GET_LEN", "GET_YIELD_FROM_ITER", "INTERPRETER_EXIT", "LOAD_BUILD_CLASS",
    "LOAD_LOCALS", "MAKE_FUNCTION", "MATCH_KEYS", "MATCH_MAPPING", "MATCH_SEQUENCE", "NOP",
    "NOT_TAKEN", "POP_EXCEPT", "POP_ITER", "POP_TOP", "PUSH_EXC_INFO", "PUSH_NULL",
    "RETURN_GENERATOR", "RETURN_VALUE", "SETUP_ANNOTATIONS", "STORE_SLICE", "STORE_SUBSCR",
    "TO_BOOL", "UNARY_INVERT", "UNARY_NEGATIVE", "UNARY_NOT", "WITH_EXCEPT_START", "BINARY_OP",
    "BUILD_INTERPOLATION", "BUILD_LIST", "BUILD_MAP", "BUILD_SET", "BUILD_SLICE", "BUILD_STRING",
    "BUILD_TUPLE", "CALL", "CALL_INTRINSIC_1", "CALL_INTRINSIC_2", "CALL_KW", "COMPARE_OP",
    "CONTAINS_OP", "CONVERT_VALUE", "COPY", "COPY_FREE_VARS", "DELETE_ATTR", "DELETE_DEREF",
    "DELETE_FAST", "DELETE_GLOBAL", "DELETE_NAME", "DICT_MERGE", "DICT_UPDATE", "END_ASYNC_FOR",
    "EXTENDED_ARG", "FOR_ITER", "GET_AWAITABLE", "IMPORT_FROM", "IMPORT_NAME", "IS_OP",
    "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "JUMP_FORWARD", "LIST_APPEND", "LIST_EXTEND",
    "LOAD_ATTR", "LOAD_COMMON_CONSTANT", "LOAD_CONST", "LOAD_DEREF", "LOAD_FAST",
    "LOAD_FAST_AND_CLEAR", "LOAD_FAST_BORROW", "LOAD_FAST_BORROW_LOAD_FAST_BORROW",
    "LOAD_FAST_CHECK", "LOAD_FAST_LOAD_FAST", "LOAD_FROM_DICT_OR_DEREF",
    "LOAD_FROM_DICT_OR_GLOBALS", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_SMALL_INT", "LOAD_SPECIAL",
    "LOAD_SUPER_ATTR", "MAKE_CELL", "MAP_ADD", "MATCH_CLASS", "POP_JUMP_IF_FALSE",
    "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE", "POP_JUMP_IF_TRUE", "RAISE_VARARGS", "RERAISE",
    "SEND", "SET_ADD", "SET_FUNCTION_ATTRIBUTE", "SET_UPDATE", "STORE_ATTR", "STORE_DEREF",
    "STORE_FAST", "STORE_FAST_LOAD_FAST", "STORE_FAST_STORE_FAST", "STORE_GLOBAL", "STORE_NAME",
    "SWAP", "UNPACK_EX", "UNPACK_SEQUENCE", "YIELD_VALUE", "", "", "", "", "", "", "", "RESUME",
    "BINARY_OP_ADD_FLOAT", "BINARY_OP_ADD_INT", "BINARY_OP_ADD_UNICODE", "BINARY_OP_EXTEND",
    "BINARY_OP_MULTIPLY_FLOAT", "BINARY_OP_MULTIPLY_INT", "BINARY_OP_SUBSCR_DICT",
    "BINARY_OP_SUBSCR_GETITEM", "BINARY_OP_SUBSCR_LIST_INT", "BINARY_OP_SUBSCR_LIST_SLICE",
    "BINARY_OP_SUBSCR_STR_INT", "BINARY_OP_SUBSCR_TUPLE_INT", "BINARY_OP_SUBTRACT_FLOAT",
    "BINARY_OP_SUBTRACT_INT", "CALL_ALLOC_AND_ENTER_INIT", "CALL_BOUND_METHOD_EXACT_ARGS",
    "CALL_BOUND_METHOD_GENERAL", "CALL_BUILTIN_CLASS", "CALL_BUILTIN_FAST",
    "CALL_BUILTIN_FAST_WITH_KEYWORDS", "CALL_BUILTIN_O", "CALL_ISINSTANCE", "CALL_KW_BOUND_METHOD",
    "CALL_KW_NON_PY", "CALL_KW_PY", "CALL_LEN", "CALL_LIST_APPEND", "CALL_METHOD_DESCRIPTOR_FAST",
    "CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS", "CALL_METHOD_DESCRIPTOR_NOARGS",
    "CALL_METHOD_DESCRIPTOR_O", "CALL_NON_PY_GENERAL", "CALL_PY_EXACT_ARGS", "CALL_PY_GENERAL",
    "CALL_STR_1", "CALL_TUPLE_1", "CALL_TYPE_1", "COMPARE_OP_FLOAT", "COMPARE_OP_INT",
    "COMPARE_OP_STR", "CONTAINS_OP_DICT", "CONTAINS_OP_SET", "FOR_ITER_GEN", "FOR_ITER_LIST",
    "FOR_ITER_RANGE", "FOR_ITER_TUPLE", "JUMP_BACKWARD_JIT", "JUMP_BACKWARD_NO_JIT",
    "LOAD_ATTR_CLASS", "LOAD_ATTR_CLASS_WITH_METACLASS_CHECK", "LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN",
    "LOAD_ATTR_INSTANCE_VALUE", "LOAD_ATTR_METHOD_LAZY_DICT", "LOAD_ATTR_METHOD_NO_DICT",
    "LOAD_ATTR_METHOD_WITH_VALUES", "LOAD_ATTR_MODULE", "LOAD_ATTR_NONDESCRIPTOR_NO_DICT",
    "LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES", "LOAD_ATTR_PROPERTY", "LOAD_ATTR_SLOT",
    "LOAD_ATTR_WITH_HINT", "LOAD_CONST_IMMORTAL", "LOAD_CONST_MORTAL", "LOAD_GLOBAL_BUILTIN",
    "LOAD_GLOBAL_MODULE", "LOAD_SUPER_ATTR_ATTR", "LOAD_SUPER_ATTR_METHOD", "RESUME_CHECK",
    "SEND_GEN", "STORE_ATTR_INSTANCE_VALUE", "STORE_ATTR_SLOT", "STORE_ATTR_WITH_HINT",
    "STORE_SUBSCR_DICT", "STORE_SUBSCR_LIST_INT", "TO_BOOL_ALWAYS_TRUE", "TO_BOOL_BOOL",
    "TO_BOOL_INT", "TO_BOOL_LIST", "TO_BOOL_NONE", "TO_BOOL_STR", "UNPACK_SEQUENCE_LIST",
    "UNPACK_SEQUENCE_TUPLE", "UNPACK_SEQUENCE_TWO_TUPLE", "", "", "", "", "", "", "", "", "", "",
    "", "", "", "", "", "", "", "", "", "", "", "", "INSTRUMENTED_END_FOR", "INSTRUMENTED_POP_ITER",
    "INSTRUMENTED_END_SEND", "INSTRUMENTED_FOR_ITER", "INSTRUMENTED_INSTRUCTION",
    "INSTRUMENTED_JUMP_FORWARD", "INSTRUMENTED_NOT_TAKEN", "INSTRUMENTED_POP_JUMP_IF_TRUE",
    "INSTRUMENTED_POP_JUMP_IF_FALSE", "INSTRUMENTED_POP_JUMP_IF_NONE",
    "INSTRUMENTED_POP_JUMP_IF_NOT_NONE", "INSTRUMENTED_RESUME", "INSTRUMENTED_RETURN_VALUE",
    "INSTRUMENTED_YIELD_VALUE", "INSTRUMENTED_END_ASYNC_FOR", "INSTRUMENTED_LOAD_SUPER_ATTR",
    "INSTRUMENTED_CALL", "INSTRUMENTED_CALL_KW", "INSTRUMENTED_CALL_FUNCTION_EX",
    "INSTRUMENTED_JUMP_BACKWARD", "INSTRUMENTED_LINE", "ENTER_EXECUTOR",
];

/// Pseudo instructions by name, in number order from 256.
pub const PSEUDO_NAMES: [&str; 11] = [
    "ANNOTATIONS_PLACEHOLDER",
    "JUMP",
    "JUMP_IF_FALSE",
    "JUMP_IF_TRUE",
    "JUMP_NO_INTERRUPT",
    "LOAD_CLOSURE",
    "POP_BLOCK",
    "SETUP_CLEANUP",
    "SETUP_FINALLY",
    "SETUP_WITH",
    "STORE_FAST_MAYBE_NULL",
];

/// The base opcode a specialised or instrumented form stands for; every other number maps to itself.
pub const BASE: [u8; 256] = [
    0, 1, 2, 44, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
    50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73,
    74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97,
    98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116,
    117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 44, 44, 44, 44, 44, 44, 44, 44, 44,
    44, 44, 44, 44, 44, 52, 52, 52, 52, 52, 52, 52, 52, 55, 55, 55, 52, 52, 52, 52, 52, 52, 52, 52,
    52, 52, 52, 52, 56, 56, 56, 57, 57, 70, 70, 70, 70, 75, 75, 80, 80, 80, 80, 80, 80, 80, 80, 80,
    80, 80, 80, 80, 82, 82, 92, 92, 96, 96, 128, 106, 110, 110, 110, 38, 38, 39, 39, 39, 39, 39,
    39, 119, 119, 119, 212, 213, 214, 215, 216, 217, 218, 219, 220, 221, 222, 223, 224, 225, 226,
    227, 228, 229, 230, 231, 232, 233, 9, 30, 10, 70, 238, 77, 28, 103, 100, 101, 102, 128, 35,
    120, 68, 96, 52, 55, 4, 75, 254, 255,
];

/// Inline cache units after each opcode (instrumented and specialised forms have those of their base).
pub const CACHES: [u8; 256] = [
    0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 1, 1, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0,
    1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0,
    4, 4, 1, 1, 0, 1, 4, 4, 4, 1, 1, 3, 3, 3, 3, 3, 3, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 3, 3, 0, 1, 0, 0,
];

/// The name of an opcode, or empty text where the number is unused.
pub const fn name(opcode: u8) -> &'static str {
    NAMES[opcode as usize]
}

/// How many 16-bit cache units follow the instruction.
pub const fn caches(opcode: u8) -> usize {
    CACHES[opcode as usize] as usize
}

/// The base form of a specialised or instrumented opcode.
pub const fn base(opcode: u8) -> u8 {
    BASE[opcode as usize]
}

/// Whether the opcode uses its argument.
pub const fn has_arg(opcode: u8) -> bool {
    let base = base(opcode);
    base > HAVE_ARGUMENT
        && !matches!(
            base,
            instrumented::INSTRUMENTED_LINE | instrumented::INSTRUMENTED_INSTRUCTION
        )
}

/// Whether the argument indexes `co_consts`.
pub const fn has_const(opcode: u8) -> bool {
    matches!(base(opcode), op::LOAD_CONST)
}

/// Whether the argument indexes `co_names` (some shift it left to make room for flag bits).
pub const fn has_name(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::DELETE_ATTR
            | op::DELETE_GLOBAL
            | op::DELETE_NAME
            | op::IMPORT_FROM
            | op::IMPORT_NAME
            | op::LOAD_ATTR
            | op::LOAD_FROM_DICT_OR_GLOBALS
            | op::LOAD_GLOBAL
            | op::LOAD_NAME
            | op::LOAD_SUPER_ATTR
            | op::STORE_ATTR
            | op::STORE_GLOBAL
            | op::STORE_NAME
    )
}

/// Whether the argument is a slot of a plain local.
pub const fn has_local(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::DELETE_FAST
            | op::LOAD_DEREF
            | op::LOAD_FAST
            | op::LOAD_FAST_AND_CLEAR
            | op::LOAD_FAST_BORROW
            | op::LOAD_FAST_BORROW_LOAD_FAST_BORROW
            | op::LOAD_FAST_CHECK
            | op::LOAD_FAST_LOAD_FAST
            | op::STORE_FAST
            | op::STORE_FAST_LOAD_FAST
            | op::STORE_FAST_STORE_FAST
    )
}

/// Whether the argument is a slot holding a cell.
pub const fn has_free(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::DELETE_DEREF | op::LOAD_FROM_DICT_OR_DEREF | op::MAKE_CELL | op::STORE_DEREF
    )
}

/// Whether the argument is a jump distance (in 16-bit units, from the end of the instruction and its caches).
pub const fn is_jump(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::END_ASYNC_FOR
            | op::FOR_ITER
            | op::JUMP_BACKWARD
            | op::JUMP_BACKWARD_NO_INTERRUPT
            | op::JUMP_FORWARD
            | op::POP_JUMP_IF_FALSE
            | op::POP_JUMP_IF_NONE
            | op::POP_JUMP_IF_NOT_NONE
            | op::POP_JUMP_IF_TRUE
            | op::SEND
    )
}

/// Whether the jump goes towards the start of the code.
pub const fn is_backward_jump(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::END_ASYNC_FOR | op::JUMP_BACKWARD | op::JUMP_BACKWARD_NO_INTERRUPT
    )
}

/// Whether control may also fall through the jump by a test of the top of the stack.
pub const fn is_conditional_jump(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::POP_JUMP_IF_FALSE
            | op::POP_JUMP_IF_NONE
            | op::POP_JUMP_IF_NOT_NONE
            | op::POP_JUMP_IF_TRUE
    )
}

/// Whether control never reaches the following instruction.
pub const fn ends_block(opcode: u8) -> bool {
    matches!(
        base(opcode),
        op::JUMP_BACKWARD
            | op::JUMP_BACKWARD_NO_INTERRUPT
            | op::JUMP_FORWARD
            | op::RETURN_VALUE
            | op::RAISE_VARARGS
            | op::RERAISE
            | op::INTERPRETER_EXIT
    )
}

/// Operators by `BINARY_OP` argument, as source text.
pub const BINARY_OPS: [&str; 27] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=",
    "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=", "[]",
];

/// Operators by `BINARY_OP` argument, by their C names.
pub const BINARY_OP_NAMES: [&str; 27] = [
    "NB_ADD",
    "NB_AND",
    "NB_FLOOR_DIVIDE",
    "NB_LSHIFT",
    "NB_MATRIX_MULTIPLY",
    "NB_MULTIPLY",
    "NB_REMAINDER",
    "NB_OR",
    "NB_POWER",
    "NB_RSHIFT",
    "NB_SUBTRACT",
    "NB_TRUE_DIVIDE",
    "NB_XOR",
    "NB_INPLACE_ADD",
    "NB_INPLACE_AND",
    "NB_INPLACE_FLOOR_DIVIDE",
    "NB_INPLACE_LSHIFT",
    "NB_INPLACE_MATRIX_MULTIPLY",
    "NB_INPLACE_MULTIPLY",
    "NB_INPLACE_REMAINDER",
    "NB_INPLACE_OR",
    "NB_INPLACE_POWER",
    "NB_INPLACE_RSHIFT",
    "NB_INPLACE_SUBTRACT",
    "NB_INPLACE_TRUE_DIVIDE",
    "NB_INPLACE_XOR",
    "NB_SUBSCR",
];

/// `BINARY_OP` arguments.
pub mod nb {
    pub const ADD: u32 = 0;
    pub const AND: u32 = 1;
    pub const FLOOR_DIVIDE: u32 = 2;
    pub const LSHIFT: u32 = 3;
    pub const MATRIX_MULTIPLY: u32 = 4;
    pub const MULTIPLY: u32 = 5;
    pub const REMAINDER: u32 = 6;
    pub const OR: u32 = 7;
    pub const POWER: u32 = 8;
    pub const RSHIFT: u32 = 9;
    pub const SUBTRACT: u32 = 10;
    pub const TRUE_DIVIDE: u32 = 11;
    pub const XOR: u32 = 12;
    pub const INPLACE_ADD: u32 = 13;
    pub const INPLACE_AND: u32 = 14;
    pub const INPLACE_FLOOR_DIVIDE: u32 = 15;
    pub const INPLACE_LSHIFT: u32 = 16;
    pub const INPLACE_MATRIX_MULTIPLY: u32 = 17;
    pub const INPLACE_MULTIPLY: u32 = 18;
    pub const INPLACE_REMAINDER: u32 = 19;
    pub const INPLACE_OR: u32 = 20;
    pub const INPLACE_POWER: u32 = 21;
    pub const INPLACE_RSHIFT: u32 = 22;
    pub const INPLACE_SUBTRACT: u32 = 23;
    pub const INPLACE_TRUE_DIVIDE: u32 = 24;
    pub const INPLACE_XOR: u32 = 25;
    pub const SUBSCR: u32 = 26;
}

/// Comparisons by the top bits (`argument >> 5`) of a `COMPARE_OP` argument.
pub const COMPARE_OPS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

/// `COMPARE_OP` arguments: the operator in the bits from 5 up, bit 4 asks for the result as a `bool`, the low four bits
/// are the outcomes that make it true (a mask the specialised forms use).
pub mod compare {
    pub const LT: u32 = 0;
    pub const LE: u32 = 1;
    pub const EQ: u32 = 2;
    pub const NE: u32 = 3;
    pub const GT: u32 = 4;
    pub const GE: u32 = 5;
    /// Bit of the argument that asks for a `bool`.
    pub const TO_BOOL: u32 = 16;
    /// Outcome masks by operator: unordered 1, less 2, greater 4, equal 8.
    pub const MASKS: [u32; 6] = [2, 2 | 8, 8, 1 | 2 | 4, 4, 4 | 8];
}

/// Names by `CALL_INTRINSIC_1` argument.
pub const INTRINSIC_1: [&str; 12] = [
    "INTRINSIC_1_INVALID",
    "INTRINSIC_PRINT",
    "INTRINSIC_IMPORT_STAR",
    "INTRINSIC_STOPITERATION_ERROR",
    "INTRINSIC_ASYNC_GEN_WRAP",
    "INTRINSIC_UNARY_POSITIVE",
    "INTRINSIC_LIST_TO_TUPLE",
    "INTRINSIC_TYPEVAR",
    "INTRINSIC_PARAMSPEC",
    "INTRINSIC_TYPEVARTUPLE",
    "INTRINSIC_SUBSCRIPT_GENERIC",
    "INTRINSIC_TYPEALIAS",
];

/// Names by `CALL_INTRINSIC_2` argument.
pub const INTRINSIC_2: [&str; 6] = [
    "INTRINSIC_2_INVALID",
    "INTRINSIC_PREP_RERAISE_STAR",
    "INTRINSIC_TYPEVAR_WITH_BOUND",
    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
    "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
    "INTRINSIC_SET_TYPEPARAM_DEFAULT",
];

/// `CALL_INTRINSIC_1` and `CALL_INTRINSIC_2` arguments.
pub mod intrinsic {
    pub const PRINT: u32 = 1;
    pub const IMPORT_STAR: u32 = 2;
    pub const STOPITERATION_ERROR: u32 = 3;
    pub const ASYNC_GEN_WRAP: u32 = 4;
    pub const UNARY_POSITIVE: u32 = 5;
    pub const LIST_TO_TUPLE: u32 = 6;
    pub const TYPEVAR: u32 = 7;
    pub const PARAMSPEC: u32 = 8;
    pub const TYPEVARTUPLE: u32 = 9;
    pub const SUBSCRIPT_GENERIC: u32 = 10;
    pub const TYPEALIAS: u32 = 11;
    pub const PREP_RERAISE_STAR: u32 = 1;
    pub const TYPEVAR_WITH_BOUND: u32 = 2;
    pub const TYPEVAR_WITH_CONSTRAINTS: u32 = 3;
    pub const SET_FUNCTION_TYPE_PARAMS: u32 = 4;
    pub const SET_TYPEPARAM_DEFAULT: u32 = 5;
}

/// Names by `LOAD_SPECIAL` argument.
pub const SPECIAL_METHODS: [&str; 4] = ["__enter__", "__exit__", "__aenter__", "__aexit__"];

/// `LOAD_SPECIAL` arguments.
pub mod special {
    pub const ENTER: u32 = 0;
    pub const EXIT: u32 = 1;
    pub const AENTER: u32 = 2;
    pub const AEXIT: u32 = 3;
}

/// Builtins by `LOAD_COMMON_CONSTANT` argument.
pub const COMMON_CONSTANTS: [&str; 5] = [
    "AssertionError",
    "NotImplementedError",
    "tuple",
    "all",
    "any",
];

/// `LOAD_COMMON_CONSTANT` arguments.
pub mod common {
    pub const ASSERTION_ERROR: u32 = 0;
    pub const NOT_IMPLEMENTED_ERROR: u32 = 1;
    pub const TUPLE: u32 = 2;
    pub const ALL: u32 = 3;
    pub const ANY: u32 = 4;
}

/// `SET_FUNCTION_ATTRIBUTE` arguments.
pub mod function_attribute {
    pub const DEFAULTS: u32 = 0x01;
    pub const KWDEFAULTS: u32 = 0x02;
    pub const ANNOTATIONS: u32 = 0x04;
    pub const CLOSURE: u32 = 0x08;
    pub const ANNOTATE: u32 = 0x10;
}

/// `CONVERT_VALUE` arguments.
pub mod convert {
    pub const STR: u32 = 1;
    pub const REPR: u32 = 2;
    pub const ASCII: u32 = 3;
}

/// `RESUME` arguments: where control enters, plus a bit for a depth of one exception handler.
pub mod resume {
    pub const AT_FUNC_START: u32 = 0;
    pub const AFTER_YIELD: u32 = 1;
    pub const AFTER_YIELD_FROM: u32 = 2;
    pub const AFTER_AWAIT: u32 = 3;
    pub const LOCATION_MASK: u32 = 3;
    pub const DEPTH1: u32 = 4;
}
