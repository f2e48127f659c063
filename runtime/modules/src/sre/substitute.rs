//! Replacement: templates, `sub`, `subn`, `expand`.

use super::matches::{PyMatch, new_match};
use super::pattern::{PyPattern, each, of_match, this};
use super::subject::Subject;
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;

py_class! {
    /// A replacement template: literal text, then groups each with literal text after it.
    pub struct PyTemplate as "SRE_Template" { pub literal: Owned, pub parts: Vec<(Owned, Owned)> }
}

pub(super) fn define(vm: &Vm) {
    define_class::<PyTemplate>(
        vm,
        ClassSpec {
            module: "_sre",
            flags: type_flags::DISALLOW_INSTANTIATION,
            ..ClassSpec::new("SRE_Template")
        },
    );
}

/// `_sre.template(pattern, [literal, group, literal, ...])`.
pub(super) fn template(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let bad = || vm.type_error("invalid template");
    let Some(list) = a[1].cast::<PyList>() else {
        return Err(vm.type_error(format!(
            "template() argument 2 must be list, not {}",
            a[1].class().name_str()
        )));
    };
    let items = list.snapshot();
    let Some((literal, rest)) = items.split_first() else {
        return Err(bad());
    };
    let mut parts = Vec::with_capacity(rest.len() / 2);
    for pair in rest.chunks(2) {
        let [group, text] = pair else {
            return Err(bad());
        };
        if group.as_i64().is_none_or(|i| i < 0) {
            return Err(bad());
        }
        parts.push((group.clone(), text.clone()));
    }
    Ok(new_object(
        PyTemplate::class(),
        PyTemplate {
            literal: literal.clone(),
            parts,
        },
    ))
}

/// The template of a replacement, from the cache of `re`.
fn compiled(vm: &Vm, pattern: Value, repl: Value) -> PyResult<Owned> {
    let f = vm.import_attr("re", "_compile_template")?;
    match vm.call(f.value(), &[pattern, repl]) {
        Err(e)
            if e.is_instance(vm.exc.TypeError)
                && !repl.isa::<PyStr>()
                && repl.class().slots.buffer.get().is_some()
                && vm.hash(repl).is_err() =>
        {
            let plain = PyBytes::new(&vm.bytes_of(repl)?);
            vm.call(f.value(), &[pattern, plain.value()])
        }
        r => r,
    }
}

/// Appends the pieces of a template filled from the groups.
fn fill(
    vm: &Vm,
    t: &PyTemplate,
    s: &Subject,
    group: impl Fn(usize) -> Option<(usize, usize)>,
    groups: usize,
    out: &mut Vec<Owned>,
) -> PyResult<()> {
    out.push(t.literal.clone());
    for (i, text) in &t.parts {
        let i = i.as_i64().and_then(|i| usize::try_from(i).ok());
        let Some(i) = i.filter(|i| *i <= groups) else {
            return Err(vm.index_error("no such group"));
        };
        if let Some((a, b)) = group(i) {
            out.push(s.slice(a, b));
        }
        out.push(text.clone());
    }
    Ok(())
}

fn joined(vm: &Vm, s: &Subject, parts: Vec<Owned>) -> PyResult<Owned> {
    if let [one] = parts.as_slice()
        && (one.is_exact::<PyStr>() && !s.is_bytes() || one.is_exact::<PyBytes>() && s.is_bytes())
    {
        return Ok(one.clone());
    }
    let empty = s.empty(vm);
    vm.call_method_str(empty.value(), "join", &[PyList::new(parts).value()])
}

/// `Match.expand(template)`.
pub(super) fn expand_method(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let Some(m) = a[0].cast::<PyMatch>() else {
        return Ok(Owned::NONE);
    };
    let t = compiled(vm, m.pattern.value(), a[1])?;
    let Some(t) = t.cast::<PyTemplate>() else {
        return Ok(t);
    };
    if t.parts.is_empty() {
        return Ok(t.literal.clone());
    }
    let s = Subject::new(vm, m.string.value())?;
    let groups = of_match(vm, m)?.groups;
    let mut out = Vec::new();
    fill(vm, t, &s, |i| m.bounds(i), groups, &mut out)?;
    joined(vm, &s, out)
}

/// What replaces matches.
enum Filter {
    Literal(Owned),
    Template(Owned),
    Function,
}

fn filter(vm: &Vm, pattern: Value, repl: Value) -> PyResult<Filter> {
    if vm.is_callable(repl) {
        return Ok(Filter::Function);
    }
    let plain = match Subject::new(vm, repl) {
        Ok(s) => match s.text() {
            Text::Ascii(b) | Text::Latin1(b) => !b.contains(&b'\\'),
            t => t.iter().all(|c| c != u32::from(b'\\')),
        },
        Err(_) => false,
    };
    if plain {
        return Ok(Filter::Literal(repl.own()));
    }
    let t = compiled(vm, pattern, repl)?;
    Ok(match t.cast::<PyTemplate>() {
        Some(p) if p.parts.is_empty() => Filter::Literal(p.literal.clone()),
        Some(_) => Filter::Template(t),
        None => Filter::Literal(t),
    })
}

/// `Pattern.sub` and `Pattern.subn`.
pub(super) fn sub(vm: &Vm, a: &[Value], counted: bool) -> PyResult<Owned> {
    let p: &PyPattern = this(vm, a[0])?;
    let repl = a[1];
    let max = match a[3].non_null() {
        Some(v) => vm.to_size(v)?,
        None => 0,
    };
    let filter = filter(vm, a[0], repl)?;
    let s = Subject::for_pattern(vm, a[2], p.bytes.0)?;
    let len = s.text().len();
    let mut out = Vec::new();
    let (mut last, mut n) = (0usize, 0isize);
    if max >= 0 {
        each(vm, p, &s, 0, len, |f| {
            if last < f.start {
                out.push(s.slice(last, f.start));
            }
            last = f.end;
            n += 1;
            match &filter {
                Filter::Literal(o) => {
                    out.push(o.clone());
                    p.give_machine(f.machine);
                }
                Filter::Template(t) => {
                    if let Some(t) = t.cast::<PyTemplate>() {
                        let group = |i: usize| match i {
                            0 => Some((f.start, f.end)),
                            i => f.machine.group(i - 1),
                        };
                        fill(vm, t, &s, group, p.groups, &mut out)?;
                    }
                    p.give_machine(f.machine);
                }
                Filter::Function => {
                    let m = new_match(a[0], a[2], 0, len, f);
                    let r = vm.call(repl, &[m.value()])?;
                    if !r.is_none() {
                        out.push(r);
                    }
                }
            }
            Ok(max == 0 || n < max)
        })?;
    }
    if last < len || out.is_empty() {
        out.push(s.slice(last, len));
    }
    let result = joined(vm, &s, out)?;
    if counted {
        return Ok(PyTuple::pair(result, new_int(n as i64)));
    }
    Ok(result)
}
