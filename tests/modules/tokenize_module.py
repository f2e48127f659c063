# tokenize and token
import tokenize, io, token
src = "x = 1 + (y\n  * 2)  # c\nif x:\n    f'{x!r:>5}'\n"
for t in tokenize.generate_tokens(io.StringIO(src).readline):
    print(token.tok_name[t.type], repr(t.string), t.start, t.end)
print(tokenize.untokenize(tokenize.generate_tokens(io.StringIO("a = 1\n").readline)))
