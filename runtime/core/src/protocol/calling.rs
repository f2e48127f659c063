//! Calls.

use crate::call::Args;
use crate::object::{PyBuiltin, PyMethodDescr, TypeObject, type_flags};
use crate::types::{PyDict, PyFunction, PyMethod, PyStr, PyTuple};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// Leaves a native call level when dropped.
pub struct NativeLevel(());

impl Vm {
    /// Calls with positional arguments.
    #[inline]
    pub fn call(&self, f: Value, args: &[Value]) -> PyResult<Owned> {
        self.call_args(f, Args::positional(args))
    }
    /// Calls with positional and keyword arguments.
    pub fn call_args(&self, f: Value, args: Args<'_>) -> PyResult<Owned> {
        if f.is_heap() {
            if let Some(func) = f.cast_exact::<PyFunction>() {
                return (self.hooks().call_function)(self, func, args);
            }
            if let Some(b) = f.cast_exact::<PyBuiltin>() {
                self.check_native_stack()?;
                return b.call(self, args);
            }
        }
        match f.class().slots.call.get() {
            Some(call) => {
                self.check_native_stack()?;
                call(self, f, args)
            }
            None => {
                Err(self.type_error(format!("'{}' object is not callable", f.class().name_str())))
            }
        }
    }
    /// Calls with one more positional argument in front.
    pub fn call_prefixed(&self, f: Value, first: Value, args: Args<'_>) -> PyResult<Owned> {
        let n = args.values.len();
        if n < 8 {
            let mut buf = [Value::NULL; 8];
            buf[0] = first;
            buf[1..=n].copy_from_slice(args.values);
            return self.call_args(
                f,
                Args {
                    values: &buf[..=n],
                    names: args.names,
                },
            );
        }
        let mut all = Vec::with_capacity(n + 1);
        all.push(first);
        all.extend_from_slice(args.values);
        self.call_args(
            f,
            Args {
                values: &all,
                names: args.names,
            },
        )
    }
    /// `obj.name(*args)`.
    pub fn call_method(&self, obj: Value, name: Value, args: &[Value]) -> PyResult<Owned> {
        let class = obj.class();
        if class.has_flag(type_flags::PLAIN_GETATTR)
            && let Some(f) = class.lookup(self, name)
            && (f.is_exact::<PyFunction>() || f.is_exact::<PyMethodDescr>())
            && (!obj.is_heap() || obj.header().own_attr(self, name)?.is_none())
        {
            let f = f.own();
            return self.call_prefixed(f.value(), obj, Args::positional(args));
        }
        let f = self.getattr(obj, name)?;
        self.call(f.value(), args)
    }
    pub fn call_method_str(&self, obj: Value, name: &str, args: &[Value]) -> PyResult<Owned> {
        self.call_method(obj, crate::types::intern(name).value(), args)
    }
    /// Calls with a tuple (or list of values) and an optional dict of keywords: `f(*args, **kw)`.
    pub fn call_ex(&self, f: Value, args: &[Value], kwargs: Option<&PyDict>) -> PyResult<Owned> {
        match kwargs {
            Some(d) if !d.is_empty() => {
                let mut all: Vec<Owned> = args.iter().map(|v| v.own()).collect();
                let mut names: Vec<Owned> = Vec::with_capacity(d.len());
                for (k, v) in d.items() {
                    if !k.isa::<PyStr>() {
                        return Err(self.type_error("keywords must be strings"));
                    }
                    names.push(k);
                    all.push(v);
                }
                let values: Vec<Value> = all.iter().map(|v| v.value()).collect();
                let name_values: Vec<Value> = names.iter().map(|v| v.value()).collect();
                self.call_args(
                    f,
                    Args {
                        values: &values,
                        names: &name_values,
                    },
                )
            }
            _ => self.call(f, args),
        }
    }
    /// Raises RecursionError when the native stack runs low. Called by everything that recurses natively.
    #[inline]
    pub fn check_native_stack(&self) -> PyResult<()> {
        let here = 0u8;
        if (&raw const here as usize) < self.thread.native_limit.get() {
            Err(self.recursion_error(""))
        } else {
            Ok(())
        }
    }
    /// The same for recursion through data, with what was being done in the message, such as `" in comparison"`.
    pub fn check_native_stack_in(&self, doing: &str) -> PyResult<()> {
        let here = 0u8;
        if (&raw const here as usize) < self.thread.data_limit.get() {
            Err(self.recursion_error(doing))
        } else {
            Ok(())
        }
    }
    pub fn enter_native(&self) -> PyResult<NativeLevel> {
        self.check_native_stack()?;
        Ok(NativeLevel(()))
    }
    /// `callable(v)`.
    pub fn is_callable(&self, v: Value) -> bool {
        v.class().slots.call.get().is_some()
    }
    /// `type(obj).__call__` for classes: `__new__`, then `__init__` if the result is an instance.
    pub fn instantiate(&self, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
        let Some(new) = class.slots.new.get() else {
            return Err(self.type_error(format!(
                "cannot create '{}' instances",
                class.full_name(self)
            )));
        };
        let obj = new(self, class, args)?;
        if obj.class().is_subclass(class)
            && let Some(init) = obj.class().slots.init.get()
        {
            init(self, obj.value(), args)?;
        }
        Ok(obj)
    }
    /// Splits a bound method into function and receiver.
    pub fn as_bound(&self, f: Value) -> Option<(Value, Value)> {
        f.cast_exact::<PyMethod>()
            .map(|m| (m.func.value(), m.receiver.value()))
    }
    /// The items of a tuple argument, or TypeError.
    pub fn expect_tuple<'a>(&self, v: Value, what: &str) -> PyResult<&'a [Value]> {
        match v.cast::<PyTuple>() {
            Some(t) => Ok(t.as_slice()),
            None => Err(self.type_error(format!(
                "{what} must be a tuple, not {}",
                v.class().name_str()
            ))),
        }
    }
}
