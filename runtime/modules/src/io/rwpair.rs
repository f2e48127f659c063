//! `BufferedRWPair`: a reader and a writer that look like one file.

use super::base::{PyBufferedIOBase, PyIOBase};
use super::buffered::{PyBufferedReader, PyBufferedWriter};
use super::unsupported;
use pyjit_core::object::MethodDef as M;
use pyjit_core::prelude::*;

py_class! {
    /// A pair; both are NULL before `__init__`.
    pub struct PyRWPair as "BufferedRWPair", extends PyBufferedIOBase {
        pub base: PyBufferedIOBase,
        pub reader: MutCell<Owned>,
        pub writer: MutCell<Owned>,
    }
}

/// Defines the class.
pub fn define(vm: &Vm) {
    define_class::<PyRWPair>(
        vm,
        ClassSpec {
            module: "_io",
            base: Some(PyBufferedIOBase::class()),
            doc: Some("A buffered reader and writer object together.\n\nA buffered reader object and buffered writer object put together to\nform a sequential IO object that can read and write. This is typically\nused with a socket or two-way pipe.\n\nreader and writer are RawIOBase objects that are readable and\nwriteable respectively. If the buffer_size is omitted it defaults to\nDEFAULT_BUFFER_SIZE."),
            slots: |s| {
                s.new.set(Some(|_, class, _| {
                    let pair = PyRWPair {
                        base: PyBufferedIOBase { base: PyIOBase {} },
                        reader: MutCell::default(),
                        writer: MutCell::default(),
                    };
                    Ok(new_object(class, pair))
                }));
                s.init.set(Some(init));
                s.del.set(Some(|vm, v| {
                    match v.cast::<PyRWPair>() {
                        Some(p) if !p.writer.value().is_null() => super::base::finalize(vm, v),
                        _ => Ok(()),
                    }
                }));
            },
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("BufferedRWPair")
        },
    );
}

macro_rules! forward {
    ($name:literal, $sig:literal, $reader:literal) => {
        M::new($name, $sig, |vm, a| {
            let o = half(vm, a[0], $reader)?;
            let rest: Vec<Value> = a[1..].iter().copied().filter(|v| !v.is_null()).collect();
            vm.call_method_str(o.value(), $name, &rest)
        }, "")
    };
}
static METHODS: &[M] = &[
    forward!("read", "(self, size=-1, /)", true),
    forward!("read1", "(self, size=-1, /)", true),
    forward!("peek", "(self, size=0, /)", true),
    forward!("readinto", "(self, buffer, /)", true),
    forward!("readinto1", "(self, buffer, /)", true),
    forward!("readable", "(self, /)", true),
    forward!("write", "(self, buffer, /)", false),
    forward!("flush", "(self, /)", false),
    forward!("writable", "(self, /)", false),
    M::new("detach", "(self, /)", |vm, _| Err(unsupported(vm, "detach")), ""),
    M::new("isatty", "(self, /)", |vm, a| {
        let w = half(vm, a[0], false)?;
        let r = vm.call_method_str(w.value(), "isatty", &[])?;
        if r.value().is(Value::TRUE) {
            return Ok(r);
        }
        let r = half(vm, a[0], true)?;
        vm.call_method_str(r.value(), "isatty", &[])
    }, ""),
    M::new("close", "(self, /)", |vm, a| {
        let (w, r) = (half(vm, a[0], false)?, half(vm, a[0], true)?);
        let first = vm.call_method(w.value(), vm.names.close.value(), &[]);
        let second = vm.call_method(r.value(), vm.names.close.value(), &[]);
        match (first, second) {
            (Err(first), Err(second)) => {
                vm.set_context(second.value(), first.value());
                Err(second)
            }
            (Err(e), Ok(_)) => Err(e),
            (Ok(_), r) => r,
        }
    }, ""),
];

fn half(vm: &Vm, v: Value, reader: bool) -> PyResult<Owned> {
    let Some(p) = v.cast::<PyRWPair>() else {
        return Err(vm.type_error("a BufferedRWPair is required"));
    };
    let o = if reader { p.reader.own() } else { p.writer.own() };
    if o.is_null() {
        return Err(vm.value_error("I/O operation on uninitialized object"));
    }
    Ok(o)
}

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    args.no_keywords(vm, "BufferedRWPair")?;
    args.check_positional(vm, "BufferedRWPair", 2, 3)?;
    let (r, w) = (args.values[0], args.values[1]);
    let Some(p) = v.cast::<PyRWPair>() else {
        return Ok(());
    };
    if !vm.truthy(vm.call_method_str(r, "readable", &[])?.value())? {
        return Err(unsupported(vm, "File or stream is not readable."));
    }
    if !vm.truthy(vm.call_method_str(w, "writable", &[])?.value())? {
        return Err(unsupported(vm, "File or stream is not writable."));
    }
    let size: Vec<Value> = args.values.get(2).copied().into_iter().collect();
    let make = |class: &'static TypeObject, raw: Value| {
        let mut all = vec![raw];
        all.extend(&size);
        vm.call(class.as_value(), &all)
    };
    let reader = make(PyBufferedReader::class(), r)?;
    let writer = make(PyBufferedWriter::class(), w)?;
    p.reader.set(reader);
    p.writer.set(writer);
    Ok(())
}

static GETSET: &[GetSetDef] = &[GetSetDef::read("closed", |vm, v| {
                let w = half(vm, v, false)?;
                vm.getattr_str(w.value(), "closed")
            })];
