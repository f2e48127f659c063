//! Comparing and searching: equality and order across widths, substring search in both directions,
//! counting and replacing. Called by the string and bytes methods; the bytes ones use the `_units`
//! forms directly.

use std::cmp::Ordering;

use crate::repr::{Builder, Text, TextBuf, Unit};
use crate::with_units;

/// Whether two texts have the same characters.
pub fn equal(a: Text<'_>, b: Text<'_>) -> bool {
    use Text::{Ascii, Latin1, Ucs2, Ucs4};
    if a.len() != b.len() {
        return false;
    }
    match (a, b) {
        (Ascii(x) | Latin1(x), Ascii(y) | Latin1(y)) => x == y,
        (Ucs2(x), Ucs2(y)) => x == y,
        (Ucs4(x), Ucs4(y)) => x == y,
        _ => {
            with_units!(a, x => with_units!(b, y => x.iter().zip(y).all(|(p, q)| p.code() == q.code())))
        }
    }
}

/// The order of two texts by code point.
pub fn compare(a: Text<'_>, b: Text<'_>) -> Ordering {
    use Text::{Ascii, Latin1, Ucs2, Ucs4};
    match (a, b) {
        (Ascii(x) | Latin1(x), Ascii(y) | Latin1(y)) => x.cmp(y),
        (Ucs2(x), Ucs2(y)) => x.cmp(y),
        (Ucs4(x), Ucs4(y)) => x.cmp(y),
        _ => with_units!(a, x => with_units!(b, y => {
            x.iter().map(|c| c.code()).cmp(y.iter().map(|c| c.code()))
        })),
    }
}

/// Whether `text` begins with `prefix`.
pub fn starts_with(text: Text<'_>, prefix: Text<'_>) -> bool {
    prefix.len() <= text.len() && equal(text.slice(0, prefix.len()), prefix)
}

/// Whether `text` ends with `suffix`.
pub fn ends_with(text: Text<'_>, suffix: Text<'_>) -> bool {
    let n = text.len();
    suffix.len() <= n && equal(text.slice(n - suffix.len(), n), suffix)
}

/// A unit type with its substring search; bytes have a vectorised one, the others share a generic.
pub trait SearchUnit: Unit {
    /// Position of the first occurrence; the needle is not empty.
    fn find_nonempty(hay: &[Self], needle: &[Self]) -> Option<usize> {
        match needle {
            [c] => hay.iter().position(|u| u == c),
            _ => skip_search(
                hay.len(),
                needle.len(),
                |i| hay.get(i).copied(),
                |i| needle.get(i).copied(),
            ),
        }
    }

    /// Position of the last occurrence; the needle is not empty.
    fn rfind_nonempty(hay: &[Self], needle: &[Self]) -> Option<usize> {
        let (n, m) = (hay.len(), needle.len());
        match needle {
            [c] => hay.iter().rposition(|u| u == c),
            // The same search over both sequences read backwards.
            _ => skip_search(
                n,
                m,
                |i| n.checked_sub(i + 1).and_then(|k| hay.get(k)).copied(),
                |i| m.checked_sub(i + 1).and_then(|k| needle.get(k)).copied(),
            )
            .map(|at| n - m - at),
        }
    }
}

impl SearchUnit for u8 {
    fn find_nonempty(hay: &[u8], needle: &[u8]) -> Option<usize> {
        match needle {
            [c] => memchr::memchr(*c, hay),
            _ => memchr::memmem::find(hay, needle),
        }
    }

    fn rfind_nonempty(hay: &[u8], needle: &[u8]) -> Option<usize> {
        match needle {
            [c] => memchr::memrchr(*c, hay),
            _ => memchr::memmem::rfind(hay, needle),
        }
    }
}

impl SearchUnit for u16 {}
impl SearchUnit for u32 {}

/// Horspool's search with a table over the low byte of the units; when a repetitive input makes it
/// compare too much, it goes over to Knuth-Morris-Pratt, so that the whole stays linear.
fn skip_search<U: Unit>(
    n: usize,
    m: usize,
    hay: impl Fn(usize) -> Option<U>,
    needle: impl Fn(usize) -> Option<U>,
) -> Option<usize> {
    if m > n || m == 0 {
        return (m == 0).then_some(0);
    }
    let mut skip = [m; 256];
    for i in 0..m - 1 {
        if let Some(slot) = needle(i).and_then(|u| skip.get_mut((u.code() & 0xff) as usize)) {
            *slot = m - 1 - i;
        }
    }
    let last = needle(m - 1)?;
    let mut at = 0;
    let mut budget = 4 * n + 64;
    while at + m <= n {
        let end = hay(at + m - 1)?;
        if end == last {
            let same = (0..m - 1).take_while(|&i| hay(at + i) == needle(i)).count();
            if same == m - 1 {
                return Some(at);
            }
            if same >= budget {
                return kmp_search(n, m, at, hay, needle);
            }
            budget -= same;
        }
        at += skip.get((end.code() & 0xff) as usize).copied().unwrap_or(1);
    }
    None
}

fn kmp_search<U: Unit>(
    n: usize,
    m: usize,
    start: usize,
    hay: impl Fn(usize) -> Option<U>,
    needle: impl Fn(usize) -> Option<U>,
) -> Option<usize> {
    let mut border = vec![0usize; m + 1];
    let mut k = 0;
    for i in 1..m {
        while k > 0 && needle(k) != needle(i) {
            k = border.get(k).copied().unwrap_or(0);
        }
        if needle(k) == needle(i) {
            k += 1;
        }
        if let Some(slot) = border.get_mut(i + 1) {
            *slot = k;
        }
    }
    let mut k = 0;
    for i in start..n {
        let c = hay(i);
        while k > 0 && needle(k) != c {
            k = border.get(k).copied().unwrap_or(0);
        }
        if needle(k) == c {
            k += 1;
        }
        if k == m {
            return Some(i + 1 - m);
        }
    }
    None
}

/// Position of the first occurrence of `needle`; an empty needle is found at 0.
pub fn find_units<U: SearchUnit>(hay: &[U], needle: &[U]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    if needle.len() > hay.len() {
        None
    } else {
        U::find_nonempty(hay, needle)
    }
}

/// Position of the last occurrence of `needle`; an empty needle is found at the end.
pub fn rfind_units<U: SearchUnit>(hay: &[U], needle: &[U]) -> Option<usize> {
    if needle.is_empty() {
        return Some(hay.len());
    }
    if needle.len() > hay.len() {
        None
    } else {
        U::rfind_nonempty(hay, needle)
    }
}

/// Positions of up to `max` non-overlapping occurrences, left to right. An empty needle matches
/// before every unit and at the end.
pub fn find_all_units<U: SearchUnit>(hay: &[U], needle: &[U], max: usize) -> Vec<usize> {
    if needle.is_empty() {
        return (0..=hay.len()).take(max).collect();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < max {
        let Some(i) = hay.get(at..).and_then(|rest| find_units(rest, needle)) else {
            break;
        };
        found.push(at + i);
        at += i + needle.len();
    }
    found
}

/// Number of non-overlapping occurrences.
pub fn count_units<U: SearchUnit>(hay: &[U], needle: &[U]) -> usize {
    match needle {
        [] => hay.len() + 1,
        [c] => hay.iter().filter(|u| *u == c).count(),
        _ => find_all_units(hay, needle, usize::MAX).len(),
    }
}

/// Gives `body` the needle in the units of the haystack; `absent` when it cannot occur there.
fn with_needle<U: SearchUnit, R>(needle: Text<'_>, absent: R, body: impl FnOnce(&[U]) -> R) -> R {
    let converted: Option<Vec<U>> =
        with_units!(needle, n => n.iter().map(|c| U::from_code(c.code())).collect());
    converted.map_or(absent, |n| body(&n))
}

macro_rules! same_units {
    ($hay:expr, $needle:expr, $absent:expr, |$h:ident, $n:ident| $body:expr) => {{
        use Text::{Ascii, Latin1, Ucs2, Ucs4};
        match ($hay, $needle) {
            (Ascii($h) | Latin1($h), Ascii($n) | Latin1($n)) => $body,
            (Ucs2($h), Ucs2($n)) => $body,
            (Ucs4($h), Ucs4($n)) => $body,
            (Ascii($h) | Latin1($h), needle) => with_needle(needle, $absent, |$n: &[u8]| $body),
            (Ucs2($h), needle) => with_needle(needle, $absent, |$n: &[u16]| $body),
            (Ucs4($h), needle) => with_needle(needle, $absent, |$n: &[u32]| $body),
        }
    }};
}

/// Position of the first occurrence; an empty needle is found at 0.
pub fn find(hay: Text<'_>, needle: Text<'_>) -> Option<usize> {
    same_units!(hay, needle, None, |h, n| find_units(h, n))
}

/// Position of the last occurrence; an empty needle is found at the end.
pub fn rfind(hay: Text<'_>, needle: Text<'_>) -> Option<usize> {
    same_units!(hay, needle, None, |h, n| rfind_units(h, n))
}

/// Number of non-overlapping occurrences; one more than the length for an empty needle.
pub fn count(hay: Text<'_>, needle: Text<'_>) -> usize {
    same_units!(hay, needle, 0, |h, n| count_units(h, n))
}

/// Positions of up to `max` non-overlapping occurrences.
pub fn find_all(hay: Text<'_>, needle: Text<'_>, max: usize) -> Vec<usize> {
    same_units!(hay, needle, Vec::new(), |h, n| find_all_units(h, n, max))
}

/// Whether `needle` occurs in `hay`.
pub fn contains(hay: Text<'_>, needle: Text<'_>) -> bool {
    find(hay, needle).is_some()
}

/// `hay` with up to `max` occurrences of `old` replaced by `new`; `None` when there are none.
pub fn replace(hay: Text<'_>, old: Text<'_>, new: Text<'_>, max: usize) -> Option<TextBuf> {
    let found = find_all(hay, old, max);
    if found.is_empty() {
        return None;
    }
    let mut out = Builder::with_capacity(hay.len());
    let mut from = 0;
    for at in found {
        out.push_text(hay.slice(from, at));
        out.push_text(new);
        from = at + old.len();
    }
    out.push_text(hay.slice(from, hay.len()));
    Some(out.finish())
}

/// The same over plain units, for bytes.
pub fn replace_units<U: SearchUnit>(hay: &[U], old: &[U], new: &[U], max: usize) -> Option<Vec<U>> {
    let found = find_all_units(hay, old, max);
    if found.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(hay.len());
    let mut from = 0;
    for at in found {
        out.extend_from_slice(hay.get(from..at).unwrap_or(&[]));
        out.extend_from_slice(new);
        from = at + old.len();
    }
    out.extend_from_slice(hay.get(from..).unwrap_or(&[]));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(s: &str) -> Vec<u32> {
        s.chars().map(u32::from).collect()
    }

    #[test]
    fn widths_meet() {
        let a = wide("hello");
        assert!(equal(Text::Ascii(b"hello"), Text::Ucs4(&a)));
        assert_eq!(
            compare(Text::Ascii(b"help"), Text::Ucs4(&a)),
            Ordering::Greater
        );
        assert_eq!(find(Text::Ucs4(&a), Text::Ascii(b"llo")), Some(2));
        assert_eq!(find(Text::Ascii(b"hello"), Text::Ucs4(&a)), Some(0));
        assert_eq!(find(Text::Ascii(b"hello"), Text::Ucs2(&[0x20ac])), None);
        assert_eq!(rfind(Text::Ucs4(&a), Text::Ascii(b"l")), Some(3));
        assert_eq!(count(Text::Ascii(b"aaaa"), Text::Ascii(b"aa")), 2);
        assert_eq!(count(Text::Ascii(b"abc"), Text::EMPTY), 4);
        assert_eq!(count(Text::EMPTY, Text::Ucs2(&[0x20ac])), 0);
    }

    #[test]
    fn replacing() {
        let r = |h: &str, o: &str, n: &str, max| {
            let (h, o, n) = (TextBuf::from(h), TextBuf::from(o), TextBuf::from(n));
            replace(h.as_text(), o.as_text(), n.as_text(), max).map(|b| b.as_text().to_utf8_lossy())
        };
        assert_eq!(r("abc", "", "-", usize::MAX).as_deref(), Some("-a-b-c-"));
        assert_eq!(r("abc", "", "-", 2).as_deref(), Some("-a-bc"));
        assert_eq!(
            r("aaa", "a", "\u{20ac}", 2).as_deref(),
            Some("\u{20ac}\u{20ac}a")
        );
        assert_eq!(r("abc", "x", "-", usize::MAX), None);
        assert_eq!(
            r("\u{20ac}a", "\u{20ac}", "", usize::MAX).as_deref(),
            Some("a")
        );
    }

    #[test]
    fn skip_search_agrees_with_naive() {
        let mut x = 12345u32;
        let mut rnd = move |n: u32| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 16) % n
        };
        for _ in 0..3000 {
            let hay: Vec<u16> = (0..rnd(60))
                .map(|_| 0x400 + rnd(2) as u16 * 0x100)
                .collect();
            let needle: Vec<u16> = (0..1 + rnd(6))
                .map(|_| 0x400 + rnd(2) as u16 * 0x100)
                .collect();
            let naive = hay.windows(needle.len()).position(|w| w == needle);
            let rnaive = hay.windows(needle.len()).rposition(|w| w == needle);
            assert_eq!(find_units(&hay, &needle), naive);
            assert_eq!(rfind_units(&hay, &needle), rnaive);
            let k = kmp_search(
                hay.len(),
                needle.len(),
                0,
                |i| hay.get(i).copied(),
                |i| needle.get(i).copied(),
            );
            assert_eq!(k, naive);
        }
    }

    #[test]
    fn repetitive_inputs_stay_linear() {
        let hay = vec![0x3b1u16; 300_000];
        let mut needle = vec![0x3b1u16; 100_000];
        needle[0] = 0x3b2;
        assert_eq!(find_units(&hay, &needle), None);
        needle[0] = 0x3b1;
        needle[50_000] = 0x3b2;
        assert_eq!(find_units(&hay, &needle), None);
        assert_eq!(rfind_units(&hay, &needle), None);
    }
}
