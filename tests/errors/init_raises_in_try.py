# Exceptions out of __init__, and one about its result, are handled where the instance was asked for.
class Raises:
    def __init__(self, *args):
        raise ValueError("from init", *args)


class Returns:
    def __init__(self):
        return 10


def only_call(cls, *args):
    try:
        cls(*args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)


def stored(cls):
    for _ in range(3):
        try:
            x = cls()
        except (ValueError, TypeError) as e:
            print(type(e).__name__, e)
        else:
            print("unexpected", x)
        finally:
            print("finally")


class Suppress:
    def __enter__(self):
        return self

    def __exit__(self, kind, e, tb):
        print("exit", kind.__name__)
        return True


for cls in Raises, Returns:
    only_call(cls)
    stored(cls)
    with Suppress():
        cls()
only_call(Raises, 1, 2)
