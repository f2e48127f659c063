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
