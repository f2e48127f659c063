//! Functions written in Python, cells, bound methods, and the wrappers `property`, `classmethod` and `staticmethod`.

use crate::object::{self, MutCell, Payload};
use crate::py_class;
use crate::types::{PyCode, PyDict};
use crate::value::{Owned, Value};
use crate::vm::Vm;
use std::cell::Cell;

py_class! {
    /// A Python function. Absent parts are NULL.
    pub struct PyFunction as "function" {
        pub code: MutCell<Owned>,
        pub globals: MutCell<Owned>,
        pub builtins: MutCell<Owned>,
        /// Tuple of cells, or NULL.
        pub closure: MutCell<Owned>,
        /// Tuple, or NULL.
        pub defaults: MutCell<Owned>,
        /// Dict, or NULL.
        pub kwdefaults: MutCell<Owned>,
        pub name: MutCell<Owned>,
        pub qualname: MutCell<Owned>,
        pub module: MutCell<Owned>,
        /// NULL: the code's doc string, see [`PyFunction::doc`].
        doc: MutCell<Owned>,
        pub annotations: MutCell<Owned>,
        pub annotate: MutCell<Owned>,
        pub type_params: MutCell<Owned>,
        /// Unique; renewed when code, defaults or closure change. What call caches compare.
        pub version: Cell<u32>,
    }
}
py_class! {
    /// A variable shared between scopes; NULL is unbound.
    pub struct PyCell as "cell" { pub content: MutCell<Owned> }
}
py_class! {
    /// A function bound to its first argument.
    pub struct PyMethod as "method" { pub func: Owned, pub receiver: Owned }
}
py_class! {
    /// `property`.
    pub struct PyProperty as "property" {
        pub get: MutCell<Owned>, pub set: MutCell<Owned>, pub del: MutCell<Owned>, pub doc: MutCell<Owned>, pub name: MutCell<Owned>,
        /// The doc string came from the getter.
        pub getter_doc: Cell<bool>,
    }
}
py_class! {
    /// `classmethod`.
    pub struct PyClassMethod as "classmethod" { pub func: MutCell<Owned> }
}
py_class! {
    /// `staticmethod`.
    pub struct PyStaticMethod as "staticmethod" { pub func: MutCell<Owned> }
}
py_class! {
    /// `super` objects.
    pub struct PySuper as "super" { pub class: MutCell<Owned>, pub receiver: MutCell<Owned>, pub receiver_class: MutCell<Owned> }
}

impl PyFunction {
    /// What MAKE_FUNCTION makes: name, qualified name and doc string come from the code object, the module from the globals.
    pub fn new(vm: &Vm, code: Owned, globals: Owned) -> Owned {
        let null = || MutCell::new(Owned::NULL);
        let (mut name, mut qualname) = (Owned::NULL, Owned::NULL);
        if let Some(c) = code.cast::<PyCode>() {
            name = c.name.clone();
            qualname = c.qualname.clone();
        }
        let g = globals.cast::<PyDict>();
        let builtins = vm.builtins_of_globals(globals.value());
        // Most modules have their name as the first entry.
        let name_key = vm.names.__name__.value();
        let module = g
            .and_then(|g| {
                g.value_if_key(0, name_key)
                    .non_null()
                    .or_else(|| g.get_str(name_key))
            })
            .map_or(Owned::NULL, |v| v.own());
        object::new_object(
            PyFunction::class(),
            PyFunction {
                code: MutCell::new(code),
                globals: MutCell::new(globals),
                builtins: MutCell::new(builtins),
                closure: null(),
                defaults: null(),
                kwdefaults: null(),
                name: MutCell::new(name),
                qualname: MutCell::new(qualname),
                module: MutCell::new(module),
                doc: null(),
                annotations: null(),
                annotate: null(),
                type_params: null(),
                version: Cell::new(vm.fresh_type_version()),
            },
        )
    }
    /// `__doc__`. A code object's doc string is made when somebody asks for it.
    pub fn doc(&self) -> Owned {
        if self.doc.value().is_null() {
            let code = self.code.own();
            let doc = code.cast::<PyCode>().and_then(PyCode::docstring);
            self.doc.set(doc.unwrap_or(Owned::NONE));
        }
        self.doc.own()
    }
    pub fn set_doc(&self, doc: Owned) {
        self.doc.set(doc);
    }
    #[inline(always)]
    pub fn code<'a>(&self) -> &'a PyCode {
        // SAFETY: only code objects are ever stored there.
        unsafe { self.code.value().payload_unchecked::<PyCode>() }
    }
    #[inline(always)]
    pub fn globals<'a>(&self) -> &'a PyDict {
        // SAFETY: only dictionaries are ever stored there.
        unsafe { self.globals.value().payload_unchecked::<PyDict>() }
    }
    #[inline(always)]
    pub fn builtins<'a>(&self) -> Option<&'a PyDict> {
        self.builtins.value().cast::<PyDict>()
    }
}
impl PyCell {
    pub fn new(content: Owned) -> Owned {
        object::new_object(
            PyCell::class(),
            PyCell {
                content: MutCell::new(content),
            },
        )
    }
}
impl PyMethod {
    #[inline]
    pub fn new(func: Owned, receiver: Owned) -> Owned {
        object::new_object(PyMethod::class(), PyMethod { func, receiver })
    }
}
impl PyProperty {
    pub fn new(get: Owned, set: Owned, del: Owned, doc: Owned) -> PyProperty {
        PyProperty {
            get: MutCell::new(get),
            set: MutCell::new(set),
            del: MutCell::new(del),
            doc: MutCell::new(doc),
            name: MutCell::new(Owned::NULL),
            getter_doc: Cell::new(false),
        }
    }
}
impl PyClassMethod {
    pub fn new(func: Owned) -> Owned {
        object::new_object(
            PyClassMethod::class(),
            PyClassMethod {
                func: MutCell::new(func),
            },
        )
    }
}
impl PyStaticMethod {
    pub fn new(func: Owned) -> Owned {
        object::new_object(
            PyStaticMethod::class(),
            PyStaticMethod {
                func: MutCell::new(func),
            },
        )
    }
}
/// Whether a value is a Python function whose class is exactly `function`.
#[inline(always)]
pub fn as_function<'a>(v: Value) -> Option<&'a PyFunction> {
    v.cast_exact::<PyFunction>()
}
