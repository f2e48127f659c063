//! `_warnings`: the filters and the decision about a warning. Called by natives through `Vm::warn`, and by `warnings.py`,
//! which shows what passes.

use crate::NativeModule;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};

pub static MODULE: NativeModule = NativeModule::new("_warnings", FUNCTIONS)
    .doc("_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.")
    .init(init);

static FUNCTIONS: &[MethodDef] = &[
    M::function(
        "warn",
        "(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
        warn,
        "Issue a warning, or maybe ignore it or raise an exception.",
    ),
    M::function(
        "warn_explicit",
        "(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)",
        warn_explicit,
        "Issue a warning, or maybe ignore it or raise an exception.",
    ),
    M::function(
        "_filters_mutated_lock_held",
        "()",
        |_, _| {
            VERSION.fetch_add(1, Ordering::Relaxed);
            Ok(Owned::NONE)
        },
        "",
    ),
    M::function(
        "_acquire_lock",
        "()",
        |_, _| {
            HELD.fetch_add(1, Ordering::Relaxed);
            Ok(Owned::NONE)
        },
        "",
    ),
    M::function(
        "_release_lock",
        "()",
        |vm, _| {
            if HELD.load(Ordering::Relaxed) <= 0 {
                return Err(vm.runtime_error("cannot release un-acquired lock"));
            }
            HELD.fetch_sub(1, Ordering::Relaxed);
            Ok(Owned::NONE)
        },
        "",
    ),
];

/// Counts the changes of the filters; registries of older versions are void.
static VERSION: AtomicI64 = AtomicI64::new(1);
/// Nesting of the lock that `warnings.py` takes. Decisions run no Python code that could interleave with another thread's
/// change of the filters in a harmful way, so counting is enough to catch wrong releases.
static HELD: AtomicI64 = AtomicI64::new(0);

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    let e = &vm.exc;
    let ignored = [
        e.DeprecationWarning,
        e.PendingDeprecationWarning,
        e.ImportWarning,
        e.ResourceWarning,
    ];
    let filter = |action: &str, class: &'static TypeObject, module: Owned| {
        PyTuple::new(vec![
            intern(action),
            Owned::NONE,
            class.as_owned(),
            module,
            new_int(0),
        ])
    };
    let mut filters = vec![filter("default", e.DeprecationWarning, intern("__main__"))];
    filters.extend(ignored.map(|c| filter("ignore", c, Owned::NONE)));
    let d = module.dict();
    d.set_name("filters", PyList::new(filters));
    d.set_name("_onceregistry", PyDict::new());
    d.set_name("_defaultaction", intern("default"));
    let context = vm
        .import_attr("_contextvars", "ContextVar")
        .and_then(|c| vm.call(c.value(), &[intern("warnings_context").value()]));
    d.set_name("_warnings_context", context.unwrap_or(Owned::NONE));
    vm.module_state
        .get_mut()
        .insert("_warnings", d.as_owned());
    Ok(())
}

/// An attribute of `warnings`, if that has been imported (or can be, for `try_import`).
fn warnings_attr(vm: &Vm, name: &str, try_import: bool) -> PyResult<Option<Owned>> {
    let modules = vm.modules.own();
    let found = modules
        .cast::<PyDict>()
        .and_then(|d| d.get_name("warnings"));
    let module = match found {
        Some(m) => m,
        None if try_import => match vm.import("warnings") {
            Ok(m) => m,
            Err(e) if e.is_instance(vm.exc.ImportError) => return Ok(None),
            Err(e) => return Err(e),
        },
        None => return Ok(None),
    };
    vm.getattr_opt_str(module.value(), name)
}
/// The same, or else what this module holds under `own`.
fn setting(vm: &Vm, name: &str, own: &str) -> PyResult<Owned> {
    if let Some(v) = warnings_attr(vm, name, false)? {
        return Ok(v);
    }
    let state = vm.module_state.get().get("_warnings").cloned();
    let v = state.and_then(|s| s.cast::<PyDict>().and_then(|d| d.get_name(own)));
    Ok(v.unwrap_or(Owned::NONE))
}

fn category_of(vm: &Vm, message: Value, category: Value) -> PyResult<Owned> {
    if message.class().is_subclass(vm.exc.Warning) {
        return Ok(message.class().as_owned());
    }
    let Some(c) = category.given() else {
        return Ok(vm.exc.UserWarning.as_owned());
    };
    match c.cast::<TypeObject>() {
        Some(t) if t.is_subclass(vm.exc.Warning) => Ok(c.own()),
        _ => Err(vm.type_error(format!(
            "category must be a Warning subclass, not '{}'",
            c.class().name_str()
        ))),
    }
}

/// Where a warning is said to come from.
struct Place {
    globals: Owned,
    filename: Owned,
    line: i64,
}

fn is_internal(filename: &str) -> bool {
    filename.contains("importlib") && filename.contains("_bootstrap")
}

fn place_of(vm: &Vm, level: i64, skip: &[String]) -> Place {
    let mut frames = vm.activations();
    let mut level = level;
    let filename = |a: &pyjit_core::frame::Activation| text_of(a.code().filename.value());
    let first = frames.next();
    let internal = first.as_ref().is_some_and(|a| is_internal(&filename(a)));
    let plain = level <= 0 || internal;
    let mut at = first;
    while level > 1 && at.is_some() {
        level -= 1;
        at = frames.next();
        if !plain {
            while let Some(a) = &at {
                let f = filename(a);
                if !is_internal(&f) && !skip.iter().any(|s| f.starts_with(s.as_str())) {
                    break;
                }
                at = frames.next();
            }
        }
    }
    match at {
        Some(a) => Place {
            globals: a.function().globals.own(),
            filename: a.code().filename.own(),
            line: a.line().map_or(0, i64::from),
        },
        None => Place {
            globals: vm.sys.own(),
            filename: intern("<sys>"),
            line: 0,
        },
    }
}

fn warn(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut level = match a[2].non_null() {
        Some(l) => vm.to_i64(l)?,
        None => 1,
    };
    let category = category_of(vm, a[0], a[1])?;
    let mut skip = Vec::new();
    if let Some(prefixes) = a[4].non_null() {
        let Some(t) = prefixes.cast::<PyTuple>() else {
            return Err(vm.type_error(format!(
                "warn() argument 'skip_file_prefixes' must be tuple, not {}",
                prefixes.class().name_str()
            )));
        };
        for p in t.as_slice() {
            if !p.isa::<PyStr>() {
                return Err(vm.type_error(format!(
                    "Found non-str '{}' in skip_file_prefixes.",
                    p.class().name_str()
                )));
            }
            skip.push(text_of(*p));
        }
        if !skip.is_empty() {
            level = level.max(2);
        }
    }
    let p = place_of(vm, level, &skip);
    let Some(globals) = p.globals.cast::<PyDict>() else {
        return Ok(Owned::NONE);
    };
    let registry = match globals.get_name("__warningregistry__") {
        Some(r) => r,
        None => {
            let r = PyDict::new();
            globals.set_name("__warningregistry__", r.clone());
            r
        }
    };
    let module = match globals.get_str(vm.names.__name__.value()) {
        Some(m) if m.is_none() || m.isa::<PyStr>() => m.own(),
        _ => PyStr::from_str("<string>"),
    };
    decide(
        vm,
        Warned {
            category,
            message: a[0].own(),
            filename: p.filename,
            line: p.line,
            module,
            registry,
            source: a[3].given().map_or(Owned::NULL, |s| s.own()),
        },
    )
}

fn warn_explicit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(g) = a[6].given()
        && !g.isa::<PyDict>()
    {
        return Err(vm.type_error(format!(
            "module_globals must be a dict, not '{}'",
            g.class().name_str()
        )));
    }
    if !a[2].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "warn_explicit() argument 'filename' must be str, not {}",
            a[2].class().name_str()
        )));
    }
    let line = vm.to_i64(a[3])?;
    if let Some(globals) = a[6].given() {
        prepare_source(vm, globals, a[2])?;
    }
    let category = category_of(vm, a[0], a[1])?;
    let module = match a[4].non_null() {
        Some(m) => m.own(),
        None => PyStr::from_str(&module_name(&text_of(a[2]))),
    };
    decide(
        vm,
        Warned {
            category,
            message: a[0].own(),
            filename: a[2].own(),
            line,
            module,
            registry: a[5].non_null().unwrap_or(Value::NONE).own(),
            source: a[7].given().map_or(Owned::NULL, |s| s.own()),
        },
    )
}

/// Asks the loader of the warned module for its source, so that its line can be shown.
fn prepare_source(vm: &Vm, globals: Value, filename: Value) -> PyResult<()> {
    let bless = vm.import_attr("_frozen_importlib_external", "_bless_my_loader")?;
    let loader = vm.call(bless.value(), &[globals])?;
    if loader.is_none() {
        return Ok(());
    }
    let cache = vm.import_attr("linecache", "getlines")?;
    // A source that cannot be had is no reason not to warn.
    if let Err(e) = vm.call(cache.value(), &[filename, globals])
        && !e.is_instance(vm.exc.Exception)
    {
        return Err(e);
    }
    Ok(())
}

/// The module name that a file name suggests.
fn module_name(filename: &str) -> String {
    if filename.is_empty() {
        return "<unknown>".to_string();
    }
    filename
        .strip_suffix(".py")
        .unwrap_or(filename)
        .to_string()
}

/// A warning and its circumstances.
struct Warned {
    category: Owned,
    message: Owned,
    filename: Owned,
    line: i64,
    module: Owned,
    registry: Owned,
    source: Owned,
}

/// Whether a registry has an entry already; registries of another version of the filters are emptied. `set` makes the entry.
fn warned_before(vm: &Vm, registry: &PyDict, key: Value, set: bool) -> PyResult<bool> {
    let version = VERSION.load(Ordering::Relaxed);
    let stored = registry.get_name("version").and_then(|v| v.as_i64());
    if stored != Some(version) {
        registry.clear();
        registry.set_name("version", new_int(version));
    } else if let Some(v) = registry.get(vm, key)?
        && vm.truthy(v.value())?
    {
        return Ok(true);
    }
    if set {
        registry.set(vm, key, Owned::bool(true))?;
    }
    Ok(false)
}

fn decide(vm: &Vm, w: Warned) -> PyResult<Owned> {
    if w.module.is_none() {
        // The interpreter is going down.
        return Ok(Owned::NONE);
    }
    if !w.registry.is_none() && !w.registry.isa::<PyDict>() {
        return Err(vm.type_error("'registry' must be a dict or None"));
    }
    let (text, message) = if w.message.class().is_subclass(vm.exc.Warning) {
        (vm.str(w.message.value())?, w.message.clone())
    } else {
        let m = vm.call(w.category.value(), &[w.message.value()])?;
        (w.message.clone(), m)
    };
    let line = new_int(w.line);
    let key = PyTuple::new(vec![text.clone(), w.category.clone(), line.clone()]);
    let registry = w.registry.cast::<PyDict>();
    if let Some(r) = registry
        && warned_before(vm, r, key.value(), false)?
    {
        return Ok(Owned::NONE);
    }
    let (action, item) = action_for(vm, &w, text.value())?;
    let short = |extra: Option<Owned>| {
        let mut parts = vec![text.clone(), w.category.clone()];
        parts.extend(extra);
        PyTuple::new(parts)
    };
    match text_of(action.value()).as_str() {
        "error" => return Err(vm.make_exception(message.value())?),
        "ignore" => return Ok(Owned::NONE),
        "always" | "all" => {}
        name => {
            if let Some(r) = registry {
                r.set(vm, key.value(), Owned::bool(true))?;
            }
            let told = match name {
                "once" => {
                    let once = setting(vm, "onceregistry", "_onceregistry")?;
                    match registry.or(once.cast::<PyDict>()) {
                        Some(r) => warned_before(vm, r, short(None).value(), true)?,
                        None => false,
                    }
                }
                "module" => match registry {
                    Some(r) => warned_before(vm, r, short(Some(new_int(0))).value(), true)?,
                    None => false,
                },
                "default" => false,
                _ => {
                    return Err(vm.runtime_error(format!(
                        "Unrecognized action ({}) in warnings.filters:\n {}",
                        vm.repr_text(action.value())?,
                        vm.repr_text(item.value())?
                    )));
                }
            };
            if told {
                return Ok(Owned::NONE);
            }
        }
    }
    show(vm, &w, text.value(), message, line)?;
    Ok(Owned::NONE)
}

/// The filters of the current context, if contexts are in use.
fn context_filters(vm: &Vm) -> PyResult<Option<Owned>> {
    let flags = vm.sys_get("flags");
    let used = match flags {
        Some(f) => vm.getattr_opt_str(f.value(), "context_aware_warnings")?,
        None => None,
    };
    let used = match used {
        Some(u) => vm.truthy(u.value())?,
        None => false,
    };
    if !used {
        return Ok(None);
    }
    let var = setting(vm, "_warnings_context", "_warnings_context")?;
    if var.is_none() {
        return Ok(None);
    }
    let context = vm.call_method_str(var.value(), "get", &[Value::NONE])?;
    if context.is_none() {
        return Ok(None);
    }
    vm.getattr_opt_str(context.value(), "_filters")
}

fn action_for(vm: &Vm, w: &Warned, text: Value) -> PyResult<(Owned, Owned)> {
    if let Some(f) = context_filters(vm)?
        && let Some(found) = search(vm, f.value(), w, text)?
    {
        return Ok(found);
    }
    let filters = setting(vm, "filters", "filters")?;
    if let Some(found) = search(vm, filters.value(), w, text)? {
        return Ok(found);
    }
    let action = setting(vm, "defaultaction", "_defaultaction")?;
    if !action.isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "_warnings.defaultaction must be a string, not '{}'",
            action.class().name_str()
        )));
    }
    Ok((action, Owned::NONE))
}

fn search(vm: &Vm, filters: Value, w: &Warned, text: Value) -> PyResult<Option<(Owned, Owned)>> {
    let Some(list) = filters.cast::<PyList>() else {
        return Err(vm.value_error("_warnings.filters must be a list"));
    };
    let mut i = 0;
    // The list may change while patterns are tried.
    while let Some(item) = list.get(i) {
        let parts = item.cast::<PyTuple>().map_or(&[][..], |t| t.as_slice());
        let [action, msg, category, module, line] = parts else {
            return Err(vm.value_error(format!("_warnings.filters item {i} isn't a 5-tuple")));
        };
        if !action.isa::<PyStr>() {
            return Err(vm.type_error(format!(
                "action must be a string, not '{}'",
                action.class().name_str()
            )));
        }
        if matches(vm, *msg, text)?
            && vm.issubclass(w.category.value(), *category)?
            && matches(vm, *module, w.module.value())?
        {
            let line = vm.to_i64(*line)?;
            if line == 0 || line == w.line {
                return Ok(Some((action.own(), item.clone())));
            }
        }
        i += 1;
    }
    Ok(None)
}

/// None matches everything, a string itself, a pattern what it matches.
fn matches(vm: &Vm, pattern: Value, text: Value) -> PyResult<bool> {
    if pattern.is_none() {
        return Ok(true);
    }
    if pattern.is_exact::<PyStr>() {
        return vm.eq(pattern, text);
    }
    let r = vm.call_method_str(pattern, "match", &[text])?;
    vm.truthy(r.value())
}

fn show(vm: &Vm, w: &Warned, text: Value, message: Owned, line: Owned) -> PyResult<()> {
    let with_source = !w.source.is_null();
    let Some(f) = warnings_attr(vm, "_showwarnmsg", with_source)? else {
        return show_plainly(vm, w, text);
    };
    if !vm.is_callable(f.value()) {
        return Err(vm.type_error("warnings._showwarnmsg() must be set to a callable"));
    }
    let Some(class) = warnings_attr(vm, "WarningMessage", false)? else {
        return Err(vm.runtime_error("unable to get warnings.WarningMessage"));
    };
    let source = w.source.value().non_null().unwrap_or(Value::NONE);
    let msg = vm.call(
        class.value(),
        &[
            message.value(),
            w.category.value(),
            w.filename.value(),
            line.value(),
            Value::NONE,
            Value::NONE,
            source,
        ],
    )?;
    vm.call(f.value(), &[msg.value()]).map(drop)
}

/// Before `warnings` has been imported: the usual form, straight to `sys.stderr`.
fn show_plainly(vm: &Vm, w: &Warned, text: Value) -> PyResult<()> {
    let category = w
        .category
        .cast::<TypeObject>()
        .map(|c| c.short_name())
        .unwrap_or_default();
    let filename = text_of(w.filename.value());
    let mut out = format!(
        "{filename}:{}: {category}: {}\n",
        w.line,
        vm.str_text(text)?
    );
    let source = std::fs::read_to_string(&filename).unwrap_or_default();
    if let Some(l) = usize::try_from(w.line - 1)
        .ok()
        .and_then(|n| source.lines().nth(n))
        && !l.trim().is_empty()
    {
        out.push_str(&format!("  {}\n", l.trim()));
    }
    match vm.sys_get("stderr") {
        Some(f) if !f.is_none() => {
            let s = PyStr::from_str(&out);
            vm.call_method(f.value(), vm.names.write.value(), &[s.value()])
                .map(drop)
        }
        Some(_) => Ok(()),
        None => {
            // Nothing can be done about a closed standard error.
            let _ = std::io::stderr().write_all(out.as_bytes());
            Ok(())
        }
    }
}
