//! `Unpickler`, the proxy of its memo, and the functions that load.

use super::input::Input;
use super::load::{Loader, no_persistent_load};
use super::load_object::find_class;
use super::memo::Fetched;
use super::unpickling_error;
use crate::{hidden_class, payload_class};
use pyjit_core::call::{Callee, bind};
use pyjit_core::object::{generic_getattr, generic_setattr};
use pyjit_core::prelude::*;
use pyjit_types::bytes::ByteArg;
use std::cell::Cell;

py_class! {
    /// `_pickle.Unpickler`.
    pub struct PyUnpickler as "Unpickler" {
        /// What it reads; absent before `__init__` and while it loads.
        pub input: MutCell<NoTrace<Option<Box<Input>>>>,
        pub memo: MutCell<Fetched>,
        pub ready: Cell<bool>,
        pub running: Cell<bool>,
        pub proto: Cell<u8>,
        pub fix_imports: Cell<bool>,
        pub encoding: MutCell<NoTrace<String>>,
        pub errors: MutCell<NoTrace<String>>,
        pub file: MutCell<Owned>,
        pub buffers: MutCell<Owned>,
        /// `persistent_load` as it was assigned to the instance.
        pub persistent_attr: MutCell<Owned>,
    }
}
py_class! {
    /// What `Unpickler.memo` gives.
    pub struct PyUnpicklerMemo as "UnpicklerMemoProxy" { pub unpickler: Owned }
}

/// `fix_imports`, `encoding`, `errors`, `buffers`.
struct Options {
    fix_imports: bool,
    encoding: String,
    errors: String,
    buffers: Owned,
}

impl Options {
    fn of(vm: &Vm, a: &[Value]) -> PyResult<Options> {
        let text = |v: Value, default: &str, who: &str| match v.non_null() {
            None => Ok(default.to_owned()),
            Some(v) => match v.cast::<PyStr>() {
                Some(s) => Ok(s.to_lossy()),
                None => Err(vm.type_error(format!(
                    "argument '{who}' must be str, not {}",
                    v.class().name_str()
                ))),
            },
        };
        Ok(Options {
            fix_imports: a[0].is_null() || vm.truthy(a[0])?,
            encoding: text(a[1], "ASCII", "encoding")?,
            errors: text(a[2], "strict", "errors")?,
            buffers: match a[3].given() {
                Some(b) => vm.iter(b)?,
                None => Owned::NULL,
            },
        })
    }
    fn loader(self, input: Input) -> Loader {
        Loader {
            owner: Owned::NULL,
            persistent_load: Owned::NULL,
            input,
            stack: Vec::new(),
            marks: Vec::new(),
            memo: Fetched::default(),
            proto: 0,
            fix_imports: self.fix_imports,
            encoding: self.encoding,
            errors: self.errors,
            buffers: self.buffers,
        }
    }
}

/// `_pickle.loads`.
pub(super) fn load_bytes(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let data = ByteArg::new(vm, a[0])?;
    let options = Options::of(vm, &a[1..])?;
    options.loader(Input::bytes(data)).run(vm)
}
/// `_pickle.load`.
pub(super) fn load_file(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let input = Input::file(vm, a[0])?;
    let options = Options::of(vm, &a[1..])?;
    options.loader(input).run(vm)
}

fn this<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyUnpickler> {
    v.cast::<PyUnpickler>().ok_or_else(|| vm.type_error("an Unpickler is required"))
}

static INIT: Sig = Sig::parse("(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())");

fn init(vm: &Vm, v: Value, args: Args<'_>) -> PyResult<()> {
    let who = Callee {
        name: "Unpickler",
        qualified: &|| "Unpickler".to_owned(),
        bound: false,
    };
    let u = this(vm, v)?;
    idle(vm, u)?;
    bind(vm, &INIT, who, args, |a| {
        u.ready.set(false);
        let input = Input::file(vm, a[0])?;
        let o = Options::of(vm, &a[1..])?;
        u.memo.take();
        u.input.set(NoTrace(Some(Box::new(input))));
        u.file.set(a[0].own());
        u.fix_imports.set(o.fix_imports);
        u.encoding.set(NoTrace(o.encoding));
        u.errors.set(NoTrace(o.errors));
        u.buffers.set(o.buffers);
        u.proto.set(0);
        u.ready.set(true);
        Ok(())
    })
}

/// Python code that a load runs must not use the same unpickler.
fn idle(vm: &Vm, u: &PyUnpickler) -> PyResult<()> {
    if u.running.get() {
        return Err(vm.runtime_error("Unpickler object is already used"));
    }
    Ok(())
}

const PERSISTENT_LOAD: &str = "persistent_load";

fn load(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let u = this(vm, a[0])?;
    if !u.ready.get() {
        let name = a[0].class().name_str();
        return Err(unpickling_error(vm, format!("Unpickler.__init__() was not called by {name}.__init__()")));
    }
    idle(vm, u)?;
    let persistent = vm.getattr_opt_str(a[0], PERSISTENT_LOAD)?.filter(|f| {
        !f.cast::<PyBuiltin>().is_some_and(|b| b.def.name == PERSISTENT_LOAD && b.receiver.value().is(a[0]))
    });
    let input = match u.input.take().0 {
        Some(i) => *i,
        None => Input::file(vm, u.file.value())?,
    };
    let options = Options {
        fix_imports: u.fix_imports.get(),
        encoding: u.encoding.get().0.clone(),
        errors: u.errors.get().0.clone(),
        buffers: u.buffers.own(),
    };
    let mut loader = options.loader(input);
    loader.memo = u.memo.take();
    loader.persistent_load = persistent.unwrap_or(Owned::NULL);
    if !a[0].class().same(PyUnpickler::class()) {
        loader.owner = a[0].own();
    }
    u.proto.set(0);
    u.running.set(true);
    let r = loader.run(vm);
    u.running.set(false);
    u.proto.set(loader.proto);
    let Loader { input, memo, .. } = loader;
    u.memo.set(memo);
    u.input.set(NoTrace(Some(Box::new(input))));
    r
}

static METHODS: &[MethodDef] = &[
    MethodDef::new(PERSISTENT_LOAD, "(self, pid, /)", |vm, _| Err(no_persistent_load(vm)), ""),
    MethodDef::new("load", "(self, /)", load, "Load a pickle.\n\nRead a pickled object representation from the open file object given\nin the constructor, and return the reconstituted object hierarchy\nspecified therein."),
    MethodDef::new("find_class", "(self, module_name, global_name, /)", |vm, a| {
        let u = this(vm, a[0])?;
        find_class(vm, u.proto.get(), u.fix_imports.get(), a[1], a[2])
    }, "Return an object from a specified module.\n\nIf necessary, the module will be imported.  Subclasses may override\nthis method (e.g. to restrict unpickling of arbitrary classes and\nfunctions).\n\nThis method is called whenever a class or a function object is\nneeded.  Both arguments passed are str objects."),
    MethodDef::new("__sizeof__", "(self, /)", |vm, a| {
        let u = this(vm, a[0])?;
        Ok(new_usize(size_of::<PyUnpickler>() + u.memo.get().entries().len() * 8))
    }, "Returns size in memory, in bytes."),
];

static GETSET: &[GetSetDef] = &[GetSetDef::write(
    "memo",
    |_, v| Ok(new_object(PyUnpicklerMemo::class(), PyUnpicklerMemo { unpickler: v.own() })),
    set_memo,
)];

fn set_memo(vm: &Vm, v: Value, to: Value) -> PyResult<()> {
    let u = this(vm, v)?;
    if to.is_null() {
        return Err(vm.type_error("attribute deletion is not supported"));
    }
    let mut memo = Fetched::default();
    if let Some(proxy) = to.cast::<PyUnpicklerMemo>() {
        for (n, o) in this(vm, proxy.unpickler.value())?.memo.get().entries() {
            memo.put(n, o);
        }
    } else if let Some(d) = to.cast::<PyDict>() {
        for (k, o) in d.items() {
            if k.as_int().is_none() {
                return Err(vm.type_error("memo key must be integers"));
            }
            match u64::try_from(vm.to_i64(k.value())?) {
                Ok(n) => memo.put(n, o),
                Err(_) => return Err(vm.value_error("memo key must be positive integers.")),
            }
        }
    } else {
        return Err(vm.type_error(format!(
            "'memo' attribute must be an UnpicklerMemoProxy object or dict, not {}",
            to.class().name_str()
        )));
    }
    u.memo.set(memo);
    Ok(())
}

fn memo_copy(vm: &Vm, v: Value) -> PyResult<Owned> {
    let d = PyDict::new();
    if let (Some(m), Some(dict)) = (v.cast::<PyUnpicklerMemo>(), d.cast::<PyDict>()) {
        for (n, o) in this(vm, m.unpickler.value())?.memo.get().entries() {
            dict.set(vm, new_u64(n).value(), o)?;
        }
    }
    Ok(d)
}

static MEMO_METHODS: &[MethodDef] = &[
    MethodDef::new("clear", "(self, /)", |vm, a| {
        if let Some(m) = a[0].cast::<PyUnpicklerMemo>() {
            this(vm, m.unpickler.value())?.memo.take();
        }
        Ok(Owned::NONE)
    }, "Remove all items from memo."),
    MethodDef::new("copy", "(self, /)", |vm, a| memo_copy(vm, a[0]), "Copy the memo to a new object."),
    MethodDef::new("__reduce__", "(self, /)", |vm, a| {
        let args = PyTuple::new(vec![memo_copy(vm, a[0])?]);
        Ok(PyTuple::pair(PyDict::class().as_owned(), args))
    }, "Implement pickling support."),
];

/// `persistent_load` may be assigned to an instance, though a plain one has no dictionary.
fn getattr(vm: &Vm, v: Value, name: Value) -> PyResult<Owned> {
    if let (Some(u), Some(n)) = (v.cast::<PyUnpickler>(), name.cast::<PyStr>())
        && n.is_text(PERSISTENT_LOAD)
        && !u.persistent_attr.value().is_null()
    {
        return Ok(u.persistent_attr.own());
    }
    generic_getattr(vm, v, name)
}
fn setattr(vm: &Vm, v: Value, name: Value, to: Value) -> PyResult<()> {
    if let (Some(u), Some(n)) = (v.cast::<PyUnpickler>(), name.cast::<PyStr>())
        && n.is_text(PERSISTENT_LOAD)
    {
        if to.is_null() && u.persistent_attr.value().is_null() {
            return Err(vm.no_attribute(v, name));
        }
        u.persistent_attr.set(to.own());
        return Ok(());
    }
    generic_setattr(vm, v, name, to)
}

fn new(_: &Vm, class: &'static TypeObject, _: Args<'_>) -> PyResult<Owned> {
    Ok(new_object(
        class,
        PyUnpickler {
            input: MutCell::default(),
            memo: MutCell::default(),
            ready: Cell::new(false),
            running: Cell::new(false),
            proto: Cell::new(0),
            fix_imports: Cell::new(true),
            encoding: MutCell::default(),
            errors: MutCell::default(),
            file: MutCell::default(),
            buffers: MutCell::default(),
            persistent_attr: MutCell::default(),
        },
    ))
}

pub(super) fn define(vm: &Vm, m: &PyModule) {
    payload_class::<PyUnpickler>(
        vm,
        m,
        ClassSpec {
            module: "_pickle",
            flags: type_flags::BASE,
            slots: |s| {
                s.new.set(Some(new));
                s.init.set(Some(init));
                s.getattr.set(Some(getattr));
                s.setattr.set(Some(setattr));
            },
            methods: METHODS,
            getset: GETSET,
            doc: Some("Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())\n--\n\nThis takes a binary file for reading a pickle data stream."),
            ..ClassSpec::new("Unpickler")
        },
    );
    hidden_class::<PyUnpicklerMemo>(
        vm,
        ClassSpec {
            module: "_pickle",
            flags: type_flags::DISALLOW_INSTANTIATION,
            methods: MEMO_METHODS,
            ..ClassSpec::new("UnpicklerMemoProxy")
        },
    );
}
