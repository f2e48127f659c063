# module globals are destroyed at exit, atexit functions run first
import atexit
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
d = D("global")
atexit.register(lambda: print("atexit 1"))
@atexit.register
def second(): print("atexit 2")
print("end of script")
