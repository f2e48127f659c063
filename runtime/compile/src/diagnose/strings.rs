//! The part of the tokenizer that reads strings: plain ones whole, f-strings and t-strings piece by piece.

use super::tokens::{Kind, Lexed, Lexer};

/// How deeply f-strings may nest.
const MAX_STRING_NESTING: usize = 150;

/// How deeply replacement fields may nest in format specifications.
const MAX_FIELD_NESTING: usize = 3;

/// An f-string or t-string being read.
pub(super) struct StringMode {
    pub quote: u8,
    /// 1 or 3 quotes.
    pub size: usize,
    pub template: bool,
    pub raw: bool,
    /// Where its prefix starts, for errors about the whole string.
    pub start: usize,
    pub line: u32,
    pub line_start: usize,
    /// Brackets opened inside this string.
    pub depth: usize,
    /// The value of `depth` before each open replacement field.
    pub field_depths: Vec<usize>,
    /// Inside the expression of a replacement field.
    pub in_field: bool,
    /// Inside a format specification.
    pub in_spec: bool,
}

impl StringMode {
    /// `f` or `t`, for messages.
    pub fn letter(&self) -> char {
        if self.template { 't' } else { 'f' }
    }

    /// Directly inside the braces of the innermost replacement field.
    pub fn at_field_top(&self) -> bool {
        self.in_field
            && self
                .field_depths
                .last()
                .is_some_and(|&outer| self.depth == outer + 1)
    }
}

impl Lexer<'_> {
    pub(super) fn string(&mut self, quote: u8) -> Lexed {
        let quote = Some(quote);
        self.first_line = self.line;
        self.multi_line_start = self.line_start;
        let (mut size, mut closing, mut escaped) = (1, 0, false);
        let mut c = self.next();
        if c == quote {
            c = self.next();
            if c == quote {
                size = 3;
            } else {
                closing = 1;
            }
        }
        if c != quote {
            self.back(c);
        }
        while closing != size {
            let c = self.next();
            if c.is_none() || size == 1 && c == Some(b'\n') {
                let failed = self.unterminated(quote, size, escaped);
                self.at_eof = c.is_none();
                return failed;
            }
            if c == quote {
                closing += 1;
                continue;
            }
            closing = 0;
            if c == Some(b'\\') {
                escaped |= self.next() == quote;
            }
        }
        self.token(Kind::Str)
    }

    fn unterminated(&mut self, quote: Option<u8>, size: usize, escaped: bool) -> Lexed {
        let detected = self.line;
        self.cur = self.start.unwrap_or(self.cur) + 1;
        self.line_start = self.multi_line_start;
        self.line = self.first_line;
        if let Some(mode) = self.modes.last()
            && Some(mode.quote) == quote
            && mode.size == size
        {
            // The quote was meant to end the string around it.
            let letter = mode.letter();
            return self.fail(format!("{letter}-string: expecting '}}'"));
        }
        let (triple, hint) = match (size, escaped) {
            (3, _) => ("triple-quoted ", ""),
            (_, true) => ("", "; perhaps you escaped the end quote?"),
            (_, false) => ("", ""),
        };
        self.fail(format!(
            "unterminated {triple}string literal (detected at line {detected}){hint}"
        ))
    }

    pub(super) fn open_string(&mut self, quote: u8, template: bool, raw: bool) -> Lexed {
        self.first_line = self.line;
        self.multi_line_start = self.line_start;
        let mut size = 1;
        let second = self.next();
        if second == Some(quote) {
            let third = self.next();
            if third == Some(quote) {
                size = 3;
            } else {
                self.back(third);
                self.back(second);
            }
        } else {
            self.back(second);
        }
        if self.modes.len() + 2 >= MAX_STRING_NESTING {
            return self.fail("too many nested f-strings or t-strings");
        }
        let start = self.start.unwrap_or(self.cur);
        self.modes.push(StringMode {
            quote,
            size,
            template,
            raw,
            start,
            line: self.line,
            line_start: self.line_start,
            depth: 0,
            field_depths: Vec::new(),
            in_field: false,
            in_spec: false,
        });
        self.token(if template { Kind::TStart } else { Kind::FStart })
    }

    /// The next token where literal text is expected: text, the beginning of a field, or the closing quotes.
    pub(super) fn string_part(&mut self) -> Lexed {
        let Some(mode) = self.modes.last() else {
            return Err(());
        };
        let (quote, size, template, raw) = (mode.quote, mode.size, mode.template, mode.raw);
        let in_spec = mode.in_spec && !mode.field_depths.is_empty();
        let (middle, end) = if template {
            (Kind::TMiddle, Kind::TEnd)
        } else {
            (Kind::FMiddle, Kind::FEnd)
        };
        self.start = Some(self.cur);
        self.first_line = self.line;
        self.multi_line_start = self.line_start;

        let first = self.next();
        self.first_line = self.line;
        self.multi_line_start = self.line_start;
        let second = self.input.get(self.cur).copied();
        self.back(first);
        if first == Some(b'{') && second != Some(b'{') {
            self.enter_field()?;
            return self.regular_token();
        }
        if first == Some(quote)
            && self.input.get(self.cur..self.cur + size) == Some(&vec![quote; size][..])
        {
            for _ in 0..size {
                self.next();
            }
            self.modes.pop();
            return self.token(end);
        }

        let mut quotes = 0;
        let mut named_escape = false;
        while quotes != size {
            let c = self.next();
            if c.is_none() || size == 1 && c == Some(b'\n') {
                let failed = self.unterminated_part(in_spec && c.is_some());
                self.at_eof = c.is_none() && size == 3;
                return failed;
            }
            if c == Some(quote) {
                quotes += 1;
                continue;
            }
            quotes = 0;
            match c {
                Some(b'{') => {
                    let doubled = self.input.get(self.cur) == Some(&b'{') && !in_spec;
                    if !doubled {
                        self.back(c);
                        self.enter_field()?;
                        return self.token(middle);
                    }
                    return self.end_part(middle, doubled);
                }
                Some(b'}') if named_escape => return self.token(middle),
                Some(b'}') => {
                    let mode_depth = self.modes.last().map_or(0, |mode| mode.depth);
                    let doubled =
                        self.input.get(self.cur) == Some(&b'}') && !in_spec && mode_depth == 0;
                    if !doubled && let Some(mode) = self.modes.last_mut() {
                        mode.in_field = true;
                    }
                    return self.end_part(middle, doubled);
                }
                Some(b'\\') => {
                    let escaped = self.next();
                    if matches!(escaped, Some(b'{' | b'}')) {
                        self.back(escaped);
                    } else if !raw && escaped == Some(b'N') {
                        let brace = self.next();
                        if brace == Some(b'{') {
                            named_escape = true;
                        } else {
                            self.back(brace);
                        }
                    }
                }
                _ => {}
            }
        }
        for _ in 0..size {
            self.back(Some(quote));
        }
        self.token(middle)
    }

    /// Ends literal text before a brace, or between two of the same kind.
    fn end_part(&mut self, middle: Kind, doubled: bool) -> Lexed {
        let start = self.start.unwrap_or(self.cur);
        if doubled {
            self.next();
            return Ok((middle, Some((start, self.cur - 1))));
        }
        self.back(Some(b'{'));
        self.token(middle)
    }

    /// From here on the expression of a replacement field is read.
    fn enter_field(&mut self) -> Result<(), ()> {
        let Some(mode) = self.modes.last_mut() else {
            return Err(());
        };
        let letter = mode.letter();
        if mode.field_depths.len() >= MAX_FIELD_NESTING {
            return self
                .fail(format!("{letter}-string: expressions nested too deeply"))
                .map(|_| ());
        }
        mode.field_depths.push(mode.depth);
        mode.in_field = true;
        mode.in_spec = false;
        Ok(())
    }

    fn unterminated_part(&mut self, newline_in_spec: bool) -> Lexed {
        let Some(mode) = self.modes.last() else {
            return Err(());
        };
        let letter = mode.letter();
        if newline_in_spec {
            let message = format!(
                "{letter}-string: newlines are not allowed in format specifiers for single quoted {letter}-strings"
            );
            return self.fail(message);
        }
        let triple = if mode.size == 3 { "triple-quoted " } else { "" };
        let (start, line, line_start) = (mode.start, mode.line, mode.line_start);
        let detected = std::mem::replace(&mut self.line, line);
        self.cur = start + 1;
        self.line_start = line_start;
        self.fail(format!(
            "unterminated {triple}{letter}-string literal (detected at line {detected})"
        ))
    }
}
