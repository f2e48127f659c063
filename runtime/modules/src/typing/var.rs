//! `TypeVar`.

use super::params::{
    self, Lazy, name_arg, no_default, no_subclass, note_module, type_check, typing,
};
use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// A type variable.
    pub struct PyTypeVar as "TypeVar" {
        pub name: Owned,
        pub bound: Lazy,
        pub constraints: Lazy,
        pub default: Lazy,
        pub covariant: Cell<bool>,
        pub contravariant: Cell<bool>,
        pub infer_variance: Cell<bool>,
    }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyTypeVar>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some(
                "A type variable.\n\nMade by the syntax for generic functions, classes and aliases, or by TypeVar('T', ...) with\na bound, constraints, a default or a variance.\n",
            ),
            flags: 0,
            dict: true,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.or.set(Some(params::or));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("TypeVar")
        },
    );
}

fn var<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTypeVar> {
    v.cast::<PyTypeVar>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'typing.TypeVar' object"))
}

fn make(name: Owned, bound: Lazy, constraints: Lazy, default: Lazy, variance: [bool; 3]) -> Owned {
    new_object(
        PyTypeVar::class(),
        PyTypeVar {
            name,
            bound,
            constraints,
            default,
            covariant: Cell::new(variance[0]),
            contravariant: Cell::new(variance[1]),
            infer_variance: Cell::new(variance[2]),
        },
    )
}

const INFERRED: [bool; 3] = [false, false, true];

/// `def f[T]`.
pub fn plain(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let none = Lazy::default;
    Ok(make(a[0].own(), none(), none(), none(), INFERRED))
}
/// `def f[T: bound]`.
pub fn with_bound(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let bound = Lazy::later(a[1].own());
    let none = Lazy::default;
    Ok(make(a[0].own(), bound, none(), none(), INFERRED))
}
/// `def f[T: (a, b)]`.
pub fn with_constraints(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let constraints = Lazy::later(a[1].own());
    let none = Lazy::default;
    Ok(make(a[0].own(), none(), constraints, none(), INFERRED))
}

static SIG: Sig = Sig::parse(
    "(name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
);

fn new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    bind_args(vm, &SIG, "typevar", args, |a| {
        let name = name_arg(vm, "typevar", a[0])?;
        let flag = |v: Value| {
            if v.is_null() { Ok(false) } else { vm.truthy(v) }
        };
        let (co, contra, infer) = (flag(a[4])?, flag(a[5])?, flag(a[6])?);
        if co && contra {
            return Err(vm.value_error("Bivariant types are not supported."));
        }
        if infer && (co || contra) {
            return Err(vm.value_error("Variance cannot be specified with infer_variance."));
        }
        let bound = match a[2].given() {
            Some(b) => Lazy::given(type_check(vm, b, "Bound must be a type.")?),
            None => Lazy::default(),
        };
        let constraints = match vm.tuple_items(a[1]).len() {
            0 => Lazy::default(),
            1 => return Err(vm.type_error("A single constraint is not allowed")),
            _ if a[2].given().is_some() => {
                return Err(vm.type_error("Constraints cannot be combined with bound=..."));
            }
            _ => Lazy::given(a[1].own()),
        };
        let default = Lazy::given(match a[3].non_null() {
            Some(d) => d.own(),
            None => no_default(vm),
        });
        let t = make(name, bound, constraints, default, [co, contra, infer]);
        note_module(vm, t.value())?;
        Ok(t)
    })
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = var(vm, v)?;
    let name = text_of(t.name.value());
    if t.infer_variance.get() {
        return Ok(t.name.clone());
    }
    let sign = if t.covariant.get() {
        '+'
    } else if t.contravariant.get() {
        '-'
    } else {
        '~'
    };
    Ok(PyStr::from_str(&format!("{sign}{name}")))
}

fn prepare_subst(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let t = var(vm, a[0])?;
    let params = vm.getattr_str(a[1], "__parameters__")?;
    let items = vm.iterate_to_vec(params.value())?;
    let at = items
        .iter()
        .position(|p| p.value().is(a[0]))
        .unwrap_or(items.len());
    let given = vm.len(a[2])?;
    if at < given {
        return Ok(a[2].own());
    }
    if at == given && t.default.is_some(vm) {
        let mut all = vm.iterate_to_vec(a[2])?;
        all.push(t.default.or_no_default(vm)?);
        return Ok(PyTuple::new(all));
    }
    let shown = vm.str_text(a[1])?;
    Err(vm.type_error(format!("Too few arguments for {shown}")))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__typing_subst__",
        "(self, arg, /)",
        |vm, a| typing(vm, "_typevar_subst", a),
        "",
    ),
    MethodDef::new(
        "__typing_prepare_subst__",
        "(self, alias, args, /)",
        prepare_subst,
        "",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| Ok(var(vm, a[0])?.name.clone()),
        "",
    ),
    MethodDef::new(
        "has_default",
        "(self, /)",
        |vm, a| Ok(Owned::bool(var(vm, a[0])?.default.is_some(vm))),
        "",
    ),
    MethodDef::new(
        "__mro_entries__",
        "(self, object, /)",
        |vm, _| Err(no_subclass(vm, "TypeVar")),
        "",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__name__", |vm, v| Ok(var(vm, v)?.name.clone())),
    GetSetDef::member("__covariant__", |vm, v| {
        Ok(Owned::bool(var(vm, v)?.covariant.get()))
    }),
    GetSetDef::member("__contravariant__", |vm, v| {
        Ok(Owned::bool(var(vm, v)?.contravariant.get()))
    }),
    GetSetDef::member("__infer_variance__", |vm, v| {
        Ok(Owned::bool(var(vm, v)?.infer_variance.get()))
    }),
    GetSetDef::read("__bound__", |vm, v| {
        Ok(var(vm, v)?.bound.get(vm)?.unwrap_or(Owned::NONE))
    }),
    GetSetDef::read("__constraints__", |vm, v| {
        Ok(var(vm, v)?
            .constraints
            .get(vm)?
            .unwrap_or_else(|| vm.empty_tuple.clone()))
    }),
    GetSetDef::read("__default__", |vm, v| var(vm, v)?.default.or_no_default(vm)),
    GetSetDef::read("evaluate_bound", |vm, v| Ok(var(vm, v)?.bound.function())),
    GetSetDef::read("evaluate_constraints", |vm, v| {
        Ok(var(vm, v)?.constraints.function())
    }),
    GetSetDef::read("evaluate_default", |vm, v| {
        Ok(var(vm, v)?.default.function())
    }),
];
