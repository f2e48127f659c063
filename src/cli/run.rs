//! `pyjit script.py`: runs a program.

use crate::engine;
use pyjit_core::prelude::*;
use pyjit_core::vm::{CompileRequest, Options};

/// Runs a script.
pub fn main(args: Vec<String>) -> i32 {
    let mut options = Options {
        executable: args.first().cloned().unwrap_or_default(),
        ..Options::default()
    };
    let mut rest = args.into_iter().skip(1).peekable();
    if rest.peek().is_some_and(|a| a == "run") {
        rest.next();
    }
    let mut script = None;
    while let Some(a) = rest.next() {
        match a.as_str() {
            "--dispatch" => options.use_match_loop = rest.next().as_deref() == Some("match"),
            "--no-fast-paths" => options.no_fast_paths = true,
            "--gc-zeal" => {}
            "-c" => {
                script = Some((rest.next().unwrap_or_default(), true));
                break;
            }
            _ => {
                script = Some((a, false));
                break;
            }
        }
    }
    let Some((script, inline)) = script else {
        return 2;
    };
    options.argv = std::iter::once(script.clone()).chain(rest).collect();
    options.hash_seed = std::env::var("PYTHONHASHSEED")
        .ok()
        .and_then(|s| s.parse().ok());
    let vm = match engine::start(options) {
        Ok(vm) => vm,
        Err(e) => {
            eprintln!("pyjit: {e}");
            return 1;
        }
    };
    if let Err(e) = pyjit_modules::import::start(vm) {
        return pyjit_modules::sys::run_excepthook(vm, e);
    }
    let status = match run_program(vm, &script, inline) {
        Ok(_) => 0,
        Err(e) => pyjit_modules::sys::run_excepthook(vm, e),
    };
    if !pyjit_modules::sys::flush_std_files(vm) {
        return 120;
    }
    status
}

fn run_program(vm: &Vm, script: &str, inline: bool) -> PyResult<Owned> {
    let dir = if inline {
        String::new()
    } else {
        let path = std::fs::canonicalize(script).unwrap_or_default();
        path.parent()
            .map(|p| p.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    if let Some(path) = vm.sys_get("path")
        && let Some(l) = path.cast::<PyList>()
    {
        l.items.get_mut().insert(0, PyStr::from_str(&dir));
    }
    let main = PyModule::new(vm, "__main__");
    let Some(m) = main.cast::<PyModule>() else {
        return Ok(Owned::NONE);
    };
    m.dict().set_name("__builtins__", vm.import("builtins")?);
    pyjit_modules::import::put_module(vm, "__main__", &main);
    if !inline {
        m.dict().set_name("__file__", PyStr::from_str(script));
    }
    let bytes = if inline {
        script.as_bytes().to_vec()
    } else {
        std::fs::read(script).map_err(|e| vm.io_error(&e, None))?
    };
    let filename = if inline {
        "<string>".to_string()
    } else {
        script.to_string()
    };
    let code = (vm.hooks().compile)(
        vm,
        CompileRequest {
            source: &bytes,
            is_text: false,
            filename,
            mode: "exec",
            flags: 0,
            optimize: -1,
        },
    )?;
    let globals = m.dict().as_owned();
    (vm.hooks().eval_code)(
        vm,
        code.value(),
        globals.value(),
        globals.value(),
        Value::NULL,
    )
}
