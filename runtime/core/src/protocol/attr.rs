//! Attribute access.

use crate::object::{GetSetDef, TypeObject, generic_getattr, generic_getattr_opt, type_flags};
use crate::types::{PyStr, intern, text_of};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

impl Vm {
    /// `obj.name`; the name is a string, interned for speed.
    #[inline]
    pub fn getattr(&self, obj: Value, name: Value) -> PyResult<Owned> {
        match obj.class().slots.getattr.get() {
            Some(f) => f(self, obj, name),
            None => generic_getattr(self, obj, name),
        }
    }
    pub fn getattr_str(&self, obj: Value, name: &str) -> PyResult<Owned> {
        self.getattr(obj, intern(name).value())
    }
    /// `None` where `getattr` raises AttributeError.
    pub fn getattr_opt(&self, obj: Value, name: Value) -> PyResult<Option<Owned>> {
        let class = obj.class();
        if class.has_flag(type_flags::PLAIN_GETATTR) {
            return match generic_getattr_opt(self, obj, name) {
                Err(e) if e.is_instance(self.exc.AttributeError) => Ok(None),
                other => other,
            };
        }
        match self.getattr(obj, name) {
            Ok(v) => Ok(Some(v)),
            Err(e) if e.is_instance(self.exc.AttributeError) => Ok(None),
            Err(e) => Err(e),
        }
    }
    pub fn getattr_opt_str(&self, obj: Value, name: &str) -> PyResult<Option<Owned>> {
        self.getattr_opt(obj, intern(name).value())
    }
    pub fn setattr(&self, obj: Value, name: Value, value: Value) -> PyResult<()> {
        match obj.class().slots.setattr.get() {
            Some(f) => f(self, obj, name, value),
            None => crate::object::generic_setattr(self, obj, name, value),
        }
    }
    pub fn setattr_str(&self, obj: Value, name: &str, value: Value) -> PyResult<()> {
        self.setattr(obj, intern(name).value(), value)
    }
    pub fn delattr(&self, obj: Value, name: Value) -> PyResult<()> {
        self.setattr(obj, name, Value::NULL)
    }
    /// The attribute name of `getattr(x, name)` and friends, checked.
    pub fn attr_name(&self, name: Value) -> PyResult<Owned> {
        if !name.isa::<PyStr>() {
            return Err(self.type_error(format!(
                "attribute name must be string, not '{}'",
                name.class().name_str()
            )));
        }
        Ok(crate::types::intern_value(name))
    }
    /// A special method looked up on the class, bound to the object.
    pub fn special(&self, obj: Value, name: Value) -> PyResult<Option<Owned>> {
        let class = obj.class();
        let Some(f) = class.lookup(self, name) else {
            return Ok(None);
        };
        let f = f.own();
        match f.class().slots.get.get() {
            Some(get) => get(self, f.value(), obj, class.as_value_of()).map(Some),
            None => Ok(Some(f)),
        }
    }
    /// The getter half of a native attribute.
    pub fn getset_get(
        &self,
        def: &'static GetSetDef,
        class: &TypeObject,
        obj: Value,
    ) -> PyResult<Owned> {
        match def.get {
            Some(f) => f(self, obj),
            None => Err(self.attribute_error(
                obj,
                intern(def.name).value(),
                format!(
                    "attribute '{}' of '{}' objects is not readable",
                    def.name,
                    class.name_str()
                ),
            )),
        }
    }
    /// The text of a string argument, or TypeError.
    pub fn expect_str<'a>(&self, v: Value, what: &str) -> PyResult<&'a PyStr> {
        v.cast::<PyStr>().ok_or_else(|| {
            self.type_error(format!("{what} must be str, not {}", v.class().name_str()))
        })
    }
    /// The Rust text of a string argument; TypeError for another class, UnicodeEncodeError for lone surrogates.
    pub fn expect_text(&self, v: Value, what: &str) -> PyResult<String> {
        let s = self.expect_str(v, what)?;
        match s.to_utf8() {
            Some(t) => Ok(t),
            None => Err(self.error(
                self.exc.UnicodeError,
                format!(
                    "'utf-8' codec can't encode surrogates in {}",
                    text_of(v).escape_debug()
                ),
            )),
        }
    }
}
