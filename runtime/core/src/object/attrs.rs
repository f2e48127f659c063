//! Instance attributes: the generic `__getattribute__`/`__setattr__`, the inline area and the materialised dictionary.

use super::*;
use crate::types::{PyDict, PyStr, intern_value, is_interned};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Header {
    /// The word `back` bytes before the object.
    #[inline(always)]
    fn word_back(&self, back: usize) -> &std::cell::Cell<Value> {
        // SAFETY: `back` comes from the class, whose prefix is that large; Cell<Value> has Value's layout.
        unsafe {
            &*((self as *const Header as *const u8).sub(back) as *const std::cell::Cell<Value>)
        }
    }
    /// Replaces an owned word of the prefix and drops the old one.
    fn store_back(&self, back: usize, v: Owned) {
        let old = self.word_back(back).replace(v.into_raw());
        // SAFETY: prefix words are owned.
        drop(unsafe { Owned::from_raw(old) });
    }
    /// The place of `__slots__` number `i`.
    #[inline]
    pub fn slot_get(&self, i: usize) -> Value {
        self.word_back((i + 1) * 8).get()
    }
    pub fn slot_set(&self, i: usize, v: Owned) {
        self.store_back((i + 1) * 8, v);
    }
    /// Replaces the word in place `i`; the caller gives a reference and gets the old one.
    #[inline(always)]
    pub fn slot_replace(&self, i: usize, v: Value) -> Value {
        self.word_back((i + 1) * 8).replace(v)
    }
    /// Inline attribute `i`.
    #[inline(always)]
    pub fn inline_get(&self, i: usize) -> Value {
        self.word_back(self.class().dict_back + (i + 1) * 8).get()
    }
    /// Replaces the word of inline attribute `i`; the caller gives a reference and gets the old one.
    #[inline(always)]
    pub fn inline_replace(&self, i: usize, v: Value) -> Value {
        self.word_back(self.class().dict_back + (i + 1) * 8)
            .replace(v)
    }
    /// Writes inline attribute `i` of an object that goes over to the shape which has it. The caller gives a reference; the
    /// place was empty.
    #[inline(always)]
    pub fn add_inline(&self, i: usize, v: Value, shape: *const Shape) {
        self.word_back(self.class().dict_back + (i + 1) * 8).set(v);
        self.set_shape(shape);
    }
    pub fn inline_set(&self, i: usize, v: Owned) {
        self.store_back(self.class().dict_back + (i + 1) * 8, v);
    }
    /// The dictionary if it has been materialised (or replaced), NULL otherwise.
    #[inline]
    pub fn dict_value(&self) -> Value {
        let back = self.class().dict_back;
        if back == 0 {
            Value::NULL
        } else {
            self.word_back(back).get()
        }
    }
    pub(crate) fn set_dict_value(&self, d: Owned) {
        self.store_back(self.class().dict_back, d);
    }
    /// Moves inline attributes into a dictionary, which the object uses from now on; `None` if instances have none.
    pub fn materialize_dict<'a>(&self) -> Option<&'a PyDict> {
        let class = self.class();
        if class.dict_back == 0 {
            return None;
        }
        if self.dict_value().is_null() {
            let d = PyDict::new();
            if let Some(dict) = d.cast::<PyDict>() {
                let shape = self.shape();
                if shape.storage == Storage::Inline {
                    for (i, name) in shape.names.iter().enumerate() {
                        let place = self.word_back(class.dict_back + (i + 1) * 8);
                        // SAFETY: inline words are owned, and the place is emptied.
                        let v = unsafe { Owned::from_raw(place.replace(Value::NULL)) };
                        if !v.is_null() {
                            dict.set_str(*name, v);
                        }
                    }
                }
            }
            self.set_shape(self.dict_shape());
            self.set_dict_value(d);
        }
        self.dict_value().cast::<PyDict>()
    }
    /// The shape for attributes in a dictionary, with this object's amount of memory before the header.
    fn dict_shape(&self) -> *const Shape {
        let (dict_shape, prefix) = (&self.class().dict_shape, self.shape().prefix);
        if dict_shape.prefix == prefix {
            dict_shape
        } else {
            dict_shape.for_prefix(prefix, || Vm::get().fresh_shape_id())
        }
    }
    /// Replaces the whole dictionary (`obj.__dict__ = d`).
    pub fn replace_dict(&self, d: Owned) {
        if self.class().dict_back == 0 {
            return;
        }
        if self.dict_value().is_null() {
            self.materialize_dict();
        }
        self.set_dict_value(d);
    }
    /// An attribute of the instance itself, by name; `None` if it has no such attribute.
    #[inline]
    pub fn own_attr(&self, vm: &Vm, name: Value) -> PyResult<Option<Owned>> {
        match self.shape().storage {
            Storage::None => Ok(None),
            Storage::Inline => {
                if !is_interned(name) {
                    let interned = match name.cast::<PyStr>() {
                        // A name of a str subclass counts by its text.
                        Some(s) if !name.is_exact::<PyStr>() => {
                            intern_value(PyStr::from_text(s.text()).value())
                        }
                        _ => intern_value(name),
                    };
                    if !is_interned(interned.value()) {
                        return Ok(None);
                    }
                    return self.own_attr(vm, interned.value());
                }
                Ok(self
                    .shape()
                    .index_of(name)
                    .and_then(|i| self.inline_get(i).non_null())
                    .map(|v| v.own()))
            }
            Storage::Dict => match self.dict_value().cast::<PyDict>() {
                Some(d) if name.is_exact::<PyStr>() && d.has_only_str_keys() => {
                    Ok(d.get_str(name).map(|v| v.own()))
                }
                Some(d) => d.get(vm, name),
                None => Ok(None),
            },
        }
    }
    /// Stores an attribute of the instance itself. False if instances have no dictionary.
    pub fn set_own_attr(&self, vm: &Vm, name: Value, value: Owned) -> PyResult<bool> {
        let shape = self.shape();
        match shape.storage {
            Storage::None => return Ok(false),
            Storage::Inline => {
                let name = intern_value(name);
                if is_interned(name.value()) {
                    if let Some(i) = shape.index_of(name.value()) {
                        if self.inline_get(i).is_null() && i + 1 != shape.names.len() {
                            // A deleted attribute that comes back goes to the end of the order.
                            return self.set_through_dict(vm, name.value(), value);
                        }
                        self.inline_set(i, value);
                        return Ok(true);
                    }
                    if shape.names.len() < shape.inline_cap() {
                        let i = shape.names.len();
                        self.set_shape(shape.with(name.value(), || vm.fresh_shape_id()));
                        self.inline_set(i, value);
                        return Ok(true);
                    }
                    let class = self.class();
                    if shape.prefix == class.prefix.get() {
                        class.grow_inline(vm);
                    }
                }
            }
            Storage::Dict => {}
        }
        self.set_through_dict(vm, name, value)
    }
    fn set_through_dict(&self, vm: &Vm, name: Value, value: Owned) -> PyResult<bool> {
        let Some(d) = self.materialize_dict() else {
            return Ok(false);
        };
        d.set(vm, name, value)?;
        Ok(true)
    }
    /// Deletes an attribute of the instance itself; whether it was there.
    pub fn del_own_attr(&self, vm: &Vm, name: Value) -> PyResult<bool> {
        match self.shape().storage {
            Storage::None => Ok(false),
            Storage::Inline => {
                let name = intern_value(name);
                match self.shape().index_of(name.value()) {
                    Some(i) if !self.inline_get(i).is_null() => {
                        // Through the dictionary, so that the order of the others stays what Python says.
                        match self.materialize_dict() {
                            Some(d) => Ok(d.remove(vm, name.value())?.is_some()),
                            None => Ok(false),
                        }
                    }
                    _ => Ok(false),
                }
            }
            Storage::Dict => match self.dict_value().cast::<PyDict>() {
                Some(d) => Ok(d.remove(vm, name)?.is_some()),
                None => Ok(false),
            },
        }
    }
    /// Reports what the prefix holds.
    pub(crate) fn trace_prefix(&self, t: Tracer<'_>) {
        let class = self.class();
        for i in 0..self.shape().prefix / 8 {
            let v = self.word_back((i + 1) * 8).get();
            if v.is_heap() {
                t(v);
            }
        }
        if class.heap.get() {
            t(class.as_value());
        }
    }
    /// Drops what the prefix holds.
    pub(crate) fn clear_prefix(&self) {
        for i in 0..self.shape().prefix / 8 {
            let back = (i + 1) * 8;
            if self.word_back(back).get().is_heap() {
                self.store_back(back, Owned::NULL);
            }
        }
    }
}

/// Whether an attribute of a class is a data descriptor.
fn is_data_descriptor(v: Value) -> bool {
    v.class().slots.set.get().is_some()
}

/// `object.__getattribute__`.
pub fn generic_getattr(vm: &Vm, obj: Value, name: Value) -> PyResult<Owned> {
    match generic_getattr_opt(vm, obj, name)? {
        Some(v) => Ok(v),
        None => Err(vm.no_attribute(obj, name)),
    }
}

/// The same; `None` instead of the AttributeError that says that nothing was found.
pub fn generic_getattr_opt(vm: &Vm, obj: Value, name: Value) -> PyResult<Option<Owned>> {
    let class = obj.class();
    let descr = class.lookup(vm, name).map(|v| v.own());
    if let Some(d) = &descr
        && is_data_descriptor(d.value())
        && let Some(get) = d.class().slots.get.get()
    {
        return get(vm, d.value(), obj, class.as_value()).map(Some);
    }
    if obj.is_heap()
        && let Some(v) = obj.header().own_attr(vm, name)?
    {
        return Ok(Some(v));
    }
    match descr {
        Some(d) => match d.class().slots.get.get() {
            Some(get) => get(vm, d.value(), obj, class.as_value()).map(Some),
            None => Ok(Some(d)),
        },
        None => Ok(None),
    }
}

/// `object.__setattr__` and `object.__delattr__` (a NULL value deletes).
pub fn generic_setattr(vm: &Vm, obj: Value, name: Value, value: Value) -> PyResult<()> {
    let class = obj.class();
    let descr = class.lookup(vm, name).map(|v| v.own());
    if let Some(d) = &descr
        && let Some(set) = d.class().slots.set.get()
    {
        return set(vm, d.value(), obj, value);
    }
    if obj.is_heap() {
        let h = obj.header();
        let done = if value.is_null() {
            h.del_own_attr(vm, name)?
        } else {
            h.set_own_attr(vm, name, value.own())?
        };
        if done {
            return Ok(());
        }
        if class.dict_back != 0 {
            return Err(vm.no_attribute(obj, name));
        }
    }
    let (cls, n) = (class.name_str(), crate::types::text_of(name));
    let e = match descr {
        Some(_) => vm.attribute_error(
            obj,
            name,
            format!("'{cls}' object attribute '{n}' is read-only"),
        ),
        None => vm.attribute_error(
            obj,
            name,
            format!(
                "'{cls}' object has no attribute '{n}' and no __dict__ for setting new attributes"
            ),
        ),
    };
    Err(e)
}

/// `__dict__` of instances.
pub static INSTANCE_DICT: GetSetDef = GetSetDef {
    name: "__dict__",
    doc: Some("dictionary for instance variables"),
    get: Some(|vm, obj| {
        match obj
            .is_heap()
            .then(|| obj.header())
            .and_then(|h| h.materialize_dict())
        {
            Some(d) => Ok(d.as_owned()),
            None => Err(vm.no_attribute(obj, vm.names.__dict__.value())),
        }
    }),
    set: Some(|vm, obj, v| {
        if v.is_null() {
            if obj.is_heap() {
                obj.header().replace_dict(PyDict::new());
            }
            return Ok(());
        }
        if !v.isa::<PyDict>() {
            return Err(vm.type_error(format!(
                "__dict__ must be set to a dictionary, not a '{}'",
                v.class().name_str()
            )));
        }
        if obj.is_heap() {
            obj.header().replace_dict(v.own());
        }
        Ok(())
    }),
};
/// `__dict__` of instances of built-in classes: as above, but it cannot be deleted.
pub static NATIVE_DICT: GetSetDef = GetSetDef {
    name: "__dict__",
    doc: None,
    get: INSTANCE_DICT.get,
    set: Some(|vm, obj, v| {
        if v.is_null() {
            return Err(vm.type_error("cannot delete __dict__"));
        }
        match INSTANCE_DICT.set {
            Some(set) => set(vm, obj, v),
            None => Ok(()),
        }
    }),
};
/// `__weakref__` of instances.
pub static INSTANCE_WEAKREF: GetSetDef = GetSetDef {
    name: "__weakref__",
    doc: Some("list of weak references to the object"),
    get: Some(|_, obj| Ok(crate::mem::weak::first_ref(obj))),
    set: None,
};
