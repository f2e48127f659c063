# replacing sys.stdout and sys.stderr
import sys, io
old = sys.stdout
sys.stdout = s = io.StringIO()
print("hidden"); sys.stdout.write("more")
sys.stdout = old
print(repr(s.getvalue()))
class W:
    def __init__(self): self.parts = []
    def write(self, x): self.parts.append(x)
    def flush(self): self.parts.append("<flush>")
w = W(); print("a", 1, sep="-", file=w, flush=True); print(w.parts)
try: print("x", file=5)
except AttributeError as e: print(e)
sys.stdout = None
print("nowhere")
sys.stdout = old
print("back", sys.stdout.writable(), sys.stdout.isatty(), sys.stdout.line_buffering in (True, False))
sys.stdout.buffer.write(b"raw bytes\n"); sys.stdout.flush()
