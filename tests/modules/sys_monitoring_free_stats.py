# sys.getsizeof, sys.intern, sys.call_tracing-free facts
import sys
print(sys.getsizeof(1) < sys.getsizeof(2**100), sys.getsizeof("a") < sys.getsizeof("a" * 100), sys.getsizeof([1] * 10) > sys.getsizeof([]), isinstance(sys.getsizeof({}), int))
class S:
    def __sizeof__(self): return 1000
print(sys.getsizeof(S()) >= 1000)
try: sys.getsizeof()
except TypeError as e: print(e)
class B:
    def __sizeof__(self): return -5
try: sys.getsizeof(B())
except ValueError as e: print(e)
print(sys.getsizeof(type("N", (), {"__sizeof__": None}), "default") == "default" or "sized", sys.is_finalizing(), sys.getswitchinterval() > 0, sys.thread_info.name in ("pthread", "nt"), sys.implementation.cache_tag.startswith("c") or sys.implementation.cache_tag is None or True, sys.exc_info(), sys.last_exc if hasattr(sys, "last_exc") else "none")
print(sys.flags.utf8_mode, sys.flags.dev_mode, sys.flags.hash_randomization in (0, 1), sys.warnoptions, sys.float_repr_style, sys.abiflags == "", sys.orig_argv[-1] == sys.argv[0])
sys.audit("my.event", 1); print(sys.modules["__main__"].__name__, sys.path.__class__, sys.meta_path != [], type(sys.flags).__name__, type(sys.version_info).__name__)
