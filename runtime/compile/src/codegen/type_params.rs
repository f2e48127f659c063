//! Type parameters and `type` statements.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{function_attribute, intrinsic, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, ExprContext, StmtTypeAlias, TypeParam, TypeParams};
use ruff_text_size::Ranged;

use crate::compiler::{ArgCounts, Compiler, Gen};
use crate::scope::BlockId;
use crate::unit::UnitKind;

impl<'a> Compiler<'a> {
    /// A function that evaluates a bound or default, with the format it is called with by default.
    fn lazy_value(&mut self, expr: &'a Expr, name: &Name, block: BlockId, starred: bool) -> Gen {
        let loc = self.loc(expr);
        self.load_const(Const::Tuple(vec![Const::Int(1)]), loc);
        self.enter_annotations(block, name, loc);
        match expr {
            Expr::Starred(star) if starred => {
                self.expr(&star.value)?;
                self.op_arg(op::UNPACK_SEQUENCE, 1, loc);
            }
            _ => self.expr(expr)?,
        }
        self.op(op::RETURN_VALUE, loc);
        let code = self.leave(true);
        self.make_closure(code, function_attribute::DEFAULTS, loc);
        Ok(())
    }

    /// Makes the parameters, binds them, and leaves a tuple of them.
    pub(super) fn type_params(&mut self, params: &'a TypeParams) -> Gen {
        let mut seen_default = false;
        for param in &params.type_params {
            let loc = self.loc(param);
            let name = &param.name().id;
            self.load_str(name, loc);
            match param {
                TypeParam::TypeVar(var) => match &var.bound {
                    Some(bound) => {
                        let block = self.table.type_param_bound(param);
                        self.lazy_value(bound, name, block, false)?;
                        let kind = if bound.is_tuple_expr() {
                            intrinsic::TYPEVAR_WITH_CONSTRAINTS
                        } else {
                            intrinsic::TYPEVAR_WITH_BOUND
                        };
                        self.op_arg(op::CALL_INTRINSIC_2, kind, loc);
                    }
                    None => self.op_arg(op::CALL_INTRINSIC_1, intrinsic::TYPEVAR, loc),
                },
                TypeParam::TypeVarTuple(_) => {
                    self.op_arg(op::CALL_INTRINSIC_1, intrinsic::TYPEVARTUPLE, loc);
                }
                TypeParam::ParamSpec(_) => {
                    self.op_arg(op::CALL_INTRINSIC_1, intrinsic::PARAMSPEC, loc)
                }
            }
            let default = match param {
                TypeParam::TypeVar(var) => var.default.as_deref(),
                TypeParam::TypeVarTuple(var) => var.default.as_deref(),
                TypeParam::ParamSpec(var) => var.default.as_deref(),
            };
            if let Some(default) = default {
                seen_default = true;
                let block = self.table.type_param_default(param);
                self.lazy_value(
                    default,
                    name,
                    block,
                    matches!(param, TypeParam::TypeVarTuple(_)),
                )?;
                self.op_arg(op::CALL_INTRINSIC_2, intrinsic::SET_TYPEPARAM_DEFAULT, loc);
            } else if seen_default {
                return self.error(
                    param.range(),
                    format!("non-default type parameter '{name}' follows default type parameter"),
                );
            }
            self.op_arg(op::COPY, 1, loc);
            self.name(name, ExprContext::Store, loc);
        }
        if let Some(first) = params.type_params.first() {
            let loc = self.loc(first);
            self.op_arg(op::BUILD_TUPLE, params.type_params.len() as u32, loc);
        }
        Ok(())
    }

    pub(super) fn type_alias(&mut self, node: &'a StmtTypeAlias) -> Gen {
        let loc = self.loc(node);
        let Expr::Name(name) = &*node.name else {
            return self.error(node.range, "invalid syntax");
        };
        let generic = node
            .type_params
            .as_deref()
            .filter(|params| !params.type_params.is_empty());
        if let Some(params) = generic {
            let block = self.table.type_params(params);
            let scope = format!("<generic parameters of {}>", name.id);
            self.enter(
                block,
                UnitKind::Annotations,
                &scope,
                loc.line,
                None,
                ArgCounts::default(),
            );
            self.load_str(&name.id, loc);
            self.type_params(params)?;
        } else {
            self.load_str(&name.id, loc);
            self.load_const(Const::None, loc);
        }
        self.load_const(Const::Tuple(vec![Const::Int(1)]), loc);
        let block = self.table.type_alias(node);
        self.enter_annotations(block, &name.id, loc);
        self.expr(&node.value)?;
        self.op(op::RETURN_VALUE, loc);
        let code = self.leave(false);
        self.make_closure(code, function_attribute::DEFAULTS, loc);
        self.op_arg(op::BUILD_TUPLE, 3, loc);
        self.op_arg(op::CALL_INTRINSIC_1, intrinsic::TYPEALIAS, loc);
        if generic.is_some() {
            let code = self.leave(false);
            self.make_closure(code, 0, loc);
            self.op(op::PUSH_NULL, loc);
            self.op_arg(op::CALL, 0, loc);
        }
        self.name(&name.id, ExprContext::Store, loc);
        Ok(())
    }
}
