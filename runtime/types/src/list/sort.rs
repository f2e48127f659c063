//! `list.sort` and `sorted`: stable, one call of the key function per item, `<` only. Keys that are all ints, floats or
//! strings are sorted without calling Python; everything else by a run-adaptive merge sort that survives comparisons
//! that raise or lie.

use super::list_of;
use pyjit_core::prelude::*;

pub(super) fn sort_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let l = list_of(vm, a[0])?;
    let reverse = match a[2].non_null() {
        Some(r) => vm.truthy(r)?,
        None => false,
    };
    let mut items = l.items.take();
    let result = sort_values(vm, &mut items, a[1].given(), reverse);
    let meanwhile = l.items.replace(items);
    let modified = meanwhile.capacity() != 0;
    drop(meanwhile);
    result?;
    if modified {
        return Err(vm.value_error("list modified during sort"));
    }
    Ok(Owned::NONE)
}

/// Sorts values as `list.sort` does. After an error all of them are still there, in some order.
pub fn sort_values(
    vm: &Vm,
    items: &mut [Owned],
    key: Option<Value>,
    reverse: bool,
) -> PyResult<()> {
    if items.len() >= u32::MAX as usize {
        return Err(vm.memory_error());
    }
    let Some(key) = key else {
        if sort_plain_ints(items, reverse) {
            return Ok(());
        }
        let keys: Vec<Value> = items.iter().map(|v| v.value()).collect();
        let (order, result) = order_of(vm, &keys, reverse);
        arrange(items, &order);
        return result;
    };
    let mut keys: Vec<Owned> = Vec::with_capacity(items.len());
    for v in items.iter() {
        keys.push(vm.call(key, &[v.value()])?);
    }
    let values: Vec<Value> = keys.iter().map(|v| v.value()).collect();
    let (order, result) = order_of(vm, &values, reverse);
    arrange(items, &order);
    drop(keys);
    result
}

/// Small ints that are equal cannot be told apart, so their words can be sorted alone.
fn sort_plain_ints(items: &mut [Owned], reverse: bool) -> bool {
    if !items.iter().all(|v| v.is_small_int()) {
        return false;
    }
    items.sort_by_key(|v| v.small_unchecked());
    if reverse {
        items.reverse();
    }
    true
}

fn arrange(items: &mut [Owned], order: &[u32]) {
    let mut old: Vec<Owned> = items.iter_mut().map(std::mem::take).collect();
    for (place, from) in items.iter_mut().zip(order) {
        if let Some(v) = old.get_mut(*from as usize) {
            *place = std::mem::take(v);
        }
    }
}

/// The stable order of the keys; after an error it is still a permutation.
fn order_of(vm: &Vm, keys: &[Value], reverse: bool) -> (Vec<u32>, PyResult<()>) {
    let n = keys.len() as u32;
    if let Some(order) = native_order(keys, reverse) {
        return (order, Ok(()));
    }
    let mut order: Vec<u32> = (0..n).collect();
    if reverse {
        order.reverse();
    }
    let result = Sorter {
        vm,
        keys,
        order: &mut order,
        spare: Vec::new(),
    }
    .run();
    if reverse {
        order.reverse();
    }
    (order, result)
}

fn sorted_pairs<T>(
    mut pairs: Vec<(T, u32)>,
    reverse: bool,
    cmp: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> Vec<u32> {
    if reverse {
        pairs.sort_by(|a, b| cmp(&b.0, &a.0));
    } else {
        pairs.sort_by(|a, b| cmp(&a.0, &b.0));
    }
    pairs.into_iter().map(|p| p.1).collect()
}

/// Keys of one plain class: no Python code runs, so Rust's stable sort does.
fn native_order(keys: &[Value], reverse: bool) -> Option<Vec<u32>> {
    let first = *keys.first()?;
    let numbered = 0..keys.len() as u32;
    if first.is_small_int() {
        let ints: Option<Vec<i64>> = keys.iter().map(|k| k.as_small()).collect();
        return Some(sorted_pairs(
            ints?.into_iter().zip(numbered).collect(),
            reverse,
            i64::cmp,
        ));
    }
    if first.is_exact_float() {
        let floats: Option<Vec<f64>> = keys
            .iter()
            .map(|k| k.as_float().filter(|f| k.is_exact_float() && !f.is_nan()))
            .collect();
        return Some(sorted_pairs(
            floats?.into_iter().zip(numbered).collect(),
            reverse,
            |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal),
        ));
    }
    if first.is_exact::<PyStr>() {
        let texts: Option<Vec<&PyStr>> = keys.iter().map(|k| k.cast_exact::<PyStr>()).collect();
        let texts = texts?;
        if let Some(bytes) = texts
            .iter()
            .map(|t| t.as_ascii().map(str::as_bytes))
            .collect::<Option<Vec<&[u8]>>>()
        {
            return Some(sorted_pairs(
                bytes.into_iter().zip(numbered).collect(),
                reverse,
                |a: &&[u8], b: &&[u8]| a.cmp(b),
            ));
        }
        return Some(sorted_pairs(
            texts.into_iter().zip(numbered).collect(),
            reverse,
            |a: &&PyStr, b: &&PyStr| a.text().iter().cmp(b.text().iter()),
        ));
    }
    None
}

/// Merge sort over runs (powersort's merge order, binary insertion for short runs).
struct Sorter<'a> {
    vm: &'a Vm,
    keys: &'a [Value],
    order: &'a mut Vec<u32>,
    spare: Vec<u32>,
}

const MIN_RUN: usize = 32;

impl Sorter<'_> {
    fn less(&self, a: u32, b: u32) -> PyResult<bool> {
        let (Some(x), Some(y)) = (self.keys.get(a as usize), self.keys.get(b as usize)) else {
            return Ok(false);
        };
        self.vm.compare_bool(*x, *y, Cmp::Lt)
    }
    fn run(&mut self) -> PyResult<()> {
        let n = self.order.len();
        // Pending runs: (start, length, power of the boundary before it).
        let mut runs: Vec<(usize, usize, u32)> = Vec::new();
        let mut at = 0;
        while at < n {
            let len = self.next_run(at, n)?;
            if let Some(&(s, l, _)) = runs.last() {
                let power = boundary_power(s, l, len, n);
                while let [.., (s1, l1, _), (_, l2, p)] = runs[..] {
                    if p <= power {
                        break;
                    }
                    self.merge(s1, s1 + l1, s1 + l1 + l2)?;
                    runs.pop();
                    if let Some(last) = runs.last_mut() {
                        last.1 = l1 + l2;
                    }
                }
                runs.push((at, len, power));
            } else {
                runs.push((at, len, 0));
            }
            at += len;
        }
        while let [.., (s1, l1, _), (_, l2, _)] = runs[..] {
            self.merge(s1, s1 + l1, s1 + l1 + l2)?;
            runs.pop();
            if let Some(last) = runs.last_mut() {
                last.1 = l1 + l2;
            }
        }
        Ok(())
    }
    /// Length of the run at `lo`, turned round if it descends strictly, made longer by insertion if short.
    fn next_run(&mut self, lo: usize, n: usize) -> PyResult<usize> {
        let mut end = lo + 1;
        if end >= n {
            return Ok(n - lo);
        }
        let descending = self.less(self.order[end], self.order[end - 1])?;
        end += 1;
        while end < n && self.less(self.order[end], self.order[end - 1])? == descending {
            end += 1;
        }
        if descending {
            self.order[lo..end].reverse();
        }
        let want = (lo + MIN_RUN).min(n);
        while end < want {
            let pivot = self.order[end];
            let (mut l, mut r) = (lo, end);
            while l < r {
                let m = l + (r - l) / 2;
                if self.less(pivot, self.order[m])? {
                    r = m;
                } else {
                    l = m + 1;
                }
            }
            self.order.copy_within(l..end, l + 1);
            self.order[l] = pivot;
            end += 1;
        }
        Ok(end - lo)
    }
    /// How many items of `order[lo..hi]` stand before `x` when equal ones do (`right`) or do not.
    fn bound(&self, x: u32, lo: usize, hi: usize, right: bool) -> PyResult<usize> {
        let (mut l, mut r) = (lo, hi);
        while l < r {
            let m = l + (r - l) / 2;
            let before = if right {
                !self.less(x, self.order[m])?
            } else {
                self.less(self.order[m], x)?
            };
            if before {
                l = m + 1;
            } else {
                r = m;
            }
        }
        Ok(l)
    }
    /// Merges two neighbouring runs.
    fn merge(&mut self, lo: usize, mid: usize, hi: usize) -> PyResult<()> {
        if !self.less(self.order[mid], self.order[mid - 1])? {
            return Ok(());
        }
        let lo = self.bound(self.order[mid], lo, mid, true)?;
        let hi = self.bound(self.order[mid - 1], mid, hi, false)?;
        let mut spare = std::mem::take(&mut self.spare);
        spare.clear();
        let result = if mid - lo <= hi - mid {
            spare.extend_from_slice(&self.order[lo..mid]);
            self.merge_low(&spare, lo, mid, hi)
        } else {
            spare.extend_from_slice(&self.order[mid..hi]);
            self.merge_high(&spare, lo, mid, hi)
        };
        self.spare = spare;
        result
    }
    fn merge_low(&mut self, left: &[u32], lo: usize, mid: usize, hi: usize) -> PyResult<()> {
        let (mut i, mut j, mut out) = (0, mid, lo);
        let mut result = Ok(());
        while i < left.len() && j < hi {
            match self.less(self.order[j], left[i]) {
                Ok(true) => {
                    self.order[out] = self.order[j];
                    j += 1;
                }
                Ok(false) => {
                    self.order[out] = left[i];
                    i += 1;
                }
                Err(e) => {
                    result = Err(e);
                    break;
                }
            }
            out += 1;
        }
        self.order[out..out + left.len() - i].copy_from_slice(&left[i..]);
        result
    }
    fn merge_high(&mut self, right: &[u32], lo: usize, mid: usize, hi: usize) -> PyResult<()> {
        let (mut i, mut j, mut out) = (mid, right.len(), hi);
        let mut result = Ok(());
        while i > lo && j > 0 {
            match self.less(right[j - 1], self.order[i - 1]) {
                Ok(true) => {
                    self.order[out - 1] = self.order[i - 1];
                    i -= 1;
                }
                Ok(false) => {
                    self.order[out - 1] = right[j - 1];
                    j -= 1;
                }
                Err(e) => {
                    result = Err(e);
                    break;
                }
            }
            out -= 1;
        }
        self.order[out - j..out].copy_from_slice(&right[..j]);
        result
    }
}

/// Powersort's power of the boundary between two neighbouring runs: the depth at which their midpoints part in a binary
/// tree over `n` items.
fn boundary_power(s1: usize, n1: usize, n2: usize, n: usize) -> u32 {
    let (mut a, mut b) = (2 * s1 + n1, 2 * s1 + 2 * n1 + n2);
    let n = 2 * n;
    let mut power = 0;
    loop {
        power += 1;
        a *= 2;
        b *= 2;
        let (ba, bb) = (a >= n, b >= n);
        if ba != bb || power > 64 {
            return power;
        }
        if ba {
            a -= n;
            b -= n;
        }
    }
}
