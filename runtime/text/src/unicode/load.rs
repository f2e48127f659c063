//! Turns the table file into typed arrays while compiling; `layout.rs` calls it.

/// `N` little-endian 16-bit numbers from byte `at` on.
#[allow(clippy::indexing_slicing)] // evaluated at compile time, where a wrong index stops the build
pub(super) const fn u16s<const N: usize>(data: &[u8], at: usize) -> [u16; N] {
    let mut out = [0; N];
    let mut i = 0;
    while i < N {
        out[i] = u16::from_le_bytes([data[at + 2 * i], data[at + 2 * i + 1]]);
        i += 1;
    }
    out
}

/// `N` little-endian 32-bit numbers from byte `at` on.
#[allow(clippy::indexing_slicing)] // evaluated at compile time, where a wrong index stops the build
pub(super) const fn u32s<const N: usize>(data: &[u8], at: usize) -> [u32; N] {
    let mut out = [0; N];
    let mut i = 0;
    while i < N {
        let p = at + 4 * i;
        out[i] = u32::from_le_bytes([data[p], data[p + 1], data[p + 2], data[p + 3]]);
        i += 1;
    }
    out
}
