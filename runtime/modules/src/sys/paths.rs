//! Where things are: `sys.executable`, the prefixes, `sys.path`, `sys.argv`.

use pyjit_core::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The absolute path of the running program.
fn executable(vm: &Vm) -> String {
    let given = &vm.options().executable;
    if given.contains('/') {
        let p = std::path::absolute(given).unwrap_or_else(|_| PathBuf::from(given));
        return p.to_string_lossy().into_owned();
    }
    if !given.is_empty() {
        let path = std::env::var("PATH").unwrap_or_default();
        for dir in path.split(':').filter(|d| !d.is_empty()) {
            let candidate = Path::new(dir).join(given);
            if candidate.is_file() {
                return candidate.to_string_lossy().into_owned();
            }
        }
    }
    match std::env::current_exe() {
        Ok(p) => p.to_string_lossy().into_owned(),
        Err(_) => String::new(),
    }
}

/// The folder above the one that the program's file is in.
fn prefix() -> &'static str {
    static PREFIX: OnceLock<String> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let exe = std::env::current_exe().ok();
        let prefix = exe
            .as_deref()
            .and_then(Path::parent)
            .and_then(Path::parent)
            .unwrap_or(Path::new("/usr"));
        prefix.to_string_lossy().into_owned()
    })
}

fn in_prefix(prefix: &str, rest: &str) -> String {
    format!("{}/{rest}", prefix.trim_end_matches('/'))
}

/// The directory that replaces the embedded library, if there is one.
pub fn stdlib_override(vm: &Vm) -> Option<String> {
    let given = vm.options().stdlib.clone().or_else(|| {
        let ignored = vm.options().ignore_environment || vm.options().isolated;
        std::env::var("PYJITLIB").ok().filter(|d| !d.is_empty() && !ignored)
    })?;
    let p = std::path::absolute(&given).ok()?;
    Some(p.to_string_lossy().trim_end_matches('/').to_string())
}

/// The place where the embedded library appears in `sys.path`; `None` if a directory replaces it.
pub fn embedded_dir(vm: &Vm) -> Option<String> {
    if stdlib_override(vm).is_some() {
        return None;
    }
    Some(in_prefix(prefix(), "lib/python3.14"))
}

/// The directory of the standard library, embedded or not.
pub fn stdlib_dir(vm: &Vm) -> String {
    stdlib_override(vm)
        .or_else(|| embedded_dir(vm))
        .unwrap_or_default()
}

fn text(s: &str) -> Owned {
    fs_text(s.as_bytes())
}

/// A string from file system bytes, with what is not UTF-8 as lone surrogates.
pub fn fs_text(bytes: &[u8]) -> Owned {
    use pyjit_text::codecs::{Encoding, Policy, decode_with_policy};
    if bytes.is_ascii() {
        return PyStr::from_text(pyjit_text::repr::Text::Ascii(bytes));
    }
    match decode_with_policy(Encoding::Utf8, Policy::SurrogateEscape, bytes, true) {
        Ok(d) => PyStr::from_buf(&d.text),
        Err(_) => PyStr::from_str(&String::from_utf8_lossy(bytes)),
    }
}

/// File system bytes of a string; `None` if it has characters that no file name has.
pub fn fs_bytes(s: &PyStr) -> Option<Vec<u8>> {
    use pyjit_text::codecs::{Encoding, Policy, encode_with_policy};
    if let Some(a) = s.as_ascii() {
        return Some(a.as_bytes().to_vec());
    }
    encode_with_policy(Encoding::Utf8, Policy::SurrogateEscape, s.text()).ok()
}

/// Puts everything in. `sys.path` has no script directory yet: the command line adds it.
pub fn fill(vm: &Vm, d: &PyDict) {
    let o = vm.options();
    let exe = executable(vm);
    let prefix = prefix();
    d.set_name("executable", text(&exe));
    d.set_name("_base_executable", text(&exe));
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
        d.set_name(name, text(prefix));
    }
    let stdlib = stdlib_dir(vm);
    d.set_name("_stdlib_dir", text(&stdlib));
    let mut path = Vec::new();
    if !o.ignore_environment && !o.isolated
        && let Some(extra) = std::env::var_os("PYTHONPATH") {
            use std::os::unix::ffi::OsStrExt;
            let extra = extra.as_bytes();
            if !extra.is_empty() {
                path.extend(extra.split(|b| *b == b':').map(fs_text));
            }
        }
    path.push(text(&in_prefix(prefix, "lib/python314.zip")));
    path.push(text(&stdlib));
    d.set_name("path", PyList::new(path));
    let argv: Vec<Owned> = o.argv.iter().map(|a| text(a)).collect();
    d.set_name("argv", PyList::new(argv));
    let orig: Vec<Owned> = {
        use std::os::unix::ffi::OsStrExt;
        std::env::args_os().map(|a| fs_text(a.as_bytes())).collect()
    };
    d.set_name("orig_argv", PyList::new(orig));
    d.set_name("meta_path", PyList::new(vec![]));
    d.set_name("path_hooks", PyList::new(vec![]));
    d.set_name("path_importer_cache", PyDict::new());
    d.set_name("dont_write_bytecode", Owned::bool(o.dont_write_bytecode));
    let option = o.x_options.iter().rev().find(|(k, _)| k == "pycache_prefix");
    let pycache = match option {
        Some((_, v)) => v.clone(),
        None if o.ignore_environment || o.isolated => None,
        None => std::env::var("PYTHONPYCACHEPREFIX").ok(),
    };
    let pycache = pycache.filter(|p| !p.is_empty());
    d.set_name("pycache_prefix", pycache.map_or(Owned::NONE, |p| text(&p)));
    let warn: Vec<Owned> = o.warn_options.iter().map(|w| text(w)).collect();
    d.set_name("warnoptions", PyList::new(warn));
    let x = PyDict::new();
    if let Some(x) = x.cast::<PyDict>() {
        for (k, v) in &o.x_options {
            x.set_name(k, v.as_ref().map_or(Owned::bool(true), |v| text(v)));
        }
    }
    d.set_name("_xoptions", x);
}
