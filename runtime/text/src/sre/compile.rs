//! Checks a code array and turns it into instructions with absolute targets, so that the machine needs no checks.

use super::set::{CATEGORIES, Element, Fold, Set};

/// Something that matches exactly one character.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    Never,
    /// Anything but a newline.
    Any,
    AnyAll,
    Is(u32),
    IsNot(u32),
    /// The character's lower case is this.
    Folded(u32, Fold),
    NotFolded(u32, Fold),
    /// An index into the sets.
    In(u32),
    Category(u32),
}

/// An instruction; targets are indexes of instructions.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    Success,
    Fail,
    One(Single),
    At(u32),
    Mark(u32),
    Jump(u32),
    /// Tries the next instruction, then the target.
    Split(u32),
    GroupRef(u32, Fold),
    /// Goes to the target unless the group is set.
    IfGroup(u32, u32),
    /// Greedy, lazy and possessive repetition of one character; the tail follows.
    Greedy(Single, u32, u32),
    Lazy(Single, u32, u32),
    Possessive(Single, u32, u32),
    /// Enters a counted loop; the target is its `Until`.
    Repeat(u32),
    /// `(body, minimum, maximum)`; the tail follows.
    MaxUntil(u32, u32, u32),
    MinUntil(u32, u32, u32),
    /// The body follows and ends with `Success`; the target is what comes after. `(target, how far back)`.
    Assert(u32, u32),
    AssertNot(u32, u32),
    Atomic(u32),
    /// `(target, minimum, maximum)`.
    PossessiveLoop(u32, u32, u32),
}

/// A pattern ready to run.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) insts: Vec<Inst>,
    pub(super) sets: Vec<Set>,
    /// Number of marks: two for each group.
    pub(super) marks: usize,
    /// The least length of a match.
    pub(super) min: usize,
    /// What every match begins with.
    pub(super) prefix: Vec<u32>,
    /// The prefix is the whole pattern.
    pub(super) literal: bool,
    /// What the first character of a match is in.
    pub(super) first: Option<u32>,
}

/// Deeper nesting is refused.
const DEPTH_MAX: usize = 1500;

struct Compiler<'a> {
    code: &'a [u32],
    out: Program,
    groups: u32,
    depth: usize,
}

/// The program of a code array with this number of groups; `None` if the array is no valid code.
pub fn compile(code: &[u32], groups: usize) -> Option<Program> {
    let groups = u32::try_from(groups).ok()?;
    let mut c = Compiler {
        code,
        out: Program {
            insts: Vec::with_capacity(code.len() / 2),
            sets: vec![],
            marks: groups as usize * 2,
            min: 0,
            prefix: vec![],
            literal: false,
            first: None,
        },
        groups,
        depth: 0,
    };
    let mut start = 0;
    if code.first() == Some(&14) {
        start = c.info()?;
    }
    if code.last() != Some(&1) {
        return None;
    }
    c.sequence(start, code.len() - 1)?;
    c.out.insts.push(Inst::Success);
    Some(c.out)
}

impl Compiler<'_> {
    fn word(&self, at: usize) -> Option<u32> {
        self.code.get(at).copied()
    }
    /// The place that the skip at `at` leads to; not past `end`.
    fn target(&self, at: usize, end: usize) -> Option<usize> {
        let t = at.checked_add(self.word(at)? as usize)?;
        (t > at && t <= end).then_some(t)
    }
    fn here(&self) -> u32 {
        self.out.insts.len() as u32
    }
    fn emit(&mut self, i: Inst) -> usize {
        self.out.insts.push(i);
        self.out.insts.len() - 1
    }

    /// The block in front: `INFO skip mask min max ...`.
    fn info(&mut self) -> Option<usize> {
        let end = self.target(1, self.code.len())?;
        let (mask, min) = (self.word(2)?, self.word(3)?);
        self.out.min = min as usize;
        if end < 5 {
            return None;
        }
        if mask & 1 != 0 {
            let n = self.word(5)? as usize;
            let prefix = self.code.get(7..7usize.checked_add(n)?)?;
            if 7 + 2 * n > end {
                return None;
            }
            self.out.prefix = prefix.to_vec();
            self.out.literal = mask & 2 != 0;
        } else if mask & 4 != 0 {
            let set = self.set(5, end, Fold::Exact)?;
            self.out.first = Some(set);
        }
        Some(end)
    }

    /// A set from `at` on, ending with FAILURE just before `end`: its index.
    fn set(&mut self, mut at: usize, end: usize, fold: Fold) -> Option<u32> {
        let mut elements = vec![];
        loop {
            if at >= end {
                return None;
            }
            let op = self.word(at)?;
            at += 1;
            let block =
                |at: usize| -> Option<[u32; 8]> { self.code.get(at..at + 8)?.try_into().ok() };
            elements.push(match op {
                0 => break,
                21 => Element::Negate,
                16 => {
                    at += 1;
                    Element::One(self.word(at - 1)?)
                }
                22 | 42 => {
                    let (a, b) = (self.word(at)?, self.word(at + 1)?);
                    at += 2;
                    if op == 22 {
                        Element::Range(a, b)
                    } else {
                        Element::RangeIgnore(a, b)
                    }
                }
                8 => {
                    at += 1;
                    Element::Category(self.word(at - 1).filter(|k| *k < CATEGORIES)?)
                }
                9 => {
                    at += 8;
                    Element::Bitmap(block(at - 8)?)
                }
                10 => {
                    let n = self.word(at)? as usize;
                    at += 1;
                    let mut index = Box::new([0u8; 256]);
                    let words = self.code.get(at..at + 64)?;
                    for (i, b) in words.iter().flat_map(|w| w.to_le_bytes()).enumerate() {
                        if usize::from(b) >= n {
                            return None;
                        }
                        index[i] = b;
                    }
                    at += 64;
                    let mut blocks = vec![];
                    for _ in 0..n {
                        blocks.push(block(at)?);
                        at += 8;
                    }
                    Element::Blocks(index, blocks)
                }
                _ => return None,
            });
        }
        if at > end {
            return None;
        }
        self.out.sets.push(Set::new(elements, fold));
        Some(self.out.sets.len() as u32 - 1)
    }

    /// A single-character operation at `at`, and where it ends; the outer `None` is invalid code, the inner another
    /// kind of operation.
    fn single(&mut self, at: usize, end: usize) -> Option<Option<(Single, usize)>> {
        let op = self.word(at)?;
        let arg = |n: usize| self.word(n);
        let one = at + 2;
        Some(Some(match op {
            0 => (Single::Never, at + 1),
            2 => (Single::Any, at + 1),
            3 => (Single::AnyAll, at + 1),
            8 => (
                Single::Category(arg(at + 1).filter(|k| *k < CATEGORIES)?),
                one,
            ),
            16 => (Single::Is(arg(at + 1)?), one),
            20 => (Single::IsNot(arg(at + 1)?), one),
            32 => (Single::Folded(arg(at + 1)?, Fold::Ascii), one),
            33 => (Single::NotFolded(arg(at + 1)?, Fold::Ascii), one),
            36 => (Single::Folded(arg(at + 1)?, Fold::Locale), one),
            37 => (Single::NotFolded(arg(at + 1)?, Fold::Locale), one),
            40 => (Single::Folded(arg(at + 1)?, Fold::Unicode), one),
            41 => (Single::NotFolded(arg(at + 1)?, Fold::Unicode), one),
            13 | 31 | 35 | 39 => {
                let next = self.target(at + 1, end)?;
                let fold = match op {
                    13 => Fold::Exact,
                    31 => Fold::Ascii,
                    35 => Fold::Locale,
                    _ => Fold::Unicode,
                };
                (Single::In(self.set(at + 2, next, fold)?), next)
            }
            _ => return Some(None),
        }))
    }

    /// A body that ends with SUCCESS just before `end`.
    fn body(&mut self, start: usize, end: usize) -> Option<()> {
        if start >= end || self.word(end - 1)? != 1 {
            return None;
        }
        self.sequence(start, end - 1)?;
        self.emit(Inst::Success);
        Some(())
    }

    /// Everything from `at` to `end`.
    fn sequence(&mut self, mut at: usize, end: usize) -> Option<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return None;
        }
        while at < end {
            at = self.operation(at, end)?;
        }
        self.depth -= 1;
        (at == end).then_some(())
    }

    fn operation(&mut self, at: usize, end: usize) -> Option<usize> {
        let op = self.word(at)?;
        if let Some((single, next)) = self.single(at, end)? {
            self.emit(if op == 0 {
                Inst::Fail
            } else {
                Inst::One(single)
            });
            return (next <= end).then_some(next);
        }
        match op {
            6 => {
                let k = self.word(at + 1).filter(|k| *k < 12)?;
                self.emit(Inst::At(k));
                Some(at + 2)
            }
            17 => {
                let n = self.word(at + 1).filter(|n| *n < self.groups * 2)?;
                self.emit(Inst::Mark(n));
                Some(at + 2)
            }
            11 | 30 | 34 | 38 => {
                let n = self.word(at + 1).filter(|n| *n < self.groups)?;
                let fold = match op {
                    11 => Fold::Exact,
                    30 => Fold::Ascii,
                    34 => Fold::Locale,
                    _ => Fold::Unicode,
                };
                self.emit(Inst::GroupRef(n, fold));
                Some(at + 2)
            }
            7 => self.branch(at + 1, end),
            12 => self.conditional(at, end),
            23 => self.repeat(at, end),
            24 | 26 | 29 => {
                let next = self.target(at + 1, end)?;
                let (min, max) = (self.word(at + 2)?, self.word(at + 3)?);
                let (single, after) = self.single(at + 4, next)??;
                if min > max || after + 1 != next || self.word(after)? != 1 {
                    return None;
                }
                self.emit(match op {
                    24 => Inst::Greedy(single, min, max),
                    26 => Inst::Lazy(single, min, max),
                    _ => Inst::Possessive(single, min, max),
                });
                Some(next)
            }
            4 | 5 => {
                let next = self.target(at + 1, end)?;
                let back = self.word(at + 2)?;
                let i = self.emit(Inst::Fail);
                self.body(at + 3, next)?;
                let t = self.here();
                self.out.insts[i] = if op == 4 {
                    Inst::Assert(t, back)
                } else {
                    Inst::AssertNot(t, back)
                };
                Some(next)
            }
            27 => {
                let next = self.target(at + 1, end)?;
                let i = self.emit(Inst::Fail);
                self.body(at + 2, next)?;
                self.out.insts[i] = Inst::Atomic(self.here());
                Some(next)
            }
            28 => {
                let until = self.target(at + 1, end)?;
                let (min, max) = (self.word(at + 2)?, self.word(at + 3)?);
                if min > max || until >= end {
                    return None;
                }
                let i = self.emit(Inst::Fail);
                self.body(at + 4, until + 1)?;
                self.out.insts[i] = Inst::PossessiveLoop(self.here(), min, max);
                Some(until + 1)
            }
            _ => None,
        }
    }

    /// `REPEAT skip min max body UNTIL`.
    fn repeat(&mut self, at: usize, end: usize) -> Option<usize> {
        let until = self.target(at + 1, end)?;
        let (min, max) = (self.word(at + 2)?, self.word(at + 3)?);
        if min > max || until >= end {
            return None;
        }
        let i = self.emit(Inst::Fail);
        let body = self.here();
        self.sequence(at + 4, until)?;
        self.out.insts[i] = Inst::Repeat(self.here());
        self.emit(match self.word(until)? {
            18 => Inst::MaxUntil(body, min, max),
            19 => Inst::MinUntil(body, min, max),
            _ => return None,
        });
        Some(until + 1)
    }

    /// The alternatives after BRANCH: `skip body JUMP offset`, again and again, then 0.
    fn branch(&mut self, mut at: usize, end: usize) -> Option<usize> {
        let mut jumps = vec![];
        let mut common = None;
        while self.word(at)? != 0 {
            let next = self.target(at, end)?;
            if next < at + 3 || self.word(next - 2)? != 15 {
                return None;
            }
            let out = self.target(next - 1, end)?;
            if *common.get_or_insert(out) != out {
                return None;
            }
            let split = (self.word(next)? != 0).then(|| self.emit(Inst::Fail));
            self.sequence(at + 1, next - 2)?;
            jumps.push(self.emit(Inst::Fail));
            if let Some(s) = split {
                self.out.insts[s] = Inst::Split(self.here());
            }
            at = next;
        }
        let after = at + 1;
        if jumps.is_empty() {
            self.emit(Inst::Fail);
        } else if common != Some(after) {
            return None;
        }
        let t = self.here();
        for j in jumps {
            self.out.insts[j] = Inst::Jump(t);
        }
        Some(after)
    }

    /// `GROUPREF_EXISTS group skip yes [JUMP offset no]`.
    fn conditional(&mut self, at: usize, end: usize) -> Option<usize> {
        let group = self.word(at + 1).filter(|n| *n < self.groups)?;
        let skip = self.word(at + 2)? as usize;
        let no = (at + 1).checked_add(skip)?;
        if no < at + 3 || no > end {
            return None;
        }
        let test = self.emit(Inst::Fail);
        // A jump just before the target that leads past it separates the two branches.
        let has_else = no >= at + 5
            && self.word(no - 2)? == 15
            && self.target(no - 1, end).is_some_and(|t| t > no);
        if has_else && self.boundary(at + 3, no - 2) {
            let after = self.target(no - 1, end)?;
            self.sequence(at + 3, no - 2)?;
            let jump = self.emit(Inst::Fail);
            self.out.insts[test] = Inst::IfGroup(group, self.here());
            self.sequence(no, after)?;
            self.out.insts[jump] = Inst::Jump(self.here());
            return Some(after);
        }
        self.sequence(at + 3, no)?;
        self.out.insts[test] = Inst::IfGroup(group, self.here());
        Some(no)
    }

    /// Whether an operation that begins at or after `at` ends exactly at `end`.
    fn boundary(&mut self, at: usize, end: usize) -> bool {
        let (insts, sets, depth) = (self.out.insts.len(), self.out.sets.len(), self.depth);
        let good = self.sequence(at, end).is_some();
        self.out.insts.truncate(insts);
        self.out.sets.truncate(sets);
        self.depth = depth;
        good
    }
}
