//! `module`.

use pyjit_core::call::{Callee, bind};
use pyjit_core::object::{PyGetSet, generic_getattr_opt};
use pyjit_core::prelude::*;

/// Defines the class and its methods; called before exceptions exist.
pub fn define(vm: &Vm) {
    let class = define_class::<PyModule>(
        vm,
        ClassSpec {
            dict: true,
            weakrefs: true,
            doc: Some(
                "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.",
            ),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    Ok(PyModule::new_in(class, PyDict::new()))
                }));
                s.init.set(Some(init));
                s.repr.set(Some(repr));
                s.getattr.set(Some(getattr));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("module")
        },
    );
    // A module keeps its dictionary: unlike other objects' it cannot be replaced.
    class
        .dict()
        .set_str(vm.names.__dict__.value(), PyGetSet::new(class, &DICT));
}

static DICT: GetSetDef = GetSetDef::write(
    "__dict__",
    |_, v| Ok(dict_of(v)),
    |vm, _, _| Err(vm.error(vm.exc.AttributeError, "readonly attribute")),
);

static METHODS: &[MethodDef] = &[MethodDef::new(
    "__dir__",
    "(self, /)",
    dir,
    "__dir__() -> list\nspecialized dir() implementation",
)];

static GETSET: &[GetSetDef] = &[
    GetSetDef::write("__annotations__", annotations, set_annotations),
    GetSetDef::write("__annotate__", annotate, set_annotate),
];

fn dict_of(v: Value) -> Owned {
    v.cast::<PyModule>()
        .map_or_else(PyDict::new, |m| m.dict().as_owned())
}

fn entry(v: Value, name: Value) -> Option<Owned> {
    v.cast::<PyModule>()
        .and_then(|m| m.dict().get_str(name))
        .map(|x| x.own())
}

static SIG: Sig = Sig::parse("(name, doc=None)");

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "module",
        qualified: &|| "module".to_string(),
        bound: false,
    };
    bind(vm, &SIG, who, args, |a| {
        if !a[0].isa::<PyStr>() {
            return Err(vm.type_error(format!(
                "module() argument 'name' must be str, not {}",
                a[0].class().name_str()
            )));
        }
        let Some(m) = v.cast::<PyModule>() else {
            return Ok(());
        };
        let (d, n) = (m.dict(), &vm.names);
        d.set_str(n.__name__.value(), a[0].own());
        let doc = a[1].non_null().unwrap_or(Value::NONE);
        d.set_str(n.__doc__.value(), doc.own());
        for k in [&n.__package__, &n.__loader__, &n.__spec__] {
            d.set_str(k.value(), Owned::NONE);
        }
        Ok(())
    })
}

fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if let Some(x) = generic_getattr_opt(vm, v, name)? {
        return Ok(x);
    }
    if let Some(f) = entry(v, vm.names.__getattr__.value()) {
        return vm.call(f.value(), &[name]);
    }
    Err(missing(vm, v, name)?)
}

/// The error for an attribute that a module lacks, with the likely reason if an import is under way.
fn missing(vm: &Vm, v: Value, name: Value) -> PyResult<Raised> {
    let shown = text_of(name);
    let module = match entry(v, vm.names.__name__.value()) {
        Some(m) if m.isa::<PyStr>() => text_of(m.value()),
        _ => {
            return Ok(vm.attribute_error(v, name, format!("module has no attribute '{shown}'")));
        }
    };
    let plain = format!("module '{module}' has no attribute '{shown}'");
    let spec = entry(v, vm.names.__spec__.value()).filter(|s| !s.is_none());
    let Some(spec) = spec else {
        return Ok(vm.attribute_error(v, name, plain));
    };
    let initializing = match vm.getattr_opt_str(spec.value(), "_initializing")? {
        Some(x) => vm.truthy(x.value())?,
        None => false,
    };
    let origin = vm.origin_of(v)?.filter(|o| vm.possibly_shadowing(o));
    if let Some(o) = origin {
        if vm.is_library_name(v)? {
            return Ok(vm.attribute_error(v, name, format!(
                "{plain} (consider renaming '{o}' since it has the same name as the standard library module named '{module}' and prevents importing that standard library module)"
            )));
        }
        if initializing {
            return Ok(vm.attribute_error(v, name, format!(
                "{plain} (consider renaming '{o}' if it has the same name as a library you intended to import)"
            )));
        }
    }
    if initializing {
        let origin = vm
            .getattr_opt_str(spec.value(), "origin")?
            .filter(|o| o.isa::<PyStr>());
        let has_location = match vm.getattr_opt_str(spec.value(), "has_location")? {
            Some(x) => vm.truthy(x.value())?,
            None => false,
        };
        let text = match origin.filter(|_| has_location) {
            Some(o) => format!(
                "partially initialized module '{module}' from '{}' has no attribute '{shown}' (most likely due to a circular import)",
                text_of(o.value())
            ),
            None => format!(
                "partially initialized module '{module}' has no attribute '{shown}' (most likely due to a circular import)"
            ),
        };
        return Ok(vm.attribute_error(v, name, text));
    }
    if let Some(list) = vm.getattr_opt_str(spec.value(), "_uninitialized_submodules")?
        && vm.contains(list.value(), name).unwrap_or(false)
    {
        let text = format!(
            "cannot access submodule '{shown}' of module '{module}' (most likely due to a circular import)"
        );
        return Ok(vm.attribute_error(v, name, text));
    }
    Ok(vm.attribute_error(v, name, plain))
}

/// What `importlib` shows for a module, from its spec if it has one.
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let get = |name: &str| -> PyResult<Option<Owned>> {
        Ok(vm.getattr_opt_str(v, name)?.filter(|x| !x.is_none()))
    };
    if let Some(spec) = get("__spec__")? {
        return repr_from_spec(vm, spec.value());
    }
    let name = match get("__name__")? {
        Some(n) => vm.repr_text(n.value())?,
        None => "'?'".to_string(),
    };
    let text = if let Some(f) = vm.getattr_opt(v, vm.names.__file__.value())? {
        format!("<module {name} from {}>", vm.repr_text(f.value())?)
    } else if let Some(l) = get("__loader__")? {
        format!("<module {name} ({})>", vm.repr_text(l.value())?)
    } else {
        format!("<module {name}>")
    };
    Ok(PyStr::from_str(&text))
}

fn repr_from_spec(vm: &Vm, spec: Value) -> PyResult<Owned> {
    let get = |name: &str| -> PyResult<Option<Owned>> {
        Ok(vm.getattr_opt_str(spec, name)?.filter(|x| !x.is_none()))
    };
    let name = match get("name")? {
        Some(n) => vm.repr_text(n.value())?,
        None => "'?'".to_string(),
    };
    let text = match get("origin")? {
        None => match get("loader")? {
            None => format!("<module {name}>"),
            Some(l) if l.class().name_str() == "NamespaceLoader" => {
                format!(
                    "<module {name} (namespace) from {}>",
                    namespace_path(vm, l.value())?
                )
            }
            Some(l) => format!("<module {name} ({})>", vm.repr_text(l.value())?),
        },
        Some(o) => {
            let located = match get("has_location")? {
                Some(x) => vm.truthy(x.value())?,
                None => false,
            };
            if located {
                format!("<module {name} from {}>", vm.repr_text(o.value())?)
            } else {
                format!("<module {name} ({})>", vm.str_text(o.value())?)
            }
        }
    };
    Ok(PyStr::from_str(&text))
}

fn namespace_path(vm: &Vm, loader: Value) -> PyResult<String> {
    match vm.getattr_opt_str(loader, "_path")? {
        Some(p) => {
            let items = vm.list_from(p.value())?;
            vm.repr_text(items.value())
        }
        None => Ok("[]".to_string()),
    }
}

fn dir(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let d = vm.getattr(a[0], vm.names.__dict__.value())?;
    let Some(d) = d.cast::<PyDict>() else {
        return Err(vm.type_error("<module>.__dict__ is not a dictionary"));
    };
    if let Some(f) = d.get_str(vm.names.__dir__.value()).map(|f| f.own()) {
        return vm.call(f.value(), &[]);
    }
    Ok(PyList::new(d.keys()))
}

fn annotations(vm: &Vm, v: Value) -> PyResult<Owned> {
    if let Some(x) = entry(v, vm.names.__annotations__.value()) {
        return Ok(x);
    }
    let f = entry(v, vm.names.__annotate__.value()).unwrap_or(Owned::NONE);
    let d = crate::class::call_annotate(vm, f.value())?;
    // While the module is being run more annotations may come: nothing is remembered yet.
    let running = match entry(v, vm.names.__spec__.value()) {
        Some(s) if !s.is_none() => match vm.getattr_opt_str(s.value(), "_initializing")? {
            Some(x) => vm.truthy(x.value())?,
            None => false,
        },
        _ => false,
    };
    if !running && let Some(m) = v.cast::<PyModule>() {
        m.dict()
            .set_str(vm.names.__annotations__.value(), d.clone());
    }
    Ok(d)
}

fn set_annotations(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    let Some(m) = v.cast::<PyModule>() else {
        return Ok(());
    };
    let name = vm.names.__annotations__.value();
    if new.is_null() {
        if m.dict().remove_str(name).is_none() {
            return Err(vm.attribute_error(v, name, "__annotations__".to_string()));
        }
    } else {
        m.dict().set_str(name, new.own());
    }
    m.dict().remove_str(vm.names.__annotate__.value());
    Ok(())
}

fn annotate(vm: &Vm, v: Value) -> PyResult<Owned> {
    let name = vm.names.__annotate__.value();
    match entry(v, name) {
        Some(x) => Ok(x),
        None => {
            if let Some(m) = v.cast::<PyModule>() {
                m.dict().set_str(name, Owned::NONE);
            }
            Ok(Owned::NONE)
        }
    }
}

fn set_annotate(vm: &Vm, v: Value, new: Value) -> PyResult<()> {
    if new.is_null() {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    }
    if !new.is_none() && !vm.is_callable(new) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    if let Some(m) = v.cast::<PyModule>() {
        m.dict().set_str(vm.names.__annotate__.value(), new.own());
        if !new.is_none() {
            m.dict().remove_str(vm.names.__annotations__.value());
        }
    }
    Ok(())
}
