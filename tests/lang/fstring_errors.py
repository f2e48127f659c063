# errors at run time inside f-strings
for src in ('f"{1/0}"', 'f"{nope}"', 'f"{1:q}"', 'f"{[]:5}"', 'f"{1!r:d}"', "f'{\"a\":d}'", 'f"{1:{2}{3}q}"', 'f"{object():x}"', 'f"{3.5:d}"', 'f"{None:>3}"'):
    try:
        print(eval(src))
    except Exception as e:
        print(src, type(e).__name__, e)
