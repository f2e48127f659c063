//! Correct programs that the parser crate refuses. `parse` comes here when neither the parser's complaint nor CPython's
//! grammar explains a rejection: the one such construct is a bare `raise` before a semicolon, which is parsed as a
//! `pass` of the same length and put right in the tree.

use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{ModModule, Stmt, StmtRaise};
use ruff_text_size::{Ranged, TextSize};

/// A program with its bare `raise` statements disguised.
pub(crate) struct Disguised {
    /// Text of the same length.
    pub text: String,
    offsets: Vec<TextSize>,
}

impl Disguised {
    /// The program `text` with a `pass` in place of the `raise` at each of `offsets`.
    pub fn new(text: &str, offsets: Vec<TextSize>) -> Disguised {
        let mut out = text.to_string();
        for offset in &offsets {
            let start = usize::from(*offset);
            out.replace_range(start..start + "raise".len(), "pass ");
        }
        Disguised { text: out, offsets }
    }

    /// Puts the `raise` statements into the tree.
    pub fn reveal(&self, module: &mut ModModule) {
        self.visit_body(&mut module.body);
    }
}

impl Transformer for Disguised {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        if stmt.is_pass_stmt() && self.offsets.contains(&stmt.start()) {
            let range = ruff_text_size::TextRange::at(stmt.start(), TextSize::of("raise"));
            *stmt = Stmt::Raise(StmtRaise {
                range,
                node_index: Default::default(),
                exc: None,
                cause: None,
            });
            return;
        }
        transformer::walk_stmt(self, stmt);
    }

    fn visit_expr(&self, _: &mut ruff_python_ast::Expr) {}
}
