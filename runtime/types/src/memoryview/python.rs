//! Buffers of objects whose Python class defines `__buffer__` or `__release_buffer__`, and the two as methods of built-in
//! classes. Called through the buffer slot that the core gives such classes.

use super::{PyMemoryView, this};
use pyjit_core::buffer::{BufferView, install_python_buffer, native_buffer};
use pyjit_core::prelude::*;

/// What a view of any layout asks for (`PyBUF_FULL_RO`), and the flag of a writable one.
const FULL_RO: i64 = 0x11c;
const WRITABLE: i64 = 1;

py_class! {
    /// Stands between a buffer and the view that a `__buffer__` returned, until the buffer is given back.
    pub struct PyBufferWrapper as "_buffer_wrapper" { pub view: MutCell<Owned>, pub object: MutCell<Owned> }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyBufferWrapper>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("_buffer_wrapper")
        },
    );
    install_python_buffer(python_buffer);
}

/// Whether what a class has under a name is a function of a built-in class.
fn is_native(vm: &Vm, class: &TypeObject, name: Value) -> bool {
    class
        .lookup(vm, name)
        .is_some_and(|f| f.isa::<pyjit_core::object::PyMethodDescr>())
}

fn python_buffer(vm: &Vm, v: Value, writable: bool) -> PyResult<BufferView> {
    let Some(m) = vm.special(v, vm.names.__buffer__.value())? else {
        // Only the release was redefined, and the base has no method.
        return native_buffer(vm, v, writable);
    };
    let flags = FULL_RO | if writable { WRITABLE } else { 0 };
    let view = vm.call(m.value(), &[Value::small(flags)])?;
    let Some(inner) = this(view.value()) else {
        return Err(vm.type_error("__buffer__ returned non-memoryview object"));
    };
    let mut buffer = super::buffer(vm, view.value(), writable)?;
    let wrapper = PyBufferWrapper {
        view: MutCell::new(view.clone()),
        object: MutCell::new(v.own()),
    };
    // From here on the wrapper counts as the export.
    buffer.release = None;
    let made = BufferView {
        owner: new_object(PyBufferWrapper::class(), wrapper),
        ptr: buffer.ptr,
        len: buffer.len,
        readonly: inner.readonly,
        itemsize: buffer.itemsize,
        format: buffer.format.clone(),
        shape: buffer.shape.clone(),
        strides: buffer.strides.clone(),
        release: Some(released),
    };
    Ok(made)
}

/// The buffer is given back: `__release_buffer__` hears of it.
fn released(wrapper: Value) {
    let Some(w) = wrapper.cast::<PyBufferWrapper>() else {
        return;
    };
    let vm = Vm::get();
    let (view, object) = (w.view.take(), w.object.take());
    let Some(m) = this(view.value()) else { return };
    m.exports.set(m.exports.get().saturating_sub(1));
    let class = object.class();
    let name = vm.names.__release_buffer__.value();
    let own_view = m.object().value().is(object.value());
    if class.lookup(vm, name).is_some() && !is_native(vm, class, name) {
        m.restricted
            .set(is_native(vm, class, vm.names.__buffer__.value()));
        let called = vm.guarded(|| vm.call_method(object.value(), name, &[view.value()]));
        m.restricted.set(false);
        if let Err(e) = called {
            let what = "Exception ignored while calling __release_buffer__ of";
            vm.write_unraisable(e, what, Some(object.value()));
        }
    }
    // What the built-in base has given is taken back in any case.
    if own_view && m.exports.get() == 0 {
        drop(m.managed.take());
    }
}

/// `__buffer__(flags)` of a built-in class: flag 1 asks for a writable buffer.
pub fn buffer_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let flags = vm.to_i64(a[1])?;
    let Ok(flags) = i32::try_from(flags) else {
        return Err(vm.overflow_error("buffer flags out of range"));
    };
    super::from_buffer(vm, native_buffer(vm, a[0], flags & 1 != 0)?)
}

/// `__release_buffer__(buffer)` of a built-in class.
pub fn release_buffer_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(m) = a[1].cast::<PyMemoryView>() else {
        return Err(vm.type_error("expected a memoryview object"));
    };
    if m.managed.value().is_null() {
        return Err(vm.value_error("memoryview's buffer has already been released"));
    }
    if !m.object().value().is(a[0]) {
        return Err(vm.value_error("memoryview's buffer is not this object"));
    }
    if m.exports.get() > 0 {
        return Err(vm.buffer_error("memoryview has exported buffers"));
    }
    drop(m.managed.take());
    Ok(Owned::NONE)
}
