//! `pyjit dis script.py`: bytecode as the library's `dis` prints it; `--threaded` the threaded code instead; `--run` the
//! threaded code after the program has run, with the instructions as they were quickened.

use super::parse::{Parsed, Program};
use super::{Call, finish, program, text};
use pyjit_core::prelude::*;
use pyjit_isa::code::{Code, Const};
use pyjit_isa::threaded::Op;
use pyjit_isa::{exctable, lines, opcode};
use std::ffi::OsString;
use std::fmt::Write;

const USAGE: &str = "usage: pyjit dis [--threaded | --run] script.py [arg] ...\n";

/// Runs the sub-command.
pub fn main(call: &Call, words: &[OsString]) -> i32 {
    let (mut run, mut threaded) = (false, false);
    let mut rest = words.iter();
    let mut file = None;
    for w in rest.by_ref() {
        match w.to_str() {
            Some("--run") => run = true,
            Some("--threaded") => threaded = true,
            Some("-h" | "--help") => {
                text::print(USAGE);
                return 0;
            }
            Some(o) if o.starts_with("--") => {
                eprint!("Unknown option: {o}\n{USAGE}");
                return 2;
            }
            _ => {
                file = Some(w.clone());
                break;
            }
        }
    }
    let Some(file) = file else {
        eprint!("{USAGE}");
        return 2;
    };
    let bytes = match std::fs::read(&file) {
        Ok(b) => b,
        Err(e) => {
            eprintln!("{}: can't open file '{}': {e}", call.name, file.display());
            return 2;
        }
    };
    let mut parsed = Parsed {
        program: Program::File(file.clone()),
        args: rest.cloned().collect(),
        ..Parsed::default()
    };
    parsed.settings.options.executable = call.name.clone();
    parsed.settings.options.no_site = !run;
    let vm = match program::start(&parsed) {
        Ok(vm) => vm,
        Err(status) => return status,
    };
    let status = match disassemble(vm, &file, &bytes, run, threaded) {
        Ok(status) => status,
        Err(e) => finish::report(vm, e, false),
    };
    finish::die(finish::shut_down(vm, status))
}

fn disassemble(vm: &Vm, file: &OsString, bytes: &[u8], run: bool, threaded: bool) -> PyResult<i32> {
    let code = pyjit_modules::compiling::compile_file(vm, bytes, &file.to_string_lossy())?;
    if run {
        let dir = std::path::Path::new(file).parent().map(|d| d.to_path_buf());
        program::insert_path(vm, dir.unwrap_or_default().as_os_str().as_encoded_bytes());
        let status = match program::run_code(vm, code.value()) {
            Ok(()) => 0,
            Err(e) => finish::report(vm, e, false),
        };
        pyjit_modules::sys::flush_std_files(vm);
        text::print(&threaded_listing(vm, code.value(), false)?);
        return Ok(status);
    }
    if threaded {
        text::print(&threaded_listing(vm, code.value(), true)?);
        return Ok(0);
    }
    // The library's own printer; without it, ours.
    match vm.import_attr("dis", "dis") {
        Ok(dis) => {
            vm.call(dis.value(), &[code.value()])?;
        }
        Err(_) => {
            let options = pyjit_compile::Options::exec(&file.to_string_lossy());
            let source = pyjit_compile::Source::from_bytes(bytes, &options.filename);
            let compiled = source.and_then(|s| pyjit_compile::compile_source(&s, &options));
            if let Ok(c) = compiled {
                text::print(&listing(&c.code));
            }
        }
    }
    Ok(0)
}

/// The bytecode of a code object and of those in it.
pub fn listing(code: &Code) -> String {
    let mut out = String::new();
    one(code, &mut out);
    out
}

fn one(code: &Code, out: &mut String) {
    let _ = writeln!(
        out,
        "{} (line {}, stack {}, flags {:#x})",
        code.qualname, code.first_line, code.stack_size, code.flags
    );
    let units: Vec<&[u8]> = code.code.chunks_exact(2).collect();
    let (mut at, mut extended, mut last_line) = (0, 0u32, None);
    while let Some([op, arg]) = units.get(at) {
        let arg = extended << 8 | u32::from(*arg);
        let line = lines::line_at(&code.line_table, code.first_line, at as u32);
        let shown = match line {
            Some(l) if line != last_line => l.to_string(),
            _ => String::new(),
        };
        last_line = line;
        let name = opcode::name(*op);
        let text = format!(
            "{shown:>5} {:>6}  {name:<28} {arg:>5}  {}",
            at * 2,
            operand(code, name, arg)
        );
        out.push_str(text.trim_end());
        out.push('\n');
        extended = if name == "EXTENDED_ARG" { arg } else { 0 };
        at += 1 + opcode::caches(*op);
    }
    let table = exctable::parse(&code.exception_table);
    if !table.is_empty() {
        out.push_str("  handlers:\n");
        for e in table {
            let _ = writeln!(
                out,
                "    {} to {} -> {} [{}]{}",
                e.start * 2,
                e.end * 2,
                e.target * 2,
                e.depth,
                if e.lasti { " lasti" } else { "" }
            );
        }
    }
    for c in &code.consts {
        if let Const::Code(inner) = c {
            out.push('\n');
            one(inner, out);
        }
    }
}

/// The name or constant that an argument stands for, where that is plain.
fn operand(code: &Code, name: &str, arg: u32) -> String {
    let local = |n: u32| {
        code.local_names
            .get(n as usize)
            .cloned()
            .unwrap_or_default()
    };
    let global = |n: u32| code.names.get(n as usize).cloned().unwrap_or_default();
    match name {
        "LOAD_CONST" => match code.consts.get(arg as usize) {
            Some(Const::Code(c)) => format!("<code {}>", c.qualname),
            Some(c) => format!("{c:?}"),
            None => String::new(),
        },
        "LOAD_GLOBAL" => global(arg >> 1),
        "LOAD_ATTR" => global(arg >> 1),
        "LOAD_SUPER_ATTR" => global(arg >> 2),
        _ if name.contains("FAST_LOAD_FAST") || name.contains("FAST_STORE_FAST") => {
            format!("{}, {}", local(arg >> 4), local(arg & 15))
        }
        "LOAD_FAST_BORROW_LOAD_FAST_BORROW" => format!("{}, {}", local(arg >> 4), local(arg & 15)),
        "BINARY_OP" => opcode::BINARY_OP_NAMES
            .get(arg as usize)
            .copied()
            .unwrap_or_default()
            .to_string(),
        _ if name.contains("_FAST") || name.contains("_DEREF") || name.contains("_CELL") => {
            local(arg)
        }
        _ if name.contains("_NAME") || name.contains("_ATTR") || name.contains("_GLOBAL") => {
            global(arg)
        }
        _ => String::new(),
    }
}

/// The threaded code of a code object and of those in it. `prepare`: make it where it does not exist yet; without, what
/// has not run is left out.
pub fn threaded_listing(vm: &Vm, code: Value, prepare: bool) -> PyResult<String> {
    let mut out = String::new();
    threaded(vm, code, prepare, &mut out)?;
    Ok(out)
}

fn threaded(vm: &Vm, value: Value, prepare: bool, out: &mut String) -> PyResult<()> {
    let Some(code) = value.cast::<PyCode>() else {
        return Ok(());
    };
    if prepare && code.threaded.get().0.is_none() {
        crate::interp::prepare(vm, code)?;
    }
    match &code.threaded.get().0 {
        None => {
            let _ = writeln!(out, "{}: not run\n", text_of(code.qualname.value()));
        }
        Some(t) => {
            let _ = writeln!(
                out,
                "{} (line {}): {} instructions, {} slots",
                text_of(code.qualname.value()),
                code.data.first_line,
                t.ins.len(),
                t.nslots
            );
            let names: Vec<String> = code
                .local_names
                .iter()
                .map(|n| text_of(n.value()))
                .collect();
            let _ = writeln!(out, "  slots: {}", numbered(&names));
            let mut last = None;
            for (i, ins) in t.ins.iter().enumerate() {
                let offset = t.offsets.get(i).map_or(0, |u| *u as usize * 2);
                let line = code.line_at(offset);
                let shown = match line {
                    Some(l) if line != last => l.to_string(),
                    _ => String::new(),
                };
                last = line;
                let name = Op::from_u16(ins.op.get()).map_or("?", Op::name);
                let _ = writeln!(
                    out,
                    "{shown:>5} {i:>5}  {name:<24} {:>6} {:>6} {:>6}   ; bytecode {offset}",
                    ins.a.get(),
                    ins.b.get(),
                    ins.c.get()
                );
            }
            for h in &t.handlers {
                let _ = writeln!(out, "  handler: {} to {} -> {}", h.start, h.end, h.target);
            }
            out.push('\n');
        }
    }
    for c in code.consts.get().clone() {
        threaded(vm, c.value(), prepare, out)?;
    }
    Ok(())
}

fn numbered(names: &[String]) -> String {
    let all: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(i, n)| format!("{i}={n}"))
        .collect();
    all.join(" ")
}
