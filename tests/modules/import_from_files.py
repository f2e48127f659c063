# importing packages and modules from files
import sys, os, tempfile, importlib
d = tempfile.mkdtemp(); sys.path.insert(0, d)
def put(name, text):
    p = os.path.join(d, name); os.makedirs(os.path.dirname(p), exist_ok=True)
    with open(p, "w") as f: f.write(text)
put("pkg_q/__init__.py", "print('init', __name__, __package__)\nfrom . import a\nx = 1\n")
put("pkg_q/a.py", "print('a', __name__, __package__)\nfrom .b import val\n")
put("pkg_q/b.py", "val = 'b val'\nimport pkg_q\nprint('x' in dir(pkg_q))\n")
put("pkg_q/sub/__init__.py", "from .. import x\nfrom ..b import val as v\n")
put("mod_bad.py", "y = 1\nraise ValueError('at import')\n")
put("mod_syn.py", "def f(:\n")
put("circ_a.py", "import circ_b\nv = 1\n"); put("circ_b.py", "import circ_a\ntry:\n circ_a.v\nexcept AttributeError as e: print(str(e).split(' from ')[0], str(e)[-24:])\n")
import pkg_q.sub; print(pkg_q.sub.x, pkg_q.sub.v, pkg_q.a.val, pkg_q.__path__ == [os.path.join(d, "pkg_q")], os.path.basename(pkg_q.__file__))
for m in ("mod_bad", "mod_syn", "pkg_q.none"):
    try: importlib.import_module(m)
    except Exception as e: print(type(e).__name__, str(e).split(" (")[0], m in sys.modules)
import circ_a
from pkg_q import *; print(x)
put("ns_q/inner.py", "z = 3\n"); importlib.invalidate_caches(); import ns_q.inner; print(ns_q.inner.z, ns_q.__file__, type(ns_q.__path__).__name__)
import shutil; shutil.rmtree(d)
