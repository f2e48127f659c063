# add_note and __notes__
e = ValueError("x")
print(hasattr(e, "__notes__"))
e.add_note("one")
e.add_note("two")
print(e.__notes__)
try:
    e.add_note(5)
except TypeError as t:
    print(t)
import traceback
print("".join(traceback.format_exception_only(e)), end="")
e.__notes__ = "not a list"
print("".join(traceback.format_exception_only(e)), end="")
e.__notes__ = [1, "ok"]
print("".join(traceback.format_exception_only(e)), end="")
