# weakref.finalize
import weakref
class C: pass
c = C()
f = weakref.finalize(c, print, "finalized", sep="!")
print(f.alive, f.peek()[1:])
del c
print(f.alive, f())
c = C()
f = weakref.finalize(c, lambda: "result")
print(f(), f(), f.alive)
g = weakref.finalize(c, print, "detached")
print(g.detach() is not None, g.alive)
del c
k = C()
weakref.finalize(k, print, "at exit 1")
weakref.finalize(k, print, "at exit 2")
q = weakref.finalize(k, print, "not at exit")
q.atexit = False
print("end of script")
