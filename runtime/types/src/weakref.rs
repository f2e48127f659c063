//! Weak references and proxies. The table behind them stands in the core; the `_weakref` module makes proxies with
//! [`new_proxy`].

use pyjit_core::mem::weak::{PyCallableProxy, PyProxy, PyWeakRef};
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_core::protocol::{BinaryOp, UnaryOp};

/// Defines the three classes.
pub fn define(vm: &Vm) {
    define_class::<PyWeakRef>(
        vm,
        ClassSpec {
            module: "weakref",
            slots: |s| {
                s.new.set(Some(new));
                s.init.set(Some(init));
                s.call.set(Some(call));
                s.hash.set(Some(hash));
                s.repr.set(Some(|vm, v| repr(vm, v, "weakref")));
                s.compare.set(Some(compare));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("ReferenceType")
        },
    );
    define_class::<PyProxy>(
        vm,
        ClassSpec {
            module: "weakref",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: proxy_slots,
            methods: PROXY_METHODS,
            ..ClassSpec::new("ProxyType")
        },
    );
    define_class::<PyCallableProxy>(
        vm,
        ClassSpec {
            module: "weakref",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| {
                proxy_slots(s);
                s.call.set(Some(|vm, v, args| {
                    let o = target(vm, v)?;
                    vm.call_args(o.value(), args)
                }));
            },
            ..ClassSpec::new("CallableProxyType")
        },
    );
}

/// `weakref.proxy(object, callback)`.
pub fn new_proxy(vm: &Vm, object: Value, callback: Option<Value>) -> PyResult<Owned> {
    let class = if vm.is_callable(object) {
        PyCallableProxy::class()
    } else {
        PyProxy::class()
    };
    PyWeakRef::new(vm, class, object, callback)
}

static METHODS: &[MethodDef] = &[M::class(
    "__class_getitem__",
    "(type, object, /)",
    crate::generator::generic_alias,
    "See PEP 585",
)];
static GETSET: &[GetSetDef] = &[GetSetDef::write(
    "__callback__",
    |_, v| {
        let c = v.cast::<PyWeakRef>().map(|r| r.callback.own());
        Ok(c.filter(|c| !c.is_null()).unwrap_or(Owned::NONE))
    },
    |vm, _, _| Err(vm.error(vm.exc.AttributeError, "readonly attribute")),
)];
static PROXY_METHODS: &[MethodDef] = &[
    M::new(
        "__bytes__",
        "(self, /)",
        |vm, a| {
            let o = target(vm, a[0])?;
            vm.call_method(o.value(), vm.names.__bytes__.value(), &[])
        },
        "",
    ),
    M::new(
        "__reversed__",
        "(self, /)",
        |vm, a| {
            let o = target(vm, a[0])?;
            vm.call_method(o.value(), vm.names.__reversed__.value(), &[])
        },
        "",
    ),
];

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    if class.same(PyWeakRef::class()) {
        args.no_keywords(vm, "ref")?;
    }
    args.check_positional(vm, "__new__", 1, 2)?;
    let p = args.pos();
    let callback = p.get(1).and_then(|c| c.given());
    PyWeakRef::new(vm, class, p[0], callback)
}
fn init(vm: &Vm, _: Value, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, "ref")?;
    args.check_positional(vm, "__init__", 1, 2)
}

fn get(v: Value) -> Option<Owned> {
    v.cast::<PyWeakRef>().and_then(|r| r.get())
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    args.no_keywords(vm, "weakref")?;
    args.check_positional(vm, "weakref", 0, 0)?;
    Ok(get(v).unwrap_or(Owned::NONE))
}

fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(r) = v.cast::<PyWeakRef>() else {
        return Ok(vm.hash_pointer(v));
    };
    if r.hash.get() != -1 {
        return Ok(r.hash.get());
    }
    let Some(o) = r.get() else {
        return Err(vm.type_error("weak object has gone away"));
    };
    let h = vm.hash(o.value())?;
    r.hash.set(h);
    Ok(h)
}

fn repr(vm: &Vm, v: Value, what: &str) -> PyResult<Owned> {
    let at = format!("<{what} at {:#x}", v.bits());
    let Some(o) = get(v) else {
        return Ok(PyStr::from_str(&format!("{at}; dead>")));
    };
    let mut text = format!("{at}; to '{}' at {:#x}", o.class().full_name(vm), o.bits());
    if what == "weakref"
        && let Some(name) = vm.getattr_opt(o.value(), vm.names.__name__.value())?
        && name.isa::<PyStr>()
    {
        text.push_str(&format!(" ({})", text_of(name.value())));
    }
    text.push('>');
    Ok(PyStr::from_str(&text))
}

fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let both = a.isa::<PyWeakRef>() && b.isa::<PyWeakRef>();
    if !both || !matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    }
    match (get(a), get(b)) {
        (Some(x), Some(y)) => vm.compare(x.value(), y.value(), op),
        _ => Ok(Owned::bool(a.is(b) == (op == Cmp::Eq))),
    }
}

fn is_proxy(v: Value) -> bool {
    v.isa::<PyProxy>() || v.isa::<PyCallableProxy>()
}
/// The object itself: what a proxy stands for, anything else as it is.
fn target(vm: &Vm, v: Value) -> PyResult<Owned> {
    if !is_proxy(v) {
        return Ok(v.own());
    }
    get(v).ok_or_else(|| {
        vm.error(
            vm.exc.ReferenceError,
            "weakly-referenced object no longer exists",
        )
    })
}

macro_rules! binary {
    ($s:ident, $($slot:ident = $op:ident),*) => { $(
        $s.$slot.set(Some(|vm, a, b| {
            let (x, y) = (target(vm, a)?, target(vm, b)?);
            vm.binary(BinaryOp::$op, x.value(), y.value())
        }));
    )* };
}
macro_rules! inplace {
    ($s:ident, $($slot:ident = $op:ident),*) => { $(
        $s.$slot.set(Some(|vm, a, b| {
            let (x, y) = (target(vm, a)?, target(vm, b)?);
            vm.inplace(BinaryOp::$op, x.value(), y.value())
        }));
    )* };
}
macro_rules! unary {
    ($s:ident, $($slot:ident = $f:expr),*) => { $(
        $s.$slot.set(Some(|vm, v| {
            let o = target(vm, v)?;
            let f: fn(&Vm, Value) -> PyResult<_> = $f;
            f(vm, o.value())
        }));
    )* };
}

fn proxy_slots(s: &Slots) {
    s.repr.set(Some(|vm, v| repr(vm, v, "weakproxy")));
    s.getattr.set(Some(|vm, v, name| {
        let o = target(vm, v)?;
        vm.getattr(o.value(), name)
    }));
    s.setattr.set(Some(|vm, v, name, value| {
        let o = target(vm, v)?;
        vm.setattr(o.value(), name, value)
    }));
    s.compare.set(Some(|vm, a, b, op| {
        let (x, y) = (target(vm, a)?, target(vm, b)?);
        vm.compare(x.value(), y.value(), op)
    }));
    binary!(
        s,
        add = Add,
        sub = Subtract,
        mul = Multiply,
        matmul = MatrixMultiply,
        truediv = TrueDivide,
        floordiv = FloorDivide,
        rem = Remainder,
        lshift = Lshift,
        rshift = Rshift,
        and = And,
        xor = Xor,
        or = Or
    );
    inplace!(
        s,
        iadd = Add,
        isub = Subtract,
        imul = Multiply,
        imatmul = MatrixMultiply,
        itruediv = TrueDivide,
        ifloordiv = FloorDivide,
        irem = Remainder,
        ilshift = Lshift,
        irshift = Rshift,
        iand = And,
        ixor = Xor,
        ior = Or
    );
    s.divmod.set(Some(|vm, a, b| {
        let (x, y) = (target(vm, a)?, target(vm, b)?);
        vm.divmod(x.value(), y.value())
    }));
    s.pow.set(Some(|vm, a, b, m| {
        let (x, y, m) = (target(vm, a)?, target(vm, b)?, target(vm, m)?);
        vm.power(x.value(), y.value(), m.value())
    }));
    s.ipow.set(Some(|vm, a, b, _| {
        let (x, y) = (target(vm, a)?, target(vm, b)?);
        vm.inplace(BinaryOp::Power, x.value(), y.value())
    }));
    unary!(
        s,
        str = |vm, o| vm.str(o),
        iter = |vm, o| vm.iter(o),
        neg = |vm, o| vm.unary(UnaryOp::Negative, o),
        pos = |vm, o| vm.unary(UnaryOp::Positive, o),
        invert = |vm, o| vm.unary(UnaryOp::Invert, o),
        abs = |vm, o| vm.abs(o),
        bool = |vm, o| vm.truthy(o),
        len = |vm, o| vm.len(o),
        index = |vm, o| vm.index(o),
        int = |vm, o| vm.call(PyInt::class().as_value(), &[o]),
        float = |vm, o| vm.to_f64(o).map(new_float)
    );
    s.next.set(Some(|vm, v| {
        let o = target(vm, v)?;
        match o.class().slots.next.get() {
            Some(f) => f(vm, o.value()),
            None => Err(vm.type_error(format!(
                "Weakref proxy referenced a non-iterator '{}' object",
                o.class().name_str()
            ))),
        }
    }));
    s.contains.set(Some(|vm, v, item| {
        let (o, item) = (target(vm, v)?, target(vm, item)?);
        vm.contains(o.value(), item.value())
    }));
    s.getitem.set(Some(|vm, v, key| {
        let (o, key) = (target(vm, v)?, target(vm, key)?);
        vm.getitem(o.value(), key.value())
    }));
    s.setitem.set(Some(|vm, v, key, value| {
        let (o, key) = (target(vm, v)?, target(vm, key)?);
        if value.is_null() {
            vm.delitem(o.value(), key.value())
        } else {
            vm.setitem(o.value(), key.value(), value)
        }
    }));
}
