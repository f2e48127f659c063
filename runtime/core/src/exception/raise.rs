//! Raising from native code: the error half of every `PyResult`, and constructors for the common classes.

use super::*;
use crate::object::{Payload, TypeObject};
use crate::types::{PyStr, PyTuple, new_int, text_of};
use crate::value::{Owned, Value};
use crate::vm::Vm;

/// An exception on its way: the instance, owned.
#[must_use = "a raised exception must be returned or handled"]
pub struct Raised(Owned);

impl std::fmt::Debug for Raised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raised({})", self.0.class().name_str())
    }
}

impl Raised {
    /// From an exception instance.
    pub fn new(exception: Owned) -> Raised {
        Raised(exception)
    }
    pub fn value(&self) -> Value {
        self.0.value()
    }
    pub fn into_owned(self) -> Owned {
        self.0
    }
    pub fn is_instance(&self, class: &TypeObject) -> bool {
        self.0.class().is_subclass(class)
    }
    pub fn payload<'a>(&self) -> &'a PyBaseException {
        // SAFETY: only exception instances are ever raised (`Vm::make_exception` checks).
        unsafe { self.0.value().payload_unchecked::<PyBaseException>() }
    }
}

impl Vm {
    /// An exception of a class with one message argument.
    pub fn error(&self, class: &'static TypeObject, msg: impl AsRef<str>) -> Raised {
        self.error_with(class, vec![PyStr::from_str(msg.as_ref())])
    }
    /// An exception made by calling the class with these arguments.
    pub fn error_with(&self, class: &'static TypeObject, args: Vec<Owned>) -> Raised {
        let values: Vec<Value> = args.iter().map(|a| a.value()).collect();
        match self.call(class.as_value(), &values) {
            Ok(e) if e.isa::<PyBaseException>() => Raised(e),
            Ok(_) => self.plain_error(self.exc.TypeError, args),
            Err(e) => e,
        }
    }
    /// An exception instance without running `__init__`: for classes without fields of their own.
    fn plain_error(&self, class: &'static TypeObject, args: Vec<Owned>) -> Raised {
        Raised(crate::object::new_object(
            class,
            PyBaseException::with_args(PyTuple::new(args)),
        ))
    }
    fn simple(&self, class: &'static TypeObject, msg: &str) -> Raised {
        self.plain_error(class, vec![PyStr::from_str(msg)])
    }
    pub fn type_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.TypeError, msg.as_ref())
    }
    pub fn value_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.ValueError, msg.as_ref())
    }
    pub fn index_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.IndexError, msg.as_ref())
    }
    pub fn runtime_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.RuntimeError, msg.as_ref())
    }
    pub fn overflow_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.OverflowError, msg.as_ref())
    }
    pub fn zero_division(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.ZeroDivisionError, msg.as_ref())
    }
    pub fn system_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.SystemError, msg.as_ref())
    }
    pub fn memory_error(&self) -> Raised {
        self.plain_error(self.exc.MemoryError, vec![])
    }
    pub fn recursion_error(&self, doing: &str) -> Raised {
        self.simple(
            self.exc.RecursionError,
            &format!("maximum recursion depth exceeded{doing}"),
        )
    }
    pub fn buffer_error(&self, msg: impl AsRef<str>) -> Raised {
        self.simple(self.exc.BufferError, msg.as_ref())
    }
    /// `KeyError(key)`.
    pub fn key_error(&self, key: Value) -> Raised {
        self.plain_error(self.exc.KeyError, vec![key.own()])
    }
    /// `StopIteration(value)`; NULL is no argument.
    pub fn stop_iteration(&self, value: Value) -> Raised {
        let args = if value.is_null() {
            PyTuple::empty()
        } else {
            PyTuple::new(vec![value.own()])
        };
        let e = PyStopIteration {
            base: PyBaseException::with_args(args),
            value: crate::object::MutCell::new(value.non_null().unwrap_or(Value::NONE).own()),
        };
        Raised(crate::object::new_object(self.exc.StopIteration, e))
    }
    pub fn name_error(&self, class: &'static TypeObject, msg: String, name: Value) -> Raised {
        let e = PyNameError {
            base: PyBaseException::with_args(PyTuple::new(vec![PyStr::from_str(&msg)])),
            name: crate::object::MutCell::new(name.own()),
        };
        Raised(crate::object::new_object(class, e))
    }
    pub fn attribute_error(&self, obj: Value, name: Value, msg: String) -> Raised {
        let e = PyAttributeError {
            base: PyBaseException::with_args(PyTuple::new(vec![PyStr::from_str(&msg)])),
            obj: crate::object::MutCell::new(obj.own()),
            name: crate::object::MutCell::new(name.own()),
        };
        Raised(crate::object::new_object(self.exc.AttributeError, e))
    }
    /// `'X' object has no attribute 'n'`.
    pub fn no_attribute(&self, obj: Value, name: Value) -> Raised {
        let n = text_of(name);
        let msg = match obj.cast::<TypeObject>() {
            Some(c) => format!("type object '{}' has no attribute '{n}'", c.name_str()),
            None => format!("'{}' object has no attribute '{n}'", obj.class().name_str()),
        };
        self.attribute_error(obj, name, msg)
    }
    pub fn import_error(&self, class: &'static TypeObject, msg: String, name: Value) -> Raised {
        let r = self.error(class, &msg);
        if let Some(e) = r.value().cast::<PyImportError>() {
            e.name.set(name.own());
        }
        r
    }
    /// An OSError of the subclass that belongs to `errno`, with optional file names.
    pub fn os_error(
        &self,
        errno: i32,
        filename: Option<Value>,
        filename2: Option<Value>,
    ) -> Raised {
        let mut args = vec![new_int(errno as i64), PyStr::from_str(&errno_text(errno))];
        if let Some(f) = filename {
            args.push(f.own());
            if let Some(f2) = filename2 {
                args.push(Owned::NONE);
                args.push(f2.own());
            }
        }
        self.error_with(self.exc.OSError, args)
    }
    /// The error of a failed std I/O call.
    pub fn io_error(&self, e: &std::io::Error, filename: Option<Value>) -> Raised {
        match e.raw_os_error() {
            Some(n) => self.os_error(n, filename, None),
            None => self.error(self.exc.OSError, e.to_string()),
        }
    }
    /// What `raise x` raises: instantiates classes; TypeError for anything else.
    pub fn make_exception(&self, v: Value) -> Result<Raised, Raised> {
        if let Some(c) = v.cast::<TypeObject>() {
            if c.has_flag(crate::object::type_flags::BASE_EXC_SUBCLASS) {
                let e = self.call(v, &[])?;
                if !e.isa::<PyBaseException>() {
                    let (c, got) = (self.repr_text(v)?, self.repr_text(e.class().as_value())?);
                    return Err(self.type_error(format!(
                        "calling {c} should have returned an instance of BaseException, not {got}"
                    )));
                }
                return Ok(Raised(e));
            }
        } else if v.isa::<PyBaseException>() {
            return Ok(Raised(v.own()));
        }
        Err(self.type_error("exceptions must derive from BaseException"))
    }
}

/// The C library's text for an error number.
pub fn errno_text(errno: i32) -> String {
    // SAFETY: strerror returns a C string for every number; we copy it at once.
    unsafe {
        std::ffi::CStr::from_ptr(libc::strerror(errno))
            .to_string_lossy()
            .into_owned()
    }
}
