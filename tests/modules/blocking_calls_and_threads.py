# Whoever waits for a file descriptor, a process or a socket lets the other threads run.
import os
import select
import socket
import threading
import time
import warnings


def later(f, *args):
    def run():
        time.sleep(0.02)
        f(*args)

    t = threading.Thread(target=run)
    t.start()
    return t


warnings.simplefilter("ignore", DeprecationWarning)
r, w = os.pipe()
t = later(os.write, w, b"one")
print(os.read(r, 10))
t.join()

a, b = socket.socketpair()
t = later(b.send, b"two")
print(select.select([a], [], [], 5)[0] == [a], a.recv(10))
t.join()
t = later(b.send, b"three")
print(a.recv(10))
t.join()

with open(r, "rb") as f, open(w, "wb", 0) as g:
    t = later(g.write, b"a line\n")
    print(f.readline())
    t.join()

pid = os.fork()
if pid == 0:
    time.sleep(0.02)
    os._exit(3)
ran = []
t = later(ran.append, 1)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
t.join()
print(ran)


def fork_in_thread():
    if (pid := os.fork()) == 0:
        os._exit(threading.main_thread() is not threading.current_thread())
    print(os.waitpid(pid, 0)[1])


t = threading.Thread(target=fork_in_thread)
t.start()
t.join()
for s in a, b:
    s.close()
