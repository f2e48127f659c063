//! `product`, `permutations`, `combinations`, `combinations_with_replacement`.

use super::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

/// Where a combinatoric iterator stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Stage {
    Fresh,
    Running,
    Done,
}

py_class! {
    /// `product`: the pools and a position in each.
    pub struct PyProduct as "product" { pub pools: Vec<Vec<Owned>>, pub at: MutCell<Vec<usize>>, pub stage: Cell<Stage> }
}
py_class! {
    /// `permutations`.
    pub struct PyPermutations as "permutations" {
        pub pool: Vec<Owned>,
        pub indices: MutCell<Vec<usize>>,
        pub cycles: MutCell<Vec<usize>>,
        pub stage: Cell<Stage>,
    }
}
py_class! {
    /// `combinations`.
    pub struct PyCombinations as "combinations" { pub pool: Vec<Owned>, pub indices: MutCell<Vec<usize>>, pub stage: Cell<Stage> }
}
py_class! {
    /// `combinations_with_replacement`.
    pub struct PyCombinationsR as "combinations_with_replacement" {
        pub pool: Vec<Owned>,
        pub indices: MutCell<Vec<usize>>,
        pub stage: Cell<Stage>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    iterator_class!(vm, module, PyCombinations, "combinations", new_combinations, next_combinations, SIZE,
        "Successive combinations of r items of the iterable.");
    iterator_class!(vm, module, PyCombinationsR, "combinations_with_replacement", new_with_replacement,
        next_with_replacement, SIZE, "Successive combinations of r items of the iterable, with repeats.");
    iterator_class!(vm, module, PyPermutations, "permutations", new_permutations, next_permutations, SIZE,
        "Successive arrangements of r items of the iterable.");
    iterator_class!(vm, module, PyProduct, "product", new_product, next_product, SIZE,
        "Cartesian product of the iterables, the rightmost changing fastest.");
}

static SIZE: &[MethodDef] = &[MethodDef::new(
    "__sizeof__",
    "(self, /)",
    sizeof,
    "Returns size in memory, in bytes.",
)];
fn sizeof(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = if let Some(c) = a[0].cast::<PyCombinations>() {
        56 + c.indices.get().len() * 8
    } else if let Some(c) = a[0].cast::<PyCombinationsR>() {
        56 + c.indices.get().len() * 8
    } else if let Some(p) = a[0].cast::<PyPermutations>() {
        64 + (p.indices.get().len() + p.cycles.get().len()) * 8
    } else {
        48 + a[0].cast::<PyProduct>().map_or(0, |p| p.pools.len() * 8)
    };
    Ok(new_usize(n))
}

fn pick(pool: &[Owned], indices: &[usize]) -> Owned {
    let items = indices.iter().map(|i| pool.get(*i).cloned());
    PyTuple::new(items.map(|x| x.unwrap_or(Owned::NONE)).collect())
}
/// The length argument, checked.
fn length(vm: &Vm, r: Value) -> PyResult<usize> {
    usize::try_from(vm.to_size(r)?).map_err(|_| vm.value_error("r must be non-negative"))
}
fn stage_for(possible: bool) -> Cell<Stage> {
    Cell::new(if possible { Stage::Fresh } else { Stage::Done })
}
/// `n` positions, or MemoryError if that many cannot be.
fn positions(vm: &Vm, n: usize, f: impl Fn(usize) -> usize) -> PyResult<Vec<usize>> {
    let mut v = Vec::new();
    if v.try_reserve_exact(n).is_err() {
        return Err(vm.memory_error());
    }
    v.extend((0..n).map(f));
    Ok(v)
}

fn new_combinations(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, r)");
    bind_args(vm, &SIG, "combinations", args, |a| {
        let r_arg = a[1];
        let pool = vm.iterate_to_vec(a[0])?;
        let r = length(vm, r_arg)?;
        let possible = r <= pool.len();
        let n = if possible { r } else { 0 };
        let indices = positions(vm, n, |i| i)?;
        Ok(new_object(
            class,
            PyCombinations {
                indices: MutCell::new(indices),
                stage: stage_for(possible),
                pool,
            },
        ))
    })
}
fn next_combinations(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCombinations>() else {
        return Ok(Owned::NULL);
    };
    let (n, indices) = (c.pool.len(), c.indices.get_mut());
    match c.stage.get() {
        Stage::Done => return Ok(Owned::NULL),
        Stage::Fresh => c.stage.set(Stage::Running),
        Stage::Running => {
            let r = indices.len();
            // The rightmost index that is not at its highest place.
            let Some(i) = (0..r).rev().find(|i| indices[*i] != i + n - r) else {
                c.stage.set(Stage::Done);
                return Ok(Owned::NULL);
            };
            indices[i] += 1;
            for j in i + 1..r {
                indices[j] = indices[j - 1] + 1;
            }
        }
    }
    Ok(pick(&c.pool, indices))
}

fn new_with_replacement(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, r)");
    bind_args(vm, &SIG, "combinations_with_replacement", args, |a| {
        let pool = vm.iterate_to_vec(a[0])?;
        let r = length(vm, a[1])?;
        let indices = positions(vm, r, |_| 0)?;
        Ok(new_object(
            class,
            PyCombinationsR {
                indices: MutCell::new(indices),
                stage: stage_for(!pool.is_empty() || r == 0),
                pool,
            },
        ))
    })
}
fn next_with_replacement(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(c) = v.cast::<PyCombinationsR>() else {
        return Ok(Owned::NULL);
    };
    let (n, indices) = (c.pool.len(), c.indices.get_mut());
    match c.stage.get() {
        Stage::Done => return Ok(Owned::NULL),
        Stage::Fresh => c.stage.set(Stage::Running),
        Stage::Running => {
            let Some(i) = indices.iter().rposition(|x| *x + 1 != n) else {
                c.stage.set(Stage::Done);
                return Ok(Owned::NULL);
            };
            let next = indices[i] + 1;
            indices[i..].fill(next);
        }
    }
    Ok(pick(&c.pool, indices))
}

fn new_permutations(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(iterable, r=None)");
    bind_args(vm, &SIG, "permutations", args, |a| {
        let pool = vm.iterate_to_vec(a[0])?;
        let n = pool.len();
        let r = match a[1].given() {
            None => n,
            Some(r) if r.as_int().is_none() => {
                return Err(vm.type_error("Expected int as r"));
            }
            Some(r) => length(vm, r)?,
        };
        let cycles = positions(vm, r.min(n), |i| n - i)?;
        Ok(new_object(
            class,
            PyPermutations {
                indices: MutCell::new((0..n).collect()),
                cycles: MutCell::new(cycles),
                stage: stage_for(r <= n),
                pool,
            },
        ))
    })
}
fn next_permutations(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(p) = v.cast::<PyPermutations>() else {
        return Ok(Owned::NULL);
    };
    let (indices, cycles) = (p.indices.get_mut(), p.cycles.get_mut());
    let (n, r) = (indices.len(), cycles.len());
    match p.stage.get() {
        Stage::Done => return Ok(Owned::NULL),
        Stage::Fresh => p.stage.set(Stage::Running),
        Stage::Running => {
            let mut moved = false;
            for i in (0..r).rev() {
                cycles[i] -= 1;
                if cycles[i] == 0 {
                    indices[i..].rotate_left(1);
                    cycles[i] = n - i;
                } else {
                    indices.swap(i, n - cycles[i]);
                    moved = true;
                    break;
                }
            }
            if !moved {
                p.stage.set(Stage::Done);
                return Ok(Owned::NULL);
            }
        }
    }
    Ok(pick(&p.pool, indices.get(..r).unwrap_or(indices)))
}

fn new_product(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let mut repeat = 1isize;
    for (k, v) in args.keywords() {
        if !k.cast::<PyStr>().is_some_and(|s| s.is_text("repeat")) {
            return Err(vm.type_error(format!(
                "product() got an unexpected keyword argument '{}'",
                text_of(k)
            )));
        }
        repeat = vm.to_size(v)?;
    }
    let Ok(repeat) = usize::try_from(repeat) else {
        return Err(vm.value_error("repeat argument cannot be negative"));
    };
    let given = if repeat == 0 { &[] } else { args.pos() };
    if given.len().saturating_mul(repeat) > isize::MAX as usize / 32 {
        return Err(vm.overflow_error("repeat argument too large"));
    }
    let once: PyResult<Vec<Vec<Owned>>> = given.iter().map(|v| vm.iterate_to_vec(*v)).collect();
    let once = once?;
    let mut pools: Vec<Vec<Owned>> = Vec::new();
    if !once.is_empty() {
        for _ in 0..repeat {
            pools.extend(once.iter().cloned());
        }
    }
    Ok(new_object(
        class,
        PyProduct {
            at: MutCell::new(vec![0; pools.len()]),
            stage: stage_for(pools.iter().all(|p| !p.is_empty())),
            pools,
        },
    ))
}
fn next_product(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(p) = v.cast::<PyProduct>() else {
        return Ok(Owned::NULL);
    };
    let at = p.at.get_mut();
    match p.stage.get() {
        Stage::Done => return Ok(Owned::NULL),
        Stage::Fresh => p.stage.set(Stage::Running),
        Stage::Running => {
            let mut moved = false;
            for (i, pool) in at.iter_mut().zip(&p.pools).rev() {
                *i += 1;
                if *i < pool.len() {
                    moved = true;
                    break;
                }
                *i = 0;
            }
            if !moved {
                p.stage.set(Stage::Done);
                return Ok(Owned::NULL);
            }
        }
    }
    let items = at.iter().zip(&p.pools).map(|(i, pool)| pool.get(*i).cloned());
    Ok(PyTuple::new(
        items.map(|x| x.unwrap_or(Owned::NONE)).collect(),
    ))
}
