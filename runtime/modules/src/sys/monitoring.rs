//! `sys.monitoring`: tool ids and event sets are kept; switching events on raises NotImplementedError until the
//! interpreter delivers them.

use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;
use pyjit_types::namespace;

const EVENTS: &[(&str, i64)] = &[
    ("PY_START", 1),
    ("PY_RESUME", 2),
    ("PY_RETURN", 4),
    ("PY_YIELD", 8),
    ("CALL", 16),
    ("LINE", 32),
    ("INSTRUCTION", 64),
    ("JUMP", 128),
    ("BRANCH_LEFT", 256),
    ("BRANCH_RIGHT", 512),
    ("STOP_ITERATION", 1024),
    ("RAISE", 2048),
    ("EXCEPTION_HANDLED", 4096),
    ("PY_UNWIND", 8192),
    ("PY_THROW", 16384),
    ("RERAISE", 32768),
    ("C_RETURN", 65536),
    ("C_RAISE", 131_072),
    ("BRANCH", 262_144),
    ("NO_EVENTS", 0),
];
const TOOLS: i64 = 6;
const STATE: &str = "sys.monitoring tools";

static FUNCTIONS: &[M] = &[
    M::function("use_tool_id", "(tool_id, name, /)", use_tool_id, ""),
    M::function("clear_tool_id", "(tool_id, /)", |vm, a| tool(vm, a[0]).map(|_| Owned::NONE), ""),
    M::function("free_tool_id", "(tool_id, /)", free_tool_id, ""),
    M::function("get_tool", "(tool_id, /)", get_tool, ""),
    M::function("register_callback", "(tool_id, event, func, /)", |vm, a| tool(vm, a[0]).map(|_| Owned::NONE), ""),
    M::function("get_events", "(tool_id, /)", |vm, a| used(vm, a[0]).map(|_| new_int(0)), ""),
    M::function("set_events", "(tool_id, event_set, /)", |vm, a| set_events(vm, a[0], a[1]), ""),
    M::function("get_local_events", "(tool_id, code, /)", |vm, a| used(vm, a[0]).map(|_| new_int(0)), ""),
    M::function("set_local_events", "(tool_id, code, event_set, /)", |vm, a| set_events(vm, a[0], a[2]), ""),
    M::function("restart_events", "()", |_, _| Ok(Owned::NONE), ""),
    M::function("_all_events", "()", |_, _| Ok(PyDict::new()), ""),
];

fn tool(vm: &Vm, v: Value) -> PyResult<i64> {
    let id = i64::from(vm.to_i32(v)?);
    if !(0..TOOLS).contains(&id) {
        return Err(vm.value_error(format!("invalid tool {id} (must be between 0 and 5)")));
    }
    Ok(id)
}
fn names(vm: &Vm) -> Owned {
    let all = vm.module_state.get_mut();
    all.entry(STATE).or_default().clone()
}
fn name_of(vm: &Vm, id: i64) -> PyResult<Option<Owned>> {
    match names(vm).cast::<PyDict>() {
        Some(d) => d.get(vm, new_int(id).value()),
        None => Ok(None),
    }
}
fn used(vm: &Vm, v: Value) -> PyResult<i64> {
    let id = tool(vm, v)?;
    match name_of(vm, id)? {
        Some(_) => Ok(id),
        None => Err(vm.value_error(format!("tool {id} is not in use"))),
    }
}
fn use_tool_id(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let id = tool(vm, a[0])?;
    if !a[1].isa::<PyStr>() {
        return Err(vm.value_error("tool name must be a str"));
    }
    if name_of(vm, id)?.is_some() {
        return Err(vm.value_error(format!("tool {id} is already in use")));
    }
    if let Some(d) = names(vm).cast::<PyDict>() {
        d.set(vm, new_int(id).value(), a[1].own())?;
    }
    Ok(Owned::NONE)
}
fn free_tool_id(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let id = tool(vm, a[0])?;
    if let Some(d) = names(vm).cast::<PyDict>() {
        d.remove(vm, new_int(id).value())?;
    }
    Ok(Owned::NONE)
}
fn get_tool(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let id = tool(vm, a[0])?;
    Ok(name_of(vm, id)?.unwrap_or(Owned::NONE))
}
fn set_events(vm: &Vm, id: Value, events: Value) -> PyResult<Owned> {
    used(vm, id)?;
    if vm.to_i32(events)? == 0 {
        return Ok(Owned::NONE);
    }
    Err(vm.error(
        vm.exc.NotImplementedError,
        "sys.monitoring: execution events are not supported yet",
    ))
}

/// Makes the namespace.
pub fn create(vm: &Vm) -> PyResult<Owned> {
    let m = PyModule::new(vm, "sys.monitoring");
    let Some(module) = m.cast::<PyModule>() else {
        return Ok(m);
    };
    let d = module.dict();
    for f in FUNCTIONS {
        d.set_name(f.name, PyBuiltin::function(f, "sys.monitoring"));
    }
    for (name, id) in [
        ("DEBUGGER_ID", 0),
        ("COVERAGE_ID", 1),
        ("PROFILER_ID", 2),
        ("OPTIMIZER_ID", 5),
    ] {
        d.set_name(name, new_int(id));
    }
    for name in ["DISABLE", "MISSING"] {
        let marker = vm.call(PyObject::class().as_value(), &[])?;
        d.set_name(name, marker);
    }
    let events = PyDict::new();
    if let Some(e) = events.cast::<PyDict>() {
        for (name, bit) in EVENTS {
            e.set_name(name, new_int(*bit));
        }
        d.set_name("events", namespace::new(vm, e)?);
    }
    super::super::import::put_module(vm, "sys.monitoring", &m);
    Ok(m)
}
