//! `str.format`, `str.format_map` and `str.__format__`, and what the `_string` module gives to `string.Formatter`.

use super::percent::raise;
use super::{expect, this};
use pyjit_core::prelude::*;
use pyjit_text::format::{FormatError, Kind, Spec, format_str};
use pyjit_text::repr::{Builder, Text};
use pyjit_text::template::{
    First, Numbering, Step, Template, split_name, too_deep, unknown_conversion,
};
use std::cell::Cell;

/// The exception of a formatting error.
pub fn format_error(vm: &Vm, e: FormatError) -> Raised {
    raise(vm, e)
}

/// `str.__format__(spec)`.
pub(super) fn dunder_format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let spec = expect(vm, a[1], "__format__() argument")?;
    if spec.is_empty() {
        return if a[0].is_exact::<PyStr>() {
            Ok(a[0].own())
        } else {
            vm.str(a[0])
        };
    }
    let name = a[0].class().name_str();
    let spec = Spec::parse(spec.text(), Kind::Str, &name).map_err(|e| raise(vm, e))?;
    let t = format_str(&spec, &name, this(a[0]).text()).map_err(|e| raise(vm, e))?;
    Ok(PyStr::from_buf(&t))
}

/// Where fields find their values.
enum Source<'a> {
    Arguments(&'a [Value], Value),
    Mapping(Value),
}

impl Source<'_> {
    fn by_index(&self, vm: &Vm, i: usize) -> PyResult<Owned> {
        match self {
            Source::Mapping(_) => Err(vm.value_error("Format string contains positional fields")),
            Source::Arguments(all, _) => all.get(i).map(|v| v.own()).ok_or_else(|| {
                vm.index_error(format!(
                    "Replacement index {i} out of range for positional args tuple"
                ))
            }),
        }
    }
    fn by_name(&self, vm: &Vm, name: Text<'_>) -> PyResult<Owned> {
        let key = PyStr::from_slice(name);
        match self {
            Source::Mapping(m) => vm.getitem(*m, key.value()),
            Source::Arguments(_, kw) => {
                let found = match kw.cast::<PyDict>() {
                    Some(d) => d.get(vm, key.value())?,
                    None => None,
                };
                found.ok_or_else(|| vm.key_error(key.value()))
            }
        }
    }
}

pub(super) fn str_format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let args = vm.tuple_items(a[1]);
    let mut out = Builder::with_capacity(this(a[0]).len() + 16);
    let mut numbering = Numbering::default();
    let source = Source::Arguments(args, a[2]);
    expand(vm, this(a[0]).text(), &source, &mut numbering, 2, &mut out)?;
    Ok(PyStr::from_buf(&out.finish()))
}
pub(super) fn format_map(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mut out = Builder::with_capacity(this(a[0]).len() + 16);
    let mut numbering = Numbering::default();
    let source = Source::Mapping(a[1]);
    expand(vm, this(a[0]).text(), &source, &mut numbering, 2, &mut out)?;
    Ok(PyStr::from_buf(&out.finish()))
}

fn expand(
    vm: &Vm,
    template: Text<'_>,
    source: &Source<'_>,
    numbering: &mut Numbering,
    depth: usize,
    out: &mut Builder,
) -> PyResult<()> {
    if depth == 0 {
        return Err(raise(vm, too_deep()));
    }
    for piece in Template::new(template) {
        let piece = piece.map_err(|e| raise(vm, e))?;
        out.push_text(piece.literal);
        let Some(field) = piece.field else { continue };
        let (first, steps) = split_name(field.name).map_err(|e| raise(vm, e))?;
        let mut value = match numbering.resolve(first).map_err(|e| raise(vm, e))? {
            Ok(i) => source.by_index(vm, i)?,
            Err(name) => source.by_name(vm, name)?,
        };
        for step in steps {
            value = match step.map_err(|e| raise(vm, e))? {
                Step::Attribute(n) => {
                    let name = intern_value(PyStr::from_slice(n).value());
                    vm.getattr(value.value(), name.value())?
                }
                Step::Index(i) => vm.getitem(value.value(), new_usize(i).value())?,
                Step::Key(k) => vm.getitem(value.value(), PyStr::from_slice(k).value())?,
            };
        }
        if let Some(c) = field.conversion {
            value = match char::from_u32(c) {
                Some('r') => vm.repr(value.value())?,
                Some('s') => vm.str(value.value())?,
                Some('a') => vm.ascii(value.value())?,
                _ => return Err(raise(vm, unknown_conversion(c))),
            };
        }
        let spec = if field.nested {
            let mut inner = Builder::with_capacity(field.spec.len() + 8);
            expand(vm, field.spec, source, numbering, depth - 1, &mut inner)?;
            PyStr::from_buf(&inner.finish())
        } else {
            PyStr::from_slice(field.spec)
        };
        if value.is_exact::<PyStr>() && this(spec.value()).is_empty() {
            out.push_text(this(value.value()).text());
            continue;
        }
        let r = vm.format(value.value(), spec.value())?;
        out.push_text(this(r.value()).text());
    }
    Ok(())
}

// ---- `_string` ----

py_class! {
    /// `formatteriterator`: the parsed pieces of a template.
    pub struct PyFormatterIter as "formatteriterator" { pub items: MutCell<Vec<Owned>>, pub failed: MutCell<Owned>, pub index: Cell<usize> }
}
py_class! {
    /// `fieldnameiterator`: the steps after the first part of a field name.
    pub struct PyFieldNameIter as "fieldnameiterator" { pub items: MutCell<Vec<Owned>>, pub failed: MutCell<Owned>, pub index: Cell<usize> }
}

macro_rules! iterator_next {
    ($name:ident, $t:ty) => {
        fn $name(_: &Vm, v: Value) -> PyResult<Owned> {
            let Some(it) = v.cast::<$t>() else {
                return Ok(Owned::NULL);
            };
            let i = it.index.get();
            if let Some(x) = it.items.get().get(i) {
                it.index.set(i + 1);
                return Ok(x.clone());
            }
            let failed = it.failed.take();
            if failed.is_heap() {
                return Err(Raised::new(failed));
            }
            Ok(Owned::NULL)
        }
    };
}
iterator_next!(next_piece, PyFormatterIter);
iterator_next!(next_step, PyFieldNameIter);

/// `_string.formatter_parser(text)`.
pub fn formatter_parser(vm: &Vm, v: Value) -> PyResult<Owned> {
    if !v.isa::<PyStr>() {
        return Err(vm.type_error(format!("expected str, got {}", v.class().name_str())));
    }
    if !PyFormatterIter::class_cell().is_set() {
        define_class::<PyFormatterIter>(
            vm,
            ClassSpec {
                flags: type_flags::DISALLOW_INSTANTIATION,
                slots: |s| {
                    s.iter.set(Some(|_, v| Ok(v.own())));
                    s.next.set(Some(next_piece));
                },
                ..ClassSpec::new("formatteriterator")
            },
        );
    }
    let mut items = Vec::new();
    let mut failed = Owned::NULL;
    for piece in Template::new(this(v).text()) {
        match piece {
            Err(e) => {
                failed = raise(vm, e).into_owned();
                break;
            }
            Ok(p) => {
                let literal = PyStr::from_slice(p.literal);
                items.push(PyTuple::new(match p.field {
                    None => vec![literal, Owned::NONE, Owned::NONE, Owned::NONE],
                    Some(f) => vec![
                        literal,
                        PyStr::from_slice(f.name),
                        PyStr::from_slice(f.spec),
                        f.conversion.map_or(Owned::NONE, PyStr::from_char),
                    ],
                }));
            }
        }
    }
    Ok(new_object(
        PyFormatterIter::class(),
        PyFormatterIter {
            items: MutCell::new(items),
            failed: MutCell::new(failed),
            index: Cell::new(0),
        },
    ))
}

/// `_string.formatter_field_name_split(name)`: the first part and an iterator of the steps after it.
pub fn formatter_field_name_split(vm: &Vm, v: Value) -> PyResult<Owned> {
    if !v.isa::<PyStr>() {
        return Err(vm.type_error(format!("expected str, got {}", v.class().name_str())));
    }
    if !PyFieldNameIter::class_cell().is_set() {
        define_class::<PyFieldNameIter>(
            vm,
            ClassSpec {
                flags: type_flags::DISALLOW_INSTANTIATION,
                slots: |s| {
                    s.iter.set(Some(|_, v| Ok(v.own())));
                    s.next.set(Some(next_step));
                },
                ..ClassSpec::new("fieldnameiterator")
            },
        );
    }
    let (first, steps) = split_name(exact_text(v)).map_err(|e| raise(vm, e))?;
    let first = match first {
        First::Auto => vm.empty_str.clone(),
        First::Index(i) => new_usize(i),
        First::Name(n) => PyStr::from_slice(n),
    };
    let mut items = Vec::new();
    let mut failed = Owned::NULL;
    for step in steps {
        let (attribute, key) = match step {
            Ok(Step::Attribute(n)) => (true, PyStr::from_slice(n)),
            Ok(Step::Index(i)) => (false, new_usize(i)),
            Ok(Step::Key(k)) => (false, PyStr::from_slice(k)),
            Err(e) => {
                failed = raise(vm, e).into_owned();
                break;
            }
        };
        items.push(PyTuple::pair(Owned::bool(attribute), key));
    }
    let rest = new_object(
        PyFieldNameIter::class(),
        PyFieldNameIter {
            items: MutCell::new(items),
            failed: MutCell::new(failed),
            index: Cell::new(0),
        },
    );
    Ok(PyTuple::pair(first, rest))
}

fn exact_text<'a>(v: Value) -> Text<'a> {
    this(v).text()
}
