//! Code generation: one method a construct, emitting instructions into the current unit.

mod assign;
mod call;
mod class;
mod comprehension;
mod control;
mod docstring;
mod expr;
mod function;
mod handlers;
mod import;
mod pattern;
mod percent;
mod stmt;
mod strings;
mod subscript;
mod type_params;
mod unparse;
mod warn;

use pyjit_isa::code::Code;
use ruff_python_ast::ModExpression;

pub(crate) use comprehension::sole_argument_range;
pub(crate) use strings::{Piece, Pieces, interpolation_text};

use crate::compiler::{Compiler, Gen};
use crate::errors::SyntaxWarning;

impl<'a> Compiler<'a> {
    /// Generates a module or an interactive statement.
    pub fn module(mut self, body: &'a [ruff_python_ast::Stmt]) -> Gen<(Code, Vec<SyntaxWarning>)> {
        self.module_body(body)?;
        Ok(self.finish(true))
    }

    /// Generates a single expression.
    pub fn expression(mut self, expression: &'a ModExpression) -> Gen<(Code, Vec<SyntaxWarning>)> {
        self.expr(&expression.body)?;
        Ok(self.finish(false))
    }
}
