//! Template strings (PEP 750): `string.templatelib.Template` and `Interpolation`. The ops that build them find the
//! constructors in the module state under `templatelib`.

use pyjit_core::call::{Callee, bind};
use pyjit_core::object::PyBuiltin;
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// A template: one more string than interpolations, both tuples.
    pub struct PyTemplate as "Template" { pub strings: Owned, pub interpolations: Owned }
}
py_class! {
    /// The value and the source of a replacement field.
    pub struct PyInterpolation as "Interpolation" {
        pub value: Owned,
        pub expression: Owned,
        pub conversion: Owned,
        pub format_spec: Owned,
    }
}
py_class! {
    /// Iterator over the parts of a template that are not empty.
    pub struct PyTemplateIter as "TemplateIter" { pub parts: MutCell<Vec<Owned>>, pub index: Cell<usize> }
}

const MODULE: &str = "string.templatelib";

fn template(strings: Owned, interpolations: Owned) -> Owned {
    new_object(
        PyTemplate::class(),
        PyTemplate {
            strings,
            interpolations,
        },
    )
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTemplate> {
    v.cast::<PyTemplate>()
        .ok_or_else(|| vm.type_error("a template is required"))
}
fn field<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyInterpolation> {
    v.cast::<PyInterpolation>()
        .ok_or_else(|| vm.type_error("an interpolation is required"))
}

/// `Template(*parts)`: strings side by side are joined, and every interpolation stands between two strings.
fn template_new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if !args.names.is_empty() {
        return Err(vm.type_error("Template.__new__ only accepts *args arguments"));
    }
    let (mut strings, mut fields) = (Vec::new(), Vec::new());
    let mut run: Vec<Owned> = Vec::new();
    let joined = |run: &mut Vec<Owned>| -> PyResult<Owned> {
        let values: Vec<Value> = run.iter().map(|v| v.value()).collect();
        let text = match values.as_slice() {
            [one] if one.is_exact::<PyStr>() => one.own(),
            many => PyStr::concat_all(many).ok_or_else(|| vm.memory_error())?,
        };
        run.clear();
        Ok(text)
    };
    for part in args.pos() {
        if part.isa::<PyStr>() {
            run.push(part.own());
        } else if part.isa::<PyInterpolation>() {
            strings.push(joined(&mut run)?);
            fields.push(part.own());
        } else {
            return Err(vm.type_error(format!(
                "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {}",
                part.class().name_str()
            )));
        }
    }
    strings.push(joined(&mut run)?);
    Ok(template(PyTuple::new(strings), PyTuple::new(fields)))
}

fn template_repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = this(vm, v)?;
    let strings = vm.repr_text(t.strings.value())?;
    let fields = vm.repr_text(t.interpolations.value())?;
    Ok(PyStr::from_str(&format!(
        "Template(strings={strings}, interpolations={fields})"
    )))
}

fn template_concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyTemplate>(), b.cast::<PyTemplate>()) else {
        return Err(vm.type_error(format!(
            "can only concatenate {MODULE}.Template (not \"{}\") to {MODULE}.Template",
            b.class().name_str()
        )));
    };
    let mut strings: Vec<Owned> = vm
        .tuple_items(x.strings.value())
        .iter()
        .map(|v| v.own())
        .collect();
    let mut rest = vm.tuple_items(y.strings.value()).iter();
    if let (Some(last), Some(first)) = (strings.pop(), rest.next()) {
        let middle = PyStr::concat_all(&[last.value(), *first]);
        strings.push(middle.ok_or_else(|| vm.memory_error())?);
    }
    strings.extend(rest.map(|v| v.own()));
    let fields = [x.interpolations.value(), y.interpolations.value()];
    let fields = fields
        .iter()
        .flat_map(|t| vm.tuple_items(*t))
        .map(|v| v.own())
        .collect();
    Ok(template(PyTuple::new(strings), PyTuple::new(fields)))
}

fn template_iter(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = this(vm, v)?;
    let strings = vm.tuple_items(t.strings.value());
    let fields = vm.tuple_items(t.interpolations.value());
    let mut parts = Vec::new();
    for (i, s) in strings.iter().enumerate() {
        if s.cast::<PyStr>().is_some_and(|s| !s.is_empty()) {
            parts.push(s.own());
        }
        if let Some(f) = fields.get(i) {
            parts.push(f.own());
        }
    }
    Ok(new_object(
        PyTemplateIter::class(),
        PyTemplateIter {
            parts: MutCell::new(parts),
            index: Cell::new(0),
        },
    ))
}

fn next(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyTemplateIter>() else {
        return Ok(Owned::NULL);
    };
    let i = it.index.get();
    match it.parts.get().get(i) {
        Some(p) => {
            it.index.set(i + 1);
            Ok(p.clone())
        }
        None => Ok(Owned::NULL),
    }
}

fn alias(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let class = vm.import_attr("types", "GenericAlias")?;
    vm.call(class.value(), &[a[0], a[1]])
}

static TEMPLATE_METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let t = this(vm, a[0])?;
            let f = vm.import_attr(MODULE, "_template_unpickle")?;
            let args = PyTuple::pair(t.strings.clone(), t.interpolations.clone());
            Ok(PyTuple::pair(f, args))
        },
        "Support for pickling.",
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        alias,
        "See PEP 585",
    ),
];

static TEMPLATE_GETSET: &[GetSetDef] = &[
    GetSetDef::read("strings", |vm, v| Ok(this(vm, v)?.strings.clone())).doc("Strings"),
    GetSetDef::read("interpolations", |vm, v| {
        Ok(this(vm, v)?.interpolations.clone())
    })
    .doc("Interpolations"),
    GetSetDef::read("values", |vm, v| {
        let t = this(vm, v)?;
        let values = vm
            .tuple_items(t.interpolations.value())
            .iter()
            .filter_map(|f| f.cast::<PyInterpolation>())
            .map(|f| f.value.clone());
        Ok(PyTuple::new(values.collect()))
    })
    .doc("Values of interpolations"),
];

static NEW: Sig = Sig::parse("(value, expression='', conversion=None, format_spec='')");

fn interpolation_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "Interpolation",
        qualified: &|| "Interpolation".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let text = |v: Value, name: &str| match v.non_null() {
            None => Ok(vm.empty_str.clone()),
            Some(v) if v.isa::<PyStr>() => Ok(v.own()),
            Some(v) => Err(vm.type_error(format!(
                "Interpolation() argument '{name}' must be str, not {}",
                crate::str::type_name(v)
            ))),
        };
        let expression = text(a[1], "expression")?;
        let conversion = match a[2].given() {
            None => Owned::NONE,
            Some(c) => match c.cast::<PyStr>() {
                Some(s) if s.is_text("s") || s.is_text("r") || s.is_text("a") => c.own(),
                Some(_) => {
                    return Err(vm.value_error(
                        "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'",
                    ));
                }
                None => {
                    return Err(vm.type_error(format!(
                        "Interpolation() argument 'conversion' must be str, not {}",
                        c.class().name_str()
                    )));
                }
            },
        };
        Ok(new_object(
            class,
            PyInterpolation {
                value: a[0].own(),
                expression,
                conversion,
                format_spec: text(a[3], "format_spec")?,
            },
        ))
    })
}

fn parts(f: &PyInterpolation) -> [Owned; 4] {
    [
        f.value.clone(),
        f.expression.clone(),
        f.conversion.clone(),
        f.format_spec.clone(),
    ]
}

fn interpolation_repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let mut shown = Vec::with_capacity(4);
    for p in parts(field(vm, v)?) {
        shown.push(vm.repr_text(p.value())?);
    }
    Ok(PyStr::from_str(&format!(
        "Interpolation({})",
        shown.join(", ")
    )))
}

static INTERPOLATION_METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| {
            let args = PyTuple::new(parts(field(vm, a[0])?).into());
            Ok(PyTuple::pair(a[0].class().as_owned(), args))
        },
        "Support for pickling.",
    ),
    MethodDef::class(
        "__class_getitem__",
        "(type, object, /)",
        alias,
        "See PEP 585",
    ),
];

static INTERPOLATION_GETSET: &[GetSetDef] = &[
    GetSetDef::member("value", |vm, v| Ok(field(vm, v)?.value.clone())).doc("Value"),
    GetSetDef::member("expression", |vm, v| Ok(field(vm, v)?.expression.clone())).doc("Expression"),
    GetSetDef::member("conversion", |vm, v| Ok(field(vm, v)?.conversion.clone())).doc("Conversion"),
    GetSetDef::read("format_spec", |vm, v| Ok(field(vm, v)?.format_spec.clone()))
        .doc("Format specifier"),
];

static MAKE: MethodDef = MethodDef::function(
    "_make_template",
    "(strings, interpolations, /)",
    |_, a| Ok(template(a[0].own(), a[1].own())),
    "A template from its tuples.",
);

/// Defines the classes and their methods.
pub fn define(vm: &Vm) {
    define_class::<PyTemplate>(
        vm,
        ClassSpec {
            module: MODULE,
            flags: 0,
            doc: Some("Template object"),
            slots: |s| {
                s.new.set(Some(template_new));
                s.repr.set(Some(template_repr));
                s.iter.set(Some(template_iter));
                s.concat.set(Some(template_concat));
            },
            methods: TEMPLATE_METHODS,
            getset: TEMPLATE_GETSET,
            ..ClassSpec::new("Template")
        },
    );
    let interpolation = define_class::<PyInterpolation>(
        vm,
        ClassSpec {
            module: MODULE,
            flags: 0,
            doc: Some("Interpolation object"),
            slots: |s| {
                s.new.set(Some(interpolation_new));
                s.repr.set(Some(interpolation_repr));
            },
            methods: INTERPOLATION_METHODS,
            getset: INTERPOLATION_GETSET,
            ..ClassSpec::new("Interpolation")
        },
    );
    let names = ["value", "expression", "conversion", "format_spec"];
    interpolation.dict().set_str(
        vm.names.__match_args__.value(),
        PyTuple::new(names.iter().map(|n| intern(n)).collect()),
    );
    define_class::<PyTemplateIter>(
        vm,
        ClassSpec {
            module: MODULE,
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            ..ClassSpec::new("TemplateIter")
        },
    );
    let state = PyDict::new();
    if let Some(d) = state.cast::<PyDict>() {
        d.set_name("_make_template", PyBuiltin::function(&MAKE, MODULE));
        d.set_name("Interpolation", interpolation.as_owned());
        d.set_name("Template", PyTemplate::class().as_owned());
    }
    vm.module_state.get_mut().insert("templatelib", state);
}
