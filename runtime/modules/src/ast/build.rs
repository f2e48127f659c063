//! From trees of plain nodes to node objects.

use super::classes::{Nodes, PyAst, nodes};
use pyjit_compile::astdump::{AstNode, Item};
use pyjit_core::prelude::*;

/// The node object of a tree.
pub fn tree_object(vm: &Vm, tree: AstNode) -> PyResult<Owned> {
    let n = nodes(vm)?;
    node(vm, n, tree)
}

fn node(vm: &Vm, n: &Nodes, tree: AstNode) -> PyResult<Owned> {
    vm.check_native_stack()
        .map_err(|_| vm.error(vm.exc.RecursionError, "maximum recursion depth exceeded during ast construction"))?;
    let k = tree.kind as usize;
    if let Some(shared) = n.shared.get(k).filter(|s| !s.is_null()) {
        return Ok(shared.clone());
    }
    let (Some(class), Some(names)) = (
        n.classes.get(k).and_then(|c| c.cast::<TypeObject>()),
        n.fields.get(k),
    ) else {
        return Err(vm.runtime_error("unknown kind of node"));
    };
    let object = new_object(class, PyAst { unused: () });
    let h = object.header();
    for (name, value) in names.iter().zip(tree.fields) {
        let v = item(vm, n, value)?;
        h.set_own_attr(vm, name.value(), v)?;
    }
    if let Some(place) = tree.position {
        for (name, at) in n.place.iter().zip(place) {
            h.set_own_attr(vm, name.value(), new_int(i64::from(at)))?;
        }
    }
    Ok(object)
}

fn item(vm: &Vm, n: &Nodes, value: Item) -> PyResult<Owned> {
    Ok(match value {
        Item::None => Owned::NONE,
        Item::Int(i) => new_int(i),
        Item::Str(s) => intern(&s),
        Item::Const(c) => const_value(c),
        Item::Node(t) => node(vm, n, t)?,
        Item::List(items) => {
            let mut out = Vec::with_capacity(items.len());
            for i in items {
                out.push(item(vm, n, i)?);
            }
            PyList::new(out)
        }
    })
}
