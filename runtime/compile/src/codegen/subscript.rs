//! Subscripts and slices.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{nb, op};
use ruff_python_ast::{Expr, ExprContext, ExprSlice, ExprSubscript};

use crate::compiler::{Compiler, Gen};
use crate::instr::Loc;

impl<'a> Compiler<'a> {
    /// `a[b:c]` has opcodes of its own, unless the slice is a constant or has a step.
    pub(super) fn is_two_part_slice(&self, slice: &Expr) -> bool {
        match slice {
            Expr::Slice(node) => node.step.is_none() && !self.is_constant_slice(node),
            _ => false,
        }
    }

    fn is_constant_slice(&self, node: &ExprSlice) -> bool {
        [&node.lower, &node.upper, &node.step]
            .into_iter()
            .flatten()
            .all(|part| self.is_constant(part))
    }

    pub(super) fn subscript(&mut self, node: &'a ExprSubscript, loc: Loc) -> Gen {
        if node.ctx == ExprContext::Load {
            self.check_subscript(node);
        }
        self.expr(&node.value)?;
        if node.ctx != ExprContext::Del && self.is_two_part_slice(&node.slice) {
            self.slice_bounds(&node.slice)?;
            let op = if node.ctx == ExprContext::Store {
                op::STORE_SLICE
            } else {
                op::BINARY_SLICE
            };
            self.op(op, loc);
            return Ok(());
        }
        self.expr(&node.slice)?;
        match node.ctx {
            ExprContext::Store => self.op(op::STORE_SUBSCR, loc),
            ExprContext::Del => self.op(op::DELETE_SUBSCR, loc),
            _ => self.op_arg(op::BINARY_OP, nb::SUBSCR, loc),
        }
        Ok(())
    }

    pub(super) fn slice_bounds(&mut self, slice: &'a Expr) -> Gen {
        if let Expr::Slice(node) = slice {
            let loc = self.loc(node);
            for part in [&node.lower, &node.upper] {
                match part {
                    Some(part) => self.expr(part)?,
                    None => self.load_const(Const::None, loc),
                }
            }
        }
        Ok(())
    }

    pub(super) fn slice(&mut self, node: &'a ExprSlice, loc: Loc) -> Gen {
        if self.is_constant_slice(node) {
            let mut parts = [Const::None, Const::None, Const::None];
            for (part, expr) in parts.iter_mut().zip([&node.lower, &node.upper, &node.step]) {
                if let Some(expr) = expr {
                    *part = self.constant(expr)?;
                }
            }
            self.load_const(Const::Slice(Box::new(parts)), loc);
            return Ok(());
        }
        for part in [&node.lower, &node.upper] {
            match part {
                Some(part) => self.expr(part)?,
                None => self.load_const(Const::None, loc),
            }
        }
        let mut count = 2;
        if let Some(step) = &node.step {
            self.expr(step)?;
            count = 3;
        }
        self.op_arg(op::BUILD_SLICE, count, loc);
        Ok(())
    }
}
