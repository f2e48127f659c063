//! `_tuplegetter`: the descriptors of named tuples.

use crate::native::payload_class;
use pyjit_core::prelude::*;

py_class! {
    /// A descriptor that reads one item of a tuple.
    pub struct PyTupleGetter as "_tuplegetter" { pub index: i64, pub doc: MutCell<Owned> }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyTupleGetter>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            flags: 0,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.get.set(Some(get));
                s.set.set(Some(set));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("_tuplegetter")
        },
    );
}

static METHODS: &[MethodDef] = &[MethodDef::new("__reduce__", "(self, /)", reduce, "")];
static GETSET: &[GetSetDef] = &[GetSetDef::write(
    "__doc__",
    |_, v| Ok(v.cast::<PyTupleGetter>().map_or(Owned::NONE, |g| g.doc.own())),
    |_, v, doc| {
        if let Some(g) = v.cast::<PyTupleGetter>() {
            g.doc.set(doc.non_null().unwrap_or(Value::NONE).own());
        }
        Ok(())
    },
)];

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "_tuplegetter")?;
    args.check_positional(vm, "_tuplegetter", 2, 2)?;
    let index = vm.to_size(args.values[0])? as i64;
    Ok(new_object(
        class,
        PyTupleGetter {
            index,
            doc: MutCell::new(args.values[1].own()),
        },
    ))
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(g) = v.cast::<PyTupleGetter>() else {
        return Ok(Owned::NONE);
    };
    let doc = vm.repr_text(g.doc.own().value())?;
    Ok(PyStr::from_str(&format!(
        "{}({}, {doc})",
        v.class().short_name(),
        g.index
    )))
}
fn get(vm: &Vm, d: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(g) = d.cast::<PyTupleGetter>() else {
        return Ok(d.own());
    };
    let Some(t) = obj.cast::<PyTuple>() else {
        if obj.is_null() || obj.is_none() {
            return Ok(d.own());
        }
        return Err(vm.type_error(format!(
            "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
            g.index,
            obj.class().name_str()
        )));
    };
    match usize::try_from(g.index).ok().and_then(|i| t.get(i)) {
        Some(v) => Ok(v.own()),
        None => Err(vm.index_error("tuple index out of range")),
    }
}
fn set(vm: &Vm, d: Value, obj: Value, value: Value) -> PyResult<()> {
    let what = if value.is_null() {
        "can't delete attribute"
    } else {
        "can't set attribute"
    };
    let _ = d;
    Err(vm.attribute_error(obj, Value::NONE, what.into()))
}
fn reduce(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(g) = a[0].cast::<PyTupleGetter>() else {
        return Ok(Owned::NONE);
    };
    Ok(PyTuple::pair(
        a[0].class().as_owned(),
        PyTuple::pair(new_int(g.index), g.doc.own()),
    ))
}
