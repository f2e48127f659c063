//! `cargo xtask <task>`: house checks and generators.

fn main() {
    eprintln!("usage: cargo xtask tidy");
    std::process::exit(2);
}
