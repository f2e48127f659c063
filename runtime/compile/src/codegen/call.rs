//! Calls: plain ones, methods, `super()`, unpacked arguments, and `any`/`all`/`tuple` of a generator.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{common, intrinsic, op, pseudo};
use ruff_python_ast::name::Name;
use ruff_python_ast::{CmpOp, Expr, ExprCall, ExprContext, Identifier, Keyword};

use super::expr::{STACK_GUIDELINE, TUPLE};
use crate::compiler::{Compiler, Gen};
use crate::instr::{Label, Loc, NOP};
use crate::scope::Scope;

/// Whether a call has positional arguments.
pub(super) fn has_arguments(call: &Expr) -> bool {
    matches!(call, Expr::Call(call) if !call.arguments.args.is_empty())
}

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, node: &'a ExprCall) -> Gen {
        self.check_keywords(&node.arguments.keywords)?;
        if self.method_call(node)? {
            return Ok(());
        }
        self.check_caller(&node.func);
        let skip = self.label();
        self.expr(&node.func)?;
        self.generator_call(node, skip)?;
        let loc = self.loc(&*node.func);
        self.op(op::PUSH_NULL, loc);
        let loc = self.loc(node);
        self.call_arguments(0, &node.arguments.args, None, &node.arguments.keywords, loc)?;
        self.place(skip);
        Ok(())
    }

    fn check_keywords(&mut self, keywords: &'a [Keyword]) -> Gen {
        if keywords.len() < 2 {
            return Ok(());
        }
        let mut seen = crate::tables::QuickSet::default();
        for keyword in keywords {
            if let Some(arg) = &keyword.arg
                && !seen.insert(arg.id.as_str())
            {
                return self.error(
                    keyword.range,
                    format!("keyword argument repeated: {}", arg.id),
                );
            }
        }
        Ok(())
    }

    /// Calls an attribute without making a bound method. False if this is not such a call.
    fn method_call(&mut self, node: &'a ExprCall) -> Gen<bool> {
        let Expr::Attribute(method) = &*node.func else {
            return Ok(false);
        };
        if let Expr::Name(name) = &*method.value
            && self.is_imported(&name.id)
        {
            return Ok(false);
        }
        let (args, keywords) = (&node.arguments.args, &node.arguments.keywords);
        let size = args.len() + keywords.len() + usize::from(!keywords.is_empty());
        if size >= STACK_GUIDELINE
            || args.iter().any(Expr::is_starred_expr)
            || keywords.iter().any(|keyword| keyword.arg.is_none())
        {
            return Ok(false);
        }
        let mut loc = self.loc(method);
        if self.super_arguments(&method.value, &method.attr)? {
            let explicit = has_arguments(&method.value);
            let bits = u32::from(explicit) << 1 | 1;
            self.name_op(op::LOAD_SUPER_ATTR, &method.attr.id, 2, bits, loc);
            loc = self.attribute_loc(loc, method);
            self.op(NOP, loc);
        } else {
            self.expr(&method.value)?;
            loc = self.attribute_loc(loc, method);
            self.load_attr(&method.attr.id, true, loc);
        }
        self.exprs(args)?;
        let count = (args.len() + keywords.len()) as u32;
        let whole = self.loc(node);
        let whole = self.attribute_loc(whole, method);
        if keywords.is_empty() {
            self.op_arg(op::CALL, count, whole);
        } else {
            for keyword in keywords {
                self.expr(&keyword.value)?;
            }
            self.keyword_names(keywords, loc);
            self.op_arg(op::CALL_KW, count, whole);
        }
        Ok(true)
    }

    fn keyword_names(&mut self, keywords: &[Keyword], loc: Loc) {
        let names = keywords
            .iter()
            .filter_map(|keyword| keyword.arg.as_ref())
            .map(|arg| Const::Str(arg.id.to_string()))
            .collect();
        self.load_const(Const::Tuple(names), loc);
    }

    /// If `value` is a call of `super` whose attribute can be loaded in one step, loads its operands.
    pub(super) fn super_arguments(&mut self, value: &'a Expr, attr: &Identifier) -> Gen<bool> {
        let Expr::Call(call) = value else {
            return Ok(false);
        };
        let Expr::Name(func) = &*call.func else {
            return Ok(false);
        };
        if func.id != "super" || attr.id == "__class__" || !call.arguments.keywords.is_empty() {
            return Ok(false);
        }
        // `super` must not be shadowed where that can be seen.
        if self.scope_of(&func.id) != Scope::GlobalImplicit
            || self.table.top().scope("super") != Scope::Unknown
        {
            return Ok(false);
        }
        let func_loc = self.loc(func);
        match &*call.arguments.args {
            [first, second] => {
                if first.is_starred_expr() || second.is_starred_expr() {
                    return Ok(false);
                }
                self.name(&func.id, ExprContext::Load, func_loc);
                self.expr(first)?;
                self.expr(second)?;
            }
            [] => {
                let class = Name::new_static("__class__");
                if self.unit.arg_count + self.unit.posonly_count == 0
                    || self.scope_of(&class) != Scope::Free
                {
                    return Ok(false);
                }
                let Some(receiver) = self.unit.varnames.names().first().map(Name::new) else {
                    return Ok(false);
                };
                let loc = self.loc(call);
                self.name(&func.id, ExprContext::Load, func_loc);
                self.name(&class, ExprContext::Load, loc);
                self.name(&receiver, ExprContext::Load, loc);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// With the function on the stack: if it is `all`, `any` or `tuple` given a generator, runs the loop here, provided
    /// that the function is the builtin; then goes to `end`.
    fn generator_call(&mut self, node: &'a ExprCall, end: Label) -> Gen {
        let Expr::Name(func) = &*node.func else {
            return Ok(());
        };
        let [generator @ Expr::Generator(_)] = &*node.arguments.args else {
            return Ok(());
        };
        let awaits = self.table.block(self.table.expr(generator)).coroutine;
        if !node.arguments.keywords.is_empty() || awaits {
            return Ok(());
        }
        let (builtin, leave_on) = match func.id.as_str() {
            "all" => (common::ALL, Some(false)),
            "any" => (common::ANY, Some(true)),
            "tuple" => (common::TUPLE, None),
            _ => return Ok(()),
        };
        let loc = self.loc(func);
        let skip = self.label();
        self.op_arg(op::COPY, 1, loc);
        self.load_common(builtin, loc);
        self.compare_op(CmpOp::Is, loc);
        self.jump(op::POP_JUMP_IF_FALSE, skip, loc);
        self.op(op::POP_TOP, loc);
        if leave_on.is_none() {
            self.op_arg(op::BUILD_LIST, 0, loc);
        }
        self.expr(generator)?;
        let (start, cleanup) = (self.label(), self.label());
        self.place(start);
        self.jump(op::FOR_ITER, cleanup, loc);
        match leave_on {
            None => {
                self.op_arg(op::LIST_APPEND, 2, loc);
                self.jump(pseudo::JUMP, start, loc);
            }
            Some(leave_on) => {
                self.op(op::TO_BOOL, loc);
                let go_on = if leave_on {
                    op::POP_JUMP_IF_FALSE
                } else {
                    op::POP_JUMP_IF_TRUE
                };
                self.jump(go_on, start, loc);
            }
        }
        self.op(op::POP_ITER, Loc::NONE);
        if let Some(leave_on) = leave_on {
            self.load_const(truth(leave_on), loc);
        }
        self.jump(pseudo::JUMP, end, loc);
        self.place(cleanup);
        self.op(op::END_FOR, Loc::NONE);
        self.op(op::POP_ITER, Loc::NONE);
        match leave_on {
            None => self.op_arg(op::CALL_INTRINSIC_1, intrinsic::LIST_TO_TUPLE, loc),
            Some(leave_on) => self.load_const(truth(!leave_on), loc),
        }
        self.jump(pseudo::JUMP, end, loc);
        self.place(skip);
        Ok(())
    }

    /// The arguments of a call and the call itself. `pushed` arguments are on the stack already.
    pub(super) fn call_arguments(
        &mut self,
        pushed: usize,
        args: &'a [Expr],
        injected: Option<&'static str>,
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Gen {
        self.check_keywords(keywords)?;
        let unpacked = args.len() + keywords.len() * 2 > STACK_GUIDELINE
            || args.iter().any(Expr::is_starred_expr)
            || keywords.iter().any(|keyword| keyword.arg.is_none());
        if unpacked {
            return self.call_unpacked(pushed, args, injected, keywords, loc);
        }
        self.exprs(args)?;
        let mut count = pushed + args.len() + keywords.len();
        if let Some(name) = injected {
            self.static_name(name, ExprContext::Load, loc);
            count += 1;
        }
        if keywords.is_empty() {
            self.op_arg(op::CALL, count as u32, loc);
        } else {
            for keyword in keywords {
                self.expr(&keyword.value)?;
            }
            self.keyword_names(keywords, loc);
            self.op_arg(op::CALL_KW, count as u32, loc);
        }
        Ok(())
    }

    fn call_unpacked(
        &mut self,
        pushed: usize,
        args: &'a [Expr],
        injected: Option<&'static str>,
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Gen {
        match args {
            [Expr::Starred(star)] if pushed == 0 => self.expr(&star.value)?,
            _ => self.display(args, pushed, injected, TUPLE, loc)?,
        }
        if keywords.is_empty() {
            self.op(op::PUSH_NULL, loc);
            self.op(op::CALL_FUNCTION_EX, loc);
            return Ok(());
        }
        let mut have = false;
        let mut pending = 0;
        for (index, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                pending += 1;
                continue;
            }
            if pending > 0 {
                self.keyword_dict(&keywords[index - pending..index], loc)?;
                if have {
                    self.op_arg(op::DICT_MERGE, 1, loc);
                }
                have = true;
                pending = 0;
            }
            if !have {
                self.op_arg(op::BUILD_MAP, 0, loc);
                have = true;
            }
            self.expr(&keyword.value)?;
            self.op_arg(op::DICT_MERGE, 1, loc);
        }
        if pending > 0 {
            self.keyword_dict(&keywords[keywords.len() - pending..], loc)?;
            if have {
                self.op_arg(op::DICT_MERGE, 1, loc);
            }
        }
        self.op(op::CALL_FUNCTION_EX, loc);
        Ok(())
    }

    fn keyword_dict(&mut self, keywords: &'a [Keyword], loc: Loc) -> Gen {
        let big = keywords.len() * 2 > STACK_GUIDELINE;
        if big {
            self.op_arg(op::BUILD_MAP, 0, Loc::NONE);
        }
        for keyword in keywords {
            if let Some(arg) = &keyword.arg {
                self.load_str(&arg.id, loc);
            }
            self.expr(&keyword.value)?;
            if big {
                self.op_arg(op::MAP_ADD, 1, Loc::NONE);
            }
        }
        if !big {
            self.op_arg(op::BUILD_MAP, keywords.len() as u32, loc);
        }
        Ok(())
    }
}

fn truth(value: bool) -> Const {
    if value { Const::True } else { Const::False }
}
