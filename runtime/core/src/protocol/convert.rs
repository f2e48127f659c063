//! Conversions between Python numbers and machine numbers, and class tests.

use crate::object::TypeObject;
use crate::types::{IntRef, PyStr, PyTuple, new_int};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Vm {
    /// `operator.index(v)`: an int object.
    pub fn index(&self, v: Value) -> PyResult<Owned> {
        if v.as_int().is_some() {
            return Ok(if v.is_bool() {
                new_int(i64::from(v.is(Value::TRUE)))
            } else {
                v.own()
            });
        }
        let Some(f) = v.class().slots.index.get() else {
            return Err(self.type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                v.class().name_str()
            )));
        };
        let r = f(self, v)?;
        if r.is_exact_int() {
            return Ok(r);
        }
        if r.as_int().is_none() {
            return Err(self.type_error(format!(
                "__index__ returned non-int (type {})",
                r.class().name_str()
            )));
        }
        let n = r.class().name_str();
        self.warn(self.exc.DeprecationWarning, &format!("__index__ returned non-int (type {n}).  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported in a future version of Python."), 1)?;
        Ok(r)
    }
    /// An index that must fit an `i64`; IndexError otherwise.
    pub fn index_size(&self, v: Value) -> PyResult<i64> {
        if let Some(i) = v.as_small() {
            return Ok(i);
        }
        let i = self.index(v)?;
        i.as_i64().ok_or_else(|| {
            self.index_error(format!(
                "cannot fit '{}' into an index-sized integer",
                v.class().name_str()
            ))
        })
    }
    /// An integer argument that must fit an `i64`; OverflowError otherwise.
    pub fn to_i64(&self, v: Value) -> PyResult<i64> {
        if let Some(i) = v.as_small() {
            return Ok(i);
        }
        let i = self.index(v)?;
        i.as_i64()
            .ok_or_else(|| self.overflow_error("Python int too large to convert to C long"))
    }
    /// The same for a C `int`.
    pub fn to_i32(&self, v: Value) -> PyResult<i32> {
        let i = self.index(v)?;
        match i.as_i64() {
            Some(n) => i32::try_from(n).map_err(|_| {
                self.overflow_error(if n < 0 {
                    "signed integer is less than minimum"
                } else {
                    "signed integer is greater than maximum"
                })
            }),
            None => Err(self.overflow_error("Python int too large to convert to C int")),
        }
    }
    /// A size argument (`Py_ssize_t`); OverflowError if it does not fit.
    pub fn to_size(&self, v: Value) -> PyResult<isize> {
        if let Some(i) = v.as_small() {
            return Ok(i as isize);
        }
        let i = self.index(v)?;
        i.as_i64()
            .map(|i| i as isize)
            .ok_or_else(|| self.overflow_error("Python int too large to convert to C ssize_t"))
    }
    /// An index clipped to the machine's range, as slices take it.
    pub fn index_clipped(&self, v: Value) -> PyResult<isize> {
        let i = self.index(v)?;
        Ok(match i.as_int() {
            Some(IntRef::Small(i)) => i as isize,
            Some(IntRef::Big(b)) if b.is_negative() => isize::MIN,
            _ => isize::MAX,
        })
    }
    /// `float(v)` of a number argument: float, `__float__` or `__index__`.
    pub fn to_f64(&self, v: Value) -> PyResult<f64> {
        if let Some(f) = v.as_float() {
            return Ok(f);
        }
        if let Some(i) = v.as_int() {
            return i
                .to_f64()
                .ok_or_else(|| self.overflow_error("int too large to convert to float"));
        }
        let s = &v.class().slots;
        if let Some(f) = s.float.get() {
            let r = f(self, v)?;
            return match r.as_float() {
                Some(x) if r.is_exact_float() => Ok(x),
                Some(x) => {
                    let (c, got) = (v.class().name_str(), r.class().name_str());
                    self.warn(self.exc.DeprecationWarning, &format!("{c}.__float__ returned non-float (type {got}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python."), 1)?;
                    Ok(x)
                }
                None => Err(self.type_error(format!(
                    "{}.__float__ returned non-float (type {})",
                    v.class().name_str(),
                    r.class().name_str()
                ))),
            };
        }
        if s.index.get().is_some() {
            let i = self.index(v)?;
            return self.to_f64(i.value());
        }
        Err(self.type_error(format!("must be real number, not {}", v.class().name_str())))
    }
    /// `isinstance(v, class_or_tuple)`.
    pub fn isinstance(&self, v: Value, class: Value) -> PyResult<bool> {
        if let Some(c) = class.cast_exact::<TypeObject>() {
            if v.class().same(c) {
                return Ok(true);
            }
            return self.isinstance_of_class(v, c);
        }
        if v.class().as_value_of().is(class) {
            return Ok(true);
        }
        if let Some(t) = class.cast::<PyTuple>() {
            self.check_native_stack_in(" in __instancecheck__")?;
            for c in t.as_slice() {
                if self.isinstance(v, *c)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(m) = self.special(class, self.names.__instancecheck__.value())? {
            let r = self.call(m.value(), &[v])?;
            return self.truthy(r.value());
        }
        self.isinstance_default(v, class)
    }
    fn isinstance_of_class(&self, v: Value, c: &TypeObject) -> PyResult<bool> {
        if v.class().is_subclass(c) {
            return Ok(true);
        }
        if v.class().has_flag(crate::object::type_flags::PLAIN_GETATTR)
            && v.class()
                .lookup(self, self.names.__class__.value())
                .is_some_and(|d| d.isa::<crate::object::PyGetSet>())
        {
            return Ok(false);
        }
        match self.getattr_opt(v, self.names.__class__.value())? {
            Some(k) if !k.value().is(v.class().as_value_of()) => {
                Ok(k.cast::<TypeObject>().is_some_and(|k| k.is_subclass(c)))
            }
            _ => Ok(false),
        }
    }
    /// `type.__instancecheck__`.
    pub fn isinstance_default(&self, v: Value, class: Value) -> PyResult<bool> {
        if let Some(c) = class.cast::<TypeObject>() {
            return self.isinstance_of_class(v, c);
        }
        self.check_class_arg(
            class,
            "isinstance() arg 2 must be a type, a tuple of types, or a union",
        )?;
        match self.getattr_opt(v, self.names.__class__.value())? {
            Some(k) => self.abstract_subclass(k.value(), class),
            None => Ok(false),
        }
    }
    /// `issubclass(c, class_or_tuple)`.
    pub fn issubclass(&self, c: Value, class: Value) -> PyResult<bool> {
        if class.is_exact::<TypeObject>() {
            if c.is(class) {
                return Ok(true);
            }
            return self.issubclass_default(c, class);
        }
        if let Some(t) = class.cast::<PyTuple>() {
            self.check_native_stack_in(" in __subclasscheck__")?;
            for k in t.as_slice() {
                if self.issubclass(c, *k)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(m) = self.special(class, self.names.__subclasscheck__.value())? {
            self.check_native_stack_in(" in __subclasscheck__")?;
            let r = self.call(m.value(), &[c])?;
            return self.truthy(r.value());
        }
        self.issubclass_default(c, class)
    }
    /// `type.__subclasscheck__`.
    pub fn issubclass_default(&self, c: Value, class: Value) -> PyResult<bool> {
        if let (Some(a), Some(b)) = (c.cast::<TypeObject>(), class.cast::<TypeObject>()) {
            return Ok(a.is_subclass(b));
        }
        self.check_class_arg(c, "issubclass() arg 1 must be a class")?;
        self.check_class_arg(
            class,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )?;
        self.abstract_subclass(c, class)
    }
    fn check_class_arg(&self, c: Value, msg: &str) -> PyResult<()> {
        if c.isa::<TypeObject>() {
            return Ok(());
        }
        match self.getattr_opt(c, self.names.__bases__.value())? {
            Some(b) if b.isa::<PyTuple>() => Ok(()),
            _ => Err(self.type_error(msg)),
        }
    }
    fn abstract_subclass(&self, c: Value, class: Value) -> PyResult<bool> {
        self.check_native_stack_in(" in __subclasscheck__")?;
        if c.is(class) {
            return Ok(true);
        }
        let Some(bases) = self.getattr_opt(c, self.names.__bases__.value())? else {
            return Ok(false);
        };
        for b in self.tuple_items(bases.value()) {
            if self.abstract_subclass(*b, class)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
    /// A filesystem path argument: str, bytes or `__fspath__`; the str or bytes object.
    pub fn fspath(&self, v: Value) -> PyResult<Owned> {
        if v.isa::<PyStr>() || v.isa::<crate::types::PyBytes>() {
            return Ok(v.own());
        }
        let Some(m) = self.special(v, self.names.__fspath__.value())? else {
            return Err(self.type_error(format!(
                "expected str, bytes or os.PathLike object, not {}",
                v.class().name_str()
            )));
        };
        let r = self.call(m.value(), &[])?;
        if r.isa::<PyStr>() || r.isa::<crate::types::PyBytes>() {
            return Ok(r);
        }
        let (c, got) = (v.class().name_str(), r.class().name_str());
        Err(self.type_error(format!(
            "expected {c}.__fspath__() to return str or bytes, not {got}"
        )))
    }
}
