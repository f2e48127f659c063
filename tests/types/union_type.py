# X | Y unions
u = int | str
print(u, u.__args__, u == str | int, hash(u) == hash(str | int), int | None, None | int, int | int, int | str | int, u | float, isinstance(1, u), isinstance(1.5, u), issubclass(bool, u), isinstance(None, int | None), type(u).__name__, u.__origin__ if hasattr(u, "__origin__") else "")
import typing
print(typing.Union[int, str] == u, typing.Optional[int] == (int | None), type(typing.Union[int, str]), list[int] | str, (list[int] | str).__args__, typing.Union[int], u.__parameters__, int | "str" if False else "", typing.get_args(u))
for f in (lambda: int | 5, lambda: 5 | int, lambda: isinstance([], list[int] | int), lambda: u(), lambda: u[0], lambda: issubclass(1, u), lambda: int | "q"):
    try: print(f())
    except TypeError as e: print(e)
T = typing.TypeVar("T"); print((list[T] | T)[int], (T | None).__parameters__)
match 5:
    case int() | str(): print("matched")
