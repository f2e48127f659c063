//! The handlers of a parser: their attributes, and the calls for the events that are read.

use super::{PyXmlParser, encoding, this};
use pyjit_codec::xml::{Event, External, Found, Model};
use pyjit_core::object::GetSetDef;
use pyjit_core::prelude::*;

macro_rules! handlers {
    ($($id:ident $name:literal),* $(,)?) => {
        /// The handlers, by place.
        #[derive(Clone, Copy)]
        pub enum H { $($id),* }
        /// Their names.
        pub static HANDLERS: &[&str] = &[$($name),*];
        static GETSET: &[GetSetDef] = &[$(GetSetDef::write($name, |vm, v| get(vm, v, H::$id), |vm, v, to| set(vm, v, to, H::$id))),*];
    };
}
handlers! {
    StartElement "StartElementHandler", EndElement "EndElementHandler", Instruction "ProcessingInstructionHandler",
    Text "CharacterDataHandler", Unparsed "UnparsedEntityDeclHandler", Notation "NotationDeclHandler",
    StartNamespace "StartNamespaceDeclHandler", EndNamespace "EndNamespaceDeclHandler", Comment "CommentHandler",
    StartCdata "StartCdataSectionHandler", EndCdata "EndCdataSectionHandler", Default "DefaultHandler",
    DefaultExpand "DefaultHandlerExpand", NotStandalone "NotStandaloneHandler", ExternalRef "ExternalEntityRefHandler",
    StartDoctype "StartDoctypeDeclHandler", EndDoctype "EndDoctypeDeclHandler", Entity "EntityDeclHandler",
    XmlDecl "XmlDeclHandler", ElementDecl "ElementDeclHandler", AttlistDecl "AttlistDeclHandler",
    Skipped "SkippedEntityHandler",
}

/// The attributes for the class.
pub fn handler_getset() -> &'static [GetSetDef] {
    GETSET
}

fn get(vm: &Vm, v: Value, h: H) -> PyResult<Owned> {
    let p = this(vm, v)?;
    let f = p.handlers.get().get(h as usize).cloned().unwrap_or_default();
    Ok(if f.is_null() { Owned::NONE } else { f })
}

fn set(vm: &Vm, v: Value, to: Value, h: H) -> PyResult<()> {
    if to.is_null() {
        return Err(vm.runtime_error("Cannot delete attribute"));
    }
    let p = this(vm, v)?;
    if matches!(h, H::Text) {
        // What was collected belongs to the old handler.
        flush(vm, p)?;
    }
    let new = to.given().unwrap_or(Value::NULL).own();
    let old = p.handlers.get_mut().get_mut(h as usize).map(|place| std::mem::replace(place, new));
    drop(old);
    let keep = !p.handlers.get().get(H::Default as usize).is_none_or(|f| f.is_null());
    p.machine(vm)?.keep_entities = keep;
    Ok(())
}

fn handler(p: &PyXmlParser, h: H) -> Option<Owned> {
    p.handlers.get().get(h as usize).filter(|f| !f.is_null()).cloned()
}

/// Hands collected text to its handler.
pub fn flush(vm: &Vm, p: &PyXmlParser) -> PyResult<()> {
    if p.buffer.get().0.is_empty() {
        return Ok(());
    }
    let text = std::mem::take(&mut p.buffer.get_mut().0);
    match handler(p, H::Text) {
        Some(f) => vm.call(f.value(), &[PyStr::from_str(&text).value()]).map(drop),
        None => Ok(()),
    }
}

/// Reads events and calls handlers until there is nothing more for now.
pub fn run(vm: &Vm, p: &PyXmlParser, v: Value) -> PyResult<()> {
    let r = run_all(vm, p);
    if r.is_err() {
        // After an exception nothing is called any more.
        p.handlers.set(vec![Owned::NULL; HANDLERS.len()]);
        if p.error.get() == 0 {
            p.error.set(1);
        }
    }
    let _ = v;
    r
}

fn run_all(vm: &Vm, p: &PyXmlParser) -> PyResult<()> {
    loop {
        let next = p.machine(vm)?.next_event();
        match next {
            Ok(None) => return flush(vm, p),
            Ok(Some(found)) => {
                p.line.set(found.line);
                p.column.set(found.column);
                p.byte.set(found.byte as i64);
                deliver(vm, p, found)?;
            }
            Err(pyjit_codec::xml::error::TOO_DEEP) => return Err(vm.recursion_error("")),
            Err(code) => {
                flush(vm, p)?;
                return Err(p.failed(vm, code)?);
            }
        }
    }
}

fn text(s: &str) -> Owned {
    PyStr::from_str(s)
}
fn maybe(s: &Option<String>) -> Owned {
    s.as_deref().map_or(Owned::NONE, PyStr::from_str)
}

/// A name, shared with others like it.
fn name(vm: &Vm, p: &PyXmlParser, s: &str) -> PyResult<Owned> {
    let new = text(s);
    match p.intern.cast::<PyDict>() {
        Some(d) => d.set_default(vm, new.value(), new.value()).map(|r| r.0),
        None => Ok(new),
    }
}

fn model(vm: &Vm, m: &Model) -> PyResult<Owned> {
    vm.check_native_stack()?;
    let children = m.children.iter().map(|c| model(vm, c)).collect::<PyResult<Vec<_>>>()?;
    Ok(PyTuple::new(vec![
        Owned::small(i64::from(m.kind)),
        Owned::small(i64::from(m.quantifier)),
        maybe(&m.name),
        PyTuple::new(children),
    ]))
}

/// What default handlers get of a text: declarations in their parts, everything else as a whole.
fn tokens(raw: &str) -> Vec<&str> {
    if !raw.starts_with("<!") || raw.starts_with("<!--") || raw.starts_with("<![") {
        return vec![raw];
    }
    let mut all = Vec::new();
    let mut left = raw;
    while let Some(c) = left.chars().next() {
        let n = match c {
            '"' | '\'' => left[1..].find(c).map_or(left.len(), |i| i + 2),
            ' ' | '\t' | '\r' | '\n' => left.len() - left.trim_start_matches([' ', '\t', '\r', '\n']).len(),
            '>' | '(' | ')' | '|' | ',' => 1,
            _ => left.find([' ', '\t', '\r', '\n', '"', '\'', '>', '(', ')', '|', ',']).unwrap_or(left.len()),
        };
        let (token, rest) = left.split_at(n);
        all.push(token);
        left = rest;
    }
    all
}

fn deliver(vm: &Vm, p: &PyXmlParser, found: Found) -> PyResult<()> {
    if let Event::Text(s) = &found.event
        && let Some(f) = handler(p, H::Text)
    {
        if !p.buffer_text.get() {
            return vm.call(f.value(), &[text(s).value()]).map(drop);
        }
        let size = p.buffer_size.get() as usize;
        if p.buffer.get().0.len() + s.len() > size {
            flush(vm, p)?;
        }
        if s.len() > size {
            return match handler(p, H::Text) {
                Some(f) => vm.call(f.value(), &[text(s).value()]).map(drop),
                None => Ok(()),
            };
        }
        p.buffer.get_mut().0.push_str(s);
        return Ok(());
    }
    let base = || p.base.own();
    let ids = |id: &External| [base(), maybe(&id.system), maybe(&id.public)];
    let (h, args): (H, Vec<Owned>) = match &found.event {
        Event::UnknownEncoding(n) => {
            let e = encoding(vm, n)?;
            p.machine(vm)?.set_encoding(e);
            return Ok(());
        }
        Event::StartElement { name: n, attributes, specified } => {
            let count = if p.specified.get() { *specified } else { attributes.len() };
            let given = attributes.iter().take(count);
            let n = name(vm, p, n)?;
            let all = if p.ordered.get() {
                let mut list = Vec::new();
                for (k, v) in given {
                    list.push(name(vm, p, k)?);
                    list.push(text(v));
                }
                PyList::new(list)
            } else {
                let d = PyDict::new();
                if let Some(dict) = d.cast::<PyDict>() {
                    for (k, v) in given {
                        dict.set(vm, name(vm, p, k)?.value(), text(v))?;
                    }
                }
                d
            };
            (H::StartElement, vec![n, all])
        }
        Event::EndElement { name: n } => (H::EndElement, vec![name(vm, p, n)?]),
        Event::StartNamespace { prefix, uri } => (H::StartNamespace, vec![maybe(prefix), maybe(uri)]),
        Event::EndNamespace { prefix } => (H::EndNamespace, vec![maybe(prefix)]),
        Event::Text(s) => (H::Text, vec![text(s)]),
        Event::Comment(s) => (H::Comment, vec![text(s)]),
        Event::Instruction { target, data } => (H::Instruction, vec![name(vm, p, target)?, text(data)]),
        Event::StartCdata => (H::StartCdata, vec![]),
        Event::EndCdata => (H::EndCdata, vec![]),
        Event::XmlDecl { version, encoding, standalone } => {
            (H::XmlDecl, vec![maybe(version), maybe(encoding), new_int(i64::from(*standalone))])
        }
        Event::StartDoctype { name: n, id, internal } => {
            let n = name(vm, p, n)?;
            (H::StartDoctype, vec![n, maybe(&id.system), maybe(&id.public), new_int(i64::from(*internal))])
        }
        Event::EndDoctype => (H::EndDoctype, vec![]),
        Event::EntityDecl { name: n, parameter, value, id, notation } => {
            let [b, system, public] = ids(id);
            let n = name(vm, p, n)?;
            if notation.is_some()
                && let Some(f) = handler(p, H::Unparsed)
            {
                flush(vm, p)?;
                let args = [n, b, system, public, maybe(notation)];
                let args: Vec<Value> = args.iter().map(|v| v.value()).collect();
                return vm.call(f.value(), &args).map(drop);
            }
            let is = new_int(i64::from(*parameter));
            (H::Entity, vec![n, is, maybe(value), b, system, public, maybe(notation)])
        }
        Event::NotationDecl { name: n, id } => {
            let [b, system, public] = ids(id);
            (H::Notation, vec![name(vm, p, n)?, b, system, public])
        }
        Event::ElementDecl { name: n, model: m } => (H::ElementDecl, vec![name(vm, p, n)?, model(vm, m)?]),
        Event::AttlistDecl { element, attribute, kind, default, required } => {
            let required = new_int(i64::from(*required));
            let names = [name(vm, p, element)?, name(vm, p, attribute)?, text(kind), maybe(default)];
            (H::AttlistDecl, names.into_iter().chain([required]).collect())
        }
        Event::ExternalRef { context, id } => {
            let [b, system, public] = ids(id);
            (H::ExternalRef, vec![maybe(context), b, system, public])
        }
        Event::Skipped { name: n, parameter } => {
            (H::Skipped, vec![name(vm, p, n)?, new_int(i64::from(*parameter))])
        }
        Event::NotStandalone => (H::NotStandalone, vec![]),
        Event::Other => (H::Default, vec![]),
    };
    let own = || if matches!(found.event, Event::Other) { None } else { handler(p, h) };
    if own().is_some() {
        flush(vm, p)?;
        // The text's handler may have removed the one that comes now.
        if own().is_none() {
            return Ok(());
        }
    }
    let chosen = own();
    let Some(f) = chosen else {
        let default = handler(p, H::DefaultExpand).or_else(|| handler(p, H::Default));
        return match default {
            Some(f) if !found.raw.is_empty() => {
                flush(vm, p)?;
                for token in tokens(&found.raw) {
                    vm.call(f.value(), &[text(token).value()])?;
                }
                Ok(())
            }
            _ => Ok(()),
        };
    };
    let values: Vec<Value> = args.iter().map(|v| v.value()).collect();
    let r = vm.call(f.value(), &values)?;
    let refused = |code: u32| match r.value().as_i64() {
        Some(0) => Err(p.failed(vm, code)?),
        Some(_) => Ok(()),
        None if r.is_none() => Err(vm.type_error("'NoneType' object cannot be interpreted as an integer")),
        None => Ok(()),
    };
    match h {
        H::ExternalRef => refused(21),
        H::NotStandalone => refused(22),
        _ => Ok(()),
    }
}
