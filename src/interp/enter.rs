//! Entering Python code from native code: calls, `exec`, generators; and installing the interpreter into the runtime.

use super::dispatch::{self, Next, stack_top, write_header};
use super::prepare::prepare;
use pyjit_core::call::Args;
use pyjit_core::frame::*;
use pyjit_core::object::{NoTrace, Payload};
use pyjit_core::types::*;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{CompileRequest, Hooks, PyResult, Raised, Vm};
use pyjit_isa::code::flags;
use pyjit_isa::threaded::Op;
use std::sync::atomic::{AtomicPtr, Ordering};

static EXIT: AtomicPtr<Ins> = AtomicPtr::new(std::ptr::null_mut());

/// The instruction that leaves the dispatcher; the one before it tells returns where to put their result (slot 0).
pub fn exit_instruction() -> *const Ins {
    EXIT.load(Ordering::Relaxed).wrapping_add(1)
}

/// Installs the interpreter: handler table, exit code, hooks.
pub fn install(vm: &Vm, compile: fn(&Vm, CompileRequest<'_>) -> PyResult<Owned>) {
    let table = dispatch::handlers(!vm.options().no_fast_paths);
    let exit: &'static mut [Ins] = Box::leak(
        vec![
            Ins::new(Op::Nop as u16, 0, 0, 0),
            Ins::new(Op::Exit as u16, 0, 0, 0),
        ]
        .into_boxed_slice(),
    );
    for i in exit.iter() {
        i.handler
            .set(table.get(i.op.get() as usize).copied().unwrap_or(0));
    }
    EXIT.store(exit.as_mut_ptr(), Ordering::Relaxed);
    vm.handlers.set(NoTrace(table));
    vm.set_hooks(Hooks {
        call_function,
        eval_code,
        resume: super::generator::resume,
        compile,
    });
}

/// Room on the frame stack for one more activation.
pub fn check_room(vm: &Vm, fp: *mut Value, code: &PyCode) -> PyResult<()> {
    let t = &vm.thread;
    if t.depth.get() >= t.recursion_limit.get() {
        return Err(vm.recursion_error(""));
    }
    if !t.make_ready(fp.wrapping_add(code.nslots.get() as usize)) {
        return Err(vm.recursion_error(" (frame stack is full)"));
    }
    Ok(())
}

/// Runs from where `start` says, above a native entry whose slot 0 receives the result.
pub fn with_entry(
    vm: &Vm,
    start: impl FnOnce(*mut Value, *const Ins) -> PyResult<Next>,
) -> PyResult<Owned> {
    let t = &vm.thread;
    let (fp, pc, k) = (t.fp.get(), t.pc.get(), t.k.get());
    let base = if fp.is_null() {
        t.stack_lo.get()
    } else {
        stack_top(fp)
    };
    let entry = base.wrapping_add(HEADER_WORDS);
    if !t.make_ready(entry.wrapping_add(16)) {
        return Err(vm.recursion_error(" (frame stack is full)"));
    }
    let depth = t.depth.get();
    // SAFETY: there is room, and the words above the top are free.
    unsafe {
        write_header(entry, Owned::NULL, fp, pc.wrapping_add(1), k);
        *entry = Value::NULL;
    }
    let result = match start(entry, exit_instruction()) {
        Ok(next) => {
            if vm.options().use_match_loop {
                dispatch::run_match(vm, next.pc, next.fp, next.k);
            } else {
                dispatch::run_tail(vm, next.pc, next.fp, next.k);
            }
            // SAFETY: slot 0 of the entry is owned.
            let value = unsafe { Owned::from_raw(entry.replace(Value::NULL)) };
            let raised = t.raised.take();
            if raised.is_null() {
                Ok(value)
            } else {
                Err(Raised::new(raised))
            }
        }
        Err(e) => Err(e),
    };
    t.depth.set(depth);
    t.fp.set(fp);
    t.pc.set(pc);
    t.k.set(k);
    result
}

/// The `call_function` hook.
fn call_function(vm: &Vm, func: &PyFunction, args: Args<'_>) -> PyResult<Owned> {
    vm.check_native_stack()?;
    let values = args.values.iter().map(|v| v.own()).collect();
    run_function(vm, func, values, args.names, Value::NULL)
}

fn run_function(
    vm: &Vm,
    func: &PyFunction,
    values: Vec<Owned>,
    names: &[Value],
    locals: Value,
) -> PyResult<Owned> {
    let code = func.code();
    prepare(vm, code)?;
    let owner = func.as_owned();
    with_entry(vm, |entry, exit| {
        let fp = entry.wrapping_add(1 + HEADER_WORDS);
        check_room(vm, fp, code)?;
        bind(vm, func, values, names, fp)?;
        if let Some(slot) = code.threaded.get().0.as_ref().and_then(|t| t.locals_slot) {
            let m = if locals.is_null() {
                func.globals.own()
            } else {
                locals.own()
            };
            // SAFETY: the slot is one of the frame's, and bind has emptied it.
            unsafe { *fp.add(slot as usize) = m.into_raw() };
        }
        // SAFETY: room was checked.
        unsafe { write_header(fp, owner, entry, exit, std::ptr::null()) };
        vm.thread.depth.set(vm.thread.depth.get() + 1);
        Ok(Next {
            pc: code.entry.get() as *const Ins,
            fp,
            k: code.k.get() as *const Value,
        })
    })
}

/// The `eval_code` hook: a code object (or a function, whose code and closure count) with globals, locals and closure.
fn eval_code(
    vm: &Vm,
    code: Value,
    globals: Value,
    locals: Value,
    closure: Value,
) -> PyResult<Owned> {
    vm.check_native_stack()?;
    let (code, closure) = match code.cast::<PyFunction>() {
        Some(f) => (
            f.code.own(),
            if closure.is_null() {
                f.closure.own()
            } else {
                closure.own()
            },
        ),
        None => (code.own(), closure.own()),
    };
    let Some(c) = code.cast::<PyCode>() else {
        return Err(vm.type_error("exec() argument must be a code object"));
    };
    let nfree = c.nfree();
    let have = closure.cast::<PyTuple>().map_or(0, |t| t.len());
    if nfree != have {
        return Err(vm.type_error(format!(
            "code object requires a closure of length {nfree}, not {have}"
        )));
    }
    let f = PyFunction::new(vm, code.clone(), globals.own());
    let Some(func) = f.cast::<PyFunction>() else {
        return Ok(Owned::NONE);
    };
    func.closure.set(closure);
    run_function(vm, func, vec![], &[], locals)
}

/// Binds arguments to the parameters of a function: writes all local slots of the activation at `fp`. The words there are
/// free; on failure they are left without references.
pub fn bind(
    vm: &Vm,
    func: &PyFunction,
    values: Vec<Owned>,
    names: &[Value],
    fp: *mut Value,
) -> PyResult<()> {
    let code = func.code();
    let n = code.nlocals.get() as usize;
    let mut slots: Vec<Owned> = Vec::new();
    if code.simple_args.get() as usize == values.len() && names.is_empty() {
        slots = values;
    } else {
        if names.is_empty()
            && code.simple_args.get() != u32::MAX
            && values.len() <= code.simple_args.get() as usize
        {
            slots = values;
            if !fill_defaults(func, &mut slots) {
                let given = std::mem::take(&mut slots);
                bind_general(vm, func, given, names, &mut slots)?;
            }
        } else {
            bind_general(vm, func, values, names, &mut slots)?;
        }
    }
    slots.resize_with(n.max(slots.len()), || Owned::NULL);
    for (i, v) in slots.into_iter().take(n).enumerate() {
        // SAFETY: `fp` has room for the locals (check_room), and the words are free.
        unsafe { *fp.add(i) = v.into_raw() };
    }
    Ok(())
}

/// Appends defaults for the missing last parameters of a function with plain positional ones. False if there are too few.
fn fill_defaults(func: &PyFunction, slots: &mut Vec<Owned>) -> bool {
    let nargs = func.code().data.arg_count as usize;
    let defaults = func.defaults.own();
    let items: &[Value] = defaults.cast::<PyTuple>().map_or(&[], |t| t.as_slice());
    let missing = nargs - slots.len();
    if missing > items.len() {
        return false;
    }
    slots.extend(items[items.len() - missing..].iter().map(|v| v.own()));
    true
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn bind_general(
    vm: &Vm,
    func: &PyFunction,
    mut values: Vec<Owned>,
    names: &[Value],
    slots: &mut Vec<Owned>,
) -> PyResult<()> {
    let code = func.code();
    let d = &code.data;
    let (nargs, nkw) = (d.arg_count as usize, d.kwonly_count as usize);
    let kw_values = values.split_off(values.len() - names.len().min(values.len()));
    let total = nargs + nkw;
    let varargs = d.flags & flags::VARARGS != 0;
    let varkw = d.flags & flags::VARKEYWORDS != 0;
    let given = values.len();
    slots.resize_with(total + usize::from(varargs) + usize::from(varkw), || {
        Owned::NULL
    });
    let rest = values.split_off(given.min(nargs));
    for (i, v) in values.into_iter().enumerate() {
        slots[i] = v;
    }
    let too_many = !rest.is_empty() && !varargs;
    if varargs {
        slots[total] = PyTuple::new(rest);
    }
    let extra = if varkw { PyDict::new() } else { Owned::NULL };
    let qualname = || text_of(func.qualname.value());
    let mut posonly_by_name = Vec::new();
    for (name, value) in names.iter().zip(kw_values) {
        let at = (d.posonly_count as usize..total).find(|i| {
            let p = code.local_names[*i].value();
            p.is(*name)
                || p.cast::<PyStr>()
                    .is_some_and(|p| name.cast::<PyStr>().is_some_and(|n| p.same_text(n)))
        });
        match at {
            Some(i) => {
                if !slots[i].is_null() {
                    return Err(vm.type_error(format!(
                        "{}() got multiple values for argument '{}'",
                        qualname(),
                        text_of(*name)
                    )));
                }
                slots[i] = value;
            }
            None if varkw => {
                if let Some(e) = extra.cast::<PyDict>() {
                    e.set(vm, *name, value)?;
                }
            }
            None => {
                let posonly = (0..d.posonly_count as usize).any(|i| {
                    code.local_names[i]
                        .cast::<PyStr>()
                        .is_some_and(|p| name.cast::<PyStr>().is_some_and(|n| p.same_text(n)))
                });
                if posonly {
                    posonly_by_name.push(text_of(*name));
                    continue;
                }
                return Err(unexpected_keyword(vm, func, total, *name));
            }
        }
    }
    if !posonly_by_name.is_empty() {
        return Err(vm.type_error(format!(
            "{}() got some positional-only arguments passed as keyword arguments: '{}'",
            qualname(),
            posonly_by_name.join(", ")
        )));
    }
    if varkw {
        let at = total + usize::from(varargs);
        slots[at] = extra;
    }
    let defaults = func.defaults.own();
    let defaults: &[Value] = defaults.cast::<PyTuple>().map_or(&[], |t| t.as_slice());
    if too_many {
        return Err(too_many_positional(
            vm,
            func,
            given,
            defaults.len(),
            &slots[nargs..total],
        ));
    }
    let first_default = nargs.saturating_sub(defaults.len());
    let missing: Vec<usize> = (0..first_default).filter(|i| slots[*i].is_null()).collect();
    if !missing.is_empty() {
        return Err(missing_arguments(vm, func, &missing, "positional"));
    }
    for (i, v) in defaults
        .iter()
        .enumerate()
        .skip(defaults.len().saturating_sub(nargs))
    {
        let at = (first_default + i).saturating_sub(defaults.len().saturating_sub(nargs));
        if slots[at].is_null() {
            slots[at] = v.own();
        }
    }
    let mut missing = Vec::new();
    #[allow(clippy::needless_range_loop)] // the index names the parameter too
    for i in nargs..total {
        if slots[i].is_null() {
            let v = match func.kwdefaults.value().cast::<PyDict>() {
                Some(kd) => kd.get(vm, code.local_names[i].value())?,
                None => None,
            };
            match v {
                Some(v) => slots[i] = v,
                None => missing.push(i),
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(vm, func, &missing, "keyword-only"));
    }
    Ok(())
}

#[cold]
fn unexpected_keyword(vm: &Vm, func: &PyFunction, total: usize, name: Value) -> Raised {
    let code = func.code();
    let candidates =
        PyList::new(code.local_names[code.data.posonly_count as usize..total].to_vec());
    let mut msg = format!(
        "{}() got an unexpected keyword argument '{}'",
        text_of(func.qualname.value()),
        text_of(name)
    );
    if let Ok(Some(s)) = vm.suggestion(candidates.value(), name) {
        msg.push_str(&format!(". Did you mean '{s}'?"));
    }
    vm.type_error(msg)
}
#[cold]
fn missing_arguments(vm: &Vm, func: &PyFunction, missing: &[usize], kind: &str) -> Raised {
    let names: Vec<String> = missing
        .iter()
        .map(|i| format!("'{}'", text_of(func.code().local_names[*i].value())))
        .collect();
    let list = match names.as_slice() {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
        [] => String::new(),
    };
    let n = names.len();
    vm.type_error(format!(
        "{}() missing {n} required {kind} argument{}: {list}",
        text_of(func.qualname.value()),
        plural(n)
    ))
}
#[cold]
fn too_many_positional(
    vm: &Vm,
    func: &PyFunction,
    given: usize,
    ndefaults: usize,
    kwonly: &[Owned],
) -> Raised {
    let nargs = func.code().data.arg_count as usize;
    let kw_given = kwonly.iter().filter(|v| !v.is_null()).count();
    let (sig, s) = if ndefaults > 0 {
        (
            format!("from {} to {nargs}", nargs - ndefaults.min(nargs)),
            true,
        )
    } else {
        (nargs.to_string(), nargs != 1)
    };
    let kw = if kw_given > 0 {
        format!(
            " positional argument{} (and {kw_given} keyword-only argument{})",
            plural(given),
            plural(kw_given)
        )
    } else {
        String::new()
    };
    let were = if given == 1 && kw_given == 0 {
        "was"
    } else {
        "were"
    };
    let s = if s { "s" } else { "" };
    vm.type_error(format!(
        "{}() takes {sig} positional argument{s} but {given}{kw} {were} given",
        text_of(func.qualname.value())
    ))
}
