//! `slice` and the arithmetic of slice bounds.

use crate::object::{self, Payload};
use crate::py_class;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

py_class! {
    /// A slice.
    pub struct PySlice as "slice" { pub start: Owned, pub stop: Owned, pub step: Owned }
}

/// A slice applied to a length: items `start, start + step, ...`, `len` of them.
#[derive(Clone, Copy, Debug)]
pub struct SliceBounds {
    pub start: isize,
    pub stop: isize,
    pub step: isize,
    pub len: usize,
}

impl PySlice {
    pub fn new(start: Owned, stop: Owned, step: Owned) -> Owned {
        let (class, plain) = (
            PySlice::class(),
            !start.is_heap() && !stop.is_heap() && !step.is_heap(),
        );
        let s = PySlice { start, stop, step };
        if plain {
            object::new_acyclic_object(class, s)
        } else {
            object::new_object(class, s)
        }
    }
    /// `slice.indices`, clipped to the machine's sizes. Runs `__index__`, so take the length afterwards.
    pub fn unpack(&self, vm: &Vm) -> PyResult<(isize, isize, isize)> {
        let one = |v: Value, default: isize| -> PyResult<isize> {
            if v.is_none() {
                return Ok(default);
            }
            if let Some(i) = v.as_small() {
                return Ok(i as isize);
            }
            vm.index_clipped(v).map_err(|e| slice_error(vm, v, e))
        };
        let step = one(self.step.value(), 1)?;
        if step == 0 {
            return Err(vm.value_error("slice step cannot be zero"));
        }
        let step = step.max(-isize::MAX);
        let start = one(self.start.value(), if step < 0 { isize::MAX } else { 0 })?;
        let stop = one(
            self.stop.value(),
            if step < 0 { isize::MIN } else { isize::MAX },
        )?;
        Ok((start, stop, step))
    }
    /// The bounds over `len` items.
    pub fn bounds(&self, vm: &Vm, len: usize) -> PyResult<SliceBounds> {
        let (start, stop, step) = self.unpack(vm)?;
        Ok(SliceBounds::adjust(start, stop, step, len))
    }
}

fn slice_error(vm: &Vm, v: Value, e: crate::vm::Raised) -> crate::vm::Raised {
    if v.class().slots.index.get().is_none() {
        return vm.type_error("slice indices must be integers or None or have an __index__ method");
    }
    e
}

impl SliceBounds {
    /// Clips unpacked bounds to a length.
    pub fn adjust(start: isize, stop: isize, step: isize, len: usize) -> SliceBounds {
        let n = len as isize;
        let clip = |v: isize| -> isize {
            if v < 0 {
                let v = v.saturating_add(n);
                if v < 0 {
                    if step < 0 { -1 } else { 0 }
                } else {
                    v
                }
            } else if v >= n {
                if step < 0 { n - 1 } else { n }
            } else {
                v
            }
        };
        let (start, stop) = (clip(start), clip(stop));
        let len = if step < 0 {
            if stop < start {
                ((start - stop - 1) / -step + 1) as usize
            } else {
                0
            }
        } else if start < stop {
            ((stop - start - 1) / step + 1) as usize
        } else {
            0
        };
        SliceBounds {
            start,
            stop,
            step,
            len,
        }
    }
    /// The positions, in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.len).map(move |i| (self.start + i as isize * self.step) as usize)
    }
}
