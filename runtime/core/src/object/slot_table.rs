//! The one table of dunder names: which slot each belongs to, how a native slot is wrapped for Python code and how a
//! Python method is reached from the slot (`slot_dispatch.rs`). Order matters where two names share a slot.

use super::slot_dispatch as d;
use super::{Cmp, Slots};

/// How arguments and results of a native slot map to the dunder method.
#[derive(Clone, Copy)]
pub enum Wrap {
    /// Not wrapped: the name has no native form.
    None,
    Unary(fn(&Slots) -> Option<super::UnaryFn>),
    Binary(fn(&Slots) -> Option<super::BinaryFn>),
    BinaryR(fn(&Slots) -> Option<super::BinaryFn>),
    Repeat(fn(&Slots) -> Option<super::BinaryFn>),
    Hash,
    Call,
    GetAttr,
    SetAttr,
    DelAttr,
    Compare(Cmp),
    Next,
    DescrGet,
    DescrSet,
    DescrDelete,
    Init,
    Del,
    Bool,
    Pow,
    PowR,
    IPow,
    Len,
    Contains,
    SetItem,
    DelItem,
}

/// One dunder name.
pub struct Dunder {
    pub name: &'static str,
    pub wrap: Wrap,
    pub signature: &'static str,
    pub doc: &'static str,
    /// Whether a class fills the slot.
    pub is_set: fn(&Slots) -> bool,
    /// Copies the slot from one class to another.
    pub copy: fn(&Slots, &Slots),
    /// Whether two classes have the same function in the slot.
    pub same: fn(&Slots, &Slots) -> bool,
    /// Installs the dispatcher that calls the Python method; absent for the sequence forms, which Python methods never fill.
    pub dispatch: Option<fn(&Slots)>,
}

macro_rules! dunder {
    ($name:literal, $slot:ident, $wrap:expr, $sig:literal, $doc:literal, $dispatch:expr) => {
        Dunder {
            name: $name,
            wrap: $wrap,
            signature: $sig,
            doc: $doc,
            is_set: |s| s.$slot.get().is_some(),
            copy: |from, to| to.$slot.set(from.$slot.get()),
            same: |a, b| a.$slot.get().map(|f| f as usize) == b.$slot.get().map(|f| f as usize),
            dispatch: $dispatch,
        }
    };
}

/// All dunder names with a slot.
pub static DUNDERS: &[Dunder] = &[
    dunder!(
        "__getattribute__",
        getattr,
        Wrap::GetAttr,
        "($self, name, /)",
        "Return getattr(self, name).",
        Some(|s| s.getattr.set(Some(d::getattr_hook)))
    ),
    dunder!(
        "__getattr__",
        getattr,
        Wrap::None,
        "",
        "",
        Some(|s| s.getattr.set(Some(d::getattr_hook)))
    ),
    dunder!(
        "__setattr__",
        setattr,
        Wrap::SetAttr,
        "($self, name, value, /)",
        "Implement setattr(self, name, value).",
        Some(|s| s.setattr.set(Some(d::setattr)))
    ),
    dunder!(
        "__delattr__",
        setattr,
        Wrap::DelAttr,
        "($self, name, /)",
        "Implement delattr(self, name).",
        Some(|s| s.setattr.set(Some(d::setattr)))
    ),
    dunder!(
        "__repr__",
        repr,
        Wrap::Unary(|s| s.repr.get()),
        "($self, /)",
        "Return repr(self).",
        Some(|s| s.repr.set(Some(d::unary::<4>)))
    ),
    dunder!(
        "__hash__",
        hash,
        Wrap::Hash,
        "($self, /)",
        "Return hash(self).",
        Some(|s| s.hash.set(Some(d::hash)))
    ),
    dunder!(
        "__call__",
        call,
        Wrap::Call,
        "($self, /, *args, **kwargs)",
        "Call self as a function.",
        Some(|s| s.call.set(Some(d::call)))
    ),
    dunder!(
        "__str__",
        str,
        Wrap::Unary(|s| s.str.get()),
        "($self, /)",
        "Return str(self).",
        Some(|s| s.str.set(Some(d::unary::<7>)))
    ),
    dunder!(
        "__lt__",
        compare,
        Wrap::Compare(Cmp::Lt),
        "($self, value, /)",
        "Return self<value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__le__",
        compare,
        Wrap::Compare(Cmp::Le),
        "($self, value, /)",
        "Return self<=value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__eq__",
        compare,
        Wrap::Compare(Cmp::Eq),
        "($self, value, /)",
        "Return self==value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__ne__",
        compare,
        Wrap::Compare(Cmp::Ne),
        "($self, value, /)",
        "Return self!=value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__gt__",
        compare,
        Wrap::Compare(Cmp::Gt),
        "($self, value, /)",
        "Return self>value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__ge__",
        compare,
        Wrap::Compare(Cmp::Ge),
        "($self, value, /)",
        "Return self>=value.",
        Some(|s| s.compare.set(Some(d::compare)))
    ),
    dunder!(
        "__iter__",
        iter,
        Wrap::Unary(|s| s.iter.get()),
        "($self, /)",
        "Implement iter(self).",
        Some(|s| s.iter.set(Some(d::iter::<14>)))
    ),
    dunder!(
        "__next__",
        next,
        Wrap::Next,
        "($self, /)",
        "Implement next(self).",
        Some(|s| s.next.set(Some(d::next)))
    ),
    dunder!(
        "__get__",
        get,
        Wrap::DescrGet,
        "($self, instance, owner=None, /)",
        "Return an attribute of instance, which is of type owner.",
        Some(|s| s.get.set(Some(d::get)))
    ),
    dunder!(
        "__set__",
        set,
        Wrap::DescrSet,
        "($self, instance, value, /)",
        "Set an attribute of instance to value.",
        Some(|s| s.set.set(Some(d::set)))
    ),
    dunder!(
        "__delete__",
        set,
        Wrap::DescrDelete,
        "($self, instance, /)",
        "Delete an attribute of instance.",
        Some(|s| s.set.set(Some(d::set)))
    ),
    dunder!(
        "__init__",
        init,
        Wrap::Init,
        "($self, /, *args, **kwargs)",
        "Initialize self.  See help(type(self)) for accurate signature.",
        Some(|s| s.init.set(Some(d::init)))
    ),
    dunder!(
        "__new__",
        new,
        Wrap::None,
        "",
        "",
        Some(|s| s.new.set(Some(d::new)))
    ),
    dunder!(
        "__del__",
        del,
        Wrap::Del,
        "($self, /)",
        "Called when the instance is about to be destroyed.",
        Some(|s| s.del.set(Some(d::del)))
    ),
    dunder!(
        "__await__",
        await_,
        Wrap::Unary(|s| s.await_.get()),
        "($self, /)",
        "Return an iterator to be used in await expression.",
        Some(|s| s.await_.set(Some(d::unary::<22>)))
    ),
    dunder!(
        "__aiter__",
        aiter,
        Wrap::Unary(|s| s.aiter.get()),
        "($self, /)",
        "Return an awaitable, that resolves in asynchronous iterator.",
        Some(|s| s.aiter.set(Some(d::unary::<23>)))
    ),
    dunder!(
        "__anext__",
        anext,
        Wrap::Unary(|s| s.anext.get()),
        "($self, /)",
        "Return a value or raise StopAsyncIteration.",
        Some(|s| s.anext.set(Some(d::unary::<24>)))
    ),
    dunder!(
        "__neg__",
        neg,
        Wrap::Unary(|s| s.neg.get()),
        "($self, /)",
        "-self",
        Some(|s| s.neg.set(Some(d::unary::<25>)))
    ),
    dunder!(
        "__pos__",
        pos,
        Wrap::Unary(|s| s.pos.get()),
        "($self, /)",
        "+self",
        Some(|s| s.pos.set(Some(d::unary::<26>)))
    ),
    dunder!(
        "__abs__",
        abs,
        Wrap::Unary(|s| s.abs.get()),
        "($self, /)",
        "abs(self)",
        Some(|s| s.abs.set(Some(d::unary::<27>)))
    ),
    dunder!(
        "__invert__",
        invert,
        Wrap::Unary(|s| s.invert.get()),
        "($self, /)",
        "~self",
        Some(|s| s.invert.set(Some(d::unary::<28>)))
    ),
    dunder!(
        "__int__",
        int,
        Wrap::Unary(|s| s.int.get()),
        "($self, /)",
        "int(self)",
        Some(|s| s.int.set(Some(d::unary::<29>)))
    ),
    dunder!(
        "__float__",
        float,
        Wrap::Unary(|s| s.float.get()),
        "($self, /)",
        "float(self)",
        Some(|s| s.float.set(Some(d::unary::<30>)))
    ),
    dunder!(
        "__index__",
        index,
        Wrap::Unary(|s| s.index.get()),
        "($self, /)",
        "Return self converted to an integer, if self is suitable for use as an index into a list.",
        Some(|s| s.index.set(Some(d::unary::<31>)))
    ),
    dunder!(
        "__bool__",
        bool,
        Wrap::Bool,
        "($self, /)",
        "True if self else False",
        Some(|s| s.bool.set(Some(d::bool)))
    ),
    dunder!(
        "__add__",
        add,
        Wrap::Binary(|s| s.add.get()),
        "($self, value, /)",
        "Return self+value.",
        Some(|s| s.add.set(Some(d::add)))
    ),
    dunder!(
        "__radd__",
        add,
        Wrap::BinaryR(|s| s.add.get()),
        "($self, value, /)",
        "Return value+self.",
        Some(|s| s.add.set(Some(d::add)))
    ),
    dunder!(
        "__sub__",
        sub,
        Wrap::Binary(|s| s.sub.get()),
        "($self, value, /)",
        "Return self-value.",
        Some(|s| s.sub.set(Some(d::sub)))
    ),
    dunder!(
        "__rsub__",
        sub,
        Wrap::BinaryR(|s| s.sub.get()),
        "($self, value, /)",
        "Return value-self.",
        Some(|s| s.sub.set(Some(d::sub)))
    ),
    dunder!(
        "__mul__",
        mul,
        Wrap::Binary(|s| s.mul.get()),
        "($self, value, /)",
        "Return self*value.",
        Some(|s| s.mul.set(Some(d::mul)))
    ),
    dunder!(
        "__rmul__",
        mul,
        Wrap::BinaryR(|s| s.mul.get()),
        "($self, value, /)",
        "Return value*self.",
        Some(|s| s.mul.set(Some(d::mul)))
    ),
    dunder!(
        "__matmul__",
        matmul,
        Wrap::Binary(|s| s.matmul.get()),
        "($self, value, /)",
        "Return self@value.",
        Some(|s| s.matmul.set(Some(d::matmul)))
    ),
    dunder!(
        "__rmatmul__",
        matmul,
        Wrap::BinaryR(|s| s.matmul.get()),
        "($self, value, /)",
        "Return value@self.",
        Some(|s| s.matmul.set(Some(d::matmul)))
    ),
    dunder!(
        "__truediv__",
        truediv,
        Wrap::Binary(|s| s.truediv.get()),
        "($self, value, /)",
        "Return self/value.",
        Some(|s| s.truediv.set(Some(d::truediv)))
    ),
    dunder!(
        "__rtruediv__",
        truediv,
        Wrap::BinaryR(|s| s.truediv.get()),
        "($self, value, /)",
        "Return value/self.",
        Some(|s| s.truediv.set(Some(d::truediv)))
    ),
    dunder!(
        "__floordiv__",
        floordiv,
        Wrap::Binary(|s| s.floordiv.get()),
        "($self, value, /)",
        "Return self//value.",
        Some(|s| s.floordiv.set(Some(d::floordiv)))
    ),
    dunder!(
        "__rfloordiv__",
        floordiv,
        Wrap::BinaryR(|s| s.floordiv.get()),
        "($self, value, /)",
        "Return value//self.",
        Some(|s| s.floordiv.set(Some(d::floordiv)))
    ),
    dunder!(
        "__mod__",
        rem,
        Wrap::Binary(|s| s.rem.get()),
        "($self, value, /)",
        "Return self%value.",
        Some(|s| s.rem.set(Some(d::rem)))
    ),
    dunder!(
        "__rmod__",
        rem,
        Wrap::BinaryR(|s| s.rem.get()),
        "($self, value, /)",
        "Return value%self.",
        Some(|s| s.rem.set(Some(d::rem)))
    ),
    dunder!(
        "__lshift__",
        lshift,
        Wrap::Binary(|s| s.lshift.get()),
        "($self, value, /)",
        "Return self<<value.",
        Some(|s| s.lshift.set(Some(d::lshift)))
    ),
    dunder!(
        "__rlshift__",
        lshift,
        Wrap::BinaryR(|s| s.lshift.get()),
        "($self, value, /)",
        "Return value<<self.",
        Some(|s| s.lshift.set(Some(d::lshift)))
    ),
    dunder!(
        "__rshift__",
        rshift,
        Wrap::Binary(|s| s.rshift.get()),
        "($self, value, /)",
        "Return self>>value.",
        Some(|s| s.rshift.set(Some(d::rshift)))
    ),
    dunder!(
        "__rrshift__",
        rshift,
        Wrap::BinaryR(|s| s.rshift.get()),
        "($self, value, /)",
        "Return value>>self.",
        Some(|s| s.rshift.set(Some(d::rshift)))
    ),
    dunder!(
        "__and__",
        and,
        Wrap::Binary(|s| s.and.get()),
        "($self, value, /)",
        "Return self&value.",
        Some(|s| s.and.set(Some(d::and)))
    ),
    dunder!(
        "__rand__",
        and,
        Wrap::BinaryR(|s| s.and.get()),
        "($self, value, /)",
        "Return value&self.",
        Some(|s| s.and.set(Some(d::and)))
    ),
    dunder!(
        "__xor__",
        xor,
        Wrap::Binary(|s| s.xor.get()),
        "($self, value, /)",
        "Return self^value.",
        Some(|s| s.xor.set(Some(d::xor)))
    ),
    dunder!(
        "__rxor__",
        xor,
        Wrap::BinaryR(|s| s.xor.get()),
        "($self, value, /)",
        "Return value^self.",
        Some(|s| s.xor.set(Some(d::xor)))
    ),
    dunder!(
        "__or__",
        or,
        Wrap::Binary(|s| s.or.get()),
        "($self, value, /)",
        "Return self|value.",
        Some(|s| s.or.set(Some(d::or)))
    ),
    dunder!(
        "__ror__",
        or,
        Wrap::BinaryR(|s| s.or.get()),
        "($self, value, /)",
        "Return value|self.",
        Some(|s| s.or.set(Some(d::or)))
    ),
    dunder!(
        "__divmod__",
        divmod,
        Wrap::Binary(|s| s.divmod.get()),
        "($self, value, /)",
        "Return divmod(self, value).",
        Some(|s| s.divmod.set(Some(d::divmod)))
    ),
    dunder!(
        "__rdivmod__",
        divmod,
        Wrap::BinaryR(|s| s.divmod.get()),
        "($self, value, /)",
        "Return divmod(value, self).",
        Some(|s| s.divmod.set(Some(d::divmod)))
    ),
    dunder!(
        "__pow__",
        pow,
        Wrap::Pow,
        "($self, value, mod=None, /)",
        "Return pow(self, value, mod).",
        Some(|s| s.pow.set(Some(d::pow)))
    ),
    dunder!(
        "__rpow__",
        pow,
        Wrap::PowR,
        "($self, value, mod=None, /)",
        "Return pow(value, self, mod).",
        Some(|s| s.pow.set(Some(d::pow)))
    ),
    dunder!(
        "__iadd__",
        iadd,
        Wrap::Binary(|s| s.iadd.get()),
        "($self, value, /)",
        "Return self+=value.",
        Some(|s| s.iadd.set(Some(d::inplace::<61>)))
    ),
    dunder!(
        "__isub__",
        isub,
        Wrap::Binary(|s| s.isub.get()),
        "($self, value, /)",
        "Return self-=value.",
        Some(|s| s.isub.set(Some(d::inplace::<62>)))
    ),
    dunder!(
        "__imul__",
        imul,
        Wrap::Binary(|s| s.imul.get()),
        "($self, value, /)",
        "Return self*=value.",
        Some(|s| s.imul.set(Some(d::inplace::<63>)))
    ),
    dunder!(
        "__imatmul__",
        imatmul,
        Wrap::Binary(|s| s.imatmul.get()),
        "($self, value, /)",
        "Return self@=value.",
        Some(|s| s.imatmul.set(Some(d::inplace::<64>)))
    ),
    dunder!(
        "__itruediv__",
        itruediv,
        Wrap::Binary(|s| s.itruediv.get()),
        "($self, value, /)",
        "Return self/=value.",
        Some(|s| s.itruediv.set(Some(d::inplace::<65>)))
    ),
    dunder!(
        "__ifloordiv__",
        ifloordiv,
        Wrap::Binary(|s| s.ifloordiv.get()),
        "($self, value, /)",
        "Return self//=value.",
        Some(|s| s.ifloordiv.set(Some(d::inplace::<66>)))
    ),
    dunder!(
        "__imod__",
        irem,
        Wrap::Binary(|s| s.irem.get()),
        "($self, value, /)",
        "Return self%=value.",
        Some(|s| s.irem.set(Some(d::inplace::<67>)))
    ),
    dunder!(
        "__ilshift__",
        ilshift,
        Wrap::Binary(|s| s.ilshift.get()),
        "($self, value, /)",
        "Return self<<=value.",
        Some(|s| s.ilshift.set(Some(d::inplace::<68>)))
    ),
    dunder!(
        "__irshift__",
        irshift,
        Wrap::Binary(|s| s.irshift.get()),
        "($self, value, /)",
        "Return self>>=value.",
        Some(|s| s.irshift.set(Some(d::inplace::<69>)))
    ),
    dunder!(
        "__iand__",
        iand,
        Wrap::Binary(|s| s.iand.get()),
        "($self, value, /)",
        "Return self&=value.",
        Some(|s| s.iand.set(Some(d::inplace::<70>)))
    ),
    dunder!(
        "__ixor__",
        ixor,
        Wrap::Binary(|s| s.ixor.get()),
        "($self, value, /)",
        "Return self^=value.",
        Some(|s| s.ixor.set(Some(d::inplace::<71>)))
    ),
    dunder!(
        "__ior__",
        ior,
        Wrap::Binary(|s| s.ior.get()),
        "($self, value, /)",
        "Return self|=value.",
        Some(|s| s.ior.set(Some(d::inplace::<72>)))
    ),
    dunder!(
        "__ipow__",
        ipow,
        Wrap::IPow,
        "($self, value, /)",
        "Return self**=value.",
        Some(|s| s.ipow.set(Some(d::ipow)))
    ),
    dunder!(
        "__len__",
        len,
        Wrap::Len,
        "($self, /)",
        "Return len(self).",
        Some(|s| s.len.set(Some(d::len)))
    ),
    dunder!(
        "__contains__",
        contains,
        Wrap::Contains,
        "($self, key, /)",
        "Return bool(key in self).",
        Some(|s| s.contains.set(Some(d::contains)))
    ),
    dunder!(
        "__getitem__",
        getitem,
        Wrap::Binary(|s| s.getitem.get()),
        "($self, key, /)",
        "Return self[key].",
        Some(|s| s.getitem.set(Some(d::getitem)))
    ),
    dunder!(
        "__setitem__",
        setitem,
        Wrap::SetItem,
        "($self, key, value, /)",
        "Set self[key] to value.",
        Some(|s| s.setitem.set(Some(d::setitem)))
    ),
    dunder!(
        "__delitem__",
        setitem,
        Wrap::DelItem,
        "($self, key, /)",
        "Delete self[key].",
        Some(|s| s.setitem.set(Some(d::setitem)))
    ),
    dunder!(
        "__add__",
        concat,
        Wrap::Binary(|s| s.concat.get()),
        "($self, value, /)",
        "Return self+value.",
        None
    ),
    dunder!(
        "__iadd__",
        iconcat,
        Wrap::Binary(|s| s.iconcat.get()),
        "($self, value, /)",
        "Implement self+=value.",
        None
    ),
    dunder!(
        "__mul__",
        repeat,
        Wrap::Repeat(|s| s.repeat.get()),
        "($self, value, /)",
        "Return self*value.",
        None
    ),
    dunder!(
        "__rmul__",
        repeat,
        Wrap::Repeat(|s| s.repeat.get()),
        "($self, value, /)",
        "Return value*self.",
        None
    ),
    dunder!(
        "__imul__",
        irepeat,
        Wrap::Repeat(|s| s.irepeat.get()),
        "($self, value, /)",
        "Implement self*=value.",
        None
    ),
];
