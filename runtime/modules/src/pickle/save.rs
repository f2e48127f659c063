//! Writing: the dispatch by class, and the built-in classes that have opcodes of their own.

use super::opcodes::*;
use super::output::Saver;
use super::{noted, pickling_error};
use pyjit_core::prelude::*;
use pyjit_text::repr::Text;
use pyjit_types::bytearray::PyByteArray;

impl Saver {
    /// Writes an object.
    pub fn save(&self, vm: &Vm, v: Value) -> PyResult<()> {
        self.save_with(vm, v, true)
    }
    /// The same; a persistent id itself is written without asking for its persistent id.
    pub fn save_with(&self, vm: &Vm, v: Value, ask: bool) -> PyResult<()> {
        vm.check_native_stack_in(" while pickling an object")?;
        if ask && !self.persistent_id.value().is_null() && self.save_persistent(vm, v)? {
            return self.boundary(vm);
        }
        self.save_by_class(vm, v)?;
        self.boundary(vm)
    }
    fn save_persistent(&self, vm: &Vm, v: Value) -> PyResult<bool> {
        let f = self.persistent_id.own();
        let id = vm.call(f.value(), &[v])?;
        if id.is_none() {
            return Ok(false);
        }
        if self.bin.get() != 0 {
            self.save_with(vm, id.value(), false)?;
            self.put(&[BINPERSID]);
            return Ok(true);
        }
        let text = vm.str(id.value())?;
        match text.cast::<PyStr>().and_then(|s| s.as_ascii()) {
            Some(s) => self.put(format!("P{s}\n").as_bytes()),
            None => return Err(pickling_error(vm, "persistent IDs in protocol 0 must be ASCII strings")),
        }
        Ok(true)
    }
    fn save_by_class(&self, vm: &Vm, v: Value) -> PyResult<()> {
        if v.is_exact_int() {
            return self.save_int(vm, v);
        }
        if v.is_exact_float() {
            self.save_float(v);
            return Ok(());
        }
        match v {
            Value::NONE => {
                self.put(&[NONE]);
                return Ok(());
            }
            Value::TRUE | Value::FALSE => {
                let yes = v.is(Value::TRUE);
                if self.proto.get() >= 2 {
                    self.put(&[if yes { NEWTRUE } else { NEWFALSE }]);
                } else {
                    self.put(if yes { b"I01\n" } else { b"I00\n" });
                }
                return Ok(());
            }
            _ => {}
        }
        if let Some(n) = self.number_of(v) {
            self.put_get(n);
            return Ok(());
        }
        if let Some(s) = v.cast_exact::<PyStr>() {
            return self.save_str(vm, v, s);
        }
        if let Some(b) = v.cast_exact::<PyBytes>() {
            return self.save_bytes(vm, v, b);
        }
        if let Some(d) = v.cast_exact::<PyDict>() {
            return self.contained(vm, v, || self.save_dict(vm, v, d));
        }
        if let Some(l) = v.cast_exact::<PyList>() {
            return self.contained(vm, v, || self.save_list(vm, v, l));
        }
        if let Some(t) = v.cast_exact::<PyTuple>() {
            return self.save_tuple(vm, v, t);
        }
        if let Some(s) = v.cast_exact::<PySet>() {
            return self.save_set(vm, v, s);
        }
        if let Some(s) = v.cast_exact::<PyFrozenSet>() {
            return self.save_frozenset(vm, v, &s.set);
        }
        if let Some(b) = v.cast_exact::<PyByteArray>() {
            return self.save_bytearray(vm, v, b);
        }
        if let Some(b) = v.cast::<super::buffer::PyPickleBuffer>() {
            return self.save_buffer(vm, v, b);
        }
        self.save_other(vm, v)
    }
    /// Runs the writing of a container; in fast mode, which has no memo, watches for cycles.
    pub fn contained(&self, vm: &Vm, v: Value, f: impl FnOnce() -> PyResult<()>) -> PyResult<()> {
        if self.fast.get() == 0 {
            return f();
        }
        let path = &mut self.fast_path.get_mut().0;
        if path.len() >= 50 && path.contains(&v.bits()) {
            return Err(vm.value_error(format!(
                "fast mode: can't pickle cyclic objects including object type {} at {:#x}",
                v.class().name_str(),
                v.bits()
            )));
        }
        path.push(v.bits());
        let r = f();
        self.fast_path.get_mut().0.pop();
        r
    }
    fn save_int(&self, vm: &Vm, v: Value) -> PyResult<()> {
        let binary = self.bin.get() != 0;
        if let Some(i) = v.as_i64()
            && let Ok(small) = i32::try_from(i)
        {
            if !binary {
                self.put(format!("I{small}\n").as_bytes());
            } else if let Ok(b) = u8::try_from(i) {
                self.put(&[BININT1, b]);
            } else if let Ok(h) = u16::try_from(i) {
                let [a, b] = h.to_le_bytes();
                self.put(&[BININT2, a, b]);
            } else {
                self.put_with(BININT, &small.to_le_bytes());
            }
            return Ok(());
        }
        if self.proto.get() < 2 {
            let text = vm.repr_text(v)?;
            self.put(format!("L{text}L\n").as_bytes());
            return Ok(());
        }
        let bytes = match (v.as_i64(), v.as_int()) {
            (Some(i), _) => shortest(i.to_le_bytes().to_vec()),
            (None, Some(i)) => {
                let big = i.to_big();
                let n = big.bit_length() as usize / 8 + 1;
                match big.to_bytes(n, true, true) {
                    Ok(b) => shortest(b),
                    Err(_) => return Err(vm.overflow_error("int too large to pickle")),
                }
            }
            _ => return Err(vm.type_error("an integer is required")),
        };
        if let Ok(n) = u8::try_from(bytes.len()) {
            self.put(&[LONG1, n]);
            self.put(&bytes);
        } else if let Ok(n) = i32::try_from(bytes.len()) {
            self.put_with(LONG4, &n.to_le_bytes());
            self.put(&bytes);
        } else {
            return Err(vm.overflow_error("int too large to pickle"));
        }
        Ok(())
    }
    fn save_float(&self, v: Value) {
        let x = v.as_float().unwrap_or(0.0);
        if self.bin.get() != 0 {
            self.put_with(BINFLOAT, &x.to_be_bytes());
        } else {
            self.put(format!("F{}\n", pyjit_text::float::repr(x)).as_bytes());
        }
    }
    pub fn save_str(&self, vm: &Vm, v: Value, s: &PyStr) -> PyResult<()> {
        if self.bin.get() == 0 {
            let mut line = vec![UNICODE];
            raw_escape(s.text(), &mut line);
            line.push(b'\n');
            self.put(&line);
        } else if let Text::Ascii(b) = s.text() {
            self.put_text(vm, b)?;
        } else {
            let bytes = match s.to_utf8() {
                Some(text) => text.into_bytes(),
                None => {
                    let (enc, how) = (intern("utf-8"), intern("surrogatepass"));
                    let b = vm.call_method_str(v, "encode", &[enc.value(), how.value()])?;
                    vm.bytes_of(b.value())?
                }
            };
            self.put_text(vm, &bytes)?;
        }
        self.memoize(v);
        Ok(())
    }
    fn put_text(&self, vm: &Vm, b: &[u8]) -> PyResult<()> {
        let mut header = [0; 9];
        let header = match (u8::try_from(b.len()), u32::try_from(b.len())) {
            (Ok(n), _) if self.proto.get() >= 4 => {
                self.put(&[SHORT_BINUNICODE, n]);
                self.out.get_mut().0.extend_from_slice(b);
                return Ok(());
            }
            (_, Ok(n)) => head(&mut header, BINUNICODE, &n.to_le_bytes()),
            _ if self.proto.get() >= 4 => head(&mut header, BINUNICODE8, &(b.len() as u64).to_le_bytes()),
            _ => {
                return Err(vm.overflow_error(
                    "serializing a string larger than 4 GiB requires pickle protocol 4 or higher",
                ));
            }
        };
        self.put_string(vm, header, b, None)
    }
    fn put_bytes(&self, vm: &Vm, b: &[u8], payload: Option<Value>) -> PyResult<()> {
        let mut header = [0; 9];
        let header = match (u8::try_from(b.len()), u32::try_from(b.len())) {
            (Ok(n), _) => head(&mut header, SHORT_BINBYTES, &[n]),
            (_, Ok(n)) => head(&mut header, BINBYTES, &n.to_le_bytes()),
            _ if self.proto.get() >= 4 => head(&mut header, BINBYTES8, &(b.len() as u64).to_le_bytes()),
            _ => {
                return Err(vm.overflow_error(
                    "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher",
                ));
            }
        };
        self.put_string(vm, header, b, payload)
    }
    fn save_bytes(&self, vm: &Vm, v: Value, b: &PyBytes) -> PyResult<()> {
        if self.proto.get() < 3 {
            // Older protocols know text only: the bytes travel as Latin-1.
            let made = if b.is_empty() {
                let class = PyBytes::class().as_owned();
                PyTuple::pair(class, PyTuple::empty())
            } else {
                let text = PyStr::from_slice(Text::of_latin1(b.as_slice()));
                let args = PyTuple::pair(text, intern("latin1"));
                PyTuple::pair(super::shared(vm, super::Shared::Encode)?, args)
            };
            return self.save_reduce(vm, made.value(), Some(v));
        }
        self.put_bytes(vm, b.as_slice(), Some(v))?;
        self.memoize(v);
        Ok(())
    }
    fn put_bytearray(&self, vm: &Vm, b: &[u8], payload: Option<Value>) -> PyResult<()> {
        let mut header = [0; 9];
        let header = head(&mut header, BYTEARRAY8, &(b.len() as u64).to_le_bytes());
        self.put_string(vm, header, b, payload)
    }
    fn save_bytearray(&self, vm: &Vm, v: Value, b: &PyByteArray) -> PyResult<()> {
        if self.proto.get() < 5 {
            let args = if b.as_slice().is_empty() {
                PyTuple::empty()
            } else {
                PyTuple::new(vec![PyBytes::new(b.as_slice())])
            };
            let made = PyTuple::pair(PyByteArray::class().as_owned(), args);
            return self.save_reduce(vm, made.value(), Some(v));
        }
        // Copied: writing to the file may run code that changes the array.
        let data = b.as_slice().to_vec();
        self.put_bytearray(vm, &data, Some(v))?;
        self.memoize(v);
        Ok(())
    }
    fn save_buffer(&self, vm: &Vm, v: Value, b: &super::buffer::PyPickleBuffer) -> PyResult<()> {
        if self.proto.get() < 5 {
            return Err(pickling_error(vm, "PickleBuffer can only be pickled with protocol >= 5"));
        }
        let view = b.view(vm)?;
        if !view.is_contiguous() && !super::buffer::is_fortran(&view) {
            return Err(pickling_error(
                vm,
                "PickleBuffer can not be pickled when pointing to a non-contiguous buffer",
            ));
        }
        let callback = self.buffer_callback.own();
        let in_band = match callback.non_null() {
            None => true,
            Some(f) => {
                let r = vm.call(f, &[v])?;
                vm.truthy(r.value())?
            }
        };
        if in_band {
            let data = view.as_slice();
            if view.readonly {
                self.put_bytes(vm, data, None)?;
            } else {
                self.put_bytearray(vm, data, None)?;
            }
            self.memoize(v);
        } else {
            self.put(&[NEXT_BUFFER]);
            if view.readonly {
                self.put(&[READONLY_BUFFER]);
            }
        }
        Ok(())
    }
    fn save_tuple(&self, vm: &Vm, v: Value, t: &PyTuple) -> PyResult<()> {
        let n = t.len();
        if n == 0 {
            self.put(if self.bin.get() != 0 { &[EMPTY_TUPLE] } else { &[MARK, TUPLE] });
            return Ok(());
        }
        let short = n <= 3 && self.proto.get() >= 2;
        if !short {
            self.put(&[MARK]);
        }
        for (i, item) in t.as_slice().iter().enumerate() {
            noted(vm, self.save(vm, *item), || {
                format!("when serializing {} item {i}", v.class().full_name(vm))
            })?;
        }
        // A tuple that contains itself was written by its items: theirs is the one to use.
        if let Some(number) = self.number_of(v) {
            if short {
                self.put(&[POP, POP, POP][..n]);
            } else if self.bin.get() != 0 {
                self.put(&[POP_MARK]);
            } else {
                self.put(&vec![POP; n + 1]);
            }
            self.put_get(number);
            return Ok(());
        }
        self.put(&[if short { TUPLE1 - 1 + n as u8 } else { TUPLE }]);
        self.memoize(v);
        Ok(())
    }
    fn save_list(&self, vm: &Vm, v: Value, l: &PyList) -> PyResult<()> {
        self.put(if self.bin.get() != 0 { &[EMPTY_LIST] } else { &[MARK, LIST] });
        self.memoize(v);
        let note = |r: PyResult<()>, i: usize| noted(vm, r, || format!("when serializing list item {i}"));
        if self.bin.get() == 0 || l.len() == 1 {
            let mut i = 0;
            while let Some(item) = l.get(i) {
                note(self.save(vm, item.value()), i)?;
                self.put(&[APPEND]);
                i += 1;
            }
            return Ok(());
        }
        let mut i = 0;
        while i < l.len() {
            self.put(&[MARK]);
            for _ in 0..BATCH {
                let Some(item) = l.get(i) else { break };
                note(self.save(vm, item.value()), i)?;
                i += 1;
            }
            self.put(&[APPENDS]);
        }
        Ok(())
    }
    fn save_pair(&self, vm: &Vm, key: Value, value: Value, owner: Value) -> PyResult<()> {
        self.save(vm, key)?;
        match self.save(vm, value) {
            Ok(()) => Ok(()),
            Err(e) => {
                let shown = vm.repr_text(key)?;
                let name = owner.class().full_name(vm);
                noted(vm, Err(e), || format!("when serializing {name} item {shown}"))
            }
        }
    }
    fn save_dict(&self, vm: &Vm, v: Value, d: &PyDict) -> PyResult<()> {
        self.put(if self.bin.get() != 0 { &[EMPTY_DICT] } else { &[MARK, DICT] });
        self.memoize(v);
        if d.is_empty() {
            return Ok(());
        }
        if self.bin.get() == 0 {
            let items = vm.call_method(v, vm.names.items.value(), &[])?;
            let it = vm.iter(items.value())?;
            return self.save_pairs(vm, it.value(), v);
        }
        let size = d.len();
        let (single, mut at, mut written) = (size == 1, 0, 0);
        while written < size {
            if !single {
                self.put(&[MARK]);
            }
            for _ in 0..BATCH {
                let Some((next, key, value)) = d.entry_from(at) else { break };
                at = next + 1;
                self.save_pair(vm, key.value(), value.value(), v)?;
                written += 1;
            }
            self.put(&[if single { SETITEM } else { SETITEMS }]);
            if d.len() != size {
                return Err(vm.runtime_error("dictionary changed size during iteration"));
            }
        }
        Ok(())
    }
    /// Pairs from an iterator, in batches.
    pub fn save_pairs(&self, vm: &Vm, it: Value, owner: Value) -> PyResult<()> {
        let pair = |item: &Owned| -> PyResult<()> {
            match item.cast::<PyTuple>().map(|t| t.as_slice()) {
                Some(&[k, v]) => self.save_pair(vm, k, v, owner),
                _ => Err(vm.type_error("dict items iterator must return 2-tuples")),
            }
        };
        self.batches(vm, it, SETITEM, SETITEMS, |item, _| pair(item))
    }
    /// Items from an iterator, in batches.
    pub fn save_items(&self, vm: &Vm, it: Value, owner: Value) -> PyResult<()> {
        self.batches(vm, it, APPEND, APPENDS, |item, i| {
            noted(vm, self.save(vm, item.value()), || {
                format!("when serializing {} item {i}", owner.class().full_name(vm))
            })
        })
    }
    fn batches(
        &self,
        vm: &Vm,
        it: Value,
        one: u8,
        many: u8,
        put: impl Fn(&Owned, usize) -> PyResult<()>,
    ) -> PyResult<()> {
        let mut i = 0;
        if self.bin.get() == 0 {
            while let Some(item) = vm.next(it)? {
                put(&item, i)?;
                self.put(&[one]);
                i += 1;
            }
            return Ok(());
        }
        loop {
            let Some(first) = vm.next(it)? else { return Ok(()) };
            let Some(mut item) = vm.next(it)? else {
                put(&first, i)?;
                self.put(&[one]);
                return Ok(());
            };
            self.put(&[MARK]);
            put(&first, i)?;
            let mut n = 1;
            loop {
                put(&item, i + n)?;
                n += 1;
                if n == BATCH {
                    break;
                }
                match vm.next(it)? {
                    Some(next) => item = next,
                    None => break,
                }
            }
            self.put(&[many]);
            i += n;
            if n < BATCH {
                return Ok(());
            }
        }
    }
    fn save_set(&self, vm: &Vm, v: Value, s: &PySet) -> PyResult<()> {
        if self.proto.get() < 4 {
            return self.save_set_reduced(vm, v, s);
        }
        self.put(&[EMPTY_SET]);
        self.memoize(v);
        let size = s.len();
        let (mut at, mut written) = (0, 0);
        while written < size {
            self.put(&[MARK]);
            for _ in 0..BATCH {
                let Some((next, item, _)) = s.entry_from(at) else { break };
                at = next + 1;
                noted(vm, self.save(vm, item.value()), || "when serializing set element".to_owned())?;
                written += 1;
            }
            self.put(&[ADDITEMS]);
            if s.len() != size {
                return Err(vm.runtime_error("set changed size during iteration"));
            }
        }
        Ok(())
    }
    fn save_set_reduced(&self, vm: &Vm, v: Value, s: &PySet) -> PyResult<()> {
        let args = PyTuple::new(vec![PyList::new(s.items())]);
        let made = PyTuple::pair(v.class().as_owned(), args);
        self.save_reduce(vm, made.value(), Some(v))
    }
    fn save_frozenset(&self, vm: &Vm, v: Value, s: &PySet) -> PyResult<()> {
        if self.proto.get() < 4 {
            return self.save_set_reduced(vm, v, s);
        }
        self.put(&[MARK]);
        for item in s.items() {
            noted(vm, self.save(vm, item.value()), || "when serializing frozenset element".to_owned())?;
        }
        if let Some(n) = self.number_of(v) {
            self.put(&[POP_MARK]);
            self.put_get(n);
            return Ok(());
        }
        self.put(&[FROZENSET]);
        self.memoize(v);
        Ok(())
    }
}

/// Puts an opcode and a length into a buffer.
fn head<'a>(buf: &'a mut [u8; 9], op: u8, length: &[u8]) -> &'a [u8] {
    buf[0] = op;
    buf[1..=length.len()].copy_from_slice(length);
    &buf[..=length.len()]
}

/// Two's complement, little endian, without bytes that only repeat the sign.
fn shortest(mut b: Vec<u8>) -> Vec<u8> {
    while let [.., before, last] = b[..] {
        let repeats = (last == 0 && before < 0x80) || (last == 0xff && before >= 0x80);
        if !repeats {
            break;
        }
        b.pop();
    }
    b
}

/// The text of protocol 0: Latin-1, with escapes for everything else and for what would end the line.
fn raw_escape(text: Text<'_>, out: &mut Vec<u8>) {
    for c in text.iter() {
        match c {
            0x10000.. => out.extend_from_slice(format!("\\U{c:08x}").as_bytes()),
            0x100.. | 0x5c | 0 | 0x0a | 0x0d | 0x1a => out.extend_from_slice(format!("\\u{c:04x}").as_bytes()),
            _ => out.push(c as u8),
        }
    }
}
