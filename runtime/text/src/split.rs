//! Cutting text into parts: splitting on white space, on a separator and into lines, and stripping.
//! Everything answers ranges of indexes, so that the caller makes the string objects. The string
//! methods use the text forms, the bytes methods the `_units` forms with their own predicates.

use std::ops::Range;

use crate::repr::{Text, Unit};
use crate::search;
use crate::with_units;

/// White space as `str.isspace` and `str.split` see it.
pub fn is_space(code: u32) -> bool {
    matches!(
        code,
        0x09..=0x0d | 0x1c..=0x20 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000
    )
}

/// The characters that end a line for `str.splitlines`.
pub fn is_linebreak(code: u32) -> bool {
    matches!(code, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// White space as the bytes methods see it.
pub fn is_ascii_space(code: u32) -> bool {
    matches!(code, 0x09..=0x0d | 0x20)
}

/// The line ends of the bytes methods.
pub fn is_ascii_linebreak(code: u32) -> bool {
    matches!(code, 0x0a | 0x0d)
}

/// Splits on runs of white space, at most `max` times, from the left.
pub fn split_space(text: Text<'_>, max: usize) -> Vec<Range<usize>> {
    with_units!(text, u => split_space_units(u, is_space, max))
}

/// Splits on runs of white space, at most `max` times, from the right; the parts come in order.
pub fn rsplit_space(text: Text<'_>, max: usize) -> Vec<Range<usize>> {
    with_units!(text, u => rsplit_space_units(u, is_space, max))
}

/// Splits on runs of units that `space` accepts, from the left.
pub fn split_space_units<U: Unit>(
    units: &[U],
    space: impl Fn(u32) -> bool,
    max: usize,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let next = |from: usize, want: bool| {
        let rest = units.get(from..).unwrap_or(&[]);
        rest.iter()
            .position(|c| space(c.code()) == want)
            .map_or(units.len(), |i| from + i)
    };
    let mut at = next(0, false);
    while at < units.len() {
        if parts.len() == max {
            parts.push(at..units.len());
            break;
        }
        let end = next(at, true);
        parts.push(at..end);
        at = next(end, false);
    }
    parts
}

/// Splits on runs of units that `space` accepts, from the right; the parts come in order.
pub fn rsplit_space_units<U: Unit>(
    units: &[U],
    space: impl Fn(u32) -> bool,
    max: usize,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let prev = |to: usize, want: bool| {
        let rest = units.get(..to).unwrap_or(&[]);
        rest.iter()
            .rposition(|c| space(c.code()) == want)
            .map_or(0, |i| i + 1)
    };
    let mut end = prev(units.len(), false);
    while end > 0 {
        if parts.len() == max {
            parts.push(0..end);
            break;
        }
        let start = prev(end, true);
        parts.push(start..end);
        end = prev(start, false);
    }
    parts.reverse();
    parts
}

/// Splits at up to `max` occurrences of `sep`, from the left. The caller refuses an empty `sep`.
pub fn split_sep(text: Text<'_>, sep: Text<'_>, max: usize) -> Vec<Range<usize>> {
    parts_between(&search::find_all(text, sep, max), sep.len(), text.len())
}

/// Splits units at up to `max` occurrences of `sep`, from the left.
pub fn split_sep_units<U: search::SearchUnit>(
    units: &[U],
    sep: &[U],
    max: usize,
) -> Vec<Range<usize>> {
    parts_between(
        &search::find_all_units(units, sep, max),
        sep.len(),
        units.len(),
    )
}

/// The ranges around the separators of length `sep` found at `found`.
fn parts_between(found: &[usize], sep: usize, len: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(found.len() + 1);
    let mut from = 0;
    for &at in found {
        parts.push(from..at);
        from = at + sep;
    }
    parts.push(from..len);
    parts
}

/// Splits at up to `max` occurrences of `sep`, from the right; the parts come in order.
pub fn rsplit_sep(text: Text<'_>, sep: Text<'_>, max: usize) -> Vec<Range<usize>> {
    rsplit_with(text.len(), sep.len(), max, |end| {
        search::rfind(text.slice(0, end), sep)
    })
}

/// Splits units at up to `max` occurrences of `sep`, from the right; the parts come in order.
pub fn rsplit_sep_units<U: search::SearchUnit>(
    units: &[U],
    sep: &[U],
    max: usize,
) -> Vec<Range<usize>> {
    rsplit_with(units.len(), sep.len(), max, |end| {
        search::rfind_units(units.get(..end).unwrap_or(&[]), sep)
    })
}

fn rsplit_with(
    len: usize,
    sep: usize,
    max: usize,
    rfind: impl Fn(usize) -> Option<usize>,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut end = len;
    if sep > 0 {
        while parts.len() < max {
            let Some(at) = rfind(end) else { break };
            parts.push(at + sep..end);
            end = at;
        }
    }
    parts.push(0..end);
    parts.reverse();
    parts
}

/// The lines, with or without their line ends.
pub fn split_lines(text: Text<'_>, keep_ends: bool) -> Vec<Range<usize>> {
    with_units!(text, u => split_lines_units(u, is_linebreak, keep_ends))
}

/// The lines of units, where `is_break` tells the line ends; CR LF counts as one.
pub fn split_lines_units<U: Unit>(
    units: &[U],
    is_break: impl Fn(u32) -> bool,
    keep_ends: bool,
) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = units.get(at) {
        let code = c.code();
        if !is_break(code) {
            at += 1;
            continue;
        }
        let end = at;
        at += 1;
        if code == 0x0d && units.get(at).is_some_and(|c| c.code() == 0x0a) {
            at += 1;
        }
        lines.push(start..if keep_ends { at } else { end });
        start = at;
    }
    if start < units.len() {
        lines.push(start..units.len());
    }
    lines
}

/// What stays after stripping the characters `drop` accepts on the chosen sides.
pub fn strip(text: Text<'_>, left: bool, right: bool, drop: impl Fn(u32) -> bool) -> Range<usize> {
    with_units!(text, u => strip_units(u, left, right, drop))
}

/// The same over plain units.
pub fn strip_units<U: Unit>(
    units: &[U],
    left: bool,
    right: bool,
    drop: impl Fn(u32) -> bool,
) -> Range<usize> {
    let mut start = 0;
    let mut end = units.len();
    if left {
        start = units.iter().position(|c| !drop(c.code())).unwrap_or(end);
    }
    if right {
        end = units
            .iter()
            .rposition(|c| !drop(c.code()))
            .map_or(start, |i| i + 1)
            .max(start);
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(s: &str, parts: &[Range<usize>]) -> Vec<String> {
        parts.iter().map(|r| s[r.clone()].to_owned()).collect()
    }

    #[test]
    fn on_space() {
        let s = "  a bb   c ";
        let t = Text::Ascii(s.as_bytes());
        assert_eq!(cut(s, &split_space(t, usize::MAX)), ["a", "bb", "c"]);
        assert_eq!(cut(s, &split_space(t, 1)), ["a", "bb   c "]);
        assert_eq!(cut(s, &split_space(t, 0)), ["a bb   c "]);
        assert_eq!(cut(s, &rsplit_space(t, usize::MAX)), ["a", "bb", "c"]);
        assert_eq!(cut(s, &rsplit_space(t, 1)), ["  a bb", "c"]);
        assert!(split_space(Text::Ascii(b"   "), 3).is_empty());
    }

    #[test]
    fn on_separator() {
        let s = "a,b,,c";
        let (t, c) = (Text::Ascii(s.as_bytes()), Text::Ascii(b","));
        assert_eq!(cut(s, &split_sep(t, c, usize::MAX)), ["a", "b", "", "c"]);
        assert_eq!(cut(s, &split_sep(t, c, 1)), ["a", "b,,c"]);
        assert_eq!(cut(s, &rsplit_sep(t, c, 2)), ["a,b", "", "c"]);
        assert_eq!(cut("", &split_sep(Text::EMPTY, c, 5)), [""]);
        assert_eq!(
            cut(
                "aaa",
                &rsplit_sep(Text::Ascii(b"aaa"), Text::Ascii(b"aa"), 9)
            ),
            ["a", ""]
        );
    }

    #[test]
    fn lines_and_strips() {
        let s = "a\r\nb\n\nc\rd";
        let t = Text::Ascii(s.as_bytes());
        assert_eq!(cut(s, &split_lines(t, false)), ["a", "b", "", "c", "d"]);
        assert_eq!(
            cut(s, &split_lines(t, true)),
            ["a\r\n", "b\n", "\n", "c\r", "d"]
        );
        assert_eq!(strip(Text::Ascii(b" a "), true, true, is_space), 1..2);
        assert_eq!(strip(Text::Ascii(b"   "), true, true, is_space), 3..3);
        assert_eq!(strip(Text::Ascii(b"   "), false, true, is_space), 0..0);
        assert_eq!(strip(Text::Ascii(b" a "), false, true, is_space), 0..2);
    }
}
