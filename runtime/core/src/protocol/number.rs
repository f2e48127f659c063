//! Binary and unary operators: which slot, in which order, and the errors.

use crate::object::{BinaryFn, Slots};
use crate::value::{Owned, Value};
use crate::vm::{PyResult, Vm};

/// Binary operators in the order of CPython's BINARY_OP arguments (`Include/opcode.h`); in-place forms follow at +13.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum BinaryOp {
    Add,
    And,
    FloorDivide,
    Lshift,
    MatrixMultiply,
    Multiply,
    Remainder,
    Or,
    Power,
    Rshift,
    Subtract,
    TrueDivide,
    Xor,
}

/// Unary operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum UnaryOp {
    Negative,
    Positive,
    Invert,
}

impl BinaryOp {
    pub const ALL: [BinaryOp; 13] = [
        BinaryOp::Add,
        BinaryOp::And,
        BinaryOp::FloorDivide,
        BinaryOp::Lshift,
        BinaryOp::MatrixMultiply,
        BinaryOp::Multiply,
        BinaryOp::Remainder,
        BinaryOp::Or,
        BinaryOp::Power,
        BinaryOp::Rshift,
        BinaryOp::Subtract,
        BinaryOp::TrueDivide,
        BinaryOp::Xor,
    ];
    pub fn symbol(self) -> &'static str {
        [
            "+",
            "&",
            "//",
            "<<",
            "@",
            "*",
            "%",
            "|",
            "** or pow()",
            ">>",
            "-",
            "/",
            "^",
        ][self as usize]
    }
    fn inplace_symbol(self) -> &'static str {
        [
            "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
        ][self as usize]
    }
    fn slot(self, s: &Slots) -> Option<BinaryFn> {
        match self {
            BinaryOp::Add => s.add.get(),
            BinaryOp::And => s.and.get(),
            BinaryOp::FloorDivide => s.floordiv.get(),
            BinaryOp::Lshift => s.lshift.get(),
            BinaryOp::MatrixMultiply => s.matmul.get(),
            BinaryOp::Multiply => s.mul.get(),
            BinaryOp::Remainder => s.rem.get(),
            BinaryOp::Or => s.or.get(),
            BinaryOp::Power => None,
            BinaryOp::Rshift => s.rshift.get(),
            BinaryOp::Subtract => s.sub.get(),
            BinaryOp::TrueDivide => s.truediv.get(),
            BinaryOp::Xor => s.xor.get(),
        }
    }
    fn inplace_slot(self, s: &Slots) -> Option<BinaryFn> {
        match self {
            BinaryOp::Add => s.iadd.get(),
            BinaryOp::And => s.iand.get(),
            BinaryOp::FloorDivide => s.ifloordiv.get(),
            BinaryOp::Lshift => s.ilshift.get(),
            BinaryOp::MatrixMultiply => s.imatmul.get(),
            BinaryOp::Multiply => s.imul.get(),
            BinaryOp::Remainder => s.irem.get(),
            BinaryOp::Or => s.ior.get(),
            BinaryOp::Power => None,
            BinaryOp::Rshift => s.irshift.get(),
            BinaryOp::Subtract => s.isub.get(),
            BinaryOp::TrueDivide => s.itruediv.get(),
            BinaryOp::Xor => s.ixor.get(),
        }
    }
}

const NI: Owned = Owned::NULL;

impl Vm {
    /// Tries the two operands' number slots; NULL if neither implements the operation.
    fn binary_slots(
        &self,
        a: Value,
        b: Value,
        get: impl Fn(&Slots) -> Option<BinaryFn>,
    ) -> PyResult<Owned> {
        let (ca, cb) = (a.class(), b.class());
        let fa = get(&ca.slots);
        let mut fb = if ca.same(cb) { None } else { get(&cb.slots) };
        if let (Some(x), Some(y)) = (fa, fb)
            && x as usize == y as usize
        {
            fb = None;
        }
        if let Some(f) = fa {
            if let Some(g) = fb
                && cb.is_subclass(ca)
            {
                let r = g(self, a, b)?;
                if !r.is_not_implemented() {
                    return Ok(r);
                }
                fb = None;
            }
            let r = f(self, a, b)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if let Some(g) = fb {
            let r = g(self, a, b)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        Ok(NI)
    }
    /// `a op b`.
    pub fn binary(&self, op: BinaryOp, a: Value, b: Value) -> PyResult<Owned> {
        if op == BinaryOp::Power {
            return self.power(a, b, Value::NONE);
        }
        let r = self.binary_slots(a, b, |s| op.slot(s))?;
        if !r.is_null() {
            return Ok(r);
        }
        if let Some(r) = self.sequence_op(op, a, b)? {
            return Ok(r);
        }
        if op == BinaryOp::Rshift
            && let Some(f) = a.cast::<crate::object::PyBuiltin>()
            && f.def.name == "print"
        {
            let (x, y) = (a.class().name_str(), b.class().name_str());
            return Err(self.type_error(format!("unsupported operand type(s) for >>: '{x}' and '{y}'. Did you mean \"print(<message>, file=<output_stream>)\"?")));
        }
        Err(self.operand_error(op.symbol(), a, b))
    }
    /// `a op= b`.
    pub fn inplace(&self, op: BinaryOp, a: Value, b: Value) -> PyResult<Owned> {
        if op == BinaryOp::Power {
            if let Some(f) = a.class().slots.ipow.get() {
                let r = f(self, a, b, Value::NONE)?;
                if !r.is_not_implemented() {
                    return Ok(r);
                }
            }
            return self.power_named(a, b, Value::NONE, "**=");
        }
        if let Some(f) = op.inplace_slot(&a.class().slots) {
            let r = f(self, a, b)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        let r = self.binary_slots(a, b, |s| op.slot(s))?;
        if !r.is_null() {
            return Ok(r);
        }
        let s = &a.class().slots;
        if op == BinaryOp::Add
            && let Some(f) = s.iconcat.get()
        {
            return f(self, a, b);
        }
        if op == BinaryOp::Multiply
            && let Some(f) = s.irepeat.get()
        {
            return f(self, a, b);
        }
        if let Some(r) = self.sequence_op(op, a, b)? {
            return Ok(r);
        }
        Err(self.operand_error(op.inplace_symbol(), a, b))
    }
    /// `+` and `*` of sequences.
    fn sequence_op(&self, op: BinaryOp, a: Value, b: Value) -> PyResult<Option<Owned>> {
        match op {
            BinaryOp::Add => match a.class().slots.concat.get() {
                Some(f) => f(self, a, b).map(Some),
                None => Ok(None),
            },
            BinaryOp::Multiply => {
                if let Some(f) = a.class().slots.repeat.get() {
                    self.check_repeat(b)?;
                    return f(self, a, b).map(Some);
                }
                if let Some(f) = b.class().slots.repeat.get() {
                    self.check_repeat(a)?;
                    return f(self, b, a).map(Some);
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }
    fn check_repeat(&self, n: Value) -> PyResult<()> {
        if n.as_int().is_some() || n.class().slots.index.get().is_some() {
            return Ok(());
        }
        Err(self.type_error(format!(
            "can't multiply sequence by non-int of type '{}'",
            n.class().name_str()
        )))
    }
    /// The count of a sequence repetition: negative is 0; OverflowError if it does not fit.
    pub fn repeat_count(&self, n: Value) -> PyResult<usize> {
        if n.as_int().is_none() && n.class().slots.index.get().is_none() {
            return Err(self.type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                n.class().name_str()
            )));
        }
        let i = self.index(n)?;
        match i.as_i64() {
            Some(n) => Ok(n.max(0) as usize),
            None => Err(self.overflow_error(format!(
                "cannot fit '{}' into an index-sized integer",
                n.class().name_str()
            ))),
        }
    }
    fn operand_error(&self, symbol: &str, a: Value, b: Value) -> crate::vm::Raised {
        let (x, y) = (a.class().name_str(), b.class().name_str());
        self.type_error(format!(
            "unsupported operand type(s) for {symbol}: '{x}' and '{y}'"
        ))
    }
    /// `pow(a, b, m)`; `m` is None for `a ** b`.
    pub fn power(&self, a: Value, b: Value, m: Value) -> PyResult<Owned> {
        self.power_named(a, b, m, "** or pow()")
    }
    fn power_named(&self, a: Value, b: Value, m: Value, symbol: &str) -> PyResult<Owned> {
        let (ca, cb) = (a.class(), b.class());
        let fa = ca.slots.pow.get();
        let mut fb = if ca.same(cb) {
            None
        } else {
            cb.slots.pow.get()
        };
        if let (Some(x), Some(y)) = (fa, fb)
            && x as usize == y as usize
        {
            fb = None;
        }
        let mut order = [fa, fb];
        if fb.is_some() && cb.is_subclass(ca) {
            order = [fb, fa];
        }
        for f in order.into_iter().flatten() {
            let r = f(self, a, b, m)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        if m.is_none() {
            return Err(self.operand_error(symbol, a, b));
        }
        if let Some(f) = m.class().slots.pow.get()
            && fa.is_none_or(|g| g as usize != f as usize)
            && fb.is_none_or(|g| g as usize != f as usize)
        {
            let r = f(self, a, b, m)?;
            if !r.is_not_implemented() {
                return Ok(r);
            }
        }
        let (x, y, z) = (ca.name_str(), cb.name_str(), m.class().name_str());
        Err(self.type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{x}', '{y}', '{z}'"
        )))
    }
    /// `divmod(a, b)`.
    pub fn divmod(&self, a: Value, b: Value) -> PyResult<Owned> {
        let r = self.binary_slots(a, b, |s| s.divmod.get())?;
        if r.is_null() {
            Err(self.operand_error("divmod()", a, b))
        } else {
            Ok(r)
        }
    }
    /// `-a`, `+a`, `~a`.
    pub fn unary(&self, op: UnaryOp, a: Value) -> PyResult<Owned> {
        let s = &a.class().slots;
        let (f, symbol) = match op {
            UnaryOp::Negative => (s.neg.get(), "-"),
            UnaryOp::Positive => (s.pos.get(), "+"),
            UnaryOp::Invert => (s.invert.get(), "~"),
        };
        match f {
            Some(f) => f(self, a),
            None => Err(self.type_error(format!(
                "bad operand type for unary {symbol}: '{}'",
                a.class().name_str()
            ))),
        }
    }
    /// `abs(a)`.
    pub fn abs(&self, a: Value) -> PyResult<Owned> {
        match a.class().slots.abs.get() {
            Some(f) => f(self, a),
            None => Err(self.type_error(format!(
                "bad operand type for abs(): '{}'",
                a.class().name_str()
            ))),
        }
    }
    pub fn add(&self, a: Value, b: Value) -> PyResult<Owned> {
        self.binary(BinaryOp::Add, a, b)
    }
}
