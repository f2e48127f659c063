//! `SyntaxError`: the details tuple, the position attributes, and the short form of its text.

use super::{base, object_field};
use pyjit_core::exception::PySyntaxError;
use pyjit_core::object::extend_class;
use pyjit_core::prelude::*;

/// Adds the methods.
pub fn define(vm: &Vm) {
    extend_class(
        vm,
        vm.exc.SyntaxError,
        |s| {
            s.init.set(Some(init));
            s.str.set(Some(str));
        },
        &[],
        GETSET,
    );
}

static GETSET: &[GetSetDef] = &[
    object_field!(PySyntaxError, msg, "msg", "exception msg"),
    object_field!(PySyntaxError, filename, "filename", "exception filename"),
    object_field!(PySyntaxError, lineno, "lineno", "exception lineno"),
    object_field!(PySyntaxError, offset, "offset", "exception offset"),
    object_field!(PySyntaxError, text, "text", "exception text"),
    object_field!(
        PySyntaxError,
        end_lineno,
        "end_lineno",
        "exception end lineno"
    ),
    object_field!(
        PySyntaxError,
        end_offset,
        "end_offset",
        "exception end offset"
    ),
    object_field!(
        PySyntaxError,
        print_file_and_line,
        "print_file_and_line",
        "exception print_file_and_line"
    ),
    object_field!(
        PySyntaxError,
        metadata,
        "_metadata",
        "exception private metadata"
    ),
];

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, v, args)?;
    let Some(e) = v.cast::<PySyntaxError>() else {
        return Ok(());
    };
    let p = args.pos();
    if let Some(msg) = p.first() {
        e.msg.set(msg.own());
    }
    let [_, info] = p else { return Ok(()) };
    let info = vm.tuple_from(*info)?;
    let d = info.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
    let (bound, word) = match d.len() {
        0..4 => (4, "least"),
        8.. => (7, "most"),
        _ => (0, ""),
    };
    if bound != 0 {
        return Err(vm.type_error(format!(
            "function takes at {word} {bound} arguments ({} given)",
            d.len()
        )));
    }
    let at = |i: usize| d.get(i).copied().unwrap_or(Value::NULL).own();
    e.filename.set(at(0));
    e.lineno.set(at(1));
    e.offset.set(at(2));
    e.text.set(at(3));
    e.end_lineno.set(at(4));
    e.end_offset.set(at(5));
    e.metadata.set(at(6));
    if d.len() == 5 {
        return Err(vm.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

fn str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(e) = v.cast::<PySyntaxError>() else {
        return base::str(vm, v);
    };
    let msg = e.msg.own();
    let msg = if msg.is_null() { Owned::NONE } else { msg };
    let file = e.filename.own();
    let file = file
        .isa::<PyStr>()
        .then(|| text_of(file.value()))
        .map(|f| f.rsplit('/').next().unwrap_or_default().to_string());
    let line = e.lineno.own();
    let line = if line.is_exact_int() {
        line.as_i64()
    } else {
        None
    };
    let text = vm.str(msg.value())?;
    let tail = match (file, line) {
        (None, None) => return Ok(text),
        (Some(f), Some(l)) => format!(" ({f}, line {l})"),
        (Some(f), None) => format!(" ({f})"),
        (None, Some(l)) => format!(" (line {l})"),
    };
    base::join(vm, &["", &tail], text.value())
}
