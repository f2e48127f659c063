# list[int] and friends
a = list[int]
print(a, a.__origin__, a.__args__, a.__parameters__, a(), a([1]), list[int] == list[int], hash(list[int]) == hash(list[int]), dict[str, list[int]], tuple[int, ...], tuple[()], type[int], a | None, isinstance(a, type), type(a).__name__)
print(a.append is list.append, a.__name__, list["fwd"], dict[int, str].__args__, (*tuple[int, str],), set[int]({1}), frozenset[str], type(a).__module__)
from typing import TypeVar
T = TypeVar("T"); U = TypeVar("U")
print(dict[T, U][int, str], dict[T, T].__parameters__, list[T][int], list[list[T]][int], tuple[T, *tuple[int, ...]])
class C(list[int]): pass
print(C.__orig_bases__, C.__bases__, C([1]))
for f in (lambda: isinstance([], list[int]), lambda: issubclass(list, list[int]), lambda: list[int][str], lambda: int[str], lambda: dict[T][int, str], lambda: list[int].nope, lambda: setattr(a, "__origin__", 5)):
    try: print(f())
    except (TypeError, AttributeError) as e: print(type(e).__name__, e)
import types; print(types.GenericAlias(dict, (int,)), types.GenericAlias(list, int)([2]))
