//! The templates of `str.format`: cutting one into literal text and fields, the names of fields into
//! steps, and keeping account of automatic numbering. `str.format`, `format_map` and the `_string`
//! module call it.

use crate::format::{FormatError, read_integer};
use crate::repr::Text;

/// A replacement field, all parts borrowed from the template.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// What stands before the conversion and the specification.
    pub name: Text<'a>,
    /// The character after `!`, if any.
    pub conversion: Option<u32>,
    /// What stands after the colon.
    pub spec: Text<'a>,
    /// Whether the specification has fields of its own.
    pub nested: bool,
}

/// One step through a template: some literal text and the field after it, if one follows. Either
/// may be absent.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Literal text; the doubled braces are already single.
    pub literal: Text<'a>,
    /// The field after it.
    pub field: Option<Field<'a>>,
}

/// Iterates over the pieces of a template. After an error it ends.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    text: Text<'a>,
    at: usize,
}

const OPEN: u32 = b'{' as u32;
const CLOSE: u32 = b'}' as u32;

impl<'a> Template<'a> {
    /// Begins at the start of a template.
    pub fn new(text: Text<'a>) -> Template<'a> {
        Template { text, at: 0 }
    }

    fn take(&mut self) -> Option<u32> {
        let c = self.text.get(self.at)?;
        self.at += 1;
        Some(c)
    }

    fn piece(&mut self) -> Result<Piece<'a>, FormatError> {
        let start = self.at;
        let mut brace = None;
        while let Some(c) = self.take() {
            if c == OPEN || c == CLOSE {
                brace = Some(c);
                break;
            }
        }
        let Some(brace) = brace else {
            return Ok(Piece {
                literal: self.text.slice(start, self.at),
                field: None,
            });
        };
        match (brace, self.text.get(self.at)) {
            (_, Some(next)) if next == brace => {
                let literal = self.text.slice(start, self.at);
                self.at += 1;
                Ok(Piece {
                    literal,
                    field: None,
                })
            }
            (CLOSE, _) => FormatError::value("Single '}' encountered in format string"),
            (_, None) => FormatError::value("Single '{' encountered in format string"),
            _ => {
                let literal = self.text.slice(start, self.at - 1);
                Ok(Piece {
                    literal,
                    field: Some(self.field()?),
                })
            }
        }
    }

    fn field(&mut self) -> Result<Field<'a>, FormatError> {
        let start = self.at;
        let end = loop {
            match self.take().and_then(|c| u8::try_from(c).ok().or(Some(0))) {
                None => return FormatError::value("expected '}' before end of string"),
                Some(b'{') => return FormatError::value("unexpected '{' in field name"),
                Some(b'[') => {
                    while self.text.get(self.at).is_some_and(|c| c != u32::from(b']')) {
                        self.at += 1;
                    }
                }
                Some(c @ (b'}' | b':' | b'!')) => break c,
                Some(_) => {}
            }
        };
        let name = self.text.slice(start, self.at - 1);
        let mut field = Field {
            name,
            conversion: None,
            spec: Text::EMPTY,
            nested: false,
        };
        if end == b'}' {
            return Ok(field);
        }
        if end == b'!' {
            let Some(c) = self.take() else {
                return FormatError::value("end of string while looking for conversion specifier");
            };
            field.conversion = Some(c);
            match self.take() {
                Some(CLOSE) => return Ok(field),
                Some(c) if c != u32::from(b':') => {
                    return FormatError::value("expected ':' after conversion specifier");
                }
                _ => {}
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(c) = self.take() {
            if c == OPEN {
                field.nested = true;
                depth += 1;
            } else if c == CLOSE {
                depth -= 1;
                if depth == 0 {
                    field.spec = self.text.slice(start, self.at - 1);
                    return Ok(field);
                }
            }
        }
        FormatError::value("unmatched '{' in format spec")
    }
}

impl<'a> Iterator for Template<'a> {
    type Item = Result<Piece<'a>, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.at = self.text.len();
        }
        Some(piece)
    }
}

/// The number that a text consists of, `None` when it is not one.
fn as_index(text: Text<'_>) -> Result<Option<usize>, FormatError> {
    let all_digits = !text.is_empty() && text.iter().all(crate::unicode::is_decimal);
    if all_digits {
        Ok(read_integer(text, 0)?.0)
    } else {
        Ok(None)
    }
}

/// The first part of a field name.
#[derive(Clone, Copy, Debug)]
pub enum First<'a> {
    /// Nothing: the next argument by number.
    Auto,
    /// An argument by number.
    Index(usize),
    /// An argument by keyword.
    Name(Text<'a>),
}

/// A further step of a field name.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// `.name`
    Attribute(Text<'a>),
    /// `[number]`
    Index(usize),
    /// `[text]`
    Key(Text<'a>),
}

/// Cuts a field name into its first part and an iterator over the steps after it.
pub fn split_name(name: Text<'_>) -> Result<(First<'_>, Steps<'_>), FormatError> {
    let end = name
        .iter()
        .position(|c| c == u32::from(b'.') || c == u32::from(b'['))
        .unwrap_or(name.len());
    let first = name.slice(0, end);
    let steps = Steps {
        text: name.slice(end, name.len()),
    };
    let first = match as_index(first)? {
        Some(i) => First::Index(i),
        None if first.is_empty() => First::Auto,
        None => First::Name(first),
    };
    Ok((first, steps))
}

/// Iterates over the `.name` and `[key]` steps of a field name. After an error it ends.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    text: Text<'a>,
}

impl<'a> Steps<'a> {
    fn step(&mut self, kind: u32) -> Result<Step<'a>, FormatError> {
        let len = self.text.len();
        let find = |wanted: &[u8]| {
            self.text
                .iter()
                .skip(1)
                .position(|c| wanted.iter().any(|w| u32::from(*w) == c))
        };
        let attribute = kind == u32::from(b'.');
        let (name, next) = if attribute {
            let end = find(b".[").map_or(len, |i| i + 1);
            (self.text.slice(1, end), end)
        } else if kind == u32::from(b'[') {
            let Some(i) = find(b"]") else {
                return FormatError::value("Missing ']' in format string");
            };
            (self.text.slice(1, i + 1), i + 2)
        } else {
            return FormatError::value("Only '.' or '[' may follow ']' in format field specifier");
        };
        let index = if attribute { None } else { as_index(name)? };
        if name.is_empty() {
            return FormatError::value("Empty attribute in format string");
        }
        self.text = self.text.slice(next, len);
        Ok(match (attribute, index) {
            (true, _) => Step::Attribute(name),
            (_, Some(i)) => Step::Index(i),
            _ => Step::Key(name),
        })
    }
}

impl<'a> Iterator for Steps<'a> {
    type Item = Result<Step<'a>, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.text.get(0)?;
        let step = self.step(kind);
        if step.is_err() {
            self.text = Text::EMPTY;
        }
        Some(step)
    }
}

/// Account of how the fields of one formatting are numbered, shared with nested specifications.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbering {
    automatic: Option<bool>,
    next: usize,
}

impl Numbering {
    /// Turns the first part of a name into an argument: a number, or the keyword (`Err` in the
    /// inner result). Mixing the two ways of numbering is an error.
    pub fn resolve<'a>(
        &mut self,
        first: First<'a>,
    ) -> Result<Result<usize, Text<'a>>, FormatError> {
        let auto = match first {
            First::Name(name) => return Ok(Err(name)),
            First::Auto => true,
            First::Index(_) => false,
        };
        match (*self.automatic.get_or_insert(auto), auto) {
            (false, true) => FormatError::value(
                "cannot switch from manual field specification to automatic field numbering",
            ),
            (true, false) => FormatError::value(
                "cannot switch from automatic field numbering to manual field specification",
            ),
            _ => {
                if let First::Index(i) = first {
                    return Ok(Ok(i));
                }
                self.next += 1;
                Ok(Ok(self.next - 1))
            }
        }
    }
}

/// The error for formats nested deeper than two levels.
pub fn too_deep() -> FormatError {
    FormatError::Value("Max string recursion exceeded".to_owned())
}

/// The error for a conversion other than `!s`, `!r` and `!a`.
pub fn unknown_conversion(code: u32) -> FormatError {
    FormatError::Value(match char::from_u32(code) {
        Some(c) if code > 0x20 && code < 0x7f => format!("Unknown conversion specifier {c}"),
        _ => format!("Unknown conversion specifier \\x{code:x}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repr::TextBuf;

    /// The pieces written as `literal|name!c:spec`, joined by spaces, or the error.
    fn cut(s: &str) -> String {
        let b = TextBuf::from(s);
        let mut out = Vec::new();
        for piece in Template::new(b.as_text()) {
            match piece {
                Err(FormatError::Value(m)) => return m,
                Err(FormatError::Memory) => return "memory".to_owned(),
                Ok(p) => out.push(match p.field {
                    None => p.literal.to_utf8_lossy(),
                    Some(f) => format!(
                        "{}|{}{}:{}",
                        p.literal.to_utf8_lossy(),
                        f.name.to_utf8_lossy(),
                        f.conversion
                            .and_then(char::from_u32)
                            .map_or(String::new(), |c| format!("!{c}")),
                        f.spec.to_utf8_lossy()
                    ),
                }),
            }
        }
        out.join(" ")
    }

    #[test]
    fn templates() {
        assert_eq!(cut("a{b}c"), "a|b: c");
        assert_eq!(cut("{{}}"), "{ }");
        assert_eq!(cut("{a[}]!r:{w}}x"), "|a[}]!r:{w} x");
        assert_eq!(cut("}"), "Single '}' encountered in format string");
        assert_eq!(cut("a{"), "Single '{' encountered in format string");
        assert_eq!(cut("{a"), "expected '}' before end of string");
        assert_eq!(
            cut("{!"),
            "end of string while looking for conversion specifier"
        );
        assert_eq!(cut("{!r"), "unmatched '{' in format spec");
        assert_eq!(cut("{!rx}"), "expected ':' after conversion specifier");
        assert_eq!(cut("{:{}"), "unmatched '{' in format spec");
        assert_eq!(cut("{a{b}}"), "unexpected '{' in field name");
        assert_eq!(cut("{[a"), "expected '}' before end of string");
    }

    fn steps(s: &str) -> String {
        let b = TextBuf::from(s);
        let mut out = String::new();
        let (first, rest) = match split_name(b.as_text()) {
            Ok(x) => x,
            Err(e) => return format!("{e:?}"),
        };
        out += &match first {
            First::Auto => "auto".to_owned(),
            First::Index(i) => format!("#{i}"),
            First::Name(n) => n.to_utf8_lossy(),
        };
        for step in rest {
            out += &match step {
                Ok(Step::Attribute(n)) => format!(" .{}", n.to_utf8_lossy()),
                Ok(Step::Index(i)) => format!(" [#{i}]"),
                Ok(Step::Key(n)) => format!(" [{}]", n.to_utf8_lossy()),
                Err(FormatError::Value(m)) => format!(" {m}"),
                Err(FormatError::Memory) => String::new(),
            };
        }
        out
    }

    #[test]
    fn names() {
        assert_eq!(steps("0.a[3][k]"), "#0 .a [#3] [k]");
        assert_eq!(steps("[-1]"), "auto [-1]");
        assert_eq!(steps("x."), "x Empty attribute in format string");
        assert_eq!(steps("x[]"), "x Empty attribute in format string");
        assert_eq!(steps("x[a"), "x Missing ']' in format string");
        assert_eq!(
            steps("x[a]b"),
            "x [a] Only '.' or '[' may follow ']' in format field specifier"
        );
    }

    #[test]
    fn numbering() {
        let mut n = Numbering::default();
        assert!(matches!(n.resolve(First::Auto), Ok(Ok(0))));
        assert!(matches!(n.resolve(First::Auto), Ok(Ok(1))));
        assert!(n.resolve(First::Index(0)).is_err());
        assert!(matches!(
            n.resolve(First::Name(Text::Ascii(b"k"))),
            Ok(Err(_))
        ));
    }
}
