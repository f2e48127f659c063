# f-strings: expressions, conversions and specs
x, name = 3.14159, "bob"
print(f"{name} {x}")
print(f"{x:.2f} {name!r} {name:>6}|{name:<6}|{name:^7}|")
print(f"{1 + 1} {'nested'} {[i for i in range(3)]}")
print(f"{{literal}} {x=} {name=!s} {x=:.1f}")
w = 8
print(f"{x:{w}.{2}f}|{5:05d}|{255:#x}|{1000000:,}")
print(f"{'a' if x > 3 else 'b'}")
print(f"{name.upper()}", f'{name[0]}', f"{ {'k': 1}['k'] }")
print(f"{f'{name}!'}")
