//! The runtime comes up with all built-in classes, and classes can be made and used without an interpreter.

use pyjit_core::prelude::*;
use pyjit_core::vm::Options;

#[test]
fn classes_come_up() {
    let vm = Vm::start(Options::default(), pyjit_types::core_classes);
    assert!(vm.thread.reserve(4 << 20));
    pyjit_types::init(vm);
    let text = |v: Value| vm.repr_text(v).unwrap_or_else(|_| "error".to_string());
    assert_eq!(text(PyObject::class().as_value()), "<class 'object'>");
    let ns = PyDict::new();
    let slots = PyTuple::new(vec![intern("a"), intern("b")]);
    if let Some(d) = ns.cast::<PyDict>() {
        d.set_str(vm.names.__module__.value(), intern("m"));
        d.set_name("x", new_int(3));
    }
    let meta = TypeObject::class().as_value();
    let make = |name: &str, bases: Vec<Owned>, ns: &Owned| {
        vm.call(
            meta,
            &[
                intern(name).value(),
                PyTuple::new(bases).value(),
                ns.value(),
            ],
        )
    };
    let Ok(c) = make("C", vec![], &ns) else {
        panic!("no class");
    };
    assert_eq!(text(c.value()), "<class 'm.C'>");
    let Ok(o) = vm.call(c.value(), &[]) else {
        panic!("no instance");
    };
    assert!(vm.setattr_str(o.value(), "y", Value::small(5)).is_ok());
    assert!(
        vm.getattr_str(o.value(), "x")
            .is_ok_and(|x| x.value().is(Value::small(3)))
    );
    assert!(
        vm.getattr_str(o.value(), "y")
            .is_ok_and(|x| x.value().is(Value::small(5)))
    );
    assert!(vm.getattr_str(o.value(), "z").is_err());
    let new = vm.getattr_str(c.value(), "__new__");
    assert!(new.is_ok_and(|f| vm.call(f.value(), &[c.value()]).is_ok()));
    let ns2 = PyDict::new();
    if let Some(d) = ns2.cast::<PyDict>() {
        d.set_name("__slots__", slots);
        d.set_str(vm.names.__module__.value(), intern("m"));
    }
    drop(make("D", vec![], &ns2));
    for _ in 0..3 {
        drop(make("E", vec![c.clone()], &ns));
    }
    drop((o, c));
    pyjit_core::mem::cycles::collect(vm, 2);
}
