//! `bool`: the class of True and False. Called by the crate's `core_classes`.

use crate::int::{int_and, int_invert, int_or, int_xor};
use pyjit_core::prelude::*;

static DOC: &str = "bool(object=False, /) -> bool\n\nTrue when the argument is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.";

/// Fills the class in.
pub fn define(vm: &Vm) {
    define_class::<PyBool>(
        vm,
        ClassSpec {
            doc: Some(DOC),
            flags: type_flags::LONG_SUBCLASS | type_flags::MATCH_SELF,
            base: Some(PyInt::class_ref()),
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.and
                    .set(Some(|vm, a, b| logical(vm, a, b, |x, y| x & y, int_and)));
                s.or.set(Some(|vm, a, b| logical(vm, a, b, |x, y| x | y, int_or)));
                s.xor
                    .set(Some(|vm, a, b| logical(vm, a, b, |x, y| x ^ y, int_xor)));
                s.invert.set(Some(invert));
            },
            ..ClassSpec::new("bool")
        },
    );
}

fn new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "bool")?;
    args.check_positional(vm, "bool", 0, 1)?;
    match args.pos().first() {
        Some(v) => vm.truthy(*v).map(Owned::bool),
        None => Ok(Owned::bool(false)),
    }
}

fn repr(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(intern(if v.is(Value::TRUE) { "True" } else { "False" }))
}

fn logical(
    vm: &Vm,
    a: Value,
    b: Value,
    f: fn(bool, bool) -> bool,
    ints: fn(&Vm, Value, Value) -> PyResult<Owned>,
) -> PyResult<Owned> {
    if a.is_bool() && b.is_bool() {
        return Ok(Owned::bool(f(a.is(Value::TRUE), b.is(Value::TRUE))));
    }
    ints(vm, a, b)
}

fn invert(vm: &Vm, v: Value) -> PyResult<Owned> {
    vm.warn(
        vm.exc.DeprecationWarning,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from the negation of a bool. Use the 'not' operator for boolean negation or ~int(x) for the bitwise inversion of the underlying int.",
        1,
    )?;
    int_invert(vm, v)
}
