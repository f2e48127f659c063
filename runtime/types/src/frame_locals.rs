//! `FrameLocalsProxy` (PEP 667): the variables of a function's frame as a mapping that writes through.

use crate::frame::frame;
use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;
use pyjit_core::protocol::BinaryOp;
use pyjit_isa::code::local_kind;

py_class! {
    /// The proxy of one frame.
    pub struct PyFrameLocals as "FrameLocalsProxy" { pub frame: Owned }
}

pub fn define(vm: &Vm) {
    define_class::<PyFrameLocals>(
        vm,
        ClassSpec {
            flags: type_flags::MAPPING,
            slots: |s| {
                s.new.set(Some(|vm, _, args| {
                    args.no_keywords(vm, "FrameLocalsProxy")?;
                    args.check_positional(vm, "FrameLocalsProxy", 1, 1)?;
                    match args.values.first() {
                        Some(f) if f.isa::<PyFrame>() => Ok(new(*f)),
                        Some(f) => {
                            Err(vm
                                .type_error(format!("expect frame, not {}", f.class().name_str())))
                        }
                        None => Ok(Owned::NONE),
                    }
                }));
                s.repr.set(Some(|vm, v| {
                    let shown = vm.repr_guard(v_frame(v).value(), || {
                        vm.repr_text(snapshot(vm, v)?.value())
                    })?;
                    Ok(PyStr::from_str(
                        &shown.unwrap_or_else(|| "{...}".to_string()),
                    ))
                }));
                s.compare.set(Some(compare));
                s.hash.set(Some(pyjit_core::protocol::unhashable));
                s.len.set(Some(|vm, v| Ok(items(vm, v)?.len())));
                s.iter.set(Some(|vm, v| {
                    let k = keys(vm, v)?;
                    vm.iter(k.value())
                }));
                s.contains
                    .set(Some(|vm, v, k| Ok(get(vm, v, k)?.is_some())));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(setitem));
                s.or.set(Some(|vm, a, b| {
                    let (x, y) = (as_dict(vm, a)?, as_dict(vm, b)?);
                    vm.binary(BinaryOp::Or, x.value(), y.value())
                }));
                s.ior.set(Some(|vm, a, b| {
                    if !is_mapping(b) {
                        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
                    }
                    update(vm, a, b)?;
                    Ok(a.own())
                }));
            },
            methods: METHODS,
            ..ClassSpec::new("FrameLocalsProxy")
        },
    );
}

/// The proxy of a frame.
pub fn new(frame: Value) -> Owned {
    new_object(PyFrameLocals::class(), PyFrameLocals { frame: frame.own() })
}

fn v_frame(v: Value) -> Owned {
    v.cast::<PyFrameLocals>()
        .map_or(Owned::NULL, |p| p.frame.clone())
}

fn is_mapping(v: Value) -> bool {
    v.isa::<PyDict>() || v.isa::<PyFrameLocals>()
}

fn as_dict(vm: &Vm, v: Value) -> PyResult<Owned> {
    if v.isa::<PyFrameLocals>() {
        snapshot(vm, v)
    } else {
        Ok(v.own())
    }
}

/// The kind bits of a slot; hidden ones are not variables that anybody may see.
fn kind(f: &PyFrame, i: usize) -> u8 {
    f.code().data.local_kinds.get(i).copied().unwrap_or(0)
}

/// The content of a slot, cells opened; NULL is unbound.
fn content(f: &PyFrame, i: usize) -> Owned {
    let v = f.slot(i);
    if kind(f, i) & (local_kind::CELL | local_kind::FREE) != 0
        && let Some(c) = v.cast_exact::<PyCell>()
    {
        return c.content.own();
    }
    v.own()
}

/// The slot of a name.
fn place(f: &PyFrame, name: Value) -> Option<usize> {
    let s = name.cast::<PyStr>()?;
    f.code().local_names.iter().enumerate().position(|(i, n)| {
        kind(f, i) & local_kind::HIDDEN == 0 && n.cast::<PyStr>().is_some_and(|n| n.same_text(s))
    })
}

/// All bound names and values, extra ones last.
fn items(vm: &Vm, v: Value) -> PyResult<Vec<(Owned, Owned)>> {
    let owner = v_frame(v);
    let f = frame(vm, owner.value())?;
    let mut out = Vec::new();
    for (i, n) in f.code().local_names.iter().enumerate() {
        if kind(f, i) & local_kind::HIDDEN != 0 {
            continue;
        }
        let x = content(f, i);
        if !x.is_null() {
            out.push((n.clone(), x));
        }
    }
    if let Some(d) = f.extra_locals.value().cast::<PyDict>() {
        out.extend(d.items());
    }
    Ok(out)
}

/// A dict with the present content.
pub fn snapshot(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = PyDict::new();
    if let Some(dict) = d.cast::<PyDict>() {
        for (k, x) in items(vm, v)? {
            dict.set(vm, k.value(), x)?;
        }
    }
    Ok(d)
}

fn keys(vm: &Vm, v: Value) -> PyResult<Owned> {
    Ok(PyList::new(
        items(vm, v)?.into_iter().map(|(k, _)| k).collect(),
    ))
}

fn get(vm: &Vm, v: Value, key: Value) -> PyResult<Option<Owned>> {
    let owner = v_frame(v);
    let f = frame(vm, owner.value())?;
    if let Some(i) = place(f, key) {
        let x = content(f, i);
        return Ok(if x.is_null() { None } else { Some(x) });
    }
    vm.hash(key)?;
    match f.extra_locals.value().cast::<PyDict>() {
        Some(d) => d.get(vm, key),
        None => Ok(None),
    }
}

fn not_defined(vm: &Vm, key: Value) -> PyResult<Raised> {
    let shown = vm.repr_text(key)?;
    Ok(vm.error(
        vm.exc.KeyError,
        format!("local variable '{shown}' is not defined"),
    ))
}

fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    match get(vm, v, key)? {
        Some(x) => Ok(x),
        None => Err(not_defined(vm, key)?),
    }
}

fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let owner = v_frame(v);
    let f = frame(vm, owner.value())?;
    if let Some(i) = place(f, key) {
        if value.is_null() {
            return Err(vm.value_error("cannot remove local variables from FrameLocalsProxy"));
        }
        let old = f.slot(i);
        if kind(f, i) & (local_kind::CELL | local_kind::FREE) != 0
            && let Some(c) = old.cast_exact::<PyCell>()
        {
            c.content.set(value.own());
            return Ok(());
        }
        if !f.fp.get().is_null() && old.is_heap() {
            // The function may be in the middle of using the old value without a reference of its own.
            f.saved.get_mut().push(old.own());
        }
        f.set_slot(i, value.own());
        return Ok(());
    }
    if value.is_null() {
        if let Some(d) = f.extra_locals.value().cast::<PyDict>()
            && d.remove(vm, key)?.is_some()
        {
            return Ok(());
        }
        return Err(vm.key_error(key));
    }
    if f.extra_locals.value().is_null() {
        f.extra_locals.set(PyDict::new());
    }
    match f.extra_locals.value().cast::<PyDict>() {
        Some(d) => d.set(vm, key, value.own()),
        None => Ok(()),
    }
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    if let (Some(x), Some(y)) = (a.cast::<PyFrameLocals>(), b.cast::<PyFrameLocals>()) {
        let same = x.frame.value().is(y.frame.value());
        return Ok(Owned::bool(same == (op == Cmp::Eq)));
    }
    if b.isa::<PyDict>() {
        let d = snapshot(vm, a)?;
        return vm.compare(d.value(), b, op);
    }
    Ok(Owned::immediate(Value::NOT_IMPLEMENTED))
}

fn update(vm: &Vm, v: Value, other: Value) -> PyResult<()> {
    if !is_mapping(other) {
        return Err(vm.type_error("update() argument must be dict or another FrameLocalsProxy"));
    }
    let d = as_dict(vm, other)?;
    let entries = d.cast::<PyDict>().map_or(vec![], |d| d.items());
    for (k, x) in entries {
        setitem(vm, v, k.value(), x.value())?;
    }
    Ok(())
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reversed__",
        "(self, /)",
        |vm, a| {
            let mut k: Vec<Owned> = items(vm, a[0])?.into_iter().map(|(k, _)| k).collect();
            k.reverse();
            Ok(PyList::new(k))
        },
        "",
    ),
    MethodDef::new("copy", "(self, /)", |vm, a| snapshot(vm, a[0]), ""),
    MethodDef::new("keys", "(self, /)", |vm, a| keys(vm, a[0]), ""),
    MethodDef::new(
        "values",
        "(self, /)",
        |vm, a| {
            Ok(PyList::new(
                items(vm, a[0])?.into_iter().map(|(_, x)| x).collect(),
            ))
        },
        "",
    ),
    MethodDef::new(
        "items",
        "(self, /)",
        |vm, a| {
            Ok(PyList::new(
                items(vm, a[0])?
                    .into_iter()
                    .map(|(k, x)| PyTuple::pair(k, x))
                    .collect(),
            ))
        },
        "",
    ),
    MethodDef::new(
        "update",
        "(self, object, /)",
        |vm, a| update(vm, a[0], a[1]).map(|()| Owned::NONE),
        "",
    ),
    MethodDef::new(
        "get",
        "(self, key, default=None, /)",
        |vm, a| {
            Ok(
                get(vm, a[0], a[1])?
                    .unwrap_or_else(|| a[2].non_null().unwrap_or(Value::NONE).own()),
            )
        },
        "",
    ),
    MethodDef::new(
        "setdefault",
        "(self, key, default=None, /)",
        |vm, a| {
            if let Some(x) = get(vm, a[0], a[1])? {
                return Ok(x);
            }
            let x = a[2].non_null().unwrap_or(Value::NONE);
            setitem(vm, a[0], a[1], x)?;
            Ok(x.own())
        },
        "",
    ),
    MethodDef::new(
        "pop",
        "(self, key, default=None, /)",
        |vm, a| {
            let owner = v_frame(a[0]);
            let f = frame(vm, owner.value())?;
            if place(f, a[1]).is_some() {
                return Err(vm.value_error("cannot remove local variables from FrameLocalsProxy"));
            }
            let gone = match f.extra_locals.value().cast::<PyDict>() {
                Some(d) => d.remove(vm, a[1])?,
                None => None,
            };
            match gone {
                Some(x) => Ok(x),
                None if !a[2].is_null() => Ok(a[2].own()),
                None => Err(vm.key_error(a[1])),
            }
        },
        "",
    ),
];
