//! The front end: Python source to canonical code objects.

pub mod scope;
