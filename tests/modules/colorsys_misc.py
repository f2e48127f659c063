# small modules: colorsys, sched, reprlib, timeit shape, getpass-free
import colorsys, reprlib, sched
print(colorsys.rgb_to_hsv(1, 0.5, 0), colorsys.hsv_to_rgb(0.5, 1, 1), colorsys.rgb_to_hls(0.2, 0.4, 0.6))
print(reprlib.repr(list(range(100))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(10)}), reprlib.Repr(maxlist=2).repr([1, 2, 3]))
class L(list):
    @reprlib.recursive_repr()
    def __repr__(self): return "<" + ", ".join(map(repr, self)) + ">"
l = L([1]); l.append(l); print(l)
t = [0]; s = sched.scheduler(lambda: t[0], lambda d: t.__setitem__(0, t[0] + d)); s.enter(2, 1, print, ("second",)); s.enter(1, 1, print, ("first",)); s.run(); print(t)
