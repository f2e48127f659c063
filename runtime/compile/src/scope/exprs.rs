//! The expression half of the symbol table's walk: names, comprehensions, lambdas, and the constructs that are not
//! allowed everywhere (`:=`, `yield`, `await`).

use ruff_python_ast::name::Name;
use ruff_python_ast::{
    Arguments, Comprehension as Generator, Expr, ExprContext, ExprNamed, FStringPart,
    InterpolatedStringElement, InterpolatedStringElements, Operator,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::build::{Builder, Walk, check_name, fail};
use super::{BlockKind, Comprehension, ScopeError, def};
use crate::errors::ErrorKind;

/// How deeply replacement fields may nest in format specifications.
const MAX_FIELD_NESTING: usize = 3;

/// How deeply CPython's parser follows operators that nest to the right.
const MAX_RIGHT_DEPTH: usize = 3900;

impl Builder<'_> {
    pub(super) fn exprs<'e>(&mut self, list: impl IntoIterator<Item = &'e Expr>) -> Walk {
        list.into_iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn optional(&mut self, expr: Option<&Expr>) -> Walk {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> Walk {
        self.nested(expr.range(), |this| this.expr_inner(expr))
    }

    /// Visits an operand that CPython's parser reads recursively; its stack is bounded.
    fn operand(&mut self, expr: &Expr) -> Walk {
        if self.right_depth > MAX_RIGHT_DEPTH {
            return Err(ScopeError {
                kind: ErrorKind::Memory,
                message: "Parser stack overflowed - Python source too complex to parse".to_string(),
                range: expr.range(),
            });
        }
        self.right_depth += 1;
        let result = self.expr(expr);
        self.right_depth -= 1;
        result
    }

    fn expr_inner(&mut self, expr: &Expr) -> Walk {
        match expr {
            Expr::Named(node) => {
                self.not_in_annotation("named expression", node.range)?;
                self.named(node)
            }
            Expr::BoolOp(node) => self.exprs(&node.values),
            Expr::BinOp(node) => {
                self.expr(&node.left)?;
                if node.op == Operator::Pow {
                    self.operand(&node.right)
                } else {
                    self.expr(&node.right)
                }
            }
            Expr::UnaryOp(node) => self.operand(&node.operand),
            Expr::Lambda(node) => {
                if let Some(parameters) = node.parameters.as_deref() {
                    self.defaults(parameters)?;
                }
                self.enter_expr("lambda", expr)?;
                if let Some(parameters) = node.parameters.as_deref() {
                    self.parameters(parameters)?;
                }
                self.operand(&node.body)?;
                self.exit();
                Ok(())
            }
            Expr::If(node) => {
                self.expr(&node.test)?;
                self.expr(&node.body)?;
                self.operand(&node.orelse)
            }
            Expr::Dict(node) => {
                self.exprs(node.items.iter().filter_map(|item| item.key.as_ref()))?;
                self.exprs(node.items.iter().map(|item| &item.value))
            }
            Expr::Set(node) => self.exprs(&node.elts),
            Expr::ListComp(node) => {
                self.comprehension(expr, Comprehension::List, &node.generators, None, &node.elt)
            }
            Expr::SetComp(node) => {
                self.comprehension(expr, Comprehension::Set, &node.generators, None, &node.elt)
            }
            Expr::DictComp(node) => match &node.key {
                Some(key) => self.comprehension(
                    expr,
                    Comprehension::Dict,
                    &node.generators,
                    Some(&node.value),
                    key,
                ),
                None => self.comprehension(
                    expr,
                    Comprehension::Dict,
                    &node.generators,
                    None,
                    &node.value,
                ),
            },
            Expr::Generator(node) => self.comprehension(
                expr,
                Comprehension::Generator,
                &node.generators,
                None,
                &node.elt,
            ),
            Expr::Await(node) => self.await_(node.range, &node.value),
            Expr::Yield(node) => self.yield_(node.range, node.value.as_deref()),
            Expr::YieldFrom(node) => self.yield_(node.range, Some(&node.value)),
            Expr::Compare(node) => {
                self.expr(&node.left)?;
                self.exprs(&node.comparators)
            }
            Expr::Call(node) => {
                self.expr(&node.func)?;
                self.arguments(&node.arguments)
            }
            Expr::FString(node) => node.value.iter().try_for_each(|part| match part {
                FStringPart::Literal(_) => Ok(()),
                FStringPart::FString(part) => self.interpolated(&part.elements, 'f', 0),
            }),
            Expr::TString(node) => node
                .value
                .iter()
                .try_for_each(|part| self.interpolated(&part.elements, 't', 0)),
            Expr::Attribute(node) => {
                check_name(&node.attr.id, node.range, node.ctx)?;
                self.expr(&node.value)
            }
            Expr::Subscript(node) => {
                self.expr(&node.value)?;
                self.expr(&node.slice)
            }
            Expr::Starred(node) => self.expr(&node.value),
            Expr::Name(node) => self.name(&node.id, node.ctx, node.range),
            Expr::List(node) => self.exprs(&node.elts),
            Expr::Tuple(node) => self.exprs(&node.elts),
            Expr::Slice(node) => {
                self.optional(node.lower.as_deref())?;
                self.optional(node.upper.as_deref())?;
                self.optional(node.step.as_deref())
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => Ok(()),
        }
    }

    fn name(&mut self, id: &Name, ctx: ExprContext, range: TextRange) -> Walk {
        if self.cur().in_unevaluated_annotation {
            return Ok(());
        }
        let load = matches!(ctx, ExprContext::Load | ExprContext::Invalid);
        self.add_in_context(id, if load { def::USE } else { def::LOCAL }, range, ctx)?;
        if load && id == "super" && self.cur().is_function_like() {
            self.add(&Name::new_static("__class__"), def::USE, range)?;
        }
        Ok(())
    }

    pub(super) fn arguments(&mut self, arguments: &Arguments) -> Walk {
        self.exprs(&arguments.args)?;
        for keyword in &arguments.keywords {
            if let Some(name) = &keyword.arg {
                check_name(&name.id, keyword.range, ExprContext::Store)?;
            }
        }
        self.exprs(arguments.keywords.iter().map(|keyword| &keyword.value))
    }

    fn interpolated(
        &mut self,
        elements: &InterpolatedStringElements,
        letter: char,
        depth: usize,
    ) -> Walk {
        elements.iter().try_for_each(|element| match element {
            InterpolatedStringElement::Literal(_) => Ok(()),
            InterpolatedStringElement::Interpolation(part) => {
                if depth >= MAX_FIELD_NESTING {
                    let range = TextRange::empty(part.start() - TextSize::new(1));
                    return fail(
                        range,
                        format!("{letter}-string: expressions nested too deeply"),
                    );
                }
                self.expr(&part.expression)?;
                let spec = part.format_spec.as_deref();
                spec.map_or(Ok(()), |spec| {
                    self.interpolated(&spec.elements, letter, depth + 1)
                })
            }
        })
    }

    fn await_(&mut self, range: TextRange, value: &Expr) -> Walk {
        self.not_in_annotation("await expression", range)?;
        if !self.top_level_await() {
            let block = self.cur();
            if !block.is_function_like() {
                return fail(range, "'await' outside function".to_string());
            }
            if !(block.kind == BlockKind::Function && block.coroutine)
                && block.comprehension == Comprehension::No
            {
                return fail(range, "'await' outside async function".to_string());
            }
        }
        self.expr(value)?;
        self.cur_mut().coroutine = true;
        Ok(())
    }

    fn yield_(&mut self, range: TextRange, value: Option<&Expr>) -> Walk {
        self.not_in_annotation("yield expression", range)?;
        self.optional(value)?;
        self.cur_mut().generator = true;
        let place = match self.cur().comprehension {
            Comprehension::No => return Ok(()),
            Comprehension::List => "list comprehension",
            Comprehension::Set => "set comprehension",
            Comprehension::Dict => "dict comprehension",
            Comprehension::Generator => "generator expression",
        };
        fail(range, format!("'yield' inside {place}"))
    }

    /// Refuses a construct in the lazily evaluated blocks of types and annotations.
    fn not_in_annotation(&self, construct: &str, range: TextRange) -> Walk {
        let block = self.cur();
        let place = match block.kind {
            BlockKind::Annotation => "an annotation",
            BlockKind::TypeVariable => block.scope_info,
            BlockKind::TypeAlias => "a type alias",
            BlockKind::TypeParameters => "the definition of a generic",
            BlockKind::Function | BlockKind::Class | BlockKind::Module => return Ok(()),
        };
        fail(range, format!("{construct} cannot be used within {place}"))
    }

    fn named(&mut self, node: &ExprNamed) -> Walk {
        if self.cur().comp_iter_expr > 0 {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            return fail(node.range, message.to_string());
        }
        if self.cur().comprehension != Comprehension::No
            && let Expr::Name(target) = &*node.target
        {
            self.bind_outside_comprehension(&target.id, target.range)?;
        }
        self.expr(&node.value)?;
        self.expr(&node.target)
    }

    /// A `:=` inside comprehensions binds in the nearest block that is not one.
    fn bind_outside_comprehension(&mut self, name: &Name, range: TextRange) -> Walk {
        for at in (0..self.stack.len()).rev() {
            let Some(&id) = self.stack.get(at) else {
                continue;
            };
            let (kind, comprehension) = {
                let block = self.table.block(id);
                (block.kind, block.comprehension)
            };
            let known = self.lookup(id, name);
            if comprehension != Comprehension::No {
                if known & def::COMP_ITER != 0 && known & (def::LOCAL | def::GLOBAL) != 0 {
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{name}'"
                    );
                    return fail(range, message);
                }
                continue;
            }
            let place = match kind {
                BlockKind::Function => {
                    let flag = if known & def::GLOBAL != 0 {
                        def::GLOBAL
                    } else {
                        def::NONLOCAL
                    };
                    self.add(name, flag, range)?;
                    self.record_directive(name, range);
                    return self.add_to(id, name, def::LOCAL, range);
                }
                BlockKind::Module => {
                    self.add(name, def::GLOBAL, range)?;
                    self.record_directive(name, range);
                    return self.add_to(id, name, def::GLOBAL, range);
                }
                BlockKind::Class => "cannot be used in a class body",
                BlockKind::TypeParameters => "cannot be used within the definition of a generic",
                BlockKind::TypeAlias => "cannot be used in a type alias",
                BlockKind::TypeVariable => "cannot be used in a TypeVar bound",
                BlockKind::Annotation => continue,
            };
            return fail(
                range,
                format!("assignment expression within a comprehension {place}"),
            );
        }
        Ok(())
    }

    fn comprehension(
        &mut self,
        expr: &Expr,
        kind: Comprehension,
        generators: &[Generator],
        value: Option<&Expr>,
        elt: &Expr,
    ) -> Walk {
        let Some((outermost, rest)) = generators.split_first() else {
            return Ok(());
        };
        // The first iterable is evaluated outside.
        self.iterable(&outermost.iter)?;
        let name = match kind {
            Comprehension::List => "listcomp",
            Comprehension::Set => "setcomp",
            Comprehension::Dict => "dictcomp",
            Comprehension::Generator | Comprehension::No => "genexpr",
        };
        let id = self.enter_expr(name, expr)?;
        self.table.at(id).comprehension = kind;
        self.table.at(id).coroutine |= outermost.is_async;
        self.add(&Name::new_static(".0"), def::PARAM, expr.range())?;
        self.loop_target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for generator in rest {
            self.loop_target(&generator.target)?;
            self.iterable(&generator.iter)?;
            self.exprs(&generator.ifs)?;
            self.table.at(id).coroutine |= generator.is_async;
        }
        self.optional(value)?;
        self.expr(elt)?;
        let is_generator = kind == Comprehension::Generator;
        self.table.at(id).generator = is_generator;
        let is_async = self.table.block(id).coroutine && !is_generator;
        self.exit();
        if is_async {
            let allowed = {
                let block = self.cur();
                block.kind == BlockKind::Function && block.coroutine
                    || block.comprehension != Comprehension::No
            };
            if !allowed && !self.top_level_await() {
                let message = "asynchronous comprehension outside of an asynchronous function";
                return fail(expr.range(), message.to_string());
            }
            self.cur_mut().coroutine = true;
        }
        Ok(())
    }

    fn iterable(&mut self, iter: &Expr) -> Walk {
        self.cur_mut().comp_iter_expr += 1;
        let result = self.expr(iter);
        let block = self.cur_mut();
        block.comp_iter_expr = block.comp_iter_expr.saturating_sub(1);
        result
    }

    fn loop_target(&mut self, target: &Expr) -> Walk {
        self.cur_mut().comp_iter_target = true;
        let result = self.expr(target);
        self.cur_mut().comp_iter_target = false;
        result
    }
}
