//! `BaseExceptionGroup` and `ExceptionGroup`. How groups are divided stands in the core, where `except*` needs it.

use super::{base, readonly};
use pyjit_core::exception::*;
use pyjit_core::object::{MethodDef as M, extend_class, new_object};
use pyjit_core::prelude::*;

/// Adds the methods.
pub fn define(vm: &Vm) {
    extend_class(
        vm,
        vm.exc.BaseExceptionGroup,
        |s| {
            s.new.set(Some(new));
            s.init.set(Some(base::init));
            s.str.set(Some(str));
            s.repr.set(Some(repr));
        },
        METHODS,
        GETSET,
    );
}

static METHODS: &[MethodDef] = &[
    M::new("derive", "(self, excs, /)", derive, ""),
    M::new("split", "(self, matcher_value, /)", split, ""),
    M::new("subgroup", "(self, matcher_value, /)", subgroup, ""),
    M::class(
        "__class_getitem__",
        "(type, object, /)",
        crate::generic_alias::class_getitem,
        "Exception groups are generic over the type of their contained exceptions",
    ),
];
static GETSET: &[GetSetDef] = &[
    GetSetDef::write(
        "message",
        |_, v| Ok(field(v, |g| g.message.own())),
        readonly,
    )
    .doc("exception message"),
    GetSetDef::write(
        "exceptions",
        |_, v| Ok(field(v, |g| g.exceptions.own())),
        readonly,
    )
    .doc("nested exceptions"),
];

fn field(v: Value, f: fn(&PyExceptionGroup) -> Owned) -> Owned {
    let o = v.cast::<PyExceptionGroup>().map(f);
    o.filter(|o| !o.is_null()).unwrap_or(Owned::NONE)
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let [message, excs] = args.pos() else {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.npos()
        )));
    };
    if !message.isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            message.class().name_str()
        )));
    }
    let s = &excs.class().slots;
    if s.getitem.get().is_none() || excs.isa::<PyDict>() {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = vm.iterate_to_vec(*excs)?;
    if items.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut has_base = false;
    for (i, e) in items.iter().enumerate() {
        if !e.isa::<PyBaseException>() {
            return Err(vm.value_error(format!(
                "Item {i} of second argument (exceptions) is not an exception"
            )));
        }
        has_base |= !e.class().is_subclass(vm.exc.Exception);
    }
    let mut class = class;
    if class.same(vm.exc.ExceptionGroup) {
        if has_base {
            return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    } else if class.same(vm.exc.BaseExceptionGroup) {
        if !has_base {
            class = vm.exc.ExceptionGroup;
        }
    } else if has_base && class.is_subclass(vm.exc.Exception) {
        return Err(vm.type_error(format!(
            "Cannot nest BaseExceptions in '{}'",
            class.name_str()
        )));
    }
    let g = PyExceptionGroup {
        base: PyBaseException::with_args(PyTuple::from_slice(args.pos())),
        message: MutCell::new(message.own()),
        exceptions: MutCell::new(PyTuple::new(items)),
    };
    Ok(new_object(class, g))
}

fn str(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(g) = v.cast::<PyExceptionGroup>() else {
        return base::str(vm, v);
    };
    let n = g
        .exceptions
        .value()
        .cast::<PyTuple>()
        .map_or(0, |t| t.len());
    let s = if n == 1 { "" } else { "s" };
    base::join(
        vm,
        &["", &format!(" ({n} sub-exception{s})")],
        g.message.own().value(),
    )
}

/// The exceptions are shown as they were given: a list stays a list even after the caller's own list has changed.
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(g) = v.cast::<PyExceptionGroup>() else {
        return base::str(vm, v);
    };
    let args = base::args_of(v);
    let given = args
        .cast::<PyTuple>()
        .and_then(|t| t.get(1))
        .unwrap_or(Value::NULL)
        .own();
    let exceptions = g.exceptions.own();
    let shown = if given.is_exact::<PyList>() {
        vm.list_from(exceptions.value())?
    } else if given.is_null() || given.is_exact::<PyTuple>() {
        exceptions
    } else {
        given
    };
    let message = vm.repr(g.message.own().value())?;
    let shown = vm.repr(shown.value())?;
    let head = base::join(
        vm,
        &[&format!("{}(", v.class().name_str()), ", "],
        message.value(),
    )?;
    let mut b = pyjit_text::repr::Builder::with_capacity(64);
    for part in [&head, &shown] {
        if let Some(s) = part.cast::<PyStr>() {
            b.push_text(s.text());
        }
    }
    b.push_str(")");
    Ok(PyStr::from_buf(&b.finish()))
}

fn derive(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let message = field(a[0], |g| g.message.own());
    vm.call(
        vm.exc.BaseExceptionGroup.as_value(),
        &[message.value(), a[1]],
    )
}

fn matcher<'a>(vm: &Vm, v: Value) -> PyResult<GroupMatcher<'a>> {
    let is_class = v.isa::<TypeObject>();
    if !is_class && vm.is_callable(v) {
        return Ok(GroupMatcher::Predicate(v));
    }
    let classes = v
        .cast::<PyTuple>()
        .is_some_and(|t| t.as_slice().iter().all(|c| is_exception_class(*c)));
    if classes || is_exception_class(v) {
        return Ok(GroupMatcher::Class(v));
    }
    Err(vm.type_error(
        "expected an exception type, a tuple of exception types, or a callable (other than a class)",
    ))
}

fn split(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = matcher(vm, a[1])?;
    let (matched, rest) = vm.split_exception(a[0], &m, true)?;
    Ok(PyTuple::pair(
        matched.unwrap_or(Owned::NONE),
        rest.unwrap_or(Owned::NONE),
    ))
}

fn subgroup(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = matcher(vm, a[1])?;
    let (matched, _) = vm.split_exception(a[0], &m, false)?;
    Ok(matched.unwrap_or(Owned::NONE))
}
