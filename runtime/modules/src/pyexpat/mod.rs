//! `pyexpat`: XML parsers that call handlers, over the events of `pyjit_codec::xml`. `handlers.rs` calls them.

mod errors;
mod handlers;

use crate::{NativeModule, add_class, hidden_class};
use handlers::{HANDLERS, handler_getset};
use pyjit_codec::xml::{Encoding, Parser};
use pyjit_core::object::{ClassCell, GetSetDef};
use pyjit_core::prelude::*;
use std::cell::Cell;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("pyexpat", FUNCTIONS)
    .doc("Python wrapper for Expat parser.")
    .init(init);

py_class! {
    /// `pyexpat.xmlparser`.
    pub struct PyXmlParser as "xmlparser" {
        pub parser: MutCell<NoTrace<Option<Box<Parser>>>>,
        /// One for each of [`HANDLERS`]; NULL if not set.
        pub handlers: MutCell<Vec<Owned>>,
        pub intern: Owned,
        pub base: MutCell<Owned>,
        pub parent: Owned,
        pub buffer: MutCell<NoTrace<String>>,
        pub buffer_text: Cell<bool>,
        pub buffer_size: Cell<i64>,
        pub ordered: Cell<bool>,
        pub specified: Cell<bool>,
        pub deferral: Cell<bool>,
        pub error: Cell<u32>,
        pub line: Cell<u64>,
        pub column: Cell<u64>,
        pub byte: Cell<i64>,
        pub done: Cell<bool>,
        pub running: Cell<bool>,
    }
}

static ERROR: ClassCell = ClassCell::new();

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyXmlParser> {
    v.cast::<PyXmlParser>().ok_or_else(|| vm.type_error("an xmlparser is required"))
}

impl PyXmlParser {
    /// The machine; nothing that runs Python code while it is used.
    #[allow(clippy::mut_from_ref)] // as MutCell
    fn machine(&self, vm: &Vm) -> PyResult<&mut Parser> {
        match self.parser.get_mut().0.as_mut() {
            Some(p) => Ok(p),
            None => Err(vm.runtime_error("the parser is not initialized")),
        }
    }
    /// The place where the machine is.
    fn place(&self, vm: &Vm) -> PyResult<()> {
        let p = self.machine(vm)?;
        self.line.set(p.line);
        self.column.set(p.column);
        self.byte.set(p.byte as i64);
        Ok(())
    }
    /// An `ExpatError` at the current place.
    fn failed(&self, vm: &Vm, code: u32) -> PyResult<Raised> {
        self.place(vm)?;
        self.error.set(code);
        let (line, column) = (self.line.get(), self.column.get());
        let what = errors::message(code).unwrap_or("unknown error");
        let e = vm.error(ERROR.get(), format!("{what}: line {line}, column {column}"));
        vm.setattr_str(e.value(), "code", new_int(i64::from(code)).value())?;
        vm.setattr_str(e.value(), "lineno", new_u64(line).value())?;
        vm.setattr_str(e.value(), "offset", new_u64(column).value())?;
        Ok(e)
    }
}

fn make(parser: Parser, intern: Owned, parent: Owned) -> Owned {
    new_object(
        PyXmlParser::class(),
        PyXmlParser {
            parser: MutCell::new(NoTrace(Some(Box::new(parser)))),
            handlers: MutCell::new(vec![Owned::NULL; HANDLERS.len()]),
            intern,
            base: MutCell::new(Owned::NONE),
            parent,
            buffer: MutCell::default(),
            buffer_text: Cell::new(false),
            buffer_size: Cell::new(8192),
            ordered: Cell::new(false),
            specified: Cell::new(false),
            deferral: Cell::new(true),
            error: Cell::new(0),
            line: Cell::new(1),
            column: Cell::new(0),
            byte: Cell::new(-1),
            done: Cell::new(false),
            running: Cell::new(false),
        },
    )
}

/// An encoding by name; those that only Python's codecs know become tables.
fn encoding(vm: &Vm, name: &str) -> PyResult<Encoding> {
    if let Some(e) = Encoding::named(name) {
        return Ok(e);
    }
    let all: Vec<u8> = (0..=255).collect();
    let bytes = PyBytes::new(&all);
    let args = [PyStr::from_str(name), intern("replace")];
    let text = vm.call_method_str(bytes.value(), "decode", &[args[0].value(), args[1].value()])?;
    let text = text_of(text.value());
    let chars: Vec<Option<char>> = text.chars().map(|c| Some(c).filter(|c| *c != '\u{fffd}')).collect();
    match <[Option<char>; 256]>::try_from(chars) {
        Ok(t) => Ok(Encoding::Table(Box::new(t))),
        Err(_) => Err(vm.value_error("multi-byte encodings are not supported")),
    }
}

/// The encoding of an argument; for UTF-16 the document's own marks tell more.
fn wanted(vm: &Vm, name: Option<String>) -> PyResult<Option<Encoding>> {
    match name {
        None => Ok(None),
        Some(n) if n.eq_ignore_ascii_case("utf-16") => Ok(None),
        Some(n) => encoding(vm, &n).map(Some),
    }
}

/// The machine of a parser whose limits may be set.
fn root<'a>(vm: &Vm, v: Value) -> PyResult<&'a mut Parser> {
    let p = this(vm, v)?;
    if p.parent.is_null() { p.machine(vm) } else { Err(vm.error(ERROR.get(), "parser must be a root parser")) }
}
fn threshold(vm: &Vm, v: Value) -> PyResult<u64> {
    if v.as_int().is_none() {
        return Err(vm.type_error(format!("'{}' object cannot be interpreted as an integer", v.class().name_str())));
    }
    match (v.as_i64(), v.as_int()) {
        (Some(n), _) => u64::try_from(n).map_err(|_| vm.value_error("Cannot convert negative int")),
        (None, Some(i)) => i.to_big().to_u64().ok_or_else(|| vm.overflow_error("Python int too large to convert to C unsigned long long")),
        _ => Err(vm.type_error("an integer is required")),
    }
}
fn factor(vm: &Vm, v: Value) -> PyResult<f64> {
    let x = vm.to_f64(v)?;
    if x >= 1.0 { Ok(x) } else { Err(vm.error(ERROR.get(), "'max_factor' must be at least 1.0")) }
}

fn optional_text(vm: &Vm, v: Value, what: &str) -> PyResult<Option<String>> {
    match v.given() {
        None => Ok(None),
        Some(v) => match v.cast::<PyStr>() {
            Some(s) => Ok(Some(s.to_lossy())),
            None => Err(vm.type_error(format!("{what} must be str or None, not {}", v.class().name_str()))),
        },
    }
}

fn create(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let name = optional_text(vm, a[0], "ParserCreate() argument 'encoding'")?;
    let separator = optional_text(vm, a[1], "ParserCreate() argument 'namespace_separator'")?;
    if separator.as_ref().is_some_and(|s| s.chars().count() > 1) {
        return Err(vm.value_error("namespace_separator must be at most one character, omitted, or None"));
    }
    let known = match a[2].non_null() {
        None => PyDict::new(),
        Some(v) if v.is_none() || v.isa::<PyDict>() => v.own(),
        Some(_) => return Err(vm.type_error("intern must be a dictionary")),
    };
    let encoding = wanted(vm, name)?;
    Ok(make(Parser::new(encoding, separator), known, Owned::NULL))
}

/// Feeds data and runs the handlers.
fn parse(vm: &Vm, v: Value, data: &[u8], last: bool) -> PyResult<Owned> {
    let p = this(vm, v)?;
    if p.error.get() != 0 {
        return Err(p.failed(vm, p.error.get())?);
    }
    if p.done.get() {
        return Err(p.failed(vm, 36)?);
    }
    if p.running.replace(true) {
        return Err(vm.runtime_error("cannot call Parse() from within a handler"));
    }
    p.machine(vm)?.feed(data, last);
    let r = handlers::run(vm, p, v);
    p.running.set(false);
    r?;
    p.place(vm)?;
    if last {
        p.done.set(true);
        if let Some(parent) = p.parent.cast::<PyXmlParser>() {
            let child = p.machine(vm)?;
            parent.machine(vm)?.adopt(child);
        }
    }
    Ok(new_int(1))
}

fn parse_any(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let last = !a[2].is_null() && vm.truthy(a[2])?;
    if let Some(s) = a[1].cast::<PyStr>() {
        let Some(text) = s.to_utf8() else {
            return vm.call_method_str(a[1], "encode", &[]);
        };
        let p = this(vm, a[0])?;
        if !p.machine(vm)?.started() {
            p.machine(vm)?.set_encoding(Encoding::Utf8);
        }
        return parse(vm, a[0], text.as_bytes(), last);
    }
    let data = vm.bytes_of(a[1])?;
    parse(vm, a[0], &data, last)
}

fn parse_file(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(read) = vm.getattr_opt_str(a[1], "read")? else {
        return Err(vm.type_error("argument must have 'read' attribute"));
    };
    if this(vm, a[0])?.running.get() {
        return Err(vm.runtime_error("cannot call ParseFile() from within a handler"));
    }
    loop {
        let data = vm.call(read.value(), &[new_int(2048).value()])?;
        let Ok(bytes) = vm.bytes_of(data.value()) else {
            let name = data.class().name_str();
            return Err(vm.type_error(format!("read() did not return a bytes object (type={name})")));
        };
        let r = parse(vm, a[0], &bytes, bytes.is_empty())?;
        if bytes.is_empty() {
            return Ok(r);
        }
    }
}

fn external(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let p = this(vm, a[0])?;
    let context = optional_text(vm, a[1], "ExternalEntityParserCreate() argument 1")?;
    let encoding = wanted(vm, optional_text(vm, a[2], "ExternalEntityParserCreate() argument 2")?)?;
    let child = make(p.machine(vm)?.child(encoding, context.is_none()), p.intern.clone(), a[0].own());
    let c = this(vm, child.value())?;
    c.handlers.set(p.handlers.get().clone());
    c.buffer_text.set(p.buffer_text.get());
    c.buffer_size.set(p.buffer_size.get());
    c.ordered.set(p.ordered.get());
    c.specified.set(p.specified.get());
    c.base.set(p.base.own());
    c.deferral.set(p.deferral.get());
    Ok(child)
}

static METHODS: &[MethodDef] = &[
    MethodDef::new("Parse", "(self, data, isfinal=False, /)", parse_any, "Parse XML data.\n\n'isfinal' should be true at end of input."),
    MethodDef::new("ParseFile", "(self, file, /)", parse_file, "Parse XML data from file-like object."),
    MethodDef::new("SetBase", "(self, base, /)", |vm, a| {
        vm.expect_str(a[1], "SetBase() argument")?;
        this(vm, a[0])?.base.set(a[1].own());
        Ok(Owned::NONE)
    }, "Set the base URL for the parser."),
    MethodDef::new("GetBase", "(self, /)", |vm, a| Ok(this(vm, a[0])?.base.own()), "Return base URL string for the parser."),
    MethodDef::new("GetInputContext", "(self, /)", |_, _| Ok(Owned::NONE), "Return the untranslated text of the input that caused the current event.\n\nIf the event was generated by a large amount of text (such as a start tag\nfor an element with many attributes), not all of the text may be available."),
    MethodDef::new("ExternalEntityParserCreate", "(self, context, encoding=<unrepresentable>, /)", external, "Create a parser for parsing an external entity based on the information passed to the ExternalEntityRefHandler."),
    MethodDef::new("SetParamEntityParsing", "(self, flag, /)", |vm, a| {
        let n = vm.to_i32(a[1])?;
        let p = this(vm, a[0])?.machine(vm)?;
        if p.started() {
            return Ok(new_int(0));
        }
        p.parameter_parsing = u8::try_from(n).unwrap_or(0);
        Ok(new_int(1))
    }, "Controls parsing of parameter entities (including the external DTD subset).\n\nPossible flag values are XML_PARAM_ENTITY_PARSING_NEVER,\nXML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE and\nXML_PARAM_ENTITY_PARSING_ALWAYS. Returns true if setting the flag\nwas successful."),
    MethodDef::new("UseForeignDTD", "(self, flag=True, /)", |vm, a| {
        let on = a[1].is_null() || vm.truthy(a[1])?;
        let x = this(vm, a[0])?;
        if x.machine(vm)?.started() {
            return Err(x.failed(vm, 26)?);
        }
        x.machine(vm)?.use_foreign_dtd = on;
        Ok(Owned::NONE)
    }, "Allows the application to provide an artificial external subset if one is not specified as part of the document instance."),
    MethodDef::new("SetBillionLaughsAttackProtectionActivationThreshold", "(self, threshold, /)", |vm, a| {
        let n = threshold(vm, a[1])?;
        root(vm, a[0])?.expansion_limit = n;
        Ok(Owned::NONE)
    }, "Sets the number of output bytes needed to activate protection against billion laughs attacks.\n\nThe number of output bytes includes amplification from entity expansion\nand reading DTD files.\n\nParser objects usually have a protection activation threshold of 8 MiB,\nbut the actual default value depends on the underlying Expat library."),
    MethodDef::new("SetBillionLaughsAttackProtectionMaximumAmplification", "(self, max_factor, /)", |vm, a| {
        let p = root(vm, a[0])?;
        p.expansion_factor = factor(vm, a[1])?;
        Ok(Owned::NONE)
    }, "Sets the maximum tolerated amplification factor for protection against billion laughs attacks."),
    MethodDef::new("SetAllocTrackerActivationThreshold", "(self, threshold, /)", |vm, a| {
        threshold(vm, a[1])?;
        root(vm, a[0])?;
        Ok(Owned::NONE)
    }, "Sets the number of allocated bytes of dynamic memory needed to activate protection against disproportionate use of RAM."),
    MethodDef::new("SetAllocTrackerMaximumAmplification", "(self, max_factor, /)", |vm, a| {
        root(vm, a[0])?;
        factor(vm, a[1])?;
        Ok(Owned::NONE)
    }, "Sets the maximum amplification factor between direct input and bytes of dynamic memory allocated."),
    MethodDef::new("SetReparseDeferralEnabled", "(self, enabled, /)", |vm, a| {
        let on = vm.truthy(a[1])?;
        this(vm, a[0])?.deferral.set(on);
        Ok(Owned::NONE)
    }, "Enable/Disable reparse deferral; enabled by default with Expat >=2.6.0."),
    MethodDef::new("GetReparseDeferralEnabled", "(self, /)", |vm, a| Ok(Owned::bool(this(vm, a[0])?.deferral.get())), "Retrieve reparse deferral enabled status; always returns false with Expat <2.6.0."),
];

macro_rules! flag {
    ($name:literal, $f:ident) => {
        GetSetDef::write($name, |vm, v| Ok(Owned::bool(this(vm, v)?.$f.get())), |vm, v, to| {
            if to.is_null() {
                return Err(vm.runtime_error("Cannot delete attribute"));
            }
            let on = vm.truthy(to)?;
            handlers::flush(vm, this(vm, v)?)?;
            this(vm, v)?.$f.set(on);
            Ok(())
        })
    };
}
macro_rules! position {
    ($name:literal, $f:expr) => {
        GetSetDef::read($name, |vm, v| {
            let f: fn(&PyXmlParser) -> Owned = $f;
            Ok(f(this(vm, v)?))
        })
    };
}
static GETSET: &[GetSetDef] = &[
    GetSetDef::member("intern", |vm, v| Ok(this(vm, v)?.intern.clone())),
    position!("ErrorCode", |p| new_int(i64::from(p.error.get()))),
    position!("ErrorLineNumber", |p| new_u64(p.line.get())),
    position!("ErrorColumnNumber", |p| new_u64(p.column.get())),
    position!("ErrorByteIndex", |p| new_int(p.byte.get())),
    position!("CurrentLineNumber", |p| new_u64(p.line.get())),
    position!("CurrentColumnNumber", |p| new_u64(p.column.get())),
    position!("CurrentByteIndex", |p| new_int(p.byte.get())),
    position!("buffer_used", |p| new_usize(p.buffer.get().0.len())),
    GetSetDef::write("buffer_size", |vm, v| Ok(new_int(this(vm, v)?.buffer_size.get())), |vm, v, to| {
        if to.is_null() {
            return Err(vm.runtime_error("Cannot delete attribute"));
        }
        if to.as_int().is_none() {
            return Err(vm.type_error("buffer_size must be an integer"));
        }
        match vm.to_i64(to)? {
            ..=0 => Err(vm.value_error("buffer_size must be greater than zero")),
            n if n > i64::from(i32::MAX) => Err(vm.value_error(format!("buffer_size must not be greater than {}", i32::MAX))),
            n => {
                let p = this(vm, v)?;
                handlers::flush(vm, p)?;
                p.buffer_size.set(n);
                Ok(())
            }
        }
    }),
    flag!("buffer_text", buffer_text),
    flag!("ordered_attributes", ordered),
    flag!("specified_attributes", specified),
    GetSetDef::write("namespace_prefixes", |vm, v| Ok(Owned::bool(this(vm, v)?.machine(vm)?.prefixes)), |vm, v, to| {
        if to.is_null() {
            return Err(vm.runtime_error("Cannot delete attribute"));
        }
        let on = vm.truthy(to)?;
        this(vm, v)?.machine(vm)?.prefixes = on;
        Ok(())
    }),
];

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("ParserCreate", "(encoding=None, namespace_separator=None, intern=<unrepresentable>)", create, "Return a new XML parser object."),
    MethodDef::function("ErrorString", "(code, /)", |vm, a| {
        let n = u32::try_from(vm.to_i64(a[0])?).unwrap_or(0);
        Ok(errors::message(n).map_or(Owned::NONE, PyStr::from_str))
    }, "Returns string error for given number."),
];

fn init(vm: &Vm, m: &PyModule) -> PyResult<()> {
    if !ERROR.is_set() {
        ERROR.set(define_plain_class(
            vm,
            ClassSpec {
                module: "xml.parsers.expat",
                base: Some(vm.exc.Exception),
                flags: type_flags::BASE | type_flags::BASE_EXC_SUBCLASS,
                dict: true,
                weakrefs: true,
                ..ClassSpec::new("ExpatError")
            },
        ));
    }
    add_class(m, ERROR.get());
    let fresh = !PyXmlParser::class_cell().is_set();
    let class = hidden_class::<PyXmlParser>(
        vm,
        ClassSpec {
            module: "pyexpat",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: METHODS,
            getset: GETSET,
            doc: Some("XML parser"),
            ..ClassSpec::new("xmlparser")
        },
    );
    if fresh {
        for def in handler_getset() {
            class.dict().set_name(def.name, pyjit_core::object::PyGetSet::new(class, def));
        }
        class.modified(vm);
    }
    let d = m.dict();
    d.set_name("error", ERROR.get().as_owned());
    d.set_name("XMLParserType", class.as_owned());
    d.set_name("EXPAT_VERSION", PyStr::from_str("expat_2.7.1"));
    let version = [2, 7, 1].map(new_int).to_vec();
    d.set_name("version_info", PyTuple::new(version));
    d.set_name("native_encoding", PyStr::from_str("UTF-8"));
    let features = [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_NS", 0), ("XML_GE", 0)];
    let features = features.map(|(n, v)| PyTuple::pair(PyStr::from_str(n), new_int(v)));
    d.set_name("features", PyList::new(features.to_vec()));
    for (name, n) in [
        ("XML_PARAM_ENTITY_PARSING_NEVER", 0),
        ("XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", 1),
        ("XML_PARAM_ENTITY_PARSING_ALWAYS", 2),
    ] {
        d.set_name(name, new_int(n));
    }
    let (errors, model) = (errors::errors_module(vm)?, errors::model_module(vm));
    if let Some(modules) = vm.modules.value().cast::<PyDict>() {
        modules.set_name("pyexpat.errors", errors.clone());
        modules.set_name("pyexpat.model", model.clone());
    }
    d.set_name("errors", errors);
    d.set_name("model", model);
    Ok(())
}
