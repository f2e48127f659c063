//! `_tokenize`: the tokenizer as an iterator of tuples, for `tokenize`.

use crate::native::payload_class;
use crate::{NativeModule, compiling};
use pyjit_compile::listing::{Ending, Listed, list_tokens};
use pyjit_compile::source::Source;
use pyjit_compile::{ErrorKind, SyntaxError};
use pyjit_core::prelude::*;
use pyjit_types::sequence::bind_args;
use std::cell::Cell;

py_class! {
    /// The tokens of a program that a `readline` function gives.
    pub struct PyTokenizer as "TokenizerIter" {
        readline: Owned,
        /// Name of the encoding, or NULL for text.
        encoding: Owned,
        extra: Cell<bool>,
        started: Cell<bool>,
        /// In reverse.
        rest: MutCell<NoTrace<Vec<Listed>>>,
        ending: MutCell<NoTrace<Option<Ending>>>,
        /// The last text of lines given, which tokens of the same line share.
        line: MutCell<Owned>,
    }
}

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_tokenize", &[]).init(|vm, m| {
    payload_class::<PyTokenizer>(
        vm,
        m,
        ClassSpec {
            module: "_tokenize",
            flags: 0,
            slots: |s| {
                s.new.set(Some(new));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some(next));
            },
            ..ClassSpec::new("TokenizerIter")
        },
    );
    Ok(())
});

static SIG: Sig = Sig::parse("(readline, /, *, encoding=None, extra_tokens)");

fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    bind_args(vm, &SIG, "tokenizeriter", args, |a| {
        Ok(new_object(
            class,
            PyTokenizer {
                readline: a[0].own(),
                encoding: a[1].given().map_or(Owned::NULL, |e| e.own()),
                extra: Cell::new(vm.truthy(a[2])?),
                started: Cell::new(false),
                rest: MutCell::default(),
                ending: MutCell::default(),
                line: MutCell::default(),
            },
        ))
    })
}

/// The whole program: `readline` until it has no more.
fn read_all(vm: &Vm, readline: Value, encoding: Value) -> PyResult<String> {
    let mut text = String::new();
    loop {
        let line = match vm.call(readline, &[]) {
            Ok(l) => l,
            Err(e) if e.is_instance(vm.exc.StopIteration) => return Ok(text),
            Err(e) => return Err(e),
        };
        let before = text.len();
        if encoding.is_null() {
            let Some(s) = line.cast::<PyStr>() else {
                return Err(vm.type_error("readline() returned a non-string object"));
            };
            text.push_str(&s.to_lossy());
        } else {
            if !line.isa::<PyBytes>() {
                return Err(vm.type_error("readline() returned a non-bytes object"));
            }
            let s = vm.call_method_str(line.value(), "decode", &[encoding, intern("replace").value()])?;
            text.push_str(&text_of(s.value()));
        }
        if text.len() == before {
            return Ok(text);
        }
    }
}

fn start(vm: &Vm, it: &PyTokenizer) -> PyResult<()> {
    let (readline, encoding) = (it.readline.clone(), it.encoding.clone());
    let text = read_all(vm, readline.value(), encoding.value())?;
    let source = Source::from_text(&text, "<string>").map_err(|e| compiling::syntax_error(vm, &e))?;
    let (mut list, ending) = list_tokens(&source, it.extra.get());
    list.reverse();
    it.rest.set(NoTrace(list));
    it.ending.set(NoTrace(Some(ending)));
    Ok(())
}

fn next(vm: &Vm, v: Value) -> PyResult<Owned> {
    let Some(it) = v.cast::<PyTokenizer>() else {
        return Ok(Owned::NULL);
    };
    if !it.started.replace(true) {
        start(vm, it)?;
    }
    let Some(t) = it.rest.get_mut().0.pop() else {
        return match it.ending.get_mut().0.take() {
            None | Some(Ending::Complete) => Ok(Owned::NULL),
            Some(Ending::Error(e)) => Err(compiling::syntax_error(vm, &e)),
            Some(Ending::Indentation(e)) => Err(without_end(vm, &e)),
            Some(Ending::Unfinished) => Err(vm.error(
                vm.exc.SyntaxError,
                "unexpected EOF in multi-line statement",
            )),
        };
    };
    let place = |(line, column): (u32, i32)| {
        PyTuple::pair(new_int(i64::from(line)), new_int(i64::from(column)))
    };
    let known = it.line.own();
    let line = match known.cast::<PyStr>() {
        Some(s) if s.is_text(&t.lines) => known,
        _ => {
            let l = PyStr::from_str(&t.lines);
            it.line.set(l.clone());
            l
        }
    };
    Ok(PyTuple::new(vec![
        new_int(i64::from(t.number)),
        PyStr::from_str(&t.text),
        place(t.start),
        place(t.end),
        line,
    ]))
}

/// An error about a line, whose end is not told.
fn without_end(vm: &Vm, e: &SyntaxError) -> Raised {
    let class = match e.kind {
        ErrorKind::Indentation => vm.exc.IndentationError,
        ErrorKind::Tab => vm.exc.TabError,
        _ => vm.exc.SyntaxError,
    };
    let details = PyTuple::new(vec![
        PyStr::from_str(&e.filename),
        new_int(i64::from(e.line)),
        new_int(i64::from(e.col)),
        e.text.as_ref().map_or(Owned::NONE, |t| PyStr::from_str(t)),
        Owned::NONE,
        Owned::NONE,
    ]);
    vm.error_with(class, vec![PyStr::from_str(&e.msg), details])
}
