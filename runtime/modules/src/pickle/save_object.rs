//! Writing of everything else: functions and classes by name, and objects by what they reduce to.

use super::opcodes::*;
use super::output::Saver;
use super::{Shared, dotted, noted, pickling_error, shared};
use pyjit_core::prelude::*;

impl Saver {
    /// Writes an object of a class without opcodes of its own.
    pub fn save_other(&self, vm: &Vm, v: Value) -> PyResult<()> {
        let mut reduced = Owned::immediate(Value::NOT_IMPLEMENTED);
        let overriding = self.reducer_override.own();
        if let Some(f) = overriding.non_null() {
            reduced = vm.call(f, &[v])?;
        }
        if reduced.is_not_implemented() {
            let class = v.class();
            if class.same(TypeObject::class()) {
                return self.save_type(vm, v);
            }
            if v.is_exact::<PyFunction>() {
                return self.save_global(vm, v, None);
            }
            let special = self.dispatched(vm, class)?;
            reduced = match special {
                Some(f) => vm.call(f.value(), &[v])?,
                None if class.is_subclass(TypeObject::class()) => return self.save_global(vm, v, None),
                None => self.reduce(vm, v)?,
            };
        }
        if reduced.isa::<PyStr>() {
            return self.save_global(vm, v, Some(reduced));
        }
        self.contained(vm, v, || {
            noted(vm, self.save_reduce(vm, reduced.value(), Some(v)), || {
                format!("when serializing {} object", v.class().full_name(vm))
            })
        })
    }
    /// The function that a dispatch table has for a class.
    fn dispatched(&self, vm: &Vm, class: &TypeObject) -> PyResult<Option<Owned>> {
        let own = self.dispatch_table.own();
        let Some(table) = own.non_null() else {
            let table = shared(vm, Shared::DispatchTable)?;
            return match table.cast::<PyDict>() {
                Some(d) => d.get(vm, class.as_value()),
                None => Ok(None),
            };
        };
        match vm.getitem(table, class.as_value()) {
            Ok(f) => Ok(Some(f)),
            Err(e) if e.is_instance(vm.exc.LookupError) => Ok(None),
            Err(e) => Err(e),
        }
    }
    fn reduce(&self, vm: &Vm, v: Value) -> PyResult<Owned> {
        if let Some(f) = vm.getattr_opt(v, vm.names.__reduce_ex__.value())? {
            return vm.call(f.value(), &[new_int(self.proto.get()).value()]);
        }
        match vm.getattr_opt(v, vm.names.__reduce__.value())? {
            Some(f) => vm.call(f.value(), &[]),
            None => Err(pickling_error(
                vm,
                format!("can't pickle '{}' object: {}", v.class().name_str(), vm.repr_text(v)?),
            )),
        }
    }
    /// The classes of the singletons are written as `type(None)` and so on.
    fn save_type(&self, vm: &Vm, v: Value) -> PyResult<()> {
        for single in [Value::NONE, Value::ELLIPSIS, Value::NOT_IMPLEMENTED] {
            if single.class().as_value().is(v) {
                let args = PyTuple::new(vec![single.own()]);
                let made = PyTuple::pair(TypeObject::class().as_owned(), args);
                return self.save_reduce(vm, made.value(), Some(v));
            }
        }
        self.save_global(vm, v, None)
    }
    /// Writes an object by module and name.
    pub fn save_global(&self, vm: &Vm, v: Value, name: Option<Owned>) -> PyResult<()> {
        let name = match name {
            Some(n) => n,
            None => match vm.getattr_opt(v, vm.names.__qualname__.value())? {
                Some(n) => n,
                None => vm.getattr(v, vm.names.__name__.value())?,
            },
        };
        let Some(text) = name.cast::<PyStr>().map(|s| s.to_lossy()) else {
            return Err(pickling_error(vm, format!("name of {} is not a string", vm.repr_text(v)?)));
        };
        let module = which_module(vm, v, &name, &text)?;
        let proto = self.proto.get();
        if proto >= 2 {
            let key = PyTuple::pair(module.clone(), name.clone());
            let registry = shared(vm, Shared::Registry)?;
            let code = match registry.cast::<PyDict>() {
                Some(d) => d.get(vm, key.value())?,
                None => None,
            };
            if let Some(code) = code {
                return self.put_extension(vm, v, code.value());
            }
        }
        if proto >= 4 {
            self.save(vm, module.value())?;
            self.save(vm, name.value())?;
            self.put(&[STACK_GLOBAL]);
        } else {
            // Older protocols reach inner names by calls of getattr.
            let mut parts = text.split('.');
            let first = parts.next().unwrap_or_default();
            let inner: Vec<&str> = parts.collect();
            let getattr = shared(vm, Shared::Getattr)?;
            for _ in &inner {
                self.save(vm, getattr.value())?;
                if proto < 2 {
                    self.put(&[MARK]);
                }
            }
            let first = if inner.is_empty() { name.clone() } else { PyStr::from_str(first) };
            self.put_global(vm, module.clone(), first)?;
            for part in inner {
                let part = PyStr::from_str(part);
                self.save(vm, part.value())?;
                self.put(&[if proto < 2 { TUPLE } else { TUPLE2 }, REDUCE]);
            }
        }
        self.memoize(v);
        Ok(())
    }
    fn put_extension(&self, vm: &Vm, v: Value, code: Value) -> PyResult<()> {
        let n = match code.as_i64() {
            Some(n) if (1..=0x7fff_ffff).contains(&n) => n,
            Some(n) => {
                let shown = vm.repr_text(v)?;
                return Err(vm.runtime_error(format!(
                    "Can't pickle {shown}: extension code {n} is out of range"
                )));
            }
            None => {
                let (shown, code) = (vm.repr_text(v)?, vm.repr_text(code)?);
                let msg = format!("Can't pickle {shown}: extension code {code} isn't an integer");
                return Err(pickling_error(vm, msg));
            }
        };
        let b = (n as u32).to_le_bytes();
        match n {
            ..=0xff => self.put(&[EXT1, b[0]]),
            0x100..=0xffff => self.put(&[EXT2, b[0], b[1]]),
            _ => self.put_with(EXT4, &b),
        }
        Ok(())
    }
    fn put_global(&self, vm: &Vm, module: Owned, name: Owned) -> PyResult<()> {
        let (mut module, mut name) = (module, name);
        if self.fix_imports.get() {
            (module, name) = older_names(vm, module, name)?;
        }
        let proto = self.proto.get();
        let encoding = intern(if proto < 3 { "ascii" } else { "utf-8" });
        let encoded = |v: &Owned, what: &str| match vm.call_method_str(v.value(), "encode", &[encoding.value()]) {
            Err(e) if e.is_instance(vm.exc.UnicodeEncodeError) => {
                let shown = vm.repr_text(v.value())?;
                let msg = format!("can't pickle {what} identifier {shown} using pickle protocol {proto}");
                Err(from(vm, e, msg))
            }
            other => other.and_then(|b| vm.bytes_of(b.value())),
        };
        let module = encoded(&module, "module")?;
        let name = encoded(&name, "global")?;
        self.put(&[b"c", &module[..], b"\n", &name[..], b"\n"].concat());
        Ok(())
    }
    /// Writes what `__reduce__` returned. Without an object the result is not put in the memo.
    pub fn save_reduce(&self, vm: &Vm, reduced: Value, obj: Option<Value>) -> PyResult<()> {
        let full = |v: Value| v.class().full_name(vm);
        let error = |msg: String| Err(pickling_error(vm, msg));
        let Some(t) = reduced.cast::<PyTuple>() else {
            return error(format!("__reduce__ must return a string or tuple, not {}", full(reduced)));
        };
        if !(2..=6).contains(&t.len()) {
            return error("tuple returned by __reduce__ must contain 2 through 6 elements".to_owned());
        }
        let part = |i: usize| t.get(i).filter(|v| !v.is_none());
        let (func, args) = (t.as_slice()[0], t.as_slice()[1]);
        if !vm.is_callable(func) {
            return error(format!(
                "first item of the tuple returned by __reduce__ must be callable, not {}",
                full(func)
            ));
        }
        let Some(items) = args.cast::<PyTuple>().map(|a| a.as_slice()) else {
            return error(format!(
                "second item of the tuple returned by __reduce__ must be a tuple, not {}",
                full(args)
            ));
        };
        for (i, word) in [(3, "fourth"), (4, "fifth")] {
            if let Some(v) = part(i)
                && v.class().slots.next.get().is_none()
            {
                return error(format!(
                    "{word} item of the tuple returned by __reduce__ must be an iterator, not {}",
                    full(v)
                ));
            }
        }
        if let Some(v) = part(5)
            && !vm.is_callable(v)
        {
            return error(format!(
                "sixth item of the tuple returned by __reduce__ must be callable, not {}",
                full(v)
            ));
        }
        let note = |r: PyResult<()>, what: &str| match obj {
            Some(o) => noted(vm, r, || format!("when serializing {} {what}", o.class().full_name(vm))),
            None => r,
        };
        let name = if self.proto.get() >= 2 {
            match vm.getattr_opt(func, vm.names.__name__.value())? {
                Some(n) => text_of(n.value()),
                None => String::new(),
            }
        } else {
            String::new()
        };
        match name.as_str() {
            "__newobj_ex__" => self.put_newobj_ex(vm, items, obj, &note)?,
            "__newobj__" => self.put_newobj(vm, items, obj, &note)?,
            _ => {
                note(self.save(vm, func), "reconstructor")?;
                note(self.save(vm, args), "reconstructor arguments")?;
                self.put(&[REDUCE]);
            }
        }
        if let Some(o) = obj {
            // An object that contains itself was written by its parts: theirs is the one to use.
            match self.number_of(o) {
                Some(n) => {
                    self.put(&[POP]);
                    self.put_get(n);
                }
                None => self.memoize(o),
            }
        }
        let owner = obj.unwrap_or(Value::NONE);
        if let Some(it) = part(3) {
            self.save_items(vm, it, owner)?;
        }
        if let Some(it) = part(4) {
            self.save_pairs(vm, it, owner)?;
        }
        let Some(state) = part(2) else { return Ok(()) };
        match (part(5), obj) {
            (Some(setter), Some(o)) => {
                note(self.save(vm, setter), "state setter")?;
                self.save(vm, o)?;
                note(self.save(vm, state), "state")?;
                self.put(&[TUPLE2, REDUCE, POP]);
            }
            _ => {
                note(self.save(vm, state), "state")?;
                self.put(&[BUILD]);
            }
        }
        Ok(())
    }
    fn put_newobj_ex(
        &self,
        vm: &Vm,
        items: &[Value],
        obj: Option<Value>,
        note: &dyn Fn(PyResult<()>, &str) -> PyResult<()>,
    ) -> PyResult<()> {
        let &[class, args, kwargs] = items else {
            let msg = format!("__newobj_ex__ expected 3 arguments, got {}", items.len());
            return Err(pickling_error(vm, msg));
        };
        let error = |msg: String| Err(pickling_error(vm, msg));
        if !class.isa::<TypeObject>() {
            return error(format!(
                "first argument to __newobj_ex__() must be a class, not {}",
                class.class().full_name(vm)
            ));
        }
        if !args.isa::<PyTuple>() {
            return error(format!(
                "second argument to __newobj_ex__() must be a tuple, not {}",
                args.class().full_name(vm)
            ));
        }
        if !kwargs.isa::<PyDict>() {
            return error(format!(
                "third argument to __newobj_ex__() must be a dict, not {}",
                kwargs.class().full_name(vm)
            ));
        }
        check_class(vm, class, obj, "__newobj_ex__")?;
        if self.proto.get() >= 4 {
            note(self.save(vm, class), "class")?;
            note(self.save(vm, args), "__new__ arguments")?;
            note(self.save(vm, kwargs), "__new__ arguments")?;
            self.put(&[NEWOBJ_EX]);
            return Ok(());
        }
        let partial = shared(vm, Shared::Partial)?;
        let new = vm.getattr(class, vm.names.__new__.value())?;
        let mut all = vec![new.value(), class];
        all.extend_from_slice(vm.tuple_items(args));
        let maker = vm.call_ex(partial.value(), &all, kwargs.cast::<PyDict>())?;
        note(self.save(vm, maker.value()), "reconstructor")?;
        self.save(vm, vm.empty_tuple.value())?;
        self.put(&[REDUCE]);
        Ok(())
    }
    fn put_newobj(
        &self,
        vm: &Vm,
        items: &[Value],
        obj: Option<Value>,
        note: &dyn Fn(PyResult<()>, &str) -> PyResult<()>,
    ) -> PyResult<()> {
        let Some((class, rest)) = items.split_first() else {
            return Err(pickling_error(vm, "__newobj__ expected at least 1 argument, got 0"));
        };
        if !class.isa::<TypeObject>() {
            let name = class.class().full_name(vm);
            let msg = format!("first argument to __newobj__() must be a class, not {name}");
            return Err(pickling_error(vm, msg));
        }
        check_class(vm, *class, obj, "__newobj__")?;
        note(self.save(vm, *class), "class")?;
        let args = if rest.is_empty() { vm.empty_tuple.clone() } else { PyTuple::from_slice(rest) };
        note(self.save(vm, args.value()), "__new__ arguments")?;
        self.put(&[NEWOBJ]);
        Ok(())
    }
}

/// The class to be made must be the object's own.
fn check_class(vm: &Vm, class: Value, obj: Option<Value>, who: &str) -> PyResult<()> {
    let Some(o) = obj else { return Ok(()) };
    let own = vm.getattr(o, vm.names.__class__.value())?;
    if own.value().is(class) {
        return Ok(());
    }
    let (want, got) = (vm.repr_text(own.value())?, vm.repr_text(class)?);
    Err(pickling_error(vm, format!("first argument to {who}() must be {want}, not {got}")))
}

/// Python 2's module and name of a global.
fn older_names(vm: &Vm, module: Owned, name: Owned) -> PyResult<(Owned, Owned)> {
    let names = shared(vm, Shared::ReverseNames)?;
    let key = PyTuple::pair(module.clone(), name.clone());
    let strange = |what: &str| {
        vm.runtime_error(format!("_compat_pickle.{what} values should be strings or pairs of strings"))
    };
    if let Some(d) = names.cast::<PyDict>()
        && let Some(pair) = d.get(vm, key.value())?
    {
        return match pair.cast::<PyTuple>().map(|t| t.as_slice()) {
            Some(&[m, n]) if m.isa::<PyStr>() && n.isa::<PyStr>() => Ok((m.own(), n.own())),
            _ => Err(strange("REVERSE_NAME_MAPPING")),
        };
    }
    let imports = shared(vm, Shared::ReverseImports)?;
    if let Some(d) = imports.cast::<PyDict>()
        && let Some(m) = d.get(vm, module.value())?
    {
        if !m.isa::<PyStr>() {
            return Err(strange("REVERSE_IMPORT_MAPPING"));
        }
        return Ok((m, name));
    }
    Ok((module, name))
}

/// The module that has an object under a name; PicklingError if it has another one there, or none.
fn which_module(vm: &Vm, v: Value, key: &Owned, name: &str) -> PyResult<Owned> {
    let module = vm.getattr_opt(v, vm.names.__module__.value())?;
    let shown = |v: Value| vm.repr_text(v);
    if name.split('.').any(|p| p == "<locals>") {
        return Err(pickling_error(vm, format!("Can't pickle local object {}", shown(v)?)));
    }
    let module = match module {
        Some(m) if !m.is_none() => m,
        _ => match found_in(vm, v, name)? {
            Some(m) => return Ok(m),
            None => intern("__main__"),
        },
    };
    let text = text_of(module.value());
    let modules = vm.modules.own();
    let known = match modules.cast::<PyDict>() {
        Some(d) => d.get(vm, module.value())?,
        None => None,
    };
    let loaded = match known.map_or_else(|| vm.import(&text), Ok) {
        Ok(m) => m,
        Err(e) if [vm.exc.ImportError, vm.exc.ValueError, vm.exc.KeyError].iter().any(|c| e.is_instance(c)) => {
            let why = vm.str_text(e.value())?;
            return Err(from(vm, e, format!("Can't pickle {}: {why}", shown(v)?)));
        }
        Err(e) => return Err(e),
    };
    let got = if name.contains('.') {
        dotted(vm, loaded.value(), name)
    } else {
        vm.getattr(loaded.value(), intern_value(key.value()).value())
    };
    let found = match got {
        Ok(o) => o,
        Err(e) if e.is_instance(vm.exc.AttributeError) => {
            let msg = format!("Can't pickle {}: it's not found as {text}.{name}", shown(v)?);
            return Err(from(vm, e, msg));
        }
        Err(e) => return Err(e),
    };
    if !found.value().is(v) {
        let msg = format!("Can't pickle {}: it's not the same object as {text}.{name}", shown(v)?);
        return Err(pickling_error(vm, msg));
    }
    Ok(module)
}

/// A PicklingError while another exception is handled.
fn from(vm: &Vm, cause: Raised, msg: String) -> Raised {
    let e = pickling_error(vm, msg);
    e.payload().context.set(cause.into_owned());
    e
}

/// The name of the loaded module that has the object.
fn found_in(vm: &Vm, v: Value, name: &str) -> PyResult<Option<Owned>> {
    let modules = vm.modules.own();
    let items = modules.cast::<PyDict>().map(|d| d.items()).unwrap_or_default();
    for (key, module) in items {
        let main = key.cast::<PyStr>().is_some_and(|s| s.is_text("__main__") || s.is_text("__mp_main__"));
        if main || module.is_none() {
            continue;
        }
        match dotted(vm, module.value(), name) {
            Ok(o) if o.value().is(v) => return Ok(Some(key)),
            Ok(_) => {}
            Err(e) if e.is_instance(vm.exc.AttributeError) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(None)
}
