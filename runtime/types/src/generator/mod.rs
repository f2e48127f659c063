//! Generators, coroutines and asynchronous generators as Python sees them. Running their frames is the interpreter's work,
//! reached through the `resume` hook.

mod async_gen;
mod awaitables;
mod coroutine;
mod drive;

pub use async_gen::unwrap_yielded;
pub use awaitables::anext_awaitable;
pub use drive::{close, next, send, thrown};

use drive::{close_native, send_native, throw_native};
use pyjit_core::frame::{Activation, PyFrame};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

/// Defines the three classes and their helpers.
pub fn define(vm: &Vm) {
    define_class::<PyGenerator>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(repr));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
                s.del.set(Some(drive::finalize));
            },
            methods: METHODS,
            getset: GETSET,
            weakrefs: true,
            ..ClassSpec::new("generator")
        },
    );
    coroutine::define(vm);
    async_gen::define(vm);
    awaitables::define(vm);
}

/// `throw` of everything that a generator stands behind.
const THROW_DOC: &str = "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise an exception where execution stands and \
    return the next value that\nis yielded, or raise StopIteration. The form with several arguments is\ndeprecated.";

static METHODS: &[MethodDef] = &[
    M::new(
        "send",
        "(self, object, /)",
        send_native,
        "Resume execution with a value; return the next yielded value or raise StopIteration.",
    ),
    M::new(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        throw_native,
        THROW_DOC,
    ),
    M::new(
        "close",
        "(self, /)",
        close_native,
        "Raise GeneratorExit where execution stands and wait for the end.",
    ),
    M::class(
        "__class_getitem__",
        "(type, object, /)",
        generic_alias,
        "See PEP 585",
    ),
];

static GETSET: &[GetSetDef] = &[
    NAME,
    QUALNAME,
    GetSetDef::read("gi_yieldfrom", awaited).doc("object being iterated by yield from, or None"),
    GetSetDef::read("gi_running", running),
    GetSetDef::read("gi_frame", frame),
    GetSetDef::read("gi_suspended", suspended),
    GetSetDef::read("gi_code", code),
];

/// `cls[item]`.
pub(crate) fn generic_alias(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    crate::generic_alias::class_getitem(vm, a)
}

fn generator<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyGenerator> {
    v.cast::<PyGenerator>()
        .ok_or_else(|| vm.type_error("a generator is required"))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let g = generator(vm, v)?;
    let name = vm.str_text(g.qualname.own().value())?;
    Ok(PyStr::from_str(&format!(
        "<{} object {name} at {:#x}>",
        v.class().name_str(),
        v.bits()
    )))
}

macro_rules! name_attribute {
    ($field:ident, $name:literal, $doc:literal) => {
        GetSetDef::write(
            $name,
            |vm, v| Ok(generator(vm, v)?.$field.own()),
            |vm, v, new| {
                if !new.isa::<PyStr>() {
                    return Err(vm.type_error(concat!($name, " must be set to a string object")));
                }
                generator(vm, v)?.$field.set(new.own());
                Ok(())
            },
        )
        .doc($doc)
    };
}
const NAME: GetSetDef = name_attribute!(name, "__name__", "name of the generator");
const QUALNAME: GetSetDef =
    name_attribute!(qualname, "__qualname__", "qualified name of the generator");

/// What a suspended generator is delegating to.
fn awaited(vm: &Vm, v: Value) -> PyResult<Owned> {
    Ok(drive::yield_from(generator(vm, v)?).unwrap_or(Owned::NONE))
}
fn running(vm: &Vm, v: Value) -> PyResult<Owned> {
    Ok(Owned::bool(
        generator(vm, v)?.state.get() == GenState::Running,
    ))
}
fn suspended(vm: &Vm, v: Value) -> PyResult<Owned> {
    Ok(Owned::bool(
        generator(vm, v)?.state.get() == GenState::Suspended,
    ))
}
fn code(vm: &Vm, v: Value) -> PyResult<Owned> {
    Ok(generator(vm, v)?.code.clone())
}
/// The frame object; None once the generator has ended.
fn frame(vm: &Vm, v: Value) -> PyResult<Owned> {
    let g = generator(vm, v)?;
    if g.state.get() == GenState::Finished || g.frame.is_empty() {
        return Ok(Owned::NONE);
    }
    let a = Activation {
        fp: g.frame.fp(),
        pc: g.frame.pc.get(),
    };
    let f = a.object();
    if let Some(f) = f.cast::<PyFrame>() {
        f.generator.set(v);
    }
    Ok(f)
}
