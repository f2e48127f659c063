//! Code objects from their parts: `types.CodeType(...)` and `code.replace(...)`.

use crate::code::{code, names_of_kind};
use pyjit_core::prelude::*;
use pyjit_isa::code::{Code, flags, local_kind};

/// The parts in the constructor's order, with their names in `replace`.
const FIELDS: [&str; 18] = [
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_firstlineno",
    "co_linetable",
    "co_exceptiontable",
    "co_freevars",
    "co_cellvars",
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Bytes,
    Tuple,
    Str,
}

fn kind_of(i: usize) -> Kind {
    match i {
        0..=5 | 13 => Kind::Number,
        6 | 14 | 15 => Kind::Bytes,
        10..=12 => Kind::Str,
        _ => Kind::Tuple,
    }
}

/// Checks the class of one part.
fn check(vm: &Vm, i: usize, v: Value, who: &str) -> PyResult<()> {
    let (ok, wanted) = match kind_of(i) {
        Kind::Number => return vm.index(v).map(drop),
        Kind::Bytes => (v.isa::<PyBytes>(), "bytes"),
        Kind::Tuple => (v.isa::<PyTuple>(), "tuple"),
        Kind::Str => (v.isa::<PyStr>(), "str"),
    };
    if ok {
        return Ok(());
    }
    Err(vm.type_error(format!(
        "{who} must be {wanted}, not {}",
        v.class().name_str()
    )))
}

/// The `new` slot of `code`.
pub fn code_new(vm: &Vm, _: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "code")?;
    args.check_positional(vm, "code", 16, 18)?;
    let mut parts: Vec<Owned> = Vec::with_capacity(18);
    for (i, v) in args.values.iter().enumerate() {
        check(vm, i, *v, &format!("code() argument {}", i + 1))?;
        parts.push(v.own());
    }
    while parts.len() < 18 {
        parts.push(PyTuple::empty());
    }
    build(vm, &parts)
}

/// `code.replace(**changes)`.
pub fn replace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = code(vm, a[0])?;
    let d = &c.data;
    let number = |i: u32| new_int(i as i64);
    let locals = names_of_kind(c, local_kind::LOCAL);
    let mut parts = vec![
        number(d.arg_count),
        number(d.posonly_count),
        number(d.kwonly_count),
        new_usize(locals.len()),
        number(d.stack_size),
        number(c.flags),
        PyBytes::new(&d.code),
        PyTuple::new(c.consts.get().clone()),
        PyTuple::new(c.names.clone()),
        PyTuple::new(locals),
        c.filename.own(),
        c.name.clone(),
        c.qualname.clone(),
        number(d.first_line),
        PyBytes::new(&d.line_table),
        PyBytes::new(&d.exception_table),
        PyTuple::new(names_of_kind(c, local_kind::FREE)),
        PyTuple::new(names_of_kind(c, local_kind::CELL)),
    ];
    let changes = a[1].cast::<PyDict>().map_or(vec![], |d| d.items());
    let mut varnames_given = false;
    let mut nlocals_given = false;
    for (key, value) in changes {
        let name = text_of(key.value());
        let Some(i) = FIELDS.iter().position(|f| *f == name) else {
            return Err(vm.type_error(format!(
                "replace() got an unexpected keyword argument '{name}'"
            )));
        };
        check(
            vm,
            i,
            value.value(),
            &format!("replace() argument '{name}'"),
        )?;
        if kind_of(i) == Kind::Number && vm.to_i64(value.value())? < 0 {
            return Err(vm.value_error(format!("{name} must be a positive integer")));
        }
        varnames_given |= i == 9;
        nlocals_given |= i == 3;
        if let Some(p) = parts.get_mut(i) {
            *p = value;
        }
    }
    if varnames_given && !nlocals_given {
        let n = vm
            .tuple_items(parts.get(9).map_or(Value::NULL, |p| p.value()))
            .len();
        if let Some(p) = parts.get_mut(3) {
            *p = new_usize(n);
        }
    }
    build(vm, &parts)
}

fn build(vm: &Vm, parts: &[Owned]) -> PyResult<Owned> {
    let part = |i: usize| parts.get(i).map_or(Value::NULL, |p| p.value());
    let mut numbers = [0i64; 6];
    for (i, n) in numbers.iter_mut().enumerate() {
        *n = vm.to_i32(part(i))? as i64;
    }
    let first_line = vm.to_i32(part(13))?.max(0) as u32;
    for (i, shown) in [
        (0, "argcount"),
        (1, "posonlyargcount"),
        (2, "kwonlyargcount"),
        (3, "nlocals"),
    ] {
        if numbers[i] < 0 {
            return Err(vm.value_error(format!("code: {shown} must not be negative")));
        }
    }
    if numbers[4] < 0 || numbers[5] < 0 || numbers[0] < numbers[1] {
        return Err(vm.system_error("bad argument to internal function"));
    }
    let bytes = |i: usize| part(i).cast::<PyBytes>().map_or(&[][..], |b| b.as_slice());
    let strings = |i: usize| -> PyResult<Vec<String>> {
        let mut out = Vec::new();
        for v in vm.tuple_items(part(i)) {
            if !v.isa::<PyStr>() {
                return Err(vm.type_error(format!(
                    "name tuples must contain only strings, not '{}'",
                    v.class().name_str()
                )));
            }
            out.push(text_of(*v));
        }
        Ok(out)
    };
    let (names, varnames) = (strings(8)?, strings(9)?);
    let (free, cells) = (strings(16)?, strings(17)?);
    let ops = bytes(6);
    if ops.is_empty() || ops.len() % 2 != 0 {
        return Err(vm.value_error("code: co_code is malformed"));
    }
    if numbers[3] != varnames.len() as i64 {
        return Err(vm.value_error("code: co_nlocals != len(co_varnames)"));
    }
    let code_flags = numbers[5] as u32;
    let (argc, posonly, kwonly) = (
        numbers[0] as usize,
        numbers[1] as usize,
        numbers[2] as usize,
    );
    let star = usize::from(code_flags & flags::VARARGS != 0);
    let double_star = usize::from(code_flags & flags::VARKEYWORDS != 0);
    let total = argc
        .saturating_add(kwonly)
        .saturating_add(star + double_star);
    if total > varnames.len() {
        return Err(vm.value_error("code: co_varnames is too small"));
    }
    let mut local_names = varnames.clone();
    let mut kinds: Vec<u8> = (0..varnames.len())
        .map(|i| {
            use local_kind::*;
            LOCAL
                | if i < posonly {
                    ARG_POS
                } else if i < argc {
                    ARG_POS | ARG_KW
                } else if i < argc + kwonly {
                    ARG_KW
                } else if i < argc + kwonly + star {
                    ARG_VAR | ARG_POS
                } else if i < total {
                    ARG_VAR | ARG_KW
                } else {
                    0
                }
        })
        .collect();
    for c in cells {
        match varnames.iter().position(|v| *v == c) {
            Some(i) => kinds[i] |= local_kind::CELL,
            None => {
                local_names.push(c);
                kinds.push(local_kind::CELL);
            }
        }
    }
    for f in free {
        local_names.push(f);
        kinds.push(local_kind::FREE);
    }
    let data = Code {
        name: text_of(part(11)),
        qualname: text_of(part(12)),
        filename: text_of(part(10)),
        first_line,
        arg_count: argc as u32,
        posonly_count: posonly as u32,
        kwonly_count: kwonly as u32,
        flags: code_flags,
        stack_size: numbers[4] as u32,
        code: ops.to_vec(),
        consts: vec![],
        names,
        local_names,
        local_kinds: kinds,
        line_table: bytes(14).to_vec(),
        exception_table: bytes(15).to_vec(),
    };
    let consts = vm.tuple_items(part(7)).iter().map(|v| v.own()).collect();
    Ok(PyCode::with_consts(data, consts))
}
