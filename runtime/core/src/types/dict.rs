//! `dict`: CPython's compact ordered table (an index table into an entry array), with an id of its key set that caches
//! compare. Key comparison may run Python code; every walk re-reads what it needs afterwards and starts again when the
//! table has changed.

use crate::object::{self, MutCell, Payload, Trace, Tracer};
use crate::py_class;
use crate::types::PyStr;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Raised, Vm};
use std::cell::Cell;

/// One entry; a NULL key marks a deleted one.
pub struct Entry {
    pub hash: i64,
    pub key: Owned,
    pub value: Owned,
}

/// The tables behind a dictionary.
#[derive(Default)]
pub struct Table {
    entries: Vec<Entry>,
    index: Index,
    used: usize,
    /// Places of the index that are not empty: live entries and the marks of deleted ones. Some place stays empty, so
    /// that every search ends.
    filled: usize,
    /// No live entry stands before this place, so that taking first entries again and again is no search.
    head: usize,
}

/// Index table: position of the entry plus 2; 0 is empty, 1 deleted.
#[derive(Default)]
enum Index {
    #[default]
    None,
    U8(Box<[u8]>),
    U16(Box<[u16]>),
    U32(Box<[u32]>),
}
const EMPTY: u32 = 0;
const DELETED: u32 = 1;

impl Index {
    fn new(size: usize) -> Index {
        match size {
            0..=128 => Index::U8(vec![0; size].into()),
            129..=32768 => Index::U16(vec![0; size].into()),
            _ => Index::U32(vec![0; size].into()),
        }
    }
    #[inline(always)]
    fn len(&self) -> usize {
        match self {
            Index::None => 0,
            Index::U8(v) => v.len(),
            Index::U16(v) => v.len(),
            Index::U32(v) => v.len(),
        }
    }
    #[inline(always)]
    fn get(&self, i: usize) -> u32 {
        match self {
            Index::None => EMPTY,
            Index::U8(v) => v[i] as u32,
            Index::U16(v) => v[i] as u32,
            Index::U32(v) => v[i],
        }
    }
    #[inline(always)]
    fn set(&mut self, i: usize, x: u32) {
        match self {
            Index::None => {}
            Index::U8(v) => v[i] = x as u8,
            Index::U16(v) => v[i] = x as u16,
            Index::U32(v) => v[i] = x,
        }
    }
}

impl Trace for Table {
    fn trace(&self, t: Tracer<'_>) {
        for e in &self.entries {
            e.key.trace(t);
            e.value.trace(t);
        }
    }
}

py_class! {
    /// A dictionary.
    pub struct PyDict as "dict" {
        table: MutCell<Table>,
        /// Unique id of the present key set and its places; 0 until somebody asks.
        keys_id: Cell<u32>,
        /// All keys are exact strings, so that lookups by string run no Python code.
        str_keys: Cell<bool>,
    }
}

/// The hash of a key; what cannot be hashed is reported as CPython reports it for dictionaries.
#[inline]
pub(crate) fn hash_key(vm: &Vm, key: Value) -> PyResult<i64> {
    vm.hash(key)
        .map_err(|e| unhashable_as(vm, key, e, "a dict key"))
}
/// Turns the TypeError of a failed hash into one that says what the object was to become.
#[cold]
pub(crate) fn unhashable_as(vm: &Vm, key: Value, e: Raised, what: &str) -> Raised {
    if !e.value().class().same(vm.exc.TypeError) {
        return e;
    }
    let reason = match vm.str_text(e.value()) {
        Ok(r) => r,
        Err(e) => return e,
    };
    vm.type_error(format!(
        "cannot use '{}' as {what} ({reason})",
        key.class().full_name(vm)
    ))
}

struct Probe {
    mask: usize,
    i: usize,
    perturb: u64,
}
impl Probe {
    #[inline(always)]
    fn new(hash: i64, mask: usize) -> Probe {
        Probe {
            mask,
            i: hash as usize & mask,
            perturb: hash as u64,
        }
    }
    #[inline(always)]
    fn next(&mut self) {
        self.perturb >>= 5;
        self.i = self
            .i
            .wrapping_mul(5)
            .wrapping_add(self.perturb as usize)
            .wrapping_add(1)
            & self.mask;
    }
}

impl PyDict {
    /// An empty payload, for subclasses made elsewhere.
    pub fn empty() -> PyDict {
        PyDict {
            table: MutCell::default(),
            keys_id: Cell::new(0),
            str_keys: Cell::new(true),
        }
    }
    pub fn new() -> Owned {
        object::new_object(PyDict::class(), PyDict::empty())
    }
    pub fn with_capacity(n: usize) -> Owned {
        let d = PyDict::empty();
        if n > 5 {
            d.resize(n);
        }
        object::new_object(PyDict::class(), d)
    }
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table.get().used
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether every key is an exact string.
    pub fn has_only_str_keys(&self) -> bool {
        self.str_keys.get()
    }
    /// Heap bytes behind the object.
    pub fn heap_bytes(&self) -> usize {
        let t = self.table.get();
        let unit = match t.index {
            Index::None => 0,
            Index::U8(_) => 1,
            Index::U16(_) => 2,
            Index::U32(_) => 4,
        };
        t.entries.capacity() * size_of::<Entry>() + t.index.len() * unit
    }
    fn usable(size: usize) -> usize {
        size * 2 / 3
    }
    /// Makes room for `n` entries and drops the holes.
    fn resize(&self, n: usize) {
        let mut size = 8usize;
        while PyDict::usable(size) < n {
            size *= 2;
        }
        let t = self.table.get_mut();
        let mut entries = Vec::new();
        entries.reserve_exact(PyDict::usable(size));
        let mut index = Index::new(size);
        for e in t.entries.drain(..) {
            if e.key.is_null() {
                continue;
            }
            let mut p = Probe::new(e.hash, size - 1);
            while index.get(p.i) != EMPTY {
                p.next();
            }
            index.set(p.i, entries.len() as u32 + 2);
            entries.push(e);
        }
        t.filled = entries.len();
        t.head = 0;
        t.entries = entries;
        t.index = index;
        self.keys_id.set(0);
    }
    /// The id of the key set; equal ids mean that every key is still at its place.
    pub fn keys_id(&self) -> u32 {
        if self.keys_id.get() == 0 {
            self.keys_id.set(Vm::get().fresh_shape_id());
        }
        self.keys_id.get()
    }
    /// Like [`PyDict::keys_id`], without making one: what caches compare.
    #[inline(always)]
    pub fn current_keys_id(&self) -> u32 {
        self.keys_id.get()
    }
    /// The value at an entry's place, known to be live through the key set's id.
    #[inline(always)]
    pub fn value_at(&self, place: usize) -> Value {
        self.table
            .get()
            .entries
            .get(place)
            .map_or(Value::NULL, |e| e.value.value())
    }
    /// The value at an entry's place if its key is this very object; NULL otherwise.
    #[inline(always)]
    pub fn value_if_key(&self, place: usize, key: Value) -> Value {
        match self.table.get().entries.get(place) {
            Some(e) if e.key.value().is(key) => e.value.value(),
            _ => Value::NULL,
        }
    }
    /// Where the value of an entry stands; good for as long as the key set keeps its id.
    pub fn value_address(&self, place: usize) -> *const Value {
        match self.table.get().entries.get(place) {
            Some(e) => &raw const e.value as *const Value,
            None => std::ptr::null(),
        }
    }
    /// Replaces the value at a live place.
    pub fn set_value_at(&self, place: usize, v: Owned) -> bool {
        match self.table.get_mut().entries.get_mut(place) {
            Some(e) if !e.key.is_null() => {
                let old = std::mem::replace(&mut e.value, v);
                drop(old);
                true
            }
            _ => false,
        }
    }
    /// (index slot, entry place) of a string key. Never runs Python code: a key that is not an exact string is skipped.
    #[inline]
    fn find_str(&self, key: &PyStr, hash: i64) -> Option<(usize, usize)> {
        let t = self.table.get();
        if t.used == 0 {
            return None;
        }
        let mut p = Probe::new(hash, t.index.len() - 1);
        loop {
            match t.index.get(p.i) {
                EMPTY => return None,
                DELETED => {}
                n => {
                    let e = &t.entries[n as usize - 2];
                    if e.key.value().is(key.as_value())
                        || e.hash == hash
                            && e.key.is_exact::<PyStr>()
                            && e.key.cast::<PyStr>().is_some_and(|k| k.same_text(key))
                    {
                        return Some((p.i, n as usize - 2));
                    }
                }
            }
            p.next();
        }
    }
    /// (index slot, entry place) of any key; comparison may run Python code.
    fn find(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<Option<(usize, usize)>> {
        if self.str_keys.get()
            && key.is_exact::<PyStr>()
            && let Some(s) = key.cast::<PyStr>()
        {
            return Ok(self.find_str(s, hash));
        }
        'again: loop {
            let t = self.table.get();
            if t.used == 0 {
                return Ok(None);
            }
            let (entries_ptr, len) = (t.entries.as_ptr(), t.index.len());
            let mut p = Probe::new(hash, len - 1);
            loop {
                let t = self.table.get();
                match t.index.get(p.i) {
                    EMPTY => return Ok(None),
                    DELETED => {}
                    n => {
                        let place = n as usize - 2;
                        let Some(e) = t.entries.get(place) else {
                            continue 'again;
                        };
                        if e.key.value().is(key) {
                            return Ok(Some((p.i, place)));
                        }
                        if e.hash == hash {
                            let candidate = e.key.clone();
                            let equal = vm.eq(candidate.value(), key)?;
                            let t = self.table.get();
                            let unchanged = t.entries.as_ptr() == entries_ptr
                                && t.index.len() == len
                                && t.entries
                                    .get(place)
                                    .is_some_and(|e| e.key.value().is(candidate.value()));
                            if !unchanged {
                                continue 'again;
                            }
                            if equal {
                                return Ok(Some((p.i, place)));
                            }
                        }
                    }
                }
                p.next();
            }
        }
    }
    /// The value under a string key, borrowed. Runs no Python code.
    #[inline]
    pub fn get_str(&self, key: Value) -> Option<Value> {
        let s = key.cast::<PyStr>()?;
        self.find_str(s, s.hash())
            .map(|(_, i)| self.table.get().entries[i].value.value())
    }
    /// The entry place of a string key, for caches.
    pub fn place_of_str(&self, key: Value) -> Option<usize> {
        let s = key.cast::<PyStr>()?;
        self.find_str(s, s.hash()).map(|(_, i)| i)
    }
    /// The value under a Rust name.
    pub fn get_name(&self, name: &str) -> Option<Owned> {
        self.get_str(crate::types::intern(name).value())
            .map(|v| v.own())
    }
    pub fn set_name(&self, name: &str, value: Owned) {
        self.set_str(crate::types::intern(name).value(), value);
    }
    /// The value under a key.
    pub fn get(&self, vm: &Vm, key: Value) -> PyResult<Option<Owned>> {
        let hash = hash_key(vm, key)?;
        self.get_hashed(vm, key, hash)
    }
    pub fn get_hashed(&self, vm: &Vm, key: Value, hash: i64) -> PyResult<Option<Owned>> {
        Ok(self
            .find(vm, key, hash)?
            .map(|(_, i)| self.table.get().entries[i].value.clone()))
    }
    pub fn contains(&self, vm: &Vm, key: Value) -> PyResult<bool> {
        let hash = hash_key(vm, key)?;
        Ok(self.find(vm, key, hash)?.is_some())
    }
    /// Stores under a key.
    pub fn set(&self, vm: &Vm, key: Value, value: Owned) -> PyResult<()> {
        let hash = hash_key(vm, key)?;
        self.set_hashed(vm, key, hash, value)
    }
    pub fn set_hashed(&self, vm: &Vm, key: Value, hash: i64, value: Owned) -> PyResult<()> {
        match self.find(vm, key, hash)? {
            Some((_, i)) => {
                self.set_value_at(i, value);
            }
            None => self.insert_new(key.own(), hash, value),
        }
        Ok(())
    }
    /// Stores under an exact string key. Runs no Python code but the old value's destructor.
    pub fn set_str(&self, key: Value, value: Owned) {
        let Some(s) = key.cast::<PyStr>() else { return };
        match self.find_str(s, s.hash()) {
            Some((_, i)) => {
                self.set_value_at(i, value);
            }
            None => self.insert_new(key.own(), s.hash(), value),
        }
    }
    /// Appends a key known to be absent.
    fn insert_new(&self, key: Owned, hash: i64, value: Owned) {
        if self.str_keys.get() && !key.is_exact::<PyStr>() {
            self.str_keys.set(false);
        }
        let t = self.table.get();
        if t.filled.max(t.entries.len()) >= PyDict::usable(t.index.len()) {
            self.resize(
                (t.used * 3)
                    .max(5)
                    .min(t.used * 2 + 100_000)
                    .max(t.used + 1),
            );
        }
        let t = self.table.get_mut();
        let mut p = Probe::new(hash, t.index.len() - 1);
        while t.index.get(p.i) > DELETED {
            p.next();
        }
        if t.index.get(p.i) == EMPTY {
            t.filled += 1;
        }
        t.index.set(p.i, t.entries.len() as u32 + 2);
        t.entries.push(Entry { hash, key, value });
        t.used += 1;
        self.keys_id.set(0);
    }
    /// Removes an entry and returns (key, value).
    fn take_at(&self, slot: usize, place: usize) -> (Owned, Owned) {
        let t = self.table.get_mut();
        t.index.set(slot, DELETED);
        t.used -= 1;
        self.keys_id.set(0);
        let e = &mut t.entries[place];
        let taken = (std::mem::take(&mut e.key), std::mem::take(&mut e.value));
        if place == t.head {
            t.head += 1;
            while t.entries.get(t.head).is_some_and(|e| e.key.is_null()) {
                t.head += 1;
            }
        }
        taken
    }
    /// Stores a default under a key that is absent; the value that is there afterwards, and whether it is new.
    pub fn set_default(&self, vm: &Vm, key: Value, default: Value) -> PyResult<(Owned, bool)> {
        let hash = hash_key(vm, key)?;
        match self.find(vm, key, hash)? {
            Some((_, i)) => Ok((self.value_at(i).own(), false)),
            None => {
                self.insert_new(key.own(), hash, default.own());
                Ok((default.own(), true))
            }
        }
    }
    /// Removes a key; the value if it was there.
    pub fn remove(&self, vm: &Vm, key: Value) -> PyResult<Option<Owned>> {
        let hash = hash_key(vm, key)?;
        Ok(self.find(vm, key, hash)?.map(|(s, i)| self.take_at(s, i).1))
    }
    /// Removes a key whose hash is known; (key, value) if it was there.
    pub fn remove_hashed(
        &self,
        vm: &Vm,
        key: Value,
        hash: i64,
    ) -> PyResult<Option<(Owned, Owned)>> {
        Ok(self.find(vm, key, hash)?.map(|(s, i)| self.take_at(s, i)))
    }
    pub fn remove_str(&self, key: Value) -> Option<Owned> {
        let s = key.cast::<PyStr>()?;
        let (slot, i) = self.find_str(s, s.hash())?;
        Some(self.take_at(slot, i).1)
    }
    /// Removes and returns the last entry.
    pub fn pop_last(&self) -> Option<(Owned, Owned)> {
        let t = self.table.get_mut();
        while t.entries.last().is_some_and(|e| e.key.is_null()) {
            t.entries.pop();
        }
        let (place, hash) = (t.entries.len().checked_sub(1)?, t.entries.last()?.hash);
        let mut p = Probe::new(hash, t.index.len() - 1);
        while t.index.get(p.i) != place as u32 + 2 {
            p.next();
        }
        let taken = self.take_at(p.i, place);
        let t = self.table.get_mut();
        t.entries.truncate(place);
        t.head = t.head.min(place);
        Some(taken)
    }
    pub fn clear(&self) {
        let old = self.table.take();
        self.keys_id.set(0);
        self.str_keys.set(true);
        drop(old);
    }
    /// The first live entry at or after a position: (position, key, value). Start at 0, go on with position + 1.
    pub fn entry_from(&self, mut at: usize) -> Option<(usize, Owned, Owned)> {
        let t = self.table.get();
        let entries = &t.entries;
        at = at.max(t.head);
        while let Some(e) = entries.get(at) {
            if !e.key.is_null() {
                return Some((at, e.key.clone(), e.value.clone()));
            }
            at += 1;
        }
        None
    }
    #[inline]
    fn live_from(&self, at: usize) -> Option<(usize, &Entry)> {
        let t = self.table.get();
        let from = at.max(t.head);
        let mut rest = t.entries.get(from..)?.iter().enumerate();
        rest.find(|(_, e)| !e.key.is_null())
            .map(|(i, e)| (from + i, e))
    }
    /// The key of the first live entry at or after a position.
    #[inline]
    pub fn key_from(&self, at: usize) -> Option<(usize, Owned)> {
        self.live_from(at).map(|(place, e)| (place, e.key.clone()))
    }
    /// The value of the first live entry at or after a position.
    #[inline]
    pub fn value_from(&self, at: usize) -> Option<(usize, Owned)> {
        self.live_from(at)
            .map(|(place, e)| (place, e.value.clone()))
    }
    /// The first live entry at or after a position with its hash: (position, key, hash, value).
    pub fn hashed_entry_from(&self, mut at: usize) -> Option<(usize, Owned, i64, Owned)> {
        let t = self.table.get();
        let entries = &t.entries;
        at = at.max(t.head);
        while let Some(e) = entries.get(at) {
            if !e.key.is_null() {
                return Some((at, e.key.clone(), e.hash, e.value.clone()));
            }
            at += 1;
        }
        None
    }
    /// Moves the entry of a key to the end or to the beginning; whether the key was there.
    pub fn move_to(&self, vm: &Vm, key: Value, last: bool) -> PyResult<bool> {
        let hash = hash_key(vm, key)?;
        let Some((slot, place)) = self.find(vm, key, hash)? else {
            return Ok(false);
        };
        if last {
            if place + 1 != self.places() {
                let (key, value) = self.take_at(slot, place);
                self.insert_new(key, hash, value);
            }
            return Ok(true);
        }
        let t = self.table.get_mut();
        let e = t.entries.remove(place);
        t.entries.insert(0, e);
        let n = t.used;
        self.resize(n.max(5));
        Ok(true)
    }
    /// The last live entry before a position, for reversed iteration.
    pub fn entry_before(&self, at: usize) -> Option<(usize, Owned, Owned)> {
        let entries = &self.table.get().entries;
        let mut i = at.min(entries.len());
        while i > 0 {
            i -= 1;
            let e = &entries[i];
            if !e.key.is_null() {
                return Some((i, e.key.clone(), e.value.clone()));
            }
        }
        None
    }
    /// Number of entry places, holes included.
    pub fn places(&self) -> usize {
        self.table.get().entries.len()
    }
    /// A copy of all entries in order, safe to walk while Python code changes the dictionary.
    pub fn items(&self) -> Vec<(Owned, Owned)> {
        let live = self.table.get().entries.iter().filter(|e| !e.key.is_null());
        live.map(|e| (e.key.clone(), e.value.clone())).collect()
    }
    /// The keys as they stand. Nothing may run while the iterator exists.
    pub(crate) fn borrowed_keys(&self) -> impl Iterator<Item = Value> {
        let entries = self.table.get().entries.iter();
        entries.map(|e| e.key.value()).filter(|k| !k.is_null())
    }
    pub fn keys(&self) -> Vec<Owned> {
        self.table
            .get()
            .entries
            .iter()
            .filter(|e| !e.key.is_null())
            .map(|e| e.key.clone())
            .collect()
    }
    pub fn values(&self) -> Vec<Owned> {
        self.table
            .get()
            .entries
            .iter()
            .filter(|e| !e.key.is_null())
            .map(|e| e.value.clone())
            .collect()
    }
    /// (key, hash, value) of all entries.
    pub fn hashed_items(&self) -> Vec<(Owned, i64, Owned)> {
        let live = self.table.get().entries.iter().filter(|e| !e.key.is_null());
        live.map(|e| (e.key.clone(), e.hash, e.value.clone()))
            .collect()
    }
    /// A shallow copy as an exact dict.
    pub fn copy(&self) -> Owned {
        let d = PyDict::empty();
        d.fill_from(self);
        object::new_object(PyDict::class(), d)
    }
    /// Takes over the entries of another dictionary; the receiver is empty.
    fn fill_from(&self, other: &PyDict) {
        self.resize(other.len());
        for (k, h, v) in other.hashed_items() {
            self.insert_new(k, h, v);
        }
    }
    /// Adds or replaces all entries of another dictionary.
    pub fn update_from(&self, vm: &Vm, other: &PyDict) -> PyResult<()> {
        if self.is_empty() && !std::ptr::eq(self, other) {
            self.fill_from(other);
            return Ok(());
        }
        for (k, h, v) in other.hashed_items() {
            self.set_hashed(vm, k.value(), h, v)?;
        }
        Ok(())
    }
}
