//! `code` objects: attributes, line tables, equality. Making them by hand is in `code_make`.

use crate::code_make;
use pyjit_core::prelude::*;
use pyjit_isa::code::local_kind;
use pyjit_isa::lines;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyCode>(
        vm,
        ClassSpec {
            flags: 0,
            weakrefs: true,
            doc: Some("Create a code object.  Not for the faint of heart."),
            slots: |s| {
                s.new.set(Some(code_make::code_new));
                s.repr.set(Some(repr));
                s.hash.set(Some(hash));
                s.compare.set(Some(compare));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("code")
        },
    );
}

/// The payload of a code object.
pub(crate) fn code<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyCode> {
    v.cast::<PyCode>()
        .ok_or_else(|| vm.type_error("descriptor requires a 'code' object"))
}

/// Names of the slots that have one of the kinds.
pub(crate) fn names_of_kind(c: &PyCode, kind: u8) -> Vec<Owned> {
    c.local_names
        .iter()
        .zip(c.data.local_kinds.iter())
        .filter(|(_, k)| **k & kind != 0)
        .map(|(n, _)| n.clone())
        .collect()
}

fn size(i: u32) -> PyResult<Owned> {
    Ok(new_int(i as i64))
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("co_argcount", |vm, v| size(code(vm, v)?.data.arg_count)),
    GetSetDef::member("co_posonlyargcount", |vm, v| {
        size(code(vm, v)?.data.posonly_count)
    }),
    GetSetDef::member("co_kwonlyargcount", |vm, v| {
        size(code(vm, v)?.data.kwonly_count)
    }),
    GetSetDef::member("co_stacksize", |vm, v| size(code(vm, v)?.data.stack_size)),
    GetSetDef::member("co_flags", |vm, v| size(code(vm, v)?.flags)),
    GetSetDef::member("co_names", |vm, v| {
        Ok(PyTuple::new(code(vm, v)?.names.clone()))
    }),
    GetSetDef::member("co_filename", |vm, v| Ok(code(vm, v)?.filename.own())),
    GetSetDef::member("co_name", |vm, v| Ok(code(vm, v)?.name.clone())),
    GetSetDef::member("co_qualname", |vm, v| Ok(code(vm, v)?.qualname.clone())),
    GetSetDef::member("co_firstlineno", |vm, v| size(code(vm, v)?.data.first_line)),
    GetSetDef::member("co_linetable", |vm, v| {
        Ok(PyBytes::new(&code(vm, v)?.data.line_table))
    }),
    GetSetDef::member("co_exceptiontable", |vm, v| {
        Ok(PyBytes::new(&code(vm, v)?.data.exception_table))
    }),
    GetSetDef::member("co_consts", |vm, v| {
        Ok(PyTuple::new(code(vm, v)?.consts.get().clone()))
    }),
    GetSetDef::read("co_nlocals", |vm, v| {
        Ok(new_usize(
            names_of_kind(code(vm, v)?, local_kind::LOCAL).len(),
        ))
    }),
    GetSetDef::read("co_varnames", |vm, v| {
        Ok(PyTuple::new(names_of_kind(code(vm, v)?, local_kind::LOCAL)))
    }),
    GetSetDef::read("co_cellvars", |vm, v| {
        Ok(PyTuple::new(names_of_kind(code(vm, v)?, local_kind::CELL)))
    }),
    GetSetDef::read("co_freevars", |vm, v| {
        Ok(PyTuple::new(names_of_kind(code(vm, v)?, local_kind::FREE)))
    }),
    GetSetDef::read("co_code", |vm, v| Ok(PyBytes::new(&code(vm, v)?.data.code))),
    GetSetDef::read("_co_code_adaptive", |vm, v| {
        Ok(PyBytes::new(&code(vm, v)?.data.code))
    }),
    GetSetDef::read("co_lnotab", |vm, v| {
        vm.warn(
            vm.exc.DeprecationWarning,
            "co_lnotab is deprecated, use co_lines instead.",
            1,
        )?;
        Ok(PyBytes::new(&old_line_table(code(vm, v)?)))
    }),
];

/// The line table in the form before Python 3.10: pairs of address and line steps.
fn old_line_table(c: &PyCode) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut address, mut line) = (0i64, c.data.first_line as i64);
    for (start, _, l) in lines::line_runs(&c.data.line_table, c.data.first_line) {
        let Some(l) = l else { continue };
        let (mut da, mut dl) = (start as i64 * 2 - address, l as i64 - line);
        if dl == 0 {
            continue;
        }
        while da > 255 {
            out.extend([255, 0]);
            da -= 255;
        }
        while dl > 127 {
            out.extend([da as u8, 127]);
            da = 0;
            dl -= 127;
        }
        while dl < -128 {
            out.extend([da as u8, 128]);
            da = 0;
            dl += 128;
        }
        out.extend([da as u8, dl as i8 as u8]);
        (address, line) = (start as i64 * 2, l as i64);
    }
    out
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("__sizeof__", "(self, /)", sizeof, ""),
    MethodDef::new(
        "co_lines",
        "(self, /)",
        |vm, a| {
            let c = code(vm, a[0])?;
            let runs = lines::line_runs(&c.data.line_table, c.data.first_line);
            let items = runs
                .into_iter()
                .map(|(start, end, line)| {
                    PyTuple::new(vec![
                        new_int(start as i64 * 2),
                        new_int(end as i64 * 2),
                        or_none(line),
                    ])
                })
                .collect();
            vm.iter(PyList::new(items).value())
        },
        "",
    ),
    MethodDef::new(
        "co_branches",
        "(self, /)",
        |vm, _| vm.iter(PyList::new(vec![]).value()),
        "",
    ),
    MethodDef::new(
        "co_positions",
        "(self, /)",
        |vm, a| {
            let c = code(vm, a[0])?;
            let all = lines::positions(&c.data.line_table, c.data.first_line);
            let items = all
                .into_iter()
                .map(|p| {
                    PyTuple::new(vec![
                        or_none(p.line),
                        or_none(p.end_line),
                        or_none(p.column),
                        or_none(p.end_column),
                    ])
                })
                .collect();
            vm.iter(PyList::new(items).value())
        },
        "",
    ),
    MethodDef::new(
        "replace",
        "(self, /, **changes)",
        code_make::replace,
        "Return a copy of the code object with new values for the specified fields.",
    ),
    MethodDef::new(
        "__replace__",
        "(self, /, **changes)",
        code_make::replace,
        "The same as replace().",
    ),
    MethodDef::new(
        "_varname_from_oparg",
        "(self, /, oparg)",
        |vm, a| {
            let i = vm.to_i64(a[1])?;
            let c = code(vm, a[0])?;
            match usize::try_from(i).ok().and_then(|i| c.local_names.get(i)) {
                Some(n) => Ok(n.clone()),
                None => Err(vm.index_error("tuple index out of range")),
            }
        },
        "(internal-only) Return the local variable name for the given oparg.",
    ),
];

fn or_none(i: Option<u32>) -> Owned {
    i.map_or(Owned::NONE, |i| new_int(i as i64))
}

fn sizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = code(vm, a[0])?;
    Ok(new_usize(
        pyjit_core::object::allocated_size(a[0].header()) + c.data.code.len(),
    ))
}

fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let c = code(vm, v)?;
    let line = match c.data.first_line {
        0 => -1,
        l => l as i64,
    };
    Ok(PyStr::from_str(&format!(
        "<code object {} at {:#x}, file \"{}\", line {line}>",
        text_of(c.name.value()),
        v.bits(),
        text_of(c.filename.value())
    )))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let c = code(vm, v)?;
    let d = &c.data;
    let consts = constant_keys(vm, c)?;
    let parts = PyTuple::new(vec![
        c.name.clone(),
        PyTuple::new(consts),
        PyTuple::new(c.names.clone()),
        PyTuple::new(c.local_names.clone()),
        PyBytes::new(&d.code),
        PyBytes::new(&d.line_table),
        new_int(d.first_line as i64),
        new_int(d.arg_count as i64),
        new_int(c.flags as i64),
    ]);
    vm.hash(parts.value())
}

/// Constants so that 1, 1.0 and True, or 0.0 and -0.0, are different keys.
fn constant_keys(vm: &Vm, c: &PyCode) -> PyResult<Vec<Owned>> {
    let mut out = Vec::new();
    for k in c.consts.get().clone() {
        out.push(constant_key(vm, k.value())?);
    }
    Ok(out)
}

fn constant_key(vm: &Vm, k: Value) -> PyResult<Owned> {
    let class = k.class().as_owned();
    if let Some(t) = k.cast_exact::<PyTuple>() {
        let mut items = Vec::new();
        for x in t.as_slice() {
            items.push(constant_key(vm, *x)?);
        }
        return Ok(PyTuple::pair(class, PyTuple::new(items)));
    }
    if k.as_float().is_some() || k.isa::<PyComplex>() {
        return Ok(PyTuple::pair(class, vm.repr(k)?));
    }
    if k.isa::<PySlice>() {
        return Ok(PyTuple::pair(class, vm.repr(k)?));
    }
    Ok(PyTuple::pair(class, k.own()))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyCode>(), b.cast::<PyCode>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    let mut same = a.is(b);
    if !same {
        // The names are interned.
        let names = |a: &[Owned], b: &[Owned]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value().is(b.value()))
        };
        same = *x.data == *y.data
            && x.name.value().is(y.name.value())
            && names(&x.names, &y.names)
            && names(&x.local_names, &y.local_names);
        if same {
            let (k, l) = (constant_keys(vm, x)?, constant_keys(vm, y)?);
            same = vm.eq(PyTuple::new(k).value(), PyTuple::new(l).value())?;
        }
    }
    Ok(Owned::bool(same == (op == Cmp::Eq)))
}
