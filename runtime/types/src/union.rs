//! `typing.Union`: `int | str`. The arguments keep their order for show; equality and hash do not depend on it.

use crate::generic_params::{make_parameters, substitute, type_repr};
use pyjit_core::prelude::*;

py_class! {
    /// A union of types.
    pub struct PyUnion as "Union" {
        /// A tuple without duplicates.
        pub args: Owned,
        /// NULL until somebody asks.
        pub parameters: MutCell<Owned>,
    }
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyUnion>(
        vm,
        ClassSpec {
            module: "typing",
            flags: type_flags::DISALLOW_INSTANTIATION,
            weakrefs: true,
            doc: Some("Represent a union type\n\nE.g. for int | str"),
            slots: |s| {
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
                // A union takes whatever `typing` takes for a type, strings included.
                s.or.set(Some(|vm, a, b| from_items(vm, &[a, b])));
                s.getitem.set(Some(getitem));
                s.getattr.set(Some(getattr));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Union")
        },
    );
}

fn union<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyUnion> {
    v.cast::<PyUnion>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'typing.Union' object"))
}

/// Collects the members of a union, each once.
#[derive(Default)]
struct Builder {
    args: Vec<Owned>,
}

impl Builder {
    fn add(&mut self, vm: &Vm, v: Value) -> PyResult<()> {
        if v.is_none() {
            return self.add_single(vm, PyNoneType::class().as_value());
        }
        if let Some(u) = v.cast::<PyUnion>() {
            for a in vm.tuple_items(u.args.value()) {
                self.add_single(vm, *a)?;
            }
            return Ok(());
        }
        self.add_single(vm, v)
    }
    fn add_single(&mut self, vm: &Vm, v: Value) -> PyResult<()> {
        for i in 0..self.args.len() {
            let other = self.args[i].clone();
            if vm.eq(other.value(), v)? {
                return Ok(());
            }
        }
        self.args.push(v.own());
        Ok(())
    }
    fn finish(mut self) -> Owned {
        if self.args.len() == 1 {
            return self.args.swap_remove(0);
        }
        new_object(
            PyUnion::class(),
            PyUnion {
                args: PyTuple::new(self.args),
                parameters: MutCell::default(),
            },
        )
    }
}

fn unionable(v: Value) -> bool {
    v.is_none()
        || v.isa::<TypeObject>()
        || v.is_exact::<PyGenericAlias>()
        || v.is_exact::<PyUnion>()
        || (!v.class().has_flag(type_flags::HEAP)
            && v.class()
                .name
                .value()
                .cast::<PyStr>()
                .is_some_and(|n| n.is_text("TypeAliasType")))
}

/// `a | b` of classes, generic aliases, unions, type aliases and `None`.
pub fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !unionable(a) || !unionable(b) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    make(vm, &[a, b])
}

/// The union of types that are known to be types.
pub fn make(vm: &Vm, items: &[Value]) -> PyResult<Owned> {
    let mut u = Builder::default();
    for v in items {
        u.add(vm, *v)?;
    }
    Ok(u.finish())
}

/// `Union[...]`: what is no type is given to `typing` to judge.
fn from_items(vm: &Vm, items: &[Value]) -> PyResult<Owned> {
    if items.is_empty() {
        return Err(vm.type_error("Cannot take a Union of no types."));
    }
    let mut u = Builder::default();
    for v in items {
        if v.is_none() || v.isa::<TypeObject>() || unionable(*v) {
            u.add(vm, *v)?;
            continue;
        }
        let check = vm.import_attr("typing", "_type_check")?;
        let msg = PyStr::from_str("Union[arg, ...]: each arg must be a type.");
        let t = vm.call(check.value(), &[*v, msg.value()])?;
        u.add(vm, t.value())?;
    }
    Ok(u.finish())
}

fn items_of(vm: &Vm, v: Value) -> Vec<Owned> {
    v.cast::<PyUnion>().map_or(vec![], |u| {
        vm.tuple_items(u.args.value())
            .iter()
            .map(|a| a.own())
            .collect()
    })
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let mut parts = Vec::new();
    for a in items_of(vm, v) {
        parts.push(type_repr(vm, a.value())?);
    }
    Ok(PyStr::from_str(&parts.join(" | ")))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let items = items_of(vm, v);
    let values: Vec<Value> = items.iter().map(|i| i.value()).collect();
    let set = PySet::from_items(vm, PyFrozenSet::class(), &values)?;
    vm.hash(set.value())
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    if !b.isa::<PyUnion>() || !a.isa::<PyUnion>() || !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let (x, y) = (items_of(vm, a), items_of(vm, b));
    let mut same = x.len() == y.len();
    for p in &x {
        if !same {
            break;
        }
        let mut found = false;
        for q in &y {
            if vm.eq(p.value(), q.value())? {
                found = true;
                break;
            }
        }
        same = found;
    }
    Ok(Owned::bool(same == (op == Cmp::Eq)))
}

fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if name.is(vm.names.__module__.value()) {
        return vm.getattr(v.class().as_value(), name);
    }
    pyjit_core::object::generic_getattr(vm, v, name)
}

fn parameters(vm: &Vm, v: Value) -> PyResult<Owned> {
    let u = union(vm, v)?;
    if u.parameters.value().is_null() {
        let p = make_parameters(vm, u.args.clone().value())?;
        u.parameters.set(p);
    }
    Ok(u.parameters.own())
}

fn getitem(vm: &Vm, v: Value, item: Value) -> PyResult<Owned> {
    let params = parameters(vm, v)?;
    let args = union(vm, v)?.args.clone();
    let new = substitute(vm, v, args.value(), params.value(), item)?;
    let values: Vec<Value> = new.iter().map(|n| n.value()).collect();
    from_items(vm, &values)
}

/// Whether some member says yes.
fn any(vm: &Vm, v: Value, mut f: impl FnMut(Value) -> PyResult<bool>) -> PyResult<Owned> {
    for a in items_of(vm, v) {
        if f(a.value())? {
            return Ok(Owned::bool(true));
        }
    }
    Ok(Owned::bool(false))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__mro_entries__",
        "(self, bases, /)",
        |vm, a| {
            let shown = vm.repr_text(a[0])?;
            Err(vm.type_error(format!("Cannot subclass {shown}")))
        },
        "",
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        |vm, a| match a[1].cast::<PyTuple>() {
            Some(t) => from_items(vm, t.as_slice()),
            None => from_items(vm, &[a[1]]),
        },
        "See PEP 585",
    ),
    MethodDef::new(
        "__instancecheck__",
        "(self, instance, /)",
        |vm, a| any(vm, a[0], |c| vm.isinstance(a[1], c)),
        "",
    ),
    MethodDef::new(
        "__subclasscheck__",
        "(self, subclass, /)",
        |vm, a| {
            if !a[1].isa::<TypeObject>()
                && vm
                    .getattr_opt(a[1], vm.names.__bases__.value())?
                    .is_none_or(|b| !b.isa::<PyTuple>())
            {
                return Err(vm.type_error("issubclass() arg 1 must be a class"));
            }
            any(vm, a[0], |c| vm.issubclass(a[1], c))
        },
        "",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("__name__", |_, _| Ok(intern("Union"))),
    GetSetDef::read("__qualname__", |_, _| Ok(intern("Union"))),
    GetSetDef::read("__origin__", |_, _| Ok(PyUnion::class().as_owned())),
    GetSetDef::member("__args__", |vm, v| Ok(union(vm, v)?.args.clone())),
    GetSetDef::read("__parameters__", parameters).doc("Type variables in the types.UnionType."),
];
