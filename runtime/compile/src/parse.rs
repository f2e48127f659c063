//! From source text to a syntax tree: the only file that calls the parser crate. What the parser accepts is checked for
//! the limits and versions CPython has; what it rejects is handed to `diagnose`, which finds CPython's message.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::{Expr, Mod, ModExpression, ModModule, PythonVersion, Stmt};
use ruff_python_parser::{Mode as RuffMode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::errors::{SyntaxError, SyntaxWarning};
use crate::repair::Disguised;
pub use crate::source::{Source, decode_source};
use crate::{diagnose, literal};

/// The deepest nesting of brackets.
pub const MAX_BRACKETS: usize = 200;
/// The deepest nesting of indented blocks.
pub const MAX_INDENT: usize = 100;

/// What is being compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A whole module.
    Exec,
    /// One expression.
    Eval,
    /// One interactive statement, whose value is printed.
    Single,
}

/// A parsed program.
#[derive(Debug)]
pub enum Program {
    Module(ModModule),
    Expression(ModExpression),
    Interactive(ModModule),
}

impl Program {
    /// The statements; none for an expression.
    pub fn body(&self) -> &[Stmt] {
        match self {
            Program::Module(module) | Program::Interactive(module) => &module.body,
            Program::Expression(_) => &[],
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let (body, range) = match self {
            Program::Module(module) | Program::Interactive(module) => {
                (std::mem::take(&mut module.body), module.range)
            }
            Program::Expression(expression) => {
                let nothing =
                    Expr::EllipsisLiteral(ruff_python_ast::ExprEllipsisLiteral::default());
                let body = std::mem::replace(&mut *expression.body, nothing);
                return on_deep_stack(expression.range.len(), || drop(body));
            }
        };
        on_deep_stack(range.len(), || drop(body));
    }
}

/// Runs something that recurses through a tree without counting, with a stack in proportion to the program.
fn on_deep_stack<T>(program: TextSize, run: impl FnOnce() -> T) -> T {
    const LARGE: usize = 32 * 1024;
    const PER_BYTE: usize = 1024;
    let length = usize::from(program);
    if length < LARGE {
        run()
    } else {
        stacker::grow(length.saturating_mul(PER_BYTE).min(1 << 30), run)
    }
}

/// `from __future__` features in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Futures {
    /// `co_flags` bits of the features that have any.
    pub flags: u32,
    /// Where the last future import of the beginning of the module ends; one after this is an error.
    pub allowed_until: TextSize,
}

impl Futures {
    /// Annotations are kept as strings.
    pub fn annotations(self) -> bool {
        self.flags & pyjit_isa::code::flags::FUTURE_ANNOTATIONS != 0
    }
}

/// How `compile` was asked to parse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParseFlags {
    /// `PyCF_ALLOW_INCOMPLETE_INPUT`: a program that ends too early is [`crate::ErrorKind::Incomplete`].
    pub allow_incomplete: bool,
    /// `PyCF_DONT_IMPLY_DEDENT`: the end of an interactive program does not close its blocks.
    pub dont_imply_dedent: bool,
    /// `PyCF_OPTIMIZED_AST`: trees show what the optimisation level does.
    pub optimized_tree: bool,
    /// `PyCF_TYPE_COMMENTS`: trees show them.
    pub type_comments: bool,
    /// The minor version of Python 3 that a tree must do with; 0 for any.
    pub feature_version: u8,
}

/// What parsing yields.
#[derive(Debug)]
pub struct Parsed {
    pub program: Program,
    /// Warnings about literals, in the order of the source.
    pub warnings: Vec<SyntaxWarning>,
    /// All comments, if type comments are wanted.
    pub comments: Vec<TextRange>,
}

/// Parses a program.
pub fn parse(source: &Source, mode: Mode, flags: ParseFlags) -> Result<Parsed, SyntaxError> {
    // A rejected tree is dropped in there.
    on_deep_stack(TextSize::of(source.text()), || {
        parse_inner(source, mode, flags)
    })
}

fn parse_inner(source: &Source, mode: Mode, flags: ParseFlags) -> Result<Parsed, SyntaxError> {
    // The parser crate knows nothing of interactive programs, nor that blanks after the last line are indentation.
    let last_line = source.line(source.line_count());
    let blank_end = mode == Mode::Eval && !last_line.is_empty() && last_line.trim().is_empty();
    if (mode == Mode::Single || blank_end)
        && let Some(error) = diagnose::find_error(source, mode, flags)
    {
        return Err(error);
    }
    let ruff_mode = if mode == Mode::Eval {
        RuffMode::Expression
    } else {
        RuffMode::Module
    };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY314);
    if source.text().starts_with('\u{feff}') {
        // The parser skips a byte order mark; in decoded text it is just a character.
        let range = TextRange::new(TextSize::new(0), TextSize::new(3));
        return Err(diagnose::diagnose(
            source,
            mode,
            flags,
            "invalid non-printable character U+FEFF",
            range,
        ));
    }
    let mut parsed = parse_unchecked(source.text(), options.clone());
    let mut disguised = None;
    if parsed.has_syntax_errors() {
        if let Some(error) = diagnose::find_error(source, mode, flags) {
            return Err(error);
        }
        let other = Disguised::new(source.text(), diagnose::bare_raises(source, mode));
        let again = parse_unchecked(&other.text, options);
        if again.has_syntax_errors() {
            return Err(source.parse_error("invalid syntax", complaint(&parsed)));
        }
        (parsed, disguised) = (again, Some(other));
    }
    check_limits(source, mode, flags, parsed.tokens())?;
    let warnings = literal::warnings(source, parsed.tokens());
    let comments = match flags.type_comments {
        true => parsed
            .tokens()
            .iter()
            .filter(|t| t.kind() == TokenKind::Comment)
            .map(Ranged::range)
            .collect(),
        false => Vec::new(),
    };
    let mut syntax = parsed.into_syntax();
    if let (Some(disguised), Mod::Module(module)) = (&disguised, &mut syntax) {
        disguised.reveal(module);
    }
    let program = match syntax {
        Mod::Expression(expression) => Program::Expression(expression),
        Mod::Module(module) if mode == Mode::Single => Program::Interactive(module),
        Mod::Module(module) => Program::Module(module),
    };
    Ok(Parsed {
        program,
        warnings,
        comments,
    })
}

/// Parses text that was made from a tree.
pub(crate) fn parse_made(source: &Source, mode: Mode) -> Result<Program, SyntaxError> {
    let ruff_mode = if mode == Mode::Eval {
        RuffMode::Expression
    } else {
        RuffMode::Module
    };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY314);
    on_deep_stack(TextSize::of(source.text()), || {
        let parsed = parse_unchecked(source.text(), options);
        if parsed.has_syntax_errors() {
            return Err(source.error("invalid syntax", complaint(&parsed)));
        }
        Ok(match parsed.into_syntax() {
            Mod::Expression(expression) => Program::Expression(expression),
            Mod::Module(module) if mode == Mode::Single => Program::Interactive(module),
            Mod::Module(module) => Program::Module(module),
        })
    })
}

/// Where the parser's first complaint is.
fn complaint(parsed: &ruff_python_parser::Parsed<Mod>) -> TextRange {
    let first = parsed.errors().first().map(|error| error.location);
    let version = || {
        parsed
            .unsupported_syntax_errors()
            .first()
            .map(|error| error.range)
    };
    first.or_else(version).unwrap_or_default()
}

/// What CPython's parser refuses and the parser crate does not.
fn check_limits(
    source: &Source,
    mode: Mode,
    flags: ParseFlags,
    tokens: &Tokens,
) -> Result<(), SyntaxError> {
    let (mut brackets, mut indents) = (0usize, 0usize);
    let mut after_yield = false;
    for token in tokens {
        let kind = token.kind();
        if std::mem::replace(&mut after_yield, kind == TokenKind::Yield)
            && cannot_start_expression(kind)
            && let Some(error) = diagnose::find_error(source, mode, flags)
        {
            return Err(error);
        }
        match kind {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => brackets += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                brackets = brackets.saturating_sub(1)
            }
            TokenKind::Indent => indents += 1,
            TokenKind::Dedent => indents = indents.saturating_sub(1),
            _ => continue,
        }
        if brackets > MAX_BRACKETS {
            return Err(diagnose::diagnose(
                source,
                mode,
                flags,
                "too many nested parentheses",
                token.range(),
            ));
        }
        if indents >= MAX_INDENT {
            return Err(diagnose::diagnose(
                source,
                mode,
                flags,
                "too many levels of indentation",
                token.range(),
            ));
        }
    }
    // Tabs and form feeds in indentation are measured differently.
    let unusual = |line: &str| {
        let text = line.trim_start_matches([' ', '\t', '\x0c']);
        line[..line.len() - text.len()].contains(['\t', '\x0c'])
    };
    if source.text().contains(['\t', '\x0c'])
        && source.text().lines().any(unusual)
        && !diagnose::tokenizes(source, mode)
        && let Some(error) = diagnose::find_error(source, mode, flags)
    {
        return Err(error);
    }
    Ok(())
}

/// Operators after which a bare `yield` would be an operand.
fn cannot_start_expression(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Comma
            | TokenKind::Amper
            | TokenKind::Vbar
            | TokenKind::CircumFlex
            | TokenKind::Slash
            | TokenKind::DoubleSlash
            | TokenKind::Percent
            | TokenKind::At
            | TokenKind::DoubleStar
            | TokenKind::LeftShift
            | TokenKind::RightShift
            | TokenKind::Less
            | TokenKind::Greater
            | TokenKind::LessEqual
            | TokenKind::GreaterEqual
            | TokenKind::EqEqual
            | TokenKind::NotEqual
            | TokenKind::In
            | TokenKind::Is
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::If
            | TokenKind::Dot
            | TokenKind::ColonEqual
    )
}

/// Reads the `from __future__` imports at the beginning of a module. `inherited` are the flags of the code that called
/// `compile`.
pub fn futures(source: &Source, program: &Program, inherited: u32) -> Result<Futures, SyntaxError> {
    let mut futures = Futures {
        flags: inherited,
        allowed_until: TextSize::new(0),
    };
    let mut docstring_allowed = matches!(program, Program::Module(_));
    for stmt in program.body() {
        match stmt {
            Stmt::ImportFrom(import) if is_future(import) => {
                for alias in &import.names {
                    match alias.name.id.as_str() {
                        "annotations" => {
                            futures.flags |= pyjit_isa::code::flags::FUTURE_ANNOTATIONS
                        }
                        "nested_scopes" | "generators" | "division" | "absolute_import"
                        | "with_statement" | "print_function" | "unicode_literals"
                        | "generator_stop" | "barry_as_FLUFL" => {}
                        "braces" => return Err(source.error("not a chance", alias.range)),
                        other => {
                            let message = format!("future feature {other} is not defined");
                            return Err(source.error(message, alias.range));
                        }
                    }
                }
                futures.allowed_until = import.end();
            }
            Stmt::Expr(first) if docstring_allowed && first.value.is_string_literal_expr() => {}
            _ => break,
        }
        docstring_allowed = false;
    }
    Ok(futures)
}

/// Whether an import is one of `from __future__`.
pub fn is_future(import: &ruff_python_ast::StmtImportFrom) -> bool {
    import.level == 0
        && import
            .module
            .as_ref()
            .is_some_and(|module| module.id == "__future__")
}
