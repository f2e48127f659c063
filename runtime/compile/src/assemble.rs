//! The last step: blocks in their final order become bytes. Jump distances, extended arguments, inline cache space, the
//! location table and the exception table are made here.

use pyjit_isa::exctable;
use pyjit_isa::lines::{Encoder, Location};
use pyjit_isa::opcode::{caches, op, pseudo};

use crate::flow::Cfg;
use crate::instr::{Instr, Loc, NO_TARGET, is_jump, is_scope_exit};

/// Bytes and tables of one code object.
pub struct Assembled {
    pub code: Vec<u8>,
    pub line_table: Vec<u8>,
    pub exception_table: Vec<u8>,
}

/// Lays out the blocks of a finished graph.
pub fn assemble(cfg: &Cfg, first_line: u32) -> Assembled {
    let order = cfg.order();
    // Position of each block in the flat instruction list.
    let mut start = vec![0u32; cfg.blocks.len()];
    let mut instrs: Vec<Instr> = Vec::new();
    for &block in &order {
        start[block as usize] = instrs.len() as u32;
        instrs.extend_from_slice(&cfg.blocks[block as usize].instrs);
    }
    for (at, instr) in instrs.iter_mut().enumerate() {
        if is_jump(instr.op) {
            instr.target = start[instr.target as usize];
            // The first guess decides which jumps start out with a prefix, and some keep it: guess as CPython does.
            instr.arg = instr.target;
            let forward = instr.target as usize > at;
            instr.op = match instr.op {
                pseudo::JUMP if forward => u16::from(op::JUMP_FORWARD),
                pseudo::JUMP => u16::from(op::JUMP_BACKWARD),
                pseudo::JUMP_NO_INTERRUPT if forward => u16::from(op::JUMP_FORWARD),
                pseudo::JUMP_NO_INTERRUPT => u16::from(op::JUMP_BACKWARD_NO_INTERRUPT),
                other => other,
            };
        }
    }
    for at in (0..instrs.len()).rev() {
        if instrs[at].loc == Loc::NEXT {
            let ends = is_jump(instrs[at].op) || is_scope_exit(instrs[at].op);
            let following = instrs.get(at + 1).filter(|_| !ends);
            instrs[at].loc = following.map_or(Loc::NONE, |next| next.loc);
        }
    }
    let offsets = resolve_jumps(&mut instrs);
    Assembled {
        code: emit(&instrs),
        line_table: line_table(&instrs, &offsets, first_line),
        exception_table: exception_table(cfg, &instrs, &start, &offsets),
    }
}

fn opcode(instr: &Instr) -> u8 {
    u8::try_from(instr.op).unwrap_or(op::NOP)
}

/// Units from a `SEND` to its `END_SEND`.
const SEND_TO_END_SEND: u32 = 5;

fn prefixes(arg: u32) -> u32 {
    u32::from(arg > 0xff) + u32::from(arg > 0xffff) + u32::from(arg > 0xff_ffff)
}

fn units(instr: &Instr) -> u32 {
    1 + prefixes(instr.arg) + caches(opcode(instr)) as u32
}

/// Computes jump arguments; they change sizes, which change distances, so it repeats until nothing moves. Returns the
/// offset of every instruction in units, and one more entry for the end.
fn resolve_jumps(instrs: &mut [Instr]) -> Vec<u32> {
    let mut offsets = vec![0u32; instrs.len() + 1];
    loop {
        let mut offset = 0;
        for (instr, place) in instrs.iter().zip(&mut offsets) {
            *place = offset;
            offset += units(instr);
        }
        offsets[instrs.len()] = offset;
        let mut grown = false;
        for at in 0..instrs.len() {
            if !is_jump(instrs[at].op) {
                continue;
            }
            let before = units(&instrs[at]);
            let end = offsets[at] + before;
            let there = offsets[instrs[at].target as usize];
            instrs[at].arg = end.abs_diff(there);
            if instrs[at].op == u16::from(op::END_ASYNC_FOR) {
                // It names the END_SEND of the loop's SEND, for monitoring.
                instrs[at].arg = instrs[at].arg.saturating_sub(SEND_TO_END_SEND);
            }
            grown |= units(&instrs[at]) != before;
        }
        if !grown {
            return offsets;
        }
    }
}

fn emit(instrs: &[Instr]) -> Vec<u8> {
    let mut code = Vec::with_capacity(instrs.len() * 4);
    for instr in instrs {
        let [b3, b2, b1, b0] = instr.arg.to_be_bytes();
        let extended = prefixes(instr.arg);
        if extended > 2 {
            code.extend([op::EXTENDED_ARG, b3]);
        }
        if extended > 1 {
            code.extend([op::EXTENDED_ARG, b2]);
        }
        if extended > 0 {
            code.extend([op::EXTENDED_ARG, b1]);
        }
        code.extend([opcode(instr), b0]);
        code.resize(code.len() + 2 * caches(opcode(instr)), 0);
    }
    code
}

fn line_table(instrs: &[Instr], offsets: &[u32], first_line: u32) -> Vec<u8> {
    let ranges = crate::debug_ranges();
    let mut encoder = Encoder::new(first_line);
    let mut current = Loc::NONE;
    let mut since = 0;
    let mut add = |loc: Loc, units: u32| {
        encoder.add(
            Location {
                line: loc.line,
                end_line: if ranges { loc.end_line } else { loc.line },
                column: if ranges { loc.col } else { -1 },
                end_column: if ranges { loc.end_col } else { -1 },
            },
            units,
        );
    };
    for (instr, &offset) in instrs.iter().zip(offsets) {
        if instr.loc != current {
            add(current, offset - since);
            current = instr.loc;
            since = offset;
        }
    }
    add(current, offsets[instrs.len()] - since);
    encoder.finish()
}

fn exception_table(cfg: &Cfg, instrs: &[Instr], start: &[u32], offsets: &[u32]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut handler = NO_TARGET;
    let mut since = 0;
    let mut close = |handler: u32, since: u32, end: u32| {
        if handler == NO_TARGET {
            return;
        }
        let block = &cfg.blocks[handler as usize];
        let lasti = block.preserve_lasti;
        let depth = block.start_depth - 1 - i32::from(lasti);
        exctable::encode(
            &mut table,
            &exctable::Entry {
                start: since,
                end,
                target: offsets[start[handler as usize] as usize],
                depth: depth.max(0) as u32,
                lasti,
            },
        );
    };
    for (instr, &offset) in instrs.iter().zip(offsets) {
        if instr.except != handler {
            close(handler, since, offset);
            handler = instr.except;
            since = offset;
        }
    }
    close(handler, since, offsets[instrs.len()]);
    table
}
