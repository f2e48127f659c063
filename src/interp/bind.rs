//! Binding arguments to the parameters of a Python function, in place: the words that a call has put down become the slots of
//! the new activation.

use pyjit_core::types::*;
use pyjit_core::value::{Owned, Value};
use pyjit_core::vm::{PyResult, Raised, Vm};
use pyjit_isa::code::flags;

/// Makes slots of arguments. The `given` words from `fp` on are owned: positional arguments, then one value for each of
/// `names`. Afterwards all locals of the function are written; on failure no word from `fp` on holds a reference.
///
/// # Safety
/// `fp` has room for the function's slots and for the words given; what lies behind these is dead; the function's code has
/// been prepared.
#[inline]
pub unsafe fn bind(
    vm: &Vm,
    func: &PyFunction,
    fp: *mut Value,
    given: usize,
    names: &[Value],
) -> PyResult<()> {
    let code = func.code();
    let simple = code.simple_args.get();
    let n = code.nlocals.get() as usize;
    if names.is_empty() && given <= simple as usize && simple != u32::MAX {
        let mut have = given;
        if given < simple as usize {
            let defaults: &[Value] = func
                .defaults
                .value()
                .cast::<PyTuple>()
                .map_or(&[], |t| t.as_slice());
            let missing = simple as usize - given;
            if missing > defaults.len() {
                // SAFETY: as the caller promises.
                return unsafe { bind_general(vm, func, fp, given, names) };
            }
            for v in &defaults[defaults.len() - missing..] {
                v.incref();
                // SAFETY: one of the function's slots.
                unsafe { *fp.add(have) = *v };
                have += 1;
            }
        }
        for i in have..n {
            // SAFETY: one of the function's slots.
            unsafe { *fp.add(i) = Value::NULL };
        }
        return Ok(());
    }
    // SAFETY: as the caller promises.
    unsafe { bind_general(vm, func, fp, given, names)? };
    // Code of a module or class body that is called as a function has the globals for its variables.
    if let Some(slot) = code.threaded.get().0.as_ref().and_then(|t| t.locals_slot) {
        // SAFETY: the slot is one of the frame's, and has been emptied.
        unsafe { *fp.add(slot as usize) = func.globals.own().into_raw() };
    }
    Ok(())
}

/// The same for any signature.
#[inline(never)]
unsafe fn bind_general(
    vm: &Vm,
    func: &PyFunction,
    fp: *mut Value,
    given: usize,
    names: &[Value],
) -> PyResult<()> {
    let n = (func.code().nlocals.get() as usize).max(given);
    // SAFETY: as the caller promises; words behind the ones given are dead.
    let words = unsafe {
        for i in given..n {
            *fp.add(i) = Value::NULL;
        }
        std::slice::from_raw_parts_mut(fp, n)
    };
    let r = bind_words(vm, func, words, given, names);
    if r.is_err() {
        // Destructors may run Python code, whose frames come to stand on the words.
        let mut given: Vec<Owned> = words.iter_mut().map(take).collect();
        // Last to first, as locals die.
        while let Some(v) = given.pop() {
            drop(v);
        }
    }
    r
}

/// Moves an owned word out.
fn take(w: &mut Value) -> Owned {
    // SAFETY: the words are owned, and the place is emptied.
    unsafe { Owned::from_raw(std::mem::replace(w, Value::NULL)) }
}

/// Stores a further keyword argument. Names of a subclass of `str` may run Python code, whose frames may come to stand on the
/// words: these are out of the way meanwhile.
fn set_extra(
    vm: &Vm,
    extra: &PyDict,
    words: &mut [Value],
    name: Value,
    value: Owned,
) -> PyResult<()> {
    if name.is_exact::<PyStr>() {
        return extra.set(vm, name, value);
    }
    let saved = words.to_vec();
    words.fill(Value::NULL);
    let r = extra.set(vm, name, value);
    words.copy_from_slice(&saved);
    r
}

fn same_name(p: Value, name: Value) -> bool {
    p.cast::<PyStr>()
        .is_some_and(|p| name.cast::<PyStr>().is_some_and(|n| p.same_text(n)))
}

/// Keyword values up to this number need no memory of their own.
const FEW: usize = 8;

fn bind_words(
    vm: &Vm,
    func: &PyFunction,
    words: &mut [Value],
    given: usize,
    names: &[Value],
) -> PyResult<()> {
    let code = func.code();
    let d = &code.data;
    let (nargs, nkw) = (d.arg_count as usize, d.kwonly_count as usize);
    let total = nargs + nkw;
    let varargs = d.flags & flags::VARARGS != 0;
    let varkw = d.flags & flags::VARKEYWORDS != 0;
    let npos = given - names.len();
    // The values given by name leave the places where the parameters will be.
    let mut few = [const { Owned::NULL }; FEW];
    let mut many = Vec::new();
    let values: &mut [Owned] = if names.len() <= FEW {
        &mut few[..names.len()]
    } else {
        many.resize_with(names.len(), || Owned::NULL);
        &mut many
    };
    for (v, w) in values.iter_mut().zip(&mut words[npos..given]) {
        *v = take(w);
    }
    let too_many = npos > nargs && !varargs;
    let mut surplus: Vec<Owned> = Vec::new();
    if too_many {
        surplus.extend(words[nargs..npos].iter_mut().map(take));
    }
    if varargs {
        let rest = if npos > nargs {
            // SAFETY: the references move into the tuple, and the words are emptied.
            let t = unsafe { PyTuple::from_owned_slice(&words[nargs..npos]) };
            words[nargs..npos].fill(Value::NULL);
            t
        } else {
            PyTuple::empty()
        };
        words[total] = rest.into_raw();
    }
    let extra = if varkw {
        let dict = PyDict::new();
        let v = dict.value();
        words[total + usize::from(varargs)] = dict.into_raw();
        v
    } else {
        Value::NULL
    };
    let qualname = || text_of(func.qualname.value());
    let mut posonly_by_name = Vec::new();
    let posonly = d.posonly_count as usize;
    let params = code.local_names.get(..total).unwrap_or(&[]);
    for (name, value) in names.iter().zip(values) {
        let value = std::mem::replace(value, Owned::NULL);
        let by_name = params.get(posonly..).unwrap_or(&[]);
        let at = by_name
            .iter()
            .position(|p| p.value().is(*name))
            .or_else(|| by_name.iter().position(|p| same_name(p.value(), *name)))
            .map(|i| i + posonly);
        match at {
            Some(i) => {
                if !words[i].is_null() {
                    return Err(vm.type_error(format!(
                        "{}() got multiple values for argument '{}'",
                        qualname(),
                        text_of(*name)
                    )));
                }
                words[i] = value.into_raw();
            }
            None if varkw => {
                if let Some(e) = extra.cast::<PyDict>() {
                    set_extra(vm, e, words, *name, value)?;
                }
            }
            None => {
                if params[..posonly.min(params.len())]
                    .iter()
                    .any(|p| same_name(p.value(), *name))
                {
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
    let defaults = func.defaults.own();
    let defaults: &[Value] = defaults.cast::<PyTuple>().map_or(&[], |t| t.as_slice());
    if too_many {
        let kw_given = params[nargs..]
            .iter()
            .filter(|p| names.iter().any(|n| same_name(p.value(), *n)))
            .count();
        let e = too_many_positional(vm, func, npos, defaults.len(), kw_given);
        drop(surplus);
        return Err(e);
    }
    let first_default = nargs.saturating_sub(defaults.len());
    if words[npos.min(first_default)..first_default]
        .iter()
        .any(|w| w.is_null())
    {
        let missing: Vec<usize> = (0..first_default).filter(|i| words[*i].is_null()).collect();
        return Err(missing_arguments(vm, func, &missing, "positional"));
    }
    let skipped = defaults.len().saturating_sub(nargs);
    for (w, v) in words[first_default..nargs]
        .iter_mut()
        .zip(&defaults[skipped..])
    {
        if w.is_null() {
            v.incref();
            *w = *v;
        }
    }
    let mut missing = Vec::new();
    for i in nargs..total {
        if words[i].is_null() {
            let v = match func.kwdefaults.value().cast::<PyDict>() {
                Some(kd) => kd.get(vm, params[i].value())?,
                None => None,
            };
            match v {
                Some(v) => words[i] = v.into_raw(),
                None => missing.push(i),
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(vm, func, &missing, "keyword-only"));
    }
    Ok(())
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
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
    kw_given: usize,
) -> Raised {
    let nargs = func.code().data.arg_count as usize;
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
