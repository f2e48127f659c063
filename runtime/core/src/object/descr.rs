//! Native functions as Python sees them: how they are declared ([`MethodDef`], [`GetSetDef`]) and the descriptors that
//! stand in class dictionaries.

use super::{Payload, TypeObject};
use crate::call::{Args, Callee, Sig, bind};
use crate::object;
use crate::py_class;
use crate::types::intern;
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// A native function: one value for each parameter of its signature, NULL where an optional one was not given.
pub type NativeFn = fn(&Vm, &[Value]) -> PyResult<Owned>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodKind {
    Instance,
    Class,
    Static,
}

/// The declaration of a native function or method.
pub struct MethodDef {
    pub name: &'static str,
    pub sig: Sig,
    pub func: NativeFn,
    pub doc: &'static str,
    pub kind: MethodKind,
    /// What the JIT may rely on; the defaults promise nothing.
    pub props: FnProps,
}
/// Properties of a native function that the JIT reads.
#[derive(Clone, Copy)]
pub struct FnProps {
    /// Same arguments, same result, no effect.
    pub pure: bool,
    /// Runs no Python code.
    pub leaf: bool,
}

impl MethodDef {
    /// A method; the signature names the receiver first: `"(self, object, /)"`.
    pub const fn new(
        name: &'static str,
        sig: &'static str,
        func: NativeFn,
        doc: &'static str,
    ) -> MethodDef {
        MethodDef {
            name,
            sig: Sig::parse(sig),
            func,
            doc,
            kind: MethodKind::Instance,
            props: FnProps {
                pure: false,
                leaf: false,
            },
        }
    }
    /// A class method; the first parameter is the class.
    pub const fn class(
        name: &'static str,
        sig: &'static str,
        func: NativeFn,
        doc: &'static str,
    ) -> MethodDef {
        MethodDef {
            kind: MethodKind::Class,
            ..MethodDef::new(name, sig, func, doc)
        }
    }
    /// A static method, or a function of a module.
    pub const fn function(
        name: &'static str,
        sig: &'static str,
        func: NativeFn,
        doc: &'static str,
    ) -> MethodDef {
        MethodDef {
            kind: MethodKind::Static,
            ..MethodDef::new(name, sig, func, doc)
        }
    }
    pub const fn pure(mut self) -> MethodDef {
        self.props.pure = true;
        self.props.leaf = true;
        self
    }
    pub const fn leaf(mut self) -> MethodDef {
        self.props.leaf = true;
        self
    }
}

pub type GetFn = fn(&Vm, Value) -> PyResult<Owned>;
/// A NULL value deletes.
pub type SetFn = fn(&Vm, Value, Value) -> PyResult<()>;

/// The declaration of an attribute computed by native code.
pub struct GetSetDef {
    pub name: &'static str,
    pub doc: Option<&'static str>,
    pub get: Option<GetFn>,
    pub set: Option<SetFn>,
}
impl GetSetDef {
    pub const fn read(name: &'static str, get: GetFn) -> GetSetDef {
        GetSetDef {
            name,
            doc: None,
            get: Some(get),
            set: None,
        }
    }
    pub const fn write(name: &'static str, get: GetFn, set: SetFn) -> GetSetDef {
        GetSetDef {
            name,
            doc: None,
            get: Some(get),
            set: Some(set),
        }
    }
    /// A read-only attribute that CPython declares as a member of the struct: only the error differs.
    pub const fn member(name: &'static str, get: GetFn) -> GetSetDef {
        GetSetDef {
            name,
            doc: None,
            get: Some(get),
            set: Some(|vm, _, _| Err(vm.error(vm.exc.AttributeError, "readonly attribute"))),
        }
    }
    pub const fn doc(mut self, doc: &'static str) -> GetSetDef {
        self.doc = Some(doc);
        self
    }
}

py_class! {
    /// `method_descriptor`: a native method in a class.
    pub struct PyMethodDescr as "method_descriptor" { pub class: &'static TypeObject, pub def: &'static MethodDef }
}
py_class! {
    /// `classmethod_descriptor`.
    pub struct PyClassMethodDescr as "classmethod_descriptor" { pub class: &'static TypeObject, pub def: &'static MethodDef }
}
py_class! {
    /// `builtin_function_or_method`: a native function, or a native method bound to its receiver.
    pub struct PyBuiltin as "builtin_function_or_method" {
        pub def: &'static MethodDef,
        /// The receiver; the module for functions of modules.
        pub receiver: Owned,
        /// `__module__`: a string, or None.
        pub module: Owned,
    }
}
py_class! {
    /// `getset_descriptor`.
    pub struct PyGetSet as "getset_descriptor" {
        pub class: &'static TypeObject,
        pub def: &'static GetSetDef,
        /// Keeps a Python class alive that the descriptor belongs to; NULL for built-in classes, which never go away.
        pub keep: Owned,
    }
}
py_class! {
    /// `member_descriptor`: a place made by `__slots__`. Holds its class strongly, as CPython's do.
    pub struct PyMember as "member_descriptor" { pub class: Owned, pub name: Owned, pub slot: usize }
}

impl object::Trace for &'static MethodDef {
    fn trace(&self, _: object::Tracer<'_>) {}
}
impl object::Trace for &'static GetSetDef {
    fn trace(&self, _: object::Tracer<'_>) {}
}

impl PyMethodDescr {
    pub fn new(class: &'static TypeObject, def: &'static MethodDef) -> Owned {
        object::new_object(PyMethodDescr::class(), PyMethodDescr { class, def })
    }
    /// Calls with the receiver as the first argument.
    pub fn call(&self, vm: &Vm, args: Args<'_>) -> PyResult<Owned> {
        if args.npos() == 0 {
            return Err(vm.type_error(format!(
                "unbound method {}.{}() needs an argument",
                self.class.name_str(),
                self.def.name
            )));
        }
        let receiver = args.values[0];
        if !receiver.class().is_subclass(self.class) {
            let (n, c, got) = (
                self.def.name,
                self.class.name_str(),
                receiver.class().name_str(),
            );
            return Err(vm.type_error(format!(
                "descriptor '{n}' for '{c}' objects doesn't apply to a '{got}' object"
            )));
        }
        call_native(vm, self.def, Some(self.class), args)
    }
}
impl PyClassMethodDescr {
    pub fn new(class: &'static TypeObject, def: &'static MethodDef) -> Owned {
        object::new_object(
            PyClassMethodDescr::class(),
            PyClassMethodDescr { class, def },
        )
    }
}
impl PyGetSet {
    pub fn new(class: &'static TypeObject, def: &'static GetSetDef) -> Owned {
        let keep = if class.heap.get() {
            class.as_owned()
        } else {
            Owned::NULL
        };
        object::new_object(PyGetSet::class(), PyGetSet { class, def, keep })
    }
}
impl PyBuiltin {
    pub fn new(def: &'static MethodDef, receiver: Owned, module: Owned) -> Owned {
        object::new_object(
            PyBuiltin::class(),
            PyBuiltin {
                def,
                receiver,
                module,
            },
        )
    }
    /// A function of a module.
    pub fn function(def: &'static MethodDef, module: &str) -> Owned {
        PyBuiltin::new(def, Owned::NULL, intern(module))
    }
    pub fn call(&self, vm: &Vm, args: Args<'_>) -> PyResult<Owned> {
        if self.def.kind == MethodKind::Static {
            if let Some(owner) = super::new_wrap::new_owner(self) {
                return super::new_wrap::call_new(vm, owner, args);
            }
            if self.def.sig.is_direct(args) {
                return (self.def.func)(vm, args.values);
            }
            // Functions of modules are named with their module in some messages.
            let qualified = || match crate::types::text_of(self.module.value()).as_str() {
                "" | "builtins" => self.def.name.to_string(),
                m => format!("{m}.{}", self.def.name),
            };
            let who = Callee {
                name: self.def.name,
                qualified: &qualified,
                bound: false,
            };
            return bind(vm, &self.def.sig, who, args, |values| {
                (self.def.func)(vm, values)
            });
        }
        let mut buf = [Value::NULL; 8];
        let n = args.values.len();
        if n < 8 {
            buf[0] = self.receiver.value();
            buf[1..=n].copy_from_slice(args.values);
            return call_native(
                vm,
                self.def,
                Some(self.receiver.class()),
                Args {
                    values: &buf[..=n],
                    names: args.names,
                },
            );
        }
        let mut all = Vec::with_capacity(n + 1);
        all.push(self.receiver.value());
        all.extend_from_slice(args.values);
        call_native(
            vm,
            self.def,
            Some(self.receiver.class()),
            Args {
                values: &all,
                names: args.names,
            },
        )
    }
}

/// Calls a native function; for methods the receiver is the first argument.
#[inline]
pub fn call_native(
    vm: &Vm,
    def: &'static MethodDef,
    class: Option<&TypeObject>,
    args: Args<'_>,
) -> PyResult<Owned> {
    if def.sig.is_direct(args) {
        return (def.func)(vm, args.values);
    }
    let qualified = || match (class, def.kind) {
        (Some(c), MethodKind::Instance) => format!("{}.{}", c.short_name(), def.name),
        (Some(_), MethodKind::Class) => {
            let owner = args.values.first().and_then(|v| v.cast::<TypeObject>());
            owner.map_or(def.name.to_string(), |c| {
                format!("{}.{}", c.short_name(), def.name)
            })
        }
        _ => def.name.to_string(),
    };
    let who = Callee {
        name: def.name,
        qualified: &qualified,
        bound: def.kind != MethodKind::Static,
    };
    bind(vm, &def.sig, who, args, |values| (def.func)(vm, values))
}
