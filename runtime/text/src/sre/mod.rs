//! The matching engine behind `re`: takes the code that the standard library's pattern compiler makes, checks it and turns
//! it into a [`Program`] (`program.rs`), and runs that over text of any width (`machine`, [`search`]). The `_sre` module
//! wraps it in pattern and match objects.

mod compile;
mod machine;
mod search;
mod set;

pub use compile::{Program, compile};
pub use machine::{Machine, Mode, Stop};
pub use search::{Input, match_here, search};

/// What `_sre.MAGIC` says: the version of the code format.
pub const MAGIC: u32 = 20_230_612;
/// No limit in a repetition.
pub const MAXREPEAT: u32 = u32::MAX;
/// "Not set" for positions.
pub const NONE: usize = usize::MAX;

/// Lower case of ASCII letters.
pub fn lower_ascii(c: u32) -> u32 {
    match c {
        0x41..=0x5a => c + 32,
        _ => c,
    }
}
/// Upper case of ASCII letters.
pub fn upper_ascii(c: u32) -> u32 {
    match c {
        0x61..=0x7a => c - 32,
        _ => c,
    }
}
