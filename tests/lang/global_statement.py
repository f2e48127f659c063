# global binds in the module
n = 0
def bump():
    global n, fresh
    n += 1
    fresh = "made"
bump()
bump()
print(n, fresh)
def shadow():
    n = 99
    return n
print(shadow(), n)
def unbound():
    print(n)
    n = 1
try:
    unbound()
except UnboundLocalError as e:
    print(e)
