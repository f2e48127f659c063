//! Subscripts, comparison and hash of memoryviews.

use super::item::{native, pack_item, unpack_item};
use super::{Form, PyMemoryView, from_buffer, this};
use pyjit_core::prelude::*;

fn view<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyMemoryView> {
    let Some(m) = this(v) else {
        return Err(vm.type_error("a memoryview is required"));
    };
    m.check(vm)?;
    Ok(m)
}

fn not_implemented(vm: &Vm, msg: &str) -> Raised {
    vm.error(vm.exc.NotImplementedError, msg)
}

pub(super) fn check_one_dim(vm: &Vm, m: &PyMemoryView) -> PyResult<()> {
    match m.form.shape.len() {
        1 => Ok(()),
        0 => Err(vm.type_error("invalid indexing of 0-dim memory")),
        _ => Err(not_implemented(
            vm,
            "multi-dimensional sub-views are not implemented",
        )),
    }
}

pub(super) fn len(vm: &Vm, v: Value) -> PyResult<usize> {
    let m = view(vm, v)?;
    match m.form.shape.first() {
        Some(n) => Ok(*n),
        None => Err(vm.type_error("0-dim memory has no length")),
    }
}

/// The offset of the item that integers point to.
fn offset_of(vm: &Vm, m: &PyMemoryView, keys: &[Value]) -> PyResult<isize> {
    let mut offset = m.form.offset;
    for (d, k) in keys.iter().enumerate() {
        let i = vm.index_size(*k)?;
        let n = m.form.shape.get(d).copied().unwrap_or(0);
        let Some(at) = vm.position(i, n) else {
            return Err(vm.index_error(format!("index out of bounds on dimension {}", d + 1)));
        };
        offset += at as isize * m.form.strides.get(d).copied().unwrap_or(0);
    }
    Ok(offset)
}

fn is_index(v: Value) -> bool {
    v.as_int().is_some() || v.class().slots.index.get().is_some()
}

/// What a key selects.
enum Place {
    Item(isize),
    Part(Form),
    /// The item of a view without dimensions.
    Whole,
}

fn place(vm: &Vm, m: &PyMemoryView, key: Value, writing: bool) -> PyResult<Place> {
    let dims = m.form.shape.len();
    if dims == 0 {
        return match key {
            _ if key.is(Value::ELLIPSIS) => Ok(Place::Whole),
            _ if key.cast::<PyTuple>().is_some_and(|t| t.is_empty()) => {
                Ok(Place::Item(m.form.offset))
            }
            _ => Err(vm.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if is_index(key) {
        if dims > 1 {
            return Err(not_implemented(
                vm,
                if writing {
                    "sub-views are not implemented"
                } else {
                    "multi-dimensional sub-views are not implemented"
                },
            ));
        }
        return offset_of(vm, m, &[key]).map(Place::Item);
    }
    if let Some(s) = key.cast::<PySlice>() {
        if dims > 1 {
            return Err(not_implemented(
                vm,
                if writing {
                    "memoryview slice assignments are currently restricted to ndim = 1"
                } else {
                    "multi-dimensional slicing is not implemented"
                },
            ));
        }
        let n = m.form.shape.first().copied().unwrap_or(0);
        let step = m.form.strides.first().copied().unwrap_or(1);
        let r = s.bounds(vm, n)?;
        let mut form = m.form.0.clone();
        form.offset += if r.len == 0 { 0 } else { r.start * step };
        form.shape = vec![r.len];
        form.strides = vec![step.saturating_mul(r.step)];
        return Ok(Place::Part(form));
    }
    if let Some(t) = key.cast::<PyTuple>() {
        if t.as_slice().iter().all(|k| is_index(*k)) {
            if t.len() < dims {
                return Err(not_implemented(vm, "sub-views are not implemented"));
            }
            if t.len() > dims {
                return Err(vm.type_error(format!(
                    "cannot index {dims}-dimension view with {}-element tuple",
                    t.len()
                )));
            }
            return offset_of(vm, m, t.as_slice()).map(Place::Item);
        }
        if t.as_slice().iter().all(|k| k.isa::<PySlice>()) {
            return Err(not_implemented(
                vm,
                "multi-dimensional slicing is not implemented",
            ));
        }
    }
    Err(vm.type_error("memoryview: invalid slice key"))
}

pub(super) fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let m = view(vm, v)?;
    match place(vm, m, key, false)? {
        Place::Whole => Ok(v.own()),
        Place::Part(form) => {
            m.check(vm)?;
            m.check_free(vm)?;
            Ok(m.derive(form, m.readonly))
        }
        Place::Item(o) => {
            m.check(vm)?;
            if native(&m.form.format).is_none() {
                return Err(not_implemented(
                    vm,
                    &format!("memoryview: format {} not supported", m.form.format),
                ));
            }
            unpack_item(vm, &m.form.format, m.item_bytes(o))
        }
    }
}

/// Stores an item's bytes.
fn store(m: &PyMemoryView, offset: isize, bytes: &[u8]) {
    let start = offset.max(0) as usize;
    if let Some(to) = m.memory_mut().get_mut(start..start + bytes.len()) {
        to.copy_from_slice(bytes);
    }
}

pub(super) fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let m = view(vm, v)?;
    if m.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    if value.is_null() {
        return Err(vm.type_error("cannot delete memory"));
    }
    match place(vm, m, key, true)? {
        Place::Whole => {
            let b = pack_item(vm, &m.form.format, value)?;
            m.check(vm)?;
            store(m, m.form.offset, &b);
        }
        Place::Item(o) => {
            let b = pack_item(vm, &m.form.format, value)?;
            m.check(vm)?;
            store(m, o, &b);
        }
        Place::Part(form) => {
            let source = if let Some(s) = this(value) {
                s.check(vm)?;
                value.own()
            } else {
                from_buffer(vm, vm.buffer(value, false)?)?
            };
            let Some(s) = this(source.value()) else {
                return Ok(());
            };
            let plain = |f: &str| f.strip_prefix('@').unwrap_or(f).to_owned();
            if plain(&s.form.format) != plain(&form.format) || s.form.shape != form.shape {
                return Err(vm.value_error(
                    "memoryview assignment: lvalue and rvalue have different structures",
                ));
            }
            m.check(vm)?;
            let data = s.to_bytes();
            for (o, b) in form
                .offsets()
                .into_iter()
                .zip(data.chunks(form.itemsize.max(1)))
            {
                store(m, o, b);
            }
        }
    }
    Ok(())
}

pub(super) fn hash(vm: &Vm, v: Value) -> PyResult<i64> {
    let Some(m) = this(v) else { return Ok(0) };
    if m.hash.get() != -1 {
        return Ok(m.hash.get());
    }
    m.check(vm)?;
    if !m.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !matches!(native(&m.form.format), Some(b'B' | b'b' | b'c')) {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let object = m.object();
    if !object.is_none() {
        m.exports.set(m.exports.get() + 1);
        let hashed = vm.hash(object.value());
        m.exports.set(m.exports.get().saturating_sub(1));
        hashed?;
    }
    let h = vm.hash_bytes(&m.to_bytes());
    m.hash.set(h);
    Ok(h)
}

/// Whether two views have the same shape and equal items.
fn equal(vm: &Vm, a: &PyMemoryView, b: &PyMemoryView) -> PyResult<bool> {
    if a.form.shape != b.form.shape {
        return Ok(false);
    }
    let (fa, fb) = (native(&a.form.format), native(&b.form.format));
    let whole = |c: Option<u8>| !matches!(c, Some(b'f' | b'd' | b'e' | b'?') | None);
    if fa == fb && whole(fa) {
        return Ok(a.to_bytes() == b.to_bytes());
    }
    let (da, db) = (a.to_bytes(), b.to_bytes());
    let pairs = da
        .chunks(a.form.itemsize.max(1))
        .zip(db.chunks(b.form.itemsize.max(1)));
    for (x, y) in pairs {
        let (x, y) = match (
            unpack_item(vm, &a.form.format, x),
            unpack_item(vm, &b.form.format, y),
        ) {
            (Ok(x), Ok(y)) => (x, y),
            _ => return Ok(false),
        };
        let same = match (x.as_float(), y.as_float()) {
            (Some(p), Some(q)) => p == q,
            _ => vm.eq(x.value(), y.value())?,
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(super) fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let not = Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    if !matches!(op, Cmp::Eq | Cmp::Ne) {
        return not;
    }
    let answer = |same: bool| Ok(Owned::bool(same == (op == Cmp::Eq)));
    let Some(x) = this(a) else { return not };
    if x.managed.value().is_null() {
        return answer(a.is(b));
    }
    let other;
    let y = match this(b) {
        Some(y) if y.managed.value().is_null() => return answer(a.is(b)),
        Some(y) => y,
        None => {
            if b.class().slots.buffer.get().is_none() {
                return not;
            }
            other = match vm.buffer(b, false).and_then(|v| from_buffer(vm, v)) {
                Ok(o) => o,
                Err(_) => return not,
            };
            match this(other.value()) {
                Some(y) => y,
                None => return not,
            }
        }
    };
    answer(equal(vm, x, y)?)
}
