//! `sys.stdin`, `sys.stdout` and `sys.stderr`.

use pyjit_core::prelude::*;

/// Opens the three streams on file descriptors 0 to 2; None for those that are closed.
pub fn start(vm: &Vm) -> PyResult<()> {
    let Some(d) = vm.sys.value().cast::<PyDict>() else {
        return Ok(());
    };
    let (encoding, errors) = configured(vm);
    for (fd, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let stream = open(vm, fd, name, &encoding, errors.as_deref())?;
        d.set_name(&format!("__{name}__"), stream.clone());
        d.set_name(name, stream);
    }
    Ok(())
}

/// Encoding and error handler from `PYTHONIOENCODING`.
fn configured(vm: &Vm) -> (String, Option<String>) {
    let o = vm.options();
    let given = if o.ignore_environment || o.isolated {
        String::new()
    } else {
        std::env::var("PYTHONIOENCODING").unwrap_or_default()
    };
    let (encoding, errors) = match given.split_once(':') {
        Some((e, h)) => (e.to_string(), (!h.is_empty()).then(|| h.to_string())),
        None => (given, None),
    };
    let errors = if errors.is_none() && !encoding.is_empty() {
        Some("strict".to_string())
    } else {
        errors
    };
    let encoding = if encoding.is_empty() {
        "utf-8".to_string()
    } else {
        encoding
    };
    (encoding, errors)
}

fn c_locale() -> bool {
    let get = |n: &str| std::env::var(n).ok().filter(|v| !v.is_empty());
    let locale = get("LC_ALL").or_else(|| get("LC_CTYPE")).or_else(|| get("LANG"));
    matches!(locale.as_deref(), None | Some("C" | "POSIX"))
}

fn open(vm: &Vm, fd: i32, name: &str, encoding: &str, errors: Option<&str>) -> PyResult<Owned> {
    if !crate::posix::is_open(fd) {
        return Ok(Owned::NONE);
    }
    let unbuffered = vm.options().unbuffered;
    let raw = crate::io::raw_file(vm, fd, fd != 0)?;
    let shown = PyStr::from_str(&format!("<{name}>"));
    vm.setattr_str(raw.value(), "name", shown.value())?;
    let tty = crate::posix::is_tty(fd);
    let errors = match (fd, errors) {
        (2, _) => "backslashreplace".to_string(),
        (_, Some(e)) => e.to_string(),
        // As with CPython's UTF-8 mode in the C locale: what cannot be decoded passes through unchanged.
        (_, None) if c_locale() => "surrogateescape".to_string(),
        (_, None) => "strict".to_string(),
    };
    let line = tty || fd == 2;
    crate::io::text_file(
        vm,
        raw,
        crate::io::TextSetup {
            encoding,
            errors: &errors,
            newline: "\n",
            line_buffering: line && !unbuffered || fd == 2,
            write_through: unbuffered && fd != 0,
            unbuffered: unbuffered && fd != 0,
            reading: fd == 0,
        },
    )
}
