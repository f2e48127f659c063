//! `ParamSpec` with its `args` and `kwargs`, and `TypeVarTuple`.

use super::params::{
    self, Lazy, check_count, iter_unpacked, name_arg, no_default, no_subclass, note_module,
    type_check, typing,
};
use crate::native::payload_class;
use pyjit_core::prelude::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// A parameter specification variable.
    pub struct PyParamSpec as "ParamSpec" {
        pub name: Owned,
        /// NULL if there is none.
        pub bound: MutCell<Owned>,
        pub default: Lazy,
        pub covariant: Cell<bool>,
        pub contravariant: Cell<bool>,
        pub infer_variance: Cell<bool>,
    }
}
py_class! {
    /// `P.args`.
    pub struct PyParamSpecArgs as "ParamSpecArgs" { origin: Owned }
}
py_class! {
    /// `P.kwargs`.
    pub struct PyParamSpecKwargs as "ParamSpecKwargs" { origin: Owned }
}
py_class! {
    /// A type variable that stands for any number of types.
    pub struct PyTypeVarTuple as "TypeVarTuple" { pub name: Owned, pub default: Lazy }
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    payload_class::<PyParamSpec>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some(
                "A parameter specification variable: stands for the parameters of a callable.\n",
            ),
            flags: 0,
            dict: true,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new_spec));
                s.repr.set(Some(repr_spec));
                s.or.set(Some(params::or));
            },
            methods: SPEC_METHODS,
            getset: SPEC_GETSET,
            ..ClassSpec::new("ParamSpec")
        },
    );
    payload_class::<PyParamSpecArgs>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some("The positional parameters of a ParamSpec; __origin__ is the ParamSpec.\n"),
            flags: 0,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    bind_args(vm, &ORIGIN, "paramspecargs", args, |a| Ok(args_of(a[0])))
                }));
                s.repr.set(Some(|vm, v| repr_part(vm, v, "args")));
                s.compare.set(Some(compare_parts));
            },
            methods: ARGS_METHODS,
            getset: PART_GETSET,
            ..ClassSpec::new("ParamSpecArgs")
        },
    );
    payload_class::<PyParamSpecKwargs>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some("The keyword parameters of a ParamSpec; __origin__ is the ParamSpec.\n"),
            flags: 0,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    bind_args(vm, &ORIGIN, "paramspeckwargs", args, |a| {
                        Ok(kwargs_of(a[0]))
                    })
                }));
                s.repr.set(Some(|vm, v| repr_part(vm, v, "kwargs")));
                s.compare.set(Some(compare_parts));
            },
            methods: KWARGS_METHODS,
            getset: PART_GETSET,
            ..ClassSpec::new("ParamSpecKwargs")
        },
    );
    payload_class::<PyTypeVarTuple>(
        vm,
        module,
        ClassSpec {
            module: "typing",
            doc: Some("A type variable that stands for any number of types.\n"),
            flags: 0,
            dict: true,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new_tuple));
                s.repr.set(Some(|vm, v| Ok(tuple(vm, v)?.name.clone())));
                s.iter.set(Some(iter_unpacked));
            },
            methods: TUPLE_METHODS,
            getset: TUPLE_GETSET,
            ..ClassSpec::new("TypeVarTuple")
        },
    );
}

static ORIGIN: Sig = Sig::parse("(origin)");

fn args_of(origin: Value) -> Owned {
    let origin = origin.own();
    new_object(PyParamSpecArgs::class(), PyParamSpecArgs { origin })
}
fn kwargs_of(origin: Value) -> Owned {
    let origin = origin.own();
    new_object(PyParamSpecKwargs::class(), PyParamSpecKwargs { origin })
}
fn origin_of(v: Value) -> Owned {
    if let Some(p) = v.cast::<PyParamSpecArgs>() {
        return p.origin.clone();
    }
    v.cast::<PyParamSpecKwargs>()
        .map_or(Owned::NONE, |p| p.origin.clone())
}
fn repr_part(vm: &Vm, v: Value, part: &str) -> PyResult<Owned> {
    let origin = origin_of(v);
    let name = match origin.cast::<PyParamSpec>() {
        Some(p) => text_of(p.name.value()),
        None => vm.repr_text(origin.value())?,
    };
    Ok(PyStr::from_str(&format!("{name}.{part}")))
}
fn compare_parts(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let same_kind = a.class().same(b.class());
    if !same_kind || !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    vm.compare(origin_of(a).value(), origin_of(b).value(), op)
}

static ARGS_METHODS: &[MethodDef] = &[MethodDef::new(
    "__mro_entries__",
    "(self, object, /)",
    |vm, _| Err(no_subclass(vm, "ParamSpecArgs")),
    "",
)];
static KWARGS_METHODS: &[MethodDef] = &[MethodDef::new(
    "__mro_entries__",
    "(self, object, /)",
    |vm, _| Err(no_subclass(vm, "ParamSpecKwargs")),
    "",
)];
static PART_GETSET: &[GetSetDef] = &[GetSetDef::member("__origin__", |_, v| Ok(origin_of(v)))];

fn spec<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyParamSpec> {
    v.cast::<PyParamSpec>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'typing.ParamSpec' object"))
}
fn make_spec(name: Owned, bound: Owned, default: Lazy, variance: [bool; 3]) -> Owned {
    new_object(
        PyParamSpec::class(),
        PyParamSpec {
            name,
            bound: MutCell::new(bound),
            default,
            covariant: Cell::new(variance[0]),
            contravariant: Cell::new(variance[1]),
            infer_variance: Cell::new(variance[2]),
        },
    )
}
/// `def f[**P]`.
pub fn plain_spec(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    let inferred = [false, false, true];
    Ok(make_spec(
        a[0].own(),
        Owned::NULL,
        Lazy::default(),
        inferred,
    ))
}

static SPEC_SIG: Sig = Sig::parse(
    "(name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, infer_variance=False)",
);

fn new_spec(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    check_count(vm, "paramspec", args, 1)?;
    bind_args(vm, &SPEC_SIG, "paramspec", args, |a| {
        let name = name_arg(vm, "paramspec", a[0])?;
        let flag = |v: Value| {
            if v.is_null() { Ok(false) } else { vm.truthy(v) }
        };
        let variance = [flag(a[3])?, flag(a[4])?, flag(a[5])?];
        if variance[0] && variance[1] {
            return Err(vm.value_error("Bivariant types are not supported."));
        }
        if variance[2] && (variance[0] || variance[1]) {
            return Err(vm.value_error("Variance cannot be specified with infer_variance."));
        }
        let bound = match a[1].given() {
            Some(b) => type_check(vm, b, "Bound must be a type.")?,
            None => Owned::NULL,
        };
        let default = a[2].non_null().map_or_else(|| no_default(vm), |d| d.own());
        let p = make_spec(name, bound, Lazy::given(default), variance);
        note_module(vm, p.value())?;
        Ok(p)
    })
}

fn repr_spec(vm: &Vm, v: Value) -> PyResult<Owned> {
    let p = spec(vm, v)?;
    if p.infer_variance.get() {
        return Ok(p.name.clone());
    }
    let sign = if p.covariant.get() {
        '+'
    } else if p.contravariant.get() {
        '-'
    } else {
        '~'
    };
    let name = text_of(p.name.value());
    Ok(PyStr::from_str(&format!("{sign}{name}")))
}

static SPEC_METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__typing_subst__",
        "(self, arg, /)",
        |vm, a| typing(vm, "_paramspec_subst", a),
        "",
    ),
    MethodDef::new(
        "__typing_prepare_subst__",
        "(self, alias, args, /)",
        |vm, a| typing(vm, "_paramspec_prepare_subst", a),
        "",
    ),
    MethodDef::new(
        "has_default",
        "(self, /)",
        |vm, a| Ok(Owned::bool(spec(vm, a[0])?.default.is_some(vm))),
        "",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| Ok(spec(vm, a[0])?.name.clone()),
        "",
    ),
    MethodDef::new(
        "__mro_entries__",
        "(self, object, /)",
        |vm, _| Err(no_subclass(vm, "ParamSpec")),
        "",
    ),
];
static SPEC_GETSET: &[GetSetDef] = &[
    GetSetDef::member("__name__", |vm, v| Ok(spec(vm, v)?.name.clone())),
    GetSetDef::member("__bound__", |vm, v| {
        let b = spec(vm, v)?.bound.own();
        Ok(if b.is_null() { Owned::NONE } else { b })
    }),
    GetSetDef::member("__covariant__", |vm, v| {
        Ok(Owned::bool(spec(vm, v)?.covariant.get()))
    }),
    GetSetDef::member("__contravariant__", |vm, v| {
        Ok(Owned::bool(spec(vm, v)?.contravariant.get()))
    }),
    GetSetDef::member("__infer_variance__", |vm, v| {
        Ok(Owned::bool(spec(vm, v)?.infer_variance.get()))
    }),
    GetSetDef::read("args", |_, v| Ok(args_of(v))).doc("Represents positional arguments."),
    GetSetDef::read("kwargs", |_, v| Ok(kwargs_of(v))).doc("Represents keyword arguments."),
    GetSetDef::read("__default__", |vm, v| {
        spec(vm, v)?.default.or_no_default(vm)
    })
    .doc("The default value for this ParamSpec."),
    GetSetDef::read("evaluate_default", |vm, v| {
        Ok(spec(vm, v)?.default.function())
    }),
];

fn tuple<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTypeVarTuple> {
    v.cast::<PyTypeVarTuple>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'typing.TypeVarTuple' object"))
}
fn make_tuple(name: Owned, default: Lazy) -> Owned {
    new_object(PyTypeVarTuple::class(), PyTypeVarTuple { name, default })
}
/// `def f[*Ts]`.
pub fn plain_tuple(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    Ok(make_tuple(a[0].own(), Lazy::default()))
}

static TUPLE_SIG: Sig = Sig::parse("(name, *, default=typing.NoDefault)");

fn new_tuple(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    check_count(vm, "typevartuple", args, 1)?;
    bind_args(vm, &TUPLE_SIG, "typevartuple", args, |a| {
        let name = name_arg(vm, "typevartuple", a[0])?;
        let default = a[1].non_null().map_or_else(|| no_default(vm), |d| d.own());
        let t = make_tuple(name, Lazy::given(default));
        note_module(vm, t.value())?;
        Ok(t)
    })
}

static TUPLE_METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__typing_subst__",
        "(self, arg, /)",
        |vm, _| Err(vm.type_error("Substitution of bare TypeVarTuple is not supported")),
        "",
    ),
    MethodDef::new(
        "__typing_prepare_subst__",
        "(self, alias, args, /)",
        |vm, a| typing(vm, "_typevartuple_prepare_subst", a),
        "",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| Ok(tuple(vm, a[0])?.name.clone()),
        "",
    ),
    MethodDef::new(
        "has_default",
        "(self, /)",
        |vm, a| Ok(Owned::bool(tuple(vm, a[0])?.default.is_some(vm))),
        "",
    ),
    MethodDef::new(
        "__mro_entries__",
        "(self, object, /)",
        |vm, _| Err(no_subclass(vm, "TypeVarTuple")),
        "",
    ),
];
static TUPLE_GETSET: &[GetSetDef] = &[
    GetSetDef::member("__name__", |vm, v| Ok(tuple(vm, v)?.name.clone())),
    GetSetDef::read("__default__", |vm, v| {
        tuple(vm, v)?.default.or_no_default(vm)
    })
    .doc("The default value for this TypeVarTuple."),
    GetSetDef::read("evaluate_default", |vm, v| {
        Ok(tuple(vm, v)?.default.function())
    }),
];
