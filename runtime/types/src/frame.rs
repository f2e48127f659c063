//! `frame` objects.

use crate::frame_locals;
use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;
use pyjit_isa::code::flags;

/// Defines the classes; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyFrame>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| s.repr.set(Some(repr)),
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("frame")
        },
    );
    frame_locals::define(vm);
}

pub(crate) fn frame<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyFrame> {
    v.cast::<PyFrame>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'frame' object"))
}

/// Whether the frame's activation is on the stack.
fn executing(vm: &Vm, f: &PyFrame) -> bool {
    let fp = f.fp.get();
    !fp.is_null() && vm.activations().any(|a| a.fp == fp)
}

/// The line being executed.
fn line(f: &PyFrame) -> Option<u32> {
    let at = f.last_instruction();
    if at < 0 {
        Some(f.code().data.first_line)
    } else {
        f.code().line_at(at as usize)
    }
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let f = frame(vm, v)?;
    let c = f.code();
    let file = vm.repr_text(c.filename.value())?;
    let line = line(f).map_or("None".to_string(), |l| l.to_string());
    Ok(PyStr::from_str(&format!(
        "<frame at {:#x}, file {file}, line {line}, code {}>",
        v.bits(),
        text_of(c.name.value())
    )))
}

/// `f_locals`: a proxy of a function's variables, the namespace itself of classes and modules.
pub fn locals(vm: &Vm, v: Value) -> PyResult<Owned> {
    let f = frame(vm, v)?;
    if f.code().has_flag(flags::OPTIMIZED) {
        return Ok(frame_locals::new(v));
    }
    let running = if f.fp.get().is_null() {
        None
    } else {
        f.activation().and_then(|a| a.locals_mapping())
    };
    if let Some(m) = running.or_else(|| f.locals.value().given()) {
        return Ok(m.own());
    }
    Ok(f.function().globals.own())
}

fn read_only_deletion(vm: &Vm, v: Value, name: &str) -> Raised {
    vm.attribute_error(
        v,
        intern(name).value(),
        format!("attribute '{name}' of 'frame' objects cannot be deleted"),
    )
}

fn expect_bool(vm: &Vm, new: Value) -> PyResult<bool> {
    if new.is_null() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    if !new.is_bool() {
        return Err(vm.type_error("attribute value type must be bool"));
    }
    Ok(new.is(Value::TRUE))
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("f_back", |vm, v| {
        let f = frame(vm, v)?;
        if f.fp.get().is_null() {
            let back = f.back.own();
            return Ok(if back.is_null() { Owned::NONE } else { back });
        }
        if !executing(vm, f) {
            return Ok(Owned::NONE);
        }
        Ok(f.activation()
            .and_then(|a| a.caller())
            .map_or(Owned::NONE, |a| a.object()))
    }),
    GetSetDef::read("f_code", |vm, v| Ok(frame(vm, v)?.code().as_owned())),
    GetSetDef::read("f_globals", |vm, v| {
        Ok(frame(vm, v)?.function().globals.own())
    }),
    GetSetDef::read("f_builtins", |vm, v| {
        Ok(frame(vm, v)?.function().builtins.own())
    }),
    GetSetDef::read("f_lasti", |vm, v| {
        Ok(new_int(frame(vm, v)?.last_instruction()))
    }),
    GetSetDef::read("f_locals", locals)
        .doc("Return the mapping used by the frame to look up local variables."),
    GetSetDef::write(
        "f_lineno",
        |vm, v| Ok(line(frame(vm, v)?).map_or(Owned::NONE, |l| new_int(l as i64))),
        |vm, v, new| {
            if new.is_null() {
                return Err(read_only_deletion(vm, v, "f_lineno"));
            }
            if new.as_int().is_none() {
                return Err(vm.value_error("lineno must be an integer"));
            }
            Err(vm.value_error("f_lineno can only be set in a trace function"))
        },
    ),
    GetSetDef::write(
        "f_trace",
        |vm, v| {
            let t = frame(vm, v)?.trace.own();
            Ok(if t.is_null() { Owned::NONE } else { t })
        },
        |vm, v, new| {
            let t = new.given().map_or(Owned::NULL, |n| n.own());
            frame(vm, v)?.trace.set(t);
            vm.request_safepoint();
            Ok(())
        },
    ),
    GetSetDef::write(
        "f_trace_lines",
        |vm, v| Ok(Owned::bool(frame(vm, v)?.trace_lines.get())),
        |vm, v, new| {
            let on = expect_bool(vm, new)?;
            frame(vm, v)?.trace_lines.set(on);
            Ok(())
        },
    ),
    GetSetDef::write(
        "f_trace_opcodes",
        |vm, v| Ok(Owned::bool(frame(vm, v)?.trace_opcodes.get())),
        |vm, v, new| {
            let on = expect_bool(vm, new)?;
            frame(vm, v)?.trace_opcodes.set(on);
            Ok(())
        },
    ),
    GetSetDef::read("f_generator", |vm, v| {
        let g = frame(vm, v)?.generator();
        Ok(g.map_or(Owned::NONE, |g| g.as_owned()))
    }),
];

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "clear",
        "(self, /)",
        |vm, a| {
            let f = frame(vm, a[0])?;
            if executing(vm, f) {
                return Err(vm.runtime_error("cannot clear an executing frame"));
            }
            if let Some(g) = f.generator()
                && g.state.get() == GenState::Created
            {
                let _keep = g.as_owned();
                g.state.set(GenState::Finished);
                g.frame.release();
            }
            if !f.fp.get().is_null() {
                return Err(vm.runtime_error("cannot clear a suspended frame"));
            }
            let n = f.saved.get().len();
            for i in 0..n {
                f.set_slot(i, Owned::NULL);
            }
            f.extra_locals.set(Owned::NULL);
            Ok(Owned::NONE)
        },
        "Clear all references held by the frame.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        |vm, a| {
            let slots = frame(vm, a[0])?.code().nlocalsplus() * 8;
            Ok(new_usize(
                pyjit_core::object::allocated_size(a[0].header()) + slots,
            ))
        },
        "Return the size of the frame in memory, in bytes.",
    ),
];
