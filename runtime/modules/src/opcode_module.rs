//! `_opcode`: the facts about bytecode that `opcode.py` and `dis` are made from.

use crate::NativeModule;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_isa::opcode::{self, pseudo};
use pyjit_isa::{effects, opcode as isa};

pub static MODULE: NativeModule = NativeModule::new("_opcode", FUNCTIONS)
    .doc("Opcode support module.")
    .init(|_, m| {
        m.dict().set_name("ENABLE_SPECIALIZATION", Owned::bool(true));
        m.dict()
            .set_name("ENABLE_SPECIALIZATION_FT", Owned::bool(false));
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    M::function(
        "stack_effect",
        "(opcode, oparg=None, /, *, jump=None)",
        stack_effect,
        "Compute the stack effect of the opcode.",
    ),
    M::function("is_valid", "(opcode)", |vm, a| ask(vm, a, is_valid), "Return True if opcode is valid, False otherwise."),
    M::function("has_arg", "(opcode)", |vm, a| ask(vm, a, has_arg), "Return True if the opcode uses its oparg, False otherwise."),
    M::function("has_const", "(opcode)", |vm, a| ask(vm, a, |n| base(n, isa::has_const)), "Return True if the opcode accesses a constant, False otherwise."),
    M::function("has_name", "(opcode)", |vm, a| ask(vm, a, |n| base(n, isa::has_name)), "Return True if the opcode accesses an attribute by name, False otherwise."),
    M::function("has_jump", "(opcode)", |vm, a| ask(vm, a, has_jump), "Return True if the opcode has a jump target, False otherwise."),
    M::function("has_free", "(opcode)", |vm, a| ask(vm, a, |n| base(n, isa::has_free)), "Return True if the opcode accesses a free variable, False otherwise.\n\nNote that 'free' in this context refers to names in the current scope\nthat are referenced by inner scopes or names in the current scope that\nare referenced from this scope.  It does not include references to global\nor builtin scopes."),
    M::function("has_local", "(opcode)", |vm, a| ask(vm, a, has_local), "Return True if the opcode accesses a local variable, False otherwise."),
    M::function("has_exc", "(opcode)", |vm, a| ask(vm, a, has_exc), "Return True if the opcode sets an exception handler, False otherwise."),
    M::function("get_specialization_stats", "()", |_, _| Ok(Owned::NONE), "Return the specialization stats"),
    M::function("get_nb_ops", "()", nb_ops, "Return array of symbols of binary ops.\n\nIndexed by the BINARY_OP oparg value."),
    M::function("get_intrinsic1_descs", "()", |_, _| Ok(names(&isa::INTRINSIC_1)), "Return a list of names of the unary intrinsics."),
    M::function("get_intrinsic2_descs", "()", |_, _| Ok(names(&isa::INTRINSIC_2)), "Return a list of names of the binary intrinsics."),
    M::function("get_executor", "(code, offset)", get_executor, "Return the executor object at offset in code if exists, None otherwise."),
    M::function(
        "get_special_method_names",
        "()",
        |_, _| Ok(names(&["__enter__", "__exit__", "__aenter__", "__aexit__"])),
        "Return a list of special method names.",
    ),
];

fn names(all: &[&str]) -> Owned {
    PyList::new(all.iter().map(|n| PyStr::from_str(n)).collect())
}

fn ask(vm: &Vm, a: &[Value], f: fn(i32) -> bool) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    Ok(Owned::bool(is_valid(n) && f(n)))
}

/// A question about opcodes that fit a byte; pseudo instructions answer no.
fn base(n: i32, f: fn(u8) -> bool) -> bool {
    u8::try_from(n).is_ok_and(f)
}

fn is_pseudo(n: i32) -> bool {
    (i32::from(pseudo::ANNOTATIONS_PLACEHOLDER)..=i32::from(pseudo::STORE_FAST_MAYBE_NULL)).contains(&n)
}
fn is_valid(n: i32) -> bool {
    is_pseudo(n) || base(n, |b| !opcode::NAMES[b as usize].is_empty())
}
fn one_of(n: i32, all: &[u16]) -> bool {
    all.iter().any(|p| i32::from(*p) == n)
}
fn has_arg(n: i32) -> bool {
    if is_pseudo(n) {
        return !one_of(n, &[pseudo::ANNOTATIONS_PLACEHOLDER, pseudo::POP_BLOCK]);
    }
    base(n, isa::has_arg)
}
fn has_jump(n: i32) -> bool {
    one_of(
        n,
        &[
            pseudo::JUMP,
            pseudo::JUMP_IF_FALSE,
            pseudo::JUMP_IF_TRUE,
            pseudo::JUMP_NO_INTERRUPT,
        ],
    ) || base(n, isa::is_jump)
}
fn has_local(n: i32) -> bool {
    one_of(n, &[pseudo::LOAD_CLOSURE, pseudo::STORE_FAST_MAYBE_NULL]) || base(n, isa::has_local)
}
fn has_exc(n: i32) -> bool {
    one_of(
        n,
        &[
            pseudo::SETUP_CLEANUP,
            pseudo::SETUP_FINALLY,
            pseudo::SETUP_WITH,
        ],
    )
}

fn stack_effect(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    let arg = match a[1].given() {
        Some(v) => vm.to_i64(v)? as u32,
        None => 0,
    };
    let jump = match a[2].given() {
        None => None,
        Some(Value::TRUE) => Some(true),
        Some(Value::FALSE) => Some(false),
        Some(_) => {
            return Err(vm.value_error("stack_effect: jump must be False, True or None"));
        }
    };
    // Specialised forms are no part of what code is compiled to.
    let specialised = base(n, |b| isa::base(b) != b && b < isa::MIN_INSTRUMENTED_OPCODE);
    let effect = if specialised || !is_valid(n) {
        None
    } else {
        effect_of(n as u16, arg, jump)
    };
    match effect {
        Some(e) => Ok(new_int(i64::from(e))),
        None => Err(vm.value_error("invalid opcode or oparg")),
    }
}

/// Without a word about the jump it is the larger of both effects.
fn effect_of(n: u16, arg: u32, jump: Option<bool>) -> Option<i32> {
    match jump {
        Some(j) => effects::effect(n, arg, j),
        None => {
            let (yes, no) = (effects::effect(n, arg, true)?, effects::effect(n, arg, false)?);
            Some(yes.max(no))
        }
    }
}

fn nb_ops(_: &Vm, _: &[Value]) -> PyResult<Owned> {
    let pairs = isa::BINARY_OP_NAMES
        .iter()
        .zip(isa::BINARY_OPS)
        .map(|(n, s)| PyTuple::pair(PyStr::from_str(n), PyStr::from_str(s)));
    Ok(PyList::new(pairs.collect()))
}

fn get_executor(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyCode>() {
        return Err(vm.type_error(format!(
            "expected a code object, not '{}'",
            a[0].class().name_str()
        )));
    }
    Err(vm.value_error("no executor at given byte offset"))
}
