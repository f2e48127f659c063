# f-strings nested, multi-line and with quotes reused
d = {"k": {"j": [1, 2]}}
print(f"{d["k"]["j"][0]}", f'{d['k']['j']}', f"{f"{f"{1 + 1}"}"}")
print(f"{
    1 +
    2  # a comment
}")
print(f"{'\n'.join(['a', 'b'])}", f"{"\t"!r}")
print(f'''{
d
}''')
x = 5
print(f"{x:{'>'}{10}}|", f"{x:0{4}d}", f"{x!r:^{3 + 4}}|", f"{x:{{}}}" if False else "", f"{lambda_ if (lambda_ := 3) else 0}")
print(f"{(lambda y: y * 2)(4)}", f"{x if x > 3 else 'no'}", f"{[y for y in range(3)]}", f"{ {1, 2} }", f"{x,}", f"{*[1, 2], 3}")
print(f"{x}" "plain" f"{x + 1}", rf"\d{x}\n", f"\x41{x}\u00e9", F"{x}", fr"{x}\{{")
