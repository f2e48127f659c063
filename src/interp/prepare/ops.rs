//! What each canonical instruction becomes.

use super::{Canonical, Loc, Made, Place, Translator, target_of};
use pyjit_core::value::{Owned, Value};
use pyjit_isa::opcode::op;
use pyjit_isa::threaded::Op;

/// Threaded ops by BINARY_OP argument.
const BINARY: [Op; 26] = [
    Op::Add,
    Op::And,
    Op::FloorDiv,
    Op::Lshift,
    Op::MatMul,
    Op::Mul,
    Op::Rem,
    Op::Or,
    Op::Pow,
    Op::Rshift,
    Op::Sub,
    Op::TrueDiv,
    Op::Xor,
    Op::IAdd,
    Op::IAnd,
    Op::IFloorDiv,
    Op::ILshift,
    Op::IMatMul,
    Op::IMul,
    Op::IRem,
    Op::IOr,
    Op::IPow,
    Op::IRshift,
    Op::ISub,
    Op::ITrueDiv,
    Op::IXor,
];
const SUBSCRIPT: u32 = 26;
const COMPARE: [Op; 6] = [Op::Lt, Op::Le, Op::Eq, Op::Ne, Op::Gt, Op::Ge];

/// The op with a constant on the right, if there is one.
fn with_constant(o: Op) -> Option<Op> {
    Some(match o {
        Op::Add => Op::AddK,
        Op::Sub => Op::SubK,
        Op::Mul => Op::MulK,
        Op::And => Op::AndK,
        Op::Rshift => Op::RshiftK,
        Op::Rem => Op::RemK,
        Op::FloorDiv => Op::FloorDivK,
        Op::IAdd => Op::IAddK,
        Op::ISub => Op::ISubK,
        _ => return None,
    })
}
/// The op numbered `base + i`, for families whose members stand in order.
fn member(base: Op, i: usize) -> Made<Op> {
    Op::from_u16(base as u16 + i as u16).ok_or("no such op")
}

impl Translator<'_> {
    /// Emits an op with one result in the position that is next after its operands have been dropped.
    fn result(&mut self, o: Op, operands: usize, b: i16, c: i16) -> Made<()> {
        self.at(operands)?;
        self.drop_top(operands);
        let a = self.push_temp();
        let i = self.emit(o, a, b, c);
        self.retarget = Some(i);
        Ok(())
    }
    fn unary(&mut self, o: Op, c: i16) -> Made<()> {
        let p = self.at(1)?;
        let b = self.operand(p);
        self.result(o, 1, b, c)
    }
    fn store_local(&mut self, local: i16) -> Made<()> {
        let e = self.pop()?;
        if local < 0 || local >= self.nlocals {
            return Err("no such local");
        }
        match e.loc {
            Loc::Temp(s) => {
                if let Some(i) = self.retarget
                    && i + 1 == self.out.len()
                    && !self.has_alias(local)
                {
                    let ins = &self.out[i];
                    // Their fast bodies rely on a temp operand being the destination.
                    let bound = matches!(
                        Op::from_u16(ins.op.get()),
                        Some(Op::LoadAttr | Op::Subscript | Op::Is | Op::IsNot)
                    ) && ins.b.get() >= self.nlocals;
                    let dst = if ins.op.get() == Op::ForIter as u16 {
                        &ins.b
                    } else {
                        &ins.a
                    };
                    if dst.get() == s && !bound {
                        dst.set(local);
                        self.retarget = None;
                        return Ok(());
                    }
                }
                self.unalias(local);
                self.emit(Op::MoveTemp, local, s, 0);
            }
            Loc::Local(l) => {
                self.unalias(local);
                if l != local {
                    self.emit(Op::Move, local, l, 0);
                }
            }
            Loc::Const(k) => {
                self.unalias(local);
                self.emit_bc(Op::LoadConst, local, k as i32);
            }
            Loc::Null => {
                self.unalias(local);
                self.emit(Op::LoadNull, local, 0, 0);
            }
        }
        Ok(())
    }
    fn conditional(&mut self, c: Canonical, o: Op) -> Made<()> {
        let target = target_of(&c).ok_or("jump without target")?;
        let p = self.at(1)?;
        let a = self.operand(p);
        self.drop_top(1);
        self.flush_all();
        let i = self.emit(o, a, 0, 0);
        self.jump_to(i, target, Place::Bc)
    }
    /// A comparison, fused with the conditional jump behind it if there is one. Whether that was used.
    fn compare(&mut self, c: Canonical, next: Option<Canonical>) -> Made<bool> {
        let kind = (c.arg >> 5) as usize;
        if kind >= 6 {
            return Err("no such comparison");
        }
        let p = self.at(2)?;
        let jump = next.filter(|n| {
            matches!(n.op, op::POP_JUMP_IF_FALSE | op::POP_JUMP_IF_TRUE)
                && self.code.data.code.len() < 30_000
        });
        let Some(j) = jump else {
            let b = self.operand(p);
            let r = self.operand(p + 1);
            self.result(COMPARE[kind], 2, b, r)?;
            if c.arg & 16 != 0 {
                // The result must be a bool: comparisons of other objects may give anything.
                let s = self.operand(p);
                let i = self.emit(Op::ToBool, s, s, 0);
                self.retarget = Some(i);
            }
            return Ok(false);
        };
        let negated = j.op == op::POP_JUMP_IF_FALSE;
        let k = match self.stack[p + 1].loc {
            Loc::Const(k) if k <= i16::MAX as u32 => Some(k as i16),
            _ => None,
        };
        let a = self.operand(p);
        let b = match k {
            Some(k) => k,
            None => self.operand(p + 1),
        };
        self.drop_top(2);
        self.flush_all();
        let base = match (negated, k.is_some()) {
            (false, false) => Op::JumpLt,
            (true, false) => Op::JumpNotLt,
            (false, true) => Op::JumpLtK,
            (true, true) => Op::JumpNotLtK,
        };
        let i = self.emit(member(base, kind)?, a, b, 0);
        let target = target_of(&j).ok_or("jump without target")?;
        self.jump_to(i, target, Place::C)?;
        Ok(true)
    }
    fn binary(&mut self, arg: u32) -> Made<()> {
        let p = self.at(2)?;
        if arg == SUBSCRIPT {
            let b = self.operand(p);
            let c = self.operand(p + 1);
            return self.result(Op::Subscript, 2, b, c);
        }
        let o = *BINARY.get(arg as usize).ok_or("no such operator")?;
        if let (Some(with_k), Loc::Const(k)) = (with_constant(o), self.stack[p + 1].loc)
            && k <= i16::MAX as u32
        {
            let v = self.value_of(k);
            if v.is_small_int() || v.is_flonum() {
                let b = self.operand(p);
                return self.result(with_k, 2, b, k as i16);
            }
        }
        let b = self.operand(p);
        let c = self.operand(p + 1);
        self.result(o, 2, b, c)
    }
    fn load_attr(&mut self, arg: u32) -> Made<()> {
        let cache = self.cache((arg >> 1) as usize)?;
        let p = self.at(1)?;
        let b = self.operand(p);
        if arg & 1 == 0 {
            return self.result(Op::LoadAttr, 1, b, cache);
        }
        self.drop_top(1);
        let a = self.push_temp();
        self.open_window(p);
        self.push_temp();
        self.emit(Op::LoadMethod, a, b, cache);
        Ok(())
    }
    fn load_super(&mut self, arg: u32) -> Made<()> {
        let cache = self.cache((arg >> 2) as usize)?;
        let b = self.flush_top(3)?;
        self.drop_top(3);
        let p = self.stack.len();
        let a = self.push_temp();
        let o = match (arg & 1 != 0, arg & 2 != 0) {
            (false, false) => Op::LoadSuperAttr,
            (true, false) => Op::LoadSuperMethod,
            (false, true) => Op::LoadSuperAttr2,
            (true, true) => Op::LoadSuperMethod2,
        };
        if arg & 1 != 0 {
            self.open_window(p);
            self.push_temp();
        }
        self.emit(o, a, b, cache);
        Ok(())
    }
    fn build(&mut self, o: Op, operands: usize, c: i16) -> Made<()> {
        let b = self.flush_top(operands)?;
        self.result(o, operands, b, c)
    }
    /// An op on the container at `depth` below the `n` operands on top, which are popped.
    fn container_op(&mut self, o: Op, depth: u32, n: usize) -> Made<()> {
        let top = self.at(n)?;
        let container = top.checked_sub(depth as usize).ok_or("stack underflow")?;
        let a = self.flush(container);
        let b = self.operand(top);
        let c = if n == 2 { self.operand(top + 1) } else { 0 };
        self.drop_top(n);
        self.emit(o, a, b, c);
        Ok(())
    }
    /// Emits an op on a value that stays and pushes the result.
    fn peek(&mut self, o: Op, c: i16) -> Made<()> {
        let p = self.at(1)?;
        let b = self.operand(p);
        let a = self.push_temp();
        self.emit(o, a, b, c);
        Ok(())
    }
    fn end_path(&mut self) {
        self.live = false;
        self.stack.clear();
    }
    /// Translates one instruction; true if it used the next one too.
    pub(super) fn instruction(&mut self, c: Canonical, next: Option<Canonical>) -> Made<bool> {
        let arg = c.arg;
        let n = arg as usize;
        let slot = |i: u32| -> Made<i16> {
            if (i as usize) < self.code.nlocalsplus() {
                Ok(i as i16)
            } else {
                Err("no such local")
            }
        };
        match c.op {
            op::NOP | op::NOT_TAKEN | op::CACHE => {}
            op::RESUME => {
                self.emit(Op::Resume, 0, arg as i16, 0);
            }
            op::LOAD_FAST | op::LOAD_FAST_BORROW => {
                let s = slot(arg)?;
                self.push(Loc::Local(s));
            }
            op::LOAD_FAST_CHECK => {
                let s = slot(arg)?;
                self.emit(Op::CheckLocal, s, 0, 0);
                self.push(Loc::Local(s));
            }
            op::LOAD_FAST_LOAD_FAST | op::LOAD_FAST_BORROW_LOAD_FAST_BORROW => {
                let (x, y) = (slot(arg >> 4)?, slot(arg & 15)?);
                self.push(Loc::Local(x));
                self.push(Loc::Local(y));
            }
            op::LOAD_FAST_AND_CLEAR => {
                let s = slot(arg)?;
                self.unalias(s);
                let a = self.push_temp();
                self.emit(Op::LoadAndClear, a, s, 0);
            }
            op::LOAD_CONST => {
                if n >= self.code.consts.get().len() {
                    return Err("constant index out of range");
                }
                self.push(Loc::Const(arg));
            }
            op::LOAD_SMALL_INT => {
                let k = match self.small_ints.get(&arg) {
                    Some(k) => *k,
                    None => {
                        let k = self.constant(Owned::immediate(Value::small(arg as i64)));
                        self.small_ints.insert(arg, k);
                        k
                    }
                };
                self.push(Loc::Const(k));
            }
            op::STORE_FAST => {
                let s = slot(arg)?;
                self.store_local(s)?;
            }
            op::STORE_FAST_STORE_FAST => {
                let (x, y) = (slot(arg >> 4)?, slot(arg & 15)?);
                self.store_local(x)?;
                self.store_local(y)?;
            }
            op::STORE_FAST_LOAD_FAST => {
                let (x, y) = (slot(arg >> 4)?, slot(arg & 15)?);
                self.store_local(x)?;
                self.push(Loc::Local(y));
            }
            op::DELETE_FAST => {
                let s = slot(arg)?;
                self.unalias(s);
                self.emit(Op::DeleteLocal, s, 0, 0);
            }
            op::PUSH_NULL => {
                let p = self.at(1)?;
                self.open_window(p);
                self.push(Loc::Null);
            }
            op::POP_TOP | op::POP_ITER => {
                if let Loc::Temp(s) = self.pop()?.loc {
                    self.emit(Op::Clear, s, 0, 0);
                }
            }
            op::END_FOR => {
                if let Loc::Temp(s) = self.pop()?.loc {
                    self.emit(Op::Clear, s, 0, 0);
                }
            }
            op::COPY => {
                let p = self.at(n)?;
                match self.stack[p].loc {
                    Loc::Temp(s) => {
                        let a = self.push_temp();
                        self.emit(Op::Move, a, s, 0);
                    }
                    alias => self.push(alias),
                }
            }
            op::SWAP => {
                let (p, q) = (self.at(n)?, self.at(1)?);
                let (x, y) = (self.stack[p].loc, self.stack[q].loc);
                if matches!(x, Loc::Temp(_)) || matches!(y, Loc::Temp(_)) {
                    let (a, b) = (self.flush(p), self.flush(q));
                    self.emit(Op::Swap, a, b, 0);
                } else {
                    self.stack[p].loc = y;
                    self.stack[q].loc = x;
                }
            }
            op::BINARY_OP => self.binary(arg)?,
            op::BINARY_SLICE => {
                let p = self.at(3)?;
                let bounds = self.flush_top(2)?;
                let b = self.operand(p);
                self.result(Op::Slice, 3, b, bounds)?;
            }
            op::STORE_SLICE => {
                let p = self.at(4)?;
                let bounds = self.flush_top(2)?;
                let (v, a) = (self.operand(p), self.operand(p + 1));
                self.drop_top(4);
                self.emit(Op::StoreSlice, a, bounds, v);
            }
            op::STORE_SUBSCR => {
                let p = self.at(3)?;
                let (v, a, b) = (self.operand(p), self.operand(p + 1), self.operand(p + 2));
                self.drop_top(3);
                self.emit(Op::StoreSubscript, a, b, v);
            }
            op::DELETE_SUBSCR => {
                let p = self.at(2)?;
                let (a, b) = (self.operand(p), self.operand(p + 1));
                self.drop_top(2);
                self.emit(Op::DeleteSubscript, a, b, 0);
            }
            op::COMPARE_OP => return self.compare(c, next),
            op::IS_OP | op::CONTAINS_OP => {
                let p = self.at(2)?;
                let (b, r) = (self.operand(p), self.operand(p + 1));
                let o = match (c.op == op::IS_OP, arg & 1 != 0) {
                    (true, false) => Op::Is,
                    (true, true) => Op::IsNot,
                    (false, false) => Op::In,
                    (false, true) => Op::NotIn,
                };
                self.result(o, 2, b, r)?;
            }
            op::UNARY_NEGATIVE => self.unary(Op::Negative, 0)?,
            op::UNARY_INVERT => self.unary(Op::Invert, 0)?,
            op::UNARY_NOT => self.unary(Op::Not, 0)?,
            op::TO_BOOL => {
                if let Some(j) = next
                    && matches!(j.op, op::POP_JUMP_IF_FALSE | op::POP_JUMP_IF_TRUE)
                {
                    self.conditional(
                        j,
                        if j.op == op::POP_JUMP_IF_TRUE {
                            Op::JumpTrue
                        } else {
                            Op::JumpFalse
                        },
                    )?;
                    return Ok(true);
                }
                self.unary(Op::ToBool, 0)?;
            }
            op::POP_JUMP_IF_TRUE => self.conditional(c, Op::JumpTrue)?,
            op::POP_JUMP_IF_FALSE => self.conditional(c, Op::JumpFalse)?,
            op::POP_JUMP_IF_NONE => self.conditional(c, Op::JumpNone)?,
            op::POP_JUMP_IF_NOT_NONE => self.conditional(c, Op::JumpNotNone)?,
            op::JUMP_FORWARD | op::JUMP_BACKWARD | op::JUMP_BACKWARD_NO_INTERRUPT => {
                self.flush_all();
                let i = self.emit(
                    if c.op == op::JUMP_BACKWARD {
                        Op::Loop
                    } else {
                        Op::Jump
                    },
                    0,
                    0,
                    0,
                );
                self.jump_to(i, target_of(&c).ok_or("jump without target")?, Place::Bc)?;
                self.end_path();
            }
            op::FOR_ITER => {
                self.flush_all();
                let p = self.at(1)?;
                let a = self.flush(p);
                let i = self.emit(Op::ForIter, a, 0, 0);
                self.jump_to(i, target_of(&c).ok_or("jump without target")?, Place::C)?;
                let b = self.push_temp();
                self.out[i].b.set(b);
                self.retarget = Some(i);
            }
            op::LOAD_GLOBAL => {
                let cache = self.cache_wide((arg >> 1) as usize)?;
                let p = self.stack.len();
                let a = self.push_temp();
                let i = self.emit_bc(Op::LoadGlobal, a, cache);
                if arg & 1 != 0 {
                    self.open_window(p);
                    self.push(Loc::Null);
                } else {
                    self.retarget = Some(i);
                }
            }
            op::LOAD_NAME => {
                let cache = self.cache_wide(n)?;
                let a = self.push_temp();
                self.emit_bc(Op::LoadName, a, cache);
            }
            op::STORE_GLOBAL | op::STORE_NAME => {
                let cache = self.cache_wide(n)?;
                let p = self.at(1)?;
                let a = self.operand(p);
                self.drop_top(1);
                self.emit_bc(
                    if c.op == op::STORE_NAME {
                        Op::StoreName
                    } else {
                        Op::StoreGlobal
                    },
                    a,
                    cache,
                );
            }
            op::DELETE_GLOBAL | op::DELETE_NAME => {
                let cache = self.cache_wide(n)?;
                self.emit_bc(
                    if c.op == op::DELETE_NAME {
                        Op::DeleteName
                    } else {
                        Op::DeleteGlobal
                    },
                    0,
                    cache,
                );
            }
            op::LOAD_LOCALS => {
                let a = self.push_temp();
                self.emit(Op::LoadLocals, a, 0, 0);
            }
            op::LOAD_FROM_DICT_OR_GLOBALS => {
                let cache = self.cache(n)?;
                self.unary(Op::LoadFromDictOrGlobals, cache)?;
            }
            op::LOAD_FROM_DICT_OR_DEREF => {
                let s = slot(arg)?;
                self.unary(Op::LoadFromDictOrDeref, s)?;
            }
            op::LOAD_ATTR => self.load_attr(arg)?,
            op::STORE_ATTR => {
                let cache = self.cache(n)?;
                let p = self.at(2)?;
                let (v, o) = (self.operand(p), self.operand(p + 1));
                self.drop_top(2);
                self.emit(Op::StoreAttr, v, o, cache);
            }
            op::DELETE_ATTR => {
                let cache = self.cache(n)?;
                let p = self.at(1)?;
                let b = self.operand(p);
                self.drop_top(1);
                self.emit(Op::DeleteAttr, 0, b, cache);
            }
            op::LOAD_SUPER_ATTR => self.load_super(arg)?,
            op::LOAD_SPECIAL => {
                let p = self.at(1)?;
                let b = self.operand(p);
                self.drop_top(1);
                let a = self.push_temp();
                self.push_temp();
                self.emit(Op::LoadSpecial, a, b, arg as i16);
            }
            op::MAKE_CELL => {
                let s = slot(arg)?;
                self.emit(Op::MakeCell, s, 0, 0);
            }
            op::COPY_FREE_VARS => {
                let first = self
                    .code
                    .nlocalsplus()
                    .checked_sub(n)
                    .ok_or("too many free variables")?;
                self.emit(Op::CopyFreeVars, first as i16, arg as i16, 0);
            }
            op::LOAD_DEREF => {
                let s = slot(arg)?;
                let a = self.push_temp();
                let i = self.emit(Op::LoadDeref, a, s, 0);
                self.retarget = Some(i);
            }
            op::STORE_DEREF => {
                let s = slot(arg)?;
                let p = self.at(1)?;
                let b = self.operand(p);
                self.drop_top(1);
                self.emit(Op::StoreDeref, s, b, 0);
            }
            op::DELETE_DEREF => {
                let s = slot(arg)?;
                self.emit(Op::DeleteDeref, s, 0, 0);
            }
            op::BUILD_TUPLE => self.build(Op::BuildTuple, n, arg as i16)?,
            op::BUILD_LIST => self.build(Op::BuildList, n, arg as i16)?,
            op::BUILD_SET => self.build(Op::BuildSet, n, arg as i16)?,
            op::BUILD_MAP => self.build(Op::BuildMap, 2 * n, arg as i16)?,
            op::BUILD_STRING => self.build(Op::BuildString, n, arg as i16)?,
            op::BUILD_SLICE => self.build(Op::BuildSlice, n, arg as i16)?,
            op::BUILD_TEMPLATE => self.build(Op::BuildTemplate, 2, 0)?,
            op::BUILD_INTERPOLATION => {
                self.build(Op::BuildInterpolation, 2 + (n & 1), arg as i16)?
            }
            op::LIST_APPEND => self.container_op(Op::ListAppend, arg, 1)?,
            op::LIST_EXTEND => self.container_op(Op::ListExtend, arg, 1)?,
            op::SET_ADD => self.container_op(Op::SetAdd, arg, 1)?,
            op::SET_UPDATE => self.container_op(Op::SetUpdate, arg, 1)?,
            op::MAP_ADD => self.container_op(Op::MapAdd, arg, 2)?,
            op::DICT_UPDATE => self.container_op(Op::DictUpdate, arg, 1)?,
            op::DICT_MERGE => {
                let top = self.at(1)?;
                let callable = top.checked_sub(n + 3).ok_or("stack underflow")?;
                let container = top.checked_sub(n).ok_or("stack underflow")?;
                let f = self.flush(callable);
                let a = self.flush(container);
                let b = self.operand(top);
                self.drop_top(1);
                self.emit(Op::DictMerge, a, b, f);
            }
            op::FORMAT_SIMPLE => self.unary(Op::FormatSimple, 0)?,
            op::FORMAT_WITH_SPEC => {
                let p = self.at(2)?;
                let (b, s) = (self.operand(p), self.operand(p + 1));
                self.result(Op::FormatWithSpec, 2, b, s)?;
            }
            op::CONVERT_VALUE => self.unary(Op::ConvertValue, arg as i16)?,
            op::UNPACK_SEQUENCE | op::UNPACK_EX => {
                let p = self.at(1)?;
                let b = self.operand(p);
                self.drop_top(1);
                let count = if c.op == op::UNPACK_EX {
                    (n & 0xFF) + 1 + (n >> 8)
                } else {
                    n
                };
                let a = self.canonical(self.stack.len());
                for _ in 0..count {
                    self.push_temp();
                }
                self.emit(
                    if c.op == op::UNPACK_EX {
                        Op::UnpackEx
                    } else {
                        Op::UnpackSequence
                    },
                    a,
                    b,
                    arg as i16,
                );
            }
            op::GET_ITER => self.unary(Op::GetIter, 0)?,
            op::GET_YIELD_FROM_ITER => self.unary(Op::GetYieldFromIter, 0)?,
            op::GET_LEN => self.peek(Op::GetLen, 0)?,
            op::MATCH_MAPPING => self.peek(Op::MatchMapping, 0)?,
            op::MATCH_SEQUENCE => self.peek(Op::MatchSequence, 0)?,
            op::MATCH_KEYS => {
                let p = self.at(2)?;
                let (b, k) = (self.operand(p), self.operand(p + 1));
                let a = self.push_temp();
                self.emit(Op::MatchKeys, a, b, k);
            }
            op::MATCH_CLASS => {
                let a = self.flush_top(3)?;
                self.drop_top(3);
                self.push_temp();
                self.emit(Op::MatchClass, a, 0, arg as i16);
            }
            op::GET_AITER => self.unary(Op::GetAiter, 0)?,
            op::GET_ANEXT => self.peek(Op::GetAnext, 0)?,
            op::GET_AWAITABLE => self.unary(Op::GetAwaitable, arg as i16)?,
            op::SEND => {
                self.flush_all();
                let p = self.at(2)?;
                let (a, b) = (self.canonical(p), self.canonical(p + 1));
                let i = self.emit(Op::Send, a, b, 0);
                self.jump_to(i, target_of(&c).ok_or("jump without target")?, Place::C)?;
            }
            op::END_SEND => {
                let p = self.at(2)?;
                let (a, b) = (self.flush(p), self.flush(p + 1));
                self.drop_top(1);
                self.emit(Op::EndSend, a, b, 0);
            }
            op::END_ASYNC_FOR => {
                let p = self.at(2)?;
                let (a, b) = (self.flush(p), self.flush(p + 1));
                self.drop_top(2);
                self.emit(Op::EndAsyncFor, a, b, 0);
            }
            op::CLEANUP_THROW => {
                let a = self.flush_top(3)?;
                self.drop_top(1);
                self.emit(Op::CleanupThrow, a, a + 1, a + 2);
            }
            op::YIELD_VALUE => {
                let p = self.at(1)?;
                let b = self.operand(p);
                self.drop_top(1);
                let a = self.push_temp();
                self.emit(Op::Yield, a, b, arg as i16);
            }
            op::RETURN_GENERATOR => {
                let a = self.push_temp();
                self.emit(Op::ReturnGenerator, a, 0, 0);
            }
            op::RETURN_VALUE => {
                let e = self.pop()?;
                match e.loc {
                    _ if self.generator => {
                        self.stack.push(e);
                        let p = self.at(1)?;
                        let a = self.flush(p);
                        self.emit(Op::ReturnGen, a, 0, 0);
                    }
                    Loc::Const(k) => {
                        self.emit_bc(Op::ReturnConst, self.nlocals, k as i32);
                    }
                    Loc::Temp(s) | Loc::Local(s) => {
                        self.emit(Op::Return, s, self.nlocals, 0);
                    }
                    Loc::Null => return Err("return of nothing"),
                }
                self.end_path();
            }
            op::CALL => self.call(n)?,
            op::CALL_KW => self.call_kw(n)?,
            op::CALL_FUNCTION_EX => self.call_ex()?,
            op::CALL_INTRINSIC_1 => self.unary(Op::Intrinsic1, arg as i16)?,
            op::CALL_INTRINSIC_2 => self.build(Op::Intrinsic2, 2, arg as i16)?,
            op::MAKE_FUNCTION => self.unary(Op::MakeFunction, 0)?,
            op::SET_FUNCTION_ATTRIBUTE => {
                // The attribute stands below the function.
                let p = self.at(2)?;
                let b = self.operand(p);
                let f = self.flush(p + 1);
                self.emit(Op::SetFunctionAttribute, f, b, arg as i16);
                self.drop_top(2);
                let a = self.push_temp();
                self.emit(Op::MoveTemp, a, f, 0);
            }
            op::LOAD_BUILD_CLASS => {
                let a = self.push_temp();
                self.emit(Op::LoadBuildClass, a, 0, 0);
            }
            op::LOAD_COMMON_CONSTANT => {
                let a = self.push_temp();
                self.emit(Op::LoadCommonConstant, a, arg as i16, 0);
            }
            op::SETUP_ANNOTATIONS => {
                self.emit(Op::SetupAnnotations, 0, 0, 0);
            }
            op::IMPORT_NAME => {
                let cache = self.cache(n)?;
                let b = self.flush_top(2)?;
                self.result(Op::ImportName, 2, b, cache)?;
            }
            op::IMPORT_FROM => {
                let cache = self.cache(n)?;
                self.peek(Op::ImportFrom, cache)?;
            }
            op::RAISE_VARARGS => {
                let b = self.flush_top(n)?;
                self.drop_top(n);
                self.emit(Op::Raise, 0, b, arg as i16);
                self.end_path();
            }
            op::RERAISE => {
                let p = self.at(1)?;
                let a = self.flush(p);
                let b = if n == 0 {
                    -1
                } else {
                    self.canonical(p.checked_sub(n).ok_or("stack underflow")?)
                };
                self.emit(Op::Reraise, a, b, 0);
                self.end_path();
            }
            op::PUSH_EXC_INFO => {
                let p = self.at(1)?;
                let a = self.flush(p);
                self.push_temp();
                self.emit(Op::PushExcInfo, a, 0, 0);
            }
            op::POP_EXCEPT => {
                let p = self.at(1)?;
                let a = self.flush(p);
                self.drop_top(1);
                self.emit(Op::PopExcept, a, 0, 0);
            }
            op::CHECK_EXC_MATCH => {
                let p = self.at(2)?;
                let (b, class) = (self.operand(p), self.operand(p + 1));
                self.drop_top(1);
                let a = self.push_temp();
                self.emit(Op::CheckExcMatch, a, b, class);
            }
            op::CHECK_EG_MATCH => {
                let b = self.flush_top(2)?;
                self.emit(Op::CheckEgMatch, 0, b, 0);
            }
            op::WITH_EXCEPT_START => {
                let (f, e) = (self.at(5)?, self.at(1)?);
                let (b, exc) = (self.canonical(f), self.operand(e));
                let a = self.push_temp();
                self.emit(Op::WithExceptStart, a, b, exc);
            }
            _ => return Err("unknown opcode"),
        }
        Ok(false)
    }
}
