//! How programs end: exit codes, uncaught exceptions, the order of the shutdown, output that cannot be written.

use super::{file, folder, pyjit, ran, run};
use std::process::Stdio;

fn code(program: &str) -> i32 {
    run(&["-c", program]).code
}

#[test]
fn system_exit() {
    assert_eq!(code("pass"), 0);
    assert_eq!(code("raise SystemExit"), 0);
    assert_eq!(code("raise SystemExit(None)"), 0);
    assert_eq!(code("raise SystemExit(7)"), 7);
    assert_eq!(code("raise SystemExit(300)"), 44);
    assert_eq!(code("raise SystemExit(-1)"), 255);
    assert_eq!(code("raise SystemExit(True)"), 1);
    let r = run(&["-c", "import sys; sys.exit('bye')"]);
    assert_eq!((r.out.as_str(), r.err.as_str(), r.code), ("", "bye\n", 1));
}

#[test]
fn uncaught() {
    let r = run(&["-c", "def f():\n    return 1/0\nf()"]);
    assert_eq!(r.code, 1);
    let wanted = "Traceback (most recent call last):\n  File \"<string>\", line 3, in <module>\n    f()\n    ~^^\n  File \"<string>\", line 2, in f\n    return 1/0\n           ~^~\nZeroDivisionError: division by zero\n";
    assert_eq!(r.err, wanted);
}

#[test]
fn syntax_error() {
    let dir = folder("syntax");
    let script = file(&dir, "bad.py", "x = (1,\ny = 2\n");
    let r = run(&[&script]);
    assert_eq!(r.code, 1);
    assert!(
        r.err.contains("SyntaxError: '(' was never closed"),
        "{}",
        r.err
    );
}

#[test]
fn excepthook() {
    let r = run(&[
        "-c",
        "import sys\nsys.excepthook = lambda t, v, tb: print('hook', t.__name__, v)\nraise ValueError(5)",
    ]);
    assert_eq!(
        (r.out.as_str(), r.code),
        ("hook ValueError 5\n", 1),
        "{}",
        r.err
    );
}

#[test]
fn interrupt() {
    let r = run(&["-c", "raise KeyboardInterrupt"]);
    assert!(r.err.ends_with("KeyboardInterrupt\n"), "{}", r.err);
    assert_eq!(r.code, -2);
}

#[test]
fn exit_functions() {
    let program = "import atexit\natexit.register(print, 'first registered')\natexit.register(print, 'last registered')\nprint('program')";
    let r = run(&["-c", program]);
    assert_eq!(
        r.out, "program\nlast registered\nfirst registered\n",
        "{}",
        r.err
    );
}

#[test]
fn finalizers_run_at_the_end() {
    let program = "class A:\n    def __del__(self): print('gone')\na = A()\nprint('end')";
    let r = run(&["-c", program]);
    assert_eq!(r.out, "end\ngone\n", "{}", r.err);
}

#[test]
fn full_disk() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else { return };
    let mut c = pyjit(&["-c", "print('x')"]);
    let r = ran(c.stdout(Stdio::from(full)).output().expect("starts"));
    assert_eq!(r.code, 120, "{}", r.err);
    assert!(r.err.contains("OSError"), "{}", r.err);
}

#[test]
fn closed_stdout() {
    // The reader goes away before the program writes.
    let mut child = pyjit(&[
        "-c",
        "import sys\nsys.stdin.read()\nprint('x' * 100000)\nsys.stdout.flush()",
    ])
    .stdin(Stdio::piped())
    .spawn()
    .expect("starts");
    drop(child.stdout.take());
    drop(child.stdin.take());
    let r = ran(child.wait_with_output().expect("ends"));
    assert!(r.err.contains("BrokenPipeError"), "{}", r.err);
    assert!(r.code == 1 || r.code == 120);
}
