# functions of the gc module
import gc
print(gc.isenabled())
gc.disable(); print(gc.isenabled()); gc.enable()
print(gc.isenabled(), len(gc.get_threshold()), len(gc.get_count()), gc.garbage, gc.get_debug())
print([gc.is_tracked(x) for x in (1, "a", None, [], {}, set(), object(), (lambda: 0))])
gc.collect()
class C: pass
c = C(); c.c = c
del c
print(gc.collect() > 0, gc.collect())
a = []
b = [a]
print(any(x is b for x in gc.get_referrers(a)), any(x is a for x in gc.get_referents(b)), any(x is b for x in gc.get_objects()))
print(gc.is_finalized([]), isinstance(gc.get_stats(), list), sorted(gc.get_stats()[0]))
try:
    gc.collect(5)
except ValueError as e:
    print(e)
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count())
