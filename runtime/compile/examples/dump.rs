//! Prints the code objects of Python files as JSON, one line a file: `dump [-O|-OO] [--eval|--single] [--await] [--warnings] [--time] FILE...` (`-` reads names
//! from standard input). Used by `xtask/bytecode_compare.py`.

use std::io::{BufRead, Write};

use pyjit_compile::{Mode, Options, compile_source, source::Source};
use pyjit_isa::code::{Code, Const};

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if u32::from(c) < 0x20 || u32::from(c) > 0x7e => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn hex(bytes: &[u8], out: &mut String) {
    out.push('"');
    for byte in bytes {
        out.push_str(&format!("{byte:02x}"));
    }
    out.push('"');
}

fn list<T>(items: &[T], out: &mut String, mut each: impl FnMut(&T, &mut String)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        each(item, out);
    }
    out.push(']');
}

/// Constants as `[kind, value]`.
fn constant(value: &Const, out: &mut String) {
    match value {
        Const::None => out.push_str("[\"None\"]"),
        Const::True => out.push_str("[\"True\"]"),
        Const::False => out.push_str("[\"False\"]"),
        Const::Ellipsis => out.push_str("[\"Ellipsis\"]"),
        Const::Int(value) => out.push_str(&format!("[\"int\",\"{value}\"]")),
        Const::BigInt(digits) => out.push_str(&format!("[\"int\",\"{digits}\"]")),
        Const::Float(value) => out.push_str(&format!("[\"float\",\"{:016x}\"]", value.to_bits())),
        Const::Complex(real, imag) => out.push_str(&format!(
            "[\"complex\",\"{:016x}{:016x}\"]",
            real.to_bits(),
            imag.to_bits()
        )),
        Const::Str(text) => {
            out.push_str("[\"str\",");
            quote(text, out);
            out.push(']');
        }
        Const::Surrogates(points) => {
            out.push_str("[\"points\",");
            list(points, out, |point, out| out.push_str(&point.to_string()));
            out.push(']');
        }
        Const::Bytes(bytes) => {
            out.push_str("[\"bytes\",");
            hex(bytes, out);
            out.push(']');
        }
        Const::Tuple(items) => {
            out.push_str("[\"tuple\",");
            list(items, out, constant);
            out.push(']');
        }
        Const::FrozenSet(items) => {
            out.push_str("[\"frozenset\",");
            list(items, out, constant);
            out.push(']');
        }
        Const::Slice(parts) => {
            out.push_str("[\"slice\",");
            list(&parts[..], out, constant);
            out.push(']');
        }
        Const::Code(code) => {
            out.push_str("[\"code\",");
            object(code, out);
            out.push(']');
        }
    }
}

fn object(code: &Code, out: &mut String) {
    let text = |name: &str, value: &str, out: &mut String| {
        quote(name, out);
        out.push(':');
        quote(value, out);
        out.push(',');
    };
    out.push('{');
    text("name", &code.name, out);
    text("qualname", &code.qualname, out);
    for (name, value) in [
        ("firstlineno", code.first_line),
        ("argcount", code.arg_count),
        ("posonlyargcount", code.posonly_count),
        ("kwonlyargcount", code.kwonly_count),
        ("flags", code.flags),
        ("stacksize", code.stack_size),
    ] {
        out.push_str(&format!("\"{name}\":{value},"));
    }
    for (name, bytes) in [
        ("code", &code.code),
        ("linetable", &code.line_table),
        ("exceptiontable", &code.exception_table),
        ("kinds", &code.local_kinds),
    ] {
        quote(name, out);
        out.push(':');
        hex(bytes, out);
        out.push(',');
    }
    out.push_str("\"names\":");
    list(&code.names, out, |name, out| quote(name, out));
    out.push_str(",\"localsplusnames\":");
    list(&code.local_names, out, |name, out| quote(name, out));
    out.push_str(",\"consts\":");
    list(&code.consts, out, constant);
    out.push('}');
}

fn main() {
    let mut files = Vec::new();
    let mut optimize = 0;
    let mut time_only = false;
    let mut mode = Mode::Exec;
    let mut warnings = false;
    let mut top_level_await = false;
    for arg in std::env::args().skip(1) {
        match arg.as_str() {
            "-O" => optimize = 1,
            "-OO" => optimize = 2,
            "--time" => time_only = true,
            "--eval" => mode = Mode::Eval,
            "--single" => mode = Mode::Single,
            "--await" => top_level_await = true,
            "--warnings" => warnings = true,
            "-" => files.extend(std::io::stdin().lock().lines().map_while(Result::ok)),
            _ => files.push(arg),
        }
    }
    let stdout = std::io::stdout();
    let mut stdout = std::io::BufWriter::new(stdout.lock());
    let mut total = std::time::Duration::ZERO;
    let mut size = 0;
    for file in files {
        let mut options = Options::exec(&file);
        options.optimize = optimize;
        options.mode = mode;
        options.allow_top_level_await = top_level_await;
        let bytes = std::fs::read(&file).unwrap_or_default();
        size += bytes.len();
        let start = std::time::Instant::now();
        let result =
            Source::from_bytes(&bytes, &file).and_then(|source| compile_source(&source, &options));
        total += start.elapsed();
        if time_only {
            continue;
        }
        let mut out = String::from("{\"file\":");
        quote(&file, &mut out);
        match result {
            Ok(compiled) => {
                if warnings {
                    out.push_str(",\"warnings\":");
                    list(&compiled.warnings, &mut out, |warning, out| {
                        out.push_str(&format!("[{},", warning.line));
                        quote(&warning.msg, out);
                        out.push(']');
                    });
                }
                out.push_str(",\"code\":");
                object(&compiled.code, &mut out);
            }
            Err(error) => {
                out.push_str(",\"error\":");
                quote(&error.to_string(), &mut out);
                out.push_str(",\"details\":[");
                quote(&error.msg, &mut out);
                out.push_str(&format!(
                    ",{},{},{},{}]",
                    error.line, error.col, error.end_line, error.end_col
                ));
            }
        }
        out.push_str("}\n");
        let _ = stdout.write_all(out.as_bytes());
    }
    if time_only {
        let megabytes = size as f64 / 1e6;
        let _ = writeln!(
            stdout,
            "{megabytes:.2} MB in {:.3} s: {:.2} MB/s",
            total.as_secs_f64(),
            megabytes / total.as_secs_f64().max(1e-9)
        );
    }
}
