# annotations are evaluated when asked for
def f(a: Later, b: int = 1, *c: str, **d: float) -> "quoted":
    pass
try:
    f.__annotations__
except NameError as e:
    print(e)
class Later: pass
print({k: getattr(v, "__name__", v) for k, v in f.__annotations__.items()})
class C:
    x: int = 1
    y: str
    z: Undefined
try:
    C.__annotations__
except NameError as e:
    print(e)
import annotationlib
print(annotationlib.get_annotations(C, format=annotationlib.Format.STRING))
fr = annotationlib.get_annotations(C, format=annotationlib.Format.FORWARDREF)
print(fr["x"], type(fr["z"]).__name__, fr["z"].__forward_arg__)
x: int
y: print("never run") = 3
print(y)
try:
    x
except NameError as e:
    print(e)
print(f.__annotate__.__name__)
