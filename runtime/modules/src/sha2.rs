//! `_sha2`: see `hashes`.

pub use crate::hashes::SHA2 as MODULE;
