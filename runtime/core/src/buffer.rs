//! The buffer protocol: a view of the bytes behind an object.

use crate::value::Owned;
use crate::value::Value;
use crate::vm::{PyResult, Vm};

/// A view of memory: one-dimensional and contiguous unless `shape`/`strides` say otherwise.
pub struct BufferView {
    /// Keeps the memory alive; dropping the view releases the export.
    pub owner: Owned,
    pub ptr: *mut u8,
    pub len: usize,
    pub readonly: bool,
    pub itemsize: usize,
    /// `struct` format of one item.
    pub format: String,
    pub shape: Vec<usize>,
    pub strides: Vec<isize>,
    /// Called when the view is released.
    pub release: Option<fn(Value)>,
}
/// `(object, writable wanted)`.
pub type BufferFn = fn(&Vm, Value, bool) -> PyResult<BufferView>;

static PYTHON: std::sync::OnceLock<BufferFn> = std::sync::OnceLock::new();

/// Says how a buffer is had from an object whose Python class defines `__buffer__` or `__release_buffer__`.
pub fn install_python_buffer(f: BufferFn) {
    PYTHON.get_or_init(|| f);
}

/// The buffer slot of a Python class with this MRO, base classes aside.
pub(crate) fn python_buffer(vm: &Vm, class: &crate::object::TypeObject) -> Option<BufferFn> {
    use crate::object::TypeObject;
    let names = [
        vm.names.__buffer__.value(),
        vm.names.__release_buffer__.value(),
    ];
    for c in class.mro_slice() {
        let c = c.cast::<TypeObject>()?;
        if !c.heap.get() {
            if c.slots.buffer.get().is_some() {
                return None;
            }
        } else if names.iter().any(|n| c.own_dict_get(*n).is_some()) {
            return PYTHON.get().copied();
        }
    }
    None
}

/// A view by the buffer slot of the nearest built-in class.
pub fn native_buffer(vm: &Vm, v: Value, writable: bool) -> PyResult<BufferView> {
    let mut class = Some(v.class());
    while let Some(c) = class {
        if !c.heap.get() {
            break;
        }
        class = c.base_class();
    }
    match class.and_then(|c| c.slots.buffer.get()) {
        Some(f) => f(vm, v, writable),
        None => Err(vm.type_error(format!(
            "a bytes-like object is required, not '{}'",
            v.class().name_str()
        ))),
    }
}

impl BufferView {
    /// A plain view of bytes.
    pub fn bytes(
        owner: Owned,
        ptr: *mut u8,
        len: usize,
        readonly: bool,
        release: Option<fn(Value)>,
    ) -> BufferView {
        BufferView {
            owner,
            ptr,
            len,
            readonly,
            itemsize: 1,
            format: "B".into(),
            shape: vec![len],
            strides: vec![1],
            release,
        }
    }
    /// The bytes; contiguous views only.
    pub fn as_slice(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the exporter keeps `len` bytes in place while the view exists.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }
    /// The bytes, writable; contiguous writable views only.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        if self.len == 0 || self.readonly {
            return &mut [];
        }
        // SAFETY: as above, and the exporter allows writing.
        unsafe { std::slice::from_raw_parts_mut(self.ptr, self.len) }
    }
}
impl Drop for BufferView {
    fn drop(&mut self) {
        if let Some(f) = self.release {
            f(self.owner.value());
        }
    }
}
impl crate::object::Trace for BufferView {
    fn trace(&self, t: crate::object::Tracer<'_>) {
        self.owner.trace(t);
    }
}

impl Vm {
    /// A view of an object's bytes; TypeError if it has none.
    pub fn buffer(&self, v: Value, writable: bool) -> PyResult<BufferView> {
        match v.class().slots.buffer.get() {
            Some(f) => match f(self, v, writable) {
                Err(e) if writable && e.is_instance(self.exc.BufferError) => {
                    Err(self.type_error(format!(
                        "read-write bytes-like object expected, not {}",
                        v.class().name_str()
                    )))
                }
                other => other,
            },
            None if writable => Err(self.type_error(format!(
                "read-write bytes-like object expected, not {}",
                v.class().name_str()
            ))),
            None => Err(self.type_error(format!(
                "a bytes-like object is required, not '{}'",
                v.class().name_str()
            ))),
        }
    }
    /// The bytes of a bytes-like object, copied.
    pub fn bytes_of(&self, v: Value) -> PyResult<Vec<u8>> {
        if let Some(b) = v.cast::<crate::types::PyBytes>() {
            return Ok(b.as_slice().to_vec());
        }
        let view = self.buffer(v, false)?;
        if view.is_contiguous() {
            return Ok(view.as_slice().to_vec());
        }
        Ok(view.gather())
    }
}
impl BufferView {
    /// Whether items follow each other without gaps, in C order.
    pub fn is_contiguous(&self) -> bool {
        let mut expect = self.itemsize as isize;
        for (n, s) in self.shape.iter().zip(&self.strides).rev() {
            if *n > 1 && *s != expect {
                return false;
            }
            expect *= *n as isize;
        }
        true
    }
    /// All items in C order, copied.
    pub fn gather(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len);
        self.walk(0, 0, &mut out);
        out
    }
    fn walk(&self, dim: usize, offset: isize, out: &mut Vec<u8>) {
        if dim == self.shape.len() {
            for i in 0..self.itemsize {
                // SAFETY: shape and strides stay within the exporter's memory.
                out.push(unsafe { *self.ptr.offset(offset + i as isize) });
            }
            return;
        }
        for i in 0..self.shape[dim] {
            self.walk(dim + 1, offset + i as isize * self.strides[dim], out);
        }
    }
}
