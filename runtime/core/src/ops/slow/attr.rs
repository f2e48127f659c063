//! Attributes, and the filling of their caches.

use crate::object::{
    Place, PyMember, PyMethodDescr, Storage, TypeObject, generic_getattr_opt, type_flags,
};
use crate::ops::Act;
use crate::types::{PyClassMethod, PyDict, PyFunction, PyModule, PyProperty, PySuper};
use crate::value::{Owned, Value};
use crate::vm::PyResult;
use pyjit_isa::threaded::Op;

/// Misses after which a site is no longer specialised.
const MAX_MISSES: u16 = 16;
/// The same for stores, which have no shared cache.
const MAX_STORE_MISSES: u16 = 64;

pub fn load_attr(a: &Act<'_>) -> PyResult<()> {
    let obj = a.take(a.b());
    let cache = a.cache(a.c());
    specialize_load(a, obj.value());
    let v = a.vm.getattr(obj.value(), cache.name())?;
    drop(obj);
    a.put(a.a(), v);
    Ok(())
}
pub use load_attr as load_attr_inline;
pub use load_attr as load_attr_class;
pub use load_attr as load_attr_slot;
pub use load_attr as load_attr_module;
pub use load_attr as load_attr_type;
pub use load_attr as load_attr_property;

/// What attribute access on a class finds in it without calling anything: the attribute, if the descriptor protocol leaves it
/// as it is.
fn plain_class_attr(a: &Act<'_>, class: &TypeObject, name: Value) -> Option<Value> {
    let meta = class.as_value_of().class();
    let plain = |c: &TypeObject| c.slots.getattr.get().map(|f| f as usize);
    if plain(meta) != plain(<TypeObject as crate::object::Payload>::class())
        || meta.lookup(a.vm, name).is_some()
    {
        return None;
    }
    let d = class.lookup(a.vm, name)?;
    let unchanged = d.is_exact::<PyFunction>()
        || d.is_exact::<PyMethodDescr>()
        || d.class().slots.get.get().is_none();
    unchanged.then_some(d)
}

/// Chooses the form of an attribute load by what this object shows. A site that has missed too often keeps the general
/// form, which asks the cache that all share.
fn specialize_load(a: &Act<'_>, obj: Value) {
    let cache = a.cache(a.c());
    cache.misses.set(cache.misses.get().saturating_add(1));
    let often = cache.misses.get() > MAX_MISSES;
    if often {
        a.requicken(Op::LoadAttr);
    }
    choose_load(a, obj);
    if often {
        share(a, Op::LoadAttr);
    }
}

/// Moves what the site's own cache was just filled with to the shared one.
fn share(a: &Act<'_>, general: Op) {
    let cache = a.cache(a.c());
    let place = match Op::from_u16(a.ins.op.get()) {
        Some(Op::LoadAttrInline | Op::LoadMethodInline) => Some(Place::Inline),
        Some(Op::LoadAttrSlot) => Some(Place::Slot),
        Some(Op::LoadAttrClass) => Some(Place::Class),
        Some(Op::LoadAttrModule) if !cache.value().is(MODULE) => Some(Place::Dict),
        Some(Op::LoadMethodClass) => Some(Place::Method),
        _ => None,
    };
    if let Some(place) = place {
        a.vm.attr_cache.put(
            cache.id.get(),
            cache.name(),
            place,
            cache.index.get(),
            cache.value(),
        );
    }
    a.requicken(general);
}

/// Marks the cache of a module's attribute, which is no instance's.
const MODULE: Value = Value::TRUE;

fn choose_load(a: &Act<'_>, obj: Value) {
    let cache = a.cache(a.c());
    if let Some(c) = obj.cast::<TypeObject>() {
        if let Some(v) = plain_class_attr(a, c, cache.name()) {
            cache.id.set(obj.header().shape().id());
            cache.id2.set(c.version.get());
            cache.value.set(v.bits());
            a.requicken(Op::LoadAttrType);
        }
        return;
    }
    if !obj.is_heap()
        || !obj.class().has_flag(type_flags::PLAIN_GETATTR) && !obj.is_exact::<PyModule>()
    {
        return;
    }
    let (shape, name) = (obj.header().shape(), cache.name());
    if let Some(m) = obj.cast_exact::<PyModule>() {
        if obj.class().lookup(a.vm, name).is_none()
            && let Some(place) = m.dict().place_of_str(name)
        {
            cache.id.set(shape.id());
            cache.index.set(place as u32);
            cache.value.set(MODULE.bits());
            a.requicken(Op::LoadAttrModule);
        }
        return;
    }
    let found = obj.class().lookup(a.vm, name);
    if let Some(d) = found {
        if let Some(m) = d.cast_exact::<PyMember>() {
            cache.id.set(shape.id());
            cache.index.set(m.slot as u32);
            a.requicken(Op::LoadAttrSlot);
            return;
        }
        if let Some(p) = d.cast_exact::<PyProperty>()
            && p.get.value().is_exact::<PyFunction>()
            && a.is_temp(a.a())
        {
            cache.id.set(shape.id());
            cache.value.set(d.bits());
            a.requicken(Op::LoadAttrProperty);
            return;
        }
        if d.class().slots.set.get().is_some() {
            return;
        }
    }
    match shape.storage {
        Storage::Inline => {
            if let Some(i) = shape.index_of(name) {
                cache.id.set(shape.id());
                cache.index.set(i as u32);
                a.requicken(Op::LoadAttrInline);
                return;
            }
        }
        Storage::Dict => {
            if let Some(d) = obj.header().dict_value().cast_exact::<PyDict>()
                && let Some(place) = d.place_of_str(name)
            {
                cache.id.set(shape.id());
                cache.index.set(place as u32);
                cache.value.set(Value::NULL.bits());
                a.requicken(Op::LoadAttrModule);
            }
            return;
        }
        Storage::None => {}
    }
    if let Some(d) = found
        && d.class().slots.get.get().is_none()
    {
        cache.id.set(shape.id());
        cache.value.set(d.bits());
        a.requicken(Op::LoadAttrClass);
    }
}

/// The place of the receiver in a call window.
const RECEIVER: i16 = 6;

pub fn load_method(a: &Act<'_>) -> PyResult<()> {
    let obj = a.take(a.b());
    let cache = a.cache(a.c());
    let name = cache.name();
    let class = obj.class();
    if class.has_flag(type_flags::PLAIN_GETATTR)
        && let Some(f) = class.lookup(a.vm, name)
        && (f.is_exact::<PyFunction>() || f.is_exact::<PyMethodDescr>())
    {
        let f = f.own();
        let own = if obj.is_heap() {
            obj.header().own_attr(a.vm, name)?
        } else {
            None
        };
        if own.is_none() {
            cache.misses.set(cache.misses.get().saturating_add(1));
            let often = cache.misses.get() > MAX_MISSES;
            if often {
                a.requicken(Op::LoadMethod);
            }
            if obj.is_heap() {
                let shape = obj.header().shape();
                if shape.storage != Storage::Dict {
                    cache.id.set(shape.id());
                    cache.value.set(f.bits());
                    a.requicken(Op::LoadMethodClass);
                    if often {
                        share(a, Op::LoadMethod);
                    }
                } else if !often {
                    let dict = obj.header().dict_value();
                    let keys = match dict.cast_exact::<PyDict>() {
                        Some(d) => Some(d.keys_id()),
                        None => dict.is_null().then_some(0),
                    };
                    if let Some(keys) = keys {
                        cache.id.set(shape.id());
                        cache.value.set(f.bits());
                        cache.id2.set(keys);
                        a.requicken(Op::LoadMethodDict);
                    }
                }
            }
            a.put(a.a() + RECEIVER, obj);
            a.put(a.a(), f);
            return Ok(());
        }
    }
    specialize_unbound(a, obj.value());
    if let Some(c) = obj.cast::<TypeObject>()
        && let Some(d) = c.lookup(a.vm, name)
        && let Some(m) = d.cast_exact::<PyClassMethod>()
        && m.func.value().is_exact::<PyFunction>()
        && c.as_value_of().class().lookup(a.vm, name).is_none()
    {
        // A class method needs no bound method in between.
        let f = m.func.own();
        a.put(a.a() + RECEIVER, obj);
        a.put(a.a(), f);
        return Ok(());
    }
    let v = a.vm.getattr(obj.value(), name)?;
    drop(obj);
    a.put(a.a() + RECEIVER, Owned::NULL);
    a.put(a.a(), v);
    Ok(())
}
pub use load_method as load_method_class;
pub use load_method as load_method_dict;
pub use load_method as load_method_inline;
pub use load_method as load_method_module;
pub use load_method as load_method_type;

/// Chooses the form for something to call that is no method of the object's class.
fn specialize_unbound(a: &Act<'_>, obj: Value) {
    let cache = a.cache(a.c());
    cache.misses.set(cache.misses.get().saturating_add(1));
    let often = cache.misses.get() > MAX_MISSES;
    if often {
        a.requicken(Op::LoadMethod);
    }
    choose_unbound(a, obj);
    if often {
        share(a, Op::LoadMethod);
    }
}

fn choose_unbound(a: &Act<'_>, obj: Value) {
    let cache = a.cache(a.c());
    let name = cache.name();
    if !obj.is_heap() {
        return;
    }
    let shape = obj.header().shape();
    if let Some(c) = obj.cast::<TypeObject>() {
        if let Some(v) = plain_class_attr(a, c, name) {
            cache.id.set(shape.id());
            cache.id2.set(c.version.get());
            cache.value.set(v.bits());
            a.requicken(Op::LoadMethodType);
        }
    } else if let Some(m) = obj.cast_exact::<PyModule>() {
        if obj.class().lookup(a.vm, name).is_none()
            && let Some(place) = m.dict().place_of_str(name)
        {
            cache.id.set(shape.id());
            cache.index.set(place as u32);
            a.requicken(Op::LoadMethodModule);
        }
    } else if obj.class().has_flag(type_flags::PLAIN_GETATTR)
        && shape.storage == Storage::Inline
        && obj
            .class()
            .lookup(a.vm, name)
            .is_none_or(|d| d.class().slots.set.get().is_none())
        && let Some(i) = shape.index_of(name)
    {
        cache.id.set(shape.id());
        cache.index.set(i as u32);
        a.requicken(Op::LoadMethodInline);
    }
}

pub fn store_attr(a: &Act<'_>) -> PyResult<()> {
    let obj = a.take(a.b());
    let v = a.take(a.a());
    let cache = a.cache(a.c());
    let name = cache.name();
    cache.misses.set(cache.misses.get().saturating_add(1));
    let target = if a.is_temp(a.b()) {
        0
    } else {
        crate::frame::TARGET_LOCAL
    };
    let source = if a.is_temp(a.a()) {
        0
    } else {
        crate::frame::SOURCE_LOCAL
    };
    cache.flags.set(target | source);
    if cache.misses.get() < MAX_STORE_MISSES
        && obj.is_heap()
        && obj.class().has_flag(type_flags::PLAIN_SETATTR)
    {
        let shape = obj.header().shape();
        if let Some(d) = obj.class().lookup(a.vm, name)
            && let Some(m) = d.cast_exact::<PyMember>()
        {
            cache.id.set(shape.id());
            cache.index.set(m.slot as u32);
            a.requicken(Op::StoreAttrSlot);
        } else if shape.storage == Storage::Inline
            && obj
                .class()
                .lookup(a.vm, name)
                .is_none_or(|d| d.class().slots.set.get().is_none())
        {
            if let Some(i) = shape.index_of(name) {
                cache.id.set(shape.id());
                cache.index.set(i as u32);
                a.requicken(Op::StoreAttrInline);
            } else if shape.names.len() < shape.inline_cap() && crate::types::is_interned(name) {
                // The store below makes the transition; the next object with this shape repeats it.
                let id = shape.id();
                let place = shape.names.len();
                a.vm.setattr(obj.value(), name, v.value())?;
                let next = obj.header().shape();
                if next.storage == Storage::Inline && next.names.len() == place + 1 {
                    cache.id.set(id);
                    cache.index.set(place as u32);
                    cache.value.set(next as *const crate::object::Shape as u64);
                    a.requicken(Op::StoreAttrAdd);
                }
                return Ok(());
            }
        }
    }
    a.vm.setattr(obj.value(), name, v.value())
}
pub use store_attr as store_attr_inline;
pub use store_attr as store_attr_add;
pub use store_attr as store_attr_slot;

pub fn delete_attr(a: &Act<'_>) -> PyResult<()> {
    let obj = a.take(a.b());
    a.vm.delattr(obj.value(), a.cache(a.c()).name())
}

/// The three operands: the `super` global, `__class__` and the first argument.
fn super_attr(a: &Act<'_>, two_args: bool) -> PyResult<(Owned, Owned)> {
    let vm = a.vm;
    let global = a.take_temp(a.b());
    let class = a.take_temp(a.b() + 1);
    let receiver = a.take_temp(a.b() + 2);
    let name = a.cache(a.c()).name();
    use crate::object::Payload;
    if global.value().is(PySuper::class().as_value())
        && let Some(c) = class.cast::<TypeObject>()
    {
        return vm.super_lookup(c, receiver.value(), name);
    }
    let s = if two_args {
        vm.call(global.value(), &[class.value(), receiver.value()])?
    } else {
        vm.call(global.value(), &[])?
    };
    Ok((vm.getattr(s.value(), name)?, Owned::NULL))
}
fn bind(a: &Act<'_>, (f, receiver): (Owned, Owned)) -> PyResult<Owned> {
    if receiver.is_null() {
        return Ok(f);
    }
    match f.class().slots.get.get() {
        Some(get) => get(
            a.vm,
            f.value(),
            receiver.value(),
            receiver.class().as_value_of(),
        ),
        None => Ok(f),
    }
}
pub fn load_super_attr(a: &Act<'_>) -> PyResult<()> {
    let v = bind(a, super_attr(a, false)?)?;
    a.put(a.a(), v);
    Ok(())
}
pub fn load_super_attr2(a: &Act<'_>) -> PyResult<()> {
    let v = bind(a, super_attr(a, true)?)?;
    a.put(a.a(), v);
    Ok(())
}
fn super_method(a: &Act<'_>, two_args: bool) -> PyResult<()> {
    let (f, receiver) = super_attr(a, two_args)?;
    a.put(a.a() + RECEIVER, receiver);
    a.put(a.a(), f);
    Ok(())
}
pub fn load_super_method(a: &Act<'_>) -> PyResult<()> {
    super_method(a, false)
}
pub fn load_super_method2(a: &Act<'_>) -> PyResult<()> {
    super_method(a, true)
}

impl crate::vm::Vm {
    /// `super(class, receiver).name`: the attribute and, if it is a method still to be bound, the receiver.
    pub fn super_lookup(
        &self,
        class: &TypeObject,
        receiver: Value,
        name: Value,
    ) -> PyResult<(Owned, Owned)> {
        let receiver_class = match receiver.cast::<TypeObject>() {
            Some(c) if c.is_subclass(class) => c,
            _ if receiver.class().is_subclass(class) => receiver.class(),
            _ => {
                let other = self.getattr_opt(receiver, self.names.__class__.value())?;
                match other.and_then(|c| c.cast::<TypeObject>()) {
                    Some(c) if c.is_subclass(class) => c,
                    _ => {
                        let obj = if receiver.isa::<TypeObject>() {
                            "type"
                        } else {
                            "instance of"
                        };
                        let n = receiver
                            .cast::<TypeObject>()
                            .map_or_else(|| receiver.class().name_str(), |c| c.name_str());
                        let what = if obj == "type" {
                            format!("type {n}")
                        } else {
                            format!("instance of {n}")
                        };
                        return Err(self.type_error(format!("super(type, obj): obj ({what}) is not an instance or subtype of type ({}).", class.name_str())));
                    }
                }
            }
        };
        if !name.is(self.names.__class__.value()) {
            let mro = receiver_class.mro.own();
            let items = self.tuple_items(mro.value());
            let at = items.iter().position(|c| c.is(class.as_value_of()));
            for c in items.iter().skip(at.map_or(items.len(), |i| i + 1)) {
                let Some(f) = c.cast::<TypeObject>().and_then(|c| c.own_dict_get(name)) else {
                    continue;
                };
                let f = f.own();
                if (f.is_exact::<PyFunction>() || f.is_exact::<PyMethodDescr>())
                    && (receiver.class().same(receiver_class) || !receiver.isa::<TypeObject>())
                {
                    return Ok((f, receiver.own()));
                }
                return match f.class().slots.get.get() {
                    Some(get) => {
                        let unbound =
                            receiver.as_class_value() == Some(receiver_class.as_value_of());
                        let obj = if unbound { Value::NULL } else { receiver };
                        Ok((
                            get(self, f.value(), obj, receiver_class.as_value_of())?,
                            Owned::NULL,
                        ))
                    }
                    None => Ok((f, Owned::NULL)),
                };
            }
        }
        // Not found: super's own attributes.
        let s = crate::object::new_object(
            <PySuper as crate::object::Payload>::class(),
            PySuper {
                class: crate::object::MutCell::new(class.as_value_of().own()),
                receiver: crate::object::MutCell::new(receiver.own()),
                receiver_class: crate::object::MutCell::new(receiver_class.as_value_of().own()),
            },
        );
        match generic_getattr_opt(self, s.value(), name)? {
            Some(v) => Ok((v, Owned::NULL)),
            None => Err(self.attribute_error(
                s.value(),
                name,
                format!(
                    "'super' object has no attribute '{}'",
                    crate::types::text_of(name)
                ),
            )),
        }
    }
}
impl Value {
    fn as_class_value(self) -> Option<Value> {
        self.isa::<TypeObject>().then_some(self)
    }
}

/// `LOAD_SPECIAL`: method and receiver in two temps.
pub fn load_special(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let obj = a.take(a.b());
    let (name, other) = match a.c() {
        0 => (&vm.names.__enter__, &vm.names.__aenter__),
        1 => (&vm.names.__exit__, &vm.names.__aexit__),
        2 => (&vm.names.__aenter__, &vm.names.__enter__),
        _ => (&vm.names.__aexit__, &vm.names.__exit__),
    };
    match crate::object::lookup_special(vm, obj.value(), name.value())? {
        Some((f, unbound)) => {
            a.put(a.a(), f);
            a.put(a.a() + 1, if unbound { obj } else { Owned::NULL });
            Ok(())
        }
        None => {
            let class = obj.class();
            let is_async = a.c() >= 2;
            let (kind, hint, verb) = if is_async {
                ("asynchronous context manager", "context manager", "with")
            } else {
                (
                    "context manager",
                    "asynchronous context manager",
                    "async with",
                )
            };
            let mut msg = format!(
                "'{}' object does not support the {kind} protocol (missed {} method)",
                class.full_name(vm),
                crate::types::text_of(name.value())
            );
            if class.lookup(vm, other.value()).is_some() {
                msg.push_str(&format!(
                    " but it supports the {hint} protocol. Did you mean to use '{verb}'?"
                ));
            }
            Err(vm.type_error(msg))
        }
    }
}
