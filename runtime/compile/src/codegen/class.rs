//! Class definitions.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{intrinsic, op, pseudo};
use ruff_python_ast::{ExprContext, StmtClassDef};

use crate::compiler::{ArgCounts, Compiler, Gen};
use crate::instr::Loc;
use crate::unit::UnitKind;

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, node: &'a StmtClassDef) -> Gen {
        self.decorators(&node.decorator_list)?;
        let loc = self.definition_loc(&node.decorator_list, node.range);
        let first_line = self.first_line(&node.decorator_list, loc);
        let generic = node
            .type_params
            .as_deref()
            .filter(|params| !params.type_params.is_empty());
        if let Some(params) = generic {
            let block = self.table.type_params(params);
            let name = format!("<generic parameters of {}>", node.name.id);
            let private = Some(&node.name.id);
            self.enter(
                block,
                UnitKind::Annotations,
                &name,
                first_line,
                private,
                ArgCounts::default(),
            );
            self.type_params(params)?;
            self.static_name(".type_params", ExprContext::Store, loc);
        }
        self.class_body(node, generic.is_some(), first_line, loc)?;
        if generic.is_some() {
            self.static_name(".type_params", ExprContext::Load, loc);
            self.op_arg(op::CALL_INTRINSIC_1, intrinsic::SUBSCRIPT_GENERIC, loc);
            self.static_name(".generic_base", ExprContext::Store, loc);
            self.call_arguments(2, node.bases(), Some(".generic_base"), node.keywords(), loc)?;
            let code = self.leave(false);
            self.make_closure(code, 0, loc);
            self.op(op::PUSH_NULL, loc);
            self.op_arg(op::CALL, 0, loc);
        } else {
            self.call_arguments(2, node.bases(), None, node.keywords(), loc)?;
        }
        self.apply_decorators(&node.decorator_list);
        self.name(&node.name.id, ExprContext::Store, loc);
        Ok(())
    }

    fn class_body(
        &mut self,
        node: &'a StmtClassDef,
        generic: bool,
        first_line: i32,
        def_loc: Loc,
    ) -> Gen {
        let id = self.table.class(node);
        let table = self.table;
        let block = table.block(id);
        let private = Some(&node.name.id);
        self.enter(
            id,
            UnitKind::Class,
            &node.name.id,
            first_line,
            private,
            ArgCounts::default(),
        );
        let loc = Loc::line(first_line, 0, 0);
        self.static_name("__name__", ExprContext::Load, loc);
        self.static_name("__module__", ExprContext::Store, loc);
        let qualname = self.unit.qualname.clone();
        self.load_str(&qualname, loc);
        self.static_name("__qualname__", ExprContext::Store, loc);
        self.load_int(i64::from(first_line), loc);
        self.static_name("__firstlineno__", ExprContext::Store, loc);
        if generic {
            self.static_name(".type_params", ExprContext::Load, loc);
            self.static_name("__type_params__", ExprContext::Store, loc);
        }
        if block.needs_classdict {
            self.op(op::LOAD_LOCALS, loc);
            let cell = self.deref_index("__classdict__", false);
            self.op_arg(op::STORE_DEREF, cell, loc);
        }
        if block.has_conditional_annotations {
            self.op_arg(op::BUILD_SET, 0, loc);
            let cell = self.deref_index("__conditional_annotations__", false);
            self.op_arg(op::STORE_DEREF, cell, loc);
        }
        self.body(&node.body, loc)?;
        let mut attributes = std::mem::take(&mut self.unit.static_attributes);
        attributes.sort();
        attributes.dedup();
        let attributes = Const::Tuple(attributes.into_iter().map(Const::Str).collect());
        self.load_const(attributes, Loc::NONE);
        self.static_name("__static_attributes__", ExprContext::Store, Loc::NONE);
        if block.needs_classdict {
            let cell = self.deref_index("__classdict__", false);
            self.op_arg(pseudo::LOAD_CLOSURE, cell, Loc::NONE);
            self.static_name("__classdictcell__", ExprContext::Store, Loc::NONE);
        }
        if block.needs_class_closure {
            let cell = self.deref_index("__class__", false);
            self.op_arg(pseudo::LOAD_CLOSURE, cell, Loc::NONE);
            self.op_arg(op::COPY, 1, Loc::NONE);
            self.static_name("__classcell__", ExprContext::Store, Loc::NONE);
        } else {
            self.load_const(Const::None, Loc::NONE);
        }
        self.op(op::RETURN_VALUE, Loc::NONE);
        let code = self.leave(true);
        self.op(op::LOAD_BUILD_CLASS, def_loc);
        self.op(op::PUSH_NULL, def_loc);
        self.make_closure(code, 0, def_loc);
        self.load_str(&node.name.id, def_loc);
        Ok(())
    }
}
