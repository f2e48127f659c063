//! `set` and `frozenset`: CPython's open-addressing table with linear probing (`Objects/setobject.c`), so that iteration
//! order is the same.

use crate::object::{self, MutCell, Payload, Trace, Tracer, TypeObject};
use crate::py_class;
use crate::types::PyStr;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use std::cell::Cell;

#[derive(Default, Clone)]
struct Entry {
    key: Owned,
    hash: i64,
    /// The key was removed; probes go on past it.
    dummy: bool,
}

/// The hash table.
#[derive(Default)]
pub struct SetTable {
    entries: Vec<Entry>,
    /// Live and dummy entries.
    fill: usize,
    used: usize,
    /// Where `pop` goes on searching.
    finger: usize,
}
impl Trace for SetTable {
    fn trace(&self, t: Tracer<'_>) {
        for e in &self.entries {
            e.key.trace(t);
        }
    }
}

py_class! {
    /// A set.
    pub struct PySet as "set" { table: MutCell<SetTable>, /// Cached hash of a frozenset; -1 is none.
        pub cached_hash: Cell<i64> }
}
py_class! {
    /// A frozenset: the same table, never changed after its construction.
    pub struct PyFrozenSet as "frozenset", extends PySet { pub set: PySet }
}

/// The hash of an element; what cannot be hashed is reported as CPython reports it for sets.
#[inline]
fn hash_element(vm: &Vm, key: Value) -> PyResult<i64> {
    vm.hash(key)
        .map_err(|e| super::dict::unhashable_as(vm, key, e, "a set element"))
}

const LINEAR_PROBES: usize = 9;

impl PySet {
    pub fn empty() -> PySet {
        PySet {
            table: MutCell::default(),
            cached_hash: Cell::new(-1),
        }
    }
    pub fn new() -> Owned {
        object::new_object(PySet::class(), PySet::empty())
    }
    /// An instance of a set or frozenset class with these items.
    pub fn from_items(vm: &Vm, class: &'static TypeObject, items: &[Value]) -> PyResult<Owned> {
        let s = PySet::empty();
        for v in items {
            s.add(vm, *v)?;
        }
        Ok(s.into_object(class))
    }
    /// Makes an object of a set or frozenset class out of the payload.
    pub fn into_object(self, class: &'static TypeObject) -> Owned {
        if class.layout_is(PyFrozenSet::layout()) {
            object::new_object(class, PyFrozenSet { set: self })
        } else {
            object::new_object(class, self)
        }
    }
    pub fn len(&self) -> usize {
        self.table.get().used
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    pub fn heap_bytes(&self) -> usize {
        self.table.get().entries.capacity() * 16
    }
    /// Place of a key, or the place where it would go.
    fn find(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<Result<usize, usize>> {
        'again: loop {
            let t = self.table.get();
            if t.entries.is_empty() {
                return Ok(Err(usize::MAX));
            }
            let (base, len) = (t.entries.as_ptr(), t.entries.len());
            let mask = len - 1;
            let mut perturb = hash as u64;
            let mut i = hash as usize & mask;
            let mut free = None;
            loop {
                let probes = if i + LINEAR_PROBES <= mask {
                    LINEAR_PROBES
                } else {
                    0
                };
                // No Python code has run since `t` was looked at.
                for (j, e) in (i..).zip(&t.entries[i..=i + probes]) {
                    if e.key.is_null() {
                        if !e.dummy {
                            return Ok(Err(free.unwrap_or(j)));
                        }
                        free.get_or_insert(j);
                        continue;
                    }
                    if e.hash == hash {
                        if e.key.value().is(key) {
                            return Ok(Ok(j));
                        }
                        if let (Some(p), Some(q)) =
                            (e.key.cast_exact::<PyStr>(), key.cast_exact::<PyStr>())
                        {
                            if p.same_text(q) {
                                return Ok(Ok(j));
                            }
                            continue;
                        }
                        let candidate = e.key.clone();
                        let equal = vm.eq(candidate.value(), key)?;
                        let t = self.table.get();
                        let same = t.entries.as_ptr() == base
                            && t.entries.len() == len
                            && t.entries[j].key.value().is(candidate.value());
                        if !same {
                            continue 'again;
                        }
                        if equal {
                            return Ok(Ok(j));
                        }
                    }
                }
                perturb >>= 5;
                i = i
                    .wrapping_mul(5)
                    .wrapping_add(1)
                    .wrapping_add(perturb as usize)
                    & mask;
            }
        }
    }
    fn insert_clean(entries: &mut [Entry], e: Entry) {
        let mask = entries.len() - 1;
        let mut perturb = e.hash as u64;
        let mut i = e.hash as usize & mask;
        loop {
            let probes = if i + LINEAR_PROBES <= mask {
                LINEAR_PROBES
            } else {
                0
            };
            if let Some(free) = entries[i..=i + probes].iter_mut().find(|x| x.key.is_null()) {
                *free = e;
                return;
            }
            perturb >>= 5;
            i = i
                .wrapping_mul(5)
                .wrapping_add(1)
                .wrapping_add(perturb as usize)
                & mask;
        }
    }
    fn resize(&self, min_used: usize) {
        let mut size = 8;
        while size <= min_used {
            size *= 2;
        }
        let t = self.table.get_mut();
        let mut entries = vec![Entry::default(); size];
        for e in t.entries.drain(..) {
            if !e.key.is_null() {
                PySet::insert_clean(&mut entries, e);
            }
        }
        t.entries = entries;
        t.fill = t.used;
    }
    /// Adds an item; whether it is new.
    pub fn add(&self, vm: &Vm, key: Value) -> PyResult<bool> {
        let hash = hash_element(vm, key)?;
        self.add_hashed(vm, key, hash)
    }
    pub fn add_hashed(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<bool> {
        if self.table.get().entries.is_empty() {
            self.resize(0);
        }
        let mut place = self.find(vm, key, hash)?;
        // A comparison may have emptied the set: there is no table then.
        if place == Err(usize::MAX) {
            self.resize(0);
            place = self.find(vm, key, hash)?;
        }
        match place {
            Ok(_) => Ok(false),
            Err(at) => {
                let t = self.table.get_mut();
                let fresh = !t.entries[at].dummy;
                t.entries[at] = Entry {
                    key: key.own(),
                    hash,
                    dummy: false,
                };
                t.used += 1;
                if fresh {
                    t.fill += 1;
                    if t.fill * 5 >= (t.entries.len() - 1) * 3 {
                        let n = if t.used > 50_000 {
                            t.used * 2
                        } else {
                            t.used * 4
                        };
                        self.resize(n);
                    }
                }
                Ok(true)
            }
        }
    }
    pub fn contains(&self, vm: &Vm, key: Value) -> PyResult<bool> {
        let hash = hash_element(vm, key)?;
        self.contains_hashed(vm, key, hash)
    }
    pub fn contains_hashed(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<bool> {
        Ok(self.find(vm, key, hash)?.is_ok())
    }
    /// Removes an item; whether it was there.
    pub fn remove(&self, vm: &Vm, key: Value) -> PyResult<bool> {
        let hash = hash_element(vm, key)?;
        self.remove_hashed(vm, key, hash)
    }
    pub fn remove_hashed(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<bool> {
        match self.find(vm, key, hash)? {
            Err(_) => Ok(false),
            Ok(at) => {
                let t = self.table.get_mut();
                let old = std::mem::replace(
                    &mut t.entries[at],
                    Entry {
                        key: Owned::NULL,
                        hash: 0,
                        dummy: true,
                    },
                );
                t.used -= 1;
                drop(old);
                Ok(true)
            }
        }
    }
    /// The first item at or after a table position: (position, item, hash).
    pub fn entry_from(&self, mut at: usize) -> Option<(usize, Owned, i64)> {
        let entries = &self.table.get().entries;
        while let Some(e) = entries.get(at) {
            if !e.key.is_null() {
                return Some((at, e.key.clone(), e.hash));
            }
            at += 1;
        }
        None
    }
    /// All items with their hashes, in iteration order.
    pub fn hashed_items(&self) -> Vec<(Owned, i64)> {
        self.table
            .get()
            .entries
            .iter()
            .filter(|e| !e.key.is_null())
            .map(|e| (e.key.clone(), e.hash))
            .collect()
    }
    pub fn items(&self) -> Vec<Owned> {
        self.table
            .get()
            .entries
            .iter()
            .filter(|e| !e.key.is_null())
            .map(|e| e.key.clone())
            .collect()
    }
    pub fn clear(&self) {
        drop(self.table.take());
    }
    /// Takes the content of another payload.
    pub fn replace_with(&self, other: PySet) {
        drop(self.table.replace(other.table.take()));
    }
    /// A copy of the payload, made as CPython makes copies, which decides the order of the items.
    pub fn duplicate(&self) -> PySet {
        let s = PySet::empty();
        let t = self.table.get();
        if t.used == 0 {
            return s;
        }
        if s.reserve_for(t.used) == t.entries.len() && t.fill == t.used {
            let out = s.table.get_mut();
            out.entries = t.entries.clone();
            out.fill = t.fill;
            out.used = t.used;
            return s;
        }
        let out = s.table.get_mut();
        for e in t.entries.iter().filter(|e| !e.key.is_null()) {
            PySet::insert_clean(&mut out.entries, e.clone());
        }
        out.fill = t.used;
        out.used = t.used;
        s
    }
    /// Makes the table large enough for `more` further items, as CPython does before it adds many; its size.
    pub fn reserve_for(&self, more: usize) -> usize {
        let t = self.table.get();
        let mask = t.entries.len().max(8) - 1;
        if (t.fill + more) * 5 >= mask * 3 {
            self.resize((t.used + more) * 2);
        } else if t.entries.is_empty() {
            self.resize(0);
        }
        self.table.get().entries.len()
    }
    /// Adds all items of another set.
    pub fn merge(&self, vm: &Vm, other: &PySet) -> PyResult<()> {
        if std::ptr::eq(self, other) || other.is_empty() {
            return Ok(());
        }
        if self.table.get().fill == 0 {
            drop(self.table.replace(other.duplicate().table.take()));
            return Ok(());
        }
        self.reserve_for(other.len());
        for (k, hash) in other.hashed_items() {
            self.add_hashed(vm, k.value(), hash)?;
        }
        Ok(())
    }
    /// Rebuilds the table if more than a quarter of it are marks of removed items.
    pub fn drop_dummies(&self) {
        let t = self.table.get();
        if t.entries.is_empty() || t.fill - t.used <= (t.entries.len() - 1) / 4 {
            return;
        }
        self.resize(if t.used > 50_000 {
            t.used * 2
        } else {
            t.used * 4
        });
    }
    /// Removes and returns some item, going round the table.
    pub fn pop(&self) -> Option<Owned> {
        let t = self.table.get_mut();
        if t.used == 0 {
            return None;
        }
        let mask = t.entries.len() - 1;
        let mut i = t.finger & mask;
        while t.entries[i].key.is_null() {
            i = (i + 1) & mask;
        }
        let e = std::mem::replace(
            &mut t.entries[i],
            Entry {
                key: Owned::NULL,
                hash: 0,
                dummy: true,
            },
        );
        t.used -= 1;
        t.finger = i + 1;
        Some(e.key)
    }
    /// Exchanges the content of two sets.
    pub fn swap_with(&self, other: &PySet) {
        std::mem::swap(self.table.get_mut(), other.table.get_mut());
    }
    /// Places of the table.
    pub fn places(&self) -> usize {
        self.table.get().entries.len()
    }
    /// The hash of the items as a frozenset has it.
    pub fn content_hash(&self) -> i64 {
        fn shuffle(h: u64) -> u64 {
            ((h ^ 89_869_747) ^ (h << 16)).wrapping_mul(3_644_798_167)
        }
        let t = self.table.get();
        let live = t.entries.iter().filter(|e| !e.key.is_null());
        let mut h = live.fold(0, |h, e| h ^ shuffle(e.hash as u64));
        h ^= (t.used as u64 + 1).wrapping_mul(1_927_868_237);
        h ^= (h >> 11) ^ (h >> 25);
        h = h.wrapping_mul(69069).wrapping_add(907_133_923);
        if h == u64::MAX { 590_923_713 } else { h as i64 }
    }
}
