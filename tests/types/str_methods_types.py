# argument types of str methods
for src in ("'a'.center('x')", "'a'.join(5)", "'a'.count(1)", "'a'.encode('ascii', 5)", "'a'.endswith(1)", "'a'.expandtabs('x')", "'a'.find()", "'a'.format_map(5)", "'{x}'.format_map(5)", "'a'.isalpha(1)", "'a'.ljust(5, '')", "'a'.partition(1)", "'a'.replace('a')", "'a'.rsplit(5)", "'a'.split('a', 'b')", "'a'.splitlines(x=1)", "'a'.strip(1)", "'a'.translate(5)", "'a'.zfill('a')", "str.upper()", "str.join()", "str(b'a', 5)", "str('a', 'utf8')", "str(encoding='x')", "'a'.removeprefix(1)", "str.maketrans(1)", "str.maketrans('a', 'b', 5)", "'a'.__getitem__(None)", "'abc'[1:2:'x']", "'a' in 5", "'a' % (1,)", "'%s'.__mod__()", "'a'.title(1)"):
    try: print(src, "=", eval(src))
    except Exception as e: print(src, "->", type(e).__name__, e)
