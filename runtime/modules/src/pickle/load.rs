//! Reading: the stack machine. What makes objects stands in `load_object.rs`.

use super::input::Input;
use super::memo::Fetched;
use super::opcodes::*;
use super::unpickling_error;
use pyjit_core::prelude::*;
use pyjit_num::BigInt;
use pyjit_text::repr::Text;
use pyjit_types::bytearray::PyByteArray;

/// One run of an unpickler.
pub struct Loader {
    /// The unpickler, if its class may have methods of its own; NULL otherwise.
    pub owner: Owned,
    /// NULL if there is none.
    pub persistent_load: Owned,
    pub input: Input,
    pub stack: Vec<Owned>,
    /// Where the items after each MARK begin.
    pub marks: Vec<usize>,
    pub memo: Fetched,
    pub proto: u8,
    pub fix_imports: bool,
    pub encoding: String,
    pub errors: String,
    /// An iterator, or NULL.
    pub buffers: Owned,
}

impl Loader {
    /// Reads one object.
    pub fn run(&mut self, vm: &Vm) -> PyResult<Owned> {
        loop {
            let Some(op) = self.input.op(vm)? else {
                return Err(vm.error(vm.exc.EOFError, "Ran out of input"));
            };
            if op == STOP {
                break;
            }
            self.step(vm, op)?;
        }
        let v = self.pop(vm)?;
        self.input.skip_shown(vm)?;
        Ok(v)
    }
    #[inline]
    fn fence(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }
    #[cold]
    pub fn underflow(&self, vm: &Vm) -> Raised {
        unpickling_error(
            vm,
            if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" },
        )
    }
    #[inline]
    pub fn pop(&mut self, vm: &Vm) -> PyResult<Owned> {
        if self.stack.len() > self.fence()
            && let Some(v) = self.stack.pop()
        {
            return Ok(v);
        }
        Err(self.underflow(vm))
    }
    /// The topmost item.
    #[inline]
    pub fn top(&self, vm: &Vm) -> PyResult<Value> {
        match self.stack.last() {
            Some(v) if self.stack.len() > self.fence() => Ok(v.value()),
            _ => Err(self.underflow(vm)),
        }
    }
    /// The items after the last MARK, which goes away.
    #[inline]
    pub fn pop_mark(&mut self, vm: &Vm) -> PyResult<Vec<Owned>> {
        match self.marks.pop() {
            Some(at) => Ok(self.stack.split_off(at.min(self.stack.len()))),
            None => Err(unpickling_error(vm, "could not find MARK")),
        }
    }
    #[inline]
    fn push(&mut self, v: Owned) {
        self.stack.push(v);
    }
    fn step(&mut self, vm: &Vm, op: u8) -> PyResult<()> {
        match op {
            NONE => self.push(Owned::NONE),
            NEWTRUE => self.push(Owned::bool(true)),
            NEWFALSE => self.push(Owned::bool(false)),
            BININT => {
                let n = i32::from_le_bytes(self.input.array(vm)?);
                self.push(new_int(i64::from(n)));
            }
            BININT1 => {
                let [n] = self.input.array(vm)?;
                self.push(Owned::small(i64::from(n)));
            }
            BININT2 => {
                let n = u16::from_le_bytes(self.input.array(vm)?);
                self.push(Owned::small(i64::from(n)));
            }
            BINFLOAT => {
                let x = f64::from_be_bytes(self.input.array(vm)?);
                self.push(new_float(x));
            }
            SHORT_BINUNICODE => {
                let [n] = self.input.array(vm)?;
                self.text(vm, usize::from(n))?;
            }
            BINUNICODE => {
                let n = u32::from_le_bytes(self.input.array(vm)?);
                self.text(vm, n as usize)?;
            }
            BINUNICODE8 => {
                let n = self.size8(vm, "BINUNICODE")?;
                self.text(vm, n)?;
            }
            SHORT_BINBYTES => {
                let [n] = self.input.array(vm)?;
                let b = PyBytes::new(self.input.take(vm, usize::from(n))?);
                self.push(b);
            }
            BINBYTES => {
                let n = u32::from_le_bytes(self.input.array(vm)?);
                let b = PyBytes::new(self.input.take(vm, n as usize)?);
                self.push(b);
            }
            BINBYTES8 => {
                let n = self.size8(vm, "BINBYTES")?;
                let b = PyBytes::new(self.input.take(vm, n)?);
                self.push(b);
            }
            BYTEARRAY8 => {
                let n = self.size8(vm, "BYTEARRAY8")?;
                let b = PyByteArray::new(self.input.take(vm, n)?.to_vec());
                self.push(b);
            }
            MEMOIZE => {
                let v = self.top(vm)?.own();
                self.memo.add(v);
            }
            BINGET => {
                let [n] = self.input.array(vm)?;
                self.fetch(vm, u64::from(n))?;
            }
            LONG_BINGET => {
                let n = u32::from_le_bytes(self.input.array(vm)?);
                self.fetch(vm, u64::from(n))?;
            }
            BINPUT => {
                let v = self.top(vm)?.own();
                let [n] = self.input.array(vm)?;
                self.memo.put(u64::from(n), v);
            }
            LONG_BINPUT => {
                let v = self.top(vm)?.own();
                let n = u32::from_le_bytes(self.input.array(vm)?);
                self.memo.put(u64::from(n), v);
            }
            MARK => self.marks.push(self.stack.len()),
            EMPTY_TUPLE => self.push(vm.empty_tuple.clone()),
            EMPTY_LIST => self.push(PyList::new(vec![])),
            EMPTY_DICT => self.push(PyDict::new()),
            EMPTY_SET => self.push(PySet::new()),
            TUPLE1 => self.tuple_of(vm, 1)?,
            TUPLE2 => self.tuple_of(vm, 2)?,
            TUPLE3 => self.tuple_of(vm, 3)?,
            TUPLE => {
                let items = self.pop_mark(vm)?;
                self.push(if items.is_empty() { vm.empty_tuple.clone() } else { PyTuple::new(items) });
            }
            LIST => {
                let items = self.pop_mark(vm)?;
                self.push(PyList::new(items));
            }
            APPEND => {
                let v = self.pop(vm)?;
                let list = self.top(vm)?.own();
                self.append_all(vm, list.value(), vec![v])?;
            }
            APPENDS => {
                let items = self.pop_mark(vm)?;
                let list = self.top(vm)?.own();
                self.append_all(vm, list.value(), items)?;
            }
            SETITEM => {
                let (v, k) = (self.pop(vm)?, self.pop(vm)?);
                let dict = self.top(vm)?.own();
                set_items(vm, dict.value(), vec![k, v])?;
            }
            SETITEMS => {
                let items = self.pop_mark(vm)?;
                let dict = self.top(vm)?.own();
                if items.len() % 2 != 0 {
                    return Err(unpickling_error(vm, "odd number of items for SETITEMS"));
                }
                set_items(vm, dict.value(), items)?;
            }
            BUILD => self.build(vm)?,
            NEWOBJ => self.new_object(vm)?,
            REDUCE => self.reduce(vm)?,
            STACK_GLOBAL => self.stack_global(vm)?,
            GLOBAL => self.global(vm)?,
            FRAME => {
                let n = self.size8(vm, "FRAME length")?;
                self.input.frame(vm, n)?;
            }
            PROTO => {
                let [n] = self.input.array(vm)?;
                if i64::from(n) > HIGHEST {
                    return Err(vm.value_error(format!("unsupported pickle protocol: {n}")));
                }
                self.proto = n;
                if let Some(u) = self.owner.cast::<super::unpickler::PyUnpickler>() {
                    // For `find_class`, which subclasses call.
                    u.proto.set(n);
                }
            }
            LONG1 => {
                let [n] = self.input.array(vm)?;
                let v = integer(self.input.take(vm, usize::from(n))?);
                self.push(v);
            }
            LONG4 => {
                let n = i32::from_le_bytes(self.input.array(vm)?);
                let Ok(n) = usize::try_from(n) else {
                    return Err(unpickling_error(vm, "LONG pickle has negative byte count"));
                };
                let v = integer(self.input.take(vm, n)?);
                self.push(v);
            }
            _ => self.rare_step(vm, op)?,
        }
        Ok(())
    }
    fn rare_step(&mut self, vm: &Vm, op: u8) -> PyResult<()> {
        match op {
            POP => {
                // A MARK on top goes away instead.
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                } else {
                    self.pop(vm)?;
                }
            }
            POP_MARK => drop(self.pop_mark(vm)?),
            DUP => {
                let v = self.top(vm)?.own();
                self.push(v);
            }
            DICT => {
                let items = self.pop_mark(vm)?;
                if items.len() % 2 != 0 {
                    return Err(unpickling_error(vm, "odd number of items for DICT"));
                }
                let d = PyDict::new();
                set_items(vm, d.value(), items)?;
                self.push(d);
            }
            FROZENSET => {
                let items = self.pop_mark(vm)?;
                let values: Vec<Value> = items.iter().map(|v| v.value()).collect();
                let s = PySet::from_items(vm, PyFrozenSet::class(), &values)?;
                self.push(s);
            }
            ADDITEMS => {
                let items = self.pop_mark(vm)?;
                let set = self.top(vm)?.own();
                if let Some(s) = set.cast::<PySet>()
                    && set.value().class().layout_is(PySet::layout())
                    && !set.value().isa::<PyFrozenSet>()
                {
                    for v in items {
                        s.add(vm, v.value())?;
                    }
                } else {
                    let add = vm.getattr_str(set.value(), "add")?;
                    for v in items {
                        vm.call(add.value(), &[v.value()])?;
                    }
                }
            }
            INT => self.int_line(vm)?,
            LONG => self.long_line(vm)?,
            FLOAT => {
                let mut line = self.input.line(vm)?;
                line.push(b'\n');
                let text = PyStr::from_slice(Text::of_latin1(&line));
                let v = vm.call(PyFloat::class().as_value(), &[text.value()])?;
                self.push(v);
            }
            GET => {
                let line = self.input.line(vm)?;
                let n = self.line_number(vm, &line)?;
                match u64::try_from(n) {
                    Ok(n) => self.fetch(vm, n)?,
                    Err(_) => return Err(unpickling_error(vm, format!("Memo value not found at index {n}"))),
                }
            }
            PUT => {
                let line = self.input.line(vm)?;
                let n = self.line_number(vm, &line)?;
                let v = self.top(vm)?.own();
                match u64::try_from(n) {
                    Ok(n) => self.memo.put(n, v),
                    Err(_) => return Err(vm.value_error("negative PUT argument")),
                }
            }
            STRING => self.string_line(vm)?,
            UNICODE => {
                let line = PyBytes::new(&self.input.line(vm)?);
                let f = vm.import_attr("_codecs", "raw_unicode_escape_decode")?;
                let r = vm.call(f.value(), &[line.value()])?;
                let v = vm.getitem(r.value(), new_int(0).value())?;
                self.push(v);
            }
            BINSTRING => {
                let n = i32::from_le_bytes(self.input.array(vm)?);
                let Ok(n) = usize::try_from(n) else {
                    return Err(unpickling_error(vm, "BINSTRING pickle has negative byte count"));
                };
                let b = PyBytes::new(self.input.take(vm, n)?);
                self.old_string(vm, b)?;
            }
            SHORT_BINSTRING => {
                let [n] = self.input.array(vm)?;
                let b = PyBytes::new(self.input.take(vm, usize::from(n))?);
                self.old_string(vm, b)?;
            }
            PERSID => {
                let line = self.input.line(vm)?;
                if !line.is_ascii() {
                    return Err(unpickling_error(vm, "persistent IDs in protocol 0 must be ASCII strings"));
                }
                let id = PyStr::from_slice(Text::of_latin1(&line));
                self.persistent(vm, id)?;
            }
            BINPERSID => {
                let id = self.pop(vm)?;
                self.persistent(vm, id)?;
            }
            NEWOBJ_EX => self.new_object_ex(vm)?,
            OBJ => self.instance(vm)?,
            INST => self.named_instance(vm)?,
            EXT1 => {
                let [n] = self.input.array(vm)?;
                self.extension(vm, i64::from(n))?;
            }
            EXT2 => {
                let n = u16::from_le_bytes(self.input.array(vm)?);
                self.extension(vm, i64::from(n))?;
            }
            EXT4 => {
                let n = i32::from_le_bytes(self.input.array(vm)?);
                self.extension(vm, i64::from(n))?;
            }
            NEXT_BUFFER => {
                let Some(it) = self.buffers.non_null() else {
                    return Err(unpickling_error(
                        vm,
                        "pickle stream refers to out-of-band data but no *buffers* argument was given",
                    ));
                };
                match vm.next(it)? {
                    Some(v) => self.push(v),
                    None => return Err(unpickling_error(vm, "not enough out-of-band buffers")),
                }
            }
            READONLY_BUFFER => {
                let v = self.top(vm)?.own();
                let view = pyjit_types::memoryview::new_view(vm, v.value(), false)?;
                let readonly = vm.getattr_str(view.value(), "readonly")?;
                if !vm.truthy(readonly.value())? {
                    let r = vm.call_method_str(view.value(), "toreadonly", &[])?;
                    self.pop(vm)?;
                    self.push(r);
                }
            }
            _ => {
                let shown = match op {
                    b'\'' => "\"'\"".to_owned(),
                    0x20..=0x7e => format!("'{}'", op as char),
                    _ => format!("'\\x{op:02x}'"),
                };
                return Err(unpickling_error(vm, format!("invalid load key, {shown}.")));
            }
        }
        Ok(())
    }
    fn size8(&mut self, vm: &Vm, what: &str) -> PyResult<usize> {
        let n = u64::from_le_bytes(self.input.array(vm)?);
        match usize::try_from(n) {
            Ok(n) if n <= isize::MAX as usize => Ok(n),
            _ => {
                let max = isize::MAX;
                Err(vm.overflow_error(if what.starts_with("FRAME") {
                    format!("{what} exceeds system's maximum of {max} bytes")
                } else {
                    format!("{what} exceeds system's maximum size of {max} bytes")
                }))
            }
        }
    }
    fn text(&mut self, vm: &Vm, n: usize) -> PyResult<()> {
        let b = self.input.take(vm, n)?;
        let v = match std::str::from_utf8(b) {
            Ok(s) => PyStr::from_str(s),
            Err(_) => {
                let b = PyBytes::new(b);
                let (enc, how) = (intern("utf-8"), intern("surrogatepass"));
                vm.call_method_str(b.value(), "decode", &[enc.value(), how.value()])?
            }
        };
        self.push(v);
        Ok(())
    }
    #[inline]
    fn fetch(&mut self, vm: &Vm, n: u64) -> PyResult<()> {
        match self.memo.get(n) {
            Some(v) => {
                let v = v.clone();
                self.stack.push(v);
                Ok(())
            }
            None => Err(unpickling_error(vm, format!("Memo value not found at index {n}"))),
        }
    }
    fn tuple_of(&mut self, vm: &Vm, n: usize) -> PyResult<()> {
        let Some(at) = self.stack.len().checked_sub(n).filter(|at| *at >= self.fence()) else {
            return Err(self.underflow(vm));
        };
        let items = self.stack.split_off(at);
        self.push(PyTuple::new(items));
        Ok(())
    }
    fn line_number(&self, vm: &Vm, line: &[u8]) -> PyResult<i64> {
        let text = String::from_utf8_lossy(line);
        match text.trim().parse::<i64>() {
            Ok(n) => Ok(n),
            Err(_) => {
                let shown = vm.repr_text(PyStr::from_str(&format!("{text}\n")).value())?;
                Err(vm.value_error(format!("invalid literal for int() with base 10: {shown}")))
            }
        }
    }
    fn int_line(&mut self, vm: &Vm) -> PyResult<()> {
        let line = self.input.line(vm)?;
        let v = match &line[..] {
            b"" => return Err(unpickling_error(vm, "pickle data was truncated")),
            b"00" => Owned::bool(false),
            b"01" => Owned::bool(true),
            _ => match big_of(vm, &line) {
                Some(v) => v,
                None => return Err(vm.value_error("could not convert string to int")),
            },
        };
        self.push(v);
        Ok(())
    }
    fn long_line(&mut self, vm: &Vm) -> PyResult<()> {
        let line = self.input.line(vm)?;
        if line.is_empty() {
            return Err(unpickling_error(vm, "pickle data was truncated"));
        }
        match big_of(vm, line.strip_suffix(b"L").unwrap_or(&line)) {
            Some(v) => self.push(v),
            None => {
                let text = PyStr::from_str(&format!("{}\n", String::from_utf8_lossy(&line)));
                let shown = vm.repr_text(text.value())?;
                return Err(vm.value_error(format!("invalid literal for int() with base 10: {shown}")));
            }
        }
        Ok(())
    }
    fn string_line(&mut self, vm: &Vm) -> PyResult<()> {
        let line = self.input.line(vm)?;
        let inner = match &line[..] {
            [q @ (b'\'' | b'"'), inner @ .., end] if q == end => inner,
            _ => return Err(unpickling_error(vm, "the STRING opcode argument must be quoted")),
        };
        let f = vm.import_attr("_codecs", "escape_decode")?;
        let r = vm.call(f.value(), &[PyBytes::new(inner).value()])?;
        let b = vm.getitem(r.value(), new_int(0).value())?;
        self.old_string(vm, b)
    }
    /// A string of Python 2, decoded as asked for.
    fn old_string(&mut self, vm: &Vm, b: Owned) -> PyResult<()> {
        if self.encoding == "bytes" {
            self.push(b);
            return Ok(());
        }
        let (enc, how) = (PyStr::from_str(&self.encoding), PyStr::from_str(&self.errors));
        let v = vm.call_method_str(b.value(), "decode", &[enc.value(), how.value()])?;
        self.push(v);
        Ok(())
    }
    fn persistent(&mut self, vm: &Vm, id: Owned) -> PyResult<()> {
        let Some(f) = self.persistent_load.non_null() else {
            return Err(no_persistent_load(vm));
        };
        let v = vm.call(f, &[id.value()])?;
        self.push(v);
        Ok(())
    }
    fn append_all(&mut self, vm: &Vm, list: Value, items: Vec<Owned>) -> PyResult<()> {
        if let Some(l) = list.cast_exact::<PyList>() {
            let place = l.items.get_mut();
            if place.is_empty() {
                *place = items;
            } else {
                place.extend(items);
            }
            return Ok(());
        }
        if items.len() != 1
            && let Some(extend) = vm.getattr_opt_str(list, "extend")?
        {
            let items = PyList::new(items);
            return vm.call(extend.value(), &[items.value()]).map(drop);
        }
        let append = vm.getattr_str(list, "append")?;
        for v in items {
            vm.call(append.value(), &[v.value()])?;
        }
        Ok(())
    }
}

/// Keys and values, in turns, into a dict or what behaves like one.
fn set_items(vm: &Vm, dict: Value, items: Vec<Owned>) -> PyResult<()> {
    let mut it = items.into_iter();
    let exact = dict.cast_exact::<PyDict>();
    while let (Some(k), Some(v)) = (it.next(), it.next()) {
        match exact {
            Some(d) => d.set(vm, k.value(), v)?,
            None => vm.setitem(dict, k.value(), v.value())?,
        }
    }
    Ok(())
}

/// An integer in two's complement, little endian.
fn integer(b: &[u8]) -> Owned {
    if b.len() <= 8 {
        let fill = if b.last().is_some_and(|s| *s >= 0x80) { 0xff } else { 0 };
        let mut word = [fill; 8];
        word[..b.len()].copy_from_slice(b);
        return new_int(i64::from_le_bytes(word));
    }
    new_big(BigInt::from_bytes(b, true, true))
}

fn big_of(vm: &Vm, line: &[u8]) -> Option<Owned> {
    let text = std::str::from_utf8(line).ok()?.trim();
    if let Ok(i) = text.parse::<i64>() {
        return Some(new_int(i));
    }
    BigInt::parse(text, 10, vm.int_max_str_digits.get()).ok().map(new_big)
}

/// The error of an unpickler without `persistent_load`.
pub fn no_persistent_load(vm: &Vm) -> Raised {
    unpickling_error(
        vm,
        "A load persistent id instruction was encountered, but no persistent_load function was specified.",
    )
}
