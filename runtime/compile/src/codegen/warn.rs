//! `SyntaxWarning`s about code that is valid and surely wrong.

use ruff_python_ast::{CmpOp, Expr, ExprCompare, ExprSubscript, Number};
use ruff_text_size::Ranged;

use crate::compiler::Compiler;

/// The name of the type an expression surely has.
fn type_name(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        Expr::TString(_) => "string.templatelib.Template",
        Expr::FString(_) | Expr::StringLiteral(_) => "str",
        Expr::BytesLiteral(_) => "bytes",
        Expr::BooleanLiteral(_) => "bool",
        Expr::NoneLiteral(_) => "NoneType",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::NumberLiteral(node) => match node.value {
            Number::Int(_) => "int",
            Number::Float(_) => "float",
            Number::Complex { .. } => "complex",
        },
        _ => return None,
    })
}

impl Compiler<'_> {
    /// Whether comparing identity with this makes sense: everything but literals other than the named singletons.
    fn has_identity(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Tuple(tuple) => !tuple.elts.iter().all(|elt| self.is_constant(elt)),
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => false,
            _ => true,
        }
    }

    pub(super) fn check_compare(&mut self, node: &ExprCompare) {
        let mut left = &*node.left;
        for (operator, right) in node.ops.iter().zip(&node.comparators) {
            if matches!(operator, CmpOp::Is | CmpOp::IsNot) {
                let literal = [left, right]
                    .into_iter()
                    .find(|side| !self.has_identity(side));
                if let Some(literal) = literal {
                    let name = type_name(literal).unwrap_or("object");
                    let msg = if *operator == CmpOp::Is {
                        format!("\"is\" with '{name}' literal. Did you mean \"==\"?")
                    } else {
                        format!("\"is not\" with '{name}' literal. Did you mean \"!=\"?")
                    };
                    self.warn(node.range, msg);
                    return;
                }
            }
            left = right;
        }
    }

    pub(super) fn check_caller(&mut self, func: &Expr) {
        if matches!(func, Expr::Lambda(_)) {
            return;
        }
        if let Some(name) = type_name(func) {
            self.warn(
                func.range(),
                format!("'{name}' object is not callable; perhaps you missed a comma?"),
            );
        }
    }

    pub(super) fn check_subscript(&mut self, node: &ExprSubscript) {
        let value = &*node.value;
        let subscriptable = !matches!(
            value,
            Expr::NoneLiteral(_)
                | Expr::EllipsisLiteral(_)
                | Expr::NumberLiteral(_)
                | Expr::BooleanLiteral(_)
                | Expr::Set(_)
                | Expr::SetComp(_)
                | Expr::Generator(_)
                | Expr::TString(_)
                | Expr::Lambda(_)
        );
        if !subscriptable {
            let name = type_name(value).unwrap_or("object");
            self.warn(
                value.range(),
                format!("'{name}' object is not subscriptable; perhaps you missed a comma?"),
            );
        }
        let Some(index) = type_name(&node.slice) else {
            return;
        };
        if matches!(index, "int" | "bool") {
            return;
        }
        if matches!(
            value,
            Expr::StringLiteral(_)
                | Expr::BytesLiteral(_)
                | Expr::Tuple(_)
                | Expr::List(_)
                | Expr::ListComp(_)
                | Expr::FString(_)
        ) {
            let name = type_name(value).unwrap_or("object");
            self.warn(
                value.range(),
                format!("{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"),
            );
        }
    }
}
