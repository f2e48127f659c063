//! Text without objects: Unicode tables, codecs, number and string formatting.
#![forbid(unsafe_code)]

pub mod codecs;
pub mod escape;
pub mod float;
pub mod float_parse;
pub mod format;
pub mod percent;
pub mod repr;
pub mod search;
pub mod shape;
pub mod siphash;
pub mod split;
pub mod sre;
pub mod template;
pub mod unicode;
