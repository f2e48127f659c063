//! Finds CPython's error for a program the parser rejected: its message and its exact place. Called by `parse` only
//! after a rejection (and for interactive programs, whose line structure the parser does not know), so it may be slow.
//!
//! `tokens`, `numbers` and `strings` are a tokenizer that fails as CPython's does, `grammar` the language with its common mistakes,
//! `rules` reads that, `peg` interprets it, `actions` makes the messages.

mod actions;
mod grammar;
pub mod listing;
mod numbers;
mod peg;
mod rules;
mod strings;
mod tokens;

use ruff_text_size::{TextRange, TextSize};

use crate::errors::SyntaxError;
use crate::parse::{Mode, ParseFlags};
use crate::source::Source;

/// The error to raise for a rejected program; `message` and `range` are what the parser said of it, used only when no
/// fault is found here.
pub(crate) fn diagnose(
    source: &Source,
    mode: Mode,
    flags: ParseFlags,
    message: &str,
    range: TextRange,
) -> SyntaxError {
    find_error(source, mode, flags).unwrap_or_else(|| {
        let known = message.starts_with("too many");
        source.parse_error(if known { message } else { "invalid syntax" }, range)
    })
}

/// CPython's error for a program, if its grammar has one.
pub(crate) fn find_error(source: &Source, mode: Mode, flags: ParseFlags) -> Option<SyntaxError> {
    let start = match mode {
        Mode::Exec => "file",
        Mode::Eval => "eval",
        Mode::Single => "interactive",
    };
    let lexer = tokens::tokenize(source, mode, !flags.dont_imply_dedent);
    peg::find_error(lexer, start, flags.allow_incomplete)
}

/// Whether CPython's tokenizer would get through a program.
pub(crate) fn tokenizes(source: &Source, mode: Mode) -> bool {
    let lexer = tokens::tokenize(source, mode, true);
    lexer
        .tokens
        .last()
        .is_none_or(|token| token.kind != tokens::Kind::Error)
}

/// Where `raise` stands directly before a semicolon.
pub(crate) fn bare_raises(source: &Source, mode: Mode) -> Vec<TextSize> {
    let lexer = tokens::tokenize(source, mode, true);
    let pairs = lexer.tokens.iter().zip(lexer.tokens.iter().skip(1));
    pairs
        .filter(|(word, next)| lexer.text(word) == "raise" && lexer.text(next) == ";")
        .map(|(word, _)| TextSize::new(word.start as u32))
        .collect()
}
