# csv
import csv, io
print(list(csv.reader(['a,b,"c,d"', '1,"x ""q""",', '"multi', 'line",z'])), list(csv.reader(["a;b"], delimiter=";")), list(csv.reader(["'a,b',c"], quotechar="'")), list(csv.reader(["a\tb"], dialect="excel-tab")), list(csv.reader(['1,"2",x'], quoting=csv.QUOTE_NONNUMERIC)) if False else "", list(csv.reader(["a, b"], skipinitialspace=True)), list(csv.reader(["a\\,b"], escapechar="\\")))
f = io.StringIO(); w = csv.writer(f); w.writerow(["a", 1, 2.5, None, 'q"x', "c,d", "new\nline"]); w.writerows([[1, 2], []]); print(repr(f.getvalue()))
f = io.StringIO(); w = csv.writer(f, quoting=csv.QUOTE_ALL, lineterminator="\n"); w.writerow([1, "a"]); csv.writer(f, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerow([1, "a"]); csv.writer(f, delimiter="|", quoting=csv.QUOTE_MINIMAL, lineterminator="\n").writerow(["a|b", "c"]); print(f.getvalue())
r = csv.DictReader(["n,v", "a,1", "b,2,3", "c"]); print(list(r), r.fieldnames)
f = io.StringIO(); d = csv.DictWriter(f, ["x", "y"], lineterminator="\n", restval="-"); d.writeheader(); d.writerow({"x": 1}); print(f.getvalue())
for g in (lambda: d.writerow({"zz": 1}), lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(["a,b"]), lambda: list(csv.reader(['"a"b'], strict=True)), lambda: list(csv.reader([b"x"])), lambda: csv.reader([], delimiter="ab"), lambda: csv.get_dialect("nope"), lambda: csv.writer(io.StringIO()).writerow(5)):
    try: g()
    except Exception as e: print(type(e).__name__, e)
print(sorted(csv.list_dialects()), csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name,age\nbob,5\nann,6\n"))
