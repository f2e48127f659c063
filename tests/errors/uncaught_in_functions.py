# uncaught: a traceback through several functions with carets
def inner(d, key):
    return d[key] + 1

def middle(n):
    value = inner({"a": 1}, "b" * n)
    return value

class Worker:
    def run(self):
        return [middle(n) for n in (1, 2)]

Worker().run()
