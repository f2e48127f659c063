# _pickle: the bytes of every protocol, round trips, hooks, buffers and errors.
import copyreg
import io
import pickle


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return vars(self) == vars(other)


class Slots:
    __slots__ = ("a", "b")


class Bag(dict):
    pass


class Seq(list):
    pass


def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw))[:110])
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "__notes__", ""))


values = [None, True, 1, -1, 300, 70000, 2**31, 2**100, -(2**70), 1.5, "abc", "h\u00e9\n\u20ac", b"", b"abc", bytearray(b"xy")]
values += [(), (1,), (1, 2, 3, 4), [1], [1, 2], {1: 2}, {1: 2, 3: 4}, {1}, frozenset({1}), int, len, Point, type(None), ..., str.join]
for proto in range(6):
    for v in values:
        data = pickle.dumps(v, proto)
        back = pickle.loads(data)
        assert back == v and type(back) is type(v), (proto, v)
    print(proto, pickle.dumps([None, True, 5, "a", b"b", (1, 2), {"k": 1.5}], proto))
    p = pickle.loads(pickle.dumps(Point(1, [2]), proto))
    assert p == Point(1, [2])
    for n in (999, 1000, 1001, 2500):
        assert pickle.loads(pickle.dumps(list(range(n)), proto)) == list(range(n))
        assert pickle.loads(pickle.dumps({i: str(i) for i in range(n)}, proto)) == {i: str(i) for i in range(n)}
    b = Bag(a=1)
    b.extra = 2
    b = pickle.loads(pickle.dumps(b, proto))
    s = Seq([1, 2])
    s.me = s
    s = pickle.loads(pickle.dumps(s, proto))
    print(dict(b), b.extra, list(s), s.me is s)
loop = []
loop.append((loop, {"l": loop}))
loop = pickle.loads(pickle.dumps(loop))
print(loop[0][0] is loop, loop[0][1]["l"] is loop)
s = Slots()
s.a = 1
print(pickle.loads(pickle.dumps(s)).a)
big = [b"x" * 70000, "y" * 70000, bytearray(b"z" * 70000)]
f = io.BytesIO()
pickle.dump(big, f)
f.seek(0)
print(pickle.load(f) == big, f.read())


class P(pickle.Pickler):
    def persistent_id(self, obj):
        return "the point" if isinstance(obj, Point) else None

    def reducer_override(self, obj):
        return (str, ("complex",)) if isinstance(obj, complex) else NotImplemented


class U(pickle.Unpickler):
    def persistent_load(self, pid):
        return "<" + pid + ">"

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


f = io.BytesIO()
P(f).dump([Point(1, 2), 1j, Bag])
print(U(io.BytesIO(f.getvalue())).load())
p = pickle.Pickler(io.BytesIO(), 2)
p.dispatch_table = copyreg.dispatch_table.copy()
p.dispatch_table[Point] = lambda o: (Point, (o.x, 0))
p.dump(Point(1, 2))
print(len(p.memo.copy()), sorted(n for n, _ in p.memo.copy().values()))
outside = []
data = pickle.dumps([pickle.PickleBuffer(b"abc")], 5, buffer_callback=outside.append)
print(data, pickle.loads(data, buffers=[b"other"]), bytes(outside[0]), outside[0].raw().tolist())
attempt(pickle.loads, data)
for bad in (b"", b"\x80", b".", b"(.", b"z", b"\xff", b"\x80\x09.", b"I1a\n.", b"t.", b"K\x01K\x02a.", b"}(K\x01u.", b"h5.", b"\x82\x05.", b"K\x01K\x02\x93."):
    attempt(pickle.loads, bad)
for bad in (b"cos\nnope\n.", b"K\x01Q.", b"\x95\x05\0\0\0\0\0\0\0..", b"NNR.", b"N)\x81.", b"S'a\n.", b"Nb.", b"\x8b\xff\xff\xff\xff.", b"(K\x01o."):
    attempt(pickle.loads, bad)
attempt(pickle.dumps, [1, (2, 3, {4: lambda: 0})].__class__)
attempt(pickle.dumps, (i for i in ()))
attempt(pickle.dumps, 1, 9)
attempt(pickle.dumps, 1, 2, buffer_callback=print)
attempt(pickle.load, 5)
attempt(pickle.Pickler, 5)


class Odd:
    def __init__(self, r):
        self.r = r

    def __reduce_ex__(self, proto):
        return self.r


for r in (1, (), (int,), (1, 2), (int, 1), (int, (), None, 1), (int, (), None, None, [1]), (int, (), None, None, None, 1)):
    attempt(pickle.dumps, [Odd(r)])
