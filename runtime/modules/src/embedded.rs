//! The pure-Python standard library inside the executable. Called by the import machinery (finder
//! and loader of the embedded library), by `pkgutil`-like listings and by `--license`.
//!
//! The blob is made by `build.rs` and read in place; nothing is built at start-up. Its layout, all
//! numbers `u32` little endian: the count of files; then for each file, sorted by path, the offset
//! and length of its path and the offset and length of its contents; then all paths; then all
//! contents, not compressed.

use std::cmp::Ordering;

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stdlib.bin"));

/// The licence of the embedded library.
pub static LICENSE: &str = include_str!(concat!(env!("OUT_DIR"), "/PSF-LICENSE"));

/// One embedded file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Relative path with `/`, such as `json/__init__.py`.
    pub path: &'static str,
    /// The contents, not terminated.
    pub data: &'static [u8],
}

/// An embedded module.
#[derive(Clone, Copy, Debug)]
pub struct Module {
    /// The file with its source.
    pub file: File,
    /// True for a package, whose file is its `__init__.py`.
    pub is_package: bool,
}

/// One name in an embedded folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DirEntry {
    /// The last part of the path.
    pub name: &'static str,
    /// True for a folder.
    pub is_dir: bool,
}

fn number(at: usize) -> usize {
    match BLOB.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => u32::from_le_bytes(bytes) as usize,
        None => 0,
    }
}

/// How many files are embedded.
pub fn count() -> usize {
    number(0)
}

fn path(index: usize) -> &'static [u8] {
    let entry = 4 + 16 * index;
    let (at, length) = (number(entry), number(entry + 4));
    BLOB.get(at..at + length).unwrap_or(&[])
}

/// The file at a place of the sorted index below [`count`].
pub fn file(index: usize) -> File {
    let entry = 4 + 16 * index;
    let (at, length) = (number(entry + 8), number(entry + 12));
    File {
        path: std::str::from_utf8(path(index)).unwrap_or(""),
        data: BLOB.get(at..at + length).unwrap_or(&[]),
    }
}

/// The first place whose path does not compare `Less`.
fn lower_bound(compare: impl Fn(&[u8]) -> Ordering) -> usize {
    let (mut low, mut high) = (0, count());
    while low < high {
        let middle = low + (high - low) / 2;
        if compare(path(middle)) == Ordering::Less {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The place of a path spelled as two parts in a row.
fn position(head: &str, tail: &str) -> Option<usize> {
    // Module names come with dots; paths have slashes.
    let wanted = || {
        head.bytes()
            .map(|b| if b == b'.' { b'/' } else { b })
            .chain(tail.bytes())
    };
    let compare = |path: &[u8]| path.iter().copied().cmp(wanted());
    let index = lower_bound(compare);
    (index < count() && compare(path(index)) == Ordering::Equal).then_some(index)
}

/// The contents of the file with this relative path, such as `os.py`.
pub fn find(path: &str) -> Option<&'static [u8]> {
    position("", path).map(|index| file(index).data)
}

/// The file with this relative path.
pub fn find_file(path: &str) -> Option<File> {
    position("", path).map(file)
}

/// The place of a file in the index.
pub fn index_of(file: File) -> Option<usize> {
    position("", file.path)
}

/// The source of a module by its dotted name.
pub fn find_module(name: &str) -> Option<Module> {
    if name.is_empty() || name.contains('/') {
        return None;
    }
    if let Some(index) = position(name, "/__init__.py") {
        return Some(Module {
            file: file(index),
            is_package: true,
        });
    }
    let index = position(name, ".py")?;
    Some(Module {
        file: file(index),
        is_package: false,
    })
}

/// True when the dotted name is an embedded package.
pub fn is_package(name: &str) -> bool {
    !name.is_empty() && !name.contains('/') && position(name, "/__init__.py").is_some()
}

/// True when files are embedded below this relative folder (`""` for the top).
pub fn is_dir(folder: &str) -> bool {
    list_dir(folder).next().is_some()
}

/// The names directly in a folder (`""` for the top, `json` or `json/` otherwise), sorted by path.
pub fn list_dir(folder: &str) -> impl Iterator<Item = DirEntry> + use<> {
    let folder = folder.trim_end_matches('/');
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let mut index = lower_bound(|path| path.cmp(prefix.as_bytes()));
    std::iter::from_fn(move || {
        let path = (index < count()).then(|| file(index).path)?;
        let rest = path.strip_prefix(prefix.as_str())?;
        let Some((name, _)) = rest.split_once('/') else {
            index += 1;
            return Some(DirEntry {
                name: rest,
                is_dir: false,
            });
        };
        // Skip everything in this folder: `0` is the character after `/`.
        let after = format!("{prefix}{name}0");
        index = lower_bound(|path| path.cmp(after.as_bytes()));
        Some(DirEntry { name, is_dir: true })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found() {
        assert!(count() > 500);
        for index in 0..count() {
            let file = file(index);
            assert_eq!(
                find(file.path).map(<[u8]>::as_ptr),
                Some(file.data.as_ptr())
            );
        }
        assert_eq!(find("no_such.py"), None);
        assert_eq!(find(""), None);
        assert!(LICENSE.contains("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"));
    }

    #[test]
    fn modules_and_packages() {
        assert!(find_module("os").is_some_and(|module| !module.is_package));
        assert!(find_module("json").is_some_and(|module| module.file.path == "json/__init__.py"));
        assert!(find_module("json.decoder").is_some());
        assert!(find_module("json/decoder").is_none());
        assert!(is_package("importlib.metadata") && !is_package("os"));
        assert!(find_module("idlelib").is_none() && find_module("tkinter").is_none());
        assert!(find_module("cProfile").is_some());
    }

    #[test]
    fn folders_are_listed_without_repetition() {
        let names: Vec<_> = list_dir("json").map(|entry| entry.name).collect();
        assert_eq!(
            names,
            [
                "__init__.py",
                "__main__.py",
                "decoder.py",
                "encoder.py",
                "scanner.py",
                "tool.py"
            ]
        );
        let top: Vec<_> = list_dir("").filter(|entry| entry.name == "json").collect();
        assert_eq!(
            top,
            [DirEntry {
                name: "json",
                is_dir: true
            }]
        );
        assert!(is_dir("email/mime") && !is_dir("os.py") && !is_dir("nothing"));
    }

    #[test]
    fn foreign_patches_are_gone() {
        for index in 0..count() {
            let file = file(index);
            let text = String::from_utf8_lossy(file.data);
            assert!(
                file.path == "platform.py" || !text.to_lowercase().contains("rustpython"),
                "{}",
                file.path
            );
        }
    }
}
