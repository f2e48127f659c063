//! `_blake2`: see `hashes`.

pub use crate::hashes::BLAKE2 as MODULE;
