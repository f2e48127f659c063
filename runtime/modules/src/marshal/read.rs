//! Reading values. Bad data raises EOFError, ValueError or TypeError; nothing here trusts a length it has not checked.

use super::{MAX_DEPTH, code};
use pyjit_core::prelude::*;
use pyjit_core::object::MutCell;
use pyjit_core::types::{CodeBody, CodeNames, CodeParts, intern_value};
use pyjit_isa::code::local_kind;
use pyjit_text::codecs::{self, Encoding, Policy};
use pyjit_text::repr::Text;

/// Where the data comes from.
pub enum Source<'a> {
    Bytes(&'a [u8]),
    /// An object with `read`.
    File(Value),
}

struct Reader<'a> {
    vm: &'a Vm,
    source: Source<'a>,
    at: usize,
    refs: Vec<Owned>,
    depth: usize,
    allow_code: bool,
}

/// One value.
pub fn load(vm: &Vm, source: Source<'_>, allow_code: bool) -> PyResult<Owned> {
    let mut r = Reader {
        vm,
        source,
        at: 0,
        refs: Vec::new(),
        depth: 0,
        allow_code,
    };
    let v = r.value()?;
    if v.is_null() {
        return Err(vm.type_error("NULL object in marshal data for object"));
    }
    Ok(v)
}

impl Reader<'_> {
    fn short(&self) -> Raised {
        self.vm
            .error(self.vm.exc.EOFError, "marshal data too short")
    }
    fn bad(&self, what: &str) -> Raised {
        self.vm.value_error(format!("bad marshal data ({what})"))
    }
    fn null_in(&self, what: &str) -> Raised {
        self.vm
            .type_error(format!("NULL object in marshal data for {what}"))
    }
    fn take<R>(&mut self, n: usize, f: impl FnOnce(&[u8]) -> R) -> PyResult<R> {
        match self.source {
            Source::Bytes(b) => {
                let end = self.at.checked_add(n).ok_or_else(|| self.short())?;
                let part = b.get(self.at..end).ok_or_else(|| self.short())?;
                self.at = end;
                Ok(f(part))
            }
            Source::File(file) => {
                let mut all: Vec<u8> = Vec::new();
                if self
                    .vm
                    .getattr_opt_str(file, "readinto")?
                    .is_some()
                {
                    self.read_into(file, n, &mut all)?;
                    return Ok(f(&all));
                }
                while all.len() < n {
                    let want = new_usize(n - all.len());
                    let part =
                        self.vm
                            .call_method(file, self.vm.names.read.value(), &[want.value()])?;
                    let Some(b) = part.cast::<PyBytes>() else {
                        return Err(self.vm.type_error(format!(
                            "file.read() returned not bytes but {}",
                            part.class().name_str()
                        )));
                    };
                    if b.is_empty() {
                        return Err(self.vm.error(
                            self.vm.exc.EOFError,
                            "EOF read where not expected",
                        ));
                    }
                    if b.len() > n - all.len() {
                        return Err(self.vm.value_error(format!(
                            "read() returned too much data: {} bytes requested, {} returned",
                            n - all.len(),
                            b.len()
                        )));
                    }
                    all.extend_from_slice(b.as_slice());
                }
                Ok(f(&all))
            }
        }
    }
    /// Reads `n` bytes by the file's `readinto`.
    fn read_into(&self, file: Value, n: usize, out: &mut Vec<u8>) -> PyResult<()> {
        let vm = self.vm;
        let Some(space) = crate::io::zeros(n) else {
            return Err(vm.memory_error());
        };
        let array = pyjit_types::bytearray::PyByteArray::new(space);
        let view = pyjit_types::memoryview::new_view(vm, array.value(), true)?;
        let r = vm.call_method_str(file, "readinto", &[view.value()])?;
        let got = if r.is_none() { 0 } else { vm.to_size(r.value())? };
        if got > n as isize {
            return Err(vm.value_error(format!(
                "read() returned too much data: {n} bytes requested, {got} returned"
            )));
        }
        if got < n as isize {
            return Err(vm.error(vm.exc.EOFError, "EOF read where not expected"));
        }
        out.extend(vm.bytes_of(array.value())?);
        Ok(())
    }
    fn byte(&mut self) -> PyResult<u8> {
        if let Source::Bytes(b) = self.source {
            let c = *b.get(self.at).ok_or_else(|| self.short())?;
            self.at += 1;
            return Ok(c);
        }
        self.take(1, |b| b.first().copied().unwrap_or(0))
    }
    fn i32(&mut self) -> PyResult<i32> {
        self.take(4, |b| i32::from_le_bytes(b.try_into().unwrap_or_default()))
    }
    fn f64(&mut self) -> PyResult<f64> {
        self.take(8, |b| f64::from_le_bytes(b.try_into().unwrap_or_default()))
    }
    fn size(&mut self, what: &str) -> PyResult<usize> {
        let n = self.i32()?;
        usize::try_from(n).map_err(|_| self.bad(&format!("{what} size out of range")))
    }
    fn float_text(&mut self) -> PyResult<f64> {
        let n = self.byte()? as usize;
        let text = self.take(n, |b| String::from_utf8_lossy(b).into_owned())?;
        let v = PyStr::from_str(&text);
        let f = self
            .vm
            .call(PyFloat::class().as_value(), &[v.value()])?;
        self.vm.to_f64(f.value())
    }
    /// Makes room in the table of references for an object that is not finished.
    fn reserve(&mut self, flag: bool) -> Option<usize> {
        flag.then(|| {
            self.refs.push(Owned::NULL);
            self.refs.len() - 1
        })
    }
    fn fill(&mut self, place: Option<usize>, v: Owned) -> Owned {
        if let Some(p) = place.and_then(|i| self.refs.get_mut(i)) {
            *p = v.clone();
        }
        v
    }
    fn done(&mut self, flag: bool, v: Owned) -> Owned {
        if flag {
            self.refs.push(v.clone());
        }
        v
    }
    fn value(&mut self) -> PyResult<Owned> {
        if self.depth >= MAX_DEPTH {
            return Err(self.vm.value_error("recursion limit exceeded"));
        }
        self.depth += 1;
        let r = self.any();
        self.depth -= 1;
        r
    }
    fn item(&mut self, what: &str) -> PyResult<Owned> {
        let v = self.value()?;
        if v.is_null() {
            return Err(self.null_in(what));
        }
        Ok(v)
    }
    fn items(&mut self, n: usize, what: &str) -> PyResult<Vec<Owned>> {
        // The length is not to be trusted with memory before the data is there.
        let mut items = Vec::with_capacity(n.min(4096));
        for _ in 0..n {
            items.push(self.item(what)?);
        }
        Ok(items)
    }
    fn any(&mut self) -> PyResult<Owned> {
        let c = match self.byte() {
            Ok(c) => c,
            Err(e) if matches!(self.source, Source::Bytes(_)) && self.depth == 1 => {
                drop(e);
                return Err(self
                    .vm
                    .error(self.vm.exc.EOFError, "EOF read where object expected"));
            }
            Err(e) => return Err(e),
        };
        let flag = c & code::FLAG_REF != 0;
        Ok(match c & !code::FLAG_REF {
            code::NULL => Owned::NULL,
            code::NONE => Owned::NONE,
            code::FALSE => Owned::bool(false),
            code::TRUE => Owned::bool(true),
            code::ELLIPSIS => Owned::immediate(Value::ELLIPSIS),
            code::STOP_ITERATION => self.vm.exc.StopIteration.as_owned(),
            code::INT => {
                let i = self.i32()?;
                self.done(flag, new_int(i64::from(i)))
            }
            code::INT64 => {
                let i = self.take(8, |b| i64::from_le_bytes(b.try_into().unwrap_or_default()))?;
                self.done(flag, new_int(i))
            }
            code::LONG => {
                let v = self.long()?;
                self.done(flag, v)
            }
            code::FLOAT => {
                let f = self.f64()?;
                self.done(flag, new_float(f))
            }
            code::FLOAT_TEXT => {
                let f = self.float_text()?;
                self.done(flag, new_float(f))
            }
            code::COMPLEX => {
                let (re, im) = (self.f64()?, self.f64()?);
                self.done(flag, new_complex(re, im))
            }
            code::COMPLEX_TEXT => {
                let (re, im) = (self.float_text()?, self.float_text()?);
                self.done(flag, new_complex(re, im))
            }
            code::BYTES => {
                let n = self.size("bytes object")?;
                let v = self.take(n, PyBytes::new)?;
                self.done(flag, v)
            }
            k @ (code::ASCII | code::ASCII_INTERNED) => {
                let n = self.size("string")?;
                self.ascii(n, k == code::ASCII_INTERNED, flag)?
            }
            k @ (code::SHORT_ASCII | code::SHORT_ASCII_INTERNED) => {
                let n = self.byte()? as usize;
                self.ascii(n, k == code::SHORT_ASCII_INTERNED, flag)?
            }
            k @ (code::TEXT | code::INTERNED) => {
                let n = self.size("string")?;
                let text = self.take(n, |b| {
                    codecs::decode_with_policy(Encoding::Utf8, Policy::SurrogatePass, b, true)
                        .map(|d| PyStr::from_buf(&d.text))
                })?;
                let Ok(mut v) = text else {
                    return Err(self.bad("invalid UTF-8 in string"));
                };
                if k == code::INTERNED {
                    v = intern_value(v.value());
                }
                self.done(flag, v)
            }
            code::REF => {
                let n = self.i32()?;
                let found = usize::try_from(n).ok().and_then(|i| self.refs.get(i));
                match found {
                    Some(v) if !v.is_null() => v.clone(),
                    _ => return Err(self.bad("invalid reference")),
                }
            }
            k @ (code::TUPLE | code::SMALL_TUPLE) => {
                let n = if k == code::TUPLE {
                    self.size("tuple")?
                } else {
                    self.byte()? as usize
                };
                let place = self.reserve(flag);
                let items = self.items(n, "tuple")?;
                self.fill(place, PyTuple::new(items))
            }
            code::LIST => {
                let n = self.size("list")?;
                let v = self.done(flag, PyList::new(Vec::new()));
                for _ in 0..n {
                    let x = self.item("list")?;
                    if let Some(l) = v.cast::<PyList>() {
                        l.push(x);
                    }
                }
                v
            }
            code::DICT => {
                let v = self.done(flag, PyDict::new());
                loop {
                    let k = self.value()?;
                    if k.is_null() {
                        break;
                    }
                    let x = self.value()?;
                    if x.is_null() {
                        break;
                    }
                    if let Some(d) = v.cast::<PyDict>() {
                        d.set(self.vm, k.value(), x)?;
                    }
                }
                v
            }
            code::SET => {
                let n = self.size("set")?;
                let v = self.done(flag, PySet::new());
                for _ in 0..n {
                    let x = self.item("set")?;
                    if let Some(s) = v.cast::<PySet>() {
                        s.add(self.vm, x.value())?;
                    }
                }
                v
            }
            code::FROZENSET => {
                let n = self.size("set")?;
                let place = self.reserve(flag);
                let items = self.items(n, "set")?;
                let values: Vec<Value> = items.iter().map(|v| v.value()).collect();
                let v = PySet::from_items(self.vm, PyFrozenSet::class(), &values)?;
                self.fill(place, v)
            }
            code::SLICE => {
                let place = self.reserve(flag);
                let (a, b, c) = (
                    self.item("slice")?,
                    self.item("slice")?,
                    self.item("slice")?,
                );
                self.fill(place, PySlice::new(a, b, c))
            }
            code::CODE => {
                if !self.allow_code {
                    return Err(self
                        .vm
                        .value_error("unmarshalling code objects is disallowed"));
                }
                let place = self.reserve(flag);
                let v = self.code()?;
                self.fill(place, v)
            }
            _ => return Err(self.bad("unknown type code")),
        })
    }
    fn ascii(&mut self, n: usize, interned: bool, flag: bool) -> PyResult<Owned> {
        let v = self.take(n, |b| {
            if interned
                && b.is_ascii()
                && let Ok(s) = std::str::from_utf8(b)
            {
                return intern(s);
            }
            PyStr::from_text(Text::of_latin1(b))
        })?;
        Ok(self.done(flag, v))
    }
    fn long(&mut self) -> PyResult<Owned> {
        let n = self.i32()?;
        let negative = n < 0;
        let count = n.unsigned_abs() as usize;
        if count > i32::MAX as usize {
            return Err(self.bad("long size out of range"));
        }
        let mut bytes: Vec<u8> = Vec::new();
        let (mut acc, mut bits) = (0u32, 0);
        for i in 0..count {
            let d = self.take(2, |b| u16::from_le_bytes(b.try_into().unwrap_or_default()))?;
            if d > 0x7fff {
                return Err(self.bad("digit out of range in long"));
            }
            if d == 0 && i + 1 == count {
                return Err(self.bad("unnormalized long data"));
            }
            acc |= u32::from(d) << bits;
            bits += 15;
            while bits >= 8 {
                bytes.push(acc as u8);
                acc >>= 8;
                bits -= 8;
            }
        }
        bytes.push(acc as u8);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        let words: Vec<u32> = bytes
            .chunks_exact(4)
            .map(|b| u32::from_le_bytes(b.try_into().unwrap_or_default()))
            .collect();
        Ok(new_big(pyjit_num::BigInt::from_u32_words(negative, &words)))
    }
    fn bytes(&mut self) -> PyResult<Vec<u8>> {
        let v = self.item("code")?;
        match v.cast::<PyBytes>() {
            Some(b) => Ok(b.as_slice().to_vec()),
            None => Err(self.bad("bytes expected in code")),
        }
    }
    fn names(&mut self) -> PyResult<Vec<Owned>> {
        let v = self.item("code")?;
        let Some(t) = v.cast::<PyTuple>() else {
            return Err(self.bad("tuple expected in code"));
        };
        let mut out = Vec::with_capacity(t.len());
        for n in t.as_slice() {
            out.push(self.interned(*n)?);
        }
        Ok(out)
    }
    fn interned(&self, v: Value) -> PyResult<Owned> {
        match v.cast_exact::<PyStr>() {
            Some(_) => Ok(intern_value(v)),
            None => Err(self.bad("name expected in code")),
        }
    }
    fn name(&mut self) -> PyResult<Owned> {
        let v = self.item("code")?;
        self.interned(v.value())
    }
    fn count(&mut self) -> PyResult<u32> {
        let n = self.i32()?;
        u32::try_from(n).map_err(|_| self.bad("negative count in code"))
    }
    fn code(&mut self) -> PyResult<Owned> {
        let (arg_count, posonly_count, kwonly_count) =
            (self.count()?, self.count()?, self.count()?);
        let (stack_size, flags) = (self.count()?, self.i32()? as u32);
        let code = self.bytes()?;
        let consts = self.item("code")?;
        let Some(consts) = consts.cast::<PyTuple>() else {
            return Err(self.bad("tuple expected in code"));
        };
        let consts: Vec<Owned> = consts.as_slice().iter().map(|v| v.own()).collect();
        let parts = CodeParts {
            consts: MutCell::new(consts),
            names: self.names()?,
            local_names: self.names()?,
        };
        let local_kinds = self.bytes()?;
        let filename = self.name()?;
        let names = CodeNames {
            name: self.name()?,
            qualname: self.name()?,
            filename,
        };
        let d = CodeBody {
            first_line: self.i32()?.max(0) as u32,
            arg_count,
            posonly_count,
            kwonly_count,
            flags,
            stack_size,
            code: code.into(),
            local_kinds: local_kinds.into(),
            line_table: self.bytes()?.into(),
            exception_table: self.bytes()?.into(),
        };
        // What the interpreter takes for granted; operands and stack depths are checked when the code is prepared to run.
        use pyjit_isa::code::flags;
        let locals = d
            .local_kinds
            .iter()
            .filter(|k| *k & (local_kind::LOCAL | local_kind::CELL) != 0)
            .count() as u64;
        let args = u64::from(d.arg_count)
            + u64::from(d.kwonly_count)
            + u64::from(d.flags & flags::VARARGS != 0)
            + u64::from(d.flags & flags::VARKEYWORDS != 0);
        if d.code.is_empty()
            || !d.code.len().is_multiple_of(2)
            || d.local_kinds.len() != parts.local_names.len()
            || d.posonly_count > d.arg_count
            || args > locals
            || d.stack_size > 1 << 16
        {
            return Err(self.bad("inconsistent code object"));
        }
        Ok(PyCode::from_parts(d, names, parts))
    }
}
