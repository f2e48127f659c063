//! Comprehensions and generator expressions. Most comprehensions are inlined: their variables are set aside on the stack
//! while the loop runs in the enclosing code.

use pyjit_isa::code::Const;
use pyjit_isa::opcode::{op, pseudo};
use ruff_python_ast::name::Name;
use ruff_python_ast::{Comprehension, Expr, ExprGenerator};
use ruff_text_size::{Ranged, TextRange};

use crate::compiler::{ArgCounts, Compiler, Gen};
use crate::instr::{Label, Loc};
use crate::scope::{BlockId, BlockKind, Scope, def};
use crate::unit::{BlockTask, UnitKind};

/// What a comprehension makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comp {
    List,
    Set,
    Dict,
    Generator,
}

impl Comp {
    fn name(self) -> &'static str {
        match self {
            Comp::List => "<listcomp>",
            Comp::Set => "<setcomp>",
            Comp::Dict => "<dictcomp>",
            Comp::Generator => "<genexpr>",
        }
    }

    fn build(self) -> Option<u8> {
        match self {
            Comp::List => Some(op::BUILD_LIST),
            Comp::Set => Some(op::BUILD_SET),
            Comp::Dict => Some(op::BUILD_MAP),
            Comp::Generator => None,
        }
    }
}

/// The parts of a comprehension that every level of its loops needs.
#[derive(Clone, Copy)]
struct Parts<'a> {
    comp: Comp,
    generators: &'a [Comprehension],
    elt: &'a Expr,
    value: Option<&'a Expr>,
    loc: Loc,
}

/// What must be undone after an inlined comprehension.
#[derive(Default)]
struct Inlined {
    /// Variables set aside on the stack.
    pushed: Vec<Name>,
    cleanup: Option<Label>,
    overridden: Vec<(Name, Option<u32>)>,
    hidden: Vec<Name>,
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(
        &mut self,
        expr: &'a Expr,
        comp: Comp,
        generators: &'a [Comprehension],
        elt: &'a Expr,
        value: Option<&'a Expr>,
        loc: Loc,
    ) -> Gen {
        let id = self.table.expr(expr);
        let table = self.table;
        let block = table.block(id);
        let Some(outermost) = generators.first() else {
            return Ok(());
        };
        let loc = self.generator_loc(expr, loc);
        let parts = Parts {
            comp,
            generators,
            elt,
            value,
            loc,
        };
        if block.comp_inlined {
            self.comprehension_iter(outermost)?;
            let state = self.begin_inlined(id, loc);
            if let Some(build) = comp.build() {
                self.op_arg(build, 0, loc);
                self.op_arg(op::SWAP, 2, loc);
            }
            self.comprehension_loop(parts, 0, 0, true)?;
            self.end_inlined(state, loc);
            return Ok(());
        }
        let args = ArgCounts {
            positional: 1,
            ..ArgCounts::default()
        };
        self.enter(
            id,
            UnitKind::Comprehension,
            comp.name(),
            loc.line,
            None,
            args,
        );
        if let Some(build) = comp.build() {
            self.op_arg(build, 0, loc);
        }
        self.comprehension_loop(parts, 0, 0, false)?;
        if comp == Comp::Generator {
            self.stop_iteration_handler();
        } else {
            self.op(op::RETURN_VALUE, loc);
        }
        let code = self.leave(true);
        self.make_closure(code, 0, loc);
        self.comprehension_iter(outermost)?;
        self.op_arg(op::CALL, 0, loc);
        if block.coroutine && comp != Comp::Generator {
            self.await_value(0, loc);
        }
        Ok(())
    }

    /// A generator expression that is the only argument of a call covers the call's parentheses.
    fn generator_loc(&self, expr: &Expr, loc: Loc) -> Loc {
        let Expr::Generator(node) = expr else {
            return loc;
        };
        sole_argument_range(self.source.text(), node).map_or(loc, |range| self.range_loc(range))
    }

    fn comprehension_iter(&mut self, generator: &'a Comprehension) -> Gen {
        self.expr(&generator.iter)?;
        let loc = self.loc(&generator.iter);
        self.op(
            if generator.is_async {
                op::GET_AITER
            } else {
                op::GET_ITER
            },
            loc,
        );
        Ok(())
    }

    fn comprehension_loop(
        &mut self,
        parts: Parts<'a>,
        index: usize,
        depth: u32,
        on_stack: bool,
    ) -> Gen {
        let Some(generator) = parts.generators.get(index) else {
            return Ok(());
        };
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            if generator.is_async {
                self.async_loop(parts, generator, index, depth, on_stack)
            } else {
                self.sync_loop(parts, generator, index, depth, on_stack)
            }
        })
    }

    fn sync_loop(
        &mut self,
        parts: Parts<'a>,
        generator: &'a Comprehension,
        index: usize,
        mut depth: u32,
        on_stack: bool,
    ) -> Gen {
        let (start, skip, anchor) = (self.label(), self.label(), self.label());
        let iter = self.loc(&generator.iter);
        let mut looping = true;
        if !on_stack {
            if index == 0 {
                self.op_arg(op::LOAD_FAST, 0, parts.loc);
            } else {
                // `for y in [f(x)]` only names a value.
                let single = match &generator.iter {
                    Expr::List(list) => list.elts.first().filter(|_| list.elts.len() == 1),
                    Expr::Tuple(tuple) => tuple.elts.first().filter(|_| tuple.elts.len() == 1),
                    _ => None,
                };
                match single {
                    Some(value) if !value.is_starred_expr() => {
                        self.expr(value)?;
                        looping = false;
                    }
                    _ => {
                        self.expr(&generator.iter)?;
                        self.op(op::GET_ITER, iter);
                    }
                }
            }
        }
        if looping {
            depth += 1;
            self.place(start);
            self.jump(op::FOR_ITER, anchor, iter);
        }
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, skip, false)?;
        }
        let elt_loc = self.comprehension_element(parts, index, depth)?;
        self.place(skip);
        if looping {
            self.jump(pseudo::JUMP, start, elt_loc);
            self.place(anchor);
            self.op(op::END_FOR, Loc::NONE);
            self.op(op::POP_ITER, Loc::NONE);
        }
        Ok(())
    }

    fn async_loop(
        &mut self,
        parts: Parts<'a>,
        generator: &'a Comprehension,
        index: usize,
        depth: u32,
        on_stack: bool,
    ) -> Gen {
        let (start, send, except, skip) = (self.label(), self.label(), self.label(), self.label());
        let loc = parts.loc;
        if !on_stack {
            if index == 0 {
                self.op_arg(op::LOAD_FAST, 0, loc);
            } else {
                self.comprehension_iter(generator)?;
            }
        }
        self.place(start);
        self.push_block(BlockTask::AsyncComprehension, start, except, loc);
        self.jump(pseudo::SETUP_FINALLY, except, loc);
        self.op(op::GET_ANEXT, loc);
        self.load_const(Const::None, loc);
        self.place(send);
        self.yield_from(loc, true);
        self.op(pseudo::POP_BLOCK, loc);
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, skip, false)?;
        }
        let elt_loc = self.comprehension_element(parts, index, depth + 1)?;
        self.place(skip);
        self.jump(pseudo::JUMP, start, elt_loc);
        self.pop_block();
        self.place(except);
        self.jump(op::END_ASYNC_FOR, send, loc);
        Ok(())
    }

    /// The next loop, or in the innermost one the element.
    fn comprehension_element(&mut self, parts: Parts<'a>, index: usize, depth: u32) -> Gen<Loc> {
        let mut loc = self.loc(parts.elt);
        if index + 1 < parts.generators.len() {
            self.comprehension_loop(parts, index + 1, depth, false)?;
            return Ok(loc);
        }
        self.expr(parts.elt)?;
        match parts.comp {
            Comp::Generator => {
                self.yield_value(loc);
                self.op(op::POP_TOP, loc);
            }
            Comp::List => self.op_arg(op::LIST_APPEND, depth + 1, loc),
            Comp::Set => self.op_arg(op::SET_ADD, depth + 1, loc),
            Comp::Dict => {
                if let Some(value) = parts.value {
                    self.expr(value)?;
                    loc = self.range_loc(TextRange::new(parts.elt.start(), value.end()));
                }
                self.op_arg(op::MAP_ADD, depth + 1, loc);
            }
        }
        Ok(loc)
    }

    fn begin_inlined(&mut self, id: BlockId, loc: Loc) -> Inlined {
        let table = self.table;
        let comp = table.block(id);
        let outer = table.block(self.unit.block);
        let in_class = outer.kind == BlockKind::Class && self.unit.inlined_depth == 0;
        self.unit.inlined_depth += 1;
        let mut state = Inlined::default();
        for (name, flags) in comp.symbols.iter() {
            let bound = flags & def::LOCAL != 0 && flags & def::NONLOCAL == 0;
            // Another comprehension inlined here may have made a global of this one a local of the block.
            let global = Scope::of(flags) == Scope::GlobalImplicit;
            if !bound && !in_class && !global {
                continue;
            }
            if (bound || in_class)
                && !outer.is_function_like()
                && self.unit.fast_hidden.get(name) != Some(&true)
            {
                self.unit.fast_hidden.insert(name.clone(), true);
                state.hidden.push(name.clone());
            }
            let scope = Scope::of(flags);
            let outside = self.scope_of(name);
            let passes_through = scope == Scope::Cell && outside == Scope::Free && !in_class;
            if scope != outside && !passes_through {
                let saved = self.unit.overrides.insert(name.clone(), flags);
                state.overridden.push((name.clone(), saved));
            }
            if bound {
                let index = self.unit.varnames.add(name);
                self.op_arg(op::LOAD_FAST_AND_CLEAR, index, loc);
                if scope == Scope::Cell {
                    let index = self.deref_index(name, passes_through);
                    self.op_arg(op::MAKE_CELL, index, loc);
                }
                state.pushed.push(name.clone());
            }
        }
        if !state.pushed.is_empty() {
            // The iterator goes back to the top; the order of the saved values turns round and back again at the end.
            self.op_arg(op::SWAP, state.pushed.len() as u32 + 1, loc);
            let cleanup = self.label();
            state.cleanup = Some(cleanup);
            self.jump(pseudo::SETUP_FINALLY, cleanup, loc);
        }
        state
    }

    fn end_inlined(&mut self, state: Inlined, loc: Loc) {
        if let Some(cleanup) = state.cleanup {
            self.op(pseudo::POP_BLOCK, Loc::NONE);
            let end = self.label();
            self.jump(pseudo::JUMP_NO_INTERRUPT, end, Loc::NONE);
            self.place(cleanup);
            self.op_arg(op::SWAP, 2, Loc::NONE);
            self.op(op::POP_TOP, Loc::NONE);
            self.restore_locals(&state.pushed, loc);
            self.op_arg(op::RERAISE, 0, Loc::NONE);
            self.place(end);
            self.restore_locals(&state.pushed, loc);
        }
        self.unit.inlined_depth -= 1;
        for (name, saved) in state.overridden.into_iter().rev() {
            match saved {
                Some(flags) => self.unit.overrides.insert(name, flags),
                None => self.unit.overrides.remove(&name),
            };
        }
        for name in state.hidden {
            self.unit.fast_hidden.insert(name, false);
        }
    }

    fn restore_locals(&mut self, names: &[Name], loc: Loc) {
        self.op_arg(op::SWAP, names.len() as u32 + 1, loc);
        for name in names.iter().rev() {
            let index = self.unit.varnames.add(name);
            self.op_arg(pseudo::STORE_FAST_MAYBE_NULL, index, loc);
        }
    }
}

/// The range of a generator expression that is the only argument of a call: that of the call's parentheses. `None` if it
/// has its own.
pub(crate) fn sole_argument_range(text: &str, node: &ExprGenerator) -> Option<TextRange> {
    if node.parenthesized {
        return None;
    }
    let (start, end) = (
        usize::from(node.range.start()),
        usize::from(node.range.end()),
    );
    let bytes = text.as_bytes();
    if bytes.get(start) == Some(&b'(')
        && end > start
        && bytes.get(end - 1) == Some(&b')')
        && closes(bytes, start, end)
    {
        return None;
    }
    let before = bytes
        .get(..start)
        .and_then(|before| before.iter().rposition(|&byte| byte == b'('))?;
    let after = closing(bytes, end)?;
    Some(TextRange::new(
        (before as u32).into(),
        (after as u32 + 1).into(),
    ))
}

/// The first closing parenthesis at or after `from`, comments skipped.
fn closing(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b')' => return Some(at),
            b'#' => {
                while bytes.get(at).is_some_and(|&byte| byte != b'\n') {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// Whether the parenthesis at `start` closes at `end - 1` (strings are not looked into; the check is only a guard).
fn closes(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut depth = 0usize;
    for (at, &byte) in bytes.iter().enumerate().take(end).skip(start) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == end;
                }
            }
            _ => {}
        }
    }
    false
}
