//! `_sha3`: see `hashes`.

pub use crate::hashes::SHA3 as MODULE;
