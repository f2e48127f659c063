//! `import` and `from ... import`.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{intrinsic, op};
use ruff_python_ast::name::Name;
use ruff_python_ast::{ExprContext, StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

use crate::compiler::{Compiler, Gen};
use crate::instr::Loc;

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, node: &'a StmtImport) -> Gen {
        let loc = self.loc(node);
        for alias in &node.names {
            self.load_int(0, loc);
            self.load_const(Const::None, loc);
            self.name_op(op::IMPORT_NAME, &alias.name.id, 0, 0, loc);
            let mut parts = alias.name.id.split('.');
            let first = parts.next().unwrap_or("");
            let Some(asname) = &alias.asname else {
                self.name(&Name::new(first), ExprContext::Store, loc);
                continue;
            };
            let mut walked = false;
            let mut parts = parts.peekable();
            while let Some(part) = parts.next() {
                walked = true;
                self.name_op(op::IMPORT_FROM, &Name::new(part), 0, 0, loc);
                if parts.peek().is_some() {
                    self.op_arg(op::SWAP, 2, loc);
                    self.op(op::POP_TOP, loc);
                }
            }
            self.name(&asname.id, ExprContext::Store, loc);
            if walked {
                self.op(op::POP_TOP, loc);
            }
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, node: &'a StmtImportFrom) -> Gen {
        if crate::parse::is_future(node) && node.end() > self.futures.allowed_until {
            return self.error(
                node.range,
                "from __future__ imports must occur at the beginning of the file",
            );
        }
        let loc = self.loc(node);
        self.load_int(i64::from(node.level), loc);
        let names = node
            .names
            .iter()
            .map(|alias| Const::Str(alias.name.id.to_string()))
            .collect();
        self.load_const(Const::Tuple(names), loc);
        let module = node
            .module
            .as_ref()
            .map_or(Name::empty(), |module| module.id.clone());
        self.name_op(op::IMPORT_NAME, &module, 0, 0, loc);
        for alias in &node.names {
            if alias.name.id == "*" {
                self.op_arg(op::CALL_INTRINSIC_1, intrinsic::IMPORT_STAR, loc);
                self.op(op::POP_TOP, Loc::NONE);
                return Ok(());
            }
            self.name_op(op::IMPORT_FROM, &alias.name.id, 0, 0, loc);
            let bound = alias.asname.as_ref().unwrap_or(&alias.name);
            self.name(&bound.id, ExprContext::Store, loc);
        }
        self.op(op::POP_TOP, loc);
        Ok(())
    }
}
