//! `repr` of nodes: three levels deep, long lists by their ends.

use super::classes::PyAst;
use super::construct::names_of;
use pyjit_core::prelude::*;

/// How many levels are shown.
const DEPTH: usize = 3;

pub(super) fn repr(vm: &Vm, node: Value) -> PyResult<Owned> {
    Ok(PyStr::from_str(&show(vm, node, DEPTH)?))
}

fn show(vm: &Vm, node: Value, depth: usize) -> PyResult<String> {
    let class = node.class();
    let name = if class.same(PyAst::class()) {
        "ast.AST".to_string()
    } else {
        class.short_name()
    };
    let fields = names_of(vm, class, "_fields")?;
    if depth == 0 {
        return Ok(format!("{name}(...)"));
    }
    let shown = vm.repr_guard(node, || {
        let mut parts = Vec::new();
        for f in &fields {
            let v = vm.getattr(node, f.value())?;
            let text = if v.is_exact::<PyList>() || v.is_exact::<PyTuple>() {
                show_list(vm, v.value(), depth - 1)?
            } else {
                item(vm, v.value(), depth - 1)?
            };
            parts.push(format!("{}={text}", text_of(f.value())));
        }
        Ok(format!("{name}({})", parts.join(", ")))
    })?;
    Ok(shown.unwrap_or_else(|| format!("{name}(...)")))
}

fn item(vm: &Vm, v: Value, depth: usize) -> PyResult<String> {
    if v.isa::<PyAst>() {
        show(vm, v, depth)
    } else {
        vm.repr_text(v)
    }
}

fn show_list(vm: &Vm, v: Value, depth: usize) -> PyResult<String> {
    let (open, close, items): (_, _, Vec<Owned>) = match v.cast::<PyList>() {
        Some(l) => ('[', ']', l.snapshot()),
        None => ('(', ')', vm.tuple_items(v).iter().map(|x| x.own()).collect()),
    };
    let mut parts = Vec::new();
    if let Some(first) = items.first() {
        parts.push(item(vm, first.value(), depth)?);
    }
    if items.len() > 2 {
        parts.push("...".to_string());
    }
    if let Some(last) = items.get(1..).and_then(|rest| rest.last()) {
        parts.push(item(vm, last.value(), depth)?);
    }
    Ok(format!("{open}{}{close}", parts.join(", ")))
}
