# queue
import queue
q = queue.Queue(maxsize=2)
q.put(1); q.put(2); print(q.full(), q.qsize(), q.get(), q.get(), q.empty())
for f in (lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: (q.put(1), q.put(2), q.put_nowait(3))):
    try: f()
    except (queue.Empty, queue.Full) as e: print(type(e).__name__)
l = queue.LifoQueue(); l.put(1); l.put(2); print(l.get(), l.get())
p = queue.PriorityQueue(); [p.put(x) for x in (3, 1, 2)]; print([p.get() for _ in range(3)])
s = queue.SimpleQueue(); s.put("x"); print(s.get(), s.empty())
q.task_done(); q.task_done()
try: q.task_done(); q.task_done(); q.task_done()
except ValueError as e: print(e)
q.shutdown(immediate=True)
try: q.put(1)
except queue.ShutDown: print("shut down")
