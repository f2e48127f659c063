//! The `compile` hook: source text to code or to a syntax tree, and the exceptions of rejected programs.

use pyjit_compile::astdump::{check, compile_tree, parse_func_type, parse_tree};
use pyjit_compile::{Mode, source::Source};
use pyjit_core::prelude::*;
use pyjit_core::vm::CompileRequest;

/// `ast.PyCF_ONLY_AST`.
const ONLY_AST: u32 = 0x400;

fn options_of(vm: &Vm, request: &CompileRequest<'_>) -> PyResult<pyjit_compile::Options> {
    let mode = match request.mode {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        "func_type" if request.flags & ONLY_AST != 0 => Mode::Eval,
        _ => return Err(vm.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let optimize = if request.optimize < 0 {
        vm.options().optimize
    } else {
        request.optimize
    };
    Ok(pyjit_compile::Options {
        mode,
        optimize: optimize.clamp(0, 2) as u8,
        filename: request.filename.clone(),
        parse: pyjit_compile::ParseFlags {
            allow_incomplete: request.flags & 0x4000 != 0,
            dont_imply_dedent: request.flags & 0x200 != 0,
            optimized_tree: request.flags & 0x8000 != 0,
            type_comments: request.flags & 0x1000 != 0,
            feature_version: 0,
        },
        future_flags: request.flags & pyjit_isa::code::flags::FUTURE_ANNOTATIONS,
        allow_top_level_await: request.flags & 0x2000 != 0,
    })
}

/// Compiles a syntax tree; the request's source does not count.
pub fn compile_node(vm: &Vm, node: Value, request: &CompileRequest<'_>) -> PyResult<Owned> {
    if request.flags & ONLY_AST != 0 {
        return Ok(node.own());
    }
    let options = options_of(vm, request)?;
    let tree = crate::ast::read_tree(vm, node, request.mode)?;
    check(&tree).map_err(|fault| {
        if fault.is_type {
            vm.type_error(fault.msg)
        } else {
            vm.value_error(fault.msg)
        }
    })?;
    finish(vm, compile_tree(&tree, &options), &request.filename)
}

/// The `compile` hook.
pub fn compile(vm: &Vm, request: CompileRequest<'_>) -> PyResult<Owned> {
    compile_for(vm, request, 0)
}

/// The same for a tree that must do with Python 3.`feature_version`, if that is not 0.
pub fn compile_for(vm: &Vm, request: CompileRequest<'_>, feature_version: u8) -> PyResult<Owned> {
    let mut options = options_of(vm, &request)?;
    options.parse.feature_version = feature_version;
    let source = if request.is_text {
        match std::str::from_utf8(request.source) {
            Ok(t) => Source::from_text(t, &request.filename),
            Err(_) => return Err(vm.value_error("source is not valid UTF-8")),
        }
    } else {
        source_of_bytes(vm, request.source, &request.filename)?
    };
    if request.flags & ONLY_AST != 0 {
        let tree = source.and_then(|s| match request.mode {
            "func_type" => parse_func_type(&s, &options),
            _ => parse_tree(&s, &options),
        });
        let tree = tree.map_err(|e| syntax_error(vm, &e))?;
        for w in &tree.warnings {
            warn_syntax(vm, w, &request.filename)?;
        }
        return crate::ast::tree_object(vm, tree.root);
    }
    let compiled = source.and_then(|s| pyjit_compile::compile_source(&s, &options));
    finish(vm, compiled, &request.filename)
}

/// A program in bytes, decoded with the codec that it names.
pub fn source_of_bytes(
    vm: &Vm,
    bytes: &[u8],
    filename: &str,
) -> PyResult<Result<Source, pyjit_compile::SyntaxError>> {
    let Some(encoding) =
        pyjit_compile::source::foreign_encoding(bytes).filter(|_| !bytes.contains(&0))
    else {
        return Ok(Source::from_bytes(bytes, filename));
    };
    let rejected = |msg: String| Ok(Err(pyjit_compile::SyntaxError::unplaced(filename, msg)));
    let data = PyBytes::new(bytes);
    let name = PyStr::from_str(&encoding);
    match vm.call_method_str(data.value(), "decode", &[name.value()]) {
        Ok(text) => Ok(Source::from_text(&text_of(text.value()), filename)),
        Err(e) if e.is_instance(vm.exc.LookupError) || e.is_instance(vm.exc.UnicodeError) => {
            rejected(vm.str_text(e.value())?)
        }
        Err(e) => Err(e),
    }
}

/// The code of the program's file. Errors tell the file's name, and the place of a null byte.
pub fn compile_file(vm: &Vm, source: &[u8], filename: &str) -> PyResult<Owned> {
    if let Some(at) = source.iter().position(|b| *b == 0) {
        let before = source.get(..at).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |i| i + 1);
        let text = String::from_utf8_lossy(before.get(start..).unwrap_or_default());
        let details = PyTuple::new(vec![
            PyStr::from_str(filename),
            new_usize(line),
            new_int(0),
            PyStr::from_str(&text),
            new_usize(line),
            new_int(0),
        ]);
        let msg = PyStr::from_str("source code cannot contain null bytes");
        return Err(vm.error_with(vm.exc.SyntaxError, vec![msg, details]));
    }
    let options = pyjit_compile::Options {
        optimize: vm.options().optimize.clamp(0, 2) as u8,
        ..pyjit_compile::Options::exec(filename)
    };
    let source = match pyjit_compile::source::foreign_encoding(source) {
        Some(_) => source_of_bytes(vm, source, filename)?,
        None => Source::from_file(source, filename),
    };
    let compiled = source.and_then(|s| pyjit_compile::compile_source(&s, &options));
    finish(vm, compiled, filename)
}

fn finish(
    vm: &Vm,
    compiled: Result<pyjit_compile::Compiled, pyjit_compile::SyntaxError>,
    filename: &str,
) -> PyResult<Owned> {
    match compiled {
        Ok(c) => {
            for w in &c.warnings {
                warn_syntax(vm, w, filename)?;
            }
            Ok(PyCode::new(c.code))
        }
        Err(e) => Err(syntax_error(vm, &e)),
    }
}

fn warn_syntax(vm: &Vm, w: &pyjit_compile::SyntaxWarning, filename: &str) -> PyResult<()> {
    let Ok(f) = vm.import_attr("_warnings", "warn_explicit") else {
        return Ok(());
    };
    let args = [
        PyStr::from_str(&w.msg),
        vm.exc.SyntaxWarning.as_owned(),
        PyStr::from_str(filename),
        new_int(w.line as i64),
    ];
    let values: Vec<Value> = args.iter().map(|a| a.value()).collect();
    match vm.call(f.value(), &values) {
        // A warning that is an error is one of the program.
        Err(e) if e.is_instance(vm.exc.SyntaxWarning) => Err(syntax_error(vm, &w.as_error)),
        other => other.map(drop),
    }
}

/// The exception of a rejected program.
pub fn syntax_error(vm: &Vm, e: &pyjit_compile::SyntaxError) -> Raised {
    use pyjit_compile::ErrorKind;
    let class = match e.kind {
        ErrorKind::Syntax => vm.exc.SyntaxError,
        ErrorKind::Indentation => vm.exc.IndentationError,
        ErrorKind::Tab => vm.exc.TabError,
        ErrorKind::Incomplete => vm.exc._IncompleteInputError,
        ErrorKind::Recursion => return vm.error(vm.exc.RecursionError, &e.msg),
        ErrorKind::Memory => return vm.error(vm.exc.MemoryError, &e.msg),
    };
    let int = |n: i64| new_int(n);
    let text = match &e.text {
        Some(t) => PyStr::from_str(t),
        None => file_line(&e.filename, e.line).map_or(Owned::NONE, |t| PyStr::from_str(&t)),
    };
    let details = PyTuple::new(vec![
        PyStr::from_str(&e.filename),
        int(e.line as i64),
        int(e.col as i64),
        text,
        int(e.end_line as i64),
        int(e.end_col as i64),
    ]);
    vm.error_with(class, vec![PyStr::from_str(&e.msg), details])
}

/// A line of a source file, for errors that the compiler finds after parsing.
fn file_line(filename: &str, line: u32) -> Option<String> {
    let bytes = std::fs::read(filename).ok()?;
    let text = pyjit_compile::source::decode_source(&bytes).ok()?;
    text.split_inclusive('\n')
        .nth((line as usize).checked_sub(1)?)
        .map(str::to_owned)
}
