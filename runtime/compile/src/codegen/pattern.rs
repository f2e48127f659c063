//! `match` statements (PEP 634). Every pattern consumes the subject on top of the stack; captured values wait below the
//! working values until the whole pattern has matched.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{nb, op, pseudo};
use ruff_python_ast::name::Name;
use ruff_python_ast::{
    CmpOp, Expr, ExprContext, Operator, Pattern, PatternMatchAs, PatternMatchClass,
    PatternMatchMapping, PatternMatchOr, PatternMatchSequence, Singleton, StmtMatch, UnaryOp,
};
use ruff_text_size::{Ranged, TextRange};

use crate::compiler::{Compiler, Gen};
use crate::instr::{Label, Loc, NOP};
use crate::tables::ConstTable;

/// State of one `case`.
#[derive(Default)]
struct Matching {
    /// Names captured so far, in stack order.
    stores: Vec<Name>,
    /// A pattern that always matches may stand here.
    allow_irrefutable: bool,
    /// Labels to jump to on failure, by how many values must be popped.
    fail: Vec<Label>,
    /// Working values on top of the captures.
    on_top: usize,
}

fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(node) if node.name.is_none() && node.pattern.is_none())
}

fn quoted(name: &str) -> String {
    format!("'{name}'")
}

impl<'a> Compiler<'a> {
    pub(super) fn match_stmt(&mut self, node: &'a StmtMatch) -> Gen {
        self.expr(&node.subject)?;
        let end = self.label();
        let Some(last) = node.cases.last() else {
            return Ok(());
        };
        // A final `case _` without more before it needs no test; alone it is still a case.
        let has_default = is_wildcard(&last.pattern) && node.cases.len() > 1;
        let tested = node.cases.len() - usize::from(has_default);
        for (index, case) in node.cases.iter().take(tested).enumerate() {
            let loc = self.loc(&case.pattern);
            let more = index + 1 < tested;
            if more {
                self.op_arg(op::COPY, 1, loc);
            }
            let mut state = Matching {
                allow_irrefutable: case.guard.is_some() || index + 1 == node.cases.len(),
                ..Matching::default()
            };
            self.pattern(&case.pattern, &mut state)?;
            for name in std::mem::take(&mut state.stores) {
                self.name(&name, ExprContext::Store, loc);
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail(&mut state, 0);
                let fail = state.fail[0];
                self.jump_if(guard, fail, false)?;
            }
            if more {
                // The subject is no longer needed.
                self.op(op::POP_TOP, Loc::NEXT);
            }
            self.stmts(&case.body)?;
            self.jump(pseudo::JUMP, end, Loc::NONE);
            // The pops on failure belong to the pattern as far as tracing goes.
            self.emit_fail(&mut state, loc);
        }
        if has_default {
            let loc = self.loc(&last.pattern);
            if node.cases.len() == 1 {
                self.op(op::POP_TOP, loc);
            } else {
                self.op(NOP, loc);
            }
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.stmts(&last.body)?;
        }
        self.place(end);
        Ok(())
    }

    fn ensure_fail(&mut self, state: &mut Matching, pops: usize) {
        while state.fail.len() <= pops {
            let label = self.label();
            state.fail.push(label);
        }
    }

    fn jump_to_fail(&mut self, state: &mut Matching, jump: u16, loc: Loc) {
        let pops = state.on_top + state.stores.len();
        self.ensure_fail(state, pops);
        self.jump(jump, state.fail[pops], loc);
    }

    fn fail_if_false(&mut self, state: &mut Matching, loc: Loc) {
        self.jump_to_fail(state, u16::from(op::POP_JUMP_IF_FALSE), loc);
    }

    fn emit_fail(&mut self, state: &mut Matching, loc: Loc) {
        let labels = std::mem::take(&mut state.fail);
        for (pops, &label) in labels.iter().enumerate().rev() {
            self.place(label);
            if pops > 0 {
                self.op(op::POP_TOP, loc);
            }
        }
    }

    /// Moves the top value down below `count - 1` others.
    fn rotate(&mut self, count: usize, loc: Loc) {
        for depth in (2..=count).rev() {
            self.op_arg(op::SWAP, depth as u32, loc);
        }
    }

    fn capture(
        &mut self,
        name: Option<&Name>,
        state: &mut Matching,
        range: TextRange,
        loc: Loc,
    ) -> Gen {
        let Some(name) = name else {
            self.op(op::POP_TOP, loc);
            return Ok(());
        };
        if state.stores.contains(name) {
            return self.error(
                range,
                format!("multiple assignments to name {} in pattern", quoted(name)),
            );
        }
        self.rotate(state.on_top + state.stores.len() + 1, loc);
        state.stores.push(name.clone());
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern, state: &mut Matching) -> Gen {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            self.pattern_inner(pattern, state)
        })
    }

    fn pattern_inner(&mut self, pattern: &'a Pattern, state: &mut Matching) -> Gen {
        let loc = self.loc(pattern);
        match pattern {
            Pattern::MatchValue(node) => {
                if !node.value.is_attribute_expr() && self.folded_literal(&node.value)?.is_none() {
                    return self.error(
                        node.range,
                        "patterns may only match literals and attribute lookups",
                    );
                }
                self.pattern_value(&node.value)?;
                self.compare_op(CmpOp::Eq, loc);
                self.op(op::TO_BOOL, loc);
                self.fail_if_false(state, loc);
                Ok(())
            }
            Pattern::MatchSingleton(node) => {
                let value = match node.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::True,
                    Singleton::False => Const::False,
                };
                self.load_const(value, loc);
                self.compare_op(CmpOp::Is, loc);
                self.fail_if_false(state, loc);
                Ok(())
            }
            Pattern::MatchSequence(node) => self.pattern_sequence(node, state, loc),
            Pattern::MatchMapping(node) => self.pattern_mapping(node, state, loc),
            Pattern::MatchClass(node) => self.pattern_class(node, state, loc),
            Pattern::MatchStar(node) => self.capture(
                node.name.as_ref().map(|name| &name.id),
                state,
                node.range,
                loc,
            ),
            Pattern::MatchAs(node) => self.pattern_as(node, state, loc),
            Pattern::MatchOr(node) => self.pattern_or(node, state, loc),
        }
    }

    fn subpattern(&mut self, pattern: &'a Pattern, state: &mut Matching) -> Gen {
        let saved = std::mem::replace(&mut state.allow_irrefutable, true);
        self.pattern(pattern, state)?;
        state.allow_irrefutable = saved;
        Ok(())
    }

    fn pattern_as(&mut self, node: &'a PatternMatchAs, state: &mut Matching, loc: Loc) -> Gen {
        let name = node.name.as_ref().map(|name| &name.id);
        let Some(pattern) = &node.pattern else {
            if !state.allow_irrefutable {
                let msg = match name {
                    Some(name) => format!(
                        "name capture {} makes remaining patterns unreachable",
                        quoted(name)
                    ),
                    None => "wildcard makes remaining patterns unreachable".to_owned(),
                };
                return self.error(node.range, msg);
            }
            return self.capture(name, state, node.range, loc);
        };
        state.on_top += 1;
        self.op_arg(op::COPY, 1, loc);
        self.pattern(pattern, state)?;
        state.on_top -= 1;
        self.capture(name, state, node.range, loc)
    }

    fn pattern_sequence(
        &mut self,
        node: &'a PatternMatchSequence,
        state: &mut Matching,
        loc: Loc,
    ) -> Gen {
        let size = node.patterns.len();
        let mut star = None;
        let mut star_wildcard = false;
        let mut only_wildcards = true;
        for (index, pattern) in node.patterns.iter().enumerate() {
            if let Pattern::MatchStar(starred) = pattern {
                if star.is_some() {
                    return self.error(node.range, "multiple starred names in sequence pattern");
                }
                star = Some(index);
                star_wildcard = starred.name.is_none();
                only_wildcards &= star_wildcard;
            } else {
                only_wildcards &= is_wildcard(pattern);
            }
        }
        state.on_top += 1;
        self.op(op::MATCH_SEQUENCE, loc);
        self.fail_if_false(state, loc);
        if star.is_none() {
            self.op(op::GET_LEN, loc);
            self.load_int(size as i64, loc);
            self.compare_op(CmpOp::Eq, loc);
            self.fail_if_false(state, loc);
        } else if size > 1 {
            self.op(op::GET_LEN, loc);
            self.load_int(size as i64 - 1, loc);
            self.compare_op(CmpOp::GtE, loc);
            self.fail_if_false(state, loc);
        }
        state.on_top -= 1;
        if only_wildcards {
            self.op(op::POP_TOP, loc);
            Ok(())
        } else if let (Some(star), true) = (star, star_wildcard) {
            self.sequence_by_index(node, star, state, loc)
        } else {
            self.sequence_by_unpacking(node, star, state, loc)
        }
    }

    fn sequence_by_unpacking(
        &mut self,
        node: &'a PatternMatchSequence,
        star: Option<usize>,
        state: &mut Matching,
        loc: Loc,
    ) -> Gen {
        let size = node.patterns.len();
        match star {
            Some(at) => {
                if at >= 1 << 8 || size - at > (i32::MAX >> 8) as usize {
                    return self.error(
                        node.range,
                        "too many expressions in star-unpacking sequence pattern",
                    );
                }
                self.op_arg(
                    op::UNPACK_EX,
                    at as u32 | ((size - at - 1) as u32) << 8,
                    loc,
                );
            }
            None => self.op_arg(op::UNPACK_SEQUENCE, size as u32, loc),
        }
        state.on_top += size;
        for pattern in &node.patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state)?;
        }
        Ok(())
    }

    /// With `*_` the elements are fetched one by one, so that the rest is never built.
    fn sequence_by_index(
        &mut self,
        node: &'a PatternMatchSequence,
        star: usize,
        state: &mut Matching,
        loc: Loc,
    ) -> Gen {
        state.on_top += 1;
        let size = node.patterns.len();
        for (index, pattern) in node.patterns.iter().enumerate() {
            if is_wildcard(pattern) || index == star {
                continue;
            }
            self.op_arg(op::COPY, 1, loc);
            if index < star {
                self.load_int(index as i64, loc);
            } else {
                self.op(op::GET_LEN, loc);
                self.load_int((size - index) as i64, loc);
                self.binary_op(Operator::Sub, false, loc);
            }
            self.op_arg(op::BINARY_OP, nb::SUBSCR, loc);
            self.subpattern(pattern, state)?;
        }
        state.on_top -= 1;
        self.op(op::POP_TOP, loc);
        Ok(())
    }

    fn pattern_class(
        &mut self,
        node: &'a PatternMatchClass,
        state: &mut Matching,
        loc: Loc,
    ) -> Gen {
        let (positional, keywords) = (&node.arguments.patterns, &node.arguments.keywords);
        for (index, keyword) in keywords.iter().enumerate() {
            let name = &keyword.attr.id;
            if let Some(other) = keywords[index + 1..]
                .iter()
                .find(|other| other.attr.id == *name)
            {
                return self.error(
                    other.pattern.range(),
                    format!("attribute name repeated in class pattern: {name}"),
                );
            }
        }
        self.expr(&node.cls)?;
        let names = keywords
            .iter()
            .map(|keyword| Const::Str(keyword.attr.id.to_string()))
            .collect();
        self.load_const(Const::Tuple(names), loc);
        self.op_arg(op::MATCH_CLASS, positional.len() as u32, loc);
        self.op_arg(op::COPY, 1, loc);
        self.load_const(Const::None, loc);
        self.op_arg(op::IS_OP, 1, loc);
        state.on_top += 1;
        self.fail_if_false(state, loc);
        let count = positional.len() + keywords.len();
        self.op_arg(op::UNPACK_SEQUENCE, count as u32, loc);
        state.on_top += count;
        state.on_top -= 1;
        for pattern in positional
            .iter()
            .chain(keywords.iter().map(|keyword| &keyword.pattern))
        {
            state.on_top -= 1;
            if is_wildcard(pattern) {
                self.op(op::POP_TOP, loc);
            } else {
                self.subpattern(pattern, state)?;
            }
        }
        Ok(())
    }

    fn pattern_mapping(
        &mut self,
        node: &'a PatternMatchMapping,
        state: &mut Matching,
        loc: Loc,
    ) -> Gen {
        let size = node.keys.len();
        state.on_top += 1;
        self.op(op::MATCH_MAPPING, loc);
        self.fail_if_false(state, loc);
        if size == 0 && node.rest.is_none() {
            state.on_top -= 1;
            self.op(op::POP_TOP, loc);
            return Ok(());
        }
        if size > 0 {
            self.op(op::GET_LEN, loc);
            self.load_int(size as i64, loc);
            self.compare_op(CmpOp::GtE, loc);
            self.fail_if_false(state, loc);
        }
        let mut seen = ConstTable::default();
        let mut numbers: Vec<(f64, f64)> = Vec::new();
        for key in &node.keys {
            match self.folded_literal(key)? {
                Some(value) => {
                    let known = seen.len();
                    seen.add(value.clone());
                    // Numbers of different types can be the same key.
                    let number = as_number(&value);
                    let again = number.is_some_and(|n| numbers.contains(&n));
                    numbers.extend(number);
                    if seen.len() == known || again {
                        let shown = super::unparse::repr(&value);
                        return self.error(
                            node.range,
                            format!("mapping pattern checks duplicate key ({shown})"),
                        );
                    }
                }
                None if key.is_attribute_expr() => {}
                None => {
                    return self.error(
                        node.range,
                        "mapping pattern keys may only match literals and attribute lookups",
                    );
                }
            }
            self.pattern_value(key)?;
        }
        self.op_arg(op::BUILD_TUPLE, size as u32, loc);
        self.op(op::MATCH_KEYS, loc);
        state.on_top += 2;
        self.op_arg(op::COPY, 1, loc);
        self.load_const(Const::None, loc);
        self.op_arg(op::IS_OP, 1, loc);
        self.fail_if_false(state, loc);
        self.op_arg(op::UNPACK_SEQUENCE, size as u32, loc);
        state.on_top += size;
        state.on_top -= 1;
        for pattern in &node.patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state)?;
        }
        state.on_top -= 2;
        if let Some(rest) = &node.rest {
            // A copy of the subject without the matched keys.
            self.op_arg(op::BUILD_MAP, 0, loc);
            self.op_arg(op::SWAP, 3, loc);
            self.op_arg(op::DICT_UPDATE, 2, loc);
            self.op_arg(op::UNPACK_SEQUENCE, size as u32, loc);
            for left in (1..=size).rev() {
                self.op_arg(op::COPY, 1 + left as u32, loc);
                self.op_arg(op::SWAP, 2, loc);
                self.op(op::DELETE_SUBSCR, loc);
            }
            return self.capture(Some(&rest.id), state, node.range, loc);
        }
        self.op(op::POP_TOP, loc);
        self.op(op::POP_TOP, loc);
        Ok(())
    }

    fn pattern_or(&mut self, node: &'a PatternMatchOr, state: &mut Matching, loc: Loc) -> Gen {
        let end = self.label();
        let size = node.patterns.len();
        // The names of the first alternative; the others must bind the same ones, and in this order.
        let mut control: Vec<Name> = Vec::new();
        for (index, alternative) in node.patterns.iter().enumerate() {
            let alt_loc = self.loc(alternative);
            let mut inner = Matching {
                allow_irrefutable: index + 1 == size && state.allow_irrefutable,
                ..Matching::default()
            };
            self.op_arg(op::COPY, 1, alt_loc);
            self.pattern(alternative, &mut inner)?;
            if index == 0 {
                control.clone_from(&inner.stores);
            } else if inner.stores.len() != control.len() {
                return self.error(node.range, "alternative patterns bind different names");
            } else {
                for wanted in (0..control.len()).rev() {
                    let Some(found) = inner
                        .stores
                        .iter()
                        .position(|name| *name == control[wanted])
                    else {
                        return self.error(node.range, "alternative patterns bind different names");
                    };
                    if wanted != found {
                        let rotations = found + 1;
                        inner.stores[..=wanted].rotate_left(rotations);
                        for _ in 0..rotations {
                            self.rotate(wanted + 1, alt_loc);
                        }
                    }
                }
            }
            self.jump(pseudo::JUMP, end, alt_loc);
            self.emit_fail(&mut inner, alt_loc);
        }
        self.op(op::POP_TOP, loc);
        self.jump_to_fail(state, pseudo::JUMP, loc);
        self.place(end);
        let rotations = control.len() + 1 + state.on_top + state.stores.len();
        for name in control {
            self.rotate(rotations, loc);
            if state.stores.contains(&name) {
                return self.error(
                    node.range,
                    format!("multiple assignments to name {} in pattern", quoted(&name)),
                );
            }
            state.stores.push(name);
        }
        self.op(op::POP_TOP, loc);
        Ok(())
    }

    /// A literal as patterns have them: signed numbers and complex sums are single constants.
    fn folded_literal(&self, expr: &Expr) -> Gen<Option<Const>> {
        Ok(match expr {
            Expr::UnaryOp(node) if node.op == UnaryOp::USub => {
                match self.folded_literal(&node.operand)? {
                    Some(value) => {
                        crate::flow::values::unary(u16::from(op::UNARY_NEGATIVE), &value)
                    }
                    None => None,
                }
            }
            Expr::BinOp(node) => {
                let operator = match node.op {
                    Operator::Add => nb::ADD,
                    Operator::Sub => nb::SUBTRACT,
                    _ => return Ok(None),
                };
                match (
                    self.folded_literal(&node.left)?,
                    self.folded_literal(&node.right)?,
                ) {
                    (Some(left), Some(right)) => {
                        crate::flow::values::binary(operator, &left, &right)
                    }
                    _ => None,
                }
            }
            _ if self.is_constant(expr) => Some(self.constant(expr)?),
            _ => None,
        })
    }

    fn pattern_value(&mut self, expr: &'a Expr) -> Gen {
        match self.folded_literal(expr)? {
            Some(value) => {
                let loc = self.loc(expr);
                self.load_const(value, loc);
                Ok(())
            }
            None => self.expr(expr),
        }
    }
}

/// The value of a number that a float tells exactly.
fn as_number(value: &Const) -> Option<(f64, f64)> {
    match value {
        Const::True => Some((1.0, 0.0)),
        Const::False => Some((0.0, 0.0)),
        Const::Int(i) if i.unsigned_abs() < 1 << 53 => Some((*i as f64, 0.0)),
        Const::Float(x) => Some((*x, 0.0)),
        Const::Complex(x, y) => Some((*x, *y)),
        _ => None,
    }
}
