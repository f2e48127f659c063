//! `traceback` objects.

use pyjit_core::call::{Callee, bind};
use pyjit_core::exception::PyTraceback;
use pyjit_core::frame::PyFrame;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyTraceback>(
        vm,
        ClassSpec {
            flags: 0,
            doc: Some("Create a new traceback object."),
            slots: |s| s.new.set(Some(new)),
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("traceback")
        },
    );
}

static METHODS: &[MethodDef] = &[M::new(
    "__dir__",
    "(self, /)",
    |_, _| {
        let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"];
        Ok(PyList::new(names.iter().map(|n| intern(n)).collect()))
    },
    "",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::write(
        "tb_next",
        |vm, v| {
            let next = of(vm, v)?.next.own();
            Ok(if next.is_null() { Owned::NONE } else { next })
        },
        set_next,
    ),
    GetSetDef::read("tb_lineno", |vm, v| {
        Ok(line_of(of(vm, v)?).map_or(Owned::NONE, new_int))
    }),
    GetSetDef::read("tb_frame", |vm, v| Ok(of(vm, v)?.frame.clone())),
    GetSetDef::read("tb_lasti", |vm, v| Ok(new_int(of(vm, v)?.lasti))),
];

fn of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyTraceback> {
    v.cast::<PyTraceback>()
        .ok_or_else(|| vm.type_error("a traceback is required"))
}

/// The line of an entry, computed from the instruction if it was not stored.
pub fn line_of(tb: &PyTraceback) -> Option<i64> {
    match tb.lineno.get() {
        -1 => {
            let frame = tb.frame.cast::<PyFrame>()?;
            let at = usize::try_from(tb.lasti).ok()?;
            frame.code().line_at(at).map(i64::from)
        }
        n => Some(n),
    }
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    static SIG: Sig = Sig::parse("(tb_next, tb_frame, tb_lasti, tb_lineno)");
    let who = Callee {
        name: "traceback",
        qualified: &|| "traceback".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        let next = checked_next(vm, a[0])?;
        if !a[1].isa::<PyFrame>() {
            return Err(vm.type_error(format!(
                "traceback() argument 'tb_frame' must be frame, not {}",
                a[1].class().name_str()
            )));
        }
        let lasti = i64::from(vm.to_i32(a[2])?);
        let lineno = i64::from(vm.to_i32(a[3])?);
        let tb = PyTraceback {
            next: MutCell::new(next),
            frame: a[1].own(),
            lasti,
            lineno: std::cell::Cell::new(lineno),
        };
        Ok(new_object(class, tb))
    })
}

fn checked_next(vm: &Vm, v: Value) -> PyResult<Owned> {
    if v.is_none() {
        return Ok(Owned::NULL);
    }
    if !v.isa::<PyTraceback>() {
        return Err(vm.type_error(format!(
            "expected traceback object or None, got '{}'",
            v.class().name_str()
        )));
    }
    Ok(v.own())
}

fn set_next(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    if new.is_null() {
        return Err(vm.type_error("can't delete tb_next attribute"));
    }
    let tb = of(vm, v)?;
    let next = checked_next(vm, new)?;
    let mut at = next.value();
    while let Some(t) = at.cast::<PyTraceback>() {
        if at.is(v) {
            return Err(vm.value_error("traceback loop detected"));
        }
        at = t.next.value();
    }
    tb.next.set(next);
    Ok(())
}
