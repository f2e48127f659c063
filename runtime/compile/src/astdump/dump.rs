//! The parser's statements, patterns and parameters as plain nodes, placed where CPython places them.

use ruff_python_ast::{
    Alias, Decorator, ElifElseClause, ExceptHandler, Expr, Identifier, Keyword, MatchCase,
    Parameter, Parameters, Pattern, Singleton, Stmt, TypeParam, TypeParams, WithItem,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::comments::Comments;
use super::node::{AstNode, Item, Position};
use super::schema::Kind;
use crate::errors::SyntaxError;
use crate::source::Source;
use pyjit_isa::code::Const;

/// What the steps give.
pub(super) type Dump = Result<Item, SyntaxError>;

/// Converts one program.
pub(super) struct Dumper<'a> {
    pub source: &'a Source,
    pub comments: Comments,
    /// Last line looked up: number, first and one past last offset.
    line: std::cell::Cell<(u32, u32, u32)>,
}

pub(super) fn opt_str(name: &Option<Identifier>) -> Item {
    match name {
        Some(n) => Item::Str(n.id.to_string()),
        None => Item::None,
    }
}
fn string(name: &Identifier) -> Item {
    Item::Str(name.id.to_string())
}

impl<'a> Dumper<'a> {
    pub fn new(source: &'a Source, comments: Comments) -> Dumper<'a> {
        Dumper {
            source,
            comments,
            line: std::cell::Cell::new((0, 1, 0)),
        }
    }

    fn place(&self, offset: TextSize) -> (u32, u32) {
        let at = u32::from(offset);
        let (line, start, end) = self.line.get();
        if (start..end).contains(&at) {
            return (line, at - start);
        }
        let (line, column) = self.source.position(offset);
        let start = at - column;
        let end = if line < self.source.line_count() {
            self.source.line_start(line + 1) as u32
        } else {
            u32::MAX
        };
        self.line.set((line, start, end));
        (line, column)
    }
    pub fn position(&self, range: TextRange) -> Position {
        let (line, column) = self.place(range.start());
        let (end_line, end_column) = self.place(range.end());
        [line, column, end_line, end_column]
    }
    pub fn node(&self, kind: Kind, range: TextRange, fields: Vec<Item>) -> Dump {
        Ok(Item::Node(AstNode {
            kind,
            position: Some(self.position(range)),
            fields,
        }))
    }
    /// A construct that ends with a block: a semicolon behind the last statement belongs to it.
    fn block(&self, range: TextRange) -> TextRange {
        let end = usize::from(range.end());
        let rest = self.source.text().get(end..).unwrap_or("");
        match rest.find(|c| c != ' ' && c != '\t') {
            Some(at) if rest[at..].starts_with(';') => {
                TextRange::new(range.start(), TextSize::new((end + at + 1) as u32))
            }
            _ => range,
        }
    }
    fn definition(&self, decorators: &[Decorator], range: TextRange) -> TextRange {
        let last = decorators.last().map(Ranged::end);
        let start = crate::scope::definition_start(self.source.text(), last, range.start());
        self.block(TextRange::new(start.min(range.end()), range.end()))
    }

    pub fn stmts(&self, body: &[Stmt]) -> Dump {
        body.iter()
            .map(|s| self.stmt(s))
            .collect::<Result<Vec<_>, _>>()
            .map(Item::List)
    }
    fn list<T>(&self, items: &[T], f: impl Fn(&T) -> Dump) -> Dump {
        items
            .iter()
            .map(f)
            .collect::<Result<Vec<_>, _>>()
            .map(Item::List)
    }
    fn decorators(&self, list: &[Decorator]) -> Dump {
        self.list(list, |d| self.expr(&d.expression))
    }

    /// The type comment behind a header that ends at `from`: at the end of its line.
    fn header_comment(&self, from: TextSize, body: &[Stmt]) -> Item {
        let to = body.first().map_or(from, Ranged::start);
        let colon = |s: &str| s.trim_end_matches([' ', '\t']).ends_with(':');
        match self.comments.take(self.source, from, to, colon) {
            Some(text) => Item::Str(text),
            None => Item::None,
        }
    }
    /// The same for a function, which may have it in a line of its own.
    fn function_comment(&self, from: TextSize, body: &[Stmt]) -> Dump {
        let to = body.first().map_or(from, Ranged::start);
        let first = self.header_comment(from, body);
        let alone = |s: &str| {
            let mut lines = s.lines().rev();
            lines.next().is_some_and(|l| l.trim().is_empty())
                && lines.next().is_some_and(|l| l.contains(':'))
        };
        let second = self.comments.take(self.source, from, to, alone);
        match (first, second) {
            (Item::Str(_), Some(_)) => {
                let range = TextRange::new(from, to);
                Err(self
                    .source
                    .parse_error("Cannot have two type comments on def", range))
            }
            (Item::None, Some(text)) => Ok(Item::Str(text)),
            (first, _) => Ok(first),
        }
    }

    fn stmt(&self, stmt: &Stmt) -> Dump {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmt_inner(stmt))
    }

    fn stmt_inner(&self, stmt: &Stmt) -> Dump {
        let range = stmt.range();
        match stmt {
            Stmt::FunctionDef(n) => {
                let kind = if n.is_async {
                    Kind::AsyncFunctionDef
                } else {
                    Kind::FunctionDef
                };
                let header = n.returns.as_ref().map_or(n.parameters.end(), |r| r.end());
                let parameters = self.parameters(Some(&n.parameters))?;
                let comment = self.function_comment(header, &n.body)?;
                let fields = vec![
                    string(&n.name),
                    parameters,
                    self.stmts(&n.body)?,
                    self.decorators(&n.decorator_list)?,
                    self.opt(n.returns.as_deref())?,
                    comment,
                    self.type_params(n.type_params.as_deref())?,
                ];
                self.node(kind, self.definition(&n.decorator_list, range), fields)
            }
            Stmt::ClassDef(n) => {
                let (bases, keywords) = match &n.arguments {
                    Some(a) => (self.exprs(&a.args)?, self.keywords(&a.keywords)?),
                    None => (Item::List(vec![]), Item::List(vec![])),
                };
                let fields = vec![
                    string(&n.name),
                    bases,
                    keywords,
                    self.stmts(&n.body)?,
                    self.decorators(&n.decorator_list)?,
                    self.type_params(n.type_params.as_deref())?,
                ];
                self.node(
                    Kind::ClassDef,
                    self.definition(&n.decorator_list, range),
                    fields,
                )
            }
            Stmt::Return(n) => self.node(Kind::Return, range, vec![self.opt(n.value.as_deref())?]),
            Stmt::Delete(n) => self.node(Kind::Delete, range, vec![self.exprs(&n.targets)?]),
            Stmt::TypeAlias(n) => {
                let fields = vec![
                    self.expr(&n.name)?,
                    self.type_params(n.type_params.as_deref())?,
                    self.expr(&n.value)?,
                ];
                self.node(Kind::TypeAlias, range, fields)
            }
            Stmt::Assign(n) => {
                let blank = |s: &str| s.trim_matches([' ', '\t', ')', '\\', '\n']).is_empty();
                let comment = self.comments.take(
                    self.source,
                    range.end(),
                    TextSize::of(self.source.text()),
                    |s| !s.contains('\n') && blank(s),
                );
                let comment = comment.map_or(Item::None, Item::Str);
                let fields = vec![self.exprs(&n.targets)?, self.expr(&n.value)?, comment];
                self.node(Kind::Assign, range, fields)
            }
            Stmt::AugAssign(n) => {
                let fields = vec![
                    self.expr(&n.target)?,
                    super::expr::operator(n.op),
                    self.expr(&n.value)?,
                ];
                self.node(Kind::AugAssign, range, fields)
            }
            Stmt::AnnAssign(n) => {
                let fields = vec![
                    self.expr(&n.target)?,
                    self.expr(&n.annotation)?,
                    self.opt(n.value.as_deref())?,
                    Item::Int(i64::from(n.simple)),
                ];
                self.node(Kind::AnnAssign, range, fields)
            }
            Stmt::For(n) => {
                let kind = if n.is_async {
                    Kind::AsyncFor
                } else {
                    Kind::For
                };
                let comment = self.header_comment(n.iter.end(), &n.body);
                let fields = vec![
                    self.expr(&n.target)?,
                    self.expr(&n.iter)?,
                    self.stmts(&n.body)?,
                    self.stmts(&n.orelse)?,
                    comment,
                ];
                self.node(kind, self.block(range), fields)
            }
            Stmt::While(n) => {
                let fields = vec![
                    self.expr(&n.test)?,
                    self.stmts(&n.body)?,
                    self.stmts(&n.orelse)?,
                ];
                self.node(Kind::While, self.block(range), fields)
            }
            Stmt::If(n) => {
                let fields = vec![
                    self.expr(&n.test)?,
                    self.stmts(&n.body)?,
                    self.elif(&n.elif_else_clauses)?,
                ];
                self.node(Kind::If, self.block(range), fields)
            }
            Stmt::With(n) => {
                let kind = if n.is_async {
                    Kind::AsyncWith
                } else {
                    Kind::With
                };
                let header = n.items.last().map_or(range.start(), Ranged::end);
                let comment = self.header_comment(header, &n.body);
                let fields = vec![
                    self.list(&n.items, |i: &WithItem| {
                        let fields = vec![
                            self.expr(&i.context_expr)?,
                            self.opt(i.optional_vars.as_deref())?,
                        ];
                        Ok(AstNode::bare(Kind::Withitem, fields).item())
                    })?,
                    self.stmts(&n.body)?,
                    comment,
                ];
                self.node(kind, self.block(range), fields)
            }
            Stmt::Match(n) => {
                let fields = vec![
                    self.expr(&n.subject)?,
                    self.list(&n.cases, |c: &MatchCase| {
                        let fields = vec![
                            self.pattern(&c.pattern)?,
                            self.opt(c.guard.as_deref())?,
                            self.stmts(&c.body)?,
                        ];
                        Ok(AstNode::bare(Kind::MatchCase, fields).item())
                    })?,
                ];
                self.node(Kind::Match, self.block(range), fields)
            }
            Stmt::Raise(n) => {
                let fields = vec![self.opt(n.exc.as_deref())?, self.opt(n.cause.as_deref())?];
                self.node(Kind::Raise, range, fields)
            }
            Stmt::Try(n) => {
                let kind = if n.is_star { Kind::TryStar } else { Kind::Try };
                let fields = vec![
                    self.stmts(&n.body)?,
                    self.list(&n.handlers, |h| {
                        let ExceptHandler::ExceptHandler(h) = h;
                        let fields = vec![
                            self.opt(h.type_.as_deref())?,
                            opt_str(&h.name),
                            self.stmts(&h.body)?,
                        ];
                        self.node(Kind::ExceptHandler, self.block(h.range), fields)
                    })?,
                    self.stmts(&n.orelse)?,
                    self.stmts(&n.finalbody)?,
                ];
                self.node(kind, self.block(range), fields)
            }
            Stmt::Assert(n) => {
                let fields = vec![self.expr(&n.test)?, self.opt(n.msg.as_deref())?];
                self.node(Kind::Assert, range, fields)
            }
            Stmt::Import(n) => self.node(Kind::Import, range, vec![self.aliases(&n.names)?]),
            Stmt::ImportFrom(n) => {
                let fields = vec![
                    opt_str(&n.module),
                    self.aliases(&n.names)?,
                    Item::Int(i64::from(n.level)),
                ];
                self.node(Kind::ImportFrom, range, fields)
            }
            Stmt::Global(n) => {
                let names = n.names.iter().map(string).collect();
                self.node(Kind::Global, range, vec![Item::List(names)])
            }
            Stmt::Nonlocal(n) => {
                let names = n.names.iter().map(string).collect();
                self.node(Kind::Nonlocal, range, vec![Item::List(names)])
            }
            Stmt::Expr(n) => self.node(Kind::Expr, range, vec![self.expr(&n.value)?]),
            Stmt::Pass(_) => self.node(Kind::Pass, range, vec![]),
            Stmt::Break(_) => self.node(Kind::Break, range, vec![]),
            Stmt::Continue(_) => self.node(Kind::Continue, range, vec![]),
            Stmt::IpyEscapeCommand(_) => Err(self.source.error("invalid syntax", range)),
        }
    }

    /// The rest of an `if` statement: each `elif` is an `if` in the `else` of the former.
    fn elif(&self, clauses: &[ElifElseClause]) -> Dump {
        let mut rest = Item::List(vec![]);
        let end = clauses.last().map(Ranged::end);
        for c in clauses.iter().rev() {
            let body = self.stmts(&c.body)?;
            let Some(test) = &c.test else {
                rest = body;
                continue;
            };
            let range = TextRange::new(c.start(), end.unwrap_or(c.end()));
            let fields = vec![self.expr(test)?, body, rest];
            rest = Item::List(vec![self.node(Kind::If, self.block(range), fields)?]);
        }
        Ok(rest)
    }

    fn aliases(&self, names: &[Alias]) -> Dump {
        self.list(names, |a| {
            self.node(
                Kind::Alias,
                a.range,
                vec![string(&a.name), opt_str(&a.asname)],
            )
        })
    }

    pub fn keywords(&self, list: &[Keyword]) -> Dump {
        self.list(list, |k| {
            let fields = vec![opt_str(&k.arg), self.expr(&k.value)?];
            self.node(Kind::Keyword, k.range, fields)
        })
    }

    fn parameter(&self, p: &Parameter) -> Dump {
        self.parameter_until(p, p.range.end())
    }
    /// A parameter whose default, if it has one, ends there.
    fn parameter_until(&self, p: &Parameter, end: TextSize) -> Dump {
        let separator = |s: &str| {
            let mut rest = s.chars().filter(|c| !c.is_whitespace());
            matches!((rest.next(), rest.next()), (None | Some(','), None))
        };
        let to = TextSize::of(self.source.text());
        let comment = self.comments.take(self.source, end, to, separator);
        let fields = vec![
            string(&p.name),
            self.opt(p.annotation.as_deref())?,
            comment.map_or(Item::None, Item::Str),
        ];
        // The stars are not part of it.
        let range = TextRange::new(p.name.start(), p.range.end());
        self.node(Kind::Arg, range, fields)
    }

    pub fn parameters(&self, p: Option<&Parameters>) -> Dump {
        let none = || Item::List(vec![]);
        let Some(p) = p else {
            let fields = vec![
                none(),
                none(),
                Item::None,
                none(),
                none(),
                Item::None,
                none(),
            ];
            return Ok(AstNode::bare(Kind::Arguments, fields).item());
        };
        let mut defaults = Vec::new();
        for d in p.posonlyargs.iter().chain(&p.args) {
            if let Some(d) = &d.default {
                defaults.push(self.expr(d)?);
            }
        }
        let fields = vec![
            self.list(&p.posonlyargs, |a| {
                self.parameter_until(&a.parameter, a.range.end())
            })?,
            self.list(&p.args, |a| {
                self.parameter_until(&a.parameter, a.range.end())
            })?,
            match &p.vararg {
                Some(a) => self.parameter(a)?,
                None => Item::None,
            },
            self.list(&p.kwonlyargs, |a| {
                self.parameter_until(&a.parameter, a.range.end())
            })?,
            self.list(&p.kwonlyargs, |a| self.opt(a.default.as_deref()))?,
            match &p.kwarg {
                Some(a) => self.parameter(a)?,
                None => Item::None,
            },
            Item::List(defaults),
        ];
        Ok(AstNode::bare(Kind::Arguments, fields).item())
    }

    fn type_params(&self, params: Option<&TypeParams>) -> Dump {
        let Some(params) = params else {
            return Ok(Item::List(vec![]));
        };
        self.list(&params.type_params, |p| {
            let range = p.range();
            match p {
                TypeParam::TypeVar(t) => {
                    let fields = vec![
                        string(&t.name),
                        self.opt(t.bound.as_deref())?,
                        self.opt(t.default.as_deref())?,
                    ];
                    self.node(Kind::TypeVar, range, fields)
                }
                TypeParam::ParamSpec(t) => {
                    let fields = vec![string(&t.name), self.opt(t.default.as_deref())?];
                    self.node(Kind::ParamSpec, range, fields)
                }
                TypeParam::TypeVarTuple(t) => {
                    let fields = vec![string(&t.name), self.opt(t.default.as_deref())?];
                    self.node(Kind::TypeVarTuple, range, fields)
                }
            }
        })
    }

    fn pattern(&self, pattern: &Pattern) -> Dump {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.pattern_inner(pattern))
    }

    fn pattern_inner(&self, pattern: &Pattern) -> Dump {
        let range = pattern.range();
        let patterns = |list: &[Pattern]| self.list(list, |p| self.pattern(p));
        match pattern {
            Pattern::MatchValue(n) => {
                self.node(Kind::MatchValue, range, vec![self.expr(&n.value)?])
            }
            Pattern::MatchSingleton(n) => {
                let value = match n.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::True,
                    Singleton::False => Const::False,
                };
                self.node(Kind::MatchSingleton, range, vec![Item::Const(value)])
            }
            Pattern::MatchSequence(n) => {
                self.node(Kind::MatchSequence, range, vec![patterns(&n.patterns)?])
            }
            Pattern::MatchMapping(n) => {
                let keys: &[Expr] = &n.keys;
                let fields = vec![self.exprs(keys)?, patterns(&n.patterns)?, opt_str(&n.rest)];
                self.node(Kind::MatchMapping, range, fields)
            }
            Pattern::MatchClass(n) => {
                let keywords = &n.arguments.keywords;
                let fields = vec![
                    self.expr(&n.cls)?,
                    patterns(&n.arguments.patterns)?,
                    Item::List(keywords.iter().map(|k| string(&k.attr)).collect()),
                    self.list(keywords, |k| self.pattern(&k.pattern))?,
                ];
                self.node(Kind::MatchClass, range, fields)
            }
            Pattern::MatchStar(n) => self.node(Kind::MatchStar, range, vec![opt_str(&n.name)]),
            Pattern::MatchAs(n) => {
                let inner = match &n.pattern {
                    Some(p) => self.pattern(p)?,
                    None => Item::None,
                };
                self.node(Kind::MatchAs, range, vec![inner, opt_str(&n.name)])
            }
            Pattern::MatchOr(n) => self.node(Kind::MatchOr, range, vec![patterns(&n.patterns)?]),
        }
    }
}
