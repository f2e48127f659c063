//! Type comments: finding those that a statement or parameter has. Used by `dump` when `ast.parse` was asked for them.

use ruff_text_size::{TextRange, TextSize};
use std::cell::Cell;

use crate::errors::SyntaxError;
use crate::source::Source;

struct Comment {
    range: TextRange,
    text: String,
    used: Cell<bool>,
}

/// The type comments of a program.
#[derive(Default)]
pub(super) struct Comments {
    list: Vec<Comment>,
    /// Line and tag of each `# type: ignore`.
    pub ignores: Vec<(u32, String)>,
}

/// What stands behind `# type: `, blanks being optional.
fn type_text(comment: &str) -> Option<&str> {
    let skip = [' ', '\t'];
    let rest = comment.strip_prefix('#')?.trim_start_matches(skip);
    Some(rest.strip_prefix("type:")?.trim_start_matches(skip))
}

impl Comments {
    pub fn new(source: &Source, all: &[TextRange]) -> Comments {
        let mut out = Comments::default();
        for range in all {
            let text = source
                .text()
                .get(usize::from(range.start())..usize::from(range.end()));
            let Some(text) = text.and_then(type_text) else {
                continue;
            };
            match text.strip_prefix("ignore") {
                Some(tag)
                    if !tag.starts_with(|c: char| !c.is_ascii() || c.is_ascii_alphanumeric()) =>
                {
                    out.ignores
                        .push((source.position(range.start()).0, tag.to_string()));
                }
                _ => out.list.push(Comment {
                    range: *range,
                    text: text.to_string(),
                    used: Cell::new(false),
                }),
            }
        }
        out
    }

    /// The first unused comment between two places, if what stands before it is as wanted.
    pub fn take(
        &self,
        source: &Source,
        from: TextSize,
        to: TextSize,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let c = self
            .list
            .iter()
            .find(|c| c.range.start() >= from && c.range.start() < to && !c.used.get())?;
        let between = source
            .text()
            .get(usize::from(from)..usize::from(c.range.start()))?;
        if !wanted(between) {
            return None;
        }
        c.used.set(true);
        Some(c.text.clone())
    }

    /// A type comment where none may stand is a syntax error.
    pub fn check(&self, source: &Source) -> Result<(), SyntaxError> {
        match self.list.iter().find(|c| !c.used.get()) {
            Some(c) => Err(source.parse_error("invalid syntax", c.range)),
            None => Ok(()),
        }
    }
}
