# the = specifier keeps the text
x, long_name = 3, [1, 2]
print(f"{x=}", f"{x = }", f"{ x=}", f"{x=!r:>5}", f"{x=:>5}", f"{long_name=}", f"{x + 1=}", f"{len(long_name) =}")
print(f"{x=!s}", f"{'a'=}", f"{"b"=!s}", f"{long_name[0]=:03d}", f"{x:=^5}" if False else f"{x!r:=^5}")
print(f"a{x=}b{x}c")
