//! The native half of the standard library, and the embedded Python half.

pub mod embedded;
