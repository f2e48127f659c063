//! The cache of attribute sites that see many shapes: (shape, name) to where the attribute is. Inline caches come first; a
//! site that misses again and again asks here (`ops/slow/attr.rs` fills it).

use super::{Header, Storage};
use crate::types::PyDict;
use crate::value::Value;
use std::cell::Cell;

/// Where an attribute of objects with a certain shape is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Place {
    /// An inline attribute.
    Inline,
    /// A place made by `__slots__`.
    Slot,
    /// A value of the class that is no descriptor.
    Class,
    /// An entry of the dictionary, at a place that has to be looked at.
    Dict,
    /// A function of the class, to be called with the object in front.
    Method,
}

struct Entry {
    /// Id of the shape, which guards everything that has been found out; 0 is empty.
    id: Cell<u32>,
    index: Cell<u32>,
    name: Cell<Value>,
    value: Cell<Value>,
    place: Cell<Place>,
}

const SIZE: usize = 1 << 10;

/// One for the runtime; an entry is replaced by the next one that falls on its line.
pub struct AttrCache {
    entries: Box<[Entry]>,
}

impl AttrCache {
    pub(crate) fn new() -> AttrCache {
        let entry = || Entry {
            id: Cell::new(0),
            index: Cell::new(0),
            name: Cell::new(Value::NULL),
            value: Cell::new(Value::NULL),
            place: Cell::new(Place::Inline),
        };
        AttrCache {
            entries: (0..SIZE).map(|_| entry()).collect(),
        }
    }
    #[inline(always)]
    fn line(&self, id: u32, name: Value) -> &Entry {
        let h = (id as usize).wrapping_mul(0x9E37_79B1) ^ (name.bits() as usize >> 4);
        // SAFETY: the mask keeps the index below the number of entries.
        unsafe { self.entries.get_unchecked(h & (SIZE - 1)) }
    }
    /// Remembers where an attribute is. `value` is borrowed from the class whose shape this is.
    pub(crate) fn put(&self, id: u32, name: Value, place: Place, index: u32, value: Value) {
        let e = self.line(id, name);
        e.id.set(id);
        e.name.set(name);
        e.place.set(place);
        e.index.set(index);
        e.value.set(value);
    }
    /// The attribute of an object, borrowed, and whether it is a method; NULL if nothing is known.
    #[inline(always)]
    pub fn get(&self, object: &Header, name: Value) -> (Value, bool) {
        let shape = object.shape();
        let e = self.line(shape.id(), name);
        if e.id.get() != shape.id() || !e.name.get().is(name) {
            return (Value::NULL, false);
        }
        let index = e.index.get() as usize;
        match e.place.get() {
            Place::Inline => (object.inline_get(index), false),
            Place::Slot => (object.slot_get(index), false),
            Place::Class => (e.value.get(), false),
            Place::Method => (e.value.get(), true),
            Place::Dict => {
                debug_assert!(shape.storage == Storage::Dict);
                match object.dict_value().cast_exact::<PyDict>() {
                    Some(d) => (d.value_if_key(index, name), false),
                    None => (Value::NULL, false),
                }
            }
        }
    }
}
