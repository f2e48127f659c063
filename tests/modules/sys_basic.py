# sys: facts that hold everywhere
import sys
print(sys.version_info[:2], sys.version_info >= (3, 14), sys.version_info.major, sys.maxsize, sys.byteorder, sys.maxunicode, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit in (15, 30), sys.hash_info.modulus)
print(sys.argv, sys.getrecursionlimit(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.flags.optimize, sys.dont_write_bytecode in (True, False), sys.platform in ("linux", "darwin", "win32"))
print(sys.stdin.name, sys.stdout.encoding, sys.__stdout__ is sys.stdout, "sys" in sys.modules, "math" in sys.stdlib_module_names, "sys" in sys.builtin_module_names, sys.intern("ab") is sys.intern("a" + "b"), sys.getsizeof([]) > 0, sys.hexversion >> 24)
sys.setrecursionlimit(2000); print(sys.getrecursionlimit())
for f in (lambda: sys.setrecursionlimit(0), lambda: sys.intern(5), lambda: sys._getframe(100), lambda: sys.exit.x, lambda: sys.setrecursionlimit("a")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno
print(f(), sys.api_version > 0, sys.copyright.split("\n")[0][:13], sys.displayhook.__name__)
sys.displayhook(5); sys.displayhook(None); print(__builtins__._)
