//! Expressions.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{common, compare, intrinsic, nb, op, pseudo, resume};
use ruff_python_ast::{
    BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, ExprContext, ExprDict, ExprIf, Operator, UnaryOp,
};
use ruff_text_size::Ranged;

use super::comprehension::Comp;
use crate::compiler::{Compiler, Gen};
use crate::instr::{Loc, NOP};
use crate::unit::UnitKind;

/// Displays and calls with more parts than this are built piecewise, to bound the stack.
pub(super) const STACK_GUIDELINE: usize = 30;

/// How a display is built when it has stars or is large.
#[derive(Clone, Copy)]
pub(super) struct Display {
    pub build: u8,
    pub add: u8,
    pub extend: u8,
    pub to_tuple: bool,
}

pub(super) const LIST: Display = Display {
    build: op::BUILD_LIST,
    add: op::LIST_APPEND,
    extend: op::LIST_EXTEND,
    to_tuple: false,
};
pub(super) const TUPLE: Display = Display {
    to_tuple: true,
    ..LIST
};
const SET: Display = Display {
    build: op::BUILD_SET,
    add: op::SET_ADD,
    extend: op::SET_UPDATE,
    to_tuple: false,
};

impl<'a> Compiler<'a> {
    /// Whether an expression is a constant of the syntax tree (literals and `__debug__`).
    pub(super) fn is_constant(&self, expr: &Expr) -> bool {
        match expr {
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => true,
            Expr::Name(name) => name.id == "__debug__" && name.ctx == ExprContext::Load,
            _ => false,
        }
    }

    /// The value of an expression for which [`Compiler::is_constant`] holds.
    pub(super) fn constant(&self, expr: &Expr) -> Gen<Const> {
        Ok(match expr {
            Expr::StringLiteral(node) => {
                crate::literal::string_value(self.source.text(), &node.value)
            }
            Expr::BytesLiteral(node) => {
                crate::literal::bytes_value(self.source.text(), &node.value)
            }
            Expr::NumberLiteral(node) => {
                crate::literal::number_value(self.source, &node.value, node.range)?
            }
            Expr::BooleanLiteral(node) if node.value => Const::True,
            Expr::BooleanLiteral(_) => Const::False,
            Expr::EllipsisLiteral(_) => Const::Ellipsis,
            Expr::Name(_) if self.optimize == 0 => Const::True,
            Expr::Name(_) => Const::False,
            _ => Const::None,
        })
    }

    pub(super) fn exprs(&mut self, all: &'a [Expr]) -> Gen {
        all.iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &'a Expr) -> Gen {
        match expr {
            // The two most frequent leaves need no more stack.
            Expr::Name(node) if node.id != "__debug__" => {
                let loc = self.loc(node);
                self.name(&node.id, node.ctx, loc);
                Ok(())
            }
            _ => stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_inner(expr)),
        }
    }

    fn expr_inner(&mut self, expr: &'a Expr) -> Gen {
        let loc = self.loc(expr);
        match expr {
            Expr::Named(node) => {
                self.expr(&node.value)?;
                self.op_arg(op::COPY, 1, loc);
                self.expr(&node.target)?;
            }
            Expr::BoolOp(node) => self.bool_op(node, loc)?,
            Expr::BinOp(node) => {
                if node.op == Operator::Mod && self.percent_format(node)? {
                    return Ok(());
                }
                self.expr(&node.left)?;
                self.expr(&node.right)?;
                self.binary_op(node.op, false, loc);
            }
            Expr::UnaryOp(node) => {
                self.expr(&node.operand)?;
                match node.op {
                    UnaryOp::UAdd => {
                        self.op_arg(op::CALL_INTRINSIC_1, intrinsic::UNARY_POSITIVE, loc)
                    }
                    UnaryOp::USub => self.op(op::UNARY_NEGATIVE, loc),
                    UnaryOp::Invert => self.op(op::UNARY_INVERT, loc),
                    UnaryOp::Not => {
                        self.op(op::TO_BOOL, loc);
                        self.op(op::UNARY_NOT, loc);
                    }
                }
            }
            Expr::Lambda(node) => self.lambda(expr, node, loc)?,
            Expr::If(node) => self.if_expr(node)?,
            Expr::Dict(node) => self.dict(node, loc)?,
            Expr::Set(node) => self.display(&node.elts, 0, None, SET, loc)?,
            Expr::ListComp(node) => {
                self.comprehension(expr, Comp::List, &node.generators, &node.elt, None, loc)?;
            }
            Expr::SetComp(node) => {
                self.comprehension(expr, Comp::Set, &node.generators, &node.elt, None, loc)?;
            }
            Expr::DictComp(node) => {
                let Some(key) = node.key.as_deref() else {
                    return self.error(
                        node.range,
                        "dict unpacking cannot be used in dict comprehension",
                    );
                };
                self.comprehension(
                    expr,
                    Comp::Dict,
                    &node.generators,
                    key,
                    Some(&node.value),
                    loc,
                )?;
            }
            Expr::Generator(node) => {
                self.comprehension(
                    expr,
                    Comp::Generator,
                    &node.generators,
                    &node.elt,
                    None,
                    loc,
                )?;
            }
            Expr::Await(node) => {
                self.expr(&node.value)?;
                self.await_value(0, loc);
            }
            Expr::Yield(node) => {
                if !self.table.block(self.unit.block).is_function_like() {
                    return self.error(node.range, "'yield' outside function");
                }
                match &node.value {
                    Some(value) => self.expr(value)?,
                    None => self.load_const(Const::None, loc),
                }
                self.yield_value(loc);
            }
            Expr::YieldFrom(node) => {
                if !self.table.block(self.unit.block).is_function_like() {
                    return self.error(node.range, "'yield from' outside function");
                }
                if self.unit.kind == UnitKind::AsyncFunction {
                    return self.error(node.range, "'yield from' inside async function");
                }
                self.expr(&node.value)?;
                self.op(op::GET_YIELD_FROM_ITER, loc);
                self.load_const(Const::None, loc);
                self.yield_from(loc, false);
            }
            Expr::Compare(node) => self.compare(node, loc)?,
            Expr::Call(node) => self.call(node)?,
            Expr::FString(node) => self.f_string(node)?,
            Expr::TString(node) => self.t_string(node)?,
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => {
                let value = self.constant(expr)?;
                self.load_const(value, loc);
            }
            Expr::Attribute(node) => {
                if node.ctx == ExprContext::Load && self.super_arguments(&node.value, &node.attr)? {
                    let explicit = super::call::has_arguments(&node.value);
                    self.name_op(
                        op::LOAD_SUPER_ATTR,
                        &node.attr.id,
                        2,
                        u32::from(explicit) << 1,
                        loc,
                    );
                    let loc = self.attribute_loc(loc, node);
                    self.op(NOP, loc);
                    return Ok(());
                }
                self.note_static_attribute(node);
                self.expr(&node.value)?;
                let loc = self.attribute_loc(loc, node);
                match node.ctx {
                    ExprContext::Store => self.name_op(op::STORE_ATTR, &node.attr.id, 0, 0, loc),
                    ExprContext::Del => self.name_op(op::DELETE_ATTR, &node.attr.id, 0, 0, loc),
                    _ => self.load_attr(&node.attr.id, false, loc),
                }
            }
            Expr::Subscript(node) => self.subscript(node, loc)?,
            Expr::Starred(node) => {
                let msg = if node.ctx == ExprContext::Store {
                    "starred assignment target must be in a list or tuple"
                } else {
                    "can't use starred expression here"
                };
                return self.error(node.range, msg);
            }
            Expr::Name(node) => {
                if node.ctx == ExprContext::Load {
                    let value = self.constant(expr)?;
                    self.load_const(value, loc);
                } else {
                    self.name(&node.id, node.ctx, loc);
                }
            }
            Expr::List(node) => match node.ctx {
                ExprContext::Store => self.unpack(&node.elts, node.range, loc)?,
                ExprContext::Del => self.exprs(&node.elts)?,
                _ => self.display(&node.elts, 0, None, LIST, loc)?,
            },
            Expr::Tuple(node) => match node.ctx {
                ExprContext::Store => self.unpack(&node.elts, node.range, loc)?,
                ExprContext::Del => self.exprs(&node.elts)?,
                _ => self.display(&node.elts, 0, None, TUPLE, loc)?,
            },
            Expr::Slice(node) => self.slice(node, loc)?,
            Expr::IpyEscapeCommand(node) => return self.error(node.range, "invalid syntax"),
        }
        Ok(())
    }

    fn bool_op(&mut self, node: &'a ExprBoolOp, loc: Loc) -> Gen {
        let jump = match node.op {
            BoolOp::And => pseudo::JUMP_IF_FALSE,
            BoolOp::Or => pseudo::JUMP_IF_TRUE,
        };
        let end = self.label();
        if let Some((last, others)) = node.values.split_last() {
            for value in others {
                self.expr(value)?;
                self.jump(jump, end, loc);
                self.op(op::POP_TOP, loc);
            }
            self.expr(last)?;
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn binary_op(&mut self, operator: Operator, in_place: bool, loc: Loc) {
        let plain = match operator {
            Operator::Add => nb::ADD,
            Operator::Sub => nb::SUBTRACT,
            Operator::Mult => nb::MULTIPLY,
            Operator::MatMult => nb::MATRIX_MULTIPLY,
            Operator::Div => nb::TRUE_DIVIDE,
            Operator::Mod => nb::REMAINDER,
            Operator::Pow => nb::POWER,
            Operator::LShift => nb::LSHIFT,
            Operator::RShift => nb::RSHIFT,
            Operator::BitOr => nb::OR,
            Operator::BitXor => nb::XOR,
            Operator::BitAnd => nb::AND,
            Operator::FloorDiv => nb::FLOOR_DIVIDE,
        };
        let arg = if in_place {
            plain + nb::INPLACE_ADD
        } else {
            plain
        };
        self.op_arg(op::BINARY_OP, arg, loc);
    }

    pub(super) fn yield_value(&mut self, loc: Loc) {
        let block = self.table.block(self.unit.block);
        if block.generator && block.coroutine {
            self.op_arg(op::CALL_INTRINSIC_1, intrinsic::ASYNC_GEN_WRAP, loc);
        }
        self.op_arg(op::YIELD_VALUE, 0, loc);
        self.op_arg(op::RESUME, resume::AFTER_YIELD, loc);
    }

    fn if_expr(&mut self, node: &'a ExprIf) -> Gen {
        let (end, orelse) = (self.label(), self.label());
        self.jump_if(&node.test, orelse, false)?;
        self.expr(&node.body)?;
        self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
        self.place(orelse);
        self.expr(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn compare_op(&mut self, operator: CmpOp, loc: Loc) {
        let number = match operator {
            CmpOp::Is | CmpOp::IsNot => {
                return self.op_arg(op::IS_OP, u32::from(operator == CmpOp::IsNot), loc);
            }
            CmpOp::In | CmpOp::NotIn => {
                return self.op_arg(op::CONTAINS_OP, u32::from(operator == CmpOp::NotIn), loc);
            }
            CmpOp::Eq => compare::EQ,
            CmpOp::NotEq => compare::NE,
            CmpOp::Lt => compare::LT,
            CmpOp::LtE => compare::LE,
            CmpOp::Gt => compare::GT,
            CmpOp::GtE => compare::GE,
        };
        self.op_arg(
            op::COMPARE_OP,
            number << 5 | compare::MASKS[number as usize],
            loc,
        );
    }

    fn compare(&mut self, node: &'a ExprCompare, loc: Loc) -> Gen {
        self.check_compare(node);
        self.expr(&node.left)?;
        let last = node.ops.len().saturating_sub(1);
        let cleanup = self.label();
        for (index, (operator, right)) in node.ops.iter().zip(&node.comparators).enumerate() {
            self.expr(right)?;
            if index < last {
                self.op_arg(op::SWAP, 2, loc);
                self.op_arg(op::COPY, 2, loc);
                self.compare_op(*operator, loc);
                self.op_arg(op::COPY, 1, loc);
                self.op(op::TO_BOOL, loc);
                self.jump(op::POP_JUMP_IF_FALSE, cleanup, loc);
                self.op(op::POP_TOP, loc);
            } else {
                self.compare_op(*operator, loc);
            }
        }
        if last > 0 {
            let end = self.label();
            self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
            self.place(cleanup);
            self.op_arg(op::SWAP, 2, loc);
            self.op(op::POP_TOP, loc);
            self.place(end);
        }
        Ok(())
    }

    /// A list, tuple or set display, or positional arguments. `pushed` elements are on the stack already; `injected` is
    /// a variable added at the end.
    pub(super) fn display(
        &mut self,
        elts: &'a [Expr],
        pushed: usize,
        injected: Option<&'static str>,
        display: Display,
        loc: Loc,
    ) -> Gen {
        let extra = usize::from(injected.is_some());
        let big = elts.len() + pushed + extra > STACK_GUIDELINE;
        let starred = elts.iter().any(Expr::is_starred_expr);
        let total = (elts.len() + pushed + extra) as u32;
        if !starred && !big {
            self.exprs(elts)?;
            if let Some(name) = injected {
                self.static_name(name, ExprContext::Load, loc);
            }
            let build = if display.to_tuple {
                op::BUILD_TUPLE
            } else {
                display.build
            };
            self.op_arg(build, total, loc);
            return Ok(());
        }
        let mut built = false;
        if big {
            self.op_arg(display.build, pushed as u32, loc);
            built = true;
        }
        for (index, elt) in elts.iter().enumerate() {
            if let Expr::Starred(star) = elt {
                if !built {
                    self.op_arg(display.build, (index + pushed) as u32, loc);
                    built = true;
                }
                self.expr(&star.value)?;
                self.op_arg(display.extend, 1, loc);
            } else {
                self.expr(elt)?;
                if built {
                    self.op_arg(display.add, 1, loc);
                }
            }
        }
        if let Some(name) = injected {
            self.static_name(name, ExprContext::Load, loc);
            self.op_arg(display.add, 1, loc);
        }
        if display.to_tuple {
            self.op_arg(op::CALL_INTRINSIC_1, intrinsic::LIST_TO_TUPLE, loc);
        }
        Ok(())
    }

    fn dict(&mut self, node: &'a ExprDict, loc: Loc) -> Gen {
        let mut have = false;
        let mut pending = 0;
        for (index, item) in node.items.iter().enumerate() {
            if item.key.is_none() {
                if pending > 0 {
                    self.dict_part(node, index - pending, index, loc)?;
                    if have {
                        self.op_arg(op::DICT_UPDATE, 1, loc);
                    }
                    have = true;
                    pending = 0;
                }
                if !have {
                    self.op_arg(op::BUILD_MAP, 0, loc);
                    have = true;
                }
                self.expr(&item.value)?;
                self.op_arg(op::DICT_UPDATE, 1, loc);
            } else if pending * 2 > STACK_GUIDELINE {
                self.dict_part(node, index - pending, index + 1, loc)?;
                if have {
                    self.op_arg(op::DICT_UPDATE, 1, loc);
                }
                have = true;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        if pending > 0 {
            self.dict_part(node, node.items.len() - pending, node.items.len(), loc)?;
            if have {
                self.op_arg(op::DICT_UPDATE, 1, loc);
            }
            have = true;
        }
        if !have {
            self.op_arg(op::BUILD_MAP, 0, loc);
        }
        Ok(())
    }

    fn dict_part(&mut self, node: &'a ExprDict, start: usize, end: usize, loc: Loc) -> Gen {
        let count = end - start;
        let big = count * 2 > STACK_GUIDELINE;
        if big {
            self.op_arg(op::BUILD_MAP, 0, loc);
        }
        for item in &node.items[start..end] {
            if let Some(key) = &item.key {
                self.expr(key)?;
            }
            self.expr(&item.value)?;
            if big {
                self.op_arg(op::MAP_ADD, 1, loc);
            }
        }
        if !big {
            self.op_arg(op::BUILD_MAP, count as u32, loc);
        }
        Ok(())
    }

    /// If an attribute stands on a later line than its object, the location starts at the attribute.
    pub(super) fn attribute_loc(&self, mut loc: Loc, node: &ruff_python_ast::ExprAttribute) -> Loc {
        let own = self.range_loc(node.range());
        if loc.line != own.end_line {
            loc.line = own.end_line;
            let length = node.attr.id.chars().count() as i32;
            if length <= own.end_col {
                loc.col = own.end_col - length;
            } else {
                loc.col = -1;
                loc.end_col = -1;
            }
            loc.end_line = loc.end_line.max(loc.line);
            if loc.line == loc.end_line {
                loc.end_col = loc.end_col.max(loc.col);
            }
        }
        loc
    }

    /// Remembers `self.name = ...` for `__static_attributes__` of the class around.
    fn note_static_attribute(&mut self, node: &ruff_python_ast::ExprAttribute) {
        if node.ctx != ExprContext::Store
            || !matches!(&*node.value, Expr::Name(name) if name.id == "self")
        {
            return;
        }
        if let Some(class) = self
            .outer
            .iter_mut()
            .rev()
            .find(|unit| unit.kind == UnitKind::Class)
        {
            class.static_attributes.push(node.attr.id.to_string());
        }
    }

    /// Loads one of the builtins that have an opcode.
    pub(super) fn load_common(&mut self, which: u32, loc: Loc) {
        debug_assert!(which <= common::ANY);
        self.op_arg(op::LOAD_COMMON_CONSTANT, which, loc);
    }
}
