//! A tokenizer that fails exactly where and how CPython's does. `diagnose` runs it over programs that were rejected; it
//! reads the whole program at once and stops at the first error.

use pyjit_text::unicode;

use crate::errors::{ErrorKind, SyntaxError};
use crate::parse::{MAX_BRACKETS, MAX_INDENT, Mode};
use crate::source::Source;

use super::strings::StringMode;

const TAB: usize = 8;
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Token types, as the grammar tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Keyword,
    Number,
    Str,
    FStart,
    FMiddle,
    FEnd,
    TStart,
    TMiddle,
    TEnd,
    Op,
    Newline,
    Indent,
    Dedent,
    End,
    Error,
}

/// A token. Columns are in bytes, -1 where the token has no text.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    /// Byte range in [`Lexer::input`].
    pub start: usize,
    pub end: usize,
    pub line: u32,
    pub col: i32,
    pub end_line: u32,
    pub end_col: i32,
    /// Open brackets after this token.
    pub level: usize,
    /// Where the tokenizer stood after it.
    pub after_line: u32,
    pub after_col: i32,
    /// The same as an offset.
    pub after: usize,
    /// The tokenizer had seen the end of the program by then.
    pub at_eof: bool,
}

/// Why tokenizing stopped.
#[derive(Clone, Debug)]
pub enum Stop {
    /// At the end of the program.
    Done,
    /// The tokenizer itself knows the error.
    Raised(Box<SyntaxError>),
    /// The program ended inside brackets or after a backslash.
    Eof,
    Dedent,
    TabSpace,
    TooDeep,
    LineContinuation,
}

/// An opening bracket that has not been closed.
#[derive(Clone, Copy, Debug)]
pub struct Bracket {
    pub byte: u8,
    pub line: u32,
    pub col: i32,
}

/// The tokenizer: where it stands and what it has found.
pub(super) struct Lexer<'a> {
    pub source: &'a Source,
    pub input: Vec<u8>,
    pub cur: usize,
    /// End of the line that has been read.
    inp: usize,
    pub line: u32,
    pub line_start: usize,
    /// Beginning of the line on which the token being read began.
    pub buffer_start: usize,
    pub start: Option<usize>,
    pub first_line: u32,
    pub multi_line_start: usize,
    indents: Vec<(usize, usize)>,
    pending: isize,
    at_line_start: bool,
    pub brackets: Vec<Bracket>,
    pub modes: Vec<StringMode>,
    single: bool,
    imply_dedent: bool,
    pub loose: bool,
    started: bool,
    /// The end of the program has been seen.
    pub at_eof: bool,
    pub stop: Stop,
    pub tokens: Vec<Token>,
}

/// A token and where its text is.
pub(super) type Found = (Kind, Option<(usize, usize)>);

/// A token was found, or `stop` says why not.
pub(super) type Lexed = Result<Found, ()>;

/// The tokens of a program, up to the first error.
pub(super) fn tokenize(source: &Source, mode: Mode, imply_dedent: bool) -> Lexer<'_> {
    tokenize_with(source, mode, imply_dedent, false)
}

/// The tokens of text that need be no program: brackets need not match, nor numbers end well.
pub(super) fn tokenize_loosely(source: &Source) -> Lexer<'_> {
    tokenize_with(source, Mode::Exec, true, true)
}

fn tokenize_with(source: &Source, mode: Mode, imply_dedent: bool, loose: bool) -> Lexer<'_> {
    let mut input = source.text().as_bytes().to_vec();
    if mode == Mode::Exec && input.last() != Some(&b'\n') {
        input.push(b'\n');
    }
    let mut lexer = Lexer {
        source,
        input,
        cur: 0,
        inp: 0,
        line: 0,
        line_start: 0,
        buffer_start: 0,
        start: None,
        first_line: 0,
        multi_line_start: 0,
        indents: vec![(0, 0)],
        pending: 0,
        at_line_start: true,
        brackets: Vec::new(),
        modes: Vec::new(),
        single: mode == Mode::Single,
        imply_dedent,
        loose,
        started: false,
        at_eof: false,
        stop: Stop::Done,
        tokens: Vec::new(),
    };
    lexer.run();
    lexer
}

impl Lexer<'_> {
    fn run(&mut self) {
        loop {
            let found = match self.modes.last() {
                Some(mode) if !mode.in_field => self.string_part(),
                _ => self.regular_token(),
            };
            let (mut kind, range) = found.unwrap_or((Kind::Error, None));
            if self.single && kind == Kind::End && self.started {
                kind = Kind::Newline;
                self.started = false;
                if self.imply_dedent && self.indents.len() > 1 {
                    self.pending = 1 - self.indents.len() as isize;
                    self.indents.truncate(1);
                }
            } else {
                self.started = true;
            }
            self.push(kind, range);
            if matches!(kind, Kind::End | Kind::Error) {
                return;
            }
        }
    }

    fn push(&mut self, kind: Kind, range: Option<(usize, usize)>) {
        let spans_lines = matches!(kind, Kind::Str | Kind::FMiddle | Kind::TMiddle);
        let (line, line_start) = if spans_lines {
            (self.first_line, self.multi_line_start)
        } else {
            (self.line, self.line_start)
        };
        let column = |at: usize, start: usize| if at >= start { (at - start) as i32 } else { -1 };
        let (col, end_col) = match range {
            Some((start, end)) => (column(start, line_start), column(end, self.line_start)),
            None => (-1, -1),
        };
        let (start, end) = range.unwrap_or((self.cur, self.cur));
        self.tokens.push(Token {
            kind,
            start,
            end,
            line,
            col,
            end_line: self.line,
            end_col,
            level: self.brackets.len(),
            after_line: self.line,
            after_col: column(self.cur, self.line_start),
            at_eof: self.at_eof,
            after: self.cur,
        });
    }

    /// Text of a token.
    pub fn text(&self, token: &Token) -> &str {
        self.input
            .get(token.start..token.end)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or("")
    }

    // Characters. `None` is the end of the program.

    pub fn next(&mut self) -> Option<u8> {
        if self.cur == self.inp {
            let rest = self.input.get(self.cur..).unwrap_or_default();
            if rest.is_empty() {
                self.at_eof = true;
                return None;
            }
            self.line += 1;
            self.line_start = self.cur;
            if self.start.is_none() {
                self.buffer_start = self.cur;
            }
            self.inp = self.cur
                + rest
                    .iter()
                    .position(|&byte| byte == b'\n')
                    .map_or(rest.len(), |at| at + 1);
        }
        let byte = self.input.get(self.cur).copied();
        self.cur += 1;
        byte
    }

    pub fn back(&mut self, byte: Option<u8>) {
        if byte.is_some() {
            self.cur -= 1;
        }
    }

    // Errors.

    /// An error that ends at the character just read.
    pub fn fail(&mut self, message: impl Into<String>) -> Lexed {
        let col = self.characters(self.line_start, self.cur);
        self.fail_in(message, col, col)
    }

    pub fn fail_in(&mut self, message: impl Into<String>, col: i32, end_col: i32) -> Lexed {
        let rest = self.input.get(self.line_start..).unwrap_or_default();
        let text = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
        self.at_eof = false;
        self.stop = Stop::Raised(Box::new(SyntaxError {
            kind: ErrorKind::Syntax,
            msg: message.into(),
            filename: self.source.filename().to_string(),
            line: self.line,
            col,
            end_line: self.line,
            end_col,
            text: Some(String::from_utf8_lossy(text).into_owned()),
        }));
        Err(())
    }

    pub fn characters(&self, start: usize, end: usize) -> i32 {
        let bytes = self.input.get(start..end).unwrap_or_default();
        String::from_utf8_lossy(bytes).chars().count() as i32
    }

    fn stop(&mut self, stop: Stop) -> Lexed {
        self.at_eof &= matches!(stop, Stop::Eof);
        self.stop = stop;
        Err(())
    }

    // Tokens outside string parts.

    pub fn regular_token(&mut self) -> Lexed {
        loop {
            self.start = None;
            let mut blank_line = false;
            if self.at_line_start {
                self.at_line_start = false;
                blank_line = self.indentation()?;
            }
            self.start = Some(self.cur);
            if self.pending != 0 {
                let kind = if self.pending < 0 {
                    Kind::Dedent
                } else {
                    Kind::Indent
                };
                self.pending -= self.pending.signum();
                return Ok((kind, None));
            }
            let peeked = self.next();
            self.back(peeked);
            match self.in_line(blank_line)? {
                Some(token) => return Ok(token),
                None => continue,
            }
        }
    }

    /// Measures the indentation of a line; whether the line is blank.
    fn indentation(&mut self) -> Result<bool, ()> {
        let (mut col, mut alt, mut continued) = (0, 0, 0);
        let c = loop {
            match self.next() {
                Some(b' ') => (col, alt) = (col + 1, alt + 1),
                Some(b'\t') => (col, alt) = ((col / TAB + 1) * TAB, alt + 1),
                Some(b'\x0c') => (col, alt) = (0, 0),
                Some(b'\\') => {
                    // What stands before the first backslash is the indentation of the whole.
                    continued = if continued > 0 { continued } else { col };
                    self.continuation_line()?;
                }
                other => break other,
            }
        };
        self.back(c);
        let blank = matches!(c, Some(b'#' | b'\n'));
        if blank || !self.brackets.is_empty() {
            return Ok(blank);
        }
        if continued > 0 {
            (col, alt) = (continued, continued);
        }
        let (known, known_alt) = self.indents.last().copied().unwrap_or((0, 0));
        if col > known {
            if self.indents.len() >= MAX_INDENT {
                self.cur = self.inp;
                return self.stop(Stop::TooDeep).map(|_| false);
            }
            if alt <= known_alt {
                return self.tab_error();
            }
            self.pending += 1;
            self.indents.push((col, alt));
            return Ok(false);
        }
        if col < known {
            while self.indents.len() > 1
                && self.indents.last().is_some_and(|&(level, _)| col < level)
            {
                self.pending -= 1;
                self.indents.pop();
            }
            if self.indents.last().is_none_or(|&(level, _)| col != level) {
                self.cur = self.inp;
                return self.stop(Stop::Dedent).map(|_| false);
            }
        }
        if self.indents.last().is_some_and(|&(_, level)| alt != level) {
            return self.tab_error();
        }
        Ok(false)
    }

    fn tab_error(&mut self) -> Result<bool, ()> {
        self.cur = self.inp;
        self.stop(Stop::TabSpace).map(|_| false)
    }

    fn continuation_line(&mut self) -> Result<(), ()> {
        let c = self.next();
        if c != Some(b'\n') {
            return self.stop(Stop::LineContinuation).map(|_| ());
        }
        let c = self.next();
        if c.is_none() {
            self.cur = self.inp;
            return self.stop(Stop::Eof).map(|_| ());
        }
        self.back(c);
        Ok(())
    }

    /// A token of the current line, or `None` when the line has no more.
    fn in_line(&mut self, blank_line: bool) -> Result<Option<Found>, ()> {
        loop {
            self.start = None;
            let mut c = self.next();
            while matches!(c, Some(b' ' | b'\t' | b'\x0c')) {
                c = self.next();
            }
            let start = if c.is_some() { self.cur - 1 } else { self.cur };
            self.start = Some(start);
            if c == Some(b'#') {
                // The token that ends the line begins where the comment does.
                while !matches!(c, None | Some(b'\n')) {
                    c = self.next();
                }
            }
            let Some(byte) = c else {
                return if self.brackets.is_empty() {
                    Ok(Some((Kind::End, None)))
                } else {
                    self.stop(Stop::Eof).map(Some)
                };
            };
            return match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name(byte).map(Some),
                b'\n' => {
                    self.at_line_start = true;
                    if blank_line || !self.brackets.is_empty() {
                        return Ok(None);
                    }
                    Ok(Some((Kind::Newline, Some((start, self.cur)))))
                }
                b'.' => self.dot().map(Some),
                b'0'..=b'9' => self.number(byte).map(Some),
                b'\'' | b'"' => self.string(byte).map(Some),
                b'\\' => {
                    self.continuation_line()?;
                    continue;
                }
                _ => self.punctuation(byte).map(Some),
            };
        }
    }

    pub fn token(&self, kind: Kind) -> Lexed {
        Ok((kind, Some((self.start.unwrap_or(self.cur), self.cur))))
    }

    fn name(&mut self, first: u8) -> Lexed {
        let mut c = Some(first);
        let (mut b, mut r, mut u, mut f, mut t) = (false, false, false, false, false);
        while let Some(byte) = c {
            match byte.to_ascii_lowercase() {
                b'b' if !b => b = true,
                b'u' if !u => u = true,
                b'r' if !r => r = true,
                b'f' if !f => f = true,
                b't' if !t => t = true,
                _ => break,
            }
            c = self.next();
            if let Some(quote @ (b'"' | b'\'')) = c {
                let clash = [
                    (u && b, "'u' and 'b'"),
                    (u && r, "'u' and 'r'"),
                    (u && f, "'u' and 'f'"),
                    (u && t, "'u' and 't'"),
                    (b && f, "'b' and 'f'"),
                    (b && t, "'b' and 't'"),
                    (f && t, "'f' and 't'"),
                ];
                if let Some((_, which)) = clash.iter().find(|(clash, _)| *clash) {
                    let begin = self.start.unwrap_or(self.cur);
                    let col = self.characters(self.line_start, begin) + 1;
                    let end = self.characters(self.line_start, self.cur);
                    return self.fail_in(format!("{which} prefixes are incompatible"), col, end);
                }
                return if f || t {
                    self.open_string(quote, t, r)
                } else {
                    self.string(quote)
                };
            }
        }
        let mut ascii = true;
        while let Some(byte @ (b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..)) = c {
            ascii &= byte.is_ascii();
            c = self.next();
        }
        self.back(c);
        let start = self.start.unwrap_or(self.cur);
        if !ascii {
            self.check_identifier(start)?;
        }
        let text = self.input.get(start..self.cur).unwrap_or_default();
        let keyword = KEYWORDS.iter().any(|keyword| keyword.as_bytes() == text);
        self.token(if keyword { Kind::Keyword } else { Kind::Name })
    }

    fn check_identifier(&mut self, start: usize) -> Lexed {
        let bytes = self.input.get(start..self.cur).unwrap_or_default().to_vec();
        let text = String::from_utf8_lossy(&bytes);
        for (at, c) in text.char_indices() {
            let code = u32::from(c);
            let good = if at == 0 {
                c == '_' || unicode::is_xid_start(code)
            } else {
                unicode::is_xid_continue(code)
            };
            if good {
                continue;
            }
            self.cur = start + at + c.len_utf8();
            return if unicode::is_printable(code) {
                self.fail(format!("invalid character '{c}' (U+{code:04X})"))
            } else {
                self.fail(format!("invalid non-printable character U+{code:04X}"))
            };
        }
        self.token(Kind::Name)
    }

    fn dot(&mut self) -> Lexed {
        let c = self.next();
        match c {
            Some(b'0'..=b'9') => {
                let c = self.decimal_tail()?;
                self.after_fraction(c)
            }
            Some(b'.') => {
                let third = self.next();
                if third != Some(b'.') {
                    self.back(third);
                    self.back(c);
                }
                self.token(Kind::Op)
            }
            _ => {
                self.back(c);
                self.token(Kind::Op)
            }
        }
    }

    fn punctuation(&mut self, byte: u8) -> Lexed {
        if byte == b':'
            && let Some(mode) = self.modes.last_mut()
            && mode.at_field_top()
        {
            mode.in_field = false;
            mode.in_spec = true;
            return self.token(Kind::Op);
        }
        let c2 = self.next();
        let three = [Some(byte), c2, self.input.get(self.cur).copied()];
        let two = match (byte, c2) {
            (
                b'!' | b'=' | b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'@' | b':'
                | b'<' | b'>',
                Some(b'='),
            )
            | (b'-', Some(b'>')) => true,
            (b'<', Some(b'>')) => !self.loose,
            (b'*' | b'/' | b'<' | b'>', same) => same == Some(byte),
            _ => false,
        };
        if two {
            let assigned = matches!(three, [Some(b'*' | b'/' | b'<' | b'>'), second, Some(b'=')] if second == Some(byte));
            if assigned && self.cur < self.inp {
                self.next();
            }
            return self.token(Kind::Op);
        }
        self.back(c2);
        match byte {
            b'(' | b'[' | b'{' => {
                if self.brackets.len() >= MAX_BRACKETS {
                    return self.fail("too many nested parentheses");
                }
                let col = (self.cur - 1 - self.line_start) as i32;
                self.brackets.push(Bracket {
                    byte,
                    line: self.line,
                    col,
                });
                if let Some(mode) = self.modes.last_mut() {
                    mode.depth += 1;
                }
            }
            b')' | b']' | b'}' => self.close(byte)?,
            0x20..=0x7e => {}
            _ => return self.fail(format!("invalid non-printable character U+{byte:04X}")),
        }
        self.token(Kind::Op)
    }

    fn close(&mut self, byte: u8) -> Result<(), ()> {
        let shown = byte as char;
        let letter = self.modes.last().map(StringMode::letter);
        if let (Some(letter), Some(mode)) = (letter, self.modes.last())
            && mode.depth == 0
            && byte == b'}'
        {
            return self
                .fail(format!("{letter}-string: single '}}' is not allowed"))
                .map(|_| ());
        }
        if self.loose && self.modes.is_empty() {
            self.brackets.pop();
            return Ok(());
        }
        let Some(open) = self.brackets.pop() else {
            return self.fail(format!("unmatched '{shown}'")).map(|_| ());
        };
        if !matches!(
            (open.byte, byte),
            (b'(', b')') | (b'[', b']') | (b'{', b'}')
        ) {
            if let (Some(letter), Some(mode)) = (letter, self.modes.last())
                && open.byte == b'{'
                && mode.depth > 0
                && mode.field_depths.last() == Some(&(mode.depth - 1))
            {
                return self
                    .fail(format!("{letter}-string: unmatched '{shown}'"))
                    .map(|_| ());
            }
            let opening = open.byte as char;
            let place = if open.line == self.line {
                String::new()
            } else {
                format!(" on line {}", open.line)
            };
            let message = format!(
                "closing parenthesis '{shown}' does not match opening parenthesis '{opening}'{place}"
            );
            return self.fail(message).map(|_| ());
        }
        if let Some(mode) = self.modes.last_mut() {
            if mode.depth == 0 {
                let letter = mode.letter();
                return self
                    .fail(format!("{letter}-string: unmatched '{shown}'"))
                    .map(|_| ());
            }
            mode.depth -= 1;
            if byte == b'}' && mode.field_depths.last() == Some(&mode.depth) {
                mode.field_depths.pop();
                mode.in_field = false;
                mode.in_spec = !mode.field_depths.is_empty();
            }
        }
        Ok(())
    }
}
