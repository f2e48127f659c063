//! Source lines for tracebacks: from files, from what was registered (`-c`, the prompt), from a module's loader.

use pyjit_core::frame::PyFrame;
use pyjit_core::prelude::*;
use std::collections::HashMap;

/// Files read during one report.
#[derive(Default)]
pub struct Sources {
    files: HashMap<String, Vec<String>>,
}

const REGISTERED: &str = "registered sources";

/// Remembers the text of code that stands in no file, under its file name (such as `<string>`).
pub fn register_source(vm: &Vm, filename: &str, text: &str) {
    let all = vm.module_state.get_mut();
    let fresh = PyDict::new();
    let d = all.entry(REGISTERED).or_insert(fresh);
    if let Some(d) = d.cast::<PyDict>() {
        d.set_name(filename, PyStr::from_str(text));
    }
}

fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Vec<&[u8]> = bytes.splitn(3, |b| *b == b'\n').take(2).collect();
    let latin = head.iter().any(|l| {
        let l = String::from_utf8_lossy(l).to_lowercase();
        l.starts_with('#') && l.contains("coding") && (l.contains("latin") || l.contains("8859-1"))
    });
    if latin {
        return bytes.iter().map(|b| *b as char).collect();
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// Lines as Python's universal newlines see them, without their ends.
fn split(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').map(str::to_string).collect()
}

impl Sources {
    /// A line without trailing white space; empty if it cannot be found.
    pub fn line(
        &mut self,
        vm: &Vm,
        filename: &str,
        frame: Option<&PyFrame>,
        number: i64,
    ) -> String {
        if !self.files.contains_key(filename) {
            let lines = load(vm, filename, frame).unwrap_or_default();
            self.files.insert(filename.to_string(), lines);
        }
        let lines = self.files.get(filename);
        usize::try_from(number - 1)
            .ok()
            .and_then(|i| lines?.get(i))
            .map_or(String::new(), |l| l.trim_end().to_string())
    }
}

fn load(vm: &Vm, filename: &str, frame: Option<&PyFrame>) -> Option<Vec<String>> {
    if let Some(d) = vm
        .module_state
        .get()
        .get(REGISTERED)
        .and_then(|d| d.cast::<PyDict>())
        && let Some(t) = d.get_name(filename)
    {
        return Some(split(&text_of(t.value())));
    }
    if let Some(lines) = cached_lines(vm, filename) {
        return Some(lines);
    }
    let special = filename.starts_with('<') && filename.ends_with('>');
    if !special {
        if let Ok(bytes) = std::fs::read(filename) {
            return Some(split(&decode(&bytes)));
        }
        if let Some(text) = frame.and_then(|f| from_loader(vm, f).ok().flatten()) {
            return Some(split(&text));
        }
        if !filename.starts_with('/') {
            return on_path(vm, filename);
        }
        return None;
    }
    let frame = frame?;
    from_loader(vm, frame).ok().flatten().map(|t| split(&t))
}

/// What `linecache` knows, if it has been imported.
fn cached_lines(vm: &Vm, filename: &str) -> Option<Vec<String>> {
    let modules = vm.modules.own();
    let m = modules.cast::<PyDict>()?.get_name("linecache")?;
    let cache = vm.getattr_opt_str(m.value(), "cache").ok()??;
    let entry = cache.cast::<PyDict>()?.get_name(filename)?;
    let lines = entry.cast::<PyTuple>()?.get(2)?.own();
    let lines = vm.iterate_to_vec(lines.value()).ok()?;
    Some(
        lines
            .iter()
            .map(|l| text_of(l.value()).trim_end_matches('\n').to_string())
            .collect(),
    )
}

/// `__loader__.get_source(__name__)` of the frame's module.
fn from_loader(vm: &Vm, frame: &PyFrame) -> PyResult<Option<String>> {
    let globals = frame.function().globals.own();
    let Some(g) = globals.cast::<PyDict>() else {
        return Ok(None);
    };
    let spec = g.get_name("__spec__");
    let loader = match &spec {
        Some(s) if !s.is_none() => vm.getattr_opt_str(s.value(), "loader")?,
        _ => None,
    };
    let Some(loader) = loader.or_else(|| g.get_name("__loader__")) else {
        return Ok(None);
    };
    let name = match &spec {
        Some(s) if !s.is_none() => vm.getattr_opt_str(s.value(), "name")?,
        _ => g.get_name("__name__"),
    };
    let (Some(name), Some(f)) = (name, vm.getattr_opt_str(loader.value(), "get_source")?) else {
        return Ok(None);
    };
    let text = vm.call(f.value(), &[name.value()])?;
    Ok(text.isa::<PyStr>().then(|| text_of(text.value())))
}

fn on_path(vm: &Vm, filename: &str) -> Option<Vec<String>> {
    let path = vm.sys_get("path")?;
    for dir in vm.iterate_to_vec(path.value()).ok()? {
        let full = std::path::Path::new(&text_of(dir.value())).join(filename);
        if let Ok(bytes) = std::fs::read(full) {
            return Some(split(&decode(&bytes)));
        }
    }
    None
}
