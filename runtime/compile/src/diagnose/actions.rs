//! What the productions for mistakes do when they match: build CPython's message and put it where CPython does.

use std::rc::Rc;

use super::peg::{Node, Parser};
use super::rules::{NodeKind, Place, Targets};
use super::tokens::Kind;
use crate::errors::{ErrorKind, SyntaxError};
use crate::escapes;

impl Parser<'_> {
    /// Raises at columns that count from 1 in bytes; 0 and -1 are kept as they are.
    pub fn raise_at(
        &mut self,
        kind: ErrorKind,
        (line, col): (u32, i32),
        (end_line, end_col): (u32, i32),
        message: &str,
    ) {
        if self.error.is_some() {
            return;
        }
        let whole = self.line(line);
        let text = if self.last_filled().after_line <= line {
            whole
        } else {
            whole.trim_end_matches('\n')
        };
        let characters = |col: i32| -> i32 {
            if col <= 0 {
                return col;
            }
            let upto = (col as usize).min(text.len() + 1);
            let beyond = upto.saturating_sub(text.len());
            let bytes = text.as_bytes().get(..upto - beyond).unwrap_or_default();
            String::from_utf8_lossy(bytes).chars().count() as i32 + beyond as i32
        };
        self.error = Some(SyntaxError {
            kind,
            msg: message.to_string(),
            filename: self.lexer.source.filename().to_string(),
            line,
            col: characters(col),
            end_line,
            end_col: characters(end_col),
            text: Some(text.to_string()),
        });
    }

    fn line(&self, line: u32) -> &str {
        let mut lines = self.lexer.input.split_inclusive(|&byte| byte == b'\n');
        let found = lines
            .nth((line as usize).saturating_sub(1))
            .unwrap_or_default();
        std::str::from_utf8(found).unwrap_or_default()
    }

    fn raise_token(&mut self, kind: ErrorKind, at: usize, message: &str) {
        let token = self.token(at);
        let col = if token.col == -1 {
            token.after_col
        } else {
            token.col + 1
        };
        let end_col = if token.end_col == -1 {
            -1
        } else {
            token.end_col + 1
        };
        self.raise_at(kind, (token.line, col), (token.end_line, end_col), message);
    }

    /// Raises at the last token read.
    pub fn raise_here(&mut self, kind: ErrorKind, message: &str) {
        self.raise_token(kind, self.fill.saturating_sub(1), message);
    }

    fn raise_nodes(&mut self, from: &Node, to: &Node, message: &str) {
        let (first, last) = (self.token(from.first), self.token(to.last));
        let (start, end) = (
            (first.line, first.col + 1),
            (last.end_line, last.end_col + 1),
        );
        self.raise_at(ErrorKind::Syntax, start, end, message);
    }

    pub fn raise(&mut self, place: Place, message: &str, parts: &[Rc<Node>]) {
        let subject = match place {
            Place::At(n) | Place::Range(n, _) | Place::From(n) | Place::Indent(n) => parts.get(n),
            Place::Here | Place::Next => parts.first(),
        };
        let Some(subject) = subject.cloned() else {
            return;
        };
        let mut message = message.replace("\\\"", "\"");
        if message.contains('%') {
            let line = self.token(subject.first).line.to_string();
            message = message
                .replace("%e", self.describe(&subject))
                .replace("%t", &self.text(&subject))
                .replace("%l", &line);
        }
        match place {
            Place::At(_) => self.raise_nodes(&subject, &subject, &message),
            Place::Range(_, last) => {
                if let Some(last) = parts.get(last).cloned() {
                    self.raise_nodes(&subject, &last, &message);
                }
            }
            Place::From(_) => {
                let token = self.token(subject.first);
                let last = self.last_filled();
                let end = (last.after_line, last.after_col);
                self.raise_at(
                    ErrorKind::Syntax,
                    (token.line, token.col + 1),
                    end,
                    &message,
                );
            }
            Place::Here => self.raise_here(ErrorKind::Syntax, &message),
            Place::Next => self.raise_token(ErrorKind::Syntax, self.at, &message),
            Place::Indent(_) => self.raise_here(ErrorKind::Indentation, &message),
        }
    }

    fn text(&self, node: &Node) -> String {
        self.lexer.text(&self.token(node.first)).to_string()
    }

    /// What an expression is called in messages.
    fn describe(&self, node: &Node) -> &'static str {
        match node.kind {
            NodeKind::Name => "name",
            NodeKind::True => "True",
            NodeKind::False => "False",
            NodeKind::None => "None",
            NodeKind::Ellipsis => "ellipsis",
            NodeKind::Tuple => "tuple",
            NodeKind::List => "list",
            NodeKind::Set => "set display",
            NodeKind::Dict => "dict literal",
            NodeKind::Starred => "starred",
            NodeKind::Call => "function call",
            NodeKind::Attribute => "attribute",
            NodeKind::Subscript => "subscript",
            NodeKind::Operation => "expression",
            NodeKind::Comparison => "comparison",
            NodeKind::Conditional => "conditional expression",
            NodeKind::Named => "named expression",
            NodeKind::Lambda => "lambda",
            NodeKind::Yield => "yield expression",
            NodeKind::Await => "await expression",
            NodeKind::Generator => "generator expression",
            NodeKind::ListComp => "list comprehension",
            NodeKind::SetComp => "set comprehension",
            NodeKind::DictComp => "dict comprehension",
            NodeKind::FString => "f-string expression",
            NodeKind::TString => "t-string expression",
            NodeKind::Token if self.token(node.first).kind == Kind::Name => "name",
            _ => "literal",
        }
    }

    pub fn invalid_target(&mut self, targets: Targets, node: &Rc<Node>) {
        let Some(bad) = self.find_invalid(targets, node) else {
            return;
        };
        let verb = if targets == Targets::Del {
            "delete"
        } else {
            "assign to"
        };
        let message = format!("cannot {verb} {}", self.describe(&bad));
        self.raise_nodes(&bad, &bad, &message);
    }

    fn find_invalid(&self, targets: Targets, node: &Rc<Node>) -> Option<Rc<Node>> {
        match node.kind {
            NodeKind::Tuple | NodeKind::List => members(node)
                .iter()
                .find_map(|member| self.find_invalid(targets, member)),
            NodeKind::Starred if targets != Targets::Del => {
                self.find_invalid(targets, node.parts.get(1)?)
            }
            NodeKind::Comparison if targets == Targets::For => {
                // `a in b` of a `for` is read as a comparison: its left side is the target.
                let pair = node.parts.get(1)?.parts.first()?;
                if self.text(pair) == "in" {
                    self.find_invalid(targets, node.parts.first()?)
                } else {
                    None
                }
            }
            NodeKind::Name | NodeKind::Subscript | NodeKind::Attribute => None,
            NodeKind::Token if self.token(node.first).kind == Kind::Name => None,
            _ => Some(node.clone()),
        }
    }

    /// The checks that alternatives name.
    pub fn check(
        &mut self,
        check: &str,
        numbers: &[usize],
        first: usize,
        parts: Vec<Rc<Node>>,
    ) -> Option<Rc<Node>> {
        let part = |number: usize| parts.get(number).cloned();
        match check {
            "clauses" => {
                let from = part(*numbers.first()?)?;
                let to = last_of_clauses(&part(*numbers.get(1)?)?)?;
                self.raise_nodes(&from, &to, "Generator expression must be parenthesized");
            }
            "bare_generator" => {
                let (positional, _) = arguments(&part(0)?);
                if positional.len() > 1 {
                    let to = last_of_clauses(&part(1)?)?;
                    self.raise_nodes(
                        positional.last()?,
                        &to,
                        "Generator expression must be parenthesized",
                    );
                }
            }
            "argument_order" => {
                let (_, unpacking) = arguments(&part(0)?);
                let tail = if unpacking { " unpacking" } else { "" };
                let message = format!("positional argument follows keyword argument{tail}");
                self.raise_here(ErrorKind::Syntax, &message);
            }
            "legacy" => {
                let name = self.text(&*part(0)?);
                if matches!(name.as_str(), "print" | "exec") {
                    let message = format!(
                        "Missing parentheses in call to '{name}'. Did you mean {name}(...)?"
                    );
                    self.raise_nodes(&*part(0)?, &*part(2)?, &message);
                }
            }
            "missing_comma" => {
                let (left, right) = (part(1)?, part(2)?);
                let legacy = left.kind == NodeKind::Name
                    && matches!(self.text(&left).as_str(), "print" | "exec");
                if !legacy && self.token(self.at.saturating_sub(1)).level > 0 {
                    self.raise_nodes(&left, &right, "invalid syntax. Perhaps you forgot a comma?");
                }
            }
            "part_of_string" => {
                let inside = part(1)?;
                let (from, to) = (inside.parts.first()?.clone(), inside.parts.last()?.clone());
                self.raise_nodes(
                    &from,
                    &to,
                    "invalid syntax. Is this intended to be part of the string?",
                );
            }
            "type_var_tuple_bound" | "param_spec_bound" => {
                let of = if check == "param_spec_bound" {
                    "ParamSpec"
                } else {
                    "TypeVarTuple"
                };
                let what = if part(3)?.kind == NodeKind::Tuple {
                    "constraints"
                } else {
                    "bound"
                };
                self.raise(
                    Place::From(2),
                    &format!("cannot use {what} with {of}"),
                    &parts,
                );
            }
            "comprehension_target" => {
                let last = members(&part(3)?).last()?.clone();
                let message = "did you forget parentheses around the comprehension target?";
                self.raise_nodes(&*part(1)?, &last, message);
            }
            "missing_value" => {
                let (start, end) = {
                    let key = part(0)?;
                    (self.token(key.first), self.token(key.last))
                };
                let message = "':' expected after dictionary key";
                self.raise_at(
                    ErrorKind::Syntax,
                    (start.line, end.end_col),
                    (end.end_line, 0),
                    message,
                );
            }
            "pattern_order" => {
                let late = part(2)?;
                let (from, to) = (late.parts.first()?.clone(), late.parts.last()?.clone());
                self.raise_nodes(&from, &to, "positional patterns follow keyword patterns");
            }
            "mixed_template" => {
                let last = part(0)?.parts.last()?.clone();
                let message = "cannot mix t-string literals with string or bytes literals";
                self.raise_nodes(&last, &*part(1)?, message);
            }
            "real_number" | "imaginary_number" => {
                let number = part(0)?;
                let imaginary = self.text(&number).ends_with(['j', 'J']);
                if imaginary == (check == "real_number") {
                    let which = if imaginary { "real" } else { "imaginary" };
                    let message = format!("{which} number required in complex literal");
                    self.raise_nodes(&number, &number, &message);
                    return None;
                }
                return Some(number);
            }
            "conversion" => return self.conversion(first, parts),
            "string" => return self.string(first, parts),
            "fstring" => return self.fstring(first, parts),
            "middle" => return self.middle(first, parts),
            "strings" => return self.strings(first, parts),
            _ => {}
        }
        None
    }

    fn conversion(&mut self, first: usize, parts: Vec<Rc<Node>>) -> Option<Rc<Node>> {
        let (mark, name) = (parts.first()?.clone(), parts.get(1)?.clone());
        let string = self
            .lexer
            .tokens
            .iter()
            .take(first)
            .rev()
            .find_map(|token| match token.kind {
                Kind::FStart => Some('f'),
                Kind::TStart => Some('t'),
                _ => None,
            });
        let letter = string.unwrap_or('f');
        let (before, after) = (self.token(mark.first), self.token(name.first));
        if before.end != after.start {
            let message = format!(
                "{letter}-string: conversion type must come right after the exclamation mark"
            );
            self.raise_nodes(&mark, &name, &message);
            return None;
        }
        let text = self.text(&name);
        if !matches!(text.as_str(), "s" | "r" | "a") {
            let message = format!(
                "{letter}-string: invalid conversion character '{text}': expected 's', 'r', or 'a'"
            );
            self.raise_nodes(&name, &name, &message);
            return None;
        }
        Some(self.node(NodeKind::Seq, first, parts))
    }

    /// A string token: its value must exist.
    fn string(&mut self, first: usize, parts: Vec<Rc<Node>>) -> Option<Rc<Node>> {
        let token = self.token(first);
        let text = self.lexer.text(&token).to_string();
        let quote = text.find(['\'', '"'])?;
        let prefix = text[..quote].to_ascii_lowercase();
        let size = if text[quote..].starts_with("'''") || text[quote..].starts_with("\"\"\"") {
            3
        } else {
            1
        };
        let contents = text
            .get(quote + size..text.len().saturating_sub(size))
            .unwrap_or("");
        let bytes = prefix.contains('b');
        if bytes && !contents.is_ascii() {
            let node = parts.first()?.clone();
            self.raise_nodes(
                &node,
                &node,
                "bytes can only contain ASCII literal characters",
            );
            return None;
        }
        if !prefix.contains('r')
            && let Some(problem) = escapes::decoding_error(contents, bytes)
        {
            self.raise_here(ErrorKind::Syntax, &problem);
            return None;
        }
        Some(self.node(NodeKind::Literal, first, parts))
    }

    /// A whole f-string or t-string: its literal parts must have values.
    fn fstring(&mut self, first: usize, parts: Vec<Rc<Node>>) -> Option<Rc<Node>> {
        let raw = self.text(parts.first()?).contains(['r', 'R']);
        for part in parts
            .get(1)?
            .parts
            .iter()
            .filter(|part| part.kind == NodeKind::Token)
        {
            self.check_middle(part, raw)?;
        }
        let template = self.token(first).kind == Kind::TStart;
        Some(self.node(
            if template {
                NodeKind::TString
            } else {
                NodeKind::FString
            },
            first,
            parts,
        ))
    }

    fn check_middle(&mut self, part: &Node, raw: bool) -> Option<()> {
        let mut text = self.text(part);
        let backslashes = text.len() - text.trim_end_matches('\\').len();
        if backslashes % 2 == 1 {
            // One before a replacement field escapes nothing.
            text.pop();
        }
        if !raw && let Some(problem) = escapes::decoding_error(&text, false) {
            self.raise_nodes(part, part, &problem);
            return None;
        }
        Some(())
    }

    /// Literal text in a format specification.
    fn middle(&mut self, first: usize, parts: Vec<Rc<Node>>) -> Option<Rc<Node>> {
        let mut closed = 0;
        let mut raw = false;
        for token in self.lexer.tokens.iter().take(first).rev() {
            match token.kind {
                Kind::FEnd | Kind::TEnd => closed += 1,
                Kind::FStart | Kind::TStart if closed > 0 => closed -= 1,
                Kind::FStart | Kind::TStart => {
                    raw = self.lexer.text(token).contains(['r', 'R']);
                    break;
                }
                _ => {}
            }
        }
        let part = parts.first()?.clone();
        self.check_middle(&part, raw)?;
        Some(self.node(NodeKind::Literal, first, parts))
    }

    fn strings(&mut self, first: usize, parts: Vec<Rc<Node>>) -> Option<Rc<Node>> {
        let pieces = &parts.first()?.parts;
        let is_bytes = |node: &Rc<Node>| {
            let text = self.text(node);
            let prefix = text.split(['\'', '"']).next().unwrap_or("");
            node.kind == NodeKind::Literal && prefix.contains(['b', 'B'])
        };
        let bytes = pieces.iter().filter(|piece| is_bytes(piece)).count();
        let formatted = pieces.iter().any(|piece| piece.kind == NodeKind::FString);
        if bytes > 0 && bytes < pieces.len() {
            self.raise_here(ErrorKind::Syntax, "cannot mix bytes and nonbytes literals");
            return None;
        }
        Some(self.node(
            if formatted {
                NodeKind::FString
            } else {
                NodeKind::Literal
            },
            first,
            parts,
        ))
    }
}

/// The expressions directly in a display or sequence.
fn members(node: &Rc<Node>) -> Vec<Rc<Node>> {
    let mut out = Vec::new();
    for part in &node.parts {
        match part.kind {
            NodeKind::Seq => out.extend(members(part)),
            NodeKind::Token | NodeKind::Nothing => {}
            _ => out.push(part.clone()),
        }
    }
    out
}

/// Positional arguments of a call, and whether it unpacks a mapping.
fn arguments(args: &Rc<Node>) -> (Vec<Rc<Node>>, bool) {
    let all = members(args);
    let unpacking = all
        .iter()
        .any(|argument| argument.kind == NodeKind::DoubleStarred);
    let positional = all
        .into_iter()
        .filter(|argument| !matches!(argument.kind, NodeKind::Keyword | NodeKind::DoubleStarred))
        .collect();
    (positional, unpacking)
}

/// The last expression of a comprehension's clauses.
fn last_of_clauses(clauses: &Rc<Node>) -> Option<Rc<Node>> {
    let clause = clauses.parts.last()?;
    let conditions = clause.parts.last()?;
    match conditions.parts.last() {
        Some(condition) => Some(condition.clone()),
        None => clause
            .parts
            .get(clause.parts.len().checked_sub(2)?)
            .cloned(),
    }
}
