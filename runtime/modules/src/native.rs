//! How a native module is declared and made.

use pyjit_core::prelude::*;

/// The declaration of a native module.
pub struct NativeModule {
    pub name: &'static str,
    pub doc: Option<&'static str>,
    /// Functions, declared with [`MethodDef::function`].
    pub functions: &'static [MethodDef],
    /// Adds classes and constants. Runs once, when the module is first imported.
    pub init: fn(&Vm, &PyModule) -> PyResult<()>,
}

impl NativeModule {
    pub const fn new(name: &'static str, functions: &'static [MethodDef]) -> NativeModule {
        NativeModule {
            name,
            doc: None,
            functions,
            init: |_, _| Ok(()),
        }
    }
    pub const fn doc(mut self, doc: &'static str) -> NativeModule {
        self.doc = Some(doc);
        self
    }
    pub const fn init(mut self, init: fn(&Vm, &PyModule) -> PyResult<()>) -> NativeModule {
        self.init = init;
        self
    }
    /// Makes the module object.
    pub fn create(&'static self, vm: &Vm) -> PyResult<Owned> {
        let m = PyModule::new(vm, self.name);
        if let Some(module) = m.cast::<PyModule>() {
            let d = module.dict();
            if let Some(doc) = self.doc {
                d.set_str(vm.names.__doc__.value(), PyStr::from_str(doc));
            }
            for f in self.functions {
                d.set_name(f.name, PyBuiltin::function(f, self.name));
            }
            (self.init)(vm, module)?;
        }
        Ok(m)
    }
}

/// Adds a class to a module under its name.
pub fn add_class(module: &PyModule, class: &'static TypeObject) {
    module.dict().set_str(class.name.value(), class.as_owned());
}

/// Makes the class of a payload, the first time, and adds it to a module. A module that is imported afresh gets the same
/// classes again.
pub fn payload_class<T: Payload>(
    vm: &Vm,
    module: &PyModule,
    spec: ClassSpec,
) -> &'static TypeObject {
    let class = hidden_class::<T>(vm, spec);
    add_class(module, class);
    class
}
/// The same for a class that the module does not show.
pub fn hidden_class<T: Payload>(vm: &Vm, spec: ClassSpec) -> &'static TypeObject {
    if T::class_cell().is_set() {
        T::class()
    } else {
        define_class::<T>(vm, spec)
    }
}
