# messages of AttributeError and TypeError for attributes
import math
class C:
    __slots__ = ("s",)
    x = 1
    @property
    def p(self): return 1
for src in ("C().y", "C.y", "C().s", "C().y = 1", "C().p = 1", "del C().p", "del C().x", "C().x = 1", "(5).x", "(5).x = 1", "int.x = 1", "del int.real", "math.nope", "None.x", "len.x", "(lambda: 0).x", "type.x", "object().x = 1", "'a'.x", "C().__dict__", "del C.q", "super().x", "[].x = 1", "f'{C().zz}'"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, "->", type(e).__name__, e)
