//! Assignments: unpacking targets, augmented and annotated assignment.

use pyjit_isa::opcode::{nb, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, ExprContext, StmtAnnAssign, StmtAugAssign};
use ruff_text_size::TextRange;

use crate::compiler::{Compiler, Gen};
use crate::instr::Loc;
use crate::unit::UnitKind;

impl<'a> Compiler<'a> {
    /// Unpacks the value on the stack into targets.
    pub(super) fn unpack(&mut self, elts: &'a [Expr], range: TextRange, loc: Loc) -> Gen {
        let count = elts.len();
        let mut stars = elts
            .iter()
            .enumerate()
            .filter(|(_, elt)| elt.is_starred_expr());
        match stars.next() {
            Some((at, _)) => {
                let after = count - at - 1;
                if at >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    return self.error(range, "too many expressions in star-unpacking assignment");
                }
                if stars.next().is_some() {
                    return self.error(range, "multiple starred expressions in assignment");
                }
                self.op_arg(op::UNPACK_EX, at as u32 | (after as u32) << 8, loc);
            }
            None => self.op_arg(op::UNPACK_SEQUENCE, count as u32, loc),
        }
        for elt in elts {
            match elt {
                Expr::Starred(star) => self.expr(&star.value)?,
                elt => self.expr(elt)?,
            }
        }
        Ok(())
    }

    pub(super) fn aug_assign(&mut self, node: &'a StmtAugAssign) -> Gen {
        let target = &*node.target;
        let mut loc = self.loc(target);
        match target {
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                self.op_arg(op::COPY, 1, loc);
                loc = self.attribute_loc(loc, attribute);
                self.load_attr(&attribute.attr.id, false, loc);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                if self.is_two_part_slice(&subscript.slice) {
                    self.slice_bounds(&subscript.slice)?;
                    for _ in 0..3 {
                        self.op_arg(op::COPY, 3, loc);
                    }
                    self.op(op::BINARY_SLICE, loc);
                } else {
                    self.expr(&subscript.slice)?;
                    self.op_arg(op::COPY, 2, loc);
                    self.op_arg(op::COPY, 2, loc);
                    self.op_arg(op::BINARY_OP, nb::SUBSCR, loc);
                }
            }
            Expr::Name(name) => self.name(&name.id, ExprContext::Load, loc),
            _ => return self.error(node.range, "illegal expression for augmented assignment"),
        }
        self.expr(&node.value)?;
        let whole = self.loc(node);
        self.binary_op(node.op, true, whole);
        match target {
            Expr::Attribute(attribute) => {
                let loc = self.loc(target);
                let loc = self.attribute_loc(loc, attribute);
                self.op_arg(op::SWAP, 2, loc);
                self.name_op(op::STORE_ATTR, &attribute.attr.id, 0, 0, loc);
            }
            Expr::Subscript(subscript) => {
                if self.is_two_part_slice(&subscript.slice) {
                    self.op_arg(op::SWAP, 4, loc);
                    self.op_arg(op::SWAP, 3, loc);
                    self.op_arg(op::SWAP, 2, loc);
                    self.op(op::STORE_SLICE, loc);
                } else {
                    self.op_arg(op::SWAP, 3, loc);
                    self.op_arg(op::SWAP, 2, loc);
                    self.op(op::STORE_SUBSCR, loc);
                }
            }
            Expr::Name(name) => self.name(&name.id, ExprContext::Store, loc),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn ann_assign(&mut self, node: &'a StmtAnnAssign) -> Gen {
        let loc = self.loc(node);
        if let Some(value) = &node.value {
            self.expr(value)?;
            self.expr(&node.target)?;
        }
        match &*node.target {
            Expr::Name(target) => {
                let class = self.unit.kind == UnitKind::Class;
                if !node.simple || !(class || self.unit.kind == UnitKind::Module) {
                    return Ok(());
                }
                if self.future_annotations() {
                    self.annotation_text(&node.annotation);
                    let index = self.unit.names.add("__annotations__");
                    self.op_arg(op::LOAD_NAME, index, loc);
                    let mangled = self.mangled(&target.id);
                    self.load_str(&mangled, loc);
                    self.op(op::STORE_SUBSCR, loc);
                    return Ok(());
                }
                let index = (!class || self.unit.conditional_depth > 0).then(|| {
                    self.unit.next_conditional += 1;
                    self.unit.next_conditional - 1
                });
                self.unit.deferred.push((node, index));
                if let Some(index) = index {
                    let set = "__conditional_annotations__";
                    if class {
                        let cell = self.deref_index(set, false);
                        self.op_arg(op::LOAD_DEREF, cell, loc);
                    } else {
                        self.name_op(op::LOAD_NAME, &Name::new_static(set), 0, 0, loc);
                    }
                    self.load_int(i64::from(index), loc);
                    self.op_arg(op::SET_ADD, 1, loc);
                    self.op(op::POP_TOP, loc);
                }
            }
            Expr::Attribute(target) if node.value.is_none() => self.evaluate_only(&target.value)?,
            Expr::Subscript(target) if node.value.is_none() => {
                self.evaluate_only(&target.value)?;
                self.evaluate_subscript(&target.slice)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn evaluate_only(&mut self, expr: &'a Expr) -> Gen {
        self.expr(expr)?;
        let loc = self.loc(expr);
        self.op(op::POP_TOP, loc);
        Ok(())
    }

    fn evaluate_subscript(&mut self, expr: &'a Expr) -> Gen {
        match expr {
            Expr::Slice(slice) => {
                for part in [&slice.lower, &slice.upper, &slice.step]
                    .into_iter()
                    .flatten()
                {
                    self.evaluate_only(part)?;
                }
                Ok(())
            }
            Expr::Tuple(tuple) => tuple
                .elts
                .iter()
                .try_for_each(|elt| self.evaluate_subscript(elt)),
            _ => self.evaluate_only(expr),
        }
    }
}
