//! Packs the pure-Python standard library into one file that `src/embedded.rs` includes: the files
//! of `rustpython-pylib` without what makes no sense here, under our overlay `Lib/`, whose files
//! replace those of the same path. The layout of the blob is described in `src/embedded.rs`. A second file has the compiled
//! code of every source, see `src/frozen.rs`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use pyjit_compile::{Options, Source, compile_source};
use pyjit_isa::code::Code;
use pyjit_isa::packed::Packer;

/// Folders and files of the library that are left out: need Tk, belong to another implementation,
/// or are replaced by native modules.
const EXCLUDED: &[&str] = &[
    "idlelib/",
    "tkinter/",
    "turtledemo/",
    "turtle.py",
    "ensurepip/_bundled/",
    "_pycodecs.py",
    "_dummy_thread.py",
    "_dummy_os.py",
    "dummy_threading.py",
    "README.md",
];

/// Files that are packed besides the sources and found through `importlib.resources`.
const DATA_EXTENSIONS: &[&str] = &["py", "css", "csh", "fish", "ps1"];

/// Changes another implementation made to CPython's library, undone: path, their text, CPython's.
/// Each must match exactly once, so that a new version of the crate cannot slip past.
const UNDONE: &[(&str, &str, &str)] = &[
    (
        "site.py",
        "return 'RustPython' # XXX: RUSTPYTHON; for site-packages\n",
        "return 'Python'\n",
    ),
    ("site.py", "    # XXX: RUSTPYTHON\n", ""),
    (
        "site.py",
        "/lib/rustpython{version[0]}",
        "/lib/python{version[0]}",
    ),
    (
        "sysconfig/__init__.py",
        "return 'RustPython'  # XXX: RUSTPYTHON; For site-packages\n",
        "return 'Python'\n",
    ),
    (
        "_opcode_metadata.py",
        "# for RustPython bytecode format (CPython 3.14 compatible opcode numbers).\n",
        "",
    ),
    (
        "io.py",
        "# XXX: RUSTPYTHON; FileIO needs host_env, optional without it\n",
        "",
    ),
    (
        "io.py",
        "  # XXX: RUSTPYTHON; see the try/except above\n",
        "\n",
    ),
];

/// As above, but from one text up to (not including) another: additions that CPython has not.
const CUT: &[(&str, &str, &str)] = &[
    (
        "json/decoder.py",
        "    # RUSTPYTHON SPECIFIC\n",
        "    # Note that this exception is used from",
    ),
    (
        "unittest/__init__.py",
        "\n\n# XXX: RUSTPYTHON\n# This is very useful",
        "",
    ),
    (
        "_compat_pickle.py",
        "# NOTE: RUSTPYTHON exceptions\n",
        "for excname in PYTHON2_EXCEPTIONS:",
    ),
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Lib");

    let mut files = BTreeMap::new();
    let library = Path::new(rustpython_pylib::LIB_PATH);
    collect(library, library, &mut files);
    files.retain(|path, _| !EXCLUDED.iter().any(|excluded| path.starts_with(excluded)));
    for (path, theirs, ours) in UNDONE {
        replace_once(&mut files, path, theirs, ours);
    }
    for (path, from, to) in CUT {
        cut(&mut files, path, from, to);
    }
    let overlay = Path::new("Lib");
    collect(overlay, overlay, &mut files);
    name_target(&mut files);
    fs::write(out.join("stdlib.bin"), pack(&files)).expect("write the packed library");
    fs::write(out.join("stdlib-code.bin"), pack_code(&files)).expect("write the packed code");
    fs::copy(library.join("PSF-LICENSE"), out.join("PSF-LICENSE")).expect("copy the licence");
}

/// Reads the files below `folder` under their paths relative to `root`.
fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("read a library folder") {
        let path = entry.expect("read a library folder").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "__pycache__") {
                collect(root, &path, files);
            }
            continue;
        }
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or("");
        let script = path.components().any(|part| part.as_os_str() == "scripts");
        if DATA_EXTENSIONS.contains(&extension) || script {
            let relative = path.strip_prefix(root).expect("below the root");
            let relative = relative
                .to_str()
                .expect("library paths are ASCII")
                .replace('\\', "/");
            files.insert(relative, fs::read(&path).expect("read a library file"));
        }
    }
}

/// The text of a packed file, to be edited.
fn text_of<'a>(files: &'a mut BTreeMap<String, Vec<u8>>, path: &str) -> &'a mut Vec<u8> {
    files
        .get_mut(path)
        .unwrap_or_else(|| panic!("{path} is not in the library"))
}

fn replace_once(files: &mut BTreeMap<String, Vec<u8>>, path: &str, theirs: &str, ours: &str) {
    let bytes = text_of(files, path);
    let text = String::from_utf8(bytes.clone()).expect("library sources are UTF-8");
    assert_eq!(
        text.matches(theirs).count(),
        1,
        "{path}: {theirs:?} must occur once"
    );
    *bytes = text.replace(theirs, ours).into_bytes();
}

/// Removes from the first occurrence of `from` up to `to`, or to the end when `to` is empty.
fn cut(files: &mut BTreeMap<String, Vec<u8>>, path: &str, from: &str, to: &str) {
    let bytes = text_of(files, path);
    let text = String::from_utf8(bytes.clone()).expect("library sources are UTF-8");
    let start = text
        .find(from)
        .unwrap_or_else(|| panic!("{path}: no {from:?}"));
    let end = if to.is_empty() {
        text.len()
    } else {
        start
            + text[start..]
                .find(to)
                .unwrap_or_else(|| panic!("{path}: no {to:?}"))
    };
    *bytes = format!("{}{}", &text[..start], &text[end..]).into_bytes();
}

/// Gives the sysconfig data the target's name.
fn name_target(files: &mut BTreeMap<String, Vec<u8>>) {
    const TEMPLATE: &str = "_sysconfigdata__linux_MULTIARCH.py";
    let arch = env::var("CARGO_CFG_TARGET_ARCH").expect("cargo sets the target");
    let multiarch = format!("{arch}-linux-gnu");
    let bytes = files
        .remove(TEMPLATE)
        .expect("the overlay has the sysconfig data");
    let text = String::from_utf8(bytes).expect("library sources are UTF-8");
    // The key keeps its name; it is followed by a colon.
    let text = text
        .replace("\"MULTIARCH\":", "\"\u{1}\":")
        .replace("MULTIARCH", &multiarch);
    let text = text.replace('\u{1}', "MULTIARCH");
    files.insert(TEMPLATE.replace("MULTIARCH", &multiarch), text.into_bytes());
}

/// Count, then per file (sorted by path) offset and length of path and contents, then the bytes.
fn pack(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).expect("fits in 32 bits").to_le_bytes();
    let paths: usize = files.keys().map(String::len).sum();
    let mut path_at = 4 + 16 * files.len();
    let mut data_at = path_at + paths;
    let mut blob = number(files.len()).to_vec();
    for (path, data) in files {
        for value in [path_at, path.len(), data_at, data.len()] {
            blob.extend(number(value));
        }
        path_at += path.len();
        data_at += data.len();
    }
    for path in files.keys() {
        blob.extend(path.as_bytes());
    }
    for data in files.values() {
        blob.extend(data);
    }
    blob
}

/// What every start needs is packed first, so that it stands in few pages.
const FIRST: &[&str] = &[
    "importlib/_bootstrap.py",
    "importlib/_bootstrap_external.py",
    "site.py",
    "os.py",
    "abc.py",
    "stat.py",
    "_collections_abc.py",
    "posixpath.py",
    "genericpath.py",
    "_sitebuiltins.py",
    "io.py",
    "codecs.py",
    "encodings/__init__.py",
    "encodings/aliases.py",
    "encodings/utf_8.py",
    "linecache.py",
];

/// The offset of each file's code (`u32::MAX` for none) in the order of the paths, then the packed codes.
fn pack_code(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let codes = compile_all(files);
    let index_of = |path: &&str| files.keys().position(|p| p == path);
    let first: Vec<usize> = FIRST.iter().filter_map(index_of).collect();
    assert_eq!(first.len(), FIRST.len(), "a file of the start is missing");
    let others: Vec<usize> = (0..codes.len()).filter(|i| !first.contains(i)).collect();
    let codes_of = |indices: &[usize]| -> Vec<&Code> {
        let codes = indices.iter().map(|i| codes[*i].as_ref());
        codes.flatten().collect()
    };
    let mut packer = Packer::for_codes(&codes_of(&first), &codes_of(&others));
    let mut places = vec![u32::MAX; codes.len()];
    for index in first.into_iter().chain(others) {
        if let Some(code) = &codes[index] {
            places[index] = packer.add(code);
        }
    }
    let mut table: Vec<u8> = places.into_iter().flat_map(u32::to_le_bytes).collect();
    table.extend(packer.finish());
    table
}

/// Compiles the sources on as many threads as there are processors. What does not compile has no code: it is for the
/// program that imports it to see why.
fn compile_all(files: &BTreeMap<String, Vec<u8>>) -> Vec<Option<Code>> {
    const STACK: usize = 64 << 20;
    let files: Vec<_> = files.iter().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, data)) = files.get(index) else {
                return done;
            };
            if path.ends_with(".py") {
                done.push((index, compile(path, data)));
            }
        }
    };
    let mut codes: Vec<Option<Code>> = (0..files.len()).map(|_| None).collect();
    thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..count)
            .map(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, work).expect("start a thread")
            })
            .collect();
        for thread in threads {
            for (index, code) in thread.join().expect("compile the library") {
                codes[index] = code;
            }
        }
    });
    codes
}

fn compile(path: &str, data: &[u8]) -> Option<Code> {
    let source = Source::from_bytes(data, path).ok()?;
    let compiled = compile_source(&source, &Options::exec(path)).ok()?;
    Some(compiled.code)
}
