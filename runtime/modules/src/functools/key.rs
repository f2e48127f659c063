//! `cmp_to_key`: objects that compare through an old-style comparison function.

use crate::native::hidden_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::bind_args;

py_class! {
    /// A comparison function, and the object it is to compare (NULL in the key function itself).
    pub struct PyKeyWrapper as "KeyWrapper" { pub cmp: Owned, pub object: MutCell<Owned> }
}

pub(super) fn define(vm: &Vm) {
    hidden_class::<PyKeyWrapper>(
        vm,
        ClassSpec {
            module: "functools",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.call.set(Some(call));
                s.compare.set(Some(compare));
            },
            getset: GETSET,
            ..ClassSpec::new("KeyWrapper")
        },
    );
}

static GETSET: &[GetSetDef] = &[GetSetDef::write(
    "obj",
    |vm, v| match v.cast::<PyKeyWrapper>() {
        Some(k) if !k.object.value().is_null() => Ok(k.object.own()),
        _ => Err(vm.attribute_error(v, intern("obj").value(), "obj".into())),
    },
    |_, v, x| {
        if let Some(k) = v.cast::<PyKeyWrapper>() {
            k.object.set(x.own());
        }
        Ok(())
    },
)
.doc("Value wrapped by a key function.")];

fn wrapper(cmp: Value, object: Owned) -> Owned {
    new_object(
        PyKeyWrapper::class(),
        PyKeyWrapper {
            cmp: cmp.own(),
            object: MutCell::new(object),
        },
    )
}
pub(super) fn cmp_to_key(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(wrapper(a[0], Owned::NULL))
}
fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(obj)");
    let Some(k) = v.cast::<PyKeyWrapper>() else {
        return Ok(Owned::NONE);
    };
    bind_args(vm, &SIG, "K", args, |a| {
        Ok(wrapper(k.cmp.value(), a[0].own()))
    })
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyKeyWrapper>(), b.cast::<PyKeyWrapper>()) else {
        return Err(vm.type_error("other argument must be K instance"));
    };
    let (p, q) = (x.object.own(), y.object.own());
    if p.is_null() || q.is_null() {
        return Err(vm.attribute_error(a, intern("object").value(), "object".into()));
    }
    let r = vm.call(x.cmp.value(), &[p.value(), q.value()])?;
    vm.compare(r.value(), Value::small(0), op)
}
