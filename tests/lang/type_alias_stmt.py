# type statement: lazy values, generics, recursion
type A = int | str
type L[T] = list[T]
type Rec = dict[str, Rec] | int
type Lazy = undefined_thing
print(A, A.__value__, L[int], L.__type_params__, L.__value__, Rec.__value__)
try: Lazy.__value__
except NameError as e: print(e)
undefined_thing = float
print(Lazy.__value__, type(A).__name__, A.__module__, A.__name__)
try: isinstance(1, A)
except TypeError as e: print(e)
print(A | None, list[A], isinstance(1, A.__value__))
class C:
    type Inner = C
    x = 1
print(C.Inner.__value__ is C)
def f[T]():
    type Local = tuple[T, ...]
    return Local
print(f().__value__)
type = 5
print(type)
