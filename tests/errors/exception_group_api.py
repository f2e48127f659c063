# ExceptionGroup: split, subgroup, derive
eg = ExceptionGroup("msg", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), KeyError(4)])])
print(eg, repr(eg), eg.message, len(eg.exceptions))
print(eg.subgroup(ValueError), repr(eg.subgroup(ValueError)), eg.subgroup(OSError))
m, r = eg.split((ValueError, KeyError))
print(repr(m), repr(r))
print(repr(eg.subgroup(lambda e: isinstance(e, TypeError))), repr(eg.derive([OSError()])))
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
for a in (("m", []), ("m", 5), ("m", [1]), (1, [ValueError()]), ("m",), ("m", [KeyboardInterrupt()])):
    try:
        print(repr(ExceptionGroup(*a)))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class G(ExceptionGroup):
    def derive(self, excs): return G("derived " + self.message, excs)
print(repr(G("g", [ValueError(), TypeError()]).split(TypeError)[0]))
print(issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, Exception), ExceptionGroup.__mro__[1].__name__)
