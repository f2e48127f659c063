//! The runtime's state. One [`Vm`] per process; the interpreter lock decides which thread may use it. What belongs to a
//! thread stands in [`ThreadState`], which is swapped when the lock changes hands.

use crate::exception::Exceptions;
pub use crate::exception::Raised;
use crate::frame::ThreadState;
use crate::mem::Heap;
use crate::object::{AttrCache, Cmp, DUNDERS, MethodCache, MutCell, NoTrace, Payload, TypeObject};
use crate::types::*;
use crate::value::{Owned, Value};
use pyjit_text::repr::Text;
use std::cell::Cell;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// The result of everything that can raise.
pub type PyResult<T> = Result<T, Raised>;

static VM: AtomicPtr<Vm> = AtomicPtr::new(std::ptr::null_mut());

/// Functions of the layers above that the core calls.
pub struct Hooks {
    /// Runs a Python function.
    pub call_function: fn(&Vm, &PyFunction, crate::call::Args<'_>) -> PyResult<Owned>,
    /// Runs a code object with given globals and locals (`exec`, class bodies, modules).
    pub eval_code: fn(&Vm, Value, Value, Value, Value) -> PyResult<Owned>, // code or function, globals, locals, closure or NULL
    /// Resumes a generator with a value; NULL result and no error means that it returned (the value is in the second place).
    pub resume: fn(&Vm, Value, Resume) -> PyResult<Step>,
    /// Compiles source text: (source value, filename, mode, flags, dont_inherit future flags, optimize).
    pub compile: fn(&Vm, CompileRequest<'_>) -> PyResult<Owned>,
}
/// How a generator is resumed.
pub enum Resume {
    Send(Owned),
    Throw(Raised),
}
/// What a generator did.
pub enum Step {
    Yield(Owned),
    Return(Owned),
}
/// What to compile.
pub struct CompileRequest<'a> {
    pub source: &'a [u8],
    /// The source was a `str`: it is UTF-8 and cookies do not count.
    pub is_text: bool,
    pub filename: String,
    pub mode: &'a str,
    pub flags: u32,
    /// -1: the interpreter's own level.
    pub optimize: i64,
}

macro_rules! names {
    ($($n:ident)*) => {
        /// Interned names that native code uses.
        #[allow(non_snake_case)] // the fields carry the names
        pub struct Names { $(pub $n: Owned,)* }
        impl Names {
            fn new() -> Names {
                Names { $($n: intern(stringify!($n)),)* }
            }
        }
    };
}
names! {
    __abstractmethods__ __all__ __annotate__ __annotations__ __annotate_func__ __annotations_cache__ __await__ __bases__ __bool__ __buffer__ __release_buffer__ __build_class__ __builtins__ __bytes__ __call__ __cause__
    __ceil__ __class__ __class_getitem__ __classcell__ __classdictcell__ __complex__ __contains__ __context__ __copy__ __deepcopy__ __del__
    __delattr__ __delete__ __delitem__ __dict__ __dir__ __doc__ __enter__ __eq__ __exit__ __aenter__ __aexit__ __file__ __firstlineno__ __float__ __floor__ __format__ __fspath__
    __ge__ __get__ __getattr__ __getattribute__ __getitem__ __getnewargs__ __getnewargs_ex__ __getstate__ __gt__ __hash__ __import__ __index__ __init__ __init_subclass__
    __instancecheck__ __int__ __isabstractmethod__ __iter__ __le__ __len__ __length_hint__ __loader__ __lt__ __main__ __match_args__ __missing__ __module__ __mro_entries__
    __name__ __ne__ __new__ __next__ __objclass__ __orig_class__ __origin__ __args__ __parameters__ __package__ __path__ __prepare__ __qualname__ __reduce__ __reduce_ex__ __repr__ __reversed__ __round__
    __set__ __set_name__ __setattr__ __setitem__ __setstate__ __sizeof__ __slots__ __spec__ __static_attributes__ __str__ __subclasscheck__ __subclasses__ __subclasshook__
    __trunc__ __type_params__ __typing_subst__ __typing_prepare_subst__ __typing_is_unpacked_typevartuple__ __unpacked__ __weakref__ __wrapped__ __notes__ __aiter__ __anext__ __debug__ __cached__ __func__ __self__
    send throw close keys items values get append extend add update write flush read readline fileno encoding errors builtins name obj value args metaclass mro
    stdout stderr stdin excepthook displayhook last_exc modules path meta_path path_hooks
}

/// The runtime.
pub struct Vm {
    pub names: Names,
    pub exc: Exceptions,
    /// Interned dunder names in the order of [`DUNDERS`].
    pub dunder_names: Vec<Owned>,
    /// `__lt__` ... in the order of [`Cmp`].
    pub compare_names: Vec<Owned>,
    pub(crate) pow_dunder: usize,
    pub method_cache: MethodCache,
    pub attr_cache: AttrCache,
    pub(crate) interned: Interned,
    pub empty_str: Owned,
    pub empty_tuple: Owned,
    pub empty_bytes: Owned,
    pub(crate) latin1_chars: Vec<Owned>,
    pub heap: Heap,
    pub thread: ThreadState,
    pub hooks: MutCell<NoTrace<Option<Hooks>>>,
    /// Handler addresses by threaded opcode, set by the dispatcher in use.
    pub handlers: MutCell<NoTrace<Vec<usize>>>,
    /// What is looked at when a safepoint was requested.
    pub(crate) pending_calls: MutCell<NoTrace<Vec<fn(&Vm) -> PyResult<()>>>>,
    /// `sys.modules`, the `builtins` namespace and the `sys` namespace: dicts.
    pub modules: MutCell<Owned>,
    pub builtins: MutCell<Owned>,
    pub sys: MutCell<Owned>,
    pub options: MutCell<NoTrace<Options>>,
    pub int_max_str_digits: Cell<usize>,
    hash_key: Cell<(u64, u64)>,
    next_shape_id: Cell<u32>,
    next_type_version: Cell<u32>,
    /// State that native modules keep: by module name.
    pub module_state: MutCell<std::collections::HashMap<&'static str, Owned>>,
}

/// Settings that come from the command line and the environment.
#[derive(Clone, Default)]
pub struct Options {
    pub optimize: i64,
    pub no_fast_paths: bool,
    pub use_match_loop: bool,
    pub argv: Vec<String>,
    pub executable: String,
    pub isolated: bool,
    pub no_site: bool,
    pub no_user_site: bool,
    pub ignore_environment: bool,
    pub safe_path: bool,
    pub unbuffered: bool,
    pub inspect: bool,
    pub interactive: bool,
    pub quiet: bool,
    pub verbose: i64,
    pub bytes_warning: i64,
    pub dont_write_bytecode: bool,
    pub debug: bool,
    pub dev_mode: bool,
    pub hash_seed: Option<u32>,
    pub warn_options: Vec<String>,
    pub x_options: Vec<(String, Option<String>)>,
    /// Directory that replaces the embedded standard library.
    pub stdlib: Option<String>,
    pub jit: bool,
}

impl Vm {
    /// The runtime. It exists before any object does.
    #[inline(always)]
    pub fn get() -> &'static Vm {
        // SAFETY: set by `Vm::start` before anything is allocated, never freed.
        unsafe { &*VM.load(Ordering::Relaxed) }
    }
    pub(crate) fn is_started() -> bool {
        let vm = VM.load(Ordering::Relaxed);
        // SAFETY: as above; the field is written before it is read here.
        !vm.is_null() && unsafe { (*vm).empty_str.is_heap() }
    }
    /// Makes the runtime with its core classes. Call once. `core_classes` defines the methods of the classes that
    /// exceptions build on; nothing raises before it is done.
    pub fn start(options: Options, core_classes: fn(&Vm)) -> &'static Vm {
        let memory = std::alloc::Layout::new::<Vm>();
        // SAFETY: fields are written one by one before they are read; the order below is the order of dependencies.
        unsafe {
            let p = std::alloc::alloc_zeroed(memory) as *mut Vm;
            if p.is_null() {
                crate::mem::out_of_memory(memory.size());
            }
            VM.store(p, Ordering::Relaxed);
            macro_rules! put { ($($f:ident = $v:expr;)*) => { $( std::ptr::addr_of_mut!((*p).$f).write($v); )* } }
            put! {
                empty_str = Owned::NULL;
                empty_tuple = Owned::NULL;
                empty_bytes = Owned::NULL;
                latin1_chars = Vec::new();
                next_shape_id = Cell::new(1);
                next_type_version = Cell::new(1);
                heap = Heap::default();
                interned = Interned::default();
                method_cache = MethodCache::new();
                attr_cache = AttrCache::new();
                hash_key = Cell::new((0, 0));
                hooks = MutCell::default();
                handlers = MutCell::default();
                pending_calls = MutCell::default();
                modules = MutCell::default();
                builtins = MutCell::default();
                sys = MutCell::default();
                module_state = MutCell::default();
                int_max_str_digits = Cell::new(4300);
                options = MutCell::new(NoTrace(options.clone()));
                dunder_names = Vec::new();
                compare_names = Vec::new();
                pow_dunder = DUNDERS.iter().position(|d| d.name == "__pow__").unwrap_or(0);
                thread = ThreadState::new();
            }
            let vm: &'static Vm = &*p;
            vm.hash_key.set(crate::startup::hash_key(options.hash_seed));
            crate::startup::declare_core(vm);
            put! { names = Names::new(); }
            put! {
                dunder_names = DUNDERS.iter().enumerate().map(|(i, d)| special_name(d.name, i)).collect();
                compare_names = ["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"].iter().map(|n| intern(n)).collect();
                empty_tuple = PyTuple::new(vec![]);
                empty_bytes = PyBytes::new(b"");
            }
            let chars: Vec<Owned> = (0..256u32)
                .map(|c| {
                    let b = [c as u8];
                    let o = PyStr::uncached(if c < 128 {
                        Text::Ascii(&b)
                    } else {
                        Text::Latin1(&b)
                    });
                    vm.interned.intern_value(o.value())
                })
                .collect();
            put! {
                latin1_chars = chars;
                empty_str = vm.interned.intern_value(PyStr::uncached(Text::Ascii(b"")).value());
            }
            core_classes(vm);
            put! { exc = crate::startup::exceptions(vm); }
            vm.heap.start();
            vm
        }
    }
    pub fn hooks(&self) -> &Hooks {
        match &self.hooks.get().0 {
            Some(h) => h,
            None => {
                eprintln!("pyjit: the interpreter is not installed");
                std::process::abort()
            }
        }
    }
    pub fn set_hooks(&self, hooks: Hooks) {
        self.hooks.set(NoTrace(Some(hooks)));
    }
    /// Changes an instruction's opcode.
    pub fn quicken(&self, ins: &crate::frame::Ins, op: pyjit_isa::threaded::Op) {
        if self.options().no_fast_paths {
            return;
        }
        ins.op.set(op as u16);
        ins.handler
            .set(self.handlers.get().0.get(op as usize).copied().unwrap_or(0));
    }
    pub fn options(&self) -> &Options {
        &self.options.get().0
    }
    pub fn fresh_shape_id(&self) -> u32 {
        let id = self.next_shape_id.get();
        self.next_shape_id.set(id.wrapping_add(1).max(1));
        id
    }
    pub fn fresh_type_version(&self) -> u32 {
        let v = self.next_type_version.get();
        self.next_type_version.set(v.wrapping_add(1).max(1));
        v
    }
    /// Python's hash of a byte sequence: SipHash-1-3 under the process' key.
    pub fn hash_bytes(&self, bytes: &[u8]) -> i64 {
        let (k0, k1) = self.hash_key.get();
        crate::startup::hash_bytes(k0, k1, bytes)
    }
    /// `__builtins__` of a globals dictionary: its own entry (a module or a dict), else the interpreter's.
    pub fn builtins_of_globals(&self, globals: Value) -> Owned {
        /// Where modules mostly have the entry: a guess that saves the search.
        static PLACE: AtomicUsize = AtomicUsize::new(0);
        let name = self.names.__builtins__.value();
        let find = |g: &PyDict| {
            let guess = g.value_if_key(PLACE.load(Ordering::Relaxed), name);
            if !guess.is_null() {
                return Some(guess);
            }
            let place = g.place_of_str(name)?;
            PLACE.store(place, Ordering::Relaxed);
            Some(g.value_at(place))
        };
        if let Some(g) = globals.cast::<PyDict>()
            && let Some(b) = find(g)
        {
            if let Some(m) = b.cast::<PyModule>() {
                return m.dict().as_owned();
            }
            return b.own();
        }
        self.builtins.own()
    }
    /// An entry of `sys`.
    pub fn sys_get(&self, name: &str) -> Option<Owned> {
        self.sys
            .value()
            .cast::<PyDict>()
            .and_then(|d| d.get_name(name))
    }
    /// The class of immediates.
    #[inline]
    pub(crate) fn class_of_immediate(v: Value) -> &'static TypeObject {
        if v.is_small_int() {
            return PyInt::class_ref();
        }
        if v.is_flonum() {
            return <PyFloat as Payload>::class();
        }
        match v {
            Value::NONE => <PyNoneType as Payload>::class(),
            Value::TRUE | Value::FALSE => <PyBool as Payload>::class(),
            Value::ELLIPSIS => <PyEllipsis as Payload>::class(),
            Value::NOT_IMPLEMENTED => <PyNotImplementedType as Payload>::class(),
            Value::NULL => <PyObject as Payload>::class(),
            _ => <PyFloat as Payload>::class(),
        }
    }
    /// Tells the dispatchers to look at pending work at the next safepoint.
    #[inline]
    pub fn request_safepoint(&self) {
        self.thread.breaker.set(true);
    }
    /// Runs something that must not disturb the exception being handled; the result is the caller's to report.
    pub fn guarded<R>(&self, f: impl FnOnce() -> R) -> R {
        f()
    }
    pub fn compare_name(&self, op: Cmp) -> Value {
        self.compare_names[op as usize].value()
    }
}

/// The interned name of a slot, marked with the number of the first slot of that name.
fn special_name(name: &str, i: usize) -> Owned {
    let name = intern(name);
    if let Some(s) = name.cast::<PyStr>() {
        s.mark_special(i);
    }
    name
}

/// The class of an immediate word, see [`Value::class`].
#[inline]
pub(crate) fn immediate_class(v: Value) -> &'static TypeObject {
    Vm::class_of_immediate(v)
}
