//! The first half of the symbol table: walks the tree, opens and closes blocks, and records for every block what it
//! does with each name. This file holds the builder itself and the statement half of the walk.

use std::collections::HashMap;

use ruff_python_ast::name::Name;
use ruff_python_ast::{Alias, ExceptHandler, Expr, ExprContext, ModExpression, ModModule, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::errors::ErrorKind;

use super::{
    Block, BlockId, BlockKind, Comprehension, Construct, ScopeError, ScopeOptions, SymbolTable,
    Symbols, analyze, def,
};

/// Result of one step of the walk.
pub(super) type Walk = Result<(), ScopeError>;

impl SymbolTable {
    /// The table of a module. `source` is the text the tree was parsed from (it tells where a decorated definition
    /// proper starts); `interactive` programs have no docstring.
    pub fn module(
        module: &ModModule,
        source: &str,
        interactive: bool,
        options: ScopeOptions,
    ) -> Result<SymbolTable, ScopeError> {
        let mut builder = Builder::new(source, options);
        builder.table.at(BlockId::TOP).has_docstring = !interactive && has_docstring(&module.body);
        builder.stmts(&module.body)?;
        builder.finish()
    }

    /// The table of a single expression (`eval`).
    pub fn expression(
        expression: &ModExpression,
        source: &str,
        options: ScopeOptions,
    ) -> Result<SymbolTable, ScopeError> {
        let mut builder = Builder::new(source, options);
        builder.expr(&expression.body)?;
        builder.finish()
    }
}

/// Whether a body starts with a string literal (f-strings and bytes do not count).
pub fn has_docstring(body: &[Stmt]) -> bool {
    matches!(body.first(), Some(Stmt::Expr(first)) if first.value.is_string_literal_expr())
}

/// Where `def`, `async` or `class` stands in a definition that may be decorated.
pub fn definition_start(
    source: &str,
    decorators_end: Option<TextSize>,
    start: TextSize,
) -> TextSize {
    let Some(end) = decorators_end else {
        return start;
    };
    let mut at = usize::from(end);
    let bytes = source.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => {
                at += bytes[at..]
                    .iter()
                    .position(|&b| b == b'\n')
                    .unwrap_or(bytes.len() - at)
            }
            byte if byte.is_ascii_alphabetic() => break,
            _ => at += 1,
        }
    }
    TextSize::new(at as u32)
}

/// Nesting of expressions beyond which compiling is refused.
const MAX_DEPTH: usize = 100_000;

/// State of the walk.
pub(super) struct Builder<'a> {
    pub(super) table: SymbolTable,
    pub(super) stack: Vec<BlockId>,
    pub(super) options: ScopeOptions,
    pub(super) source: &'a str,
    /// The class whose private names are being mangled.
    pub(super) private: Option<Name>,
    /// Nesting of everything, and of what the parser reads recursively.
    pub(super) depth: usize,
    pub(super) right_depth: usize,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, options: ScopeOptions) -> Builder<'a> {
        let table = SymbolTable {
            blocks: Vec::new(),
            found: HashMap::new(),
            mangled_names: Vec::new(),
        };
        let mut builder = Builder {
            table,
            stack: Vec::new(),
            options,
            source,
            private: None,
            depth: 0,
            right_depth: 0,
        };
        let top = builder.new_block(
            Name::new_static("top"),
            BlockKind::Module,
            TextRange::default(),
        );
        builder.stack.push(top);
        builder
    }

    fn finish(mut self) -> Result<SymbolTable, ScopeError> {
        analyze::analyze(&mut self.table)?;
        Ok(self.table)
    }

    // Blocks.

    pub(super) fn current(&self) -> BlockId {
        self.stack.last().copied().unwrap_or(BlockId::TOP)
    }

    pub(super) fn cur(&self) -> &Block {
        self.table.block(self.current())
    }

    pub(super) fn cur_mut(&mut self) -> &mut Block {
        let id = self.current();
        self.table.at(id)
    }

    pub(super) fn new_block(&mut self, name: Name, kind: BlockKind, range: TextRange) -> BlockId {
        let nested = self.stack.last().is_some_and(|&id| {
            let outer = self.table.block(id);
            outer.nested || outer.is_function_like()
        });
        let id = BlockId(self.table.blocks.len() as u32);
        self.table.blocks.push(Block {
            name,
            kind,
            range,
            symbols: Symbols::default(),
            params: Vec::new(),
            children: Vec::new(),
            nested,
            generator: false,
            coroutine: false,
            comprehension: Comprehension::No,
            comp_inlined: false,
            varargs: false,
            varkeywords: false,
            method: false,
            has_docstring: false,
            needs_class_closure: false,
            needs_classdict: false,
            has_conditional_annotations: false,
            can_see_class_scope: false,
            annotations_used: false,
            annotation_block: None,
            function_name: None,
            mangled_names: None,
            directives: Vec::new(),
            in_conditional_block: false,
            in_unevaluated_annotation: false,
            comp_iter_target: false,
            comp_iter_expr: 0,
            scope_info: "",
        });
        id
    }

    pub(super) fn enter_existing(&mut self, id: BlockId, as_child: bool) {
        let outer = self.current();
        let (iter_depth, mangled) = {
            let outer = self.table.block(outer);
            (outer.comp_iter_expr, outer.mangled_names)
        };
        let kind = self.table.block(id).kind;
        let block = self.table.at(id);
        block.comp_iter_expr = iter_depth;
        // In a class body every private name is mangled.
        if kind != BlockKind::Class && mangled.is_some() {
            block.mangled_names = mangled;
        }
        self.stack.push(id);
        // Annotations that will only be turned into strings leave no trace.
        let hidden = self.options.future_annotations && kind == BlockKind::Annotation;
        if as_child && !hidden {
            self.table.at(outer).children.push(id);
        }
    }

    pub(super) fn enter(
        &mut self,
        name: Name,
        kind: BlockKind,
        construct: Option<(Construct, TextRange)>,
        range: TextRange,
    ) -> Result<BlockId, ScopeError> {
        let id = self.new_block(name, kind, range);
        if let Some((construct, key)) = construct {
            self.table
                .found
                .insert((construct, key.start(), key.end()), id);
        }
        self.enter_existing(id, true);
        if matches!(
            kind,
            BlockKind::Annotation | BlockKind::TypeVariable | BlockKind::TypeAlias
        ) {
            self.add(&Name::new_static(".format"), def::PARAM, range)?;
            self.add(&Name::new_static(".format"), def::USE, range)?;
        }
        Ok(id)
    }

    /// Opens the block of a lambda or comprehension.
    pub(super) fn enter_expr(
        &mut self,
        name: &'static str,
        node: &Expr,
    ) -> Result<BlockId, ScopeError> {
        let construct = if node.is_lambda_expr() {
            Construct::Lambda
        } else {
            Construct::Comprehension
        };
        let method = self.cur().kind == BlockKind::Class;
        let id = self.enter(
            Name::new_static(name),
            BlockKind::Function,
            Some((construct, node.range())),
            node.range(),
        )?;
        self.table.at(id).method = method;
        Ok(id)
    }

    pub(super) fn exit(&mut self) {
        self.stack.pop();
    }

    // Names.

    fn mangled(&self, block: BlockId, name: &Name) -> Name {
        if self.private.is_none() {
            return name.clone();
        }
        self.table.mangle(block, self.private.as_deref(), name)
    }

    /// What `block` has recorded of a name so far.
    pub(super) fn lookup(&self, block: BlockId, name: &Name) -> u32 {
        self.table
            .block(block)
            .flags(&self.mangled(self.current(), name))
    }

    pub(super) fn add(&mut self, name: &Name, flag: u32, range: TextRange) -> Walk {
        self.add_in_context(name, flag, range, ExprContext::Store)
    }

    pub(super) fn add_in_context(
        &mut self,
        name: &Name,
        flag: u32,
        range: TextRange,
        ctx: ExprContext,
    ) -> Walk {
        if flag & (def::PARAM | def::LOCAL | def::IMPORT) != 0 {
            check_name(name, range, ctx)?;
        }
        if flag & def::TYPE_PARAM != 0
            && let Some(set) = self.cur().mangled_names
        {
            self.table.mangled_names[set as usize].insert(name.clone());
        }
        self.add_to(self.current(), name, flag, range)
    }

    /// Records `flag` for a name in some enclosing block.
    pub(super) fn add_to(
        &mut self,
        block: BlockId,
        name: &Name,
        flag: u32,
        range: TextRange,
    ) -> Walk {
        let mangled = self.mangled(self.current(), name);
        let entry = self.table.at(block);
        let known = entry.flags(&mangled);
        if flag & known & def::PARAM != 0 {
            return fail(
                range,
                format!("duplicate argument '{name}' in function definition"),
            );
        }
        if flag & known & def::TYPE_PARAM != 0 {
            return fail(range, format!("duplicate type parameter '{name}'"));
        }
        let mut flags = known | flag;
        if entry.comp_iter_target {
            if flags & (def::GLOBAL | def::NONLOCAL) != 0 {
                return fail(
                    range,
                    format!(
                        "comprehension inner loop cannot rebind assignment expression target '{name}'"
                    ),
                );
            }
            flags |= def::COMP_ITER;
        }
        entry.symbols.set(&mangled, flags);
        if flag & def::PARAM != 0 {
            entry.params.push(mangled);
        } else if flag & def::GLOBAL != 0 {
            let top = self.table.at(BlockId::TOP);
            let flags = top.flags(&mangled) | flag;
            top.symbols.set(&mangled, flags);
        }
        Ok(())
    }

    /// Remembers where a `global`, `nonlocal` or `:=` spoke of a name, for errors found later.
    pub(super) fn record_directive(&mut self, name: &Name, range: TextRange) {
        let name = self.mangled(self.current(), name);
        self.cur_mut().directives.push((name, range));
    }

    // Statements.

    pub(super) fn stmts(&mut self, body: &[Stmt]) -> Walk {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Walk {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmt_inner(stmt))
    }

    /// Visits something nested, unless it is nested too deeply for the stages to come.
    pub(super) fn nested(
        &mut self,
        range: TextRange,
        visit: impl FnOnce(&mut Self) -> Walk,
    ) -> Walk {
        if self.depth > MAX_DEPTH {
            return Err(ScopeError {
                kind: ErrorKind::Recursion,
                message: "maximum recursion depth exceeded during compilation".to_string(),
                range,
            });
        }
        self.depth += 1;
        let result = stacker::maybe_grow(64 * 1024, 1024 * 1024, || visit(self));
        self.depth -= 1;
        result
    }

    fn stmt_inner(&mut self, stmt: &Stmt) -> Walk {
        match stmt {
            Stmt::FunctionDef(node) => self.function_def(node),
            Stmt::ClassDef(node) => self.class_def(node),
            Stmt::TypeAlias(node) => self.type_alias(node),
            Stmt::Return(node) => self.optional(node.value.as_deref()),
            Stmt::Delete(node) => self.exprs(&node.targets),
            Stmt::Assign(node) => {
                self.exprs(&node.targets)?;
                self.expr(&node.value)
            }
            Stmt::AugAssign(node) => {
                self.expr(&node.target)?;
                self.expr(&node.value)
            }
            Stmt::AnnAssign(node) => self.ann_assign(node),
            Stmt::For(node) => {
                if node.is_async {
                    self.need_coroutine("'async for' outside async function", node.range)?;
                }
                self.expr(&node.target)?;
                self.expr(&node.iter)?;
                self.conditional(|this| {
                    this.stmts(&node.body)?;
                    this.stmts(&node.orelse)
                })
            }
            Stmt::While(node) => {
                self.expr(&node.test)?;
                self.conditional(|this| {
                    this.stmts(&node.body)?;
                    this.stmts(&node.orelse)
                })
            }
            Stmt::If(node) => {
                self.expr(&node.test)?;
                self.conditional(|this| {
                    this.stmts(&node.body)?;
                    node.elif_else_clauses.iter().try_for_each(|clause| {
                        this.optional(clause.test.as_ref())?;
                        this.stmts(&clause.body)
                    })
                })
            }
            Stmt::With(node) => {
                if node.is_async {
                    self.need_coroutine("'async with' outside async function", node.range)?;
                }
                self.conditional(|this| {
                    for item in &node.items {
                        this.expr(&item.context_expr)?;
                        this.optional(item.optional_vars.as_deref())?;
                    }
                    this.stmts(&node.body)
                })
            }
            Stmt::Match(node) => {
                self.expr(&node.subject)?;
                self.conditional(|this| {
                    node.cases.iter().try_for_each(|case| {
                        this.pattern(&case.pattern)?;
                        this.optional(case.guard.as_deref())?;
                        this.stmts(&case.body)
                    })
                })
            }
            Stmt::Raise(node) => {
                self.optional(node.exc.as_deref())?;
                self.optional(node.cause.as_deref())
            }
            Stmt::Try(node) => self.conditional(|this| {
                this.stmts(&node.body)?;
                for ExceptHandler::ExceptHandler(handler) in &node.handlers {
                    this.optional(handler.type_.as_deref())?;
                    if let Some(name) = &handler.name {
                        this.add(&name.id, def::LOCAL, handler.range)?;
                    }
                    this.stmts(&handler.body)?;
                }
                this.stmts(&node.orelse)?;
                this.stmts(&node.finalbody)
            }),
            Stmt::Assert(node) => {
                self.expr(&node.test)?;
                self.optional(node.msg.as_deref())
            }
            Stmt::Import(node) => node.names.iter().try_for_each(|alias| self.alias(alias)),
            Stmt::ImportFrom(node) => node.names.iter().try_for_each(|alias| self.alias(alias)),
            Stmt::Global(node) => node
                .names
                .iter()
                .try_for_each(|name| self.declare(&name.id, def::GLOBAL, node.range)),
            Stmt::Nonlocal(node) => node
                .names
                .iter()
                .try_for_each(|name| self.declare(&name.id, def::NONLOCAL, node.range)),
            Stmt::Expr(node) => self.expr(&node.value),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {
                Ok(())
            }
        }
    }

    /// Visits code that may not run: annotations in it are conditional.
    fn conditional(&mut self, visit: impl FnOnce(&mut Self) -> Walk) -> Walk {
        let id = self.current();
        let before = std::mem::replace(&mut self.table.at(id).in_conditional_block, true);
        let result = visit(self);
        self.table.at(id).in_conditional_block = before;
        result
    }

    fn need_coroutine(&mut self, message: &str, range: TextRange) -> Walk {
        if self.top_level_await() {
            self.cur_mut().coroutine = true;
        }
        if self.cur().coroutine {
            Ok(())
        } else {
            fail(range, message.to_string())
        }
    }

    /// Whether this block is a module that may await.
    pub(super) fn top_level_await(&self) -> bool {
        self.options.allow_top_level_await && self.cur().kind == BlockKind::Module
    }

    fn declare(&mut self, name: &Name, flag: u32, range: TextRange) -> Walk {
        let known = self.lookup(self.current(), name);
        let word = if flag == def::GLOBAL {
            "global"
        } else {
            "nonlocal"
        };
        if known & (def::PARAM | def::LOCAL | def::USE | def::ANNOT) != 0 {
            let message = if known & def::PARAM != 0 {
                format!("name '{name}' is parameter and {word}")
            } else if known & def::USE != 0 {
                format!("name '{name}' is used prior to {word} declaration")
            } else if known & def::ANNOT != 0 {
                format!("annotated name '{name}' can't be {word}")
            } else {
                format!("name '{name}' is assigned to before {word} declaration")
            };
            return fail(range, message);
        }
        self.add(name, flag, range)?;
        self.record_directive(name, range);
        Ok(())
    }

    fn alias(&mut self, alias: &Alias) -> Walk {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if name.id == "*" {
            if self.cur().kind != BlockKind::Module {
                return fail(
                    alias.range,
                    "import * only allowed at module level".to_string(),
                );
            }
            return Ok(());
        }
        let bound = match name.id.split_once('.') {
            Some((first, _)) => Name::new(first),
            None => name.id.clone(),
        };
        self.add(&bound, def::IMPORT, alias.range)
    }
}

/// An error at `range`.
pub(super) fn fail(range: TextRange, message: String) -> Walk {
    Err(ScopeError {
        kind: ErrorKind::Syntax,
        message,
        range,
    })
}

/// `__debug__` is a constant: nothing may bind it.
pub(super) fn check_name(name: &Name, range: TextRange, ctx: ExprContext) -> Walk {
    match ctx {
        ExprContext::Load | ExprContext::Invalid => Ok(()),
        _ if name != "__debug__" => Ok(()),
        ExprContext::Del => fail(range, "cannot delete __debug__".to_string()),
        ExprContext::Store => fail(range, "cannot assign to __debug__".to_string()),
    }
}
