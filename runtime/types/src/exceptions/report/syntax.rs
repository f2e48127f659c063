//! How a SyntaxError is shown: file and line, the source line, carets under the place.

use super::shown;
use pyjit_core::exception::PySyntaxError;
use pyjit_core::prelude::*;

/// Appends the lines of a syntax error.
pub fn format(vm: &Vm, exc: Value, title: &str, out: &mut Vec<String>) {
    let Some(e) = exc.cast::<PySyntaxError>() else {
        return;
    };
    let filename = e.filename.own();
    let lineno = e.lineno.own();
    let (has_line, has_file) = (lineno.given().is_some(), filename.given().is_some());
    let mut suffix = String::new();
    let name = vm
        .str(filename.value())
        .map(|s| shown(s.value()))
        .unwrap_or_default();
    if has_line {
        let line = vm.str_text(lineno.value()).unwrap_or_default();
        let empty = !has_file || name.is_empty();
        let file = if empty { "<string>" } else { &name };
        out.push(format!("  File \"{file}\", line {line}\n"));
    } else if has_file {
        suffix = format!(" ({name})");
    }
    let text = e.text.own();
    if text.isa::<PyStr>() {
        let same_line = vm
            .eq(lineno.value(), e.end_lineno.own().value())
            .unwrap_or(false);
        source_line(
            &shown(text.value()),
            &e.offset.own(),
            &e.end_offset.own(),
            same_line,
            out,
        );
    }
    let msg = e.msg.own();
    let empty = msg.given().is_none() || msg.cast::<PyStr>().is_some_and(|s| s.is_empty());
    let msg = if empty {
        "<no detail available>".to_string()
    } else {
        vm.str(msg.value())
            .map(|s| shown(s.value()))
            .unwrap_or_default()
    };
    out.push(format!("{title}: {msg}{suffix}\n"));
}

fn source_line(text: &str, offset: &Owned, end: &Owned, same_line: bool, out: &mut Vec<String>) {
    let chars = |s: &str| s.chars().count() as i64;
    let right = text.trim_end_matches('\n');
    let left = right.trim_start_matches([' ', '\n', '\x0c']);
    let spaces = chars(right) - chars(left);
    let Some(mut at) = offset.as_i64() else {
        if offset.given().is_none() {
            out.push(format!("    {left}\n"));
        }
        return;
    };
    let mut end = if same_line {
        end.as_i64().filter(|e| *e != 0).unwrap_or(at)
    } else {
        chars(right) + 1
    };
    if !text.is_empty() {
        if at > chars(text) {
            at = chars(right) + 1;
        }
        if end > chars(text) {
            end = chars(right) + 1;
        }
    }
    if at >= end || end < 0 {
        end = at + 1;
    }
    let (from, to) = (at - 1 - spaces, end - 1 - spaces);
    out.push(format!("    {left}\n"));
    if from >= 0 {
        // Tabs and the like stay, so that the carets stand under the text.
        let pad: String = left
            .chars()
            .take(from as usize)
            .map(|c| if c.is_whitespace() { c } else { ' ' })
            .collect();
        let carets = "^".repeat((to - from).clamp(0, 1 << 16) as usize);
        out.push(format!("    {pad}{carets}\n"));
    }
}
