# try with several handlers, else, finally
def run(f):
    try:
        r = f()
    except ZeroDivisionError as e:
        print("zero:", e)
    except (KeyError, IndexError) as e:
        print("lookup:", type(e).__name__, e)
    except Exception as e:
        print("other:", type(e).__name__, e)
    else:
        print("ok", r)
    finally:
        print("finally")
run(lambda: 1 / 0)
run(lambda: {}["k"])
run(lambda: [][1])
run(lambda: int("x"))
run(lambda: 5)
try:
    e
except NameError as err:
    print(err)
