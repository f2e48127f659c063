//! `BaseException`: arguments, links to other exceptions, notes, pickling.

use pyjit_core::exception::{PyBaseException, PyTraceback};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

/// Adds the methods; subclasses inherit them.
pub fn define(vm: &Vm) {
    pyjit_core::object::extend_class(
        vm,
        vm.exc.BaseException,
        |s| {
            s.init.set(Some(init));
            s.repr.set(Some(repr));
            s.str.set(Some(str));
        },
        METHODS,
        GETSET,
    );
}

static METHODS: &[MethodDef] = &[
    M::new("__reduce__", "(self, /)", |vm, a| reduce(vm, a[0]), ""),
    M::new("__setstate__", "(self, state, /)", set_state, ""),
    M::new(
        "with_traceback",
        "(self, tb, /)",
        |vm, a| {
            set_traceback(vm, a[0], a[1])?;
            Ok(a[0].own())
        },
        "Set self.__traceback__ to tb and return self.",
    ),
    M::new(
        "add_note",
        "(self, note, /)",
        add_note,
        "Add a note to the exception",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::write(
        "__suppress_context__",
        |_, v| {
            Ok(Owned::bool(
                base(v).is_some_and(|e| e.suppress_context.get()),
            ))
        },
        |vm, v, new| {
            if new.is_null() {
                return Err(vm.type_error("can't delete numeric/char attribute"));
            }
            if !new.is_bool() {
                return Err(vm.type_error("attribute value type must be bool"));
            }
            if let Some(e) = base(v) {
                e.suppress_context.set(new.is(Value::TRUE));
            }
            Ok(())
        },
    ),
    GetSetDef::write(
        "args",
        |_, v| Ok(args_of(v)),
        |vm, v, new| {
            if new.is_null() {
                return Err(vm.type_error("args may not be deleted"));
            }
            let t = vm.tuple_from(new)?;
            if let Some(e) = base(v) {
                e.args.set(t);
            }
            Ok(())
        },
    ),
    GetSetDef::write(
        "__traceback__",
        |_, v| Ok(link(base(v).map(|e| e.traceback.own()))),
        set_traceback,
    ),
    GetSetDef::write(
        "__context__",
        |_, v| Ok(link(base(v).map(|e| e.context.own()))),
        |vm, v, new| {
            let new = check_link(vm, new, "__context__", "context")?;
            if let Some(e) = base(v) {
                e.context.set(new);
            }
            Ok(())
        },
    ),
    GetSetDef::write(
        "__cause__",
        |_, v| Ok(link(base(v).map(|e| e.cause.own()))),
        |vm, v, new| {
            let new = check_link(vm, new, "__cause__", "cause")?;
            if let Some(e) = base(v) {
                e.suppress_context.set(true);
                e.cause.set(new);
            }
            Ok(())
        },
    ),
];

fn base<'a>(v: Value) -> Option<&'a PyBaseException> {
    v.cast::<PyBaseException>()
}
fn link(v: Option<Owned>) -> Owned {
    v.filter(|v| !v.is_null()).unwrap_or(Owned::NONE)
}
fn check_link(vm: &Vm, new: Value, name: &str, what: &str) -> PyResult<Owned> {
    if new.is_null() {
        return Err(vm.type_error(format!("{name} may not be deleted")));
    }
    if new.is_none() {
        return Ok(Owned::NULL);
    }
    if !new.isa::<PyBaseException>() {
        return Err(vm.type_error(format!(
            "exception {what} must be None or derive from BaseException"
        )));
    }
    Ok(new.own())
}

/// The `args` tuple of an exception.
pub(super) fn args_of(v: Value) -> Owned {
    match base(v).map(|e| e.args.own()) {
        Some(t) if t.isa::<PyTuple>() => t,
        _ => PyTuple::empty(),
    }
}

/// `BaseException.__init__`: positional arguments only.
pub(super) fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    if !args.names.is_empty() {
        args.no_keywords(vm, &v.class().name_str())?;
    }
    set_args(v, args);
    Ok(())
}
pub(super) fn set_args(v: Value, args: Args<'_>) {
    if let Some(e) = base(v) {
        let same = e
            .args
            .value()
            .cast::<PyTuple>()
            .is_some_and(|t| t.as_slice() == args.pos());
        if !same {
            e.args.set(PyTuple::from_slice(args.pos()));
        }
    }
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let args = args_of(v);
    let name = v.class().short_name();
    let inner = match args.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice()) {
        [one] => {
            let r = vm.repr(one.own().value())?;
            return join(vm, &[&format!("{name}("), ")"], r.value());
        }
        _ => vm.repr(args.value())?,
    };
    join(vm, &[&name, ""], inner.value())
}

/// A string between two pieces of plain text, lone surrogates kept.
pub(super) fn join(_: &Vm, around: &[&str; 2], middle: Value) -> PyResult<Owned> {
    let mut b = pyjit_text::repr::Builder::with_capacity(around[0].len() + around[1].len() + 16);
    b.push_str(around[0]);
    if let Some(s) = middle.cast::<PyStr>() {
        b.push_text(s.text());
    }
    b.push_str(around[1]);
    Ok(PyStr::from_buf(&b.finish()))
}

/// `str(e)`: nothing, the one argument, or the tuple of arguments.
pub(super) fn str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let args = args_of(v);
    match args.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice()) {
        [] => Ok(vm.empty_str.clone()),
        [one] => vm.str(one.own().value()),
        _ => vm.str(args.value()),
    }
}

/// The instance dictionary if there is anything in it.
pub(super) fn state_dict<'a>(v: Value) -> Option<&'a PyDict> {
    v.header().materialize_dict().filter(|d| !d.is_empty())
}

/// `(class, args)` or `(class, args, dict)`.
pub(super) fn reduce(_: &Vm, v: Value) -> PyResult<Owned> {
    let mut parts = vec![v.class().as_owned(), args_of(v)];
    if let Some(d) = state_dict(v) {
        parts.push(d.as_owned());
    }
    Ok(PyTuple::new(parts))
}

fn set_state(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if a[1].is_none() {
        return Ok(Owned::NONE);
    }
    let Some(d) = a[1].cast::<PyDict>() else {
        return Err(vm.type_error("state is not a dictionary"));
    };
    for (k, v) in d.items() {
        let name = vm.attr_name(k.value())?;
        vm.setattr(a[0], name.value(), v.value())?;
    }
    Ok(Owned::NONE)
}

fn set_traceback(vm: &Vm, v: Value, tb: Value) -> PyResult<()> {
    if tb.is_null() {
        return Err(vm.type_error("__traceback__ may not be deleted"));
    }
    let new = if tb.is_none() {
        Owned::NULL
    } else if tb.isa::<PyTraceback>() {
        tb.own()
    } else {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    };
    if let Some(e) = base(v) {
        e.traceback.set(new);
    }
    Ok(())
}

fn add_note(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "add_note() argument must be str, not {}",
            a[1].class().name_str()
        )));
    }
    let name = vm.names.__notes__.value();
    let notes = match vm.getattr_opt(a[0], name)? {
        Some(n) => n,
        None => {
            let n = PyList::new(vec![]);
            vm.setattr(a[0], name, n.value())?;
            n
        }
    };
    match notes.cast::<PyList>() {
        Some(l) => {
            l.push(a[1].own());
            Ok(Owned::NONE)
        }
        None => Err(vm.type_error("Cannot add note: __notes__ is not a list")),
    }
}
