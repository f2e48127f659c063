//! Type parameters of generic aliases and unions: finding them, and putting arguments in their place (PEP 585, 604, 646).

use pyjit_core::prelude::*;

/// A type as it stands inside `X[...]` or `X | Y`.
pub fn type_repr(vm: &Vm, v: Value) -> PyResult<String> {
    if v.is(Value::ELLIPSIS) {
        return Ok("...".to_string());
    }
    if v.is(PyNoneType::class().as_value()) {
        return Ok("None".to_string());
    }
    if vm.getattr_opt(v, vm.names.__origin__.value())?.is_some()
        && vm.getattr_opt(v, vm.names.__args__.value())?.is_some()
    {
        return vm.repr_text(v);
    }
    let qualname = vm.getattr_opt(v, vm.names.__qualname__.value())?;
    let module = vm.getattr_opt(v, vm.names.__module__.value())?;
    if let (Some(q), Some(m)) = (qualname, module)
        && !m.is_none()
    {
        let m = vm.str_text(m.value())?;
        let q = vm.str_text(q.value())?;
        return Ok(if m == "builtins" {
            q
        } else {
            format!("{m}.{q}")
        });
    }
    vm.repr_text(v)
}

fn push_new(out: &mut Vec<Owned>, v: Value) {
    if !out.iter().any(|o| o.value().is(v)) {
        out.push(v.own());
    }
}

/// The type parameters in arguments, in order of appearance: a tuple.
pub fn make_parameters(vm: &Vm, args: Value) -> PyResult<Owned> {
    let mut out = Vec::new();
    collect(vm, args, &mut out)?;
    Ok(PyTuple::new(out))
}

fn collect(vm: &Vm, args: Value, out: &mut Vec<Owned>) -> PyResult<()> {
    vm.check_native_stack()?;
    let items: Vec<Owned> = match args.cast::<PyList>() {
        Some(l) => l.snapshot(),
        None => vm.tuple_items(args).iter().map(|v| v.own()).collect(),
    };
    for t in items {
        if t.isa::<TypeObject>() {
            continue;
        }
        if vm
            .getattr_opt(t.value(), vm.names.__typing_subst__.value())?
            .is_some()
        {
            push_new(out, t.value());
        } else if t.isa::<PyTuple>() || t.isa::<PyList>() {
            collect(vm, t.value(), out)?;
        } else if let Some(sub) = vm.getattr_opt(t.value(), vm.names.__parameters__.value())? {
            for p in vm.tuple_items(sub.value()) {
                push_new(out, *p);
            }
        }
    }
    Ok(())
}

/// The subscript as a list of arguments, with unpacked tuples spread out.
fn unpack_args(vm: &Vm, item: Value) -> PyResult<Vec<Owned>> {
    let items: Vec<Owned> = match item.cast::<PyTuple>() {
        Some(t) => t.as_slice().iter().map(|v| v.own()).collect(),
        None => vec![item.own()],
    };
    let mut out = Vec::new();
    for v in items {
        if !v.isa::<TypeObject>()
            && let Some(sub) =
                vm.getattr_opt(v.value(), intern("__typing_unpacked_tuple_args__").value())?
            && let Some(t) = sub.cast::<PyTuple>()
            && !t.as_slice().last().is_some_and(|l| l.is(Value::ELLIPSIS))
        {
            out.extend(t.as_slice().iter().map(|x| x.own()));
            continue;
        }
        out.push(v);
    }
    Ok(out)
}

fn index_of(vm: &Vm, params: Value, v: Value) -> Option<usize> {
    vm.tuple_items(params).iter().position(|p| p.is(v))
}

/// Replaces the parameters in `args` by what `item` gives for them; `generic` is shown in errors.
pub fn substitute(
    vm: &Vm,
    generic: Value,
    args: Value,
    params: Value,
    item: Value,
) -> PyResult<Vec<Owned>> {
    vm.check_native_stack()?;
    let nparams = vm.tuple_items(params).len();
    if nparams == 0 {
        let shown = vm.repr_text(generic)?;
        return Err(vm.type_error(format!("{shown} is not a generic class")));
    }
    let mut item = PyTuple::new(unpack_args(vm, item)?);
    for p in vm.tuple_items(params) {
        let prepare = vm.getattr_opt(*p, vm.names.__typing_prepare_subst__.value())?;
        if let Some(f) = prepare.filter(|f| !f.is_none()) {
            let r = vm.call(f.value(), &[generic, item.value()])?;
            item = if r.isa::<PyTuple>() {
                r
            } else {
                PyTuple::new(vec![r])
            };
        }
    }
    let given = vm.tuple_items(item.value());
    if given.len() != nparams {
        let shown = vm.repr_text(generic)?;
        let word = if given.len() > nparams { "many" } else { "few" };
        return Err(vm.type_error(format!(
            "Too {word} arguments for {shown}; actual {}, expected {nparams}",
            given.len()
        )));
    }
    let items: Vec<Owned> = match args.cast::<PyList>() {
        Some(l) => l.snapshot(),
        None => vm.tuple_items(args).iter().map(|v| v.own()).collect(),
    };
    let mut out = Vec::new();
    for arg in items {
        if arg.isa::<TypeObject>() {
            out.push(arg);
            continue;
        }
        if arg.isa::<PyTuple>() || arg.isa::<PyList>() {
            let inner = substitute(vm, generic, arg.value(), params, item.value())?;
            out.push(if arg.isa::<PyTuple>() {
                PyTuple::new(inner)
            } else {
                PyList::new(inner)
            });
            continue;
        }
        let spread = match vm.getattr_opt(
            arg.value(),
            vm.names.__typing_is_unpacked_typevartuple__.value(),
        )? {
            Some(x) => vm.truthy(x.value())?,
            None => false,
        };
        let subst = vm.getattr_opt(arg.value(), vm.names.__typing_subst__.value())?;
        let new = match subst {
            Some(f) => {
                let value = index_of(vm, params, arg.value()).and_then(|i| given.get(i).copied());
                match value {
                    Some(x) => vm.call(f.value(), &[x])?,
                    None => arg.clone(),
                }
            }
            None => substitute_inside(vm, arg.value(), params, given)?,
        };
        if !spread {
            out.push(new);
            continue;
        }
        let Some(t) = new.cast::<PyTuple>() else {
            return Err(vm.type_error(format!(
                "expected __typing_subst__ of {} objects to return a tuple, not {}",
                arg.class().name_str(),
                new.class().name_str()
            )));
        };
        out.extend(t.as_slice().iter().map(|x| x.own()));
    }
    Ok(out)
}

/// An argument that is itself generic gets its own parameters replaced.
fn substitute_inside(vm: &Vm, obj: Value, params: Value, given: &[Value]) -> PyResult<Owned> {
    let Some(sub) = vm.getattr_opt(obj, vm.names.__parameters__.value())? else {
        return Ok(obj.own());
    };
    let Some(t) = sub.cast::<PyTuple>().filter(|t| !t.is_empty()) else {
        return Ok(obj.own());
    };
    let mut args = Vec::new();
    for p in t.as_slice() {
        match index_of(vm, params, *p).and_then(|i| given.get(i).copied()) {
            Some(a) => {
                if p.class().slots.iter.get().is_some()
                    && let Some(several) = a.cast::<PyTuple>()
                {
                    args.extend(several.as_slice().iter().map(|x| x.own()));
                    continue;
                }
                args.push(a.own());
            }
            None => args.push(p.own()),
        }
    }
    vm.getitem(obj, PyTuple::new(args).value())
}
