//! Passes that move, merge and delete blocks and jumps, and that spread line numbers.

use pyjit_isa::opcode::{op, pseudo};

use super::{Block, Cfg};
use crate::instr::{Instr, Loc, NO_TARGET, NOP, is_block_push, is_jump, is_unconditional_jump};

/// Exit blocks up to this size are copied over a jump to them.
const MAX_COPY: usize = 4;

impl Cfg {
    /// Replaces jumps to small exit blocks, or to blocks without lines that end the flow, by copies of them.
    pub(super) fn inline_small_blocks(&mut self) {
        let order = self.order();
        let limit = order.len() + 1;
        for _ in 0..limit {
            let mut changed = false;
            for &block in &order {
                changed |= self.inline_into(block);
            }
            if !changed {
                break;
            }
        }
    }

    fn inline_into(&mut self, block: u32) -> bool {
        let Some(&last) = self.at(block).instrs.last() else {
            return false;
        };
        if !is_unconditional_jump(last.op) {
            return false;
        }
        let target = self.at(last.target);
        let small_exit = target.exits_scope() && target.instrs.len() <= MAX_COPY;
        let lineless = target.has_no_line() && !target.falls_through();
        if !small_exit && !lineless {
            return false;
        }
        let copied = target.instrs.clone();
        let instrs = &mut self.at_mut(block).instrs;
        if let Some(jump) = instrs.last_mut() {
            jump.clear();
        }
        let count = copied.len();
        instrs.extend(copied);
        self.at_mut(block).use_slots(count);
        if lineless
            && last.op == pseudo::JUMP
            && let Some(end) = self.at_mut(block).instrs.last_mut()
            && is_unconditional_jump(end.op)
        {
            // The interrupt check of the removed jump must survive.
            end.op = pseudo::JUMP;
        }
        let target = self.at_mut(last.target);
        target.predecessors = target.predecessors.wrapping_sub(1);
        true
    }

    /// Counts predecessors and empties the blocks nothing leads to.
    pub(super) fn remove_unreachable(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
            block.predecessors = 0;
        }
        let entry = self.entry;
        self.at_mut(entry).predecessors = 1;
        self.at_mut(entry).visited = true;
        let mut todo = vec![entry];
        while let Some(block) = todo.pop() {
            let next = self.at(block).next;
            if next != NO_TARGET && self.at(block).falls_through() {
                self.reach(next, &mut todo);
            }
            for at in 0..self.at(block).instrs.len() {
                let instr = self.at(block).instrs[at];
                if is_jump(instr.op) || is_block_push(instr.op) {
                    self.reach(instr.target, &mut todo);
                }
            }
        }
        for block in &mut self.blocks {
            if block.predecessors == 0 {
                block.cut(0);
                block.except_handler = false;
            }
        }
    }

    fn reach(&mut self, block: u32, todo: &mut Vec<u32>) {
        let data = self.at_mut(block);
        if !data.visited {
            data.visited = true;
            todo.push(block);
        }
        data.predecessors += 1;
    }

    /// Removes no-ops that carry no line of their own. Returns how many went.
    pub(super) fn remove_nops(&mut self) -> usize {
        let mut removed = 0;
        let mut block = self.entry;
        while block != NO_TARGET {
            removed += self.remove_block_nops(block);
            block = self.at(block).next;
        }
        removed
    }

    fn remove_block_nops(&mut self, block: u32) -> usize {
        if !self.at(block).instrs.iter().any(|instr| instr.op == NOP) {
            return 0;
        }
        let following = self.next_nonempty(self.at(block).next);
        let next_line = if following == NO_TARGET {
            i32::MIN
        } else {
            self.at(following)
                .instrs
                .iter()
                .find(|instr| instr.op != NOP || instr.loc.line >= 0)
                .map_or(-1, |instr| instr.loc.line)
        };
        let instrs = &mut self.at_mut(block).instrs;
        let count = instrs.len();
        let mut kept = 0;
        let mut last_line = -1;
        for at in 0..count {
            let loc = instrs[at].loc;
            if instrs[at].op == NOP {
                if loc.line < 0 || loc.line == last_line {
                    continue;
                }
                if at + 1 < count {
                    let after = instrs[at + 1].loc.line;
                    if after == loc.line {
                        continue;
                    }
                    if after < 0 {
                        instrs[at + 1].loc = loc;
                        continue;
                    }
                } else if loc.line == next_line {
                    continue;
                }
            }
            if kept != at {
                instrs[kept] = instrs[at];
            }
            kept += 1;
            last_line = loc.line;
        }
        self.at_mut(block).cut(kept);
        count - kept
    }

    /// Removes no-ops, and pushes whose value is popped at once, until nothing changes.
    pub(super) fn remove_nops_and_pairs(&mut self) {
        const POP_TOP: u16 = op::POP_TOP as u16;
        const LOAD_CONST: u16 = op::LOAD_CONST as u16;
        const LOAD_SMALL_INT: u16 = op::LOAD_SMALL_INT as u16;
        const COPY: u16 = op::COPY as u16;
        let mut again = true;
        while again {
            again = false;
            let mut previous: Option<(u32, usize)> = None;
            let mut block = self.entry;
            while block != NO_TARGET {
                self.remove_block_nops(block);
                if self.at(block).labelled {
                    previous = None;
                }
                for at in 0..self.at(block).instrs.len() {
                    if self.at(block).instrs[at].op == POP_TOP
                        && let Some((before, index)) = previous
                    {
                        let push = self.at(before).instrs[index];
                        let pair = match push.op {
                            LOAD_CONST | LOAD_SMALL_INT => true,
                            COPY => push.arg == 1,
                            _ => false,
                        };
                        if pair {
                            self.at_mut(before).instrs[index].clear();
                            self.at_mut(block).instrs[at].clear();
                            again = true;
                        }
                    }
                    previous = Some((block, at));
                }
                let data = self.at(block);
                let jumps =
                    previous.is_some_and(|(block, at)| is_jump(self.at(block).instrs[at].op));
                if jumps || !data.falls_through() {
                    previous = None;
                }
                block = data.next;
            }
        }
    }

    fn remove_jumps(&mut self) -> usize {
        let mut changes = 0;
        let mut block = self.entry;
        while block != NO_TARGET {
            let next = self.at(block).next;
            if let Some(&last) = self.at(block).instrs.last()
                && is_unconditional_jump(last.op)
                && self.next_nonempty(last.target) == self.next_nonempty(next)
            {
                changes += 1;
                if let Some(jump) = self.at_mut(block).instrs.last_mut() {
                    jump.clear();
                }
            }
            block = next;
        }
        changes
    }

    /// Removes no-ops and jumps to the next block until nothing changes.
    pub(super) fn remove_nops_and_jumps(&mut self) {
        while self.remove_nops() + self.remove_jumps() > 0 {}
    }

    /// Gives exit blocks without a line one line each, then spreads lines along the flow.
    pub(super) fn resolve_lines(&mut self) {
        self.duplicate_exits();
        self.propagate_lines();
    }

    fn wants_line(&self, block: u32) -> bool {
        const CALL: u16 = op::CALL as u16;
        const CALL_KW: u16 = op::CALL_KW as u16;
        const CALL_EX: u16 = op::CALL_FUNCTION_EX as u16;
        const RESUME: u16 = op::RESUME as u16;
        let data = self.at(block);
        let checks_interrupts =
            |instr: &Instr| matches!(instr.op, pseudo::JUMP | CALL | CALL_KW | CALL_EX | RESUME);
        (data.exits_scope() || data.instrs.iter().any(checks_interrupts)) && data.has_no_line()
    }

    fn duplicate_exits(&mut self) {
        let mut block = self.entry;
        while block != NO_TARGET {
            if let Some(&last) = self.at(block).instrs.last()
                && is_jump(last.op)
            {
                let target = self.next_nonempty(last.target);
                if target != NO_TARGET
                    && self.wants_line(target)
                    && self.at(target).predecessors > 1
                {
                    let mut copy = Block::new();
                    copy.instrs = self.at(target).instrs.clone();
                    copy.instrs[0].loc = last.loc;
                    copy.labelled = true;
                    copy.predecessors = 1;
                    copy.next = self.at(target).next;
                    let index = self.blocks.len() as u32;
                    self.blocks.push(copy);
                    self.at_mut(target).predecessors -= 1;
                    self.at_mut(target).next = index;
                    if let Some(jump) = self.at_mut(block).instrs.last_mut() {
                        jump.target = index;
                    }
                }
            }
            block = self.at(block).next;
        }
        let mut block = self.entry;
        while block != NO_TARGET {
            let next = self.at(block).next;
            if next != NO_TARGET
                && self.at(block).falls_through()
                && let Some(&last) = self.at(block).instrs.last()
                && self.wants_line(next)
                && let Some(first) = self.at_mut(next).instrs.first_mut()
            {
                first.loc = last.loc;
            }
            block = next;
        }
    }

    fn propagate_lines(&mut self) {
        let mut block = self.entry;
        while block != NO_TARGET {
            let mut current = Loc::NONE;
            for instr in &mut self.at_mut(block).instrs {
                if instr.loc.line == Loc::NONE.line {
                    instr.loc = current;
                } else {
                    current = instr.loc;
                }
            }
            let next = self.at(block).next;
            if let Some(&last) = self.at(block).instrs.last() {
                if next != NO_TARGET && self.at(block).falls_through() {
                    self.inherit_line(next, current);
                }
                if is_jump(last.op) {
                    self.inherit_line(last.target, current);
                }
            }
            block = next;
        }
    }

    fn inherit_line(&mut self, block: u32, loc: Loc) {
        let data = self.at_mut(block);
        if data.predecessors == 1
            && let Some(first) = data.instrs.first_mut()
            && first.loc.line == Loc::NONE.line
        {
            first.loc = loc;
        }
    }

    fn mark_warm_and_cold(&mut self) {
        self.clear_visited();
        let entry = self.entry;
        self.at_mut(entry).visited = true;
        let mut todo = vec![entry];
        while let Some(block) = todo.pop() {
            self.at_mut(block).warm = true;
            self.visit_successors(block, &mut todo, |_| true);
        }
        self.clear_visited();
        let order = self.order();
        for &block in &order {
            if self.at(block).except_handler {
                self.at_mut(block).visited = true;
                todo.push(block);
            }
        }
        while let Some(block) = todo.pop() {
            self.at_mut(block).cold = true;
            self.visit_successors(block, &mut todo, |data| !data.warm);
        }
    }

    fn visit_successors(
        &mut self,
        block: u32,
        todo: &mut Vec<u32>,
        wanted: impl Fn(&Block) -> bool,
    ) {
        let next = self.at(block).next;
        let through = next != NO_TARGET && self.at(block).falls_through();
        let jumps: Vec<u32> = self
            .at(block)
            .instrs
            .iter()
            .filter(|instr| is_jump(instr.op))
            .map(|instr| instr.target)
            .collect();
        for successor in through.then_some(next).into_iter().chain(jumps) {
            let data = self.at_mut(successor);
            if !data.visited && wanted(data) {
                data.visited = true;
                todo.push(successor);
            }
        }
    }

    /// Moves blocks only exceptions lead to behind the others.
    pub(super) fn push_cold_to_end(&mut self) {
        if self.at(self.entry).next == NO_TARGET {
            return;
        }
        self.mark_warm_and_cold();
        let mut block = self.entry;
        while block != NO_TARGET {
            let next = self.at(block).next;
            if next != NO_TARGET
                && self.at(block).cold
                && self.at(block).falls_through()
                && self.at(next).warm
            {
                let mut jump = Instr::new(pseudo::JUMP_NO_INTERRUPT, 0, Loc::NONE);
                jump.target = next;
                self.at_mut(next).labelled = true;
                let mut bridge = Block::new();
                bridge.instrs.push(jump);
                bridge.cold = true;
                bridge.next = next;
                bridge.predecessors = 1;
                let index = self.blocks.len() as u32;
                self.blocks.push(bridge);
                self.at_mut(block).next = index;
            }
            block = next;
        }
        let order = self.order();
        let (cold, warm): (Vec<u32>, Vec<u32>) =
            order.iter().partition(|&&block| self.at(block).cold);
        let any_cold = !cold.is_empty();
        let mut previous = NO_TARGET;
        for block in warm.into_iter().chain(cold) {
            if previous == NO_TARGET {
                self.entry = block;
            } else {
                self.at_mut(previous).next = block;
            }
            self.at_mut(block).next = NO_TARGET;
            previous = block;
        }
        if any_cold {
            self.remove_nops_and_jumps();
        }
    }

    /// Makes conditional jumps go forward, and marks their fall-through side.
    pub(super) fn normalize_jumps(&mut self) {
        const IF_FALSE: u16 = op::POP_JUMP_IF_FALSE as u16;
        const IF_TRUE: u16 = op::POP_JUMP_IF_TRUE as u16;
        const IF_NONE: u16 = op::POP_JUMP_IF_NONE as u16;
        const IF_NOT_NONE: u16 = op::POP_JUMP_IF_NOT_NONE as u16;
        self.clear_visited();
        let mut block = self.entry;
        while block != NO_TARGET {
            self.at_mut(block).visited = true;
            let next = self.at(block).next;
            if let Some(&last) = self.at(block).instrs.last() {
                let reversed = match last.op {
                    IF_FALSE => IF_TRUE,
                    IF_TRUE => IF_FALSE,
                    IF_NONE => IF_NOT_NONE,
                    IF_NOT_NONE => IF_NONE,
                    _ => {
                        block = next;
                        continue;
                    }
                };
                let not_taken = Instr::new(u16::from(op::NOT_TAKEN), 0, last.loc);
                if !self.at(last.target).visited {
                    self.at_mut(block).append(not_taken);
                } else {
                    let mut jump = Instr::new(pseudo::JUMP, 0, last.loc);
                    jump.target = last.target;
                    let mut back = Block::new();
                    back.instrs.push(not_taken);
                    back.instrs.push(jump);
                    back.start_depth = self.at(last.target).start_depth;
                    back.cold = self.at(block).cold;
                    back.next = next;
                    back.visited = true;
                    let index = self.blocks.len() as u32;
                    self.blocks.push(back);
                    let data = self.at_mut(block);
                    if let Some(test) = data.instrs.last_mut() {
                        test.op = reversed;
                        test.target = next;
                    }
                    data.next = index;
                }
            }
            block = next;
        }
    }
}
