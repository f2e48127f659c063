//! The backtracking machine. It keeps its own stack of alternatives and of changes to undo, so that no pattern can exhaust
//! the native stack.

use super::compile::{Inst, Program, Single};
use super::set::{Fold, category};
use super::{MAXREPEAT, NONE, lower_ascii, upper_ascii};
use crate::repr::Unit;
use crate::unicode;

/// How a match has to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// At the end of the text.
    pub full: bool,
    /// Anywhere but where it began.
    pub advance: bool,
}

/// Why a match was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The callback asked for it.
    Interrupted,
    /// Too much to remember.
    Memory,
}

/// Entries of the stack: alternatives to go on with, and changes to take back on the way to them.
#[derive(Clone, Copy, Debug)]
enum Entry {
    Choice {
        pc: u32,
        pos: usize,
    },
    /// A greedy run that can give back characters down to `min`.
    Greedy {
        pc: u32,
        min: usize,
        pos: usize,
    },
    /// A lazy run that can take more: `pc` is its instruction.
    Lazy {
        pc: u32,
        pos: usize,
        taken: u32,
    },
    /// A lazy loop left for its tail that can take one more round.
    LazyLoop {
        pc: u32,
        rep: u32,
        pos: usize,
    },
    /// The tail of a greedy loop, for when its rounds have failed.
    Tail {
        pc: u32,
        rep: u32,
        pos: usize,
    },
    Mark {
        mark: u32,
        last: u32,
        old: usize,
    },
    Rep {
        rep: u32,
        count: u32,
        at: usize,
    },
    Current {
        rep: u32,
    },
    /// A loop was entered.
    Entered,
    /// The bottom of a body that ends with success; what it was for is at `pc`, where it began in `pos`.
    Frame {
        pc: u32,
        count: u32,
        pos: usize,
    },
}

/// A loop under way.
#[derive(Clone, Copy, Debug)]
struct Rep {
    count: u32,
    /// Where the last round began.
    at: usize,
    outer: u32,
}
const NO_REP: u32 = u32::MAX;
const NOT_STARTED: u32 = u32::MAX;

/// The state of a match. It may be used again for the same or another program.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// Starts and ends of groups.
    pub marks: Vec<usize>,
    /// The group closed last, 0 for none.
    pub last: usize,
    stack: Vec<Entry>,
    reps: Vec<Rep>,
    frames: Vec<usize>,
    steps: u32,
}

/// The largest number of entries remembered.
const STACK_MAX: usize = 1 << 26;

/// What `run` does after a step.
enum Go {
    On,
    Back,
}

#[inline]
fn at<U: Unit>(text: &[U], i: usize) -> u32 {
    text.get(i).map_or(0, |u| u.code())
}

impl Single {
    #[inline]
    pub(super) fn fits(self, p: &Program, c: u32) -> bool {
        match self {
            Single::Never => false,
            Single::Any => c != 0x0a,
            Single::AnyAll => true,
            Single::Is(x) => c == x,
            Single::IsNot(x) => c != x,
            Single::Folded(x, f) => folded(x, f, c),
            Single::NotFolded(x, f) => !folded(x, f, c),
            Single::In(s) => p.sets.get(s as usize).is_some_and(|s| s.has(c)),
            Single::Category(k) => category(k, c),
        }
    }
}
fn folded(x: u32, f: Fold, c: u32) -> bool {
    match f {
        Fold::Locale => c == x || lower_ascii(c) == x || upper_ascii(c) == x,
        _ => f.lower(c) == x,
    }
}

/// Where a run of at most `max` fitting characters from `pos` on ends.
#[inline]
fn run_end<U: Unit>(p: &Program, s: Single, text: &[U], pos: usize, max: u32) -> usize {
    let limit = if max == MAXREPEAT {
        text.len()
    } else {
        text.len().min(pos.saturating_add(max as usize))
    };
    let part = text.get(pos..limit).unwrap_or(&[]);
    let n = match s {
        Single::AnyAll => return limit,
        Single::Never => return pos,
        Single::Any => part.iter().position(|u| u.code() == 0x0a),
        Single::Is(x) => part.iter().position(|u| u.code() != x),
        Single::IsNot(x) => part.iter().position(|u| u.code() == x),
        Single::In(i) => match p.sets.get(i as usize) {
            Some(set) => part.iter().position(|u| !set.has(u.code())),
            None => Some(0),
        },
        other => part.iter().position(|u| !other.fits(p, u.code())),
    };
    n.map_or(limit, |n| pos + n)
}

impl Machine {
    /// A machine for a program.
    pub fn new(p: &Program) -> Machine {
        let mut m = Machine::default();
        m.reset(p);
        m
    }
    /// Forgets everything.
    pub fn reset(&mut self, p: &Program) {
        self.marks.clear();
        self.marks.resize(p.marks, NONE);
        self.last = 0;
        self.stack.clear();
        self.reps.clear();
        self.frames.clear();
    }
    /// The bounds of a group counted from 0, if it is set.
    pub fn group(&self, n: usize) -> Option<(usize, usize)> {
        match (self.marks.get(2 * n), self.marks.get(2 * n + 1)) {
            (Some(&a), Some(&b)) if a != NONE && b != NONE => Some((a, b)),
            _ => None,
        }
    }

    /// Matches at `start`; `text` ends where matching may end at most. The end of the match, if there is one.
    pub fn run<U: Unit>(
        &mut self,
        p: &Program,
        text: &[U],
        start: usize,
        mode: Mode,
        tick: &mut dyn FnMut() -> bool,
    ) -> Result<Option<usize>, Stop> {
        let mut pc: usize = 0;
        let mut pos = start;
        let mut current = NO_REP;
        self.stack.clear();
        self.reps.clear();
        self.frames.clear();
        loop {
            let Some(&inst) = p.insts.get(pc) else {
                return Ok(None);
            };
            pc += 1;
            let go = match inst {
                Inst::One(s) => match text.get(pos) {
                    Some(u) if s.fits(p, u.code()) => {
                        pos += 1;
                        Go::On
                    }
                    _ => Go::Back,
                },
                Inst::Fail => Go::Back,
                Inst::Success => {
                    if let Some(bottom) = self.frames.pop() {
                        self.leave(p, bottom, &mut pc, &mut pos)
                    } else if mode.full && pos != text.len() || mode.advance && pos == start {
                        Go::Back
                    } else {
                        return Ok(Some(pos));
                    }
                }
                Inst::At(k) => {
                    if anchored(text, pos, k) {
                        Go::On
                    } else {
                        Go::Back
                    }
                }
                Inst::Mark(n) => {
                    self.stack.push(Entry::Mark {
                        mark: n,
                        last: self.last as u32,
                        old: self.marks.get(n as usize).copied().unwrap_or(NONE),
                    });
                    if let Some(m) = self.marks.get_mut(n as usize) {
                        *m = pos;
                    }
                    if n & 1 != 0 {
                        self.last = n as usize / 2 + 1;
                    }
                    Go::On
                }
                Inst::Jump(t) => {
                    pc = t as usize;
                    Go::On
                }
                Inst::Split(t) => {
                    // An alternative that cannot begin here is not worth remembering.
                    if let (Some(Inst::One(s)), next) = (p.insts.get(pc), text.get(pos))
                        && !next.is_some_and(|u| s.fits(p, u.code()))
                    {
                        pc = t as usize;
                    } else {
                        self.stack.push(Entry::Choice { pc: t, pos });
                    }
                    Go::On
                }
                Inst::GroupRef(n, fold) => match self.group(n as usize) {
                    Some((a, b)) if b >= a && b - a <= text.len().saturating_sub(pos) => {
                        let same = (a..b).zip(pos..).all(|(i, j)| {
                            let (x, y) = (at(text, i), at(text, j));
                            x == y || fold.lower(x) == fold.lower(y)
                        });
                        if same {
                            pos += b - a;
                            Go::On
                        } else {
                            Go::Back
                        }
                    }
                    _ => Go::Back,
                },
                Inst::IfGroup(n, t) => {
                    if self.group(n as usize).is_none() {
                        pc = t as usize;
                    }
                    Go::On
                }
                Inst::Greedy(s, min, max) => {
                    let end = run_end(p, s, text, pos, max);
                    let least = pos.saturating_add(min as usize);
                    if end < least {
                        Go::Back
                    } else {
                        self.give_back(p, text, pc as u32, least, end, &mut pos)
                    }
                }
                Inst::Lazy(s, min, max) => {
                    let end = run_end(p, s, text, pos, min);
                    if end < pos.saturating_add(min as usize) {
                        Go::Back
                    } else {
                        pos = end;
                        if min < max {
                            self.stack.push(Entry::Lazy {
                                pc: pc as u32 - 1,
                                pos,
                                taken: min,
                            });
                        }
                        Go::On
                    }
                }
                Inst::Possessive(s, min, max) => {
                    let end = run_end(p, s, text, pos, max);
                    if end < pos.saturating_add(min as usize) {
                        Go::Back
                    } else {
                        pos = end;
                        Go::On
                    }
                }
                Inst::Repeat(until) => {
                    self.reps.push(Rep {
                        count: NOT_STARTED,
                        at: NONE,
                        outer: current,
                    });
                    self.stack.push(Entry::Current { rep: current });
                    self.stack.push(Entry::Entered);
                    current = self.reps.len() as u32 - 1;
                    pc = until as usize;
                    Go::On
                }
                Inst::MaxUntil(body, min, max) => match self.reps.get(current as usize).copied() {
                    None => Go::Back,
                    Some(rep) => {
                        let count = rep.count.wrapping_add(1);
                        if count < min {
                            self.save_rep(current, rep);
                            self.set_rep(current, count, rep.at);
                            pc = body as usize;
                        } else {
                            let more = (count < max || max == MAXREPEAT) && pos != rep.at;
                            if more {
                                self.stack.push(Entry::Tail {
                                    pc: pc as u32,
                                    rep: current,
                                    pos,
                                });
                                self.save_rep(current, rep);
                                self.set_rep(current, count, pos);
                                pc = body as usize;
                            } else {
                                self.stack.push(Entry::Current { rep: current });
                                current = rep.outer;
                            }
                        }
                        Go::On
                    }
                },
                Inst::MinUntil(body, min, max) => match self.reps.get(current as usize).copied() {
                    None => Go::Back,
                    Some(rep) => {
                        let count = rep.count.wrapping_add(1);
                        if count < min {
                            self.save_rep(current, rep);
                            self.set_rep(current, count, rep.at);
                            pc = body as usize;
                        } else {
                            let more = (count < max || max == MAXREPEAT) && pos != rep.at;
                            if more {
                                self.stack.push(Entry::LazyLoop {
                                    pc: pc as u32 - 1,
                                    rep: current,
                                    pos,
                                });
                            } else {
                                self.stack.push(Entry::Current { rep: current });
                            }
                            current = rep.outer;
                        }
                        Go::On
                    }
                },
                Inst::Assert(t, back) => match pos.checked_sub(back as usize) {
                    Some(from) => {
                        self.enter(pc, 0, pos);
                        pos = from;
                        Go::On
                    }
                    None => {
                        let _ = t;
                        Go::Back
                    }
                },
                Inst::AssertNot(t, back) => {
                    match pos.checked_sub(back as usize) {
                        Some(from) => {
                            self.enter(pc, 0, pos);
                            pos = from;
                        }
                        None => pc = t as usize,
                    }
                    Go::On
                }
                Inst::Atomic(_) => {
                    self.enter(pc, 0, pos);
                    Go::On
                }
                Inst::PossessiveLoop(t, _, max) => {
                    if max == 0 {
                        pc = t as usize;
                    } else {
                        self.enter(pc, 0, pos);
                    }
                    Go::On
                }
            };
            if let Go::Back = go {
                self.steps = self.steps.wrapping_add(1);
                if self.steps & 0xffff == 0 && tick() {
                    return Err(Stop::Interrupted);
                }
                if !self.backtrack(p, text, &mut pc, &mut pos, &mut current) {
                    return Ok(None);
                }
            }
            if self.stack.len() > STACK_MAX {
                return Err(Stop::Memory);
            }
        }
    }

    fn save_rep(&mut self, rep: u32, r: Rep) {
        self.stack.push(Entry::Rep {
            rep,
            count: r.count,
            at: r.at,
        });
    }
    fn set_rep(&mut self, rep: u32, count: u32, at: usize) {
        if let Some(r) = self.reps.get_mut(rep as usize) {
            r.count = count;
            r.at = at;
        }
    }

    /// Begins a body that ends with success; `pc` is the place after its instruction.
    fn enter(&mut self, pc: usize, count: u32, pos: usize) {
        self.frames.push(self.stack.len());
        self.stack.push(Entry::Frame {
            pc: pc as u32 - 1,
            count,
            pos,
        });
    }

    /// Goes on with the tail of a greedy run from `end`, or from where the tail can begin before it.
    fn give_back<U: Unit>(
        &mut self,
        p: &Program,
        text: &[U],
        pc: u32,
        min: usize,
        end: usize,
        pos: &mut usize,
    ) -> Go {
        let mut to = end;
        if let Some(Inst::One(s)) = p.insts.get(pc as usize) {
            loop {
                if text.get(to).is_some_and(|u| s.fits(p, u.code())) {
                    break;
                }
                if to <= min {
                    return Go::Back;
                }
                to -= 1;
            }
        }
        if to > min {
            self.stack.push(Entry::Greedy { pc, min, pos: to });
        }
        *pos = to;
        Go::On
    }

    /// The body of the frame at `bottom` has matched.
    fn leave(&mut self, p: &Program, bottom: usize, pc: &mut usize, pos: &mut usize) -> Go {
        let Some(&Entry::Frame {
            pc: of,
            count,
            pos: began,
        }) = self.stack.get(bottom)
        else {
            return Go::Back;
        };
        match p.insts.get(of as usize) {
            Some(Inst::AssertNot(..)) => {
                // The assertion has failed: on the way back, everything the body did is undone.
                self.cut(bottom);
                Go::Back
            }
            Some(&Inst::Assert(t, _)) => {
                self.cut(bottom);
                *pos = began;
                *pc = t as usize;
                Go::On
            }
            Some(&Inst::Atomic(t)) => {
                self.cut(bottom);
                *pc = t as usize;
                Go::On
            }
            Some(&Inst::PossessiveLoop(t, min, max)) => {
                self.cut(bottom);
                let count = count + 1;
                let more = count < max || max == MAXREPEAT;
                if more && (*pos != began || count < min) {
                    *pc = of as usize + 1;
                    self.enter(*pc, count, *pos);
                } else {
                    *pc = t as usize;
                }
                Go::On
            }
            _ => Go::Back,
        }
    }

    /// Forgets the alternatives above `bottom` (that entry included) and keeps what is to be undone.
    fn cut(&mut self, bottom: usize) {
        let mut keep = bottom;
        for i in bottom..self.stack.len() {
            let e = self.stack[i];
            if matches!(
                e,
                Entry::Mark { .. } | Entry::Rep { .. } | Entry::Current { .. } | Entry::Entered
            ) {
                self.stack[keep] = e;
                keep += 1;
            } else if let Entry::LazyLoop { rep, .. } | Entry::Tail { rep, .. } = e {
                // Its alternative is gone, but the loop is current again further down.
                self.stack[keep] = Entry::Current { rep };
                keep += 1;
            }
        }
        self.stack.truncate(keep);
    }

    /// Takes back one change; alternatives are dropped.
    fn undo(&mut self, e: Entry) {
        match e {
            Entry::Mark { mark, last, old } => {
                if let Some(m) = self.marks.get_mut(mark as usize) {
                    *m = old;
                }
                self.last = last as usize;
            }
            Entry::Rep { rep, count, at } => self.set_rep(rep, count, at),
            Entry::Entered => {
                self.reps.pop();
            }
            _ => {}
        }
    }

    /// Goes back to the latest alternative; false if there is none.
    fn backtrack<U: Unit>(
        &mut self,
        p: &Program,
        text: &[U],
        pc: &mut usize,
        pos: &mut usize,
        current: &mut u32,
    ) -> bool {
        while let Some(e) = self.stack.pop() {
            match e {
                Entry::Choice { pc: t, pos: at } => {
                    *pc = t as usize;
                    *pos = at;
                    return true;
                }
                Entry::Greedy {
                    pc: t,
                    min,
                    pos: at,
                } => {
                    if let Go::On = self.give_back(p, text, t, min, at - 1, pos) {
                        *pc = t as usize;
                        return true;
                    }
                }
                Entry::Lazy {
                    pc: t,
                    pos: at,
                    taken,
                } => {
                    let Some(&Inst::Lazy(s, _, max)) = p.insts.get(t as usize) else {
                        continue;
                    };
                    let mut at = at;
                    let mut taken = taken;
                    // Takes characters until the tail can begin.
                    let tail = match p.insts.get(t as usize + 1) {
                        Some(Inst::One(x)) => Some(*x),
                        _ => None,
                    };
                    let mut found = false;
                    while taken < max && text.get(at).is_some_and(|u| s.fits(p, u.code())) {
                        at += 1;
                        taken = taken.saturating_add(u32::from(max != MAXREPEAT));
                        let begins =
                            tail.is_none_or(|x| text.get(at).is_some_and(|u| x.fits(p, u.code())));
                        if begins {
                            found = true;
                            break;
                        }
                    }
                    if found {
                        self.stack.push(Entry::Lazy {
                            pc: t,
                            pos: at,
                            taken,
                        });
                        *pc = t as usize + 1;
                        *pos = at;
                        return true;
                    }
                }
                Entry::LazyLoop {
                    pc: t,
                    rep,
                    pos: at,
                } => {
                    let Some(r) = self.reps.get(rep as usize).copied() else {
                        continue;
                    };
                    *current = rep;
                    *pos = at;
                    let Some(&Inst::MinUntil(body, ..)) = p.insts.get(t as usize) else {
                        continue;
                    };
                    // The tail has failed: one more round.
                    self.stack.push(Entry::Current { rep });
                    self.save_rep(rep, r);
                    self.set_rep(rep, r.count.wrapping_add(1), at);
                    *pc = body as usize;
                    return true;
                }
                Entry::Tail {
                    pc: t,
                    rep,
                    pos: at,
                } => {
                    let Some(r) = self.reps.get(rep as usize).copied() else {
                        continue;
                    };
                    self.stack.push(Entry::Current { rep });
                    *current = r.outer;
                    *pos = at;
                    *pc = t as usize;
                    return true;
                }
                Entry::Current { rep } => *current = rep,
                Entry::Frame {
                    pc: of,
                    count,
                    pos: began,
                } => {
                    self.frames.pop();
                    match p.insts.get(of as usize) {
                        Some(&Inst::AssertNot(t, _)) => {
                            *pc = t as usize;
                            *pos = began;
                            return true;
                        }
                        Some(&Inst::PossessiveLoop(t, min, _)) if count >= min => {
                            *pc = t as usize;
                            *pos = began;
                            return true;
                        }
                        _ => {}
                    }
                }
                undo => self.undo(undo),
            }
        }
        false
    }
}

/// A position code: the numbers of `re._constants.ATCODES`.
fn anchored<U: Unit>(text: &[U], pos: usize, code: u32) -> bool {
    let n = text.len();
    let boundary = |word: fn(u32) -> bool| {
        let before = pos > 0 && word(at(text, pos - 1));
        let after = pos < n && word(at(text, pos));
        before != after
    };
    let ascii = |c: u32| category(4, c);
    let wide = |c: u32| c == 0x5f || unicode::is_alnum(c);
    match code {
        0 | 2 => pos == 0,
        1 => pos == 0 || at(text, pos - 1) == 0x0a,
        3 | 8 => boundary(ascii),
        4 | 9 => !boundary(ascii),
        5 => pos == n || pos + 1 == n && at(text, pos) == 0x0a,
        6 => pos == n || at(text, pos) == 0x0a,
        7 => pos == n,
        10 => boundary(wide),
        _ => !boundary(wide),
    }
}
