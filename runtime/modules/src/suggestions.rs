//! `_suggestions`: which known name was meant by an unknown one, for `traceback`.

use crate::NativeModule;
use pyjit_core::prelude::*;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_suggestions", FUNCTIONS);

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "_generate_suggestions",
    "(candidates, item, /)",
    generate,
    "The candidate that is nearest to the item, or None.",
)];

fn generate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "_generate_suggestions() argument 2 must be str, not {}",
            a[1].class().name_str()
        )));
    }
    let Some(list) = a[0].cast_exact::<PyList>() else {
        return Err(vm.type_error("candidates must be a list"));
    };
    if list.snapshot().iter().any(|c| !c.isa::<PyStr>()) {
        return Err(vm.type_error("all elements in 'candidates' must be strings"));
    }
    Ok(match vm.suggestion(a[0], a[1])? {
        Some(s) => PyStr::from_str(&s),
        None => Owned::NONE,
    })
}
