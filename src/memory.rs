//! The allocator and what it is told. Huge pages are good for programs that use much memory, but far too dear for those that end
//! at once, since the kernel clears two megabytes for the first byte used: the process starts without; [`grow`], which
//! `main` calls when the program has run for a while, turns them on.

use mimalloc::MiMalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::ffi::{c_int, c_long, c_void};

/// `mi_option_arena_reserve` of `mimalloc.h`: how much address space is reserved at a time, in KiB.
const ARENA_RESERVE: c_int = 23;
/// `mi_option_allow_thp` of `mimalloc.h`.
const ALLOW_THP: c_int = 43;
/// The tables that describe an arena grow with it and are written when it is made.
const ARENA_KIB: c_long = 128 << 10;

unsafe extern "C" {
    fn mi_process_init();
    fn mi_option_set(option: c_int, value: c_long);
    fn mi_malloc(size: usize) -> *mut c_void;
    fn mi_zalloc(size: usize) -> *mut c_void;
    fn mi_realloc(p: *mut c_void, size: usize) -> *mut c_void;
    fn mi_free(p: *mut c_void);
}

/// `mimalloc` without the detour over its functions for alignments, which nearly nothing needs.
pub struct Allocator;

/// Every block is aligned to this.
const NATURAL: usize = 8;

// SAFETY: blocks come from one allocator, whichever of its functions makes them, and any of them may be resized and freed by
// the plain functions if no more than the natural alignment is wanted.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe {
            if layout.align() <= NATURAL {
                mi_malloc(layout.size()).cast()
            } else {
                MiMalloc.alloc(layout)
            }
        }
    }
    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe {
            if layout.align() <= NATURAL {
                mi_zalloc(layout.size()).cast()
            } else {
                MiMalloc.alloc_zeroed(layout)
            }
        }
    }
    #[inline]
    unsafe fn dealloc(&self, p: *mut u8, _: Layout) {
        // SAFETY: as the caller promises.
        unsafe { mi_free(p.cast()) }
    }
    #[inline]
    unsafe fn realloc(&self, p: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe {
            if layout.align() <= NATURAL {
                mi_realloc(p.cast(), size).cast()
            } else {
                MiMalloc.realloc(p, layout, size)
            }
        }
    }
}

/// Sets the allocator's options; runs before anything has been allocated.
///
/// Once it is initialised, only the advice that the allocator gives for its memory depends on the option for
/// huge pages. Before, it would turn them off for the process and for those that it starts.
pub extern "C" fn start_small() {
    // SAFETY: plain functions of the allocator, which may be called at any time.
    unsafe {
        mi_process_init();
        mi_option_set(ALLOW_THP, 0);
        mi_option_set(ARENA_RESERVE, ARENA_KIB);
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
