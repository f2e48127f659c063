//! `_ast`: the classes of syntax tree nodes, made from the grammar's table.

mod build;
mod classes;
mod construct;
mod read;
mod show;

use crate::NativeModule;
use pyjit_core::prelude::*;

pub use build::tree_object;
pub use read::read_tree;
pub use classes::{Nodes, PyAst, nodes};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_ast", &[]).init(init);

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    let n = nodes(vm)?;
    let d = m.dict();
    crate::add_class(m, PyAst::class());
    for c in n.groups.iter().chain(&n.classes) {
        if let Some(class) = c.cast::<TypeObject>() {
            d.set_str(class.name.value(), c.clone());
        }
    }
    for (name, flag) in [
        ("PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000),
        ("PyCF_ONLY_AST", 0x400),
        ("PyCF_TYPE_COMMENTS", 0x1000),
        ("PyCF_OPTIMIZED_AST", 0x8400),
    ] {
        d.set_name(name, new_int(flag));
    }
    Ok(())
}
