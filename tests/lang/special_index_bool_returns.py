# wrong results of special methods
class W:
    def __len__(self): return self.v
    def __bool__(self): return self.v
    def __index__(self): return self.v
    def __hash__(self): return self.v
    def __str__(self): return self.v
    def __repr__(self): return self.v
    def __bytes__(self): return self.v
    def __format__(self, s): return self.v
    def __int__(self): return self.v
    def __float__(self): return self.v
    def __complex__(self): return self.v
    def __iter__(self): return self.v
    def __dir__(self): return self.v
    def __contains__(self, x): return self.v
    def __length_hint__(self): return self.v
w = W()
import operator
for v in (None, 1.5, "s"):
    w.v = v
    for f in (len, bool, operator.index, hash, str, repr, bytes, format, int, float, complex, iter, dir, lambda w: 1 in w):
        try: print(getattr(f, "__name__", "in"), "=", f(w))
        except TypeError as e: print(getattr(f, "__name__", "in"), "->", e)
w.v = -1
for f in (len, bool):
    try: f(w)
    except (ValueError, TypeError) as e: print(e)
w.v = 2**100
try: len(w)
except OverflowError as e: print(e)
