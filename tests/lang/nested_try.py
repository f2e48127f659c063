# handlers inside handlers
def f(n):
    try:
        try:
            if n == 0: raise KeyError("k")
            if n == 1: raise ValueError("v")
            if n == 2: raise OSError("o")
        except KeyError:
            print("inner key")
            raise ValueError("from key")
        finally:
            print("inner finally")
    except ValueError as e:
        print("outer value", e)
    finally:
        print("outer finally")
    return n
print(f(0)); print(f(1)); print(f(3))
try:
    f(2)
except OSError as e:
    print("got", e)
