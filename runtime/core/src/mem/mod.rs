//! Memory: reference counts, deallocation, and the lists that the cycle collector works on.

pub mod cycles;
mod free;
pub mod inspect;
pub mod weak;

pub(crate) use free::resize_block;

use crate::object::{GC_FINALIZED, GC_OLD, GC_WEAKREFS, Header, MutCell};
use crate::value::Owned;
use crate::vm::Vm;
use std::cell::Cell;

/// The collector's state. Objects stand in `young` until they have survived a collection.
#[derive(Default)]
pub struct Heap {
    pub(crate) young: MutCell<Vec<*mut Header>>,
    pub(crate) old: MutCell<Vec<*mut Header>>,
    pub enabled: Cell<bool>,
    pub(crate) collecting: Cell<bool>,
    /// Young objects at which a collection starts, and the two further numbers of `gc.set_threshold`.
    pub threshold: Cell<(usize, usize, usize)>,
    /// Size of the old list after the last full collection.
    pub(crate) old_after_full: Cell<usize>,
    /// Young collections since the last full one.
    pub(crate) since_full: Cell<usize>,
    /// Collect at every container allocation (test mode).
    pub zeal: Cell<bool>,
    /// A collection is due; runs at the next safepoint.
    pub pending: Cell<bool>,
    pub debug: Cell<i64>,
    pub stats: [GenStats; 3],
    /// `gc.garbage` and `gc.callbacks`, lists.
    pub garbage: MutCell<Owned>,
    pub callbacks: MutCell<Owned>,
    /// `gc.freeze`d objects stay out of collections.
    pub(crate) frozen: Cell<usize>,
    depth: Cell<u32>,
    late: MutCell<Vec<*mut Header>>,
    pub(crate) weak: weak::WeakTable,
    free: free::FreeLists,
}

/// Thresholds while the runtime starts: little of what is made then is garbage.
const STARTING: (usize, usize, usize) = (50_000, 10, 10);
/// Thresholds that the program finds.
const RUNNING: (usize, usize, usize) = (2000, 10, 10);

/// One line of `gc.get_stats()`.
#[derive(Default)]
pub struct GenStats {
    pub collections: Cell<usize>,
    pub collected: Cell<usize>,
    pub uncollectable: Cell<usize>,
}
impl Heap {
    pub(crate) fn start(&self) {
        self.enabled.set(true);
        self.threshold.set(STARTING);
    }
    /// Called when the program is about to run: what the start-up has made counts as old without having been looked at.
    pub fn settle(&self) {
        if self.threshold.get() == STARTING {
            self.threshold.set(RUNNING);
        }
        cycles::promote(self);
    }
    /// Whether everything that the program has made is still young.
    pub fn is_unsorted(&self) -> bool {
        self.stats.iter().all(|g| g.collections.get() == 0)
    }
}

/// Says what happened and stops: the process cannot go on.
#[cold]
pub fn out_of_memory(bytes: usize) -> ! {
    eprintln!("pyjit: out of memory (allocating {bytes} bytes)");
    std::process::abort()
}

/// Gives up one reference.
///
/// # Safety
/// The caller owns the reference.
#[inline(always)]
pub unsafe fn decref(h: *mut Header) {
    // SAFETY: the header is live: the caller holds a reference.
    let header = unsafe { &*h };
    let n = header.refs().wrapping_sub(1);
    header.set_refs(n);
    if n == 0 {
        dealloc(h);
    }
}

/// Depth of nested deallocations from which on objects are put off, so that freeing a long chain needs no native stack.
const MAX_DEPTH: u32 = 60;

/// Frees an object whose count has reached zero: finalizer, weak references, prefix, payload, memory.
#[cold]
#[inline(never)]
fn dealloc(h: *mut Header) {
    let heap = &Vm::get().heap;
    let depth = heap.depth.get();
    if depth >= MAX_DEPTH {
        // A collection meanwhile must not find what nobody refers to any more.
        // SAFETY: the memory is still there, see `dealloc_one`.
        untrack(heap, unsafe { &*h });
        heap.late.get_mut().push(h);
        return;
    }
    heap.depth.set(depth + 1);
    dealloc_one(heap, h);
    heap.depth.set(depth);
    if depth == 0 && !heap.late.get().is_empty() {
        dealloc_late(heap);
    }
}

#[cold]
#[inline(never)]
fn dealloc_late(heap: &Heap) {
    while let Some(late) = heap.late.get_mut().pop() {
        heap.depth.set(1);
        dealloc_one(heap, late);
        heap.depth.set(0);
    }
}

#[inline(always)]
fn dealloc_one(heap: &Heap, h: *mut Header) {
    // SAFETY: the count has just reached zero, so the memory is still there and nobody else uses it.
    let header = unsafe { &*h };
    let class = header.class();
    let noticed = class.slots.del.get().is_some() || header.gc_flag(GC_WEAKREFS);
    if noticed && !last_words(header, class, h) {
        return;
    }
    untrack(heap, header);
    let (prefix, layout) = (header.shape().prefix, class.layout);
    let mut size = prefix + crate::object::HEADER_SIZE + layout.size;
    // SAFETY: the payload is live and never used again; the memory was allocated with this size.
    unsafe {
        if let Some(extra) = layout.extra {
            size += extra(header.payload_ptr());
        }
        if prefix != 0 {
            header.clear_prefix();
        }
        if layout.drops {
            (layout.drop)(header.payload_ptr());
        }
        heap.give_back((h as *mut u8).sub(prefix), size);
        if class.heap.get() {
            crate::object::Payload::as_value(class).decref();
        }
    }
}

/// Finalizer and weak references of an object that is about to go; false if it stays.
#[cold]
#[inline(never)]
fn last_words(header: &Header, class: &crate::object::TypeObject, h: *mut Header) -> bool {
    if class.slots.del.get().is_some() && !finalize(header) {
        if class.layout.gc || class.prefix.get() != 0 {
            // SAFETY: its finalizer has given the object a new owner, so the memory is live.
            unsafe { track(h) };
        }
        return false;
    }
    if header.gc_flag(GC_WEAKREFS) {
        header.set_refs(1);
        weak::clear_refs(header, true);
        let n = header.refs() - 1;
        header.set_refs(n);
        return n == 0;
    }
    true
}

/// Runs the finalizer once (PEP 442). False if the object has been brought back to life.
pub(crate) fn finalize(header: &Header) -> bool {
    if header.gc_flag(GC_FINALIZED) {
        return true;
    }
    let Some(del) = header.class().slots.del.get() else {
        return true;
    };
    header.set_gc_flag(GC_FINALIZED, true);
    header.set_refs(header.refs() + 1);
    let vm = Vm::get();
    if let Err(e) = vm.guarded(|| del(vm, header.value())) {
        vm.write_unraisable(
            e,
            "Exception ignored while calling deallocator",
            header.class().lookup(vm, vm.names.__del__.value()),
        );
    }
    let n = header.refs() - 1;
    header.set_refs(n);
    n == 0
}

/// Puts an object on the young list.
///
/// # Safety
/// The header is one of a live object.
#[inline]
pub unsafe fn track(h: *mut Header) {
    let heap = &Vm::get().heap;
    let young = heap.young.get_mut();
    // SAFETY: a fresh or live object.
    let header = unsafe { &*h };
    if header.is_tracked() {
        return;
    }
    header.set_gc_index(Some(young.len()));
    young.push(h);
    if young.len() > heap.threshold.get().0 || heap.zeal.get() {
        heap.pending.set(true);
        Vm::get().request_safepoint();
    }
}

/// Takes an object off its list.
#[inline]
pub fn untrack(heap: &Heap, header: &Header) {
    let Some(i) = header.gc_index() else { return };
    let list = if header.gc_flag(GC_OLD) {
        heap.old.get_mut()
    } else {
        heap.young.get_mut()
    };
    list.swap_remove(i);
    if let Some(&moved) = list.get(i) {
        // SAFETY: listed objects are live.
        unsafe { (*moved).set_gc_index(Some(i)) };
    }
    header.set_gc_index(None);
    header.set_gc_flag(GC_OLD, false);
}
