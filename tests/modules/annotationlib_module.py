# annotationlib
import annotationlib
from annotationlib import Format, ForwardRef, get_annotations, type_repr
def f(a: int, b: Missing, c: "quoted") -> list[Missing2]: ...
print(get_annotations(f, format=Format.STRING), {k: (v if isinstance(v, type) else type(v).__name__) for k, v in get_annotations(f, format=Format.FORWARDREF).items()})
try: get_annotations(f)
except NameError as e: print(e)
class C:
    x: int
    y: "str"
class D(C): z: float
print(get_annotations(D), C.__annotations__, D.__annotations__, get_annotations(C, eval_str=True), type_repr(int), type_repr(list[int]), type_repr("s"))
fr = ForwardRef("int | None"); print(fr, fr.evaluate(), fr.__forward_arg__, fr == ForwardRef("int | None"))
print(Format.VALUE, Format(2).name, f.__annotate__(Format.VALUE) if False else callable(f.__annotate__), annotationlib.call_annotate_function(D.__annotate__, Format.STRING), annotationlib.annotations_to_string({"a": int, "b": "x"}))
f.__annotations__ = {"q": 1}; print(f.__annotations__, f.__annotate__)
