//! `_hmac`: see `hashes`.

pub use crate::hashes::HMAC as MODULE;
