//! What the `gc` module asks about the heap: tracked objects, their edges, the frozen part.

use super::Heap;
use super::cycles::{promote, trace_object};
use crate::object::GC_FINALIZED;
use crate::types::{PyDict, PyList, PyTuple};
use crate::value::{Owned, Value};

impl Heap {
    /// The tracked objects of a generation (0: young, 1: none, 2: old without the frozen ones), or of all.
    pub fn tracked(&self, generation: Option<usize>) -> Vec<Owned> {
        let mut out = Vec::new();
        let mut take = |list: &[*mut crate::object::Header]| {
            // SAFETY: listed objects are live.
            out.extend(list.iter().map(|h| unsafe { (**h).value().own() }));
        };
        if generation.is_none_or(|g| g == 0) {
            take(self.young.get());
        }
        if generation.is_none_or(|g| g == 2) {
            take(self.old.get().get(self.frozen.get()..).unwrap_or(&[]));
        }
        out
    }
    /// Young objects, young collections since the last full one, and a third number that is always 0.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.young.get().len(), self.since_full.get(), 0)
    }
    /// Puts every tracked object out of the collector's sight.
    pub fn freeze(&self) {
        promote(self);
        self.frozen.set(self.old.get().len());
    }
    pub fn unfreeze(&self) {
        self.frozen.set(0);
    }
    pub fn frozen_count(&self) -> usize {
        self.frozen.get().min(self.old.get().len())
    }
}

/// What an object refers to, in no particular order; one entry for each reference. The items of lists, tuples and
/// dictionaries are all there, even those that need no memory of their own.
pub fn referents(v: Value) -> Vec<Owned> {
    if let Some(l) = v.cast_exact::<PyList>() {
        return l.snapshot();
    }
    if let Some(t) = v.cast_exact::<PyTuple>() {
        return t.as_slice().iter().map(|v| v.own()).collect();
    }
    if let Some(d) = v.cast_exact::<PyDict>() {
        return d.items().into_iter().flat_map(|(k, v)| [k, v]).collect();
    }
    let mut out = Vec::new();
    if v.is_heap() {
        trace_object(v.header(), &mut |r| out.push(r.own()));
    }
    out
}

/// Whether an object refers to any of the others.
pub fn refers_to(v: Value, others: &[Value]) -> bool {
    let mut found = false;
    if v.is_heap() {
        trace_object(v.header(), &mut |r| found |= others.iter().any(|o| o.is(r)));
    }
    found
}

/// Whether the finalizer has run.
pub fn is_finalized(v: Value) -> bool {
    v.is_heap() && v.header().gc_flag(GC_FINALIZED)
}
