# getopt and logging
import getopt, logging, sys, io
print(getopt.getopt(["-a", "-b", "v", "--long=x", "rest"], "ab:", ["long="]), getopt.gnu_getopt(["r", "-a"], "a"))
try: getopt.getopt(["-z"], "a")
except getopt.GetoptError as e: print(e, e.opt)
s = io.StringIO(); h = logging.StreamHandler(s); h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
l = logging.getLogger("a.b"); l.addHandler(h); l.setLevel(logging.INFO); l.propagate = False
l.debug("no"); l.info("x=%d %s", 5, "y"); l.warning("w"); l.error("e"); l.log(logging.CRITICAL, "c")
try: 1 / 0
except ZeroDivisionError: l.exception("exc")
print(s.getvalue().split("Traceback")[0], l.getEffectiveLevel(), l.isEnabledFor(10), l.parent.name, logging.getLevelName(20), l.handlers == [h], l)
f = logging.Filter("a"); print(f.filter(logging.LogRecord("a.b", 20, "f", 1, "m", None, None)), logging.LogRecord("n", 20, "f", 1, "m %s", ("x",), None).getMessage())
logging.basicConfig(stream=sys.stdout, format="{levelname} {message}", style="{", level="WARNING"); logging.warning("root %s", "msg"); logging.info("hidden")
