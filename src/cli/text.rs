//! Output of the sub-commands: a reader that has gone away is no reason to panic.

use std::io::Write;

/// Writes to standard output; false if that failed.
pub fn print(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_ok()
}
