//! Finds CPython's error for a program the parser rejected. Called by `parse` only after a rejection.

use ruff_text_size::TextRange;

use crate::errors::SyntaxError;
use crate::parse::Mode;
use crate::source::Source;

/// The error to raise for a rejected program; `message` and `range` are what the parser said of it.
pub fn diagnose(source: &Source, _mode: Mode, message: &str, range: TextRange) -> SyntaxError {
    let message = if message.starts_with("too many") {
        message
    } else {
        "invalid syntax"
    };
    source.parse_error(message, range)
}
