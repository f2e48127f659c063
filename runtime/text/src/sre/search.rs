//! Matching at a place and searching for one, over text of any width.

use super::compile::{Inst, Program};
use super::machine::{Machine, Mode, Stop};
use crate::repr::Text;
use crate::search::{SearchUnit, find_units};
use crate::with_units;

/// What is matched: the text up to where matching may end.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The text.
    pub text: Text<'a>,
    /// Where matching begins.
    pub start: usize,
}

/// Matches at `input.start`: the end of the match.
pub fn match_here(
    p: &Program,
    m: &mut Machine,
    input: Input<'_>,
    mode: Mode,
    tick: &mut dyn FnMut() -> bool,
) -> Result<Option<usize>, Stop> {
    m.reset(p);
    with_units!(input.text, u => m.run(p, u, input.start, mode, tick))
}

/// Looks for a match from `input.start` on: its start and end. `mode.advance` concerns matches at `input.start` only.
pub fn search(
    p: &Program,
    m: &mut Machine,
    input: Input<'_>,
    mode: Mode,
    tick: &mut dyn FnMut() -> bool,
) -> Result<Option<(usize, usize)>, Stop> {
    m.reset(p);
    with_units!(input.text, u => search_units(p, m, u, input.start, mode, tick))
}

fn search_units<U: SearchUnit>(
    p: &Program,
    m: &mut Machine,
    text: &[U],
    start: usize,
    mode: Mode,
    tick: &mut dyn FnMut() -> bool,
) -> Result<Option<(usize, usize)>, Stop> {
    let Some(last) = text.len().checked_sub(p.min) else {
        return Ok(None);
    };
    let mut at = start;
    let mut needle: Vec<U> = Vec::new();
    for c in &p.prefix {
        match U::from_code(*c) {
            Some(u) => needle.push(u),
            None => return Ok(None),
        }
    }
    // Only one place is possible for patterns bound to the start.
    let bound = matches!(p.insts.first(), Some(Inst::At(0 | 2)));
    let first = p.first.and_then(|s| p.sets.get(s as usize));
    let lead = match p.insts.first() {
        Some(Inst::One(s)) => Some(*s),
        _ => None,
    };
    let mut misses = 0u32;
    while at <= last {
        if !needle.is_empty() {
            match find_units(text.get(at..).unwrap_or(&[]), &needle) {
                Some(i) => at += i,
                None => return Ok(None),
            }
            if p.literal {
                return Ok(Some((at, at + needle.len())));
            }
        } else if let Some(set) = first {
            match text
                .get(at..)
                .and_then(|t| t.iter().position(|u| set.has(u.code())))
            {
                Some(i) => at += i,
                None => return Ok(None),
            }
        } else if let Some(s) = lead {
            match text
                .get(at..)
                .and_then(|t| t.iter().position(|u| s.fits(p, u.code())))
            {
                Some(i) => at += i,
                None => return Ok(None),
            }
        }
        if at > last {
            break;
        }
        let here = Mode {
            full: mode.full,
            advance: mode.advance && at == start,
        };
        if let Some(end) = m.run(p, text, at, here, tick)? {
            return Ok(Some((at, end)));
        }
        misses = misses.wrapping_add(1);
        if misses & 0xffff == 0 && tick() {
            return Err(Stop::Interrupted);
        }
        if bound {
            break;
        }
        at += 1;
    }
    Ok(None)
}
