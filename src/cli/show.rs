//! `pyjit show tokens|ast|symtable|bytecode|threaded file`: the stations of a program's way through the front end.

use super::disassemble::{listing, threaded_listing};
use super::parse::{Parsed, Program};
use super::{Call, program, text};
use pyjit_compile::parse::{self, Mode, ParseFlags};
use pyjit_compile::scope::{BlockId, Scope, ScopeOptions, SymbolTable, def};
use pyjit_compile::{Options, Source, SyntaxError, compile_source};
use std::ffi::OsString;
use std::fmt::Write;

const USAGE: &str = "usage: pyjit show tokens|ast|symtable|bytecode|threaded file\n";

/// Runs the sub-command.
pub fn main(call: &Call, words: &[OsString]) -> i32 {
    let [what, file] = words else {
        return usage(words);
    };
    let what = what.to_string_lossy();
    if what == "tokens" {
        // The library's tokenizer prints as `python -m tokenize` does.
        return super::python(call, &["-m".into(), "tokenize".into(), file.clone()]);
    }
    let bytes = match std::fs::read(file) {
        Ok(b) => b,
        Err(e) => {
            eprintln!("{}: can't open file '{}': {e}", call.name, file.display());
            return 2;
        }
    };
    let shown = match what.as_ref() {
        "ast" => tree(&bytes, file),
        "symtable" => symbols(&bytes, file),
        "bytecode" => bytecode(&bytes, file),
        "threaded" => return threaded(file, &bytes),
        _ => return usage(words),
    };
    match shown {
        Ok(shown) => {
            text::print(&shown);
            0
        }
        Err(e) => {
            eprintln!("{e}");
            1
        }
    }
}

fn usage(words: &[OsString]) -> i32 {
    if words.first().is_some_and(|w| w == "--help" || w == "-h") {
        text::print(USAGE);
        return 0;
    }
    eprint!("{USAGE}");
    2
}

fn source(bytes: &[u8], file: &OsString) -> Result<Source, SyntaxError> {
    Source::from_bytes(bytes, &file.to_string_lossy())
}

fn tree(bytes: &[u8], file: &OsString) -> Result<String, SyntaxError> {
    let source = source(bytes, file)?;
    let parsed = parse::parse(&source, Mode::Exec, ParseFlags::default())?;
    Ok(format!("{:#?}\n", parsed.program.body()))
}

fn symbols(bytes: &[u8], file: &OsString) -> Result<String, SyntaxError> {
    let source = source(bytes, file)?;
    let parsed = parse::parse(&source, Mode::Exec, ParseFlags::default())?;
    let futures = parse::futures(&source, &parsed.program, 0)?;
    let options = ScopeOptions {
        future_annotations: futures.annotations(),
        allow_top_level_await: false,
    };
    let table = SymbolTable::build(&parsed.program, &source, options)?;
    let mut out = String::new();
    block(&table, BlockId::TOP, 0, &mut out);
    Ok(out)
}

fn block(table: &SymbolTable, id: BlockId, depth: usize, out: &mut String) {
    let b = table.block(id);
    let indent = depth * 4;
    let _ = writeln!(out, "{:indent$}{:?} {}", "", b.kind, b.name);
    for (name, flags) in b.symbols.iter() {
        let facts = [
            (def::PARAM, "parameter"),
            (def::GLOBAL, "global"),
            (def::NONLOCAL, "nonlocal"),
            (def::IMPORT, "imported"),
            (def::ANNOT, "annotated"),
            (def::USE, "used"),
        ];
        let facts: Vec<&str> = facts
            .iter()
            .filter(|(bit, _)| flags & bit != 0)
            .map(|(_, n)| *n)
            .collect();
        let scope = match Scope::of(flags) {
            Scope::Unknown => "unknown",
            Scope::Local => "local",
            Scope::GlobalExplicit => "global (declared)",
            Scope::GlobalImplicit => "global",
            Scope::Free => "free",
            Scope::Cell => "cell",
        };
        let _ = writeln!(
            out,
            "{:indent$}  {name:<20} {scope:<18} {}",
            "",
            facts.join(" ")
        );
    }
    for child in &b.children {
        block(table, *child, depth + 1, out);
    }
}

fn bytecode(bytes: &[u8], file: &OsString) -> Result<String, SyntaxError> {
    let source = source(bytes, file)?;
    let options = Options::exec(&file.to_string_lossy());
    Ok(listing(&compile_source(&source, &options)?.code))
}

/// Threaded code needs a runtime, but the program does not run.
fn threaded(file: &OsString, bytes: &[u8]) -> i32 {
    let mut parsed = Parsed {
        program: Program::File(file.clone()),
        ..Parsed::default()
    };
    parsed.settings.options.no_site = true;
    let vm = match program::start(&parsed) {
        Ok(vm) => vm,
        Err(status) => return status,
    };
    let code = match pyjit_modules::compiling::compile_file(vm, bytes, &file.to_string_lossy()) {
        Ok(code) => code,
        Err(e) => return super::finish::report(vm, e, false),
    };
    match threaded_listing(vm, code.value(), true) {
        Ok(shown) => {
            text::print(&shown);
            0
        }
        Err(e) => super::finish::report(vm, e, false),
    }
}
