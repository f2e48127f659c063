//! `__new__` of built-in classes: the static method that stands in the dictionary of every class with a native
//! constructor of its own, and that `super().__new__(cls)` and pickling call.

use super::{MethodDef, Payload, PyBuiltin, TypeObject};
use crate::call::Args;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// The declaration that every native `__new__` shares; the receiver says whose constructor it is.
pub static NEW_DEF: MethodDef = MethodDef::function(
    "__new__",
    "(*args, **kwargs)",
    |vm, _| Err(vm.type_error("__new__() is called through its class")),
    "Create and return a new object.  See help(type) for accurate signature.",
);

/// Gives a built-in class that has a constructor of its own its `__new__`.
pub(crate) fn add_new(vm: &Vm, class: &'static TypeObject) {
    let d = class.dict();
    if class.slots.new.get().is_some() && d.get_str(vm.names.__new__.value()).is_none() {
        d.set_str(
            vm.names.__new__.value(),
            PyBuiltin::new(&NEW_DEF, class.as_owned(), Owned::NONE),
        );
    }
}

/// The nearest built-in class.
fn native_base(class: &'static TypeObject) -> &'static TypeObject {
    let mut native = class;
    while native.has_flag(super::type_flags::HEAP)
        && let Some(b) = native.base_class()
    {
        native = b;
    }
    native
}

/// Whether the native constructor of `owner` may make instances of `class`: one further down may keep invariants that this
/// one does not know of.
pub(crate) fn may_construct(owner: &'static TypeObject, class: &'static TypeObject) -> bool {
    let new = |c: &TypeObject| c.slots.new.get().map(|f| f as usize);
    class.is_subclass(owner) && new(native_base(class)) == new(owner)
}

/// Calls the constructor of `owner` for the class that is the first argument.
pub(crate) fn call_new(vm: &Vm, owner: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let name = || owner.name_str();
    let Some(first) = args.pos().first().copied() else {
        return Err(vm.type_error(format!("{}.__new__(): not enough arguments", name())));
    };
    let Some(class) = first.cast::<TypeObject>() else {
        let got = first.class().name_str();
        return Err(vm.type_error(format!(
            "{}.__new__(X): X is not a type object ({got})",
            name()
        )));
    };
    let wanted = || class.name_str();
    if !class.is_subclass(owner) {
        return Err(vm.type_error(format!(
            "{0}.__new__({1}): {1} is not a subtype of {0}",
            name(),
            wanted()
        )));
    }
    if class.slots.new.get().is_none() {
        return Err(vm.type_error(format!("cannot create '{}' instances", class.full_name(vm))));
    }
    if !may_construct(owner, class) {
        let n = native_base(class).name_str();
        return Err(vm.type_error(format!(
            "{}.__new__({}) is not safe, use {n}.__new__()",
            name(),
            wanted()
        )));
    }
    match owner.slots.new.get() {
        Some(new) => new(vm, class, args.skip_first()),
        None => Err(vm.type_error(format!("cannot create '{}' instances", wanted()))),
    }
}

/// The class whose constructor a native `__new__` is.
pub(crate) fn new_owner(f: &PyBuiltin) -> Option<&'static TypeObject> {
    if std::ptr::eq(f.def, &NEW_DEF) {
        f.receiver.value().cast::<TypeObject>()
    } else {
        None
    }
}

/// Whether a value is the native `__new__` of exactly this class.
pub fn is_new_of(v: Value, class: &TypeObject) -> bool {
    v.cast::<PyBuiltin>()
        .and_then(new_owner)
        .is_some_and(|o| o.same(class))
}
