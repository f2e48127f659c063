//! `ast.parse(optimize=...)`: what the compiler does to a tree before it makes code of it.

use super::node::{AstNode, Item};
use super::schema::Kind;
use pyjit_isa::code::Const;

/// Replaces `__debug__`, and takes docstrings away at level 2.
pub(super) fn optimize(node: &mut AstNode, level: u8) {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
        if level >= 2 {
            drop_docstring(node);
        }
        for field in &mut node.fields {
            item(field, level);
        }
    });
}

fn item(item: &mut Item, level: u8) {
    match item {
        Item::Node(n) => {
            let debug = n.kind == Kind::Name
                && n.fields.first().and_then(Item::text) == Some("__debug__")
                && n.fields
                    .get(1)
                    .and_then(Item::node)
                    .is_some_and(|c| c.kind == Kind::Load);
            if debug {
                let value = if level == 0 {
                    Const::True
                } else {
                    Const::False
                };
                n.kind = Kind::Constant;
                n.fields = vec![Item::Const(value), Item::None];
            } else {
                optimize(n, level);
            }
        }
        Item::List(l) => l.iter_mut().for_each(|i| self::item(i, level)),
        _ => {}
    }
}

fn drop_docstring(node: &mut AstNode) {
    let at = match node.kind {
        Kind::Module => 0,
        Kind::FunctionDef | Kind::AsyncFunctionDef => 2,
        Kind::ClassDef => 3,
        _ => return,
    };
    let Some(Item::List(body)) = node.fields.get_mut(at) else {
        return;
    };
    let text = |n: &AstNode| {
        n.kind == Kind::Constant && matches!(n.fields.first(), Some(Item::Const(Const::Str(_))))
    };
    let docstring = body.first().and_then(Item::node).is_some_and(|n| {
        n.kind == Kind::Expr && n.fields.first().and_then(Item::node).is_some_and(text)
    });
    if !docstring {
        return;
    }
    let first = body.remove(0);
    if body.is_empty() && node.kind != Kind::Module {
        let position = first.node().and_then(|n| n.position);
        body.push(Item::Node(AstNode {
            kind: Kind::Pass,
            position,
            fields: Vec::new(),
        }));
    }
}
