//! Source text: decoding bytes as PEP 263 says, line ends, and offsets to lines and columns. `parse` makes a [`Source`]
//! first; everything later that reports a position asks it.

use ruff_text_size::{TextRange, TextSize};

use crate::errors::{ErrorKind, SyntaxError};

/// A program's text with the index of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    filename: String,
    line_starts: Vec<u32>,
    /// Where offsets are to be reported, if not where they are: (offset, line, column), by offset.
    places: Option<Vec<(u32, u32, u32)>>,
}

impl Source {
    /// Text made from a tree, with the places that the tree's author gave its nodes.
    pub(crate) fn made(text: String, filename: &str, places: Vec<(u32, u32, u32)>) -> Source {
        Source {
            text,
            filename: filename.to_string(),
            line_starts: vec![0],
            places: Some(places),
        }
    }
    /// Whether positions are not those of the text.
    pub(crate) fn is_made(&self) -> bool {
        self.places.is_some()
    }

    /// Text that is already decoded (the argument of `compile`). Line ends become `\n`.
    pub fn from_text(text: &str, filename: &str) -> Result<Source, SyntaxError> {
        if text.contains('\0') {
            return Err(SyntaxError::unplaced(
                filename,
                "source code string cannot contain null bytes",
            ));
        }
        if u32::try_from(text.len()).is_err() {
            return Err(SyntaxError::unplaced(filename, "source code is too long"));
        }
        let text = normalize_newlines(text);
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|&(_, byte)| byte == b'\n')
                    .map(|(at, _)| at as u32 + 1),
            )
            .collect();
        Ok(Source {
            text,
            filename: filename.to_string(),
            line_starts,
            places: None,
        })
    }

    /// The bytes argument of `compile`.
    pub fn from_bytes(bytes: &[u8], filename: &str) -> Result<Source, SyntaxError> {
        if bytes.contains(&0) {
            let message = "source code string cannot contain null bytes";
            return Err(SyntaxError::unplaced(filename, message));
        }
        Source::decoded(bytes, filename, |message| message)
    }

    /// The contents of a file that is run.
    pub fn from_file(bytes: &[u8], filename: &str) -> Result<Source, SyntaxError> {
        // A file's name is told with the byte that cannot be decoded.
        Source::decoded(bytes, filename, |message| {
            match message.split_once(" on line ") {
                Some((start, rest)) if start.starts_with("Non-UTF-8 code") => {
                    format!("{start} in file {filename} on line {rest}")
                }
                _ => message,
            }
        })
    }

    fn decoded(
        bytes: &[u8],
        filename: &str,
        message: impl FnOnce(String) -> String,
    ) -> Result<Source, SyntaxError> {
        let text = decode_source(bytes).map_err(|error| SyntaxError {
            filename: filename.to_string(),
            msg: message(error.msg),
            ..error
        })?;
        Source::from_text(&text, filename)
    }

    /// The text with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// As given to `compile`.
    pub fn filename(&self) -> &str {
        &self.filename
    }

    /// Number of lines; an unfinished last line counts.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The 1-based line and 0-based byte column of an offset: what a line table stores.
    pub fn position(&self, offset: TextSize) -> (u32, u32) {
        let offset = u32::from(offset);
        if let Some(places) = &self.places {
            let at = places.partition_point(|p| p.0 <= offset);
            return at
                .checked_sub(1)
                .and_then(|i| places.get(i))
                .map_or((1, 0), |p| (p.1, p.2));
        }
        let line = self
            .line_starts
            .partition_point(|&start| start <= offset)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        (line as u32, offset - start)
    }

    /// A line's text with its `\n`, 1-based.
    pub fn line(&self, line: u32) -> &str {
        let Some(at) = (line as usize).checked_sub(1) else {
            return "";
        };
        let Some(&start) = self.line_starts.get(at) else {
            return "";
        };
        let end = self
            .line_starts
            .get(at + 1)
            .map_or(self.text.len(), |&next| next as usize);
        self.text.get(start as usize..end).unwrap_or("")
    }

    /// Byte offset at which a 1-based line starts.
    pub fn line_start(&self, line: u32) -> usize {
        let at = (line as usize).saturating_sub(1);
        self.line_starts
            .get(at)
            .map_or(self.text.len(), |&start| start as usize)
    }

    /// A byte column of a line as a 1-based column in characters.
    pub fn character_column(&self, line: u32, byte_column: u32) -> i32 {
        let text = self.line(line).as_bytes();
        let upto = text.get(..byte_column as usize).unwrap_or(text);
        let characters = upto.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        characters as i32 + 1 + (byte_column as usize - upto.len()) as i32
    }

    /// A syntax error that covers `range`, as the stages after the parser raise them in CPython: without the text of
    /// its line, and with columns that count bytes.
    pub fn error(&self, msg: impl Into<String>, range: TextRange) -> SyntaxError {
        let (line, col) = self.position(range.start());
        let (end_line, end_col) = self.position(range.end());
        SyntaxError {
            kind: ErrorKind::Syntax,
            msg: msg.into(),
            filename: self.filename.clone(),
            line,
            col: col as i32 + 1,
            end_line,
            end_col: end_col as i32 + 1,
            text: None,
        }
    }

    /// A parser error: columns count characters, and the text of the line is kept.
    pub fn parse_error(&self, msg: impl Into<String>, range: TextRange) -> SyntaxError {
        let mut error = self.error(msg, range);
        let (line, col) = self.position(range.start());
        let (end_line, end_col) = self.position(range.end());
        error.col = self.character_column(line, col);
        error.end_col = self.character_column(end_line, end_col);
        error.text = Some(self.line(error.line).to_string());
        error
    }
}

/// `\r\n` and lone `\r` become `\n`.
pub fn normalize_newlines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_string()
    }
}

/// Bytes of a program to text: UTF-8 unless a byte order mark or a coding comment in the first two lines says otherwise.
pub fn decode_source(bytes: &[u8]) -> Result<String, SyntaxError> {
    let (body, bom) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    if bytes.contains(&0) {
        return Err(SyntaxError::unplaced(
            "",
            "source code cannot contain null bytes",
        ));
    }
    let cookie = coding_cookie(body);
    let name = cookie.as_ref().map_or("utf-8", |(name, _)| name);
    let codec = Codec::find(name);
    if bom && cookie.is_some() && normal_name(name) != "utf-8" {
        let line = cookie.as_ref().map_or(1, |(_, line)| *line);
        let text = line_text(body, line);
        let mut error = SyntaxError::unplaced(
            "",
            format!("encoding problem: {} with BOM", normal_name(name)),
        );
        (error.line, error.col, error.end_line) = (line, 0, line);
        error.end_col = text.chars().count() as i32;
        error.text = Some(text.to_string());
        return Err(error);
    }
    match codec {
        Some(Codec::Utf8) => decode_utf8(body),
        Some(Codec::Latin1) => Ok(body.iter().map(|&byte| byte as char).collect()),
        Some(Codec::Ascii) => match body.iter().position(|byte| !byte.is_ascii()) {
            None => Ok(String::from_utf8_lossy(body).into_owned()),
            Some(at) => Err(SyntaxError::unplaced(
                "",
                format!(
                    "'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    body.get(at).copied().unwrap_or(0)
                ),
            )),
        },
        Some(Codec::Windows1252) => body
            .iter()
            .enumerate()
            .map(|(at, &byte)| {
                windows_1252(byte).ok_or_else(|| {
                    let message =
                        format!("'charmap' codec can't decode byte 0x{byte:02x} in position {at}: character maps to <undefined>");
                    SyntaxError::unplaced("", message)
                })
            })
            .collect(),
        None => Err(SyntaxError::unplaced("", format!("unknown encoding: {name}"))),
    }
}

fn line_text(body: &[u8], line: u32) -> &str {
    let bytes = body
        .split(|&byte| byte == b'\n')
        .nth(line as usize - 1)
        .unwrap_or_default();
    std::str::from_utf8(bytes)
        .unwrap_or_default()
        .trim_end_matches('\r')
}

fn decode_utf8(body: &[u8]) -> Result<String, SyntaxError> {
    let problem = match std::str::from_utf8(body) {
        Ok(text) => return Ok(text.to_string()),
        Err(problem) => problem.valid_up_to(),
    };
    let byte = body.get(problem).copied().unwrap_or(0);
    let before = body.get(..problem).unwrap_or_default();
    let line = before.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
    let start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let end = body
        .iter()
        .skip(start)
        .position(|&byte| byte == b'\n')
        .map_or(body.len(), |at| start + at);
    let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default())
        .chars()
        .count() as i32
        + 1;
    let message = format!(
        "Non-UTF-8 code starting with '\\x{byte:02x}' on line {line}, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details"
    );
    let mut error = SyntaxError::unplaced("", message);
    (error.line, error.col, error.end_line, error.end_col) = (line, column, line, column);
    error.text =
        Some(String::from_utf8_lossy(body.get(start..end).unwrap_or_default()).into_owned());
    Err(error)
}

/// The encoding that a program names, if decoding it takes the runtime's codecs: those of this file know only the few
/// that no error message depends on.
pub fn foreign_encoding(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return None;
    }
    let (name, _) = coding_cookie(bytes)?;
    match Codec::find(&name) {
        Some(Codec::Utf8) if normal_name(&name) == "utf-8" => None,
        Some(Codec::Utf8) if std::str::from_utf8(bytes).is_ok() => None,
        Some(Codec::Utf8) | None => Some(name),
        Some(_) => None,
    }
}

/// The encoding named by a comment in the first two lines, and the line.
fn coding_cookie(body: &[u8]) -> Option<(String, u32)> {
    let mut lines = body.split(|&byte| byte == b'\n' || byte == b'\r');
    for line in 1..=2 {
        let text = lines.next()?;
        let blank = text
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))
            .unwrap_or(text.len());
        let rest = text.get(blank..)?;
        match rest.first() {
            None => continue,
            Some(b'#') => {}
            Some(_) => return None,
        }
        if let Some(name) = cookie_in(&String::from_utf8_lossy(rest)) {
            return Some((name.to_string(), line));
        }
    }
    None
}

fn cookie_in(comment: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(found) = comment.get(from..)?.find("coding") {
        from += found + "coding".len();
        let rest = comment.get(from..)?;
        let Some(rest) = rest.strip_prefix([':', '=']) else {
            continue;
        };
        let rest = rest.trim_start_matches([' ', '\t']);
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
            .unwrap_or(rest.len());
        if length > 0 {
            return rest.get(..length);
        }
    }
    None
}

/// The spelling CPython's tokenizer gives the encodings it treats specially.
fn normal_name(name: &str) -> String {
    let folded: String = name
        .chars()
        .take(12)
        .map(|c| {
            if c == '_' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    let is = |wanted: &str| folded == wanted || folded.starts_with(&format!("{wanted}-"));
    if is("utf-8") {
        "utf-8".to_string()
    } else if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") {
        "iso-8859-1".to_string()
    } else {
        name.to_string()
    }
}

enum Codec {
    Utf8,
    Latin1,
    Ascii,
    Windows1252,
}

impl Codec {
    fn find(name: &str) -> Option<Codec> {
        let name = normal_name(name)
            .to_ascii_lowercase()
            .replace(['-', '_', '.', ' '], "");
        match name.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" | "utf8sig" => Some(Codec::Utf8),
            "iso88591" | "latin1" | "latin" | "l1" | "8859" | "cp819" | "iso885911987"
            | "ibm819" => Some(Codec::Latin1),
            "ascii" | "usascii" | "646" | "ansix341968" | "us" | "cp367" | "ibm367" => {
                Some(Codec::Ascii)
            }
            "cp1252" | "1252" | "windows1252" => Some(Codec::Windows1252),
            _ => None,
        }
    }
}

fn windows_1252(byte: u8) -> Option<char> {
    const HIGH: [u16; 32] = [
        0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
        0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
    ];
    match byte {
        0x80..=0x9f => HIGH
            .get(usize::from(byte - 0x80))
            .filter(|&&code| code != 0)
            .and_then(|&code| char::from_u32(u32::from(code))),
        _ => Some(byte as char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(
            decode_source(b"# coding: latin-1\nx='\xe9'").unwrap(),
            "# coding: latin-1\nx='\u{e9}'"
        );
        assert_eq!(decode_source(b"\xef\xbb\xbfx").unwrap(), "x");
        assert_eq!(
            decode_source(b"# coding: foo\nx").unwrap_err().msg,
            "unknown encoding: foo"
        );
        assert_eq!(
            decode_source(b"#\n# vim: fileencoding=bar\nx")
                .unwrap_err()
                .msg,
            "unknown encoding: bar"
        );
        assert_eq!(
            decode_source(b"x=1\n# coding: foo\nx").unwrap(),
            "x=1\n# coding: foo\nx"
        );
        let error = decode_source(b"\xef\xbb\xbf# coding: latin-1\nx").unwrap_err();
        assert_eq!(error.msg, "encoding problem: iso-8859-1 with BOM");
        let error = decode_source(b"\n\nx='\xe9'").unwrap_err();
        assert_eq!((error.line, error.col), (3, 4));
        let error = Source::from_file(b"'\xe9'", "a.py").unwrap_err();
        assert!(
            error
                .msg
                .starts_with("Non-UTF-8 code starting with '\\xe9' in file a.py on line 1, but")
        );
        let error = Source::from_bytes(b"\0", "a.py").unwrap_err();
        assert_eq!(error.msg, "source code string cannot contain null bytes");
    }

    #[test]
    fn positions() {
        let source = Source::from_text("a\r\n\u{e9}b\rc", "x").unwrap();
        assert_eq!(source.text(), "a\n\u{e9}b\nc");
        assert_eq!(source.position(TextSize::new(4)), (2, 2));
        assert_eq!(source.character_column(2, 2), 2);
        assert_eq!(source.line(2), "\u{e9}b\n");
    }
}
