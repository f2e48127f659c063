# shlex, fnmatch, glob
import shlex, fnmatch, glob, tempfile, os
print(shlex.split("a 'b c' \"d e\" f\\ g # h"), shlex.quote("it's"), shlex.join(["a", "b c"]), shlex.split("a # c", comments=True), list(shlex.shlex("x=1;y", punctuation_chars=True)))
try: shlex.split("'a")
except ValueError as e: print(e)
print(fnmatch.fnmatch("a.py", "*.py"), fnmatch.filter(["a", "b1", "b2"], "b?"), fnmatch.translate("*.[ch]"), fnmatch.fnmatchcase("A", "a"), fnmatch.fnmatch("x", "[!x]"), fnmatch.filterfalse(["a", "b"], "a"))
with tempfile.TemporaryDirectory() as d:
    for n in ("a.py", "b.txt", ".h"): open(os.path.join(d, n), "w").close()
    print(sorted(glob.glob("*", root_dir=d)), glob.glob("*.py", root_dir=d), glob.glob("**", root_dir=d, recursive=True, include_hidden=True).__len__(), glob.escape("a[b]"))
