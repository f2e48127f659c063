# when suggestions are and are not made
import traceback
def last(f):
    try: f()
    except Exception as e: return traceback.format_exception_only(e)[-1].strip()
class A:
    somethingverywrong = None
    abc = x1 = x2 = None
    def __dir__(self): return ["somethingverywrong", "abc", 5] if False else ["somethingverywrong", "abc"]
class B:
    def __getattr__(self, n): raise AttributeError(f"custom {n}")
class C: pass
c = C(); c.long_attribute_name = 1
for f in (lambda: A().somethingverywrung, lambda: A().abd, lambda: A().q, lambda: A().totally_different, lambda: c.long_atribute_nme, lambda: B().x, lambda: C.__nam__, lambda: "".joinn, lambda: [].lenght, lambda: {}.iteritems, lambda: (1).bit_lenght, lambda: None.foo, lambda: traceback.format_exceptin, lambda: A.abc.x1):
    print(last(f))
def g():
    alpha = beta = 1
    def h():
        return alpa
    try: return h()
    except NameError as e: return traceback.format_exception_only(e)[-1].strip(), e.name
print(g())
def k(first_name=1, last_name=2): pass
for f in (lambda: k(frist_name=1), lambda: k(zzz=1), lambda: k(lastname=3), lambda: tru, lambda: Flase, lambda: pritn, lambda: imprt, lambda: itertools, lambda: asyncio.run):
    print(last(f))
