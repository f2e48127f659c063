//! Weak references: a table from object to its references. Objects carry only a flag.

use crate::object::{self, GC_WEAKREFS, Header, MutCell, Payload, TypeObject};
use crate::py_class;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use std::cell::Cell;
use std::collections::HashMap;

py_class! {
    /// `weakref.ref`; proxies are the same payload under other classes.
    pub struct PyWeakRef as "ReferenceType" {
        /// Borrowed; NULL when the object is gone.
        pub target: Cell<Value>,
        pub callback: MutCell<Owned>,
        /// -1: not computed.
        pub hash: Cell<i64>,
    }
}
py_class! { pub struct PyProxy as "ProxyType", extends PyWeakRef { pub weak: PyWeakRef } }
py_class! { pub struct PyCallableProxy as "CallableProxyType", extends PyWeakRef { pub weak: PyWeakRef } }

/// For each object with weak references, those references, newest first.
#[derive(Default)]
pub struct WeakTable {
    refs: MutCell<HashMap<usize, Vec<Value>>>,
}

impl PyWeakRef {
    /// A weak reference of a class; without a callback the existing one is shared.
    pub fn new(
        vm: &Vm,
        class: &'static TypeObject,
        target: Value,
        callback: Option<Value>,
    ) -> PyResult<Owned> {
        if !target.is_heap() || !target.class().weakrefs {
            return Err(vm.type_error(format!(
                "cannot create weak reference to '{}' object",
                target.class().name_str()
            )));
        }
        let key = target.bits() as usize;
        let table = vm.heap.weak.refs.get_mut();
        if callback.is_none()
            && !class.has_flag(object::type_flags::HEAP)
            && let Some(list) = table.get(&key)
        {
            for r in list {
                if r.class().same(class)
                    && r.cast::<PyWeakRef>()
                        .is_some_and(|w| w.callback.value().is_null())
                {
                    return Ok(r.own());
                }
            }
        }
        let payload = PyWeakRef {
            target: Cell::new(target),
            callback: MutCell::new(callback.map_or(Owned::NULL, |c| c.own())),
            hash: Cell::new(-1),
        };
        let r = if class.layout_is(PyProxy::layout()) {
            object::new_object(class, PyProxy { weak: payload })
        } else if class.layout_is(PyCallableProxy::layout()) {
            object::new_object(class, PyCallableProxy { weak: payload })
        } else {
            object::new_object(class, payload)
        };
        let list = vm.heap.weak.refs.get_mut().entry(key).or_default();
        // The shared reference without a callback comes first.
        if callback.is_none() && class.same(PyWeakRef::class()) {
            list.insert(0, r.value());
        } else {
            list.push(r.value());
        }
        target.header().set_gc_flag(GC_WEAKREFS, true);
        Ok(r)
    }
    /// The object, if it is still alive.
    pub fn get(&self) -> Option<Owned> {
        let t = self.target.get();
        if t.is_null() || t.header().refs() == 0 {
            None
        } else {
            Some(t.own())
        }
    }
}

impl Drop for PyWeakRef {
    fn drop(&mut self) {
        let t = self.target.get();
        if t.is_null() {
            return;
        }
        let me = self.as_value();
        let table = Vm::get().heap.weak.refs.get_mut();
        if let Some(list) = table.get_mut(&(t.bits() as usize)) {
            list.retain(|r| !r.is(me));
            if list.is_empty() {
                table.remove(&(t.bits() as usize));
                t.header().set_gc_flag(GC_WEAKREFS, false);
            }
        }
    }
}

/// Clears all weak references to an object and, if asked, runs their callbacks, newest first.
pub fn clear_refs(h: &Header, run: bool) {
    let vm = Vm::get();
    let Some(list) = vm
        .heap
        .weak
        .refs
        .get_mut()
        .remove(&(h as *const Header as usize))
    else {
        return;
    };
    h.set_gc_flag(GC_WEAKREFS, false);
    let mut calls = Vec::new();
    for r in list.iter().rev() {
        if let Some(w) = r.cast::<PyWeakRef>() {
            w.target.set(Value::NULL);
            let callback = w.callback.take();
            if !callback.is_null() && r.header().refs() > 0 && run {
                calls.push((r.own(), callback));
            }
        }
    }
    for (r, callback) in calls {
        if let Err(e) = vm.guarded(|| vm.call(callback.value(), &[r.value()])) {
            vm.write_unraisable(
                e,
                "Exception ignored while calling weakref callback",
                Some(callback.value()),
            );
        }
    }
}

/// The weak references to an object, oldest first.
pub fn refs_of(v: Value) -> Vec<Owned> {
    if !v.is_heap() {
        return vec![];
    }
    let table = Vm::get().heap.weak.refs.get();
    table.get(&(v.bits() as usize)).map_or(vec![], |l| {
        l.iter()
            .filter(|r| r.header().refs() > 0)
            .map(|r| r.own())
            .collect()
    })
}

/// `obj.__weakref__`.
pub fn first_ref(v: Value) -> Owned {
    refs_of(v).into_iter().next().unwrap_or(Owned::NONE)
}
