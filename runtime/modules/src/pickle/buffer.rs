//! `PickleBuffer`: a wrapper that lets large data travel outside the pickle.

use crate::payload_class;
use pyjit_core::buffer::BufferView;
use pyjit_core::prelude::*;

py_class! {
    /// `pickle.PickleBuffer`. NULL when it was released.
    pub struct PyPickleBuffer as "PickleBuffer" { pub object: MutCell<Owned>, pub view: MutCell<Option<BufferView>> }
}

impl PyPickleBuffer {
    /// A view of the wrapped object's memory.
    pub fn view(&self, vm: &Vm) -> PyResult<BufferView> {
        let o = self.object.own();
        if o.is_null() {
            return Err(vm.value_error("operation forbidden on released PickleBuffer object"));
        }
        vm.buffer(o.value(), false)
    }
}

/// Whether the items follow each other without gaps, in Fortran order.
pub(super) fn is_fortran(view: &BufferView) -> bool {
    let mut expect = view.itemsize as isize;
    for (n, s) in view.shape.iter().zip(&view.strides) {
        if *n > 1 && *s != expect {
            return false;
        }
        expect *= *n as isize;
    }
    true
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyPickleBuffer> {
    v.cast::<PyPickleBuffer>().ok_or_else(|| vm.type_error("a PickleBuffer is required"))
}

fn raw(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut view = this(vm, a[0])?.view(vm)?;
    if !view.is_contiguous() && !is_fortran(&view) {
        return Err(vm.buffer_error("cannot extract raw buffer from non-contiguous buffer"));
    }
    view.itemsize = 1;
    view.format = "B".into();
    view.shape = vec![view.len];
    view.strides = vec![1];
    pyjit_types::memoryview::from_buffer(vm, view)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("raw", "(self, /)", raw, "Return a memoryview of the raw memory underlying this buffer.\n\nWill raise BufferError is the buffer isn't contiguous."),
    MethodDef::new("release", "(self, /)", |vm, a| {
        let b = this(vm, a[0])?;
        drop(b.view.take());
        b.object.set(Owned::NULL);
        Ok(Owned::NONE)
    }, "Release the underlying buffer controlled by the PickleBuffer object."),
];

pub(super) fn define(vm: &Vm, m: &PyModule) {
    payload_class::<PyPickleBuffer>(
        vm,
        m,
        ClassSpec {
            module: "pickle",
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, class, args| {
                    args.no_keywords(vm, "PickleBuffer")?;
                    args.check_positional(vm, "PickleBuffer", 1, 1)?;
                    let view = vm.buffer(args.values[0], false)?;
                    let object = MutCell::new(args.values[0].own());
                    let view = MutCell::new(Some(view));
                    Ok(new_object(class, PyPickleBuffer { object, view }))
                }));
                s.buffer.set(Some(|vm, v, writable| {
                    let b = this(vm, v)?;
                    drop(b.view(vm)?);
                    vm.buffer(b.object.value(), writable)
                }));
            },
            methods: METHODS,
            doc: Some("Wrapper for potentially out-of-band buffers"),
            ..ClassSpec::new("PickleBuffer")
        },
    );
}
