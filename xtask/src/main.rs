//! `cargo xtask <task>`: house checks and generators.

mod bless;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((task, rest)) if task == "bless" => bless::run(rest),
        _ => Err("usage: cargo xtask bless --cpython PATH [FILTER...]".to_owned()),
    };
    if let Err(message) = done {
        eprintln!("{message}");
        std::process::exit(2);
    }
}
