# pathlib: files and directories
from pathlib import Path
import tempfile, os
d = Path(tempfile.mkdtemp())
f = d / "sub" / "f.txt"; f.parent.mkdir(); print(f.write_text("héllo\n", encoding="utf-8"), f.read_text(encoding="utf-8"), f.exists(), f.is_file(), d.is_dir(), f.stat().st_size, f.read_bytes())
(d / "b.py").touch(); (d / "a.py").write_bytes(b"x"); print(sorted(x.name for x in d.iterdir()), sorted(x.name for x in d.glob("*.py")), sorted(x.relative_to(d).as_posix() for x in d.rglob("*")))
r = (d / "a.py").rename(d / "z.py"); print(r.name, (d / "a.py").exists()); (d / "z.py").replace(d / "b.py"); print((d / "b.py").read_text())
with f.open("a", encoding="utf-8") as h: h.write("more")
print(f.read_text(encoding="utf-8").splitlines(), [(p.name, ds, fs) for p, ds, fs in sorted(d.walk())][0][1:])
for g in (lambda: (d / "no").read_text(), lambda: (d / "sub").mkdir(), lambda: (d / "sub").rmdir(), lambda: (d / "no").unlink()):
    try: g()
    except OSError as e: print(type(e).__name__, str(e).replace(str(d), "D"))
(d / "no").unlink(missing_ok=True); (d / "x/y").mkdir(parents=True); (d / "x/y").mkdir(exist_ok=True, parents=True)
import shutil; shutil.rmtree(d); print(d.exists(), Path("x").resolve().is_absolute(), Path.cwd() == Path(os.getcwd()))
