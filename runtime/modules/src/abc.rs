//! `_abc`: what `ABCMeta` is made of. Each abstract class keeps a registry and two caches, which hold classes weakly.

use crate::NativeModule;
use crate::native::hidden_class;
use pyjit_core::mem::weak::PyWeakRef;
use pyjit_core::prelude::*;
use std::cell::Cell;
use std::collections::HashMap;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_abc", FUNCTIONS)
    .doc("The machinery of abc.ABCMeta.")
    .init(|vm, _| {
        hidden_class::<PyAbcData>(
            vm,
            ClassSpec {
                module: "_abc",
                doc: Some("Internal state held by ABC machinery."),
                flags: type_flags::DISALLOW_INSTANTIATION,
                ..ClassSpec::new("_abc_data")
            },
        );
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("get_cache_token", "()", |vm, _| Ok(new_int(counter(vm))), "Returns a token that changes with every registration of a virtual subclass."),
    MethodDef::function("_abc_init", "(self, /)", abc_init, "Internal ABC helper for class set-up."),
    MethodDef::function("_reset_registry", "(self, /)", reset_registry, "Internal ABC helper to reset registry of a given class."),
    MethodDef::function("_reset_caches", "(self, /)", reset_caches, "Internal ABC helper to reset both caches of a given class."),
    MethodDef::function("_get_dump", "(self, /)", get_dump, "Internal ABC helper for cache and registry debugging."),
    MethodDef::function("_abc_register", "(self, subclass, /)", register, "Internal ABC helper for subclass registration."),
    MethodDef::function("_abc_instancecheck", "(self, instance, /)", instance_check, "Internal ABC helper for instance checks."),
    MethodDef::function("_abc_subclasscheck", "(self, subclass, /)", subclass_check, "Internal ABC helper for subclass checks."),
];

/// Classes, held weakly, by address. An entry counts only while its reference still leads to the class.
type Cache = HashMap<u64, Owned>;

py_class! {
    /// What an abstract class remembers.
    pub struct PyAbcData as "_abc_data" {
        pub registry: MutCell<Vec<Owned>>,
        pub cache: MutCell<NoTrace<Cache>>,
        pub negative: MutCell<NoTrace<Cache>>,
        /// State of the registrations that the negative cache belongs to.
        pub version: Cell<i64>,
    }
}

const COLLECTIONS: u64 = type_flags::SEQUENCE | type_flags::MAPPING;

/// How many virtual subclasses have been registered so far.
fn counter(vm: &Vm) -> i64 {
    vm.module_state
        .get()
        .get("_abc")
        .and_then(|c| c.as_i64())
        .unwrap_or(0)
}
fn count_up(vm: &Vm) {
    let n = counter(vm) + 1;
    vm.module_state.get_mut().insert("_abc", new_int(n));
}

fn data_of(vm: &Vm, class: Value) -> PyResult<Owned> {
    let data = vm.getattr_str(class, "_abc_impl")?;
    if !data.isa::<PyAbcData>() {
        return Err(vm.type_error("_abc_impl is set to a wrong type"));
    }
    Ok(data)
}
fn payload<'a>(vm: &Vm, data: &Owned) -> PyResult<&'a PyAbcData> {
    data.cast::<PyAbcData>()
        .ok_or_else(|| vm.type_error("_abc_impl is set to a wrong type"))
}
fn weak(vm: &Vm, class: Value) -> PyResult<Owned> {
    PyWeakRef::new(vm, PyWeakRef::class(), class, None)
}
fn is_in(cache: &MutCell<NoTrace<Cache>>, class: Value) -> bool {
    let found = cache.get().0.get(&class.bits());
    found
        .and_then(|r| r.cast::<PyWeakRef>())
        .and_then(|r| r.get())
        .is_some_and(|c| c.value().is(class))
}
fn remember(vm: &Vm, cache: &MutCell<NoTrace<Cache>>, class: Value) -> PyResult<()> {
    let r = weak(vm, class)?;
    let old = cache.get_mut().0.insert(class.bits(), r);
    drop(old);
    Ok(())
}
fn live(refs: &[Owned]) -> Vec<Owned> {
    let targets = refs.iter().filter_map(|r| r.cast::<PyWeakRef>());
    targets.filter_map(|r| r.get()).collect()
}

fn is_abstract(vm: &Vm, v: Value) -> PyResult<bool> {
    match vm.getattr_opt(v, vm.names.__isabstractmethod__.value())? {
        Some(flag) => vm.truthy(flag.value()),
        None => Ok(false),
    }
}
fn abc_init(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let class = a[0];
    let names = PySet::empty();
    if let Some(c) = class.cast::<TypeObject>() {
        for (k, v) in c.dict().items() {
            if is_abstract(vm, v.value())? {
                names.add(vm, k.value())?;
            }
        }
    }
    let bases = vm.getattr(class, vm.names.__bases__.value())?;
    for base in vm.iterate_to_vec(bases.value())? {
        let inherited =
            vm.getattr_opt(base.value(), vm.names.__abstractmethods__.value())?;
        let Some(inherited) = inherited else { continue };
        for name in vm.iterate_to_vec(inherited.value())? {
            if let Some(v) = vm.getattr_opt(class, name.value())?
                && is_abstract(vm, v.value())?
            {
                names.add(vm, name.value())?;
            }
        }
    }
    let frozen = names.into_object(PyFrozenSet::class());
    vm.setattr(class, vm.names.__abstractmethods__.value(), frozen.value())?;
    let data = new_object(
        PyAbcData::class(),
        PyAbcData {
            registry: MutCell::default(),
            cache: MutCell::default(),
            negative: MutCell::default(),
            version: Cell::new(counter(vm)),
        },
    );
    vm.setattr_str(class, "_abc_impl", data.value())?;
    if let Some(c) = class.cast::<TypeObject>() {
        let key = intern("__abc_tpflags__");
        if let Some(flags) = c.dict().get_str(key.value()).map(|v| v.own()) {
            let flags = flags.as_i64().unwrap_or(0) as u64 & COLLECTIONS;
            if flags == COLLECTIONS {
                return Err(vm.type_error("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING"));
            }
            c.flags.set(c.flags.get() | flags);
            c.dict().remove_str(key.value());
            c.modified(vm);
        }
    }
    Ok(Owned::NONE)
}

fn register(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (class, sub) = (a[0], a[1]);
    if !sub.isa::<TypeObject>() {
        return Err(vm.type_error("Can only register classes"));
    }
    if vm.issubclass(sub, class)? {
        return Ok(sub.own());
    }
    // The other way round there would be a cycle, and endless recursion.
    if vm.issubclass(class, sub)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data_of(vm, class)?;
    let r = weak(vm, sub)?;
    let d = payload(vm, &data)?;
    if !live(d.registry.get()).iter().any(|c| c.value().is(sub)) {
        d.registry.get_mut().push(r);
    }
    count_up(vm);
    if let (Some(c), Some(s)) = (class.cast::<TypeObject>(), sub.cast::<TypeObject>()) {
        let flag = c.flags.get() & COLLECTIONS;
        if flag != 0 {
            set_collection_flag(s, flag);
        }
    }
    Ok(sub.own())
}
fn set_collection_flag(class: &TypeObject, flag: u64) {
    let old = class.flags.get();
    if old & COLLECTIONS == flag || old & type_flags::IMMUTABLE != 0 {
        return;
    }
    class.flags.set(old & !COLLECTIONS | flag);
    for s in class.subclasses.get().0.clone() {
        if let Some(s) = s.cast::<TypeObject>() {
            set_collection_flag(s, flag);
        }
    }
}

fn ask(vm: &Vm, class: Value, sub: Value) -> PyResult<Owned> {
    vm.call_method(class, vm.names.__subclasscheck__.value(), &[sub])
}
fn instance_check(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (class, instance) = (a[0], a[1]);
    let data = data_of(vm, class)?;
    let d = payload(vm, &data)?;
    let sub = vm.getattr(instance, vm.names.__class__.value())?;
    if is_in(&d.cache, sub.value()) {
        return Ok(Owned::bool(true));
    }
    let real = instance.class().as_owned();
    if real.value().is(sub.value()) {
        if d.version.get() == counter(vm) && is_in(&d.negative, sub.value()) {
            return Ok(Owned::bool(false));
        }
        return ask(vm, class, sub.value());
    }
    let r = ask(vm, class, sub.value())?;
    if vm.truthy(r.value())? {
        return Ok(r);
    }
    ask(vm, class, real.value())
}

fn subclass_check(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (class, sub) = (a[0], a[1]);
    let Some(sub_class) = sub.cast::<TypeObject>() else {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    };
    let data = data_of(vm, class)?;
    let d = payload(vm, &data)?;
    if is_in(&d.cache, sub) {
        return Ok(Owned::bool(true));
    }
    if d.version.get() < counter(vm) {
        let old = d.negative.take();
        drop(old);
        d.version.set(counter(vm));
    } else if is_in(&d.negative, sub) {
        return Ok(Owned::bool(false));
    }
    let hook = vm.call_method(class, vm.names.__subclasshook__.value(), &[sub])?;
    if hook.is(Value::TRUE) {
        remember(vm, &d.cache, sub)?;
        return Ok(Owned::bool(true));
    }
    if hook.is(Value::FALSE) {
        remember(vm, &d.negative, sub)?;
        return Ok(Owned::bool(false));
    }
    if !hook.is_not_implemented() {
        return Err(vm.error(
            vm.exc.AssertionError,
            "__subclasshook__ must return either False, True, or NotImplemented",
        ));
    }
    if sub_class.mro_slice().iter().any(|c| c.is(class)) {
        remember(vm, &d.cache, sub)?;
        return Ok(Owned::bool(true));
    }
    for registered in live(&d.registry.get().clone()) {
        if vm.issubclass(sub, registered.value())? {
            remember(vm, &d.cache, sub)?;
            return Ok(Owned::bool(true));
        }
    }
    let subclasses = vm.call_method(class, vm.names.__subclasses__.value(), &[])?;
    if !subclasses.isa::<PyList>() {
        return Err(vm.type_error("__subclasses__() must return a list"));
    }
    for s in vm.iterate_to_vec(subclasses.value())? {
        if vm.issubclass(sub, s.value())? {
            remember(vm, &d.cache, sub)?;
            return Ok(Owned::bool(true));
        }
    }
    remember(vm, &d.negative, sub)?;
    Ok(Owned::bool(false))
}

fn reset_registry(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let data = data_of(vm, a[0])?;
    let old = payload(vm, &data)?.registry.take();
    drop(old);
    Ok(Owned::NONE)
}
fn reset_caches(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let data = data_of(vm, a[0])?;
    let d = payload(vm, &data)?;
    drop((d.cache.take(), d.negative.take()));
    Ok(Owned::NONE)
}
fn get_dump(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let data = data_of(vm, a[0])?;
    let d = payload(vm, &data)?;
    let set_of = |refs: Vec<Owned>| -> PyResult<Owned> {
        let values: Vec<Value> = refs.iter().map(|r| r.value()).collect();
        PySet::from_items(vm, PySet::class(), &values)
    };
    Ok(PyTuple::new(vec![
        set_of(d.registry.get().clone())?,
        set_of(d.cache.get().0.values().cloned().collect())?,
        set_of(d.negative.get().0.values().cloned().collect())?,
        new_int(d.version.get()),
    ]))
}
