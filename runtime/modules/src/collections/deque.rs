//! `deque` and its iterators.

use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::{bind_args, class_getitem_def, clipped_bound, repr_items};
use std::cell::Cell;
use std::collections::VecDeque;

py_class! {
    /// A double-ended queue.
    pub struct PyDeque as "deque" {
        pub items: MutCell<VecDeque<Owned>>,
        /// Largest length; `usize::MAX` is unbounded.
        pub maxlen: Cell<usize>,
        /// Counts changes, so that iterators notice them.
        pub state: Cell<u64>,
    }
}
py_class! {
    /// Iterator of a deque; `back` runs from the right.
    pub struct PyDequeIter as "_deque_iterator" { pub deque: Owned, pub at: Cell<usize>, pub left: Cell<usize>, pub state: u64 }
}
py_class! {
    /// Iterator of a deque from the right.
    pub struct PyDequeReverseIter as "_deque_reverse_iterator", extends PyDequeIter { pub iter: PyDequeIter }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyDeque>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            doc: Some("A list-like sequence optimized for data accesses near its endpoints."),
            flags: type_flags::BASE | type_flags::SEQUENCE,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.iter.set(Some(|_, v| Ok(iterator(v, false))));
                s.len
                    .set(Some(|_, v| Ok(v.cast::<PyDeque>().map_or(0, |d| d.len()))));
                s.contains.set(Some(contains));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(setitem));
                s.concat.set(Some(concat));
                s.iconcat.set(Some(|vm, a, b| {
                    extend_with(vm, deque_of(vm, a)?, b, true)?;
                    Ok(a.own())
                }));
                s.repeat.set(Some(repeat));
                s.irepeat.set(Some(irepeat));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("deque")
        },
    );
    payload_class::<PyDequeIter>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, c, a| new_iterator(vm, c, a, false)));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| next(vm, v, false)));
            },
            methods: ITER_METHODS,
            ..ClassSpec::new("_deque_iterator")
        },
    );
    payload_class::<PyDequeReverseIter>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, c, a| new_iterator(vm, c, a, true)));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(|vm, v| next(vm, v, true)));
            },
            methods: ITER_METHODS,
            ..ClassSpec::new("_deque_reverse_iterator")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("append", "(self, item, /)", append, "Add an element to the right side of the deque."),
    MethodDef::new("appendleft", "(self, item, /)", appendleft, "Add an element to the left side of the deque."),
    MethodDef::new("clear", "(self, /)", clear, "Remove all elements from the deque."),
    MethodDef::new("__copy__", "(self, /)", copy, "Return a shallow copy of a deque."),
    MethodDef::new("copy", "(self, /)", copy, "Return a shallow copy of a deque."),
    MethodDef::new("count", "(self, value, /)", count, "Return number of occurrences of value."),
    MethodDef::new("extend", "(self, iterable, /)", extend, "Extend the right side of the deque with elements from the iterable."),
    MethodDef::new("extendleft", "(self, iterable, /)", extendleft, "Extend the left side of the deque with elements from the iterable."),
    MethodDef::new("index", "(self, value, start=0, stop=sys.maxsize, /)", index, "Position of the first item equal to value; ValueError if there is none."),
    MethodDef::new("insert", "(self, index, value, /)", insert, "Insert value before index."),
    MethodDef::new("pop", "(self, /)", pop, "Remove and return the rightmost element."),
    MethodDef::new("popleft", "(self, /)", popleft, "Remove and return the leftmost element."),
    MethodDef::new("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
    MethodDef::new("remove", "(self, value, /)", remove, "Remove first occurrence of value."),
    MethodDef::new("__reversed__", "(self, /)", |_, a| Ok(iterator(a[0], true)), "Return a reverse iterator over the deque."),
    MethodDef::new("reverse", "(self, /)", reverse, "Reverse *IN PLACE*."),
    MethodDef::new("rotate", "(self, n=1, /)", rotate, "Rotate the deque n steps to the right.  If n is negative, rotates left."),
    MethodDef::new("__sizeof__", "(self, /)", sizeof, "Return the size of the deque in memory, in bytes."),
    class_getitem_def("deques are generic over the type of their contents"),
];
static GETSET: &[GetSetDef] = &[GetSetDef::read("maxlen", |vm, v| {
    let n = deque_of(vm, v)?.maxlen.get();
    Ok(if n == usize::MAX { Owned::NONE } else { new_usize(n) })
})
.doc("maximum size of a deque or None if unbounded")];
static ITER_METHODS: &[MethodDef] = &[
    MethodDef::new("__length_hint__", "(self, /)", iter_hint, "Private method returning an estimate of len(list(it))."),
    MethodDef::new("__reduce__", "(self, /)", iter_reduce, "Return state information for pickling."),
];

impl PyDeque {
    fn empty(maxlen: usize) -> PyDeque {
        PyDeque {
            items: MutCell::default(),
            maxlen: Cell::new(maxlen),
            state: Cell::new(0),
        }
    }
    fn len(&self) -> usize {
        self.items.get().len()
    }
    fn get(&self, i: usize) -> Option<Owned> {
        self.items.get().get(i).cloned()
    }
    fn changed(&self) {
        self.state.set(self.state.get().wrapping_add(1));
    }
    fn push(&self, v: Owned, right: bool) {
        let items = self.items.get_mut();
        if right {
            items.push_back(v);
        } else {
            items.push_front(v);
        }
        self.changed();
        if items.len() > self.maxlen.get() {
            let old = if right { items.pop_front() } else { items.pop_back() };
            drop(old);
        }
    }
}

fn deque_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyDeque> {
    v.cast::<PyDeque>().ok_or_else(|| {
        vm.type_error(format!("expected deque, got {}", v.class().name_str()))
    })
}

fn new(_: &Vm, class: &'static TypeObject, _: Args<'_>) -> PyResult<Owned> {
    Ok(new_object(class, PyDeque::empty(usize::MAX)))
}
fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    static SIG: Sig = Sig::parse("(iterable=(), maxlen=None)");
    bind_args(vm, &SIG, "deque", args, |a| {
        let d = deque_of(vm, v)?;
        let maxlen = match a[1].given() {
            None => usize::MAX,
            Some(n) if n.as_int().is_none() => return Err(vm.type_error("an integer is required")),
            Some(n) => usize::try_from(vm.to_size(n)?)
                .map_err(|_| vm.value_error("maxlen must be non-negative"))?,
        };
        d.maxlen.set(maxlen);
        if d.len() > 0 {
            d.changed();
            drop(d.items.take());
        }
        match a[0].non_null() {
            Some(it) => extend_with(vm, d, it, true),
            None => Ok(()),
        }
    })
}
fn extend_with(vm: &Vm, d: &PyDeque, iterable: Value, right: bool) -> PyResult<()> {
    if iterable.is(d.as_value()) {
        let all: Vec<Owned> = d.items.get().iter().cloned().collect();
        for x in all {
            d.push(x, right);
        }
        return Ok(());
    }
    let it = vm.iter(iterable)?;
    while let Some(x) = vm.next(it.value())? {
        d.push(x, right);
    }
    Ok(())
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = deque_of(vm, v)?;
    let open = format!("{}([", v.class().short_name());
    let close = match d.maxlen.get() {
        usize::MAX => "])".to_string(),
        n => format!("], maxlen={n})"),
    };
    let all: Vec<Owned> = d.items.get().iter().cloned().collect();
    repr_items(vm, v, (&open, &close, "[...]"), |i| all.get(i).cloned())
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyDeque>(), b.cast::<PyDeque>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if std::ptr::eq(x, y) && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::bool(op == Cmp::Eq));
    }
    if x.len() != y.len() && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::bool(op == Cmp::Ne));
    }
    let states = (x.state.get(), y.state.get());
    let mut i = 0;
    while let (Some(p), Some(q)) = (x.get(i), y.get(i)) {
        if !vm.eq(p.value(), q.value())? {
            return match op {
                Cmp::Eq => Ok(Owned::bool(false)),
                Cmp::Ne => Ok(Owned::bool(true)),
                _ => vm.compare(p.value(), q.value(), op),
            };
        }
        if states != (x.state.get(), y.state.get()) {
            return Err(mutated(vm));
        }
        i += 1;
    }
    Ok(Owned::bool(op.of(x.len().cmp(&y.len()))))
}
fn mutated(vm: &Vm) -> Raised {
    vm.runtime_error("deque mutated during iteration")
}
/// The first position from `start` on whose item is equal.
fn find(vm: &Vm, d: &PyDeque, v: Value, start: usize, stop: usize) -> PyResult<Option<usize>> {
    let state = d.state.get();
    let mut i = start;
    while i < stop {
        let Some(x) = d.get(i) else { break };
        let equal = vm.eq(x.value(), v)?;
        if d.state.get() != state {
            return Err(mutated(vm));
        }
        if equal {
            return Ok(Some(i));
        }
        i += 1;
    }
    Ok(None)
}
fn contains(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    let d = deque_of(vm, v)?;
    Ok(find(vm, d, item, 0, usize::MAX)?.is_some())
}
fn place(vm: &Vm, d: &PyDeque, key: Value) -> PyResult<usize> {
    if key.as_int().is_none() && key.class().slots.index.get().is_none() {
        return Err(vm.type_error(format!(
            "sequence index must be integer, not '{}'",
            key.class().name_str()
        )));
    }
    let i = vm.index_size(key)?;
    vm.position(i, d.len())
        .ok_or_else(|| vm.index_error("deque index out of range"))
}
fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let d = deque_of(vm, v)?;
    let i = place(vm, d, key)?;
    d.get(i)
        .ok_or_else(|| vm.index_error("deque index out of range"))
}
fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let d = deque_of(vm, v)?;
    let i = place(vm, d, key)?;
    if value.is_null() {
        d.changed();
        let old = d.items.get_mut().remove(i);
        drop(old);
    } else if let Some(p) = d.items.get_mut().get_mut(i) {
        let old = std::mem::replace(p, value.own());
        drop(old);
    }
    Ok(())
}
/// A deque of the same class and length limit with these items.
fn copy_of(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = deque_of(vm, v)?;
    if v.is_exact::<PyDeque>() {
        let new = PyDeque::empty(d.maxlen.get());
        *new.items.get_mut() = d.items.get().clone();
        return Ok(new_object(PyDeque::class(), new));
    }
    let class = v.class().as_value();
    let made = if d.maxlen.get() == usize::MAX {
        vm.call(class, &[v])?
    } else {
        let n = new_usize(d.maxlen.get());
        vm.call(class, &[v, n.value()])?
    };
    if !made.isa::<PyDeque>() {
        return Err(vm.type_error(format!(
            "{}() must return a deque, not {}",
            v.class().name_str(),
            made.class().name_str()
        )));
    }
    Ok(made)
}
fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !b.isa::<PyDeque>() {
        return Err(vm.type_error(format!(
            "can only concatenate deque (not \"{}\") to deque",
            b.class().name_str()
        )));
    }
    let new = copy_of(vm, a)?;
    extend_with(vm, deque_of(vm, new.value())?, b, true)?;
    Ok(new)
}
fn irepeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let n = vm.repeat_count(n)?;
    let d = deque_of(vm, v)?;
    if n == 0 {
        d.changed();
        drop(d.items.take());
        return Ok(v.own());
    }
    let all: Vec<Owned> = d.items.get().iter().cloned().collect();
    if all.is_empty() || n == 1 {
        return Ok(v.own());
    }
    if all.len().checked_mul(n).is_none_or(|t| t > isize::MAX as usize / 16)
        && d.maxlen.get() == usize::MAX
    {
        return Err(vm.memory_error());
    }
    // With a length limit the first rounds would only be pushed out again.
    let rounds = (n - 1).min((d.maxlen.get() / all.len()).saturating_add(2));
    for _ in 0..rounds {
        for x in &all {
            d.push(x.clone(), true);
        }
    }
    Ok(v.own())
}
fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let new = copy_of(vm, v)?;
    irepeat(vm, new.value(), n)
}

fn append(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    deque_of(vm, a[0])?.push(a[1].own(), true);
    Ok(Owned::NONE)
}
fn appendleft(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    deque_of(vm, a[0])?.push(a[1].own(), false);
    Ok(Owned::NONE)
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    d.changed();
    drop(d.items.take());
    Ok(Owned::NONE)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    copy_of(vm, a[0])
}
fn count(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let (mut n, mut at) = (0, 0);
    while let Some(i) = find(vm, d, a[1], at, usize::MAX)? {
        n += 1;
        at = i + 1;
    }
    Ok(new_usize(n))
}
fn extend(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    extend_with(vm, deque_of(vm, a[0])?, a[1], true)?;
    Ok(Owned::NONE)
}
fn extendleft(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    extend_with(vm, deque_of(vm, a[0])?, a[1], false)?;
    Ok(Owned::NONE)
}
fn index(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let start = clipped_bound(vm, a[2], 0, d.len())?;
    let stop = clipped_bound(vm, a[3], isize::MAX, d.len())?;
    match find(vm, d, a[1], start, stop.min(d.len()))? {
        Some(i) => Ok(new_usize(i)),
        None => Err(vm.value_error("deque.index(x): x not in deque")),
    }
}
fn insert(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let i = vm.to_size(a[1])?;
    let n = d.len();
    if n >= d.maxlen.get() {
        return Err(vm.index_error("deque already at its maximum size"));
    }
    let i = if i < 0 { i.saturating_add(n as isize).max(0) } else { i };
    d.changed();
    d.items.get_mut().insert((i as usize).min(n), a[2].own());
    Ok(Owned::NONE)
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    match d.items.get_mut().pop_back() {
        Some(v) => {
            d.changed();
            Ok(v)
        }
        None => Err(vm.index_error("pop from an empty deque")),
    }
}
fn popleft(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    match d.items.get_mut().pop_front() {
        Some(v) => {
            d.changed();
            Ok(v)
        }
        None => Err(vm.index_error("pop from an empty deque")),
    }
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let state = vm.call_method(a[0], vm.names.__getstate__.value(), &[])?;
    let it = vm.iter(a[0])?;
    let args = if d.maxlen.get() == usize::MAX {
        PyTuple::empty()
    } else {
        PyTuple::pair(PyTuple::empty(), new_usize(d.maxlen.get()))
    };
    Ok(PyTuple::new(vec![a[0].class().as_owned(), args, state, it]))
}
fn remove(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let state = d.state.get();
    let mut i = 0;
    while let Some(x) = d.get(i) {
        let equal = vm.eq(x.value(), a[1])?;
        if d.state.get() != state {
            return Err(vm.index_error("deque mutated during remove()."));
        }
        if equal {
            d.changed();
            let old = d.items.get_mut().remove(i);
            drop(old);
            return Ok(Owned::NONE);
        }
        i += 1;
    }
    Err(vm.value_error("deque.remove(x): x not in deque"))
}
fn reverse(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    deque_of(vm, a[0])?.items.get_mut().make_contiguous().reverse();
    Ok(Owned::NONE)
}
fn rotate(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = deque_of(vm, a[0])?;
    let n = match a[1].non_null() {
        Some(n) => vm.to_size(n)?,
        None => 1,
    };
    let items = d.items.get_mut();
    if items.len() > 1 {
        d.changed();
        let by = n.rem_euclid(items.len() as isize) as usize;
        items.rotate_right(by);
    }
    Ok(Owned::NONE)
}
fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = deque_of(vm, a[0])?.len();
    Ok(new_usize(216 + 528 * n.div_ceil(64).max(1)))
}

fn iterator(v: Value, back: bool) -> Owned {
    let (left, state) = v
        .cast::<PyDeque>()
        .map_or((0, 0), |d| (d.len(), d.state.get()));
    let iter = PyDequeIter {
        deque: v.own(),
        at: Cell::new(0),
        left: Cell::new(left),
        state,
    };
    if back {
        new_object(PyDequeReverseIter::class(), PyDequeReverseIter { iter })
    } else {
        new_object(PyDequeIter::class(), iter)
    }
}
fn new_iterator(vm: &Vm, class: &'static TypeObject, args: Args<'_>, back: bool) -> PyResult<Owned> {
    let name = class.short_name();
    args.no_keywords(vm, &name)?;
    args.check_positional(vm, &name, 1, 2)?;
    let source = args.values[0];
    let d = source.cast::<PyDeque>().ok_or_else(|| {
        vm.type_error(format!(
            "argument 1 must be collections.deque, not {}",
            source.class().name_str()
        ))
    })?;
    let skip = match args.values.get(1) {
        Some(n) => vm.to_size(*n)?.max(0) as usize,
        None => 0,
    };
    let it = iterator(source, back);
    if let Some(i) = it.cast::<PyDequeIter>() {
        let skip = skip.min(d.len());
        i.at.set(skip);
        i.left.set(d.len() - skip);
    }
    Ok(it)
}
fn next(vm: &Vm, v: Value, back: bool) -> PyResult<Owned> {
    let Some((it, d)) = v
        .cast::<PyDequeIter>()
        .and_then(|it| Some((it, it.deque.cast::<PyDeque>()?)))
    else {
        return Ok(Owned::NULL);
    };
    if d.state.get() != it.state {
        it.left.set(0);
        return Err(mutated(vm));
    }
    if it.left.get() == 0 {
        return Ok(Owned::NULL);
    }
    let at = it.at.get();
    let place = if back { (d.len()).wrapping_sub(at + 1) } else { at };
    it.at.set(at + 1);
    it.left.set(it.left.get() - 1);
    Ok(d.get(place).unwrap_or(Owned::NULL))
}
fn iter_hint(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(new_usize(
        a[0].cast::<PyDequeIter>().map_or(0, |it| it.left.get()),
    ))
}
fn iter_reduce(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some((it, d)) = a[0]
        .cast::<PyDequeIter>()
        .and_then(|it| Some((it, it.deque.cast::<PyDeque>()?)))
    else {
        return Ok(Owned::NONE);
    };
    Ok(PyTuple::pair(
        a[0].class().as_owned(),
        PyTuple::pair(
            it.deque.clone(),
            new_usize(d.len().saturating_sub(it.left.get())),
        ),
    ))
}
