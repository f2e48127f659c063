//! Where the carets under a source segment change: the operator of a binary operation, the brackets of a subscript or call
//! (PEP 657). The segment is a whole expression, so a scan of its tokens is enough to tell its outermost node.

/// Line and column, both from 0, columns in characters.
pub type Place = (usize, usize);

/// From here to there the second kind of caret is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    pub left: Place,
    pub right: Place,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Name(String),
    /// Numbers and strings.
    Literal,
    Op(String),
    /// A bracketed part with its tokens.
    Group(char, Vec<Token>),
}
#[derive(Clone, Debug, PartialEq)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// The anchors of a segment given as lines; `None` if its outermost node has none.
pub fn find(lines: &[Vec<char>]) -> Option<Anchors> {
    let text: Vec<char> = lines.join(&'\n');
    let tokens = scan_all(&text)?;
    let (left, right) = outermost(&tokens)?;
    // The operator is one or two characters on one line.
    Some(Anchors {
        left: place(&text, left),
        right: place(&text, right),
    })
}

/// Whether the text is exactly one call; `of_name`: of a plain name.
pub fn is_call(lines: &[Vec<char>], of_name: bool) -> bool {
    let text: Vec<char> = lines.join(&'\n');
    let Some(tokens) = scan_all(&text) else {
        return false;
    };
    let called = matches!(tokens.last(), Some(t) if matches!(t.kind, Kind::Group('(', _)));
    if tokens.len() < 2 || !called || outermost(&tokens).is_none() || has_operator(&tokens) {
        return false;
    }
    !of_name || tokens.len() == 2 && matches!(tokens[0].kind, Kind::Name(_))
}

fn has_operator(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|t| matches!(&t.kind, Kind::Op(o) if o != "."))
}

fn place(text: &[char], at: usize) -> Place {
    let before = &text[..at.min(text.len())];
    let line = before.iter().filter(|c| **c == '\n').count();
    let start = before.iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
    (line, before.len() - start)
}

fn scan_all(text: &[char]) -> Option<Vec<Token>> {
    let mut at = 0;
    let tokens = scan(text, &mut at, None, 0)?;
    (at == text.len()).then_some(tokens)
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Tokens up to the closing bracket, which is passed over.
fn scan(text: &[char], at: &mut usize, close: Option<char>, depth: usize) -> Option<Vec<Token>> {
    const OPERATORS: [&str; 24] = [
        "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", ":=", "...", "+", "-", "*", "/", "%",
        "@", "&", "|", "^", "~", "<", ">", "=",
    ];
    if depth > 100 {
        return None;
    }
    let mut out = Vec::new();
    while let Some(&c) = text.get(*at) {
        let start = *at;
        let kind = match c {
            ' ' | '\t' | '\n' | '\r' | '\x0c' => {
                *at += 1;
                continue;
            }
            '\\' => {
                *at += 1;
                continue;
            }
            '#' => {
                while text.get(*at).is_some_and(|c| *c != '\n') {
                    *at += 1;
                }
                continue;
            }
            '(' | '[' | '{' => {
                *at += 1;
                Kind::Group(c, scan(text, at, Some(closing(c)), depth + 1)?)
            }
            ')' | ']' | '}' => {
                if close != Some(c) {
                    return None;
                }
                *at += 1;
                return Some(out);
            }
            '"' | '\'' => {
                *at = skip_string(text, *at, "", depth)?;
                Kind::Literal
            }
            _ if c.is_ascii_digit()
                || c == '.' && text.get(*at + 1).is_some_and(|d| d.is_ascii_digit()) =>
            {
                *at = skip_number(text, *at);
                Kind::Literal
            }
            _ if c == '_' || c.is_alphanumeric() => {
                while text
                    .get(*at)
                    .is_some_and(|c| *c == '_' || c.is_alphanumeric())
                {
                    *at += 1;
                }
                let word: String = text[start..*at].iter().collect();
                let quote = text.get(*at).is_some_and(|c| *c == '"' || *c == '\'');
                let prefix = word.to_ascii_lowercase();
                let prefixes = ["r", "b", "u", "f", "t", "rb", "br", "fr", "rf", "tr", "rt"];
                if quote && prefixes.contains(&prefix.as_str()) {
                    *at = skip_string(text, *at, &prefix, depth)?;
                    Kind::Literal
                } else {
                    Kind::Name(word)
                }
            }
            _ => {
                let rest = &text[*at..];
                let op = OPERATORS
                    .iter()
                    .find(|o| rest.iter().copied().take(o.len()).eq(o.chars()));
                let op = op.map_or(c.to_string(), |o| o.to_string());
                *at += op.chars().count();
                Kind::Op(op)
            }
        };
        out.push(Token {
            kind,
            start,
            end: *at,
        });
    }
    if close.is_some() { None } else { Some(out) }
}

fn skip_number(text: &[char], mut at: usize) -> usize {
    while let Some(&c) = text.get(at) {
        let exponent = (c == '+' || c == '-')
            && matches!(text.get(at - 1), Some('e' | 'E'))
            && !matches!(text.get(at - 2), Some('x' | 'X'));
        if c.is_ascii_alphanumeric() || c == '_' || c == '.' || exponent {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// The end of the string literal whose quotes begin at `at`.
fn skip_string(text: &[char], at: usize, prefix: &str, depth: usize) -> Option<usize> {
    if depth > 100 {
        return None;
    }
    let quote = text[at];
    let triple = text.get(at + 1) == Some(&quote) && text.get(at + 2) == Some(&quote);
    let formatted = prefix.contains('f') || prefix.contains('t');
    let mut i = at + if triple { 3 } else { 1 };
    while let Some(&c) = text.get(i) {
        if c == '\\' {
            i += 2;
        } else if c == quote
            && (!triple || text.get(i + 1) == Some(&quote) && text.get(i + 2) == Some(&quote))
        {
            return Some(i + if triple { 3 } else { 1 });
        } else if formatted && c == '{' && text.get(i + 1) == Some(&'{') {
            i += 2;
        } else if formatted && c == '{' {
            i = skip_field(text, i + 1, depth + 1)?;
        } else {
            i += 1;
        }
    }
    None
}
/// Behind the brace that ends a replacement field.
fn skip_field(text: &[char], mut i: usize, depth: usize) -> Option<usize> {
    let mut open = 1;
    while let Some(&c) = text.get(i) {
        match c {
            '"' | '\'' => {
                let formatted = i > 0 && matches!(text.get(i - 1), Some('f' | 'F' | 't' | 'T'));
                i = skip_string(text, i, if formatted { "f" } else { "" }, depth + 1)?;
                continue;
            }
            '{' | '(' | '[' => open += 1,
            '}' | ')' | ']' => {
                open -= 1;
                if open == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}

fn precedence(op: &str) -> Option<u8> {
    Some(match op {
        "|" => 1,
        "^" => 2,
        "&" => 3,
        "<<" | ">>" => 4,
        "+" | "-" => 5,
        "*" | "/" | "//" | "%" | "@" => 6,
        "**" => 8,
        _ => return None,
    })
}

/// Words that make the node something without anchors, or the segment no expression at all.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "as"
            | "assert"
            | "async"
            | "break"
            | "class"
            | "continue"
            | "def"
            | "del"
            | "elif"
            | "else"
            | "except"
            | "finally"
            | "for"
            | "from"
            | "global"
            | "if"
            | "import"
            | "in"
            | "is"
            | "lambda"
            | "nonlocal"
            | "not"
            | "or"
            | "pass"
            | "raise"
            | "return"
            | "try"
            | "while"
            | "with"
            | "yield"
    )
}

/// Start and end of the part between the anchors.
fn outermost(tokens: &[Token]) -> Option<(usize, usize)> {
    if let [
        Token {
            kind: Kind::Group('(', inner),
            ..
        },
    ] = tokens
    {
        return outermost(inner);
    }
    let mut best: Option<(u8, usize)> = None;
    let (mut want_operand, mut unary_first, mut awaits) = (true, false, false);
    let mut trailer: Option<&Token> = None;
    let mut i = 0;
    while let Some(t) = tokens.get(i) {
        match &t.kind {
            Kind::Name(w) if w == "await" && want_operand => awaits |= i == 0,
            Kind::Name(w) if is_keyword(w) => return None,
            Kind::Name(_) | Kind::Literal if want_operand => {
                want_operand = false;
                trailer = None;
            }
            Kind::Literal => {
                // Adjacent strings are one literal.
                if !matches!(
                    tokens.get(i.wrapping_sub(1)).map(|t| &t.kind),
                    Some(Kind::Literal)
                ) {
                    return None;
                }
            }
            Kind::Name(_) => return None,
            Kind::Group(..) if want_operand => {
                want_operand = false;
                trailer = None;
            }
            Kind::Group('(' | '[', _) => trailer = Some(t),
            Kind::Group(..) => return None,
            Kind::Op(o) if want_operand => match o.as_str() {
                "+" | "-" | "~" => unary_first |= i == 0,
                "..." => {
                    want_operand = false;
                    trailer = None;
                }
                _ => return None,
            },
            Kind::Op(o) if o == "." => {
                if !matches!(tokens.get(i + 1).map(|t| &t.kind), Some(Kind::Name(_))) {
                    return None;
                }
                i += 1;
                trailer = None;
            }
            Kind::Op(o) => {
                let p = precedence(o)?;
                // Left to right: the last of the weakest operators; powers group from the right.
                if best.is_none_or(|(b, _)| if p == 8 { p < b } else { p <= b }) {
                    best = Some((p, i));
                }
                want_operand = true;
            }
        }
        i += 1;
    }
    if want_operand {
        return None;
    }
    if let Some((p, i)) = best {
        if p == 8 && unary_first {
            return None;
        }
        let start = tokens[i].start;
        let mut end = start + 1;
        if tokens[i].end > end || end < operand_start(&tokens[i + 1..]) && touches(tokens, i) {
            end += 1;
        }
        return Some((start, end));
    }
    if unary_first || awaits {
        return None;
    }
    let t = trailer?;
    Some((t.start, tokens.last()?.end))
}

/// Whether the character behind a one-character operator is part of the next token.
fn touches(tokens: &[Token], i: usize) -> bool {
    tokens.get(i + 1).is_some_and(|t| t.start == tokens[i].end)
}

/// Where the node of an operand begins: parentheses around it do not belong to it, unless they make a tuple or a generator.
fn operand_start(tokens: &[Token]) -> usize {
    match tokens {
        [
            Token {
                kind: Kind::Group('(', inner),
                start,
                ..
            },
        ] => {
            let own = inner.is_empty()
                || inner.iter().any(|t| match &t.kind {
                    Kind::Op(o) => o == ",",
                    Kind::Name(n) => n == "for",
                    _ => false,
                });
            if own { *start } else { operand_start(inner) }
        }
        [first, ..] => first.start,
        [] => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(s: &str) -> Option<(Place, Place)> {
        let lines: Vec<Vec<char>> = s.split('\n').map(|l| l.chars().collect()).collect();
        find(&lines).map(|a| (a.left, a.right))
    }

    #[test]
    fn nodes() {
        assert_eq!(anchors("a + b"), Some(((0, 2), (0, 3))));
        assert_eq!(anchors("a//b"), Some(((0, 1), (0, 3))));
        assert_eq!(anchors("a*(b)"), Some(((0, 1), (0, 3))));
        assert_eq!(anchors("a*(b,)"), Some(((0, 1), (0, 2))));
        assert_eq!(anchors("a - b * c - d"), Some(((0, 10), (0, 11))));
        assert_eq!(anchors("a ** b ** c"), Some(((0, 2), (0, 4))));
        assert_eq!(anchors("-a ** b"), None);
        assert_eq!(anchors("-a * b"), Some(((0, 3), (0, 4))));
        assert_eq!(anchors("f(x)[1]"), Some(((0, 4), (0, 7))));
        assert_eq!(anchors("f(x)(\n1)"), Some(((0, 4), (1, 2))));
        assert_eq!(anchors("a.b"), None);
        assert_eq!(anchors("f'{a + \"]\"}' 'x'[0]"), Some(((0, 16), (0, 19))));
        assert_eq!(anchors("x if y else z + 1"), None);
        assert_eq!(anchors("raise ValueError(1)"), None);
        assert_eq!(anchors("a < b"), None);
        assert_eq!(anchors("await f(x)"), None);
    }
}
