# a state machine as dict, as generator, as classes
table = {("idle", "start"): "run", ("run", "pause"): "hold", ("hold", "start"): "run", ("run", "stop"): "idle"}
s = "idle"
for e in ("start", "pause", "bad", "start", "stop"):
    s = table.get((s, e), s)
    print(e, s, end="; ")
print()
def machine():
    state = "idle"
    while True:
        e = yield state
        match state, e:
            case "idle", "start": state = "run"
            case "run", "stop": state = "idle"
            case _, "quit": return "bye"
m = machine(); next(m)
print([m.send(e) for e in ("start", "x", "stop")])
try: m.send("quit")
except StopIteration as e: print(e.value)
class State:
    def on(self, e): return self
class Idle(State):
    def on(self, e): return Run() if e == "start" else self
class Run(State):
    def on(self, e): return Idle() if e == "stop" else self
x = Idle()
for e in ("start", "start", "stop", "zz"): x = x.on(e); print(type(x).__name__, end=" ")
print()
