//! `_collections`: deque, defaultdict, OrderedDict, the descriptors of named tuples, and counting.

mod count;
mod defaultdict;
mod deque;
mod odict;
mod tuplegetter;

use crate::NativeModule;
use pyjit_core::prelude::*;

pub use odict::PyOrderedDict;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_collections", FUNCTIONS)
    .doc("High performance data structures.")
    .init(init);

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "_count_elements",
    "(mapping, iterable, /)",
    count::count_elements,
    "Count elements in the iterable, updating the mapping",
)];

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    deque::define(vm, module);
    defaultdict::define(vm, module);
    odict::define(vm, module);
    tuplegetter::define(vm, module);
    Ok(())
}
