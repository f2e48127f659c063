//! [`Emit`]: the vocabulary of the fast bodies. The interpreter implements it with concrete values; a compiler implements
//! it by recording what would be done. All checks of a body come before its first write.

use crate::object::Cmp;

/// A check failed: nothing has been written, and the slow function does the op.
#[derive(Debug)]
pub struct Miss;
/// What a fast body returns.
pub type Fast = Result<(), Miss>;

/// Arithmetic on two words of the same kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arith {
    Add,
    Sub,
    Mul,
    Div,
    FloorDiv,
    Rem,
    And,
    Or,
    Xor,
    Rshift,
}

/// Reading operands, checking, computing, writing one result.
pub trait Emit {
    type Val: Copy;
    type Bool: Copy;
    /// Operands of the instruction.
    fn a(&self) -> i16;
    fn b(&self) -> i16;
    fn c(&self) -> i16;
    fn get(&mut self, slot: i16) -> Self::Val;
    /// A constant of the code.
    fn constant(&mut self, index: i16) -> Self::Val;
    /// Stores an owned word into a slot; what was there is dropped when the op is done.
    fn set(&mut self, slot: i16, v: Self::Val);
    /// Misses unless the condition holds.
    fn check(&mut self, c: Self::Bool) -> Fast;
    fn both_ints(&mut self, x: Self::Val, y: Self::Val) -> Self::Bool;
    fn both_floats(&mut self, x: Self::Val, y: Self::Val) -> Self::Bool;
    fn is_int(&mut self, x: Self::Val) -> Self::Bool;
    fn is_float(&mut self, x: Self::Val) -> Self::Bool;
    /// Splits on a condition: both branches are bodies of their own.
    fn decide(&mut self, c: Self::Bool) -> Option<bool>;
    /// Misses on overflow and on division by zero.
    fn int_arith(&mut self, op: Arith, x: Self::Val, y: Self::Val) -> Result<Self::Val, Miss>;
    /// Misses on division by zero and on results that need a heap object.
    fn float_arith(&mut self, op: Arith, x: Self::Val, y: Self::Val) -> Result<Self::Val, Miss>;
    /// `-x` of a small int; misses on overflow.
    fn int_negate(&mut self, x: Self::Val) -> Result<Self::Val, Miss>;
    /// `-x` of a flonum, which is one too.
    fn float_negate(&mut self, x: Self::Val) -> Self::Val;
    fn int_compare(&mut self, op: Cmp, x: Self::Val, y: Self::Val) -> Self::Bool;
    fn float_compare(&mut self, op: Cmp, x: Self::Val, y: Self::Val) -> Self::Bool;
    fn same_word(&mut self, x: Self::Val, y: Self::Val) -> Self::Bool;
    fn not(&mut self, c: Self::Bool) -> Self::Bool;
    /// True or False.
    fn bool_value(&mut self, c: Self::Bool) -> Self::Val;
    /// Truth of None, bools and small ints; misses for anything else.
    fn simple_truth(&mut self, x: Self::Val) -> Result<Self::Bool, Miss>;
    fn is_none(&mut self, x: Self::Val) -> Self::Bool;
    fn is_null(&mut self, x: Self::Val) -> Self::Bool;
    /// A new reference to the word.
    fn own(&mut self, x: Self::Val) -> Self::Val;
    /// Misses unless the object's shape has the id in the instruction's cache.
    fn check_shape(&mut self, x: Self::Val) -> Fast;
    /// The inline attribute, `__slots__` place or class constant that the cache names; borrowed.
    fn cached_inline(&mut self, x: Self::Val) -> Self::Val;
    fn cached_slot(&mut self, x: Self::Val) -> Self::Val;
    fn cached_constant(&mut self) -> Self::Val;
    /// The entry of the object's dictionary that the cache names; misses if another key stands there.
    fn cached_dict_value(&mut self, x: Self::Val) -> Result<Self::Val, Miss>;
    /// The attribute that the shared cache knows for the object and the cache's name, borrowed, and whether it is a method.
    fn shared_attr(&mut self, x: Self::Val) -> Result<(Self::Val, bool), Miss>;
    /// Misses unless the object's dictionary has the key set in the cache.
    fn check_dict_keys(&mut self, x: Self::Val) -> Fast;
    /// Misses unless the object, which is a class by its shape, has the version in the cache.
    fn check_class_version(&mut self, x: Self::Val) -> Fast;
    /// The global or builtin that the cache of the 32-bit operand names.
    fn cached_global(&mut self) -> Result<Self::Val, Miss>;
    /// Replaces an inline attribute by an owned word; the old one is dropped when the op is done.
    fn set_cached_inline(&mut self, x: Self::Val, v: Self::Val);
    /// Replaces the word in a `__slots__` place.
    fn set_cached_slot(&mut self, x: Self::Val, v: Self::Val);
    /// Adds the inline attribute that the cache names: the object goes over to the cached next shape.
    fn add_cached_inline(&mut self, x: Self::Val, v: Self::Val);
    /// Item `i` of an exact tuple or list of exactly `n` items; borrowed.
    fn item_of(&mut self, x: Self::Val, i: usize, n: usize) -> Result<Self::Val, Miss>;
    /// Content of a cell.
    fn cell_content(&mut self, x: Self::Val) -> Result<Self::Val, Miss>;
    /// Item of an exact list or tuple at a small non-negative index in range; borrowed.
    fn sequence_item(&mut self, x: Self::Val, i: Self::Val) -> Result<Self::Val, Miss>;
    /// Replaces an item of an exact list by an owned word; the old one is dropped when the op is done.
    fn check_list_index(&mut self, x: Self::Val, i: Self::Val) -> Fast;
    /// Misses unless the object is an exact list with room for one more item.
    fn check_list_room(&mut self, x: Self::Val) -> Fast;
    /// Appends an owned word to such a list.
    fn push_list_item(&mut self, x: Self::Val, v: Self::Val);
    fn set_list_item(&mut self, x: Self::Val, i: Self::Val, v: Self::Val);
    /// Of an attribute store: whether the object, and whether the value, is a local. Known from the cache.
    fn target_is_local(&mut self) -> bool;
    fn source_is_local(&mut self) -> bool;
    /// Whether the slot is a local (its reference stays) or a temp (its reference is consumed).
    fn is_local(&mut self, slot: i16) -> bool;
    /// Marks a temp as moved out.
    fn clear(&mut self, slot: i16);
    /// Exchanges two slots.
    fn swap(&mut self, x: i16, y: i16);
    fn constant_bc(&mut self) -> Self::Val;
    fn null(&mut self) -> Self::Val;
    /// Drops a word when the op is done.
    fn drop_later(&mut self, v: Self::Val);
    /// Whether a word is no heap pointer.
    fn is_immediate(&mut self, v: Self::Val) -> Self::Bool;
}
