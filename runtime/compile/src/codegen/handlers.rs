//! `try` in all its forms.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{intrinsic, op, pseudo};
use ruff_python_ast::name::Name;
use ruff_python_ast::{ExceptHandler, ExprContext, StmtTry};

use crate::compiler::{Compiler, Gen};
use crate::instr::{Label, Loc, NOP};
use crate::unit::BlockTask;

const NOWHERE: Label = Label(u32::MAX);

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, node: &'a StmtTry) -> Gen {
        if node.finalbody.is_empty() {
            self.try_handlers(node)
        } else {
            self.try_finally(node)
        }
    }

    fn try_handlers(&mut self, node: &'a StmtTry) -> Gen {
        if node.is_star {
            self.try_star_except(node)
        } else {
            self.try_except(node)
        }
    }

    fn try_finally(&mut self, node: &'a StmtTry) -> Gen {
        let loc = self.block_loc(node.range);
        let (body, end, exit, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.jump(pseudo::SETUP_FINALLY, end, loc);
        self.place(body);
        self.push_block(BlockTask::FinallyTry(&node.finalbody), body, end, loc);
        if node.handlers.is_empty() {
            self.stmts(&node.body)?;
        } else {
            self.try_handlers(node)?;
        }
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.pop_block();
        self.stmts(&node.finalbody)?;
        self.jump(pseudo::JUMP_NO_INTERRUPT, exit, Loc::NONE);

        self.place(end);
        self.jump(pseudo::SETUP_CLEANUP, cleanup, Loc::NONE);
        self.op(op::PUSH_EXC_INFO, Loc::NONE);
        self.push_block(BlockTask::FinallyEnd, end, NOWHERE, Loc::NONE);
        self.stmts(&node.finalbody)?;
        self.pop_block();
        self.op_arg(op::RERAISE, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise(Loc::NONE);
        self.place(exit);
        Ok(())
    }

    /// `name = None; del name`, as at the end of a handler.
    pub(super) fn unbind(&mut self, name: &Name, loc: Loc) {
        self.load_const(Const::None, loc);
        self.name(name, ExprContext::Store, loc);
        self.name(name, ExprContext::Del, loc);
    }

    fn try_except(&mut self, node: &'a StmtTry) -> Gen {
        let loc = self.block_loc(node.range);
        let (body, mut except, end, cleanup) =
            (self.label(), self.label(), self.label(), self.label());
        self.jump(pseudo::SETUP_FINALLY, except, loc);
        self.place(body);
        self.push_block(BlockTask::TryExcept, body, NOWHERE, loc);
        self.stmts(&node.body)?;
        self.pop_block();
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.stmts(&node.orelse)?;
        self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);

        self.place(except);
        self.jump(pseudo::SETUP_CLEANUP, cleanup, Loc::NONE);
        self.op(op::PUSH_EXC_INFO, Loc::NONE);
        self.push_block(BlockTask::ExceptionHandler, NOWHERE, NOWHERE, loc);
        let count = node.handlers.len();
        for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
            let loc = self.block_loc(handler.range);
            if handler.type_.is_none() && index + 1 < count {
                return self.error(handler.range, "default 'except:' must be last");
            }
            except = self.label();
            if let Some(class) = &handler.type_ {
                self.expr(class)?;
                self.op(op::CHECK_EXC_MATCH, loc);
                self.jump(op::POP_JUMP_IF_FALSE, except, loc);
            }
            let inner = self.label();
            if let Some(name) = &handler.name {
                let name = &name.id;
                let unwind = self.label();
                self.name(name, ExprContext::Store, loc);
                self.jump(pseudo::SETUP_CLEANUP, unwind, loc);
                self.place(inner);
                self.push_block(BlockTask::HandlerCleanup(Some(name)), inner, NOWHERE, loc);
                self.stmts(&handler.body)?;
                self.pop_block();
                self.op(pseudo::POP_BLOCK, Loc::NONE);
                self.op(pseudo::POP_BLOCK, Loc::NONE);
                self.op(op::POP_EXCEPT, Loc::NONE);
                self.unbind(name, Loc::NONE);
                self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
                self.place(unwind);
                self.unbind(name, Loc::NONE);
                self.op_arg(op::RERAISE, 1, Loc::NONE);
            } else {
                self.op(op::POP_TOP, loc);
                self.place(inner);
                self.push_block(BlockTask::HandlerCleanup(None), inner, NOWHERE, loc);
                self.stmts(&handler.body)?;
                self.pop_block();
                self.op(pseudo::POP_BLOCK, Loc::NONE);
                self.op(op::POP_EXCEPT, Loc::NONE);
                self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
            }
            self.place(except);
        }
        self.pop_block();
        self.op_arg(op::RERAISE, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise(Loc::NONE);
        self.place(end);
        Ok(())
    }

    fn try_star_except(&mut self, node: &'a StmtTry) -> Gen {
        let loc = self.block_loc(node.range);
        let (body, mut except, orelse) = (self.label(), self.label(), self.label());
        let (end, cleanup, reraise_star) = (self.label(), self.label(), self.label());
        self.jump(pseudo::SETUP_FINALLY, except, loc);
        self.place(body);
        self.push_block(BlockTask::TryExcept, body, NOWHERE, loc);
        self.stmts(&node.body)?;
        self.pop_block();
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.jump(pseudo::JUMP_NO_INTERRUPT, orelse, Loc::NONE);

        self.place(except);
        self.jump(pseudo::SETUP_CLEANUP, cleanup, Loc::NONE);
        self.op(op::PUSH_EXC_INFO, Loc::NONE);
        self.push_block(BlockTask::ExceptionGroupHandler, NOWHERE, NOWHERE, loc);
        let count = node.handlers.len();
        for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
            let loc = self.block_loc(handler.range);
            except = self.label();
            let (with_error, no_match) = (self.label(), self.label());
            if index == 0 {
                // The list of exceptions raised by the handlers, and the group to split.
                self.op_arg(op::BUILD_LIST, 0, loc);
                self.op_arg(op::COPY, 2, loc);
            }
            if let Some(class) = &handler.type_ {
                self.expr(class)?;
                self.op(op::CHECK_EG_MATCH, loc);
                self.op_arg(op::COPY, 1, loc);
                self.jump(op::POP_JUMP_IF_NONE, no_match, loc);
            }
            let (unwind, inner) = (self.label(), self.label());
            let name = handler.name.as_ref().map(|name| &name.id);
            match name {
                Some(name) => self.name(name, ExprContext::Store, loc),
                None => self.op(op::POP_TOP, loc),
            }
            self.jump(pseudo::SETUP_CLEANUP, unwind, loc);
            self.place(inner);
            self.push_block(BlockTask::HandlerCleanup(name), inner, NOWHERE, loc);
            self.stmts(&handler.body)?;
            self.pop_block();
            self.op(pseudo::POP_BLOCK, Loc::NONE);
            if let Some(name) = name {
                self.unbind(name, Loc::NONE);
            }
            self.jump(pseudo::JUMP_NO_INTERRUPT, except, Loc::NONE);

            self.place(unwind);
            if let Some(name) = name {
                self.unbind(name, Loc::NONE);
            }
            self.op_arg(op::LIST_APPEND, 3, Loc::NONE);
            self.op(op::POP_TOP, Loc::NONE);
            self.jump(pseudo::JUMP_NO_INTERRUPT, with_error, Loc::NONE);

            self.place(except);
            self.op(NOP, Loc::NONE);
            self.jump(pseudo::JUMP_NO_INTERRUPT, with_error, Loc::NONE);
            self.place(no_match);
            self.op(op::POP_TOP, loc);
            self.place(with_error);
            if index + 1 == count {
                self.op_arg(op::LIST_APPEND, 1, Loc::NONE);
                self.jump(pseudo::JUMP_NO_INTERRUPT, reraise_star, Loc::NONE);
            }
        }
        self.pop_block();
        let reraise = self.label();
        self.place(reraise_star);
        self.op_arg(
            op::CALL_INTRINSIC_2,
            intrinsic::PREP_RERAISE_STAR,
            Loc::NONE,
        );
        self.op_arg(op::COPY, 1, Loc::NONE);
        self.jump(op::POP_JUMP_IF_NOT_NONE, reraise, Loc::NONE);
        self.op(op::POP_TOP, Loc::NONE);
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.op(op::POP_EXCEPT, Loc::NONE);
        self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
        self.place(reraise);
        self.op(pseudo::POP_BLOCK, Loc::NONE);
        self.op_arg(op::SWAP, 2, Loc::NONE);
        self.op(op::POP_EXCEPT, Loc::NONE);
        self.op_arg(op::RERAISE, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise(Loc::NONE);
        self.place(orelse);
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }
}
