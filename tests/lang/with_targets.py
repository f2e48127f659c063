# targets of with: tuples, attributes, subscripts
class CM:
    def __init__(self, v): self.v = v
    def __enter__(self): return self.v
    def __exit__(self, *a): return False
class O: pass
o, d = O(), {}
with CM((1, 2)) as (a, b), CM(3) as o.x, CM(4) as d["k"], CM([5, 6, 7]) as [c, *r]:
    print(a, b, o.x, d, c, r)
with CM(1): pass
for i in range(3):
    with CM(i) as v:
        if v == 0: continue
        if v == 2: break
        print("v", v)
def gen():
    with CM("g") as x:
        yield x
print(list(gen()))
