//! `_operator`: the operators as functions, and `itemgetter`, `attrgetter`, `methodcaller`.

mod getters;

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_core::protocol::{BinaryOp, UnaryOp};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_operator", FUNCTIONS)
    .doc("The operators as functions.")
    .init(|vm, module| {
        getters::define(vm, module);
        Ok(())
    });

macro_rules! binary {
    ($name:literal, $op:ident, $doc:literal) => {
        MethodDef::function($name, "(a, b, /)", |vm, a| vm.binary(BinaryOp::$op, a[0], a[1]), $doc)
    };
}
macro_rules! inplace {
    ($name:literal, $op:ident, $doc:literal) => {
        MethodDef::function($name, "(a, b, /)", |vm, a| vm.inplace(BinaryOp::$op, a[0], a[1]), $doc)
    };
}
macro_rules! compare {
    ($name:literal, $op:ident, $doc:literal) => {
        MethodDef::function($name, "(a, b, /)", |vm, a| vm.compare(a[0], a[1], Cmp::$op), $doc)
    };
}
macro_rules! unary {
    ($name:literal, $op:ident, $doc:literal) => {
        MethodDef::function($name, "(a, /)", |vm, a| vm.unary(UnaryOp::$op, a[0]), $doc)
    };
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("truth", "(a, /)", |vm, a| vm.truthy(a[0]).map(Owned::bool), "Return True if a is true, False otherwise."),
    MethodDef::function("contains", "(a, b, /)", |vm, a| vm.contains(a[0], a[1]).map(Owned::bool), "Same as b in a (note reversed operands)."),
    MethodDef::function("indexOf", "(a, b, /)", index_of, "Return the first index of b in a."),
    MethodDef::function("countOf", "(a, b, /)", count_of, "Return the number of items in a which are, or which equal, b."),
    MethodDef::function("is_", "(a, b, /)", |_, a| Ok(Owned::bool(a[0].is(a[1]))), "Same as a is b."),
    MethodDef::function("is_not", "(a, b, /)", |_, a| Ok(Owned::bool(!a[0].is(a[1]))), "Same as a is not b."),
    MethodDef::function("is_none", "(a, /)", |_, a| Ok(Owned::bool(a[0].is_none())), "Same as a is None."),
    MethodDef::function("is_not_none", "(a, /)", |_, a| Ok(Owned::bool(!a[0].is_none())), "Same as a is not None."),
    MethodDef::function("index", "(a, /)", |vm, a| vm.index(a[0]), "Same as a.__index__()"),
    binary!("add", Add, "Same as a + b."),
    binary!("sub", Subtract, "Same as a - b."),
    binary!("mul", Multiply, "Same as a * b."),
    binary!("matmul", MatrixMultiply, "Same as a @ b."),
    binary!("floordiv", FloorDivide, "Same as a // b."),
    binary!("truediv", TrueDivide, "Same as a / b."),
    binary!("mod", Remainder, "Same as a % b."),
    unary!("neg", Negative, "Same as -a."),
    unary!("pos", Positive, "Same as +a."),
    MethodDef::function("abs", "(a, /)", |vm, a| vm.abs(a[0]), "Same as abs(a)."),
    unary!("inv", Invert, "Same as ~a."),
    unary!("invert", Invert, "Same as ~a."),
    binary!("lshift", Lshift, "Same as a << b."),
    binary!("rshift", Rshift, "Same as a >> b."),
    MethodDef::function("not_", "(a, /)", |vm, a| vm.truthy(a[0]).map(|t| Owned::bool(!t)), "Same as not a."),
    binary!("and_", And, "Same as a & b."),
    binary!("xor", Xor, "Same as a ^ b."),
    binary!("or_", Or, "Same as a | b."),
    inplace!("iadd", Add, "Same as a += b."),
    inplace!("isub", Subtract, "Same as a -= b."),
    inplace!("imul", Multiply, "Same as a *= b."),
    inplace!("imatmul", MatrixMultiply, "Same as a @= b."),
    inplace!("ifloordiv", FloorDivide, "Same as a //= b."),
    inplace!("itruediv", TrueDivide, "Same as a /= b."),
    inplace!("imod", Remainder, "Same as a %= b."),
    inplace!("ilshift", Lshift, "Same as a <<= b."),
    inplace!("irshift", Rshift, "Same as a >>= b."),
    inplace!("iand", And, "Same as a &= b."),
    inplace!("ixor", Xor, "Same as a ^= b."),
    inplace!("ior", Or, "Same as a |= b."),
    MethodDef::function("concat", "(a, b, /)", |vm, a| concat(vm, a, false), "Same as a + b, for a and b sequences."),
    MethodDef::function("iconcat", "(a, b, /)", |vm, a| concat(vm, a, true), "Same as a += b, for a and b sequences."),
    MethodDef::function("getitem", "(a, b, /)", |vm, a| vm.getitem(a[0], a[1]), "Same as a[b]."),
    MethodDef::function("setitem", "(a, b, c, /)", |vm, a| vm.setitem(a[0], a[1], a[2]).map(|()| Owned::NONE), "Same as a[b] = c."),
    MethodDef::function("delitem", "(a, b, /)", |vm, a| vm.delitem(a[0], a[1]).map(|()| Owned::NONE), "Same as del a[b]."),
    MethodDef::function("pow", "(a, b, /)", |vm, a| vm.power(a[0], a[1], Value::NONE), "Same as a ** b."),
    inplace!("ipow", Power, "Same as a **= b."),
    compare!("eq", Eq, "Same as a == b."),
    compare!("ne", Ne, "Same as a != b."),
    compare!("lt", Lt, "Same as a < b."),
    compare!("le", Le, "Same as a <= b."),
    compare!("gt", Gt, "Same as a > b."),
    compare!("ge", Ge, "Same as a >= b."),
    MethodDef::function("_compare_digest", "(a, b, /)", compare_digest, "Return 'a == b' in a time that does not tell where they differ."),
    MethodDef::function("length_hint", "(obj, default=0, /)", length_hint, "Return an estimate of the number of items in obj."),
    MethodDef::function("call", "(obj, /, *args, **kwargs)", call, "Same as obj(*args, **kwargs)."),
];

fn iterate(vm: &Vm, v: Value) -> PyResult<Owned> {
    vm.iter(v).map_err(|e| {
        if e.is_instance(vm.exc.TypeError) {
            vm.type_error(format!(
                "argument of type '{}' is not iterable",
                v.class().name_str()
            ))
        } else {
            e
        }
    })
}
fn index_of(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = iterate(vm, a[0])?;
    let mut i = 0;
    while let Some(x) = vm.next(it.value())? {
        if vm.eq(x.value(), a[1])? {
            return Ok(new_int(i));
        }
        i += 1;
    }
    Err(vm.value_error("sequence.index(x): x not in sequence"))
}
fn count_of(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let it = iterate(vm, a[0])?;
    let mut n = 0;
    while let Some(x) = vm.next(it.value())? {
        if vm.eq(x.value(), a[1])? {
            n += 1;
        }
    }
    Ok(new_int(n))
}
fn concat(vm: &Vm, a: &[Value], inplace: bool) -> PyResult<Owned> {
    let (x, y) = (a[0], a[1]);
    let s = &x.class().slots;
    let own = if inplace {
        s.iconcat.get().or(s.concat.get())
    } else {
        s.concat.get()
    };
    if let Some(f) = own {
        return f(vm, x, y);
    }
    let sequence = |v: Value| v.class().slots.getitem.get().is_some() && !v.isa::<PyDict>();
    if sequence(x) && sequence(y) {
        return if inplace {
            vm.inplace(BinaryOp::Add, x, y)
        } else {
            vm.binary(BinaryOp::Add, x, y)
        };
    }
    Err(vm.type_error(format!(
        "'{}' object can't be concatenated",
        x.class().name_str()
    )))
}
fn compare_digest(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (x, y) = match (a[0].cast::<PyStr>(), a[1].cast::<PyStr>()) {
        (Some(x), Some(y)) => match (x.as_ascii(), y.as_ascii()) {
            (Some(x), Some(y)) => (x.as_bytes().to_vec(), y.as_bytes().to_vec()),
            _ => {
                return Err(vm.type_error(
                    "comparing strings with non-ASCII characters is not supported",
                ));
            }
        },
        _ => {
            let has = |v: Value| v.class().slots.buffer.get().is_some();
            if !has(a[0]) || !has(a[1]) {
                return Err(vm.type_error(format!(
                    "unsupported operand types(s) or combination of types: '{}' and '{}'",
                    a[0].class().name_str(),
                    a[1].class().name_str()
                )));
            }
            (vm.bytes_of(a[0])?, vm.bytes_of(a[1])?)
        }
    };
    // As many steps as the second operand has bytes, whatever the first one is.
    let mut different = u8::from(x.len() != y.len());
    for (i, b) in y.iter().enumerate() {
        different |= x.get(i).unwrap_or(b) ^ b;
    }
    Ok(Owned::bool(std::hint::black_box(different) == 0))
}
fn length_hint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let default = match a[1].non_null() {
        Some(d) => vm.to_size(d)?,
        None => 0,
    };
    // A negative default is returned as it is.
    let n = vm.length_hint(a[0], usize::MAX)?;
    Ok(if n == usize::MAX {
        new_int(default as i64)
    } else {
        new_usize(n)
    })
}
fn call(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    vm.call_ex(a[0], vm.tuple_items(a[1]), a[2].cast::<PyDict>())
}
