//! `itertools`.

mod combine;
mod endless;
mod filter;
mod group;
mod join;
mod slice;
mod tee;

use crate::NativeModule;
use pyjit_core::prelude::*;
use pyjit_types::sequence::same_fn;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("itertools", FUNCTIONS)
    .doc("Functional tools for creating and using iterators.")
    .init(|vm, module| {
        endless::define(vm, module);
        filter::define(vm, module);
        group::define(vm, module);
        join::define(vm, module);
        slice::define(vm, module);
        combine::define(vm, module);
        tee::define(vm, module);
        Ok(())
    });

static FUNCTIONS: &[MethodDef] = &[MethodDef::function(
    "tee",
    "(iterable, n=2, /)",
    tee::tee,
    "Returns a tuple of n independent iterators.",
)];

/// Declares an iterator class of the module: it is its own iterator.
macro_rules! iterator_class {
    ($vm:expr, $module:expr, $T:ty, $name:literal, $new:expr, $next:expr, $methods:expr, $doc:literal $(, $slot:ident = $f:expr)*) => {
        crate::native::payload_class::<$T>($vm, $module, ClassSpec {
            module: "itertools",
            doc: Some($doc),
            slots: |s| {
                s.new.set(Some($new));
                s.iter.set(Some(|_, v| Ok(v.own())));
                s.next.set(Some($next));
                $( s.$slot.set(Some($f)); )*
            },
            methods: $methods,
            ..ClassSpec::new($name)
        })
    };
}
pub(crate) use iterator_class;

/// Refuses keyword arguments, unless a subclass with an `__init__` of its own may want them.
fn no_keywords<T: Payload>(
    vm: &Vm,
    class: &'static TypeObject,
    name: &str,
    args: Args<'_>,
) -> PyResult<()> {
    let base = T::class();
    if class.same(base)
        || same_fn(class.slots.init.get(), base.slots.init.get(), |f| {
            f as usize
        })
    {
        return args.no_keywords(vm, name);
    }
    Ok(())
}

/// Exactly `n` positional arguments.
fn positional<'a, T: Payload>(
    vm: &Vm,
    class: &'static TypeObject,
    name: &str,
    args: Args<'a>,
    n: usize,
) -> PyResult<&'a [Value]> {
    no_keywords::<T>(vm, class, name, args)?;
    args.check_positional(vm, name, n, n)?;
    Ok(args.pos())
}

/// The next item of an iterator; NULL at its end.
#[inline]
fn step(vm: &Vm, it: Value) -> PyResult<Owned> {
    Ok(vm.next(it)?.unwrap_or(Owned::NULL))
}
