//! `_bisect`: positions in sorted sequences.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_bisect", FUNCTIONS).doc("Bisection algorithms.\n\nThis module provides support for maintaining a list in sorted order without\nhaving to sort the list after each insertion. For long lists of items with\nexpensive comparison operations, this can be an improvement over the more\ncommon approach.\n");

const SIG: &str = "(a, x, lo=0, hi=None, *, key=None)";

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("bisect_right", SIG, |vm, a| bisect(vm, a, a[1], true).map(new_int), "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e <= x, and all e in\na[i:] have e > x.  So if x already appears in the list, a.insert(i, x)\nwill insert just after the rightmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order."),
    MethodDef::function("insort_right", SIG, |vm, a| insort(vm, a, true), "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the right of the rightmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order."),
    MethodDef::function("bisect_left", SIG, |vm, a| bisect(vm, a, a[1], false).map(new_int), "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e < x, and all e in\na[i:] have e >= x.  So if x already appears in the list, a.insert(i, x)\nwill insert just before the leftmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order."),
    MethodDef::function("insort_left", SIG, |vm, a| insort(vm, a, false), "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the left of the leftmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order."),
];

fn bisect(vm: &Vm, a: &[Value], x: Value, right: bool) -> PyResult<i64> {
    let list = a[0];
    let mut lo = if a[2].is_null() {
        0
    } else {
        vm.to_size(a[2])? as i64
    };
    if lo < 0 {
        return Err(vm.value_error("lo must be non-negative"));
    }
    let mut hi = match a[3].given() {
        Some(h) => vm.to_size(h)? as i64,
        None => vm.len(list)? as i64,
    };
    let key = a[4].given();
    while lo < hi {
        let mid = lo + (hi - lo) / 2;
        let mut item = vm.getitem(list, new_int(mid).value())?;
        if let Some(f) = key {
            item = vm.call(f, &[item.value()])?;
        }
        let after = if right {
            !vm.compare_bool(x, item.value(), Cmp::Lt)?
        } else {
            vm.compare_bool(item.value(), x, Cmp::Lt)?
        };
        if after {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    Ok(lo)
}

fn insort(vm: &Vm, a: &[Value], right: bool) -> PyResult<Owned> {
    let i = match a[4].given() {
        Some(f) => {
            let k = vm.call(f, &[a[1]])?;
            bisect(vm, a, k.value(), right)?
        }
        None => bisect(vm, a, a[1], right)?,
    };
    if let Some(l) = a[0].cast_exact::<PyList>() {
        let items = l.items.get_mut();
        let at = (i as usize).min(items.len());
        items.insert(at, a[1].own());
        return Ok(Owned::NONE);
    }
    vm.call_method_str(a[0], "insert", &[new_int(i).value(), a[1]])?;
    Ok(Owned::NONE)
}
