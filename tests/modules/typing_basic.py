# typing: special forms, generics, hints
from typing import *
import typing
print(List[int], Dict[str, int], Optional[int], Union[int, str], Union[int, None], Callable[[int], str], Any, Tuple[int, ...], Literal[1, "a"], Type[int], Annotated[int, "meta"], ClassVar[int], Final[int])
print(get_origin(List[int]), get_args(Dict[str, int]), get_origin(Union[int, str]), get_args(Callable[[int], str]), get_origin(int), get_args(Literal[1, 2]))
T = TypeVar("T"); K = TypeVar("K", bound=int); print(T, K.__bound__, repr(T), T.__name__)
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(Box[int], Box[int](5).v, Box.__parameters__, Box[int].__origin__ is Box, Box[T][str])
def f(a: "int", b: Optional[str] = None) -> "List[int]": ...
print(get_type_hints(f))
class TD(TypedDict, total=False):
    x: int
    y: Required[str]
print(TD(x=1, y="a"), sorted(TD.__required_keys__), sorted(TD.__optional_keys__))
class NT(NamedTuple):
    a: int
    b: str = "d"
print(NT(1), NT._fields, NT.__annotations__)
UserId = NewType("UserId", int); print(UserId(5), UserId.__name__, UserId)
print(cast(int, "x"), assert_type(1, int), TYPE_CHECKING, is_typeddict(TD), Never, NoReturn, Self, LiteralString)
try:
    Box[int, str]
except TypeError as e:
    print(e)
try:
    assert_never(5)
except AssertionError as e:
    print(e)
