//! `OrderedDict`. The dictionary's own table keeps the order; what is added here is moving entries, order-sensitive
//! comparison, and iterators that notice every change of the keys.

use crate::native::{hidden_class, payload_class};
use pyjit_core::prelude::*;
use pyjit_types::dict::{AnyView, PyDictItems, PyDictKeys, PyDictValues, PyDictView, dict_of, update, view};
use pyjit_types::sequence::reduce_iter;
use std::cell::Cell;

py_class! {
    /// An ordered dictionary.
    pub struct PyOrderedDict as "OrderedDict", extends PyDict { pub base: PyDict }
}
py_class! { /// `odict_keys`.
pub struct PyOdictKeys as "odict_keys", extends PyDictKeys { pub base: PyDictKeys } }
py_class! { /// `odict_items`.
pub struct PyOdictItems as "odict_items", extends PyDictItems { pub base: PyDictItems } }
py_class! { /// `odict_values`.
pub struct PyOdictValues as "odict_values", extends PyDictValues { pub base: PyDictValues } }
impl AnyView for PyOdictKeys {
    fn wrap(view: PyDictView) -> Self {
        PyOdictKeys { base: PyDictKeys::wrap(view) }
    }
}
impl AnyView for PyOdictItems {
    fn wrap(view: PyDictView) -> Self {
        PyOdictItems { base: PyDictItems::wrap(view) }
    }
}
impl AnyView for PyOdictValues {
    fn wrap(view: PyDictView) -> Self {
        PyOdictValues { base: PyDictValues::wrap(view) }
    }
}
py_class! {
    /// Iterator over keys, values or items, in either direction.
    pub struct PyOdictIter as "odict_iterator" {
        pub dict: MutCell<Owned>,
        pub at: Cell<usize>,
        /// Id of the key set when the iteration began.
        pub keys_id: u32,
        pub part: Part,
        pub back: bool,
    }
}
/// What an iterator gives.
#[derive(Clone, Copy, PartialEq)]
pub enum Part {
    Keys,
    Values,
    Items,
}
impl pyjit_core::object::Trace for Part {
    fn trace(&self, _: pyjit_core::object::Tracer<'_>) {}
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyOrderedDict>(
        vm,
        module,
        ClassSpec {
            module: "collections",
            doc: Some("Dictionary that remembers insertion order"),
            base: Some(PyDict::class()),
            flags: type_flags::BASE | type_flags::MAPPING,
            dict: true,
            weakrefs: true,
            slots: |s| {
                s.new
                    .set(Some(|_, class, _| Ok(new_object(class, PyOrderedDict { base: PyDict::empty() }))));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.iter.set(Some(|vm, v| iterator(vm, v, Part::Keys, false)));
                s.or.set(Some(or));
                s.ior.set(Some(|vm, a, b| {
                    update(vm, dict_of(vm, a)?, b)?;
                    Ok(a.own())
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("OrderedDict")
        },
    );
    hidden_class::<PyOdictIter>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            methods: ITER,
            ..ClassSpec::new("odict_iterator")
        },
    );
    macro_rules! views { ($($T:ident $B:ident $name:literal $part:ident $methods:expr;)*) => { $(
        hidden_class::<$T>(vm, ClassSpec {
            base: Some($B::class()),
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|vm, v| iterator(vm, viewed(v), Part::$part, false)));
            },
            methods: $methods,
            ..ClassSpec::new($name)
        });
    )* } }
    views! {
        PyOdictKeys PyDictKeys "odict_keys" Keys KEYS;
        PyOdictItems PyDictItems "odict_items" Items ITEMS;
        PyOdictValues PyDictValues "odict_values" Values VALUES;
    }
}

static KEYS: &[MethodDef] =
    &[MethodDef::new("__reversed__", "(self, /)", |vm, a| iterator(vm, viewed(a[0]), Part::Keys, true), "")];
static ITEMS: &[MethodDef] =
    &[MethodDef::new("__reversed__", "(self, /)", |vm, a| iterator(vm, viewed(a[0]), Part::Items, true), "")];
static VALUES: &[MethodDef] =
    &[MethodDef::new("__reversed__", "(self, /)", |vm, a| iterator(vm, viewed(a[0]), Part::Values, true), "")];
static ITER: &[MethodDef] =
    &[MethodDef::new("__reduce__", "(self, /)", iter_reduce, "Return state information for pickling")];

static METHODS: &[MethodDef] = &[
    MethodDef::class("fromkeys", "(type, /, iterable, value=None)", fromkeys, "Create a new ordered dictionary with keys from iterable and values set to value."),
    MethodDef::new("__sizeof__", "(self, /)", sizeof, ""),
    MethodDef::new("__reduce__", "(self, /)", reduce, "Return state information for pickling"),
    MethodDef::new("setdefault", "(self, /, key, default=None)", setdefault, "Return the value of the key; a missing one is stored with the default first."),
    MethodDef::new("pop", "(self, /, key, default=<unrepresentable>)", pop, "Remove a key and return its value; the default, if given, or KeyError when it is not there."),
    MethodDef::new("popitem", "(self, /, last=True)", popitem, "Remove and return a (key, value) pair: the last one, or the first one if last is false."),
    MethodDef::new("keys", "(self, /)", |_, a| Ok(view::<PyOdictKeys>(a[0])), ""),
    MethodDef::new("values", "(self, /)", |_, a| Ok(view::<PyOdictValues>(a[0])), ""),
    MethodDef::new("items", "(self, /)", |_, a| Ok(view::<PyOdictItems>(a[0])), ""),
    MethodDef::new("update", "(self, /, *args, **kwargs)", update_method, ""),
    MethodDef::new("clear", "(self, /)", clear, "Remove all items from ordered dict."),
    MethodDef::new("copy", "(self, /)", copy, "A shallow copy of ordered dict."),
    MethodDef::new("__reversed__", "(self, /)", |vm, a| iterator(vm, a[0], Part::Keys, true), "od.__reversed__() <==> reversed(od)"),
    MethodDef::new("move_to_end", "(self, /, key, last=True)", move_to_end, "Move an existing key to the end, or to the beginning if last is false; KeyError if it is not there."),
];

fn viewed(v: Value) -> Value {
    v.cast::<PyDictView>().map_or(Value::NULL, |w| w.dict.value())
}

/// Stores each entry through `__setitem__`, which subclasses may define.
fn fill(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let n = args.npos();
    if n > 1 {
        return Err(vm.type_error(format!("expected at most 1 argument, got {n}")));
    }
    let plain = v
        .class()
        .slots
        .setitem
        .get()
        .is_some_and(|f| Some(f as usize) == PyDict::class().slots.setitem.get().map(|g| g as usize));
    if plain {
        let d = dict_of(vm, v)?;
        if let Some(source) = args.pos().first() {
            update(vm, d, *source)?;
        }
        for (k, x) in args.keywords() {
            d.set(vm, k, x.own())?;
        }
        return Ok(());
    }
    if let Some(source) = args.pos().first().copied() {
        if source.isa::<PyDict>() || vm.getattr_opt(source, vm.names.keys.value())?.is_some() {
            let keys = vm.call_method(source, vm.names.keys.value(), &[])?;
            let it = vm.iter(keys.value())?;
            while let Some(k) = vm.next(it.value())? {
                let x = vm.getitem(source, k.value())?;
                vm.setitem(v, k.value(), x.value())?;
            }
        } else {
            let it = vm.iter(source)?;
            while let Some(item) = vm.next(it.value())? {
                let pair = vm.iterate_to_vec(item.value())?;
                let [k, x] = pair.as_slice() else {
                    let e = if pair.len() < 2 {
                        format!("need more than {} value{} to unpack", pair.len(), if pair.len() == 1 { "" } else { "s" })
                    } else {
                        "too many values to unpack (expected 2)".to_string()
                    };
                    return Err(vm.value_error(e));
                };
                vm.setitem(v, k.value(), x.value())?;
            }
        }
    }
    for (k, x) in args.keywords() {
        vm.setitem(v, k, x)?;
    }
    Ok(())
}
fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    fill(vm, v, args)
}
fn update_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut args = OwnedArgs::default();
    for x in vm.tuple_items(a[1]) {
        args.push(x.own());
    }
    if let Some(kw) = a[2].cast::<PyDict>() {
        for (k, x) in kw.items() {
            args.push_keyword(k, x);
        }
    }
    args.with(|args| fill(vm, a[0], args))?;
    Ok(Owned::NONE)
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let name = v.class().short_name();
    let d = dict_of(vm, v)?;
    if d.is_empty() {
        return Ok(PyStr::from_str(&format!("{name}()")));
    }
    let shown = vm.repr_guard(v, || {
        let copy = PyDict::new();
        if v.is_exact::<PyOrderedDict>() {
            dict_of(vm, copy.value())?.update_from(vm, d)?;
        } else {
            let items = vm.call_method(v, vm.names.items.value(), &[])?;
            update(vm, dict_of(vm, copy.value())?, items.value())?;
        }
        let body = vm.repr(copy.value())?;
        let mut out = pyjit_text::repr::Builder::new();
        out.push_str(&name);
        out.push_str("(");
        if let Some(s) = body.cast::<PyStr>() {
            out.push_text(s.text());
        }
        out.push_str(")");
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str("...")))
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyDict>(), b.cast::<PyDict>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let mut equal = match PyDict::class().slots.compare.get() {
        Some(f) => {
            let r = f(vm, a, b, Cmp::Eq)?;
            vm.truthy(r.value())?
        }
        None => false,
    };
    if equal && a.isa::<PyOrderedDict>() && b.isa::<PyOrderedDict>() {
        let (mut i, mut j) = (0, 0);
        while let (Some((p, k, _)), Some((q, l, _))) = (x.entry_from(i), y.entry_from(j)) {
            let ids = (x.keys_id(), y.keys_id());
            let same = vm.eq(k.value(), l.value())?;
            if ids != (x.current_keys_id(), y.current_keys_id()) {
                return Err(vm.runtime_error("OrderedDict mutated during iteration"));
            }
            if !same {
                equal = false;
                break;
            }
            (i, j) = (p + 1, q + 1);
        }
    }
    Ok(Owned::bool(equal == (op == Cmp::Eq)))
}
fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !a.isa::<PyDict>() || !b.isa::<PyDict>() {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let owner = if a.isa::<PyOrderedDict>() { a } else { b };
    let new = vm.call(owner.class().as_value(), &[a])?;
    fill(vm, new.value(), Args::positional(&[b]))?;
    Ok(new)
}
fn fromkeys(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let new = vm.call(a[0], &[])?;
    let it = vm.iter(a[1])?;
    while let Some(k) = vm.next(it.value())? {
        vm.setitem(new.value(), k.value(), a[2].non_null().unwrap_or(Value::NONE))?;
    }
    Ok(new)
}
fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    Ok(new_usize(112 + d.heap_bytes() + d.len() * 40))
}
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let state = vm.call_method(a[0], vm.names.__getstate__.value(), &[])?;
    let items = vm.call_method(a[0], vm.names.items.value(), &[])?;
    let it = vm.iter(items.value())?;
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        PyTuple::empty(),
        state,
        Owned::NONE,
        it,
    ]))
}
fn setdefault(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let default = a[2].non_null().unwrap_or(Value::NONE);
    let d = dict_of(vm, a[0])?;
    if a[0].is_exact::<PyOrderedDict>() {
        return Ok(d.set_default(vm, a[1], default)?.0);
    }
    if vm.contains(a[0], a[1])? {
        return vm.getitem(a[0], a[1]);
    }
    vm.setitem(a[0], a[1], default)?;
    Ok(default.own())
}
fn pop(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    match (d.remove(vm, a[1])?, a[2].non_null()) {
        (Some(v), _) => Ok(v),
        (None, Some(default)) => Ok(default.own()),
        (None, None) => Err(vm.key_error(a[1])),
    }
}
fn popitem(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let last = match a[1].non_null() {
        Some(l) => vm.truthy(l)?,
        None => true,
    };
    let d = dict_of(vm, a[0])?;
    let found = if last {
        d.entry_before(d.places())
    } else {
        d.entry_from(0)
    };
    let Some((_, k, v)) = found else {
        return Err(vm.key_error(PyStr::from_str("dictionary is empty").value()));
    };
    d.remove(vm, k.value())?;
    Ok(PyTuple::pair(k, v))
}
fn clear(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    dict_of(vm, a[0])?.clear();
    Ok(Owned::NONE)
}
fn copy(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = dict_of(vm, a[0])?;
    let exact = a[0].is_exact::<PyOrderedDict>();
    let keys = d.keys();
    // Comparing keys of these classes runs no Python code.
    if exact && keys.iter().all(|k| k.value().is_exact::<PyStr>() || !k.value().is_heap()) {
        let new = PyOrderedDict { base: PyDict::empty() };
        new.base.update_from(vm, d)?;
        return Ok(new_object(PyOrderedDict::class(), new));
    }
    let new = vm.call(a[0].class().as_value(), &[])?;
    let id = d.keys_id();
    for k in keys {
        let v = if exact {
            d.get(vm, k.value())?
        } else {
            Some(vm.getitem(a[0], k.value())?)
        };
        if let Some(v) = v {
            vm.setitem(new.value(), k.value(), v.value())?;
        }
        if d.current_keys_id() != id {
            return Err(vm.runtime_error("OrderedDict mutated during iteration"));
        }
    }
    Ok(new)
}
fn move_to_end(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let last = match a[2].non_null() {
        Some(l) => vm.truthy(l)?,
        None => true,
    };
    if dict_of(vm, a[0])?.move_to(vm, a[1], last)? {
        Ok(Owned::NONE)
    } else {
        Err(vm.key_error(a[1]))
    }
}

fn iterator(vm: &Vm, v: Value, part: Part, back: bool) -> PyResult<Owned> {
    let d = dict_of(vm, v)?;
    Ok(new_object(
        PyOdictIter::class(),
        PyOdictIter {
            dict: MutCell::new(v.own()),
            at: Cell::new(if back { d.places() } else { 0 }),
            keys_id: d.keys_id(),
            part,
            back,
        },
    ))
}
fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyOdictIter>() else {
        return Ok(Owned::NULL);
    };
    let Some(d) = it.dict.value().cast::<PyDict>() else {
        return Ok(Owned::NULL);
    };
    if d.current_keys_id() != it.keys_id {
        return Err(vm.runtime_error("OrderedDict mutated during iteration"));
    }
    let entry = if it.back {
        d.entry_before(it.at.get())
    } else {
        d.entry_from(it.at.get())
    };
    let Some((place, k, x)) = entry else {
        it.dict.set(Owned::NULL);
        return Ok(Owned::NULL);
    };
    it.at.set(if it.back { place } else { place + 1 });
    Ok(match it.part {
        Part::Keys => k,
        Part::Values => x,
        Part::Items => PyTuple::pair(k, x),
    })
}
fn iter_reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut rest = Vec::new();
    if let Some(it) = a[0].cast::<PyOdictIter>()
        && !it.dict.value().is_null()
    {
        let copy = iterator(vm, it.dict.value(), it.part, it.back)?;
        if let Some(c) = copy.cast::<PyOdictIter>() {
            c.at.set(it.at.get());
        }
        rest = vm.iterate_to_vec(copy.value())?;
    }
    reduce_iter(vm, PyList::new(rest), None)
}
