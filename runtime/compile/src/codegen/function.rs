//! Functions, lambdas, closures, and the functions that evaluate annotations.

use pyjit_isa::code::{Code, Const, local_kind};
use pyjit_isa::opcode::{common, compare, function_attribute, intrinsic, op, pseudo};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Decorator, Expr, ExprContext, ExprLambda, Parameters, StmtFunctionDef};

use crate::compiler::{ArgCounts, Compiler, Gen};
use crate::instr::{Label, Loc};
use crate::scope::{BlockId, Scope};
use crate::unit::{BlockTask, UnitKind};

/// Counts of the parameters of a definition.
fn counts(parameters: Option<&Parameters>) -> ArgCounts {
    parameters.map_or(ArgCounts::default(), |parameters| ArgCounts {
        positional: parameters.args.len() as u32,
        posonly: parameters.posonlyargs.len() as u32,
        kwonly: parameters.kwonlyargs.len() as u32,
    })
}

impl<'a> Compiler<'a> {
    /// Makes a function object of a code object; `attributes` are those whose values are on the stack.
    pub(super) fn make_closure(&mut self, code: Code, mut attributes: u32, loc: Loc) {
        let mut free = 0;
        for (name, &kind) in code.local_names.iter().zip(&code.local_kinds) {
            if kind & local_kind::FREE == 0 {
                continue;
            }
            free += 1;
            // A class's own cells are cells here whatever the name means to the class body.
            let name = Name::new(name);
            let special = matches!(
                &*name,
                "__class__" | "__classdict__" | "__conditional_annotations__"
            );
            let own = (special && self.unit.kind == UnitKind::Class)
                || self.scope_of(&name) == Scope::Cell;
            let index = self.deref_index(&name, !own);
            self.op_arg(pseudo::LOAD_CLOSURE, index, loc);
        }
        if free > 0 {
            attributes |= function_attribute::CLOSURE;
            self.op_arg(op::BUILD_TUPLE, free, loc);
        }
        self.load_const(Const::Code(Box::new(code)), loc);
        self.op(op::MAKE_FUNCTION, loc);
        for attribute in [
            function_attribute::CLOSURE,
            function_attribute::ANNOTATIONS,
            function_attribute::ANNOTATE,
            function_attribute::KWDEFAULTS,
            function_attribute::DEFAULTS,
        ] {
            if attributes & attribute != 0 {
                self.op_arg(op::SET_FUNCTION_ATTRIBUTE, attribute, loc);
            }
        }
    }

    pub(super) fn decorators(&mut self, decorators: &'a [Decorator]) -> Gen {
        decorators
            .iter()
            .try_for_each(|decorator| self.expr(&decorator.expression))
    }

    pub(super) fn apply_decorators(&mut self, decorators: &'a [Decorator]) {
        for decorator in decorators.iter().rev() {
            let loc = self.loc(&decorator.expression);
            self.op_arg(op::CALL, 0, loc);
        }
    }

    /// The line a definition's code starts on: that of its first decorator.
    pub(super) fn first_line(&self, decorators: &[Decorator], loc: Loc) -> i32 {
        decorators
            .first()
            .map_or(loc.line, |first| self.loc(&first.expression).line)
    }

    /// Pushes default values; returns the attributes they are for.
    fn defaults(&mut self, parameters: &'a Parameters, loc: Loc) -> Gen<u32> {
        let mut attributes = 0;
        let mut count = 0;
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(default) = &parameter.default {
                self.expr(default)?;
                count += 1;
            }
        }
        if count > 0 {
            self.op_arg(op::BUILD_TUPLE, count, loc);
            attributes |= function_attribute::DEFAULTS;
        }
        let mut count = 0;
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                let name = self.mangled(&parameter.parameter.name.id);
                self.load_str(&name, loc);
                self.expr(default)?;
                count += 1;
            }
        }
        if count > 0 {
            self.op_arg(op::BUILD_MAP, count, loc);
            attributes |= function_attribute::KWDEFAULTS;
        }
        Ok(attributes)
    }

    pub(super) fn function_def(&mut self, node: &'a StmtFunctionDef) -> Gen {
        self.decorators(&node.decorator_list)?;
        let loc = self.definition_loc(&node.decorator_list, node.range);
        let first_line = self.first_line(&node.decorator_list, loc);
        let mut attributes = self.defaults(&node.parameters, loc)?;
        let generic = node
            .type_params
            .as_deref()
            .filter(|params| !params.type_params.is_empty());
        let mut passed = 0;
        if let Some(params) = generic {
            passed = attributes.count_ones();
            if passed == 2 {
                self.op_arg(op::SWAP, 2, loc);
            }
            let block = self.table.type_params(params);
            let args = ArgCounts {
                positional: passed,
                ..ArgCounts::default()
            };
            let name = format!("<generic parameters of {}>", node.name.id);
            self.enter(block, UnitKind::Annotations, &name, first_line, None, args);
            self.type_params(params)?;
            for index in 0..passed {
                self.op_arg(op::LOAD_FAST, index, loc);
            }
        }
        attributes |= self.function_annotations(node, loc)?;
        self.function_body(node, attributes, first_line, loc)?;
        if generic.is_some() {
            self.op_arg(op::SWAP, 2, loc);
            self.op_arg(
                op::CALL_INTRINSIC_2,
                intrinsic::SET_FUNCTION_TYPE_PARAMS,
                loc,
            );
            let code = self.leave(false);
            self.make_closure(code, 0, loc);
            if passed > 0 {
                self.op_arg(op::SWAP, passed + 1, loc);
                self.op_arg(op::CALL, passed - 1, loc);
            } else {
                self.op(op::PUSH_NULL, loc);
                self.op_arg(op::CALL, 0, loc);
            }
        }
        self.apply_decorators(&node.decorator_list);
        self.name(&node.name.id, ExprContext::Store, loc);
        Ok(())
    }

    fn function_body(
        &mut self,
        node: &'a StmtFunctionDef,
        attributes: u32,
        first_line: i32,
        loc: Loc,
    ) -> Gen {
        let id = self.table.function(node);
        let block = self.table.block(id);
        let (doc, generator) = (block.has_docstring, block.generator || block.coroutine);
        let kind = if node.is_async {
            UnitKind::AsyncFunction
        } else {
            UnitKind::Function
        };
        self.enter(
            id,
            kind,
            &node.name.id,
            first_line,
            None,
            counts(Some(&node.parameters)),
        );
        let mut body = &node.body[..];
        if doc {
            let (value, rest) = self.split_docstring(body);
            body = rest;
            if let Some((value, _)) = value {
                self.unit.consts.add(value);
            }
        }
        if generator {
            let nowhere = Label(u32::MAX);
            self.push_block(BlockTask::StopIteration, nowhere, nowhere, Loc::NONE);
        }
        self.stmts(body)?;
        if generator {
            self.stop_iteration_handler();
            self.pop_block();
        }
        let code = self.leave(true);
        self.make_closure(code, attributes, loc);
        Ok(())
    }

    /// Guards the whole body of a generator: a stray `StopIteration` becomes a `RuntimeError`.
    pub(super) fn stop_iteration_handler(&mut self) {
        let handler = self.label();
        self.unit
            .code
            .prepend_jump(pseudo::SETUP_CLEANUP, handler, Loc::NONE);
        self.load_const(Const::None, Loc::NONE);
        self.op(op::RETURN_VALUE, Loc::NONE);
        self.place(handler);
        self.op_arg(
            op::CALL_INTRINSIC_1,
            intrinsic::STOPITERATION_ERROR,
            Loc::NONE,
        );
        self.op_arg(op::RERAISE, 1, Loc::NONE);
    }

    pub(super) fn lambda(&mut self, expr: &'a Expr, node: &'a ExprLambda, loc: Loc) -> Gen {
        let attributes = match &node.parameters {
            Some(parameters) => self.defaults(parameters, loc)?,
            None => 0,
        };
        let id = self.table.expr(expr);
        let args = counts(node.parameters.as_deref());
        self.enter(id, UnitKind::Lambda, "<lambda>", loc.line, None, args);
        self.expr(&node.body)?;
        let generator = self.table.block(id).generator;
        if !generator {
            let loc = self.loc(&*node.body);
            self.op(op::RETURN_VALUE, loc);
        }
        let code = self.leave(!generator);
        self.make_closure(code, attributes, loc);
        Ok(())
    }

    /// Opens a function that evaluates annotations, bounds or the like, and refuses formats it does not know.
    pub(super) fn enter_annotations(&mut self, block: BlockId, name: &str, loc: Loc) {
        let args = ArgCounts {
            posonly: 1,
            ..ArgCounts::default()
        };
        self.enter(block, UnitKind::Annotations, name, loc.line, None, args);
        self.op_arg(op::LOAD_FAST, 0, loc);
        // VALUE_WITH_FAKE_GLOBALS is the last format served here.
        self.load_int(2, loc);
        let greater = compare::GT << 5 | compare::MASKS[compare::GT as usize];
        self.op_arg(op::COMPARE_OP, greater, loc);
        let body = self.label();
        self.jump(op::POP_JUMP_IF_FALSE, body, loc);
        self.load_common(common::NOT_IMPLEMENTED_ERROR, loc);
        self.op_arg(op::RAISE_VARARGS, 1, loc);
        self.place(body);
    }

    /// Ends a function of annotations with the value on the stack, and makes it.
    pub(super) fn leave_annotations(&mut self, loc: Loc) {
        self.op(op::RETURN_VALUE, loc);
        let mut code = self.leave(true);
        // Inside, the parameter has a name no annotation can use; `inspect` shows this one.
        if let Some(first) = code.local_names.first_mut() {
            *first = "format".to_owned();
        }
        self.make_closure(code, 0, loc);
    }

    fn function_annotations(&mut self, node: &'a StmtFunctionDef, loc: Loc) -> Gen<u32> {
        let id = self.table.function_annotations(node);
        if !self.table.block(id).annotations_used {
            return Ok(0);
        }
        self.enter_annotations(id, "__annotate__", loc);
        let mut count = 0;
        let parameters = &*node.parameters;
        let named = |list: &'a [ruff_python_ast::ParameterWithDefault]| {
            list.iter().map(|item| &item.parameter)
        };
        let all = named(&parameters.args)
            .chain(named(&parameters.posonlyargs))
            .chain(parameters.vararg.as_deref())
            .chain(named(&parameters.kwonlyargs))
            .chain(parameters.kwarg.as_deref());
        for parameter in all {
            if let Some(annotation) = &parameter.annotation {
                self.annotation(&parameter.name.id, annotation, loc)?;
                count += 1;
            }
        }
        if let Some(returns) = &node.returns {
            self.annotation(&Name::new_static("return"), returns, loc)?;
            count += 1;
        }
        self.op_arg(op::BUILD_MAP, count, loc);
        self.leave_annotations(loc);
        Ok(function_attribute::ANNOTATE)
    }

    fn annotation(&mut self, name: &Name, annotation: &'a Expr, loc: Loc) -> Gen {
        let name = self.mangled(name);
        self.load_str(&name, loc);
        if self.future_annotations() {
            self.annotation_text(annotation);
            return Ok(());
        }
        match annotation {
            Expr::Starred(star) => {
                self.expr(&star.value)?;
                self.op_arg(op::UNPACK_SEQUENCE, 1, loc);
                Ok(())
            }
            other => self.expr(other),
        }
    }

    /// Loads an annotation as a string.
    pub(super) fn annotation_text(&mut self, annotation: &'a Expr) {
        let text = super::unparse::unparse(annotation, self.source);
        let loc = self.loc(annotation);
        self.load_const(text, loc);
    }
}
