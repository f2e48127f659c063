//! Shapes (hidden classes). An instance's shape says its class and which attribute stands in which inline place; a guard
//! on [`Shape::id`] therefore answers both, and that the class has not changed since the id was read.

use super::{MutCell, TypeObject};
use crate::value::Value;
use std::cell::Cell;

/// How attributes of instances with this shape are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// No instance dictionary at all.
    None,
    /// Values in the inline area, in the order of [`Shape::names`].
    Inline,
    /// In the materialised dictionary.
    Dict,
}

/// A hidden class. Shapes belong to their class, which frees them.
#[repr(C)]
pub struct Shape {
    class: Cell<*const TypeObject>,
    /// Unique among all shapes; replaced when the class, or one of its bases, changes.
    id: Cell<u32>,
    pub storage: Storage,
    /// Bytes before the header of an object with this shape. The class', except for objects that were given another class.
    pub prefix: usize,
    /// Interned attribute names, index = inline place. Interned strings live for ever.
    pub names: Vec<Value>,
    next: MutCell<Vec<(Value, Box<Shape>)>>,
}

impl Shape {
    pub(crate) fn new(class: *const TypeObject, storage: Storage, prefix: usize, id: u32) -> Shape {
        Shape {
            class: Cell::new(class),
            id: Cell::new(id),
            storage,
            prefix,
            names: Vec::new(),
            next: MutCell::new(Vec::new()),
        }
    }
    #[inline(always)]
    pub fn class<'a>(&self) -> &'a TypeObject {
        // SAFETY: the class owns its shapes.
        unsafe { &*self.class.get() }
    }
    pub(crate) fn class_ptr(&self) -> &Cell<*const TypeObject> {
        &self.class
    }
    #[inline(always)]
    pub fn id(&self) -> u32 {
        self.id.get()
    }
    /// Inline places of an object with this shape.
    pub(crate) fn inline_cap(&self) -> usize {
        self.prefix.saturating_sub(self.class().dict_back) / 8
    }
    /// The inline place of an interned name.
    #[inline]
    pub fn index_of(&self, name: Value) -> Option<usize> {
        self.names.iter().position(|n| n.is(name))
    }
    /// The shape with one more attribute.
    pub(crate) fn with(&self, name: Value, fresh_id: impl FnOnce() -> u32) -> *const Shape {
        let next = self.next.get_mut();
        if let Some((_, s)) = next.iter().find(|(n, _)| n.is(name)) {
            return &**s;
        }
        let mut s = Shape::new(self.class.get(), Storage::Inline, self.prefix, fresh_id());
        s.names = self.names.clone();
        s.names.push(name);
        next.push((name, Box::new(s)));
        &*next[next.len() - 1].1
    }
    /// The same shape for objects with another amount of memory before the header.
    pub(crate) fn for_prefix(&self, prefix: usize, fresh_id: impl FnOnce() -> u32) -> *const Shape {
        let next = self.next.get_mut();
        if let Some((_, s)) = next.iter().find(|(_, s)| s.prefix == prefix) {
            return &**s;
        }
        let s = Shape::new(self.class.get(), self.storage, prefix, fresh_id());
        next.push((Value::NULL, Box::new(s)));
        &*next[next.len() - 1].1
    }
    /// Gives this shape and all that follow from it new ids: nothing cached about them holds any more.
    pub(crate) fn renew(&self, fresh_id: &mut dyn FnMut() -> u32) {
        self.id.set(fresh_id());
        for (_, s) in self.next.get() {
            s.renew(fresh_id);
        }
    }
}
