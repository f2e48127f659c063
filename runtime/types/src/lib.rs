//! Methods of the built-in types.
