//! `_count_elements`, which `Counter` counts with.

use pyjit_core::prelude::*;
use pyjit_core::protocol::BinaryOp;

pub(super) fn count_elements(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (mapping, iterable) = (a[0], a[1]);
    let plain = |name: &str| -> bool {
        let n = intern(name);
        match (
            mapping.class().lookup(vm, n.value()),
            PyDict::class().lookup(vm, n.value()),
        ) {
            (Some(x), Some(y)) => x.is(y),
            _ => false,
        }
    };
    let it = vm.iter(iterable)?;
    if let Some(d) = mapping.cast::<PyDict>()
        && plain("get")
        && plain("__setitem__")
    {
        while let Some(k) = vm.next(it.value())? {
            let old = d.get(vm, k.value())?;
            let new = match &old {
                Some(n) => vm.binary(BinaryOp::Add, n.value(), Value::small(1))?,
                None => Owned::small(1),
            };
            d.set(vm, k.value(), new)?;
        }
        return Ok(Owned::NONE);
    }
    let get = vm.getattr(mapping, vm.names.get.value())?;
    while let Some(k) = vm.next(it.value())? {
        let old = vm.call(get.value(), &[k.value(), Value::small(0)])?;
        let new = vm.binary(BinaryOp::Add, old.value(), Value::small(1))?;
        vm.setitem(mapping, k.value(), new.value())?;
    }
    Ok(Owned::NONE)
}
