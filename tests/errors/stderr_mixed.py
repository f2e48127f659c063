# uncaught: output to both streams, exit code kept
import sys
print("to out")
print("to err", file=sys.stderr)
sys.stderr.write("no newline at end")
sys.stderr.flush()
raise SystemExit(4)
