//! The classes of `None`, `...` and `NotImplemented`.

use pyjit_core::prelude::*;

/// Defines the classes; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyNoneType>(
        vm,
        ClassSpec {
            flags: 0,
            doc: Some("The type of the None singleton."),
            slots: |s| {
                s.new.set(Some(|vm, c, a| single(vm, c, a, Value::NONE)));
                s.repr.set(Some(|_, _| Ok(intern("None"))));
                s.bool.set(Some(|_, _| Ok(false)));
                s.hash.set(Some(|_, _| Ok(0xFCA8_6420)));
                // Identity, as object's, but without a look at the other operand's class.
                s.compare.set(Some(|_, a, b, op| {
                    Ok(match op {
                        Cmp::Eq if a.is(b) => Owned::bool(true),
                        Cmp::Ne if a.is(b) => Owned::bool(false),
                        _ => Owned::immediate(Value::NOT_IMPLEMENTED),
                    })
                }));
            },
            ..ClassSpec::new("NoneType")
        },
    );
    define_class::<PyEllipsis>(
        vm,
        ClassSpec {
            flags: 0,
            doc: Some("The type of the Ellipsis singleton."),
            slots: |s| {
                s.new
                    .set(Some(|vm, c, a| single(vm, c, a, Value::ELLIPSIS)));
                s.repr.set(Some(|_, _| Ok(intern("Ellipsis"))));
            },
            methods: ELLIPSIS,
            ..ClassSpec::new("ellipsis")
        },
    );
    define_class::<PyNotImplementedType>(
        vm,
        ClassSpec {
            flags: 0,
            doc: Some("The type of the NotImplemented singleton."),
            slots: |s| {
                s.new
                    .set(Some(|vm, c, a| single(vm, c, a, Value::NOT_IMPLEMENTED)));
                s.repr.set(Some(|_, _| Ok(intern("NotImplemented"))));
                s.bool.set(Some(|vm, _| {
                    Err(vm.type_error("NotImplemented should not be used in a boolean context"))
                }));
            },
            methods: NOTIMPLEMENTED,
            ..ClassSpec::new("NotImplementedType")
        },
    );
}

fn single(vm: &Vm, class: &'static TypeObject, args: Args<'_>, value: Value) -> PyResult<Owned> {
    if !args.is_empty() {
        let name = match value {
            Value::ELLIPSIS => "EllipsisType".to_string(),
            _ => class.name_str(),
        };
        return Err(vm.type_error(format!("{name} takes no arguments")));
    }
    Ok(Owned::immediate(value))
}

static ELLIPSIS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |_, _| Ok(intern("Ellipsis")),
    "",
)];

static NOTIMPLEMENTED: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |_, _| Ok(intern("NotImplemented")),
    "",
)];
