//! Names: locals, cells, globals, builtins, the locals mapping.

use crate::ops::Act;
use crate::types::{PyCell, PyDict, PyTuple, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Raised};
use pyjit_isa::code::local_kind;

fn unbound_local(a: &Act<'_>, slot: i16) -> Raised {
    let name = a
        .code()
        .local_names
        .get(slot as usize)
        .map_or(Value::NONE, |n| n.value());
    a.vm.name_error(
        a.vm.exc.UnboundLocalError,
        format!(
            "cannot access local variable '{}' where it is not associated with a value",
            text_of(name)
        ),
        name,
    )
}
pub fn check_local(a: &Act<'_>) -> PyResult<()> {
    if a.get(a.a()).is_null() {
        Err(unbound_local(a, a.a()))
    } else {
        Ok(())
    }
}
pub fn delete_local(a: &Act<'_>) -> PyResult<()> {
    check_local(a)?;
    a.put(a.a(), Owned::NULL);
    Ok(())
}
fn undefined(a: &Act<'_>, name: Value) -> Raised {
    a.vm.name_error(
        a.vm.exc.NameError,
        format!("name '{}' is not defined", text_of(name)),
        name,
    )
}
/// The value of a global or builtin name.
fn global_or_builtin(a: &Act<'_>, name: Value) -> PyResult<Owned> {
    let f = a.function();
    let g = f.globals.value();
    if let Some(d) = g.cast_exact::<PyDict>() {
        if let Some(v) = d.get_str(name) {
            return Ok(v.own());
        }
    } else if let Some(v) = mapping_get(a, g, name)? {
        return Ok(v);
    }
    let b = f.builtins.own();
    if let Some(d) = b.cast_exact::<PyDict>() {
        return d
            .get_str(name)
            .map(|v| v.own())
            .ok_or_else(|| undefined(a, name));
    }
    mapping_get(a, b.value(), name)?.ok_or_else(|| undefined(a, name))
}
/// A lookup in any mapping; KeyError is absence.
fn mapping_get(a: &Act<'_>, m: Value, name: Value) -> PyResult<Option<Owned>> {
    if let Some(d) = m.cast_exact::<PyDict>() {
        return d.get(a.vm, name);
    }
    match a.vm.getitem(m, name) {
        Ok(v) => Ok(Some(v)),
        Err(e) if e.is_instance(a.vm.exc.KeyError) => Ok(None),
        Err(e) => Err(e),
    }
}
pub fn load_global(a: &Act<'_>) -> PyResult<()> {
    let cache = a.cache_bc();
    let name = cache.name();
    let f = a.function();
    if let (Some(g), Some(b)) = (
        f.globals.value().cast_exact::<PyDict>(),
        f.builtins.value().cast_exact::<PyDict>(),
    ) {
        // The cache holds places in the two dictionaries, where the value stands, good while their key sets have these ids.
        if let Some(place) = g.place_of_str(name) {
            cache.id.set(g.keys_id());
            cache.id2.set(0);
            cache.value.set(g.value_address(place) as u64);
        } else if let Some(place) = b.place_of_str(name) {
            cache.id.set(g.keys_id());
            cache.id2.set(b.keys_id());
            cache.value.set(b.value_address(place) as u64);
        }
    }
    let v = global_or_builtin(a, name)?;
    a.put(a.a(), v);
    Ok(())
}
pub fn store_global(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.a());
    let (g, name) = (a.function().globals.own(), a.cache_bc().name());
    match g.cast_exact::<PyDict>() {
        Some(d) => d.set_str(name, v),
        None => a.vm.setitem(g.value(), name, v.value())?,
    }
    Ok(())
}
pub fn delete_global(a: &Act<'_>) -> PyResult<()> {
    let (g, name) = (a.function().globals.own(), a.cache_bc().name());
    match g.cast::<PyDict>().and_then(|d| d.remove_str(name)) {
        Some(_) => Ok(()),
        None => Err(undefined(a, name)),
    }
}
pub fn load_name(a: &Act<'_>) -> PyResult<()> {
    let name = a.cache_bc().name();
    let m = a.locals()?.own();
    let v = match mapping_get(a, m.value(), name)? {
        Some(v) => v,
        None => global_or_builtin(a, name)?,
    };
    a.put(a.a(), v);
    Ok(())
}
pub fn store_name(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.a());
    let m = a.locals()?.own();
    let name = a.cache_bc().name();
    match m.cast_exact::<PyDict>() {
        Some(d) if d.has_only_str_keys() => d.set_str(name, v),
        _ => a.vm.setitem(m.value(), name, v.value())?,
    }
    Ok(())
}
pub fn delete_name(a: &Act<'_>) -> PyResult<()> {
    let m = a.locals()?.own();
    let name = a.cache_bc().name();
    match a.vm.delitem(m.value(), name) {
        Err(e) if e.is_instance(a.vm.exc.KeyError) => Err(undefined(a, name)),
        other => other,
    }
}
pub fn load_locals(a: &Act<'_>) -> PyResult<()> {
    let m = a.locals()?.own();
    a.put(a.a(), m);
    Ok(())
}
pub fn load_from_dict_or_globals(a: &Act<'_>) -> PyResult<()> {
    let m = a.take(a.b());
    let name = a.cache(a.c()).name();
    let v = match mapping_get(a, m.value(), name)? {
        Some(v) => v,
        None => global_or_builtin(a, name)?,
    };
    a.put(a.a(), v);
    Ok(())
}
fn unbound_cell(a: &Act<'_>, slot: i16) -> Raised {
    let code = a.code();
    let name = code
        .local_names
        .get(slot as usize)
        .map_or(Value::NONE, |n| n.value());
    let free = code
        .data
        .local_kinds
        .get(slot as usize)
        .is_some_and(|k| k & local_kind::FREE != 0);
    if free {
        let msg = format!(
            "cannot access free variable '{}' where it is not associated with a value in enclosing scope",
            text_of(name)
        );
        return a.vm.name_error(a.vm.exc.NameError, msg, name);
    }
    unbound_local(a, slot)
}
pub fn load_from_dict_or_deref(a: &Act<'_>) -> PyResult<()> {
    let m = a.take(a.b());
    let name = a
        .code()
        .local_names
        .get(a.c() as usize)
        .map_or(Value::NONE, |n| n.value());
    let v = match mapping_get(a, m.value(), name)? {
        Some(v) => v,
        None => match a.get(a.c()).cast::<PyCell>().map(|c| c.content.own()) {
            Some(v) if !v.is_null() => v,
            _ => return Err(unbound_cell(a, a.c())),
        },
    };
    a.put(a.a(), v);
    Ok(())
}
pub fn make_cell(a: &Act<'_>) -> PyResult<()> {
    let content = a.take_temp(a.a());
    a.put(a.a(), PyCell::new(content));
    Ok(())
}
pub fn copy_free_vars(a: &Act<'_>) -> PyResult<()> {
    let closure = a.function().closure.own();
    let items = closure.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
    for i in 0..a.b() {
        let Some(c) = items.get(i as usize) else {
            return Err(a.vm.system_error("closure is too short"));
        };
        a.put(a.a() + i, c.own());
    }
    Ok(())
}
pub fn load_deref(a: &Act<'_>) -> PyResult<()> {
    match a.get(a.b()).cast::<PyCell>().map(|c| c.content.own()) {
        Some(v) if !v.is_null() => {
            a.put(a.a(), v);
            Ok(())
        }
        _ => Err(unbound_cell(a, a.b())),
    }
}
pub fn store_deref(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    if let Some(c) = a.get(a.a()).cast::<PyCell>() {
        c.content.set(v);
    }
    Ok(())
}
pub fn delete_deref(a: &Act<'_>) -> PyResult<()> {
    match a.get(a.a()).cast::<PyCell>() {
        Some(c) if !c.content.value().is_null() => {
            c.content.set(Owned::NULL);
            Ok(())
        }
        _ => Err(unbound_cell(a, a.a())),
    }
}
pub fn load_build_class(a: &Act<'_>) -> PyResult<()> {
    let b = a.function().builtins.own();
    let name = a.vm.names.__build_class__.value();
    match mapping_get(a, b.value(), name)? {
        Some(v) => {
            a.put(a.a(), v);
            Ok(())
        }
        None => Err(a
            .vm
            .name_error(a.vm.exc.NameError, "__build_class__ not found".into(), name)),
    }
}
pub fn load_common_constant(a: &Act<'_>) -> PyResult<()> {
    use crate::object::Payload;
    let vm = a.vm;
    let builtin = |n: &str| {
        vm.builtins
            .value()
            .cast::<PyDict>()
            .and_then(|d| d.get_name(n))
            .unwrap_or(Owned::NONE)
    };
    let v = match a.b() {
        0 => vm.exc.AssertionError.as_owned(),
        1 => vm.exc.NotImplementedError.as_owned(),
        2 => PyTuple::class().as_owned(),
        3 => builtin("all"),
        _ => builtin("any"),
    };
    a.put(a.a(), v);
    Ok(())
}
pub fn setup_annotations(a: &Act<'_>) -> PyResult<()> {
    let m = a.locals()?.own();
    let name = a.vm.names.__annotations__.value();
    if mapping_get(a, m.value(), name)?.is_none() {
        a.vm.setitem(m.value(), name, PyDict::new().value())?;
    }
    Ok(())
}
pub fn import_name(a: &Act<'_>) -> PyResult<()> {
    let level = a.take_temp(a.b());
    let from = a.take_temp(a.b() + 1);
    let name = a.cache(a.c()).name();
    let vm = a.vm;
    let b = a.function().builtins.own();
    let Some(import) = mapping_get(a, b.value(), vm.names.__import__.value())? else {
        return Err(vm.error(vm.exc.ImportError, "__import__ not found"));
    };
    let globals = a.function().globals.own();
    let locals = a.activation().locals_mapping().unwrap_or(Value::NONE).own();
    let m = vm.call(
        import.value(),
        &[
            name,
            globals.value(),
            locals.value(),
            from.value(),
            level.value(),
        ],
    )?;
    a.put(a.a(), m);
    Ok(())
}
pub fn import_from(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let module = a.own(a.b());
    let name = a.cache(a.c()).name();
    if let Some(v) = vm.getattr_opt(module.value(), name)? {
        a.put(a.a(), v);
        return Ok(());
    }
    // A submodule that a circular import has only put into sys.modules so far.
    let mod_name = vm.attr_text(module.value(), "__name__");
    if let Some(n) = &mod_name {
        let full = format!("{n}.{}", text_of(name));
        if let Some(v) = vm
            .modules
            .value()
            .cast::<PyDict>()
            .and_then(|d| d.get_str(crate::types::PyStr::from_str(&full).value()))
        {
            a.put(a.a(), v.own());
            return Ok(());
        }
    }
    Err(vm.import_from_error(module.value(), mod_name, name)?)
}
