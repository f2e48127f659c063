//! The writer: records to lines, with quotes and escapes where they are needed.

use super::dialect::{self, ALL, NEVER, NONNUMERIC, NOTNULL, Rules, STRINGS};
use super::error;
use pyjit_core::prelude::*;
use pyjit_text::repr::{Builder, Text};

py_class! {
    /// `_csv.writer`.
    pub struct PyWriter as "writer" { pub write: Owned, pub dialect: Owned }
}

pub(super) fn new(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let dialect = dialect::from_args(vm, a[1], a[2])?;
    let write = vm.getattr_opt_str(a[0], "write")?;
    let Some(write) = write.filter(|w| vm.is_callable(w.value())) else {
        return Err(vm.type_error("argument 1 must have a \"write\" method"));
    };
    Ok(new_object(PyWriter::class(), PyWriter { write, dialect }))
}

/// Appends a field without its delimiter.
fn field(vm: &Vm, r: &Rules, text: Text<'_>, mut quoted: bool, out: &mut Builder) -> PyResult<()> {
    let special = |c: u32| {
        c == r.delimiter
            || Some(c) == r.escape
            || Some(c) == r.quote
            || matches!(c, 10 | 13)
            || r.terminator.contains(&c)
    };
    let mut body = Builder::with_capacity(text.len());
    for (i, c) in text.iter().enumerate() {
        if special(c) || i == 0 && c == 32 && r.skip_space {
            let mut escape = false;
            if r.quoting == NEVER {
                escape = true;
            } else if Some(c) == r.quote {
                if r.double {
                    body.push(c);
                    quoted = true;
                } else {
                    escape = true;
                }
            } else if Some(c) == r.escape {
                escape = true;
            } else {
                quoted = true;
            }
            if escape {
                match r.escape {
                    Some(e) => body.push(e),
                    None => {
                        return Err(error(vm, "need to escape, but no escapechar set"));
                    }
                }
            }
        }
        body.push(c);
    }
    let quote = r.quote.filter(|_| quoted);
    if let Some(q) = quote {
        out.push(q);
    }
    out.push_text(body.as_text());
    if let Some(q) = quote {
        out.push(q);
    }
    Ok(())
}

fn writerow(vm: &Vm, w: &PyWriter, row: Value) -> PyResult<Owned> {
    let dialect = w.dialect.clone();
    let d = dialect::this(vm, dialect.value())?;
    let r: &Rules = &d.rules;
    let items = match vm.iter(row) {
        Ok(it) => {
            let mut all = Vec::new();
            while let Some(x) = vm.next(it.value())? {
                all.push(x);
            }
            all
        }
        Err(e) if e.is_instance(vm.exc.TypeError) => {
            return Err(error(
                vm,
                format!("iterable expected, not {}", row.class().name_str()),
            ));
        }
        Err(e) => return Err(e),
    };
    let mut out = Builder::new();
    let mut null = false;
    for (i, x) in items.iter().enumerate() {
        let v = x.value();
        let number = v.as_int().is_some()
            || v.as_float().is_some()
            || v.isa::<PyComplex>()
            || v.class().slots.int.get().is_some()
            || v.class().slots.float.get().is_some()
            || v.class().slots.index.get().is_some();
        let mut quoted = match r.quoting {
            NONNUMERIC => !number,
            ALL => true,
            STRINGS => v.isa::<PyStr>(),
            NOTNULL => !v.is_none(),
            _ => false,
        };
        null = v.is_none();
        let text = if v.is_none() {
            vm.empty_str.clone()
        } else {
            vm.str(v)?
        };
        let Some(s) = text.cast::<PyStr>() else {
            continue;
        };
        if i > 0 {
            out.push(r.delimiter);
        }
        if s.is_empty() && r.delimiter == 32 && r.skip_space {
            if r.quoting == NEVER || null && matches!(r.quoting, STRINGS | NOTNULL) {
                return Err(error(vm, "empty field must be quoted if delimiter is a space and skipinitialspace is true"));
            }
            quoted = true;
        }
        field(vm, r, s.text(), quoted, &mut out)?;
    }
    if !items.is_empty() && out.is_empty() {
        if r.quoting == NEVER || null && matches!(r.quoting, STRINGS | NOTNULL) {
            return Err(error(vm, "single empty field record must be quoted"));
        }
        field(vm, r, Text::EMPTY, true, &mut out)?;
    }
    if let Some(t) = d.terminator.cast::<PyStr>() {
        out.push_text(t.text());
    }
    let line = PyStr::from_buf(&out.finish());
    vm.call(w.write.value(), &[line.value()])
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyWriter> {
    v.cast::<PyWriter>()
        .ok_or_else(|| vm.type_error("a writer is required"))
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(
        "writerow",
        "(self, row, /)",
        |vm, a| writerow(vm, this(vm, a[0])?, a[1]),
        "Write one record.",
    ),
    MethodDef::new(
        "writerows",
        "(self, rows, /)",
        |vm, a| {
            let w = this(vm, a[0])?;
            vm.for_each(a[1], |row| {
                writerow(vm, w, row.value())?;
                Ok(true)
            })?;
            Ok(Owned::NONE)
        },
        "Write several records.",
    ),
];
static GETSET: &[GetSetDef] = &[GetSetDef::read("dialect", |vm, v| {
    Ok(this(vm, v)?.dialect.clone())
})];

pub(super) fn define(vm: &Vm, m: &PyModule) {
    let class = define_class::<PyWriter>(
        vm,
        ClassSpec {
            module: "_csv",
            flags: type_flags::BASE | type_flags::DISALLOW_INSTANTIATION,
            doc: Some("A writer of records."),
            methods: METHODS,
            getset: GETSET,
            ..ClassSpec::new("writer")
        },
    );
    m.dict().set_name("Writer", class.as_owned());
}
