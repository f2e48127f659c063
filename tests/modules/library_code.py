# Code objects of library modules: what they refer to, their sources, copies of them
import ast, copy, dis, functools, inspect, json.decoder, linecache, marshal, posixpath, textwrap, types
join = posixpath.join
code = join.__code__
print(code.co_name, code.co_qualname, code.co_argcount, code.co_varnames[:2], "fspath" in code.co_names)
print(join.__doc__.splitlines()[0], code.co_consts[0] == join.__doc__)
print(inspect.getsource(join).splitlines()[0], inspect.signature(join))
print("posixpath" in code.co_filename, linecache.getline(code.co_filename, code.co_firstlineno).strip())
print(len(list(dis.get_instructions(code))) > 20, list(code.co_lines())[0][2] == code.co_firstlineno)
# Equality, hash, marshal and replace need everything of it.
again = marshal.loads(marshal.dumps(code))
print(again == code, hash(again) == hash(code), again is code)
other = code.replace(co_name="other")
print(other == code, other.co_names == code.co_names, other.co_consts == code.co_consts)
f = types.FunctionType(again, join.__globals__, "joined")
print(f("a", "b"), f.__doc__ == join.__doc__, f.__name__)
# Nested code, constants of all kinds, names of cells.
decoder = json.decoder.JSONDecoder
print(sorted(k for k, v in vars(decoder).items() if isinstance(v, types.FunctionType)))
print(decoder.decode.__code__.co_varnames, decoder.decode.__defaults__ is not None)
inner = [c for c in functools.wraps.__code__.co_consts + functools.cached_property.__get__.__code__.co_consts if isinstance(c, str)]
print(len(inner) > 2, functools.singledispatch.__code__.co_cellvars)
print([c.co_name for c in functools.singledispatch.__code__.co_consts if isinstance(c, types.CodeType)])
compiled = compile(ast.parse(inspect.getsource(textwrap.dedent)), textwrap.__file__, "exec")
body = next(c for c in compiled.co_consts if isinstance(c, types.CodeType))
print(body.co_code == textwrap.dedent.__code__.co_code, body.co_names == textwrap.dedent.__code__.co_names)
# The doc string stays when the code changes.
def a(): "of a"
def b(): "of b"
a.__code__ = b.__code__
print(a.__doc__, a.__code__.co_consts[0])
def c(): "of c"
del c.__doc__
print(c.__doc__, copy.copy(b).__doc__, (lambda: 0).__doc__)
# A module that is nowhere.
try: import no_such_module_here
except ImportError as e: print(type(e).__name__, e, e.name, e.path, e.__traceback__.tb_next)
try: import posixpath.sub
except ImportError as e: print(type(e).__name__, e, e.name)
try: join(1, 2)
except TypeError as e: print([t.tb_frame.f_code.co_name for t in [e.__traceback__, e.__traceback__.tb_next]], e)
