//! Warnings, errors that nobody can catch, imports: calls into Python-level machinery.

use crate::mem::cycles::Outcome;
use crate::object::TypeObject;
use crate::types::{PyDict, PyList, PyStr, PyTuple, intern, new_int, new_usize, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Raised, Vm};

/// Where the directory of the script is kept, as long as it is the first place of `sys.path`.
pub const SCRIPT_DIR: &str = "directory of the script";

impl Vm {
    /// `warnings.warn(msg, category, stacklevel)` as the C API does it.
    pub fn warn(&self, category: &'static TypeObject, msg: &str, stacklevel: i64) -> PyResult<()> {
        let Some(m) = self
            .modules
            .value()
            .cast::<PyDict>()
            .and_then(|d| d.get_name("_warnings"))
        else {
            return Ok(());
        };
        let f = self.getattr_str(m.value(), "warn")?;
        let text = PyStr::from_str(msg);
        self.call(
            f.value(),
            &[
                text.value(),
                crate::object::Payload::as_value(category),
                new_int(stacklevel).value(),
            ],
        )
        .map(drop)
    }
    /// Reports an exception that cannot be raised, through `sys.unraisablehook`.
    pub fn write_unraisable(&self, e: Raised, msg: &str, object: Option<Value>) {
        let report = || -> PyResult<()> {
            let hook = self.sys_get("unraisablehook");
            let Some(hook) = hook else {
                eprintln!("{msg}: {}", self.repr_text(e.value())?);
                return Ok(());
            };
            let p = e.payload();
            let tb = p.traceback.value().non_null().unwrap_or(Value::NONE);
            let make = self.sys_get("UnraisableHookArgs");
            let class = e.value().class();
            let fields = [
                crate::object::Payload::as_value(class).own(),
                e.value().own(),
                tb.own(),
                PyStr::from_str(msg),
                object.unwrap_or(Value::NONE).own(),
            ];
            let values: Vec<Value> = fields.iter().map(|f| f.value()).collect();
            let args = match make {
                Some(m) => {
                    let t = PyTuple::from_slice(&values);
                    self.call(m.value(), &[t.value()])?
                }
                None => PyTuple::from_slice(&values),
            };
            self.call(hook.value(), &[args.value()]).map(drop)
        };
        if report().is_err() {
            eprintln!("{msg}");
        }
    }
    /// `import name`, dotted names give the last module.
    pub fn import(&self, name: &str) -> PyResult<Owned> {
        let key = PyStr::from_str(name);
        if let Some(d) = self.modules.value().cast::<PyDict>()
            && let Some(m) = d.get(self, key.value())?
            && !m.is_none()
        {
            return Ok(m);
        }
        let b = self
            .builtins
            .value()
            .cast::<PyDict>()
            .and_then(|d| d.get_str(self.names.__import__.value()))
            .map(|v| v.own());
        let Some(f) = b else {
            return Err(self.error(self.exc.ImportError, "__import__ not found"));
        };
        self.call(f.value(), &[key.value()])?;
        let d = self.modules.value().cast::<PyDict>();
        match d.and_then(|d| d.get_str(key.value())) {
            Some(m) => Ok(m.own()),
            None => Err(self.import_error(
                self.exc.ModuleNotFoundError,
                format!("No module named '{name}'"),
                key.value(),
            )),
        }
    }
    /// `from module import attr`.
    pub fn import_attr(&self, module: &str, attr: &str) -> PyResult<Owned> {
        let m = self.import(module)?;
        self.getattr_str(m.value(), attr)
    }
    /// The file that a module's spec says it was found in.
    pub fn origin_of(&self, module: Value) -> PyResult<Option<String>> {
        let Some(spec) = self.getattr_opt(module, self.names.__spec__.value())? else {
            return Ok(None);
        };
        if spec.is_none() {
            return Ok(None);
        }
        let located = match self.getattr_opt_str(spec.value(), "has_location")? {
            Some(x) => self.truthy(x.value())?,
            None => false,
        };
        let origin = self.getattr_opt_str(spec.value(), "origin")?;
        Ok(origin
            .filter(|o| located && o.isa::<PyStr>())
            .map(|o| text_of(o.value())))
    }
    /// Whether a module's file stands in the directory of the script, where it may hide one that was meant.
    pub fn possibly_shadowing(&self, origin: &str) -> bool {
        let Some(dir) = self.module_state.get().get(SCRIPT_DIR) else {
            return false;
        };
        let dir = text_of(dir.value());
        let dir = match dir.is_empty() {
            true => {
                std::env::current_dir().map_or_else(|_| dir, |d| d.to_string_lossy().into_owned())
            }
            false => dir,
        };
        let file = origin.strip_suffix("/__init__.py").unwrap_or(origin);
        file.rsplit_once('/').is_some_and(|(root, _)| root == dir)
    }
    /// Whether a module has the name of one of the standard library.
    pub fn is_library_name(&self, module: Value) -> PyResult<bool> {
        let Some(name) = self.getattr_opt(module, self.names.__name__.value())? else {
            return Ok(false);
        };
        match self.sys_get("stdlib_module_names") {
            Some(names)
                if names.isa::<crate::types::PyFrozenSet>()
                    || names.isa::<crate::types::PySet>() =>
            {
                self.contains(names.value(), name.value())
            }
            _ => Ok(false),
        }
    }
    /// The ImportError of `from module import name`.
    pub(crate) fn import_from_error(
        &self,
        module: Value,
        mod_name: Option<String>,
        name: Value,
    ) -> PyResult<Raised> {
        let shown = mod_name
            .clone()
            .unwrap_or_else(|| "<unknown module name>".into());
        let file = self.attr_text(module, "__file__");
        let spec = self.getattr_opt(module, self.names.__spec__.value())?;
        let initializing = match spec {
            Some(s) if !s.is_none() => match self.getattr_opt_str(s.value(), "_initializing")? {
                Some(i) => self.truthy(i.value())?,
                None => false,
            },
            _ => false,
        };
        let n = text_of(name);
        let place = file.clone().unwrap_or_else(|| "unknown location".into());
        let origin = match mod_name {
            Some(_) => self.origin_of(module)?,
            None => None,
        };
        let suspect = origin.filter(|o| self.possibly_shadowing(o));
        let in_library = match &suspect {
            Some(_) => self.is_library_name(module)?,
            None => false,
        };
        let msg = if let (Some(o), true) = (&suspect, in_library) {
            format!(
                "cannot import name '{n}' from '{shown}' (consider renaming '{o}' since it has the same name as the standard library module named '{shown}' and prevents importing that standard library module)"
            )
        } else if let (Some(o), true) = (&suspect, initializing) {
            format!(
                "cannot import name '{n}' from '{shown}' (consider renaming '{o}' if it has the same name as a library you intended to import)"
            )
        } else if initializing {
            format!(
                "cannot import name '{n}' from partially initialized module '{shown}' (most likely due to a circular import) ({place})"
            )
        } else {
            format!("cannot import name '{n}' from '{shown}' ({place})")
        };
        let module_name = PyStr::from_str(&shown);
        let r = self.import_error(
            self.exc.ImportError,
            msg,
            if mod_name.is_some() {
                module_name.value()
            } else {
                Value::NONE
            },
        );
        if let Some(e) = r.value().cast::<crate::exception::PyImportError>() {
            e.name_from.set(name.own());
            if let Some(f) = file {
                e.path.set(PyStr::from_str(&f));
            }
        }
        Ok(r)
    }
    /// Calls `gc.callbacks`.
    pub(crate) fn gc_callback(&self, phase: &str, generation: usize, o: Outcome) {
        let Some(list) = self.heap.callbacks.value().cast::<PyList>() else {
            return;
        };
        for f in list.snapshot() {
            let d = PyDict::new();
            if let Some(d) = d.cast::<PyDict>() {
                d.set_name("generation", new_usize(generation));
                d.set_name("collected", new_usize(o.collected));
                d.set_name("uncollectable", new_usize(o.uncollectable));
            }
            if let Err(e) = self.call(f.value(), &[intern(phase).value(), d.value()]) {
                self.write_unraisable(
                    e,
                    "Exception ignored while calling GC callback",
                    Some(f.value()),
                );
            }
        }
    }
    /// DEBUG_SAVEALL: keeps the garbage in `gc.garbage`.
    pub(crate) fn save_garbage(&self, garbage: &[Owned]) {
        if let Some(l) = self.heap.garbage.value().cast::<PyList>() {
            for o in garbage {
                l.push(o.clone());
            }
        }
    }
    /// The attribute's text if it is a string, for messages.
    pub fn attr_text(&self, v: Value, name: &str) -> Option<String> {
        let a = self.getattr_opt_str(v, name).ok()??;
        a.isa::<PyStr>().then(|| text_of(a.value()))
    }
}

impl Vm {
    /// Looks at pending work: collections and what other modules have asked for. Called at safepoints.
    #[cold]
    pub fn check_pending(&self) -> PyResult<()> {
        self.thread.breaker.set(false);
        if self.heap.pending.get() || self.heap.zeal.get() {
            crate::mem::cycles::collect_if_due(self);
        }
        let mut i = 0;
        // Each call may register others.
        while let Some(f) = self.pending_calls.get().0.get(i).copied() {
            f(self)?;
            i += 1;
        }
        let e = self.thread.async_exc.take();
        if !e.is_null() {
            return Err(self.make_exception(e.value())?);
        }
        Ok(())
    }
    /// Registers something to be done at safepoints once [`Vm::request_safepoint`] was called: signals, lock hand-over.
    pub fn at_safepoint(&self, f: fn(&Vm) -> PyResult<()>) {
        self.pending_calls.get_mut().0.push(f);
    }
    /// The name that was probably meant, for "Did you mean".
    pub fn suggestion(&self, candidates: Value, wrong: Value) -> PyResult<Option<String>> {
        let items = self.iterate_to_vec(candidates)?;
        let names: Vec<String> = items.iter().map(|v| text_of(v.value())).collect();
        Ok(crate::exception::closest(&names, &text_of(wrong)))
    }
}
