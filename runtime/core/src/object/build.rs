//! Allocation of objects, and making classes: built-in ones from a [`ClassSpec`], Python ones from a [`HeapSpec`].

use super::*;
use crate::types::{PyDict, PyStr, PyTuple, intern};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};
use std::cell::Cell;

/// Memory for an instance, header and prefix written.
///
/// # Safety
/// The caller writes a payload of the class' layout before anything else happens.
#[inline]
unsafe fn allocate(class: &'static TypeObject, payload: usize) -> *mut Header {
    let prefix = class.prefix.get();
    let bytes = prefix + HEADER_SIZE + payload;
    let base = Vm::get().heap.take_block(bytes);
    for i in 0..prefix / 8 {
        // SAFETY: inside the prefix.
        unsafe { (base as *mut Value).add(i).write(Value::NULL) };
    }
    // SAFETY: the header stands right behind the prefix.
    unsafe {
        let h = base.add(prefix) as *mut Header;
        h.write(Header::new(class.first_shape()));
        if class.heap.get() {
            class.as_value().incref();
        }
        h
    }
}

/// A new instance of a class whose layout is `T`'s.
#[inline]
pub fn new_object<T: Payload>(class: &'static TypeObject, payload: T) -> Owned {
    debug_assert!(class.layout_is(T::layout()));
    // SAFETY: the payload is written at once; the new reference is the Owned's.
    unsafe {
        let h = allocate(class, size_of::<T>());
        ((h as *mut u8).add(HEADER_SIZE) as *mut T).write(payload);
        if T::layout().gc || class.prefix.get() != 0 {
            crate::mem::track(h);
        }
        Owned::from_raw(Value::from_bits(h as u64))
    }
}

/// The same for an instance that holds no references and never will: the collector need not know it.
#[inline]
pub fn new_acyclic_object<T: Payload>(class: &'static TypeObject, payload: T) -> Owned {
    debug_assert!(class.layout_is(T::layout()) && class.prefix.get() == 0);
    // SAFETY: the payload is written at once; the new reference is the Owned's.
    unsafe {
        let h = allocate(class, size_of::<T>());
        ((h as *mut u8).add(HEADER_SIZE) as *mut T).write(payload);
        Owned::from_raw(Value::from_bits(h as u64))
    }
}

/// A new instance with `extra` bytes behind its payload, which `fill` writes.
///
/// # Safety
/// Without `tracked`, the instance holds no references to what the collector could work on. `fill` writes exactly `extra` bytes; the layout's `extra` function tells the same number from the payload.
#[inline]
pub unsafe fn new_variable<T: Payload>(
    class: &'static TypeObject,
    payload: T,
    extra: usize,
    tracked: bool,
    fill: impl FnOnce(*mut u8),
) -> Owned {
    // SAFETY: as the caller promises.
    unsafe {
        let h = allocate(class, size_of::<T>() + extra);
        let p = (h as *mut u8).add(HEADER_SIZE);
        (p as *mut T).write(payload);
        fill(p.add(size_of::<T>()));
        if tracked && T::layout().gc || class.prefix.get() != 0 {
            crate::mem::track(h);
        }
        Owned::from_raw(Value::from_bits(h as u64))
    }
}

/// Bytes of an object without what it points to: prefix, header, payload, variable part.
pub fn allocated_size(h: &Header) -> usize {
    let class = h.class();
    // SAFETY: the payload is live.
    let extra = class
        .layout
        .extra
        .map_or(0, |f| unsafe { f(h.payload_ptr()) });
    h.shape().prefix + HEADER_SIZE + class.layout.size + extra
}

/// How a built-in class is declared. Everything is `'static` data, so that nothing is parsed at start-up.
pub struct ClassSpec {
    /// Module for `__module__`; `"builtins"` for most.
    pub module: &'static str,
    pub name: &'static str,
    pub doc: Option<&'static str>,
    /// [`type_flags`]; IMMUTABLE is implied.
    pub flags: u64,
    /// `None`: object.
    pub base: Option<&'static TypeObject>,
    pub slots: fn(&Slots),
    pub methods: &'static [MethodDef],
    pub getset: &'static [GetSetDef],
    /// Instances have a dictionary / can be weakly referenced.
    pub dict: bool,
    pub weakrefs: bool,
}
impl ClassSpec {
    pub const fn new(name: &'static str) -> ClassSpec {
        ClassSpec {
            module: "builtins",
            name,
            doc: None,
            flags: type_flags::BASE,
            base: None,
            slots: |_| {},
            methods: &[],
            getset: &[],
            dict: false,
            weakrefs: false,
        }
    }
}

fn raw_class(vm: &Vm, layout: &'static Layout, spec: &ClassSpec) -> &'static TypeObject {
    let dict_back = if spec.dict {
        8
    } else {
        spec.base.map_or(0, |b| b.dict_back)
    };
    let prefix = dict_back;
    let payload = TypeObject {
        root_shape: Shape::new(
            std::ptr::null(),
            TypeObject::storage_of(dict_back),
            prefix,
            vm.fresh_shape_id(),
        ),
        dict_shape: Shape::new(std::ptr::null(), Storage::Dict, prefix, vm.fresh_shape_id()),
        flags: Cell::new(spec.flags | type_flags::IMMUTABLE),
        layout,
        prefix: Cell::new(prefix),
        nslots: 0,
        dict_back,
        inline_cap: Cell::new(0),
        grown_root: Cell::new(std::ptr::null()),
        weakrefs: spec.weakrefs || spec.base.is_some_and(|b| b.weakrefs),
        slots: Slots::default(),
        name: MutCell::default(),
        qualname: MutCell::default(),
        base: MutCell::default(),
        bases: MutCell::default(),
        mro: MutCell::default(),
        dict: MutCell::default(),
        subclasses: MutCell::default(),
        version: Cell::new(vm.fresh_type_version()),
        text_signature: Cell::new(None),
        heap: Cell::new(false),
    };
    let bytes = HEADER_SIZE + size_of::<TypeObject>();
    // SAFETY: a class is a header and a TypeObject; the metaclass' shape may not exist yet and is set by `finish_class`.
    unsafe {
        let base = std::alloc::alloc(std::alloc::Layout::from_size_align_unchecked(bytes, 8));
        if base.is_null() {
            crate::mem::out_of_memory(bytes);
        }
        let h = base as *mut Header;
        h.write(Header::new(std::ptr::null()));
        let t = base.add(HEADER_SIZE) as *mut TypeObject;
        t.write(payload);
        (*t).root_shape.set_class(t);
        (*t).dict_shape.set_class(t);
        &*t
    }
}

/// First half of making a core class: memory and cell, no dictionary yet. Lets classes refer to each other.
pub(crate) fn declare_class<T: Payload>(vm: &Vm, spec: &ClassSpec) {
    let class = raw_class(vm, T::layout(), spec);
    T::class_cell().set(class);
}

/// Second half: base, MRO, dictionary, methods.
pub(crate) fn finish_class(vm: &Vm, class: &'static TypeObject, spec: &ClassSpec) {
    class.flags.set(class.flags.get() | spec.flags);
    let h = class.as_value().header();
    h.set_shape(TypeObject::class().first_shape());
    let object = <crate::types::PyObject as Payload>::class();
    let base = if class.same(object) {
        None
    } else {
        Some(spec.base.unwrap_or(object))
    };
    class.name.set(intern(spec.name));
    class.qualname.set(intern(spec.name));
    let mut mro = vec![class.as_owned()];
    if let Some(b) = base {
        class.base.set(b.as_owned());
        class.bases.set(PyTuple::new(vec![b.as_owned()]));
        mro.extend(b.mro_slice().iter().map(|v| v.own()));
        b.subclasses.get_mut().0.push(class.as_value());
        let inherited = type_flags::LONG_SUBCLASS
            | type_flags::LIST_SUBCLASS
            | type_flags::TUPLE_SUBCLASS
            | type_flags::BYTES_SUBCLASS
            | type_flags::UNICODE_SUBCLASS
            | type_flags::DICT_SUBCLASS
            | type_flags::BASE_EXC_SUBCLASS
            | type_flags::TYPE_SUBCLASS;
        class
            .flags
            .set(class.flags.get() | b.flags.get() & (inherited | type_flags::MATCH_SELF));
    } else {
        class.bases.set(PyTuple::new(vec![]));
    }
    if class.layout.gc || class.prefix.get() != 0 {
        class.flags.set(class.flags.get() | type_flags::HAVE_GC);
    }
    class.mro.set(PyTuple::new(mro));
    class.dict.set(PyDict::new());
    (spec.slots)(&class.slots);
    let d = class.dict();
    if spec.flags & type_flags::DISALLOW_INSTANTIATION == 0 {
        super::new_wrap::add_new(vm, class);
    }
    super::slot_wrap::add_slot_wrappers(class, None);
    add_methods(vm, class, spec.methods);
    for g in spec.getset {
        d.set_str(intern(g.name).value(), PyGetSet::new(class, g));
    }
    // Without an entry the module is `builtins`.
    if spec.module != "builtins" {
        d.set_str(vm.names.__module__.value(), intern(spec.module));
    }
    if spec.dict && !class.same(TypeObject::class()) && base.is_some_and(|b| b.dict_back == 0) {
        d.set_str(
            vm.names.__dict__.value(),
            PyGetSet::new(class, &super::attrs::NATIVE_DICT),
        );
    }
    // A computed `__doc__` of the instances hides the class' own.
    if d.get_str(vm.names.__doc__.value()).is_none() {
        d.set_str(vm.names.__doc__.value(), split_doc(class, spec));
    }
    if class.slots.hash.get().is_none() && class.slots.compare.get().is_some() {
        class.slots.hash.set(Some(crate::protocol::unhashable));
        d.set_str(vm.names.__hash__.value(), Owned::NONE);
    }
    if let Some(b) = base {
        if class.slots.hash.get().is_none() && class.slots.compare.get().is_none() {
            class.slots.hash.set(b.slots.hash.get());
            class.slots.compare.set(b.slots.compare.get());
        }
        class.slots.inherit(&b.slots);
        if spec.flags & type_flags::DISALLOW_INSTANTIATION != 0 {
            class.slots.new.set(None);
        }
    }
    set_plain_flags(class);
}

/// The doc string that Python code sees. A first line `name(signature)` before `--` is the class' text signature.
fn split_doc(class: &TypeObject, spec: &ClassSpec) -> Owned {
    let Some(doc) = spec.doc else {
        return Owned::NONE;
    };
    match doc.split_once("\n--\n\n") {
        Some((head, text)) => {
            class.text_signature.set(head.strip_prefix(spec.name));
            PyStr::from_str(text)
        }
        None => PyStr::from_str(doc),
    }
}

/// Records whether attribute access is the generic one, which alone may be cached by shape.
pub(crate) fn set_plain_flags(class: &TypeObject) {
    let mut f = class.flags.get() & !(type_flags::PLAIN_GETATTR | type_flags::PLAIN_SETATTR);
    if class
        .slots
        .getattr
        .get()
        .is_some_and(|g| g as usize == super::attrs::generic_getattr as *const () as usize)
    {
        f |= type_flags::PLAIN_GETATTR;
    }
    if class
        .slots
        .setattr
        .get()
        .is_some_and(|g| g as usize == super::attrs::generic_setattr as *const () as usize)
    {
        f |= type_flags::PLAIN_SETATTR;
    }
    class.flags.set(f);
}

/// Adds native methods to a class' dictionary.
pub fn add_methods(vm: &Vm, class: &'static TypeObject, methods: &'static [MethodDef]) {
    let _ = vm;
    for m in methods {
        let name = intern(m.name);
        let entry = match m.kind {
            MethodKind::Instance => PyMethodDescr::new(class, m),
            MethodKind::Class => PyClassMethodDescr::new(class, m),
            MethodKind::Static => {
                let f = PyBuiltin::new(m, class.as_owned(), Owned::NONE);
                if m.name == "__new__" {
                    f
                } else {
                    crate::types::PyStaticMethod::new(f)
                }
            }
        };
        class.dict().set_str(name.value(), entry);
    }
}

/// Makes a built-in class out of its declaration. Call once per payload type, at start-up.
pub fn define_class<T: Payload>(vm: &Vm, spec: ClassSpec) -> &'static TypeObject {
    if !T::class_cell().is_set() {
        declare_class::<T>(vm, &spec);
    }
    finish_class(vm, T::class(), &spec);
    T::class()
}

/// A further built-in class over the layout of its base: exception classes, structseqs and the like.
pub fn define_plain_class(vm: &Vm, spec: ClassSpec) -> &'static TypeObject {
    let layout = spec
        .base
        .map_or(<crate::types::PyObject as Payload>::layout(), |b| b.layout);
    let class = raw_class(vm, layout, &spec);
    finish_class(vm, class, &spec);
    class
}

/// Adds slots, methods and attributes to a built-in class made earlier, and lets its subclasses inherit them.
pub fn extend_class(
    vm: &Vm,
    class: &'static TypeObject,
    slots: fn(&Slots),
    methods: &'static [MethodDef],
    getset: &'static [GetSetDef],
) {
    let before = Slots::default();
    for d in DUNDERS {
        (d.copy)(&class.slots, &before);
    }
    slots(&class.slots);
    add_methods(vm, class, methods);
    for g in getset {
        class
            .dict()
            .set_str(intern(g.name).value(), PyGetSet::new(class, g));
    }
    super::slot_wrap::add_slot_wrappers(class, Some(&before));
    inherit_again(class, &before);
    class.modified(vm);
}

/// Hands changed slots on to subclasses that had inherited the former ones, and new ones to all.
fn inherit_again(class: &'static TypeObject, before: &Slots) {
    set_plain_flags(class);
    for s in class.subclasses.get().0.iter() {
        if let Some(s) = s.cast::<TypeObject>() {
            for d in DUNDERS {
                if (d.same)(&s.slots, before) && !(d.same)(&class.slots, before) {
                    (d.copy)(&class.slots, &s.slots);
                }
            }
            s.slots.inherit(&class.slots);
            inherit_again(s, before);
        }
    }
}

/// What `type.__new__` has worked out about a Python class.
pub struct HeapSpec {
    pub metaclass: &'static TypeObject,
    pub name: Owned,
    pub qualname: Owned,
    pub bases: Vec<&'static TypeObject>,
    /// The base whose layout is extended.
    pub base: &'static TypeObject,
    /// A dictionary of its own for the class; already a copy.
    pub dict: Owned,
    /// Places for `__slots__` of this class alone.
    pub new_slots: usize,
    /// Instances get a dictionary / weak references that the base does not have.
    pub add_dict: bool,
    pub add_weakrefs: bool,
    /// Hint: how many attributes instances are likely to have.
    pub inline_hint: usize,
}

/// The largest number of attributes that stand inline.
pub const MAX_INLINE: usize = 30;

/// Makes a Python class; the MRO comes from `mro()` of the metaclass.
pub fn new_heap_class(vm: &Vm, spec: HeapSpec) -> PyResult<Owned> {
    let base = spec.base;
    let has_dict = base.dict_back != 0 || spec.add_dict;
    let nslots = base.nslots + spec.new_slots;
    let inline_cap = if has_dict {
        spec.inline_hint.max(base.inline_cap.get()).min(MAX_INLINE)
    } else {
        0
    };
    let (dict_back, prefix) = if has_dict {
        ((nslots + 1) * 8, (nslots + 1 + inline_cap) * 8)
    } else {
        (0, nslots * 8)
    };
    let inherited = type_flags::LONG_SUBCLASS
        | type_flags::LIST_SUBCLASS
        | type_flags::TUPLE_SUBCLASS
        | type_flags::BYTES_SUBCLASS
        | type_flags::UNICODE_SUBCLASS
        | type_flags::DICT_SUBCLASS
        | type_flags::BASE_EXC_SUBCLASS
        | type_flags::TYPE_SUBCLASS
        | type_flags::MATCH_SELF
        | type_flags::SEQUENCE
        | type_flags::MAPPING;
    let payload = TypeObject {
        root_shape: Shape::new(
            std::ptr::null(),
            TypeObject::storage_of(dict_back),
            prefix,
            vm.fresh_shape_id(),
        ),
        dict_shape: Shape::new(std::ptr::null(), Storage::Dict, prefix, vm.fresh_shape_id()),
        flags: Cell::new(
            base.flags.get() & inherited
                | type_flags::HEAP
                | type_flags::BASE
                | type_flags::HAVE_GC,
        ),
        layout: base.layout,
        prefix: Cell::new(prefix),
        nslots,
        dict_back,
        inline_cap: Cell::new(inline_cap),
        grown_root: Cell::new(std::ptr::null()),
        weakrefs: base.weakrefs || spec.add_weakrefs,
        slots: Slots::default(),
        name: MutCell::new(spec.name),
        qualname: MutCell::new(spec.qualname),
        base: MutCell::new(base.as_owned()),
        bases: MutCell::new(PyTuple::new(
            spec.bases.iter().map(|b| b.as_owned()).collect(),
        )),
        mro: MutCell::default(),
        dict: MutCell::new(spec.dict),
        subclasses: MutCell::default(),
        version: Cell::new(vm.fresh_type_version()),
        text_signature: Cell::new(None),
        heap: Cell::new(true),
    };
    let class_value = new_object(spec.metaclass, payload);
    let Some(class) = class_value.cast::<TypeObject>() else {
        return Ok(class_value);
    };
    class.root_shape.set_class(class);
    class.dict_shape.set_class(class);
    class.mro.set(super::mro::compute_mro(vm, class)?);
    // Whether patterns take it for a sequence or a mapping is decided by the first class that is either.
    let collection = type_flags::SEQUENCE | type_flags::MAPPING;
    let kind = class
        .mro_slice()
        .iter()
        .skip(1)
        .filter_map(|c| c.cast::<TypeObject>())
        .map(|c| c.flags.get() & collection)
        .find(|f| *f != 0);
    class
        .flags
        .set(class.flags.get() & !collection | kind.unwrap_or(0));
    for b in &spec.bases {
        b.subclasses.get_mut().0.push(class.as_value());
    }
    update_slots(vm, class);
    Ok(class_value)
}

/// Recomputes the slots of a Python class from its bases and its dictionary.
pub(crate) fn update_slots(vm: &Vm, class: &'static TypeObject) {
    class.slots.reset();
    super::slot_dispatch::install_all(vm, class);
    set_plain_flags(class);
}

impl Shape {
    pub(crate) fn set_class(&self, class: *const TypeObject) {
        self.class_ptr().set(class);
    }
}
