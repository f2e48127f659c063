# isinstance and issubclass with classes, tuples and unions
print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)))
print(isinstance("a", int | str), isinstance(None, int | None), isinstance(1, type))
print(issubclass(bool, int), issubclass(int, (str, object)), issubclass(int, str | float))
print(isinstance([], (int, (str, (list,)))))
for f in ("isinstance(1, 5)", "issubclass(1, int)", "isinstance(1, list[int])", "issubclass(int, 'x')"):
    try:
        print(eval(f))
    except TypeError as e:
        print(e)
