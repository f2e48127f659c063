# forms and errors of throw
def g():
    try: yield 1
    except Exception as e: yield ("caught", type(e).__name__, e.args)
def fresh():
    x = g(); next(x); return x
print(fresh().throw(ValueError), fresh().throw(ValueError("m")), fresh().throw(KeyError("k", 2)))
for bad in (5, "s", int, None):
    try: print(fresh().throw(bad))
    except TypeError as e: print(e)
x = fresh()
try: x.throw(GeneratorExit)
except GeneratorExit: print("GeneratorExit passes")
x = fresh()
try: x.throw(StopIteration("si"))
except RuntimeError as e: print("runtime", e)
else: print("handled inside")
def sub():
    try: yield "s"
    finally: print("sub cleanup")
def outer():
    try: yield from sub()
    except KeyError as e: yield "outer caught"
o = outer(); next(o); print(o.throw(KeyError("z")))
def it(): yield from iter([1, 2])
i = it(); next(i)
try: i.throw(ValueError("to plain iterator"))
except ValueError as e: print(e)
