//! Expressions back to source text, as `from __future__ import annotations` stores them.

use pyjit_isa::code::Const;
use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use crate::source::Source;

/// The text of an annotation.
pub(super) fn unparse(expr: &Expr, source: &Source) -> Const {
    let range = expr.range();
    let text = source
        .text()
        .get(usize::from(range.start())..usize::from(range.end()))
        .unwrap_or("");
    Const::Str(text.to_owned())
}

/// `repr` of a constant, for messages.
pub(super) fn repr(value: &Const) -> String {
    match value {
        Const::None => "None".to_owned(),
        Const::True => "True".to_owned(),
        Const::False => "False".to_owned(),
        Const::Ellipsis => "Ellipsis".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(digits) => digits.clone(),
        Const::Float(value) => format!("{value:?}"),
        Const::Str(text) => format!("'{text}'"),
        Const::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
        other => format!("{other:?}"),
    }
}
