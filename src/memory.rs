//! Huge pages: good for programs that use much memory, far too dear for those that end at once, since the kernel clears
//! two megabytes for the first byte used. The allocator is told to do without when the process starts; [`grow`], which
//! `main` calls when the program has run for a while, turns them on.

use std::ffi::{c_int, c_long};

/// `mi_option_allow_thp` of `mimalloc.h`.
const ALLOW_THP: c_int = 43;

unsafe extern "C" {
    fn mi_process_init();
    fn mi_option_set(option: c_int, value: c_long);
}

/// Sets the allocator's option; runs before anything has been allocated.
///
/// Only the advice that the allocator gives for its memory depends on the option once it is initialised. Before, it would
/// turn huge pages off for the process and for those that it starts.
pub extern "C" fn start_small() {
    // SAFETY: plain functions of the allocator, which may be called at any time.
    unsafe {
        mi_process_init();
        mi_option_set(ALLOW_THP, 0);
    }
}

/// Allows huge pages from here on.
pub fn grow() {
    // SAFETY: as above.
    unsafe { mi_option_set(ALLOW_THP, 1) };
    let sample = Box::new(0u64);
    if let Some((from, to)) = mapping_of(&raw const *sample as usize) {
        // SAFETY: advice about pages changes no contents; the range is one mapping of the allocator's.
        unsafe { libc::madvise(from as *mut libc::c_void, to - from, libc::MADV_HUGEPAGE) };
    }
}

/// The mapping that an address is in.
fn mapping_of(address: usize) -> Option<(usize, usize)> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    maps.lines().find_map(|line| {
        let (from, to) = line.split_once(' ')?.0.split_once('-')?;
        let from = usize::from_str_radix(from, 16).ok()?;
        let to = usize::from_str_radix(to, 16).ok()?;
        (from..to).contains(&address).then_some((from, to))
    })
}
