//! The part of the symbol table's walk that defines things: functions, classes, type aliases, type parameters and
//! annotations, with the hidden blocks each of them brings.

use ruff_python_ast::name::Name;
use ruff_python_ast::{
    Expr, Parameters, StmtAnnAssign, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam,
    TypeParams,
};
use ruff_text_size::{Ranged, TextRange};

use super::build::{Builder, Walk, definition_start, fail, has_docstring};
use super::{BlockId, BlockKind, Construct, NameSet, def};

impl Builder<'_> {
    pub(super) fn function_def(&mut self, node: &StmtFunctionDef) -> Walk {
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

    pub(super) fn class_def(&mut self, node: &StmtClassDef) -> Walk {
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

    pub(super) fn type_alias(&mut self, node: &StmtTypeAlias) -> Walk {
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

    pub(super) fn ann_assign(&mut self, node: &StmtAnnAssign) -> Walk {
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
}

/// A variadic parameter's range without its stars.
fn parameter_range(parameter: &ruff_python_ast::Parameter) -> TextRange {
    TextRange::new(parameter.name.start(), parameter.end())
}
