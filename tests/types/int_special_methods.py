# methods of int called by name
print((5).__add__(3), (5).__add__(1.5), (5).__radd__("x"), (5).__floordiv__(2), (5).__truediv__(2), (5).__mod__(3), (5).__divmod__(3), (5).__pow__(2), (5).__pow__(2, 7), (5).__lshift__(1), (5).__and__(4), (5).__neg__(), (5).__invert__(), (5).__bool__(), (5).__eq__(5.0), (5).__lt__(6), (5).__index__(), (5).__int__(), (5).__float__(), (5).__hash__(), (5).__repr__(), (5).__str__(), (5).__format__("03d"), (5).__round__(-1), (5).__trunc__(), (5).__ceil__(), (5).__sizeof__() > 0, (5).__getnewargs__(), (5).__rpow__(2), (5).__rdivmod__(12), (5).__xor__(1))
print(int.__add__(2, 3), int.__mul__(2**40, 2**40), int.__new__(int, "7"), bool.__new__(bool, 3), int.__doc__[:3], int.__rsub__(1, 5), (1).__ne__("a"), (1).__lt__("a"))
for f in (lambda: (5).__floordiv__(0), lambda: int.__add__("a", 1), lambda: int.__new__(str), lambda: int.__new__(bool, 1), lambda: (5).__pow__(-1, 5), lambda: (5).__format__("zz"), lambda: (5).__getitem__(0)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
