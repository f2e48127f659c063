//! `_md5`: see `hashes`.

pub use crate::hashes::MD5 as MODULE;
