//! The part of the tokenizer that reads numbers.

use super::tokens::{Kind, Lexed, Lexer};

impl Lexer<'_> {
    pub(super) fn number(&mut self, first: u8) -> Lexed {
        if first != b'0' {
            let c = self.decimal_tail()?;
            return self.after_integer(c);
        }
        let mut c = self.next();
        match c {
            Some(b'x' | b'X') => return self.radix("hexadecimal", |byte| byte.is_ascii_hexdigit()),
            Some(b'o' | b'O') => return self.radix("octal", |byte| (b'0'..b'8').contains(&byte)),
            Some(b'b' | b'B') => return self.radix("binary", |byte| matches!(byte, b'0' | b'1')),
            _ => {}
        }
        loop {
            if c == Some(b'_') {
                c = self.next();
                if !is_digit(c) {
                    self.back(c);
                    return self.fail("invalid decimal literal");
                }
            }
            if c != Some(b'0') {
                break;
            }
            c = self.next();
        }
        let zeros_end = self.cur;
        let nonzero = is_digit(c);
        if nonzero {
            c = self.decimal_tail()?;
        }
        match c {
            Some(b'.' | b'e' | b'E' | b'j' | b'J') => self.after_integer(c),
            _ if nonzero && !self.loose => {
                self.back(c);
                let start = self.start.unwrap_or(self.cur);
                let from = self.characters(self.line_start, start + 1);
                let to = self.characters(self.line_start, zeros_end);
                let message = "leading zeros in decimal integer literals are not permitted; \
                               use an 0o prefix for octal integers";
                self.fail_in(message, from, to)
            }
            _ => {
                self.end_of_number(c, "decimal")?;
                self.back(c);
                self.token(Kind::Number)
            }
        }
    }

    fn radix(&mut self, name: &str, digit: fn(u8) -> bool) -> Lexed {
        let mut c = self.next();
        loop {
            if c == Some(b'_') {
                c = self.next();
            }
            match c {
                Some(byte) if digit(byte) => {}
                Some(byte @ b'0'..=b'9') if name != "hexadecimal" => {
                    return self.fail(format!(
                        "invalid digit '{}' in {name} literal",
                        byte as char
                    ));
                }
                _ => {
                    self.back(c);
                    return self.fail(format!("invalid {name} literal"));
                }
            }
            while c.is_some_and(digit) {
                c = self.next();
            }
            if c != Some(b'_') {
                break;
            }
        }
        if let Some(byte @ b'0'..=b'9') = c {
            return self.fail(format!(
                "invalid digit '{}' in {name} literal",
                byte as char
            ));
        }
        self.end_of_number(c, name)?;
        self.back(c);
        self.token(Kind::Number)
    }

    /// Reads digits and underscores; returns the first character after them.
    pub(super) fn decimal_tail(&mut self) -> Result<Option<u8>, ()> {
        loop {
            let mut c = self.next();
            while is_digit(c) {
                c = self.next();
            }
            if c != Some(b'_') {
                return Ok(c);
            }
            c = self.next();
            if !is_digit(c) {
                self.back(c);
                return self.fail("invalid decimal literal").map(|_| None);
            }
        }
    }

    fn after_integer(&mut self, c: Option<u8>) -> Lexed {
        if c != Some(b'.') {
            return self.after_fraction(c);
        }
        let mut c = self.next();
        if is_digit(c) {
            c = self.decimal_tail()?;
        }
        self.after_fraction(c)
    }

    pub(super) fn after_fraction(&mut self, mut c: Option<u8>) -> Lexed {
        if let Some(b'e' | b'E') = c {
            let e = c;
            c = self.next();
            if let Some(b'+' | b'-') = c {
                c = self.next();
                if !is_digit(c) {
                    self.back(c);
                    return self.fail("invalid decimal literal");
                }
            } else if !is_digit(c) {
                self.back(c);
                self.end_of_number(e, "decimal")?;
                self.back(e);
                return self.token(Kind::Number);
            }
            c = self.decimal_tail()?;
        }
        if let Some(b'j' | b'J') = c {
            c = self.next();
            self.end_of_number(c, "imaginary")?;
        } else {
            self.end_of_number(c, "decimal")?;
        }
        self.back(c);
        self.token(Kind::Number)
    }

    /// A number may run into one of the keywords that can follow a number, but into no other name.
    fn end_of_number(&mut self, c: Option<u8>, kind: &str) -> Result<(), ()> {
        let Some(byte) = c.filter(|_| !self.loose) else {
            return Ok(());
        };
        let rest = self.input.get(self.cur..).unwrap_or_default();
        let keyword = match byte {
            b'a' => rest.starts_with(b"nd"),
            b'e' => rest.starts_with(b"lse"),
            b'f' => rest.starts_with(b"or"),
            b'i' => matches!(rest.first(), Some(b'f' | b'n' | b's')),
            b'o' => rest.starts_with(b"r"),
            b'n' => rest.starts_with(b"ot"),
            _ => false,
        };
        if !keyword && (byte.is_ascii_alphanumeric() || byte == b'_') {
            self.back(c);
            return self.fail(format!("invalid {kind} literal")).map(|_| ());
        }
        Ok(())
    }
}

fn is_digit(c: Option<u8>) -> bool {
    c.is_some_and(|byte| byte.is_ascii_digit())
}
