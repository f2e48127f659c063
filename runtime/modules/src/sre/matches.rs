//! `re.Match`.

use super::pattern::{Found, PyPattern, of_match};
use super::subject::Subject;
use super::substitute;
use pyjit_core::prelude::*;
use pyjit_text::sre::NONE;

py_class! {
    /// A match.
    pub struct PyMatch as "Match" {
        pub pattern: Owned,
        pub string: Owned,
        pub pos: usize,
        pub endpos: usize,
        /// Starts and ends of group 0 and all others; `NONE` where a group is not set.
        pub marks: NoTrace<Vec<usize>>,
        /// The group closed last, 0 for none.
        pub last: usize,
    }
}

/// A match object; the machine goes back to the pattern.
pub(super) fn new_match(
    pattern: Value,
    string: Value,
    pos: usize,
    endpos: usize,
    f: Found,
) -> Owned {
    let mut marks = Vec::with_capacity(2 + f.machine.marks.len());
    marks.extend([f.start, f.end]);
    for i in 0..f.machine.marks.len() / 2 {
        let (a, b) = f.machine.group(i).unwrap_or((NONE, NONE));
        marks.extend([a, b]);
    }
    let last = f.machine.last;
    if let Some(p) = pattern.cast::<PyPattern>() {
        p.give_machine(f.machine);
    }
    new_object(
        PyMatch::class(),
        PyMatch {
            pattern: pattern.own(),
            string: string.own(),
            pos,
            endpos,
            marks: NoTrace(marks),
            last,
        },
    )
}

impl PyMatch {
    /// Number of groups, group 0 included.
    fn groups(&self) -> usize {
        self.marks.len() / 2
    }
    pub(super) fn bounds(&self, i: usize) -> Option<(usize, usize)> {
        match (self.marks.get(2 * i), self.marks.get(2 * i + 1)) {
            (Some(&a), Some(&b)) if a != NONE => Some((a, b)),
            _ => None,
        }
    }
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyMatch> {
    v.cast::<PyMatch>()
        .ok_or_else(|| vm.type_error("a match is required"))
}

/// The number of the group that a key means.
fn group_index(vm: &Vm, m: &PyMatch, key: Value) -> PyResult<usize> {
    let no_such = || vm.index_error("no such group");
    let i = if key.as_int().is_some() || key.class().slots.index.get().is_some() {
        vm.index(key)?.as_i64()
    } else {
        let p = of_match(vm, m)?;
        match p.groupindex.cast::<PyDict>() {
            Some(d) => match d.get(vm, key) {
                Ok(found) => found.and_then(|v| v.as_i64()),
                Err(_) => None,
            },
            None => None,
        }
    };
    i.and_then(|i| usize::try_from(i).ok())
        .filter(|i| *i < m.groups())
        .ok_or_else(no_such)
}

fn get(vm: &Vm, m: &PyMatch, i: usize, default: Value) -> PyResult<Owned> {
    match m.bounds(i) {
        None => Ok(default.own()),
        Some((a, b)) => {
            if let Some(s) = m.string.cast::<PyStr>() {
                return Ok(s.substring(a, b));
            }
            Ok(Subject::new(vm, m.string.value())?.slice(a, b))
        }
    }
}

fn group(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = this(vm, a[0])?;
    let keys = vm.tuple_items(a[1]);
    match keys {
        [] => get(vm, m, 0, Value::NONE),
        [key] => {
            let i = group_index(vm, m, *key)?;
            get(vm, m, i, Value::NONE)
        }
        many => {
            let mut out = Vec::with_capacity(many.len());
            for key in many {
                let i = group_index(vm, m, *key)?;
                out.push(get(vm, m, i, Value::NONE)?);
            }
            Ok(PyTuple::new(out))
        }
    }
}

fn groups(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = this(vm, a[0])?;
    let default = a[1].non_null().unwrap_or(Value::NONE);
    let mut out = Vec::with_capacity(m.groups());
    for i in 1..m.groups() {
        out.push(get(vm, m, i, default)?);
    }
    Ok(PyTuple::new(out))
}

fn groupdict(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let m = this(vm, a[0])?;
    let default = a[1].non_null().unwrap_or(Value::NONE);
    let out = PyDict::new();
    if let (Some(d), Some(names)) = (
        out.cast::<PyDict>(),
        of_match(vm, m)?.groupindex.cast::<PyDict>(),
    ) {
        for (name, i) in names.items() {
            let i = group_index(vm, m, i.value())?;
            d.set(vm, name.value(), get(vm, m, i, default)?)?;
        }
    }
    Ok(out)
}

/// Start and end of the group that an argument means, -1 where it is not set.
fn ends(vm: &Vm, a: &[Value]) -> PyResult<(i64, i64)> {
    let m = this(vm, a[0])?;
    let i = match a[1].non_null() {
        Some(key) => group_index(vm, m, key)?,
        None => 0,
    };
    Ok(match m.bounds(i) {
        Some((a, b)) => (a as i64, b as i64),
        None => (-1, -1),
    })
}
fn pair(p: (i64, i64)) -> Owned {
    PyTuple::pair(new_int(p.0), new_int(p.1))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let m = this(vm, v)?;
    let text = get(vm, m, 0, Value::NONE)?;
    let shown = text_of(vm.repr(text.value())?.value());
    let shown: String = shown.chars().take(50).collect();
    let (a, b) = m.bounds(0).unwrap_or((0, 0));
    Ok(PyStr::from_str(&format!(
        "<re.Match object; span=({a}, {b}), match={shown}>"
    )))
}

/// `__class_getitem__`.
pub(super) fn alias(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let class = vm.import_attr("types", "GenericAlias")?;
    vm.call(class.value(), &[a[0], a[1]])
}

macro_rules! m {
    ($name:literal, $sig:literal, $f:expr, $doc:literal) => {
        MethodDef::new($name, $sig, $f, $doc)
    };
}

static METHODS: &[MethodDef] = &[
    m!(
        "group",
        "(self, /, *args)",
        group,
        "Subgroups of the match by number or name; 0 is the whole match."
    ),
    m!(
        "start",
        "(self, group=0, /)",
        |vm, a| Ok(new_int(ends(vm, a)?.0)),
        "Where a group begins."
    ),
    m!(
        "end",
        "(self, group=0, /)",
        |vm, a| Ok(new_int(ends(vm, a)?.1)),
        "Where a group ends."
    ),
    m!(
        "span",
        "(self, group=0, /)",
        |vm, a| Ok(pair(ends(vm, a)?)),
        "Where a group begins and ends."
    ),
    m!(
        "groups",
        "(self, /, default=None)",
        groups,
        "All subgroups as a tuple."
    ),
    m!(
        "groupdict",
        "(self, /, default=None)",
        groupdict,
        "All named subgroups as a dictionary."
    ),
    m!(
        "expand",
        "(self, /, template)",
        substitute::expand_method,
        "A replacement template filled from the match."
    ),
    m!("__copy__", "(self, /)", |_, a| Ok(a[0].own()), "Itself."),
    m!(
        "__deepcopy__",
        "(self, memo, /)",
        |_, a| Ok(a[0].own()),
        "Itself."
    ),
    MethodDef::class("__class_getitem__", "(type, object, /)", alias, "See PEP 585"),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("string", |vm, v| Ok(this(vm, v)?.string.clone()))
        .doc("What was searched."),
    GetSetDef::read("re", |vm, v| Ok(this(vm, v)?.pattern.clone())).doc("The pattern."),
    GetSetDef::read("pos", |vm, v| Ok(new_usize(this(vm, v)?.pos)))
        .doc("Where searching began."),
    GetSetDef::read("endpos", |vm, v| Ok(new_usize(this(vm, v)?.endpos)))
        .doc("Where searching ended at most."),
    GetSetDef::read("lastindex", |vm, v| {
        let m = this(vm, v)?;
        Ok(if m.last > 0 {
            new_usize(m.last)
        } else {
            Owned::NONE
        })
    })
    .doc("The number of the group closed last."),
    GetSetDef::read("lastgroup", |vm, v| {
        let m = this(vm, v)?;
        let names = of_match(vm, m)?.indexgroup.clone();
        Ok(names
            .cast::<PyTuple>()
            .filter(|_| m.last > 0)
            .and_then(|t| t.get(m.last))
            .map_or(Owned::NONE, |n| n.own()))
    })
    .doc("The name of the group closed last."),
    GetSetDef::read("regs", |vm, v| {
        let m = this(vm, v)?;
        let all = (0..m.groups()).map(|i| match m.bounds(i) {
            Some((a, b)) => pair((a as i64, b as i64)),
            None => pair((-1, -1)),
        });
        Ok(PyTuple::new(all.collect()))
    })
    .doc("The spans of all groups."),
];

pub(super) fn define(vm: &Vm) {
    define_class::<PyMatch>(
        vm,
        ClassSpec {
            module: "re",
            flags: type_flags::DISALLOW_INSTANTIATION,
            doc: Some("The result of re.match() and re.search()."),
            slots: |s| {
                s.repr.set(Some(repr));
                s.getitem.set(Some(|vm, v, key| {
                    let m = this(vm, v)?;
                    let i = group_index(vm, m, key)?;
                    get(vm, m, i, Value::NONE)
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("Match")
        },
    );
}
