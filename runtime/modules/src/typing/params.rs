//! What all type parameters share: values that are evaluated when they are asked for, `NoDefault`, and the hooks into
//! `typing`.

use super::spec::{PyParamSpec, PyTypeVarTuple};
use super::var::PyTypeVar;
use crate::native::hidden_class;
use pyjit_core::prelude::*;
use pyjit_types::generic_params::type_repr;

py_class! {
    /// Stands in for an evaluator where the value was given outright.
    pub struct PyConstEvaluator as "_ConstEvaluator" { value: Owned }
}
py_class! {
    /// The class of `NoDefault`.
    pub struct PyNoDefault as "NoDefaultType", nogc { unused: () }
}

/// A value that is given, or computed by a function at first use. Both NULL: there is none.
#[derive(Default)]
pub struct Lazy {
    pub value: MutCell<Owned>,
    pub evaluator: MutCell<Owned>,
}
impl pyjit_core::object::Trace for Lazy {
    fn trace(&self, t: pyjit_core::object::Tracer<'_>) {
        self.value.trace(t);
        self.evaluator.trace(t);
    }
    fn clear(&self) {
        self.value.clear();
        self.evaluator.clear();
    }
}
impl Lazy {
    pub fn given(value: Owned) -> Lazy {
        Lazy {
            value: MutCell::new(value),
            evaluator: MutCell::default(),
        }
    }
    pub fn later(evaluator: Owned) -> Lazy {
        Lazy {
            value: MutCell::default(),
            evaluator: MutCell::new(evaluator),
        }
    }
    /// The value, computed if need be.
    pub fn get(&self, vm: &Vm) -> PyResult<Option<Owned>> {
        let v = self.value.own();
        if !v.is_null() {
            return Ok(Some(v));
        }
        let f = self.evaluator.own();
        if f.is_null() {
            return Ok(None);
        }
        let v = vm.call(f.value(), &[])?;
        self.value.set(v.clone());
        Ok(Some(v))
    }
    /// The function that computes the value, `None` if there is no value.
    pub fn function(&self) -> Owned {
        let f = self.evaluator.own();
        if !f.is_null() {
            return f;
        }
        let value = self.value.own();
        if value.is_null() {
            return Owned::NONE;
        }
        new_object(PyConstEvaluator::class(), PyConstEvaluator { value })
    }
    /// Whether there is a default.
    pub fn is_some(&self, vm: &Vm) -> bool {
        let v = self.value.value();
        !self.evaluator.value().is_null() || !(v.is_null() || v.is(no_default(vm).value()))
    }
    /// `__default__`.
    pub fn or_no_default(&self, vm: &Vm) -> PyResult<Owned> {
        Ok(self.get(vm)?.unwrap_or_else(|| no_default(vm)))
    }
}

/// The one `NoDefault`.
pub fn no_default(vm: &Vm) -> Owned {
    vm.module_state
        .get_mut()
        .entry("typing.NoDefault")
        .or_insert_with(|| new_object(PyNoDefault::class(), PyNoDefault { unused: () }))
        .clone()
}

pub(super) fn define(vm: &Vm, module: &PyModule) {
    hidden_class::<PyConstEvaluator>(
        vm,
        ClassSpec {
            module: "_typing",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.repr.set(Some(|vm, v| {
                    let Some(e) = v.cast::<PyConstEvaluator>() else {
                        return Ok(Owned::NONE);
                    };
                    let shown = vm.repr_text(e.value.clone().value())?;
                    Ok(PyStr::from_str(&format!("<constevaluator {shown}>")))
                }));
                s.call.set(Some(evaluate));
            },
            ..ClassSpec::new("_ConstEvaluator")
        },
    );
    hidden_class::<PyNoDefault>(
        vm,
        ClassSpec {
            doc: Some("The type of the NoDefault singleton."),
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    if !args.is_empty() {
                        return Err(vm.type_error("NoDefaultType takes no arguments"));
                    }
                    Ok(no_default(vm))
                }));
                s.repr
                    .set(Some(|_, _| Ok(PyStr::from_str("typing.NoDefault"))));
            },
            methods: NO_DEFAULT_METHODS,
            ..ClassSpec::new("NoDefaultType")
        },
    );
    module.dict().set_name("NoDefault", no_default(vm));
}

static NO_DEFAULT_METHODS: &[MethodDef] = &[MethodDef::new(
    "__reduce__",
    "(self, /)",
    |_, _| Ok(PyStr::from_str("NoDefault")),
    "",
)];

/// The format that asks for source text (annotationlib.Format.STRING).
const FORMAT_STRING: i64 = 4;

fn evaluate(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "constevaluator.__call__")?;
    let [format] = *args.pos() else {
        return Err(vm.type_error(format!(
            "constevaluator.__call__() takes exactly 1 argument ({} given)",
            args.npos()
        )));
    };
    let format = vm.to_i64(format)?;
    let Some(e) = v.cast::<PyConstEvaluator>() else {
        return Ok(Owned::NONE);
    };
    let value = e.value.clone();
    if format != FORMAT_STRING {
        return Ok(value);
    }
    let Some(t) = value.cast::<PyTuple>() else {
        return Ok(PyStr::from_str(&type_repr(vm, value.value())?));
    };
    let mut parts = Vec::new();
    for x in t.as_slice() {
        parts.push(type_repr(vm, *x)?);
    }
    Ok(PyStr::from_str(&format!("({})", parts.join(", "))))
}

/// Calls a function of `typing`.
pub fn typing(vm: &Vm, name: &str, args: &[Value]) -> PyResult<Owned> {
    let f = vm.import_attr("typing", name)?;
    vm.call(f.value(), args)
}

/// `typing._type_check`, which `None` passes as its class.
pub fn type_check(vm: &Vm, v: Value, msg: &str) -> PyResult<Owned> {
    if v.is_none() {
        return Ok(v.class().as_owned());
    }
    typing(vm, "_type_check", &[v, PyStr::from_str(msg).value()])
}

/// Notes the module of the calling code on a parameter made by a call.
pub fn note_module(vm: &Vm, param: Value) -> PyResult<()> {
    let module = caller_module(vm).unwrap_or(Owned::NONE);
    vm.setattr(param, vm.names.__module__.value(), module.value())
}
/// `__name__` of the running code's globals.
pub fn caller_module(vm: &Vm) -> Option<Owned> {
    let g = vm.current_globals()?;
    g.cast::<PyDict>()?
        .get_str(vm.names.__name__.value())
        .map(|v| v.own())
}

/// The message for subclassing a parameter.
pub fn no_subclass(vm: &Vm, name: &str) -> Raised {
    vm.type_error(format!("Cannot subclass an instance of {name}"))
}

/// `a | b`: whatever `Union[a, b]` makes of them.
pub fn or(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let pair = PyTuple::from_slice(&[a, b]);
    vm.getitem(
        pyjit_types::union::PyUnion::class().as_value(),
        pair.value(),
    )
}

/// Whether a value is one of the three kinds of type parameter, and its default.
pub fn default_of<'a>(v: Value) -> Option<&'a Lazy> {
    if let Some(t) = v.cast::<PyTypeVar>() {
        return Some(&t.default);
    }
    if let Some(t) = v.cast::<PyTypeVarTuple>() {
        return Some(&t.default);
    }
    v.cast::<PyParamSpec>().map(|t| &t.default)
}

/// The interpreter's way to give a parameter its default.
pub fn set_default(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(d) = default_of(a[0]) else {
        return Err(vm.type_error(format!(
            "Expected a type param, got {}",
            vm.repr_text(a[0])?
        )));
    };
    d.evaluator.set(a[1].own());
    Ok(a[0].own())
}

/// A sequence of parameters with every TypeVarTuple unpacked.
pub fn unpack_tuples(vm: &Vm, params: Value) -> PyResult<Owned> {
    let mut out = Vec::new();
    for p in vm.tuple_items(params) {
        if p.isa::<PyTypeVarTuple>() {
            out.push(unpacked(vm, *p)?);
        } else {
            out.push(p.own());
        }
    }
    Ok(PyTuple::new(out))
}
/// `typing.Unpack[v]`.
pub fn unpacked(vm: &Vm, v: Value) -> PyResult<Owned> {
    let unpack = vm.import_attr("typing", "Unpack")?;
    vm.getitem(unpack.value(), v)
}
/// An iterator over `Unpack[v]` alone: what `*v` spreads.
pub fn iter_unpacked(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = PyTuple::new(vec![unpacked(vm, v)?]);
    vm.iter(t.value())
}

/// Reads a string argument of a constructor.
pub fn name_arg(vm: &Vm, who: &str, v: Value) -> PyResult<Owned> {
    if v.isa::<PyStr>() {
        return Ok(v.own());
    }
    Err(vm.type_error(format!(
        "{who}() argument 'name' must be str, not {}",
        if v.is_none() {
            "None".to_string()
        } else {
            v.class().name_str()
        }
    )))
}
/// The words of an argument list that has too many positions.
pub fn check_count(vm: &Vm, who: &str, args: Args<'_>, max: usize) -> PyResult<()> {
    if args.npos() <= max {
        return Ok(());
    }
    let s = if max == 1 { "" } else { "s" };
    Err(vm.type_error(format!(
        "{who}() takes exactly {max} positional argument{s} ({} given)",
        args.npos()
    )))
}
