//! What happens before the program: where compiled code comes from, and that damaged caches do no harm.

use super::{Ran, pyjit, ran};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own for a test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("pyjit-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        Folder(path)
    }
    fn files(&self) -> Vec<PathBuf> {
        fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(dir).expect("the folder can be read").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    collect(&path, out);
                } else {
                    out.push(path);
                }
            }
        }
        let mut files = Vec::new();
        collect(&self.0, &mut files);
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Versions of a file that a crash or a bad disk might leave.
fn damaged(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (0..8)
        .map(|i| bytes[..bytes.len() * i / 8].to_vec())
        .collect();
    let mut state = 12345_u32;
    let mut next = || {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (state >> 16) as usize
    };
    for _ in 0..24 {
        let mut changed = bytes.to_vec();
        let at = 16 + next() % (bytes.len() - 16);
        changed[at] = next() as u8;
        all.push(changed);
    }
    all
}

fn with_cache(cache: &Folder, args: &[&str]) -> Ran {
    let mut command = pyjit(args);
    command.env("XDG_CACHE_HOME", &cache.0);
    ran(command.output().expect("the command starts"))
}

#[test]
fn the_library_needs_no_cache() {
    let cache = Folder::new("no-cache");
    let r = with_cache(&cache, &["-c", "import json, textwrap; print(1)"]);
    assert_eq!((r.code, r.out.as_str(), r.err.as_str()), (0, "1\n", ""));
    assert!(cache.files().is_empty());
}

#[test]
fn optimised_code_is_cached_and_may_be_damaged() {
    let cache = Folder::new("damaged-cache");
    let program = "import textwrap; print(textwrap.dedent(' a'), textwrap.__doc__ is not None)";
    assert_eq!(with_cache(&cache, &["-O", "-c", program]).out, "a True\n");
    let files = cache.files();
    let file = (files.iter())
        .find(|f| f.to_string_lossy().contains("textwrap.opt-1"))
        .expect("compiled code is kept");
    let whole = fs::read(file).expect("the cache can be read");
    for bytes in damaged(&whole) {
        fs::write(file, bytes).expect("the cache can be written");
        let r = with_cache(&cache, &["-O", "-c", program]);
        assert!(r.code >= 0, "killed by a signal: {}", r.err);
    }
    fs::write(file, b"").expect("the cache can be written");
    assert_eq!(with_cache(&cache, &["-O", "-c", program]).out, "a True\n");
}

#[test]
fn another_library_is_cached_beside_itself() {
    let library = Folder::new("library");
    fs::write(
        library.0.join("sample.py"),
        "def f(x, *, y=(1, 'b', 2.5)):\n    'Doc'\n    return [x for _ in y]\nprint(f(1))\n",
    )
    .expect("the library can be written");
    let import = || {
        let mut command = pyjit(&["-S", "-c", "import sample"]);
        command.env("PYJITLIB", &library.0);
        ran(command.output().expect("the command starts"))
    };
    assert_eq!(import().out, "[1, 1, 1]\n");
    let compiled = library.0.join("__pycache__/sample.pyjit-314.pyc");
    let whole = fs::read(&compiled).expect("compiled code is kept");
    assert_eq!(import().out, "[1, 1, 1]\n");
    for bytes in damaged(&whole) {
        fs::write(&compiled, bytes).expect("the cache can be written");
        let r = import();
        assert!(r.code >= 0, "killed by a signal: {}", r.err);
    }
}
