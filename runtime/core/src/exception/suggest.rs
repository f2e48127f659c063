//! "Did you mean": the nearest name by CPython's weighted edit distance (`Lib/traceback.py`, `Python/suggestions.c`).

const MOVE: usize = 2;
const CASE: usize = 1;
const MAX_NAMES: usize = 750;
const MAX_LENGTH: usize = 40;

fn substitution(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        CASE
    } else {
        MOVE
    }
}

/// Edit distance, given up beyond `limit`.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let prefix = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return MOVE * (a.len() + b.len());
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE).collect();
    let mut result = 0;
    for (j, y) in b.iter().enumerate() {
        let mut diagonal = j * MOVE;
        result = (j + 1) * MOVE;
        for (i, x) in a.iter().enumerate() {
            let best = (diagonal + substitution(*x, *y)).min(row[i].min(result) + MOVE);
            diagonal = row[i];
            row[i] = best;
            result = best;
        }
    }
    result
}

/// The candidate that a wrong name most likely stood for.
pub fn closest(names: &[String], wrong: &str) -> Option<String> {
    if names.len() >= MAX_NAMES || wrong.chars().count() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, &String)> = None;
    for n in names {
        if n == wrong {
            continue;
        }
        let limit = (n.chars().count() + wrong.chars().count() + 3) * MOVE / 6;
        let limit = best.map_or(limit, |(d, _)| limit.min(d.saturating_sub(1)));
        let d = distance(wrong, n, limit);
        if d <= limit {
            best = Some((d, n));
        }
    }
    best.map(|(_, n)| n.clone())
}
