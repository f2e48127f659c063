# threads: a producer and a consumer over a queue, results in order
import threading, queue
q, out = queue.Queue(maxsize=3), []
def prod(n):
    for i in range(n): q.put(i)
    q.put(None)
def cons():
    while (x := q.get()) is not None: out.append(x * x); q.task_done()
    q.task_done()
ts = [threading.Thread(target=prod, args=(20,)), threading.Thread(target=cons)]
for t in ts: t.start()
for t in ts: t.join()
q.join(); print(out)
tot = {}; lk = threading.Lock()
def work(k):
    for i in range(100):
        with lk: tot[k] = tot.get(k, 0) + i
ts = [threading.Thread(target=work, args=(k,)) for k in "abc"]
[t.start() for t in ts]; [t.join() for t in ts]; print(sorted(tot.items()))
res = [None] * 4
def fib(i, n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    res[i] = a
ts = [threading.Thread(target=fib, args=(i, 50 + i)) for i in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print(res)
once = threading.Event(); seq = []
def a(): seq.append("a"); once.set()
def b(): once.wait(); seq.append("b")
tb, ta = threading.Thread(target=b), threading.Thread(target=a)
tb.start(); ta.start(); tb.join(); ta.join(); print(seq, threading.main_thread().name, threading.get_ident() == threading.main_thread().ident)
