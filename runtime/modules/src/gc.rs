//! `gc`: the cycle collector's controls. The collector itself is the core's `mem`.

use crate::NativeModule;
use pyjit_core::mem::{cycles, inspect};
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("gc", FUNCTIONS)
    .doc("This module provides access to the garbage collector for reference cycles.\n\nenable() -- Enable automatic garbage collection.\ndisable() -- Disable automatic garbage collection.\nisenabled() -- Returns true if automatic collection is enabled.\ncollect() -- Do a full collection right now.\nget_count() -- Return the current collection counts.\nget_stats() -- Return list of dictionaries containing per-generation stats.\nset_debug() -- Set debugging flags.\nget_debug() -- Get debugging flags.\nset_threshold() -- Set the collection thresholds.\nget_threshold() -- Return the current collection thresholds.\nget_objects() -- Return a list of all objects tracked by the collector.\nis_tracked() -- Returns true if a given object is tracked.\nis_finalized() -- Returns true if a given object has been already finalized.\nget_referrers() -- Return the list of objects that refer to an object.\nget_referents() -- Return the list of objects that an object refers to.\nfreeze() -- Freeze all tracked objects and ignore them for future collections.\nunfreeze() -- Unfreeze all objects in the permanent generation.\nget_freeze_count() -- Return the number of objects in the permanent generation.\n")
    .init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let d = m.dict();
    for (name, list) in [
        ("garbage", &vm.heap.garbage),
        ("callbacks", &vm.heap.callbacks),
    ] {
        if list.value().is_null() {
            list.set(PyList::new(Vec::new()));
        }
        d.set_name(name, list.own());
    }
    for (name, bits) in [
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
        ("DEBUG_LEAK", 38),
    ] {
        d.set_name(name, Owned::small(bits));
    }
    Ok(())
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("enable", "()", |vm, _| { vm.heap.enabled.set(true); Ok(Owned::NONE) }, "Enable automatic garbage collection."),
    MethodDef::function("disable", "()", |vm, _| { vm.heap.enabled.set(false); Ok(Owned::NONE) }, "Disable automatic garbage collection."),
    MethodDef::function("isenabled", "()", |vm, _| Ok(Owned::bool(vm.heap.enabled.get())), "Returns true if automatic garbage collection is enabled."),
    MethodDef::function("set_debug", "(flags, /)", |vm, a| { vm.heap.debug.set(i64::from(vm.to_i32(a[0])?)); Ok(Owned::NONE) }, "Set the garbage collection debugging flags.\n\n  flags\n    An integer that can have the following bits turned on:\n      DEBUG_STATS - Print statistics during collection.\n      DEBUG_COLLECTABLE - Print collectable objects found.\n      DEBUG_UNCOLLECTABLE - Print unreachable but uncollectable objects\n        found.\n      DEBUG_SAVEALL - Save objects to gc.garbage rather than freeing them.\n      DEBUG_LEAK - Debug leaking programs (everything but STATS).\n\nDebugging information is written to sys.stderr."),
    MethodDef::function("get_debug", "()", |vm, _| Ok(new_int(vm.heap.debug.get())), "Get the garbage collection debugging flags."),
    MethodDef::function("get_count", "()", |vm, _| Ok(triple(vm.heap.counts())), "Return a three-tuple of the current collection counts."),
    MethodDef::function("set_threshold", "(threshold0, threshold1=None, threshold2=None, /)", set_threshold, "set_threshold(threshold0, [threshold1, [threshold2]])\nSet the collection thresholds (the collection frequency).\n\nSetting 'threshold0' to zero disables collection."),
    MethodDef::function("get_threshold", "()", |vm, _| Ok(triple(vm.heap.threshold.get())), "Return the current collection thresholds."),
    MethodDef::function("collect", "(generation=2)", collect, "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional argument\nmay be an integer specifying which generation to collect.  A ValueError\nis raised if the generation number is invalid.\n\nThe number of unreachable objects is returned."),
    MethodDef::function("get_objects", "(generation=None)", get_objects, "Return a list of objects tracked by the collector (excluding the list returned).\n\n  generation\n    Generation to extract the objects from.\n\nIf generation is not None, return only the objects tracked by the\ncollector that are in that generation."),
    MethodDef::function("get_stats", "()", get_stats, "Return a list of dictionaries containing per-generation statistics."),
    MethodDef::function("is_tracked", "(obj, /)", is_tracked, "Returns true if the object is tracked by the garbage collector.\n\nSimple atomic objects will return false."),
    MethodDef::function("is_finalized", "(obj, /)", |_, a| Ok(Owned::bool(inspect::is_finalized(a[0]))), "Returns true if the object has been already finalized by the GC."),
    MethodDef::function("get_referrers", "(*objs)", get_referrers, "Return the list of objects that directly refer to any of 'objs'."),
    MethodDef::function("get_referents", "(*objs)", |vm, a| Ok(PyList::new(vm.tuple_items(a[0]).iter().flat_map(|v| inspect::referents(*v)).collect())), "Return the list of objects that are directly referred to by 'objs'."),
    MethodDef::function("freeze", "()", |vm, _| { vm.heap.freeze(); Ok(Owned::NONE) }, "Freeze all current tracked objects and ignore them for future collections.\n\nThis can be used before a POSIX fork() call to make the gc copy-on-write\nfriendly.\nNote: collection before a POSIX fork() call may free pages for future\nallocation which can cause copy-on-write."),
    MethodDef::function("unfreeze", "()", |vm, _| { vm.heap.unfreeze(); Ok(Owned::NONE) }, "Unfreeze all objects in the permanent generation.\n\nPut all objects in the permanent generation back into oldest generation."),
    MethodDef::function("get_freeze_count", "()", |vm, _| Ok(new_usize(vm.heap.frozen_count())), "Return the number of objects in the permanent generation."),
];

fn triple(t: (usize, usize, usize)) -> Owned {
    PyTuple::new(vec![new_usize(t.0), new_usize(t.1), new_usize(t.2)])
}

fn set_threshold(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let old = vm.heap.threshold.get();
    let one = |v: Value, old: usize| -> PyResult<usize> {
        if v.is_null() {
            return Ok(old);
        }
        Ok(vm.to_i32(v)?.max(0) as usize)
    };
    vm.heap
        .threshold
        .set((one(a[0], old.0)?, one(a[1], old.1)?, one(a[2], old.2)?));
    Ok(Owned::NONE)
}

fn collect(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let generation = if a[0].is_null() { 2 } else { vm.to_i32(a[0])? };
    if !(0..=2).contains(&generation) {
        return Err(vm.value_error("invalid generation"));
    }
    let outcome = cycles::collect(vm, generation as usize);
    Ok(new_usize(outcome.collected + outcome.uncollectable))
}

fn get_objects(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let generation = match a[0].given() {
        None => None,
        Some(g) => {
            let g = vm.to_size(g)?;
            if g >= 3 {
                return Err(vm.value_error("generation parameter must be less than the number of available generations (3)"));
            }
            if g < 0 {
                return Err(vm.value_error("generation parameter cannot be negative"));
            }
            Some(g as usize)
        }
    };
    Ok(PyList::new(vm.heap.tracked(generation)))
}

fn get_stats(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    let lines = vm.heap.stats.iter().map(|s| {
        let d = PyDict::new();
        if let Some(d) = d.cast::<PyDict>() {
            d.set_name("collections", new_usize(s.collections.get()));
            d.set_name("collected", new_usize(s.collected.get()));
            d.set_name("uncollectable", new_usize(s.uncollectable.get()));
        }
        d
    });
    Ok(PyList::new(lines.collect()))
}

fn is_tracked(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let v = a[0];
    let empty_tuple = v.cast_exact::<PyTuple>().is_some_and(|t| t.is_empty());
    Ok(Owned::bool(
        v.is_heap() && v.header().is_tracked() && !empty_tuple,
    ))
}

fn get_referrers(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let wanted = vm.tuple_items(a[0]);
    let found = vm
        .heap
        .tracked(None)
        .into_iter()
        .filter(|o| !o.value().is(a[0]) && inspect::refers_to(o.value(), wanted));
    Ok(PyList::new(found.collect()))
}
