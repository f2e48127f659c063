//! Instructions before assembly: what code generation appends and what the flow graph rewrites. A [`Sequence`] is the
//! straight list with labels; the flow graph splits it into blocks.

use pyjit_isa::opcode::{op, pseudo};

/// A source range: lines from 1, columns in UTF-8 bytes from 0; negative parts are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    pub line: i32,
    pub end_line: i32,
    pub col: i32,
    pub end_col: i32,
}

impl Loc {
    /// No source position: the instruction is artificial.
    pub const NONE: Loc = Loc {
        line: -1,
        end_line: -1,
        col: -1,
        end_col: -1,
    };

    /// The position of whatever instruction follows.
    pub const NEXT: Loc = Loc {
        line: -2,
        end_line: -2,
        col: -2,
        end_col: -2,
    };

    /// A position on one line.
    pub fn line(line: i32, col: i32, end_col: i32) -> Loc {
        Loc {
            line,
            end_line: line,
            col,
            end_col,
        }
    }
}

/// Absent label, block or handler.
pub const NO_TARGET: u32 = u32::MAX;

/// A jump target inside one [`Sequence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(pub u32);

/// One instruction. `target` is a label id in a [`Sequence`] and a block index in the flow graph.
#[derive(Clone, Copy, Debug)]
pub struct Instr {
    pub op: u16,
    pub arg: u32,
    pub target: u32,
    /// Block of the active exception handler.
    pub except: u32,
    pub loc: Loc,
}

impl Instr {
    /// An instruction without target or handler.
    pub fn new(op: u16, arg: u32, loc: Loc) -> Instr {
        Instr {
            op,
            arg,
            target: NO_TARGET,
            except: NO_TARGET,
            loc,
        }
    }

    /// Turns the instruction into a no-op that keeps its position.
    pub fn clear(&mut self) {
        self.set(NOP, 0);
    }

    /// Replaces opcode and argument, keeping position and handler.
    pub fn set(&mut self, op: u16, arg: u32) {
        self.op = op;
        self.arg = arg;
        self.target = NO_TARGET;
    }
}

/// `NOP`, wide.
pub const NOP: u16 = op::NOP as u16;

/// Opens a protected range whose handler is the target.
pub fn is_block_push(op: u16) -> bool {
    matches!(
        op,
        pseudo::SETUP_FINALLY | pseudo::SETUP_WITH | pseudo::SETUP_CLEANUP
    )
}

/// Jumps among the real opcodes.
static JUMPS: [bool; 256] = {
    let mut table = [false; 256];
    let mut opcode = 0;
    while opcode < table.len() {
        table[opcode] = pyjit_isa::opcode::is_jump(opcode as u8);
        opcode += 1;
    }
    table
};

/// Has a jump target (block pushes excluded).
pub fn is_jump(opcode: u16) -> bool {
    match JUMPS.get(usize::from(opcode)) {
        Some(&jump) => jump,
        None => matches!(
            opcode,
            pseudo::JUMP | pseudo::JUMP_NO_INTERRUPT | pseudo::JUMP_IF_FALSE | pseudo::JUMP_IF_TRUE
        ),
    }
}

/// Has a target of either kind.
pub fn has_target(op: u16) -> bool {
    is_jump(op) || is_block_push(op)
}

/// Jumps always.
pub fn is_unconditional_jump(opcode: u16) -> bool {
    const FORWARD: u16 = op::JUMP_FORWARD as u16;
    const BACKWARD: u16 = op::JUMP_BACKWARD as u16;
    const QUIET: u16 = op::JUMP_BACKWARD_NO_INTERRUPT as u16;
    matches!(
        opcode,
        pseudo::JUMP | pseudo::JUMP_NO_INTERRUPT | FORWARD | BACKWARD | QUIET
    )
}

/// Leaves the code object.
pub fn is_scope_exit(opcode: u16) -> bool {
    const RETURN: u16 = op::RETURN_VALUE as u16;
    const RAISE: u16 = op::RAISE_VARARGS as u16;
    const RERAISE: u16 = op::RERAISE as u16;
    matches!(opcode, RETURN | RAISE | RERAISE)
}

/// A straight list of instructions with labels, as code generation makes it.
#[derive(Debug, Default)]
pub struct Sequence {
    pub instrs: Vec<Instr>,
    /// Index of the instruction each label stands before; [`NO_TARGET`] until placed.
    pub labels: Vec<u32>,
    /// Code to insert at the annotations placeholder (module annotations are generated last but run first).
    pub annotations: Option<Box<Sequence>>,
}

impl Sequence {
    /// A fresh label.
    pub fn label(&mut self) -> Label {
        self.labels.push(NO_TARGET);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label here.
    pub fn place(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.instrs.len() as u32;
    }

    /// Appends an instruction.
    pub fn push(&mut self, op: u16, arg: u32, loc: Loc) {
        self.instrs.push(Instr::new(op, arg, loc));
    }

    /// Appends an instruction with a target.
    pub fn push_jump(&mut self, op: u16, label: Label, loc: Loc) {
        let mut instr = Instr::new(op, 0, loc);
        instr.target = label.0;
        self.instrs.push(instr);
    }

    /// Inserts a targeted instruction before everything else.
    pub fn prepend_jump(&mut self, op: u16, label: Label, loc: Loc) {
        let mut instr = Instr::new(op, 0, loc);
        instr.target = label.0;
        self.instrs.insert(0, instr);
        for position in &mut self.labels {
            if *position != NO_TARGET {
                *position += 1;
            }
        }
    }
}
