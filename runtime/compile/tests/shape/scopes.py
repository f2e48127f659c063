from typing import Generic

limit: int = 10
if limit:
    maybe: "str"


def outer(value):
    def inner():
        nonlocal value
        value += 1
        return __class__, value
    squares = [lambda: value * n for n in range(3)]
    return inner, squares, {k: v for k, v in value if k}, (x for x in value)


class Base:
    attribute: int = 1
    items = [attribute_ for attribute_ in range(limit)]

    def __init__(self, private):
        self.__private = private
        super().__init__()

    @property
    def private(self) -> "int":
        return self.__private

    class Nested:
        if limit:
            flag: bool


class Derived[T: int, *Ts, **P = [int]](Base, Generic[T], metaclass=type):
    def method[U = T](self, argument: U, *args: *Ts, key: T = None) -> T:
        return super().method(argument)


type Alias[T] = dict[str, T] | Derived[T]


@decorate(limit)
def decorated(a: int, b=1, *, c: str = "x") -> None: ...
