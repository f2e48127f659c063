//! The parser's expressions as plain nodes.

use ruff_python_ast::{
    AnyStringFlags, BoolOp, CmpOp, Comprehension, ConversionFlag, Expr, ExprContext, FStringPart,
    InterpolatedElement, Operator, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::dump::{Dump, Dumper};
use super::node::{AstNode, Item};
use super::schema::Kind;
use crate::codegen::{Piece, Pieces, interpolation_text, sole_argument_range};
use crate::literal;
use pyjit_isa::code::Const;

fn bare(kind: Kind) -> Item {
    AstNode::bare(kind, vec![]).item()
}

pub(super) fn operator(op: Operator) -> Item {
    bare(match op {
        Operator::Add => Kind::Add,
        Operator::Sub => Kind::Sub,
        Operator::Mult => Kind::Mult,
        Operator::MatMult => Kind::MatMult,
        Operator::Div => Kind::Div,
        Operator::Mod => Kind::Mod,
        Operator::Pow => Kind::Pow,
        Operator::LShift => Kind::LShift,
        Operator::RShift => Kind::RShift,
        Operator::BitOr => Kind::BitOr,
        Operator::BitXor => Kind::BitXor,
        Operator::BitAnd => Kind::BitAnd,
        Operator::FloorDiv => Kind::FloorDiv,
    })
}

fn comparison(op: &CmpOp) -> Item {
    bare(match op {
        CmpOp::Eq => Kind::Eq,
        CmpOp::NotEq => Kind::NotEq,
        CmpOp::Lt => Kind::Lt,
        CmpOp::LtE => Kind::LtE,
        CmpOp::Gt => Kind::Gt,
        CmpOp::GtE => Kind::GtE,
        CmpOp::Is => Kind::Is,
        CmpOp::IsNot => Kind::IsNot,
        CmpOp::In => Kind::In,
        CmpOp::NotIn => Kind::NotIn,
    })
}

fn u_kind(marked: bool) -> Item {
    if marked {
        Item::Str("u".to_string())
    } else {
        Item::None
    }
}

fn context(ctx: ExprContext) -> Item {
    bare(match ctx {
        ExprContext::Store => Kind::Store,
        ExprContext::Del => Kind::Del,
        ExprContext::Load | ExprContext::Invalid => Kind::Load,
    })
}

impl Dumper<'_> {
    pub fn exprs(&self, list: &[Expr]) -> Dump {
        list.iter()
            .map(|e| self.expr(e))
            .collect::<Result<Vec<_>, _>>()
            .map(Item::List)
    }
    pub fn opt(&self, e: Option<&Expr>) -> Dump {
        e.map_or(Ok(Item::None), |e| self.expr(e))
    }
    pub fn expr(&self, e: &Expr) -> Dump {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_inner(e))
    }

    fn has_u(&self, range: TextRange) -> bool {
        self.source
            .text()
            .as_bytes()
            .get(usize::from(range.start()))
            == Some(&b'u')
    }

    fn constant(&self, range: TextRange, value: Const, kind: Item) -> Dump {
        self.node(Kind::Constant, range, vec![Item::Const(value), kind])
    }

    fn expr_inner(&self, e: &Expr) -> Dump {
        let range = e.range();
        let text = self.source.text();
        match e {
            Expr::BoolOp(n) => {
                let op = match n.op {
                    BoolOp::And => Kind::And,
                    BoolOp::Or => Kind::Or,
                };
                self.node(Kind::BoolOp, range, vec![bare(op), self.exprs(&n.values)?])
            }
            Expr::Named(n) => {
                let fields = vec![self.expr(&n.target)?, self.expr(&n.value)?];
                self.node(Kind::NamedExpr, range, fields)
            }
            Expr::BinOp(n) => {
                let fields = vec![self.expr(&n.left)?, operator(n.op), self.expr(&n.right)?];
                self.node(Kind::BinOp, range, fields)
            }
            Expr::UnaryOp(n) => {
                let op = match n.op {
                    UnaryOp::Invert => Kind::Invert,
                    UnaryOp::Not => Kind::Not,
                    UnaryOp::UAdd => Kind::UAdd,
                    UnaryOp::USub => Kind::USub,
                };
                self.node(Kind::UnaryOp, range, vec![bare(op), self.expr(&n.operand)?])
            }
            Expr::Lambda(n) => {
                let fields = vec![
                    self.parameters(n.parameters.as_deref())?,
                    self.expr(&n.body)?,
                ];
                self.node(Kind::Lambda, range, fields)
            }
            Expr::If(n) => {
                let fields = vec![
                    self.expr(&n.test)?,
                    self.expr(&n.body)?,
                    self.expr(&n.orelse)?,
                ];
                self.node(Kind::IfExp, range, fields)
            }
            Expr::Dict(n) => {
                let (mut keys, mut values) = (vec![], vec![]);
                for item in &n.items {
                    keys.push(self.opt(item.key.as_ref())?);
                    values.push(self.expr(&item.value)?);
                }
                self.node(
                    Kind::Dict,
                    range,
                    vec![Item::List(keys), Item::List(values)],
                )
            }
            Expr::Set(n) => self.node(Kind::Set, range, vec![self.exprs(&n.elts)?]),
            Expr::ListComp(n) => {
                let fields = vec![self.expr(&n.elt)?, self.generators(&n.generators)?];
                self.node(Kind::ListComp, range, fields)
            }
            Expr::SetComp(n) => {
                let fields = vec![self.expr(&n.elt)?, self.generators(&n.generators)?];
                self.node(Kind::SetComp, range, fields)
            }
            Expr::DictComp(n) => {
                let fields = vec![
                    self.opt(n.key.as_deref())?,
                    self.expr(&n.value)?,
                    self.generators(&n.generators)?,
                ];
                self.node(Kind::DictComp, range, fields)
            }
            Expr::Generator(n) => {
                let fields = vec![self.expr(&n.elt)?, self.generators(&n.generators)?];
                let range = sole_argument_range(text, n).unwrap_or(range);
                self.node(Kind::GeneratorExp, range, fields)
            }
            Expr::Await(n) => self.node(Kind::Await, range, vec![self.expr(&n.value)?]),
            Expr::Yield(n) => self.node(Kind::Yield, range, vec![self.opt(n.value.as_deref())?]),
            Expr::YieldFrom(n) => self.node(Kind::YieldFrom, range, vec![self.expr(&n.value)?]),
            Expr::Compare(n) => {
                let fields = vec![
                    self.expr(&n.left)?,
                    Item::List(n.ops.iter().map(comparison).collect()),
                    self.exprs(&n.comparators)?,
                ];
                self.node(Kind::Compare, range, fields)
            }
            Expr::Call(n) => {
                let fields = vec![
                    self.expr(&n.func)?,
                    self.exprs(&n.arguments.args)?,
                    self.keywords(&n.arguments.keywords)?,
                ];
                self.node(Kind::Call, range, fields)
            }
            Expr::FString(n) => {
                let mut pieces = Pieces::default();
                let mut marked = Vec::new();
                for part in &n.value {
                    match part {
                        FStringPart::Literal(literal) => {
                            if self.has_u(literal.range) {
                                marked.push(literal.range.start());
                            }
                            pieces.text(literal.range, |t| t.push_literal(text, literal));
                        }
                        FStringPart::FString(s) => {
                            pieces.elements(text, &s.elements, s.flags.into());
                        }
                    }
                }
                let values = self.pieces(pieces, false, &marked)?;
                self.node(Kind::JoinedStr, range, vec![values])
            }
            Expr::TString(n) => {
                let mut pieces = Pieces::default();
                for s in &n.value {
                    pieces.elements(text, &s.elements, s.flags.into());
                }
                let values = self.pieces(pieces, true, &[])?;
                self.node(Kind::TemplateStr, range, vec![values])
            }
            Expr::StringLiteral(n) => {
                let value = literal::string_value(text, &n.value);
                self.constant(range, value, u_kind(self.has_u(range)))
            }
            Expr::BytesLiteral(n) => {
                self.constant(range, literal::bytes_value(text, &n.value), Item::None)
            }
            Expr::NumberLiteral(n) => {
                let value = literal::number_value(self.source, &n.value, n.range)?;
                self.constant(range, value, Item::None)
            }
            Expr::BooleanLiteral(n) => {
                let value = if n.value { Const::True } else { Const::False };
                self.constant(range, value, Item::None)
            }
            Expr::NoneLiteral(_) => self.constant(range, Const::None, Item::None),
            Expr::EllipsisLiteral(_) => self.constant(range, Const::Ellipsis, Item::None),
            Expr::Attribute(n) => {
                let fields = vec![
                    self.expr(&n.value)?,
                    Item::Str(n.attr.id.to_string()),
                    context(n.ctx),
                ];
                self.node(Kind::Attribute, range, fields)
            }
            Expr::Subscript(n) => {
                let fields = vec![self.expr(&n.value)?, self.expr(&n.slice)?, context(n.ctx)];
                self.node(Kind::Subscript, range, fields)
            }
            Expr::Starred(n) => self.node(
                Kind::Starred,
                range,
                vec![self.expr(&n.value)?, context(n.ctx)],
            ),
            Expr::Name(n) => {
                let fields = vec![Item::Str(n.id.to_string()), context(n.ctx)];
                self.node(Kind::Name, range, fields)
            }
            Expr::List(n) => self.node(
                Kind::List,
                range,
                vec![self.exprs(&n.elts)?, context(n.ctx)],
            ),
            Expr::Tuple(n) => self.node(
                Kind::Tuple,
                range,
                vec![self.exprs(&n.elts)?, context(n.ctx)],
            ),
            Expr::Slice(n) => {
                let fields = vec![
                    self.opt(n.lower.as_deref())?,
                    self.opt(n.upper.as_deref())?,
                    self.opt(n.step.as_deref())?,
                ];
                self.node(Kind::Slice, range, fields)
            }
            Expr::IpyEscapeCommand(_) => Err(self.source.error("invalid syntax", range)),
        }
    }

    fn generators(&self, list: &[Comprehension]) -> Dump {
        let mut out = Vec::new();
        for g in list {
            let fields = vec![
                self.expr(&g.target)?,
                self.expr(&g.iter)?,
                self.exprs(&g.ifs)?,
                Item::Int(i64::from(g.is_async)),
            ];
            out.push(AstNode::bare(Kind::Comprehension, fields).item());
        }
        Ok(Item::List(out))
    }

    /// The values of a joined string; `marked` are where literals with a `u` begin.
    fn pieces(&self, pieces: Pieces<'_>, template: bool, marked: &[TextSize]) -> Dump {
        let mut out = Vec::new();
        for piece in pieces.finish() {
            out.push(match piece {
                Piece::Text(value, range) => {
                    let kind = u_kind(marked.contains(&range.start()));
                    self.constant(range, value.finish(), kind)?
                }
                Piece::Value(value, flags) => self.interpolated(value, flags, template)?,
            });
        }
        Ok(Item::List(out))
    }

    fn interpolated(
        &self,
        value: &InterpolatedElement,
        flags: AnyStringFlags,
        template: bool,
    ) -> Dump {
        let spec = match &value.format_spec {
            Some(spec) => {
                let mut pieces = Pieces::default();
                pieces.elements(self.source.text(), &spec.elements, flags);
                // The place starts at the colon.
                let start = spec.range.start();
                let start = start.checked_sub(TextSize::new(1)).unwrap_or(start);
                let values = self.pieces(pieces, false, &[])?;
                let range = TextRange::new(start, spec.range.end());
                self.node(Kind::JoinedStr, range, vec![values])?
            }
            None => Item::None,
        };
        let conversion = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => {
                i64::from(b'r')
            }
            c => i64::from(c as i8),
        };
        let expr = self.expr(&value.expression)?;
        if !template {
            let fields = vec![expr, Item::Int(conversion), spec];
            return self.node(Kind::FormattedValue, value.range, fields);
        }
        let shown = Const::Str(interpolation_text(self.source.text(), value));
        let fields = vec![expr, Item::Const(shown), Item::Int(conversion), spec];
        self.node(Kind::Interpolation, value.range, fields)
    }
}
