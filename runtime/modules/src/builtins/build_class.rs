//! `__build_class__`: what the `class` statement calls.

use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "__build_class__",
    "(*args, **kwds)",
    build_class,
    "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.",
)];

/// The bases with what `__mro_entries__` puts in the place of those that are no classes; `None` if nothing changes.
pub fn resolve_bases(vm: &Vm, bases: &[Value]) -> PyResult<Option<Vec<Owned>>> {
    if bases.iter().all(|b| b.isa::<TypeObject>()) {
        return Ok(None);
    }
    let original = PyTuple::from_slice(bases);
    let mut out = Vec::with_capacity(bases.len());
    let mut changed = false;
    for &b in bases {
        if b.isa::<TypeObject>() {
            out.push(b.own());
            continue;
        }
        let Some(f) = vm.getattr_opt(b, vm.names.__mro_entries__.value())? else {
            out.push(b.own());
            continue;
        };
        let entries = vm.call(f.value(), &[original.value()])?;
        let Some(t) = entries.cast::<PyTuple>() else {
            return Err(vm.type_error("__mro_entries__ must return a tuple"));
        };
        changed = true;
        out.extend(t.as_slice().iter().map(|v| v.own()));
    }
    Ok(changed.then_some(out))
}

/// The most derived of the metaclass and the classes of the bases.
fn winner(vm: &Vm, meta: &'static TypeObject, bases: &[Value]) -> PyResult<Owned> {
    let mut best = meta.as_owned();
    for b in bases {
        let c = b.class();
        let Some(w) = best.cast::<TypeObject>() else {
            break;
        };
        if w.is_subclass(c) {
            continue;
        }
        if c.is_subclass(w) {
            best = c.as_owned();
            continue;
        }
        return Err(vm.type_error("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"));
    }
    Ok(best)
}

fn build_class(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let [func, name, original @ ..] = vm.tuple_items(a[0]) else {
        return Err(vm.type_error("__build_class__: not enough arguments"));
    };
    let Some(body) = func.cast::<PyFunction>() else {
        return Err(vm.type_error("__build_class__: func must be a function"));
    };
    if !name.isa::<PyStr>() {
        return Err(vm.type_error("__build_class__: name is not a string"));
    }
    let resolved = resolve_bases(vm, original)?;
    let bases = match &resolved {
        Some(b) => PyTuple::new(b.clone()),
        None => PyTuple::from_slice(original),
    };
    let base_items = vm.tuple_items(bases.value());
    let mut meta = Owned::NULL;
    let mut keywords = Vec::new();
    if let Some(d) = a[1].cast::<PyDict>() {
        for (k, v) in d.items() {
            if k.cast::<PyStr>().is_some_and(|k| k.is_text("metaclass")) {
                meta = v;
            } else {
                keywords.push((k, v));
            }
        }
    }
    if meta.is_null() {
        meta = match base_items.first() {
            Some(b) => b.class().as_owned(),
            None => TypeObject::class().as_owned(),
        };
    }
    if let Some(m) = meta.cast::<TypeObject>() {
        meta = winner(vm, m, base_items)?;
    }
    let call = |f: Value, positional: &[Value]| {
        let mut args = OwnedArgs::default();
        for v in positional {
            args.push(v.own());
        }
        for (k, v) in &keywords {
            args.push_keyword(k.clone(), v.clone());
        }
        args.with(|args| vm.call_args(f, args))
    };
    let namespace = match vm.getattr_opt(meta.value(), vm.names.__prepare__.value())? {
        Some(prepare) => call(prepare.value(), &[*name, bases.value()])?,
        None => PyDict::new(),
    };
    if namespace.class().slots.getitem.get().is_none() {
        let who = match meta.cast::<TypeObject>() {
            Some(m) => m.name_str(),
            None => "<metaclass>".to_string(),
        };
        return Err(vm.type_error(format!(
            "{who}.__prepare__() must return a mapping, not {}",
            namespace.class().name_str()
        )));
    }
    let cell = (vm.hooks().eval_code)(
        vm,
        *func,
        body.globals.value(),
        namespace.value(),
        body.closure.value(),
    )?;
    if resolved.is_some() {
        let original = PyTuple::from_slice(original);
        vm.setitem(
            namespace.value(),
            intern("__orig_bases__").value(),
            original.value(),
        )?;
    }
    let class = call(meta.value(), &[*name, bases.value(), namespace.value()])?;
    check_class_cell(vm, &class, &cell, *name)?;
    Ok(class)
}

/// `__class__` of the body's functions must have become the class.
fn check_class_cell(vm: &Vm, class: &Owned, cell: &Owned, name: Value) -> PyResult<()> {
    let (Some(c), true) = (cell.cast::<PyCell>(), class.isa::<TypeObject>()) else {
        return Ok(());
    };
    let content = c.content.own();
    if content.value().is(class.value()) {
        return Ok(());
    }
    let (n, shown) = (vm.repr_text(name)?, vm.repr_text(class.value())?);
    if content.is_null() {
        return Err(vm.runtime_error(format!("__class__ not set defining {n} as {shown}. Was __classcell__ propagated to type.__new__?")));
    }
    let got = vm.repr_text(content.value())?;
    Err(vm.type_error(format!(
        "__class__ set to {got} defining {n} as {shown}"
    )))
}
