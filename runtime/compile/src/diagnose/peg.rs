//! Interprets the grammar over the tokens of a rejected program, the way CPython's parser does: once plainly, then again
//! with the productions for common mistakes. What is wanted is the error, so no tree is kept beyond what messages need.

use std::collections::HashMap;
use std::rc::Rc;

use super::rules::{Action, Alternative, Item, NodeKind, Rule, Rules};
use super::tokens::{Kind, Lexer, Stop, Token};
use crate::errors::{ErrorKind, SyntaxError};

/// Part of a program that matched something.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: NodeKind,
    /// First and last token.
    pub first: usize,
    pub last: usize,
    pub parts: Vec<Rc<Node>>,
}

type Found = Option<Rc<Node>>;
type Memo = HashMap<(usize, usize, bool), (Found, usize)>;

/// State of the interpreter.
pub(super) struct Parser<'a> {
    pub lexer: Lexer<'a>,
    rules: &'static Rules,
    pub at: usize,
    /// How many tokens have been looked at.
    pub fill: usize,
    /// Looking for mistakes.
    searching: bool,
    memo: Memo,
    pub error: Option<SyntaxError>,
    plain: usize,
    /// Rules being matched.
    depth: usize,
}

/// The error of a program, or `None` when the grammar finds nothing wrong with it.
pub(super) fn find_error(
    lexer: Lexer<'_>,
    start: &str,
    allow_incomplete: bool,
) -> Option<SyntaxError> {
    let rules = Rules::get();
    let mut parser = Parser {
        lexer,
        rules,
        at: 0,
        fill: 0,
        searching: false,
        memo: HashMap::new(),
        error: None,
        plain: rules.find("plain_expression"),
        depth: 0,
    };
    let interactive = start == "interactive";
    let start = rules.find(start);
    if parser.rule(start).is_some() && parser.error.is_none() {
        if interactive && parser.more_follows() {
            let message = "multiple statements found while compiling a single statement";
            parser.raise_here(ErrorKind::Syntax, message);
        }
        return parser.error;
    }
    if allow_incomplete && parser.last_filled().at_eof {
        parser.error = None;
        parser.raise_here(ErrorKind::Incomplete, "incomplete input");
        return parser.error;
    }
    if parser.error.is_none() {
        let last = parser.fill.saturating_sub(1);
        parser.at = 0;
        parser.searching = true;
        parser.memo.clear();
        parser.rule(start);
        if parser.error.is_none() {
            return parser.generic_error(last);
        }
    }
    if parser.last_filled().kind != Kind::Error {
        parser.after_error()
    } else {
        parser.error
    }
}

impl<'a> Parser<'a> {
    pub fn token(&self, at: usize) -> Token {
        self.lexer
            .tokens
            .get(at)
            .or(self.lexer.tokens.last())
            .cloned()
            .unwrap_or(Token {
                kind: Kind::End,
                start: 0,
                end: 0,
                line: 0,
                col: -1,
                end_line: 0,
                end_col: -1,
                level: 0,
                after_line: 0,
                after_col: 0,
                at_eof: true,
                after: 0,
            })
    }

    pub fn last_filled(&self) -> Token {
        self.token(self.fill.saturating_sub(1))
    }

    /// The token at the current place; reading it may be what reports the tokenizer's error.
    fn current(&mut self) -> Option<Token> {
        if self.error.is_some() {
            return None;
        }
        let token = self.token(self.at);
        self.fill = self.fill.max((self.at + 1).min(self.lexer.tokens.len()));
        if token.kind == Kind::Error {
            self.tokenizer_error();
            return None;
        }
        Some(token)
    }

    fn tokenizer_error(&mut self) {
        let line = self.lexer.line;
        let (kind, col, message) = match self.lexer.stop.clone() {
            Stop::Raised(error) => {
                self.error = Some(*error);
                return;
            }
            Stop::Done | Stop::Eof if !self.lexer.brackets.is_empty() => return self.unclosed(),
            Stop::Done | Stop::Eof => {
                return self.raise_here(ErrorKind::Syntax, "unexpected EOF while parsing");
            }
            Stop::Dedent => {
                let message = "unindent does not match any outer indentation level";
                return self.raise_here(ErrorKind::Indentation, message);
            }
            Stop::TabSpace => (
                ErrorKind::Tab,
                0,
                "inconsistent use of tabs and spaces in indentation",
            ),
            Stop::TooDeep => (ErrorKind::Indentation, 0, "too many levels of indentation"),
            Stop::LineContinuation => {
                let col = (self.lexer.cur - self.lexer.buffer_start) as i32 - 1;
                (
                    ErrorKind::Syntax,
                    col,
                    "unexpected character after line continuation character",
                )
            }
        };
        self.raise_at(kind, (line, col + 1), (line, 0), message);
    }

    fn unclosed(&mut self) {
        if let Some(open) = self.lexer.brackets.last().copied() {
            let message = format!("'{}' was never closed", open.byte as char);
            self.raise_at(
                ErrorKind::Syntax,
                (open.line, open.col + 1),
                (open.line, 0),
                &message,
            );
        }
    }

    /// The error when no production explains the failure.
    fn generic_error(mut self, last: usize) -> Option<SyntaxError> {
        let token = self.token(last);
        match token.kind {
            Kind::Indent => self.raise_here(ErrorKind::Indentation, "unexpected indent"),
            Kind::Dedent => self.raise_here(ErrorKind::Indentation, "unexpected unindent"),
            _ => {
                let (start, end) = (
                    (token.line, token.col + 1),
                    (token.end_line, token.end_col + 1),
                );
                self.raise_at(ErrorKind::Syntax, start, end, "invalid syntax");
                return self.after_error();
            }
        }
        self.error
    }

    /// An error of the tokenizer further on is preferred, unless it lies in an f-string; so is a bracket left open
    /// before the line of the error.
    fn after_error(mut self) -> Option<SyntaxError> {
        let broken = self
            .lexer
            .tokens
            .last()
            .is_some_and(|token| token.kind == Kind::Error);
        if broken && self.lexer.modes.is_empty() {
            if let Stop::Raised(error) = &self.lexer.stop {
                return Some((**error).clone());
            }
            let line = self.last_filled().line;
            if self
                .lexer
                .brackets
                .last()
                .is_some_and(|open| line > open.line)
            {
                self.error = None;
                self.unclosed();
            }
        }
        self.error.take()
    }

    /// Whether anything but comments stands after the tokens read.
    fn more_follows(&self) -> bool {
        let rest = self
            .lexer
            .input
            .get(self.last_filled().after..)
            .unwrap_or_default();
        let mut lines = rest.split(|&byte| byte == b'\n');
        lines.any(|line| {
            let first = line
                .iter()
                .find(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'));
            first.is_some_and(|&byte| byte != b'#')
        })
    }

    // Matching.

    fn rule(&mut self, number: usize) -> Found {
        self.depth += 1;
        let found = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.rule_inner(number));
        self.depth -= 1;
        found
    }

    fn rule_inner(&mut self, number: usize) -> Found {
        let rule: &'static Rule = self.rules.rules.get(number)?;
        if self.error.is_some() || rule.wrong && !self.searching {
            return None;
        }
        let key = (number, self.at, self.searching || rule.shared);
        if let Some((found, end)) = self.memo.get(&key) {
            let (found, end) = (found.clone(), *end);
            self.at = end;
            return found;
        }
        if rule.left_recursive {
            return self.grow(rule, key);
        }
        let searching = self.searching;
        if number == self.plain {
            self.searching = false;
        }
        let found = self.alternatives(&rule.alternatives);
        self.searching = searching;
        self.memo.insert(key, (found.clone(), self.at));
        found
    }

    /// Matches a left-recursive rule: each round may use what the round before found.
    fn grow(&mut self, rule: &'static Rule, key: (usize, usize, bool)) -> Found {
        let start = self.at;
        let (mut best, mut end) = (None, start);
        loop {
            self.memo.insert(key, (best.clone(), end));
            self.at = start;
            let found = self.alternatives(&rule.alternatives);
            if self.error.is_some() {
                return None;
            }
            if found.is_none() || self.at <= end && best.is_some() {
                break;
            }
            (best, end) = (found, self.at);
        }
        self.memo.insert(key, (best.clone(), end));
        self.at = end;
        best
    }

    fn alternatives(&mut self, alternatives: &'static [Alternative]) -> Found {
        let start = self.at;
        for alternative in alternatives {
            let mut parts = Vec::with_capacity(alternative.items.len());
            let mut cut = false;
            let mut matched = true;
            for item in &alternative.items {
                if matches!(item, Item::Cut) {
                    cut = true;
                    parts.push(self.nothing());
                    continue;
                }
                match self.item(item) {
                    Some(part) => parts.push(part),
                    None => {
                        matched = false;
                        break;
                    }
                }
            }
            if self.error.is_some() {
                return None;
            }
            if matched && let Some(node) = self.act(alternative, start, parts) {
                return Some(node);
            }
            if self.error.is_some() {
                return None;
            }
            self.at = start;
            if cut {
                return None;
            }
        }
        None
    }

    fn nothing(&self) -> Rc<Node> {
        Rc::new(Node {
            kind: NodeKind::Nothing,
            first: self.at,
            last: self.at,
            parts: Vec::new(),
        })
    }

    pub fn node(&self, kind: NodeKind, first: usize, parts: Vec<Rc<Node>>) -> Rc<Node> {
        let mut last = self.at.max(first + 1) - 1;
        while last > first
            && matches!(
                self.token(last).kind,
                Kind::Newline | Kind::Indent | Kind::Dedent | Kind::End
            )
        {
            last -= 1;
        }
        Rc::new(Node {
            kind,
            first,
            last,
            parts,
        })
    }

    fn act(
        &mut self,
        alternative: &'static Alternative,
        first: usize,
        mut parts: Vec<Rc<Node>>,
    ) -> Found {
        match &alternative.action {
            Action::Default => {
                let mut real =
                    alternative.items.iter().enumerate().filter(|(_, item)| {
                        !matches!(item, Item::Ahead(_) | Item::Not(_) | Item::Cut)
                    });
                match (real.next(), real.next()) {
                    (Some((only, _)), None) if only < parts.len() => Some(parts.swap_remove(only)),
                    _ => Some(self.node(NodeKind::Seq, first, parts)),
                }
            }
            Action::Take(number) => parts.get(*number).cloned(),
            Action::Node(kind) => Some(self.node(*kind, first, parts)),
            Action::Raise(place, message) => {
                self.raise(*place, message, &parts);
                None
            }
            Action::InvalidTarget(targets, number) => {
                self.invalid_target(*targets, parts.get(*number)?);
                None
            }
            Action::Check(check, numbers) => self.check(check, numbers, first, parts),
        }
    }

    fn accept(&mut self, wanted: impl FnOnce(&Token, &str) -> bool) -> Found {
        let token = self.current()?;
        if !wanted(&token, self.lexer.text(&token)) {
            return None;
        }
        let node = Node {
            kind: NodeKind::Token,
            first: self.at,
            last: self.at,
            parts: Vec::new(),
        };
        self.at += 1;
        Some(Rc::new(node))
    }

    fn item(&mut self, item: &'static Item) -> Found {
        if self.error.is_some() {
            return None;
        }
        let start = self.at;
        match item {
            Item::Literal(text) => self.accept(|token, found| {
                matches!(token.kind, Kind::Op | Kind::Keyword) && found == *text
            }),
            Item::Soft(text) => {
                self.accept(|token, found| token.kind == Kind::Name && found == *text)
            }
            Item::Token(kind) => self.accept(|token, _| token.kind == *kind),
            Item::AnySoft => self.accept(|token, found| {
                token.kind == Kind::Name && matches!(found, "_" | "case" | "match" | "type")
            }),
            Item::Rule(number) => self.rule(*number),
            Item::Group(alternatives) => self.alternatives(alternatives),
            Item::Optional(inner) => match self.item(inner) {
                Some(node) => Some(node),
                None if self.error.is_some() => None,
                None => {
                    self.at = start;
                    Some(self.nothing())
                }
            },
            Item::Repeat(inner, least) => {
                let mut parts = Vec::new();
                loop {
                    let before = self.at;
                    match self.item(inner) {
                        Some(part) if self.at > before => {
                            parts.push(part);
                            if self.depth == 1 {
                                // A whole statement: nothing before this place will be tried again.
                                self.memo.clear();
                                parts.clear();
                                parts.push(self.nothing());
                            }
                        }
                        _ => {
                            self.at = before;
                            break;
                        }
                    }
                }
                if self.error.is_some() || parts.len() < *least {
                    return None;
                }
                Some(self.node(NodeKind::Seq, start, parts))
            }
            Item::Separated(inner, separator) => {
                let mut parts = vec![self.item(inner)?];
                loop {
                    let before = self.at;
                    if self.item(separator).is_some()
                        && let Some(part) = self.item(inner)
                    {
                        parts.push(part);
                        continue;
                    }
                    self.at = before;
                    break;
                }
                if self.error.is_some() {
                    None
                } else {
                    Some(self.node(NodeKind::Seq, start, parts))
                }
            }
            Item::Ahead(inner) => {
                let found = self.item(inner);
                self.at = start;
                found.map(|_| self.nothing())
            }
            Item::Not(inner) => {
                let found = self.item(inner);
                self.at = start;
                if found.is_some() || self.error.is_some() {
                    None
                } else {
                    Some(self.nothing())
                }
            }
            Item::Force(inner) => {
                let found = self.item(inner);
                if found.is_none() && self.error.is_none() {
                    let token = self.token(self.at);
                    let wanted = if let Item::Literal(text) = &**inner {
                        text
                    } else {
                        ""
                    };
                    let (start, end) = (
                        (token.line, token.col + 1),
                        (token.end_line, token.end_col + 1),
                    );
                    self.raise_at(
                        ErrorKind::Syntax,
                        start,
                        end,
                        &format!("expected '{wanted}'"),
                    );
                }
                found
            }
            Item::Cut => Some(self.nothing()),
        }
    }
}
