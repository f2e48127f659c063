# generic functions, classes and type aliases
def first[T](xs: list[T]) -> T:
    return xs[0]
class Box[T, *Ts, **P]:
    def get(self) -> T: ...
type Pair[A, B = int] = tuple[A, B]
print(first([1, 2]), first.__type_params__, Box.__type_params__)
T, Ts, P = Box.__type_params__
print(type(T).__name__, type(Ts).__name__, type(P).__name__)
print(Pair.__name__, Pair.__type_params__, Pair.__value__)
print(Pair[int, str], Box[int, str, [int]].__args__)
def bounded[N: int, C: (str, bytes)](): pass
n, c = bounded.__type_params__
print(n.__bound__, c.__constraints__, n.__name__)
type Rec = int | list[Rec]
print(Rec, Rec.__value__)
print(Pair.__type_params__[1].__default__, Pair.__type_params__[0].has_default())
