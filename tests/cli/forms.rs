//! Where a program can come from, and what `sys.argv`, `sys.path` and `__main__` look like then.

use super::{feed, file, folder, run};

const SHOW: &str = "import sys\nprint(sys.argv)\nprint(__name__)\n";

#[test]
fn command() {
    let r = run(&[
        "-c",
        "import sys; print(sys.argv, repr(sys.path[0]), __name__)",
        "a",
        "-b",
    ]);
    assert_eq!(r.out, "['-c', 'a', '-b'] '' __main__\n", "{}", r.err);
    assert_eq!(r.code, 0);
}

#[test]
fn command_is_dedented() {
    let r = run(&[
        "-c",
        "\n    if True:\n        print('in')\n    print('out')\n",
    ]);
    assert_eq!((r.out.as_str(), r.code), ("in\nout\n", 0), "{}", r.err);
}

#[test]
fn script() {
    let dir = folder("script");
    let script = file(&dir, "show.py", SHOW);
    for words in [&[script.as_str(), "x"][..], &["run", &script, "x"]] {
        let r = run(words);
        assert_eq!(r.out, format!("['{script}', 'x']\n__main__\n"), "{}", r.err);
    }
}

#[test]
fn script_directory_is_first_in_path() {
    let dir = folder("beside");
    file(&dir, "beside.py", "value = 42\n");
    let script = file(
        &dir,
        "main.py",
        "import beside\nprint(beside.value, __file__)\n",
    );
    let r = run(&[&script]);
    assert_eq!(r.out, format!("42 {script}\n"), "{}", r.err);
    let r = run(&["-P", &script]);
    assert!(r.err.contains("No module named 'beside'"), "{}", r.err);
}

#[test]
fn standard_input() {
    let r = feed(&[], SHOW);
    assert_eq!(r.out, "['']\n__main__\n", "{}", r.err);
    let r = feed(&["-", "x"], SHOW);
    assert_eq!(r.out, "['-', 'x']\n__main__\n", "{}", r.err);
}

#[test]
fn module() {
    let dir = folder("module");
    file(&dir, "shown.py", SHOW);
    let mut c = super::pyjit(&["-m", "shown", "x"]);
    let r = super::ran(c.current_dir(&dir).output().expect("the command starts"));
    assert!(
        r.out.ends_with("shown.py', 'x']\n__main__\n"),
        "{}{}",
        r.out,
        r.err
    );
    let r = run(&["-m", "there_is_no_such_module"]);
    assert_eq!(r.code, 1);
    assert!(
        r.err.contains("No module named there_is_no_such_module"),
        "{}",
        r.err
    );
}

#[test]
fn directory() {
    let dir = folder("package_dir");
    let path = dir.to_string_lossy().into_owned();
    let r = run(&[&path]);
    assert_eq!(r.code, 1);
    assert!(
        r.err.contains("can't find '__main__' module in"),
        "{}",
        r.err
    );
    file(&dir, "__main__.py", "print('main', __name__)\n");
    let r = run(&[&path]);
    assert_eq!(
        (r.out.as_str(), r.code),
        ("main __main__\n", 0),
        "{}",
        r.err
    );
}

#[test]
fn missing_file() {
    let r = run(&["/no/such/file.py"]);
    assert_eq!(r.code, 2);
    assert!(
        r.err
            .ends_with("can't open file '/no/such/file.py': [Errno 2] No such file or directory\n"),
        "{}",
        r.err
    );
}

#[test]
fn first_line_skipped() {
    let dir = folder("skip");
    let script = file(&dir, "skip.py", "this is no Python\nprint('second')\n");
    let r = run(&["-x", &script]);
    assert_eq!((r.out.as_str(), r.code), ("second\n", 0), "{}", r.err);
}

#[test]
fn prompt_without_terminal() {
    let r = feed(&["-i", "-q"], "x = 20\nif x:\n    x + 1\n\n1/0\n'end'\n");
    assert_eq!(r.out, "21\n'end'\n", "{}", r.err);
    assert!(
        r.err.contains("ZeroDivisionError: division by zero"),
        "{}",
        r.err
    );
    assert_eq!(r.code, 0);
}
