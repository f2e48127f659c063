# input at end of file
import sys, io
sys.stdin = io.StringIO("line one\nline two")
print(repr(input()), repr(input("prompt> ")))
try: input()
except EOFError as e: print(type(e).__name__, e)
for l in io.StringIO("a\nb"): print(repr(l))
