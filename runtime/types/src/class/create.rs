//! `type.__new__`: what a class statement's namespace becomes. The steps are CPython's `type_new`, in its order, because
//! each can raise and Python code sees which comes first.

use pyjit_core::object::{
    HeapSpec, INSTANCE_DICT, INSTANCE_WEAKREF, PyGetSet, PyMember, new_heap_class,
};
use pyjit_core::prelude::*;

/// Bytes per item of built-in classes whose instances vary in size, as CPython's `tp_itemsize`.
pub fn item_size(class: &TypeObject) -> usize {
    let is = |l: &'static pyjit_core::object::Layout| class.layout_is(l);
    if is(PyInt::layout()) && !class.same(PyBool::class()) {
        4
    } else if is(PyTuple::layout()) {
        8
    } else if is(PyBytes::layout()) {
        1
    } else if is(TypeObject::layout()) {
        40
    } else {
        0
    }
}

/// The most derived metaclass among a class' own and its bases'.
pub fn calculate_metaclass(
    vm: &Vm,
    own: &'static TypeObject,
    bases: &[Value],
) -> PyResult<&'static TypeObject> {
    let mut winner = own;
    for b in bases {
        let m = b.class();
        if winner.is_subclass(m) {
            continue;
        }
        if m.is_subclass(winner) {
            winner = m;
            continue;
        }
        return Err(vm.type_error("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"));
    }
    Ok(winner)
}

/// The class along the base chain that last changed the instances' memory.
fn solid_base(class: &'static TypeObject) -> &'static TypeObject {
    match class.base_class() {
        None => class,
        Some(b) => {
            if !std::ptr::eq(b.layout, class.layout) || b.nslots != class.nslots {
                class
            } else {
                solid_base(b)
            }
        }
    }
}

/// The base whose instance layout a new class extends.
pub fn best_base(vm: &Vm, bases: &[&'static TypeObject]) -> PyResult<&'static TypeObject> {
    let mut found: Option<(&'static TypeObject, &'static TypeObject)> = None;
    for b in bases {
        if !b.has_flag(type_flags::BASE) {
            return Err(vm.type_error(format!(
                "type '{}' is not an acceptable base type",
                b.name_str()
            )));
        }
        let candidate = solid_base(b);
        found = Some(match found {
            None => (candidate, b),
            Some((winner, base)) if winner.is_subclass(candidate) => (winner, base),
            Some((winner, _)) if candidate.is_subclass(winner) => (candidate, b),
            Some(_) => {
                return Err(vm.type_error("multiple bases have instance lay-out conflict"));
            }
        });
    }
    Ok(found.map_or(PyObject::class(), |f| f.1))
}

/// `__name` inside class `C` is `_C__name`.
fn mangle(class: &str, name: &str) -> String {
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.to_string();
    }
    let stripped = class.trim_start_matches('_');
    if stripped.is_empty() {
        return name.to_string();
    }
    format!("_{stripped}{name}")
}

/// What `__slots__` and the bases say about the instances.
struct Instances {
    slots: Vec<String>,
    add_dict: bool,
    add_weakrefs: bool,
}

fn is_identifier(vm: &Vm, v: Value) -> PyResult<bool> {
    let r = vm.call_method_str(v, "isidentifier", &[])?;
    vm.truthy(r.value())
}

fn read_slots(
    vm: &Vm,
    name: &str,
    dict: &PyDict,
    base: &'static TypeObject,
    bases: &[&'static TypeObject],
) -> PyResult<Instances> {
    let varying = item_size(base) != 0;
    let classes = base.layout_is(TypeObject::layout());
    let may_dict = base.dict_back == 0 && !classes;
    let may_weak = !base.weakrefs && !varying;
    let Some(given) = dict.get_str(vm.names.__slots__.value()).map(|v| v.own()) else {
        return Ok(Instances {
            slots: vec![],
            add_dict: may_dict,
            add_weakrefs: may_weak,
        });
    };
    let items = if given.isa::<PyStr>() {
        vec![given.clone()]
    } else {
        vm.iterate_to_vec(given.value())?
    };
    if !items.is_empty() && varying {
        return Err(vm.type_error(format!(
            "nonempty __slots__ not supported for subtype of '{}'",
            base.name_str()
        )));
    }
    let mut out = Instances {
        slots: vec![],
        add_dict: false,
        add_weakrefs: false,
    };
    for s in &items {
        if !s.isa::<PyStr>() {
            return Err(vm.type_error(format!(
                "__slots__ items must be strings, not '{}'",
                s.class().name_str()
            )));
        }
        if !is_identifier(vm, s.value())? {
            return Err(vm.type_error("__slots__ must be identifiers"));
        }
        match text_of(s.value()).as_str() {
            "__dict__" => {
                if !may_dict || out.add_dict {
                    return Err(vm.type_error("__dict__ slot disallowed: we already got one"));
                }
                out.add_dict = true;
            }
            "__weakref__" => {
                if !may_weak || out.add_weakrefs {
                    return Err(vm.type_error("__weakref__ slot disallowed: we already got one"));
                }
                out.add_weakrefs = true;
            }
            _ => {}
        }
    }
    for s in &items {
        let text = text_of(s.value());
        if text == "__dict__" || text == "__weakref__" {
            continue;
        }
        let mangled = mangle(name, &text);
        let key = intern(&mangled);
        let special = ["__qualname__", "__classcell__", "__classdictcell__"];
        if dict.get_str(key.value()).is_some() && !special.contains(&mangled.as_str()) {
            let shown = vm.repr_text(s.value())?;
            return Err(vm.value_error(format!(
                "{shown} in __slots__ conflicts with class variable"
            )));
        }
        out.slots.push(mangled);
    }
    out.slots.sort();
    // Further bases may have what the first one lacks.
    for b in bases {
        if b.same(base) {
            continue;
        }
        if b.layout_is(TypeObject::layout()) {
            if may_dict && !out.add_dict {
                out.add_dict = true;
            }
            if may_weak && !out.add_weakrefs {
                out.add_weakrefs = true;
            }
            break;
        }
        if may_dict && b.dict_back != 0 {
            out.add_dict = true;
        }
        if may_weak && b.weakrefs {
            out.add_weakrefs = true;
        }
    }
    Ok(out)
}

/// How many attributes instances are likely to get: what methods assign to `self`, the bases' methods included.
fn inline_hint(vm: &Vm, dict: &PyDict, bases: &[&'static TypeObject], plain: bool) -> usize {
    let mut names: Vec<u64> = Vec::new();
    let mut add = |d: &PyDict| {
        if let Some(t) = d
            .get_str(vm.names.__static_attributes__.value())
            .and_then(|v| v.cast::<PyTuple>())
        {
            for n in t.as_slice() {
                let key = pyjit_core::types::intern_value(*n).bits();
                if !names.contains(&key) {
                    names.push(key);
                }
            }
        }
    };
    add(dict);
    for b in bases {
        for c in b.mro_slice() {
            if let Some(c) = c.cast::<TypeObject>()
                && c.has_flag(type_flags::HEAP)
            {
                add(c.dict());
            }
        }
    }
    // Attributes that come from elsewhere (`setattr`, generated `__init__`) need places too.
    names.len().max(if plain { 4 } else { 0 })
}

/// Arguments of `type.__new__`: name, bases, namespace.
fn arguments<'a>(vm: &Vm, args: Args<'a>) -> PyResult<(Value, &'a [Value], Value)> {
    let &[name, bases, dict] = args.pos() else {
        return Err(vm.type_error(format!(
            "type.__new__() takes exactly 3 arguments ({} given)",
            args.npos()
        )));
    };
    let wrong = |i: usize, what: &str, v: Value| {
        vm.type_error(format!(
            "type.__new__() argument {i} must be {what}, not {}",
            v.class().name_str()
        ))
    };
    if !name.isa::<PyStr>() {
        return Err(wrong(1, "str", name));
    }
    let Some(b) = bases.cast::<PyTuple>() else {
        return Err(wrong(2, "tuple", bases));
    };
    if !dict.isa::<PyDict>() {
        return Err(wrong(3, "dict", dict));
    }
    Ok((name, b.as_slice(), dict))
}

/// The `new` slot of `type`.
pub fn type_new(vm: &Vm, metaclass: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let (name, base_values, namespace) = arguments(vm, args)?;
    let mut bases: Vec<&'static TypeObject> = Vec::new();
    for b in base_values {
        match b.cast::<TypeObject>() {
            Some(c) => bases.push(c),
            None => {
                if vm
                    .getattr_opt(*b, vm.names.__mro_entries__.value())?
                    .is_some()
                {
                    return Err(vm.type_error(
                        "type() doesn't support MRO entry resolution; use types.new_class()",
                    ));
                }
            }
        }
    }
    // Names and doc strings must be encodable.
    let doc = namespace.cast::<PyDict>().and_then(|d| {
        d.get_str(vm.names.__doc__.value())
            .filter(|v| v.isa::<PyStr>())
            .map(|v| v.own())
    });
    for text in std::iter::once(name).chain(doc.as_ref().map(|d| d.value())) {
        if text.cast::<PyStr>().is_some_and(|s| s.to_utf8().is_none()) {
            vm.call_method_str(text, "encode", &[])?;
        }
    }
    let winner = calculate_metaclass(vm, metaclass, base_values)?;
    if !winner.same(metaclass) {
        let own = TypeObject::class().slots.new.get().map(|f| f as usize);
        if let Some(new) = winner.slots.new.get()
            && Some(new as usize) != own
        {
            return new(vm, winner, args);
        }
    }
    if bases.len() != base_values.len() {
        return Err(vm.type_error("bases must be types"));
    }
    if bases.is_empty() {
        bases.push(PyObject::class());
    }
    let base = best_base(vm, &bases)?;
    let dict_value = match namespace.cast::<PyDict>() {
        Some(d) => d.copy(),
        None => PyDict::new(),
    };
    let Some(dict) = dict_value.cast::<PyDict>() else {
        return Ok(Owned::NULL);
    };
    let text = text_of(name);
    let instances = read_slots(vm, &text, dict, base, &bases)?;
    if text.contains('\0') {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    let names = &vm.names;
    if dict.get_str(names.__module__.value()).is_none()
        && let Some(g) = vm.current_globals()
        && let Some(m) = g
            .cast::<PyDict>()
            .and_then(|g| g.get_str(names.__name__.value()))
    {
        dict.set_str(names.__module__.value(), m.own());
    }
    let qualname = match dict.remove_str(names.__qualname__.value()) {
        Some(q) if !q.isa::<PyStr>() => {
            return Err(vm.type_error(format!(
                "type __qualname__ must be a str, not {}",
                q.class().name_str()
            )));
        }
        Some(q) => q,
        None => name.own(),
    };
    wrap_functions(vm, dict);
    let class_cell = take_cell(vm, dict, names.__classcell__.value(), "__classcell__")?;
    let dict_cell = take_cell(
        vm,
        dict,
        names.__classdictcell__.value(),
        "__classdictcell__",
    )?;
    if dict.get_str(names.__eq__.value()).is_some()
        && dict.get_str(names.__hash__.value()).is_none()
    {
        dict.set_str(names.__hash__.value(), Owned::NONE);
    }
    let plain = std::ptr::eq(base.layout, PyObject::layout());
    let class_value = new_heap_class(
        vm,
        HeapSpec {
            metaclass: winner,
            name: name.own(),
            qualname,
            bases: bases.clone(),
            base,
            dict: dict_value.clone(),
            new_slots: instances.slots.len(),
            add_dict: instances.add_dict,
            add_weakrefs: instances.add_weakrefs,
            inline_hint: inline_hint(vm, dict, &bases, plain),
        },
    )?;
    let Some(class) = class_value.cast::<TypeObject>() else {
        return Ok(class_value);
    };
    for (i, s) in instances.slots.iter().enumerate() {
        let key = intern(s);
        let member = PyMember {
            class: class.as_owned(),
            name: key.clone(),
            slot: base.nslots + i,
        };
        dict.set_str(key.value(), new_object(PyMember::class(), member));
    }
    // A body that defines these names itself keeps its own.
    if instances.add_dict && dict.get_str(names.__dict__.value()).is_none() {
        dict.set_str(names.__dict__.value(), PyGetSet::new(class, &INSTANCE_DICT));
    }
    if instances.add_weakrefs && dict.get_str(names.__weakref__.value()).is_none() {
        dict.set_str(
            names.__weakref__.value(),
            PyGetSet::new(class, &INSTANCE_WEAKREF),
        );
    }
    if dict.get_str(names.__doc__.value()).is_none() {
        dict.set_str(names.__doc__.value(), Owned::NONE);
    }
    class.modified(vm);
    if let Some(c) = class_cell {
        set_cell(c.value(), class.as_owned());
    }
    if let Some(c) = dict_cell {
        set_cell(c.value(), dict_value.clone());
    }
    if class.dict().keys().iter().any(|k| !k.isa::<PyStr>()) {
        let msg = format!(
            "non-string key in the __dict__ of class {}",
            class.name_str()
        );
        vm.warn(vm.exc.RuntimeWarning, &msg, 1)?;
    }
    set_names(vm, class)?;
    init_subclass(vm, class, args)?;
    Ok(class_value)
}

fn set_cell(cell: Value, v: Owned) {
    if let Some(c) = cell.cast::<PyCell>() {
        c.content.set(v);
    }
}

/// `__new__` is static, `__init_subclass__` and `__class_getitem__` are class methods without saying so.
fn wrap_functions(vm: &Vm, dict: &PyDict) {
    let names = &vm.names;
    let function = |n: Value| {
        dict.get_str(n)
            .filter(|f| f.isa::<PyFunction>())
            .map(|f| f.own())
    };
    if let Some(f) = function(names.__new__.value()) {
        dict.set_str(names.__new__.value(), PyStaticMethod::new(f));
    }
    for n in [&names.__init_subclass__, &names.__class_getitem__] {
        if let Some(f) = function(n.value()) {
            dict.set_str(n.value(), PyClassMethod::new(f));
        }
    }
}

fn take_cell(vm: &Vm, dict: &PyDict, name: Value, shown: &str) -> PyResult<Option<Owned>> {
    let Some(c) = dict.remove_str(name) else {
        return Ok(None);
    };
    if !c.isa::<PyCell>() {
        let class = vm.repr_text(c.class().as_value())?;
        return Err(vm.type_error(format!("{shown} must be a nonlocal cell, not {class}")));
    }
    Ok(Some(c))
}

/// Tells the values in the namespace their names.
fn set_names(vm: &Vm, class: &'static TypeObject) -> PyResult<()> {
    let name = vm.names.__set_name__.value();
    for (key, value) in class.dict().items() {
        if value.class().lookup(vm, name).is_none() {
            continue;
        }
        let Some(f) = vm.special(value.value(), name)? else {
            continue;
        };
        if let Err(e) = vm.call(f.value(), &[class.as_value(), key.value()]) {
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                value.class().name_str(),
                vm.repr_text(key.value())?,
                class.name_str()
            );
            let note = PyStr::from_str(&note);
            vm.call_method_str(e.value(), "add_note", &[note.value()])?;
            return Err(e);
        }
    }
    Ok(())
}

/// `super(C, C).__init_subclass__(**keywords)`.
fn init_subclass(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<()> {
    let name = vm.names.__init_subclass__.value();
    let mut found = None;
    for c in class.mro_slice().iter().skip(1) {
        let Some(c) = c.cast::<TypeObject>() else {
            continue;
        };
        if let Some(f) = c.own_dict_get(name) {
            found = Some((f.own(), c.same(PyObject::class())));
            break;
        }
    }
    let Some((f, plain)) = found else {
        return Ok(());
    };
    if plain && args.names.is_empty() {
        return Ok(());
    }
    let bound = match f.class().slots.get.get() {
        Some(get) => get(vm, f.value(), Value::NULL, class.as_value())?,
        None => f,
    };
    let rest = Args {
        values: &args.values[args.npos()..],
        names: args.names,
    };
    vm.call_args(bound.value(), rest).map(drop)
}
