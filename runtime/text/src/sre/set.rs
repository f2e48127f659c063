//! Character sets and categories.

use super::{lower_ascii, upper_ascii};
use crate::unicode;

/// How a character is changed before it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Exact,
    Ascii,
    Locale,
    Unicode,
}

impl Fold {
    pub(super) fn lower(self, c: u32) -> u32 {
        match self {
            Fold::Exact => c,
            Fold::Ascii | Fold::Locale => lower_ascii(c),
            Fold::Unicode => unicode::lower_simple(c),
        }
    }
}

/// A category code: the numbers of `re._constants.CHCODES`.
pub(super) fn category(code: u32, c: u32) -> bool {
    let ascii = |f: fn(&u8) -> bool| u8::try_from(c).is_ok_and(|b| f(&b));
    let word = |alnum: bool| alnum || c == 0x5f;
    match code {
        0 => ascii(u8::is_ascii_digit),
        1 => !ascii(u8::is_ascii_digit),
        2 => matches!(c, 0x09..=0x0d | 0x20),
        3 => !matches!(c, 0x09..=0x0d | 0x20),
        4 | 8 => word(ascii(u8::is_ascii_alphanumeric)),
        5 | 9 => !word(ascii(u8::is_ascii_alphanumeric)),
        6 => c == 0x0a,
        7 => c != 0x0a,
        10 => unicode::is_decimal(c),
        11 => !unicode::is_decimal(c),
        12 => unicode::is_space(c),
        13 => !unicode::is_space(c),
        14 => word(unicode::is_alnum(c)),
        15 => !word(unicode::is_alnum(c)),
        16 => unicode::is_linebreak(c),
        _ => !unicode::is_linebreak(c),
    }
}
/// The number of categories.
pub(super) const CATEGORIES: u32 = 18;

/// An element of a set.
#[derive(Clone, Debug)]
pub(super) enum Element {
    Negate,
    One(u32),
    Range(u32, u32),
    /// Also matches what is in the range in upper case.
    RangeIgnore(u32, u32),
    Bitmap([u32; 8]),
    /// Which block each 256 characters have, and the blocks.
    Blocks(Box<[u8; 256]>, Vec<[u32; 8]>),
    Category(u32),
}

/// A set with the answers for the first 256 characters worked out.
#[derive(Clone, Debug)]
pub(super) struct Set {
    low: [u64; 4],
    elements: Vec<Element>,
    fold: Fold,
}

fn bit(map: &[u32; 8], i: u32) -> bool {
    map[(i >> 5) as usize & 7] >> (i & 31) & 1 != 0
}

impl Set {
    pub(super) fn new(elements: Vec<Element>, fold: Fold) -> Set {
        let mut set = Set {
            low: [0; 4],
            elements,
            fold,
        };
        for c in 0..256u32 {
            if set.compute(c) {
                set.low[(c >> 6) as usize] |= 1 << (c & 63);
            }
        }
        set
    }
    #[inline]
    pub(super) fn has(&self, c: u32) -> bool {
        if c < 256 {
            self.low[(c >> 6) as usize & 3] >> (c & 63) & 1 != 0
        } else {
            self.compute(c)
        }
    }
    fn compute(&self, c: u32) -> bool {
        match self.fold {
            Fold::Locale => {
                let (lo, up) = (lower_ascii(c), upper_ascii(c));
                self.member(lo) || up != lo && self.member(up)
            }
            fold => self.member(fold.lower(c)),
        }
    }
    fn member(&self, c: u32) -> bool {
        let mut yes = true;
        for e in &self.elements {
            let hit = match e {
                Element::Negate => {
                    yes = !yes;
                    false
                }
                Element::One(x) => *x == c,
                Element::Range(a, b) => (*a..=*b).contains(&c),
                Element::RangeIgnore(a, b) => {
                    (*a..=*b).contains(&c) || (*a..=*b).contains(&unicode::upper_simple(c))
                }
                Element::Bitmap(map) => c < 256 && bit(map, c),
                Element::Blocks(index, blocks) => {
                    c < 0x10000
                        && blocks
                            .get(usize::from(index[(c >> 8) as usize & 255]))
                            .is_some_and(|b| bit(b, c & 255))
                }
                Element::Category(k) => category(*k, c),
            };
            if hit {
                return yes;
            }
        }
        !yes
    }
}
