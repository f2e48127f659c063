//! Writing values.

use super::{MAX_DEPTH, code};
use pyjit_core::prelude::*;
use pyjit_text::codecs::{self, Encoding, Policy};
use pyjit_text::repr::Text;
use std::collections::HashMap;

struct Writer<'a> {
    vm: &'a Vm,
    out: Vec<u8>,
    version: i64,
    allow_code: bool,
    /// Objects written so far that may be referred to: word to index.
    seen: HashMap<u64, u32>,
    /// Keeps temporary objects alive, so that their words stay unique.
    keep: Vec<Owned>,
    /// Objects being written that cannot refer to themselves.
    open: Vec<u64>,
    depth: usize,
}

/// The bytes of a value.
pub fn dump(vm: &Vm, v: Value, version: i64, allow_code: bool) -> PyResult<Vec<u8>> {
    let mut w = Writer {
        vm,
        out: Vec::with_capacity(128),
        version,
        allow_code,
        seen: HashMap::new(),
        keep: Vec::new(),
        open: Vec::new(),
        depth: 0,
    };
    w.value(v)?;
    Ok(w.out)
}

impl Writer<'_> {
    fn u32(&mut self, n: u32) {
        self.out.extend(n.to_le_bytes());
    }
    fn size(&mut self, n: usize) -> PyResult<()> {
        match i32::try_from(n) {
            Ok(n) => {
                self.u32(n as u32);
                Ok(())
            }
            Err(_) => Err(self.vm.value_error("unmarshallable object")),
        }
    }
    /// The flag for an object's code, or `None` if a reference to an earlier copy was written.
    fn reference(&mut self, v: Value) -> Option<u8> {
        if self.version < 3 || !v.is_heap() || v.header().refs() == 1 {
            return Some(0);
        }
        if let Some(i) = self.seen.get(&v.bits()).copied() {
            self.out.push(code::REF);
            self.u32(i);
            return None;
        }
        let i = self.seen.len() as u32;
        self.seen.insert(v.bits(), i);
        self.keep.push(v.own());
        Some(code::FLAG_REF)
    }
    fn value(&mut self, v: Value) -> PyResult<()> {
        if self.depth >= MAX_DEPTH {
            return Err(self
                .vm
                .value_error("object too deeply nested to marshal"));
        }
        self.depth += 1;
        let r = self.any(v);
        self.depth -= 1;
        r
    }
    fn any(&mut self, v: Value) -> PyResult<()> {
        match v {
            Value::NULL => self.out.push(code::NULL),
            Value::NONE => self.out.push(code::NONE),
            Value::FALSE => self.out.push(code::FALSE),
            Value::TRUE => self.out.push(code::TRUE),
            Value::ELLIPSIS => self.out.push(code::ELLIPSIS),
            _ if v.is(self.vm.exc.StopIteration.as_value()) => self.out.push(code::STOP_ITERATION),
            _ if v.is_exact_int() => return self.int(v),
            _ => {
                if let Some(f) = v.as_float()
                    && v.is_exact_float()
                {
                    return self.float(v, f);
                }
                return self.object(v);
            }
        }
        Ok(())
    }
    fn int(&mut self, v: Value) -> PyResult<()> {
        if let Some(i) = v.as_i64()
            && let Ok(small) = i32::try_from(i)
        {
            self.out.push(code::INT);
            self.u32(small as u32);
            return Ok(());
        }
        let Some(flag) = self.reference(v) else {
            return Ok(());
        };
        let Some(int) = v.as_int() else { return Ok(()) };
        let negative = int.is_negative();
        let digits: Vec<u8> = (int.to_big().to_u32_words().iter())
            .flat_map(|w| w.to_le_bytes())
            .collect();
        let mut words: Vec<u16> = Vec::new();
        let (mut acc, mut bits) = (0u32, 0);
        for b in digits {
            acc |= u32::from(b) << bits;
            bits += 8;
            if bits >= 15 {
                words.push((acc & 0x7fff) as u16);
                acc >>= 15;
                bits -= 15;
            }
        }
        words.push(acc as u16);
        while words.last() == Some(&0) {
            words.pop();
        }
        self.out.push(code::LONG | flag);
        let n = words.len() as i32;
        self.u32(if negative { -n } else { n } as u32);
        for w in words {
            self.out.extend(w.to_le_bytes());
        }
        Ok(())
    }
    fn float_text(&mut self, f: f64) {
        let text = pyjit_text::float::repr(f);
        self.out.push(text.len() as u8);
        self.out.extend(text.as_bytes());
    }
    fn float(&mut self, v: Value, f: f64) -> PyResult<()> {
        let Some(flag) = self.reference(v) else {
            return Ok(());
        };
        if self.version > 1 {
            self.out.push(code::FLOAT | flag);
            self.out.extend(f.to_le_bytes());
        } else {
            self.out.push(code::FLOAT_TEXT | flag);
            self.float_text(f);
        }
        Ok(())
    }
    fn object(&mut self, v: Value) -> PyResult<()> {
        if self.open.contains(&v.bits()) {
            return Err(self.vm.value_error("unmarshallable object"));
        }
        let closed = v.is_exact::<PyCode>() || v.is_exact::<PySlice>() || v.is_exact::<PyFrozenSet>();
        if !closed {
            return self.contents(v);
        }
        self.open.push(v.bits());
        let r = self.contents(v);
        self.open.pop();
        r
    }
    fn contents(&mut self, v: Value) -> PyResult<()> {
        let Some(flag) = self.reference(v) else {
            return Ok(());
        };
        if let Some(s) = v.cast_exact::<PyStr>() {
            return self.text(s, flag);
        }
        if let Some(c) = v.cast_exact::<PyComplex>() {
            let (re, im) = (c.re, c.im);
            if self.version > 1 {
                self.out.push(code::COMPLEX | flag);
                self.out.extend(re.to_le_bytes());
                self.out.extend(im.to_le_bytes());
            } else {
                self.out.push(code::COMPLEX_TEXT | flag);
                self.float_text(re);
                self.float_text(im);
            }
            return Ok(());
        }
        if let Some(t) = v.cast_exact::<PyTuple>() {
            if self.version >= 4 && t.len() < 256 {
                self.out.push(code::SMALL_TUPLE | flag);
                self.out.push(t.len() as u8);
            } else {
                self.out.push(code::TUPLE | flag);
                self.size(t.len())?;
            }
            for x in t.as_slice() {
                self.value(*x)?;
            }
            return Ok(());
        }
        if let Some(l) = v.cast_exact::<PyList>() {
            let items = l.snapshot();
            self.out.push(code::LIST | flag);
            self.size(items.len())?;
            for x in &items {
                self.value(x.value())?;
            }
            return Ok(());
        }
        if let Some(d) = v.cast_exact::<PyDict>() {
            self.out.push(code::DICT | flag);
            for (k, x) in d.items() {
                self.value(k.value())?;
                self.value(x.value())?;
            }
            self.out.push(code::NULL);
            return Ok(());
        }
        if v.is_exact::<PySet>() || v.is_exact::<PyFrozenSet>() {
            return self.set(v, flag);
        }
        if let Some(c) = v.cast_exact::<PyCode>() {
            return self.code(c, flag);
        }
        if let Some(s) = v.cast_exact::<PySlice>() {
            if self.version < 5 {
                return Err(self.vm.value_error("unmarshallable object"));
            }
            self.out.push(code::SLICE | flag);
            self.value(s.start.value())?;
            self.value(s.stop.value())?;
            return self.value(s.step.value());
        }
        if v.is_exact::<PyBytes>() || v.class().slots.buffer.get().is_some() {
            let bytes = match self.vm.bytes_of(v) {
                Ok(b) => b,
                Err(_) => return Err(self.vm.value_error("unmarshallable object")),
            };
            self.out.push(code::BYTES | flag);
            self.size(bytes.len())?;
            self.out.extend(bytes);
            return Ok(());
        }
        Err(self.vm.value_error("unmarshallable object"))
    }
    fn text(&mut self, s: &PyStr, flag: u8) -> PyResult<()> {
        let interned = s.is_interned() && self.version >= 3;
        if self.version >= 4
            && let Text::Ascii(b) = s.text()
        {
            if b.len() < 256 {
                let c = if interned {
                    code::SHORT_ASCII_INTERNED
                } else {
                    code::SHORT_ASCII
                };
                self.out.push(c | flag);
                self.out.push(b.len() as u8);
            } else {
                let c = if interned {
                    code::ASCII_INTERNED
                } else {
                    code::ASCII
                };
                self.out.push(c | flag);
                self.size(b.len())?;
            }
            self.out.extend_from_slice(b);
            return Ok(());
        }
        let bytes =
            codecs::encode_with_policy(Encoding::Utf8, Policy::SurrogatePass, s.text())
                .unwrap_or_default();
        self.out
            .push(if interned { code::INTERNED } else { code::TEXT } | flag);
        self.size(bytes.len())?;
        self.out.extend(bytes);
        Ok(())
    }
    /// Members of sets go in the order of their own dumps, so that equal sets give equal bytes.
    fn set(&mut self, v: Value, flag: u8) -> PyResult<()> {
        let Some(s) = v.cast::<PySet>() else {
            return Ok(());
        };
        let mut items = Vec::new();
        for x in s.items() {
            items.push((dump(self.vm, x.value(), self.version, self.allow_code)?, x));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let c = if v.is_exact::<PySet>() {
            code::SET
        } else {
            code::FROZENSET
        };
        self.out.push(c | flag);
        self.size(items.len())?;
        for (_, x) in &items {
            self.value(x.value())?;
        }
        Ok(())
    }
    fn names(&mut self, names: &[Owned]) -> PyResult<()> {
        let t = PyTuple::new(names.to_vec());
        self.value(t.value())
    }
    fn bytes(&mut self, b: &[u8]) -> PyResult<()> {
        self.out.push(code::BYTES);
        self.size(b.len())?;
        self.out.extend_from_slice(b);
        Ok(())
    }
    fn code(&mut self, c: &PyCode, flag: u8) -> PyResult<()> {
        if !self.allow_code {
            return Err(self
                .vm
                .value_error("marshalling code objects is disallowed"));
        }
        self.out.push(code::CODE | flag);
        let d = &c.data.0;
        for n in [
            d.arg_count,
            d.posonly_count,
            d.kwonly_count,
            d.stack_size,
            c.flags,
        ] {
            self.u32(n);
        }
        self.bytes(&d.code)?;
        let consts = c.consts.get().clone();
        self.names(&consts)?;
        self.names(&c.names)?;
        self.names(&c.local_names)?;
        self.bytes(&d.local_kinds)?;
        let filename = c.filename.value();
        self.value(filename)?;
        self.value(c.name.value())?;
        self.value(c.qualname.value())?;
        self.u32(d.first_line);
        self.bytes(&d.line_table)?;
        self.bytes(&d.exception_table)
    }
}
