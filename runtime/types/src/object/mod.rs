//! `object`: what every class inherits.

mod reduce;

use pyjit_core::object::{
    PyMember, allocated_size, generic_getattr, generic_setattr, same_instance_layout,
};
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    define_class::<PyObject>(
        vm,
        ClassSpec {
            doc: Some(
                "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
            ),
            slots: |s| {
                s.new.set(Some(object_new));
                s.init.set(Some(object_init));
                s.repr.set(Some(object_repr));
                s.str.set(Some(|vm, v| vm.repr(v)));
                s.hash.set(Some(|vm, v| Ok(vm.hash_pointer(v))));
                s.compare.set(Some(object_compare));
                s.getattr.set(Some(generic_getattr));
                s.setattr.set(Some(generic_setattr));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("object")
        },
    );
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "__reduce_ex__",
        "(self, protocol, /)",
        |vm, a| reduce::reduce_ex(vm, a[0], a[1]),
        "Helper for pickle.",
    ),
    MethodDef::new(
        "__reduce__",
        "(self, /)",
        |vm, a| reduce::common_reduce(vm, a[0], 0),
        "Helper for pickle.",
    ),
    MethodDef::new(
        "__getstate__",
        "(self, /)",
        |vm, a| reduce::default_state(vm, a[0], false),
        "Helper for pickle.",
    ),
    MethodDef::class(
        "__subclasshook__",
        "(type, object, /)",
        |_, _| Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
        "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).",
    ),
    MethodDef::class(
        "__init_subclass__",
        "(type, /)",
        |_, _| Ok(Owned::NONE),
        "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may be\noverridden to extend subclasses.",
    ),
    MethodDef::new(
        "__format__",
        "(self, format_spec, /)",
        object_format,
        "Default object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise.",
    ),
    MethodDef::new(
        "__sizeof__",
        "(self, /)",
        |_, a| Ok(new_usize(size_of_object(a[0]))),
        "Size of object in memory, in bytes.",
    ),
    MethodDef::new(
        "__dir__",
        "(self, /)",
        object_dir,
        "Default dir() implementation.",
    ),
];

static GETSET: &[GetSetDef] =
    &[
        GetSetDef::write("__class__", |_, v| Ok(v.class().as_owned()), set_class)
            .doc("the object's class"),
    ];

fn size_of_object(v: Value) -> usize {
    if v.is_heap() {
        allocated_size(v.header())
    } else if v.is_small_int() || v.is_bool() {
        28
    } else if v.as_immediate_float().is_some() {
        24
    } else {
        16
    }
}

fn is_slot<F: Copy + PartialEq>(a: Option<F>, b: Option<F>) -> bool {
    a == b
}

fn object_new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let object = PyObject::class();
    if !args.is_empty() {
        if !is_slot(
            class.slots.new.get().map(|f| f as usize),
            object.slots.new.get().map(|f| f as usize),
        ) {
            return Err(vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if is_slot(
            class.slots.init.get().map(|f| f as usize),
            object.slots.init.get().map(|f| f as usize),
        ) {
            return Err(vm.type_error(format!("{}() takes no arguments", class.name_str())));
        }
    }
    if class.has_flag(type_flags::ABSTRACT) {
        return Err(abstract_error(vm, class)?);
    }
    if !std::ptr::eq(class.layout, PyObject::layout()) {
        return Err(vm.type_error(format!("cannot create '{}' instances", class.name_str())));
    }
    Ok(new_object(class, PyObject {}))
}

fn abstract_error(vm: &Vm, class: &'static TypeObject) -> PyResult<Raised> {
    let names = vm.getattr(class.as_value(), vm.names.__abstractmethods__.value())?;
    let mut sorted: Vec<String> = Vec::new();
    for n in vm.iterate_to_vec(names.value())? {
        if !n.isa::<PyStr>() {
            return Err(vm.type_error(format!(
                "sequence item 0: expected str instance, {} found",
                n.class().name_str()
            )));
        }
        sorted.push(format!("'{}'", text_of(n.value())));
    }
    sorted.sort();
    let s = if sorted.len() == 1 { "" } else { "s" };
    Ok(vm.type_error(format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{s} {}",
        class.name_str(),
        sorted.join(", ")
    )))
}

fn object_init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    if args.is_empty() {
        return Ok(());
    }
    let (class, object) = (v.class(), PyObject::class());
    if !is_slot(
        class.slots.init.get().map(|f| f as usize),
        object.slots.init.get().map(|f| f as usize),
    ) {
        return Err(vm.type_error(
            "object.__init__() takes exactly one argument (the instance to initialize)",
        ));
    }
    if is_slot(
        class.slots.new.get().map(|f| f as usize),
        object.slots.new.get().map(|f| f as usize),
    ) {
        return Err(vm.type_error(format!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            class.name_str()
        )));
    }
    Ok(())
}

fn object_repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let class = v.class();
    let q = text_of(class.qualname.value());
    let name = match class.own_dict_get(vm.names.__module__.value()) {
        Some(m) if m.isa::<PyStr>() && text_of(m) != "builtins" => {
            format!("{}.{q}", text_of(m))
        }
        _ => q,
    };
    Ok(PyStr::from_str(&format!(
        "<{name} object at {:#x}>",
        v.bits()
    )))
}

fn object_compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    match op {
        Cmp::Eq if a.is(b) => Ok(Owned::bool(true)),
        Cmp::Ne => {
            let Some(f) = a.class().slots.compare.get() else {
                return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
            };
            let r = f(vm, a, b, Cmp::Eq)?;
            if r.is_not_implemented() {
                return Ok(r);
            }
            Ok(Owned::bool(!vm.truthy(r.value())?))
        }
        _ => Ok(Owned::immediate(Value::NOT_IMPLEMENTED)),
    }
}

fn object_format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let spec = vm.expect_str(a[1], "__format__() argument")?;
    if !spec.is_empty() {
        return Err(vm.type_error(format!(
            "unsupported format string passed to {}.__format__",
            a[0].class().name_str()
        )));
    }
    vm.str(a[0])
}

fn object_dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let all = PyDict::new();
    if let Some(out) = all.cast::<PyDict>() {
        if let Some(d) = vm.getattr_opt(a[0], vm.names.__dict__.value())?
            && let Some(d) = d.cast::<PyDict>()
        {
            out.update_from(vm, d)?;
        }
        if let Some(c) = vm.getattr_opt(a[0], vm.names.__class__.value())? {
            merge_class_dict(vm, out, c.value())?;
        }
        return Ok(PyList::new(out.keys()));
    }
    Ok(PyList::new(vec![]))
}

/// Adds the names that a class and its bases define.
pub(crate) fn merge_class_dict(vm: &Vm, out: &PyDict, class: Value) -> PyResult<()> {
    vm.check_native_stack()?;
    if let Some(d) = vm.getattr_opt(class, vm.names.__dict__.value())? {
        if let Some(d) = d.cast::<PyDict>() {
            out.update_from(vm, d)?;
        } else {
            for k in vm.iterate_to_vec(d.value())? {
                out.set(vm, k.value(), Owned::NONE)?;
            }
        }
    }
    if let Some(bases) = vm.getattr_opt(class, vm.names.__bases__.value())?
        && let Some(t) = bases.cast::<PyTuple>()
    {
        for b in t.as_slice() {
            merge_class_dict(vm, out, *b)?;
        }
    }
    Ok(())
}

/// Names and places of all `__slots__` of a class.
fn slot_places(class: &TypeObject) -> Vec<(usize, u64)> {
    let mut out = Vec::new();
    for c in class.mro_slice() {
        let Some(c) = c.cast::<TypeObject>() else {
            continue;
        };
        if !c.has_flag(type_flags::HEAP) {
            continue;
        }
        for v in c.dict().values() {
            if let Some(m) = v.cast::<PyMember>()
                && m.class.value().is(c.as_value())
            {
                out.push((m.slot, m.name.value().bits()));
            }
        }
    }
    out.sort_unstable();
    out
}

fn set_class(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    if new.is_null() {
        return Err(vm.type_error("can't delete __class__ attribute"));
    }
    let Some(to) = new.cast::<TypeObject>() else {
        return Err(vm.type_error(format!(
            "__class__ must be set to a class, not '{}' object",
            new.class().name_str()
        )));
    };
    let from = v.class();
    let modules = to.is_subclass(PyModule::class()) && from.is_subclass(PyModule::class());
    if !modules && (to.has_flag(type_flags::IMMUTABLE) || from.has_flag(type_flags::IMMUTABLE)) {
        return Err(vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    if !v.is_heap() || !same_instance_layout(from, to) || slot_places(from) != slot_places(to) {
        return Err(vm.type_error(format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            to.name_str(),
            from.name_str()
        )));
    }
    v.header().set_class(vm, to);
    Ok(())
}
