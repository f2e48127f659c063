# types: coroutine, get_original_bases, new_class, SimpleNamespace details
import types
@types.coroutine
def gen(): x = yield "from gen"; return x * 2
async def main(): return await gen()
c = main(); print(c.send(None))
try: c.send(21)
except StopIteration as e: print(e.value)
class A(list[int]): pass
print(types.get_original_bases(A), types.resolve_bases((list[int], str)))
K = types.new_class("K", (list[int],), {"metaclass": type}, lambda ns: ns.__setitem__("v", 1)); print(K.__mro__[1], K.v, K.__orig_bases__)
n = types.SimpleNamespace({"a": 1}, b=2); print(n, n == types.SimpleNamespace(b=2, a=1), n != 5, repr(types.SimpleNamespace()))
try: n.zz
except AttributeError as e: print(e)
try: types.SimpleNamespace(5)
except TypeError as e: print(e)
class NS(types.SimpleNamespace): pass
print(NS(x=1), vars(NS(y=2)))
import copy; print(copy.replace(n, b=9))
f = types.FunctionType((lambda x, y=1: (x, y, z)).__code__, {"z": 3}, "f", (10,)); print(f(1), f.__name__, f.__defaults__)
print(types.CodeType.__name__, types.TracebackType.__name__, types.FrameType.__name__, types.AsyncGeneratorType.__name__, types.CapsuleType.__name__)
m = types.MethodType(len, [1, 2]); print(m(), m.__self__, m.__func__ is len, types.MethodType(str.upper, "x")())
try: types.MethodType(5, 1)
except TypeError as e: print(e)
try: types.FunctionType(5, {})
except TypeError as e: print(e)
