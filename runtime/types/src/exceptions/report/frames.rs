//! The stack part of a report: one entry for each frame, with source lines and carets.

use super::anchors::{self, Anchors};
use super::source::Sources;
use pyjit_core::exception::PyTraceback;
use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;

/// How often the same line is shown before repetitions are counted.
const REPEATS: usize = 3;

/// One entry, before it is formatted.
pub struct Entry {
    pub filename: String,
    pub name: String,
    pub line: Option<i64>,
    pub end_line: Option<i64>,
    /// Columns in bytes.
    pub column: Option<usize>,
    pub end_column: Option<usize>,
    pub frame: Owned,
}

/// The entries of a traceback, outermost first, within `sys.tracebacklimit`.
pub fn entries(vm: &Vm, tb: Value) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut at = tb.own();
    while let Some(t) = at.cast::<PyTraceback>() {
        if let Some(f) = t.frame.cast::<PyFrame>() {
            let code = f.code();
            let stored = crate::traceback::line_of(t);
            let (mut line, mut end_line, mut column, mut end_column) = (None, None, None, None);
            if let Ok(offset) = usize::try_from(t.lasti) {
                let p = code.position_at(offset);
                line = p.0.map(i64::from);
                end_line = p.1.map(i64::from);
                column = p.2.map(|c| c as usize);
                end_column = p.3.map(|c| c as usize);
            }
            out.push(Entry {
                filename: super::shown(code.filename.value()),
                name: super::shown(code.name.value()),
                line: line.or(stored),
                end_line,
                column,
                end_column,
                frame: t.frame.clone(),
            });
        }
        let next = t.next.own();
        at = next;
    }
    let limit = vm.sys_get("tracebacklimit");
    let huge = |l: &Owned| l.as_i64().is_none() && l.as_int().is_some_and(|i| i.is_negative());
    let limit = limit.and_then(|l| if huge(&l) { Some(0) } else { l.as_i64() });
    if let Some(limit) = limit {
        let limit = limit.max(0);
        let from = out.len() as i64 - limit;
        // As Python slices: a negative start counts from the end.
        let from = if from < 0 {
            from + out.len() as i64
        } else {
            from
        };
        out.drain(..(from.max(0) as usize).min(out.len()));
    }
    out
}

/// The formatted entries; each piece may hold several lines.
pub fn format(vm: &Vm, entries: &[Entry], sources: &mut Sources) -> Vec<String> {
    let mut out = Vec::new();
    let mut last: Option<&Entry> = None;
    let mut count = 0;
    let repeated = |count: usize| {
        let more = count - REPEATS;
        let s = if more > 1 { "s" } else { "" };
        format!("  [Previous line repeated {more} more time{s}]\n")
    };
    for e in entries {
        let same = last.is_some_and(|l| {
            l.line.is_some() && l.filename == e.filename && l.line == e.line && l.name == e.name
        });
        if !same {
            if count > REPEATS {
                out.push(repeated(count));
            }
            last = Some(e);
            count = 0;
        }
        count += 1;
        if count <= REPEATS {
            out.push(entry(vm, e, sources));
        }
    }
    if count > REPEATS {
        out.push(repeated(count));
    }
    out
}

fn entry(vm: &Vm, e: &Entry, sources: &mut Sources) -> String {
    let stdin = e.filename.starts_with("<stdin-") && e.filename.ends_with('>');
    let filename = if stdin { "<stdin>" } else { &e.filename };
    let line = e.line.map_or("None".to_string(), |l| l.to_string());
    let mut out = format!("  File \"{filename}\", line {line}, in {}\n", e.name);
    let Some(first) = e.line else { return out };
    let last = e.end_line.unwrap_or(first).clamp(first, first + 10_000);
    let frame = e.frame.cast::<PyFrame>();
    let original: Vec<Vec<char>> = (first..=last)
        .map(|n| sources.line(vm, &e.filename, frame, n).chars().collect())
        .collect();
    if original.iter().all(|l| l.iter().all(|c| c.is_whitespace())) {
        return out;
    }
    match (e.column, e.end_column) {
        (Some(column), Some(end_column)) => out.push_str(&segment(&original, column, end_column)),
        _ => {
            let text: String = original[0].iter().collect();
            out.push_str(&format!("    {}\n", text.trim()));
        }
    }
    out
}

/// Removes the white space that all lines share; lines of white space become empty.
fn dedent(lines: &[Vec<char>]) -> Vec<Vec<char>> {
    let blank = |l: &Vec<char>| l.iter().all(|c| c.is_whitespace());
    let mut margin: Option<&[char]> = None;
    for l in lines.iter().filter(|l| !blank(l)) {
        let n = l.iter().take_while(|c| matches!(c, ' ' | '\t')).count();
        let own = &l[..n];
        margin = Some(match margin {
            None => own,
            Some(m) => {
                let n = m.iter().zip(own).take_while(|(a, b)| a == b).count();
                &m[..n]
            }
        });
    }
    let n = margin.map_or(0, |m| m.len());
    lines
        .iter()
        .map(|l| if blank(l) { vec![] } else { l[n..].to_vec() })
        .collect()
}

/// The character index of a byte offset in a line.
fn characters(line: &[char], bytes: usize) -> usize {
    let mut at = 0;
    for (i, c) in line.iter().enumerate() {
        if at >= bytes {
            return i;
        }
        at += c.len_utf8();
    }
    line.len()
}

/// Columns that the first characters of a line take on a screen.
fn width(line: &[char], n: usize) -> usize {
    if line.iter().all(|c| c.is_ascii()) {
        return n;
    }
    let wide = |c: &char| matches!(pyjit_text::unicode::east_asian_width(*c as u32), "W" | "F");
    line.iter()
        .take(n)
        .map(|c| if wide(c) { 2 } else { 1 })
        .sum()
}

fn segment(original: &[Vec<char>], column: usize, end_column: usize) -> String {
    let lines = dedent(original);
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    let removed = original[0].len() - first.len();
    let start = characters(&original[0], column).saturating_sub(removed);
    let end = characters(&original[original.len() - 1], end_column).saturating_sub(removed);
    let (shown_start, shown_end) = (width(first, start), width(last, end));
    let inner = cut(&lines, start, end);
    let found = anchors::find(&inner);
    let carets = wants_carets(&lines, start, end, &inner, found);
    let mut marks: Option<(usize, usize, usize, usize)> = None;
    let count = lines.len();
    let mut wanted = vec![false; count];
    wanted[0] = true;
    wanted[count - 1] = true;
    if let Some(a) = found {
        let shift = |(line, col): (usize, usize)| {
            let col = if line == 0 { col + start } else { col };
            (line, lines.get(line).map_or(col, |l| width(l, col)))
        };
        let (left, right) = (shift(a.left), shift(a.right));
        for line in [left.0, right.0] {
            for n in line.saturating_sub(1)..=line + 1 {
                if let Some(w) = wanted.get_mut(n) {
                    *w = true;
                }
            }
        }
        marks = Some((left.0, left.1, right.0, right.1));
    }
    let mut out: Vec<Vec<char>> = Vec::new();
    let show = |n: usize, out: &mut Vec<Vec<char>>| {
        let line = &lines[n];
        out.push(line.clone());
        if !carets {
            return;
        }
        let spaces = line.iter().take_while(|c| c.is_whitespace()).count();
        let length = if n == count - 1 {
            shown_end
        } else {
            width(line, line.len())
        };
        let mark = |col: usize| {
            if col < spaces || n == 0 && col < shown_start {
                return ' ';
            }
            match marks {
                Some((l, lc, r, rc))
                    if (n > l || n == l && col >= lc) && (n < r || n == r && col < rc) =>
                {
                    '^'
                }
                Some(_) => '~',
                None => '^',
            }
        };
        out.push((0..length).map(mark).collect());
    };
    let mut previous: Option<usize> = None;
    for n in (0..count).filter(|n| wanted[*n]) {
        match previous.map(|p| n - p) {
            Some(2) => show(n - 1, &mut out),
            Some(d) if d > 2 => out.push(format!("...<{} lines>...", d - 1).chars().collect()),
            _ => {}
        }
        show(n, &mut out);
        previous = Some(n);
    }
    let mut text = String::new();
    for l in dedent(&out) {
        text.push_str("    ");
        text.extend(l);
        text.push('\n');
    }
    text
}

/// The lines from a column of the first to a column of the last.
fn cut(lines: &[Vec<char>], start: usize, end: usize) -> Vec<Vec<char>> {
    let mut inner = lines.to_vec();
    if let Some(l) = inner.last_mut() {
        l.truncate(end);
    }
    if let Some(l) = inner.first_mut() {
        let n = start.min(l.len());
        l.drain(..n);
    }
    inner
}

/// Carets say nothing when they would mark a whole statement, or the whole call that is returned or assigned.
fn wants_carets(
    lines: &[Vec<char>],
    start: usize,
    end: usize,
    inner: &[Vec<char>],
    found: Option<Anchors>,
) -> bool {
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    let before: String = first[..start.min(first.len())].iter().collect();
    let after: String = last[end.min(last.len())..].iter().collect();
    if whole_value(&before, &after, inner) {
        return false;
    }
    found.is_some() || !before.trim_start().is_empty() || !after.trim_end().is_empty()
}

fn whole_value(before: &str, after: &str, inner: &[Vec<char>]) -> bool {
    let (mut before, mut after) = (before.trim_end(), after.trim_start());
    while let (Some(b), Some(a)) = (before.strip_suffix('('), after.strip_prefix(')')) {
        before = b.trim_end();
        after = a.trim_start();
    }
    if !(after.is_empty() || after.starts_with('#') || after.starts_with(';')) {
        return false;
    }
    let before = before.trim_start();
    if before == "return" {
        return anchors::is_call(inner, true);
    }
    let Some(target) = before.strip_suffix('=') else {
        return false;
    };
    let target = target.trim_end();
    let name = target.chars().all(|c| c == '_' || c.is_alphanumeric())
        && target.chars().next().is_some_and(|c| !c.is_numeric());
    name && anchors::is_call(inner, false)
}
