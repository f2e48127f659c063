//! `dict_keys`, `dict_items`, `dict_values`.

use super::{IterKind, dict_iterator, dict_of};
use crate::sequence::push_repr;
use pyjit_core::prelude::*;
use pyjit_core::protocol::BinaryOp;
use pyjit_text::repr::Builder;

py_class! {
    /// What the views share.
    pub struct PyDictView as "dict_view" { pub dict: Owned }
}
py_class! { /// `dict_keys`.
pub struct PyDictKeys as "dict_keys", extends PyDictView { pub view: PyDictView } }
py_class! { /// `dict_items`.
pub struct PyDictItems as "dict_items", extends PyDictView { pub view: PyDictView } }
py_class! { /// `dict_values`.
pub struct PyDictValues as "dict_values", extends PyDictView { pub view: PyDictView } }

/// The three view payloads.
pub trait AnyView: Payload {
    /// Wraps the shared part.
    fn wrap(view: PyDictView) -> Self;
}
impl AnyView for PyDictKeys {
    fn wrap(view: PyDictView) -> Self {
        PyDictKeys { view }
    }
}
impl AnyView for PyDictItems {
    fn wrap(view: PyDictView) -> Self {
        PyDictItems { view }
    }
}
impl AnyView for PyDictValues {
    fn wrap(view: PyDictView) -> Self {
        PyDictValues { view }
    }
}

/// A view of a dictionary.
pub fn view<T: AnyView>(dict: Value) -> Owned {
    new_object(T::class(), T::wrap(PyDictView { dict: dict.own() }))
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyDictKeys>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                set_like(s);
                s.iter.set(Some(|vm, v| {
                    dict_iterator(vm, dict_value(v), IterKind::Keys)
                }));
                s.contains
                    .set(Some(|vm, v, k| dict_in(vm, v)?.contains(vm, k)));
            },
            methods: KEYS,
            getset: GETSET,
            ..ClassSpec::new("dict_keys")
        },
    );
    define_class::<PyDictItems>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                set_like(s);
                s.iter.set(Some(|vm, v| {
                    dict_iterator(vm, dict_value(v), IterKind::Items)
                }));
                s.contains.set(Some(items_contain));
            },
            methods: ITEMS,
            getset: GETSET,
            ..ClassSpec::new("dict_items")
        },
    );
    define_class::<PyDictValues>(
        vm,
        ClassSpec {
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(repr));
                s.len.set(Some(len));
                s.iter.set(Some(|vm, v| {
                    dict_iterator(vm, dict_value(v), IterKind::Values)
                }));
            },
            methods: VALUES,
            getset: GETSET,
            ..ClassSpec::new("dict_values")
        },
    );
}

fn set_like(s: &Slots) {
    s.repr.set(Some(repr));
    s.len.set(Some(len));
    s.compare.set(Some(compare));
    s.sub.set(Some(sub));
    s.and.set(Some(and));
    s.xor.set(Some(xor));
    s.or.set(Some(or));
}

const DISJOINT: &str = "Return True if the view and the given iterable have a null intersection.";
static KEYS: &[MethodDef] = &[
    MethodDef::new("isdisjoint", "(self, object, /)", isdisjoint, DISJOINT),
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        |vm, a| dict_iterator(vm, dict_value(a[0]), IterKind::ReverseKeys),
        "Return a reverse iterator over the dict keys.",
    ),
];
static ITEMS: &[MethodDef] = &[
    MethodDef::new("isdisjoint", "(self, object, /)", isdisjoint, DISJOINT),
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        |vm, a| dict_iterator(vm, dict_value(a[0]), IterKind::ReverseItems),
        "Return a reverse iterator over the dict items.",
    ),
];
static VALUES: &[MethodDef] = &[MethodDef::new(
    "__reversed__",
    "(self, /)",
    |vm, a| dict_iterator(vm, dict_value(a[0]), IterKind::ReverseValues),
    "Return a reverse iterator over the dict values.",
)];
static GETSET: &[GetSetDef] =
    &[GetSetDef::read("mapping", mapping).doc("dictionary that this view refers to")];

fn dict_value(v: Value) -> Value {
    v.cast::<PyDictView>()
        .map_or(Value::NULL, |w| w.dict.value())
}
fn dict_in<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyDict> {
    dict_of(vm, dict_value(v))
}
fn mapping(_: &Vm, v: Value) -> PyResult<Owned> {
    Ok(crate::mapping_proxy::new(dict_value(v).own()))
}
fn len(vm: &Vm, v: Value) -> PyResult<usize> {
    Ok(dict_in(vm, v)?.len())
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let shown = vm.repr_guard(v, || {
        let items = PyList::new(vm.iterate_to_vec(v)?);
        let mut out = Builder::new();
        out.push_str(&v.class().name_str());
        out.push_str("(");
        push_repr(vm, &mut out, items.value())?;
        out.push_str(")");
        Ok(PyStr::from_buf(&out.finish()))
    })?;
    Ok(shown.unwrap_or_else(|| PyStr::from_str("...")))
}
fn items_contain(vm: &Vm, v: Value, item: Value) -> PyResult<bool> {
    let Some(pair) = item.cast::<PyTuple>().filter(|t| t.len() == 2) else {
        return Ok(false);
    };
    let (k, x) = (pair.as_slice()[0], pair.as_slice()[1]);
    match dict_in(vm, v)?.get(vm, k)? {
        Some(found) => vm.eq(found.value(), x),
        None => Ok(false),
    }
}

fn is_set(v: Value) -> bool {
    v.isa::<PySet>()
}
fn is_set_view(v: Value) -> bool {
    v.isa::<PyDictKeys>() || v.isa::<PyDictItems>()
}
/// Whether every item of `a` is in `b`.
fn all_in(vm: &Vm, a: Value, b: Value) -> PyResult<bool> {
    let it = vm.iter(a)?;
    while let Some(x) = vm.next(it.value())? {
        if !vm.contains(b, x.value())? {
            return Ok(false);
        }
    }
    Ok(true)
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    if !is_set(b) && !is_set_view(b) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let (n, m) = (vm.len(a)?, vm.len(b)?);
    let r = match op {
        Cmp::Eq => n == m && all_in(vm, a, b)?,
        Cmp::Ne => !(n == m && all_in(vm, a, b)?),
        Cmp::Lt => n < m && all_in(vm, a, b)?,
        Cmp::Le => n <= m && all_in(vm, a, b)?,
        Cmp::Gt => n > m && all_in(vm, b, a)?,
        Cmp::Ge => n >= m && all_in(vm, b, a)?,
    };
    Ok(Owned::bool(r))
}

/// A new set with the items of a view or of any other iterable.
fn to_set(vm: &Vm, v: Value) -> PyResult<Owned> {
    let set = PySet::new();
    add_all(vm, &set, v)?;
    Ok(set)
}
fn add_all(vm: &Vm, set: &Owned, v: Value) -> PyResult<()> {
    let Some(s) = set.cast::<PySet>() else {
        return Ok(());
    };
    vm.for_each(v, |x| {
        s.add(vm, x.value())?;
        Ok(true)
    })
}
fn sub(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let set = to_set(vm, a)?;
    if let Some(s) = set.cast::<PySet>() {
        vm.for_each(b, |x| {
            s.remove(vm, x.value())?;
            Ok(true)
        })?;
    }
    Ok(set)
}
fn and(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    // The view may stand on either side; the other operand is any iterable.
    let (mut v, mut other) = if is_set_view(a) { (a, b) } else { (b, a) };
    let set_like =
        |o: Value| o.is_exact::<PySet>() || o.is_exact::<PyFrozenSet>() || is_set_view(o);
    if set_like(other) && vm.len(other)? > vm.len(v)? {
        std::mem::swap(&mut v, &mut other);
    }
    let set = PySet::new();
    if let Some(s) = set.cast::<PySet>() {
        vm.for_each(other, |x| {
            if vm.contains(v, x.value())? {
                s.add(vm, x.value())?;
            }
            Ok(true)
        })?;
    }
    Ok(set)
}
fn xor(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let set = to_set(vm, a)?;
    let other = to_set(vm, b)?;
    vm.inplace(BinaryOp::Xor, set.value(), other.value())
}
fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let set = to_set(vm, a)?;
    add_all(vm, &set, b)?;
    Ok(set)
}
fn isdisjoint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (mut v, mut other) = (a[0], a[1]);
    if v.is(other) {
        return Ok(Owned::bool(vm.len(v)? == 0));
    }
    let set_like =
        |o: Value| o.is_exact::<PySet>() || o.is_exact::<PyFrozenSet>() || is_set_view(o);
    if set_like(other) && vm.len(other)? > vm.len(v)? {
        std::mem::swap(&mut v, &mut other);
    }
    let mut disjoint = true;
    vm.for_each(other, |x| {
        disjoint = !vm.contains(v, x.value())?;
        Ok(disjoint)
    })?;
    Ok(Owned::bool(disjoint))
}
