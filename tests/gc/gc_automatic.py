# garbage cycles do not pile up without an explicit collect
# skip: gc-zeal
import gc, weakref
gc.enable()
class N: pass
alive = weakref.WeakSet()
for i in range(30000):
    n = N(); n.me = n
    alive.add(n)
print(len(alive) < 30000)
del n
gc.collect()
print(len(alive))
