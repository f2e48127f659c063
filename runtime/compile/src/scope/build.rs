//! The first half of the symbol table: walks the tree, opens and closes blocks, and records for every block what it
//! does with each name. This file holds the builder itself and the statement half of the walk.

use std::collections::HashMap;

use ruff_python_ast::name::Name;
use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprContext, ModExpression, ModModule, Parameters, Pattern, Stmt,
    StmtAnnAssign, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam, TypeParams,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{
    Block, BlockId, BlockKind, Comprehension, Construct, NameSet, ScopeError, ScopeOptions,
    SymbolTable, Symbols, analyze, def,
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

/// State of the walk.
pub(super) struct Builder<'a> {
    pub(super) table: SymbolTable,
    pub(super) stack: Vec<BlockId>,
    pub(super) options: ScopeOptions,
    source: &'a str,
    /// The class whose private names are being mangled.
    private: Option<Name>,
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

    fn new_block(&mut self, name: Name, kind: BlockKind, range: TextRange) -> BlockId {
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

    fn enter_existing(&mut self, id: BlockId, as_child: bool) {
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

    fn enter(
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

    fn function_def(&mut self, node: &StmtFunctionDef) -> Walk {
        let decorators_end = node.decorator_list.last().map(Ranged::end);
        let start = definition_start(self.source, decorators_end, node.start());
        let range = TextRange::new(start, node.end());
        let name = &node.name.id;
        self.add(name, def::LOCAL, range)?;
        self.defaults(&node.parameters)?;
        node.decorator_list
            .iter()
            .try_for_each(|decorator| self.expr(&decorator.expression))?;
        let method = self.cur().kind == BlockKind::Class && node.type_params.is_none();
        if let Some(params) = node.type_params.as_deref() {
            let kwdefaults = node
                .parameters
                .kwonlyargs
                .iter()
                .any(|parameter| parameter.default.is_some());
            // CPython makes room for the defaults whether or not there are any.
            let defaults = true;
            self.enter_type_params(name, params, range, (defaults, kwdefaults), false)?;
            self.type_params(params)?;
        }
        let body = self.new_block(name.clone(), BlockKind::Function, range);
        self.table
            .found
            .insert((Construct::Function, node.start(), node.end()), body);
        self.table.at(body).method = method;
        self.function_annotations(node, range)?;
        self.table.at(body).has_docstring = has_docstring(&node.body);
        self.enter_existing(body, true);
        self.cur_mut().coroutine = node.is_async;
        self.parameters(&node.parameters)?;
        self.stmts(&node.body)?;
        self.exit();
        if node.type_params.is_some() {
            self.exit();
        }
        Ok(())
    }

    fn function_annotations(&mut self, node: &StmtFunctionDef, range: TextRange) -> Walk {
        let sees_class = self.cur().can_see_class_scope || self.cur().kind == BlockKind::Class;
        let key = Some((Construct::FunctionAnnotations, node.range()));
        let id = self.enter(
            Name::new_static("__annotate__"),
            BlockKind::Annotation,
            key,
            range,
        )?;
        self.table.at(id).function_name = Some(node.name.id.clone());
        if sees_class {
            self.table.at(id).can_see_class_scope = true;
            self.add(&Name::new_static("__classdict__"), def::USE, range)?;
        }
        let parameters = &node.parameters;
        let positional = parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .map(|p| &p.parameter);
        let variadic = parameters
            .vararg
            .as_deref()
            .into_iter()
            .chain(parameters.kwarg.as_deref());
        let keyword = parameters.kwonlyargs.iter().map(|p| &p.parameter);
        let annotations = positional
            .chain(variadic)
            .chain(keyword)
            .filter_map(|p| p.annotation.as_deref());
        for annotation in annotations.chain(node.returns.as_deref()) {
            self.table.at(id).annotations_used = true;
            self.expr(annotation)?;
        }
        self.exit();
        Ok(())
    }

    /// Visits default values, which are evaluated outside the function.
    pub(super) fn defaults(&mut self, parameters: &Parameters) -> Walk {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        positional
            .chain(&parameters.kwonlyargs)
            .filter_map(|parameter| parameter.default.as_deref())
            .try_for_each(|default| self.expr(default))
    }

    /// Declares the parameters inside the function.
    pub(super) fn parameters(&mut self, parameters: &Parameters) -> Walk {
        let plain = parameters
            .posonlyargs
            .iter()
            .chain(&parameters.args)
            .chain(&parameters.kwonlyargs);
        for parameter in plain.map(|parameter| &parameter.parameter) {
            self.add(&parameter.name.id, def::PARAM, parameter.range)?;
        }
        if let Some(parameter) = &parameters.vararg {
            self.add(&parameter.name.id, def::PARAM, parameter_range(parameter))?;
            self.cur_mut().varargs = true;
        }
        if let Some(parameter) = &parameters.kwarg {
            self.add(&parameter.name.id, def::PARAM, parameter_range(parameter))?;
            self.cur_mut().varkeywords = true;
        }
        Ok(())
    }

    fn class_def(&mut self, node: &StmtClassDef) -> Walk {
        let decorators_end = node.decorator_list.last().map(Ranged::end);
        let start = definition_start(self.source, decorators_end, node.start());
        let range = TextRange::new(start, node.end());
        let name = &node.name.id;
        self.add(name, def::LOCAL, range)?;
        node.decorator_list
            .iter()
            .try_for_each(|decorator| self.expr(&decorator.expression))?;
        let outer_private = self.private.clone();
        if let Some(params) = node.type_params.as_deref() {
            self.enter_type_params(name, params, range, (false, false), true)?;
            self.private = Some(name.clone());
            // Outside the body only the type parameters themselves are private to the class.
            let set = self.table.mangled_names.len() as u32;
            self.table.mangled_names.push(NameSet::new());
            self.cur_mut().mangled_names = Some(set);
            self.type_params(params)?;
        }
        if let Some(arguments) = node.arguments.as_deref() {
            self.arguments(arguments)?;
        }
        self.enter(
            name.clone(),
            BlockKind::Class,
            Some((Construct::Class, node.range())),
            range,
        )?;
        self.private = Some(name.clone());
        if node.type_params.is_some() {
            self.add(&Name::new_static("__type_params__"), def::LOCAL, range)?;
            self.add(&Name::new_static(".type_params"), def::USE, range)?;
        }
        self.cur_mut().has_docstring = has_docstring(&node.body);
        self.stmts(&node.body)?;
        self.exit();
        if node.type_params.is_some() {
            self.exit();
        }
        self.private = outer_private;
        Ok(())
    }

    fn type_alias(&mut self, node: &StmtTypeAlias) -> Walk {
        self.expr(&node.name)?;
        let name = node
            .name
            .as_name_expr()
            .map_or_else(|| Name::new_static(""), |name| name.id.clone());
        let in_class = self.cur().kind == BlockKind::Class;
        if let Some(params) = node.type_params.as_deref() {
            self.enter_type_params(&name, params, node.range, (false, false), false)?;
            self.type_params(params)?;
        }
        self.enter(
            name,
            BlockKind::TypeAlias,
            Some((Construct::TypeAlias, node.range)),
            node.range,
        )?;
        if in_class {
            self.cur_mut().can_see_class_scope = true;
            self.add(
                &Name::new_static("__classdict__"),
                def::USE,
                node.value.range(),
            )?;
        }
        self.expr(&node.value)?;
        self.exit();
        if node.type_params.is_some() {
            self.exit();
        }
        Ok(())
    }

    fn enter_type_params(
        &mut self,
        name: &Name,
        params: &TypeParams,
        range: TextRange,
        (defaults, kwdefaults): (bool, bool),
        of_class: bool,
    ) -> Walk {
        let in_class = self.cur().kind == BlockKind::Class;
        self.enter(
            name.clone(),
            BlockKind::TypeParameters,
            Some((Construct::TypeParams, params.range)),
            range,
        )?;
        if in_class {
            self.cur_mut().can_see_class_scope = true;
            self.add(&Name::new_static("__classdict__"), def::USE, range)?;
        }
        if of_class {
            for hidden in [".type_params", ".generic_base"] {
                self.add(&Name::new_static(hidden), def::LOCAL, range)?;
                self.add(&Name::new_static(hidden), def::USE, range)?;
            }
        }
        if defaults {
            self.add(&Name::new_static(".defaults"), def::PARAM, range)?;
        }
        if kwdefaults {
            self.add(&Name::new_static(".kwdefaults"), def::PARAM, range)?;
        }
        Ok(())
    }

    fn type_params(&mut self, params: &TypeParams) -> Walk {
        params
            .type_params
            .iter()
            .try_for_each(|param| self.type_param(param))
    }

    fn type_param(&mut self, param: &TypeParam) -> Walk {
        let range = param.range();
        let name = param.name().id.clone();
        if name == "__classdict__" {
            return fail(
                range,
                format!("reserved name '{name}' cannot be used for type parameter"),
            );
        }
        self.add(&name, def::TYPE_PARAM | def::LOCAL, range)?;
        let default_info = match param {
            TypeParam::TypeVar(_) => "a TypeVar default",
            TypeParam::TypeVarTuple(_) => "a TypeVarTuple default",
            TypeParam::ParamSpec(_) => "a ParamSpec default",
        };
        if let TypeParam::TypeVar(variable) = param
            && let Some(bound) = variable.bound.as_deref()
        {
            let info = if bound.is_tuple_expr() {
                "a TypeVar constraint"
            } else {
                "a TypeVar bound"
            };
            self.type_variable(&name, Construct::Bound, range, bound, info)?;
        }
        match param.default() {
            Some(default) => {
                self.type_variable(&name, Construct::Default, range, default, default_info)
            }
            None => Ok(()),
        }
    }

    fn type_variable(
        &mut self,
        name: &Name,
        construct: Construct,
        key: TextRange,
        value: &Expr,
        info: &'static str,
    ) -> Walk {
        let sees_class = self.cur().can_see_class_scope;
        self.enter(
            name.clone(),
            BlockKind::TypeVariable,
            Some((construct, key)),
            value.range(),
        )?;
        self.cur_mut().can_see_class_scope = sees_class;
        self.cur_mut().scope_info = info;
        if sees_class {
            self.add(&Name::new_static("__classdict__"), def::USE, value.range())?;
        }
        self.expr(value)?;
        self.exit();
        Ok(())
    }

    fn ann_assign(&mut self, node: &StmtAnnAssign) -> Walk {
        self.cur_mut().annotations_used = true;
        if let Expr::Name(target) = &*node.target {
            let known = self.lookup(self.current(), &target.id);
            if known & (def::GLOBAL | def::NONLOCAL) != 0
                && self.current() != BlockId::TOP
                && node.simple
            {
                let word = if known & def::GLOBAL != 0 {
                    "global"
                } else {
                    "nonlocal"
                };
                return fail(
                    node.range,
                    format!("annotated name '{}' can't be {word}", target.id),
                );
            }
            if node.simple {
                self.add(&target.id, def::ANNOT | def::LOCAL, target.range)?;
            } else if node.value.is_some() {
                self.add(&target.id, def::LOCAL, target.range)?;
            }
        } else {
            self.expr(&node.target)?;
        }
        self.annotation(&node.annotation)?;
        self.optional(node.value.as_deref())
    }

    fn annotation(&mut self, annotation: &Expr) -> Walk {
        let outer = self.current();
        let range = annotation.range();
        let (kind, conditional, known) = {
            let block = self.table.block(outer);
            (
                block.kind,
                block.in_conditional_block,
                block.has_conditional_annotations,
            )
        };
        // A module may be run in part, so all its annotations are conditional.
        if (kind == BlockKind::Module || kind == BlockKind::Class && conditional) && !known {
            self.cur_mut().has_conditional_annotations = true;
            self.add(
                &Name::new_static("__conditional_annotations__"),
                def::USE,
                range,
            )?;
        }
        // In a function the annotation is never evaluated.
        let unevaluated = kind == BlockKind::Function;
        match self.table.block(outer).annotation_block {
            Some(block) => self.enter_existing(block, false),
            None => {
                let block = self.enter(
                    Name::new_static("__annotate__"),
                    BlockKind::Annotation,
                    None,
                    range,
                )?;
                self.table.at(outer).annotation_block = Some(block);
                if kind == BlockKind::Class && !self.options.future_annotations {
                    self.table.at(block).can_see_class_scope = true;
                    self.add(&Name::new_static("__classdict__"), def::USE, range)?;
                }
            }
        }
        self.cur_mut().in_unevaluated_annotation |= unevaluated;
        self.expr(annotation)?;
        if unevaluated {
            self.cur_mut().in_unevaluated_annotation = false;
        }
        self.exit();
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Walk {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.pattern_inner(pattern))
    }

    fn pattern_inner(&mut self, pattern: &Pattern) -> Walk {
        let patterns = |this: &mut Self, list: &[Pattern]| {
            list.iter().try_for_each(|pattern| this.pattern(pattern))
        };
        let range = pattern.range();
        match pattern {
            Pattern::MatchValue(node) => self.expr(&node.value),
            Pattern::MatchSingleton(_) => Ok(()),
            Pattern::MatchSequence(node) => patterns(self, &node.patterns),
            Pattern::MatchStar(node) => match &node.name {
                Some(name) => self.add(&name.id, def::LOCAL, range),
                None => Ok(()),
            },
            Pattern::MatchMapping(node) => {
                self.exprs(&node.keys)?;
                patterns(self, &node.patterns)?;
                match &node.rest {
                    Some(name) => self.add(&name.id, def::LOCAL, range),
                    None => Ok(()),
                }
            }
            Pattern::MatchClass(node) => {
                self.expr(&node.cls)?;
                patterns(self, &node.arguments.patterns)?;
                for keyword in &node.arguments.keywords {
                    check_name(
                        &keyword.attr.id,
                        keyword.pattern.range(),
                        ExprContext::Store,
                    )?;
                }
                node.arguments
                    .keywords
                    .iter()
                    .try_for_each(|keyword| self.pattern(&keyword.pattern))
            }
            Pattern::MatchAs(node) => {
                if let Some(inner) = &node.pattern {
                    self.pattern(inner)?;
                }
                match &node.name {
                    Some(name) => self.add(&name.id, def::LOCAL, range),
                    None => Ok(()),
                }
            }
            Pattern::MatchOr(node) => patterns(self, &node.patterns),
        }
    }
}

/// A variadic parameter's range without its stars.
fn parameter_range(parameter: &ruff_python_ast::Parameter) -> TextRange {
    TextRange::new(parameter.name.start(), parameter.end())
}

/// An error at `range`.
pub(super) fn fail(range: TextRange, message: String) -> Walk {
    Err(ScopeError { message, range })
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
