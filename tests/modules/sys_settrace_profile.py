# sys.settrace and sys.setprofile events
import sys
log = []
def tracer(frame, event, arg):
    if frame.f_code.co_name in ("f", "g"): log.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg if event == "return" else None))
    return tracer
def f(x):
    y = x + 1
    return g(y)
def g(z):
    for i in range(2):
        z += i
    return z
sys.settrace(tracer); f(1); sys.settrace(None)
for l in log: print(l)
log.clear()
def prof(frame, event, arg): log.append((event, frame.f_code.co_name))
sys.setprofile(prof); g(1); len("a"); sys.setprofile(None)
print([x for x in log if x[1] in ("g",)], ("c_call", "<module>") in log)
