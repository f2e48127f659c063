# warnings: filters, catch_warnings, errors
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("one"); warnings.warn("two", DeprecationWarning); warnings.warn(UserWarning("three"))
    print([(x.category.__name__, str(x.message)) for x in w])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: warnings.warn("boom", RuntimeWarning)
    except RuntimeWarning as e: print("raised", e)
with warnings.catch_warnings(record=True) as w:
    warnings.resetwarnings(); warnings.filterwarnings("ignore", message="skip.*"); warnings.filterwarnings("error", category=FutureWarning)
    warnings.warn("skip this"); warnings.warn("keep this")
    try: warnings.warn("f", FutureWarning)
    except FutureWarning as e: print(e)
    print([str(x.message) for x in w])
print(warnings.formatwarning("msg", UserWarning, "f.py", 3, "the line"), end="")
@warnings.deprecated("use g")
def f(): return 1
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); print(f(), w[0].message, f.__deprecated__)
for a in ((5, 5), ("x", int)):
    try: warnings.warn(*a)
    except TypeError as e: print(e)
