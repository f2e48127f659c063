//! Displays, unpacking, formatting, iteration, functions.

use crate::ops::Act;
use crate::types::*;
use crate::value::{Owned, Value};
use crate::vm::PyResult;
use pyjit_text::repr::Builder;

pub fn build_tuple(a: &Act<'_>) -> PyResult<()> {
    // SAFETY: the references move from the temps into the tuple.
    let v = a.with_many(a.b(), a.c() as usize, |words| unsafe {
        PyTuple::from_owned_slice(words)
    });
    a.put(a.a(), v);
    Ok(())
}
pub fn build_list(a: &Act<'_>) -> PyResult<()> {
    let n = a.c() as usize;
    let mut items = Vec::with_capacity(n);
    a.with_many(a.b(), n, |words| {
        // SAFETY: an Owned is a word with a reference, which moves from the temps into the list.
        unsafe {
            std::ptr::copy_nonoverlapping(words.as_ptr() as *const Owned, items.as_mut_ptr(), n);
            items.set_len(n);
        }
    });
    let v = PyList::new(items);
    a.put(a.a(), v);
    Ok(())
}
pub fn build_set(a: &Act<'_>) -> PyResult<()> {
    let items = a.take_many(a.b(), a.c() as usize);
    let s = PySet::new();
    if let Some(set) = s.cast::<PySet>() {
        for v in &items {
            set.add(a.vm, v.value())?;
        }
    }
    a.put(a.a(), s);
    Ok(())
}
pub fn build_map(a: &Act<'_>) -> PyResult<()> {
    let items = a.take_many(a.b(), 2 * a.c() as usize);
    let d = PyDict::with_capacity(a.c() as usize);
    if let Some(dict) = d.cast::<PyDict>() {
        for pair in items.chunks_exact(2) {
            dict.set(a.vm, pair[0].value(), pair[1].clone())?;
        }
    }
    a.put(a.a(), d);
    Ok(())
}
pub fn build_string(a: &Act<'_>) -> PyResult<()> {
    let items = a.take_many(a.b(), a.c() as usize);
    let mut out = Builder::with_capacity(
        items
            .iter()
            .filter_map(|v| v.cast::<PyStr>())
            .map(|s| s.len())
            .sum(),
    );
    for v in &items {
        if let Some(s) = v.cast::<PyStr>() {
            out.push_text(s.text());
        }
    }
    a.put(a.a(), PyStr::from_buf(&out.finish()));
    Ok(())
}
pub fn build_slice(a: &Act<'_>) -> PyResult<()> {
    let mut items = a.take_many(a.b(), a.c() as usize).into_iter();
    let mut next = || items.next().unwrap_or(Owned::NONE);
    let (start, stop, step) = (next(), next(), next());
    a.put(a.a(), PySlice::new(start, stop, step));
    Ok(())
}
pub fn build_template(a: &Act<'_>) -> PyResult<()> {
    let parts = a.take_many(a.b(), 2);
    let f = a.vm.templatelib("_make_template")?;
    let v =
        a.vm.call(f.value(), &[parts[0].value(), parts[1].value()])?;
    a.put(a.a(), v);
    Ok(())
}
pub fn build_interpolation(a: &Act<'_>) -> PyResult<()> {
    let oparg = a.c();
    let value = a.take_temp(a.b());
    let text = a.take_temp(a.b() + 1);
    let spec = if oparg & 1 != 0 {
        a.take_temp(a.b() + 2)
    } else {
        a.vm.empty_str.clone()
    };
    let conversion = match oparg >> 2 {
        1 => intern("s"),
        2 => intern("r"),
        3 => intern("a"),
        _ => Owned::NONE,
    };
    let f = a.vm.templatelib("Interpolation")?;
    let v = a.vm.call(
        f.value(),
        &[
            value.value(),
            text.value(),
            conversion.value(),
            spec.value(),
        ],
    )?;
    a.put(a.a(), v);
    Ok(())
}
impl crate::vm::Vm {
    /// A name of the native half of `string.templatelib`.
    fn templatelib(&self, name: &str) -> PyResult<Owned> {
        match self
            .module_state
            .get()
            .get("templatelib")
            .and_then(|m| m.cast::<PyDict>())
            .and_then(|d| d.get_name(name))
        {
            Some(f) => Ok(f),
            None => Err(self.system_error("template strings are not available")),
        }
    }
}
pub fn list_append(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    if let Some(l) = a.get(a.a()).cast::<PyList>() {
        l.push(v);
    }
    Ok(())
}
pub fn list_extend(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let v = a.take(a.b());
    let Some(l) = a.get(a.a()).cast::<PyList>() else {
        return Ok(());
    };
    let items = vm.iterate_to_vec(v.value()).map_err(|e| {
        let class = v.class();
        if e.is_instance(vm.exc.TypeError)
            && class.slots.iter.get().is_none()
            && class.slots.getitem.get().is_none()
        {
            return vm.type_error(format!(
                "Value after * must be an iterable, not {}",
                class.name_str()
            ));
        }
        e
    })?;
    l.items.get_mut().extend(items);
    Ok(())
}
pub fn set_add(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    if let Some(s) = a.get(a.a()).cast::<PySet>() {
        s.add(a.vm, v.value())?;
    }
    Ok(())
}
pub fn set_update(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let Some(s) = a.get(a.a()).cast::<PySet>() else {
        return Ok(());
    };
    for x in a.vm.iterate_to_vec(v.value())? {
        s.add(a.vm, x.value())?;
    }
    Ok(())
}
pub fn map_add(a: &Act<'_>) -> PyResult<()> {
    let (key, value) = (a.take(a.b()), a.take(a.c()));
    match a.get(a.a()).cast::<PyDict>() {
        Some(d) => d.set(a.vm, key.value(), value),
        None => Ok(()),
    }
}
/// The pairs of a mapping: dict entries, or `keys()` and subscripts.
fn mapping_items(a: &Act<'_>, m: Value) -> PyResult<Option<Vec<(Owned, Owned)>>> {
    let vm = a.vm;
    if let Some(d) = m.cast::<PyDict>()
        && m.class().slots.iter.get().map(|f| f as usize)
            == <PyDict as crate::object::Payload>::class()
                .slots
                .iter
                .get()
                .map(|f| f as usize)
    {
        return Ok(Some(d.items()));
    }
    let Some(keys) = vm.getattr_opt(m, vm.names.keys.value())? else {
        return Ok(None);
    };
    let keys = vm.call(keys.value(), &[])?;
    let mut out = Vec::new();
    for k in vm.iterate_to_vec(keys.value())? {
        let v = vm.getitem(m, k.value())?;
        out.push((k, v));
    }
    Ok(Some(out))
}
pub fn dict_update(a: &Act<'_>) -> PyResult<()> {
    let m = a.take(a.b());
    let Some(items) = mapping_items(a, m.value())? else {
        return Err(a.vm.type_error(format!(
            "'{}' object is not a mapping",
            m.class().name_str()
        )));
    };
    if let Some(d) = a.get(a.a()).cast::<PyDict>() {
        for (k, v) in items {
            d.set(a.vm, k.value(), v)?;
        }
    }
    Ok(())
}
pub fn dict_merge(a: &Act<'_>) -> PyResult<()> {
    let vm = a.vm;
    let m = a.take(a.b());
    let name = || vm.callable_text(a.get(a.c()));
    let Some(items) = mapping_items(a, m.value())? else {
        return Err(vm.type_error(format!(
            "{} argument after ** must be a mapping, not {}",
            name(),
            m.class().name_str()
        )));
    };
    if let Some(d) = a.get(a.a()).cast::<PyDict>() {
        for (k, v) in items {
            if d.contains(vm, k.value())? {
                if !k.isa::<PyStr>() {
                    return Err(vm.type_error("keywords must be strings"));
                }
                return Err(vm.type_error(format!(
                    "{} got multiple values for keyword argument '{}'",
                    name(),
                    text_of(k.value())
                )));
            }
            d.set(vm, k.value(), v)?;
        }
    }
    Ok(())
}
impl crate::vm::Vm {
    /// How error messages name a callable: `module.qualname()`, without the module for builtins.
    pub fn callable_text(&self, f: Value) -> String {
        let Some(q) = self.attr_text(f, "__qualname__") else {
            return self.str_text(f).unwrap_or_default();
        };
        match self.attr_text(f, "__module__") {
            Some(m) if m != "builtins" => format!("{m}.{q}()"),
            _ => format!("{q}()"),
        }
    }
}
pub fn format_simple(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let r = a.vm.format(v.value(), Value::NULL)?;
    drop(v);
    a.put(a.a(), r);
    Ok(())
}
pub fn format_with_spec(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let spec = a.take(a.c());
    let r = a.vm.format(v.value(), spec.value())?;
    drop(spec);
    drop(v);
    a.put(a.a(), r);
    Ok(())
}
pub fn convert_value(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let r = match a.c() {
        1 => a.vm.str(v.value())?,
        2 => a.vm.repr(v.value())?,
        _ => a.vm.ascii(v.value())?,
    };
    drop(v);
    a.put(a.a(), r);
    Ok(())
}
pub fn unpack_sequence(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let n = a.c() as usize;
    let items = a.vm.unpack(v.value(), n)?;
    for (i, x) in items.into_iter().enumerate() {
        a.put(a.a() + (n - 1 - i) as i16, x);
    }
    Ok(())
}
pub fn unpack_ex(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let (before, after) = ((a.c() & 0xFF) as usize, (a.c() >> 8) as u8 as usize);
    let items = a.vm.unpack_ex(v.value(), before, after)?;
    let n = items.len();
    for (i, x) in items.into_iter().enumerate() {
        a.put(a.a() + (n - 1 - i) as i16, x);
    }
    Ok(())
}
pub fn get_iter(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    let it = a.vm.iter(v.value())?;
    drop(v);
    a.put(a.a(), it);
    Ok(())
}
pub fn get_yield_from_iter(a: &Act<'_>) -> PyResult<()> {
    use pyjit_isa::code::flags;
    let v = a.take(a.b());
    let it = if v.isa::<PyCoroutine>() {
        if a.code().flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0 {
            return Err(a.vm.type_error(
                "cannot 'yield from' a coroutine object in a non-coroutine generator",
            ));
        }
        v
    } else if v.is_exact::<PyGenerator>() {
        v
    } else {
        a.vm.iter(v.value())?
    };
    a.put(a.a(), it);
    Ok(())
}
pub fn get_len(a: &Act<'_>) -> PyResult<()> {
    let v = a.own(a.b());
    let n = a.vm.len(v.value())?;
    a.put(a.a(), new_usize(n));
    Ok(())
}
pub fn make_function(a: &Act<'_>) -> PyResult<()> {
    let code = a.take(a.b());
    let globals = a.function().globals.own();
    let f = PyFunction::new(a.vm, code, globals);
    a.put(a.a(), f);
    Ok(())
}
pub fn set_function_attribute(a: &Act<'_>) -> PyResult<()> {
    let v = a.take(a.b());
    if let Some(f) = a.get(a.a()).cast::<PyFunction>() {
        match a.c() {
            0x01 => f.defaults.set(v),
            0x02 => f.kwdefaults.set(v),
            0x04 => f.annotations.set(v),
            0x08 => f.closure.set(v),
            _ => f.annotate.set(v),
        }
    }
    Ok(())
}
