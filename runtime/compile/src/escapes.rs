//! Backslash escapes in string and bytes literals. `literal` decodes with it; `diagnose` asks what is wrong with a
//! literal that cannot be decoded.

/// What a literal is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Character,
    Byte,
}

/// What follows a backslash.
pub(crate) enum Escape {
    /// This code point; so many bytes of source after the backslash.
    Point(u32, usize),
    /// A line continuation.
    Nothing(usize),
    /// Not an escape: the backslash stands for itself.
    Unknown,
    /// An error: the end of the bad part in bytes after the backslash, and what is wrong with it.
    Malformed(usize, &'static str),
}

/// Reads what follows a backslash.
pub(crate) fn escape(rest: &str, unit: Unit) -> Escape {
    let Some(first) = rest.chars().next() else {
        return Escape::Malformed(0, "\\ at end of string");
    };
    let point = match first {
        '\n' => return Escape::Nothing(1),
        '\\' | '\'' | '"' => u32::from(first),
        'b' => 0x08,
        'f' => 0x0c,
        't' => 0x09,
        'n' => 0x0a,
        'r' => 0x0d,
        'v' => 0x0b,
        'a' => 0x07,
        '0'..='7' => {
            let length = rest
                .bytes()
                .take(3)
                .take_while(|byte| (b'0'..=b'7').contains(byte))
                .count();
            let value = u32::from_str_radix(&rest[..length], 8).unwrap_or(0);
            return Escape::Point(
                if unit == Unit::Byte {
                    value & 0xff
                } else {
                    value
                },
                length,
            );
        }
        'x' => return hex(rest, 2, "truncated \\xXX escape"),
        'u' if unit == Unit::Character => return hex(rest, 4, "truncated \\uXXXX escape"),
        'U' if unit == Unit::Character => {
            return match hex(rest, 8, "truncated \\UXXXXXXXX escape") {
                Escape::Point(point, length) if point > 0x10_ffff => {
                    Escape::Malformed(length, "illegal Unicode character")
                }
                found => found,
            };
        }
        'N' if unit == Unit::Character => {
            let Some(name) = rest[1..].strip_prefix('{') else {
                return Escape::Malformed(1, "malformed \\N character escape");
            };
            let Some(end) = name.find('}').filter(|&end| end > 0) else {
                return Escape::Malformed(rest.len(), "malformed \\N character escape");
            };
            return match pyjit_text::unicode::lookup_char(&name[..end]) {
                Some(code) => Escape::Point(code, end + 3),
                None => Escape::Malformed(end + 3, "unknown Unicode character name"),
            };
        }
        _ => return Escape::Unknown,
    };
    Escape::Point(point, 1)
}

fn hex(rest: &str, digits: usize, problem: &'static str) -> Escape {
    let found = rest
        .bytes()
        .skip(1)
        .take(digits)
        .take_while(u8::is_ascii_hexdigit)
        .count();
    if found < digits {
        return Escape::Malformed(1 + found, problem);
    }
    match u32::from_str_radix(&rest[1..=digits], 16) {
        Ok(value) => Escape::Point(value, 1 + digits),
        Err(_) => Escape::Malformed(1 + found, problem),
    }
}

/// The message of the decoding error in a string's contents, if there is one: `(unicode error) ...` or
/// `(value error) ...`. Used on rejected programs.
pub(crate) fn decoding_error(contents: &str, bytes: bool) -> Option<String> {
    let unit = if bytes { Unit::Byte } else { Unit::Character };
    // CPython decodes a copy in which every other character is written as an escape of ten bytes.
    let mut position = 0;
    let mut at = 0;
    while let Some(c) = contents[at..].chars().next() {
        if c != '\\' {
            position += if c.is_ascii() { 1 } else { 10 };
            at += c.len_utf8();
            continue;
        }
        let rest = &contents[at + 1..];
        match escape(rest, unit) {
            Escape::Malformed(_, _) if bytes => {
                return Some(format!(
                    "(value error) invalid \\x escape at position {position}"
                ));
            }
            Escape::Malformed(length, problem) => {
                let end = position + length;
                return Some(format!(
                    "(unicode error) 'unicodeescape' codec can't decode bytes in position {position}-{end}: {problem}"
                ));
            }
            Escape::Point(_, length) | Escape::Nothing(length) => {
                position += 1 + length;
                at += 1 + length;
            }
            Escape::Unknown => {
                position += 1;
                at += 1;
            }
        }
    }
    None
}
