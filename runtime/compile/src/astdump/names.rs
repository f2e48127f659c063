//! Puts names that are no identifiers back into a parsed tree, see `emit`.

use super::emit::stand_in_index;
use crate::parse::Program;
use ruff_python_ast::name::Name;
use ruff_python_ast::visitor::transformer::{self, Transformer};
use ruff_python_ast::{Alias, ExceptHandler, Expr, Identifier, Keyword, Parameter, Stmt};

struct Restore<'a>(&'a [String]);

impl Restore<'_> {
    fn name(&self, name: &mut Name) {
        if name.contains("__ast_name_") {
            let parts: Vec<&str> = name
                .split('.')
                .map(|p| {
                    stand_in_index(p)
                        .and_then(|i| self.0.get(i))
                        .map_or(p, String::as_str)
                })
                .collect();
            *name = Name::new(parts.join("."));
        }
    }
    fn identifier(&self, id: &mut Identifier) {
        self.name(&mut id.id);
    }
    fn optional(&self, id: &mut Option<Identifier>) {
        if let Some(id) = id {
            self.identifier(id);
        }
    }
}

impl Transformer for Restore<'_> {
    fn visit_stmt(&self, stmt: &mut Stmt) {
        match stmt {
            Stmt::FunctionDef(n) => self.identifier(&mut n.name),
            Stmt::ClassDef(n) => self.identifier(&mut n.name),
            Stmt::ImportFrom(n) => self.optional(&mut n.module),
            Stmt::Global(n) => n.names.iter_mut().for_each(|i| self.identifier(i)),
            Stmt::Nonlocal(n) => n.names.iter_mut().for_each(|i| self.identifier(i)),
            _ => {}
        }
        transformer::walk_stmt(self, stmt);
    }
    fn visit_expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Name(n) => self.name(&mut n.id),
            Expr::Attribute(n) => self.identifier(&mut n.attr),
            _ => {}
        }
        transformer::walk_expr(self, expr);
    }
    fn visit_alias(&self, alias: &mut Alias) {
        self.identifier(&mut alias.name);
        self.optional(&mut alias.asname);
    }
    fn visit_parameter(&self, p: &mut Parameter) {
        self.identifier(&mut p.name);
        transformer::walk_parameter(self, p);
    }
    fn visit_keyword(&self, k: &mut Keyword) {
        self.optional(&mut k.arg);
        transformer::walk_keyword(self, k);
    }
    fn visit_except_handler(&self, handler: &mut ExceptHandler) {
        let ExceptHandler::ExceptHandler(h) = handler;
        self.optional(&mut h.name);
        transformer::walk_except_handler(self, handler);
    }
}

/// Replaces the stand-ins of a program.
pub(super) fn restore(program: &mut Program, names: &[String]) {
    let r = Restore(names);
    match program {
        Program::Module(m) | Program::Interactive(m) => r.visit_body(&mut m.body),
        Program::Expression(e) => r.visit_expr(&mut e.body),
    }
}
