//! The compiled code of the embedded library. Made by `build.rs` and read in place; nothing is built at start-up but the
//! code objects that are asked for. Called by `import::cache`.
//!
//! The blob is, for each embedded file in order, the offset of its code (`u32::MAX` if it has none), then the codes as
//! `pyjit_isa::packed` lays them out. It was compiled without `-O`, and the file names are not in it.

use pyjit_core::prelude::*;
use pyjit_core::types::PackedCode;
use pyjit_isa::packed::Library;
use std::sync::OnceLock;

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stdlib-code.bin"));

fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    let table = 4 * crate::embedded::count();
    LIBRARY
        .get_or_init(|| Library::new(BLOB.get(table..)?))
        .as_ref()
}

/// The code object of the file at a place of the index of embedded files, under the name that the file has for Python.
pub fn code(index: usize, filename: &str) -> Option<Owned> {
    let entry = BLOB.get(4 * index..4 * index + 4)?;
    let at = u32::from_le_bytes(entry.try_into().ok()?);
    let library = library().filter(|_| at != u32::MAX)?;
    PyCode::packed(PackedCode { library, at }, intern(filename))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pyjit_isa::packed::{Item, Rest};

    fn read_item(rest: &mut Rest<'_>, codes: &mut Vec<u32>) -> Option<()> {
        let inner = match rest.item()? {
            Item::Tuple(n) | Item::FrozenSet(n) => n,
            Item::Slice => 3,
            Item::Code(at) => {
                codes.push(at);
                0
            }
            Item::Surrogates(n) => {
                (0..n).try_for_each(|_| rest.number().map(drop))?;
                0
            }
            _ => 0,
        };
        (0..inner).try_for_each(|_| read_item(rest, codes))
    }

    fn read_code(library: &Library, at: u32) -> Option<()> {
        let head = library.head(at)?;
        let mut codes = Vec::new();
        let mut rest = library.rest(head.rest);
        (0..rest.count()?).try_for_each(|_| read_item(&mut rest, &mut codes))?;
        (0..rest.count()?).try_for_each(|_| rest.name().map(drop))?;
        (head.local_kinds.iter()).try_for_each(|_| rest.name().map(drop))?;
        (codes.iter()).try_for_each(|at| read_code(library, *at))
    }

    #[test]
    fn every_code_is_whole() {
        let library = library().expect("the blob was packed by the build");
        let mut without = Vec::new();
        for index in 0..crate::embedded::count() {
            let path = crate::embedded::file(index).path;
            let entry = BLOB[4 * index..4 * index + 4].try_into();
            let at = u32::from_le_bytes(entry.expect("four bytes"));
            if at == u32::MAX {
                without.push(path);
            } else {
                assert!(read_code(library, at).is_some(), "{path}");
            }
        }
        without.retain(|path| path.ends_with(".py"));
        assert_eq!(without, [""; 0], "these do not compile");
    }
}
