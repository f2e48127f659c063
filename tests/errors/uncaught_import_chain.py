# uncaught: an error inside an imported module
import sys, types
m = types.ModuleType("helper_mod")
exec(compile("def go(n):\n    return 10 / n\n", "helper_mod.py", "exec"), m.__dict__)
sys.modules["helper_mod"] = m
from helper_mod import go
print(go(5))
go(0)
