//! The front end: Python source to canonical code objects.
//!
//! [`compile`] is the whole of it: [`source`] and [`parse`] make a syntax tree, [`scope`] decides where names live, the
//! code generator emits instructions, the flow graph optimises them and the assembler lays them out.
#![forbid(unsafe_code)]

mod assemble;
pub mod astdump;
mod codegen;
mod compiler;
mod diagnose;
pub mod errors;
mod escapes;
mod finally;
mod flow;
mod instr;
pub mod literal;
pub mod parse;
mod repair;
pub mod scope;
pub mod source;
mod tables;
mod unit;

use pyjit_isa::code::Code;

pub use diagnose::listing;
pub use errors::{ErrorKind, SyntaxError, SyntaxWarning};
pub use parse::{Mode, ParseFlags};
pub use source::Source;

use parse::{Parsed, Program};
use scope::{ScopeOptions, SymbolTable};

static NO_RANGES: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// From now on code objects know lines only (`-X no_debug_ranges`).
pub fn drop_debug_ranges() {
    NO_RANGES.store(true, std::sync::atomic::Ordering::Relaxed);
}
pub(crate) fn debug_ranges() -> bool {
    !NO_RANGES.load(std::sync::atomic::Ordering::Relaxed)
}

/// What `compile()` can be told.
#[derive(Clone, Debug)]
pub struct Options {
    pub mode: Mode,
    /// `-O` level: 0 keeps everything, 1 drops `assert` and makes `__debug__` false, 2 drops docstrings too.
    pub optimize: u8,
    /// For `co_filename` and errors.
    pub filename: String,
    /// `co_flags` bits of the future features inherited from the caller.
    pub future_flags: u32,
    /// `ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`.
    pub allow_top_level_await: bool,
    /// Details of parsing that consoles ask for.
    pub parse: ParseFlags,
}

impl Options {
    /// A module without inherited features.
    pub fn exec(filename: &str) -> Options {
        Options {
            mode: Mode::Exec,
            optimize: 0,
            filename: filename.to_owned(),
            future_flags: 0,
            allow_top_level_await: false,
            parse: ParseFlags::default(),
        }
    }
}

/// A compiled program.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub code: Code,
    /// Warnings in the order CPython would issue them.
    pub warnings: Vec<SyntaxWarning>,
}

/// Compiles text; warnings are dropped.
pub fn compile(source: &str, options: &Options) -> Result<Code, SyntaxError> {
    let source = Source::from_text(source, &options.filename)?;
    compile_source(&source, options).map(|compiled| compiled.code)
}

/// Compiles a program.
pub fn compile_source(source: &Source, options: &Options) -> Result<Compiled, SyntaxError> {
    let parsed = parse::parse(source, options.mode, options.parse)?;
    generate(source, parsed, options)
}

/// The stages after the parser.
fn generate(source: &Source, parsed: Parsed, options: &Options) -> Result<Compiled, SyntaxError> {
    let futures = parse::futures(source, &parsed.program, options.future_flags)?;
    let scope_options = ScopeOptions {
        future_annotations: futures.annotations(),
        allow_top_level_await: options.allow_top_level_await,
    };
    let interactive = options.mode == Mode::Single;
    let table = SymbolTable::build(&parsed.program, source, scope_options)?;
    let generator = compiler::Compiler::new(source, &table, options.optimize, interactive, futures);
    let (code, later) = match &parsed.program {
        Program::Module(module) | Program::Interactive(module) => generator.module(&module.body)?,
        Program::Expression(expression) => generator.expression(expression)?,
    };
    let mut warnings = parsed.warnings;
    warnings.extend(finally::warnings(source, parsed.program.body()));
    warnings.extend(later);
    Ok(Compiled { code, warnings })
}
