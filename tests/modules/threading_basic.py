# threading: start, join, locks, events, locals
import threading
out = []
def work(n): out.append(n * n)
ts = [threading.Thread(target=work, args=(i,)) for i in range(5)]
for t in ts: t.start(); t.join()
print(out, ts[0].is_alive(), threading.current_thread() is threading.main_thread(), threading.active_count())
lock = threading.Lock(); print(lock.acquire(), lock.locked(), lock.acquire(blocking=False)); lock.release(); print(lock.locked())
try: lock.release()
except RuntimeError as e: print(e)
r = threading.RLock()
with r:
    with r: print("reentrant")
e = threading.Event(); res = []
t = threading.Thread(target=lambda: (e.wait(), res.append("woken"))); t.start(); e.set(); t.join(); print(res, e.is_set())
loc = threading.local(); loc.x = 1
def see(): res.append(hasattr(loc, "x"))
t = threading.Thread(target=see); t.start(); t.join(); print(res)
n = 0
def add():
    global n
    for _ in range(500):
        with lock: n += 1
ts = [threading.Thread(target=add) for _ in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print(n)
s = threading.Semaphore(2); print(s.acquire(), s.acquire(), s.acquire(blocking=False))
b = threading.Barrier(2); got = []
t = threading.Thread(target=lambda: got.append(b.wait() in (0, 1))); t.start(); b.wait(); t.join(); print(got)
try: ts[0].start()
except RuntimeError as e: print(e)
t = threading.Timer(0.001, lambda: print("timer")); t.start(); t.join()
