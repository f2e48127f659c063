//! `Generic`: a plain class whose class methods are those of `typing`.

use super::params::unpack_tuples;
use pyjit_core::prelude::*;

/// Makes the class the first time, and adds it.
pub(super) fn define(vm: &Vm, module: &PyModule) {
    let known = vm.module_state.get().get("typing.Generic").cloned();
    let class = known.unwrap_or_else(|| {
        let c = define_plain_class(
            vm,
            ClassSpec {
                module: "typing",
                doc: Some(
                    "Abstract base class for generic types.\n\nClasses with a list of type parameters after their name inherit from it implicitly.\n",
                ),
                methods: METHODS,
                ..ClassSpec::new("Generic")
            },
        );
        // `typing` gives it attributes, and copying by old protocols looks past it.
        c.flags
            .set(c.flags.get() & !type_flags::IMMUTABLE | type_flags::HEAP);
        vm.module_state
            .get_mut()
            .insert("typing.Generic", c.as_owned());
        c.as_owned()
    });
    module.dict().set_name("Generic", class);
}

/// `Generic[params]` for a class with a list of type parameters.
pub fn subscript(vm: &Vm, a: &[Value]) -> PyResult<Owned> {
    let params = unpack_tuples(vm, a[0])?;
    let make = vm.import_attr("typing", "_GenericAlias")?;
    let generic = vm.import_attr("_typing", "Generic")?;
    vm.call(make.value(), &[generic.value(), params.value()])
}

fn forward(vm: &Vm, name: &str, a: &[Value]) -> PyResult<Owned> {
    let f = vm.import_attr("typing", name)?;
    let mut values = vec![a[0]];
    values.extend_from_slice(vm.tuple_items(a[1]));
    vm.call_ex(f.value(), &values, a[2].cast::<PyDict>())
}

static METHODS: &[MethodDef] = &[
    MethodDef::class(
        "__class_getitem__",
        "(type, *args, **kwargs)",
        |vm, a| forward(vm, "_generic_class_getitem", a),
        "Parameterizes a generic class.\n",
    ),
    MethodDef::class(
        "__init_subclass__",
        "(type, *args, **kwargs)",
        |vm, a| forward(vm, "_generic_init_subclass", a),
        "Function to initialize subclasses.",
    ),
];
