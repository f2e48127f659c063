//! The front end makes the code objects CPython 3.14 makes: `shape/*.py` are compiled and compared with `shape/*.txt`,
//! which `xtask/bytecode_compare.py --golden` wrote with the reference implementation. Plus what no golden file shows:
//! modes, errors, warnings and depth.

use std::path::Path;

use pyjit_compile::{Mode, Options, compile, compile_source, source::Source};
use pyjit_isa::code::{Code, Const};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn lines(code: &Code, out: &mut Vec<String>) {
    out.push(
        [
            code.qualname.clone(),
            code.first_line.to_string(),
            format!("{:#x}", code.flags),
            code.stack_size.to_string(),
            code.names.join(" "),
            code.local_names.join(" "),
            code.consts.len().to_string(),
            hex(&code.code),
            hex(&code.line_table),
            hex(&code.exception_table),
        ]
        .join(" | "),
    );
    for value in &code.consts {
        if let Const::Code(inner) = value {
            lines(inner, out);
        }
    }
}

#[test]
fn code_objects_are_those_of_the_reference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shape");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let code = compile(&source, &Options::exec("file")).unwrap();
        let mut found = Vec::new();
        lines(&code, &mut found);
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        for (found, expected) in found.iter().zip(expected.lines()) {
            assert_eq!(found.trim_end(), expected.trim_end(), "{}", path.display());
        }
        assert_eq!(found.len(), expected.lines().count(), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 4);
}

fn with_mode(source: &str, mode: Mode) -> Code {
    let options = Options {
        mode,
        ..Options::exec("file")
    };
    compile(source, &options).unwrap()
}

#[test]
fn modes_differ_in_what_becomes_of_a_value() {
    use pyjit_isa::opcode::op;
    let last = |code: &Code| code.code[code.code.len() - 4];
    assert_eq!(last(&with_mode("a", Mode::Eval)), op::LOAD_NAME);
    assert_eq!(last(&with_mode("a", Mode::Exec)), op::LOAD_CONST);
    let single = with_mode("a\n", Mode::Single);
    assert!(
        single
            .code
            .chunks(2)
            .any(|unit| unit[0] == op::CALL_INTRINSIC_1)
    );
}

#[test]
fn errors_name_their_place() {
    let error = compile("def f():\n    pass\nreturn 1\n", &Options::exec("file")).unwrap_err();
    assert_eq!(
        (error.msg.as_str(), error.line, error.col),
        ("'return' outside function", 3, 1)
    );
}

#[test]
fn warnings_come_in_order() {
    let text = "try: pass\nfinally:\n    while x is 1: pass\n    class A: pass\ndef f():\n  try: pass\n  finally: return\n";
    let source = Source::from_text(text, "file").unwrap();
    let compiled = compile_source(&source, &Options::exec("file")).unwrap();
    let lines: Vec<u32> = compiled
        .warnings
        .iter()
        .map(|warning| warning.line)
        .collect();
    assert_eq!(lines.first(), Some(&7));
    assert!(lines.contains(&3));
}

#[test]
fn deep_nesting_compiles() {
    for (open, close) in [
        ("-", ""),
        ("not ", ""),
        ("lambda: ", ""),
        ("x if y else ", ""),
    ] {
        let source = format!("a = {}1{}\n", open.repeat(2000), close.repeat(2000));
        compile(&source, &Options::exec("file")).unwrap();
    }
    let chain = format!("a = b{}\n", ".c(1)[2]".repeat(3000));
    compile(&chain, &Options::exec("file")).unwrap();
}
