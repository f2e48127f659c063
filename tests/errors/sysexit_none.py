# sys.exit without argument is success
import sys, atexit
atexit.register(print, "atexit ran")
print("before")
sys.exit()
