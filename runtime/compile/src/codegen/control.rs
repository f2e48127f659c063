//! Control flow: tests, `if`, loops, `with`, `return`, `break` and `continue`, and the unwinding of frame blocks.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{op, pseudo, resume, special};
use ruff_python_ast::{
    BoolOp, Expr, StmtBreak, StmtContinue, StmtFor, StmtIf, StmtReturn, StmtWhile, StmtWith,
    UnaryOp,
};
use ruff_text_size::Ranged;

use crate::compiler::{Compiler, Gen};
use crate::instr::{Label, Loc, NOP};
use crate::unit::{BlockTask, FrameBlock};

/// No label: for frame blocks that nothing jumps to.
const NOWHERE: Label = Label(u32::MAX);

impl<'a> Compiler<'a> {
    /// Evaluates a test and jumps if its truth is `condition`, else goes on.
    pub(super) fn jump_if(&mut self, test: &'a Expr, target: Label, condition: bool) -> Gen {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.jump_if_inner(test, target, condition)
        })
    }

    fn jump_if_inner(&mut self, test: &'a Expr, target: Label, condition: bool) -> Gen {
        match test {
            Expr::UnaryOp(node) if node.op == UnaryOp::Not => {
                return self.jump_if(&node.operand, target, !condition);
            }
            Expr::BoolOp(node) => {
                let or = node.op == BoolOp::Or;
                let short = if or == condition {
                    target
                } else {
                    self.label()
                };
                if let Some((last, others)) = node.values.split_last() {
                    for value in others {
                        self.jump_if(value, short, or)?;
                    }
                    self.jump_if(last, target, condition)?;
                }
                if short != target {
                    self.place(short);
                }
                return Ok(());
            }
            Expr::If(node) => {
                let end = self.label();
                let orelse = self.label();
                self.jump_if(&node.test, orelse, false)?;
                self.jump_if(&node.body, target, condition)?;
                self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
                self.place(orelse);
                self.jump_if(&node.orelse, target, condition)?;
                self.place(end);
                return Ok(());
            }
            Expr::Compare(node) if node.ops.len() > 1 => {
                self.check_compare(node);
                let loc = self.loc(node);
                let cleanup = self.label();
                self.expr(&node.left)?;
                let last = node.ops.len() - 1;
                for (index, (op, right)) in node.ops.iter().zip(&node.comparators).enumerate() {
                    self.expr(right)?;
                    if index < last {
                        self.op_arg(op::SWAP, 2, loc);
                        self.op_arg(op::COPY, 2, loc);
                        self.compare_op(*op, loc);
                        self.op(op::TO_BOOL, loc);
                        self.jump(op::POP_JUMP_IF_FALSE, cleanup, loc);
                    } else {
                        self.compare_op(*op, loc);
                    }
                }
                self.op(op::TO_BOOL, loc);
                self.jump(jump_on(condition), target, loc);
                let end = self.label();
                self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
                self.place(cleanup);
                self.op(op::POP_TOP, loc);
                if !condition {
                    self.jump(pseudo::JUMP_NO_INTERRUPT, target, Loc::NONE);
                }
                self.place(end);
                return Ok(());
            }
            _ => {}
        }
        self.expr(test)?;
        let loc = self.loc(test);
        self.op(op::TO_BOOL, loc);
        self.jump(jump_on(condition), target, loc);
        Ok(())
    }

    pub(super) fn if_stmt(&mut self, node: &'a StmtIf) -> Gen {
        let end = self.label();
        let mut test = Some(&*node.test);
        let mut body = &node.body;
        let mut clauses = node.elif_else_clauses.iter();
        let mut depth = 0;
        loop {
            let clause = clauses.next();
            let next = match test {
                Some(test) => {
                    let next = if clause.is_some() { self.label() } else { end };
                    self.jump_if(test, next, false)?;
                    Some(next)
                }
                None => None,
            };
            self.stmts(body)?;
            let (Some(clause), Some(next)) = (clause, next) else {
                break;
            };
            self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
            self.place(next);
            if clause.test.is_some() {
                // An `elif` is an `if` of its own inside `else`.
                self.unit.conditional_depth += 1;
                depth += 1;
            }
            test = clause.test.as_ref();
            body = &clause.body;
        }
        self.unit.conditional_depth -= depth;
        self.place(end);
        Ok(())
    }

    pub(super) fn while_stmt(&mut self, node: &'a StmtWhile) -> Gen {
        let (start, end, anchor) = (self.label(), self.label(), self.label());
        self.place(start);
        let loc = self.block_loc(node.range);
        self.push_block(BlockTask::WhileLoop, start, end, loc);
        self.jump_if(&node.test, anchor, false)?;
        self.stmts(&node.body)?;
        self.jump(pseudo::JUMP, start, Loc::NONE);
        self.pop_block();
        self.place(anchor);
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn for_stmt(&mut self, node: &'a StmtFor) -> Gen {
        let (start, cleanup, end) = (self.label(), self.label(), self.label());
        let loc = self.block_loc(node.range);
        self.push_block(BlockTask::ForLoop, start, end, loc);
        self.expr(&node.iter)?;
        let loc = self.loc(&*node.iter);
        self.op(op::GET_ITER, loc);
        self.place(start);
        self.jump(op::FOR_ITER, cleanup, loc);
        // Line tracing of a loop head over several lines needs an instruction here; it goes away where it does not.
        let target = self.loc(&*node.target);
        self.op(NOP, target);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.jump(pseudo::JUMP, start, Loc::NONE);
        self.place(cleanup);
        self.op(op::END_FOR, Loc::NONE);
        self.op(op::POP_ITER, Loc::NONE);
        self.pop_block();
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn async_for_stmt(&mut self, node: &'a StmtFor) -> Gen {
        let (start, send, except, end) = (self.label(), self.label(), self.label(), self.label());
        let loc = self.block_loc(node.range);
        let iter = self.loc(&*node.iter);
        self.expr(&node.iter)?;
        self.op(op::GET_AITER, iter);
        self.place(start);
        self.push_block(BlockTask::AsyncForLoop, start, end, loc);
        self.jump(pseudo::SETUP_FINALLY, except, loc);
        self.op(op::GET_ANEXT, loc);
        self.load_const(Const::None, loc);
        self.place(send);
        self.yield_from(loc, true);
        self.op(pseudo::POP_BLOCK, loc);
        self.op(op::NOT_TAKEN, loc);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.jump(pseudo::JUMP, start, Loc::NONE);
        self.pop_block();
        self.place(except);
        self.jump(op::END_ASYNC_FOR, send, iter);
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    /// Delegates to the awaitable or iterator on the stack until it is done.
    pub(super) fn yield_from(&mut self, loc: Loc, is_await: bool) {
        let (send, fail, exit) = (self.label(), self.label(), self.label());
        self.place(send);
        self.jump(op::SEND, exit, loc);
        // A `throw` or `close` may end the delegate with StopIteration, which is not an error here.
        self.jump(pseudo::SETUP_FINALLY, fail, loc);
        self.op_arg(op::YIELD_VALUE, 1, loc);
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        let how = if is_await {
            resume::AFTER_AWAIT
        } else {
            resume::AFTER_YIELD_FROM
        };
        self.op_arg(op::RESUME, how, loc);
        self.jump(pseudo::JUMP_NO_INTERRUPT, send, loc);
        self.place(fail);
        self.op(op::CLEANUP_THROW, loc);
        self.place(exit);
        self.op(op::END_SEND, loc);
    }

    /// Awaits the value on the stack; `how` tells `GET_AWAITABLE` whose method gave it.
    pub(super) fn await_value(&mut self, how: u32, loc: Loc) {
        self.op_arg(op::GET_AWAITABLE, how, loc);
        self.load_const(Const::None, loc);
        self.yield_from(loc, true);
    }

    pub(super) fn with_stmt(&mut self, node: &'a StmtWith, index: usize) -> Gen {
        let Some(item) = node.items.get(index) else {
            return self.stmts(&node.body);
        };
        let (block, handler, exit, cleanup) =
            (self.label(), self.label(), self.label(), self.label());
        self.expr(&item.context_expr)?;
        let loc = self.loc(&item.context_expr);
        let (enter_method, exit_method, task) = if node.is_async {
            (special::AENTER, special::AEXIT, BlockTask::AsyncWith)
        } else {
            (special::ENTER, special::EXIT, BlockTask::With)
        };
        self.op_arg(op::COPY, 1, loc);
        self.op_arg(op::LOAD_SPECIAL, exit_method, loc);
        self.op_arg(op::SWAP, 2, loc);
        self.op_arg(op::SWAP, 3, loc);
        self.op_arg(op::LOAD_SPECIAL, enter_method, loc);
        self.op_arg(op::CALL, 0, loc);
        if node.is_async {
            self.await_value(1, loc);
        }
        self.jump(pseudo::SETUP_WITH, handler, loc);
        self.place(block);
        self.push_block(task, block, handler, loc);
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.op(op::POP_TOP, loc),
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.with_stmt(node, index + 1))?;
        self.pop_block();
        let pop_loc = if node.is_async { loc } else { Loc::NONE };
        self.op(pseudo::POP_BLOCK, pop_loc);
        self.call_exit(node.is_async, loc);
        self.op(op::POP_TOP, loc);
        self.jump(pseudo::JUMP, exit, loc);

        self.place(handler);
        self.jump(pseudo::SETUP_CLEANUP, cleanup, loc);
        self.op(op::PUSH_EXC_INFO, loc);
        self.op(op::WITH_EXCEPT_START, loc);
        if node.is_async {
            self.await_value(2, loc);
        }
        let suppress = self.label();
        self.op(op::TO_BOOL, Loc::NONE);
        self.jump(op::POP_JUMP_IF_TRUE, suppress, Loc::NONE);
        self.op_arg(op::RERAISE, 2, Loc::NONE);
        self.place(suppress);
        self.op(op::POP_TOP, Loc::NONE);
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.op(op::POP_EXCEPT, Loc::NONE);
        self.op(op::POP_TOP, Loc::NONE);
        self.op(op::POP_TOP, Loc::NONE);
        self.op(op::POP_TOP, Loc::NONE);
        let after = self.label();
        self.jump(pseudo::JUMP_NO_INTERRUPT, after, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise(Loc::NONE);
        self.place(after);
        self.place(exit);
        Ok(())
    }

    /// Calls the `__exit__` on the stack as after a normal end of the body.
    fn call_exit(&mut self, is_async: bool, loc: Loc) {
        for _ in 0..3 {
            self.load_const(Const::None, loc);
        }
        self.op_arg(op::CALL, 3, loc);
        if is_async {
            self.await_value(2, loc);
        }
    }

    /// Re-raises from inside a handler whose exception state must be restored first.
    pub(super) fn pop_except_and_reraise(&mut self, loc: Loc) {
        self.op_arg(op::COPY, 3, loc);
        self.op(op::POP_EXCEPT, loc);
        self.op_arg(op::RERAISE, 1, loc);
    }

    pub(super) fn return_stmt(&mut self, node: &'a StmtReturn) -> Gen {
        let mut loc = self.loc(node);
        let block = self.table.block(self.unit.block);
        if !block.is_function_like() {
            return self.error(node.range, "'return' outside function");
        }
        if node.value.is_some() && block.coroutine && block.generator {
            return self.error(node.range, "'return' with value in async generator");
        }
        let constant = node
            .value
            .as_deref()
            .filter(|value| self.is_constant(value));
        let computed = node.value.is_some() && constant.is_none();
        if let Some(value) = &node.value {
            if constant.is_none() {
                self.expr(value)?;
            } else {
                loc = self.range_loc(value.range());
                self.op(NOP, loc);
            }
        }
        let own = self.loc(node);
        if node
            .value
            .as_ref()
            .is_none_or(|value| self.loc(&**value).line != own.line)
        {
            loc = own;
            self.op(NOP, loc);
        }
        self.unwind_all(&mut loc, computed, false, node.range)?;
        if let Some(value) = constant {
            let value = self.constant(value)?;
            self.load_const(value, loc);
        } else if !computed {
            self.load_const(Const::None, loc);
        }
        self.op(op::RETURN_VALUE, loc);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, node: &'a StmtBreak) -> Gen {
        let mut loc = self.loc(node);
        self.op(NOP, loc);
        let Some(found) = self.unwind_all(&mut loc, false, true, node.range)? else {
            return self.error(node.range, "'break' outside loop");
        };
        self.unwind(&mut loc, &found, false)?;
        self.jump(pseudo::JUMP, found.exit, loc);
        Ok(())
    }

    pub(super) fn continue_stmt(&mut self, node: &'a StmtContinue) -> Gen {
        let mut loc = self.loc(node);
        self.op(NOP, loc);
        let Some(found) = self.unwind_all(&mut loc, false, true, node.range)? else {
            return self.error(node.range, "'continue' not properly in loop");
        };
        self.jump(pseudo::JUMP, found.start, loc);
        Ok(())
    }

    /// Emits what every frame block needs on the way out, up to the innermost loop if `to_loop`, which is returned.
    fn unwind_all(
        &mut self,
        loc: &mut Loc,
        keep_top: bool,
        to_loop: bool,
        range: ruff_text_size::TextRange,
    ) -> Gen<Option<FrameBlock<'a>>> {
        let mut undone = Vec::new();
        let mut found = None;
        let mut result = Ok(());
        while let Some(&top) = self.unit.blocks.last() {
            match top.task {
                BlockTask::ExceptionGroupHandler => {
                    result = self.error(
                        range,
                        "'break', 'continue' and 'return' cannot appear in an except* block",
                    );
                    break;
                }
                BlockTask::WhileLoop | BlockTask::ForLoop | BlockTask::AsyncForLoop if to_loop => {
                    found = Some(top);
                    break;
                }
                _ => {}
            }
            self.unit.blocks.pop();
            undone.push(top);
            result = self.unwind(loc, &top, keep_top);
            if result.is_err() {
                break;
            }
        }
        self.unit.blocks.extend(undone.into_iter().rev());
        result.map(|()| found)
    }

    fn unwind(&mut self, loc: &mut Loc, block: &FrameBlock<'a>, keep_top: bool) -> Gen {
        match block.task {
            BlockTask::WhileLoop
            | BlockTask::ExceptionHandler
            | BlockTask::ExceptionGroupHandler
            | BlockTask::AsyncComprehension
            | BlockTask::StopIteration => {}
            BlockTask::ForLoop | BlockTask::AsyncForLoop | BlockTask::PopValue => {
                if keep_top {
                    self.op_arg(op::SWAP, 2, *loc);
                }
                self.op(op::POP_TOP, *loc);
            }
            BlockTask::TryExcept => self.op(pseudo::POP_BLOCK, *loc),
            BlockTask::FinallyTry(body) => {
                self.op(pseudo::POP_BLOCK, *loc);
                if keep_top {
                    self.push_block(BlockTask::PopValue, NOWHERE, NOWHERE, *loc);
                }
                self.stmts(body)?;
                if keep_top {
                    self.pop_block();
                }
                // The finally body runs after the statement that leaves, so what follows has no place of its own.
                *loc = Loc::NONE;
            }
            BlockTask::FinallyEnd => {
                if keep_top {
                    self.op_arg(op::SWAP, 2, *loc);
                }
                self.op(op::POP_TOP, *loc);
                if keep_top {
                    self.op_arg(op::SWAP, 2, *loc);
                }
                self.op(pseudo::POP_BLOCK, *loc);
                self.op(op::POP_EXCEPT, *loc);
            }
            BlockTask::With | BlockTask::AsyncWith => {
                *loc = block.loc;
                self.op(pseudo::POP_BLOCK, *loc);
                if keep_top {
                    self.op_arg(op::SWAP, 3, *loc);
                    self.op_arg(op::SWAP, 2, *loc);
                }
                self.call_exit(matches!(block.task, BlockTask::AsyncWith), *loc);
                self.op(op::POP_TOP, *loc);
                *loc = Loc::NONE;
            }
            BlockTask::HandlerCleanup(name) => {
                if name.is_some() {
                    self.op(pseudo::POP_BLOCK, *loc);
                }
                if keep_top {
                    self.op_arg(op::SWAP, 2, *loc);
                }
                self.op(pseudo::POP_BLOCK, *loc);
                self.op(op::POP_EXCEPT, *loc);
                if let Some(name) = name {
                    self.unbind(name, *loc);
                }
            }
        }
        Ok(())
    }
}

fn jump_on(condition: bool) -> u8 {
    if condition {
        op::POP_JUMP_IF_TRUE
    } else {
        op::POP_JUMP_IF_FALSE
    }
}
