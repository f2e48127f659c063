# RecursionError tracebacks are folded; only the shape is shown
import traceback
def loop(): return loop()
try: loop()
except RecursionError as e:
    lines = traceback.format_exception(e)
    print(lines[0], end="")
    print(any("Previous line repeated" in l for l in lines), lines[-1][:60])
