//! Docstring indentation: what the compiler strips from a docstring's lines.

use pyjit_isa::code::Const;

/// Expands tabs and removes the margin common to all lines after the first.
pub(super) fn clean(value: Const) -> Const {
    match value {
        Const::Str(text) => {
            let points: Vec<u32> = text.chars().map(u32::from).collect();
            match clean_points(&points) {
                Some(points) => Const::Str(points.into_iter().filter_map(char::from_u32).collect()),
                None => Const::Str(text),
            }
        }
        Const::Surrogates(points) => match clean_points(&points) {
            Some(cleaned) => Const::Surrogates(cleaned),
            None => Const::Surrogates(points),
        },
        other => other,
    }
}

const NEWLINE: u32 = b'\n' as u32;
const SPACE: u32 = b' ' as u32;
const TAB: u32 = b'\t' as u32;

/// `None` when nothing changes.
fn clean_points(points: &[u32]) -> Option<Vec<u32>> {
    let text: Vec<u32> = if points.contains(&TAB) {
        let mut column = 0;
        let mut expanded = Vec::with_capacity(points.len());
        for &point in points {
            if point == TAB {
                let width = 8 - column % 8;
                expanded.extend(std::iter::repeat_n(SPACE, width));
                column += width;
            } else {
                expanded.push(point);
                column = if point == NEWLINE || point == u32::from(b'\r') {
                    0
                } else {
                    column + 1
                };
            }
        }
        expanded
    } else {
        points.to_vec()
    };
    let mut lines = text.split(|&point| point == NEWLINE);
    let first = lines.next().unwrap_or(&[]);
    let indent = |line: &[u32]| line.iter().take_while(|&&point| point == SPACE).count();
    let margin = lines
        .clone()
        .filter(|line| indent(line) < line.len())
        .map(indent)
        .min()
        .unwrap_or(0);
    let mut cleaned: Vec<u32> = first
        .iter()
        .copied()
        .skip_while(|&point| point == SPACE)
        .collect();
    for line in lines {
        cleaned.push(NEWLINE);
        cleaned.extend(&line[indent(line).min(margin)..]);
    }
    (cleaned != points).then_some(cleaned)
}
