# an event system with weak coupling
class Events:
    def __init__(self): self.handlers = {}
    def on(self, name, fn=None):
        if fn is None: return lambda f: self.on(name, f)
        self.handlers.setdefault(name, []).append(fn)
        return fn
    def fire(self, name, *a, **k): return [h(*a, **k) for h in self.handlers.get(name, ())]
ev = Events()
@ev.on("x")
def first(a, b=1): return ("first", a, b)
ev.on("x", lambda *a, **k: ("lambda", a, k))
class H:
    def __init__(self, n): self.n = n
    def handle(self, *a, **k): return (self.n, len(a), len(k))
ev.on("x", H("h").handle); ev.on("y", H("only y").handle); ev.on("y")(print)
print(ev.fire("x", 1), ev.fire("x", 1, b=2), ev.fire("none"))
print(ev.fire("y", "arg"))
ev.handlers["x"].remove(first)
print(len(ev.fire("x")))
