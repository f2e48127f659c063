# other __future__ imports are accepted
from __future__ import division, print_function, absolute_import, unicode_literals, generator_stop, nested_scopes, generators, with_statement
import __future__
print(division, __future__.all_feature_names)
print(1 / 2)
for f in ("annotations", "division"):
    x = getattr(__future__, f)
    print(x.getOptionalRelease()[:2], x.getMandatoryRelease(), x.compiler_flag > 0)
ns = {}
exec("from __future__ import annotations\ndef f(a: x.y): pass", ns)
print(ns["f"].__annotations__)
c = compile("def g(b: q): pass", "s", "exec", __future__.annotations.compiler_flag)
exec(c, ns)
print(ns["g"].__annotations__)
try: exec("from __future__ import barry_as_FLUFL_x")
except SyntaxError as e: print(e.msg)
