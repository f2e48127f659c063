//! [`Exec`]: the fast bodies' vocabulary with concrete values. Everything is inlined into the handlers of both dispatchers.

use pyjit_core::frame::{Cache, Ins, cache_at};
use pyjit_core::object::{Cmp, TypeObject};
use pyjit_core::ops::{Arith, Emit, Fast, Miss};
use pyjit_core::types::{PyCell, PyDict, PyFunction, PyList, PyTuple};
use pyjit_core::value::Value;
use pyjit_core::vm::Vm;

/// The registers of a handler, and what is to be dropped when the op is done.
pub struct Exec {
    pub pc: *const Ins,
    pub fp: *mut Value,
    pub k: *const Value,
    pub vm: *const Vm,
    /// Words whose references are given up after the op; immediates need nothing.
    pub drop1: Value,
    pub drop2: Value,
}

impl Exec {
    #[inline(always)]
    pub fn new(pc: *const Ins, fp: *mut Value, k: *const Value, vm: *const Vm) -> Exec {
        Exec {
            pc,
            fp,
            k,
            vm,
            drop1: Value::NULL,
            drop2: Value::NULL,
        }
    }
    #[inline(always)]
    pub fn ins(&self) -> &Ins {
        // SAFETY: pc points at an instruction of live threaded code.
        unsafe { &*self.pc }
    }
    #[inline(always)]
    pub fn vm(&self) -> &'static Vm {
        // SAFETY: the runtime is never freed.
        unsafe { &*self.vm }
    }
    #[inline(always)]
    pub fn slot(&self, i: i16) -> *mut Value {
        // SAFETY: operands are slots of the frame (the translator's promise).
        unsafe { self.fp.offset(i as isize) }
    }
    #[inline(always)]
    fn cache(&self) -> &'static Cache {
        // SAFETY: the operand is a cache of the code (the translator's promise).
        unsafe { cache_at(self.k, self.ins().c.get() as u16 as usize) }
    }
    #[inline(always)]
    fn later(&mut self, v: Value) {
        if v.is_heap() {
            if self.drop1.is_heap() {
                self.drop2 = v;
            } else {
                self.drop1 = v;
            }
        }
    }
}

impl Emit for Exec {
    type Val = Value;
    type Bool = bool;
    #[inline(always)]
    fn a(&self) -> i16 {
        self.ins().a.get()
    }
    #[inline(always)]
    fn b(&self) -> i16 {
        self.ins().b.get()
    }
    #[inline(always)]
    fn c(&self) -> i16 {
        self.ins().c.get()
    }
    #[inline(always)]
    fn get(&mut self, slot: i16) -> Value {
        // SAFETY: see `slot`.
        unsafe { *self.slot(slot) }
    }
    #[inline(always)]
    fn constant(&mut self, index: i16) -> Value {
        // SAFETY: operands are constants of the code (the translator's promise).
        unsafe { *self.k.add(index as u16 as usize) }
    }
    #[inline(always)]
    fn constant_bc(&mut self) -> Value {
        // SAFETY: as above.
        unsafe { *self.k.add(self.ins().bc() as usize) }
    }
    #[inline(always)]
    fn set(&mut self, slot: i16, v: Value) {
        let p = self.slot(slot);
        // SAFETY: see `slot`; the old word's reference passes to `later`.
        let old = unsafe { p.replace(v) };
        self.later(old);
    }
    #[inline(always)]
    fn clear(&mut self, slot: i16) {
        // SAFETY: see `slot`; the caller has taken the reference.
        unsafe { *self.slot(slot) = Value::NULL }
    }
    #[inline(always)]
    fn swap(&mut self, x: i16, y: i16) {
        // SAFETY: see `slot`.
        unsafe { std::ptr::swap(self.slot(x), self.slot(y)) }
    }
    #[inline(always)]
    fn check(&mut self, c: bool) -> Fast {
        if c { Ok(()) } else { Err(Miss) }
    }
    #[inline(always)]
    fn decide(&mut self, c: bool) -> Option<bool> {
        Some(c)
    }
    #[inline(always)]
    fn both_ints(&mut self, x: Value, y: Value) -> bool {
        x.bits() & y.bits() & 1 != 0
    }
    #[inline(always)]
    fn both_floats(&mut self, x: Value, y: Value) -> bool {
        (x.bits().wrapping_sub(2) | y.bits().wrapping_sub(2)) & 3 == 0
    }
    #[inline(always)]
    fn is_int(&mut self, x: Value) -> bool {
        x.is_small_int()
    }
    #[inline(always)]
    fn is_float(&mut self, x: Value) -> bool {
        x.is_flonum()
    }
    #[inline(always)]
    fn int_arith(&mut self, op: Arith, x: Value, y: Value) -> Result<Value, Miss> {
        let (a, b) = (x.bits() as i64, y.bits() as i64);
        let r = match op {
            Arith::Add => (a - 1).checked_add(b).ok_or(Miss)?,
            Arith::Sub => a.checked_sub(b - 1).ok_or(Miss)?,
            Arith::Mul => (a - 1).checked_mul(b >> 1).ok_or(Miss)? | 1,
            Arith::And => a & b,
            Arith::Or => a | b,
            Arith::Xor => (a ^ b) | 1,
            Arith::Rshift => {
                let n = b >> 1;
                if !(0..63).contains(&n) {
                    return Err(Miss);
                }
                (a >> n) | 1
            }
            Arith::FloorDiv | Arith::Rem => {
                let (m, n) = (a >> 1, b >> 1);
                if n <= 0 {
                    return Err(Miss);
                }
                // A positive divisor: no overflow, and the remainder takes its sign.
                let (q, r) = (m / n, m % n);
                let below = r < 0;
                let v = if op == Arith::FloorDiv {
                    q - i64::from(below)
                } else if below {
                    r + n
                } else {
                    r
                };
                return Ok(Value::small(v));
            }
            Arith::Div => {
                let (m, n) = (a >> 1, b >> 1);
                const EXACT: i64 = 1 << 53;
                if n == 0 || !(-EXACT..=EXACT).contains(&m) || !(-EXACT..=EXACT).contains(&n) {
                    return Err(Miss);
                }
                return Value::flonum_only(m as f64 / n as f64).ok_or(Miss);
            }
        };
        Ok(Value::from_bits(r as u64))
    }
    #[inline(always)]
    fn float_arith(&mut self, op: Arith, x: Value, y: Value) -> Result<Value, Miss> {
        let (a, b) = (x.flonum_unchecked(), y.flonum_unchecked());
        let r = match op {
            Arith::Add => a + b,
            Arith::Sub => a - b,
            Arith::Mul => a * b,
            Arith::Div => a / b,
            _ => return Err(Miss),
        };
        Value::flonum_only(r).ok_or(Miss)
    }
    #[inline(always)]
    fn int_negate(&mut self, x: Value) -> Result<Value, Miss> {
        Value::try_small(-x.small_unchecked()).ok_or(Miss)
    }
    #[inline(always)]
    fn float_negate(&mut self, x: Value) -> Value {
        Value::flonum_only(-x.flonum_unchecked()).unwrap_or(x)
    }
    #[inline(always)]
    fn int_compare(&mut self, op: Cmp, x: Value, y: Value) -> bool {
        let (a, b) = (x.bits() as i64, y.bits() as i64);
        match op {
            Cmp::Lt => a < b,
            Cmp::Le => a <= b,
            Cmp::Eq => a == b,
            Cmp::Ne => a != b,
            Cmp::Gt => a > b,
            Cmp::Ge => a >= b,
        }
    }
    #[inline(always)]
    fn float_compare(&mut self, op: Cmp, x: Value, y: Value) -> bool {
        let (a, b) = (x.flonum_unchecked(), y.flonum_unchecked());
        match op {
            Cmp::Lt => a < b,
            Cmp::Le => a <= b,
            Cmp::Eq => a == b,
            Cmp::Ne => a != b,
            Cmp::Gt => a > b,
            Cmp::Ge => a >= b,
        }
    }
    #[inline(always)]
    fn same_word(&mut self, x: Value, y: Value) -> bool {
        x.is(y)
    }
    #[inline(always)]
    fn not(&mut self, c: bool) -> bool {
        !c
    }
    #[inline(always)]
    fn bool_value(&mut self, c: bool) -> Value {
        Value::bool(c)
    }
    #[inline(always)]
    fn simple_truth(&mut self, x: Value) -> Result<bool, Miss> {
        match x {
            Value::TRUE => Ok(true),
            Value::FALSE | Value::NONE => Ok(false),
            _ if x.is_small_int() => Ok(x.bits() != 1),
            _ => Err(Miss),
        }
    }
    #[inline(always)]
    fn is_none(&mut self, x: Value) -> bool {
        x.is_none()
    }
    #[inline(always)]
    fn is_null(&mut self, x: Value) -> bool {
        x.is_null()
    }
    #[inline(always)]
    fn own(&mut self, x: Value) -> Value {
        x.incref();
        x
    }
    #[inline(always)]
    fn check_shape(&mut self, x: Value) -> Fast {
        if x.is_heap() && x.header().shape().id() == self.cache().id.get() {
            Ok(())
        } else {
            Err(Miss)
        }
    }
    #[inline(always)]
    fn cached_inline(&mut self, x: Value) -> Value {
        x.header().inline_get(self.cache().index.get() as usize)
    }
    #[inline(always)]
    fn cached_slot(&mut self, x: Value) -> Value {
        x.header().slot_get(self.cache().index.get() as usize)
    }
    #[inline(always)]
    fn cached_constant(&mut self) -> Value {
        self.cache().value()
    }
    #[inline(always)]
    fn cached_dict_value(&mut self, x: Value) -> Result<Value, Miss> {
        let c = self.cache();
        let Some(d) = x.header().dict_value().cast_exact::<PyDict>() else {
            return Err(Miss);
        };
        d.value_if_key(c.index.get() as usize, c.name())
            .non_null()
            .ok_or(Miss)
    }
    #[inline(always)]
    fn shared_attr(&mut self, x: Value) -> Result<(Value, bool), Miss> {
        if !x.is_heap() {
            return Err(Miss);
        }
        let (v, method) = self.vm().attr_cache.get(x.header(), self.cache().name());
        if v.is_null() {
            Err(Miss)
        } else {
            Ok((v, method))
        }
    }
    #[inline(always)]
    fn check_dict_keys(&mut self, x: Value) -> Fast {
        let (dict, want) = (x.header().dict_value(), self.cache().id2.get());
        // 0 stands for a dictionary that nobody has asked for yet.
        let same = match dict.cast_exact::<PyDict>() {
            Some(d) => want != 0 && d.current_keys_id() == want,
            None => want == 0 && dict.is_null(),
        };
        self.check(same)
    }
    #[inline(always)]
    fn check_class_version(&mut self, x: Value) -> Fast {
        // SAFETY: the shape has been compared with a metaclass' one.
        let class = unsafe { x.payload_unchecked::<TypeObject>() };
        if class.version.get() == self.cache().id2.get() {
            Ok(())
        } else {
            Err(Miss)
        }
    }
    #[inline(always)]
    fn cached_global(&mut self) -> Result<Value, Miss> {
        // SAFETY: the operand is a cache of the code; the frame's function word holds a function.
        let (c, f) = unsafe {
            (
                cache_at(self.k, self.ins().bc() as usize),
                (*self.fp.offset(-1)).payload_unchecked::<PyFunction>(),
            )
        };
        let g = f.globals();
        if g.current_keys_id() != c.id.get() || c.id.get() == 0 {
            return Err(Miss);
        }
        if c.id2.get() != 0 {
            match f.builtins.value().cast_exact::<PyDict>() {
                Some(b) if b.current_keys_id() == c.id2.get() => {}
                _ => return Err(Miss),
            }
        }
        // SAFETY: the key sets are those for which the address was taken.
        unsafe { *(c.value.get() as *const Value) }
            .non_null()
            .ok_or(Miss)
    }
    #[inline(always)]
    fn set_cached_inline(&mut self, x: Value, v: Value) {
        let old = x
            .header()
            .inline_replace(self.cache().index.get() as usize, v);
        self.later(old);
    }
    #[inline(always)]
    fn set_cached_slot(&mut self, x: Value, v: Value) {
        let old = x
            .header()
            .slot_replace(self.cache().index.get() as usize, v);
        self.later(old);
    }
    #[inline(always)]
    fn add_cached_inline(&mut self, x: Value, v: Value) {
        let c = self.cache();
        x.header().add_inline(
            c.index.get() as usize,
            v,
            c.value.get() as *const pyjit_core::object::Shape,
        );
    }
    #[inline(always)]
    fn item_of(&mut self, x: Value, i: usize, n: usize) -> Result<Value, Miss> {
        if let Some(t) = x.cast_exact::<PyTuple>() {
            return if t.len() == n {
                t.get(i).ok_or(Miss)
            } else {
                Err(Miss)
            };
        }
        if let Some(l) = x.cast_exact::<PyList>() {
            return if l.len() == n {
                l.items.get().get(i).map(|v| v.value()).ok_or(Miss)
            } else {
                Err(Miss)
            };
        }
        Err(Miss)
    }
    #[inline(always)]
    fn cell_content(&mut self, x: Value) -> Result<Value, Miss> {
        // SAFETY: the operand of cell ops is a cell once MakeCell or CopyFreeVars has run.
        let cell = unsafe { x.payload_unchecked::<PyCell>() };
        cell.content.value().non_null().ok_or(Miss)
    }
    #[inline(always)]
    fn sequence_item(&mut self, x: Value, i: Value) -> Result<Value, Miss> {
        let i = i.small_unchecked();
        if let Some(l) = x.cast_exact::<PyList>() {
            let items = l.items.get();
            let i = if i < 0 { i + items.len() as i64 } else { i };
            return items.get(i as usize).map(|v| v.value()).ok_or(Miss);
        }
        if let Some(t) = x.cast_exact::<PyTuple>() {
            let i = if i < 0 { i + t.len() as i64 } else { i };
            return t.get(i as usize).ok_or(Miss);
        }
        Err(Miss)
    }
    #[inline(always)]
    fn check_list_index(&mut self, x: Value, i: Value) -> Fast {
        match x.cast_exact::<PyList>() {
            Some(l) if (i.small_unchecked() as usize) < l.len() => Ok(()),
            _ => Err(Miss),
        }
    }
    #[inline(always)]
    fn check_list_room(&mut self, x: Value) -> Fast {
        match x.cast_exact::<PyList>() {
            Some(l) if l.len() < l.items.get().capacity() => Ok(()),
            _ => Err(Miss),
        }
    }
    #[inline(always)]
    fn push_list_item(&mut self, x: Value, v: Value) {
        // SAFETY: `check_list_room` has looked at class and room; the word's reference is ours to give.
        unsafe {
            let items = x.payload_unchecked::<PyList>().items.get_mut();
            let n = items.len();
            (items.as_mut_ptr() as *mut Value).add(n).write(v);
            items.set_len(n + 1);
        }
    }
    #[inline(always)]
    fn set_list_item(&mut self, x: Value, i: Value, v: Value) {
        // SAFETY: `check_list_index` has looked at class and length; the word's reference is ours to give.
        unsafe {
            let l = x.payload_unchecked::<PyList>();
            let items = l.items.get_mut().as_mut_ptr() as *mut Value;
            let old = items.add(i.small_unchecked() as usize).replace(v);
            self.later(old);
        }
    }
    #[inline(always)]
    fn target_is_local(&mut self) -> bool {
        self.cache().flags.get() & pyjit_core::frame::TARGET_LOCAL != 0
    }
    #[inline(always)]
    fn source_is_local(&mut self) -> bool {
        self.cache().flags.get() & pyjit_core::frame::SOURCE_LOCAL != 0
    }
    #[inline(always)]
    fn is_local(&mut self, slot: i16) -> bool {
        // SAFETY: the frame's function word holds a function.
        let f = unsafe { (*self.fp.offset(-1)).payload_unchecked::<PyFunction>() };
        (slot as u16 as u32) < f.code().nlocals.get()
    }
    #[inline(always)]
    fn null(&mut self) -> Value {
        Value::NULL
    }
    #[inline(always)]
    fn drop_later(&mut self, v: Value) {
        self.later(v);
    }
    #[inline(always)]
    fn is_immediate(&mut self, v: Value) -> bool {
        !v.is_heap()
    }
}
