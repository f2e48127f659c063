//! Free lists: memory of small objects that have just died, by size, for the objects made next. Everything else, and what a
//! full list turns away, is the allocator's.

use super::Heap;
use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::null_mut;

/// Bytes between two size classes.
const STEP: usize = 16;
/// Size classes: blocks of up to `STEP * CLASSES` bytes have lists.
const CLASSES: usize = 24;
/// Blocks that a list holds at most.
const MOST: u32 = 512;

/// One list for each size class. A free block's first word is the address of the next one.
pub struct FreeLists([List; CLASSES]);

struct List {
    first: Cell<*mut u8>,
    len: Cell<u32>,
}

impl Default for FreeLists {
    fn default() -> FreeLists {
        FreeLists(
            [const {
                List {
                    first: Cell::new(null_mut()),
                    len: Cell::new(0),
                }
            }; CLASSES],
        )
    }
}

/// What is allocated for an object of `bytes` bytes: blocks of a class are all alike.
#[inline(always)]
fn layout(bytes: usize) -> Layout {
    let rounded = bytes.next_multiple_of(STEP);
    // SAFETY: 8 is a power of two, and objects are far smaller than the address space.
    unsafe { Layout::from_size_align_unchecked(rounded, 8) }
}

impl Heap {
    /// Memory for an object of `bytes` bytes, at least one.
    #[inline(always)]
    pub(crate) fn take_block(&self, bytes: usize) -> *mut u8 {
        if let Some(list) = self.free.0.get((bytes - 1) / STEP) {
            let p = list.first.get();
            if !p.is_null() {
                // SAFETY: a free block begins with the address of the next one.
                list.first.set(unsafe { *(p as *const *mut u8) });
                list.len.set(list.len.get() - 1);
                return p;
            }
        }
        fresh(bytes)
    }
    /// Gives memory back that came from [`Heap::take_block`] with the same size.
    ///
    /// # Safety
    /// Nobody uses the memory any more.
    #[inline(always)]
    pub(crate) unsafe fn give_back(&self, p: *mut u8, bytes: usize) {
        if let Some(list) = self.free.0.get((bytes - 1) / STEP)
            && list.len.get() < MOST
        {
            // SAFETY: the block has at least 16 bytes.
            unsafe { *(p as *mut *mut u8) = list.first.get() };
            list.first.set(p);
            list.len.set(list.len.get() + 1);
            return;
        }
        // SAFETY: allocated with this layout by `fresh`.
        unsafe { std::alloc::dealloc(p, layout(bytes)) };
    }
}

#[cold]
#[inline(never)]
fn fresh(bytes: usize) -> *mut u8 {
    // SAFETY: the size is not zero.
    let p = unsafe { std::alloc::alloc(layout(bytes)) };
    if p.is_null() {
        super::out_of_memory(bytes);
    }
    p
}

/// Makes an object's memory larger or smaller; it may move.
///
/// # Safety
/// The memory came from [`Heap::take_block`] with `old` bytes; nothing refers to its old place any more.
pub(crate) unsafe fn resize_block(p: *mut u8, old: usize, new: usize) -> *mut u8 {
    // SAFETY: as the caller promises.
    let q = unsafe { std::alloc::realloc(p, layout(old), layout(new).size()) };
    if q.is_null() {
        super::out_of_memory(new);
    }
    q
}
