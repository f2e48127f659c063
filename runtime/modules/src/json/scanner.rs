//! `make_scanner`: parses a document into objects.

use super::decode_error;
use super::strings::{JsonUnit, scan};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::Payload;
use pyjit_core::prelude::*;
use pyjit_text::float_parse::parse_float;
use pyjit_text::repr::Text;
use pyjit_text::with_units;

py_class! {
    /// A scanner: what the decoder gave it.
    pub struct PyScanner as "Scanner" {
        pub strict: bool,
        pub object_hook: Owned,
        pub object_pairs_hook: Owned,
        pub parse_float: Owned,
        pub parse_int: Owned,
        pub parse_constant: Owned,
    }
}

static NEW: Sig = Sig::parse("(context)");
static CALL: Sig = Sig::parse("(string, idx)");

macro_rules! member {
    ($name:ident) => {
        GetSetDef::read(stringify!($name), |_, v| {
            Ok(v.cast::<PyScanner>()
                .map_or(Owned::NONE, |s| s.$name.clone()))
        })
    };
}
static GETSET: &[GetSetDef] = &[
    GetSetDef::read("strict", |_, v| {
        Ok(Owned::bool(
            v.cast::<PyScanner>().is_some_and(|s| s.strict),
        ))
    }),
    member!(object_hook),
    member!(object_pairs_hook),
    member!(parse_float),
    member!(parse_int),
    member!(parse_constant),
];

pub(super) fn define(vm: &Vm) -> &'static TypeObject {
    define_class::<PyScanner>(
        vm,
        ClassSpec {
            module: "_json",
            flags: 0,
            doc: Some("JSON scanner object."),
            slots: |s| {
                s.new.set(Some(|vm, class, args| {
                    let who = Callee {
                        name: "make_scanner",
                        qualified: &|| "make_scanner".to_owned(),
                        bound: false,
                    };
                    bind(vm, &NEW, who, args, |a| {
                        let get = |name: &str| vm.getattr_str(a[0], name);
                        let strict = get("strict")?;
                        Ok(new_object(
                            class,
                            PyScanner {
                                strict: vm.truthy(strict.value())?,
                                object_hook: get("object_hook")?,
                                object_pairs_hook: get("object_pairs_hook")?,
                                parse_float: get("parse_float")?,
                                parse_int: get("parse_int")?,
                                parse_constant: get("parse_constant")?,
                            },
                        ))
                    })
                }));
                s.call.set(Some(call));
            },
            getset: GETSET,
            ..ClassSpec::new("Scanner")
        },
    )
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "scan_once",
        qualified: &|| "scan_once".to_owned(),
        bound: false,
    };
    bind(vm, &CALL, who, args, |a| {
        let (Some(sc), Some(s)) = (v.cast::<PyScanner>(), a[0].cast::<PyStr>()) else {
            return Err(vm.type_error(format!(
                "first argument must be a string, not {}",
                a[0].class().name_str()
            )));
        };
        let idx = vm.to_size(a[1])?;
        let Ok(idx) = usize::try_from(idx) else {
            return Err(vm.value_error("idx cannot be negative"));
        };
        let (value, next) = with_units!(s.text(), u => {
            let mut p = Parser { vm, sc, doc: a[0], units: u, memo: PyDict::new() };
            p.value(idx)?
        });
        Ok(PyTuple::pair(value, new_usize(next)))
    })
}

struct Parser<'a, U> {
    vm: &'a Vm,
    sc: &'a PyScanner,
    doc: Value,
    units: &'a [U],
    /// Keys met so far, so that equal ones are the same object.
    memo: Owned,
}

impl<U: JsonUnit> Parser<'_, U> {
    #[inline]
    fn at(&self, i: usize) -> Option<u32> {
        self.units.get(i).map(|u| u.code())
    }
    #[inline]
    fn is(&self, i: usize, c: u8) -> bool {
        self.at(i) == Some(u32::from(c))
    }
    fn space(&self, mut i: usize) -> usize {
        while matches!(self.at(i), Some(0x20 | 0x09 | 0x0a | 0x0d)) {
            i += 1;
        }
        i
    }
    fn word(&self, i: usize, w: &str) -> bool {
        w.bytes().enumerate().all(|(k, b)| self.is(i + k, b))
    }
    fn error(&self, msg: &str, at: usize) -> Raised {
        decode_error(self.vm, msg, self.doc, at)
    }
    fn stop(&self, i: usize) -> Raised {
        self.vm.stop_iteration(new_usize(i).value())
    }

    fn value(&mut self, i: usize) -> PyResult<(Owned, usize)> {
        let vm = self.vm;
        let Some(c) = self.at(i) else {
            return Err(self.stop(i));
        };
        match char::from_u32(c).unwrap_or('\0') {
            '"' => scan(vm, self.units, self.doc, i + 1, self.sc.strict),
            '{' => {
                vm.check_native_stack_in(" while decoding a JSON object from a unicode string")?;
                self.object(i + 1)
            }
            '[' => {
                vm.check_native_stack_in(" while decoding a JSON array from a unicode string")?;
                self.array(i + 1)
            }
            'n' if self.word(i, "null") => Ok((Owned::NONE, i + 4)),
            't' if self.word(i, "true") => Ok((Owned::bool(true), i + 4)),
            'f' if self.word(i, "false") => Ok((Owned::bool(false), i + 5)),
            'N' if self.word(i, "NaN") => self.constant("NaN", i),
            'I' if self.word(i, "Infinity") => self.constant("Infinity", i),
            '-' if self.word(i, "-Infinity") => self.constant("-Infinity", i),
            _ => self.number(i),
        }
    }

    fn constant(&self, name: &str, i: usize) -> PyResult<(Owned, usize)> {
        let arg = PyStr::from_str(name);
        let v = self
            .vm
            .call(self.sc.parse_constant.value(), &[arg.value()])?;
        Ok((v, i + name.len()))
    }

    fn number(&self, start: usize) -> PyResult<(Owned, usize)> {
        let digit = |i: usize| matches!(self.at(i), Some(0x30..=0x39));
        let mut i = start;
        if self.is(i, b'-') {
            i += 1;
        }
        if self.is(i, b'0') {
            i += 1;
        } else if digit(i) {
            while digit(i) {
                i += 1;
            }
        } else {
            return Err(self.stop(start));
        }
        let mut float = false;
        if self.is(i, b'.') && digit(i + 1) {
            float = true;
            i += 2;
            while digit(i) {
                i += 1;
            }
        }
        if self.is(i, b'e') || self.is(i, b'E') {
            let mut j = i + 1;
            if self.is(j, b'+') || self.is(j, b'-') {
                j += 1;
            }
            if digit(j) {
                while digit(j) {
                    j += 1;
                }
                float = true;
                i = j;
            }
        }
        let text: Vec<u8> = self
            .units
            .get(start..i)
            .unwrap_or(&[])
            .iter()
            .map(|u| u.code() as u8)
            .collect();
        let hook = if float {
            &self.sc.parse_float
        } else {
            &self.sc.parse_int
        };
        if float && hook.value().is(<PyFloat as Payload>::class().as_value()) {
            if let Some(x) = parse_float(&text) {
                return Ok((new_float(x), i));
            }
        } else if !float && hook.value().is(PyInt::class_ref().as_value()) {
            let small = std::str::from_utf8(&text).ok().and_then(|t| t.parse().ok());
            if let Some(n) = small {
                return Ok((new_int(n), i));
            }
        }
        let arg = PyStr::from_text(Text::Ascii(&text));
        Ok((self.vm.call(hook.value(), &[arg.value()])?, i))
    }

    fn key(&mut self, i: usize) -> PyResult<(Owned, usize)> {
        let (key, next) = scan(self.vm, self.units, self.doc, i, self.sc.strict)?;
        if let Some(m) = self.memo.cast::<PyDict>() {
            if let Some(known) = m.get_str(key.value()) {
                return Ok((known.own(), next));
            }
            m.set_str(key.value(), key.clone());
        }
        Ok((key, next))
    }

    fn object(&mut self, start: usize) -> PyResult<(Owned, usize)> {
        let vm = self.vm;
        let pairs = !self.sc.object_pairs_hook.is_none();
        let mut list: Vec<Owned> = Vec::new();
        let dict = PyDict::new();
        let mut i = self.space(start);
        if !self.is(i, b'}') {
            loop {
                if !self.is(i, b'"') {
                    return Err(
                        self.error("Expecting property name enclosed in double quotes", i)
                    );
                }
                let (key, next) = self.key(i + 1)?;
                i = self.space(next);
                if !self.is(i, b':') {
                    return Err(self.error("Expecting ':' delimiter", i));
                }
                i = self.space(i + 1);
                let (value, next) = self.value(i)?;
                if pairs {
                    list.push(PyTuple::pair(key, value));
                } else if let Some(d) = dict.cast::<PyDict>() {
                    d.set_str(key.value(), value);
                }
                i = self.space(next);
                if self.is(i, b'}') {
                    break;
                }
                if !self.is(i, b',') {
                    return Err(self.error("Expecting ',' delimiter", i));
                }
                let comma = i;
                i = self.space(i + 1);
                if self.is(i, b'}') {
                    return Err(self.error("Illegal trailing comma before end of object", comma));
                }
            }
        }
        let next = i + 1;
        if pairs {
            let arg = PyList::new(list);
            let v = vm.call(self.sc.object_pairs_hook.value(), &[arg.value()])?;
            return Ok((v, next));
        }
        if !self.sc.object_hook.is_none() {
            let v = vm.call(self.sc.object_hook.value(), &[dict.value()])?;
            return Ok((v, next));
        }
        Ok((dict, next))
    }

    fn array(&mut self, start: usize) -> PyResult<(Owned, usize)> {
        let mut items = Vec::new();
        let mut i = self.space(start);
        if !self.is(i, b']') {
            loop {
                let (value, next) = self.value(i)?;
                items.push(value);
                i = self.space(next);
                if self.is(i, b']') {
                    break;
                }
                if !self.is(i, b',') {
                    return Err(self.error("Expecting ',' delimiter", i));
                }
                let comma = i;
                i = self.space(i + 1);
                if self.is(i, b']') {
                    return Err(self.error("Illegal trailing comma before end of array", comma));
                }
            }
        }
        Ok((PyList::new(items), i + 1))
    }
}
