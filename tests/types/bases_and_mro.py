# Assigning to __bases__ while mro() does the same, and mro() results that are no classes.
ready = False


class M(type):
    def mro(cls):
        global ready
        if ready and cls.__name__ == "C":
            ready = False
            C.__bases__ = (B2,)
        return type.mro(cls)


class A(metaclass=M):
    pass


class B1(A):
    pass


class B2(A):
    pass


class C(A):
    pass


ready = True
C.__bases__ = (B1,)
B1.__bases__ = (C,)
print(C.__bases__ == (B2,), B2.__subclasses__() == [C], B1.__subclasses__(), B1.__bases__ == (C,))


class N(type):
    def mro(cls):
        if armed:
            if cls.__name__ == "D1":
                D2.__bases__ = (D1,)
            if cls.__name__ == "D2":
                D1.__bases__ = (D2,)
        return type.mro(cls)


armed = False


class D(metaclass=N):
    pass


class D1(D):
    pass


class D2(D):
    pass


armed = True
try:
    D1.__bases__ += ()
except TypeError as e:
    print(e)

for result in [1], 1:
    class Bad(type):
        def mro(cls):
            return result

    try:
        class X(metaclass=Bad):
            pass
    except TypeError as e:
        print(e)


class Incomplete(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "X":
            try:
                class X(cls):
                    pass
            except TypeError as e:
                print(e)
        return type.mro(cls)


class Y(metaclass=Incomplete):
    pass
