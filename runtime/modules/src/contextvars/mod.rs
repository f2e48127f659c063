//! `_contextvars`: context variables, contexts, tokens.

mod context;
mod map;

use crate::NativeModule;
use crate::native::{hidden_class, payload_class};
use context::{PyContext, current};
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;
use pyjit_types::sequence::{bind_args, class_getitem_def, push_repr};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_contextvars", FUNCTIONS)
    .doc("Context Variables")
    .init(init);

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "copy_context",
    "()",
    |vm, _| Ok(current(vm).copy()),
    "",
)];

py_class! {
    /// A context variable.
    pub struct PyContextVar as "ContextVar" { pub name: Owned, /// NULL if there is none.
        pub default: Owned, pub number: u64 }
}
py_class! {
    /// What `ContextVar.set` returns.
    pub struct PyToken as "Token" {
        pub var: Owned,
        pub context: Owned,
        /// NULL if the variable had none.
        pub old: Owned,
        pub used: Cell<bool>,
    }
}
py_class! {
    /// The class of `Token.MISSING`.
    pub struct PyMissing as "MISSING", nogc { unused: () }
}

/// The value of a variable in the running thread's context, by the variable's number; for native modules.
pub fn value_of(vm: &Vm, number: u64) -> Option<Owned> {
    context::current(vm).get(number)
}
/// Sets it.
pub fn assign(vm: &Vm, var: &PyContextVar, value: Owned) {
    context::current(vm).set(var.number, var.as_owned(), value);
}

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    context::define(vm, module);
    payload_class::<PyContextVar>(
        vm,
        module,
        ClassSpec {
            module: "_contextvars",
            flags: 0,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.hash.set(Some(|vm, v| Ok(vm.hash_pointer(v))));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("ContextVar")
        },
    );
    hidden_class::<PyMissing>(
        vm,
        ClassSpec {
            module: "Token",
            flags: type_flags::DISALLOW_INSTANTIATION,
            slots: |s| s.repr.set(Some(|_, _| Ok(PyStr::from_str("<Token.MISSING>")))),
            ..ClassSpec::new("MISSING")
        },
    );
    let token = payload_class::<PyToken>(
        vm,
        module,
        ClassSpec {
            module: "_contextvars",
            flags: 0,
            slots: |s| {
                s.new.set(Some(|vm, _, _| {
                    Err(vm.runtime_error("Tokens can only be created by ContextVars"))
                }));
                s.repr.set(Some(repr_token));
                s.hash.set(Some(pyjit_core::protocol::unhashable));
            },
            methods: TOKEN,
            getset: TOKEN_GETSET,
            ..ClassSpec::new("Token")
        },
    );
    let d = token.dict();
    d.set_str(vm.names.__hash__.value(), Owned::NONE);
    d.set_name("MISSING", missing(vm));
    Ok(())
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("get", "(self, default=<unrepresentable>, /)", get, "Return the variable's value in the current context, else the default given, else the variable's own default; LookupError without any."),
    MethodDef::new("set", "(self, value, /)", set, "Set the variable in the current context; the token returned restores what was before."),
    MethodDef::new("reset", "(self, token, /)", reset, "Restore the value that the variable had before the set() that made the token."),
    class_getitem_def("ContextVars are generic over the type of their contained values"),
];
static GETSET: &[GetSetDef] =
    &[GetSetDef::read("name", |vm, v| Ok(var_of(vm, v)?.name.clone()))];
static TOKEN: &[MethodDef] = &[
    class_getitem_def("Tokens are generic over the same type as the ContextVar which created them."),
    MethodDef::new("__enter__", "(self, /)", |_, a| Ok(a[0].own()), "Enter into Token context manager."),
    MethodDef::new("__exit__", "(self, type, val, tb, /)", |vm, a| {
        let t = token_of(vm, a[0])?;
        restore(vm, t.var.value(), a[0])
    }, "Exit from Token context manager, restore the linked ContextVar."),
];
static TOKEN_GETSET: &[GetSetDef] = &[
    GetSetDef::read("var", |vm, v| Ok(token_of(vm, v)?.var.clone())),
    GetSetDef::read("old_value", |vm, v| {
        let old = &token_of(vm, v)?.old;
        Ok(if old.is_null() { missing(vm) } else { old.clone() })
    }),
];

/// `Token.MISSING`.
fn missing(vm: &Vm) -> Owned {
    vm.module_state
        .get_mut()
        .entry("_contextvars.MISSING")
        .or_insert_with(|| new_object(PyMissing::class(), PyMissing { unused: () }))
        .clone()
}
fn var_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyContextVar> {
    v.cast::<PyContextVar>().ok_or_else(|| {
        vm.type_error(format!("an instance of ContextVar was expected, got {}", v.class().name_str()))
    })
}
fn token_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyToken> {
    v.cast::<PyToken>().ok_or_else(|| {
        vm.type_error(format!(
            "expected an instance of Token, got {}",
            vm.repr_text(v).unwrap_or_default()
        ))
    })
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(name, *, default=None)");
    static NEXT: AtomicU64 = AtomicU64::new(1);
    bind_args(vm, &SIG, "ContextVar", args, |a| {
        if !a[0].isa::<PyStr>() {
            return Err(vm.type_error("context variable name must be a str"));
        }
        Ok(new_object(
            class,
            PyContextVar {
                name: a[0].own(),
                default: a[1].own(),
                number: NEXT.fetch_add(1, Ordering::Relaxed),
            },
        ))
    })
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let c = var_of(vm, v)?;
    let mut out = Builder::new();
    out.push_str("<ContextVar name=");
    push_repr(vm, &mut out, c.name.value())?;
    if !c.default.is_null() {
        out.push_str(" default=");
        push_repr(vm, &mut out, c.default.value())?;
    }
    out.push_str(&format!(" at {:#x}>", v.bits()));
    Ok(PyStr::from_buf(&out.finish()))
}
fn repr_token(vm: &Vm, v: Value) -> PyResult<Owned> {
    let t = token_of(vm, v)?;
    let mut out = Builder::new();
    out.push_str(if t.used.get() { "<Token used var=" } else { "<Token var=" });
    push_repr(vm, &mut out, t.var.value())?;
    out.push_str(&format!(" at {:#x}>", v.bits()));
    Ok(PyStr::from_buf(&out.finish()))
}

fn get(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = var_of(vm, a[0])?;
    if let Some(v) = current(vm).get(c.number) {
        return Ok(v);
    }
    if let Some(d) = a[1].non_null().or(c.default.value().non_null()) {
        return Ok(d.own());
    }
    Err(vm.error_with(vm.exc.LookupError, vec![a[0].own()]))
}
fn set(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let c = var_of(vm, a[0])?;
    let context = current(vm);
    let old = context.get(c.number).unwrap_or(Owned::NULL);
    context.set(c.number, a[0].own(), a[1].own());
    Ok(new_object(
        PyToken::class(),
        PyToken {
            var: a[0].own(),
            context: context.as_owned(),
            old,
            used: Cell::new(false),
        },
    ))
}
fn reset(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    restore(vm, a[0], a[1])
}
fn restore(vm: &Vm, var: Value, token: Value) -> PyResult<Owned> {
    let c = var_of(vm, var)?;
    let t = token_of(vm, token)?;
    let shown = || vm.repr_text(token).unwrap_or_default();
    if t.used.get() {
        return Err(vm.runtime_error(format!("{} has already been used once", shown())));
    }
    if !t.var.value().is(var) {
        return Err(vm.value_error(format!(
            "{} was created by a different ContextVar",
            shown()
        )));
    }
    let context: &PyContext = current(vm);
    if !t.context.value().is(context.as_value()) {
        return Err(vm.value_error(format!("{} was created in a different Context", shown())));
    }
    t.used.set(true);
    if t.old.is_null() {
        context.remove(c.number);
    } else {
        context.set(c.number, var.own(), t.old.clone());
    }
    Ok(Owned::NONE)
}
