//! The `pyjit` command.

fn main() {}
