//! `array`: sequences of machine values.

mod item;
mod iter;
mod methods;
mod pickle;

use crate::NativeModule;
use crate::native::payload_class;
use pyjit_core::buffer::BufferView;
use pyjit_core::prelude::*;
use pyjit_core::protocol::Subscript;
use pyjit_text::repr::{Builder, TextBuf};
use pyjit_types::sequence::{push_repr, same_fn};
use std::cell::Cell;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("array", pickle::FUNCTIONS)
    .doc("Arrays of characters, integers and floating-point numbers of the machine's formats.")
    .init(init);

py_class! {
    /// An array; the items' bytes are in machine order.
    pub struct PyArray as "array" {
        pub code: u8,
        pub width: usize,
        pub data: MutCell<NoTrace<Vec<u8>>>,
        /// Views of the memory that are in use; while there are any, it must not move.
        pub exports: Cell<usize>,
    }
}

fn init(vm: &Vm, module: &PyModule) -> PyResult<()> {
    let class = payload_class::<PyArray>(
        vm,
        module,
        ClassSpec {
            module: "array",
            doc: Some("array(typecode [, initializer]) -> array\n\nA sequence of machine values, all of the type that the code tells."),
            flags: type_flags::BASE | type_flags::SEQUENCE,
            weakrefs: true,
            slots: |s| {
                s.new.set(Some(new));
                s.repr.set(Some(repr));
                s.compare.set(Some(compare));
                s.iter.set(Some(iter::iterator));
                s.len.set(Some(|vm, v| Ok(array_of(vm, v)?.len())));
                s.contains.set(Some(contains));
                s.getitem.set(Some(getitem));
                s.setitem.set(Some(setitem));
                s.concat.set(Some(concat));
                s.iconcat.set(Some(iconcat));
                s.repeat.set(Some(repeat));
                s.irepeat.set(Some(irepeat));
                s.buffer.set(Some(buffer));
            },
            methods: methods::METHODS,
            getset: GETSET,
            ..ClassSpec::new("array")
        },
    );
    module.dict().set_name("ArrayType", class.as_owned());
    module
        .dict()
        .set_name("typecodes", PyStr::from_str(item::CODES));
    iter::define(vm);
    Ok(())
}

static GETSET: &[GetSetDef] = &[
    GetSetDef::read("typecode", |vm, v| {
        Ok(PyStr::from_char(array_of(vm, v)?.code.into()))
    })
    .doc("the typecode character used to create the array"),
    GetSetDef::read("itemsize", |vm, v| Ok(new_usize(array_of(vm, v)?.width)))
        .doc("the size, in bytes, of one array item"),
];

impl PyArray {
    fn empty(code: u8, width: usize) -> PyArray {
        PyArray {
            code,
            width,
            data: MutCell::default(),
            exports: Cell::new(0),
        }
    }
    fn with(code: u8, width: usize, data: Vec<u8>) -> PyArray {
        PyArray {
            data: MutCell::new(NoTrace(data)),
            ..PyArray::empty(code, width)
        }
    }
    /// An exact array of the same type.
    fn like(&self, data: Vec<u8>) -> Owned {
        new_object(
            PyArray::class(),
            PyArray::with(self.code, self.width, data),
        )
    }
    fn bytes(&self) -> &[u8] {
        &self.data.get().0
    }
    fn len(&self) -> usize {
        self.bytes().len() / self.width
    }
    fn get(&self, vm: &Vm, i: usize) -> PyResult<Option<Owned>> {
        match self.bytes().get(i * self.width..(i + 1) * self.width) {
            Some(b) => item::read(vm, self.code, b).map(Some),
            None => Ok(None),
        }
    }
    /// The bytes, to be made longer or shorter: BufferError while somebody looks at them.
    fn resizable(&self, vm: &Vm) -> PyResult<&mut Vec<u8>> {
        if self.exports.get() != 0 {
            return Err(vm.buffer_error("cannot resize an array that is exporting buffers"));
        }
        Ok(&mut self.data.get_mut().0)
    }
    fn push(&self, vm: &Vm, v: Value) -> PyResult<()> {
        let b = item::write(vm, self.code, v)?;
        let w = self.width;
        self.resizable(vm)?.extend_from_slice(b.get(..w).unwrap_or(&b));
        Ok(())
    }
    /// Appends whole items given as bytes.
    fn push_bytes(&self, vm: &Vm, b: &[u8]) -> PyResult<()> {
        if !b.len().is_multiple_of(self.width) {
            return Err(vm.value_error("bytes length not a multiple of item size"));
        }
        self.resizable(vm)?.extend_from_slice(b);
        Ok(())
    }
}

fn array_of<'a>(vm: &Vm, v: Value) -> PyResult<&'a PyArray> {
    v.cast::<PyArray>().ok_or_else(|| {
        vm.type_error(format!("expected array, got {}", v.class().name_str()))
    })
}
fn bad_argument(vm: &Vm) -> Raised {
    vm.type_error("bad argument type for built-in operation")
}

fn type_code(vm: &Vm, v: Value) -> PyResult<(u8, usize)> {
    let Some(s) = v.cast::<PyStr>() else {
        return Err(vm.type_error(format!(
            "array() argument 1 must be a unicode character, not {}",
            v.class().name_str()
        )));
    };
    let (1, Some(c)) = (s.len(), s.text().get(0)) else {
        return Err(vm.type_error(format!(
            "array() argument 1 must be a unicode character, not a string of length {}",
            s.len()
        )));
    };
    let code = u8::try_from(c).unwrap_or(0);
    match item::width(code) {
        Some(w) => Ok((code, w)),
        None => Err(vm.value_error(
            "bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)",
        )),
    }
}
fn new(vm: &Vm, class: &'static TypeObject, args: Args<'_>) -> PyResult<Owned> {
    let base = PyArray::class();
    if class.same(base)
        || same_fn(class.slots.init.get(), base.slots.init.get(), |f| {
            f as usize
        })
    {
        args.no_keywords(vm, "array.array")?;
    }
    let a = args.pos();
    match a.len() {
        0 => return Err(vm.type_error("array() takes at least 1 argument (0 given)")),
        1 | 2 => {}
        n => {
            return Err(vm.type_error(format!("array() takes at most 2 arguments ({n} given)")));
        }
    }
    let (code, width) = type_code(vm, a[0])?;
    if code == b'u' {
        vm.warn(
            vm.exc.DeprecationWarning,
            "The 'u' type code is deprecated and will be removed in Python 3.16",
            1,
        )?;
    }
    let made = new_object(class, PyArray::empty(code, width));
    let array = array_of(vm, made.value())?;
    let Some(source) = a.get(1).copied() else {
        return Ok(made);
    };
    if let Some(s) = source.cast::<PyStr>() {
        if !item::is_unicode(code) {
            return Err(vm.type_error(format!(
                "cannot use a str to initialize an array with typecode '{}'",
                code as char
            )));
        }
        methods::push_text(vm, array, s)?;
        return Ok(made);
    }
    if let Some(other) = source.cast::<PyArray>() {
        if item::is_unicode(other.code) && !item::is_unicode(code) {
            return Err(vm.type_error(format!(
                "cannot use a unicode array to initialize an array with typecode '{}'",
                code as char
            )));
        }
        if other.code == code {
            array.push_bytes(vm, other.bytes())?;
            return Ok(made);
        }
    }
    if source.isa::<PyBytes>() || source.class().short_name() == "bytearray" {
        array.push_bytes(vm, &vm.bytes_of(source)?)?;
        return Ok(made);
    }
    vm.for_each(source, |x| {
        array.push(vm, x.value())?;
        Ok(true)
    })?;
    Ok(made)
}

/// The text of a unicode array.
fn text_buf(array: &PyArray) -> TextBuf {
    let codes = array.bytes().chunks_exact(4);
    let codes: Vec<u32> = codes
        .map(|b| u32::from_ne_bytes([b[0], b[1], b[2], b[3]]).min(0x10FFFF))
        .collect();
    TextBuf::from_codes(&codes)
}
fn repr(vm: &Vm, v: Value) -> PyResult<Owned> {
    let array = array_of(vm, v)?;
    let mut out = Builder::new();
    out.push_str(&format!(
        "{}('{}'",
        v.class().short_name(),
        array.code as char
    ));
    if array.len() > 0 {
        out.push_str(", ");
        let content = if item::is_unicode(array.code) {
            PyStr::from_buf(&text_buf(array))
        } else {
            methods::to_list(vm, array)?
        };
        push_repr(vm, &mut out, content.value())?;
    }
    out.push_str(")");
    Ok(PyStr::from_buf(&out.finish()))
}
fn compare(vm: &Vm, a: Value, b: Value, op: Cmp) -> PyResult<Owned> {
    let (Some(x), Some(y)) = (a.cast::<PyArray>(), b.cast::<PyArray>()) else {
        return Ok(Owned::immediate(Value::NOT_IMPLEMENTED));
    };
    if x.len() != y.len() && matches!(op, Cmp::Eq | Cmp::Ne) {
        return Ok(Owned::bool(op == Cmp::Ne));
    }
    let mut i = 0;
    while let (Some(p), Some(q)) = (x.get(vm, i)?, y.get(vm, i)?) {
        if !vm.compare_bool(p.value(), q.value(), Cmp::Eq)? {
            return match op {
                Cmp::Eq => Ok(Owned::bool(false)),
                Cmp::Ne => Ok(Owned::bool(true)),
                _ => vm.compare(p.value(), q.value(), op),
            };
        }
        i += 1;
    }
    Ok(Owned::bool(op.of(x.len().cmp(&y.len()))))
}
fn contains(vm: &Vm, v: Value, x: Value) -> PyResult<bool> {
    Ok(methods::find(vm, array_of(vm, v)?, x, 0, usize::MAX)?.is_some())
}
fn subscript<'a>(vm: &Vm, key: Value) -> PyResult<Subscript<'a>> {
    if !key.isa::<PySlice>() && key.as_int().is_none() && key.class().slots.index.get().is_none() {
        return Err(vm.type_error("array indices must be integers"));
    }
    vm.subscript(key, "array")
}
fn getitem(vm: &Vm, v: Value, key: Value) -> PyResult<Owned> {
    let array = array_of(vm, v)?;
    if let Some(i) = key.as_small()
        && i >= 0
        && let Some(x) = array.get(vm, i as usize)?
    {
        return Ok(x);
    }
    match subscript(vm, key)? {
        Subscript::Index(i) => {
            let i = vm.position(i, array.len());
            match i.map(|i| array.get(vm, i)).transpose()?.flatten() {
                Some(x) => Ok(x),
                None => Err(vm.index_error("array index out of range")),
            }
        }
        Subscript::Slice(s) => {
            let bounds = s.bounds(vm, array.len())?;
            let w = array.width;
            let mut out = Vec::with_capacity(bounds.len * w);
            for i in bounds.positions() {
                out.extend_from_slice(array.bytes().get(i * w..(i + 1) * w).unwrap_or(&[]));
            }
            Ok(array.like(out))
        }
    }
}
fn setitem(vm: &Vm, v: Value, key: Value, value: Value) -> PyResult<()> {
    let array = array_of(vm, v)?;
    let w = array.width;
    match subscript(vm, key)? {
        Subscript::Index(i) => {
            let out_of_range = || vm.index_error("array assignment index out of range");
            let i = vm.position(i, array.len()).ok_or_else(out_of_range)?;
            if value.is_null() {
                array.resizable(vm)?.drain(i * w..(i + 1) * w);
                return Ok(());
            }
            let b = item::write(vm, array.code, value)?;
            let place = array.data.get_mut().0.get_mut(i * w..(i + 1) * w);
            let place = place.ok_or_else(out_of_range)?;
            place.copy_from_slice(b.get(..w).unwrap_or(&b));
            Ok(())
        }
        Subscript::Slice(s) => {
            let fresh = match value.cast::<PyArray>() {
                _ if value.is_null() => None,
                Some(other) if other.code != array.code => return Err(bad_argument(vm)),
                Some(other) => Some(other.bytes().to_vec()),
                None => {
                    return Err(vm.type_error(format!(
                        "can only assign array (not \"{}\") to array slice",
                        value.class().name_str()
                    )));
                }
            };
            set_slice(vm, array, s, fresh)
        }
    }
}
fn set_slice(vm: &Vm, array: &PyArray, s: &PySlice, fresh: Option<Vec<u8>>) -> PyResult<()> {
    let w = array.width;
    let b = s.bounds(vm, array.len())?;
    let new_len = fresh.as_ref().map_or(0, |f| f.len() / w);
    if b.step != 1 && fresh.is_some() {
        if new_len != b.len {
            return Err(vm.value_error(format!(
                "attempt to assign array of size {new_len} to extended slice of size {}",
                b.len
            )));
        }
        let data = &mut array.data.get_mut().0;
        for (i, x) in b.positions().zip(fresh.unwrap_or_default().chunks_exact(w)) {
            if let Some(place) = data.get_mut(i * w..(i + 1) * w) {
                place.copy_from_slice(x);
            }
        }
        return Ok(());
    }
    if b.step != 1 {
        if b.len == 0 {
            return Ok(());
        }
        let mut gone = vec![false; array.len()];
        b.positions().for_each(|i| {
            if let Some(g) = gone.get_mut(i) {
                *g = true;
            }
        });
        let data = array.resizable(vm)?;
        let kept = data.chunks_exact(w).zip(&gone).filter(|(_, g)| !**g);
        *data = kept.flat_map(|(x, _)| x.iter().copied()).collect();
        return Ok(());
    }
    let from = (b.start.max(0) as usize) * w;
    let to = from + b.len * w;
    let data = if new_len == b.len {
        &mut array.data.get_mut().0
    } else {
        array.resizable(vm)?
    };
    let fresh = fresh.unwrap_or_default();
    if fresh.len() == to - from
        && let Some(place) = data.get_mut(from..to)
    {
        // In place: views of the memory stay valid.
        place.copy_from_slice(&fresh);
    } else {
        data.splice(from..to, fresh);
    }
    Ok(())
}
fn concat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    let x = array_of(vm, a)?;
    let Some(y) = b.cast::<PyArray>() else {
        return Err(vm.type_error(format!(
            "can only append array (not \"{}\") to array",
            b.class().name_str()
        )));
    };
    if x.code != y.code {
        return Err(bad_argument(vm));
    }
    Ok(x.like([x.bytes(), y.bytes()].concat()))
}
fn iconcat(vm: &Vm, a: Value, b: Value) -> PyResult<Owned> {
    if !b.isa::<PyArray>() {
        return Err(vm.type_error(format!(
            "can only extend array with array (not \"{}\")",
            b.class().name_str()
        )));
    }
    methods::extend_with(vm, array_of(vm, a)?, b)?;
    Ok(a.own())
}
fn repeated(vm: &Vm, array: &PyArray, n: Value) -> PyResult<Vec<u8>> {
    let n = vm.repeat_count(n)?;
    let mut out = Vec::new();
    match array.bytes().len().checked_mul(n) {
        Some(total) if out.try_reserve_exact(total).is_ok() => {
            for _ in 0..if array.len() == 0 { 0 } else { n } {
                out.extend_from_slice(array.bytes());
            }
            Ok(out)
        }
        _ => Err(vm.memory_error()),
    }
}
fn repeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let array = array_of(vm, v)?;
    Ok(array.like(repeated(vm, array, n)?))
}
fn irepeat(vm: &Vm, v: Value, n: Value) -> PyResult<Owned> {
    let array = array_of(vm, v)?;
    let data = repeated(vm, array, n)?;
    if data.len() != array.bytes().len() {
        *array.resizable(vm)? = data;
    }
    Ok(v.own())
}

fn buffer(vm: &Vm, v: Value, _: bool) -> PyResult<BufferView> {
    let array = array_of(vm, v)?;
    array.exports.set(array.exports.get() + 1);
    let format = match array.code {
        b'u' => "w".to_string(),
        c => (c as char).to_string(),
    };
    let data = &mut array.data.get_mut().0;
    Ok(BufferView {
        owner: v.own(),
        ptr: data.as_mut_ptr(),
        len: data.len(),
        readonly: false,
        itemsize: array.width,
        format,
        shape: vec![data.len() / array.width],
        strides: vec![array.width as isize],
        release: Some(|v| {
            if let Some(a) = v.cast::<PyArray>() {
                a.exports.set(a.exports.get().saturating_sub(1));
            }
        }),
    })
}
