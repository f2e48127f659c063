//! The table of interned strings: open addressing over the strings themselves, so that looking a name up allocates
//! nothing. Used by `intern` and its kin in `str.rs`.

use super::PyStr;
use super::str::Kind;
use crate::object::MutCell;
use crate::value::{Owned, Value};
use crate::vm::Vm;
use pyjit_text::repr::Text;

/// All interned strings; they live for ever.
#[derive(Default)]
pub struct Interned {
    table: MutCell<Table>,
}

#[derive(Default)]
struct Table {
    /// A power of two of places, at most three quarters full; NULL is a free one.
    places: Vec<(u32, Owned)>,
    used: usize,
}

const FIRST_SIZE: usize = 4096;

/// Not the hash that Python sees: interning starts before the hash seed is known.
fn hash(kind: Kind, bytes: &[u8]) -> u32 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut h = (bytes.len() as u64 ^ (kind as u64) << 56).wrapping_mul(K);
    let (words, rest) = bytes.as_chunks::<8>();
    for w in words {
        h = (h.rotate_left(23) ^ u64::from_le_bytes(*w)).wrapping_mul(K);
    }
    let mut last = 0;
    for b in rest {
        last = last << 8 | u64::from(*b);
    }
    h = (h.rotate_left(23) ^ last).wrapping_mul(K);
    (h >> 32) as u32
}

impl Table {
    /// The place that has the string, or the free one where it belongs.
    #[inline]
    fn find(&self, hash: u32, kind: Kind, bytes: &[u8]) -> Option<usize> {
        let mask = self.places.len().checked_sub(1)?;
        let mut i = hash as usize & mask;
        loop {
            let (h, o) = &self.places[i];
            if o.is_null() {
                return Some(i);
            }
            if *h == hash
                && let Some(s) = o.cast::<PyStr>()
                && s.raw() == (kind, bytes)
            {
                return Some(i);
            }
            i = (i + 1) & mask;
        }
    }
    fn get(&self, hash: u32, kind: Kind, bytes: &[u8]) -> Option<Owned> {
        let o = &self.places[self.find(hash, kind, bytes)?].1;
        (!o.is_null()).then(|| o.clone())
    }
    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(FIRST_SIZE);
        let empty = || (0, Owned::NULL);
        let old = std::mem::replace(&mut self.places, (0..size).map(|_| empty()).collect());
        for (hash, o) in old.into_iter().filter(|(_, o)| !o.is_null()) {
            let mut i = hash as usize & (size - 1);
            while !self.places[i].1.is_null() {
                i = (i + 1) & (size - 1);
            }
            self.places[i] = (hash, o);
        }
    }
    fn insert(&mut self, hash: u32, v: Owned) -> Owned {
        if self.used * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let Some(s) = v.cast::<PyStr>() else { return v };
        let (kind, bytes) = s.raw();
        let Some(i) = self.find(hash, kind, bytes) else {
            return v;
        };
        let place = &mut self.places[i];
        if place.1.is_null() {
            s.mark_interned();
            *place = (hash, v);
            self.used += 1;
        }
        self.places[i].1.clone()
    }
}

impl Interned {
    /// The interned string of UTF-8; `None` if it is none.
    pub(super) fn intern_utf8(&self, bytes: &[u8]) -> Option<Owned> {
        if !bytes.is_ascii() {
            let s = PyStr::from_str(std::str::from_utf8(bytes).ok()?);
            return Some(self.intern_value(s.value()));
        }
        let hash = hash(Kind::Ascii, bytes);
        if let Some(o) = self.table.get().get(hash, Kind::Ascii, bytes) {
            return Some(o);
        }
        let o = if Vm::is_started() {
            PyStr::from_text(Text::Ascii(bytes))
        } else {
            PyStr::uncached(Text::Ascii(bytes))
        };
        Some(self.table.get_mut().insert(hash, o))
    }
    pub(crate) fn intern_value(&self, v: Value) -> Owned {
        let Some(s) = v.cast::<PyStr>() else {
            return v.own();
        };
        let (kind, bytes) = s.raw();
        let hash = hash(kind, bytes);
        match self.table.get().get(hash, kind, bytes) {
            Some(o) => o,
            None => self.table.get_mut().insert(hash, v.own()),
        }
    }
}
