//! Functions about characters and text, input and output.

use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("chr", "(i, /)", chr, "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
    MethodDef::function("format", "(value, format_spec='', /)", format, "Return type(value).__format__(value, format_spec)\n\nMany built-in types implement format_spec according to the\nFormat Specification Mini-language. See help('FORMATTING')\nfor details."),
    MethodDef::function("input", "(prompt='', /)", input, "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\ntrailing newline before reading input.\n\nIf the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.\nOn *nix systems, readline is used if available."),
    MethodDef::function("open", "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", open, "Open file and return a stream.  Raise OSError upon failure."),
    MethodDef::function("ord", "(character, /)", ord, "Return the ordinal value of a character.\n\nIf the argument is a one-character string, return the Unicode code\npoint of that character.\n\nIf the argument is a bytes or bytearray object of length 1, return its\nsingle byte value."),
    MethodDef::function("print", "(*args, sep=' ', end='\\n', file=None, flush=False)", print, "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream."),
];

fn chr(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let i = vm.index(a[0])?;
    match i.as_i64() {
        Some(c @ 0..=0x10_ffff) => Ok(PyStr::from_char(c as u32)),
        _ => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let (first, len) = if let Some(s) = a[0].cast::<PyStr>() {
        (s.text().get(0), s.len())
    } else if a[0].isa::<PyBytes>() || a[0].isa::<pyjit_types::bytearray::PyByteArray>() {
        let b = vm.bytes_of(a[0])?;
        (b.first().map(|c| u32::from(*c)), b.len())
    } else {
        return Err(vm.type_error(format!(
            "ord() expected string of length 1, but {} found",
            a[0].class().name_str()
        )));
    };
    match first {
        Some(c) if len == 1 => Ok(Owned::small(i64::from(c))),
        _ => Err(vm.type_error(format!(
            "ord() expected a character, but string of length {len} found"
        ))),
    }
}

fn format(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[1].is_null() && !a[1].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "format() argument 2 must be str, not {}",
            a[1].class().name_str()
        )));
    }
    vm.format(a[0], a[1])
}

fn print(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let file = match a[3].given() {
        Some(f) => f.own(),
        None => match vm.sys_get("stdout") {
            None => return Err(vm.runtime_error("lost sys.stdout")),
            Some(f) if f.is_none() => return Ok(Owned::NONE),
            Some(f) => f,
        },
    };
    let check = |v: Value, name: &str| match v.given() {
        Some(v) if !v.isa::<PyStr>() => Err(vm.type_error(format!(
            "{name} must be None or a string, not {}",
            v.class().name_str()
        ))),
        other => Ok(other),
    };
    let sep = check(a[1], "sep")?;
    let end = check(a[2], "end")?;
    let write = |text: Value| -> PyResult<()> {
        vm.call_method(file.value(), vm.names.write.value(), &[text])
            .map(drop)
    };
    for (i, v) in vm.tuple_items(a[0]).iter().enumerate() {
        if i > 0 {
            match sep {
                Some(s) => write(s)?,
                None => write(PyStr::from_char(32).value())?,
            }
        }
        let text = vm.str(*v)?;
        write(text.value())?;
    }
    match end {
        Some(e) => write(e)?,
        None => write(PyStr::from_char(10).value())?,
    }
    if !a[4].is_null() && vm.truthy(a[4])? {
        vm.call_method(file.value(), vm.names.flush.value(), &[])?;
    }
    Ok(Owned::NONE)
}

fn input(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let stream = |name: &str| match vm.sys_get(name) {
        Some(f) if !f.is_none() => Ok(f),
        _ => Err(vm.runtime_error(format!("input(): lost sys.{name}"))),
    };
    let stdin = stream("stdin")?;
    let stdout = stream("stdout")?;
    let stderr = stream("stderr")?;
    // Whatever was printed so far comes before the prompt; a stream that cannot be flushed is no reason to stop.
    let _ = vm.call_method(stderr.value(), vm.names.flush.value(), &[]);
    if let Some(p) = a[0].non_null() {
        let text = vm.str(p)?;
        vm.call_method(stdout.value(), vm.names.write.value(), &[text.value()])?;
    }
    let _ = vm.call_method(stdout.value(), vm.names.flush.value(), &[]);
    let line = vm.call_method(stdin.value(), vm.names.readline.value(), &[])?;
    let Some(s) = line.cast::<PyStr>() else {
        return Err(vm.type_error("object.readline() returned non-string"));
    };
    let text = s.text();
    match text.len() {
        0 => Err(vm.error(vm.exc.EOFError, "EOF when reading a line")),
        n if text.get(n - 1) == Some(10) => Ok(PyStr::from_slice(text.slice(0, n - 1))),
        _ => Ok(line),
    }
}

fn open(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let f = vm.import_attr("_io", "open")?;
    let names = [
        "mode",
        "buffering",
        "encoding",
        "errors",
        "newline",
        "closefd",
        "opener",
    ];
    let mut args = OwnedArgs::default();
    args.push(a[0].own());
    for (name, v) in names.iter().zip(&a[1..]) {
        if !v.is_null() {
            args.push_keyword(intern(name), v.own());
        }
    }
    args.with(|args| vm.call_args(f.value(), args))
}
