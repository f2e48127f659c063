//! Subscripts and slices.

use crate::ops::Act;
use crate::types::PySlice;
use crate::value::Owned;
use crate::vm::PyResult;

pub fn subscript(a: &Act<'_>) -> PyResult<()> {
    let container = a.take(a.b());
    let key = a.take(a.c());
    let v = a.vm.getitem(container.value(), key.value())?;
    drop(container);
    drop(key);
    a.put(a.a(), v);
    Ok(())
}
pub fn store_subscript(a: &Act<'_>) -> PyResult<()> {
    let container = a.take(a.a());
    let key = a.take(a.b());
    let value = a.take(a.c());
    a.vm.setitem(container.value(), key.value(), value.value())
}
pub fn delete_subscript(a: &Act<'_>) -> PyResult<()> {
    let container = a.take(a.a());
    let key = a.take(a.b());
    a.vm.delitem(container.value(), key.value())
}
pub fn slice(a: &Act<'_>) -> PyResult<()> {
    let container = a.take(a.b());
    let key = PySlice::new(a.take_temp(a.c()), a.take_temp(a.c() + 1), Owned::NONE);
    let v = a.vm.getitem(container.value(), key.value())?;
    drop(container);
    drop(key);
    a.put(a.a(), v);
    Ok(())
}
pub fn store_slice(a: &Act<'_>) -> PyResult<()> {
    let container = a.take(a.a());
    let key = PySlice::new(a.take_temp(a.b()), a.take_temp(a.b() + 1), Owned::NONE);
    let value = a.take(a.c());
    a.vm.setitem(container.value(), key.value(), value.value())
}
