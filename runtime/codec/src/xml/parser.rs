//! The input of a document and what has been read of it.

use super::{Encoding, Event, External, Found, Model, error};
use std::collections::{HashMap, VecDeque};

/// A declared entity.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    pub value: Option<String>,
    pub id: External,
    pub notation: Option<String>,
}

/// A declared attribute.
#[derive(Clone)]
pub(super) struct Declared {
    pub name: String,
    pub cdata: bool,
    pub default: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Start,
    Prolog,
    Content,
    Epilog,
}

/// A parser of one document, or of one external entity.
pub struct Parser {
    bytes: Vec<u8>,
    encoding: Option<Encoding>,
    /// Waiting for the caller to supply an encoding.
    asked: bool,
    pub(super) text: String,
    pub(super) at: usize,
    is_final: bool,
    bad_bytes: bool,
    pub(super) state: State,
    /// An external entity has no root element.
    pub(super) fragment: bool,
    pub(super) queue: VecDeque<Found>,
    pub line: u64,
    pub column: u64,
    pub byte: u64,
    pub(super) width: u64,
    /// Names of open elements as they were written, their names as reported, and how many namespaces they declared.
    pub(super) open: Vec<(String, String, Vec<Option<String>>)>,
    pub(super) separator: Option<String>,
    pub prefixes: bool,
    pub(super) namespaces: Vec<(String, String)>,
    pub(super) entities: HashMap<String, Entity>,
    pub(super) parameters: HashMap<String, Entity>,
    pub(super) attributes: HashMap<String, Vec<Declared>>,
    pub(super) expanding: Vec<String>,
    pub(super) expanded: usize,
    pub(super) seen_doctype: bool,
    /// Parts of the document type were not read: entities may be unknown.
    pub(super) incomplete_dtd: bool,
    pub(super) standalone: bool,
    /// Internal entities are only reported, not expanded (a default handler without expansion is set).
    pub keep_entities: bool,
    /// Whether external parameter entities are wanted: 0 never, 1 unless standalone, 2 always.
    pub parameter_parsing: u8,
    pub use_foreign_dtd: bool,
    /// How large replacement texts may grow, and how much larger than the document.
    pub expansion_limit: u64,
    pub expansion_factor: f64,
}

pub(super) type Step = Result<bool, u32>;

impl Parser {
    /// A parser; an encoding given here counts more than the document's own.
    pub fn new(encoding: Option<Encoding>, separator: Option<String>) -> Parser {
        Parser {
            bytes: vec![],
            encoding,
            asked: false,
            text: String::new(),
            at: 0,
            is_final: false,
            bad_bytes: false,
            state: State::Start,
            fragment: false,
            queue: VecDeque::new(),
            line: 1,
            column: 0,
            byte: 0,
            width: 1,
            open: vec![],
            separator,
            prefixes: false,
            namespaces: vec![("xml".into(), "http://www.w3.org/XML/1998/namespace".into())],
            entities: HashMap::new(),
            parameters: HashMap::new(),
            attributes: HashMap::new(),
            expanding: vec![],
            expanded: 0,
            seen_doctype: false,
            incomplete_dtd: false,
            standalone: false,
            keep_entities: false,
            parameter_parsing: 0,
            use_foreign_dtd: false,
            expansion_limit: 8 << 20,
            expansion_factor: 100.0,
        }
    }
    /// A parser for an external entity of this document.
    pub fn child(&self, encoding: Option<Encoding>, dtd: bool) -> Parser {
        Parser {
            fragment: true,
            prefixes: self.prefixes,
            namespaces: self.namespaces.clone(),
            entities: self.entities.clone(),
            parameters: self.parameters.clone(),
            attributes: self.attributes.clone(),
            incomplete_dtd: self.incomplete_dtd,
            seen_doctype: dtd,
            parameter_parsing: self.parameter_parsing,
            ..Parser::new(encoding, self.separator.clone())
        }
    }
    /// Takes over what a child parser has learnt of the document type.
    pub fn adopt(&mut self, child: &Parser) {
        for (n, e) in &child.entities {
            self.entities.entry(n.clone()).or_insert_with(|| e.clone());
        }
        for (n, e) in &child.parameters {
            self.parameters
                .entry(n.clone())
                .or_insert_with(|| e.clone());
        }
        for (n, a) in &child.attributes {
            self.attributes
                .entry(n.clone())
                .or_insert_with(|| a.clone());
        }
    }
    /// Whether anything was fed.
    pub fn started(&self) -> bool {
        self.state != State::Start || !self.bytes.is_empty()
    }
    /// Gives more of the document.
    pub fn feed(&mut self, data: &[u8], is_final: bool) {
        self.bytes.extend_from_slice(data);
        self.is_final |= is_final;
    }
    /// Answers an [`Event::UnknownEncoding`].
    pub fn set_encoding(&mut self, encoding: Encoding) {
        self.encoding = Some(encoding);
        self.asked = false;
    }
    /// The next event; `None` if there is nothing more for now.
    pub fn next_event(&mut self) -> Result<Option<Found>, u32> {
        loop {
            if let Some(f) = self.queue.pop_front() {
                return Ok(Some(f));
            }
            if self.asked {
                return Err(error::UNKNOWN_ENCODING);
            }
            self.decode()?;
            if !self.queue.is_empty() {
                continue;
            }
            let rest = self.text.get(self.at..).unwrap_or("");
            let done = self.is_final && self.bytes.is_empty();
            if rest.is_empty() {
                if self.bad_bytes {
                    return Err(error::INVALID_TOKEN);
                }
                if done {
                    self.finish()?;
                }
                return Ok(None);
            }
            let progress = self.token(done || self.bad_bytes)?;
            if self.at > 1 << 16 {
                self.text.drain(..self.at);
                self.at = 0;
            }
            if !progress && self.queue.is_empty() {
                if self.bad_bytes {
                    return Err(error::INVALID_TOKEN);
                }
                if self.is_final && !self.bytes.is_empty() && self.encoding.is_some() {
                    return Err(error::PARTIAL_CHAR);
                }
                if done {
                    return Err(error::UNCLOSED_TOKEN);
                }
                return Ok(None);
            }
        }
    }
    fn finish(&mut self) -> Result<(), u32> {
        if self.fragment {
            return if self.open.is_empty() {
                Ok(())
            } else {
                Err(error::ASYNC_ENTITY)
            };
        }
        if self.state != State::Epilog {
            Err(error::NO_ELEMENTS)
        } else {
            Ok(())
        }
    }
    /// Makes text of the bytes, once the encoding is known.
    fn decode(&mut self) -> Result<(), u32> {
        if self.bytes.is_empty() || self.bad_bytes {
            return Ok(());
        }
        if self.state == State::Start && self.text.is_empty() {
            let (skip, encoding) = match &self.bytes[..] {
                [0xef, 0xbb, 0xbf, ..] => (3, Encoding::Utf8),
                [0xff, 0xfe, ..] => (2, Encoding::Utf16 { little: true }),
                [0xfe, 0xff, ..] => (2, Encoding::Utf16 { little: false }),
                [b'<', 0, ..] => (0, Encoding::Utf16 { little: true }),
                [0, b'<', ..] => (0, Encoding::Utf16 { little: false }),
                [0xef] | [0xef, 0xbb] | [0xff] | [0xfe] | [0] | [b'<'] if !self.is_final => {
                    return Ok(());
                }
                _ => (0, Encoding::Utf8),
            };
            self.bytes.drain(..skip);
            self.byte += skip as u64;
            let wide = matches!(encoding, Encoding::Utf16 { .. });
            if self.encoding.is_none() || wide {
                if wide {
                    self.width = 2;
                    self.encoding = Some(encoding);
                } else if skip > 0 {
                    self.encoding = Some(encoding);
                } else if !self.declared()? {
                    return Ok(());
                }
            }
        }
        let Some(encoding) = &self.encoding else {
            return Ok(());
        };
        match encoding.decode(&self.bytes, &mut self.text) {
            Ok(n) => {
                self.bytes.drain(..n);
            }
            Err(n) => {
                self.bytes.drain(..n);
                self.bad_bytes = true;
            }
        }
        Ok(())
    }
    /// Looks for the encoding in the XML declaration. False: more bytes are needed, or an answer.
    fn declared(&mut self) -> Result<bool, u32> {
        let head = b"<?xml";
        let n = self.bytes.len().min(head.len());
        if self.bytes[..n] != head[..n] {
            self.encoding = Some(Encoding::Utf8);
            return Ok(true);
        }
        let Some(end) = self.bytes.windows(2).position(|w| w == b"?>") else {
            if self.is_final {
                self.encoding = Some(Encoding::Utf8);
            }
            return Ok(self.is_final);
        };
        let decl = String::from_utf8_lossy(&self.bytes[..end]).into_owned();
        let name = decl.split_once("encoding").and_then(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.get(1..)?.split(quote).next()
        });
        let Some(name) = name else {
            self.encoding = Some(Encoding::Utf8);
            return Ok(true);
        };
        match Encoding::named(name) {
            // The bytes were read as single ones so far: it cannot be true.
            Some(Encoding::Utf16 { .. }) => Err(19),
            Some(e) => {
                self.encoding = Some(e);
                Ok(true)
            }
            None if name.eq_ignore_ascii_case("utf-16") => Err(19),
            None => {
                self.asked = true;
                let event = Event::UnknownEncoding(name.to_owned());
                self.push(event, String::new());
                Ok(false)
            }
        }
    }
    /// Adds an event at the current place.
    pub(super) fn push(&mut self, event: Event, raw: impl Into<String>) {
        let (line, column, byte) = (self.line, self.column, self.byte);
        self.queue.push_back(Found {
            event,
            raw: raw.into(),
            line,
            column,
            byte,
        });
    }
    /// Moves the place over text that was read.
    pub(super) fn advance(&mut self, n: usize) {
        let text = self.text.get(self.at..self.at + n).unwrap_or("");
        for c in text.chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 0;
            } else {
                self.column += 1;
            }
        }
        self.byte += n as u64 * self.width;
        self.at += n;
    }
    /// Whether the document's bytes are not UTF-8.
    pub(super) fn converted(&self) -> bool {
        !matches!(self.encoding, Some(Encoding::Utf8))
    }
    /// An error that is some way behind the current place; not in the replacement of an entity, which has no place.
    pub(super) fn wrong_at(&mut self, code: u32, n: usize) -> u32 {
        if self.expanding.is_empty()
            && self.text.is_char_boundary(self.at + n)
            && self.at + n <= self.text.len()
        {
            self.advance(n);
        }
        code
    }
    /// Reads one token. False if it is not complete.
    fn token(&mut self, done: bool) -> Step {
        let rest = self.text[self.at..].to_owned();
        match self.state {
            State::Start => {
                if rest.starts_with("<?xml") || ("<?xml".starts_with(&rest) && !done) {
                    let after = rest.as_bytes().get(5);
                    if rest.len() < 6 && !done {
                        return Ok(false);
                    }
                    if after.is_none_or(|c| c.is_ascii_whitespace() || *c == b'?') {
                        return self.xml_decl(&rest);
                    }
                }
                self.state = if self.fragment && !self.seen_doctype {
                    State::Content
                } else {
                    State::Prolog
                };
                self.token(done)
            }
            State::Content => self.content_token(&rest, done, true),
            State::Prolog if self.fragment => self.external_subset(&rest, done),
            State::Prolog | State::Epilog => self.misc_token(&rest, done),
        }
    }
    fn xml_decl(&mut self, rest: &str) -> Step {
        let Some(end) = rest.find("?>") else {
            return Ok(false);
        };
        let inner = &rest[5..end];
        let mut version = None;
        let mut encoding = None;
        let mut standalone = -1;
        const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];
        let mut left = inner.trim_matches(SPACES);
        while !left.is_empty() {
            let (name, after) = left.split_once('=').ok_or(error::XML_DECL)?;
            let after = after.trim_start_matches(SPACES);
            let quote = after
                .chars()
                .next()
                .filter(|c| matches!(c, '"' | '\''))
                .ok_or(error::XML_DECL)?;
            let (value, after) = after[1..].split_once(quote).ok_or(error::XML_DECL)?;
            match name.trim_matches(SPACES) {
                "version" if version.is_none() => version = Some(value.to_owned()),
                "encoding" if encoding.is_none() => encoding = Some(value.to_owned()),
                "standalone" if value == "yes" => standalone = 1,
                "standalone" if value == "no" => standalone = 0,
                _ => return Err(self.wrong_at(error::XML_DECL, offset(rest, left))),
            }
            left = after.trim_start_matches(SPACES);
        }
        if version.is_none() && !self.fragment {
            return Err(error::XML_DECL);
        }
        self.standalone = standalone == 1;
        self.push(
            Event::XmlDecl {
                version,
                encoding,
                standalone,
            },
            &rest[..end + 2],
        );
        self.advance(end + 2);
        self.state = if self.fragment && !self.seen_doctype {
            State::Content
        } else {
            State::Prolog
        };
        Ok(true)
    }
    /// Before and after the root element.
    fn misc_token(&mut self, rest: &str, done: bool) -> Step {
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        if spaces > 0 {
            self.push(Event::Other, &rest[..spaces]);
            self.advance(spaces);
            return Ok(true);
        }
        if rest.starts_with("<!--") || rest.starts_with("<?") {
            return self.comment_or_instruction(rest);
        }
        let epilog = self.state == State::Epilog;
        if "<!DOCTYPE".starts_with(rest) || "<!--".starts_with(rest) {
            return Ok(false);
        }
        if rest.starts_with("<!DOCTYPE") && !epilog && !self.seen_doctype {
            return self.doctype(rest);
        }
        if epilog {
            return Err(if rest.starts_with("</") {
                error::INVALID_TOKEN
            } else {
                error::JUNK_AFTER_DOCUMENT
            });
        }
        match rest.chars().nth(1) {
            _ if !rest.starts_with('<') => Err(bad_text(rest)),
            Some(c) if is_name_start(c) => {
                self.state = State::Content;
                if self.use_foreign_dtd && !self.seen_doctype {
                    self.seen_doctype = true;
                    self.incomplete_dtd = true;
                    if self.parameter_parsing != 0 {
                        let id = External::default();
                        self.push(Event::ExternalRef { context: None, id }, "");
                        return Ok(true);
                    }
                }
                self.content_token(rest, done, true)
            }
            Some('!') => Err(error::SYNTAX),
            _ => Err(self.wrong_at(error::INVALID_TOKEN, 1)),
        }
    }
    /// A comment or a processing instruction.
    pub(super) fn comment_or_instruction(&mut self, rest: &str) -> Step {
        if let Some(inner) = rest.strip_prefix("<!--") {
            let Some(end) = inner.find("--") else {
                return Ok(false);
            };
            match inner.as_bytes().get(end + 2) {
                None => return Ok(false),
                Some(b'>') => {}
                Some(_) => return Err(self.wrong_at(error::INVALID_TOKEN, end + 6)),
            }
            check_chars(&inner[..end])?;
            self.push(Event::Comment(lines(&inner[..end])), &rest[..end + 7]);
            self.advance(end + 7);
            return Ok(true);
        }
        let inner = rest.strip_prefix("<?").unwrap_or(rest);
        let Some(end) = inner.find("?>") else {
            // What cannot be the start of a name is wrong at once.
            return match inner.chars().next() {
                Some(c) if !is_name_start(c) => Err(error::INVALID_TOKEN),
                _ => Ok(false),
            };
        };
        let body = &inner[..end];
        let n = name_length(body);
        let (target, data) = body.split_at(n);
        if target.is_empty() || !(data.is_empty() || data.starts_with([' ', '\t', '\r', '\n'])) {
            return Err(error::INVALID_TOKEN);
        }
        if target.eq_ignore_ascii_case("xml") {
            return Err(if target == "xml" {
                error::MISPLACED_XML_PI
            } else {
                error::INVALID_TOKEN
            });
        }
        check_chars(data)?;
        let data = lines(data.trim_start_matches([' ', '\t', '\r', '\n']));
        self.push(
            Event::Instruction {
                target: target.to_owned(),
                data,
            },
            &rest[..end + 4],
        );
        self.advance(end + 4);
        Ok(true)
    }
    pub(super) fn declare_model(&mut self, name: String, model: Model, raw: &str) {
        self.push(Event::ElementDecl { name, model }, raw);
    }
}

/// Where a part of a text begins in it.
pub(super) fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

fn bad_text(rest: &str) -> u32 {
    match rest.chars().next() {
        Some(c) if !is_char(c) => error::INVALID_TOKEN,
        _ => error::SYNTAX,
    }
}

/// Whether a character may stand in a document.
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
pub(super) fn check_chars(text: &str) -> Result<(), u32> {
    if text.chars().all(is_char) {
        Ok(())
    } else {
        Err(error::INVALID_TOKEN)
    }
}
pub(super) fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '_' | ':')
        || (c >= '\u{c0}' && c != '\u{d7}' && c != '\u{f7}')
}
/// How long the name is that the text begins with.
pub(super) fn name_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, c)) if is_name_start(c) => {}
        _ => return 0,
    }
    chars
        .find(|(_, c)| {
            !(is_name_start(*c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{b7}'))
        })
        .map_or(text.len(), |(i, _)| i)
}
/// Line ends as XML sees them.
pub(super) fn lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
