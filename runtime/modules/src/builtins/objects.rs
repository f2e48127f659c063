//! Functions about any object: attributes, classes, hash, identity, representation.

use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("ascii", "(obj, /)", |vm, a| vm.ascii(a[0]), "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable representation of an\nobject, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, \\\\u or \\\\U escapes. This generates a string similar\nto that returned by repr() in Python 2."),
    MethodDef::function("callable", "(obj, /)", |vm, a| Ok(Owned::bool(vm.is_callable(a[0]))), "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method."),
    MethodDef::function("delattr", "(obj, name, /)", delattr, "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``"),
    MethodDef::function("getattr", "(object, name, default=None, /)", getattr, "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case."),
    MethodDef::function("hasattr", "(obj, name, /)", hasattr, "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError."),
    MethodDef::function("hash", "(obj, /)", |vm, a| vm.hash(a[0]).map(new_int), "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true."),
    MethodDef::function("id", "(obj, /)", |vm, a| Ok(vm.id(a[0])), "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)"),
    MethodDef::function("isinstance", "(obj, class_or_tuple, /)", |vm, a| vm.isinstance(a[0], a[1]).map(Owned::bool), "Return whether an object is an instance of a class or of a subclass thereof.\n\nA tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)\nor ...`` etc."),
    MethodDef::function("issubclass", "(cls, class_or_tuple, /)", |vm, a| vm.issubclass(a[0], a[1]).map(Owned::bool), "Return whether 'cls' is derived from another class or is the same class.\n\nA tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)\nor ...``."),
    MethodDef::function("len", "(obj, /)", |vm, a| vm.len(a[0]).map(new_usize), "Return the number of items in a container."),
    MethodDef::function("repr", "(obj, /)", |vm, a| vm.repr(a[0]), "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval() will return\nan object equal to the one that was passed as argument."),
    MethodDef::function("setattr", "(obj, name, value, /)", setattr, "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``"),
];

fn delattr(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.attr_name(a[1])?;
    vm.delattr(a[0], name.value())?;
    Ok(Owned::NONE)
}

fn setattr(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.attr_name(a[1])?;
    vm.setattr(a[0], name.value(), a[2])?;
    Ok(Owned::NONE)
}

fn getattr(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.attr_name(a[1])?;
    if a[2].is_null() {
        return vm.getattr(a[0], name.value());
    }
    Ok(vm
        .getattr_opt(a[0], name.value())?
        .unwrap_or_else(|| a[2].own()))
}

fn hasattr(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = vm.attr_name(a[1])?;
    Ok(Owned::bool(vm.getattr_opt(a[0], name.value())?.is_some()))
}
