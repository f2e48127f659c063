//! Text without objects: Unicode tables, codecs, number and string formatting.
#![forbid(unsafe_code)]

pub mod repr;
pub mod search;
pub mod siphash;
pub mod split;
