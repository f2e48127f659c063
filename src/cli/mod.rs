//! The command line.

mod run;

/// Runs the command; the result is the exit status.
pub fn main(args: Vec<String>) -> i32 {
    run::main(args)
}
