//! The part of the symbol table's walk for the patterns of `match`.

use ruff_python_ast::{ExprContext, Pattern};
use ruff_text_size::Ranged;

use super::build::{Builder, Walk, check_name};
use super::def;

impl Builder<'_> {
    pub(super) fn pattern(&mut self, pattern: &Pattern) -> Walk {
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
