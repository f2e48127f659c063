//! `Pickler` and the proxy of its memo.

use super::output::Saver;
use super::pickling_error;
use crate::{hidden_class, payload_class};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::{generic_getattr, generic_setattr};
use pyjit_core::prelude::*;
use std::cell::Cell;

py_class! {
    /// `_pickle.Pickler`.
    pub struct PyPickler as "Pickler" { pub saver: Saver, pub ready: Cell<bool>, pub running: Cell<bool> }
}
py_class! {
    /// What `Pickler.memo` gives.
    pub struct PyPicklerMemo as "PicklerMemoProxy" { pub pickler: Owned }
}

static INIT: Sig = Sig::parse("(file, protocol=None, fix_imports=True, buffer_callback=None)");
const PERSISTENT_ID: &str = "persistent_id";

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyPickler> {
    v.cast::<PyPickler>().ok_or_else(|| vm.type_error("a Pickler is required"))
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "Pickler",
        qualified: &|| "Pickler".to_owned(),
        bound: false,
    };
    let p = this(vm, v)?;
    idle(vm, p)?;
    bind(vm, &INIT, who, args, |a| {
        let s = &p.saver;
        p.ready.set(false);
        s.memo.take();
        s.fast.set(0);
        s.take_output();
        s.set_up(vm, a[1], a[2], a[3])?;
        s.set_file(vm, a[0])?;
        let table = vm.getattr_opt_str(v, "dispatch_table")?;
        s.dispatch_table.set(table.unwrap_or(Owned::NULL));
        p.ready.set(true);
        Ok(())
    })
}

/// Python code that a dump runs must not use the same pickler.
fn idle(vm: &Vm, p: &PyPickler) -> PyResult<()> {
    if p.running.get() {
        return Err(vm.runtime_error("Pickler object is already used"));
    }
    Ok(())
}

/// A method of a subclass, or of the instance; NULL if it is the class' own.
fn overridden(vm: &Vm, v: Value, name: &str) -> PyResult<Owned> {
    let Some(f) = vm.getattr_opt_str(v, name)? else {
        return Ok(Owned::NULL);
    };
    let own = f.cast::<PyBuiltin>().is_some_and(|b| b.def.name == name && b.receiver.value().is(v));
    Ok(if own { Owned::NULL } else { f })
}

fn dump(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    if !p.ready.get() {
        let name = a[0].class().name_str();
        return Err(pickling_error(vm, format!("Pickler.__init__() was not called by {name}.__init__()")));
    }
    idle(vm, p)?;
    let s = &p.saver;
    s.persistent_id.set(overridden(vm, a[0], PERSISTENT_ID)?);
    let subclass = !a[0].class().same(PyPickler::class());
    let reducer = if subclass { vm.getattr_opt_str(a[0], "reducer_override")? } else { None };
    s.reducer_override.set(reducer.unwrap_or(Owned::NULL));
    p.running.set(true);
    let r = s.dump(vm, a[1]).and_then(|()| s.flush(vm));
    p.running.set(false);
    // Bound methods of the pickler itself: kept, they would be a cycle.
    s.persistent_id.set(Owned::NULL);
    s.reducer_override.set(Owned::NULL);
    r.map(|()| Owned::NONE)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(PERSISTENT_ID, "(self, obj, /)", |_, _| Ok(Owned::NONE), ""),
    MethodDef::new("dump", "(self, obj, /)", dump, "Write a pickled representation of the given object to the open file."),
    MethodDef::new("clear_memo", "(self, /)", |vm, a| {
        this(vm, a[0])?.saver.memo.take();
        Ok(Owned::NONE)
    }, "Clears the pickler's \"memo\".\n\nThe memo is the data structure that remembers which objects the\npickler has already seen, so that shared or recursive objects are\npickled by reference and not by value.  This method is useful when\nre-using picklers."),
    MethodDef::new("__sizeof__", "(self, /)", |vm, a| {
        let s = &this(vm, a[0])?.saver;
        Ok(new_usize(size_of::<PyPickler>() + s.memo.get().entries().len() * 24))
    }, "Returns size in memory, in bytes."),
];

fn number(cell: fn(&Saver) -> &Cell<i64>, vm: &Vm, v: Value, to: Value) -> PyResult<()> {
    if to.is_null() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    let n = vm.to_i32(to)?;
    cell(&this(vm, v)?.saver).set(i64::from(n));
    Ok(())
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::write("bin", |vm, v| Ok(new_int(this(vm, v)?.saver.bin.get())), |vm, v, to| number(|s| &s.bin, vm, v, to)),
    GetSetDef::write("fast", |vm, v| Ok(new_int(this(vm, v)?.saver.fast.get())), |vm, v, to| number(|s| &s.fast, vm, v, to)),
    GetSetDef::write("dispatch_table", |vm, v| {
        let table = this(vm, v)?.saver.dispatch_table.own();
        if table.is_null() {
            return Err(vm.no_attribute(v, intern("dispatch_table").value()));
        }
        Ok(table)
    }, |vm, v, to| {
        let s = &this(vm, v)?.saver;
        if to.is_null() && s.dispatch_table.value().is_null() {
            return Err(vm.no_attribute(v, intern("dispatch_table").value()));
        }
        s.dispatch_table.set(to.own());
        Ok(())
    }),
    GetSetDef::write("memo", |_, v| {
        Ok(new_object(PyPicklerMemo::class(), PyPicklerMemo { pickler: v.own() }))
    }, set_memo),
];

fn set_memo(vm: &Vm, v: Value, to: Value) -> PyResult<()> {
    let p = this(vm, v)?;
    if to.is_null() {
        return Err(vm.type_error("attribute deletion is not supported"));
    }
    let mut memo = super::memo::Written::default();
    if let Some(proxy) = to.cast::<PyPicklerMemo>() {
        for (n, o) in this(vm, proxy.pickler.value())?.saver.memo.get().entries() {
            memo.put(o.value(), n);
        }
    } else if let Some(d) = to.cast::<PyDict>() {
        for (_, pair) in d.items() {
            let Some(&[n, o]) = pair.cast::<PyTuple>().map(|t| t.as_slice()) else {
                return Err(vm.type_error("'memo' values must be 2-item tuples"));
            };
            let n = vm.to_i64(n)?;
            let n = u32::try_from(n).map_err(|_| vm.overflow_error("memo number out of range"))?;
            memo.put(o, n);
        }
    } else {
        return Err(vm.type_error(format!(
            "'memo' attribute must be a PicklerMemoProxy object or dict, not {}",
            to.class().name_str()
        )));
    }
    p.saver.memo.set(memo);
    Ok(())
}

fn memo_copy(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = PyDict::new();
    if let (Some(m), Some(dict)) = (v.cast::<PyPicklerMemo>(), d.cast::<PyDict>()) {
        for (n, o) in this(vm, m.pickler.value())?.saver.memo.get().entries() {
            let key = vm.id(o.value());
            dict.set(vm, key.value(), PyTuple::pair(new_int(i64::from(n)), o))?;
        }
    }
    Ok(d)
}

static MEMO_METHODS: &[MethodDef] = &[
    MethodDef::new("clear", "(self, /)", |vm, a| {
        if let Some(m) = a[0].cast::<PyPicklerMemo>() {
            this(vm, m.pickler.value())?.saver.memo.take();
        }
        Ok(Owned::NONE)
    }, "Remove all items from memo."),
    MethodDef::new("copy", "(self, /)", |vm, a| memo_copy(vm, a[0]), "Copy the memo to a new object."),
    MethodDef::new("__reduce__", "(self, /)", |vm, a| {
        let args = PyTuple::new(vec![memo_copy(vm, a[0])?]);
        Ok(PyTuple::pair(PyDict::class().as_owned(), args))
    }, "Implement pickle support."),
];

/// `persistent_id` may be assigned to an instance, though a plain one has no dictionary.
fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if let (Some(p), Some(n)) = (v.cast::<PyPickler>(), name.cast::<PyStr>())
        && n.is_text(PERSISTENT_ID)
        && !p.saver.persistent_attr.value().is_null()
    {
        return Ok(p.saver.persistent_attr.own());
    }
    generic_getattr(vm, v, name)
}
fn setattr(vm: &Vm, v: Value, name: Value, to: Value) -> PyResult<()> {
    if let (Some(p), Some(n)) = (v.cast::<PyPickler>(), name.cast::<PyStr>())
        && n.is_text(PERSISTENT_ID)
    {
        if to.is_null() && p.saver.persistent_attr.value().is_null() {
            return Err(vm.no_attribute(v, name));
        }
        p.saver.persistent_attr.set(to.own());
        return Ok(());
    }
    generic_setattr(vm, v, name, to)
}

pub(super) fn define(vm: &Vm, m: &PyModule) {
    payload_class::<PyPickler>(
        vm,
        m,
        ClassSpec {
            module: "_pickle",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let (saver, ready) = (Saver::new(), Cell::new(false));
                    Ok(new_object(class, PyPickler { saver, ready, running: Cell::new(false) }))
                }));
                s.init.set(Some(init));
                s.getattr.set(Some(getattr));
                s.setattr.set(Some(setattr));
            },
            methods: METHODS,
            getset: GETSET,
            doc: Some("Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\nThis takes a binary file for writing a pickle data stream."),
            ..ClassSpec::new("Pickler")
        },
    );
    hidden_class::<PyPicklerMemo>(
        vm,
        ClassSpec {
            module: "_pickle",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: MEMO_METHODS,
            ..ClassSpec::new("PicklerMemoProxy")
        },
    );
}
