//! `super`: attribute access behind a class in the MRO of an object's class.

use pyjit_core::object::generic_getattr;
use pyjit_core::prelude::*;
use pyjit_isa::code::local_kind;

/// Defines the class and its methods.
pub fn define(vm: &Vm) {
    define_class::<PySuper>(
        vm,
        ClassSpec {
            doc: Some(
                "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)",
            ),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let null = || MutCell::new(Owned::NULL);
                    Ok(new_object(
                        class,
                        PySuper {
                            class: null(),
                            receiver: null(),
                            receiver_class: null(),
                        },
                    ))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.getattr.set(Some(getattr));
                s.get.set(Some(get));
            },
            getset: GETSET,
            ..ClassSpec::new("super")
        },
    );
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::member("__thisclass__", |_, v| field(v, |s| &s.class))
        .doc("the class invoking super()"),
    GetSetDef::member("__self__", |_, v| field(v, |s| &s.receiver))
        .doc("the instance invoking super(); may be None"),
    GetSetDef::member("__self_class__", |_, v| field(v, |s| &s.receiver_class))
        .doc("the type of the instance invoking super(); may be None"),
];

fn field(v: Value, f: fn(&PySuper) -> &MutCell<Owned>) -> PyResult<Owned> {
    let x = v.cast::<PySuper>().map_or(Owned::NULL, |s| f(s).own());
    Ok(if x.is_null() { Owned::NONE } else { x })
}

/// The class whose MRO is searched.
fn start_class(vm: &Vm, class: &'static TypeObject, obj: Value) -> PyResult<Owned> {
    if let Some(c) = obj.cast::<TypeObject>()
        && c.is_subclass(class)
    {
        return Ok(obj.own());
    }
    if obj.class().is_subclass(class) {
        return Ok(obj.class().as_owned());
    }
    if let Some(c) = vm.getattr_opt(obj, vm.names.__class__.value())?
        && !c.value().is(obj.class().as_value())
        && c.cast::<TypeObject>().is_some_and(|k| k.is_subclass(class))
    {
        return Ok(c);
    }
    let (kind, name) = match obj.cast::<TypeObject>() {
        Some(c) => ("type", c.name_str()),
        None => ("instance of", obj.class().name_str()),
    };
    Err(vm.type_error(format!(
        "super(type, obj): obj ({kind} {name}) is not an instance or subtype of type ({}).",
        class.name_str()
    )))
}

/// What `super()` without arguments means in the running function.
fn from_frame(vm: &Vm) -> PyResult<(Owned, Owned)> {
    let Some(frame) = vm.current() else {
        return Err(vm.runtime_error("super(): no current frame"));
    };
    let code = frame.code();
    if code.data.arg_count == 0 {
        return Err(vm.runtime_error("super(): no arguments"));
    }
    let unbox = |v: Value| match v.cast_exact::<PyCell>() {
        Some(c) => c.content.own(),
        None => v.own(),
    };
    let kind = |i: usize| code.data.local_kinds.get(i).copied().unwrap_or(0);
    let mut first = frame.slot(0).own();
    if kind(0) & local_kind::CELL != 0 {
        first = unbox(first.value());
    }
    if first.is_null() {
        return Err(vm.runtime_error("super(): arg[0] deleted"));
    }
    let name = vm.names.__class__.value();
    for (i, n) in code.local_names.iter().enumerate() {
        if kind(i) & local_kind::FREE == 0 || !n.value().is(name) {
            continue;
        }
        let cell = frame.slot(i);
        let Some(c) = cell.cast_exact::<PyCell>() else {
            return Err(vm.runtime_error("super(): bad __class__ cell"));
        };
        let class = c.content.own();
        if class.is_null() {
            return Err(vm.runtime_error("super(): empty __class__ cell"));
        }
        if !class.isa::<TypeObject>() {
            return Err(vm.runtime_error(format!(
                "super(): __class__ is not a type ({})",
                class.class().name_str()
            )));
        }
        return Ok((class, first));
    }
    Err(vm.runtime_error("super(): __class__ cell not found"))
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, "super")?;
    args.check_positional(vm, "super()", 0, 2)?;
    let (class, obj) = match args.values {
        [] => from_frame(vm)?,
        [c] => (c.own(), Owned::NULL),
        [c, o, ..] => (c.own(), if o.is_none() { Owned::NULL } else { o.own() }),
    };
    let Some(c) = class.cast::<TypeObject>() else {
        return Err(vm.type_error(format!(
            "super() argument 1 must be a type, not {}",
            class.class().name_str()
        )));
    };
    let start = if obj.is_null() {
        Owned::NULL
    } else {
        start_class(vm, c, obj.value())?
    };
    if let Some(s) = v.cast::<PySuper>() {
        s.class.set(class);
        s.receiver.set(obj);
        s.receiver_class.set(start);
    }
    Ok(())
}

fn repr(_: &Vm, v: Value) -> PyResult<Owned> {
    let Some(s) = v.cast::<PySuper>() else {
        return Ok(Owned::NONE);
    };
    let class = s
        .class
        .value()
        .cast::<TypeObject>()
        .map_or("NULL".to_string(), |c| c.name_str());
    let text = match s.receiver_class.value().cast::<TypeObject>() {
        Some(c) => format!("<super: <class '{class}'>, <{} object>>", c.name_str()),
        None => format!("<super: <class '{class}'>, NULL>"),
    };
    Ok(PyStr::from_str(&text))
}

/// What `super(class, receiver).name` finds behind `class` in the MRO of `start`; `None` if nothing.
pub fn lookup(
    vm: &Vm,
    class: Value,
    receiver: Value,
    start: Value,
    name: Value,
) -> PyResult<Option<Owned>> {
    let Some(start_class) = start.cast::<TypeObject>() else {
        return Ok(None);
    };
    let mro = start_class.mro.own();
    let items = vm.tuple_items(mro.value());
    let Some(at) = items.iter().position(|c| c.is(class)) else {
        return Ok(None);
    };
    for c in items.iter().skip(at + 1) {
        let Some(c) = c.cast::<TypeObject>() else {
            continue;
        };
        let Some(found) = c.own_dict_get(name).map(|f| f.own()) else {
            continue;
        };
        let Some(get) = found.class().slots.get.get() else {
            return Ok(Some(found));
        };
        let obj = if receiver.is(start) {
            Value::NULL
        } else {
            receiver
        };
        return get(vm, found.value(), obj, start).map(Some);
    }
    Ok(None)
}

fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if let Some(s) = v.cast::<PySuper>()
        && !s.receiver_class.value().is_null()
        && !name.is(vm.names.__class__.value())
    {
        let (class, receiver, start) = (s.class.own(), s.receiver.own(), s.receiver_class.own());
        let key = pyjit_core::types::intern_value(name);
        if let Some(r) = lookup(
            vm,
            class.value(),
            receiver.value(),
            start.value(),
            key.value(),
        )? {
            return Ok(r);
        }
    }
    generic_getattr(vm, v, name)
}

fn get(vm: &Vm, v: Value, obj: Value, _: Value) -> PyResult<Owned> {
    let Some(s) = v.cast::<PySuper>() else {
        return Ok(v.own());
    };
    if obj.is_null() || obj.is_none() || !s.receiver.value().is_null() {
        return Ok(v.own());
    }
    let class = s.class.own();
    if !v.is_exact::<PySuper>() {
        return vm.call(v.class().as_value(), &[class.value(), obj]);
    }
    let Some(c) = class.cast::<TypeObject>() else {
        return Ok(v.own());
    };
    let start = start_class(vm, c, obj)?;
    Ok(new_object(
        PySuper::class(),
        PySuper {
            class: MutCell::new(class),
            receiver: MutCell::new(obj.own()),
            receiver_class: MutCell::new(start),
        },
    ))
}
