//! `open` and the other functions of `_io`.

use super::{DEFAULT_BUFFER_SIZE, buffered, fileio, text};
use pyjit_core::prelude::*;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::function("open", "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", open, "Open file and return a stream.  Raise OSError upon failure."),
    MethodDef::function("open_code", "(path)", open_code, "Opens the provided file with the intent to import the contents.\n\nThis may perform extra validation beyond open(), but is otherwise interchangeable\nwith calling open(path, 'rb')."),
    MethodDef::function("text_encoding", "(encoding, stacklevel=2, /)", text_encoding, "A helper function to choose the text encoding.\n\nWhen encoding is not None, this function returns it.\nOtherwise, this function returns the default text encoding\n(i.e. \"locale\" or \"utf-8\" depends on UTF-8 mode).\n\nThis function emits an EncodingWarning if encoding is None and\nsys.flags.warn_default_encoding is true.\n\nThis can be used in APIs with an encoding=None parameter.\nHowever, please consider using encoding=\"utf-8\" for new APIs."),
];

fn text_encoding(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].is_none() {
        return Ok(a[0].own());
    }
    if super::warns_default_encoding(vm) {
        let level = if a[1].is_null() { 2 } else { vm.to_i64(a[1])? };
        vm.warn(vm.exc.EncodingWarning, "'encoding' argument not specified", level)?;
    }
    Ok(intern("utf-8"))
}

fn open_code(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    if !a[0].isa::<PyStr>() {
        return Err(vm.type_error(format!(
            "open_code() argument 'path' must be str, not {}",
            a[0].class().name_str()
        )));
    }
    let mode = PyStr::from_str("rb");
    let n = Value::NULL;
    open(vm, &[a[0], mode.value(), n, n, n, n, n, n])
}

#[derive(Default)]
struct Mode {
    main: Option<char>,
    plus: bool,
    text: bool,
    binary: bool,
}

fn parse_mode(vm: &Vm, mode: &str) -> PyResult<Mode> {
    let mut m = Mode::default();
    let bad = || vm.value_error(format!("invalid mode: '{mode}'"));
    let mut several = false;
    for (i, c) in mode.chars().enumerate() {
        if mode.chars().take(i).any(|x| x == c) {
            return Err(bad());
        }
        match c {
            'r' | 'w' | 'a' | 'x' => {
                several |= m.main.is_some();
                m.main = Some(c);
            }
            '+' => m.plus = true,
            't' => m.text = true,
            'b' => m.binary = true,
            _ => return Err(bad()),
        }
    }
    if m.text && m.binary {
        return Err(vm.value_error("can't have text and binary mode at once"));
    }
    if !several && m.main.is_none() {
        return Err(vm.value_error(super::fileio::BAD_MODE));
    }
    if several {
        return Err(vm.value_error(
            "must have exactly one of create/read/write/append mode",
        ));
    }
    Ok(m)
}

fn open(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let mode_text = match a[1].non_null() {
        None => "r".to_string(),
        Some(m) => match m.cast::<PyStr>() {
            Some(s) => s.to_lossy(),
            None => {
                return Err(vm.type_error(format!(
                    "open() argument 'mode' must be str, not {}",
                    m.class().name_str()
                )));
            }
        },
    };
    let buffering = if a[2].is_null() { -1 } else { vm.to_i32(a[2])? };
    let text_arg = |v: Value, name: &str| match v.given() {
        None => Ok(None),
        Some(v) => super::text_arg(vm, v, &format!("open() argument '{name}'")).map(Some),
    };
    let encoding = text_arg(a[3], "encoding")?;
    let errors = text_arg(a[4], "errors")?;
    let newline_given = match a[5].given() {
        Some(n) if !n.isa::<PyStr>() => {
            return Err(vm.type_error(format!(
                "open() argument 'newline' must be str or None, not {}",
                n.class().name_str()
            )));
        }
        other => other,
    };
    let file = if a[0].as_int().is_some() {
        a[0].own()
    } else {
        vm.fspath(a[0])?
    };
    let m = parse_mode(vm, &mode_text)?;
    if m.binary {
        for (given, what) in [
            (encoding.is_some(), "an encoding argument"),
            (errors.is_some(), "an errors argument"),
            (newline_given.is_some(), "a newline argument"),
        ] {
            if given {
                return Err(vm.value_error(format!("binary mode doesn't take {what}")));
            }
        }
        if buffering == 1 {
            vm.warn(
                vm.exc.RuntimeWarning,
                "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
                1,
            )?;
        }
    }
    let newline = match newline_given {
        Some(n) => Some(super::newline_arg(vm, n)?),
        None => None,
    };
    let main = m.main.unwrap_or('r');
    let raw_mode = PyStr::from_str(&format!("{main}{}", if m.plus { "+" } else { "" }));
    let closefd = a[6].non_null().unwrap_or(Value::TRUE);
    let opener = a[7].non_null().unwrap_or(Value::NONE);
    let raw = vm.call(
        fileio::PyFileIO::class().as_value(),
        &[file.value(), raw_mode.value(), closefd, opener],
    )?;
    let finish = || -> PyResult<Owned> {
        let f = raw.cast::<fileio::PyFileIO>();
        let fd = f.map_or(-1, |f| f.fd.get());
        let mut size = buffering;
        let mut line = false;
        // Only devices can be terminals; regular files are told apart without a further call.
        if buffering < 0 {
            line = crate::posix::is_tty(fd);
        }
        if buffering == 1 {
            size = -1;
            line = true;
        }
        let size = if size < 0 {
            f.map_or(DEFAULT_BUFFER_SIZE, |f| f.blksize.get())
        } else {
            size as usize
        };
        if size == 0 {
            if !m.binary {
                return Err(vm.value_error("can't have unbuffered text I/O"));
            }
            return Ok(raw.clone());
        }
        let reading = main == 'r' || m.plus;
        let writing = main != 'r' || m.plus;
        if reading && writing {
            let seekable = vm.call_method_str(raw.value(), "seekable", &[])?;
            if !vm.truthy(seekable.value())? {
                return Err(super::unsupported(vm, "File or stream is not seekable."));
            }
        }
        let buffer = buffered::over(raw.clone(), size, reading, writing);
        if m.binary {
            return Ok(buffer);
        }
        if encoding.is_none() && super::warns_default_encoding(vm) {
            vm.warn(vm.exc.EncodingWarning, "'encoding' argument not specified", 1)?;
        }
        let made = text::over(
            vm,
            buffer.clone(),
            encoding.as_deref(),
            errors.as_deref(),
            newline,
        );
        let made = match made {
            Ok(t) => t,
            Err(e) => {
                let _ = vm.call_method(buffer.value(), vm.names.close.value(), &[]);
                return Err(e);
            }
        };
        if let Some(t) = made.cast::<text::PyTextIO>() {
            t.line_buffering.set(line);
        }
        let mode = PyStr::from_str(&mode_text);
        vm.setattr_str(made.value(), "mode", mode.value())?;
        Ok(made)
    };
    match finish() {
        Ok(f) => Ok(f),
        Err(e) => {
            let _ = vm.call_method(raw.value(), vm.names.close.value(), &[]);
            Err(e)
        }
    }
}
