//! `ast.parse(feature_version=...)`: what a program may not contain if it is to be one of an older Python 3.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Comprehension, Expr, Operator, Parameters, Stmt, TypeParam, TypeParams};
use ruff_text_size::{Ranged, TextRange};

use crate::errors::SyntaxError;
use crate::parse::Program;
use crate::source::Source;

/// Refuses what came after Python 3.`minor`.
pub(super) fn check(source: &Source, program: &Program, minor: u8) -> Result<(), SyntaxError> {
    let mut v = Checker {
        source,
        minor,
        found: None,
    };
    match program {
        Program::Module(m) | Program::Interactive(m) => v.visit_body(&m.body),
        Program::Expression(e) => v.visit_expr(&e.body),
    }
    match v.found {
        Some(e) => Err(e),
        None => Ok(()),
    }
}

struct Checker<'a> {
    source: &'a Source,
    minor: u8,
    found: Option<SyntaxError>,
}

impl Checker<'_> {
    fn need(&mut self, minor: u8, what: &str, range: TextRange) {
        if self.minor < minor && self.found.is_none() {
            let msg = format!("{what} only supported in Python 3.{minor} and greater");
            self.found = Some(self.source.parse_error(msg, range));
        }
    }
    fn text(&self, range: TextRange) -> &str {
        let (from, to) = (usize::from(range.start()), usize::from(range.end()));
        self.source.text().get(from..to).unwrap_or("")
    }
    fn type_params(&mut self, params: Option<&TypeParams>) {
        if let Some(p) = params {
            self.need(12, "Type parameter lists are", p.range);
        }
    }
}

impl<'a> Visitor<'a> for Checker<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let range = stmt.range();
        match stmt {
            Stmt::FunctionDef(n) => {
                if n.is_async {
                    self.need(5, "Async functions are", range);
                }
                self.type_params(n.type_params.as_deref());
            }
            Stmt::ClassDef(n) => self.type_params(n.type_params.as_deref()),
            Stmt::TypeAlias(n) => {
                self.need(12, "Type statement is", range);
                self.type_params(n.type_params.as_deref());
            }
            Stmt::For(n) if n.is_async => self.need(5, "Async for loops are", range),
            Stmt::With(n) if n.is_async => {
                self.need(5, "Async with statements are", range);
            }
            Stmt::AnnAssign(_) => self.need(6, "Variable annotation syntax is", range),
            Stmt::AugAssign(n) if n.op == Operator::MatMult => {
                self.need(5, "The '@' operator is", range)
            }
            Stmt::Match(_) => self.need(10, "Pattern matching is", range),
            Stmt::Try(n) => {
                if n.is_star {
                    self.need(11, "Exception groups are", range);
                }
                for h in &n.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(h) = h;
                    if let Some(Expr::Tuple(t)) = h.type_.as_deref()
                        && !t.parenthesized
                    {
                        self.need(14, "except expressions without parentheses are", t.range);
                    }
                }
            }
            _ => {}
        }
        visitor::walk_stmt(self, stmt);
    }
    fn visit_expr(&mut self, expr: &'a Expr) {
        let range = expr.range();
        match expr {
            Expr::BinOp(n) if n.op == Operator::MatMult => {
                self.need(5, "The '@' operator is", range)
            }
            Expr::Await(_) => self.need(5, "Await expressions are", range),
            Expr::Named(_) => self.need(8, "Assignment expressions are", range),
            Expr::NumberLiteral(_) if self.text(range).contains('_') => {
                self.need(6, "Underscores in numeric literals are", range)
            }
            Expr::TString(_) => self.need(14, "t-strings are", range),
            _ => {}
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || visitor::walk_expr(self, expr));
    }
    fn visit_comprehension(&mut self, c: &'a Comprehension) {
        if c.is_async {
            self.need(6, "Async comprehensions are", c.range);
        }
        visitor::walk_comprehension(self, c);
    }
    fn visit_parameters(&mut self, p: &'a Parameters) {
        if !p.posonlyargs.is_empty() {
            self.need(8, "Positional-only parameters are", p.range);
        }
        visitor::walk_parameters(self, p);
    }
    fn visit_type_param(&mut self, p: &'a TypeParam) {
        let default = match p {
            TypeParam::TypeVar(t) => &t.default,
            TypeParam::ParamSpec(t) => &t.default,
            TypeParam::TypeVarTuple(t) => &t.default,
        };
        if default.is_some() {
            self.need(13, "Type parameter defaults are", p.range());
        }
        visitor::walk_type_param(self, p);
    }
}
