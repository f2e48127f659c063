# warnings: categories, filters by module and line, once, default
import warnings
def show(m, c, f, l, file=None, line=None): print("SHOWN", c.__name__, m, l)
warnings.showwarning = show
warnings.simplefilter("default")
def w(x="same"): warnings.warn(x)
w(); w(); w("other")
warnings.simplefilter("once"); 
def w1(): warnings.warn("one time", FutureWarning)
def w2(): warnings.warn("one time", FutureWarning)
w1(); w2(); w1()
warnings.simplefilter("always"); w(); w()
warnings.simplefilter("ignore"); w()
warnings.filterwarnings("always", message="impor.*", category=UserWarning); warnings.warn("important"); warnings.warn("other")
warnings.filterwarnings("error", category=SyntaxWarning)
try: compile("x is 1", "f", "eval")
except SyntaxError as e: print("SyntaxError", e.msg)
for c in (BytesWarning, DeprecationWarning, EncodingWarning, FutureWarning, ImportWarning, PendingDeprecationWarning, ResourceWarning, RuntimeWarning, SyntaxWarning, UnicodeWarning, UserWarning): print(c.__name__, c.__mro__[1].__name__)
for a in (("bad", "m"), ("error", 5), ("error", "", int)):
    try: warnings.filterwarnings(*a)
    except (TypeError, AssertionError, ValueError) as e: print(type(e).__name__, e)
