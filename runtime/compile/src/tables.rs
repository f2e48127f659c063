//! Tables a code unit fills while it is compiled: names in order of first use, and constants merged by value and type.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use pyjit_isa::code::Const;

/// A fast hash for short keys that come from the source being compiled, not from an adversary's network.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuickHasher(u64);

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        let mut word = [0; 8];
        let rest = chunks.remainder();
        word[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(word) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }
}

/// A map with [`QuickHasher`].
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;
/// A set with [`QuickHasher`].
pub type QuickSet<K> = std::collections::HashSet<K, BuildHasherDefault<QuickHasher>>;

/// Names in order of first use.
#[derive(Debug, Default)]
pub struct NameTable {
    names: Vec<String>,
    index: QuickMap<String, u32>,
}

impl NameTable {
    /// The index of a name, added when new.
    pub fn add(&mut self, name: &str) -> u32 {
        if let Some(&index) = self.index.get(name) {
            return index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.index.insert(name.to_owned(), index);
        index
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// All names in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Gives the names away.
    pub fn into_names(self) -> Vec<String> {
        self.names
    }
}

fn hash_const<H: Hasher>(value: &Const, state: &mut H) {
    match value {
        Const::None => state.write_u8(1),
        Const::True => state.write_u8(2),
        Const::False => state.write_u8(3),
        Const::Ellipsis => state.write_u8(4),
        Const::Int(value) => {
            state.write_u8(5);
            state.write_u64(*value as u64);
        }
        Const::BigInt(digits) => {
            state.write_u8(6);
            digits.hash(state);
        }
        Const::Float(value) => {
            state.write_u8(7);
            state.write_u64(value.to_bits());
        }
        Const::Complex(real, imag) => {
            state.write_u8(8);
            state.write_u64(real.to_bits());
            state.write_u64(imag.to_bits());
        }
        Const::Str(text) => {
            state.write_u8(9);
            text.hash(state);
        }
        Const::Surrogates(points) => {
            state.write_u8(10);
            points.hash(state);
        }
        Const::Bytes(bytes) => {
            state.write_u8(11);
            bytes.hash(state);
        }
        Const::Tuple(items) => {
            state.write_u8(12);
            state.write_usize(items.len());
            items.iter().for_each(|item| hash_const(item, state));
        }
        Const::FrozenSet(items) => {
            // The order does not count.
            state.write_u8(13);
            let mut sum = 0u64;
            for item in items {
                let mut one = QuickHasher::default();
                hash_const(item, &mut one);
                sum = sum.wrapping_add(one.finish());
            }
            state.write_u64(sum);
        }
        Const::Slice(parts) => {
            state.write_u8(14);
            parts.iter().for_each(|item| hash_const(item, state));
        }
        Const::Code(code) => {
            state.write_u8(15);
            code.name.hash(state);
            state.write_u32(code.first_line);
            code.code.hash(state);
        }
    }
}

/// Equality as the constant table sees it: the types must agree too, zeros are told apart by sign, NaN equals nothing.
pub fn same_const(left: &Const, right: &Const) -> bool {
    let all = |left: &[Const], right: &[Const]| {
        left.len() == right.len()
            && left
                .iter()
                .zip(right)
                .all(|(left, right)| same_const(left, right))
    };
    match (left, right) {
        (Const::Float(left), Const::Float(right)) => same_float(*left, *right),
        (Const::Complex(a, b), Const::Complex(c, d)) => same_float(*a, *c) && same_float(*b, *d),
        (Const::Tuple(left), Const::Tuple(right)) => all(left, right),
        (Const::FrozenSet(left), Const::FrozenSet(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|item| right.iter().any(|other| same_const(item, other)))
        }
        (Const::Slice(left), Const::Slice(right)) => all(&left[..], &right[..]),
        (Const::Code(left), Const::Code(right)) => {
            left.name == right.name
                && left.first_line == right.first_line
                && left.code == right.code
                && left.arg_count == right.arg_count
                && left.posonly_count == right.posonly_count
                && left.kwonly_count == right.kwonly_count
                && left.flags == right.flags
                && left.names == right.names
                && left.local_names == right.local_names
                && left.local_kinds == right.local_kinds
                && left.line_table == right.line_table
                && left.exception_table == right.exception_table
                && all(&left.consts, &right.consts)
        }
        _ => left == right,
    }
}

fn same_float(left: f64, right: f64) -> bool {
    left == right && left.is_sign_negative() == right.is_sign_negative()
}

/// Constants merged by type and value, in order of first use.
#[derive(Debug, Default)]
pub struct ConstTable {
    items: Vec<Const>,
    /// For each item, the previous one with the same hash.
    chain: Vec<u32>,
    index: QuickMap<u64, u32>,
}

impl ConstTable {
    /// The index of a constant, added when new.
    pub fn add(&mut self, value: Const) -> u32 {
        let mut hasher = QuickHasher::default();
        hash_const(&value, &mut hasher);
        let hash = hasher.finish();
        let head = self.index.get(&hash).copied().unwrap_or(u32::MAX);
        let mut at = head;
        while at != u32::MAX {
            if same_const(&self.items[at as usize], &value) {
                return at;
            }
            at = self.chain[at as usize];
        }
        let index = self.items.len() as u32;
        self.items.push(value);
        self.chain.push(head);
        self.index.insert(hash, index);
        index
    }

    /// The constant at an index.
    pub fn get(&self, index: u32) -> &Const {
        &self.items[index as usize]
    }

    /// How many constants there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Keeps the constants `keep` says (by index) and returns them in order.
    pub fn into_kept(self, keep: &[bool]) -> Vec<Const> {
        self.items
            .into_iter()
            .zip(keep)
            .filter_map(|(item, keep)| keep.then_some(item))
            .collect()
    }
}
