//! `mappingproxy`: a read-only view of a mapping.

use pyjit_core::call::{Callee, bind};
use pyjit_core::object::BinaryFn;
use pyjit_core::prelude::*;
use pyjit_core::protocol::BinaryOp;

py_class! {
    /// The proxy of a class' dictionary, or of any mapping.
    pub struct PyMappingProxy as "mappingproxy" { pub mapping: Owned }
}

/// A proxy of a mapping.
pub fn new(mapping: Owned) -> Owned {
    new_object(PyMappingProxy::class(), PyMappingProxy { mapping })
}

/// Defines the class; called before anybody can ask for a class' `__dict__`.
pub fn define(vm: &Vm) {
    define_class::<PyMappingProxy>(
        vm,
        ClassSpec {
            flags: type_flags::MAPPING,
            doc: Some("Read-only proxy of a mapping."),
            slots: |s| {
                s.new.set(Some(proxy_new));
                s.repr.set(Some(|vm, v| {
                    let inner = vm.repr_text(mapping(v).value())?;
                    Ok(PyStr::from_str(&format!("mappingproxy({inner})")))
                }));
                s.str.set(Some(|vm, v| vm.str(mapping(v).value())));
                s.hash.set(Some(|vm, v| vm.hash(mapping(v).value())));
                s.compare
                    .set(Some(|vm, a, b, op| vm.compare(mapping(a).value(), b, op)));
                s.len.set(Some(|vm, v| vm.len(mapping(v).value())));
                s.iter.set(Some(|vm, v| vm.iter(mapping(v).value())));
                s.getitem
                    .set(Some(|vm, v, k| vm.getitem(mapping(v).value(), k)));
                s.contains
                    .set(Some(|vm, v, k| vm.contains(mapping(v).value(), k)));
                let or: BinaryFn = |vm, a, b| {
                    let (x, y) = (mapping(a), mapping(b));
                    vm.binary(BinaryOp::Or, x.value(), y.value())
                };
                s.or.set(Some(or));
                s.ior.set(Some(|vm, a, _| {
                    Err(vm.type_error(format!(
                        "'|=' is not supported by {}; use '|' instead",
                        a.class().name_str()
                    )))
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("mappingproxy")
        },
    );
}

/// The mapping behind a proxy; anything else is itself.
fn mapping(v: Value) -> Owned {
    match v.cast::<PyMappingProxy>() {
        Some(p) => p.mapping.clone(),
        None => v.own(),
    }
}

static SIG: Sig = Sig::parse("(mapping)");

fn proxy_new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "mappingproxy",
        qualified: &|| "mappingproxy".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let m = a[0];
        let is_mapping =
            m.class().slots.getitem.get().is_some() && !m.isa::<PyList>() && !m.isa::<PyTuple>();
        if !is_mapping {
            return Err(vm.type_error(format!(
                "mappingproxy() argument must be a mapping, not {}",
                m.class().name_str()
            )));
        }
        Ok(new(m.own()))
    })
}

macro_rules! forward {
    ($name:literal) => {
        |vm, a| vm.call_method_str(mapping(a[0]).value(), $name, &[])
    };
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "get",
        "(self, key, default=None, /)",
        |vm, a| {
            let default = a[2].non_null().unwrap_or(Value::NONE);
            vm.call_method_str(mapping(a[0]).value(), "get", &[a[1], default])
        },
        "Return the value for key if key is in the mapping, else default.",
    ),
    MethodDef::new(
        "keys",
        "(self, /)",
        forward!("keys"),
        "D.keys() -> a set-like object providing a view on D's keys",
    ),
    MethodDef::new(
        "values",
        "(self, /)",
        forward!("values"),
        "D.values() -> an object providing a view on D's values",
    ),
    MethodDef::new(
        "items",
        "(self, /)",
        forward!("items"),
        "D.items() -> a set-like object providing a view on D's items",
    ),
    MethodDef::new(
        "copy",
        "(self, /)",
        forward!("copy"),
        "D.copy() -> a shallow copy of D",
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        crate::generic_alias::class_getitem,
        "See PEP 585",
    ),
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        forward!("__reversed__"),
        "D.__reversed__() -> reverse iterator",
    ),
];
