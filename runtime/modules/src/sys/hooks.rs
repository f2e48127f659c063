//! The hooks of `sys`: `displayhook`, `excepthook`, `unraisablehook`, `breakpointhook`, auditing, and leaving the program.

use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::exceptions::report;
use pyjit_types::structseq::StructSeq;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("displayhook", "(object, /)", displayhook, "Print an object to sys.stdout and also save it in builtins._"),
    M::function("excepthook", "(exctype, value, traceback, /)", excepthook, "Handle an exception by displaying it with a traceback on sys.stderr."),
    M::function("unraisablehook", "(unraisable, /)", unraisablehook, "Handle an unraisable exception.\n\nThe unraisable argument has the following attributes:\n\n* exc_type: Exception type.\n* exc_value: Exception value, can be None.\n* exc_traceback: Exception traceback, can be None.\n* err_msg: Error message, can be None.\n* object: Object causing the exception, can be None."),
    M::function("breakpointhook", "(*args, **kws)", breakpointhook, "This hook function is called by built-in breakpoint()."),
    M::function("exit", "(status=None, /)", exit, "Exit the interpreter by raising SystemExit(status).\n\nIf the status is omitted or None, it defaults to zero (i.e., success).\nIf the status is an integer, it will be used as the system exit status.\nIf it is another kind of object, it will be printed and the system\nexit status will be one (i.e., failure)."),
    M::function("audit", "(event, /, *args)", audit, "Passes the event to any hooks that are attached."),
    M::function("addaudithook", "(hook)", addaudithook, "Adds a new audit hook callback."),
];

static UNRAISABLE: StructSeq = StructSeq::new(
    "sys",
    "UnraisableHookArgs",
    Some("UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook."),
    &[
        ("exc_type", "Exception type"),
        ("exc_value", "Exception value"),
        ("exc_traceback", "Exception traceback"),
        ("err_msg", "Error message"),
        ("object", "Object causing the exception"),
    ],
    5,
);

const AUDIT_HOOKS: &str = "sys audit hooks";

/// Saves the original hooks under their second names.
pub fn fill(vm: &Vm, d: &PyDict) {
    for name in [
        "displayhook",
        "excepthook",
        "unraisablehook",
        "breakpointhook",
    ] {
        if let Some(f) = d.get_name(name) {
            d.set_name(&format!("__{name}__"), f);
        }
    }
    // Not in `dir(sys)`, but the core looks here for the class of the hook's argument.
    vm.module_state
        .get_mut()
        .insert("UnraisableHookArgs", UNRAISABLE.class(vm).as_owned());
    d.set_name("UnraisableHookArgs", UNRAISABLE.class(vm).as_owned());
}

fn displayhook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let v = a[0];
    if v.is_none() {
        return Ok(Owned::NONE);
    }
    let Some(builtins) = vm.builtins.value().cast::<PyDict>() else {
        return Err(vm.runtime_error("lost builtins module"));
    };
    builtins.set_name("_", Owned::NONE);
    let out = match vm.sys_get("stdout") {
        Some(f) if !f.is_none() => f,
        _ => return Err(vm.runtime_error("lost sys.stdout")),
    };
    let text = vm.repr(v)?;
    match vm.call_method(out.value(), vm.names.write.value(), &[text.value()]) {
        Ok(_) => {}
        Err(e) if e.is_instance(vm.exc.UnicodeEncodeError) => {
            let encoding = vm.getattr_str(out.value(), "encoding")?;
            let policy = intern("backslashreplace");
            let bytes = vm.call_method_str(
                text.value(),
                "encode",
                &[encoding.value(), policy.value()],
            )?;
            match vm.getattr_opt_str(out.value(), "buffer")? {
                Some(b) => {
                    vm.call_method(b.value(), vm.names.write.value(), &[bytes.value()])?;
                }
                None => {
                    let policy = intern("strict");
                    let text = vm.call_method_str(
                        bytes.value(),
                        "decode",
                        &[encoding.value(), policy.value()],
                    )?;
                    vm.call_method(out.value(), vm.names.write.value(), &[text.value()])?;
                }
            }
        }
        Err(e) => return Err(e),
    }
    let end = PyStr::from_str("\n");
    vm.call_method(out.value(), vm.names.write.value(), &[end.value()])?;
    builtins.set_name("_", v.own());
    Ok(Owned::NONE)
}

fn excepthook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].isa::<pyjit_core::exception::PyBaseException>() {
        let text = format!(
            "TypeError: print_exception(): Exception expected for value, {} found\n",
            a[1].class().name_str()
        );
        write_stderr(vm, &text);
        return Ok(Owned::NONE);
    }
    if !a[2].is_none()
        && let Some(e) = a[1].cast::<pyjit_core::exception::PyBaseException>()
        && e.traceback.value().is_null()
    {
        e.traceback.set(a[2].own());
    }
    report::print_exception(vm, a[1]);
    Ok(Owned::NONE)
}

fn write_stderr(vm: &Vm, text: &str) {
    match vm.sys_get("stderr") {
        Some(f) if !f.is_none() => {
            let s = PyStr::from_str(text);
            let _ = vm.call_method(f.value(), vm.names.write.value(), &[s.value()]);
            let _ = vm.call_method(f.value(), vm.names.flush.value(), &[]);
        }
        Some(_) => {}
        None => eprint!("{text}"),
    }
}

fn unraisablehook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let class = UNRAISABLE.class(vm);
    if !a[0].class().is_subclass(class) {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let get = |name: &str| vm.getattr_str(a[0], name);
    let (exc, msg, object) = (get("exc_value")?, get("err_msg")?, get("object")?);
    let mut text = String::new();
    if !object.is_none() {
        let shown = vm
            .repr_text(object.value())
            .unwrap_or_else(|_| "<object repr() failed>".to_string());
        if msg.is_none() {
            text.push_str(&format!("Exception ignored in: {shown}\n"));
        } else {
            text.push_str(&format!("{}: {shown}\n", vm.str_text(msg.value())?));
        }
    } else if !msg.is_none() {
        text.push_str(&format!("{}:\n", vm.str_text(msg.value())?));
    }
    if exc.isa::<pyjit_core::exception::PyBaseException>() {
        text.push_str(&report::format_exception(vm, exc.value()));
    } else {
        let kind = get("exc_type")?;
        text.push_str(&format!("{}\n", vm.str_text(kind.value())?));
    }
    write_stderr(vm, &text);
    Ok(Owned::NONE)
}

fn breakpointhook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let ignore = vm.options().ignore_environment || vm.options().isolated;
    let name = if ignore {
        String::new()
    } else {
        std::env::var("PYTHONBREAKPOINT").unwrap_or_default()
    };
    if name == "0" {
        return Ok(Owned::NONE);
    }
    let name = if name.is_empty() {
        "pdb.set_trace".to_string()
    } else {
        name
    };
    let (module, attr) = name.rsplit_once('.').unwrap_or(("builtins", &name));
    match vm.import_attr(module, attr) {
        Ok(f) => vm.call_ex(f.value(), vm.tuple_items(a[0]), a[1].cast::<PyDict>()),
        Err(e) if e.is_instance(vm.exc.ImportError) || e.is_instance(vm.exc.AttributeError) => {
            vm.warn(
                vm.exc.RuntimeWarning,
                &format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{name}\""),
                1,
            )?;
            Ok(Owned::NONE)
        }
        Err(e) => Err(e),
    }
}

fn exit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let args = match a[0].non_null() {
        None | Some(Value::NONE) => vec![],
        Some(v) => match v.cast_exact::<PyTuple>() {
            Some(t) => t.as_slice().iter().map(|v| v.own()).collect(),
            None => vec![v.own()],
        },
    };
    Err(vm.error_with(vm.exc.SystemExit, args))
}

fn audit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "audit() argument 1 must be str, not {}",
            a[0].class().name_str()
        )));
    }
    raise_audit(vm, a[0], a[1])?;
    Ok(Owned::NONE)
}

/// Calls the audit hooks with an event and a tuple of arguments.
fn raise_audit(vm: &Vm, event: Value, args: Value) -> PyResult<()> {
    let Some(hooks) = vm.module_state.get().get(AUDIT_HOOKS).cloned() else {
        return Ok(());
    };
    for hook in hooks.cast::<PyList>().map_or(vec![], |l| l.snapshot()) {
        vm.call(hook.value(), &[event, args])?;
    }
    Ok(())
}

fn addaudithook(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let event = PyStr::from_str("sys.addaudithook");
    match raise_audit(vm, event.value(), vm.empty_tuple.value()) {
        // An earlier hook may refuse the new one, silently if it says so with an Exception.
        Err(e) if e.is_instance(vm.exc.Exception) => return Ok(Owned::NONE),
        Err(e) => return Err(e),
        Ok(()) => {}
    }
    let all = vm.module_state.get_mut();
    let hooks = all.entry(AUDIT_HOOKS).or_insert_with(|| PyList::new(vec![]));
    if let Some(l) = hooks.cast::<PyList>() {
        l.push(a[0].own());
    }
    Ok(Owned::NONE)
}

/// What an exception that nobody caught leads to: `SystemExit` ends quietly, everything else goes to `sys.excepthook`.
/// The result is the exit status.
pub fn run_excepthook(vm: &Vm, e: Raised) -> i32 {
    if e.is_instance(vm.exc.SystemExit) {
        return exit_status(vm, e.value());
    }
    let value = e.into_owned();
    if let Some(d) = vm.sys.value().cast::<PyDict>() {
        d.set_name("last_exc", value.clone());
        d.set_name("last_type", value.class().as_owned());
        d.set_name("last_value", value.clone());
        let tb = value
            .cast::<pyjit_core::exception::PyBaseException>()
            .and_then(|b| b.traceback.value().non_null().map(|t| t.own()));
        d.set_name("last_traceback", tb.unwrap_or(Owned::NONE));
    }
    let status = if value.class().is_subclass(vm.exc.KeyboardInterrupt) {
        130
    } else {
        1
    };
    let Some(hook) = vm.sys_get("excepthook") else {
        write_stderr(vm, "sys.excepthook is missing\n");
        report::print_exception(vm, value.value());
        return status;
    };
    let tb = value
        .cast::<pyjit_core::exception::PyBaseException>()
        .and_then(|b| b.traceback.value().non_null())
        .unwrap_or(Value::NONE)
        .own();
    let class = value.class().as_owned();
    if let Err(second) = vm.call(hook.value(), &[class.value(), value.value(), tb.value()]) {
        if second.is_instance(vm.exc.SystemExit) {
            return exit_status(vm, second.value());
        }
        write_stderr(vm, "Error in sys.excepthook:\n");
        report::print_exception(vm, second.value());
        write_stderr(vm, "\nOriginal exception was:\n");
        report::print_exception(vm, value.value());
    }
    status
}

fn exit_status(vm: &Vm, e: Value) -> i32 {
    let code = match vm.getattr_opt_str(e, "code") {
        Ok(Some(c)) => c,
        _ => return 1,
    };
    if code.is_none() {
        return 0;
    }
    if code.as_int().is_some() {
        return match code.as_i64() {
            Some(n) => n as i32,
            None => -1,
        };
    }
    if let Ok(s) = vm.str(code.value()) {
        match vm.sys_get("stderr").filter(|f| !f.is_none()) {
            // The stream knows what to do with characters that cannot be written.
            Some(f) => {
                let _ = vm.call_method(f.value(), vm.names.write.value(), &[s.value()]);
                write_stderr(vm, "\n");
            }
            None => write_stderr(vm, &format!("{}\n", text_of(s.value()))),
        }
    }
    1
}

/// Flushes `sys.stdout` and `sys.stderr` at exit; false if the output could not be written.
pub fn flush_std_files(vm: &Vm) -> bool {
    let mut good = true;
    for name in ["stdout", "stderr"] {
        let Some(f) = vm.sys_get(name) else { continue };
        if f.is_none() {
            continue;
        }
        let closed = match vm.getattr_opt_str(f.value(), "closed") {
            Ok(Some(c)) => vm.truthy(c.value()).unwrap_or(false),
            _ => false,
        };
        if closed {
            continue;
        }
        if let Err(e) = vm.call_method(f.value(), vm.names.flush.value(), &[]) {
            good = false;
            if name == "stdout" {
                vm.write_unraisable(e, "Exception ignored while flushing sys.stdout", None);
            }
        }
    }
    good
}
