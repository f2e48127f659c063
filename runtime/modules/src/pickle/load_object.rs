//! Reading of globals and instances.

use super::load::Loader;
use super::{Shared, dotted, shared, unpickling_error};
use pyjit_core::object::PyGetSet;
use pyjit_core::prelude::*;

impl Loader {
    /// REDUCE: calls a function with a tuple of arguments.
    pub fn reduce(&mut self, vm: &Vm) -> PyResult<()> {
        let args = self.pop(vm)?;
        let func = self.pop(vm)?;
        let Some(t) = args.cast::<PyTuple>() else {
            return Err(vm.type_error("argument list must be a tuple"));
        };
        let v = vm.call(func.value(), t.as_slice())?;
        self.stack.push(v);
        Ok(())
    }
    /// NEWOBJ: `cls.__new__(cls, *args)`.
    pub fn new_object(&mut self, vm: &Vm) -> PyResult<()> {
        let args = self.pop(vm)?;
        let class = self.pop(vm)?;
        self.make(vm, class.value(), args.value(), None, "NEWOBJ")
    }
    /// NEWOBJ_EX: `cls.__new__(cls, *args, **kwargs)`.
    pub fn new_object_ex(&mut self, vm: &Vm) -> PyResult<()> {
        let kwargs = self.pop(vm)?;
        let args = self.pop(vm)?;
        let class = self.pop(vm)?;
        self.make(vm, class.value(), args.value(), Some(kwargs.value()), "NEWOBJ_EX")
    }
    fn make(&mut self, vm: &Vm, class: Value, args: Value, kwargs: Option<Value>, op: &str) -> PyResult<()> {
        let wrong = |what: &str, want: &str, got: Value| {
            let name = got.class().name_str();
            unpickling_error(vm, format!("{op} {what} argument must be a {want}, not {name}"))
        };
        let Some(c) = class.cast::<TypeObject>() else {
            return Err(wrong("class", "type", class));
        };
        if !args.isa::<PyTuple>() {
            return Err(wrong("args", "tuple", args));
        }
        let keywords = match kwargs {
            None => None,
            Some(k) => match k.cast::<PyDict>() {
                Some(d) => Some(d),
                None => return Err(wrong("kwargs", "dict", k)),
            },
        };
        let Some(new) = c.slots.new.get() else {
            let name = c.name_str();
            return Err(unpickling_error(vm, format!("{op} class argument '{name}' doesn't have __new__")));
        };
        // The class is alive as long as this frame's references.
        let keep = class.own();
        let Some(c) = Value::from_bits(keep.value().bits()).cast::<TypeObject>() else {
            return Err(wrong("class", "type", class));
        };
        let items = vm.tuple_items(args);
        let v = match keywords {
            Some(d) if !d.is_empty() => {
                let new = vm.getattr(class, vm.names.__new__.value())?;
                let mut all = vec![class];
                all.extend_from_slice(items);
                vm.call_ex(new.value(), &all, Some(d))?
            }
            _ => new(vm, c, Args::positional(items))?,
        };
        self.stack.push(v);
        Ok(())
    }
    fn instantiate(&mut self, vm: &Vm, class: Value, args: &[Owned]) -> PyResult<()> {
        let plain = args.is_empty()
            && class.isa::<TypeObject>()
            && vm.getattr_opt_str(class, "__getinitargs__")?.is_none();
        let v = if plain {
            let new = vm.getattr(class, vm.names.__new__.value())?;
            vm.call(new.value(), &[class])?
        } else {
            let values: Vec<Value> = args.iter().map(|v| v.value()).collect();
            vm.call(class, &values)?
        };
        self.stack.push(v);
        Ok(())
    }
    /// OBJ: a class and its arguments after a MARK.
    pub fn instance(&mut self, vm: &Vm) -> PyResult<()> {
        let items = self.pop_mark(vm)?;
        match items.split_first() {
            Some((class, args)) => self.instantiate(vm, class.value(), args),
            None => Err(self.underflow(vm)),
        }
    }
    /// INST: the class by name, its arguments after a MARK.
    pub fn named_instance(&mut self, vm: &Vm) -> PyResult<()> {
        let module = self.input.line(vm)?;
        let name = self.input.line(vm)?;
        if module.is_empty() || name.is_empty() {
            return Err(super::input::truncated(vm));
        }
        let class = self.find(vm, &ascii(vm, &module)?, &ascii(vm, &name)?)?;
        let args = self.pop_mark(vm)?;
        self.instantiate(vm, class.value(), &args)
    }
    /// GLOBAL: module and name in two lines.
    pub fn global(&mut self, vm: &Vm) -> PyResult<()> {
        let module = self.input.line(vm)?;
        let name = self.input.line(vm)?;
        if module.is_empty() || name.is_empty() {
            return Err(super::input::truncated(vm));
        }
        let v = self.find(vm, &utf8(vm, &module)?, &utf8(vm, &name)?)?;
        self.stack.push(v);
        Ok(())
    }
    /// STACK_GLOBAL: module and name on the stack.
    pub fn stack_global(&mut self, vm: &Vm) -> PyResult<()> {
        let name = self.pop(vm)?;
        let module = self.pop(vm)?;
        if !name.value().is_exact::<PyStr>() || !module.value().is_exact::<PyStr>() {
            return Err(unpickling_error(vm, "STACK_GLOBAL requires str"));
        }
        let v = self.find_value(vm, module.value(), name.value())?;
        self.stack.push(v);
        Ok(())
    }
    fn find(&mut self, vm: &Vm, module: &str, name: &str) -> PyResult<Owned> {
        let (m, n) = (PyStr::from_str(module), PyStr::from_str(name));
        self.find_value(vm, m.value(), n.value())
    }
    fn find_value(&mut self, vm: &Vm, module: Value, name: Value) -> PyResult<Owned> {
        match self.owner.non_null() {
            Some(o) => vm.call_method_str(o, "find_class", &[module, name]),
            None => find_class(vm, self.proto, self.fix_imports, module, name),
        }
    }
    /// EXT1, EXT2, EXT4: a global that `copyreg` has numbered.
    pub fn extension(&mut self, vm: &Vm, code: i64) -> PyResult<()> {
        let key = new_int(code);
        let cache = shared(vm, Shared::Cache)?;
        let cache = cache.cast::<PyDict>().ok_or_else(|| vm.runtime_error("copyreg has no cache"))?;
        if let Some(v) = cache.get(vm, key.value())? {
            self.stack.push(v);
            return Ok(());
        }
        let inverted = shared(vm, Shared::Inverted)?;
        let pair = match inverted.cast::<PyDict>() {
            Some(d) => d.get(vm, key.value())?,
            None => None,
        };
        let Some(pair) = pair else {
            return Err(if code <= 0 {
                unpickling_error(vm, "EXT specifies code <= 0")
            } else {
                vm.value_error(format!("unregistered extension code {code}"))
            });
        };
        let Some(&[module, name]) = pair.cast::<PyTuple>().map(|t| t.as_slice()) else {
            let msg = format!("_inverted_registry[{code}] isn't a 2-tuple of strings");
            return Err(vm.value_error(msg));
        };
        let v = self.find_value(vm, module, name)?;
        cache.set(vm, key.value(), v.clone())?;
        self.stack.push(v);
        Ok(())
    }
    /// BUILD: gives an object its state.
    pub fn build(&mut self, vm: &Vm) -> PyResult<()> {
        let state = self.pop(vm)?;
        let inst = self.top(vm)?.own();
        if let Some(f) = vm.getattr_opt(inst.value(), vm.names.__setstate__.value())? {
            return vm.call(f.value(), &[state.value()]).map(drop);
        }
        let (state, slots) = match state.cast::<PyTuple>().map(|t| t.as_slice()) {
            Some(&[s, slots]) => (s.own(), slots.own()),
            _ => (state, Owned::NONE),
        };
        if !state.is_none() {
            let Some(d) = state.cast::<PyDict>() else {
                return Err(unpickling_error(vm, "state is not a dictionary"));
            };
            fill_dict(vm, inst.value(), d)?;
        }
        if !slots.is_none() {
            let Some(d) = slots.cast::<PyDict>() else {
                return Err(unpickling_error(vm, "slot state is not a dictionary"));
            };
            for (k, v) in d.items() {
                let name = vm.attr_name(k.value())?;
                vm.setattr(inst.value(), name.value(), v.value())?;
            }
        }
        Ok(())
    }
}

/// `inst.__dict__.update(state)`; without making the dictionary where attributes stand in the object.
fn fill_dict(vm: &Vm, inst: Value, state: &PyDict) -> PyResult<()> {
    let name = vm.names.__dict__.value();
    let class = inst.class();
    let inline = inst.is_heap()
        && class.dict_back != 0
        && class.has_flag(type_flags::PLAIN_GETATTR)
        && class.lookup(vm, name).is_some_and(|d| d.isa::<PyGetSet>());
    if inline && state.has_only_str_keys() {
        let mut at = 0;
        while let Some((next, k, v)) = state.entry_from(at) {
            at = next + 1;
            inst.header().set_own_attr(vm, intern_value(k.value()).value(), v)?;
        }
        return Ok(());
    }
    let dict = vm.getattr(inst, name)?;
    for (k, v) in state.items() {
        vm.setitem(dict.value(), intern_value(k.value()).value(), v.value())?;
    }
    Ok(())
}

fn utf8(vm: &Vm, line: &[u8]) -> PyResult<String> {
    match std::str::from_utf8(line) {
        Ok(s) => Ok(s.to_owned()),
        Err(_) => decoded(vm, line, "utf-8"),
    }
}
fn ascii(vm: &Vm, line: &[u8]) -> PyResult<String> {
    if line.is_ascii() { utf8(vm, line) } else { decoded(vm, line, "ascii") }
}
/// Raises the error of the codec.
fn decoded(vm: &Vm, line: &[u8], encoding: &str) -> PyResult<String> {
    let b = PyBytes::new(line);
    let s = vm.call_method_str(b.value(), "decode", &[intern(encoding).value()])?;
    Ok(text_of(s.value()))
}

/// `Unpickler.find_class`.
pub fn find_class(vm: &Vm, proto: u8, fix_imports: bool, module: Value, name: Value) -> PyResult<Owned> {
    if vm.module_state.get().contains_key("sys audit hooks")
        && let Some(audit) = vm.sys_get("audit")
    {
        vm.call(audit.value(), &[intern("pickle.find_class").value(), module, name])?;
    }
    let (mut module, mut name) = (module.own(), name.own());
    if proto < 3 && fix_imports {
        let names = shared(vm, Shared::Names)?;
        let key = PyTuple::pair(module.clone(), name.clone());
        let renamed = match names.cast::<PyDict>() {
            Some(d) => d.get(vm, key.value())?,
            None => None,
        };
        let strange = |what: &str| {
            vm.runtime_error(format!("_compat_pickle.{what} values should be strings or pairs of strings"))
        };
        if let Some(pair) = renamed {
            let Some(&[m, n]) = pair.cast::<PyTuple>().map(|t| t.as_slice()) else {
                return Err(strange("NAME_MAPPING"));
            };
            (module, name) = (m.own(), n.own());
        } else {
            let imports = shared(vm, Shared::Imports)?;
            if let Some(d) = imports.cast::<PyDict>()
                && let Some(m) = d.get(vm, module.value())?
            {
                module = m;
            }
        }
    }
    if !module.isa::<PyStr>() || !name.isa::<PyStr>() {
        return Err(vm.type_error("module and name must be strings"));
    }
    let loaded = vm.import(&text_of(module.value()))?;
    let text = text_of(name.value());
    if proto >= 4 && text.contains('.') {
        return match dotted(vm, loaded.value(), &text) {
            Err(e) if e.is_instance(vm.exc.AttributeError) => {
                let (n, m) = (vm.repr_text(name.value())?, vm.repr_text(module.value())?);
                let new = vm.error(vm.exc.AttributeError, format!("Can't resolve path {n} on module {m}"));
                new.payload().context.set(e.into_owned());
                Err(new)
            }
            other => other,
        };
    }
    vm.getattr(loaded.value(), intern_value(name.value()).value())
}
