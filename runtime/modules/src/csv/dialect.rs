//! Dialects: how records are written as text.

use super::{dialects, error};
use crate::add_class;
use pyjit_core::call::{Callee, bind};
use pyjit_core::prelude::*;

pub(super) const MINIMAL: i32 = 0;
pub(super) const ALL: i32 = 1;
pub(super) const NONNUMERIC: i32 = 2;
pub(super) const NEVER: i32 = 3;
pub(super) const STRINGS: i32 = 4;
pub(super) const NOTNULL: i32 = 5;

py_class! {
    /// A dialect.
    pub struct PyDialect as "Dialect" { pub rules: NoTrace<Rules>, pub terminator: Owned }
}

/// What a dialect says. Characters that are not set are `None`.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub delimiter: u32,
    pub quote: Option<u32>,
    pub escape: Option<u32>,
    pub double: bool,
    pub skip_space: bool,
    pub strict: bool,
    pub quoting: i32,
    pub terminator: Vec<u32>,
}

static NEW: Sig = Sig::parse(
    "(dialect=None, delimiter='', doublequote=True, escapechar=None, lineterminator='', quotechar='', quoting=0, skipinitialspace=False, strict=False)",
);
const NAMES: [&str; 8] = [
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
];

pub(super) fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyDialect> {
    v.cast::<PyDialect>()
        .ok_or_else(|| vm.type_error("a dialect is required"))
}

/// The dialect registered under a name.
pub(super) fn named(vm: &Vm, name: Value) -> PyResult<Owned> {
    let found = match dialects(vm).cast::<PyDict>() {
        Some(d) => d.get(vm, name)?,
        None => None,
    };
    found.ok_or_else(|| error(vm, "unknown dialect"))
}

/// A dialect from the `dialect` argument and the format parameters of a function.
pub(super) fn from_args(vm: &Vm, dialect: Value, params: Value) -> PyResult<Owned> {
    let mut args = OwnedArgs::default();
    if let Some(d) = dialect.non_null() {
        args.push(d.own());
    }
    if let Some(d) = params.cast::<PyDict>() {
        for (k, v) in d.items() {
            args.push_keyword(k, v);
        }
    }
    args.with(|a| new(vm, PyDialect::class(), a))
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    for (k, _) in args.keywords() {
        let k = text_of(k);
        if k != "dialect" && !NAMES.contains(&k.as_str()) {
            return Err(vm.type_error(format!(
                "this function got an unexpected keyword argument '{k}'"
            )));
        }
    }
    let who = Callee {
        name: "Dialect",
        qualified: &|| "Dialect".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        let mut base = a[0].given().map(|d| d.own());
        if let Some(b) = &base
            && b.isa::<PyStr>() {
                base = Some(named(vm, b.value())?);
            }
        let bare = a[1..].iter().all(|v| v.is_null());
        if let Some(b) = &base
            && bare
            && b.is_exact::<PyDialect>()
            && class.same(PyDialect::class())
        {
            return Ok(b.clone());
        }
        let mut given: Vec<Option<Owned>> = Vec::with_capacity(8);
        for (name, v) in NAMES.iter().zip(&a[1..]) {
            given.push(match (v.non_null(), &base) {
                (Some(v), _) => Some(v.own()),
                (None, Some(b)) => vm.getattr_opt_str(b.value(), name)?,
                (None, None) => None,
            });
        }
        build(vm, class, &given)
    })
}

/// A character parameter: `None` if it is None, and the default if it was not given.
fn character(
    vm: &Vm,
    name: &str,
    v: &Option<Owned>,
    default: Option<u32>,
    required: bool,
) -> PyResult<Option<u32>> {
    let Some(v) = v else { return Ok(default) };
    if v.is_none() && !required {
        return Ok(None);
    }
    let what = if required {
        "a unicode character"
    } else {
        "a unicode character or None"
    };
    match v.cast::<PyStr>() {
        Some(s) if s.len() == 1 => Ok(s.text().get(0)),
        Some(s) => Err(vm.type_error(format!(
            "\"{name}\" must be {what}, not a string of length {}",
            s.len()
        ))),
        None => Err(vm.type_error(format!(
            "\"{name}\" must be {what}, not {}",
            v.class().name_str()
        ))),
    }
}

fn build(vm: &Vm, class: &'static TypeObject, given: &[Option<Owned>]) -> PyResult<Owned> {
    let [delimiter, double, escape, terminator, quote, quoting, skip, strict] = given else {
        return Err(vm.type_error("Dialect() needs eight parameters"));
    };
    let flag = |v: &Option<Owned>, default: bool| match v {
        Some(v) => vm.truthy(v.value()),
        None => Ok(default),
    };
    let mut rules = Rules {
        delimiter: character(vm, "delimiter", delimiter, Some(0x2c), true)?.unwrap_or(0x2c),
        double: flag(double, true)?,
        escape: character(vm, "escapechar", escape, None, false)?,
        terminator: vec![13, 10],
        quote: character(vm, "quotechar", quote, Some(0x22), false)?,
        quoting: MINIMAL,
        skip_space: flag(skip, false)?,
        strict: flag(strict, false)?,
    };
    let mut text = PyStr::from_str("\r\n");
    if let Some(t) = terminator {
        match t.cast::<PyStr>() {
            Some(s) => {
                rules.terminator = s.text().to_codes();
                text = t.clone();
            }
            None => {
                return Err(vm.type_error(format!(
                    "\"lineterminator\" must be a string, not {}",
                    t.class().name_str()
                )));
            }
        }
    }
    match quoting {
        Some(q) => {
            if !q.is_exact_int() {
                return Err(vm.type_error(format!(
                    "\"quoting\" must be an integer, not {}",
                    q.class().name_str()
                )));
            }
            rules.quoting = vm.to_i32(q.value())?;
        }
        None if quote.as_ref().is_some_and(|q| q.is_none()) => rules.quoting = NEVER,
        None => {}
    }
    if !(MINIMAL..=NOTNULL).contains(&rules.quoting) {
        return Err(vm.type_error("bad \"quoting\" value"));
    }
    if rules.quoting != NEVER && rules.quote.is_none() {
        return Err(vm.type_error("quotechar must be set if quoting enabled"));
    }
    let check = |name: &str, c: Option<u32>, space: bool| -> PyResult<()> {
        match c {
            Some(10 | 13) => Err(vm.value_error(format!("bad {name} value"))),
            Some(32) if !space => Err(vm.value_error(format!("bad {name} value"))),
            Some(c) if rules.terminator.contains(&c) => {
                Err(vm.value_error(format!("bad {name} or lineterminator value")))
            }
            _ => Ok(()),
        }
    };
    check("delimiter", Some(rules.delimiter), true)?;
    check("escapechar", rules.escape, !rules.skip_space)?;
    check("quotechar", rules.quote, !rules.skip_space)?;
    let clash = |a: &str, b: &str| vm.value_error(format!("bad {a} or {b} value"));
    if rules.escape == Some(rules.delimiter) {
        return Err(clash("delimiter", "escapechar"));
    }
    if rules.quote == Some(rules.delimiter) {
        return Err(clash("delimiter", "quotechar"));
    }
    if rules.escape.is_some() && rules.escape == rules.quote {
        return Err(clash("escapechar", "quotechar"));
    }
    Ok(new_object(
        class,
        PyDialect {
            rules: NoTrace(rules),
            terminator: text,
        },
    ))
}

fn shown(c: Option<u32>) -> Owned {
    c.map_or(Owned::NONE, PyStr::from_char)
}

fn no_pickle(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    Err(vm.type_error(format!(
        "cannot pickle '{}' instances",
        a[0].class().name_str()
    )))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", no_pickle, "Refuses pickling."),
    MethodDef::new(
        "__reduce_ex__",
        "(self, proto=0, /)",
        no_pickle,
        "Refuses pickling.",
    ),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("delimiter", |vm, v| {
        Ok(shown(Some(this(vm, v)?.rules.delimiter)))
    }),
    GetSetDef::read("escapechar", |vm, v| Ok(shown(this(vm, v)?.rules.escape))),
    GetSetDef::read("quotechar", |vm, v| Ok(shown(this(vm, v)?.rules.quote))),
    GetSetDef::read("lineterminator", |vm, v| {
        Ok(this(vm, v)?.terminator.clone())
    }),
    GetSetDef::read("quoting", |vm, v| {
        Ok(new_int(i64::from(this(vm, v)?.rules.quoting)))
    }),
    GetSetDef::read("doublequote", |vm, v| {
        Ok(Owned::bool(this(vm, v)?.rules.double))
    }),
    GetSetDef::read("skipinitialspace", |vm, v| {
        Ok(Owned::bool(this(vm, v)?.rules.skip_space))
    }),
    GetSetDef::read("strict", |vm, v| Ok(Owned::bool(this(vm, v)?.rules.strict))),
];

pub(super) fn define(vm: &Vm, m: &PyModule) {
    let class = define_class::<PyDialect>(
        vm,
        ClassSpec {
            module: "_csv",
            doc: Some("How records are written as text."),
            slots: |s| s.new.set(Some(new)),
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Dialect")
        },
    );
    add_class(m, class);
}
