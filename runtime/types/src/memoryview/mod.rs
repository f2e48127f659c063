//! `memoryview`: views of other objects' memory. A view is an offset, a shape and strides over a managed buffer, which all
//! views made from one another share and which is given back when the last of them goes.

mod access;
mod item;
mod methods;
mod python;

pub use item::{format_size, pack_item, unpack_item};

use pyjit_core::buffer::BufferView;
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// The buffer behind one or more views.
    pub struct PyManagedBuffer as "managedbuffer" { pub view: MutCell<Option<BufferView>> }
}
py_class! {
    /// A memoryview.
    pub struct PyMemoryView as "memoryview" {
        /// The managed buffer; NULL once released.
        pub managed: MutCell<Owned>,
        pub form: NoTrace<Form>,
        /// Buffers that point into this view.
        pub exports: Cell<usize>,
        pub hash: Cell<i64>,
        pub readonly: bool,
        /// It is being shown to a `__release_buffer__`: no further views may be made.
        pub restricted: Cell<bool>,
    }
}
py_class! {
    /// `memory_iterator`.
    pub struct PyMemoryIter as "memory_iterator" { pub view: MutCell<Owned>, pub index: Cell<usize> }
}

/// How a view lies over its buffer.
#[derive(Clone, Debug)]
pub struct Form {
    pub offset: isize,
    pub itemsize: usize,
    pub format: String,
    pub shape: Vec<usize>,
    pub strides: Vec<isize>,
}

impl Form {
    /// Number of items.
    pub fn items(&self) -> usize {
        self.shape.iter().product()
    }
    pub fn nbytes(&self) -> usize {
        self.items() * self.itemsize
    }
    /// Whether items follow each other without gaps, last index fastest (or first, for Fortran).
    pub fn contiguous(&self, fortran: bool) -> bool {
        if self.items() == 0 {
            return true;
        }
        let mut expect = self.itemsize as isize;
        let dims = 0..self.shape.len();
        let check = |d: usize, expect: &mut isize| {
            let good = self.shape[d] <= 1 || self.strides[d] == *expect;
            *expect *= self.shape[d] as isize;
            good
        };
        if fortran {
            dims.into_iter().all(|d| check(d, &mut expect))
        } else {
            dims.rev().all(|d| check(d, &mut expect))
        }
    }
    /// The strides of a contiguous form.
    pub fn c_strides(shape: &[usize], itemsize: usize) -> Vec<isize> {
        let mut out = vec![0; shape.len()];
        let mut step = itemsize as isize;
        for (d, n) in shape.iter().enumerate().rev() {
            out[d] = step;
            step *= *n as isize;
        }
        out
    }
    /// Offsets of all items, in C order.
    pub fn offsets(&self) -> Vec<isize> {
        let mut out = vec![self.offset];
        for (n, s) in self.shape.iter().zip(&self.strides) {
            out = out
                .iter()
                .flat_map(|o| (0..*n).map(move |i| o + i as isize * s))
                .collect();
        }
        out
    }
}

impl PyMemoryView {
    /// ValueError once released.
    pub(crate) fn check(&self, vm: &Vm) -> PyResult<()> {
        if self.managed.value().is_null() {
            return Err(vm.value_error("operation forbidden on released memoryview object"));
        }
        Ok(())
    }
    /// ValueError if no views of this one may be made.
    pub(crate) fn check_free(&self, vm: &Vm) -> PyResult<()> {
        if self.restricted.get() {
            return Err(vm.value_error("cannot create new view on restricted memoryview"));
        }
        Ok(())
    }
    fn buffer(&self) -> Option<&BufferView> {
        self.managed
            .value()
            .cast::<PyManagedBuffer>()
            .and_then(|m| m.view.get().as_ref())
    }
    /// The whole memory of the exporter.
    pub(crate) fn memory(&self) -> &[u8] {
        self.buffer().map_or(&[], |b| b.as_slice())
    }
    /// The same, to be written.
    #[allow(clippy::mut_from_ref)] // as MutCell
    pub(crate) fn memory_mut(&self) -> &mut [u8] {
        let Some(m) = self.managed.value().cast::<PyManagedBuffer>() else {
            return &mut [];
        };
        match m.view.get_mut() {
            Some(b) => b.as_mut_slice(),
            None => &mut [],
        }
    }
    /// The bytes of the item at an offset.
    pub(crate) fn item_bytes(&self, offset: isize) -> &[u8] {
        let start = offset.max(0) as usize;
        self.memory()
            .get(start..start + self.form.itemsize)
            .unwrap_or(&[])
    }
    /// All items in C order, copied.
    pub fn to_bytes(&self) -> Vec<u8> {
        let form = &self.form;
        if form.contiguous(false) {
            let start = form.offset.max(0) as usize;
            let whole = self.memory().get(start..start + form.nbytes());
            return whole.unwrap_or(&[]).to_vec();
        }
        let mut out = Vec::with_capacity(form.nbytes());
        for o in form.offsets() {
            out.extend_from_slice(self.item_bytes(o));
        }
        out
    }
    /// The object whose memory it is.
    pub(crate) fn object(&self) -> Owned {
        match self.buffer() {
            Some(b) => b.owner.clone(),
            None => Owned::NONE,
        }
    }
    /// Another view of the same buffer.
    pub(crate) fn derive(&self, form: Form, readonly: bool) -> Owned {
        new_object(
            PyMemoryView::class(),
            PyMemoryView {
                managed: MutCell::new(self.managed.own()),
                form: NoTrace(form),
                exports: Cell::new(0),
                hash: Cell::new(-1),
                readonly,
                restricted: Cell::new(false),
            },
        )
    }
}

/// A memoryview of an object.
pub fn new_view(vm: &Vm, v: Value, writable: bool) -> PyResult<Owned> {
    if let Some(m) = v.cast::<PyMemoryView>() {
        m.check(vm)?;
        m.check_free(vm)?;
        if writable && m.readonly {
            return Err(vm.buffer_error("memoryview: underlying buffer is not writable"));
        }
        return Ok(m.derive(m.form.0.clone(), m.readonly));
    }
    let Some(slot) = v.class().slots.buffer.get() else {
        return Err(vm.type_error(format!(
            "memoryview: a bytes-like object is required, not '{}'",
            v.class().name_str()
        )));
    };
    let view = slot(vm, v, writable)?;
    from_buffer(vm, view)
}

pub use python::{buffer_method, release_buffer_method};

/// A memoryview over a buffer.
pub fn from_buffer(vm: &Vm, view: BufferView) -> PyResult<Owned> {
    if !view.is_contiguous() {
        return Err(vm.buffer_error("memoryview: underlying buffer is not C-contiguous"));
    }
    let readonly = view.readonly;
    let form = Form {
        offset: 0,
        itemsize: view.itemsize,
        format: view.format.clone(),
        shape: view.shape.clone(),
        strides: view.strides.clone(),
    };
    let managed = new_object(
        PyManagedBuffer::class(),
        PyManagedBuffer {
            view: MutCell::new(Some(view)),
        },
    );
    Ok(new_object(
        PyMemoryView::class(),
        PyMemoryView {
            managed: MutCell::new(managed),
            form: NoTrace(form),
            exports: Cell::new(0),
            hash: Cell::new(-1),
            readonly,
            restricted: Cell::new(false),
        },
    ))
}

static NEW: Sig = Sig::parse("(object)");

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    python::define(vm);
    define_class::<PyManagedBuffer>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("managedbuffer")
        },
    );
    define_class::<PyMemoryView>(
        vm,
        ClassSpec {
            flags: type_flags::SEQUENCE,
            doc: Some("A view of the memory of an object that has a buffer."),
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    let who = Callee {
                        name: "memoryview",
                        qualified: &|| "memoryview".to_owned(),
                        bound: false,
                    };
                    bind(vm, &NEW, who, args, |a| new_view(vm, a[0], false))
                }));
                s.repr.set(Some(|_, v| {
                    let released = this(v).is_none_or(|m| m.managed.value().is_null());
                    let word = if released {
                        "released memory"
                    } else {
                        "memory"
                    };
                    Ok(PyStr::from_str(&format!("<{word} at {:#x}>", v.bits())))
                }));
                s.hash.set(Some(access::hash));
                s.compare.set(Some(access::compare));
                s.len.set(Some(access::len));
                s.getitem.set(Some(access::getitem));
                s.setitem.set(Some(access::setitem));
                s.iter.set(Some(|vm, v| {
                    if let Some(m) = this(v) {
                        m.check(vm)?;
                        access::check_one_dim(vm, m)?;
                    }
                    Ok(new_object(
                        PyMemoryIter::class(),
                        PyMemoryIter {
                            view: MutCell::new(v.own()),
                            index: Cell::new(0),
                        },
                    ))
                }));
                s.buffer.set(Some(buffer));
            },
            methods: methods::METHODS,
            getset: methods::GETSET,
            ..ClassSpec::new("memoryview")
        },
    );
    define_class::<PyMemoryIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            ..ClassSpec::new("memory_iterator")
        },
    );
}

pub(crate) fn this<'a>(v: Value) -> Option<&'a PyMemoryView> {
    v.cast::<PyMemoryView>()
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyMemoryIter>() else {
        return Ok(Owned::NULL);
    };
    let view = it.view.own();
    let Some(m) = this(view.value()) else {
        return Ok(Owned::NULL);
    };
    m.check(vm)?;
    let i = it.index.get();
    let (Some(n), Some(s)) = (m.form.shape.first(), m.form.strides.first()) else {
        return Ok(Owned::NULL);
    };
    if i >= *n {
        it.view.set(Owned::NULL);
        return Ok(Owned::NULL);
    }
    it.index.set(i + 1);
    let bytes = m.item_bytes(m.form.offset + i as isize * s);
    unpack_item(vm, &m.form.format, bytes)
}

fn buffer(vm: &Vm, v: Value, writable: bool) -> PyResult<BufferView> {
    let Some(m) = this(v) else {
        return Err(vm.type_error("a memoryview is required"));
    };
    m.check(vm)?;
    m.check_free(vm)?;
    if writable && m.readonly {
        return Err(vm.buffer_error("memoryview: underlying buffer is not writable"));
    }
    m.exports.set(m.exports.get() + 1);
    let ptr = m
        .memory()
        .as_ptr()
        .cast_mut()
        .wrapping_offset(m.form.offset);
    Ok(BufferView {
        owner: v.own(),
        ptr,
        len: m.form.nbytes(),
        readonly: m.readonly,
        itemsize: m.form.itemsize,
        format: m.form.format.clone(),
        shape: m.form.shape.clone(),
        strides: m.form.strides.clone(),
        release: Some(|v| {
            if let Some(m) = this(v) {
                m.exports.set(m.exports.get().saturating_sub(1));
            }
        }),
    })
}
