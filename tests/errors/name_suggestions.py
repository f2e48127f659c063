# the Did you mean texts of names, attributes, imports, keywords
import traceback
def show(f):
    try:
        f()
    except Exception as e:
        print(traceback.format_exception_only(e)[-1], end="")
class C:
    colour = 1
    def __init__(self): self.width = 2
    def method(self): pass
def kw(height=1, weight=2): pass
some_name = 5
show(lambda: some_nam)
show(lambda: prnt(1))
show(lambda: C().color)
show(lambda: C().widht)
show(lambda: C.metod)
show(lambda: "x".uper())
show(lambda: [].appendd(1))
show(lambda: kw(heigth=3))
show(lambda: os.path)
show(lambda: nothing_like_it)
show(lambda: int.from_byte)
show(lambda: len(5).foo)
show(lambda: int(base=3, x=1))
show(lambda: "a".split(seps=1))
