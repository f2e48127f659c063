//! Changes of what classes were made with: an object's class (`obj.__class__ = C`) and a class' bases.

use super::{Header, Payload, Shape, Storage, TypeObject};
use crate::types::PyTuple;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// Whether instances of two classes lie in memory alike, inline attributes aside.
pub fn same_instance_layout(a: &TypeObject, b: &TypeObject) -> bool {
    std::ptr::eq(a.layout, b.layout)
        && a.nslots == b.nslots
        && a.dict_back == b.dict_back
        && a.weakrefs == b.weakrefs
}

impl Header {
    /// Gives an object another class; the caller has checked [`same_instance_layout`].
    pub fn set_class(&self, vm: &Vm, class: &'static TypeObject) {
        let old = self.class();
        if old.same(class) {
            return;
        }
        let prefix = self.shape().prefix;
        if self.shape().storage == Storage::Inline {
            self.materialize_dict();
        }
        let shape: *const Shape = if prefix == class.dict_shape.prefix {
            if class.dict_back == 0 {
                &class.root_shape
            } else {
                &class.dict_shape
            }
        } else {
            class.dict_shape.for_prefix(prefix, || vm.fresh_shape_id())
        };
        if class.heap.get() {
            class.as_value().incref();
        }
        self.set_shape(shape);
        if old.heap.get() {
            // SAFETY: instances own a reference to their heap class, and this one has just left it.
            unsafe { old.as_value().decref() };
        }
    }
}

/// `C.__bases__ = ...`: new bases of the same layout, new MROs for the class and everything below it.
pub fn set_bases(
    vm: &Vm,
    class: &'static TypeObject,
    bases: &[&'static TypeObject],
    base: &'static TypeObject,
) -> PyResult<()> {
    let old = (class.bases.own(), class.base.own());
    let me = class.as_value();
    let forget = |v: Value| {
        for b in vm.tuple_items(v) {
            if let Some(b) = b.cast::<TypeObject>() {
                b.subclasses.get_mut().0.retain(|s| !s.is(me));
            }
        }
    };
    let learn = |v: Value| {
        for b in vm.tuple_items(v) {
            if let Some(b) = b.cast::<TypeObject>() {
                b.subclasses.get_mut().0.push(me);
            }
        }
    };
    let new = PyTuple::new(bases.iter().map(|b| b.as_owned()).collect());
    class.bases.set(new.clone());
    class.base.set(base.as_owned());
    let mut done = Vec::new();
    let result = refresh_mro(vm, class, &mut done);
    // A Python `mro` may have assigned to the bases in turn: then what it has made stays.
    let still_ours = class.bases.value().is(new.value());
    if let Err(e) = result {
        for (c, old, new) in done {
            if c.mro.value().is(new.value()) {
                c.mro.set(old);
            }
        }
        if still_ours {
            class.bases.set(old.0);
            class.base.set(old.1);
        }
        return Err(e);
    }
    if !still_ours {
        return Ok(());
    }
    forget(old.0.value());
    learn(new.value());
    class.modified(vm);
    super::install_dunder(vm, class);
    Ok(())
}

fn refresh_mro(
    vm: &Vm,
    class: &'static TypeObject,
    done: &mut Vec<(&'static TypeObject, Owned, Owned)>,
) -> PyResult<()> {
    vm.check_native_stack()?;
    let before = class.mro.own();
    let mro = super::mro::compute_mro(vm, class)?;
    if !class.mro.value().is(before.value()) {
        return Ok(());
    }
    done.push((class, class.mro.replace(mro.clone()), mro));
    for s in class.subclasses.get().0.clone() {
        if let Some(s) = s.cast::<TypeObject>() {
            refresh_mro(vm, s, done)?;
        }
    }
    Ok(())
}
