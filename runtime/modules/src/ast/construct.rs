//! Making nodes by hand: `AST.__init__`, `__replace__` and pickling.

use super::classes::{PyAst, nodes};
use pyjit_core::prelude::*;
use pyjit_types::generic_alias::PyGenericAlias;
use pyjit_types::union::PyUnion;

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("__reduce__", "(self, /)", reduce, ""),
    MethodDef::new(
        "__replace__",
        "(self, /, *args, **fields)",
        replace,
        "Return a copy of the AST node with new values for the specified fields.",
    ),
];

/// A class' name as the warnings show it.
fn shown_name(class: &TypeObject) -> String {
    if class.same(PyAst::class()) {
        "ast.AST".to_string()
    } else {
        class.short_name()
    }
}

/// A sequence of names that a class has as an attribute; empty if there is none.
pub(super) fn names_of(vm: &Vm, class: &TypeObject, attr: &str) -> PyResult<Vec<Owned>> {
    match vm.getattr_opt_str(class.as_value(), attr)? {
        Some(f) => vm.iterate_to_vec(f.value()),
        None => Ok(vec![]),
    }
}
fn contains(vm: &Vm, names: &[Owned], name: Value) -> PyResult<bool> {
    for n in names {
        if vm.eq(n.value(), name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn init(vm: &Vm, node: Value, args: Args<'_>) -> PyResult<()> {
    let class = node.class();
    let fields = names_of(vm, class, "_fields")?;
    let given = args.pos();
    if given.len() > fields.len() {
        let s = if fields.len() == 1 { "" } else { "s" };
        return Err(vm.type_error(format!(
            "{} constructor takes at most {} positional argument{s}",
            class.short_name(),
            fields.len()
        )));
    }
    for (name, v) in fields.iter().zip(given) {
        vm.setattr(node, name.value(), *v)?;
    }
    let mut missing: Vec<Owned> = fields[given.len()..].to_vec();
    for (key, v) in args.keywords() {
        if contains(vm, &fields, key)? {
            let before = missing.len();
            let mut keep = Vec::new();
            for m in missing {
                if !vm.eq(m.value(), key)? {
                    keep.push(m);
                }
            }
            missing = keep;
            if missing.len() == before {
                return Err(vm.type_error(format!(
                    "{} got multiple values for argument {}",
                    class.short_name(),
                    vm.repr_text(key)?
                )));
            }
        } else if !contains(vm, &names_of(vm, class, "_attributes")?, key)? {
            let msg = format!(
                "{}.__init__ got an unexpected keyword argument {}. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.",
                shown_name(class),
                vm.repr_text(key)?
            );
            vm.warn(vm.exc.DeprecationWarning, &msg, 1)?;
        }
        vm.setattr(node, key, v)?;
    }
    if missing.is_empty() {
        return Ok(());
    }
    defaults(vm, node, class, &missing)
}

/// Gives fields that were left out what their types say.
fn defaults(vm: &Vm, node: Value, class: &TypeObject, missing: &[Owned]) -> PyResult<()> {
    let Some(types) = vm.getattr_opt_str(class.as_value(), "_field_types")? else {
        return Ok(());
    };
    for name in missing {
        let found = match types.cast::<PyDict>() {
            Some(d) => d.get(vm, name.value())?,
            None => None,
        };
        let Some(t) = found else {
            let msg = format!(
                "Field {} is missing from {}._field_types. This will become an error in Python 3.15.",
                vm.repr_text(name.value())?,
                shown_name(class)
            );
            vm.warn(vm.exc.DeprecationWarning, &msg, 1)?;
            continue;
        };
        if t.is_exact::<PyUnion>() {
            continue;
        }
        if t.is_exact::<PyGenericAlias>() {
            vm.setattr(node, name.value(), PyList::new(vec![]).value())?;
            continue;
        }
        if t.cast::<TypeObject>()
            .is_some_and(|c| c.short_name() == "expr_context" && !c.same(class))
        {
            let load = pyjit_compile::astdump::schema::Kind::Load as usize;
            if let Some(load) = nodes(vm)?.shared.get(load) {
                vm.setattr(node, name.value(), load.value())?;
            }
            continue;
        }
        let msg = format!(
            "{}.__init__ missing 1 required positional argument: {}. This will become an error in Python 3.15.",
            shown_name(class),
            vm.repr_text(name.value())?
        );
        vm.warn(vm.exc.DeprecationWarning, &msg, 1)?;
    }
    Ok(())
}

fn own_dict(vm: &Vm, node: Value) -> PyResult<Owned> {
    let d = vm.getattr(node, vm.names.__dict__.value())?;
    Ok(d.cast::<PyDict>().map_or_else(PyDict::new, |d| d.copy()))
}

/// The class, one `None` for each leading field that is set, and the attributes.
fn reduce(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let dict = own_dict(vm, a[0])?;
    let mut holes = Vec::new();
    for f in names_of(vm, a[0].class(), "_fields")? {
        if !vm.contains(dict.value(), f.value())? {
            break;
        }
        holes.push(Owned::NONE);
    }
    Ok(PyTuple::new(vec![
        a[0].class().as_owned(),
        PyTuple::new(holes),
        dict,
    ]))
}

fn replace(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !vm.tuple_items(a[1]).is_empty() {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    }
    let class = a[0].class();
    let fields = names_of(vm, class, "_fields")?;
    let attributes = names_of(vm, class, "_attributes")?;
    let all = own_dict(vm, a[0])?;
    let changes = a[2].cast::<PyDict>().map_or(vec![], |d| d.items());
    for (k, v) in changes {
        if !contains(vm, &fields, k.value())? && !contains(vm, &attributes, k.value())? {
            return Err(vm.type_error(format!(
                "{}.__replace__ got an unexpected keyword argument {}.",
                class.short_name(),
                vm.repr_text(k.value())?
            )));
        }
        vm.setitem(all.value(), k.value(), v.value())?;
    }
    let mut missing = Vec::new();
    for f in &fields {
        let optional = vm
            .getattr_opt(class.as_value(), f.value())?
            .is_some_and(|v| v.is_none());
        if !optional && !vm.contains(all.value(), f.value())? {
            missing.push(vm.repr_text(f.value())?);
        }
    }
    if !missing.is_empty() {
        missing.sort();
        let s = if missing.len() == 1 { "" } else { "s" };
        return Err(vm.type_error(format!(
            "{}.__replace__ missing {} keyword argument{s}: {}.",
            class.short_name(),
            missing.len(),
            missing.join(", ")
        )));
    }
    vm.call_ex(class.as_value(), &[], all.cast::<PyDict>())
}
