//! The fast bodies. Laws: every check before any write; no calls into the runtime, no loops; a miss leaves the op to its slow
//! function, which does it from the operands again.

use super::emit::{Arith, Emit, Fast, Miss};
use crate::object::Cmp;

#[inline(always)]
pub fn nop<E: Emit>(_: &mut E) {}
#[inline(always)]
pub fn move_local<E: Emit>(e: &mut E) {
    let v = e.get(e.b());
    let v = e.own(v);
    e.set(e.a(), v);
}
#[inline(always)]
pub fn move_temp<E: Emit>(e: &mut E) {
    let v = e.get(e.b());
    e.clear(e.b());
    e.set(e.a(), v);
}
#[inline(always)]
pub fn load_const<E: Emit>(e: &mut E) {
    let v = e.constant_bc();
    let v = e.own(v);
    e.set(e.a(), v);
}
#[inline(always)]
pub fn load_null<E: Emit>(e: &mut E) {
    let v = e.null();
    e.set(e.a(), v);
}
#[inline(always)]
pub fn clear<E: Emit>(e: &mut E) {
    let v = e.null();
    e.set(e.a(), v);
}
#[inline(always)]
pub fn swap<E: Emit>(e: &mut E) {
    e.swap(e.a(), e.b());
}
#[inline(always)]
pub fn end_send<E: Emit>(e: &mut E) {
    let v = e.get(e.b());
    e.clear(e.b());
    e.set(e.a(), v);
}
#[inline(always)]
pub fn check_local<E: Emit>(e: &mut E) -> Fast {
    let v = e.get(e.a());
    let unbound = e.is_null(v);
    let bound = e.not(unbound);
    e.check(bound)
}

/// Both ints or both floats, or a miss.
#[inline(always)]
fn arith<E: Emit>(e: &mut E, op: Arith, x: E::Val, y: E::Val) -> Fast {
    let ints = e.both_ints(x, y);
    if e.decide(ints).unwrap_or(true) {
        e.check(ints)?;
        let v = e.int_arith(op, x, y)?;
        e.set(e.a(), v);
        return Ok(());
    }
    let floats = e.both_floats(x, y);
    e.check(floats)?;
    let v = e.float_arith(op, x, y)?;
    e.set(e.a(), v);
    Ok(())
}
/// Like [`arith`], ints only.
#[inline(always)]
fn int_arith<E: Emit>(e: &mut E, op: Arith, x: E::Val, y: E::Val) -> Fast {
    let ints = e.both_ints(x, y);
    e.check(ints)?;
    let v = e.int_arith(op, x, y)?;
    e.set(e.a(), v);
    Ok(())
}
macro_rules! arith_bodies { ($($f:ident $k:ident $how:ident $op:ident;)*) => { $(
    #[inline(always)]
    pub fn $f<E: Emit>(e: &mut E) -> Fast {
        let (x, y) = (e.get(e.b()), e.get(e.c()));
        $how(e, Arith::$op, x, y)
    }
    #[inline(always)]
    pub fn $k<E: Emit>(e: &mut E) -> Fast {
        let (x, y) = (e.get(e.b()), e.constant(e.c()));
        $how(e, Arith::$op, x, y)
    }
)* } }
arith_bodies! {
    add add_k arith Add; sub sub_k arith Sub; mul mul_k arith Mul; floordiv floordiv_k arith FloorDiv; rem rem_k arith Rem;
    iadd iadd_k arith Add; isub isub_k arith Sub; imul imul_k arith Mul;
    and and_k int_arith And; or or_k int_arith Or; xor xor_k int_arith Xor; rshift rshift_k int_arith Rshift;
}
#[inline(always)]
pub fn truediv<E: Emit>(e: &mut E) -> Fast {
    let (x, y) = (e.get(e.b()), e.get(e.c()));
    let floats = e.both_floats(x, y);
    let v = if e.decide(floats).unwrap_or(true) {
        e.check(floats)?;
        e.float_arith(Arith::Div, x, y)?
    } else {
        let ints = e.both_ints(x, y);
        e.check(ints)?;
        e.int_arith(Arith::Div, x, y)?
    };
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
pub fn negative<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    let int = e.is_int(x);
    if e.decide(int).unwrap_or(true) {
        e.check(int)?;
        let v = e.int_negate(x)?;
        e.set(e.a(), v);
        return Ok(());
    }
    let float = e.is_float(x);
    e.check(float)?;
    let v = e.float_negate(x);
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
pub fn not<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    let t = e.simple_truth(x)?;
    let n = e.not(t);
    let v = e.bool_value(n);
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
pub fn to_bool<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    let t = e.simple_truth(x)?;
    let v = e.bool_value(t);
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
fn comparison<E: Emit>(e: &mut E, op: Cmp, x: E::Val, y: E::Val) -> Result<E::Bool, Miss> {
    let ints = e.both_ints(x, y);
    if e.decide(ints).unwrap_or(true) {
        e.check(ints)?;
        return Ok(e.int_compare(op, x, y));
    }
    let floats = e.both_floats(x, y);
    e.check(floats)?;
    Ok(e.float_compare(op, x, y))
}
macro_rules! compare_bodies { ($($f:ident $jump:ident $jump_not:ident $jump_k:ident $jump_not_k:ident $op:ident;)*) => { $(
    #[inline(always)]
    pub fn $f<E: Emit>(e: &mut E) -> Fast {
        let (x, y) = (e.get(e.b()), e.get(e.c()));
        let t = comparison(e, Cmp::$op, x, y)?;
        let v = e.bool_value(t);
        e.set(e.a(), v);
        Ok(())
    }
    #[inline(always)]
    pub fn $jump<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
        let (x, y) = (e.get(e.a()), e.get(e.b()));
        comparison(e, Cmp::$op, x, y)
    }
    #[inline(always)]
    pub fn $jump_not<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
        let (x, y) = (e.get(e.a()), e.get(e.b()));
        let t = comparison(e, Cmp::$op, x, y)?;
        Ok(e.not(t))
    }
    #[inline(always)]
    pub fn $jump_k<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
        let (x, y) = (e.get(e.a()), e.constant(e.b()));
        comparison(e, Cmp::$op, x, y)
    }
    #[inline(always)]
    pub fn $jump_not_k<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
        let (x, y) = (e.get(e.a()), e.constant(e.b()));
        let t = comparison(e, Cmp::$op, x, y)?;
        Ok(e.not(t))
    }
)* } }
compare_bodies! {
    lt jump_lt jump_not_lt jump_lt_k jump_not_lt_k Lt; le jump_le jump_not_le jump_le_k jump_not_le_k Le;
    eq jump_eq jump_not_eq jump_eq_k jump_not_eq_k Eq; ne jump_ne jump_not_ne jump_ne_k jump_not_ne_k Ne;
    gt jump_gt jump_not_gt jump_gt_k jump_not_gt_k Gt; ge jump_ge jump_not_ge jump_ge_k jump_not_ge_k Ge;
}
/// Identity of two operands; heap temps are dropped when the op is done.
#[inline(always)]
fn identity<E: Emit>(e: &mut E) -> E::Bool {
    let (x, y) = (e.get(e.b()), e.get(e.c()));
    let same = e.same_word(x, y);
    let immediate = e.is_immediate(y);
    if !e.decide(immediate).unwrap_or(false) && !e.is_local(e.c()) {
        e.clear(e.c());
        e.drop_later(y);
    }
    same
}
#[inline(always)]
pub fn is<E: Emit>(e: &mut E) {
    let same = identity(e);
    let v = e.bool_value(same);
    e.set(e.a(), v);
}
#[inline(always)]
pub fn is_not<E: Emit>(e: &mut E) {
    let same = identity(e);
    let n = e.not(same);
    let v = e.bool_value(n);
    e.set(e.a(), v);
}
#[inline(always)]
pub fn jump_true<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
    let x = e.get(e.a());
    e.simple_truth(x)
}
#[inline(always)]
pub fn jump_false<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
    let x = e.get(e.a());
    let t = e.simple_truth(x)?;
    Ok(e.not(t))
}
/// None tests look at a temp that is dropped afterwards: only immediates and locals are decided here.
#[inline(always)]
fn none_test<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
    let x = e.get(e.a());
    let immediate = e.is_immediate(x);
    if !e.decide(immediate).unwrap_or(false) && !e.is_local(e.a()) {
        e.check(immediate)?;
    }
    Ok(e.is_none(x))
}
#[inline(always)]
pub fn jump_none<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
    none_test(e)
}
#[inline(always)]
pub fn jump_not_none<E: Emit>(e: &mut E) -> Result<E::Bool, Miss> {
    let t = none_test(e)?;
    Ok(e.not(t))
}

/// Stores what was loaded. A source that is a temp is the destination (the translator sees to that), so that its reference
/// is dropped with the store.
#[inline(always)]
fn finish_load<E: Emit>(e: &mut E, v: E::Val) {
    let v = e.own(v);
    e.set(e.a(), v);
}
#[inline(always)]
pub fn load_attr<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    let (v, method) = e.shared_attr(x)?;
    if method {
        return Err(Miss);
    }
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_attr_inline<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_inline(x);
    let missing = e.is_null(v);
    let present = e.not(missing);
    e.check(present)?;
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_attr_slot<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_slot(x);
    let missing = e.is_null(v);
    let present = e.not(missing);
    e.check(present)?;
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_attr_class<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_constant();
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_attr_module<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_dict_value(x)?;
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_attr_type<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    e.check_class_version(x)?;
    let v = e.cached_constant();
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_method<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    let (v, method) = e.shared_attr(x)?;
    if method {
        finish_method(e, x, v);
    } else {
        finish_unbound(e, v);
    }
    Ok(())
}
/// An attribute to call that is no method: without a receiver.
#[inline(always)]
fn finish_unbound<E: Emit>(e: &mut E, v: E::Val) {
    let null = e.null();
    e.set(e.a() + 6, null);
    finish_load(e, v);
}
#[inline(always)]
pub fn load_method_inline<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_inline(x);
    let missing = e.is_null(v);
    let present = e.not(missing);
    e.check(present)?;
    finish_unbound(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_method_module<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = e.cached_dict_value(x)?;
    finish_unbound(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_method_type<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    e.check_class_version(x)?;
    let v = e.cached_constant();
    finish_unbound(e, v);
    Ok(())
}
#[inline(always)]
pub fn load_method_dict<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    e.check_dict_keys(x)?;
    let f = e.cached_constant();
    finish_method(e, x, f);
    Ok(())
}
/// A function of the class, with its receiver.
#[inline(always)]
fn finish_method<E: Emit>(e: &mut E, x: E::Val, f: E::Val) {
    let f = e.own(f);
    let receiver = e.a() + 6;
    // A receiver that is a temp stands where the callable goes.
    if e.b() == e.a() {
        e.clear(e.b());
        e.set(receiver, x);
    } else {
        let x = e.own(x);
        e.set(receiver, x);
    }
    e.set(e.a(), f);
}
#[inline(always)]
pub fn load_method_class<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let f = e.cached_constant();
    finish_method(e, x, f);
    Ok(())
}
#[inline(always)]
pub fn store_attr<E: Emit>(_: &mut E) -> Fast {
    Err(Miss)
}
/// The value of an attribute store, owned.
#[inline(always)]
fn stored<E: Emit>(e: &mut E) -> E::Val {
    let v = e.get(e.a());
    if e.source_is_local() {
        e.own(v)
    } else {
        e.clear(e.a());
        v
    }
}
/// Ends an attribute store: an object that is a temp is dropped after what was stored over.
#[inline(always)]
fn stored_to<E: Emit>(e: &mut E, x: E::Val) {
    if !e.target_is_local() {
        e.clear(e.b());
        e.drop_later(x);
    }
}
#[inline(always)]
pub fn store_attr_inline<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let old = e.cached_inline(x);
    let missing = e.is_null(old);
    let present = e.not(missing);
    e.check(present)?;
    let v = stored(e);
    e.set_cached_inline(x, v);
    stored_to(e, x);
    Ok(())
}
#[inline(always)]
pub fn store_attr_slot<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = stored(e);
    e.set_cached_slot(x, v);
    stored_to(e, x);
    Ok(())
}
#[inline(always)]
pub fn store_attr_add<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.b());
    e.check_shape(x)?;
    let v = stored(e);
    e.add_cached_inline(x, v);
    stored_to(e, x);
    Ok(())
}
/// Pairs only: the first item goes to the upper temp.
#[inline(always)]
pub fn unpack_sequence<E: Emit>(e: &mut E) -> Fast {
    if e.c() != 2 {
        return Err(Miss);
    }
    let x = e.get(e.b());
    let first = e.item_of(x, 0, 2)?;
    let second = e.item_of(x, 1, 2)?;
    let (first, second) = (e.own(first), e.own(second));
    if e.is_local(e.b()) {
        e.set(e.a(), second);
    } else {
        e.clear(e.b());
        e.set(e.a(), second);
        e.drop_later(x);
    }
    e.set(e.a() + 1, first);
    Ok(())
}
#[inline(always)]
pub fn load_global<E: Emit>(e: &mut E) -> Fast {
    let v = e.cached_global()?;
    let v = e.own(v);
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
pub fn load_deref<E: Emit>(e: &mut E) -> Fast {
    let cell = e.get(e.b());
    let v = e.cell_content(cell)?;
    let v = e.own(v);
    e.set(e.a(), v);
    Ok(())
}
#[inline(always)]
pub fn subscript<E: Emit>(e: &mut E) -> Fast {
    let (x, i) = (e.get(e.b()), e.get(e.c()));
    let int = e.is_int(i);
    e.check(int)?;
    let v = e.sequence_item(x, i)?;
    finish_load(e, v);
    Ok(())
}
#[inline(always)]
pub fn list_append<E: Emit>(e: &mut E) -> Fast {
    let x = e.get(e.a());
    e.check_list_room(x)?;
    let v = e.get(e.b());
    let v = if e.is_local(e.b()) {
        e.own(v)
    } else {
        e.clear(e.b());
        v
    };
    e.push_list_item(x, v);
    Ok(())
}
#[inline(always)]
pub fn store_subscript<E: Emit>(e: &mut E) -> Fast {
    let (x, i) = (e.get(e.a()), e.get(e.b()));
    let int = e.is_int(i);
    e.check(int)?;
    e.check_list_index(x, i)?;
    let v = e.get(e.c());
    let v = if e.is_local(e.c()) {
        e.own(v)
    } else {
        e.clear(e.c());
        v
    };
    e.set_list_item(x, i, v);
    if !e.is_local(e.a()) {
        e.clear(e.a());
        e.drop_later(x);
    }
    Ok(())
}
