//! Uncaught exceptions on `sys.stderr`: tracebacks with carets, chains, notes, groups and suggestions, in the form of
//! CPython 3.14's `traceback` module but without importing it.

mod anchors;
mod frames;
mod source;
mod suggest;
mod syntax;

pub use source::register_source;
pub use suggest::closest;

use frames::Entry;
use pyjit_core::exception::*;
use pyjit_core::prelude::*;
use source::Sources;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// Limits of what is shown of groups.
const MAX_WIDTH: usize = 15;
const MAX_DEPTH: usize = 10;

/// Text that any stream can write: lone surrogates as escapes.
pub(super) fn shown(v: Value) -> String {
    let Some(s) = v.cast::<PyStr>() else {
        return String::new();
    };
    match s.to_utf8() {
        Some(t) => t,
        None => s
            .text()
            .iter()
            .map(|c| char::from_u32(c).map_or_else(|| format!("\\u{c:04x}"), String::from))
            .collect(),
    }
}

/// Prints an exception with its chain to `sys.stderr`; to the process' standard error if there is no such stream.
pub fn print_exception(vm: &Vm, exc: Value) {
    let text = format_exception(vm, exc);
    match vm.sys_get("stderr") {
        Some(f) if !f.is_none() => {
            let s = PyStr::from_str(&text);
            if vm
                .call_method(f.value(), vm.names.write.value(), &[s.value()])
                .is_ok()
            {
                let _ = vm.call_method(f.value(), vm.names.flush.value(), &[]);
            }
        }
        Some(_) => {}
        None => eprint!("{text}"),
    }
}

/// The whole report as text.
pub fn format_exception(vm: &Vm, exc: Value) -> String {
    let mut r = Report {
        vm,
        nodes: Vec::new(),
        seen: Vec::new(),
        sources: Sources::default(),
        out: String::new(),
        depth: 0,
        need_close: false,
    };
    r.build(exc);
    r.write(0);
    r.out
}

/// `Class: text` and the notes, without stack or chain.
pub fn format_exception_only(vm: &Vm, exc: Value) -> String {
    let mut sources = Sources::default();
    describe(vm, exc, Value::NULL, &mut sources).concat()
}

/// An exception, ready to be shown.
struct Node {
    exc: Owned,
    stack: Vec<Entry>,
    lines: Vec<String>,
    cause: Option<usize>,
    context: Option<usize>,
    inner: Option<Vec<usize>>,
}

struct Report<'a> {
    vm: &'a Vm,
    nodes: Vec<Node>,
    seen: Vec<u64>,
    sources: Sources,
    out: String,
    /// Nesting of groups.
    depth: usize,
    need_close: bool,
}

fn link(cell: &MutCell<Owned>) -> Option<Owned> {
    let v = cell.own();
    v.isa::<PyBaseException>().then_some(v)
}

impl Report<'_> {
    fn node(&mut self, exc: Value) -> usize {
        self.seen.push(exc.bits());
        let tb = exc
            .cast::<PyBaseException>()
            .map_or(Owned::NULL, |e| e.traceback.own());
        let stack = frames::entries(self.vm, tb.value());
        let lines = describe(self.vm, exc, tb.value(), &mut self.sources);
        self.nodes.push(Node {
            exc: exc.own(),
            stack,
            lines,
            cause: None,
            context: None,
            inner: None,
        });
        self.nodes.len() - 1
    }
    /// Makes the nodes of an exception, its causes, contexts and members; each exception occurs once.
    fn build(&mut self, exc: Value) {
        let mut queue = vec![self.node(exc)];
        while let Some(i) = queue.pop() {
            let exc = self.nodes[i].exc.clone();
            let Some(e) = exc.cast::<PyBaseException>() else {
                continue;
            };
            if let Some(c) = link(&e.cause)
                && !self.seen.contains(&c.bits())
            {
                let n = self.node(c.value());
                self.nodes[i].cause = Some(n);
            }
            if self.nodes[i].cause.is_none()
                && !e.suppress_context.get()
                && let Some(c) = link(&e.context)
                && !self.seen.contains(&c.bits())
            {
                let n = self.node(c.value());
                self.nodes[i].context = Some(n);
            }
            if let Some(g) = exc.cast::<PyExceptionGroup>() {
                let inner: Vec<usize> = group_items(g)
                    .iter()
                    .map(|x| self.node(x.value()))
                    .collect();
                self.nodes[i].inner = Some(inner);
            }
            let n = &self.nodes[i];
            queue.extend(n.cause);
            queue.extend(n.context);
            queue.extend(n.inner.iter().flatten());
        }
    }
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }
    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out.push_str(text);
            return;
        }
        let prefix = format!("{}{margin} ", self.indent());
        for line in text.split_inclusive('\n') {
            self.out.push_str(&prefix);
            self.out.push_str(line);
        }
    }
    fn emit_all(&mut self, parts: &[String]) {
        for p in parts {
            self.emit(p, '|');
        }
    }
    /// An exception after those that led to it.
    fn write(&mut self, top: usize) {
        let mut chain: Vec<(Option<&str>, usize)> = Vec::new();
        let mut at = Some(top);
        while let Some(i) = at {
            let n = &self.nodes[i];
            let (text, next) = match (n.cause, n.context) {
                (Some(c), _) => (Some(CAUSE), Some(c)),
                (None, Some(c)) => (Some(CONTEXT), Some(c)),
                _ => (None, None),
            };
            chain.push((text, i));
            at = next;
        }
        for (text, i) in chain.into_iter().rev() {
            if let Some(t) = text {
                self.emit(t, '|');
            }
            match self.nodes[i].inner.clone() {
                None => {
                    self.write_stack(i, "Traceback (most recent call last):\n", '|');
                    let lines = std::mem::take(&mut self.nodes[i].lines);
                    self.emit_all(&lines);
                }
                Some(_) if self.depth > MAX_DEPTH => {
                    self.emit(&format!("... (max_group_depth is {MAX_DEPTH})\n"), '|');
                }
                Some(inner) => self.write_group(i, &inner),
            }
        }
    }
    fn write_stack(&mut self, i: usize, title: &str, margin: char) {
        let stack = std::mem::take(&mut self.nodes[i].stack);
        if stack.is_empty() {
            return;
        }
        self.emit(title, margin);
        let parts = frames::format(self.vm, &stack, &mut self.sources);
        self.emit_all(&parts);
    }
    fn write_group(&mut self, i: usize, inner: &[usize]) {
        let top = self.depth == 0;
        if top {
            self.depth = 1;
        }
        let margin = if top { '+' } else { '|' };
        self.write_stack(
            i,
            "Exception Group Traceback (most recent call last):\n",
            margin,
        );
        let lines = std::mem::take(&mut self.nodes[i].lines);
        self.emit_all(&lines);
        let n = if inner.len() <= MAX_WIDTH {
            inner.len()
        } else {
            MAX_WIDTH + 1
        };
        self.need_close = false;
        for (k, &member) in inner.iter().take(n).enumerate() {
            let last = k + 1 == n;
            if last {
                // The closing line may be drawn by a nested group.
                self.need_close = true;
            }
            let truncated = k >= MAX_WIDTH;
            let title = if truncated {
                "...".to_string()
            } else {
                (k + 1).to_string()
            };
            let corner = if k == 0 { "+-" } else { "  " };
            let head = format!(
                "{}{corner}+---------------- {title} ----------------\n",
                self.indent()
            );
            self.out.push_str(&head);
            self.depth += 1;
            if truncated {
                let more = inner.len() - MAX_WIDTH;
                let s = if more > 1 { "s" } else { "" };
                self.emit(&format!("and {more} more exception{s}\n"), '|');
            } else {
                self.write(member);
            }
            if last && self.need_close {
                let foot = format!("{}+------------------------------------\n", self.indent());
                self.out.push_str(&foot);
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if top {
            self.depth = 0;
        }
    }
}

/// `module.Class` as reports show it.
fn class_title(vm: &Vm, class: &TypeObject) -> String {
    let q = text_of(class.qualname.value());
    let module = vm.getattr_opt(class.as_value(), vm.names.__module__.value());
    match module {
        Ok(Some(m)) if m.isa::<PyStr>() => match text_of(m.value()).as_str() {
            "__main__" | "builtins" => q,
            m => format!("{m}.{q}"),
        },
        _ => format!("<unknown>.{q}"),
    }
}

fn safe_str(vm: &Vm, v: Value, what: &str) -> String {
    match vm.str(v) {
        Ok(s) => shown(s.value()),
        Err(_) => format!("<{what} str() failed>"),
    }
}

/// The lines behind the stack: class and text (or the syntax error's display), then notes.
fn describe(vm: &Vm, exc: Value, tb: Value, sources: &mut Sources) -> Vec<String> {
    let mut out = Vec::new();
    let title = class_title(vm, exc.class());
    let mut text = safe_str(vm, exc, "exception");
    if exc.isa::<PySyntaxError>() {
        syntax::format(vm, exc, &title, &mut out);
    } else {
        if let Some(s) = suggest::suggestion(vm, exc, tb) {
            text.push_str(&s);
        }
        out.push(if text.is_empty() {
            format!("{title}\n")
        } else {
            format!("{title}: {text}\n")
        });
    }
    let _ = sources;
    notes(vm, exc, &mut out);
    out
}

fn notes(vm: &Vm, exc: Value, out: &mut Vec<String>) {
    let push = |out: &mut Vec<String>, text: String| {
        out.extend(text.split('\n').map(|l| format!("{l}\n")));
    };
    let notes = match vm.getattr_opt(exc, vm.names.__notes__.value()) {
        Ok(Some(n)) => n,
        Ok(None) => return,
        Err(e) => {
            let shown = match vm.repr(e.value()) {
                Ok(r) => shown(r.value()),
                Err(_) => "<__notes__ repr() failed>".to_string(),
            };
            push(out, format!("Ignored error getting __notes__: {shown}"));
            return;
        }
    };
    if notes.is_none() {
        return;
    }
    if notes.isa::<PyList>() || notes.isa::<PyTuple>() {
        for n in vm.iterate_to_vec(notes.value()).unwrap_or_default() {
            push(out, safe_str(vm, n.value(), "note"));
        }
        return;
    }
    let text = match vm.repr(notes.value()) {
        Ok(r) => shown(r.value()),
        Err(_) => "<__notes__ repr() failed>".to_string(),
    };
    out.push(format!("{text}\n"));
}
