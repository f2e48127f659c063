//! The memos of both directions: what a pickler has written, by identity, and what an unpickler may fetch, by number.

use pyjit_core::object::{Trace, Tracer};
use pyjit_core::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes one word by multiplication: the keys are addresses.
#[derive(Default)]
pub struct WordHash(u64);
impl Hasher for WordHash {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        let x = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = x ^ (x >> 32);
    }
}

/// What a pickler has written. Keeps the objects alive, so that no identity is used twice.
#[derive(Default)]
pub struct Written {
    map: HashMap<u64, (u32, Owned), BuildHasherDefault<WordHash>>,
}

impl Written {
    #[inline]
    pub fn get(&self, v: Value) -> Option<u32> {
        self.map.get(&v.bits()).map(|e| e.0)
    }
    /// Numbers an object.
    pub fn add(&mut self, v: Value) -> u32 {
        let n = self.map.len() as u32;
        self.map.insert(v.bits(), (n, v.own()));
        n
    }
    pub fn put(&mut self, v: Value, n: u32) {
        self.map.insert(v.bits(), (n, v.own()));
    }
    /// Number and object, in order of the numbers.
    pub fn entries(&self) -> Vec<(u32, Owned)> {
        let mut all: Vec<_> = self.map.values().cloned().collect();
        all.sort_by_key(|e| e.0);
        all
    }
}
impl Trace for Written {
    fn trace(&self, t: Tracer<'_>) {
        for (_, v) in self.map.values() {
            v.trace(t);
        }
    }
}

/// What an unpickler may fetch: numbers that follow each other in a vector, wild ones in a map.
#[derive(Default)]
pub struct Fetched {
    dense: Vec<Owned>,
    sparse: HashMap<u64, Owned>,
    count: usize,
}

impl Fetched {
    #[inline]
    pub fn get(&self, n: u64) -> Option<&Owned> {
        match self.dense.get(n as usize) {
            Some(v) if !v.is_null() => Some(v),
            Some(_) => None,
            None => self.sparse.get(&n),
        }
    }
    pub fn put(&mut self, n: u64, v: Owned) {
        let i = n as usize;
        let old = if i < self.dense.len() {
            std::mem::replace(&mut self.dense[i], v)
        } else if i <= self.dense.len() * 2 + 1024 {
            self.dense.resize_with(i, || Owned::NULL);
            self.dense.push(v);
            self.sparse.remove(&n).unwrap_or(Owned::NULL)
        } else {
            self.sparse.insert(n, v).unwrap_or(Owned::NULL)
        };
        self.count += usize::from(old.is_null());
    }
    /// Gives the next number.
    #[inline]
    pub fn add(&mut self, v: Owned) {
        if self.count == self.dense.len() {
            self.dense.push(v);
            self.count += 1;
        } else {
            self.put(self.count as u64, v);
        }
    }
    pub fn entries(&self) -> Vec<(u64, Owned)> {
        let dense = self.dense.iter().enumerate().filter(|(_, v)| !v.is_null());
        let mut all: Vec<_> = dense.map(|(i, v)| (i as u64, v.clone())).collect();
        all.extend(self.sparse.iter().map(|(i, v)| (*i, v.clone())));
        all.sort_by_key(|e| e.0);
        all
    }
}
impl Trace for Fetched {
    fn trace(&self, t: Tracer<'_>) {
        self.dense.trace(t);
        for v in self.sparse.values() {
            v.trace(t);
        }
    }
}
