//! A lexer of Rust just good enough to tell code from comments and literals, line by line, so that
//! a check for a word in code does not trip over the same word in a string. Called by `tidy.rs`.

/// Source lines with the contents of comments and literals blanked out.
pub fn code_lines(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = skip(&chars, i);
        if end == i {
            out.push(chars[i]);
            i += 1;
        } else {
            out.extend(
                chars[i..end]
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            i = end;
        }
    }
    out.lines().map(str::to_owned).collect()
}

/// Where the comment or literal that starts at `at` ends, or `at` when none starts.
fn skip(chars: &[char], at: usize) -> usize {
    let next = |offset: usize| chars.get(at + offset).copied();
    let word_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match chars[at] {
        '/' if next(1) == Some('/') => find(chars, at, &['\n']),
        '/' if next(1) == Some('*') => block_comment(chars, at),
        '"' => quoted(chars, at + 1),
        'r' | 'b' | 'c' if !word_before => prefixed(chars, at),
        '\'' => character(chars, at),
        _ => at,
    }
}

/// The place of `what` from `at` on, or the end.
fn find(chars: &[char], at: usize, what: &[char]) -> usize {
    let found = chars[at..]
        .windows(what.len().max(1))
        .position(|window| window == what);
    found.map_or(chars.len(), |offset| at + offset)
}

fn block_comment(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0, at);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

/// The end of a string whose contents start at `at`.
fn quoted(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Raw, byte and C strings: `r"…"`, `br#"…"#`, `b"…"`, `b'…'`.
fn prefixed(chars: &[char], start: usize) -> usize {
    let mut at = start;
    while at < chars.len() && at - start < 2 && matches!(chars[at], 'r' | 'b' | 'c') {
        at += 1;
    }
    let raw = chars[start..at].contains(&'r');
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    match chars.get(at + hashes) {
        Some('"') if raw => {
            let mut close = vec!['"'];
            close.extend(std::iter::repeat_n('#', hashes));
            (find(chars, at + hashes + 1, &close) + close.len()).min(chars.len())
        }
        Some('"') if hashes == 0 => quoted(chars, at + 1),
        Some('\'') if hashes == 0 && chars[start] == 'b' => character(chars, at).max(start),
        _ => start,
    }
}

/// A character literal, told from a lifetime by its closing quote.
fn character(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), Some(_)) => (find(chars, at + 3, &['\'']) + 1).min(chars.len()),
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// True when `word` stands in `line` as a whole word.
pub fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(part)
            && !line[at + word.len()..].chars().next().is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_comments_are_blank() {
        let text = "let a = \"unsafe \\\" {\"; // unsafe\n/* unsafe /* x */ */ unsafe { b'\\'' }\n";
        let lines = code_lines(text);
        assert!(!has_word(&lines[0], "unsafe"));
        assert_eq!(lines[1].matches("unsafe").count(), 1);
        assert!(lines[1].ends_with('}'));
    }

    #[test]
    fn raw_strings_and_lifetimes() {
        let lines =
            code_lines("fn f<'a>(x: &'a str) { r#\"dbg!\"quote\"#; 'x'; '\\n'; br\"todo!\" }");
        assert!(lines[0].contains("fn f<'a>(x: &'a str)") && !lines[0].contains('!'));
        assert!(lines[0].ends_with('}'));
        assert!(!has_word("unsafe_code", "unsafe"));
    }
}
