//! `OSError` and its subclasses: the class chosen by the error number, two to five arguments, file names.

use super::{base, object_field};
use pyjit_core::exception::*;
use pyjit_core::object::{MethodDef as M, extend_class, new_object};
use pyjit_core::prelude::*;
use std::cell::Cell;

/// Adds the methods.
pub fn define(vm: &Vm) {
    extend_class(
        vm,
        vm.exc.OSError,
        |s| {
            s.new.set(Some(new));
            s.init.set(Some(init));
            s.str.set(Some(str));
        },
        METHODS,
        GETSET,
    );
}

static METHODS: &[MethodDef] = &[M::new("__reduce__", "(self, /)", reduce, "")];
static GETSET: &[GetSetDef] = &[
    object_field!(PyOSError, errno, "errno", "POSIX exception code"),
    object_field!(PyOSError, strerror, "strerror", "exception strerror"),
    object_field!(PyOSError, filename, "filename", "exception filename"),
    object_field!(
        PyOSError,
        filename2,
        "filename2",
        "second exception filename"
    ),
    GetSetDef::write("characters_written", get_written, set_written),
];

fn get_written(vm: &Vm, v: Value) -> PyResult<Owned> {
    match v.cast::<PyOSError>().map(|e| e.written.get()) {
        Some(n) if n != -1 => Ok(new_int(n)),
        _ => Err(vm.error(vm.exc.AttributeError, "characters_written")),
    }
}
fn set_written(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let Some(e) = v.cast::<PyOSError>() else {
        return Ok(());
    };
    if new.is_null() {
        if e.written.get() == -1 {
            return Err(vm.error(vm.exc.AttributeError, "characters_written"));
        }
        e.written.set(-1);
        return Ok(());
    }
    e.written.set(as_size(vm, new)?);
    Ok(())
}
fn as_size(vm: &Vm, v: Value) -> PyResult<i64> {
    let i = vm.index(v)?;
    i.as_i64().ok_or_else(|| {
        vm.value_error(format!(
            "cannot fit '{}' into an index-sized integer",
            v.class().name_str()
        ))
    })
}

/// A Python class that overrides `__init__` but not `__new__` gets its arguments through `__init__`; all others in `__new__`.
fn uses_init(class: &TypeObject) -> bool {
    let own = |f: Option<usize>, native: usize| f == Some(native);
    let (i, n) = (class.slots.init.get(), class.slots.new.get());
    !own(i.map(|f| f as usize), init as *const () as usize)
        && own(n.map(|f| f as usize), new as *const () as usize)
}

/// errno, strerror, filename, filename2 of two to five arguments.
fn parse(args: Args<'_>) -> [Value; 4] {
    let p = args.pos();
    if !(2..=5).contains(&p.len()) {
        return [Value::NULL; 4];
    }
    let at = |i: usize| p.get(i).copied().unwrap_or(Value::NULL);
    [at(0), at(1), at(2), at(4)]
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let mut class = class;
    let mut fields = [Value::NULL; 4];
    let late = uses_init(class);
    if !late {
        args.no_keywords(vm, &class.name_str())?;
        fields = parse(args);
        if class.same(vm.exc.OSError)
            && let Some(n) = fields[0].as_i64()
            && let Ok(n) = i32::try_from(n)
            && let Some(c) = vm.exc.class_of_errno(n)
        {
            class = c;
        }
    }
    let null = MutCell::<Owned>::default;
    let e = PyOSError {
        base: PyBaseException::with_args(PyTuple::empty()),
        errno: null(),
        strerror: null(),
        filename: null(),
        filename2: null(),
        written: Cell::new(-1),
    };
    let o = new_object(class, e);
    if !late {
        fill(vm, o.value(), args, fields)?;
    }
    Ok(o)
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    if !uses_init(v.class()) {
        return Ok(());
    }
    args.no_keywords(vm, &v.class().name_str())?;
    fill(vm, v, args, parse(args))
}

fn fill(vm: &Vm, v: Value, args: Args<'_>, fields: [Value; 4]) -> PyResult<()> {
    let Some(e) = v.cast::<PyOSError>() else {
        return Ok(());
    };
    let [errno, strerror, filename, filename2] = fields;
    let mut kept = args.pos();
    if let Some(f) = filename.given() {
        let class = v.class();
        let number = f.is_small_int() || f.is_bool() || f.class().slots.index.get().is_some();
        if class.same(vm.exc.BlockingIOError) && number {
            e.written.set(as_size(vm, f)?);
        } else {
            e.filename.set(f.own());
            if let Some(f2) = filename2.given() {
                e.filename2.set(f2.own());
            }
            kept = &kept[..2.min(kept.len())];
        }
    }
    e.errno.set(errno.own());
    e.strerror.set(strerror.own());
    e.base.args.set(PyTuple::from_slice(kept));
    Ok(())
}

fn str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(e) = v.cast::<PyOSError>() else {
        return base::str(vm, v);
    };
    let or_none = |o: Owned| if o.is_null() { Owned::NONE } else { o };
    let (errno, strerror) = (e.errno.own(), e.strerror.own());
    let (f, f2) = (e.filename.own(), e.filename2.own());
    if f.is_null() && (errno.is_null() || strerror.is_null()) {
        return base::str(vm, v);
    }
    let head = |vm: &Vm| -> PyResult<pyjit_text::repr::Builder> {
        let mut b = pyjit_text::repr::Builder::with_capacity(64);
        b.push_str("[Errno ");
        push(&mut b, vm.str(or_none(errno.clone()).value())?);
        b.push_str("] ");
        push(&mut b, vm.str(or_none(strerror.clone()).value())?);
        Ok(b)
    };
    let mut b = head(vm)?;
    if !f.is_null() {
        b.push_str(": ");
        push(&mut b, vm.repr(f.value())?);
        if !f2.is_null() {
            b.push_str(" -> ");
            push(&mut b, vm.repr(f2.value())?);
        }
    }
    Ok(PyStr::from_buf(&b.finish()))
}
fn push(b: &mut pyjit_text::repr::Builder, s: Owned) {
    if let Some(s) = s.cast::<PyStr>() {
        b.push_text(s.text());
    }
}

fn reduce(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut args = base::args_of(a[0]);
    if let Some(e) = a[0].cast::<PyOSError>()
        && let Some([x, y]) = args.cast::<PyTuple>().map(|t| t.as_slice())
        && !e.filename.value().is_null()
    {
        let mut all = vec![x.own(), y.own(), e.filename.own()];
        if !e.filename2.value().is_null() {
            all.push(Owned::NONE);
            all.push(e.filename2.own());
        }
        args = PyTuple::new(all);
    }
    let mut parts = vec![a[0].class().as_owned(), args];
    if let Some(d) = base::state_dict(a[0]) {
        parts.push(d.as_owned());
    }
    Ok(PyTuple::new(parts))
}
