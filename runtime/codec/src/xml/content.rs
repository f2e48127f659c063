//! Elements, text and references.

use super::parser::{
    Parser, State, Step, check_chars, is_char, is_name_start, lines, name_length, offset,
};
use super::{Event, error};

/// Text of documents that are not UTF-8 comes in pieces of this size.
const PIECE: usize = 1024;

const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

impl Parser {
    /// Reads one token of content. `main`: it stands in the document itself, not in an entity's replacement.
    pub(super) fn content_token(&mut self, rest: &str, done: bool, main: bool) -> Step {
        let used = match self.content_length(rest, done)? {
            Some(n) => n,
            None => return Ok(false),
        };
        // Comments and instructions have moved on by themselves.
        if main && used > 0 {
            self.advance(used);
        }
        if self.open.is_empty()
            && !self.fragment
            && self.expanding.is_empty()
            && self.state == State::Content
        {
            self.state = State::Epilog;
        }
        Ok(true)
    }
    /// The events of one token; its length, 0 if the place was moved already.
    fn content_length(&mut self, rest: &str, done: bool) -> Result<Option<usize>, u32> {
        if let Some(after) = rest.strip_prefix('<') {
            let Some(c) = after.chars().next() else {
                return Ok(None);
            };
            return match c {
                '/' => self.end_tag(rest),
                '?' => self.nested_misc(rest),
                '!' => {
                    if after.starts_with("!--") {
                        self.nested_misc(rest)
                    } else if after.starts_with("![CDATA[") {
                        self.cdata(rest)
                    } else if "![CDATA[".starts_with(after) || "!--".starts_with(after) {
                        Ok(None)
                    } else {
                        Err(error::INVALID_TOKEN)
                    }
                }
                c if is_name_start(c) => self.start_tag(rest),
                _ => Err(self.wrong_at(error::INVALID_TOKEN, 1)),
            };
        }
        if rest.starts_with('&') {
            return self.reference(rest);
        }
        self.character_data(rest, done)
    }
    fn nested_misc(&mut self, rest: &str) -> Result<Option<usize>, u32> {
        if self.expanding.is_empty() {
            return Ok(if self.comment_or_instruction(rest)? {
                Some(0)
            } else {
                None
            });
        }
        // In an entity the place stays where the reference is.
        let (at, line, column, byte) = (self.at, self.line, self.column, self.byte);
        let read = self.comment_or_instruction(rest)?;
        (self.at, self.line, self.column, self.byte) = (at, line, column, byte);
        if !read {
            return Ok(None);
        }
        let end = if rest.starts_with("<!--") {
            "-->"
        } else {
            "?>"
        };
        Ok(rest
            .get(4..)
            .and_then(|r| r.find(end))
            .map(|n| n + 4 + end.len())
            .or(Some(rest.len())))
    }
    fn character_data(&mut self, rest: &str, done: bool) -> Result<Option<usize>, u32> {
        match rest.as_bytes() {
            [b'\r', b'\n', ..] => {
                self.push(Event::Text("\n".into()), "\r\n");
                return Ok(Some(2));
            }
            [b'\r'] if !done => return Ok(None),
            [b'\r' | b'\n', ..] => {
                self.push(Event::Text("\n".into()), &rest[..1]);
                return Ok(Some(1));
            }
            [b']', b']', b'>', ..] => return Err(self.wrong_at(error::INVALID_TOKEN, 2)),
            [b']'] | [b']', b']'] if !done => return Ok(None),
            _ => {}
        }
        let mut end = rest.find(['<', '&', '\r', '\n']).unwrap_or(rest.len());
        if let Some(i) = rest[..end].find("]]>") {
            end = i;
        } else if end == rest.len() && !done {
            // The text may go on with the end of a CDATA section.
            end = rest.trim_end_matches(']').len().max(end.saturating_sub(2));
            if end == 0 {
                return Ok(None);
            }
        }
        if self.converted() && end > PIECE {
            end = (1..=PIECE)
                .rev()
                .find(|i| rest.is_char_boundary(*i))
                .unwrap_or(end);
        }
        let text = &rest[..end];
        if let Some(i) = text.find(|c| !is_char(c)) {
            if i > 0 {
                self.push(Event::Text(text[..i].to_owned()), &text[..i]);
                return Ok(Some(i));
            }
            return Err(error::INVALID_TOKEN);
        }
        self.push(Event::Text(text.to_owned()), text);
        Ok(Some(end))
    }
    fn cdata(&mut self, rest: &str) -> Result<Option<usize>, u32> {
        let inner = &rest[9..];
        let Some(end) = inner.find("]]>") else {
            return Ok(None);
        };
        check_chars(&inner[..end])?;
        self.push(Event::StartCdata, "<![CDATA[");
        let text = lines(&inner[..end]);
        for piece in text.split_inclusive('\n') {
            let (line, has_end) = match piece.strip_suffix('\n') {
                Some(l) => (l, true),
                None => (piece, false),
            };
            if !line.is_empty() {
                self.push(Event::Text(line.to_owned()), line);
            }
            if has_end {
                self.push(Event::Text("\n".into()), "\n");
            }
        }
        self.push(Event::EndCdata, "]]>");
        Ok(Some(end + 12))
    }
    fn end_tag(&mut self, rest: &str) -> Result<Option<usize>, u32> {
        let Some(end) = rest.find('>') else {
            return Ok(None);
        };
        let body = &rest[2..end];
        let n = name_length(body);
        let (name, tail) = body.split_at(n);
        if n == 0 || !tail.trim_matches(SPACES).is_empty() {
            return Err(error::INVALID_TOKEN);
        }
        match self.open.last() {
            Some((open, _, _)) if open == name => {}
            Some(_) => {
                if self.expanding.is_empty() {
                    // The error is at the name.
                    self.advance(2);
                }
                return Err(error::TAG_MISMATCH);
            }
            None => return Err(error::ASYNC_ENTITY),
        }
        self.close(&rest[..=end]);
        Ok(Some(end + 1))
    }
    fn close(&mut self, raw: &str) {
        if let Some((_, name, declared)) = self.open.pop() {
            self.push(Event::EndElement { name }, raw);
            for prefix in declared.into_iter().rev() {
                self.namespaces.pop();
                self.push(Event::EndNamespace { prefix }, "");
            }
        }
    }
    fn start_tag(&mut self, rest: &str) -> Result<Option<usize>, u32> {
        // The end is the first > outside quotes.
        let mut quote = None;
        let mut end = None;
        for (i, c) in rest.char_indices().skip(1) {
            match (quote, c) {
                (None, '>') => {
                    end = Some(i);
                    break;
                }
                (None, '<') => return Err(self.wrong_at(error::INVALID_TOKEN, i)),
                (None, '"' | '\'') => quote = Some(c),
                (Some(q), c) if c == q => quote = None,
                (Some(_), '<') => return Err(self.wrong_at(error::INVALID_TOKEN, i)),
                _ => {}
            }
        }
        let Some(end) = end else { return Ok(None) };
        let raw = &rest[..=end];
        let (body, empty) = match rest[1..end].strip_suffix('/') {
            Some(b) => (b, true),
            None => (&rest[1..end], false),
        };
        let n = name_length(body);
        let name = body[..n].to_owned();
        let mut left = &body[n..];
        let mut attributes: Vec<(String, String)> = Vec::new();
        loop {
            let trimmed = left.trim_start_matches(SPACES);
            if trimmed.is_empty() {
                break;
            }
            let n = name_length(trimmed);
            if n == 0 || trimmed.len() == left.len() {
                return Err(self.wrong_at(error::INVALID_TOKEN, offset(rest, trimmed)));
            }
            let (attribute, after) = trimmed.split_at(n);
            let after = after.trim_start_matches(SPACES);
            let Some(value) = after.strip_prefix('=') else {
                return Err(self.wrong_at(error::INVALID_TOKEN, offset(rest, after)));
            };
            let after = value.trim_start_matches(SPACES);
            let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                return Err(self.wrong_at(error::INVALID_TOKEN, offset(rest, after)));
            };
            let (value, after) = after[1..].split_once(quote).ok_or(error::INVALID_TOKEN)?;
            check_chars(value)?;
            if attributes.iter().any(|(a, _)| a == attribute) {
                return Err(self.wrong_at(error::DUPLICATE_ATTRIBUTE, offset(rest, trimmed)));
            }
            let value = self.attribute_value(value, 0)?;
            let cdata = !self.declared_tokens(&name, attribute);
            let value = if cdata { value } else { collapsed(&value) };
            attributes.push((attribute.to_owned(), value));
            left = after;
        }
        let specified = attributes.len();
        for d in self.attributes.get(&name).cloned().unwrap_or_default() {
            if let Some(v) = d.default
                && !attributes.iter().any(|(a, _)| *a == d.name)
            {
                attributes.push((d.name, v));
            }
        }
        self.report_start(name, attributes, specified, raw)?;
        if empty {
            // The end of an empty element is behind its tag.
            let main = self.expanding.is_empty();
            if main {
                self.advance(end + 1);
            }
            self.close("");
            if main {
                return Ok(Some(0));
            }
        }
        Ok(Some(end + 1))
    }
    fn declared_tokens(&self, element: &str, attribute: &str) -> bool {
        let all = self.attributes.get(element);
        all.is_some_and(|d| d.iter().any(|d| d.name == attribute && !d.cdata))
    }
    fn report_start(
        &mut self,
        name: String,
        attributes: Vec<(String, String)>,
        specified: usize,
        raw: &str,
    ) -> Result<(), u32> {
        if self.separator.is_none() {
            self.open.push((name.clone(), name.clone(), vec![]));
            self.push(
                Event::StartElement {
                    name,
                    attributes,
                    specified,
                },
                raw,
            );
            return Ok(());
        }
        let mut declared = Vec::new();
        let mut plain = Vec::new();
        let mut kept = specified;
        for (i, (a, v)) in attributes.into_iter().enumerate() {
            let prefix = match a.strip_prefix("xmlns") {
                Some("") => None,
                Some(p) if p.starts_with(':') => Some(p[1..].to_owned()),
                _ => {
                    plain.push((a, v));
                    continue;
                }
            };
            if i < specified {
                kept -= 1;
            }
            match prefix.as_deref() {
                Some("xmlns") => return Err(39),
                Some("xml") if v != "http://www.w3.org/XML/1998/namespace" => return Err(38),
                Some(_) if v.is_empty() => return Err(28),
                _ => {}
            }
            self.namespaces
                .push((prefix.clone().unwrap_or_default(), v.clone()));
            let uri = Some(v).filter(|v| !v.is_empty());
            self.push(
                Event::StartNamespace {
                    prefix: prefix.clone(),
                    uri,
                },
                "",
            );
            declared.push(prefix);
        }
        let full = self.expanded_name(&name, true)?;
        let mut out: Vec<(String, String)> = Vec::new();
        for (a, v) in plain {
            let a = self.expanded_name(&a, false)?;
            if out.iter().any(|(x, _)| *x == a) {
                return Err(error::DUPLICATE_ATTRIBUTE);
            }
            out.push((a, v));
        }
        self.open.push((name, full.clone(), declared));
        self.push(
            Event::StartElement {
                name: full,
                attributes: out,
                specified: kept,
            },
            raw,
        );
        Ok(())
    }
    /// A name with its namespace.
    fn expanded_name(&self, name: &str, element: bool) -> Result<String, u32> {
        let Some(separator) = &self.separator else {
            return Ok(name.to_owned());
        };
        let (prefix, local) = match name.split_once(':') {
            Some((p, l)) if !p.is_empty() && !l.is_empty() => (p, l),
            Some(_) => return Err(error::INVALID_TOKEN),
            None if element => ("", name),
            None => return Ok(name.to_owned()),
        };
        let uri = self
            .namespaces
            .iter()
            .rev()
            .find(|(p, _)| p == prefix)
            .map(|(_, u)| u.as_str());
        match uri {
            Some(u) if !u.is_empty() => {
                let tail = if self.prefixes && !prefix.is_empty() {
                    format!("{separator}{prefix}")
                } else {
                    String::new()
                };
                Ok(format!("{u}{separator}{local}{tail}"))
            }
            _ if prefix.is_empty() => Ok(local.to_owned()),
            _ => Err(error::UNBOUND_PREFIX),
        }
    }
    /// The value of an attribute: references replaced, white space as spaces.
    pub(super) fn attribute_value(&mut self, text: &str, depth: usize) -> Result<String, u32> {
        let mut out = String::with_capacity(text.len());
        let text = if depth == 0 {
            lines(text)
        } else {
            text.to_owned()
        };
        let mut left = text.as_str();
        while let Some(i) = left.find(['&', '\t', '\n', '\r', '<']) {
            out.push_str(&left[..i]);
            let rest = &left[i..];
            if rest.starts_with('<') {
                return Err(error::INVALID_TOKEN);
            }
            if !rest.starts_with('&') {
                out.push(' ');
                left = &rest[1..];
                continue;
            }
            let end = rest.find(';').ok_or(error::INVALID_TOKEN)?;
            let name = &rest[1..end];
            left = &rest[end + 1..];
            if let Some(c) = character_reference(name)? {
                out.push(c);
                continue;
            }
            if name_length(name) != name.len() || name.is_empty() {
                return Err(error::INVALID_TOKEN);
            }
            if depth > 60 || self.expanding.iter().any(|n| n == name) {
                return Err(error::RECURSIVE_ENTITY);
            }
            match self.entities.get(name).cloned() {
                Some(e) => {
                    if e.notation.is_some() {
                        return Err(error::BINARY_ENTITY_REF);
                    }
                    let value = e.value.ok_or(error::ATTRIBUTE_EXTERNAL_ENTITY_REF)?;
                    self.count_expansion(value.len())?;
                    self.expanding.push(name.to_owned());
                    let inner = self.attribute_value(&value, depth + 1);
                    self.expanding.pop();
                    out.push_str(&inner?);
                }
                None if self.incomplete_dtd && !self.standalone => {}
                None => return Err(error::UNDEFINED_ENTITY),
            }
        }
        out.push_str(left);
        Ok(out)
    }
    fn count_expansion(&mut self, n: usize) -> Result<(), u32> {
        self.expanded += n;
        let total = self.byte + self.expanded as u64;
        if total > self.expansion_limit
            && total as f64 / self.byte.max(1) as f64 > self.expansion_factor
        {
            return Err(error::AMPLIFICATION);
        }
        Ok(())
    }
    fn reference(&mut self, rest: &str) -> Result<Option<usize>, u32> {
        let Some(end) = rest.find(';') else {
            let name = &rest[1..];
            let name = name.strip_prefix('#').unwrap_or(name);
            let wrong = name.contains(|c: char| {
                !(is_name_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
            });
            return if wrong {
                Err(error::INVALID_TOKEN)
            } else {
                Ok(None)
            };
        };
        let (name, raw) = (&rest[1..end], &rest[..=end]);
        if let Some(c) = character_reference(name)? {
            self.push(Event::Text(c.to_string()), raw);
            return Ok(Some(end + 1));
        }
        if name.is_empty() || name_length(name) != name.len() {
            return Err(error::INVALID_TOKEN);
        }
        if self.expanding.iter().any(|n| n == name) {
            return Err(error::RECURSIVE_ENTITY);
        }
        let Some(e) = self.entities.get(name).cloned() else {
            if !self.incomplete_dtd || self.standalone {
                return Err(error::UNDEFINED_ENTITY);
            }
            self.push(
                Event::Skipped {
                    name: name.to_owned(),
                    parameter: false,
                },
                raw,
            );
            return Ok(Some(end + 1));
        };
        if e.notation.is_some() {
            return Err(error::BINARY_ENTITY_REF);
        }
        let Some(value) = e.value else {
            self.push(
                Event::ExternalRef {
                    context: Some(name.to_owned()),
                    id: e.id,
                },
                raw,
            );
            return Ok(Some(end + 1));
        };
        if self.keep_entities {
            self.push(
                Event::Skipped {
                    name: name.to_owned(),
                    parameter: false,
                },
                raw,
            );
            return Ok(Some(end + 1));
        }
        self.count_expansion(value.len())?;
        let depth = self.open.len();
        self.expanding.push(name.to_owned());
        let mut at = 0;
        while at < value.len() {
            match self.content_length(&value[at..], true)? {
                Some(n) if n > 0 => at += n,
                _ => return Err(error::UNCLOSED_TOKEN),
            }
        }
        self.expanding.pop();
        if self.open.len() != depth {
            return Err(error::ASYNC_ENTITY);
        }
        Ok(Some(end + 1))
    }
}

/// The character of `#65`, `#x41` or one of the five names.
pub(super) fn character_reference(name: &str) -> Result<Option<char>, u32> {
    Ok(Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let Some(number) = name.strip_prefix('#') else {
                return Ok(None);
            };
            let code = match number.strip_prefix('x') {
                Some(hex) if !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16)
                }
                None if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
                    number.parse()
                }
                _ => return Err(error::INVALID_TOKEN),
            };
            let c = code.ok().and_then(char::from_u32).filter(|c| is_char(*c));
            c.ok_or(error::BAD_CHAR_REF)?
        }
    }))
}

/// White space of attributes that are lists of names.
pub(super) fn collapsed(text: &str) -> String {
    text.split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
