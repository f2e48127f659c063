//! Compiled code of embedded modules: what the build compiled, unless `-O` wants something else. Then it is compiled when
//! first needed and kept in the user's cache folder, under the id of this build. Every failure of the cache is silent:
//! then the source is compiled.

use super::embedded;
use crate::embedded::File;
use crate::sys::paths;
use pyjit_core::prelude::*;
use pyjit_core::vm::CompileRequest;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The folder of this build's compiled code, if caching is possible.
fn folder() -> Option<&'static PathBuf> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let base = match std::env::var_os("XDG_CACHE_HOME") {
                Some(d) if !d.is_empty() => PathBuf::from(d),
                _ => PathBuf::from(std::env::var_os("HOME").filter(|h| !h.is_empty())?)
                    .join(".cache"),
            };
            if !base.is_absolute() {
                return None;
            }
            let exe = std::env::current_exe().ok()?;
            let meta = std::fs::metadata(&exe).ok()?;
            use std::os::unix::fs::MetadataExt;
            let id = format!(
                "{}-{:x}-{:x}-{:x}",
                env!("CARGO_PKG_VERSION"),
                meta.len(),
                meta.mtime(),
                meta.mtime_nsec()
            );
            Some(base.join("pyjit").join(id))
        })
        .as_ref()
}

fn cache_file(path: &str, optimize: i64) -> Option<PathBuf> {
    let name = path.strip_suffix(".py").unwrap_or(path).replace('/', ".");
    let level = if optimize > 0 {
        format!(".opt-{optimize}")
    } else {
        String::new()
    };
    Some(folder()?.join(format!("{name}{level}.pyc")))
}

/// The file name that code in the cache was compiled with is stored in front of it: the library's place may change.
fn read(path: &str, filename: &str, vm: &Vm) -> Option<Owned> {
    let bytes = std::fs::read(cache_file(path, vm.options().optimize)?).ok()?;
    let n = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let rest = bytes.get(4..)?;
    if rest.get(..n)? != filename.as_bytes() {
        return None;
    }
    let code = crate::marshal::loads(vm, rest.get(n..)?).ok()?;
    code.isa::<PyCode>().then_some(code)
}

fn write(path: &str, filename: &str, code: Value, vm: &Vm) -> Option<()> {
    let target = cache_file(path, vm.options().optimize)?;
    let data = crate::marshal::dumps(vm, code, crate::marshal::VERSION).ok()?;
    let mut bytes = (filename.len() as u32).to_le_bytes().to_vec();
    bytes.extend(filename.as_bytes());
    bytes.extend(data);
    write_atomically(&target, &bytes)
}

/// Writes a file beside its target and renames it, so that nobody sees half of it.
pub fn write_atomically(target: &std::path::Path, bytes: &[u8]) -> Option<()> {
    let dir = target.parent()?;
    std::fs::create_dir_all(dir).ok()?;
    let mut name = target.file_name()?.to_os_string();
    name.push(format!(".{}", std::process::id()));
    let part = dir.join(name);
    if std::fs::write(&part, bytes).is_err() || std::fs::rename(&part, target).is_err() {
        let _ = std::fs::remove_file(&part);
        return None;
    }
    Some(())
}

fn compile(vm: &Vm, source: &[u8], filename: &str) -> PyResult<Owned> {
    (vm.hooks().compile)(
        vm,
        CompileRequest {
            source,
            is_text: false,
            filename: filename.to_string(),
            mode: "exec",
            flags: 0,
            optimize: -1,
        },
    )
}

fn code(vm: &Vm, file: File, path: &str, filename: &str) -> PyResult<Owned> {
    if vm.options().optimize == 0
        && let Some(code) =
            crate::embedded::index_of(file).and_then(|i| crate::frozen::code(i, filename))
    {
        return Ok(code);
    }
    if let Some(code) = read(path, filename, vm) {
        return Ok(code);
    }
    let code = compile(vm, file.data, filename)?;
    if !vm.options().dont_write_bytecode {
        write(path, filename, code.value(), vm);
    }
    Ok(code)
}

/// The code of an embedded file.
pub fn embedded_code(vm: &Vm, file: File) -> PyResult<Owned> {
    let stdlib = paths::embedded_dir(vm).unwrap_or_default();
    code(vm, file, file.path, &format!("{stdlib}/{}", file.path))
}

/// The code of an embedded file that runs as a frozen module.
pub fn frozen_code(vm: &Vm, path: &'static str) -> PyResult<Owned> {
    let Some(file) = crate::embedded::find_file(path) else {
        let msg = format!("{path} is not in the library");
        return Err(vm.import_error(vm.exc.ImportError, msg, Value::NONE));
    };
    let name = path.strip_suffix(".py").unwrap_or(path).replace('/', ".");
    let filename = format!("<frozen {name}>");
    code(vm, file, &format!("frozen/{path}"), &filename)
}

/// Whether a file name belongs to the embedded library, and its source.
pub fn source_of(vm: &Vm, filename: &str) -> Option<&'static [u8]> {
    crate::embedded::find(&embedded::relative_path(vm, filename)?)
}
