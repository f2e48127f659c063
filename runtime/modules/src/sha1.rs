//! `_sha1`: see `hashes`.

pub use crate::hashes::SHA1 as MODULE;
