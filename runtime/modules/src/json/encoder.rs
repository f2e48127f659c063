//! `make_encoder`: writes objects as JSON.

use super::strings::quote;
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::PyBuiltin;
use pyjit_core::prelude::*;
use pyjit_text::repr::Builder;

py_class! {
    /// An encoder.
    pub struct PyEncoder as "Encoder" {
        /// The containers being written, by id; None if cycles are not looked for.
        pub markers: Owned,
        pub default: Owned,
        pub encoder: Owned,
        pub indent: Owned,
        pub key_separator: Owned,
        pub item_separator: Owned,
        pub sort_keys: bool,
        pub skipkeys: bool,
        pub allow_nan: bool,
        /// The encoder is one of this module's: ASCII only, or not.
        pub native: NoTrace<Option<bool>>,
    }
}

static NEW: Sig = Sig::parse(
    "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
);
static CALL: Sig = Sig::parse("(obj, _current_indent_level)");

macro_rules! member {
    ($name:ident) => {
        GetSetDef::read(stringify!($name), |_, v| {
            Ok(v.cast::<PyEncoder>()
                .map_or(Owned::NONE, |s| s.$name.clone()))
        })
    };
}
static GETSET: &[GetSetDef] = &[
    member!(markers),
    member!(default),
    member!(encoder),
    member!(indent),
    member!(key_separator),
    member!(item_separator),
    GetSetDef::read("sort_keys", |_, v| {
        Ok(Owned::bool(
            v.cast::<PyEncoder>().is_some_and(|s| s.sort_keys),
        ))
    }),
    GetSetDef::read("skipkeys", |_, v| {
        Ok(Owned::bool(
            v.cast::<PyEncoder>().is_some_and(|s| s.skipkeys),
        ))
    }),
];

pub(super) fn define(vm: &Vm) -> &'static TypeObject {
    define_class::<PyEncoder>(
        vm,
        ClassSpec {
            module: "_json",
            flags: 0,
            doc: Some("JSON encoder object."),
            slots: |s| {
                s.new.set(Some(new));
                s.call.set(Some(call));
            },
            getset: GETSET,
            ..ClassSpec::new("Encoder")
        },
    )
}

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "make_encoder",
        qualified: &|| "make_encoder".to_owned(),
        bound: false,
    };
    bind(vm, &NEW, who, args, |a| {
        if !a[0].is_none() && !a[0].isa::<PyDict>() {
            return Err(vm.type_error(format!(
                "make_encoder() argument 1 must be dict or None, not {}",
                a[0].class().name_str()
            )));
        }
        for (i, v) in a.iter().enumerate().skip(4).take(2) {
            if !v.isa::<PyStr>() {
                return Err(vm.type_error(format!(
                    "make_encoder() argument {} must be str, not {}",
                    i + 1,
                    v.class().name_str()
                )));
            }
        }
        let native = a[2].cast::<PyBuiltin>().and_then(|f| match f.def.name {
            "encode_basestring_ascii" => Some(true),
            "encode_basestring" => Some(false),
            _ => None,
        });
        Ok(new_object(
            class,
            PyEncoder {
                markers: a[0].own(),
                default: a[1].own(),
                encoder: a[2].own(),
                indent: a[3].own(),
                key_separator: a[4].own(),
                item_separator: a[5].own(),
                sort_keys: vm.truthy(a[6])?,
                skipkeys: vm.truthy(a[7])?,
                allow_nan: vm.truthy(a[8])?,
                native: NoTrace(native),
            },
        ))
    })
}

fn call(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<Owned> {
    let who = Callee {
        name: "_iterencode",
        qualified: &|| "_iterencode".to_owned(),
        bound: false,
    };
    bind(vm, &CALL, who, args, |a| {
        let Some(e) = v.cast::<PyEncoder>() else {
            return Ok(Owned::NONE);
        };
        let level = vm.to_size(a[1])?.max(0) as usize;
        let mut w = Writer {
            vm,
            e,
            out: Builder::new(),
        };
        w.value(a[0], level)?;
        Ok(PyTuple::new(vec![PyStr::from_buf(&w.out.finish())]))
    })
}

struct Writer<'a> {
    vm: &'a Vm,
    e: &'a PyEncoder,
    out: Builder,
}

impl Writer<'_> {
    fn push(&mut self, v: Value) {
        if let Some(s) = v.cast::<PyStr>() {
            self.out.push_text(s.text());
        }
    }
    /// A new line with the indentation of a level, if there is indentation.
    fn line(&mut self, level: usize) {
        if let Some(s) = self.e.indent.cast::<PyStr>() {
            self.out.push_str("\n");
            for _ in 0..level {
                self.out.push_text(s.text());
            }
        }
    }
    /// What separates items; before a new line, blanks at its end are the separator's own.
    fn separator(&mut self, level: usize) {
        self.push(self.e.item_separator.value());
        self.line(level);
    }

    fn string(&mut self, v: Value) -> PyResult<()> {
        if let (Some(ascii), Some(s)) = (self.e.native.0, v.cast::<PyStr>()) {
            quote(s.text(), ascii, &mut self.out);
            return Ok(());
        }
        let r = self.vm.call(self.e.encoder.value(), &[v])?;
        if !r.isa::<PyStr>() {
            return Err(self.vm.type_error(format!(
                "encoder() must return a string, not {}",
                r.class().name_str()
            )));
        }
        self.push(r.value());
        Ok(())
    }

    /// The text of a float.
    fn float(&self, v: Value) -> PyResult<String> {
        let x = v.as_float().unwrap_or(0.0);
        if x.is_finite() {
            return Ok(pyjit_text::float::repr(x));
        }
        if !self.e.allow_nan {
            let shown = pyjit_text::float::repr(x);
            return Err(self.vm.value_error(format!(
                "Out of range float values are not JSON compliant: {shown}"
            )));
        }
        Ok(if x.is_nan() {
            "NaN"
        } else if x > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned())
    }

    /// The text of an integer, whatever its class says of itself.
    fn int(&self, v: Value) -> PyResult<Owned> {
        match v.as_int() {
            Some(i) => self.vm.repr(from_int(i.to_int()).value()),
            None => self.vm.repr(v),
        }
    }

    fn enter(&self, v: Value) -> PyResult<Option<Owned>> {
        let Some(m) = self.e.markers.cast::<PyDict>() else {
            return Ok(None);
        };
        let id = self.vm.id(v);
        if m.contains(self.vm, id.value())? {
            return Err(self.vm.value_error("Circular reference detected"));
        }
        m.set(self.vm, id.value(), v.own())?;
        Ok(Some(id))
    }
    fn leave(&self, id: Option<Owned>) -> PyResult<()> {
        if let (Some(id), Some(m)) = (id, self.e.markers.cast::<PyDict>()) {
            m.remove(self.vm, id.value())?;
        }
        Ok(())
    }
    /// Adds where it happened to an exception.
    fn note(&self, e: Raised, what: String) -> Raised {
        if e.is_instance(self.vm.exc.Exception) {
            let note = PyStr::from_str(&format!("when serializing {what}"));
            let _ = self
                .vm
                .call_method_str(e.value(), "add_note", &[note.value()]);
        }
        e
    }

    fn value(&mut self, v: Value, level: usize) -> PyResult<()> {
        if v.is_none() {
            self.out.push_str("null");
        } else if v.is_bool() {
            self.out
                .push_str(if v.is(Value::TRUE) { "true" } else { "false" });
        } else if v.isa::<PyStr>() {
            return self.string(v);
        } else if v.as_int().is_some() {
            let t = self.int(v)?;
            self.push(t.value());
        } else if v.as_float().is_some() {
            let t = self.float(v)?;
            self.out.push_str(&t);
        } else {
            self.vm
                .check_native_stack_in(" while encoding a JSON object")?;
            if v.isa::<PyList>() || v.isa::<PyTuple>() {
                return self.list(v, level);
            }
            if v.isa::<PyDict>() {
                return self.dict(v, level);
            }
            let id = self.enter(v)?;
            let r = self.vm.call(self.e.default.value(), &[v])?;
            self.value(r.value(), level).map_err(|e| {
                self.note(e, format!("{} object", v.class().full_name(self.vm)))
            })?;
            self.leave(id)?;
        }
        Ok(())
    }

    fn list(&mut self, v: Value, level: usize) -> PyResult<()> {
        let items = self.vm.iterate_to_vec(v)?;
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        let id = self.enter(v)?;
        self.out.push_str("[");
        self.line(level + 1);
        for (i, x) in items.iter().enumerate() {
            if i > 0 {
                self.separator(level + 1);
            }
            self.value(x.value(), level + 1)
                .map_err(|e| self.note(e, format!("{} item {i}", v.class().full_name(self.vm))))?;
        }
        self.leave(id)?;
        self.line(level);
        self.out.push_str("]");
        Ok(())
    }

    /// The string that a key is written as; `None` to leave the entry out.
    fn key(&self, k: Value) -> PyResult<Option<Owned>> {
        if k.isa::<PyStr>() {
            return Ok(Some(k.own()));
        }
        let text = if k.is_none() {
            "null".to_owned()
        } else if k.is_bool() {
            if k.is(Value::TRUE) { "true" } else { "false" }.to_owned()
        } else if k.as_int().is_some() {
            return self.int(k).map(Some);
        } else if k.as_float().is_some() {
            self.float(k)?
        } else if self.e.skipkeys {
            return Ok(None);
        } else {
            return Err(self.vm.type_error(format!(
                "keys must be str, int, float, bool or None, not {}",
                k.class().name_str()
            )));
        };
        Ok(Some(PyStr::from_str(&text)))
    }

    fn dict(&mut self, v: Value, level: usize) -> PyResult<()> {
        let vm = self.vm;
        if vm.len(v)? == 0 {
            self.out.push_str("{}");
            return Ok(());
        }
        let id = self.enter(v)?;
        let pairs: Vec<(Owned, Owned)> = if v.is_exact::<PyDict>() && !self.e.sort_keys {
            v.cast::<PyDict>().map(|d| d.items()).unwrap_or_default()
        } else {
            let items = vm.call_method_str(v, "items", &[])?;
            let list = PyList::new(vm.iterate_to_vec(items.value())?);
            if self.e.sort_keys {
                vm.call_method_str(list.value(), "sort", &[])?;
            }
            let mut out = Vec::new();
            for item in vm.iterate_to_vec(list.value())? {
                match item.cast::<PyTuple>().map(|t| t.as_slice()) {
                    Some(&[k, v]) => out.push((k.own(), v.own())),
                    _ => return Err(vm.value_error("items must return 2-tuples")),
                }
            }
            out
        };
        self.out.push_str("{");
        let mut first = true;
        for (k, x) in pairs {
            let Some(key) = self.key(k.value())? else {
                continue;
            };
            if first {
                self.line(level + 1);
            } else {
                self.separator(level + 1);
            }
            first = false;
            self.string(key.value())?;
            self.push(self.e.key_separator.value());
            if let Err(e) = self.value(x.value(), level + 1) {
                let shown = vm.repr_text(k.value())?;
                let name = v.class().full_name(vm);
                return Err(self.note(e, format!("{name} item {shown}")));
            }
        }
        self.leave(id)?;
        if !first {
            self.line(level);
        }
        self.out.push_str("}");
        Ok(())
    }
}
