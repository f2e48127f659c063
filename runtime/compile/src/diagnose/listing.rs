//! The tokens of a program as the `tokenize` module shows them: with comments and blank lines, positions in characters and
//! the text of the lines. `_tokenize` calls this.

use super::tokens::{self, Kind, Lexer, Stop, Token};
use crate::errors::{ErrorKind, SyntaxError};
use crate::parse::Mode;
use crate::source::Source;

/// Token types by number.
pub mod number {
    pub const ENDMARKER: u8 = 0;
    pub const NAME: u8 = 1;
    pub const NUMBER: u8 = 2;
    pub const STRING: u8 = 3;
    pub const NEWLINE: u8 = 4;
    pub const INDENT: u8 = 5;
    pub const DEDENT: u8 = 6;
    pub const OP: u8 = 55;
    pub const FSTRING_START: u8 = 59;
    pub const FSTRING_MIDDLE: u8 = 60;
    pub const FSTRING_END: u8 = 61;
    pub const TSTRING_START: u8 = 62;
    pub const TSTRING_MIDDLE: u8 = 63;
    pub const TSTRING_END: u8 = 64;
    pub const COMMENT: u8 = 65;
    pub const NL: u8 = 66;
}
use number::*;

/// The numbers of the operators.
#[rustfmt::skip]
const OPERATORS: &[(&str, u8)] = &[
    ("(", 7), (")", 8), ("[", 9), ("]", 10), (":", 11), (",", 12), (";", 13), ("+", 14), ("-", 15), ("*", 16), ("/", 17),
    ("|", 18), ("&", 19), ("<", 20), (">", 21), ("=", 22), (".", 23), ("%", 24), ("{", 25), ("}", 26), ("==", 27),
    ("!=", 28), ("<=", 29), (">=", 30), ("~", 31), ("^", 32), ("<<", 33), (">>", 34), ("**", 35), ("+=", 36), ("-=", 37),
    ("*=", 38), ("/=", 39), ("%=", 40), ("&=", 41), ("|=", 42), ("^=", 43), ("<<=", 44), (">>=", 45), ("**=", 46),
    ("//", 47), ("//=", 48), ("@", 49), ("@=", 50), ("->", 51), ("...", 52), (":=", 53), ("!", 54),
];

/// A token to show.
#[derive(Clone, Debug)]
pub struct Listed {
    pub number: u8,
    pub text: String,
    /// Line from 1, column in characters.
    pub start: (u32, i32),
    pub end: (u32, i32),
    /// The physical lines that the token stands on.
    pub lines: String,
}

/// Why the list ends.
#[derive(Clone, Debug)]
pub enum Ending {
    Complete,
    /// An error with its place.
    Error(Box<SyntaxError>),
    /// Like the former, but without the end of the place.
    Indentation(Box<SyntaxError>),
    /// The program stops in the middle.
    Unfinished,
}

/// The tokens of a program up to its first error. `extra` asks for what `tokenize` wants: comments, blank lines, operators
/// without their numbers.
pub fn list_tokens(source: &Source, extra: bool) -> (Vec<Listed>, Ending) {
    let lexer = match extra {
        true => tokens::tokenize_loosely(source),
        false => tokens::tokenize(source, Mode::Exec, true),
    };
    let mut out = Lister {
        source,
        lexer: &lexer,
        extra,
        len: source.text().len(),
        gap: 0,
        out: Vec::new(),
    };
    let list = &lexer.tokens;
    for (i, t) in list.iter().enumerate() {
        out.token(t, list.get(i + 1..).unwrap_or_default());
    }
    let ending = out.ending();
    (out.out, ending)
}

struct Lister<'a> {
    source: &'a Source,
    lexer: &'a Lexer<'a>,
    extra: bool,
    /// Length of the program itself.
    len: usize,
    /// Everything before has been listed.
    gap: usize,
    out: Vec<Listed>,
}

impl Lister<'_> {
    fn place(&self, at: usize) -> (u32, i32) {
        let at = at.min(self.len);
        let (line, column) = self.source.position((at as u32).into());
        (line, self.source.character_column(line, column) - 1)
    }
    fn lines(&self, first: u32, last: u32) -> String {
        (first..=last).map(|l| self.source.line(l)).collect()
    }
    fn put(&mut self, number: u8, start: usize, end: usize) {
        let text = self.source.text().get(start..end).unwrap_or("").to_string();
        let (from, to) = (self.place(start), self.place(end));
        let lines = self.lines(from.0, to.0.max(from.0));
        self.out.push(Listed {
            number,
            text,
            start: from,
            end: to,
            lines,
        });
    }

    /// Comments and blank lines up to an offset.
    fn fill(&mut self, upto: usize) {
        let mut at = self.gap;
        let upto = upto.min(self.len);
        let bytes = self.source.text().as_bytes();
        let mut escaped = false;
        while at < upto {
            match bytes.get(at) {
                Some(b'#') => {
                    let end = bytes[at..upto]
                        .iter()
                        .position(|b| *b == b'\n')
                        .map_or(upto, |n| at + n);
                    self.put(COMMENT, at, end);
                    at = end;
                    escaped = false;
                    continue;
                }
                Some(b'\n') if !escaped => self.line_end(NL, at),
                Some(b'\\') => {
                    escaped = true;
                    at += 1;
                    continue;
                }
                _ => {}
            }
            escaped = false;
            at += 1;
        }
        self.gap = self.gap.max(upto);
    }
    /// A token for a line end at an offset, which may be missing at the end of the program.
    fn line_end(&mut self, number: u8, at: usize) {
        let start = self.place(at);
        let present = at < self.len;
        self.out.push(Listed {
            number,
            text: if present { "\n" } else { "" }.to_string(),
            start,
            end: (start.0, start.1 + 1),
            lines: self.lines(start.0, start.0),
        });
    }

    fn token(&mut self, t: &Token, later: &[Token]) {
        let text = self.lexer.text(t);
        let number = match t.kind {
            Kind::Error => return,
            Kind::Newline => return self.newline(t),
            Kind::Indent | Kind::Dedent => return self.indentation(t, later),
            Kind::End => return self.end(t),
            Kind::Name | Kind::Keyword => NAME,
            Kind::Number => NUMBER,
            Kind::Str => STRING,
            Kind::FStart => FSTRING_START,
            Kind::FMiddle => FSTRING_MIDDLE,
            Kind::FEnd => FSTRING_END,
            Kind::TStart => TSTRING_START,
            Kind::TMiddle => TSTRING_MIDDLE,
            Kind::TEnd => TSTRING_END,
            Kind::Op if self.extra => OP,
            Kind::Op => OPERATORS
                .iter()
                .find(|(o, _)| *o == text)
                .map_or(OP, |(_, n)| *n),
        };
        if self.extra && t.start >= self.gap {
            self.fill(t.start);
        }
        let doubled = matches!(t.kind, Kind::FMiddle | Kind::TMiddle);
        self.put(number, t.start, t.end);
        if doubled && let Some(last) = self.out.last_mut() {
            last.text = last.text.replace("{{", "{").replace("}}", "}");
        }
        self.gap = t.end.max(self.gap).max(t.after.min(self.len));
    }

    fn newline(&mut self, t: &Token) {
        // The token begins where a comment does.
        let at = t.end.saturating_sub(1);
        if self.extra {
            self.fill(at);
            self.line_end(NEWLINE, at);
        } else {
            let start = self.place(t.start.min(at));
            let end = self.place(at);
            let text = self
                .source
                .text()
                .get(t.start.min(at)..at)
                .unwrap_or("")
                .to_string();
            self.out.push(Listed {
                number: NEWLINE,
                text,
                start,
                end,
                lines: self.lines(start.0, start.0),
            });
        }
        self.gap = (at + 1).max(self.gap);
    }

    fn indentation(&mut self, t: &Token, later: &[Token]) {
        let indent = t.kind == Kind::Indent;
        let number = if indent { INDENT } else { DEDENT };
        let next = later
            .iter()
            .find(|n| !matches!(n.kind, Kind::Indent | Kind::Dedent));
        let at_end = next.is_none_or(|n| n.kind == Kind::End);
        if !self.extra {
            let line = if at_end {
                self.last_line()
            } else {
                next.map_or(t.line, |n| n.line)
            };
            self.out.push(Listed {
                number,
                text: String::new(),
                start: (line, -1),
                end: (line, -1),
                lines: self.lines(line, line),
            });
            return;
        }
        let Some(next) = next.filter(|n| !matches!(n.kind, Kind::End | Kind::Error)) else {
            self.fill(self.len);
            return self.at_end(number);
        };
        let (line, col) = (next.line, self.place(next.start).1);
        let line_start = self.source.line_start(line);
        self.fill(line_start);
        let begin = if indent { line_start } else { next.start };
        self.put(number, begin, next.start);
        if let Some(last) = self.out.last_mut() {
            last.start = (line, if indent { 0 } else { col });
            last.end = (line, col);
            last.lines = self.source.line(line).to_string();
        }
        self.gap = next.start.max(self.gap);
    }

    /// The last line with text.
    fn last_line(&self) -> u32 {
        let n = self.source.line_count();
        if self.source.line(n).is_empty() && n > 1 {
            n - 1
        } else {
            n
        }
    }
    fn at_end(&mut self, number: u8) {
        let line = self.last_line() + u32::from(self.len > 0);
        self.out.push(Listed {
            number,
            text: String::new(),
            start: (line, 0),
            end: (line, 0),
            lines: String::new(),
        });
    }
    fn end(&mut self, _: &Token) {
        if self.extra {
            self.fill(self.len);
            let text = self.source.text();
            // A comment on an unfinished last line ends that line.
            if self.out.last().is_some_and(|l| l.number == COMMENT) && !text.ends_with('\n') {
                self.line_end(NL, self.len);
            }
            return self.at_end(ENDMARKER);
        }
        let line = self.last_line();
        self.out.push(Listed {
            number: ENDMARKER,
            text: String::new(),
            start: (line, -1),
            end: (line, -1),
            lines: self.lines(line, line),
        });
    }

    fn ending(&mut self) -> Ending {
        if self
            .lexer
            .tokens
            .last()
            .is_none_or(|t| t.kind != Kind::Error)
        {
            return Ending::Complete;
        }
        let at_line = |kind: ErrorKind, msg: &str| {
            let line = self.lexer.line;
            let text = self.source.line(line).trim_end_matches('\n').to_string();
            let col = text.chars().count() as i32 + 1;
            Box::new(SyntaxError {
                kind,
                msg: msg.to_string(),
                filename: self.source.filename().to_string(),
                line,
                col,
                end_line: line,
                end_col: col,
                text: Some(text),
            })
        };
        match &self.lexer.stop {
            Stop::Done => Ending::Complete,
            Stop::Raised(e) => {
                let mut e = e.clone();
                e.filename = self.source.filename().to_string();
                Ending::Error(e)
            }
            Stop::Dedent => Ending::Indentation(at_line(
                ErrorKind::Indentation,
                "unindent does not match any outer indentation level",
            )),
            Stop::TabSpace => Ending::Indentation(at_line(
                ErrorKind::Tab,
                "inconsistent use of tabs and spaces in indentation",
            )),
            Stop::TooDeep => Ending::Indentation(at_line(
                ErrorKind::Indentation,
                "too many levels of indentation",
            )),
            Stop::LineContinuation => Ending::Indentation(at_line(
                ErrorKind::Syntax,
                "unexpected character after line continuation character",
            )),
            Stop::Eof => {
                if self.extra {
                    self.fill(self.len);
                    if !self.source.text().ends_with('\n') {
                        self.line_end(NL, self.len);
                    }
                }
                Ending::Unfinished
            }
        }
    }
}
