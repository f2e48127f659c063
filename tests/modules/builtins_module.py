# the builtins module
import builtins
print(builtins.len is len, builtins.__name__, sorted(n for n in dir(builtins) if n[0].islower())) 
print([n for n in dir(builtins) if n.startswith("__")])
builtins.my_global = 5
print(my_global)
del builtins.my_global
try: my_global
except NameError as e: print(e)
exec("print(sorted(__builtins__)[:1] if isinstance(__builtins__, dict) else 'module')", {"__builtins__": {"print": print, "sorted": sorted, "isinstance": isinstance, "dict": dict}})
try: exec("len('a')", {"__builtins__": {}})
except NameError as e: print(e)
try: exec("import math", {"__builtins__": {}})
except ImportError as e: print(e)
