//! A persistent map from context variables to values: a balanced tree whose nodes are objects of their own, so that
//! contexts can share them and the cycle collector sees each once.

use pyjit_core::prelude::*;

py_class! {
    /// A node; absent children are NULL.
    pub struct PyMapNode as "context_map_node" {
        /// Number of the variable: what the tree is ordered by.
        pub number: u64,
        pub var: Owned,
        pub value: Owned,
        pub left: Owned,
        pub right: Owned,
        pub height: u32,
    }
}

fn node<'a>(v: &Owned) -> Option<&'a PyMapNode> {
    v.cast::<PyMapNode>()
}
fn height(v: &Owned) -> u32 {
    node(v).map_or(0, |n| n.height)
}
fn make(number: u64, var: Owned, value: Owned, left: Owned, right: Owned) -> Owned {
    let height = height(&left).max(height(&right)) + 1;
    new_object(
        PyMapNode::class(),
        PyMapNode {
            number,
            var,
            value,
            left,
            right,
            height,
        },
    )
}
/// A node with these children, turned if one of them is too high.
fn balanced(n: &PyMapNode, left: Owned, right: Owned) -> Owned {
    let again = |left, right| make(n.number, n.var.clone(), n.value.clone(), left, right);
    if height(&left) > height(&right) + 1
        && let Some(l) = node(&left)
    {
        if height(&l.left) >= height(&l.right) {
            let lower = again(l.right.clone(), right);
            return make(l.number, l.var.clone(), l.value.clone(), l.left.clone(), lower);
        }
        if let Some(m) = node(&l.right) {
            let a = make(l.number, l.var.clone(), l.value.clone(), l.left.clone(), m.left.clone());
            let b = again(m.right.clone(), right);
            return make(m.number, m.var.clone(), m.value.clone(), a, b);
        }
    }
    if height(&right) > height(&left) + 1
        && let Some(r) = node(&right)
    {
        if height(&r.right) >= height(&r.left) {
            let lower = again(left, r.left.clone());
            return make(r.number, r.var.clone(), r.value.clone(), lower, r.right.clone());
        }
        if let Some(m) = node(&r.left) {
            let a = again(left, m.left.clone());
            let b = make(r.number, r.var.clone(), r.value.clone(), m.right.clone(), r.right.clone());
            return make(m.number, m.var.clone(), m.value.clone(), a, b);
        }
    }
    again(left, right)
}

/// The value of a variable.
pub(super) fn get(root: &Owned, number: u64) -> Option<Owned> {
    let mut at = node(root)?;
    loop {
        at = match number.cmp(&at.number) {
            std::cmp::Ordering::Equal => return Some(at.value.clone()),
            std::cmp::Ordering::Less => node(&at.left)?,
            std::cmp::Ordering::Greater => node(&at.right)?,
        };
    }
}
/// The map with one more or one changed entry.
pub(super) fn insert(root: &Owned, number: u64, var: Owned, value: Owned) -> Owned {
    let Some(n) = node(root) else {
        return make(number, var, value, Owned::NULL, Owned::NULL);
    };
    match number.cmp(&n.number) {
        std::cmp::Ordering::Equal => {
            make(number, var, value, n.left.clone(), n.right.clone())
        }
        std::cmp::Ordering::Less => {
            balanced(n, insert(&n.left, number, var, value), n.right.clone())
        }
        std::cmp::Ordering::Greater => {
            balanced(n, n.left.clone(), insert(&n.right, number, var, value))
        }
    }
}
/// The map without an entry.
pub(super) fn remove(root: &Owned, number: u64) -> Owned {
    let Some(n) = node(root) else {
        return Owned::NULL;
    };
    match number.cmp(&n.number) {
        std::cmp::Ordering::Less => balanced(n, remove(&n.left, number), n.right.clone()),
        std::cmp::Ordering::Greater => balanced(n, n.left.clone(), remove(&n.right, number)),
        std::cmp::Ordering::Equal => {
            let mut least = match node(&n.right) {
                Some(r) => r,
                None => return n.left.clone(),
            };
            while let Some(l) = node(&least.left) {
                least = l;
            }
            balanced(least, n.left.clone(), remove(&n.right, least.number))
        }
    }
}
/// All entries in order.
pub(super) fn entries(root: &Owned) -> Vec<(Owned, Owned)> {
    fn walk(v: &Owned, out: &mut Vec<(Owned, Owned)>) {
        if let Some(n) = node(v) {
            walk(&n.left, out);
            out.push((n.var.clone(), n.value.clone()));
            walk(&n.right, out);
        }
    }
    let mut out = Vec::new();
    walk(root, &mut out);
    out
}
