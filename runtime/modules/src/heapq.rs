//! `_heapq`: priority queues in lists. Comparisons run Python code, so every step looks the list's length up again.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_heapq", FUNCTIONS)
    .doc("Heap queue algorithm (a.k.a. priority queue).\n\nHeaps are arrays for which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for\nall k, counting elements from 0.  For the sake of comparison,\nnon-existing elements are considered to be infinite.  The interesting\nproperty of a heap is that a[0] is always its smallest element.")
    .init(|_, m| {
        m.dict().set_name("__about__", PyStr::from_str("Heap queues: binary trees laid out in arrays, where every parent\ncomes before its children in the order. The root is the extreme\nelement; replacing it costs a number of comparisons that grows with\nthe logarithm of the size."));
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("heappush", "(heap, item, /)", |vm, a| push(vm, a, false), "Push item onto heap, maintaining the heap invariant."),
    MethodDef::function("heappushpop", "(heap, item, /)", |vm, a| push_pop(vm, a, false), "Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more efficiently than heappush() followed by\na separate call to heappop()."),
    MethodDef::function("heappop", "(heap, /)", |vm, a| pop(vm, a, false), "Pop the smallest item off the heap, maintaining the heap invariant."),
    MethodDef::function("heapreplace", "(heap, item, /)", |vm, a| replace(vm, a, false), "Pop and return the current smallest value, and add the new item.\n\nThis is more efficient than heappop() followed by heappush(), and can be\nmore appropriate when using a fixed-size heap.  Note that the value\nreturned may be larger than item!  That constrains reasonable uses of\nthis routine unless written as part of a conditional replacement:\n\n    if item > heap[0]:\n        item = heapreplace(heap, item)"),
    MethodDef::function("heapify", "(heap, /)", |vm, a| heapify(vm, a, false), "Transform list into a heap, in-place, in O(len(heap)) time."),
    MethodDef::function("heappush_max", "(heap, item, /)", |vm, a| push(vm, a, true), "Push item onto max heap, maintaining the heap invariant."),
    MethodDef::function("heappushpop_max", "(heap, item, /)", |vm, a| push_pop(vm, a, true), "Maxheap variant of heappushpop.\n\nThe combined action runs more efficiently than heappush_max()\nfollowed by a separate call to heappop_max()."),
    MethodDef::function("heappop_max", "(heap, /)", |vm, a| pop(vm, a, true), "Maxheap variant of heappop."),
    MethodDef::function("heapreplace_max", "(heap, item, /)", |vm, a| replace(vm, a, true), "Maxheap variant of heapreplace."),
    MethodDef::function("heapify_max", "(heap, /)", |vm, a| heapify(vm, a, true), "Maxheap variant of heapify."),
];

struct Heap<'a> {
    vm: &'a Vm,
    list: &'a PyList,
    max: bool,
}

impl<'a> Heap<'a> {
    fn new(vm: &'a Vm, v: Value, max: bool, who: &str, several: bool) -> PyResult<Heap<'a>> {
        match v.cast::<PyList>() {
            Some(list) => Ok(Heap { vm, list, max }),
            None => Err(vm.type_error(format!(
                "{who}{}() argument {}must be list, not {}",
                if max { "_max" } else { "" },
                if several { "1 " } else { "" },
                v.class().name_str()
            ))),
        }
    }
    fn changed(&self) -> Raised {
        self.vm
            .runtime_error("list changed size during iteration")
    }
    fn get(&self, i: usize) -> PyResult<Owned> {
        self.list.get(i).ok_or_else(|| self.changed())
    }
    /// Whether `a` comes before `b`.
    fn before(&self, a: &Owned, b: &Owned) -> PyResult<bool> {
        let n = self.list.len();
        let r = if self.max {
            self.vm.compare_bool(b.value(), a.value(), Cmp::Lt)
        } else {
            self.vm.compare_bool(a.value(), b.value(), Cmp::Lt)
        }?;
        if self.list.len() != n {
            return Err(self.changed());
        }
        Ok(r)
    }
    fn swap(&self, i: usize, j: usize) {
        let items = self.list.items.get_mut();
        if i < items.len() && j < items.len() {
            items.swap(i, j);
        }
    }
    /// Moves the item at `at` towards `start` until its parent comes before it.
    fn rise(&self, start: usize, mut at: usize) -> PyResult<()> {
        while at > start {
            let parent = (at - 1) / 2;
            if !self.before(&self.get(at)?, &self.get(parent)?)? {
                break;
            }
            self.swap(at, parent);
            at = parent;
        }
        Ok(())
    }
    /// Moves the item at `at` down to a leaf along the earlier children, then up to its place.
    fn sink(&self, start: usize) -> PyResult<()> {
        let mut at = start;
        let end = self.list.len();
        while at < end / 2 {
            let mut child = 2 * at + 1;
            if child + 1 < end && !self.before(&self.get(child)?, &self.get(child + 1)?)? {
                child += 1;
            }
            self.swap(at, child);
            at = child;
        }
        self.rise(start, at)
    }
    fn put_first(&self, v: Owned) -> PyResult<Owned> {
        match self.list.items.get_mut().first_mut() {
            Some(place) => Ok(std::mem::replace(place, v)),
            None => Err(self.vm.index_error("index out of range")),
        }
    }
}

fn push(vm: &Vm, a: &[Value], max: bool) -> PyResult<Owned> {
    let h = Heap::new(vm, a[0], max, "heappush", true)?;
    h.list.push(a[1].own());
    h.rise(0, h.list.len() - 1)?;
    Ok(Owned::NONE)
}

fn pop(vm: &Vm, a: &[Value], max: bool) -> PyResult<Owned> {
    let h = Heap::new(vm, a[0], max, "heappop", false)?;
    let Some(last) = h.list.items.get_mut().pop() else {
        return Err(vm.index_error("index out of range"));
    };
    if h.list.is_empty() {
        return Ok(last);
    }
    let first = h.put_first(last)?;
    h.sink(0)?;
    Ok(first)
}

fn replace(vm: &Vm, a: &[Value], max: bool) -> PyResult<Owned> {
    let h = Heap::new(vm, a[0], max, "heapreplace", true)?;
    let first = h.put_first(a[1].own())?;
    h.sink(0)?;
    Ok(first)
}

fn push_pop(vm: &Vm, a: &[Value], max: bool) -> PyResult<Owned> {
    let h = Heap::new(vm, a[0], max, "heappushpop", true)?;
    let item = a[1].own();
    let Some(first) = h.list.get(0) else {
        return Ok(item);
    };
    // The comparison may have emptied the heap, which `put_first` reports.
    let (a, b) = if max { (&item, &first) } else { (&first, &item) };
    if !vm.compare_bool(a.value(), b.value(), Cmp::Lt)? {
        return Ok(item);
    }
    let first = h.put_first(item)?;
    h.sink(0)?;
    Ok(first)
}

fn heapify(vm: &Vm, a: &[Value], max: bool) -> PyResult<Owned> {
    let h = Heap::new(vm, a[0], max, "heapify", false)?;
    for i in (0..h.list.len() / 2).rev() {
        h.sink(i)?;
    }
    Ok(Owned::NONE)
}
