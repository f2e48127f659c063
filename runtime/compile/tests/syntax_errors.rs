//! Compares the errors of the front end with what CPython 3.14 says of the same programs (`syntax_errors.txt`, recorded
//! by `record_syntax_errors.py`): class, message and span.

use pyjit_compile::{Mode, Options, Source, compile_source};

/// A JSON string as text.
fn unquote(json: &str) -> String {
    let inner = json
        .trim()
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .expect("a JSON string");
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\x0c'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).expect("four digits");
                out.push(char::from_u32(code).expect("a character"));
            }
            Some(other) => out.push(other),
            None => panic!("a backslash at the end"),
        }
    }
    out
}

fn outcome(mode: &str, program: &str) -> String {
    let mut options = Options::exec("x");
    options.mode = match mode {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        _ => Mode::Single,
    };
    let compiled =
        Source::from_text(program, "x").and_then(|source| compile_source(&source, &options));
    match compiled {
        Ok(_) => "ok".to_string(),
        Err(error) => format!(
            "{:?} {}:{}-{}:{} {}",
            error.kind, error.line, error.col, error.end_line, error.end_col, error.msg
        ),
    }
}

#[test]
fn as_cpython() {
    let recorded = include_str!("syntax_errors.txt");
    let mut lines = recorded.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    let mut count = 0;
    while let (Some(program), Some(expected)) = (lines.next(), lines.next()) {
        let (mode, json) = program.split_once(' ').expect("a mode and a program");
        let found = outcome(mode, &unquote(json));
        count += 1;
        if found != expected.trim_start() {
            wrong.push(format!(
                "{program}\n  expected {}\n  found    {found}",
                expected.trim_start()
            ));
        }
    }
    assert!(count > 250, "only {count} programs");
    assert!(
        wrong.is_empty(),
        "{} of {count} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
