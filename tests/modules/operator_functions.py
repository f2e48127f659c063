# operator
import operator as o
print(o.add(1, 2), o.sub(1, 2), o.mul(2, 3), o.truediv(1, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 3), o.neg(1), o.pos(1), o.abs(-1), o.invert(1), o.lshift(1, 3), o.rshift(8, 1), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.not_(0), o.truth([]), o.index(5), o.matmul.__name__)
print(o.lt(1, 2), o.le(1, 1), o.eq(1, 1.0), o.ne(1, 2), o.ge(1, 2), o.gt(2, 1), o.is_(None, None), o.is_not(1, None), o.is_none(None), o.is_not_none(1), o.contains([1], 1), o.countOf([1, 1, 2], 1), o.indexOf([1, 2], 2), o.concat([1], [2]), o.length_hint(iter([1, 2])))
l = [1, 2, 3]; o.setitem(l, 0, 9); o.delitem(l, 1); print(l, o.getitem(l, 0), o.iadd(l, [4]), l, o.imul(3, 4))
print(o.itemgetter(1)("abc"), o.itemgetter(0, -1)("abc"), o.itemgetter(slice(1, None))([1, 2, 3]), o.attrgetter("real", "imag")(1j), o.attrgetter("__class__.__name__")(1), o.methodcaller("split", ",")("a,b"), o.methodcaller("encode", encoding="ascii")("x"))
print(o.itemgetter(1, 2), o.attrgetter("a.b"), o.methodcaller("m", 1, k=2), o.call(len, "abc"))
for f in (lambda: o.add(1), lambda: o.itemgetter(), lambda: o.attrgetter(1), lambda: o.index(1.5), lambda: o.concat(1, 2), lambda: o.indexOf([], 1)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
