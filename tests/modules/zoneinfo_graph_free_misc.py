# secrets of small pure modules: bisect keys, textwrap, numbers formatting round trip
import bisect, textwrap, string, itertools, collections
grades = [("F", 60), ("D", 70), ("C", 80), ("B", 90)]
print([("FDCBA"[bisect.bisect([g[1] for g in grades], s)]) for s in (33, 99, 77, 70, 89, 90, 100)])
d = collections.OrderedDict(sorted({"b": 1, "a": 2}.items())); print(d, list(itertools.chain.from_iterable(d.items())))
t = textwrap.dedent("""\
    header
      indented
    footer""")
print(t, textwrap.indent(t, "| ").splitlines(), string.capwords("a-b c", "-"))
c = collections.Counter(w for w in "it was the best of times it was the worst".split()); print(c.most_common(3), sum(c.values()), c["none"], sorted(c & collections.Counter(it=5)))
lst = collections.deque(maxlen=3); [lst.append(x) for x in range(6)]; print(lst, [*itertools.islice(lst, 1, None)])
print({k: [*v] for k, v in itertools.groupby(sorted(["bb", "a", "cc", "d"], key=len), key=len)}, collections.ChainMap({"a": 1}, {"a": 2, "b": 3})["b"])
