# typing.Protocol, runtime_checkable, overload, final
from typing import *
@runtime_checkable
class Closeable(Protocol):
    def close(self) -> None: ...
class F:
    def close(self): pass
print(isinstance(F(), Closeable), isinstance(5, Closeable), issubclass(F, Closeable))
class P(Protocol):
    x: int
try:
    isinstance(F(), P)
except TypeError as e:
    print(e)
try:
    P()
except TypeError as e:
    print(e)
@overload
def f(a: int) -> int: ...
@overload
def f(a: str) -> str: ...
def f(a): return a
print(f(1), len(get_overloads(f)))
@final
class X: pass
print(X.__final__, get_protocol_members(Closeable), is_protocol(P))
class G[T](Protocol):
    def get(self) -> T: ...
class Impl(G[int]):
    def get(self): return 1
print(Impl().get(), Impl.__orig_bases__, get_original_bases(Impl) if "get_original_bases" in globals() else "")
