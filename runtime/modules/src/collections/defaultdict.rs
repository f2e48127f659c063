//! `defaultdict`.

use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::dict::{dict_of, update, update_args};
use pyjit_types::sequence::class_getitem_def;

py_class! {
    /// A dictionary that makes missing values.
    pub struct PyDefaultDict as "defaultdict", extends PyDict { pub base: PyDict, pub factory: MutCell<Owned> }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyDefaultDict>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            doc: Some("A dict that calls its default_factory, without arguments, to make the value of a missing key."),
            base: Some(PyDict::class()),
            flags: type_flags::BASE | type_flags::MAPPING,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(new_object(
                        class,
                        PyDefaultDict { base: PyDict::empty(), factory: MutCell::new(Owned::NONE) },
                    ))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.or.set(Some(or));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("defaultdict")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__missing__",
        "(self, key, /)",
        missing,
        "Makes, stores and returns the value of a missing key; KeyError without a factory.",
    ),
    MethodDef::new("copy", "(self, /)", copy, "D.copy() -> a shallow copy of D."),
    MethodDef::new("__copy__", "(self, /)", copy, "D.copy() -> a shallow copy of D."),
    MethodDef::new("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    class_getitem_def("defaultdicts are generic over the types of their keys and values"),
];
static GETSET: &[GetSetDef] = &[GetSetDef::write(
    "default_factory",
    |_, v| Ok(factory(v)),
    |_, v, f| {
        if let Some(d) = v.cast::<PyDefaultDict>() {
            d.factory.set(f.non_null().unwrap_or(Value::NONE).own());
        }
        Ok(())
    },
)
.doc("Factory for default value called by __missing__().")];

fn factory(v: Value) -> Owned {
    v.cast::<PyDefaultDict>().map_or(Owned::NONE, |d| {
        d.factory.value().non_null().unwrap_or(Value::NONE).own()
    })
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let first = args.pos().first().copied();
    if let Some(f) = first
        && !f.is_none()
        && !vm.is_callable(f)
    {
        return Err(vm.type_error("first argument must be callable or None"));
    }
    if let Some(d) = v.cast::<PyDefaultDict>() {
        d.factory.set(first.unwrap_or(Value::NONE).own());
    }
    update_args(vm, dict_of(vm, v)?, args.skip_first(), "dict")
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let base = match PyDict::class().slots.repr.get() {
        Some(f) => text_of(f(vm, v)?.value()),
        None => String::new(),
    };
    let shown = vm.repr_guard(v, || vm.repr_text(factory(v).value()))?;
    Ok(PyStr::from_str(&format!(
        "{}({}, {base})",
        v.class().short_name(),
        shown.unwrap_or_else(|| "...".into())
    )))
}
fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !a.isa::<PyDict>() || !b.isa::<PyDict>() {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let owner = if a.isa::<PyDefaultDict>() { a } else { b };
    let new = vm.call(owner.class().as_value(), &[factory(owner).value(), a])?;
    if let Some(d) = new.cast::<PyDict>() {
        update(vm, d, b)?;
    }
    Ok(new)
}
fn missing(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = factory(a[0]);
    if f.is_none() {
        return Err(vm.key_error(a[1]));
    }
    let value = vm.call(f.value(), &[])?;
    vm.setitem(a[0], a[1], value.value())?;
    Ok(value)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    vm.call(a[0].class().as_value(), &[factory(a[0]).value(), a[0]])
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = factory(a[0]);
    let args = if f.is_none() {
        PyTuple::empty()
    } else {
        PyTuple::new(vec![f])
    };
    let items = vm.call_method(a[0], vm.names.items.value(), &[])?;
    let it = vm.iter(items.value())?;
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        args,
        Owned::NONE,
        Owned::NONE,
        it,
    ]))
}
