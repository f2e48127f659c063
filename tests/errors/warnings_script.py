# uncaught: warnings go to stderr with their source line
import warnings
def old():
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)
warnings.warn("look out")
warnings.warn("typed", FutureWarning)
old()
for i in range(2):
    warnings.warn("once per place", RuntimeWarning)
warnings.warn_explicit("explicit", UserWarning, "nofile.py", 7)
