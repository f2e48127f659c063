//! `cell`: the box of a variable that closures share.

use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyCell>(
        vm,
        ClassSpec {
            flags: 0,
            doc: Some(
                "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
            ),
            slots: |s| {
                s.new.set(Some(cell_new));
                s.repr.set(Some(cell_repr));
                s.compare.set(Some(cell_compare));
            },
            getset: GETSET,
            ..ClassSpec::new("cell")
        },
    );
}

static GETSET: &[GetSetDef] = &[GetSetDef::write("cell_contents", contents, set_contents)];
static SIG: Sig = Sig::parse("(contents=None, /)");

fn cell_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "cell",
        qualified: &|| "cell".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        Ok(new_object(
            class,
            PyCell {
                content: MutCell::new(a[0].own()),
            },
        ))
    })
}

fn content_of(v: Value) -> Owned {
    v.cast::<PyCell>().map_or(Owned::NULL, |c| c.content.own())
}

fn contents(vm: &Vm, v: Value) -> PyResult<Owned> {
    let c = content_of(v);
    if c.is_null() {
        return Err(vm.value_error("Cell is empty"));
    }
    Ok(c)
}

fn set_contents(_: &Vm, v: Value, new: Value) -> PyResult<()> {
    if let Some(c) = v.cast::<PyCell>() {
        c.content.set(new.own());
    }
    Ok(())
}

fn cell_repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let c = content_of(v);
    let what = if c.is_null() {
        "empty".to_string()
    } else {
        format!("{} object at {:#x}", c.class().name_str(), c.bits())
    };
    Ok(PyStr::from_str(&format!(
        "<cell at {:#x}: {what}>",
        v.bits()
    )))
}

fn cell_compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    if !a.isa::<PyCell>() || !b.isa::<PyCell>() {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let (x, y) = (content_of(a), content_of(b));
    match (x.is_null(), y.is_null()) {
        (false, false) => vm.compare(x.value(), y.value(), op),
        // An empty cell comes before any other.
        (e, f) => Ok(Owned::bool(op.of(f.cmp(&e)))),
    }
}
