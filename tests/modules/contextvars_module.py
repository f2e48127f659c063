# contextvars
import contextvars
v = contextvars.ContextVar("v", default=0); w = contextvars.ContextVar("w")
print(v.get(), w.get("d"), v.name)
t = v.set(5); print(v.get(), t.old_value is contextvars.Token.MISSING, t.var is v); v.reset(t); print(v.get())
def f(): v.set(99); return v.get()
c = contextvars.copy_context(); print(c.run(f), v.get(), c[v], v in c, len(c) >= 1)
for g in (lambda: w.get(), lambda: v.reset(t), lambda: c.run(lambda: c.run(f)), lambda: contextvars.ContextVar(5)):
    try: g()
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0].split("<")[0])
with v.set(7): print(v.get())
print(v.get())
