//! Options and the sub-commands.

use super::{file, folder, pyjit, ran, run};

#[test]
fn version() {
    assert_eq!(run(&["-V"]).out, "Python 3.14.10\n");
    assert_eq!(run(&["--version"]).out, "Python 3.14.10\n");
    assert!(run(&["-VV"]).out.starts_with("Python 3.14.10 (pyjit "));
}

#[test]
fn help() {
    for word in ["-h", "-?", "--help"] {
        let r = run(&[word]);
        assert_eq!(r.code, 0);
        assert!(
            r.out.contains("--dispatch") && r.out.contains("-O"),
            "{}",
            r.out
        );
    }
    assert!(run(&["--help-env"]).out.contains("PYTHONHASHSEED"));
    assert!(run(&["--help-xoptions"]).out.contains("-X dev"));
    assert!(run(&["--help-all"]).out.contains("PYTHONPATH"));
}

#[test]
fn unknown_options() {
    for words in [
        &["-Z"][..],
        &["--no-such"],
        &["-c"],
        &["-W"],
        &["--dispatch", "x", "f.py"],
    ] {
        let r = run(words);
        assert_eq!(r.code, 2, "{words:?}");
        assert!(r.err.contains("usage: "), "{}", r.err);
        assert_eq!(r.out, "");
    }
    assert_eq!(run(&["-X", "unheard_of", "-c", "pass"]).code, 0);
}

#[test]
fn flags_reach_sys() {
    let r = run(&[
        "-OBs",
        "-X",
        "a=b",
        "-c",
        "import sys; f = sys.flags; print(f.optimize, f.dont_write_bytecode, f.no_user_site, sys._xoptions, __debug__)",
    ]);
    assert_eq!(r.out, "1 1 1 {'a': 'b'} False\n", "{}", r.err);
}

#[test]
fn environment() {
    let program = "import sys; print(sys.flags.optimize)";
    let go = |words: &[&str]| {
        ran(pyjit(words)
            .env("PYTHONOPTIMIZE", "2")
            .output()
            .expect("starts"))
    };
    assert_eq!(go(&["-c", program]).out, "2\n");
    assert_eq!(go(&["-E", "-c", program]).out, "0\n");
    let r = ran(pyjit(&["-c", "pass"])
        .env("PYTHONHASHSEED", "x")
        .output()
        .expect("starts"));
    assert_eq!(r.code, 1);
    assert!(r.err.contains("PYTHONHASHSEED must be"), "{}", r.err);
}

fn sum_under(options: &[&str]) {
    let dir = folder(&format!("dispatch{}", options.join("_")));
    let script = file(&dir, "sum.py", "print(sum(i * i for i in range(100)))\n");
    let mut words = vec!["run"];
    words.extend(options);
    words.push(&script);
    let r = run(&words);
    assert_eq!(
        (r.out.as_str(), r.code),
        ("328350\n", 0),
        "{words:?} {}",
        r.err
    );
}

#[test]
fn dispatchers_agree() {
    sum_under(&["--dispatch", "match"]);
    sum_under(&["--dispatch=tail"]);
    sum_under(&["--gc-zeal"]);
}

#[test]
fn slow_forms_agree() {
    sum_under(&["--no-fast-paths"]);
}

#[test]
fn jit_is_not_there() {
    let r = run(&["--jit", "-c", "print(1); raise SystemExit(3)"]);
    assert_eq!((r.out.as_str(), r.code), ("1\n", 3), "{}", r.err);
    assert!(r.err.contains("no JIT"), "{}", r.err);
    assert_eq!(run(&["--jit=require", "-c", "pass"]).code, 2);
    assert_eq!(run(&["--no-jit", "-c", "pass"]).err, "");
}

#[test]
fn sub_commands() {
    assert!(run(&["info"]).out.contains("python           3.14.10"));
    assert!(run(&["ops"]).out.contains("LoadConst"));
    let dir = folder("sub");
    let script = file(&dir, "f.py", "def f(x):\n    return x + 1\nprint(f(1))\n");
    for (words, wanted) in [
        (&["dis", &script][..], "RETURN_VALUE"),
        (&["dis", "--threaded", &script], "AddK"),
        (&["dis", "--run", &script], "(line 1)"),
        (&["show", "ast", &script], "FunctionDef"),
        (&["show", "symtable", &script], "parameter"),
        (&["show", "bytecode", &script], "RETURN_VALUE"),
        (&["show", "threaded", &script], "AddK"),
    ] {
        let r = run(words);
        assert!(r.out.contains(wanted), "{words:?}\n{}{}", r.out, r.err);
        assert_eq!(r.code, 0);
    }
    assert_eq!(run(&["show", "nothing", &script]).code, 2);
}
