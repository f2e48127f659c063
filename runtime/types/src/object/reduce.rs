//! Pickling and copying of plain objects: `object.__reduce_ex__` and what it asks objects for.

use pyjit_core::prelude::*;

/// `object.__reduce_ex__(protocol)`: an overridden `__reduce__` wins.
pub fn reduce_ex(vm: &Vm, v: Value, protocol: Value) -> PyResult<Owned> {
    let protocol = vm.to_i64(protocol)?;
    let name = vm.names.__reduce__.value();
    let own = PyObject::class().lookup(vm, name);
    if let Some(f) = vm.getattr_opt(v, name)? {
        let class_attr = vm.getattr(v.class().as_value(), name)?;
        if own.is_none_or(|o| !o.is(class_attr.value())) {
            return vm.call(f.value(), &[]);
        }
    }
    common_reduce(vm, v, protocol)
}

/// The reduction by protocol number.
pub fn common_reduce(vm: &Vm, v: Value, protocol: i64) -> PyResult<Owned> {
    if protocol >= 2 {
        return reduce_newobj(vm, v);
    }
    let f = vm.import_attr("copyreg", "_reduce_ex")?;
    vm.call(f.value(), &[v, new_int(protocol).value()])
}

fn cannot_pickle(vm: &Vm, v: Value) -> Raised {
    vm.type_error(format!("cannot pickle '{}' object", v.class().name_str()))
}

/// Arguments for `__new__`: (positional, keywords), absent where the object does not say.
fn new_arguments(vm: &Vm, v: Value) -> PyResult<(Option<Owned>, Option<Owned>)> {
    if let Some(f) = vm.special(v, vm.names.__getnewargs_ex__.value())? {
        let r = vm.call(f.value(), &[])?;
        let Some(t) = r.cast::<PyTuple>() else {
            return Err(vm.type_error(format!(
                "__getnewargs_ex__ should return a tuple, not '{}'",
                r.class().name_str()
            )));
        };
        let &[args, kwargs] = t.as_slice() else {
            return Err(vm.value_error(format!(
                "__getnewargs_ex__ should return a tuple of length 2, not {}",
                t.len()
            )));
        };
        if !args.isa::<PyTuple>() {
            return Err(vm.type_error(format!(
                "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                args.class().name_str()
            )));
        }
        if !kwargs.isa::<PyDict>() {
            return Err(vm.type_error(format!(
                "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                kwargs.class().name_str()
            )));
        }
        return Ok((Some(args.own()), Some(kwargs.own())));
    }
    if let Some(f) = vm.special(v, vm.names.__getnewargs__.value())? {
        let r = vm.call(f.value(), &[])?;
        if !r.isa::<PyTuple>() {
            return Err(vm.type_error(format!(
                "__getnewargs__ should return a tuple, not '{}'",
                r.class().name_str()
            )));
        }
        return Ok((Some(r), None));
    }
    Ok((None, None))
}

fn reduce_newobj(vm: &Vm, v: Value) -> PyResult<Owned> {
    let class = v.class();
    if class.slots.new.get().is_none() {
        return Err(cannot_pickle(vm, v));
    }
    let (args, kwargs) = new_arguments(vm, v)?;
    let keywords = kwargs
        .as_ref()
        .and_then(|k| k.cast::<PyDict>())
        .is_some_and(|d| !d.is_empty());
    let (maker, new_args) = if keywords {
        let a = args.clone().unwrap_or_else(PyTuple::empty);
        let k = kwargs.clone().unwrap_or_else(PyDict::new);
        (
            vm.import_attr("copyreg", "__newobj_ex__")?,
            PyTuple::new(vec![class.as_owned(), a, k]),
        )
    } else {
        let mut items = vec![class.as_owned()];
        if let Some(a) = &args {
            items.extend(vm.tuple_items(a.value()).iter().map(|x| x.own()));
        }
        (
            vm.import_attr("copyreg", "__newobj__")?,
            PyTuple::new(items),
        )
    };
    let is_list = v.isa::<PyList>();
    let is_dict = v.isa::<PyDict>();
    let required = args.is_none() && !is_list && !is_dict;
    let state = state_of(vm, v, required)?;
    let list_items = if is_list { vm.iter(v)? } else { Owned::NONE };
    let dict_items = if is_dict {
        let items = vm.call_method(v, vm.names.items.value(), &[])?;
        vm.iter(items.value())?
    } else {
        Owned::NONE
    };
    Ok(PyTuple::new(vec![
        maker, new_args, state, list_items, dict_items,
    ]))
}

/// `v.__getstate__()`, by the short way if it is object's own.
fn state_of(vm: &Vm, v: Value, required: bool) -> PyResult<Owned> {
    let f = vm.getattr(v, vm.names.__getstate__.value())?;
    if let Some(b) = f.cast::<PyBuiltin>()
        && b.receiver.value().is(v)
        && b.def.name == "__getstate__"
        && PyObject::class()
            .lookup(vm, vm.names.__getstate__.value())
            .and_then(|d| d.cast::<pyjit_core::object::PyMethodDescr>())
            .is_some_and(|d| std::ptr::eq(d.def, b.def))
    {
        return default_state(vm, v, required);
    }
    vm.call(f.value(), &[])
}

/// Names of the slots that belong to an object's state; cached by `copyreg` in the class.
fn slot_names(vm: &Vm, class: &'static TypeObject) -> PyResult<Vec<Owned>> {
    let cached = class
        .own_dict_get(intern("__slotnames__").value())
        .map(|v| v.own());
    let names = match cached {
        Some(n) => n,
        None => {
            // Without slots anywhere there is nothing to ask for.
            if class.nslots == 0 {
                return Ok(vec![]);
            }
            let f = vm.import_attr("copyreg", "_slotnames")?;
            vm.call(f.value(), &[class.as_value()])?
        }
    };
    match names.cast::<PyList>() {
        Some(l) => Ok(l.snapshot()),
        None if names.is_none() => Ok(vec![]),
        None => Err(vm.type_error(format!(
            "{}.__slotnames__ should be a list or None, not {}",
            class.name_str(),
            names.class().name_str()
        ))),
    }
}

/// `object.__getstate__`: the dictionary, or a pair of it and the slots. `required` refuses objects whose state is native.
pub fn default_state(vm: &Vm, v: Value, required: bool) -> PyResult<Owned> {
    let class = v.class();
    if required && !std::ptr::eq(class.layout, PyObject::layout()) {
        return Err(cannot_pickle(vm, v));
    }
    let mut state = Owned::NONE;
    if v.is_heap()
        && let Some(d) = v.header().materialize_dict()
        && !d.is_empty()
    {
        state = d.as_owned();
    }
    let names = slot_names(vm, class)?;
    if names.is_empty() {
        return Ok(state);
    }
    let slots = PyDict::new();
    let mut any = false;
    for n in names {
        if let Some(x) = vm.getattr_opt(v, n.value())?
            && let Some(d) = slots.cast::<PyDict>()
        {
            d.set(vm, n.value(), x)?;
            any = true;
        }
    }
    if any {
        return Ok(PyTuple::pair(state, slots));
    }
    Ok(state)
}
