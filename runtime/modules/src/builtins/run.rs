//! Functions that run code: `eval`, `exec`, `compile`, `__import__`, `breakpoint`.

use super::scope;
use pyjit_core::prelude::*;
use pyjit_core::vm::CompileRequest;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("__import__", "(name, globals=None, locals=None, fromlist=(), level=0)", import, "Import a module.\n\nBecause this function is meant for use by the Python\ninterpreter and not for general use, it is better to use\nimportlib.import_module() to programmatically import a module.\n\nThe globals argument is only used to determine the context;\nthey are not modified.  The locals argument is unused.  The fromlist\nshould be a list of names to emulate ``from name import ...``, or an\nempty list to emulate ``import name``.\nWhen importing a module from a package, note that __import__('A.B', ...)\nreturns package A when fromlist is empty, but its submodule B when\nfromlist is not empty.  The level argument is used to determine whether to\nperform absolute or relative imports: 0 is absolute, while a positive number\nis the number of parent directories to search relative to the current module."),
    MethodDef::function("breakpoint", "(*args, **kws)", breakpoint, "Call sys.breakpointhook(*args, **kws).\n\nsys.breakpointhook() must accept whatever arguments are passed.\n\nBy default, this drops you into the pdb debugger."),
    MethodDef::function("compile", "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", compile, "Compile source into a code object that can be executed by exec() or eval().\n\nThe source code may represent a Python module, statement or expression.\nThe filename will be used for run-time error messages.\nThe mode must be 'exec' to compile a module, 'single' to compile a\nsingle (interactive) statement, or 'eval' to compile an expression.\nThe flags argument, if present, controls which future statements influence\nthe compilation of the code.\nThe dont_inherit argument, if true, stops the compilation inheriting\nthe effects of any future statements in effect in the code calling\ncompile; if absent or false these statements do influence the compilation,\nin addition to any features explicitly specified."),
    MethodDef::function("eval", "(source, /, globals=None, locals=None)", eval, "Evaluate the given source in the context of globals and locals.\n\nThe source may be a string representing a Python expression\nor a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\nIf only globals is given, locals defaults to it."),
    MethodDef::function("exec", "(source, /, globals=None, locals=None, *, closure=None)", exec, "Execute the given source in the context of globals and locals.\n\nThe source may be a string representing one or more Python statements\nor a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\nIf only globals is given, locals defaults to it.\nThe closure must be a tuple of cellvars, and can only be used\nwhen source is a code object requiring exactly that many cellvars."),
];

/// Compiler flags that come from `from __future__` imports.
const FUTURE_FLAGS: u32 = 0x1fe_0000;
/// Flags that only the `compile` function takes: dont-imply-dedent, AST forms, type comments, top-level await,
/// incomplete input.
const COMPILE_FLAGS: u32 = 0x10 | 0x200 | 0x400 | 0x1000 | 0x2000 | 0x4000 | 0x8000;

fn inherited_flags(vm: &Vm) -> u32 {
    vm.current().map_or(0, |a| a.code().flags & FUTURE_FLAGS)
}

/// Source text from a str or bytes-like argument: the bytes, and whether they were text.
fn source_text(vm: &Vm, v: Value, who: &str, what: &str) -> PyResult<(Vec<u8>, bool)> {
    let (bytes, is_text) = if v.isa::<PyStr>() {
        let encoded = vm.call_method_str(v, "encode", &[intern("utf-8").value()])?;
        (vm.bytes_of(encoded.value())?, true)
    } else if v.isa::<PyBytes>() || v.class().slots.buffer.get().is_some() {
        (vm.bytes_of(v)?, false)
    } else {
        return Err(vm.type_error(format!("{who}() arg 1 must be a {what} object")));
    };
    if bytes.contains(&0) {
        return Err(vm.error(
            vm.exc.SyntaxError,
            "source code string cannot contain null bytes",
        ));
    }
    Ok((bytes, is_text))
}

/// Globals and locals of `eval` and `exec`, and `__builtins__` put where it belongs.
fn namespaces(vm: &Vm, who: &str, globals: Value, locals: Value) -> PyResult<(Owned, Owned)> {
    let (globals, locals) = match (globals.given(), locals.given()) {
        (None, given) => {
            let Some(frame) = vm.current() else {
                return Err(vm.type_error(format!(
                    "{who} must be given globals and locals when called without a frame"
                )));
            };
            let l = match given {
                Some(l) => l.own(),
                None => scope::locals_of(frame),
            };
            (frame.function().globals.own(), l)
        }
        (Some(g), None) => (g.own(), g.own()),
        (Some(g), Some(l)) => (g.own(), l.own()),
    };
    if let Some(g) = globals.cast::<PyDict>() {
        let name = vm.names.__builtins__.value();
        if g.get_str(name).is_none() {
            let b = match vm.current() {
                Some(a) => a.function().builtins.own(),
                None => vm.builtins.own(),
            };
            g.set_str(name, b);
        }
    }
    Ok((globals, locals))
}

fn is_mapping(v: Value) -> bool {
    v.class().slots.getitem.get().is_some()
}

fn eval(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(l) = a[2].given()
        && !is_mapping(l)
    {
        return Err(vm.type_error("locals must be a mapping"));
    }
    if let Some(g) = a[1].given()
        && !g.isa::<PyDict>()
    {
        return Err(vm.type_error(if is_mapping(g) {
            "globals must be a real dict; try eval(code, {}, mapping)"
        } else {
            "globals must be a dict"
        }));
    }
    let (globals, locals) = namespaces(vm, "eval", a[1], a[2])?;
    if let Some(code) = a[0].cast::<PyCode>() {
        if code.nfree() > 0 {
            return Err(
                vm.type_error("code object passed to eval() may not contain free variables")
            );
        }
        return run(vm, a[0], &globals, &locals, Value::NULL);
    }
    let (text, is_text) = source_text(vm, a[0], "eval", "string, bytes or code")?;
    let blank = text
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let code = (vm.hooks().compile)(
        vm,
        CompileRequest {
            source: text.get(blank..).unwrap_or(&[]),
            is_text,
            filename: "<string>".to_string(),
            mode: "eval",
            flags: inherited_flags(vm),
            optimize: -1,
        },
    )?;
    run(vm, code.value(), &globals, &locals, Value::NULL)
}

fn run(
    vm: &Vm,
    code: Value,
    globals: &Owned,
    locals: &Owned,
    closure: Value,
) -> PyResult<Owned> {
    (vm.hooks().eval_code)(vm, code, globals.value(), locals.value(), closure)
}

fn exec(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if let Some(g) = a[1].given()
        && !g.isa::<PyDict>()
    {
        return Err(vm.type_error(format!(
            "exec() globals must be a dict, not {}",
            g.class().name_str()
        )));
    }
    if let Some(l) = a[2].given()
        && !is_mapping(l)
    {
        return Err(vm.type_error(format!(
            "locals must be a mapping or None, not {}",
            l.class().name_str()
        )));
    }
    let (globals, locals) = namespaces(vm, "exec", a[1], a[2])?;
    let closure = a[3].given();
    if let Some(code) = a[0].cast::<PyCode>() {
        let n = code.nfree();
        if n == 0 && closure.is_some() {
            return Err(vm.type_error("cannot use a closure with this code object"));
        }
        if n > 0 {
            let fits = closure
                .and_then(|c| c.cast_exact::<PyTuple>())
                .is_some_and(|t| t.len() == n && t.as_slice().iter().all(|c| c.isa::<PyCell>()));
            if !fits {
                return Err(vm.type_error(format!(
                    "code object requires a closure of exactly length {n}"
                )));
            }
        }
        run(vm, a[0], &globals, &locals, closure.unwrap_or(Value::NULL))?;
        return Ok(Owned::NONE);
    }
    if closure.is_some() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let (text, is_text) = source_text(vm, a[0], "exec", "string, bytes or code")?;
    let code = (vm.hooks().compile)(
        vm,
        CompileRequest {
            source: &text,
            is_text,
            filename: "<string>".to_string(),
            mode: "exec",
            flags: inherited_flags(vm),
            optimize: -1,
        },
    )?;
    run(vm, code.value(), &globals, &locals, Value::NULL)?;
    Ok(Owned::NONE)
}

fn compile(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let filename = vm.fspath(a[1])?;
    let filename = match filename.cast::<PyStr>() {
        Some(s) => s.to_lossy(),
        None => String::from_utf8_lossy(&vm.bytes_of(filename.value())?).into_owned(),
    };
    let Some(mode) = a[2].cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "compile() argument 'mode' must be str, not {}",
            a[2].class().name_str()
        )));
    };
    let mode = mode.to_lossy();
    let flags = if a[3].is_null() { 0 } else { vm.to_i32(a[3])? } as u32;
    if flags & !(FUTURE_FLAGS | COMPILE_FLAGS) != 0 {
        return Err(vm.value_error("compile(): unrecognised flags"));
    }
    let optimize = if a[5].is_null() { -1 } else { vm.to_i64(a[5])? };
    if !(-1..=2).contains(&optimize) {
        return Err(vm.value_error("compile(): invalid optimize value"));
    }
    let dont_inherit = !a[4].is_null() && vm.truthy(a[4])?;
    let flags = if dont_inherit {
        flags
    } else {
        flags | inherited_flags(vm)
    };
    match mode.as_str() {
        "exec" | "eval" | "single" => {}
        "func_type" if flags & 0x400 != 0 => {}
        "func_type" => {
            return Err(vm.value_error(
                "compile() mode 'func_type' requires flag PyCF_ONLY_AST",
            ));
        }
        _ if flags & 0x400 != 0 => {
            return Err(
                vm.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
            );
        }
        _ => return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    }
    if a[0].isa::<crate::ast::PyAst>() {
        let request = CompileRequest {
            source: &[],
            is_text: true,
            filename,
            mode: &mode,
            flags,
            optimize,
        };
        return crate::compiling::compile_node(vm, a[0], &request);
    }
    let (text, is_text) = source_text(vm, a[0], "compile", "string, bytes or AST")?;
    // Older versions matter to trees only.
    let version = match a[6].non_null() {
        Some(v) if flags & 0x400 != 0 => vm.to_i64(v)?,
        _ => -1,
    };
    crate::compiling::compile_for(
        vm,
        CompileRequest {
            source: &text,
            is_text,
            filename,
            mode: &mode,
            flags,
            optimize,
        },
        u8::try_from(version.min(255)).unwrap_or(0),
    )
}

fn import(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyStr>() {
        return Err(vm.type_error("module name must be a string"));
    }
    let level = if a[4].is_null() { 0 } else { vm.to_i32(a[4])? };
    crate::import::import_module_level(vm, a[0], a[1], a[3], level)
}

fn breakpoint(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(hook) = vm.sys_get("breakpointhook") else {
        return Err(vm.runtime_error("lost sys.breakpointhook"));
    };
    vm.call_ex(hook.value(), vm.tuple_items(a[0]), a[1].cast::<PyDict>())
}
