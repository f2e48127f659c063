//! The cycle collector: trial deletion over the tracked objects of a generation (the algorithm of CPython's
//! `Python/gc.c`). References from running frames, natives and immediates' tables are simply not found inside the
//! generation, so whatever they hold stays.

use super::Heap;
use crate::object::{GC_MARK, GC_OLD, Header};
use crate::value::Owned;
use crate::vm::Vm;

/// What a collection did.
#[derive(Clone, Copy, Default, Debug)]
pub struct Outcome {
    pub collected: usize,
    pub uncollectable: usize,
}

/// Reports every reference an object holds.
pub fn trace_object(h: &Header, t: crate::object::Tracer<'_>) {
    let class = h.class();
    // SAFETY: the payload is live.
    unsafe { (class.layout.trace)(h.payload_ptr(), t) };
    h.trace_prefix(t);
}

/// Runs the collection that allocation has asked for.
pub fn collect_if_due(vm: &Vm) {
    let heap = &vm.heap;
    heap.pending.set(false);
    if !heap.enabled.get() || heap.threshold.get().0 == 0 {
        return;
    }
    let (t0, t1, _) = heap.threshold.get();
    if heap.young.get().len() <= t0 && !heap.zeal.get() {
        return;
    }
    let many = heap.since_full.get() >= t1.max(1);
    let grown = heap.old.get().len() > heap.old_after_full.get() + heap.old_after_full.get() / 4;
    let generation = if many && grown { 2 } else { 0 };
    collect(vm, generation);
}

/// Collects a generation (0 and 1: the young list; 2: everything).
pub fn collect(vm: &Vm, generation: usize) -> Outcome {
    let heap = &vm.heap;
    if heap.collecting.replace(true) {
        return Outcome::default();
    }
    vm.gc_callback("start", generation, Outcome::default());
    let full = generation >= 2;
    if full {
        promote(heap);
        heap.since_full.set(0);
    } else {
        heap.since_full.set(heap.since_full.get() + 1);
    }
    let outcome = run(vm, full);
    if full {
        heap.old_after_full.set(heap.old.get().len());
    }
    let stats = &heap.stats[generation.min(2)];
    stats.collections.set(stats.collections.get() + 1);
    stats
        .collected
        .set(stats.collected.get() + outcome.collected);
    // What the callbacks allocate starts no collection.
    vm.gc_callback("stop", generation, outcome);
    heap.collecting.set(false);
    outcome
}

/// Moves all young objects to the old list.
pub(super) fn promote(heap: &Heap) {
    let young = std::mem::take(heap.young.get_mut());
    let old = heap.old.get_mut();
    old.reserve(young.len());
    for h in young {
        // SAFETY: listed objects are live.
        let header = unsafe { &*h };
        header.set_gc_flag(GC_OLD, true);
        header.set_gc_index(Some(old.len()));
        old.push(h);
    }
}

const REACHED: u32 = u32::MAX;

/// Finds the objects of the list that nothing outside holds. `extra` references on each are the caller's own.
fn unreachable(
    list: &[*mut Header],
    extra: u32,
    position: impl Fn(&Header) -> Option<usize>,
) -> Vec<*mut Header> {
    // SAFETY: the objects are live; nothing is freed during the search.
    let header = |h: *mut Header| unsafe { &*h };
    let mut counts: Vec<u32> = list.iter().map(|h| header(*h).refs() - extra).collect();
    for &h in list {
        header(h).set_gc_flag(GC_MARK, true);
    }
    for &h in list {
        trace_object(header(h), &mut |v| {
            let t = v.header();
            if t.gc_flag(GC_MARK)
                && let Some(i) = position(t)
            {
                counts[i] = counts[i].saturating_sub(1);
            }
        });
    }
    let mut work: Vec<usize> = (0..list.len()).filter(|&i| counts[i] > 0).collect();
    for &i in &work {
        counts[i] = REACHED;
    }
    while let Some(i) = work.pop() {
        trace_object(header(list[i]), &mut |v| {
            let t = v.header();
            if t.gc_flag(GC_MARK)
                && let Some(j) = position(t)
                && counts[j] != REACHED
            {
                counts[j] = REACHED;
                work.push(j);
            }
        });
    }
    for &h in list {
        header(h).set_gc_flag(GC_MARK, false);
    }
    (0..list.len())
        .filter(|&i| counts[i] != REACHED)
        .map(|i| list[i])
        .collect()
}

fn run(vm: &Vm, full: bool) -> Outcome {
    let heap = &vm.heap;
    let list: Vec<*mut Header> = if full {
        heap.old.get()[heap.frozen.get().min(heap.old.get().len())..].to_vec()
    } else {
        heap.young.get().clone()
    };
    let skip = if full {
        heap.frozen.get().min(heap.old.get().len())
    } else {
        0
    };
    let dead = unreachable(&list, 0, |h| h.gc_index().and_then(|i| i.checked_sub(skip)));
    // Keep the dead alive while finalizers and callbacks run.
    // SAFETY: the objects are live.
    let held: Vec<Owned> = dead
        .iter()
        .map(|h| unsafe { (**h).value().own() })
        .collect();
    if !full {
        promote(heap);
    }
    if held.is_empty() {
        return Outcome::default();
    }
    clear_weakrefs(vm, &held);
    let mut finalizers = false;
    for o in &held {
        let h = o.header();
        if h.class().slots.del.get().is_some() && !h.gc_flag(crate::object::GC_FINALIZED) {
            finalizers = true;
            super::finalize(h);
        }
    }
    let garbage: Vec<Owned> = if finalizers {
        // What finalizers have brought back, or made reachable again, stays.
        let mut ptrs: Vec<*mut Header> = held.iter().map(|o| o.header_ptr()).collect();
        ptrs.sort();
        let still = unreachable(&ptrs, 1, |h| {
            ptrs.binary_search(&(h as *const Header as *mut Header))
                .ok()
        });
        // SAFETY: held above.
        still
            .iter()
            .map(|h| unsafe { (**h).value().own() })
            .collect()
    } else {
        held.clone()
    };
    drop(held);
    if heap.debug.get() & 32 != 0 {
        vm.save_garbage(&garbage);
        return Outcome {
            collected: garbage.len(),
            uncollectable: 0,
        };
    }
    let collected = garbage.len();
    for o in &garbage {
        let h = o.header();
        if h.refs() == 1 {
            continue;
        }
        // SAFETY: the payload is live; we hold a reference.
        unsafe { (h.class().layout.clear)(h.payload_ptr()) };
        h.clear_prefix();
    }
    drop(garbage);
    Outcome {
        collected,
        uncollectable: 0,
    }
}

/// Clears weak references to the dead. Callbacks of references that are themselves dead are not called.
fn clear_weakrefs(vm: &Vm, dead: &[Owned]) {
    use super::weak::{PyWeakRef, clear_refs};
    for o in dead {
        o.header().set_gc_flag(GC_MARK, true);
    }
    for o in dead {
        for r in super::weak::refs_of(o.value()) {
            if r.header().gc_flag(GC_MARK)
                && let Some(w) = r.cast::<PyWeakRef>()
            {
                drop(w.callback.take());
            }
        }
    }
    for o in dead {
        o.header().set_gc_flag(GC_MARK, false);
    }
    let _ = vm;
    for o in dead {
        if o.header().gc_flag(crate::object::GC_WEAKREFS) {
            clear_refs(o.header(), true);
        }
    }
}
