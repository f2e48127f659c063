//! Warnings about `return`, `break` and `continue` that leave a `finally` block and so swallow the exception in flight
//! (PEP 765). A walk over the statements before any code is generated, since `finally` bodies are generated twice.

use ruff_python_ast::{ExceptHandler, Stmt};
use ruff_text_size::{Ranged, TextRange};

use crate::errors::SyntaxWarning;
use crate::source::Source;

/// The innermost construct that decides what a jump leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    Finally,
    Function,
    Loop,
}

/// The warnings for a program.
pub fn warnings(source: &Source, body: &[Stmt]) -> Vec<SyntaxWarning> {
    let mut walk = Walk {
        source,
        found: Vec::new(),
    };
    walk.stmts(body, Around::Nothing);
    walk.found
}

struct Walk<'a> {
    source: &'a Source,
    found: Vec<SyntaxWarning>,
}

impl Walk<'_> {
    fn warn(&mut self, word: &str, range: TextRange) {
        let as_error = self
            .source
            .error(format!("'{word}' in a 'finally' block"), range);
        self.found.push(SyntaxWarning {
            msg: as_error.msg.clone(),
            line: as_error.line,
            as_error,
        });
    }

    fn stmts(&mut self, body: &[Stmt], around: Around) {
        for stmt in body {
            match stmt {
                Stmt::FunctionDef(node) => self.nested(&node.body, Around::Function),
                Stmt::ClassDef(node) => self.nested(&node.body, around),
                Stmt::Return(_) if around == Around::Finally => self.warn("return", stmt.range()),
                Stmt::Break(_) if around == Around::Finally => self.warn("break", stmt.range()),
                Stmt::Continue(_) if around == Around::Finally => {
                    self.warn("continue", stmt.range())
                }
                Stmt::For(node) => {
                    self.nested(&node.body, Around::Loop);
                    self.nested(&node.orelse, around);
                }
                Stmt::While(node) => {
                    self.nested(&node.body, Around::Loop);
                    self.nested(&node.orelse, around);
                }
                Stmt::If(node) => {
                    self.nested(&node.body, around);
                    for clause in &node.elif_else_clauses {
                        self.nested(&clause.body, around);
                    }
                }
                Stmt::With(node) => self.nested(&node.body, around),
                Stmt::Match(node) => {
                    for case in &node.cases {
                        self.nested(&case.body, around);
                    }
                }
                Stmt::Try(node) => {
                    self.nested(&node.body, around);
                    for ExceptHandler::ExceptHandler(handler) in &node.handlers {
                        self.nested(&handler.body, around);
                    }
                    self.nested(&node.orelse, around);
                    self.nested(&node.finalbody, Around::Finally);
                }
                _ => {}
            }
        }
    }

    fn nested(&mut self, body: &[Stmt], around: Around) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmts(body, around));
    }
}
