//! The reader: a state machine over the characters of lines.

use super::dialect::{self, NEVER, NONNUMERIC, NOTNULL, Rules, STRINGS};
use super::{error, limit};
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;
use std::cell::Cell;

py_class! {
    /// `_csv.reader`.
    pub struct PyReader as "reader" { pub input: Owned, pub dialect: Owned, pub line: Cell<i64> }
}

pub(super) fn new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let input = vm.iter(a[0])?;
    let dialect = dialect::from_args(vm, a[1], a[2])?;
    Ok(new_object(
        PyReader::class(),
        PyReader {
            input,
            dialect,
            line: Cell::new(0),
        },
    ))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    InField,
    InQuoted,
    EscapeInQuoted,
    QuoteInQuoted,
    EatNewline,
    AfterEscapedNewline,
}

struct Parser<'a> {
    vm: &'a Vm,
    rules: &'a Rules,
    limit: i64,
    state: State,
    field: Builder,
    unquoted: bool,
    fields: Vec<Owned>,
}

impl Parser<'_> {
    fn save(&mut self) -> PyResult<()> {
        let field = std::mem::replace(&mut self.field, Builder::new());
        let text = PyStr::from_buf(&field.finish());
        let empty = text.cast::<PyStr>().is_none_or(|s| s.is_empty());
        let q = self.rules.quoting;
        let value = if self.unquoted && empty && matches!(q, NOTNULL | STRINGS) {
            Owned::NONE
        } else if self.unquoted && !empty && matches!(q, NONNUMERIC | STRINGS) {
            let class = <PyFloat as Payload>::class();
            self.vm.call(class.as_value(), &[text.value()])?
        } else {
            text
        };
        self.unquoted = true;
        self.fields.push(value);
        Ok(())
    }
    fn add(&mut self, c: u32) -> PyResult<()> {
        if self.field.len() as i64 >= self.limit {
            return Err(error(
                self.vm,
                format!("field larger than field limit ({})", self.limit),
            ));
        }
        self.field.push(c);
        Ok(())
    }
    /// The field is over at the end of a line.
    fn end_line(&mut self, c: Option<u32>) -> PyResult<()> {
        self.save()?;
        self.state = if c.is_none() {
            State::StartRecord
        } else {
            State::EatNewline
        };
        Ok(())
    }
    /// One character; `None` is the end of a line.
    fn feed(&mut self, c: Option<u32>) -> PyResult<()> {
        let r = self.rules;
        let newline = matches!(c, None | Some(10 | 13));
        match self.state {
            State::StartRecord if c.is_none() => Ok(()),
            State::StartRecord if newline => {
                self.state = State::EatNewline;
                Ok(())
            }
            State::StartRecord | State::StartField => {
                self.state = State::StartField;
                if newline {
                    return self.end_line(c);
                }
                if c == r.quote && r.quoting != NEVER {
                    self.unquoted = false;
                    self.state = State::InQuoted;
                } else if c == r.escape {
                    self.state = State::Escaped;
                } else if c == Some(32) && r.skip_space {
                } else if c == Some(r.delimiter) {
                    self.save()?;
                } else if let Some(c) = c {
                    self.add(c)?;
                    self.state = State::InField;
                }
                Ok(())
            }
            State::Escaped => {
                self.add(c.unwrap_or(10))?;
                self.state = if matches!(c, Some(10 | 13)) {
                    State::AfterEscapedNewline
                } else {
                    State::InField
                };
                Ok(())
            }
            State::AfterEscapedNewline if c.is_none() => Ok(()),
            State::AfterEscapedNewline | State::InField => {
                if newline {
                    self.end_line(c)
                } else if c == r.escape {
                    self.state = State::Escaped;
                    Ok(())
                } else if c == Some(r.delimiter) {
                    self.save()?;
                    self.state = State::StartField;
                    Ok(())
                } else {
                    self.state = State::InField;
                    self.add(c.unwrap_or(10))
                }
            }
            State::InQuoted => match c {
                None => Ok(()),
                _ if c == r.escape => {
                    self.state = State::EscapeInQuoted;
                    Ok(())
                }
                _ if c == r.quote && r.quoting != NEVER => {
                    self.state = if r.double {
                        State::QuoteInQuoted
                    } else {
                        State::InField
                    };
                    Ok(())
                }
                Some(c) => self.add(c),
            },
            State::EscapeInQuoted => {
                self.state = State::InQuoted;
                self.add(c.unwrap_or(10))
            }
            State::QuoteInQuoted => match c {
                Some(q) if r.quoting != NEVER && c == r.quote => {
                    self.state = State::InQuoted;
                    self.add(q)
                }
                _ if c == Some(r.delimiter) => {
                    self.save()?;
                    self.state = State::StartField;
                    Ok(())
                }
                _ if newline => self.end_line(c),
                Some(c) if !r.strict => {
                    self.state = State::InField;
                    self.add(c)
                }
                _ => {
                    let shown = |c: u32| char::from_u32(c).unwrap_or('?');
                    Err(error(
                        self.vm,
                        format!(
                            "'{}' expected after '{}'",
                            shown(r.delimiter),
                            shown(r.quote.unwrap_or(0x22))
                        ),
                    ))
                }
            },
            State::EatNewline => match c {
                None => {
                    self.state = State::StartRecord;
                    Ok(())
                }
                Some(10 | 13) => Ok(()),
                _ => Err(error(self.vm, "new-line character seen in unquoted field - do you need to open the file with newline=''?")),
            },
        }
    }
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(reader) = v.cast::<PyReader>() else {
        return Ok(Owned::NULL);
    };
    let dialect = reader.dialect.clone();
    let mut p = Parser {
        vm,
        rules: &dialect::this(vm, dialect.value())?.rules,
        limit: limit(vm),
        state: State::StartRecord,
        field: Builder::new(),
        unquoted: true,
        fields: vec![],
    };
    loop {
        let Some(line) = vm.next(reader.input.value())? else {
            if !p.field.is_empty() || p.state == State::InQuoted {
                if p.rules.strict {
                    return Err(error(vm, "unexpected end of data"));
                }
                p.save()?;
                break;
            }
            return Ok(Owned::NULL);
        };
        let Some(s) = line.cast::<PyStr>() else {
            return Err(error(vm, format!("iterator should return strings, not {} (the file should be opened in text mode)", line.class().name_str())));
        };
        reader.line.set(reader.line.get() + 1);
        for c in s.text().iter() {
            p.feed(Some(c))?;
        }
        p.feed(None)?;
        if p.state == State::StartRecord {
            break;
        }
    }
    Ok(PyList::new(p.fields))
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("dialect", |_, v| {
        Ok(v.cast::<PyReader>()
            .map_or(Owned::NONE, |r| r.dialect.clone()))
    }),
    GetSetDef::read("line_num", |_, v| {
        Ok(new_int(v.cast::<PyReader>().map_or(0, |r| r.line.get())))
    }),
];

pub(super) fn define(vm: &Vm, m: &PyModule) {
    let class = define_class::<PyReader>(
        vm,
        ClassSpec {
            module: "_csv",
            flags: type_flags::BASE | type_flags::DISALLOW_INSTANTIATION,
            doc: Some("An iterator over the records of lines."),
            slots: |s| {
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            getset: GETSET,
            ..ClassSpec::new("reader")
        },
    );
    m.dict().set_name("Reader", class.as_owned());
}
