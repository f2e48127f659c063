//! The object header and the description of a payload's memory ([`Layout`], [`Payload`], [`py_class!`]).

use super::{Shape, Trace, Tracer, TypeObject};
use crate::value::{Owned, Value};
use std::cell::Cell;

/// Bytes of a header: the payload's offset.
pub const HEADER_SIZE: usize = 16;

/// The 16 bytes before every payload.
#[repr(C)]
pub struct Header {
    refs: Cell<u32>,
    /// Low 4 bits: `GC_*` flags. The rest: index in the collector's list of the object's generation, plus one; 0 is untracked.
    gc: Cell<u32>,
    shape: Cell<*const Shape>,
}

/// The object stands in the old generation's list.
pub const GC_OLD: u32 = 1;
/// `__del__` has run (PEP 442).
pub const GC_FINALIZED: u32 = 2;
/// Weak references to the object exist.
pub const GC_WEAKREFS: u32 = 4;
/// The hash of the object's identity or other class-specific mark is in use.
pub const GC_MARK: u32 = 8;

impl Header {
    pub fn new(shape: *const Shape) -> Header {
        Header {
            refs: Cell::new(1),
            gc: Cell::new(0),
            shape: Cell::new(shape),
        }
    }
    #[inline(always)]
    pub fn incref(&self) {
        self.refs.set(self.refs.get().wrapping_add(1));
    }
    /// Gives up a reference that is known not to be the last.
    #[inline(always)]
    pub fn drop_shared(&self) {
        self.refs.set(self.refs.get() - 1);
    }
    #[inline(always)]
    pub fn refs(&self) -> u32 {
        self.refs.get()
    }
    #[inline(always)]
    pub(crate) fn set_refs(&self, n: u32) {
        self.refs.set(n);
    }
    #[inline(always)]
    pub fn shape(&self) -> &'static Shape {
        // SAFETY: a shape lives as long as its class, and the class as long as its instances.
        unsafe { &*self.shape.get() }
    }
    #[inline(always)]
    pub(crate) fn set_shape(&self, shape: *const Shape) {
        self.shape.set(shape);
    }
    #[inline(always)]
    pub fn class<'a>(&self) -> &'a TypeObject {
        self.shape().class()
    }
    #[inline(always)]
    pub fn gc_flag(&self, flag: u32) -> bool {
        self.gc.get() & flag != 0
    }
    #[inline(always)]
    pub fn set_gc_flag(&self, flag: u32, on: bool) {
        let g = self.gc.get();
        self.gc.set(if on { g | flag } else { g & !flag });
    }
    /// Index in the collector's list, if tracked.
    #[inline(always)]
    pub(crate) fn gc_index(&self) -> Option<usize> {
        (self.gc.get() >> 4).checked_sub(1).map(|i| i as usize)
    }
    #[inline(always)]
    pub(crate) fn set_gc_index(&self, index: Option<usize>) {
        let raw = index.map_or(0, |i| i as u32 + 1);
        self.gc.set(self.gc.get() & 0xF | raw << 4);
    }
    #[inline(always)]
    pub fn is_tracked(&self) -> bool {
        self.gc.get() >> 4 != 0
    }
    #[inline(always)]
    pub fn value(&self) -> Value {
        Value::from_header(self)
    }
    pub fn payload_ptr(&self) -> *mut u8 {
        (self as *const Header as *mut u8).wrapping_add(HEADER_SIZE)
    }
}

/// How a payload lies in memory and what the collector does with it. One per Rust payload type; Python subclasses share
/// their base's.
pub struct Layout {
    pub name: &'static str,
    /// Bytes of the payload, without a variable part.
    pub size: usize,
    /// The layout that this one begins with, if the payload extends another.
    pub base: Option<fn() -> &'static Layout>,
    /// Whether instances can be part of a cycle by themselves.
    pub gc: bool,
    /// Bytes of the variable part behind a payload, if there is one.
    pub extra: Option<unsafe fn(*const u8) -> usize>,
    /// Whether [`Layout::drop`] does anything.
    pub drops: bool,
    pub drop: unsafe fn(*mut u8),
    pub trace: unsafe fn(*const u8, Tracer<'_>),
    pub clear: unsafe fn(*const u8),
}

/// A type that stands behind a header. Declared by [`crate::py_class!`] (or by hand in `object/` for variable-sized ones).
///
/// # Safety
/// `layout()` describes exactly this type, and `class_cell()` is this type's own cell.
pub unsafe trait Payload: 'static + Sized {
    fn layout() -> &'static Layout;
    fn class_cell() -> &'static ClassCell;
    /// The Python class.
    #[inline(always)]
    fn class() -> &'static TypeObject {
        Self::class_cell().get()
    }
    /// The object that this payload is part of.
    #[inline(always)]
    fn as_value(&self) -> Value {
        Value::from_bits(self as *const Self as u64 - HEADER_SIZE as u64)
    }
    /// An owned reference to the object that this payload is part of.
    #[inline(always)]
    fn as_owned(&self) -> Owned {
        self.as_value().own()
    }
}

/// Where the class of a payload type is found; set once when the runtime starts.
pub struct ClassCell(std::sync::atomic::AtomicPtr<TypeObject>);

impl ClassCell {
    #[allow(clippy::new_without_default)] // const constructor
    pub const fn new() -> ClassCell {
        ClassCell(std::sync::atomic::AtomicPtr::new(std::ptr::null_mut()))
    }
    #[inline(always)]
    pub fn get(&self) -> &'static TypeObject {
        // SAFETY: set before any Python code runs and never freed; see `Payload::class_cell`.
        unsafe { &*self.0.load(std::sync::atomic::Ordering::Relaxed) }
    }
    pub fn is_set(&self) -> bool {
        !self.0.load(std::sync::atomic::Ordering::Relaxed).is_null()
    }
    pub fn set(&self, class: &'static TypeObject) {
        self.0.store(
            class as *const TypeObject as *mut TypeObject,
            std::sync::atomic::Ordering::Relaxed,
        );
    }
}

/// Helpers that the macro's layouts point to.
pub mod erased {
    use super::{Trace, Tracer};
    /// # Safety
    /// `p` points to a live `T` that is not used afterwards.
    pub unsafe fn drop<T>(p: *mut u8) {
        // SAFETY: as the caller promises.
        unsafe { std::ptr::drop_in_place(p as *mut T) }
    }
    /// # Safety
    /// `p` points to a live `T`.
    pub unsafe fn trace<T: Trace>(p: *const u8, t: Tracer<'_>) {
        // SAFETY: as the caller promises.
        unsafe { (*(p as *const T)).trace(t) }
    }
    /// # Safety
    /// `p` points to a live `T`.
    pub unsafe fn clear<T: Trace>(p: *const u8) {
        // SAFETY: as the caller promises.
        unsafe { (*(p as *const T)).clear() }
    }
}

/// Declares a payload: the struct, its layout, its edges (every field implements [`Trace`]) and its class cell.
///
/// ```ignore
/// py_class! {
///     /// `enumerate` objects.
///     pub struct PyEnumerate as "enumerate" { pub iter: Owned, pub count: MutCell<Owned> }
/// }
/// py_class! { pub struct PyFloat as "float", nogc { pub value: f64 } }            // no references at all
/// py_class! { pub struct PyOsError as "OSError", extends PyBaseException { pub base: PyBaseException, pub errno: MutCell<Owned> } }
/// ```
/// An extending struct has its base as the first field. Nested structs that are fields get `Trace` from the macro too.
#[macro_export]
macro_rules! py_class {
    ($(#[$m:meta])* $v:vis struct $T:ident as $name:literal $(, $opt:ident $($base:ident)?)* { $($(#[$fm:meta])* $fv:vis $f:ident : $ft:ty),* $(,)? }) => {
        $(#[$m])*
        #[repr(C)]
        $v struct $T { $($(#[$fm])* $fv $f: $ft),* }
        impl $crate::object::Trace for $T {
            fn trace(&self, _t: $crate::object::Tracer<'_>) { $( $crate::object::Trace::trace(&self.$f, _t); )* }
            fn clear(&self) { $( $crate::object::Trace::clear(&self.$f); )* }
        }
        // SAFETY: the layout is made from the type itself, and the cell is declared here for it alone.
        unsafe impl $crate::object::Payload for $T {
            #[inline(always)]
            fn layout() -> &'static $crate::object::Layout {
                static LAYOUT: $crate::object::Layout = $crate::object::Layout {
                    name: $name,
                    size: std::mem::size_of::<$T>(),
                    base: $crate::py_class!(@base $($opt $($base)?),*),
                    gc: $crate::py_class!(@gc $($opt),*),
                    extra: None,
                    drops: std::mem::needs_drop::<$T>(),
                    drop: $crate::object::erased::drop::<$T>,
                    trace: $crate::object::erased::trace::<$T>,
                    clear: $crate::object::erased::clear::<$T>,
                };
                &LAYOUT
            }
            #[inline(always)]
            fn class_cell() -> &'static $crate::object::ClassCell {
                static CELL: $crate::object::ClassCell = $crate::object::ClassCell::new();
                &CELL
            }
        }
    };
    (@gc) => { true };
    (@gc nogc) => { false };
    (@gc extends) => { true };
    (@base) => { None };
    (@base nogc) => { None };
    (@base extends $B:ident) => { Some(<$B as $crate::object::Payload>::layout) };
}

const _: () = assert!(size_of::<Header>() == HEADER_SIZE);
