//! Document type declarations: read as a whole, once the end is there.

use super::content::{character_reference, collapsed};
use super::parser::{Declared, Entity, Parser, Step, check_chars, lines, name_length};
use super::{Event, External, Model, error};

const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

/// The text that is still to be read of a declaration.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    /// Skips white space; whether there was any.
    fn spaces(&mut self) -> bool {
        let rest = self.0.trim_start_matches(SPACES);
        let any = rest.len() != self.0.len();
        self.0 = rest;
        any
    }
    fn name(&mut self) -> Result<&'a str, u32> {
        let n = name_length(self.0);
        if n == 0 {
            return Err(error::INVALID_TOKEN);
        }
        let (name, rest) = self.0.split_at(n);
        self.0 = rest;
        Ok(name)
    }
    fn eat(&mut self, word: &str) -> bool {
        match self.0.strip_prefix(word) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }
    fn quoted(&mut self) -> Result<&'a str, u32> {
        let quote = self
            .0
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))
            .ok_or(error::SYNTAX)?;
        let (text, rest) = self.0[1..].split_once(quote).ok_or(error::INVALID_TOKEN)?;
        self.0 = rest;
        Ok(text)
    }
    /// SYSTEM and PUBLIC identifiers, if there are any.
    fn external(&mut self, system_needed: bool) -> Result<Option<External>, u32> {
        if self.eat("SYSTEM") {
            self.spaces();
            let system = Some(self.quoted()?.to_owned());
            return Ok(Some(External {
                system,
                public: None,
            }));
        }
        if !self.eat("PUBLIC") {
            return Ok(None);
        }
        self.spaces();
        let public = Some(
            self.quoted()?
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        );
        self.spaces();
        let system = match self.quoted() {
            Ok(s) => Some(s.to_owned()),
            Err(e) if system_needed => return Err(e),
            Err(_) => None,
        };
        Ok(Some(External { system, public }))
    }
}

/// How long a declaration is, up to and with the `>` that closes it.
fn declaration_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(i + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    None
}

/// How long the internal subset is, up to its `]`.
fn subset_length(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(']') {
            return Some(at);
        }
        if rest.starts_with("<!--") {
            at += 4 + rest.get(4..)?.find("-->")? + 3;
        } else if rest.starts_with("<?") {
            at += rest.find("?>")? + 2;
        } else if rest.starts_with('<') {
            at += declaration_length(rest)?;
        } else {
            at += rest.chars().next()?.len_utf8();
        }
    }
}

impl Parser {
    pub(super) fn doctype(&mut self, rest: &str) -> Step {
        let mut c = Cursor(&rest[9..]);
        // Where the internal subset begins, if there is one before the end.
        let mut quote = None;
        let mut open = None;
        for (i, ch) in rest.char_indices() {
            match (quote, ch) {
                (None, '>') => break,
                (None, '[') => {
                    open = Some(i);
                    break;
                }
                (None, '"' | '\'') => quote = Some(ch),
                (Some(q), ch) if q == ch => quote = None,
                _ => {}
            }
        }
        let (head, subset, total) = match open {
            None => match declaration_length(rest) {
                Some(n) => (n - 1, None, n),
                None => return Ok(false),
            },
            Some(open) => {
                let Some(n) = subset_length(&rest[open + 1..]) else {
                    return Ok(false);
                };
                let close = open + 1 + n;
                let Some(tail) = rest[close + 1..].find('>') else {
                    return Ok(false);
                };
                (open, Some(open + 1..close), close + tail + 2)
            }
        };
        if !c.spaces() {
            return Err(error::INVALID_TOKEN);
        }
        let name = c.name()?.to_owned();
        c.spaces();
        let id = c.external(true)?;
        self.seen_doctype = true;
        if id.is_some() && !self.standalone {
            self.push(Event::NotStandalone, "");
        }
        let event = Event::StartDoctype {
            name,
            id: id.clone().unwrap_or_default(),
            internal: subset.is_some(),
        };
        self.push(event, &rest[..head]);
        self.advance(head);
        if let Some(range) = subset {
            let start = range.start;
            self.push(Event::Other, "[");
            self.advance(start - head);
            let body = rest[range].to_owned();
            self.subset(&body, true)?;
            self.push(Event::Other, "]");
            self.advance(total - start - body.len());
        } else {
            self.advance(total - head);
        }
        let external = id.filter(|id| id.system.is_some());
        if external.is_some() || self.use_foreign_dtd {
            self.incomplete_dtd = true;
            let wanted =
                self.parameter_parsing == 2 || self.parameter_parsing == 1 && !self.standalone;
            if wanted {
                let id = external.unwrap_or_default();
                self.push(Event::ExternalRef { context: None, id }, "");
            }
        }
        self.push(Event::EndDoctype, ">");
        Ok(true)
    }
    /// The external subset, fed to a parser of its own.
    pub(super) fn external_subset(&mut self, rest: &str, done: bool) -> Step {
        if !done {
            return Ok(false);
        }
        self.subset(rest, true)?;
        Ok(true)
    }
    /// Declarations. `main`: the place moves with them.
    fn subset(&mut self, text: &str, main: bool) -> Result<(), u32> {
        let mut left = text;
        while !left.is_empty() {
            let n = self.declaration(left)?;
            if main {
                self.advance(n);
            }
            left = &left[n..];
        }
        Ok(())
    }
    /// One declaration; how long it is.
    fn declaration(&mut self, text: &str) -> Result<usize, u32> {
        let spaces = text.len() - text.trim_start_matches(SPACES).len();
        if spaces > 0 {
            self.push(Event::Other, &text[..spaces]);
            return Ok(spaces);
        }
        if let Some(inner) = text.strip_prefix("<!--") {
            let end = inner.find("--").ok_or(error::UNCLOSED_TOKEN)?;
            if inner.as_bytes().get(end + 2) != Some(&b'>') {
                return Err(error::INVALID_TOKEN);
            }
            check_chars(&inner[..end])?;
            self.push(Event::Comment(lines(&inner[..end])), &text[..end + 7]);
            return Ok(end + 7);
        }
        if let Some(inner) = text.strip_prefix("<?") {
            let end = inner.find("?>").ok_or(error::UNCLOSED_TOKEN)?;
            let n = name_length(inner);
            let target = inner[..n.min(end)].to_owned();
            if target == "xml" {
                if self.fragment {
                    return Ok(end + 4);
                }
                return Err(error::MISPLACED_XML_PI);
            }
            let data = lines(inner[n.min(end)..end].trim_start_matches(SPACES));
            self.push(Event::Instruction { target, data }, &text[..end + 4]);
            return Ok(end + 4);
        }
        if let Some(inner) = text.strip_prefix('%') {
            return self.parameter_reference(inner);
        }
        if let Some(inner) = text.strip_prefix("<![") {
            return self.conditional(inner, text.len());
        }
        if !text.starts_with("<!") {
            return Err(error::SYNTAX);
        }
        let n = declaration_length(text).ok_or(error::UNCLOSED_TOKEN)?;
        let raw = &text[..n];
        let mut body = text[2..n - 1].to_owned();
        if self.fragment && body.contains('%') {
            body = self.with_parameters(&body)?;
        }
        let mut c = Cursor(&body);
        if c.eat("ENTITY") {
            self.entity(&mut c, raw)?;
        } else if c.eat("ELEMENT") {
            c.spaces();
            let name = c.name()?.to_owned();
            c.spaces();
            let model = model(&mut c)?;
            self.declare_model(name, model, raw);
        } else if c.eat("ATTLIST") {
            self.attlist(&mut c, raw)?;
        } else if c.eat("NOTATION") {
            c.spaces();
            let name = c.name()?.to_owned();
            c.spaces();
            let id = c.external(false)?.ok_or(error::SYNTAX)?;
            self.push(Event::NotationDecl { name, id }, raw);
        } else {
            return Err(error::SYNTAX);
        }
        Ok(n)
    }
    /// `<![INCLUDE[ ... ]]>` and `<![IGNORE[ ... ]]>`.
    fn conditional(&mut self, inner: &str, _: usize) -> Result<usize, u32> {
        let open = inner.find('[').ok_or(error::SYNTAX)?;
        let word = self.with_parameters(inner[..open].trim_matches(SPACES))?;
        let end = inner.find("]]>").ok_or(error::UNCLOSED_TOKEN)?;
        match word.trim_matches(SPACES) {
            "INCLUDE" => {
                let body = inner[open + 1..end].to_owned();
                self.subset(&body, false)?;
            }
            "IGNORE" => {}
            _ => return Err(error::SYNTAX),
        }
        Ok(end + 6)
    }
    fn parameter_reference(&mut self, inner: &str) -> Result<usize, u32> {
        let n = name_length(inner);
        if n == 0 || inner.as_bytes().get(n) != Some(&b';') {
            return Err(error::INVALID_TOKEN);
        }
        let name = &inner[..n];
        let raw = format!("%{name};");
        if self.expanding.iter().any(|e| e == name) {
            return Err(error::RECURSIVE_ENTITY);
        }
        if self.parameter_parsing == 0 {
            // Nothing of it is read: what it declares is not known.
            self.incomplete_dtd = true;
            self.push(
                if self.standalone {
                    Event::Other
                } else {
                    Event::NotStandalone
                },
                raw,
            );
            return Ok(n + 2);
        }
        match self.parameters.get(name).cloned() {
            Some(Entity { value: Some(v), .. }) => {
                self.expanding.push(name.to_owned());
                let r = self.subset(&v, false);
                self.expanding.pop();
                r?;
            }
            Some(e) => {
                self.incomplete_dtd = true;
                self.push(
                    Event::ExternalRef {
                        context: None,
                        id: e.id,
                    },
                    raw,
                );
            }
            None => {
                self.incomplete_dtd = true;
                self.push(
                    Event::Skipped {
                        name: name.to_owned(),
                        parameter: true,
                    },
                    raw,
                );
            }
        }
        Ok(n + 2)
    }
    /// A declaration of the external subset with its parameter entities replaced.
    fn with_parameters(&self, text: &str) -> Result<String, u32> {
        let mut out = String::new();
        let mut left = text;
        while let Some(i) = left.find('%') {
            out.push_str(&left[..i]);
            let rest = &left[i + 1..];
            let n = name_length(rest);
            if n == 0 || rest.as_bytes().get(n) != Some(&b';') {
                out.push('%');
                left = rest;
                continue;
            }
            if let Some(v) = self
                .parameters
                .get(&rest[..n])
                .and_then(|e| e.value.as_deref())
            {
                out.push_str(v);
            }
            left = &rest[n + 1..];
        }
        out.push_str(left);
        Ok(out)
    }
    fn entity(&mut self, c: &mut Cursor<'_>, raw: &str) -> Result<(), u32> {
        c.spaces();
        let parameter = c.eat("%");
        c.spaces();
        let name = c.name()?.to_owned();
        c.spaces();
        let mut entity = Entity::default();
        match c.external(true)? {
            Some(id) => {
                entity.id = id;
                c.spaces();
                if !parameter && c.eat("NDATA") {
                    c.spaces();
                    entity.notation = Some(c.name()?.to_owned());
                }
            }
            None => entity.value = Some(self.entity_value(c.quoted()?)?),
        }
        c.spaces();
        if !c.0.is_empty() {
            return Err(error::SYNTAX);
        }
        let table = if parameter {
            &mut self.parameters
        } else {
            &mut self.entities
        };
        // The first declaration of a name counts.
        let known = table.contains_key(&name);
        if !known {
            table.insert(name.clone(), entity.clone());
        }
        let Entity {
            value,
            id,
            notation,
        } = entity;
        let event = if known {
            Event::Other
        } else {
            Event::EntityDecl {
                name,
                parameter,
                value,
                id,
                notation,
            }
        };
        self.push(event, raw);
        Ok(())
    }
    /// The value of an entity: character references are replaced at once, the others where the entity is used.
    fn entity_value(&self, text: &str) -> Result<String, u32> {
        check_chars(text)?;
        let text = lines(text);
        let text = if self.fragment {
            self.with_parameters(&text)?
        } else {
            text
        };
        let mut out = String::new();
        let mut left = text.as_str();
        while let Some(i) = left.find("&#") {
            out.push_str(&left[..i]);
            let rest = &left[i + 1..];
            let end = rest.find(';').ok_or(error::INVALID_TOKEN)?;
            if let Some(ch) = character_reference(&rest[..end])? {
                out.push(ch);
            }
            left = &rest[end + 1..];
        }
        out.push_str(left);
        Ok(out)
    }
    fn attlist(&mut self, c: &mut Cursor<'_>, raw: &str) -> Result<(), u32> {
        c.spaces();
        let element = c.name()?.to_owned();
        let mut shown = raw;
        loop {
            c.spaces();
            if c.0.is_empty() {
                return Ok(());
            }
            let attribute = c.name()?.to_owned();
            c.spaces();
            let kind = if c.eat("NOTATION") {
                c.spaces();
                format!("NOTATION{}", alternatives(c)?)
            } else if c.0.starts_with('(') {
                alternatives(c)?
            } else {
                let kind = c.name()?;
                const KINDS: [&str; 8] = [
                    "CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS",
                ];
                if !KINDS.contains(&kind) {
                    return Err(error::SYNTAX);
                }
                kind.to_owned()
            };
            c.spaces();
            let (mut default, mut required) = (None, false);
            if c.eat("#REQUIRED") {
                required = true;
            } else if !c.eat("#IMPLIED") {
                required = c.eat("#FIXED");
                c.spaces();
                let value = self.attribute_value(c.quoted()?, 0)?;
                default = Some(if kind == "CDATA" {
                    value
                } else {
                    collapsed(&value)
                });
            }
            let known = self.attributes.entry(element.clone()).or_default();
            if !known.iter().any(|d| d.name == attribute) {
                let (name, cdata) = (attribute.clone(), kind == "CDATA");
                known.push(Declared {
                    name,
                    cdata,
                    default: default.clone(),
                });
            }
            let element = element.clone();
            self.push(
                Event::AttlistDecl {
                    element,
                    attribute,
                    kind,
                    default,
                    required,
                },
                shown,
            );
            shown = "";
        }
    }
}

/// `(a|b|c)` without its white space.
fn alternatives(c: &mut Cursor<'_>) -> Result<String, u32> {
    let end = c.0.find(')').ok_or(error::SYNTAX)?;
    let text: String = c.0[..=end]
        .chars()
        .filter(|ch| !SPACES.contains(ch))
        .collect();
    c.0 = &c.0[end + 1..];
    if text.starts_with('(') {
        Ok(text)
    } else {
        Err(error::SYNTAX)
    }
}

const EMPTY: u8 = 1;
const ANY: u8 = 2;
const MIXED: u8 = 3;
const NAME: u8 = 4;
const CHOICE: u8 = 5;
const SEQUENCE: u8 = 6;

fn model(c: &mut Cursor<'_>) -> Result<Model, u32> {
    let simple = |kind| Model {
        kind,
        quantifier: 0,
        name: None,
        children: vec![],
    };
    if c.eat("EMPTY") {
        return Ok(simple(EMPTY));
    }
    if c.eat("ANY") {
        return Ok(simple(ANY));
    }
    if !c.0.starts_with('(') {
        return Err(error::SYNTAX);
    }
    let m = particle(c, 0)?;
    c.spaces();
    if c.0.is_empty() {
        Ok(m)
    } else {
        Err(error::SYNTAX)
    }
}

fn particle(c: &mut Cursor<'_>, depth: usize) -> Result<Model, u32> {
    if depth > 1000 {
        return Err(error::TOO_DEEP);
    }
    let mut m = if c.eat("(") {
        c.spaces();
        let mut kind = None;
        let mut children = Vec::new();
        if c.eat("#PCDATA") {
            kind = Some(MIXED);
        } else {
            children.push(particle(c, depth + 1)?);
        }
        loop {
            c.spaces();
            if c.eat(")") {
                break;
            }
            let this = if c.eat("|") {
                CHOICE
            } else if c.eat(",") {
                SEQUENCE
            } else {
                return Err(error::SYNTAX);
            };
            match kind {
                Some(MIXED) if this == CHOICE => {}
                Some(k) if k != this => return Err(error::SYNTAX),
                _ => kind = Some(this),
            }
            c.spaces();
            children.push(particle(c, depth + 1)?);
        }
        Model {
            kind: kind.unwrap_or(SEQUENCE),
            quantifier: 0,
            name: None,
            children,
        }
    } else {
        let name = Some(c.name()?.to_owned());
        Model {
            kind: NAME,
            quantifier: 0,
            name,
            children: vec![],
        }
    };
    m.quantifier = if c.eat("?") {
        1
    } else if c.eat("*") {
        2
    } else if c.eat("+") {
        3
    } else {
        0
    };
    Ok(m)
}
