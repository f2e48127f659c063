//! Functions of `sys` that read and change settings and that look at objects.

use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[M] = &[
    M::function("intern", "(string, /)", intern_string, "``Intern'' the given string.\n\nThis enters the string in the (global) table of interned strings whose\npurpose is to speed up dictionary lookups. Return the string itself or\nthe previously interned string object with the same value."),
    M::function("_is_interned", "(string, /)", is_interned_string, "Return True if the given string is \"interned\"."),
    M::function("_is_immortal", "(op, /)", |_, a| Ok(Owned::bool(!a[0].is_heap())), "Return True if the given object is \"immortal\" per PEP 683."),
    M::function("getrefcount", "(object, /)", getrefcount, "Return the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount()."),
    M::function("getsizeof", "(object, default=None)", getsizeof, "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes."),
    M::function("getrecursionlimit", "()", |vm, _| Ok(new_int(i64::from(vm.thread.recursion_limit.get()))), "Return the current value of the recursion limit.\n\nThe recursion limit is the maximum depth of the Python interpreter\nstack.  This limit prevents infinite recursion from causing an overflow\nof the C stack and crashing Python."),
    M::function("setrecursionlimit", "(limit, /)", setrecursionlimit, "Set the maximum depth of the Python interpreter stack to n.\n\nThis limit prevents infinite recursion from causing an overflow of the C\nstack and crashing Python.  The highest possible limit is platform-\ndependent."),
    M::function("getswitchinterval", "()", |vm, _| Ok(vm.module_state.get().get(SWITCH).cloned().unwrap_or_else(|| new_float(0.005))), "Return the current thread switch interval; see sys.setswitchinterval()."),
    M::function("setswitchinterval", "(interval, /)", setswitchinterval, "Set the ideal thread switching delay inside the Python interpreter.\n\nThe actual frequency of switching threads can be lower if the\ninterpreter executes long sequences of uninterruptible code\n(this is implementation-specific and workload-dependent).\n\nThe parameter must represent the desired switching delay in seconds\nA typical value is 0.005 (5 milliseconds)."),
    M::function("get_int_max_str_digits", "()", |vm, _| Ok(new_usize(vm.int_max_str_digits.get())), "Return the maximum string digits limit for non-binary int<->str conversions."),
    M::function("set_int_max_str_digits", "(maxdigits)", set_int_max_str_digits, "Set the maximum string digits limit for non-binary int<->str conversions."),
    M::function("getdefaultencoding", "()", |_, _| Ok(intern("utf-8")), "Return the current default encoding used by the Unicode implementation."),
    M::function("getfilesystemencoding", "()", |_, _| Ok(intern("utf-8")), "Return the encoding used to convert Unicode filenames to OS filenames."),
    M::function("getfilesystemencodeerrors", "()", |_, _| Ok(intern("surrogateescape")), "Return the error mode used for Unicode to OS filename conversion."),
    M::function("is_finalizing", "()", |vm, _| Ok(Owned::bool(vm.module_state.get().contains_key("finalizing"))), "Return True if Python is exiting."),
    M::function("getallocatedblocks", "()", |_, _| Ok(new_int(0)), "Return the number of memory blocks currently allocated."),
    M::function("getunicodeinternedsize", "(*, _only_immortal=False)", |_, _| Ok(new_int(0)), "Return the number of elements of the unicode interned dictionary"),
    M::function("_clear_type_cache", "()", |_, _| Ok(Owned::NONE), "Clear the internal type lookup cache."),
    M::function("_clear_internal_caches", "()", |_, _| Ok(Owned::NONE), "Clear all internal performance-related caches."),
    M::function("_clear_type_descriptors", "(type, /)", clear_type_descriptors, "Private function for clearing certain descriptors from a type's dictionary."),
    M::function("_debugmallocstats", "()", |_, _| Ok(Owned::NONE), "Print debug info to stderr about the state of the allocator."),
    M::function("_get_cpu_count_config", "()", cpu_count_config, "Private function for getting PyConfig.cpu_count"),
    M::function("_is_gil_enabled", "()", |_, _| Ok(Owned::bool(true)), "Return True if the GIL is currently enabled and False otherwise."),
    M::function("getdlopenflags", "()", |vm, _| Ok(vm.module_state.get().get(DLOPEN).cloned().unwrap_or_else(|| new_int(2))), "Return the current value of the flags that are used for dlopen calls."),
    M::function("setdlopenflags", "(flags, /)", setdlopenflags, "Set the flags used by the interpreter for dlopen calls."),
    M::function("is_stack_trampoline_active", "()", |_, _| Ok(Owned::bool(false)), "Return *True* if a stack profiler trampoline is active."),
    M::function("activate_stack_trampoline", "(backend, /)", |vm, _| Err(vm.value_error("perf trampoline not available")), "Activate stack profiler trampoline *backend*."),
    M::function("deactivate_stack_trampoline", "()", |_, _| Ok(Owned::NONE), "Deactivate the current stack profiler trampoline backend."),
    M::function("is_remote_debug_enabled", "()", |_, _| Ok(Owned::bool(false)), "Return True if remote debugging is enabled, False otherwise."),
    M::function("remote_exec", "(pid, script)", |vm, _| Err(vm.runtime_error("Remote debugging is not enabled")), "Executes a file containing Python code in a given remote Python process."),
];

const SWITCH: &str = "sys switch interval";
const DLOPEN: &str = "sys dlopen flags";

fn intern_string(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "intern() argument must be str, not {}",
            a[0].class().name_str()
        )));
    }
    if !a[0].is_exact::<PyStr>() {
        return Err(vm.type_error(format!("can't intern {}", a[0].class().name_str())));
    }
    Ok(intern_value(a[0]))
}
fn is_interned_string(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "_is_interned() argument must be str, not {}",
            a[0].class().name_str()
        )));
    }
    Ok(Owned::bool(is_interned(a[0])))
}
/// Immediates count as immortal: CPython shows a very large number for those.
const IMMORTAL: i64 = 3_221_225_472;
fn getrefcount(_: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].is_heap() || is_interned(a[0]) {
        return Ok(new_int(IMMORTAL));
    }
    Ok(new_int(i64::from(a[0].header().refs())))
}
fn getsizeof(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let size = || -> PyResult<i64> {
        let Some(m) = vm.special(a[0], intern("__sizeof__").value())? else {
            return Err(vm.type_error(format!(
                "Type {} doesn't define __sizeof__",
                a[0].class().name_str()
            )));
        };
        let r = vm.call(m.value(), &[])?;
        if r.as_int().is_none() {
            return Err(vm.type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                r.class().name_str()
            )));
        }
        let n = vm.to_size(r.value())? as i64;
        if n < 0 {
            return Err(vm.value_error("__sizeof__() should return >= 0"));
        }
        Ok(n)
    };
    match size() {
        Ok(n) => {
            let tracked = a[0].class().has_flag(type_flags::HAVE_GC);
            Ok(new_int(n + if tracked { 16 } else { 0 }))
        }
        Err(e) if !a[1].is_null() && e.is_instance(vm.exc.TypeError) => Ok(a[1].own()),
        Err(e) => Err(e),
    }
}
fn setrecursionlimit(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    let Some(n) = u32::try_from(n).ok().filter(|n| *n >= 1) else {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    };
    if vm.thread.depth.get() >= n {
        return Err(vm.error(
            vm.exc.RecursionError,
            format!(
                "cannot set the recursion limit to {n} at the recursion depth {}: the limit is too low",
                vm.thread.depth.get()
            ),
        ));
    }
    vm.thread.recursion_limit.set(n);
    Ok(Owned::NONE)
}
fn setswitchinterval(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let s = vm.to_f64(a[0])?;
    if s.is_nan() || s <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.module_state.get_mut().insert(SWITCH, new_float(s));
    Ok(Owned::NONE)
}
fn set_int_max_str_digits(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    if n != 0 && n < 640 {
        return Err(vm.value_error("maxdigits must be 0 or larger than 640"));
    }
    vm.int_max_str_digits.set(n.max(0) as usize);
    if let Some(d) = vm.sys.value().cast::<PyDict>() {
        d.set_name("flags", super::info::flags(vm));
    }
    Ok(Owned::NONE)
}
fn cpu_count_config(vm: &Vm, _: &[Value]) -> PyResult<Owned> {
    Ok(new_int(cpu_count(vm).unwrap_or(-1)))
}
/// What `-X cpu_count` or `PYTHON_CPU_COUNT` says.
pub fn cpu_count(vm: &Vm) -> Option<i64> {
    let o = vm.options();
    let option = o.x_options.iter().rev().find(|(k, _)| k == "cpu_count");
    let text = match option {
        Some((_, v)) => v.clone(),
        None if o.ignore_environment || o.isolated => None,
        None => std::env::var("PYTHON_CPU_COUNT").ok(),
    };
    text?.parse::<i64>().ok()
}
fn clear_type_descriptors(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(c) = a[0].cast::<TypeObject>() else {
        return Err(vm.type_error(format!(
            "_clear_type_descriptors() argument must be type, not {}",
            a[0].class().name_str()
        )));
    };
    if !c.has_flag(type_flags::HEAP) {
        return Err(vm.type_error("argument is immutable"));
    }
    for name in [&vm.names.__dict__, &vm.names.__weakref__] {
        c.dict().remove_str(name.value());
    }
    c.modified(vm);
    Ok(Owned::NONE)
}
fn setdlopenflags(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let n = vm.to_i32(a[0])?;
    vm.module_state
        .get_mut()
        .insert(DLOPEN, new_int(i64::from(n)));
    Ok(Owned::NONE)
}

static JIT: &[M] = &[
    M::function("is_available", "()", |_, _| Ok(Owned::bool(false)), "Return True if the current Python executable supports JIT compilation, and False otherwise."),
    M::function("is_enabled", "()", |vm, _| Ok(Owned::bool(vm.options().jit)), "Return True if JIT compilation is enabled for the current Python process (implies sys._jit.is_available()), and False otherwise."),
    M::function("is_active", "()", |_, _| Ok(Owned::bool(false)), "Return True if the topmost Python frame is currently executing JIT code, and False otherwise."),
];

/// `sys._jit`.
pub fn jit_namespace(vm: &Vm) -> Owned {
    let m = PyModule::new(vm, "sys._jit");
    if let Some(module) = m.cast::<PyModule>() {
        for f in JIT {
            module
                .dict()
                .set_name(f.name, PyBuiltin::function(f, "sys._jit"));
        }
    }
    super::super::import::put_module(vm, "sys._jit", &m);
    m
}
