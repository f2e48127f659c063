# uncaught: sys.exit deep inside, with finally blocks
import sys
def f():
    try:
        sys.exit("fatal: " + "x" * 5)
    finally:
        print("cleanup")
try:
    f()
except Exception:
    print("not caught here")
