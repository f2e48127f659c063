//! Statements: the dispatcher, bodies with docstrings and annotations, and the simple statements.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{common, intrinsic, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Expr, ExprContext, Stmt, StmtAssert, StmtExpr};
use ruff_text_size::Ranged;

use crate::compiler::{Compiler, Gen};
use crate::instr::{Loc, NOP};
use crate::unit::UnitKind;

impl<'a> Compiler<'a> {
    pub(super) fn module_body(&mut self, body: &'a [Stmt]) -> Gen {
        let stripped = self.optimize >= 2 && self.table.top().has_docstring && body.len() > 1;
        let loc = body.get(usize::from(stripped)).map_or(
            Loc {
                line: 1,
                end_line: 1,
                col: 0,
                end_col: 0,
            },
            |first| self.stmt_loc(first),
        );
        if self.table.top().has_conditional_annotations {
            self.op_arg(op::BUILD_SET, 0, loc);
            let index = self.unit.names.add("__conditional_annotations__");
            self.op_arg(op::STORE_NAME, index, loc);
        }
        self.body(body, loc)
    }

    /// The statements of a module or class.
    pub(super) fn body(&mut self, body: &'a [Stmt], loc: Loc) -> Gen {
        let block = self.table.block(self.unit.block);
        let doc = block.has_docstring;
        if self.future_annotations() && block.annotations_used {
            self.op(op::SETUP_ANNOTATIONS, loc);
        }
        let mut rest = body;
        if doc {
            let (value, others) = self.split_docstring(body);
            rest = others;
            if let Some((value, loc)) = value {
                self.load_const(value, loc);
                self.static_name("__doc__", ExprContext::Store, Loc::NONE);
            }
        }
        self.stmts(rest)?;
        if !self.future_annotations() {
            self.deferred_annotations(loc)?;
        }
        Ok(())
    }

    /// Takes the docstring off a body that starts with one.
    pub(super) fn split_docstring(
        &mut self,
        body: &'a [Stmt],
    ) -> (Option<(Const, Loc)>, &'a [Stmt]) {
        let Some((first, rest)) = body.split_first() else {
            return (None, body);
        };
        if self.optimize >= 2 {
            if rest.is_empty() {
                self.stripped_body(first);
            } else if self.unit.kind != UnitKind::Class && !self.outer.is_empty() {
                // A second string in its place becomes a constant of the function, though not its docstring.
                if let Some((second, _)) = rest.first().and_then(|stmt| self.string_statement(stmt))
                {
                    self.unit.consts.add(second);
                }
            }
            return (None, rest);
        }
        let value = self.string_statement(first);
        self.unit.has_docstring = value.is_some();
        (value, rest)
    }

    fn string_statement(&self, stmt: &Stmt) -> Option<(Const, Loc)> {
        let Stmt::Expr(StmtExpr { value, .. }) = stmt else {
            return None;
        };
        let Expr::StringLiteral(literal) = &**value else {
            return None;
        };
        let value = crate::literal::string_value(self.source.text(), &literal.value);
        Some((super::docstring::clean(value), self.loc(literal)))
    }

    /// A body that was only a docstring becomes `pass`.
    fn stripped_body(&mut self, docstring: &'a Stmt) {
        let mut loc = self.loc(docstring);
        loc.end_line = loc.line;
        loc.end_col = loc.col + "pass".len() as i32;
        self.op(NOP, loc);
    }

    pub(super) fn stmts(&mut self, body: &'a [Stmt]) -> Gen {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    pub(super) fn stmt(&mut self, stmt: &'a Stmt) -> Gen {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmt_inner(stmt))
    }

    fn conditional(&mut self, part: impl FnOnce(&mut Self) -> Gen) -> Gen {
        self.unit.conditional_depth += 1;
        let result = part(self);
        self.unit.conditional_depth -= 1;
        result
    }

    fn stmt_inner(&mut self, stmt: &'a Stmt) -> Gen {
        match stmt {
            Stmt::FunctionDef(node) => self.function_def(node),
            Stmt::ClassDef(node) => self.class_def(node),
            Stmt::TypeAlias(node) => self.type_alias(node),
            Stmt::Return(node) => self.return_stmt(node),
            Stmt::Delete(node) => node.targets.iter().try_for_each(|target| self.expr(target)),
            Stmt::Assign(node) => {
                self.expr(&node.value)?;
                let loc = self.loc(node);
                for (index, target) in node.targets.iter().enumerate() {
                    if index + 1 < node.targets.len() {
                        self.op_arg(op::COPY, 1, loc);
                    }
                    self.expr(target)?;
                }
                Ok(())
            }
            Stmt::AugAssign(node) => self.aug_assign(node),
            Stmt::AnnAssign(node) => self.ann_assign(node),
            Stmt::For(node) if node.is_async => self.conditional(|this| this.async_for_stmt(node)),
            Stmt::For(node) => self.conditional(|this| this.for_stmt(node)),
            Stmt::While(node) => self.conditional(|this| this.while_stmt(node)),
            Stmt::If(node) => self.conditional(|this| this.if_stmt(node)),
            Stmt::With(node) => self.conditional(|this| this.with_stmt(node, 0)),
            Stmt::Match(node) => self.conditional(|this| this.match_stmt(node)),
            Stmt::Raise(node) => {
                let mut count = 0;
                for value in [&node.exc, &node.cause].into_iter().flatten() {
                    self.expr(value)?;
                    count += 1;
                }
                let loc = self.loc(node);
                self.op_arg(op::RAISE_VARARGS, count, loc);
                Ok(())
            }
            Stmt::Try(node) => self.conditional(|this| this.try_stmt(node)),
            Stmt::Assert(node) => self.assert_stmt(node),
            Stmt::Import(node) => self.import(node),
            Stmt::ImportFrom(node) => self.import_from(node),
            Stmt::Global(_) | Stmt::Nonlocal(_) => Ok(()),
            Stmt::Expr(node) => self.expr_stmt(node),
            Stmt::Pass(node) => {
                let loc = self.loc(node);
                self.op(NOP, loc);
                Ok(())
            }
            Stmt::Break(node) => self.break_stmt(node),
            Stmt::Continue(node) => self.continue_stmt(node),
            Stmt::IpyEscapeCommand(node) => self.error(node.range, "invalid syntax"),
        }
    }

    fn expr_stmt(&mut self, node: &'a StmtExpr) -> Gen {
        let loc = self.loc(node);
        if self.interactive && self.outer.is_empty() {
            self.expr(&node.value)?;
            self.op_arg(op::CALL_INTRINSIC_1, intrinsic::PRINT, loc);
            self.op(op::POP_TOP, Loc::NONE);
            return Ok(());
        }
        if self.is_constant(&node.value) {
            self.op(NOP, loc);
            return Ok(());
        }
        self.expr(&node.value)?;
        self.op(op::POP_TOP, Loc::NONE);
        Ok(())
    }

    fn assert_stmt(&mut self, node: &'a StmtAssert) -> Gen {
        if let Expr::Tuple(tuple) = &*node.test
            && !tuple.elts.is_empty()
        {
            self.warn(
                node.range,
                "assertion is always true, perhaps remove parentheses?",
            );
        }
        if self.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_if(&node.test, end, true)?;
        let loc = self.loc(node);
        self.op_arg(op::LOAD_COMMON_CONSTANT, common::ASSERTION_ERROR, loc);
        if let Some(msg) = &node.msg {
            self.expr(msg)?;
            self.op_arg(op::CALL, 0, loc);
        }
        let loc = self.range_loc(node.test.range());
        self.op_arg(op::RAISE_VARARGS, 1, loc);
        self.place(end);
        Ok(())
    }

    /// The `__annotate__` function of a module or class body.
    fn deferred_annotations(&mut self, loc: Loc) -> Gen {
        let deferred = std::mem::take(&mut self.unit.deferred);
        if deferred.is_empty() {
            return Ok(());
        }
        let Some(annotations) = self.table.block(self.unit.block).annotation_block else {
            return Ok(());
        };
        let in_class = self.unit.kind == UnitKind::Class;
        let main = (self.unit.kind == UnitKind::Module).then(|| self.begin_annotation_setup());
        self.enter_annotations(annotations, "__annotate__", loc);
        self.op_arg(op::BUILD_MAP, 0, loc);
        for (stmt, index) in deferred {
            let stmt_loc = self.loc(stmt);
            let Expr::Name(target) = &*stmt.target else {
                continue;
            };
            let not_set = self.label();
            if let Some(index) = index {
                self.load_int(i64::from(index), stmt_loc);
                if in_class {
                    let index = self.deref_index("__conditional_annotations__", true);
                    self.op_arg(op::LOAD_DEREF, index, stmt_loc);
                } else {
                    let index = self.unit.names.add("__conditional_annotations__");
                    self.op_arg(op::LOAD_GLOBAL, index << 1, stmt_loc);
                }
                self.op_arg(op::CONTAINS_OP, 0, stmt_loc);
                self.jump(op::POP_JUMP_IF_FALSE, not_set, stmt_loc);
            }
            self.expr(&stmt.annotation)?;
            self.op_arg(op::COPY, 2, stmt_loc);
            let mangled =
                crate::scope::mangle(self.unit.private.as_ref().map(Name::as_str), &target.id);
            self.load_str(&mangled, stmt_loc);
            self.op(op::STORE_SUBSCR, loc);
            self.place(not_set);
        }
        self.leave_annotations(loc);
        let name = if in_class {
            "__annotate_func__"
        } else {
            "__annotate__"
        };
        self.static_name(name, ExprContext::Store, loc);
        if let Some(main) = main {
            self.end_annotation_setup(main);
        }
        Ok(())
    }
}
