# configparser
import configparser, io
c = configparser.ConfigParser()
c.read_string("[DEFAULT]\nbase = /x\n[a]\nk = 1\nflag: yes\npath = %(base)s/y\nmulti = l1\n  l2\n; comment\n[b]\nempty\n" .replace("empty\n", "empty =\n"))
print(c.sections(), c["a"]["k"], c.getint("a", "k"), c["a"].getboolean("flag"), c.get("a", "path"), repr(c["a"]["multi"]), c.has_option("b", "base"), c.get("b", "nope", fallback="fb"), dict(c["b"]), c.getfloat("a", "k"))
c["new"] = {"x": 1}; c.set("a", "z", "26"); c.remove_option("a", "flag"); o = io.StringIO(); c.write(o); print(o.getvalue())
for f in (lambda: c["zz"], lambda: c.get("a", "nope"), lambda: c.getint("a", "path"), lambda: c.read_string("k = v"), lambda: c.read_string("[a]\nx=1\n[a]\n")):
    try: f()
    except Exception as e: print(type(e).__name__, str(e).split("\n")[0])
