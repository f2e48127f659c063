# A call site sees native methods, then a function in an instance, then native methods again.


class Holder:
    pass


def made():
    h = Holder()
    h.upper = lambda: "from the instance"
    return h


def call(r):
    return r.upper()


for value in (b"x", made(), "x", bytearray(b"q"), made(), made(), b"y", "z"):
    print(call(value))
