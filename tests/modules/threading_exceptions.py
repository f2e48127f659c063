# threading: exceptions in threads, conditions, daemons
import threading
def hook(a): print("hook", a.exc_type.__name__, a.exc_value, a.thread.name)
threading.excepthook = hook
def bad(): raise ValueError("in thread")
t = threading.Thread(target=bad, name="worker-x"); t.start(); t.join(); print("main goes on")
c = threading.Condition(); items = []
def consumer():
    with c:
        while not items: c.wait()
        print("consumed", items.pop())
t = threading.Thread(target=consumer); t.start()
with c: items.append(5); c.notify()
t.join()
def gone(): raise SystemExit
t = threading.Thread(target=gone); t.start(); t.join(); print("SystemExit is silent")
d = threading.Thread(target=lambda: None, daemon=True); print(d.daemon, d.name.startswith("Thread-"))
class T(threading.Thread):
    def run(self): self.result = 42
t = T(); t.start(); t.join(); print(t.result)
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as ex:
    print(list(ex.map(lambda x: x * 2, range(4))), ex.submit(pow, 2, 5).result())
    f = ex.submit(lambda: 1 / 0)
    print(type(f.exception()).__name__, f.done())
