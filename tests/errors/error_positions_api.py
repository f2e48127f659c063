# co_positions, tb positions and SyntaxError offsets agree with the source
import traceback
def f(x):
    return x["a"]["b"] + g(x)
def g(x): return 1
try: f({"a": {}})
except KeyError as e:
    for fs in traceback.extract_tb(e.__traceback__):
        line = fs.line
        print(fs.name, fs.lineno, fs.end_lineno, fs.colno, fs.end_colno, repr(fs._line[fs.colno:fs.end_colno] if hasattr(fs, "_line") and False else line))
code = compile("a = 1\nb = a + \\\n  c\n", "p", "exec")
print(sorted({p[0] for p in code.co_positions() if p[0]}))
try: exec(code)
except NameError as e:
    tb = e.__traceback__.tb_next
    print(tb.tb_lineno, e.name)
    print([p for i, p in enumerate(code.co_positions()) if i == tb.tb_lasti // 2][0][:2])
