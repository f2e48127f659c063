//! Classes: [`TypeObject`], the payload of every `type` instance, with its method cache and version handling.

use super::{
    ClassCell, Layout, MAX_INLINE, MutCell, NoTrace, Payload, Shape, Slots, Storage, Trace, Tracer,
};
use crate::types::{PyDict, PyTuple};
use crate::value::{Owned, Value};
use crate::vm::Vm;
use std::cell::Cell;

/// Bits of [`TypeObject::flags`]; those that Python code can see through `__flags__` have CPython's values.
pub mod type_flags {
    pub const SEQUENCE: u64 = 1 << 5;
    pub const MAPPING: u64 = 1 << 6;
    pub const DISALLOW_INSTANTIATION: u64 = 1 << 7;
    pub const IMMUTABLE: u64 = 1 << 8;
    pub const HEAP: u64 = 1 << 9;
    pub const BASE: u64 = 1 << 10;
    pub const HAVE_GC: u64 = 1 << 14;
    pub const METHOD_DESCRIPTOR: u64 = 1 << 17;
    pub const ABSTRACT: u64 = 1 << 20;
    pub const LONG_SUBCLASS: u64 = 1 << 24;
    pub const LIST_SUBCLASS: u64 = 1 << 25;
    pub const TUPLE_SUBCLASS: u64 = 1 << 26;
    pub const BYTES_SUBCLASS: u64 = 1 << 27;
    pub const UNICODE_SUBCLASS: u64 = 1 << 28;
    pub const DICT_SUBCLASS: u64 = 1 << 29;
    pub const BASE_EXC_SUBCLASS: u64 = 1 << 30;
    pub const TYPE_SUBCLASS: u64 = 1 << 31;
    /// Ours: `__getattribute__` and `__getattr__` are object's, so attribute loads may be cached by shape.
    pub const PLAIN_GETATTR: u64 = 1 << 40;
    /// Ours: `__setattr__` is object's.
    pub const PLAIN_SETATTR: u64 = 1 << 41;
    /// Ours: some `__match_args__`-free built-in that a class pattern matches as a whole.
    pub const MATCH_SELF: u64 = 1 << 22;
}

/// The payload of a class.
#[repr(C)]
pub struct TypeObject {
    /// The shape of fresh instances, and of all until the class' inline area has grown.
    pub(crate) root_shape: Shape,
    /// The shape of fresh instances since then; belongs to `root_shape`. Null before.
    pub(crate) grown_root: Cell<*const Shape>,
    /// The shape of instances whose attributes live in a dictionary.
    pub(crate) dict_shape: Shape,
    pub flags: Cell<u64>,
    pub layout: &'static Layout,
    /// Bytes before the header of each instance.
    pub prefix: Cell<usize>,
    /// Number of `__slots__` places in the prefix, bases' included.
    pub nslots: usize,
    /// Byte distance from the object back to its dictionary place; 0 if instances have no dictionary.
    pub dict_back: usize,
    /// Inline attribute places after (that is, below) the dictionary place.
    pub inline_cap: Cell<usize>,
    /// Whether instances can be weakly referenced.
    pub weakrefs: bool,
    pub slots: Slots,
    pub name: MutCell<Owned>,
    pub qualname: MutCell<Owned>,
    pub base: MutCell<Owned>,
    pub bases: MutCell<Owned>,
    /// Tuple of classes; NULL while the class is being made.
    pub mro: MutCell<Owned>,
    pub dict: MutCell<Owned>,
    /// Direct subclasses, borrowed; a class takes itself out when it is freed.
    pub subclasses: MutCell<NoTrace<Vec<Value>>>,
    /// Bumped with every change; 0 never occurs. For caches that hold a class rather than a shape.
    pub version: Cell<u32>,
    /// The signature that a built-in class' doc string began with.
    pub text_signature: Cell<Option<&'static str>>,
    /// `__abstractmethods__` is set and not empty.
    pub heap: Cell<bool>,
}

impl Trace for TypeObject {
    fn trace(&self, t: Tracer<'_>) {
        self.base.trace(t);
        self.bases.trace(t);
        self.mro.trace(t);
        self.dict.trace(t);
    }
    fn clear(&self) {
        // Caches hold what stands in the dictionary by the class' version.
        self.modified(Vm::get());
        if let Some(d) = self.dict.value().cast::<PyDict>() {
            d.clear();
        }
        // The class stands in its own MRO.
        drop(self.mro.take());
    }
}

impl Drop for TypeObject {
    fn drop(&mut self) {
        let me = self.as_value();
        if let Some(bases) = self.bases.value().cast::<PyTuple>() {
            for b in bases.as_slice() {
                if let Some(b) = b.cast::<TypeObject>() {
                    b.subclasses.get_mut().0.retain(|s| !s.is(me));
                }
            }
        }
    }
}

// SAFETY: the layout is made from the type itself, and the cell is declared here for it alone.
unsafe impl Payload for TypeObject {
    fn layout() -> &'static Layout {
        static LAYOUT: Layout = Layout {
            name: "type",
            size: size_of::<TypeObject>(),
            base: None,
            gc: true,
            extra: None,
            drops: true,
            drop: super::erased::drop::<TypeObject>,
            trace: super::erased::trace::<TypeObject>,
            clear: super::erased::clear::<TypeObject>,
        };
        &LAYOUT
    }
    #[inline(always)]
    fn class_cell() -> &'static ClassCell {
        static CELL: ClassCell = ClassCell::new();
        &CELL
    }
}

impl TypeObject {
    /// Whether instances' payload is, or begins with, the layout.
    #[inline(always)]
    pub fn layout_is(&self, layout: &'static Layout) -> bool {
        if std::ptr::eq(self.layout, layout) {
            return true;
        }
        let mut l = self.layout.base;
        while let Some(f) = l {
            let b = f();
            if std::ptr::eq(b, layout) {
                return true;
            }
            l = b.base;
        }
        false
    }
    #[inline(always)]
    pub fn has_flag(&self, flag: u64) -> bool {
        self.flags.get() & flag != 0
    }
    #[inline(always)]
    pub fn same(&self, other: &TypeObject) -> bool {
        std::ptr::eq(self, other)
    }
    /// The root shape: what a guard for "exactly this built-in class" compares with.
    pub fn root_shape(&self) -> &Shape {
        &self.root_shape
    }
    /// The name as messages about instances show it: classes of native modules with the module, all others without.
    pub fn name_str(&self) -> String {
        let name = crate::types::text_of(self.name.value());
        if !self.heap.get()
            && let Some(d) = self.dict.value().cast::<PyDict>()
            && let Some(m) = d.get_name("__module__")
        {
            let m = crate::types::text_of(m.value());
            if m != "builtins" && !m.is_empty() {
                return format!("{m}.{name}");
            }
        }
        name
    }
    /// `__name__`.
    pub fn short_name(&self) -> String {
        crate::types::text_of(self.name.value())
    }
    /// `__module__.__qualname__` as error messages show a class: without the module for built-ins.
    pub fn full_name(&self, vm: &Vm) -> String {
        let q = crate::types::text_of(self.qualname.value());
        match self.own_dict_get(vm.names.__module__.value()) {
            Some(m) if m.isa::<crate::types::PyStr>() => {
                let m = crate::types::text_of(m);
                if m == "builtins" || m == "__main__" {
                    q
                } else {
                    format!("{m}.{q}")
                }
            }
            _ => q,
        }
    }
    pub fn dict(&self) -> &PyDict {
        // SAFETY: every class has a dictionary from `build.rs` on, and it is never replaced.
        unsafe { self.dict.value().payload_unchecked::<PyDict>() }
    }
    pub fn mro_slice(&self) -> &[Value] {
        self.mro
            .value()
            .cast::<PyTuple>()
            .map_or(&[], |t| t.as_slice())
    }
    /// The base class, if it has one.
    pub fn base_class(&self) -> Option<&'static TypeObject> {
        self.base.value().cast::<TypeObject>()
    }
    #[inline]
    pub fn is_subclass(&self, other: &TypeObject) -> bool {
        self.same(other) || self.mro_slice().iter().any(|c| c.is(other.as_value()))
    }
    /// Looks an interned name up in this class alone.
    pub fn own_dict_get(&self, name: Value) -> Option<Value> {
        self.dict().get_str(name)
    }
    /// Looks an interned name up along the MRO, through the method cache.
    #[inline]
    pub fn lookup(&self, vm: &Vm, name: Value) -> Option<Value> {
        let entry = vm.method_cache.slot(self.version.get(), name);
        if entry.version.get() == self.version.get() && entry.name.get().is(name) {
            return entry.value.get().non_null();
        }
        self.lookup_slow(vm, name)
    }
    #[cold]
    #[inline(never)]
    fn lookup_slow(&self, vm: &Vm, name: Value) -> Option<Value> {
        let mut found = None;
        for c in self.mro_slice() {
            if let Some(c) = c.cast::<TypeObject>()
                && let Some(v) = c.own_dict_get(name)
            {
                found = Some(v);
                break;
            }
        }
        // Only interned names are immortal, so only they may stand in the cache.
        if crate::types::is_interned(name) {
            let entry = vm.method_cache.slot(self.version.get(), name);
            entry.version.set(self.version.get());
            entry.name.set(name);
            entry.value.set(found.unwrap_or(Value::NULL));
        }
        found
    }
    /// Called after any change of the class' dictionary or bases: everything cached about it is void.
    pub fn modified(&self, vm: &Vm) {
        self.version.set(vm.fresh_type_version());
        let mut fresh = || vm.fresh_shape_id();
        self.root_shape.renew(&mut fresh);
        self.dict_shape.renew(&mut fresh);
        for s in self.subclasses.get().0.clone() {
            if let Some(s) = s.cast::<TypeObject>() {
                s.modified(vm);
            }
        }
    }
    pub(crate) fn first_shape(&self) -> &Shape {
        if self.dict_back != 0 && self.inline_cap.get() == 0 {
            &self.dict_shape
        } else if self.grown_root.get().is_null() {
            &self.root_shape
        } else {
            // SAFETY: a shape that `root_shape` owns, like all that follow from it.
            unsafe { &*self.grown_root.get() }
        }
    }
    /// Gives instances made from now on more inline places: one has needed more than there are.
    pub(crate) fn grow_inline(&self, vm: &Vm) {
        let cap = (self.inline_cap.get() * 2).clamp(4, MAX_INLINE);
        let prefix = self.dict_back + cap * 8;
        if self.dict_back == 0 || cap <= self.inline_cap.get() {
            return;
        }
        self.inline_cap.set(cap);
        self.prefix.set(prefix);
        self.grown_root
            .set(self.root_shape.for_prefix(prefix, || vm.fresh_shape_id()));
    }
    pub(crate) fn storage_of(dict_back: usize) -> Storage {
        if dict_back == 0 {
            Storage::None
        } else {
            Storage::Inline
        }
    }
}

/// The global method cache: (class version, interned name) to the value found along the MRO, borrowed from the class'
/// dictionary. A class change takes a new version, so entries never need clearing.
pub struct MethodCache {
    entries: Box<[MethodEntry]>,
}
/// One line of the cache.
pub struct MethodEntry {
    pub(crate) version: Cell<u32>,
    pub(crate) name: Cell<Value>,
    pub(crate) value: Cell<Value>,
}
const METHOD_CACHE_SIZE: usize = 1 << 11;

impl MethodCache {
    pub(crate) fn new() -> MethodCache {
        let entry = || MethodEntry {
            version: Cell::new(0),
            name: Cell::new(Value::NULL),
            value: Cell::new(Value::NULL),
        };
        MethodCache {
            entries: (0..METHOD_CACHE_SIZE).map(|_| entry()).collect(),
        }
    }
    #[inline(always)]
    fn slot(&self, version: u32, name: Value) -> &MethodEntry {
        let h = (version as usize).wrapping_mul(0x9E37_79B1) ^ (name.bits() as usize >> 3);
        &self.entries[h & (METHOD_CACHE_SIZE - 1)]
    }
}
