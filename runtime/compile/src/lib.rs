//! The front end: Python source to canonical code objects.

mod diagnose;
pub mod errors;
pub mod literal;
pub mod parse;
pub mod scope;
pub mod source;
